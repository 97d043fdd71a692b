"""Amounts that stand one to a line, and the line above or below that tells what they come to.

青石镇：46户 and so on, and under them 四个乡镇共130户; lines set in under one of their own are its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....outline import marks
from ..faults import total_wrong
from ..text.quantities import Quantity, is_apiece
from ..text.reading import read
from ..text.slips import slipped

_BARE = re.compile(r"[^\d：:]{2,20}[：:]\s*\d[\d,.]*[；;，,。]?\s*$")
_TOTAL = re.compile(
    r"合\s*计|总\s*计|共\s*计|以上|上述|总[数额量]|全[市县镇乡区部][^，。；：\d]{0,6}[数量额]|[两二三四五六七八九十\d]{1,2}[个条家项处类组名][^，。；：\d]{0,10}(?<!公)共|(?<![\u4e00-\u9fff])共|[一总]共"
)
_LEADS_TO_SUM = re.compile(
    rf"(?:{_TOTAL.pattern})[^，。；：\d]{{0,12}}[：:]?\s*(?:\d{{1,2}}[\u4e00-\u9fff]{{1,4}})?$"
)
_ROW = re.compile(r"[^\n]*[\t|｜][^\n]*\d|[^\d。]{2,12}　+\d")
_SUBTOTAL = re.compile(r"小计|[（(](?:合计|共)[)）]")
_LEADS = re.compile(r"[：:]\s*$|如下|见下|以下|按[^，。；]{1,8}[分计]")
_ORDER = re.compile(
    r"[ 　]*(?:[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十])"
)
_INDENT = re.compile(r"[ 　\t]*")
_STOPS = re.compile(r"较|比(?![例重])|同比|环比|增[长加]|每|平均|其余|剩余|限|不[少低超]")
_AMONG = re.compile("其中")
_HOLE = re.compile(r"[×□○＿■△_]|[XxＸⅩ](?![A-Za-z\-])|待定|不详|暂缺")
_ENDS = ("。", "；", ";", "，", "：", ":")
_LONGEST, _DEEP = 90, 9
_CLOSE, _NEAR, _WIDE = Decimal("0.1"), Decimal("0.2"), Decimal("0.3")
_FEW, _MOST = 2, 40


@dataclass(frozen=True)
class _Line:
    index: int
    depth: int
    said: str
    start: int
    begin: int

    @cached_property
    def amounts(self) -> tuple[Quantity, ...]:
        """What the line tells behind its number, each without its unit where it is all that the line tells."""
        bare = bool(_BARE.match(self.said[self.begin :].strip()))
        told = read("\u3000" * self.begin + self.said[self.begin :])
        return tuple(
            each for each in told if (each.unit or bare) and not each.han and not is_apiece(self.said, each)
        )

    def of(self, unit: str) -> tuple[Quantity, ...]:
        return tuple(each for each in self.amounts if each.unit == unit)


def check(document: Document) -> Iterator[Finding]:
    """Silent where the lines make any amount told right above or below them."""
    lines = list(_lines(document))
    by_index = {line.index: line for line in lines}
    at = 0
    while at < len(lines):
        last, leads = at + 1, lines[at].said.rstrip().endswith(("：", ":")) or len(lines[at].said) > _LONGEST
        for unit in () if leads else dict.fromkeys(each.unit for each in lines[at].amounts):
            end = _reach(lines, at, unit)
            last = max(last, end)
            if end - at > 1:
                yield from _group(document, by_index, lines[at:end], unit)
        at = last


def _lines(document: Document) -> Iterator[_Line]:
    levels = {mark.index: mark for mark in marks(document)}
    for index, paragraph in enumerate(document.paragraphs):
        said = folded(document.said(paragraph))
        if paragraph.cell or not said.strip():
            continue
        mark = levels.get(index)
        begin = mark.end - paragraph.start if mark else 0
        indent = _INDENT.match(said)
        depth = mark.level if mark else _DEEP + bool(indent and indent[0])
        yield _Line(index, depth, said, paragraph.start, begin)


def _reach(lines: Sequence[_Line], at: int, unit: str) -> int:
    end = at
    open_ = not lines[at].said.rstrip().endswith(_ENDS)
    while end < len(lines) and end - at < _MOST:
        line = lines[end]
        if open_ and line.said.rstrip().endswith("。"):
            break  # a sentence under lines that are none
        beside = end == at or line.index == lines[end - 1].index + 1
        if not beside or len(line.said) > _LONGEST or not line.of(unit) or _HOLE.search(line.said):
            break
        end += 1
    return end


def _group(
    document: Document, by_index: dict[int, _Line], group: Sequence[_Line], unit: str
) -> Iterator[Finding]:
    """What lines beside each other make: each with its own below it, and all of them."""
    below = by_index.get(group[-1].index + 1)
    above = by_index.get(group[0].index - 1)
    if above and _ROW.match(above.said) and above.amounts:
        return  # the rows begin further up, and count in other units
    if (
        len(group) > _FEW
        and not _ORDER.match(group[0].said)
        and all(_ORDER.match(line.said) for line in group[1:])
    ):
        above, group = group[0], group[1:]
    totals = [line for line in group[_FEW:] if _is_total(line, unit)]
    rows = [line for line in group if line not in totals]
    if totals and rows[-1].index > totals[0].index:
        rows, below = [row for row in rows if row.index < totals[0].index], None
    for at, parent in enumerate(rows):
        children = []
        for line in rows[at + 1 :]:
            if line.depth <= parent.depth:
                break
            children.append(line)
        cut = bool(children) and children[-1] is rows[-1] and below and parent.depth < below.depth < _DEEP
        if len(children) >= _FEW and len(parent.of(unit)) == 1 and not cut:
            yield from _held(
                document, [parent], _first([c for c in children if c.depth == children[0].depth], unit), _WIDE
            )
    top = min((row.depth for row in rows), default=0)
    rows = [row for row in rows if row.depth == top]
    if len(rows) < _FEW:
        return
    after = totals[:1] or ([below] if below and _is_total(below, unit) else [])
    columns = _columns(rows, unit)
    for at, column in enumerate(columns):
        if after:
            name = _label(rows[0], rows[0].of(unit)[at]) if len(columns) > 1 else ""
            yield from _held(document, after, column, _WIDE, name=name, summed_up=True)
    goes_on = below and below.depth == top and top < _DEEP
    if not after and not goes_on and above and len(rows) > _FEW and len(columns) == 1:
        near = _NEAR if _LEADS.search(above.said) else _CLOSE
        higher = by_index.get(above.index - 1)
        wholes = [above] if above.amounts or not higher else [higher]
        yield from _held(document, wholes, columns[0], near)


def _columns(rows: Sequence[_Line], unit: str) -> list[list[tuple[_Line, Quantity]]]:
    """The amounts of the lines, first with first and second with second where all tell as many."""
    widths = {len(row.of(unit)) for row in rows}
    if len(widths) == 1:
        return [[(row, row.of(unit)[at]) for row in rows] for at in range(min(widths))]
    inner = all(
        _AMONG.search(row.said[one.end : two.start]) for row in rows for one, two in pairwise(row.of(unit))
    )
    return [_first(rows, unit)] if inner and all(_ORDER.match(row.said) for row in rows) else []


def _first(rows: Sequence[_Line], unit: str) -> list[tuple[_Line, Quantity]]:
    return [(row, row.of(unit)[0]) for row in rows if row.of(unit)]


def _is_total(line: _Line, unit: str) -> bool:
    told = line.of(unit)
    return any(_LEADS_TO_SUM.search(line.said[: each.start]) for each in told) and not _SUBTOTAL.search(
        line.said
    )


def _label(line: _Line, each: Quantity) -> str:
    return re.split(r"[，。；、：\d]", line.said[: each.start])[-1].strip()


def _held(
    document: Document,
    wholes: Sequence[_Line],
    column: Sequence[tuple[_Line, Quantity]],
    near: Decimal,
    *,
    name: str = "",
    summed_up: bool = False,
) -> Iterator[Finding]:
    parts = [_placed(line, each) for line, each in column]
    unit, summed = parts[0].unit, sum((each.value for each in parts), Decimal(0))
    if any(
        each.about or is_apiece(line.said, each) or _STOPS.search(_label(line, each)) for line, each in column
    ):
        return
    told = [(line, each) for line in wholes for each in line.of(unit)]
    if any(each.value == summed for _, each in told) or _told_near(document, column, summed):
        return
    likely = [
        (line, each)
        for line, each in told
        if not each.about
        and each.value > max(part.value for part in parts)
        and abs(each.value - summed) <= each.value * near
        and not is_apiece(line.said, each)
        and not _STOPS.search(_label(line, each))
        and (not name or name in line.said[: each.start])
        and (not summed_up or _LEADS_TO_SUM.search(line.said[: each.start]))
    ]
    if name:
        likely = [pair for pair in likely if name in _label(*pair)] or likely
    if likely:
        line, whole = next((pair for pair in likely if slipped(pair[1].value, summed)), likely[0])
        yield total_wrong(document.text, 0, _placed(line, whole), parts)


def _told_near(document: Document, column: Sequence[tuple[_Line, Quantity]], summed: Decimal) -> bool:
    """Whether the sum stands a little above or below."""
    first, last = column[0][0], column[-1][0]
    low, high = max(first.start - 300, 0), last.start + len(last.said) + 200
    unit = column[0][1].unit
    around = (
        *read(folded(document.text[low : first.start])),
        *read(folded(document.text[last.start + len(last.said) : high])),
    )
    return any(each.unit == unit and each.value == summed for each in around)


def _placed(line: _Line, each: Quantity) -> Quantity:
    return replace(
        each,
        start=each.start + line.start,
        end=each.end + line.start,
        number_end=each.number_end + line.start,
    )
