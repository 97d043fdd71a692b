"""How long an event took whose first and last day stand in sentences of their own.

5月6日，读书月落幕。它从4月7日启动，前后40天: from the one day to the other there are thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import how_many
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .lasting import days_of, not_so_long

_BEGUN = re.compile(
    r"[（(]?(?:星期.|周.)?[)）]?(?:[上下]午|零时)?[^，。；\d]{0,10}?(?:启动|开幕|开赛|开馆|开园|开镰|开机|揭幕|拉开帷幕|拉开大幕|开工|动工|进场|开始|开班|开营)"
)
_ENDED = re.compile(
    r"(?:(?!\d[月日])[^。；]){0,36}?(?:落幕|闭幕|收官|落下帷幕|落下大幕|画上句号|完工|竣工|收兵|闭馆|结业|结营|(?:全部|圆满|顺利|正式)?结束(?!后|前|时))"
)
_LONG = re.compile(
    r"(?P<how>为期|历时|历经|前后|整整|足足|持续|连续|一共|总共|共)(?:共|了|整整|足足)*(?P<found>(?P<days>\d{1,3}|[一二三四五六七八九十百]{1,4})\s*天)(?!内|一)"
)
_APART = re.compile(r"工作日|每|轮|不含|断续|分[^，。；\d]{0,3}[批期]|除")
_NEAR, _BESIDE = 1, 6
"""Paragraphs and sentences between the two days and the length at the most."""


@dataclass(frozen=True, slots=True)
class _Day:
    sentence: Sentence
    moment: Moment

    @property
    def span(self) -> Span:
        return Span(self.sentence.start + self.moment.start, self.sentence.start + self.moment.end)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where more than one thing begins or ends there."""
    lines = [
        each
        for each in sentences(document)
        if not each.cell and each.index in frame.parts.body and each.index not in frame.ahead
    ]
    lengths = [(at, line, match) for at, line in enumerate(lines) for match in _LONG.finditer(line.plain)]
    for at, line, match in lengths:
        if _APART.search(line.plain):
            continue
        beside = lines[max(at - _BESIDE, 0) : at + _BESIDE + 1]
        near = [each for each in beside if abs(each.index - line.index) <= _NEAR and "月" in each.text]
        begun, ended = (list(_days(near, form)) for form in (_BEGUN, _ENDED))
        begun = [each for each in begun if each.span not in {one.span for one in ended}]
        if len(begun) != 1 or len(ended) != 1 or begun[0].sentence is ended[0].sentence:
            continue
        first, last = begun[0].moment, ended[0].moment
        if not (first.year or last.year or frame.year):
            continue
        if not first.year and last.year:
            first = replace(first, year=last.year - ((last.month or 0) < (first.month or 0)))
        if not (first.year and last.year) and _wraps(first, last):
            continue
        length = days_of(first, last, frame)
        if length and not length[0] <= how_many(match["days"]) <= length[1]:
            place = begun[0].span
            yield not_so_long(
                line,
                match,
                Elsewhere(place, f"{_words(document, begun[0])}至{_words(document, ended[0])}"),
                length[2],
            )


def _wraps(first: Moment, last: Moment) -> bool:
    """Whether no winter lies between a first day and a last one that comes before it: they are of two things."""
    begins, ends = (first.month or 0, first.day or 0), (last.month or 0, last.day or 0)
    return ends < begins and not (begins[0] >= 9 and ends[0] <= 4)


def _words(document: Document, day: _Day) -> str:
    return document.text[day.span.start : day.span.end]


def _days(lines: list[Sentence], form: re.Pattern[str]) -> Iterator[_Day]:
    for line in lines:
        for moment in moments(line.text):
            dated = moment.month and moment.day and not moment.relative and not moment.lunar
            if dated and form.match(line.plain, moment.end):
                yield _Day(line, moment)
