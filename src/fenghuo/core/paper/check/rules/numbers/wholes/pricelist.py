"""Rows of a table that tell how many, for how much each and what that comes to: 夏装 320 85 27200."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import MYRIADS, folded, from_arabic
from ....rulebook import rules
from ....tabular import Cell, tables
from ..text.quantities import plain
from ..text.spaced import spaced

_MANY = re.compile(r"数量|面积|人数|户数|天数|台数|套数|月数|数[（(]|工程量|采购量")
_EACH = re.compile(r"单价|标准|价格|每[\u4e00-\u9fff]{1,3}")
_SUM = re.compile(r"金额|合价|小计|总价|合计|资金|费用|补助额|补贴额")
_FIGURE = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<many>[万亿])?[\u4e00-\u9fff]{0,3}"
)
_TIMES = tuple(Decimal(10) ** power for power in (0, -4, 4))
_ROWS = 2


def check(document: Document) -> Iterator[Finding]:
    """Told where most rows come out, so that the columns are surely those."""
    for rows in (*tables(document), *spaced(document)):
        head, *body = rows
        names = ["".join(cell.text.split()) for cell in head]
        columns = [
            [at for at, name in enumerate(names) if form.search(name)] for form in (_MANY, _EACH, _SUM)
        ]
        many, each, sums = ([at for at in found if names[at]] for found in columns)
        each = [at for at in each if at not in sums]
        sums = [at for at in sums if at not in each]
        if len(many) == len(each) == len(sums) == 1 and len({many[0], each[0], sums[0]}) == 3:
            yield from _judged(
                [[row[many[0]], row[each[0]], row[sums[0]]] for row in body if len(row) == len(head)]
            )


def _judged(rows: Sequence[Sequence[Cell]]) -> Iterator[Finding]:
    figures = [(row, values) for row in rows if len(values := [_value(cell) for cell in row]) and all(values)]
    for times in _TIMES:
        wrong = []
        for row, (many, each, told) in figures:
            right = (many or 0) * (each or 0) * times
            if told is not None and abs(right - told) >= Decimal("0.01") * max(1, told / 1000):
                wrong.append((row, right))
        if len(figures) >= _ROWS and len(wrong) * 2 < len(figures) + 1 and len(wrong) < len(figures):
            for row, right in wrong:
                yield _fault(row, right)
            return


def _value(cell: Cell) -> Decimal | None:
    match = _FIGURE.fullmatch(folded(cell.text.strip()))
    return from_arabic(match["number"]) * MYRIADS.get(match["many"] or "", Decimal(1)) if match else None


def _fault(row: Sequence[Cell], right: Decimal) -> Finding:
    many, each, told = row
    return rules()["total-wrong"].finding(
        told.start,
        told.end,
        elsewhere=tuple(Elsewhere(Span(cell.start, cell.end), cell.text) for cell in (many, each)),
        found=told.text.strip(),
        sum=plain(right),
        parts=f"{many.text.strip()} × {each.text.strip()}",
    )
