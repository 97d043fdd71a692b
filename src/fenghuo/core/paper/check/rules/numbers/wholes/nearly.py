"""Amounts beside each other that would add up but for one slip of the hand, whatever the words between them.

The other rules know from words that a list is of parts. Here only the figures speak: an amount of three or more told
right after it, or right before a sum, that miss it by one digit or by two digits exchanged in one of the figures. By
chance that happens to hardly one list in a thousand, provided that the figures have digits enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....characters import is_chinese, rarity
from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import total_wrong
from ..text.evidence import EXCHANGED, slip
from ..text.quantities import Quantity, is_apiece, with_unit
from ..text.sentences import passages
from . import complements
from .parted import in_a_clause
from .totals import TORN

_FEWEST, _MOST = 2, 10
_NEAR = 26
"""Characters between two amounts of one list at the most."""
_ENOUGH = 2
"""Digits that a slip leaves as they were, at the least."""
_MEASURES = frozenset(
    ("年", "日", "月", "天", "小时", "分钟", "岁", "米", "毫米", "厘米", "分", "页", "类", "%")
)
_FAR, _APIECE = 130, 50
"""Characters between a whole and its parts, and between two parts, where much speaks for a slip."""
_SURE = 3
"""What speaks for a slip where whole and parts stand so far apart."""
_NEARLY_ALL = Decimal("0.9")
"""Of a list whose one part comes so near the whole the others may be anything."""
_SUM = re.compile(r"[，,]?[^，。；]{0,6}(?:合计|共计?|总计|总共|累计)[^，。；]{0,6}")
# What parts a whole from amounts that are none of its parts, and what parts two lists.
_APART = re.compile(
    r"[；;。]|同比|环比|较|比[上去]|[上去前]一?(?:年|届|次|期|月|轮|季)|往[年届]|增长|下降|减去|扣除|平均|每|应(?=完成)|实际|人均|户均|目标|计划|分别"
)
_INNER = re.compile(r"其中|[；;。]|[上去](?:年|届|次|期|月|轮|季)|较(?![大重轻好差](?!幅))|同比|环比|减|扣除")
_PARTED = re.compile(
    r"其中|[。]|较|[上前]一?[届期次轮]|往[年届]|比(?![例重])|同期|上年|去年|减|扣除|共|合计|累计"
)
_ASIDE = re.compile(r"[（(][^）)]*$")
"""完成133场（一季度47场): what opens in brackets tells of the amount before them."""
_OPEN = re.compile(r"[）)]?(?:等(?!级)|以上|以下|左右)")
_SPEED, _FAR_SPEED = re.compile(r"(?:每(?:小时|分钟|秒)|时速|车速)[^，。；]*$"), 24
_KIND = re.compile(r"[^，。；：\d]*$")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2}$")


def check(document: Document) -> Iterator[Finding]:
    """Silent where any sum around holds."""
    for start, passage in passages(document):
        said = folded(passage)
        told = [
            each for each in with_unit(said) if not each.about and not each.han and not is_apiece(said, each)
        ]
        if any(_torn(said, each) for each in told):
            continue
        for unit in dict.fromkeys(each.unit for each in told):
            alike = [each for each in told if each.unit == unit]
            if unit not in _MEASURES and len(alike) > _FEWEST:
                yield from _among(said, start, alike)


def _torn(said: str, quantity: Quantity) -> bool:
    """10躽2人: what was pasted into a number makes two of it."""
    before = said[max(quantity.start - 2, 0) : quantity.start]
    return len(before) == 2 and before[0].isdecimal() and is_chinese(before[1]) and rarity(before[1]) > 0


def _among(said: str, start: int, alike: Sequence[Quantity]) -> Iterator[Finding]:
    holding: set[int] = set()
    found: list[tuple[Quantity, list[Quantity]]] = []
    values = {each.value for each in alike}
    for at, whole in enumerate(alike):
        if _SPEED.search(said, max(whole.start - _FAR_SPEED, 0), whole.start):
            continue
        for parts in (_after(said, whole, alike[at + 1 :]), _before(said, whole, alike[:at])):
            for size in range(_FEWEST, len(parts) + 1):
                slack = _slack(whole, parts[:size])
                if abs(sum((each.value for each in parts[:size]), -whole.value)) <= slack:
                    holding |= {whole.start, *(each.start for each in parts[:size])}
            if in_a_clause(said, parts, whole):
                holding |= {whole.start, *(each.start for each in parts)}
            summed = sum((each.value for each in parts), Decimal(0))
            if (
                _FEWEST <= len(parts) <= _MOST
                and summed not in values
                and whole.value > max(each.value for each in parts)
                and _strength(whole, parts, summed) >= _ENOUGH
                and not _listed(said, whole, parts)
            ):
                found.append((whole, parts))
    found = [each for each in found if holding.isdisjoint((each[0].start, *(part.start for part in each[1])))]
    told = {whole.start for whole, _ in found}
    # A whole that is a part of another itself may have parts of its own.
    found += (each for each in _loose(said, alike, values, holding) if each[0].start not in told)
    for whole, parts in found:
        first, last = min(whole.start, parts[0].start), max(whole.end, parts[-1].end)
        if not TORN.search(said[first:last]):
            yield total_wrong(said, start, whole, parts)


def _loose(
    said: str, alike: Sequence[Quantity], values: set[Decimal], holding: set[int]
) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Lists of three or more, other figures between them, of a whole told in their sentence or the one before."""
    told: set[int] = set()
    for first in range(1, len(alike) - 1):
        if alike[first - 1].start in told:
            continue
        parts = [alike[first]]
        for each in alike[first + 1 :]:
            between = said[parts[-1].end : each.start]
            if len(between) > _APIECE or _PARTED.search(between) or len(parts) > _MOST:
                break
            parts.append(each)
        if not _SURE <= len(parts) <= _MOST or _OPEN.match(said, parts[-1].end):
            continue
        summed = sum((each.value for each in parts), Decimal(0))
        if summed in values or not holding.isdisjoint(each.start for each in parts):
            continue
        begins = re.search(r"[。；：]|其中", said[alike[first - 1].end : parts[0].start])
        for whole in reversed(alike[max(first - 3, 0) : first] if begins else alike[first - 1 : first]):
            between = said[whole.end : parts[0].start]
            if len(between) > _FAR or between.count("。") > 1:
                break
            if (
                whole.value * _NEARLY_ALL > max(each.value for each in parts)
                and _strength(whole, parts, summed) >= _SURE
                and (begins or not _listed(said, whole, parts))
            ):
                told |= {each.start for each in parts}
                yield whole, parts
                break


def _after(said: str, whole: Quantity, following: Sequence[Quantity]) -> list[Quantity]:
    """The amounts that follow a whole, as long as nothing parts them."""
    parts: list[Quantity] = []
    end = whole.end
    for each in following:
        between = said[end : each.start]
        apart = _INNER.search(between) if parts else _APART.search(between.replace("分别", ""))
        if len(between) > _NEAR or apart or len(parts) > _MOST or (parts and _ASIDE.search(between)):
            break
        parts.append(each)
        end = each.end
    return [] if _OPEN.match(said, end) else parts


def _before(said: str, whole: Quantity, preceding: Sequence[Quantity]) -> list[Quantity]:
    """The amounts that a sum told after them is of."""
    parts: list[Quantity] = []
    begin = whole.start
    for each in reversed(preceding):
        between = said[each.end : begin]
        apart = _INNER.search(between) if parts else not _SUM.fullmatch(between)
        if len(between) > _NEAR or apart or len(parts) > _MOST:
            break
        parts.append(each)
        begin = each.start
    return parts[::-1]


def _slack(whole: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """By how much rounded figures may miss."""
    steps = [each.step for each in (whole, *parts)]
    return Decimal(0) if max(steps) == min(steps) == 1 else sum(steps, Decimal(0)) / 2


def _strength(whole: Quantity, parts: Sequence[Quantity], summed: Decimal) -> int:
    """How much speaks for one slip in one of the figures: digits left as they were, or an exchange."""
    return max(
        slip(summed, whole.value, EXCHANGED),
        *(slip(whole.value - summed + each.value, each.value, EXCHANGED) for each in parts),
    )


def _listed(said: str, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the whole is one more item of the list: joined to it by the list's own sign, or called alike."""
    if whole.start > parts[0].start:
        return False
    labels = [_LABEL.search(said[: each.start]) for each in (whole, *parts)]
    called = {label and label[0] for label in labels}
    kinds = [_KIND.search(said[max(each.start - _NEAR, 0) : each.start]) for each in parts]
    if complements.stepped([each[0] if each else "" for each in kinds]):
        return False
    return said[whole.end : whole.end + 1] in "、和及与" or (len(called) == 1 and None not in called)
