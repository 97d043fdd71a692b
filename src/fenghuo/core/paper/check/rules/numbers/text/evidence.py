"""How much figures themselves say for a slip of the hand: what is left to the words that stand around them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .quantities import Quantity, plain

EXCHANGED = 3
"""What two digits exchanged are worth in figures of three and more: that hardly happens by chance."""
_MYRIAD = 10_000
"""The step of 24万元, which beside 1.5万元 is as exact as that."""
_WHOLE_NUMBERS = (1, 10_000, 100_000_000)
"""Steps of what is told without a point."""


def slip(meant: Decimal, told: Decimal, exchange: int = 0) -> int:
    """The digits that one slip leaves as they were, 0 where it takes more than one: 436 and 426, 436 and 463.

    Two digits exchanged are worth `exchange`; without it what a figure has of them, three at the most.
    """
    if meant <= 0 or meant == told:
        return 0
    if meant.adjusted() != told.adjusted():
        return 0
    one, two = (plain(each).replace(".", "").strip("0") for each in (meant, told))
    size = max(len(one), len(two))
    one, two = one.ljust(size, "0"), two.ljust(size, "0")
    differing = [at for at in range(size) if one[at] != two[at]]
    if len(differing) == 2 and sorted(one) == sorted(two):
        return exchange or min(size, EXCHANGED)
    return size - 1 if len(differing) == 1 else 0


def evidence(whole: Quantity, parts: Sequence[Quantity], signs: Sequence[int] = ()) -> int:
    """The most that one slip leaves, of the whole or of a part; `signs` tell which parts went off from the first."""
    weights = signs or (1,) * len(parts)
    reckoned = sum((each.value * sign for each, sign in zip(parts, weights, strict=True)), Decimal(0))
    missing = whole.value - reckoned
    return max(
        slip(reckoned, whole.value),
        *(slip(each.value + missing * sign, each.value) for each, sign in zip(parts, weights, strict=True)),
    )


def nearness(whole: Decimal, reckoned: Decimal) -> Decimal:
    """How far two amounts lie apart, as a share of the greater."""
    return abs(whole - reckoned) / max(whole, reckoned, Decimal(1))


def slack(whole: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """By how much a sum may miss of figures that are written to other places, or to places behind the point."""
    steps = [each.step for each in parts]
    if whole.step == min(steps) == max(steps):
        return Decimal(0) if whole.step in _WHOLE_NUMBERS else whole.step
    over = whole.step / 2 if whole.step > min(steps) else Decimal(0)
    coarse = (each for each in steps if each > whole.step and each != _MYRIAD)
    return over + sum(coarse, Decimal(0)) / 2
