"""Dates and times of day in a text, with what is left out taken from before, and ranges between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from ....numerals import folded, from_han

_H = "〇○零一二三四五六七八九十"
_Y = r"(?P<year>(?:19|20)\d{2}|[〇○零一二三四五六七八九]{4})"
_M = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})"
_D = rf"(?P<day>\d{{1,3}}|[{_H}]{{1,3}})"
_HOUR = (
    r"(?P<half>上午|下午|凌晨|早上|晚上|晚|早|中午)?(?P<hour>\d{1,2})(?:[时点](?!整改)(?:(?P<minute>\d{1,2})分|(?P<halfhour>半))?"
    r"|[:：](?P<minutes>\d{2})(?::\d{2})?)"
)
_TIME = rf"(?:\s*(?:前|早|晚)?{_HOUR})"
_RELATIVE = r"(?P<relative>今年|本年|当年|去年|上年|次年|翌年|明年|来年|同年)"
_FORMS = (
    re.compile(
        rf"(?<!\d)(?:{_Y}年|{_RELATIVE})\s*{_M}\s*月(?!龄)\s*(?:份|{_D}\s*[日号](?!楼|院|线|公路|令|文|台风|井|矿|库|桥)"
        rf"{_TIME}?)?"
    ),
    re.compile(
        r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.\-/]\d)(?!\d)"
    ),
    re.compile(
        rf"(?<![\d.{_H}第个])(?P<lunar>农历|阴历|旧历)?{_M}\s*月\s*{_D}\s*[日号](?!楼|院|线|公路|令|文|台风|井|矿|库|桥){_TIME}?"
    ),
    re.compile(rf"(?<!\d)(?:{_Y}年(?!来|间|限)|{_RELATIVE})"),
    re.compile(rf"(?<![\d.{_H}第个近]){_M}\s*月(?!龄|嫂)(?:份)?(?![\d{_H}]*[日号])"),
    re.compile(rf"(?<![\d.]){_HOUR}(?!钟)"),
)
# The sign that each form holds: it is looked for around them only.
_SIGNS = tuple(map(re.compile, ("月", r"(?:19|20)\d{2}[-/.]", "月", "年", "月", "[时点:：]")))
_AHEAD, _BEHIND = 16, 48
_ANY = re.compile(r"[年月:：时点]|(?:19|20)\d{2}[-/.]")
# 3.4月开展…: a numbered paragraph that opens with a month.
_MARK = re.compile(r"\s*\d{1,2}[.．、](?=\s*\d{1,2}月)")
_HAN_ONE = "一二三四五六七八九十"
# A number that pasted signs cut in two (1rR20月, 1 w4 2月): what is left of it is no month.
_CUT = re.compile(r"\d\s{0,2}(?=[^\u4e00-\u9fff]*[A-Za-z&%=|^`])[A-Za-z\d&%=|^`#;{}<>~ ]{1,7}$")
_TO = r"\s*(?:至|到|—{1,2}|–|－|-|~|～|―|─|直至)\s*"
_SEPARATOR = re.compile(
    rf"^(?:起[，,]?|开始[，,]?|[（(](?:星期|周).[)）])?{_TO}(?P<next>次年|翌年|次日|翌日|第二天|当日|同日)?\s*$"
)
_DAY_AFTER = re.compile(
    rf"{_TO}(?P<day>\d{{1,3}}|[{_H}]{{1,3}})\s*[日号](?!楼|院|线|内)(?P<time>\s*{_HOUR})?"
)


_SHORT_DAYS = re.compile(
    rf"(?<![\d.])(?:{_Y}年)?{_M}月(?P<day>\d{{1,3}})(?P<to>{_TO})(?P<last>\d{{1,3}})[日号](?!楼|院|线)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time as it is written at `start` to `end`; None for what it leaves out.

    `relative` holds 今年, 去年 and the like, `next` says that the text calls it the next day or year.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    relative: str = ""
    next: bool = False
    lunar: bool = False

    def day_in(self, year: int | None) -> date | None:
        """The day, in a year where the text gives none; None where it is no full or no real date."""
        whole = self.year or year
        if not whole or not self.month or not self.day:
            return None
        try:
            return date(whole, self.month, self.day)
        except ValueError:
            return None


def moments(text: str) -> list[Moment]:
    """The dates and times of a text in their order, not overlapping."""
    return list(_all(folded(text)))


@lru_cache(maxsize=4096)
def _all(plain: str) -> tuple[Moment, ...]:
    if not _ANY.search(plain):
        return ()
    if mark := _MARK.match(plain):
        plain = " " * mark.end() + plain[mark.end() :]
    found: list[Moment] = []
    taken = bytearray(len(plain))
    for form, signs in zip(_FORMS, _SIGNS, strict=True):
        for match in _near(form, signs, plain):
            if any(taken[match.start() : match.end()]) or _torn(plain, match.start()):
                continue
            moment = _moment(match)
            if moment:
                found.append(moment)
                taken[match.start() : match.end()] = b"\1" * len(match[0])
    return tuple(sorted(found, key=lambda moment: moment.start))


def _near(form: re.Pattern[str], signs: re.Pattern[str], plain: str) -> Iterator[re.Match[str]]:
    at = 0
    for sign in signs.finditer(plain):
        if sign.start() < at:
            continue
        match = form.search(plain, max(at, sign.start() - _AHEAD), sign.start() + _BEHIND)
        while match:
            yield match
            at = match.end()
            match = form.search(plain, at, sign.start() + _BEHIND) if at < sign.start() else None


def _torn(plain: str, at: int) -> bool:
    return bool(at and plain[at - 1].isascii() and _CUT.search(plain, max(at - 10, 0), at))


def _moment(match: re.Match[str]) -> Moment | None:
    groups = match.groupdict()
    values = {name: _number(groups.get(name)) for name in ("year", "month", "day", "hour")}
    if groups.get("month") and values["month"] is None:
        return None
    if (groups.get("day") and values["day"] is None) or _either(groups.get("month") or ""):
        return None
    minute = _number(groups.get("minute") or groups.get("minutes"))
    hour = values["hour"]
    if hour is not None and hour < 12 and groups.get("half") in ("下午", "晚上", "晚"):
        hour += 12
    if groups.get("halfhour"):
        minute = 30
    return Moment(
        match.start(),
        match.end(),
        values["year"],
        values["month"],
        values["day"],
        hour,
        minute,
        groups.get("relative") or "",
        lunar=bool(groups.get("lunar")),
    )


def _either(month: str) -> bool:
    """二三月, 九十月份: one month of two that follow each other, and no date."""
    return len(month) == 2 and month in _HAN_ONE


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else from_han(text)


def ranges(text: str, found: list[Moment]) -> Iterator[tuple[Moment, Moment]]:
    """Start and end of each period: 4月3日至5月1日, 4月3—5日, 1—6月, 2021—2025年, 14时至16时."""
    plain = folded(text)
    for first, second in pairwise(found):
        match = _SEPARATOR.match(plain[first.end : second.start])
        if match:
            ahead = bool(match["next"] and match["next"][0] in "次翌第") or second.relative in (
                "次年",
                "翌年",
                "明年",
                "来年",
            )
            yield first, _with(second, next=ahead)
    for moment in found:
        yield from _short(plain, moment)


def _short(plain: str, moment: Moment) -> Iterator[tuple[Moment, Moment]]:
    # 4月3日至5日, 4月3日20时至5日8时: the end says its day alone.
    if moment.day:
        match = _DAY_AFTER.match(plain, moment.end)
        day = _number(match["day"]) if match else None
        if match and day is not None:
            yield moment, Moment(match.start("day"), match.end(), moment.year, moment.month, day)
    # What stands before a range's second half without its sign: 4月3—5日, 1—6月, 2021—2025年.
    before = re.search(rf"(?<![\d.%])(\d{{1,4}}){_TO}$", plain[: moment.start])
    if not before or moment.relative:
        return
    bare, start = int(before[1]), before.start(1)
    if moment.month and not moment.day and moment.year is None and bare <= 99:
        year = re.search(r"((?:19|20)\d{2})年$", plain[:start])
        yield (
            Moment(start, before.end(1), int(year[1]) if year else None, bare),
            _with(moment, year=int(year[1]) if year else None),
        )
    elif moment.year and not moment.month and 1900 <= bare <= 2100:
        yield Moment(start, before.end(1), bare), moment


def short_days(text: str) -> Iterator[tuple[Moment, Moment]]:
    """4月3—5日 and 2026年4月3—5日: both days under one month."""
    if "月" not in text:
        return
    for match in _SHORT_DAYS.finditer(folded(text)):
        year, month = _number(match["year"]), _number(match["month"])
        if month is None:
            continue
        yield (
            Moment(match.start(), match.end("day"), year, month, int(match["day"])),
            Moment(match.start("last"), match.end(), year, month, int(match["last"])),
        )


def _with(moment: Moment, **changed: object) -> Moment:
    values = {name: getattr(moment, name) for name in Moment.__slots__} | changed
    return Moment(**values)
