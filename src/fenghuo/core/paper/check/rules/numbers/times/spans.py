"""The part of the year that a paper is about, and the times of the year that a text names.

A title names it (上半年, 第三季度, 6月, 第一学期, 春节期间, 夏粮收购), or an opening does (时间：A至B, 自A启动，
至B结束).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from ....document import Document
from ....numerals import folded
from ..text.dates import Moment, moments, ranges
from ..text.frame import Frame, months_of
from .feasts import calendar, day_of, feasts
from .planned import BACK

_QUARTER = re.compile(r"(?<![前至到—\-下上])第?(?P<which>[一二三四1-4])季度")
_MONTH = re.compile(
    r"(?<![\d至到—\-~～、前])(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?!\d|[至到—\-~～]|[一二三四五六七八九十]{1,3}日)"
)
_TERM = re.compile(r"第(?P<nth>[一二])学期|(?P<season>[春秋])季学期|(?P<half>[上下])学期")
_OPENING = 4
"""Paragraphs of a body among which its span is told."""
_ANOTHER = re.compile("上一?[轮届期次]|去年|上年|(?<![对评])比(?![例赛武])|同期")
_FIRST = 2
"""Paragraphs of it that may tell it without calling it a time."""
_LABELLED = re.compile(
    r"(?:^|[，。；、．.\s])(?:活动|行动|举办|举行|实施|工作|整治|巡察|开放|搬迁)?(?:时间|日期|期限)[：:为是]"
)
_LONE = 45
_SPANNED = re.compile(
    r"(?:^|[，。；、．.\s])(?:活动|行动|举办|举行|实施|工作|整治|巡察|开放|搬迁)?(?:时间|日期|期限)[：:为是]|(?:活动|行动|专项|假期|暑期|春运|防火期|汛期|征兵|巡察|整治|会期|展期|本届|本次|工期|搬迁|实施|持续|暂停|停[水电气]|封闭|启动|开始|铺开|开幕|点火|结束|收兵|落幕|告一段落|停炉|定于|拟于|举行|举办)"
)
_LONGEST = 200
"""Days that a campaign lasts at the most."""
_HAN = {han: at for at, han in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_CODE = re.compile(r"第$|总第|[〔\[]")
YEAR = 12


@dataclass(frozen=True, slots=True)
class Own:
    """The months that a paper is about, how they are called, and from how many months away nothing is of them."""

    months: frozenset[int]
    called: str
    far: int
    back: bool
    plan: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A month, a day, a feast or a season at `start` to `end` of a text, with its months."""

    start: int
    end: int
    months: frozenset[int]
    moment: Moment | None = None
    far: int = 3
    season: bool = False


def apart(one: Collection[int], other: Collection[int]) -> int:
    """How many months lie between two parts of the year, the nearer way round: 0 where they meet."""
    return min((min((a - b) % YEAR, (b - a) % YEAR) for a in one for b in other), default=0)


def headline(document: Document, frame: Frame) -> str:
    """The title, or a first line that stands for one."""
    if frame.title:
        return folded(frame.title)
    first = next((folded(document.said(each)).strip() for each in document.paragraphs), "")
    return first if len(first) <= _LONE and not re.search("[。；]", first) else ""


_PLANS = re.compile(
    r"计划|安排|打算|要点|方案|思路|部署|任务|通知|意见|预案|公告|通告|启事|邀请|提示|倡议|公开信|告知|招募|指南|须知|动员|提纲|总览|一封信"
)
TELLS = re.compile(
    r"纪实|侧记|快报|周报|旬报|日报|日志|评价|综述|回顾|小记|纪要|进展|完成|办理|落实|执行|记录|简讯|通讯|闭幕|开幕|圆满|落幕"
)


def own(document: Document, frame: Frame) -> Own | None:
    """What part of the year a paper is about; None where neither its title nor its opening tells."""
    title = re.sub(r"[“”\"]", "", headline(document, frame))
    back = bool(BACK.search(title[-10:]) or TELLS.search(title[-10:]))
    plan = bool(_PLANS.search(title)) and not back
    made = _of_title(title, frame)
    spanned = _of_opening(document, frame)
    if made and made[2] == 1:
        return Own(*made, back, plan)
    if spanned:
        return Own(*spanned, back, plan)
    return Own(*made, back, plan) if made else None


def _of_title(title: str, frame: Frame) -> tuple[frozenset[int], str, int] | None:
    """The months, what they are called, and how far from them nothing is of them any more."""
    if re.search("[上下]半年.*[上下]半年|季度.*季度|以来|历年|全年|次会议|例会|常务会|办公会", title):
        return None
    if spanned := months_of(title):
        return frozenset(spanned), f"{spanned[0]}月至{spanned[-1]}月", 1
    if match := _QUARTER.search(title):
        at = "一二三四1234".index(match["which"]) % 4
        return frozenset(range(3 * at + 1, 3 * at + 4)), f"第{'一二三四'[at]}季度", 1
    for word, first in (("上半年", 1), ("下半年", 7)):
        if word in title:
            return frozenset(range(first, first + 6)), word, 1
    for each in term(title):
        return each.months, "秋季学期" if 9 in each.months else "春季学期", 1
    if (match := _MONTH.search(title)) and not _CODE.search(title[: match.start()][-2:]):
        month = int(match["month"]) if match["month"].isdecimal() else _HAN[match["month"]]
        if 1 <= month <= YEAR:
            return frozenset((month,)), f"{month}月", 1
    year = frame.year or 2000
    held = list(feasts(title, year))
    months = {month for each in held for month in _months(each.first, each.last)}
    if held:
        return frozenset(months), held[0].name, 3
    for each in calendar()["season"]:
        if any(name in title for name in each["names"]):
            return frozenset(each["months"]), each["names"][0], 3
    told = list(natures(title))
    if told:
        return told[0].months, title[told[0].start : told[0].end], 3
    return None


def _of_opening(document: Document, frame: Frame) -> tuple[frozenset[int], str, int] | None:
    """时间：2024年10月1日至2025年2月28日; 自6月20日启动，至8月30日告一段落."""
    body = frame.parts.body
    for index in range(body.start, min(body.start + _OPENING, body.stop)):
        said = folded(document.said(document.paragraphs[index]))
        if document.paragraphs[index].cell or not (
            _LABELLED if index >= body.start + _FIRST else _SPANNED
        ).search(said):
            continue
        found = moments(said)
        for sentence in re.finditer(r"[^。；]+", said):
            if not _SPANNED.search(sentence[0]) or _ANOTHER.search(sentence[0]):
                continue
            if "假" in sentence[0] and not re.search("假|节|期间|五一|国庆", headline(document, frame)):
                continue  # the holiday inside what a paper is about
            inside = [each for each in found if sentence.start() <= each.start < sentence.end()]
            if spanned := _campaign(sentence[0], sentence.start(), inside, said, frame):
                return spanned
    return None


_UP_TO = re.compile(r"[^。；]{0,14}?[，,]\s*(?:到|至|直至|于)")
_BEGINS = re.compile(r"[^。；]{0,10}[，,]\s*")
_ENDS = re.compile(r"(?:[底末]|[上中下]旬)?(?:全部|正式)?(?:结束|截止|停|止|收|落幕|闭|完|告一段落|期满)")


def _campaign(
    sentence: str, offset: int, inside: list[Moment], said: str, frame: Frame
) -> tuple[frozenset[int], str, int] | None:
    pairs = [(one, two) for one, two in ranges(said, inside)]
    pairs += [
        (one, two)
        for one, two in pairwise(inside)
        if re.search(r"(?:自|从)$", said[: one.start])
        and (
            _UP_TO.fullmatch(said[one.end : two.start])
            or (_BEGINS.fullmatch(said[one.end : two.start]) and _ENDS.match(said[two.end :]))
        )
    ]
    for one, two in pairs:
        if not (one.month and two.month and one.day and 1 <= one.month <= 12 >= two.month >= 1):
            continue
        months = frozenset(_from_to(one.month, two.month))
        years = (two.year or one.year or 0) - (one.year or two.year or 0)
        if years in (0, 1) and len(months) * 30 <= _LONGEST + 30:
            words = f"{one.month}月{one.day}日至{two.month}月" + (f"{two.day}日" if two.day else "底")
            return months, words, 3
    return None


def _from_to(first: int, last: int) -> Iterator[int]:
    month = first
    yield month
    while month != last:
        month = month % YEAR + 1
        yield month


def _months(first: date, last: date) -> Iterator[int]:
    return _from_to(first.month, last.month)


def term(text: str) -> Iterator[Mention]:
    """The term of a school year that a text names."""
    for match in _TERM.finditer(text):
        autumn = "一秋上".find(match["nth"] or match["season"] or match["half"]) >= 0
        months = (8, 9, 10, 11, 12, 1) if autumn else (2, 3, 4, 5, 6, 7)
        yield Mention(match.start(), match.end(), frozenset(months))


def natures(text: str) -> Iterator[Mention]:
    """The seasons and their work that a text names."""
    for match in _nature().finditer(text):
        if text.startswith("学期", match.end()):
            continue
        months, far = _by_name()[match[0]]
        yield Mention(match.start(), match.end(), months, None, far, True)


def named(text: str, year: int, *, dated: bool = False) -> Iterator[Mention]:
    """The feasts that a text names, and the bare months and days, those with a year too where `dated`."""
    for each in feasts(text, year):
        if day := day_of(each.name, year):
            yield Mention(each.start, each.end, frozenset((day.month,)), None, 2)
    for moment in moments(text):
        other = moment.relative or moment.lunar or (moment.year and not dated)
        if moment.month and 1 <= moment.month <= YEAR and not other:
            yield Mention(moment.start, moment.end, frozenset((moment.month,)), moment)


@cache
def _by_name() -> dict[str, tuple[frozenset[int], int]]:
    return {
        name: (frozenset(each["months"]), each["far"])
        for each in calendar()["nature"]
        for name in each["names"]
    }


@cache
def _nature() -> re.Pattern[str]:
    return re.compile(rf"(?<!期)(?:{'|'.join(sorted(map(re.escape, _by_name()), key=len, reverse=True))})")
