"""Five-year plans, events and anniversaries that do not fall into a paper's time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ....rulebook import rules
from ..text.frame import Frame, years_of
from ..text.sentences import Sentence

_PLAN_OF = re.compile(
    r"(?:按照|根据|围绕|落实|对照|依据|编制|实施|执行)[^，。；]{0,8}?[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?[^，。；“”以来]{0,10}规划"
    r"[^，。；]{0,8}?(?:部署|要求|目标|任务|安排|确定|明确)"
)
_PLAN_INTO = re.compile(
    r"(?<!已)(?<!曾)(?:纳入|列入|编入|写入|融入|对接|衔接|服务)[^，。；\d]{0,8}?[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?:时期|期间)?"
    r"(?!以来|末)[^，。；“”了]{0,14}?(?:规划|计划|项目库|工程|盘子)"
)
_PLAN_AHEAD = re.compile(
    r"[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?:时期|期间)[，,]?[^，。；“”]{0,10}?(?:将(?!军|相)|力争|拟|计划|确保|要(?!点|求|素))"
)
# “十二五”期间的重点工程，明年开工: a work of a plan that is over is not still to come.
_PLAN_OVER = re.compile(
    r"[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?:时期|期间|规划|重点|[^，。；“”以来末已]{0,12}规划)[^，。；“”]{0,12}[，,][^，。；“”]{0,6}?"
    r"(?:明年|今年|年底|将|拟|计划|即将|下半年|\d{1,2}月)[^，。；“”了]{0,6}?(?:开工|动工|启动|建成|完工|竣工|实施|投用|通车|交付)(?!了|后|以来)"
)
_PLANS = (_PLAN_OVER, _PLAN_OF, _PLAN_INTO, _PLAN_AHEAD)
_PLAN_NAMED = re.compile(r"[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?!五|[年月日个人万])")
_PLAN_WAS = re.compile(
    r"以来|至今|期间|时期|末(?:之?前|以前)?(?:[^，。；]{0,6}的|年|，)|确定的[^，。；]{0,8}已|曾|历史|遗留|当时|已建|建成于|修[编订]于|印发于|先后|历[年届]|[“”、]{2}"
)
"""What tells of a plan that is over as such."""
_PLAN = re.compile(
    r"[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?:时期|规划)?(?:的|就?[于在]?今年|到今年)?(?:将)?(?:全面|正式|圆满)?(?:(?P<role>开局|起步|收官|决胜|中期|承上启下|关键|攻坚|收尾)之?年?|(?:的)?(?P<nth>头一|第一|首|最后一|第五|末|第[二三四])年)"
)
_FIRST, _LAST = ("开局", "起步", "头一", "第一", "首"), ("收官", "决胜", "收尾", "最后一", "第五", "末")
# 2023年是“十五五”开局之年: the year itself is told.
_YEAR_IS = re.compile(r"(?P<year>(?:19|20)\d{2})年[，,]?(?:既?是|作为|系|为|迎来|进入)[^，。；\d]{0,16}?$")
_IS_YEAR = re.compile(r"[，,]?(?:就是|即|是|为|系|指|在)(?P<year>(?:19|20)\d{2})年")
_COUNT = r"(?P<count>\d{2,3}|[一二三四五六七八九十百零]{2,5})"
_OF_LAST = re.compile(r"去年|上年|上一年|前年|以来|先后|曾")
_HELD = re.compile(r"期间|安保|保障|迎接|喜迎|筹备|即将|召开之际|举办之际|圆满|备战|护航|维稳")


def named_events(document: Document) -> list[dict[str, Any]]:
    """The events of `events.toml` that a paper names."""
    return [event for event in named_data()["event"] if any(name in document.text for name in event["names"])]


def occasions(sentence: Sentence, frame: Frame, named: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """What a sentence names that lies in other years than the paper's own; `named` are the paper's events."""
    if "五" in sentence.text:
        yield from _plan(sentence, frame)
    if named or "周年" in sentence.text:
        yield from _events(sentence, frame, named)


def listed(years: Sequence[int]) -> Text:
    """Years for a reader: 2024年、2025年."""
    return Text(en=", ".join(map(str, years)), zh="、".join(f"{year}年" for year in years))


def other_year(sentence: Sentence, start: int, end: int, own: Collection[int]) -> Finding:
    """That a stretch of a sentence tells another year than the paper's own."""
    return rules()["other-year"].finding(
        sentence.start + start, sentence.start + end, found=sentence.text[start:end], own=listed(sorted(own))
    )


def _fault(start: int, end: int, frame: Frame, text: str, when: Text) -> Finding:
    own = listed(sorted(frame.years))
    return rules()["event-year"].finding(start, end, found=text, own=own, when=when)


def _plan(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """Five-year plans: their first and last years, and plans that are over or not yet begun."""
    named = (match for match in _PLAN_NAMED.finditer(sentence.text) if _is_over(sentence, match, frame))
    for match in chain(named, *(form.finditer(sentence.text) for form in _PLANS)):
        which = from_han(match["which"])
        if not which or not 10 <= which <= 16:
            continue
        first = 2001 + (which - 10) * 5
        if set(range(first, first + 5)) & (frame.years | {max(frame.years) + 1}):
            continue
        yield _fault(
            sentence.start + match.start(),
            sentence.start + match.end(),
            frame,
            match[0],
            when=Text(en=f"{first}–{first + 4}", zh=f"{first}—{first + 4}年"),
        )
    yield from plan_years(sentence, frame)


def plan_years(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """2026年是“十五五”开局之年: the first and the last year of a plan, and those between."""
    for match in _PLAN.finditer(sentence.text):
        which = from_han(match["which"])
        if not which or not 10 <= which <= 16:
            continue
        first = 2001 + (which - 10) * 5
        role = match["role"] or match["nth"]
        right = set(range(first, first + 5))
        if role in (*_FIRST, *_LAST):
            right = {first if role in _FIRST else first + 4}
        elif match["nth"]:
            right = {first + "一二三四".index(role[1])}
        told = _YEAR_IS.search(folded(sentence.text[: match.start()]))
        told = told or _IS_YEAR.match(folded(sentence.text[match.end() :]))
        if not told and not frame.years:
            continue
        if int(told["year"]) in right if told else right & (frame.years | {max(frame.years) + 1}):
            continue
        yield _fault(
            sentence.start + match.start(),
            sentence.start + match.end(),
            frame,
            match[0],
            when=listed(sorted(right)),
        )


def _is_over(sentence: Sentence, match: re.Match[str], frame: Frame) -> bool:
    """编制“十三五”规划 in a paper of 2025: of a plan long over is told what it was, or what is compared with it."""
    which = from_han(match["which"]) or 0
    last = 2005 + (which - 10) * 5
    named = sentence.text.count("《", 0, match.start()) > sentence.text.count("》", 0, match.start())
    if named or _PLAN.match(sentence.text, match.start()):
        return False
    if which < 10 or ("“" not in match[0] and "规划" not in sentence.text[match.end() :][:8]):
        return False
    before = re.split("[，；。]", sentence.text[: match.start()])[-1]
    clause = re.split("[，；。]", sentence.text[match.end() :])[0]
    told = {year for year in years_of(sentence.text) if last - 5 < year <= last}
    compared = before.endswith(("比", "较", "由", "从", "自", "与")) or _PLAN_WAS.search(before + clause)
    return last < min(frame.years) - 1 and not told and not compared


@cache
def named_data() -> dict[str, Any]:
    """What `events.toml` holds."""
    return tomllib.loads(files(__package__).joinpath("events.toml").read_text(encoding="utf-8"))


def _events(sentence: Sentence, frame: Frame, named: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    near = {year + more for year in frame.years for more in (0, 1)}
    for event in named:
        for name in event["names"]:
            at = sentence.text.find(name)
            if at < 0 or near & set(event["years"]) or years_of(sentence.text):
                continue
            around = sentence.text[max(at - 8, 0) : at + len(name) + 8]
            if _HELD.search(around) and not re.search(r"以来|后|经验|成功", around):
                yield _fault(
                    sentence.start + at,
                    sentence.start + at + len(name),
                    frame,
                    name,
                    when=listed(event["years"]),
                )
                break
    for each in named_data()["anniversary"] if "周年" in sentence.text else ():
        for name in each["before"]:
            match = re.search(rf"{name}{_COUNT}周年", folded(sentence.text))
            if not match:
                continue
            count = int(match["count"]) if match["count"].isdecimal() else from_han(match["count"]) or 0
            year = each["year"] + count
            told = set(years_of(sentence.text)) - {each["year"]}
            around = {one + step for one in told for step in (-1, 0, 1)} if told else near
            if _OF_LAST.search(sentence.text):
                around = around | {one - 1 for one in near}
            if year not in around:
                yield _fault(
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                    frame,
                    match[0],
                    when=listed([year]),
                )
