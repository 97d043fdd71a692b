"""What a paper counts out or sets bounds to, as figures that no one wrote: lists by their items, periods by their days.

甲、乙、丙 is three, whatever stands beside it; so are 一是…二是…三是…, and three numbered paragraphs. 7月1日至8月31日
is 62 days, 9时至11时40分 is 160 minutes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from ....document import Document
from ....numerals import folded, how_many
from ..text.runs import runs
from ..text.sentences import Sentence, sentences
from .figures import AFTER, BREAK, LEAD, Figure

LISTED, OPEN, JOINED, DATED, POINTS, RUN = "#listed", "#open", "#joined", "#dated", "#points", "#run"
"""Sorts of lists: closed, with 等 behind, with 和 in the last item, of days, points, numbered paragraphs."""
DAYS, MINUTES = "#days", "#minutes"
SORTS = (LISTED, OPEN, JOINED, DATED, POINTS, RUN, DAYS, MINUTES)
_MOST, _FAR = 40, 1500
"""Items of the longest list whose number is told, and signs between two points of one list."""
_HAN = "一二三四五六七八九十"
_LIST = re.compile(r"[^，。；：:、（()）\n\d]{2,24}(?:、[^，。；：:、（()）\n]{1,24})+")
_NUMBER = re.compile(r"\d|[两二三四五六七八九十]{1,3}(?=[个项类种大方条件家处座名位所支])")
_DATES = re.compile(
    r"(?<![\d至到—\-])(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日(?:（[^（）]{2,4}）)?(?:[、和及与](?:\d{1,2}月)?\d{1,2}日(?:（[^（）]{2,4}）)?)+(?![前后至到—\-])"
)
_JOINT = re.compile(r"以及|[和与及]")
_ETC = re.compile(r"等(?!级|次|候|待|于)")
_POINT = re.compile(
    rf"(?:^|(?<=[。；：，、;:\s　]))(?:(?P<han>[{_HAN}]{{1,2}})[是要](?!否)"
    rf"|第(?P<nth>[{_HAN}]{{1,2}})(?:[，、是]|[类批组步])"
    r"|[（(](?P<arabic>\d{1,2})[)）]|(?P<ring>[①-⑳]))",
    re.MULTILINE,
)
_TO = r"\s*(?:[—\-–~～]{1,2}|至|到)\s*"
_PERIOD = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日?(?:[（(][^（()）]{2,4}[)）])?起?"
    + _TO
    + r"(?:(?P<next>次年|翌年|(?:19|20)\d{2}年))?(?:(?P<until>\d{1,2})月)?(?P<last>\d{1,2})日"
)
_CLOCK = re.compile(
    r"(?<![\d.:：])(?P<from>\d{1,2})(?:[:：时点](?P<minute>\d{1,2})?分?)"
    + _TO
    + r"(?P<next>次日|翌日|当日)?(?P<to>\d{1,2})(?:[:：时点](?P<until>\d{1,2})?分?)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)20\d{2}(?=年)")
_COMMON = 2025
"""A year without a leap day, for papers that tell none."""
_start = attrgetter("start")


def tallies(document: Document, figures: Sequence[Figure]) -> list[Figure]:
    """All of a paper in its order; `index` is that of the next figure behind it, `unit` its sort."""
    starts = [each.start for each in figures]
    years = Counter(map(int, _YEAR.findall(document.text)))
    year = years.most_common(1)[0][0] if years else _COMMON
    said = sentences(document)
    found: list[Figure] = []
    for number, sentence in enumerate(said):
        if not sentence.cell:
            found += (_figure(figures, starts, sentence, number, *each) for each in _in(sentence, year))
    begins = [each.start for each in said]
    for start, end, value, sort in (*_points(document), *_runs(document)):
        number = max(bisect_left(begins, start + 1) - 1, 0)
        found.append(
            _figure(
                figures, starts, said[number], number, start - said[number].start, end - said[number].start, value, sort
            )
        )  # fmt: skip
    return sorted(found, key=_start)


def _figure(
    figures: Sequence[Figure],
    starts: Sequence[int],
    sentence: Sentence,
    number: int,
    start: int,
    end: int,
    value: float,
    sort: str,
) -> Figure:
    at = bisect_left(starts, sentence.start + start)
    text = sentence.plain
    lead = BREAK.split(text[max(start - LEAD, 0) : start])[-1]
    mark = text[start - len(lead) - 1 : start - len(lead)] if start > len(lead) else "^"
    clause = 0
    if at:
        before = figures[at - 1]
        between = text[max(before.end - sentence.start, 0) : start]
        clause = before.clause + number - before.sentence + len(BREAK.findall(between))
    return Figure(
        at, sentence.start + start, sentence.start + end, value, 1.0, sort, False, False, "",
        lead, BREAK.split(text[end : end + AFTER], maxsplit=1)[0], mark, clause, number, sentence.index, False,
    )  # fmt: skip


def _in(sentence: Sentence, year: int) -> Iterator[tuple[int, int, float, str]]:
    text = sentence.plain
    if "、" in text:
        for match in _LIST.finditer(text):
            yield from _listed(match)
        for match in _DATES.finditer(text):
            yield *match.span(), float(len(re.split("[、和及与]", match[0]))), DATED
    if "月" in text:
        for match in _PERIOD.finditer(text):
            days = _days(match, year)
            if days > 0:
                yield *match.span(), float(days), DAYS
    if sentence.figures:
        for match in _CLOCK.finditer(text):
            first = int(match["from"]) * 60 + int(match["minute"] or 0)
            last = int(match["to"]) * 60 + int(match["until"] or 0)
            if match["next"] in ("次日", "翌日"):
                last += 24 * 60
            if last > first:
                yield *match.span(), float(last - first), MINUTES


def _listed(match: re.Match[str]) -> Iterator[tuple[int, int, float, str]]:
    """How many a list names: one more where its last item is joined of two."""
    start, end = match.span()
    items = match[0].split("、")
    number = _NUMBER.search(items[-1])
    if number:
        # its own number stands right behind it: 甲、乙、丙3个社区
        end -= len(items[-1]) - number.start()
        items[-1] = items[-1][: number.start()]
        if not items[-1]:
            items.pop()
            end -= 1
    count = len(items)
    if not 1 < count <= _MOST:
        return
    etc = _ETC.search(items[-1])
    if etc and number:
        items[-1] = items[-1][: etc.start()]
    yield start, end, float(count), OPEN if etc else LISTED
    if _JOINT.search(items[-1][1:-1]):
        yield start, end, float(count + 1), JOINED


def _days(match: re.Match[str], year: int) -> int:
    """From the first day to the last, both counted."""
    first_year = int(match["year"] or year)
    month, until = int(match["month"]), int(match["until"] or match["month"])
    told = match["next"] or ""
    last_year = int(told[:4]) if told[:1].isdecimal() else first_year + (bool(told) or until < month)
    try:
        return (
            date(last_year, until, int(match["last"])) - date(first_year, month, int(match["day"]))
        ).days + 1
    except ValueError:
        return 0


def _points(document: Document) -> Iterator[tuple[int, int, float, str]]:
    """一是…二是…三是…, （1）…（2）…, in one paragraph or several: each as far as it counts on."""
    begun: dict[str, list[tuple[int, int, int]]] = {}
    for match in _POINT.finditer(folded(document.text)):
        form = next(name for name in ("han", "nth", "arabic", "ring") if match[name])
        value = ord(match["ring"]) - ord("①") + 1 if match["ring"] else how_many(match[form])
        held = begun.setdefault(form, [])
        if held and (value != held[-1][2] + 1 or match.start() - held[-1][1] > _FAR):
            yield from _counted(held)
            held.clear()
        if held or value == 1:
            held.append((*match.span(), value))
    for held in begun.values():
        yield from _counted(held)


def _counted(points: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, float, str]]:
    if 1 < len(points) <= _MOST:
        yield points[0][0], points[-1][1], float(len(points)), POINTS


def _runs(document: Document) -> Iterator[tuple[int, int, float, str]]:
    for _, siblings in runs(document):
        if len(siblings) <= _MOST:
            first, last = document.paragraphs[siblings[0].index], document.paragraphs[siblings[-1].index]
            yield first.start, last.end, float(len(siblings)), RUN
