"""Whether figures that were taken for contradicting each other hold after all, read in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from ...document import Document
from ...finding import Finding
from ...numerals import folded, from_arabic, step
from .quantities import Quantity, amounts_in, quantities, with_unit

_BEFORE, _BEHIND = 120, 40
"""Characters around a rate in which its two figures are sought."""
_ALL = 100
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def doubtful(document: Document, found: Finding) -> bool:
    """Whether another reading of the figures around a finding leaves nothing wrong."""
    if found.rule == "total-wrong":
        return _filled(document, found)
    return found.rule == "rate-wrong" and _follows(document, found)


def _filled(document: Document, found: Finding) -> bool:
    """860批次，其中480批次、210批次、170批次，不合格4批次: the first of the parts make the whole."""
    whole = quantities(folded(document.text[found.span.start : found.span.end]))
    parts = [quantities(folded(document.text[each.span.start : each.span.end])) for each in found.elsewhere]
    if len(whole) != 1 or len(parts) < 3 or any(len(each) != 1 for each in parts):
        return False
    sums = list(accumulate(part[0].value for part in parts))
    if whole[0].value - sums[-1] in _beyond(document, found, whole[0].unit):
        return True
    return any(
        summed == whole[0].value and "，" in document.text[one.span.end : two.span.start]
        for summed, one, two in zip(sums[1:], found.elsewhere[1:], found.elsewhere[2:], strict=False)
    )


def _beyond(document: Document, found: Finding, unit: str) -> Iterator[Decimal]:
    """What the counts behind the last part come to, one after the other, up to the end of its sentence."""
    end = max(each.span.end for each in found.elsewhere)
    rest = re.split(r"[。\n]", folded(document.text[end : end + _BEFORE]))[0]
    return accumulate(each.value for each in quantities(rest) if each.unit == unit)


def _follows(document: Document, found: Finding) -> bool:
    """同比减少4起，下降30.8% of 13起: two figures beside it make the rate, or two together of a third."""
    rate = _RATE.search(folded(document.text[found.span.start : found.span.end + 1]))
    if not rate:
        return False
    told, exact = from_arabic(rate[1]), step(rate[1])
    if told > _ALL:
        return False  # 由11座增至24座，增长218%: what it became is no growth
    start = max(document.text.rfind("\n", 0, found.span.start) + 1, found.span.start - _BEFORE)
    stop = document.text.find("\n", found.span.end)
    around = folded(
        document.text[start : min(stop if stop >= 0 else len(document.text), found.span.end + _BEHIND)]
    )
    shown = (document.text[each.span.start : each.span.end] for each in found.elsewhere)
    units = {each.unit for told in shown for each in with_unit(folded(told))}
    counted = [each for each in amounts_in(around) if each.value and (each.unit in units or not units)]
    return any(
        abs(part / whole.value * 100 - told) < exact / 2 + Decimal("0.001")
        for whole in counted
        for part in _parts(counted, whole)
    )


def _parts(counted: Sequence[Quantity], whole: Quantity) -> Iterator[Decimal]:
    alike = [each for each in counted if each.unit == whole.unit and each is not whole]
    yield from (each.value for each in alike)
    yield from (one.value + two.value for one, two in pairwise(alike))
