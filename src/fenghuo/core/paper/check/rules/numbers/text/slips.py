"""Two numbers that a slip of the hand makes of one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from operator import ne

from .quantities import Quantity, plain

_MYRIAD = 10_000


def slipped(one: Decimal | int, two: Decimal | int, *, least: int = 3) -> bool:
    """Whether one digit of `least` or more was mistyped, or two were exchanged: 22.6 and 32.6, 24 and 42.

    Myriads that both count in are written as a word, not as digits.
    """
    while one and two and not one % _MYRIAD and not two % _MYRIAD:
        one, two = one / _MYRIAD, two / _MYRIAD
    a, b = (plain(value).replace(".", "") for value in (one, two))
    if len(a) != len(b) or a == b:
        return False
    exchanged = len(a) >= 2 and sorted(a) == sorted(b)
    return exchanged or (len(a) >= least and sum(x != y for x, y in zip(a, b, strict=True)) == 1)


def exchanged(one: str, two: str) -> bool:
    """Whether two of the digits of one figure change places in the other."""
    return len(one) == len(two) and sorted(one) == sorted(two) and sum(map(ne, one, two)) == 2


def mended(whole: Quantity, parts: Sequence[Quantity], *, least: int = 2) -> bool:
    """Whether one such slip, of the whole or of one of its parts, keeps these from adding up."""
    missing = whole.value - sum((each.value for each in parts), Decimal(0))
    return slipped(whole.value - missing, whole.value, least=least) or any(
        each.value + missing > 0 and slipped(each.value + missing, each.value, least=least) for each in parts
    )
