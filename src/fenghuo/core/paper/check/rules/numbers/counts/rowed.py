"""What the text tells of a row of a table, beside the row: 云台镇　720　6.0, and 任务最重的云台镇750亩."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic
from ..faults import counts_differ
from ..text.quantities import Quantity, quantities
from ..text.sentences import sentences
from ..text.slips import slipped
from .celled import ROW

_FIGURE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?![\d.%])")
_MOST_OF = re.compile(r"最[\u4e00-\u9fff]")
_SUM = re.compile(r"[合小总共]计|总数")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,}")
_MANY = 100
"""Rows that are compared."""
_SHARE, _LEAST = Decimal("0.1"), 2
"""How far from a cell a number lies that is meant for it."""


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    cells: tuple[tuple[Decimal, Span], ...]
    head: str


def check(document: Document) -> Iterator[Finding]:
    """Silent where the number is that of a cell, of two together or between them, or the row has two like it."""
    rows = list(_rows(document))[:_MANY]
    labels = Counter(each.label for each in rows)
    by_label = {each.label: each for each in rows if labels[each.label] == 1 and not _SUM.search(each.label)}
    form = re.compile("|".join(map(re.escape, sorted(by_label, key=len, reverse=True)))) if by_label else None
    for sentence in sentences(document) if form else ():
        if not sentence.figures or sentence.cell or ROW.match(sentence.plain) or not form:
            continue
        counted = quantities(sentence.plain)
        places = [*form.finditer(sentence.plain)]
        ends = [*(each.start() for each in places[1:]), len(sentence.plain)]
        for match, end in zip(places, ends, strict=False):
            row = by_label[match[0]]
            own = next((each for each in counted if match.end() <= each.start < end), None)
            cell = _meant(row, own, sentence.plain[match.start() : own.start]) if own else None
            if own and cell:
                here = Span(sentence.start + own.start, sentence.start + own.end)
                yield counts_differ(document.text, 0, here, cell)


def _meant(row: _Row, own: Quantity, lead: str) -> Span | None:
    """The only cell that a number behind the row's label can be meant for, if it is not what it holds."""
    between = lead[len(row.label) :]
    if not own.unit or own.unit == "%" or own.about or re.search(r"[。；：\d]", between):
        return None
    told = between.rstrip("为有达共是")
    if not (own.unit in row.head and (not between or _MOST_OF.search(between))) and not (
        told and "，" not in told and told in row.head
    ):
        return None
    scale = _scale(own, row.head)
    values = [value for value, _ in row.cells]
    value = own.value / scale
    if value in values or value in _reckoned(values):
        return None
    columns = re.split(r"[ \t　|｜]+", row.head.strip().rpartition("\n")[2])[1:]
    named = (
        [_NAME.match(each) for each in columns] if len(columns) == len(row.cells) else [None] * len(values)
    )
    own_column = [bool(each) and each[0] in between for each in named]
    near = [
        span
        for (each, span), is_named in zip(row.cells, own_column, strict=True)
        if (is_named or not any(own_column))
        and each
        and (abs(each - value) <= max(max(each, value) * _SHARE, _LEAST) or slipped(each, value))
    ]
    return near[0] if len(near) == 1 else None


def _scale(own: Quantity, head: str) -> int:
    """What a number of the text is told in less than the column: 万元 of a head."""
    return next((10**power for sign, power in (("亿", 8), ("万", 4)) if f"{sign}{own.unit}" in head), 1)


def _reckoned(values: Sequence[Decimal]) -> set[Decimal]:
    return {made for one in values for two in values for made in (one + two, abs(one - two))}


def _rows(document: Document) -> Iterator[_Row]:
    start, head, above = 0, "", ""
    for line in folded(document.text).splitlines(keepends=True):
        row = ROW.match(line.rstrip("\n"))
        if row:
            cells = tuple(
                (from_arabic(each[0]), Span(start + each.start(), start + each.end()))
                for each in _FIGURE.finditer(line, row.start("cells"))
            )
            yield _Row(row["label"], cells, head)
        else:
            head, above = above + line, line
        start += len(line)
