"""Columns of a table without a sum, of whose heading the text before tells an amount: 过火面积41.6公顷."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...document import Document
from ...finding import Finding
from ...numerals import folded, from_arabic, step
from ...tabular import Cell, tables
from .faults import total_wrong
from .quantities import Quantity, quantities
from .slips import mended
from .spaced import spaced

_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})[（(](?P<unit>[\u4e00-\u9fff]{1,4})[)）]")
_SUM = re.compile(r"(?:合|总|共|小)\s*计|总数|平均|全[年县镇乡]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_BETWEEN = re.compile(r"(?:为|共|约|达|合计|总计)?")
_ABOVE, _ROWS = 1200, 3
"""Signs of text before a table in which the amount is told, and rows of one at the least."""


def check(document: Document) -> Iterator[Finding]:
    """Told where one slip of the hand keeps all the rows from being the amount."""
    for rows in (*tables(document), *spaced(document)):
        head, *body = rows
        if len(body) < _ROWS or any(_SUM.search(row[0].text) for row in body):
            continue
        for at, cell in enumerate(head):
            name = _NAMED.fullmatch("".join(cell.text.split()))
            column = [row[at] for row in body if len(row) == len(head)]
            if name and at and len(column) == len(body):
                yield from _judged(document, head[0].start, name, column)


def _judged(document: Document, start: int, name: re.Match[str], column: Sequence[Cell]) -> Iterator[Finding]:
    if not all(_FIGURE.fullmatch(folded(each.text.strip())) for each in column):
        return
    parts = [_quantity(each, name["unit"]) for each in column]
    low = max(start - _ABOVE, 0)
    above = folded(document.text[low:start])
    told = [
        each
        for each in quantities(above, low)
        if each.unit == name["unit"] and _names(above[: each.start - low], name["name"])
    ]
    summed = sum(each.value for each in parts)
    if len({each.value for each in told}) != 1 or told[0].about or told[0].value == summed:
        return
    if told[0].value > max(each.value for each in parts) and mended(told[0], parts):
        yield total_wrong(document.text, 0, told[0], parts)


def _names(before: str, name: str) -> bool:
    at = before.rfind(name)
    return at >= 0 and bool(_BETWEEN.fullmatch(before, at + len(name)))


def _quantity(cell: Cell, unit: str) -> Quantity:
    text = folded(cell.text.strip())
    return Quantity(cell.start, cell.end, cell.end, from_arabic(text), step(text), unit, False)
