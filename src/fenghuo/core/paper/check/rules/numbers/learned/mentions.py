"""Every year, month, quarter, half-year, edition and five-year plan that a paper names, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ....document import Document
from ....numerals import folded, how_many

SORTS = ("year", "month", "range", "quarter", "half", "edition", "plan")
_TO = r"\s*[—\-–~～至到]{1,2}\s*"
_YEAR = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})(?!\d)(?=年|[〕\]］]|{_TO}(?:19|20)\d{{2}}|[\u4e00-\u9fff])"
)
_IN_YEAR = re.compile(
    r"年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?:[（(](?:星期|周)(?P<week>[一二三四五六日天])[)）])?"
)
_MONTH = re.compile(
    r"(?<![\d.个第])(?P<month>\d{1,2})月(?!龄)(?:(?P<day>\d{1,2})日)?(?:[（(](?:星期|周)(?P<week>[一二三四五六日天])[)）])?"
)
_RANGE = re.compile(rf"(?<![\d.])(?P<first>\d{{1,2}})月?(?:份)?{_TO}(?P<last>\d{{1,2}})月")
_QUARTER = re.compile(r"第?(?P<quarter>[一二三四1-4])季度")
_HALF = re.compile(r"上半年|下半年|前三季度")
_HALVES = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9)}
_EDITION = re.compile(
    r"第(?P<edition>[一二三四五六七八九十]{1,3}|\d{1,2})(?:届|次|个(?=[^，。；]{0,4}[“\"全]))"
)
_PLAN = re.compile(r"(?P<plan>十[一二三四五])五")
_STOP = re.compile(r"[。；;]")
_HEADING = re.compile(r"[一二三四五六七八九十（(\d★●【]")
_SHORT, _LEAD = 32, 16


@dataclass(frozen=True, slots=True)
class Mention:
    """One at `start` to `end` of the text: what `sort` of time, and which.

    A year is `value`, with the `month` and `day` that follow it; months from `value` to `month`; an edition or a
    plan has its number. `heading` stands above it, `lead` and `after` around it in its `sentence`.
    """

    start: int
    end: int
    sort: str
    value: int
    month: int
    day: int
    week: str
    paragraph: int
    heading: str
    lead: str
    after: str
    sentence: str
    titled: bool


def mentions(document: Document, title: frozenset[int]) -> list[Mention]:
    """All of a paper; `title` are the paragraphs that its title is told in."""
    found: list[Mention] = []
    heading = ""
    for index, paragraph in enumerate(document.paragraphs):
        said = folded(document.said(paragraph))
        short = said.strip()
        if short and len(short) < _SHORT and short[-1] not in "。；" and _HEADING.match(short):
            heading = short
        told = sorted(_in(said))
        for start, end, sort, value, month, day, week in told:
            low = max(said.rfind(sign, 0, start) for sign in "。；") + 1
            high = min((at for sign in "。；" if (at := said.find(sign, end)) >= 0), default=len(said))
            found.append(
                Mention(
                    paragraph.start + start,
                    paragraph.start + end,
                    sort,
                    value,
                    month,
                    day,
                    week,
                    index,
                    heading,
                    _STOP.split(said[max(start - _LEAD, 0) : start])[-1],
                    _STOP.split(said[end : end + _LEAD])[0],
                    said[low:high],
                    index in title,
                )
            )
    return found


def _in(said: str) -> Iterator[tuple[int, int, str, int, int, int, str]]:
    for match in _YEAR.finditer(said):
        day = _IN_YEAR.match(said, match.end())
        month, date, week = (
            (int(day["month"]), int(day["day"] or 0), day["week"] or "") if day else (0, 0, "")
        )
        yield *match.span(), "year", int(match["year"]), month, date, week
    for match in _RANGE.finditer(said):
        yield *match.span(), "range", int(match["first"]), int(match["last"]), 0, ""
    for match in _MONTH.finditer(said):
        month = int(match["month"])
        yield *match.span(), "month", month, month, int(match["day"] or 0), match["week"] or ""
    for match in _QUARTER.finditer(said):
        quarter = how_many(match["quarter"]) if not match["quarter"].isdecimal() else int(match["quarter"])
        yield *match.span(), "quarter", quarter * 3 - 2, quarter * 3, 0, ""
    for match in _HALF.finditer(said):
        yield *match.span(), "half", *_HALVES[match[0]], 0, ""
    for match in _EDITION.finditer(said):
        number = match["edition"]
        yield *match.span(), "edition", int(number) if number.isdecimal() else how_many(number), 0, 0, ""
    for match in _PLAN.finditer(said):
        yield *match.span(), "plan", how_many(match["plan"]), 0, 0, ""
