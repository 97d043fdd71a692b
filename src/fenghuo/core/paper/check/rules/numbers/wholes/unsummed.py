"""Columns of a table without a sum, of whose heading the text before tells an amount: 过火面积41.6公顷."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_arabic, step
from ....tabular import Cell, tables
from ..faults import total_wrong
from ..text.quantities import Quantity
from ..text.reading import read
from ..text.slips import mended
from ..text.spaced import spaced

_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})[（(](?P<unit>[\u4e00-\u9fff]{1,4})[)）]")
_COUNTED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}?)(?P<unit>[件户人起处条个份册宗例户台辆场]|人次|剂次|批次)数?"
)
"""件数 and 补种剂次, which tell what they count themselves."""
_SUM = re.compile(r"(?:合|总|共|小)\s*计|总数|平均|全[年县镇乡]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_BETWEEN = re.compile(r"(?:为|共|约|达|合计|总计)?")
_LEADS = re.compile(r"见?[下附]表|如下|按[^，。；]{1,8}[分计]|分[^，。；]{1,8}(?:情况|看)|[：:]\s*$")
_ABOVE, _NEAR_ABOVE, _ROWS = 1200, 160, 3
"""Signs of text before a table in which the amount is told, also if it has no name, and rows of one at the least."""
_CLOSE = Decimal("0.15")


def check(document: Document) -> Iterator[Finding]:
    """Told where one slip of the hand keeps all the rows from being the amount, or the text leads to the table."""
    for rows in (*tables(document), *spaced(document)):
        head, *body = rows
        summed = [row for row in body if any(_SUM.search(cell.text) for cell in row[:2])]
        body = [row for row in body if row not in summed]
        if len(body) < _ROWS:
            continue
        for at, cell in enumerate(head):
            text = "".join(cell.text.split())
            name = _NAMED.fullmatch(text) or (_COUNTED.fullmatch(text) if at else None)
            column = [row[at] for row in body if len(row) == len(head)]
            if any(len(row) > at and _FIGURE.search(row[at].text) for row in summed):
                continue  # its sum is the table's own matter
            if name and at and len(column) == len(body):
                yield from _judged(document, head[0].start, name, column)


def _judged(document: Document, start: int, name: re.Match[str], column: Sequence[Cell]) -> Iterator[Finding]:
    if not all(_FIGURE.fullmatch(folded(each.text.strip())) for each in column):
        return
    parts = [_quantity(each, name["unit"]) for each in column]
    low = max(start - _ABOVE, 0)
    above = folded(document.text[low:start])
    unit = "人" if name["unit"] in "名位" else name["unit"]
    alike = [each for each in read(above) if each.unit == unit]
    named = [each for each in alike if name["name"] and _names(above[: each.start], name["name"])]
    near = [each for each in alike if each.start >= len(above.rstrip()) - _NEAR_ABOVE]
    leads = bool(_LEADS.search(above[-_NEAR_ABOVE:]))
    summed = sum(each.value for each in parts)
    told = named or (near if leads else [])
    if (
        any(each.value == summed for each in alike)
        or len({each.value for each in told}) != 1
        or told[0].about
    ):
        return
    whole = told[-1]
    apart = abs(whole.value - summed)
    if whole.value > max(each.value for each in parts) and (
        mended(whole, parts) or (leads and apart <= whole.value * _CLOSE)
    ):
        placed = replace(whole, start=whole.start + low, end=whole.end + low)
        yield total_wrong(document.text, 0, placed, parts)


def _names(before: str, name: str) -> bool:
    at = before.rfind(name)
    return at >= 0 and bool(_BETWEEN.fullmatch(before, at + len(name)))


def _quantity(cell: Cell, unit: str) -> Quantity:
    text = folded(cell.text.strip())
    return Quantity(cell.start, cell.end, cell.end, from_arabic(text), step(text), unit, False)
