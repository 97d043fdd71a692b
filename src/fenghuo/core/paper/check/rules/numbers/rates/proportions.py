"""A column of rates in a table: what the other rows make of two columns, one row does not.

Nothing is known of what the columns are called. Where two figures of most rows make the per cent of that row, as a
share, as growth or as a share of the column's sum, the one row in which they do not is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_arabic, step
from ....tabular import Cell, tables
from ..faults import rate_wrong
from ..text.quantities import plain
from ..text.spaced import spaced

_RATE = re.compile(r"(?P<sign>[-+−↑↓]?)(?P<number>\d+(?:\.\d+)?)%")
_FIGURE = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[\u4e00-\u9fff]{0,2}")
_SUM = re.compile(r"合计|总计|共计|小计|全[县镇乡市区]")
_FEWEST = 2
"""Rows that the figures must explain for another to be wrong."""
_HUNDRED = Decimal(100)
_Grid = Sequence[Sequence[str]]
_Made = Callable[[Decimal, Decimal], Decimal]


def _share(one: Decimal, two: Decimal) -> Decimal:
    return one / two * _HUNDRED


def _growth(one: Decimal, two: Decimal) -> Decimal:
    return (one - two) / two * _HUNDRED


def check(document: Document) -> Iterator[Finding]:
    """Silent where no two columns explain two rows at least and all but one."""
    for rows in (*tables(document), *spaced(document)):
        grid = [["".join(folded(cell.text).split()) for cell in row] for row in rows]
        if len(rows) <= _FEWEST or any(len(row) != len(grid[0]) for row in grid):
            continue
        for column in range(1, len(grid[0])):
            told = [at for at, row in enumerate(grid) if _RATE.fullmatch(row[column])]
            if len(told) > _FEWEST:
                yield from _odd_one(document.text, rows, grid, column, told)


def _odd_one(
    text: str, rows: Sequence[Sequence[Cell]], grid: _Grid, column: int, told: Sequence[int]
) -> Iterator[Finding]:
    """The one row that the best pair of columns does not explain."""
    best: tuple[int, Cell, Cell | str, Decimal] | None = None
    figured = [at for at in range(1, len(grid[0])) if at != column]
    pairs: list[tuple[int, int | None, _Made]] = [
        *((one, two, made) for one, two in permutations(figured, 2) for made in (_share, _growth)),
        *((one, None, _share) for one in figured),
    ]
    for one, two, made in pairs:
        whole = _summed(grid, one, told) if two is None else None
        figures = [(_value(grid[at][one]), whole if two is None else _value(grid[at][two])) for at in told]
        rights = [made(part, of) for part, of in figures if part is not None and of]
        if len(rights) < len(told):
            continue
        wrong = [
            (at, right)
            for at, right in zip(told, rights, strict=True)
            if not _fits(_RATE.fullmatch(grid[at][column]), right)
        ]
        if not wrong:
            return
        if len(wrong) == 1 and not best:
            at, right = wrong[0]
            of = rows[at][two] if two is not None else plain(whole or Decimal(0))
            best = at, rows[at][one], of, right
    if best:
        at, part, of, right = best
        yield rate_wrong(text, 0, rows[at][column], part, of, f"{right:.1f}%")


def _fits(told: re.Match[str] | None, right: Decimal) -> bool:
    """Whether a rate, of growth with its sign, is the right one, rounded or cut off."""
    if told is None:
        return True
    rate = from_arabic(told["number"]) * (-1 if told["sign"] in ("-", "−", "↓") and told["sign"] else 1)
    return abs(right - rate) < step(told["number"])


def _summed(grid: _Grid, column: int, told: Sequence[int]) -> Decimal | None:
    """The sum of a column, as its last row tells it or as its rows make it."""
    values = [(_value(grid[at][column]), bool(_SUM.search(grid[at][0]))) for at in told]
    whole = [value for value, is_sum in values if is_sum]
    return whole[0] if len(whole) == 1 else sum((value or Decimal(0) for value, _ in values), Decimal(0))


def _value(cell: str) -> Decimal | None:
    match = _FIGURE.fullmatch(cell)
    return from_arabic(match["number"]) if match else None
