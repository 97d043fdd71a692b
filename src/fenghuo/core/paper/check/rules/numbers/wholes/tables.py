"""Tables whose totals are not the sum of their rows or columns, and rates that do not fit their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, from_arabic, step
from ....rulebook import rules
from ....tabular import Cell, tables
from ..faults import rate_wrong
from ..text.quantities import plain
from ..text.slips import slipped
from ..text.spaced import spaced

_TOTAL = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,4}(?:合计|总计)|共计|总数|全镇合计|全县合计|全镇|全县|全乡|全市|全区|合计数|总和)$"
)
_PART = re.compile(r"^(?:小计|其中.*|分计)$")
_BESIDE = re.compile(r"平均|均值|.均|最[高低大小多少]|同比|上年|去年|同期|占比|比[例重]|增[幅长减]")
"""Rows that tell of the others, and are none of them."""
_NO_SUM = re.compile(
    r"率|比|[%％]|均|幅|(?<!季)度|序号|编号|电话|号码|日期|时间|年份|月份|名次|排名|得分|分数|"
    r"单价|备注|代码|经度|纬度|海拔|年龄|距离|温度|种数|种类|类数"
)
_FIGURE = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_NOTHING = re.compile(r"^(?:[—\-–/\\]|——|无|)$")


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    step: Decimal
    cell: Cell


def check(document: Document) -> Iterator[Finding]:
    """Rows and columns called 合计, and columns of 同比."""
    for rows in (*tables(document), *spaced(document)):
        if len(rows) < 3:
            continue
        grid = [["".join(folded(cell.text).split()) for cell in row] for row in rows]
        width = len(grid[0])
        if width < 2 or any(len(row) != width for row in grid):
            continue
        yield from _columns(rows, grid)
        yield from _rows(rows, grid)
        yield from _growth(document.text, rows, grid)


def _figure(text: str, cell: Cell) -> _Figure | None:
    if _NOTHING.match(text):
        return _Figure(Decimal(0), Decimal(1), cell)
    if not _FIGURE.match(text):
        return None
    return _Figure(from_arabic(text), step(text), cell)


def _columns(rows: Sequence[Sequence[Cell]], grid: Sequence[Sequence[str]]) -> Iterator[Finding]:
    head = _head(grid)
    labels = [next((text for text in row[:2] if text and not text.isdecimal()), row[0]) for row in grid]
    year = [at for at in range(head, len(grid)) if labels[at] == "全年" and _mostly_sums(grid, head, at)]
    totals = year or [
        at for at in range(head, len(grid)) if _TOTAL.match(labels[at]) or _TOTAL.match(grid[at][0])
    ]
    if len(totals) != 1:
        return
    total = totals[0]
    if any(_PART.match(label) for label in labels):
        return
    parts = [at for at in range(head, len(grid)) if at != total and not _BESIDE.match(labels[at])]
    if total not in (head, len(grid) - 1) and any(grid[at][0] for at in parts if at > total > head):
        # A total in the middle sums what stands above it, notes may follow.
        parts = [at for at in parts if at < total]
    if len(parts) < 2:
        return
    for column in range(1, len(grid[0])):
        titles = "".join(row[column] for row in grid[:head])
        if _NO_SUM.search(titles) or not _FIGURE.match(grid[total][column]):
            continue
        figures = [_figure(grid[at][column], rows[at][column]) for at in parts]
        asked = _figure(grid[total][column], rows[total][column])
        if asked is None or not grid[total][column] or any(figure is None for figure in figures):
            continue
        if _is_mean(asked.value, [figure.value for figure in figures if figure]):
            continue
        yield from _compared(asked, [figure for figure in figures if figure])


def _is_mean(asked: Decimal, values: Sequence[Decimal]) -> bool:
    """合计 74.5 482 under 491, 486, 473: what lies between the least and the largest is their mean, or a yield."""
    summed = sum(values, Decimal(0))
    return 0 < min(values) <= asked <= max(values) != summed and not slipped(asked, summed, least=2)


def _mostly_sums(grid: Sequence[Sequence[str]], head: int, total: int) -> bool:
    """Whether a row holds sums, but for slips of a digit: 全年 may hold means as well."""
    right = 0
    for column in range(1, len(grid[0])):
        cells = [row[column] for row in grid[head:]]
        if all(_FIGURE.match(each) for each in cells):
            values = [from_arabic(each) for each in cells]
            whole = values.pop(total - head)
            summed = sum(values, Decimal(0))
            if whole != summed and not slipped(whole, summed, least=2):
                return False
            right += whole == summed
    return right > 0


def _rows(rows: Sequence[Sequence[Cell]], grid: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """A column 合计 or 小计: told only where most rows do add up, so that it surely is their sum."""
    head = _head(grid)
    names = grid[head - 1] if head else ()
    columns = [
        at
        for at, name in enumerate(names)
        if re.fullmatch(r"合计|小计|总计|共计|全[年月季周]|总[数量]", name)
    ]
    if len(columns) != 1:
        return
    total = columns[0]
    others = [at for at, name in enumerate(names) if at and at != total and not _NO_SUM.search(name)]
    judged = []
    for at in range(head, len(grid)):
        figures = [_figure(grid[at][column], rows[at][column]) for column in others]
        asked = _figure(grid[at][total], rows[at][total])
        known = [figure for figure in figures if figure]
        if asked and len(known) >= 2 and grid[at][total]:
            judged.append((asked, known))
    wrong = [(asked, known) for asked, known in judged if any(_compared(asked, known))]
    if len(wrong) * 2 < len(judged):
        for asked, known in wrong:
            yield from _compared(asked, known)


def _head(grid: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first with figures."""
    for at, row in enumerate(grid):
        if any(_FIGURE.match(text) for text in row[1:]):
            return at
    return len(grid)


def _compared(asked: _Figure, figures: Sequence[_Figure]) -> Iterator[Finding]:
    summed = sum((figure.value for figure in figures), Decimal(0))
    coarse = max([asked.step, *(figure.step for figure in figures if figure.value)])
    slack = Decimal(0) if coarse >= 1 else coarse
    if abs(summed - asked.value) <= slack:
        return
    yield rules()["table-total-wrong"].finding(
        asked.cell.start,
        asked.cell.end,
        elsewhere=tuple(
            Elsewhere(Span(figure.cell.start, figure.cell.end), figure.cell.text)
            for figure in figures
            if figure.cell.end > figure.cell.start
        ),
        found=asked.cell.text.strip(),
        sum=plain(summed),
    )


def _growth(text: str, rows: Sequence[Sequence[Cell]], grid: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """本期, 上年同期, 同比: the rate must follow from the two."""
    head = _head(grid)
    if not head:
        return
    names = grid[head - 1]
    now = [
        at
        for at, name in enumerate(names)
        if re.search(r"^(?:本期|本年|今年|本月|\d{4}年.*|.*上半年)$", name)
    ]
    then = [
        at
        for at, name in enumerate(names)
        if re.search(r"上年|去年|同期", name) and not re.search(r"比|增", name)
    ]
    rate = [at for at, name in enumerate(names) if re.search(r"同比|增长率|增幅|增减率", name)]
    now = [at for at in now if at not in then and at not in rate]
    if len(now) != 1 or len(then) != 1 or len(rate) != 1:
        return
    for at in range(head, len(grid)):
        one, two = (_figure(grid[at][column], rows[at][column]) for column in (now[0], then[0]))
        match = re.fullmatch(r"([-+−]?)(\d+(?:\.\d+)?)%?", grid[at][rate[0]])
        if not one or not two or not match or not two.value or "%" not in grid[at][rate[0]] + names[rate[0]]:
            continue
        told = from_arabic(match[2]) * (-1 if match[1] in "-−" and match[1] else 1)
        right = (one.value - two.value) / two.value * 100
        if abs(told - right) > step(match[2]):
            yield rate_wrong(text, 0, rows[at][rate[0]], one.cell, two.cell, f"{right:.1f}%")
