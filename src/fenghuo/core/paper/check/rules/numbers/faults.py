"""What is said of a whole that its parts do not make."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...finding import Elsewhere, Finding, Span
from ...rulebook import rules
from .quantities import Quantity, written_like


def total_wrong(said: str, start: int, whole: Quantity, parts: Sequence[Quantity]) -> Finding:
    """That a whole is not the sum of its parts, all of one passage that begins at `start`."""
    return _fault("total-wrong", said, start, whole, whole, parts)


def part_exceeds(
    said: str, start: int, whole: Quantity, part: Quantity, parts: Sequence[Quantity]
) -> Finding:
    """That one of the parts is more than the whole."""
    return _fault("part-exceeds-total", said, start, part, whole, parts)


def reckoned_wrong(
    said: str, start: int, total: Quantity, right: Decimal, parts: Sequence[Quantity], sign: str = " × "
) -> Finding:
    """That an amount is not what others, joined by a sign, come to."""
    told = said[total.start : total.end]
    return rules()["total-wrong"].finding(
        start + total.start,
        start + total.end,
        elsewhere=tuple(
            Elsewhere(Span(start + each.start, start + each.end), said[each.start : each.end])
            for each in parts
        ),
        found=told,
        sum=written_like(right, told, total.unit),
        parts=sign.join(said[each.start : each.end] for each in parts),
    )


def _fault(
    rule: str, said: str, start: int, at: Quantity, whole: Quantity, parts: Sequence[Quantity]
) -> Finding:
    summed = sum((each.value for each in parts), Decimal(0))
    told = said[whole.start : whole.end]
    return rules()[rule].finding(
        start + at.start,
        start + at.end,
        elsewhere=tuple(
            Elsewhere(Span(start + each.start, start + each.end), said[each.start : each.end])
            for each in (parts if at is whole else (whole,))
        ),
        found=said[at.start : at.end],
        total=told,
        sum=written_like(summed, told, whole.unit),
        parts=" + ".join(said[each.start : each.end] for each in parts),
    )
