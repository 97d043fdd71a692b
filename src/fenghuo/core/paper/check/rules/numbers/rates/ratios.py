"""Per cent that the two amounts right before them would make but for one slip of the hand, whatever is called so.

The other rules know from its name what a rate is of. Here only the figures speak: two amounts of one unit right
before the per cent, which they miss by one digit or by two digits exchanged in one of the three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import rate_wrong
from ..text.quantities import Quantity, plain, with_unit
from ..text.sentences import passages
from ..text.slips import slipped

_NEAR = 26
"""Characters from the amounts to the per cent at the most."""
_FAR, _BACK = 52, 3
"""Characters and amounts between the two at the most."""
_AROUND = 10
"""Amounts before the per cent that it may as well be of."""
_SHARE = re.compile(
    r"占[^，。；、\d]{0,10}$|[率度面比](?:约|仅|只|达到?|为|是)*$|(?:任务|目标|计划|预算|总[额数量]?)[）)]?的$|[）)]的$"
)
_GROWTH = re.compile(
    r"(?:增长|增加|上升|提高|增幅|下降|减少|降低|降幅|偏[多少高低]|[增升降减])(?:了|约|达|为)*$"
)
_MEAN = re.compile(r"年均|平均|复合")
_MEASURES = frozenset(("岁", "年", "月", "日", "天", "小时", "分钟", "分"))
_APART = re.compile(r"[。；\n]|分别|[)）][，,]")
_SUMMED = re.compile(r"[合共总累]计|共")
_CLAUSES = re.compile(r"[。；\n]")
_ITEM = re.compile(r"(?:[、：]|其中)[^，。；、：\d]*$")
_HUNDRED = Decimal(100)


def check(document: Document) -> Iterator[Finding]:
    """Silent where any two amounts around make the per cent."""
    for start, passage in passages(document):
        if "%" not in passage and "％" not in passage:
            continue
        said = folded(passage)
        told = [each for each in with_unit(said) if not each.han]
        for at, rate in enumerate(told):
            if rate.unit == "%" and not rate.about and rate.value < _HUNDRED:
                yield from _judged(said, start, rate, told[:at])


def _judged(said: str, start: int, rate: Quantity, before: Sequence[Quantity]) -> Iterator[Finding]:
    counted = [each for each in before if each.unit != "%"]
    last = counted[-1] if counted else None
    alike = [each for each in counted if last and each.unit == last.unit][-_AROUND:]
    if last is None or last.unit in _MEASURES or last.about:
        return
    link = said[last.end : rate.start]
    grows = bool(_GROWTH.search(link))
    if len(link) > _NEAR or "%" in link or _APART.search(link) or not (grows or _SHARE.search(link)):
        return
    if _MEAN.search(link):
        return
    if any(_follows(one, two, rate) for one in alike for two in alike if one is not two):
        return
    others = [each for each in alike[-1 - _BACK : -1] if not each.about]
    if any(_of_both(last, each, rate) for each in others):
        return
    for other in reversed(others):
        between = said[other.end : last.start]
        if (
            between.startswith("、")
            and "占" not in link
            and _ITEM.search(said, max(other.start - _FAR, 0), other.start)
        ):
            return  # 其中甲4380条、乙15720条、丙1360条，合格率98%: no part of a list is another's whole
        if len(between) > _FAR or _CLAUSES.search(between):
            return
        if grows and "%" in between:
            return  # 投资105亿元，增长27%，增加值46亿元，增长7%: each of what it was itself
        if other is not others[-1] and (grows or _SUMMED.search(said, max(last.start - 8, 0), last.start)):
            return  # growth is told right behind its two figures; a sum is no part of what made it
        for part, whole in ((last, other),) if "占" in link else ((last, other), (other, last)):
            if (grows or part.value <= whole.value * 2) and slip(part, whole, rate, grows=grows):
                right = part.value / whole.value * _HUNDRED
                right = abs(right - _HUNDRED) if grows else right
                yield rate_wrong(said, start, rate, part, whole, f"{right:.1f}%")
                return


def _of_both(one: Quantity, two: Quantity, rate: Quantity) -> bool:
    """男性2295人，占51.0%，女性2205人，占49.0%: shares of both together."""
    total = one.value + two.value
    return any(total and abs(each.value / total * _HUNDRED - rate.value) <= rate.step for each in (one, two))


def _follows(one: Quantity, two: Quantity, rate: Quantity) -> bool:
    """Whether two amounts make the per cent as a share, as what is left of it or as growth."""
    if not two.value:
        return False
    share = one.value / two.value * _HUNDRED
    slack = rate.step
    if two.value > one.value and abs(one.value / (two.value - one.value) * _HUNDRED - rate.value) <= slack:
        return True  # 248.6亿元，比年初增加18.6亿元，增长8.1%
    if one.step != 1 or two.step != 1:
        slack += share * (one.step / max(one.value, one.step) + two.step / two.value)
    return any(
        abs(each - rate.value) <= slack for each in (share, abs(share - _HUNDRED), share - 2 * _HUNDRED)
    )


def _made(part: Decimal, whole: Decimal, *, grows: bool) -> Iterator[Decimal]:
    if whole > 0:
        share = part / whole * _HUNDRED
        if share <= _HUNDRED:
            yield share
        if grows:
            yield abs(share - _HUNDRED)


def slip(part: Quantity, whole: Quantity, rate: Quantity, *, grows: bool) -> bool:
    """Whether one slip in one of the three makes them agree."""
    places = Decimal(1).scaleb(rate.step.adjusted())
    for right in _made(part.value, whole.value, grows=grows):
        if slipped(round(right / places), rate.value / places):
            return True
    near = rate.step * Decimal("0.6")
    return any(
        abs(right - rate.value) <= near
        for meant in _variants(part)
        for right in _made(meant, whole.value, grows=grows)
    ) or any(
        abs(right - rate.value) <= near
        for meant in _variants(whole)
        for right in _made(part.value, meant, grows=grows)
    )


def _variants(told: Quantity) -> Iterator[Decimal]:
    """What a figure may have been before a slip: two digits exchanged, or one of three and more another."""
    digits = plain(told.value / told.step)
    for at in range(len(digits)):
        if at and digits[at - 1] != digits[at]:
            yield Decimal(digits[: at - 1] + digits[at] + digits[at - 1] + digits[at + 1 :]) * told.step
        if len(digits) > 2:
            for digit in "0123456789":
                if digit != digits[at]:
                    yield Decimal(digits[:at] + digit + digits[at + 1 :]) * told.step
