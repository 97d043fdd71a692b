"""What a paper names besides itself: papers just received, plans with their years, ordinal events, censuses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, from_han
from ....rulebook import rules
from ..faults import counts_differ
from ..text.frame import Frame, mostly
from ..text.sentences import Sentence, sentences
from .occasions import listed, other_year

_RECEIVED = re.compile(
    r"[〔\[［](?P<year>(?:19|20)\d{2})[〕\]］]\s*第?\s*\d+\s*号[)）]?[^，。；《》\d]{0,6}?(?:收悉|收到|阅悉|悉(?=[。，；])|收阅)"
    r"|(?:来函|来文|来电)[^，。；《》]{0,4}[（(][^（）()]{0,12}[〔\[［](?P<came>(?:19|20)\d{2})[〕\]］]"
)
_SPAN = r"[（(]?(?P<first>(?:19|20)\d{2})年?\s*(?:[—\-–~～至到]|——)+\s*(?P<last>(?:19|20)\d{2})年?[)）]?"
_YEARS_LONG = re.compile(
    r"(?P<count>[二两三四五六七八九十])年(?:行动|计划|规划|方案|攻坚|整治|提升|工程|工作)[^，。；《》（）()]{0,12}[（(]"
    + _SPAN[5:]
)
_CARRIED_OUT = re.compile(
    r"(?:落实|实施|按照|根据|印发|制定|出台|执行|围绕|推进|贯彻|依据|对照|结合|启动|部署)(?:了)?[^，。；《》\d]{0,12}《(?P<name>[^《》\n]{4,60}?)"
    + _SPAN
)
_OVER = re.compile(
    r"曾|当时|当年|以来|期满|到期|届满|原|评估|完成了|圆满|收官|终期|总结|回顾|历史|先后|废止|取代|接续|基础上|衔接|自20\d\d年|结束"
)
_PLAN = re.compile(r"行动|方案|规划|纲要|计划|工程")
LONG_OVER = 4
"""Years after its end from which nobody still carries a plan out."""
_ORDINAL = re.compile(
    r"第(?P<which>[一二三四五六七八九十\d]{1,3})(?P<of>[次届轮批期])(?P<what>[\u4e00-\u9fff]{4,16})"
)
_DONE = re.compile(r"(?:开展|组织|进行|举办|举行|实施|启动|召开|做好|推进)(?:了|好)?(?:全[省市县区])?$")
_POINT = re.compile(
    r"普查(?:的)?(?:标准)?(?:时点|时期|年度)[^，。；\d]{0,6}(?P<year>20\d{2})年|(?P<before>20\d{2})年[^，。；\d]{0,8}(?:为|是)普查(?:标准)?(?:时点|年度)"
)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent of what is carried out where the paper tells no year of its own."""
    skipped = {frame.parts.date, frame.parts.signature, frame.parts.number}
    censuses = [each for each in _data()["census"] if any(name in frame.title for name in each["names"])]
    own = frame.years or {mostly(document, frame)[0]} - {0}
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in skipped:
            continue
        if "年" in sentence.text:
            yield from _plans(sentence, frame)
            yield from _carried_out(sentence, frame)
        if own:
            yield from _received(sentence, own)
        if censuses and "普查" in sentence.text:
            yield from _points(sentence, censuses[0])
    yield from _ordinals(document, frame)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("plans.toml").read_text(encoding="utf-8"))


def _received(sentence: Sentence, own: set[int]) -> Iterator[Finding]:
    """《…的请示》（大府报〔2014〕22号）收悉: what has just come is of this year or the last."""
    for match in _RECEIVED.finditer(sentence.plain):
        name = "year" if match["year"] else "came"
        year = int(match[name])
        if min(own) - 1 <= year <= max(own):
            continue
        start, end = match.span(name)
        yield rules()["other-year"].finding(
            sentence.start + start,
            sentence.start + end,
            found=match[name],
            own=listed(sorted(own)),
        )


def _plans(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """Plans whose years are known, and those that say how many years they last."""
    told: set[int] = set()
    for plan in _data()["plan"]:
        for name in plan["names"]:
            at = sentence.plain.find(name)
            if at < 0:
                continue
            rest = sentence.plain[at + len(name) :]
            match = re.match(r"[^，。；（()）《》\d]{0,12}[（(]" + _SPAN[5:], rest)
            known = [tuple(each) for each in plan["years"]]
            if match and (span := _span(match)) not in known and span[0] <= known[-1][1]:
                start = sentence.start + at + len(name)
                told.add(start + match.start("first"))
                yield _of_plan(
                    sentence, start + match.start("first"), start + match.end("last"), frame, known
                )
    for match in _YEARS_LONG.finditer(sentence.plain):
        first, last = _span(match)
        count = 2 if match["count"] == "两" else from_han(match["count"]) or 0
        start = sentence.start + match.start("first")
        # A plan that begins in the middle of a year touches one more.
        if start in told or last - first in (count - 1, count):
            continue
        yield rules()["number-unreal"].finding(
            start,
            sentence.start + match.end("last"),
            found=_written(sentence, match),
            why_not=Text(en=f"that is not {count} years", zh=f"与“{match['count']}年”不符"),
        )


def _span(match: re.Match[str]) -> tuple[int, int]:
    return int(match["first"]), int(match["last"])


def _written(sentence: Sentence, match: re.Match[str]) -> str:
    return sentence.text[match.start("first") : match.end("last")]


def _of_plan(sentence: Sentence, start: int, end: int, frame: Frame, known: list[tuple[int, ...]]) -> Finding:
    when = "、".join(f"{first}—{last}年" for first, last in known)
    return rules()["event-year"].finding(
        start,
        end,
        found=sentence.text[start - sentence.start : end - sentence.start],
        own=listed(sorted(frame.years)) if frame.years else "",
        when=Text(en=", ".join(f"{first}–{last}" for first, last in known), zh=when),
    )


def _carried_out(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """落实《…行动方案（2011—2015年）》 in a paper of 2022: nobody carries out what has long been over."""
    if not frame.years:
        return
    for match in _CARRIED_OUT.finditer(sentence.plain):
        first, last = _span(match)
        around = sentence.plain[: match.start()] + sentence.plain[match.end() :]
        if last > min(frame.years) - LONG_OVER or first > last or not _PLAN.search(match["name"]):
            continue
        if _OVER.search(around) or any(
            name in match["name"] for each in _data()["plan"] for name in each["names"]
        ):
            continue
        yield other_year(sentence, match.start("first"), match.end("last"), frame.years)


def _points(sentence: Sentence, census: dict[str, Any]) -> Iterator[Finding]:
    """普查标准时点为2018年12月31日, in a paper about the census of 2023."""
    for match in _POINT.finditer(sentence.plain):
        name = "year" if match["year"] else "before"
        if int(match[name]) not in census["years"]:
            start, end = match.span(name)
            yield rules()["event-year"].finding(
                sentence.start + start,
                sentence.start + end,
                found=match[name],
                own=listed(census["years"]),
                when=Text(en=f"year {census['years'][0]}", zh=f"{census['years'][0]}年"),
            )


def _ordinals(document: Document, frame: Frame) -> Iterator[Finding]:
    """我区开展了第四次全国经济普查 below a title of 第五次全国经济普查."""
    titled = _ORDINAL.search(frame.title)
    if not titled or not frame.parts.title:
        return
    what = titled["what"][:6]
    place = next(
        (
            Elsewhere(Span(each.start + at, each.start + at + len(words)), words)
            for index in frame.parts.title
            for each in [document.paragraphs[index]]
            for words in [titled[0][: len(titled[0]) - len(titled["what"])] + what]
            if (at := document.said(each).find(words)) >= 0
        ),
        None,
    )
    last = max(frame.parts.title)
    said = [each for each in sentences(document) if each.index > last and len(each.text) >= 8]
    for sentence in said[:6]:
        for match in _ORDINAL.finditer(sentence.text):
            same = match["of"] == titled["of"] and match["what"].startswith(what)
            if (
                not same
                or match["which"] == titled["which"]
                or not _DONE.search(sentence.text[: match.start()])
            ):
                continue
            if f"第{titled['which']}{titled['of']}" in folded(sentence.text):
                continue
            start = sentence.start + match.start()
            found = match[0][: len(match[0]) - len(match["what"])] + what
            here = Span(start, start + len(found))
            yield counts_differ(
                document.text, 0, here, place, other=place.text if place else titled[0], thing=what
            )
            return
