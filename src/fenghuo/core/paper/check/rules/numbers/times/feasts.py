"""Feasts and days of the year, which fall where the calendar puts them: 国庆假期（1月28日至2月4日）, 1月31日是中秋节.

Read are a feast with its day beside it, in brackets or as what it is: never the two somewhere in one sentence. A day
may lie as far from the feast as its holiday does. What lies long before a feast (备货, 排练) is left alone, and so is
a feast of another calendar that a people keeps on its own day (傣历, 彝族).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ....surnames import COMMON_SURNAMES
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import passages

_ANY_YEAR = 2000
_COUNTED = r"(?:第[一二三四五六七八九十百\d]{1,4}个?)?"
_OF = r"(?:全国|国家|国际|世界|中国|我国|传统)?"
_QUOTE = r"[“”\"‘’·]?"
_HOLIDAY = r"(?:佳节|长假|小长假|假期|假日|黄金周|放假|节日|节|活动|宣传)*(?:期间|当[天日]|前后|前夕)?"
_IS = r"(?:[，,]?(?:为|是|系|适逢|恰逢|正值|时值|逢|迎来)|——)?"
_FROM = r"(?:[，,]?即|从|自|为|是|时间为?|安排为|[：:])?"
_BEHIND = 48
"""Characters behind a feast in which its day stands."""
_NOT = re.compile(r"农历|阴历|傣|彝|藏历|回历|新年|苗年")
_AHEAD = re.compile(
    r"[“”\"]?(?:佳节|节日?|日)?(?:之?前(?!后)|到来|来临|临近|将[至近]|即将|预[售订]|筹备|备货)"
)
_AS_TIME = re.compile(r"[，。；、和与及至到归返]|前后?|之?后|夜|顺延|影响|[”\"]?$")
_AT = re.compile(r"(?:[受因逢值跨迎过]|正值|横跨|赶在|临近|[、和与及])[“\"]?$")
_GOODS = re.compile(
    "慰问|月饼|粽|礼|晚会|特供|专[场列]|档|市场|消费|促销|联欢|文艺|物资|供应|团拜|工资|食品|商品|晚|花|灯|运"
)
_PERSON = re.compile(rf"(?:^|[^\u4e00-\u9fff]|[为是人])[{''.join(sorted(COMMON_SURNAMES))}]$")
"""A family name that stands alone before a given one."""
_TO_YEAR = re.compile(r"20\d\d年|次年|翌年|来年")
"""2025年冬至2026年春: from winter on."""
_LEFT_OUT = 4
"""Characters before a feast that tell of which calendar it is."""


@dataclass(frozen=True, slots=True)
class Feast:
    """What stands at `start` to `end` and when it is: from `first` to `last` in the year that was asked for."""

    name: str
    start: int
    end: int
    first: date
    last: date


def feasts(text: str, year: int) -> Iterator[Feast]:
    """The feasts that a text names as a time (春节期间, 中秋节, “五一”假期), with their days of a year."""
    for match in _named().finditer(text):
        told = match["name"]
        span = span_of(told, year)
        other = _NOT.search(text[max(match.start() - _LEFT_OUT, 0) : match.start()])
        if (
            span
            and not other
            and _called(match)
            and not (told == "冬至" and _TO_YEAR.match(text, match.end()))
        ):
            yield Feast(told, match.start(), match.end(), *span)


def span_of(name: str, year: int) -> tuple[date, date] | None:
    """The first and the last day that are said to be of a feast, in a year; None where the year is not known."""
    each = _by_name().get(name)
    if each is None:
        return None
    before, behind = (timedelta(days=many) for many in each["around"])
    if "of" in each:
        held = calendar()["lunar"].get(str(year))
        if not held:
            return None
        day = _day(held[each["of"]], year) + timedelta(days=each["after"])
        return day - before, day + behind
    days = [_day(told, year) for told in each["days"]]
    return days[0] - before, days[-1] + behind


def day_of(name: str, year: int) -> date | None:
    """The day of a feast itself, or the middle one of several."""
    span, each = span_of(name, year), _by_name().get(name)
    if span is None or each is None:
        return None
    before, behind = (timedelta(days=many) for many in each["around"])
    return span[0] + before + (span[1] - behind - span[0] - before) // 2


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Each feast beside its day."""
    for offset, said in passages(document, cells=True):
        if "月" not in said or not (_named().search(said) or _seasons().search(said)):
            continue
        found = moments(said)
        starts = {each.start: each for each in found}
        own = {each + more for each in frame.years for more in (-1, 0, 1)}
        for match in _named().finditer(said):
            if _NOT.search(said[max(match.start() - _LEFT_OUT, 0) : match.start()]):
                continue
            day = _day_of(said, match, found, starts)
            if day and day.month and _apart(match["name"], day, frame.year, own):
                yield _told(offset, match, day, said, frame.year)
        yield from _months(offset, said, found)


def _day_of(said: str, match: re.Match[str], found: list[Moment], starts: dict[int, Moment]) -> Moment | None:
    """The day beside a feast: 中秋节（9月17日）, 国庆假期为10月1日至8日, 9月17日（中秋节）, 5月12日是国际护士节."""
    behind = re.compile(rf"{_FROM}[（(]?").match(said, match.end())
    at = behind.end() if behind else match.end()
    bracket = said[at - 1 : at] in ("（", "(") and at > match.end()
    if (bracket or at > match.end()) and at in starts and (bracket or starts[at].day):
        return starts[at]
    before = [each for each in found if each.end <= match.start() and each.day]
    if not before or match.start() - before[-1].end > _BEHIND:
        return None
    between = said[before[-1].end : match.start()]
    if re.fullmatch(rf"(?:[（(](?:星期|周).[)）])?[（(]{_COUNTED}{_OF}{_QUOTE}", between) and said[
        match.end() : match.end() + 1
    ] in ("）", ")", "，", "，"):
        return before[-1]
    ahead = _AHEAD.match(said, match.end("name"))
    if re.fullmatch(rf"(?:[（(](?:星期|周).[)）])?{_IS}{_COUNTED}{_OF}{_QUOTE}", between) and not ahead:
        return before[-1] if _called(match) else None
    return None


def _called(match: re.Match[str]) -> bool:
    """Whether a time is meant, and not what is eaten or given then (中秋月饼, 春节慰问金)."""
    if match["name"] == "灯节" and match.string[: match.start("name")].endswith("路"):
        return False  # 路灯节能改造
    if match["name"] == "国庆" and _PERSON.search(match.string[: match.start("name")][-2:]):
        return False  # 领取人：丁国庆
    if match["name"].endswith(("节", "日", "夕", "周", "至", "初一", "十五", "三十", "分")):
        return True
    behind = match.string[match.end("name") : match.end("name") + 3]
    if re.search("节|假|期|当|前[后夕]|黄金周", match[0][match.end("name") - match.start() :]):
        return True
    before = match.string[max(match.start() - 3, 0) : match.start()]
    return bool(_AS_TIME.match(behind) or (_AT.search(before) and not _GOODS.match(behind)))


def _apart(name: str, day: Moment, year: int | None, own: set[int]) -> bool:
    """Whether a day can be none of a feast's, in its own year or, where none is told, in those beside the paper's."""
    if day.lunar:
        return False
    for each in {day.year} if day.year else own or range(2000, 2040):
        span = span_of(name, each)
        if span is None:
            return False
        for other in (each - 1, each, each + 1):
            try:
                told = date(other, day.month or 1, day.day or 1)
                ends = told if day.day else told + timedelta(days=30)
            except ValueError:
                return False
            if told <= span[1] and ends >= span[0]:
                return False
    return True


def _told(offset: int, match: re.Match[str], day: Moment, said: str, year: int | None) -> Finding:
    span = span_of(match["name"], day.year or year or _ANY_YEAR)
    words = said[day.start : day.end]
    when = f"{match['name']}（{span[0].month}月至{span[1].month}月）" if span else match["name"]
    start, end = min(match.start("name"), day.start), max(match.end("name"), day.end)
    return rules()["other-half"].finding(
        offset + start,
        offset + end,
        found=words,
        own=Text(en=f"the days of {match['name']}", zh=f"{when}前后的日子"),
    )


def _months(offset: int, said: str, found: list[Moment]) -> Iterator[Finding]:
    """10月“安全生产月”, 8月中旬是全国节能宣传周: weeks and months with a name have their month."""
    for each in calendar()["season"]:
        for name in each["names"]:
            at = said.find(name)
            before = [one for one in found if one.end <= at and one.month]
            if at < 0 or not before:
                continue
            last = before[-1]
            between = said[last.end : at]
            beside = re.fullmatch(rf"(?:[上中下]旬)?{_IS}{_COUNTED}{_OF}(?:[“\"])?{_OF}", between)
            if beside and last.month not in each["months"]:
                yield rules()["other-half"].finding(
                    offset + last.start,
                    offset + at + len(name),
                    found=said[last.start : last.end],
                    own=Text(
                        en=f"{name}, which is in month {each['months'][0]}",
                        zh=f"{name}（{'、'.join(map(str, each['months']))}月）",
                    ),
                )


@cache
def calendar() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("feasts.toml").read_text(encoding="utf-8"))


@cache
def _by_name() -> dict[str, dict[str, Any]]:
    return {name: each for each in calendar()["feast"] for name in each["names"]}


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _by_name()), key=len, reverse=True))
    return re.compile(
        rf"{_QUOTE}(?P<name>{names})(?!新区|路|街|镇|村|乡|广场|小学|中学|社区|林){_QUOTE}{_HOLIDAY}"
    )


@cache
def _seasons() -> re.Pattern[str]:
    return re.compile("|".join(name for each in calendar()["season"] for name in each["names"]))


def _day(told: str, year: int) -> date:
    return date(year, int(told[:2]), int(told[3:]))
