"""How long something lasted, told again without its days: 11月3日至22日封闭, and 30天封闭期满; 六个月的行动结束后.

A length that opens a clause speaks of what was told before. It is doubted where no period and no other length of
the paper is as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import how_many
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .lasting import days_of, not_so_long, periods

_AGAIN = re.compile(
    r"(?:^|(?<=[。；]))(?P<found>(?P<many>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<of>天|个月|周))"
    r"(?:当中|时间里|里|中(?=[，的])|下来|以?来(?=[，的])|内(?=[，的])|的[^，。；\d]{0,10}(?:行动|期|工作|行程|施工|培训|治理|整治|经验|活动|管控)|[^，。；\d]{0,4}期(?:满|内|间))"
)
_APART = re.compile(r"工作日|每|除|不含|分[批期段]|轮[班换训]|提前|推迟|延")
_WORDS = {"天": 1, "周": 7}
_LEAST = 3
"""Days from which a period is no single day with its eve."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper tells no period, or more than one."""
    lines = [each for each in sentences(document) if not each.cell]
    again = [(each, match) for each in lines for match in _AGAIN.finditer(each.plain)]
    found = [each for line in lines for each in _periods(line, frame)] if again else []
    if len({(each.fewest, each.most) for each in found}) != 1:
        return
    told = found[0]
    for line, match in again:
        many = how_many(match["many"])
        if line.index <= told.sentence.index or not many or _APART.search(line.plain):
            continue
        if _lasts(told, many, match["of"]) or _is_length(lines, line, match):
            continue
        place = Span(told.sentence.start + told.start, told.sentence.start + told.end)
        period = Elsewhere(place, document.text[place.start : place.end])
        yield not_so_long(line, match, period, told.days)


@dataclass(frozen=True, slots=True)
class _Period:
    sentence: Sentence
    start: int
    end: int
    fewest: int
    most: int
    days: int
    months: int


def _periods(sentence: Sentence, frame: Frame) -> Iterator[_Period]:
    if "月" not in sentence.text:
        return
    for first, second in periods(sentence):
        length = days_of(first, second, frame)
        if length and length[1] >= _LEAST:
            months = ((second.month or 0) - (first.month or 0)) % 12
            yield _Period(sentence, first.start, second.end, *length, months)


def _lasts(period: _Period, many: int, of: str) -> bool:
    """Whether a period may be called so: 4月7日至20日 is 14 days, 13 nights or two weeks."""
    if of == "个月":
        return period.months <= many <= period.months + 1
    word = _WORDS[of]
    return period.fewest - word < many * word < period.most + word


def _is_length(lines: Sequence[Sentence], line: Sentence, match: re.Match[str]) -> bool:
    """Whether the same length is told elsewhere as well, of whatever it may be."""
    rest = line.plain[: match.start()] + line.plain[match.end() :]
    return any(match["found"] in (rest if each is line else each.plain) for each in lines)
