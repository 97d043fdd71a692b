"""Prices and rations times how many: 20台，每台2800元，小计56000元; 每户2万元，14户共28万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import reckoned_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import passages

_SUM = re.compile(r"(?:小计|计|共计|合计|共需?|总价|总计|金额)(?:为)?$")
_EACH = re.compile(
    r"(?:每[\u4e00-\u9fff]{1,4}?(?:（[^（）]{1,6}）)?(?:补助|补贴|安排|选派|派|配备|发放)?|单价(?:为)?)$"
)
_PER = re.compile(
    r"每(?P<thing>个?[\u4e00-\u9fff]{1,4}?)(?:（[^（）]{1,6}）)?(?:补助|补贴|安排|选派|派|配备|发放)?$"
)
_BREAK = re.compile(r"[。；！？\n]")
_ONLY = re.compile(r"^[\s（(，,）)\u4e00-\u9fff]{0,14}$")
_LESS = re.compile(r"优惠|折|减免|抹零|实付|已付|含税")
_OTHER = re.compile(r"其中|另|每|约|至少|不少于|以上|天|次|月|年|较|比|含(?!食)")


def check(document: Document) -> Iterator[Finding]:
    """Three amounts side by side, one of them for each of another, the third called their sum."""
    for start, passage in passages(document):
        said = folded(passage)
        if "每" not in said and "单价" not in said:
            continue
        counted = amounts_in(said)
        for one, two, total in zip(counted, counted[1:], counted[2:], strict=False):
            pair = _pair(said, one, two, total)
            if pair and _LESS.search(said[total.end : total.end + 12]):
                continue
            if pair and _of_others(said, counted, pair, total):
                continue
            beside = any(
                pair and each.unit == total.unit and each.value == total.value - pair[0].value * pair[1].value
                for each in counted
            )
            if (
                pair
                and not beside
                and total.step
                and abs(pair[0].value * pair[1].value - total.value) >= total.step
            ):
                yield reckoned_wrong(said, start, total, pair[0].value * pair[1].value, pair)


def _of_others(said: str, counted: list[Quantity], pair: tuple[Quantity, Quantity], total: Quantity) -> bool:
    """Whether the price is that of another count, or of a list: 2025年50台、2026年80台，每台3万元，计390万元."""
    alike = [each for each in counted if each.unit == pair[0].unit and each.end <= pair[0].end]
    summed = Decimal(0)
    for each in reversed(alike):
        if summed and "。" in said[each.end : pair[0].start]:
            break
        summed += each.value
        if total.value in (summed * pair[1].value, each.value * pair[1].value):
            return True
    return False


def _pair(said: str, one: Quantity, two: Quantity, total: Quantity) -> tuple[Quantity, Quantity] | None:
    """How many and for each how much, in either order; None where the three do not belong together."""
    if any(each.about for each in (one, two, total)) or _BREAK.search(said[one.start : total.end]):
        return None
    lead = said[two.end : total.start]
    if not _SUM.search(lead) or not _ONLY.match(lead) or _OTHER.search(lead):
        return None
    between = said[one.end : two.start]
    if _EACH.search(between) and two.unit == total.unit != one.unit:
        per = _PER.search(between)
        near = len(between) <= 10 and (per is None or per["thing"].endswith(one.unit))
        return (one, two) if near else None
    per = _PER.search(said[: one.start])
    if per and "每" in per["thing"]:
        return None  # 每人每天60元，184天: how many they are stands elsewhere
    if per and one.unit == total.unit != two.unit and len(between) <= 10 and "每" not in between:
        thing = per["thing"]
        named = (
            thing.endswith(two.unit) or thing.startswith(two.unit) or (thing == "人" and two.unit in "名人")
        )
        return (two, one) if named else None
    return None
