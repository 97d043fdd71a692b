"""So much for each, and what so many come to, wherever the three stand in a paragraph: 每份65元 … 1200份 … 折款7.8万元.

`multiplied` finds the three where each can only be meant; here several may be, and the figures choose: told is what
one slip of the hand in one of the three keeps from being the product, where no other two make it. Prices and pieces
side by side are held against the list of what they come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import reckoned_wrong
from ..text.evidence import nearness, slip
from ..text.quantities import Quantity
from ..text.reading import read
from ..text.sentences import label_of, passages
from .totals import TORN

_EACH = re.compile(
    r"(?:每(?P<myriad>[百千万亿]?)(?P<thing>[^，。；、：\d每]{1,12}?)(?:每个?(?P<term>[年月天日周]))?[^，。；、：\d每]{0,6}|"
    r"(?P<mean>[日月年天户人亩村组班校]均)[^，。；、：\d]{0,8}|(?P<price>单价|均价)[^，。；、：\d]{0,3}|"
    r"(?P<day>一昼夜|一天|单日|日(?=[进产均采运供销]))[^，。；、：\d]{0,6})$"
)
_ROUGH = re.compile(
    r"至少|不少于|不低于|不超过|最[高多低少]|约|以[上内下]|左右|原则|起步|控制|不到|不足|近|逾|超|标准|限|上限|提高|增|减|降|较|比(?!例)"
)
_OTHER = re.compile(
    r"其中|较|比(?![例重])|[去上]年|同比|另|预留|首|提前|不足|剩|余|缺|还|奖|违约|罚|最(?!多可)|超|降|增|减|原价|预算|限价|控制"
)
_SAME = (
    frozenset(("小时", "个", "学时", "课时", "工时")),
    frozenset(("人", "人次", "个", "户次", "户")),
    frozenset(("天", "工日", "人天", "人日", "个")),
)
"""Units of which one may be told of each and another of all."""
_HOURS = re.compile("工时|工日|学时|课时|劳动日|席|床位|座位|岗位|名额")
_BODIES = frozenset(("个", "人", "家", "所", "支"))
_HAN = re.compile(r"[\u4e00-\u9fff]{0,8}")
_TIMES = {"年": "年", "月": "月", "天": "天", "日": "天", "周": "周"}
_SCALE = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NEAR, _AROUND, _FEWEST = 26, 160, 2
_MOST = Decimal("0.45")
_BY_CHANCE = 10
"""A figure below this divides many evenly."""
_ENOUGH = 2
"""What the digits that a slip leaves have to come to, an even division counting for one more."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A total that is not its count times the ration, and how much speaks for a slip."""

    strength: int
    total: Quantity
    count: Quantity
    right: Decimal


def check(document: Document) -> Iterator[Finding]:
    """Silent where any two amounts around make any total of the kind."""
    for start, passage in passages(document):
        said = folded(passage)
        if not re.search("每|均|价|一昼夜|一天|日[进产采运供销]|单日", said):
            continue
        told = [each for each in read(said, times=True) if each.unit and each.unit != "%"]
        rations = [
            (each, match)
            for each in told
            if (match := _EACH.search(said, max(each.start - _NEAR, 0), each.start))
            and each.value
            and not each.about
            and not match["mean"]
            and "平均" not in said[max(match.start() - 2, 0) : each.start]
            and not _ROUGH.search(said, match.start(), each.end + 2)
        ]
        apiece = {each.start for each, _ in rations}
        for ration, match in rations:
            found = _missed(said, [each for each in told if each.start not in apiece], ration, match)
            if found and not TORN.search(said, min(found.count.start, ration.start), found.total.end):
                yield reckoned_wrong(said, start, found.total, found.right, (found.count, ration))
        yield from _listed(said, start, told, [each for each, _ in rations])


def _missed(said: str, told: Sequence[Quantity], ration: Quantity, match: re.Match[str]) -> _Told | None:
    around = [each for each in told if abs(each.start - ration.start) < _AROUND and not each.about]
    each_is = ration.value / _SCALE[match["myriad"] or ""]
    totals = [each for each in around if _is_total(said, each, ration)]
    counts = [each for each in around if each not in totals or each.unit != ration.unit]
    times = [Decimal(1)]
    if term := match["term"]:
        unit = _TIMES[term]
        times = [
            each.value
            for each in around
            if each.unit == unit or (each.unit == "个" and said.startswith(unit, each.end))
        ] or [Decimal(1)]
        if re.search(rf"[全一每]个?{term}", said[ration.end : ration.end + _AROUND]):
            times.append(Decimal(1))
    made = {count.value * each_is * often for count in counts for often in (*times, Decimal(1))}
    alike = [each for each in around if each.unit == ration.unit or each in totals]
    if any(abs(total.value - each) <= _slack(total) for total in alike for each in made):
        return None
    best: _Told | None = None
    for count in counts:
        if not _counts(said, count, match):
            continue
        for total in totals:
            for often in times:
                right = count.value * each_is * often
                strength = _strength(count, ration, total, right)
                if strength >= _ENOUGH and (best is None or strength > best.strength):
                    best = _Told(strength, total, count, right)
    return best


def _slack(total: Quantity) -> Decimal:
    """By how much a product may miss a total told in myriads."""
    return total.step / 2 if total.step > 1 else Decimal(0)


def _strength(count: Quantity, ration: Quantity, total: Quantity, right: Decimal) -> int:
    """How many digits one slip leaves in the figure it is in; that the others divide evenly is worth one more."""
    if nearness(total.value, right) > _MOST or not right:
        return 0
    best = slip(right, total.value)
    for one, other in ((count, ration), (ration, count)):
        meant = total.value * one.value / right if right else Decimal(0)
        left = slip(meant, one.value) if meant % one.step == 0 else 0
        best = max(best, left + (left > 0 and other.value / other.step >= _BY_CHANCE))
    return best


def _counts(said: str, each: Quantity, match: re.Match[str]) -> bool:
    """Whether an amount counts those of which each has so much."""
    if each.value <= 1:
        return False
    told = match.groupdict()
    if told["price"]:
        return each.end <= match.start() and bool(re.fullmatch(r"[，,（(]?", said[each.end : match.start()]))
    if told["day"] or (told["mean"] or "") in ("日均", "天均"):
        return each.unit == "天"
    thing = told["thing"] or (told["mean"] or "")[:1]
    if each.unit != "个" and thing.startswith(each.unit):
        return True
    if each.unit == "人" and thing[:1] in "人名位":
        return True
    core = re.sub("^[个名位家]", "", thing)
    behind = _HAN.match(said, each.end)
    label = label_of(said, each.start).rstrip("数：为共有")
    if core and each.unit != "个" and label.endswith(core[:2]):
        return len(core) > 1
    named = (
        behind and core and (core[:2] in behind[0] or (core[0] in behind[0][:4] and core[0] not in "的了为"))
    )
    return bool(each.unit in _BODIES and named)


def _is_total(said: str, each: Quantity, ration: Quantity) -> bool:
    """Whether an amount can be what all have."""
    if each.han != ration.han or _OTHER.search(label_of(said, each.start, 16)):
        return False
    if each.unit == ration.unit:
        return (
            each.unit not in ("个", "项", "条")
            or said[each.end : each.end + 1] == said[ration.end : ration.end + 1]
        )
    alike = any({each.unit, ration.unit} <= kind for kind in _SAME)
    return alike and ("个" not in (each.unit, ration.unit) or bool(_HOURS.match(said, each.end)))


def _listed(
    said: str, start: int, told: Sequence[Quantity], rations: Sequence[Quantity]
) -> Iterator[Finding]:
    """150只，单价185元；300只，单价98元；60只，单价420元, and 27750元、29400元、25200元: one of them does not fit."""
    counts = []
    for ration in rations:
        before = [each for each in told if each.end <= ration.start and ration.start - each.end < _NEAR]
        if before and before[-1].unit != ration.unit and not before[-1].about:
            counts.append((before[-1], ration))
    rows = (
        [told[at : at + len(counts)] for at in range(len(told) - len(counts) + 1)] if len(counts) > 1 else []
    )
    for row in rows:
        if row[0].start < counts[-1][1].end or any(each.unit != counts[0][1].unit for each in row):
            continue
        if any("。" in said[one.end : two.start] for one, two in pairwise(row)):
            continue
        odd = [
            at
            for at, (total, (count, ration)) in enumerate(zip(row, counts, strict=True))
            if total.value != count.value * ration.value
        ]
        if len(odd) == 1 and len(counts) > _FEWEST:
            count, ration = counts[odd[0]]
            yield reckoned_wrong(said, start, row[odd[0]], count.value * ration.value, (count, ration))
            return
