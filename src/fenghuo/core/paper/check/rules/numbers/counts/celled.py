"""A figure of a table beside the same one of the text, two digits of one exchanged: 茶叶产量2860吨, and 茶叶 2680."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic
from ..faults import counts_differ
from ..text.quantities import plain, quantities
from ..text.sentences import sentences
from ..text.slips import exchanged

ROW = re.compile(
    r"[ 　]*(?:\d{1,2}[ \t　|｜]+)?(?P<label>[\u4e00-\u9fff]{2,10})"
    r"(?P<cells>(?:[ \t　|｜]+(?:\d[\d,.]*%?|[-—－]+))+)[ \t　|｜]*$"
)
"""A line of text that is the row of a table."""
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?![\d.%])")
_DIGITS = 3
_TIMES = frozenset(Decimal(10) ** power for power in (0, 4, 8))
"""What a figure of the text may be of that of a table, whose head tells its 万."""
_MOST = 400
"""Figures of tables that are compared."""


@dataclass(frozen=True, slots=True)
class _Cell:
    label: str
    value: Decimal
    span: Span
    head: str

    def is_told(self, before: str, unit: str) -> bool:
        """Whether a figure behind these words is of this row, and of a column that the head names."""
        at = max(before.rfind(self.label[at : at + 2]) for at in range(len(self.label) - 1))
        between = before[at + 2 :].removeprefix(self.label[2:]) if at >= 0 else ""
        return at >= 0 and (unit in self.head or between in self.head)


def check(document: Document) -> Iterator[Finding]:
    """Silent where either figure stands on the other side too, or what the row is called is said nowhere before."""
    cells = list(_cells(document))[:_MOST]
    if not cells:
        return
    shown = {_digits(each.value) for each in cells}
    by_digits: dict[str, list[_Cell]] = {}
    for cell in cells:
        by_digits.setdefault("".join(sorted(_digits(cell.value))), []).append(cell)
    told = [
        (sentence, each)
        for sentence in sentences(document)
        if sentence.figures and not sentence.cell and not ROW.match(sentence.plain)
        for each in quantities(sentence.plain)
        if each.unit and not each.about and len(_digits(each.value)) >= _DIGITS
    ]
    said = {_digits(each.value) for _, each in told}
    for sentence, each in told:
        digits = _digits(each.value)
        if digits in shown:
            continue
        for cell in by_digits.get("".join(sorted(digits)), ()):
            other = _digits(cell.value)
            named = cell.is_told(sentence.plain[: each.start], each.unit)
            if other not in said and named and exchanged(digits, other) and _alike(each.value, cell.value):
                here = Span(sentence.start + each.start, sentence.start + each.end)
                yield counts_differ(document.text, 0, here, cell.span)
                break


def _cells(document: Document) -> Iterator[_Cell]:
    start, head = 0, ""
    for line in folded(document.text).splitlines(keepends=True):
        row = ROW.match(line.rstrip("\n"))
        for each in _FIGURE.finditer(line, row.start("cells")) if row else ():
            value = from_arabic(each[0])
            if row and len(_digits(value)) >= _DIGITS:
                yield _Cell(row["label"], value, Span(start + each.start(), start + each.end()), head)
        head = head if row else line
        start += len(line)


def _digits(value: Decimal) -> str:
    return plain(value).replace(".", "").strip("0")


def _alike(one: Decimal, two: Decimal) -> bool:
    """Whether both are of one size, but for the 万 of a head."""
    return any(Decimal("0.2") < one / (two * times) < 5 for times in _TIMES)
