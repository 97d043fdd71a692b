"""All of one kind, counted twice: 7个镇（街道）中, 与8个村签订责任书, and elsewhere 9个镇（街道）, 全乡9个村的小喇叭.

`bodies` knows a body by how many it is said to have. Here nothing says so: a number is that of all because of what is
said of it (中, 均, 各, 共), or because it stands first in its clause before a word like 村（社区）. Two such numbers of
one kind contradict each other, and so does one that is spoken of as known and is more than all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ..faults import counts_differ
from ..text.counted import Count, counts
from ..text.frame import Frame
from .bodies import KIND, OTHERS, kind_of
from .retold import differs, is_near

_ALL = re.compile(
    r"中(?=$|[仍有已尚还只仅])|均|都(?![市江匀])|全部|各|逐|共(?![同享建治管用有])|全覆盖|一律|的(?!\d)[^，。；]{0,20}?(?:均|都|全部|各|逐)"
)
_BEFORE_ALL = re.compile(
    r"(?:^|[对将把给为向与在按由])(?:全[镇乡县市区街])?(?:的)?$|(?:全部|所有|上述|这|该)(?:的)?$|共$"
)
_KNOWN = re.compile(
    r"(?:^|[对将把给向与按由包联]|(?<![分划成作列定评称名认])为|(?<![存布设建])在)(?:我|全[镇乡县市区街])?$|(?:覆盖|实现|走遍|完成对)$"
)
_SIGNED = re.compile(r"[^，。；]{0,6}签订")
_NOT = re.compile(
    r"其中|有$|新|部分|另|约|近|再|每|去年|上年|同期|较|比(?!例)|第|首批|试点|示范|重点|受[灾旱损淹]|[尚未仍还]|拟|等$"
)
_AREA = re.compile(r"全[镇乡县市区街](?:道)?$")
_WIDE = re.compile(r"[（(]")
_ROW = re.compile(
    r"[ 　]*(?:\d{1,2}[ \t　]+)?(?:其[他余它](?P<many>\d{1,2})个)?"
    r"[\u4e00-\u9fff]{0,6}?(?P<kind>村|镇|乡|街道|社区)[ \t　|｜]+[\d.]"
)
_SUM = re.compile(r"[ 　]*(?:合计|总计|全[镇乡县])[ \t　|｜]+\d")
_APART = 3
"""By how much a count and the rows of a table may differ that are meant to agree."""
_MOST, _FEW = 400, 3
_SHORTEST, _LONGEST = 2, 8
"""Characters of a name."""
_DIVIDED = re.compile(r"(?:划?分[为成]|[下共]设)$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_MOST_TOLD = 8
_NEAR = 8
"""Characters before a number that tell of others than one's own."""


@dataclass(frozen=True, slots=True)
class _Told:
    count: Count
    kind: str
    all_: bool
    known: bool
    shown: bool = False


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the number is told of some of them as well, or of another place or time."""
    by_kind: dict[str, list[_Told]] = {}
    every = counts(document, frame)
    for each in every:
        found = _read(each)
        if found:
            by_kind.setdefault(found.kind, []).append(found)
    tables = list(_tables(document)) if by_kind else []
    for kind, alike in by_kind.items():
        shown = {many for of, many, _ in tables if of == kind}
        yield from _contradicting(document, alike, shown)
    for kind, many, table in tables:
        alike = by_kind.get(kind, [])
        if all(each.count.value != many for each in alike):
            yield from _beside_rows(document, alike, many, table)
    yield from _divided(document, every)
    yield from _of_one_list(document, every)


def _read(count: Count) -> _Told | None:
    if count.unit != "个" or not 2 < count.value <= _MOST:
        return None
    match = KIND.match(count.after) or KIND.match(count.sentence.plain[count.quantity.end :])
    if not match:
        return None
    rest = count.sentence.plain[count.quantity.end + match.end() :]
    rest = re.split("[，。；：]", rest)[0]
    lead = count.lead
    wide = bool(match["wide"]) and bool(_WIDE.match(match["wide"]))
    apart = (
        bool(_NOT.search(lead))
        or bool(OTHERS.search(lead[-_NEAR:]))
        or (count.listed and lead[-1:] not in tuple("对给与"))
    )
    all_ = bool(_ALL.match(rest) or rest.startswith("全覆盖")) or (
        lead.endswith("与") and bool(_SIGNED.match(rest))
    )
    all_ = all_ or (wide and not lead) or (bool(_AREA.search(lead)) and (wide or rest.startswith("的")))
    return _Told(
        count,
        kind_of(match),
        all_ and bool(_BEFORE_ALL.search(lead)) and not apart,
        bool(_KNOWN.search(lead)) and not apart,
    )


def _contradicting(document: Document, alike: Sequence[_Told], shown: set[int]) -> Iterator[Finding]:
    """Two numbers of all, or one that is more; what a table shows is all of them too where no other is told again."""
    # What was brought in as some of them may be spoken of again as all of those.
    some: set[Decimal] = set()
    first: _Told | None = None
    told = Counter(each.count.value for each in alike)
    for each in alike:
        value = each.count.value
        if value in shown and not each.all_:
            each = replace(each, all_=True, shown=True)
        if not (each.all_ or each.known):
            some.add(value)
        if value in some:
            continue
        if first is None:
            first = each
            continue
        if value == first.count.value:
            first = each if each.all_ else first
            continue
        more, less = (each, first) if value > first.count.value else (first, each)
        if (
            less.all_
            and (more.all_ or more.known)
            and not (less.shown and told[more.count.value] > 1)
            and is_near(first.count, each.count)
        ):
            yield differs(document, each.count, first.count)


def _tables(document: Document) -> Iterator[tuple[str, int, Elsewhere]]:
    """What the rows of a table up to its 合计 are and how many: 其他8个村 are eight."""
    rows: list[re.Match[str]] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        row = _ROW.match(line)
        if not row and _SUM.match(line) and len(rows) > _FEW:
            kinds = {each["kind"] for each in rows}
            many = sum(int(each["many"] or 1) for each in rows)
            if len(kinds) == 1 or kinds == {"乡", "镇"}:
                words = document.text[start - sum(len(each.string) for each in rows) : start].rstrip()
                kind = kinds.pop() if len(kinds) == 1 else "乡镇"
                yield kind, many, Elsewhere(Span(start - sum(len(e.string) for e in rows), start), words)
        rows = [*rows, row] if row else []
        start += len(line)


def _beside_rows(document: Document, told: Sequence[_Told], many: int, table: Elsewhere) -> Iterator[Finding]:
    """走遍14个村, and a table with a row for each of twelve."""
    for each in told:
        count = each.count
        near = abs(count.value - many) <= _APART
        if near and (each.all_ or each.known) and not _AREA.search(count.lead):
            yield counts_differ(document.text, 0, count, table, other=f"{many}个{each.kind}")


def _divided(document: Document, every: Sequence[Count]) -> Iterator[Finding]:
    """划分为4个责任区, and 按6个责任区分设库点: there are as many as it was divided into."""
    for first in every:
        name = _NAME.match(first.after)
        if not name or not _DIVIDED.search(first.lead):
            continue
        alike = [each for each in every if each.unit == first.unit and each.after.startswith(name[0])]
        if len(alike) > _MOST_TOLD or sum(bool(_DIVIDED.search(each.lead)) for each in alike) > 1:
            continue
        for later in alike:
            if (
                later.start > first.start
                and later.value != first.value
                and sum(each.value == later.value for each in alike) == 1
                and _KNOWN.search(later.lead)
                and (later.lead or _ALL.match(later.after[len(name[0]) :]))
                and not later.listed
                and is_near(first, later)
            ):
                yield differs(document, later, first)


def _of_one_list(document: Document, every: Sequence[Count]) -> Iterator[Finding]:
    """涵闸14座、泵站9座, and below 14座涵闸中3座漏水；7座泵站装机28台: of two items told again one has its number."""
    named: dict[str, list[Count]] = {}
    for each in every:
        for size in range(_SHORTEST, min(len(each.lead), _LONGEST) + 1):
            named.setdefault(each.lead[-size:], []).append(each)
    told: dict[int, list[tuple[Count, Count]]] = {}
    for each in every:
        if each.lead or each.listed or each.value < _FEW:
            continue
        for size in range(min(len(each.after), _LONGEST), _SHORTEST - 1, -1):
            alike = named.get(each.after[:size], [])
            before = [one for one in alike if one.start < each.start] if len(alike) <= _FEW else alike
            if before:
                if len(before) == 1 and before[0].sentence.index != each.sentence.index:
                    told.setdefault(each.sentence.index, []).append((before[0], each))
                break
    for pairs in told.values():
        for first, later in pairs:
            if (
                first.value != later.value
                and first.unit == later.unit
                and is_near(first, later)
                and any(
                    one.sentence is first.sentence and one.value == two.value and two is not later
                    for one, two in pairs
                )
                and not any(
                    each.value == later.value and each.after[:2] == later.after[:2]
                    for each in every
                    if each is not later
                )
            ):
                yield differs(document, later, first)
