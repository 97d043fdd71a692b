"""Rows of several amounts told one after the other, or under numbered headings, whose columns fill wholes told before.

按环节。生产620批次，不合格9批次；流通1450批次，不合格31批次, of 2070批次 and 40批次 in a paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....outline import Mark
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.running import Running
from ..text.runs import runs
from ..text.sentences import LONGEST
from ..text.slips import slipped
from .breakdown import meant

# What says that the rows behind it are all there are.
_KINDS = re.compile(
    r"(?:(?<=。)(?:涉及|包括|分别为)(?=[^，。；：\d]{2,16}\d))|(?:^|(?<=[\s。；，、）)]))(?:按(?!照|规定|要求|时|期)[^，。；：\d]{1,12}|[分从](?!别|为|成|了)[^，。；：\d]{1,8}?看)[，：。]"
)
_NAMED = re.compile(r"(?:^|(?<=[\s。；）)]))(?P<name>[\u4e00-\u9fff]{2,8})：")
_OPEN = re.compile(r"\s*(?:等(?!级)|左右|以上|以内|、|和|及)")
_STOPS = re.compile(
    r"较(?![大重轻好差](?!幅))|比(?!例)|同比|环比|增|减|降|每|平均|人均|其中|[多少]了|(?<!商)超(?!市)|占|余|合计|总计|共计|累计(?!抽检|受理|完成|检查)|另|约|前[\d一二三]"
)
_FIRST = re.compile(r"\s*(?P<label>[^，。；、：]{1,18})")
_NEXT = re.compile(r"[^　，。；、：\d]{0,6}　*[、，；,;]\s*(?:和|及)?(?P<label>[^，。；、：]{1,18})")
"""12个班、乙校10个班: what is counted may stand behind its amount."""
_AMONG = re.compile(r"其中[，：]?")
_STOP = re.compile(r"[。！？\n]")
_SENTENCE = re.compile(rf"[^。！？\n]{{1,{LONGEST}}}")
_APIECE = re.compile(r"[，,]每")
_ALIKE = Decimal("0.9"), Decimal("1.1")
_REACH = 1600
"""Signs before the rows in which their wholes are sought."""
_SHORT = 12
_MOST = 60
"""Amounts that rows have at the most."""
_PART = 20
"""Signs before an amount in which 其中 makes it a part."""
_ROWS = 3
_FAR = 400


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    links: tuple[str, ...]
    amounts: tuple[Quantity, ...]


def check(document: Document) -> Iterator[Finding]:
    """Silent where an amount told before is the sum of a column."""
    text = Running(document)
    for head in _KINDS.finditer(text.said):
        rows = _rows(text, head.end(), _end(text.said, head.end()))
        bound = text.said.rfind("\n", 0, head.start()) + 1 if head[0][0] not in "按分从" else 0
        if not bound or len(rows) >= _ROWS:
            yield from _judged(text, rows, head.start(), closed=True, low=bound)
    for lead in _AMONG.finditer(text.said):
        further = text.said.find("其中", lead.end(), lead.end() + LONGEST)
        end = _end(text.said, lead.end())
        rows = _rows(text, lead.end(), end if further < 0 else min(end, further), beside=True)
        if rows and len(rows[0].amounts) > 1:
            yield from _judged(text, rows, lead.start(), closed=False)
    for sentence in _SENTENCE.finditer(text.said):
        if "；" in sentence[0] and not _KINDS.search(sentence[0]):
            first = re.search(r"\d+(?:\.\d+)?(?![\d年月日—\-])", sentence[0])
            lead = first and max(sentence[0].rfind(sign, 0, first.start()) for sign in "，：中")
            lead = 0 if lead is None else lead + 1
            rows = _rows(text, sentence.start() + lead, sentence.end())
            yield from _judged(text, rows, sentence.start(), closed=False)
    for name in _NAMED.finditer(text.said):
        rows = _rows(text, name.end(), _end(text.said, name.end()))
        yield from _named(text, rows, name)
    for lead, siblings in runs(document):
        rows = _under(document, text, siblings)
        start = document.paragraphs[lead].end
        single = all(len(row.amounts) == 1 for row in rows)
        yield from _judged(text, rows, start, closed=single and len(rows) >= _ROWS)


def _end(said: str, at: int) -> int:
    match = _STOP.search(said, at, at + LONGEST)
    return match.start() if match else min(len(said), at + LONGEST)


def _rows(text: Running, at: int, end: int, *, beside: bool = False) -> list[_Row]:
    """The rows of a stretch: label, amount and what links it to the next ones; none where it cannot be read."""
    apiece = _APIECE.search(text.bare, at, end)
    end = apiece.start() if apiece else end
    piece = text.bare[at:end]
    told = amounts_in(piece, at)
    if not 2 <= len(told) <= _MOST or any(each.about for each in told):
        return []
    for width in (1, 2, 3):
        if len(told) % width or len(told) // width < 2:
            continue
        rows = []
        before = at
        for first in range(0, len(told), width):
            amounts = told[first : first + width]
            form = _NEXT if first else _FIRST
            label = form.fullmatch(text.bare[before : amounts[0].start])
            links = [text.bare[one.end : two.start] for one, two in pairwise(amounts)]
            if label is None or not all(re.fullmatch(r"[、，,]?[^，。；、\d]{0,8}", each) for each in links):
                break
            between = text.bare[before : amounts[0].start]
            # 东片20公里、换热站9座，西片16公里、换热站7座: the rows are parted by the wider sign.
            closer = "，" in between and all(each.startswith("、") for each in links)
            loose = "；" not in between and not closer and any(links)
            if first and not beside and loose and width > 1:
                break
            rows.append(_Row(label["label"].strip("　 "), tuple(links), tuple(amounts)))
            before = amounts[-1].end
        else:
            if width == 1 and len({row.label for row in rows}) < len(rows):
                continue  # 不合格 again and again: a column of its own
            if (
                _same(rows)
                and not _OPEN.match(text.bare, before)
                and not re.search(r"\d|重复|交叉|多选|兼有", text.bare[before:end])
            ):
                return rows
    return []


def _same(rows: Sequence[_Row]) -> bool:
    """Whether all rows are of one build; amounts of one unit must be told apart by the same words."""
    units = {tuple(each.unit for each in row.amounts) for row in rows}
    if len(units) != 1 or any(_STOPS.search(row.label + "".join(row.links)) for row in rows):
        return False
    first = next(iter(units))
    links = {tuple(each.strip("　，、 ") for each in row.links) for row in rows}
    return len(set(first)) == len(first) or (len(links) == 1 and all(next(iter(links))))


def _under(document: Document, text: Running, siblings: Sequence[Mark]) -> list[_Row]:
    """The first amounts of each numbered paragraph: （一）财政方面。反映问题26个，已整改24个。"""
    rows = []
    for mark in siblings:
        end = document.paragraphs[mark.index].end
        at = mark.end
        stop = _end(text.said, at)
        head = text.said[at:stop]
        if stop < end and not re.search(r"\d", head) and len(head) <= _SHORT:
            at, stop = stop + 1, _end(text.said, stop + 1)
        clause = text.bare[at : min(stop, end)]
        told = amounts_in(clause, at)
        if not told or len(told) > 2 or any(each.about for each in told):
            return []
        links = [text.bare[one.end : two.start] for one, two in pairwise(told)]
        label = text.bare[at : told[0].start]
        if len(label) > _SHORT or re.search(r"[，。；、]", label) or text.bare[told[-1].end : stop].strip():
            return []
        rows.append(_Row(label.strip(), tuple(links), tuple(told)))
    if len({len(row.amounts) for row in rows}) != 1 or not _same(rows):
        return []
    wide = len(rows[0].amounts) > 1
    return rows if not wide or len({row.label for row in rows}) == 1 else []


def _judged(
    text: Running, rows: Sequence[_Row], start: int, *, closed: bool, low: int = 0
) -> Iterator[Finding]:
    """Columns that miss their whole; rows not said to be all must fill another whole with another column."""
    if len(rows) < 2:
        return
    low = max(low, start - _REACH)
    before = text.between(low, start)
    end = rows[-1].amounts[-1].end
    after = text.between(end + 1, end + 66)
    columns = list(zip(*(row.amounts for row in rows), strict=True))
    sums = [sum((each.value for each in column), Decimal(0)) for column in columns]
    fits = [
        any(each.unit == column[0].unit and each.value == summed for each in (*before, *after))
        for column, summed in zip(columns, sums, strict=True)
    ]
    if not closed and not any(fits):
        return
    for column, summed, fit in zip(columns, sums, fits, strict=True):
        if fit:
            continue
        whole = _beside(text.said, before, columns, sums, column) or meant(text.said, before, column, summed)
        if whole is None or whole.about:
            continue
        near = whole.value * _ALIKE[0] <= summed <= whole.value * _ALIKE[1]
        if near or any(fits) or slipped(whole.value, summed, least=2):
            yield total_wrong(text.said, 0, whole, column)


def _beside(
    said: str,
    before: Sequence[Quantity],
    columns: Sequence[Sequence[Quantity]],
    sums: Sequence[Decimal],
    column: Sequence[Quantity],
) -> Quantity | None:
    """The whole told side by side with one that another column fills: 27户68人, of which the people add up."""
    unit = column[0].unit
    for at, fitting in enumerate(before):
        if not any(
            each[0].unit == fitting.unit != unit and summed == fitting.value
            for each, summed in zip(columns, sums, strict=True)
        ):
            continue
        for other in (*before[max(at - 1, 0) : at], *before[at + 1 : at + 2]):
            largest = max(each.value for each in column)
            if "其中" in said[max(other.start - _PART, 0) : other.start]:
                continue
            if other.unit == unit and largest <= other.value <= largest * len(column) * 2:
                return other
    return None


def _named(text: Running, rows: Sequence[_Row], name: re.Match[str]) -> Iterator[Finding]:
    """（一）小学：甲校12个班、乙校10个班、丙校14个班, of 小学招收36个班 told before."""
    if len(rows) < _ROWS or any(len(row.amounts) > 1 for row in rows):
        return
    column = [row.amounts[0] for row in rows]
    start = name.start()
    before = text.between(start - _REACH, start)
    summed = sum((each.value for each in column), Decimal(0))
    if any(each.unit == column[0].unit and each.value == summed for each in before):
        return
    called = [
        each
        for each in before
        if name["name"] in re.split(r"[，。；\n]", text.said[max(each.start - 40, 0) : each.start])[-1]
    ]
    whole = meant(text.said, called, column, summed)
    if whole is not None and not whole.about:
        yield total_wrong(text.said, 0, whole, column)
