"""Two counts side by side that stand so again, one of them with another number: 5个乡镇18个村, and 6个乡镇18个村."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding, Span
from ..faults import counts_differ
from ..text.quantities import Quantity, quantities
from ..text.sentences import Sentence, sentences
from ..text.slips import slipped

_BETWEEN = re.compile(r"[\u4e00-\u9fff]{0,6}[、，]?(?:共|共计|计)?$")
_UNCOUNTED = frozenset(("%", "年", "月", "日", "小时", "分钟", "个百分点", "岁"))
_KNOWN = 10
"""A count from which it hardly stands beside another one of the same kind by chance."""
_APART = re.compile(r"去年|上年|同期|往年|每|平均|计划|拟|目标|其中|新增|再")
_LEAD = 12
_REACH = 40
"""Pairs of one kind before each that it is compared with."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two quantities of a sentence with what stands between them."""

    sentence: Sentence
    one: Quantity
    two: Quantity
    between: str

    @property
    def kind(self) -> tuple[str, str, str]:
        return self.one.unit, self.between, self.two.unit

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        return self.one.value, self.two.value

    def span(self, which: Quantity) -> Span:
        return Span(self.sentence.start + which.start, self.sentence.start + which.end)

    @property
    def is_apart(self) -> bool:
        return bool(_APART.search(self.sentence.plain[max(self.one.start - _LEAD, 0) : self.one.start]))


def check(document: Document) -> Iterator[Finding]:
    """Silent where the one that is the same is small, or either pair is told again."""
    by_kind: dict[tuple[str, str, str], list[_Pair]] = {}
    for pair in _pairs(document):
        by_kind.setdefault(pair.kind, []).append(pair)
    for alike in by_kind.values():
        told = Counter(each.values for each in alike)
        for at, later in enumerate(alike):
            if told[later.values] == 1 and not later.is_apart:
                found = _other(later, alike[max(at - _REACH, 0) : at], told)
                if found is not None:
                    yield _fault(document, later, *found)


def _pairs(document: Document) -> Iterator[_Pair]:
    for sentence in sentences(document):
        if not sentence.figures or sentence.cell:
            continue
        text = sentence.plain
        counted = [each for each in quantities(text) if each.unit and each.unit not in _UNCOUNTED]
        for one, two in pairwise(counted):
            between = text[one.end : two.start]
            if not one.about and not two.about and _BETWEEN.fullmatch(between):
                yield _Pair(sentence, one, two, between.rstrip("共计、，"))


def _other(
    later: _Pair, before: list[_Pair], told: Counter[tuple[Decimal, Decimal]]
) -> tuple[Quantity, _Pair, Quantity] | None:
    for first in before:
        if first.sentence is later.sentence or first.is_apart or (told[first.values] > 1 and len(told) > 3):
            continue
        same = [one.value == two.value for one, two in ((first.one, later.one), (first.two, later.two))]
        if sum(same) != 1:
            continue
        held, here, there = (
            (first.one, later.two, first.two) if same[0] else (first.two, later.one, first.one)
        )
        if held.value >= _KNOWN and (
            slipped(here.value, there.value)
            or abs(here.value - there.value) <= max(here.value, there.value) * 2 / 5
        ):
            return here, first, there
    return None


def _fault(document: Document, later: _Pair, here: Quantity, first: _Pair, there: Quantity) -> Finding:
    span, other = later.span(here), first.span(there)
    thing = document.text[later.span(later.one).start : later.span(later.two).end]
    return counts_differ(document.text, 0, span, other, thing=thing)
