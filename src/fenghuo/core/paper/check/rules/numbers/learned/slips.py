"""How what a figure is told as differs from what it ought to be, digit by digit."""

from __future__ import annotations

from operator import ne

from .candidates import Candidate

_FAR = 99.0
_MANY = 1e6
"""Last digits by which two figures may lie apart that are still compared."""


def slip(candidate: Candidate) -> tuple[float, ...]:
    """How many digits differ and where, whether two were exchanged or one mistyped, how far it is off."""
    told, right = candidate.told.value, candidate.right
    unit = candidate.told.step or 1.0
    one, two = _digits(candidate)
    asked, written = int(one), int(two)
    alike = len(one) == len(two)
    if not alike:
        one, two = one.rstrip("0") or "0", two.rstrip("0") or "0"
        size = max(len(one), len(two))
        one, two = one.ljust(size, "0"), two.ljust(size, "0")
    differing = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    exchanged = alike and len(differing) == 2 and sorted(one) == sorted(two)
    return (
        float(len(differing)),
        float(len(one)),
        float(alike),
        float(exchanged),
        float(alike and len(differing) == 1),
        float(differing[0]) if differing else -1.0,
        float(abs(asked - written)) if alike and abs(asked - written) < _MANY else _FAR,
        (told - right) / max(right, told, 1e-9),
        abs(right / unit - asked),
        significant(told),
        significant(right),
    )


def is_slip(candidate: Candidate) -> bool:
    """Whether two digits exchanged, or one mistyped, make one of the other."""
    one, two = _digits(candidate)
    if len(one) != len(two):
        return False
    differing = sum(map(ne, one, two))
    return differing == 1 or (differing == 2 and sorted(one) == sorted(two))


def is_wide_slip(candidate: Candidate) -> bool:
    """The same of figures of two digits and more, or a digit that is one too many or left out: 5.1% and 15.1%."""
    one, two = _digits(candidate)
    if len(one) == len(two):
        return len(one) > 1 and is_slip(candidate)
    long, short = (one, two) if len(one) > len(two) else (two, one)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _digits(candidate: Candidate) -> tuple[str, str]:
    """What a figure ought to be and what it is told as, in its last digits."""
    unit = candidate.told.step or 1.0
    return str(round(candidate.right / unit)), str(round(candidate.told.value / unit))


def significant(value: float) -> float:
    """The digits of a value that are not zeros at its end."""
    return float(len(f"{value:.6g}".replace(".", "").rstrip("0")))
