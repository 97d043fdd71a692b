"""How unusual a value is for the day of the year: its percentile in the place's own history, and the curves.

The year is a ring of 366 slots, one for each date of a leap year; 29 February is empty in common years. A
day is compared with all days of the history that lie within `window` slots of its own on that ring (so late
December and early January are neighbours), in every year. The value's own day is never compared with itself.

Ties share the middle rank: the percentile is 100 (below + equal / 2) / all, so that a value which is the rule
(an FWI of 0 in the rainy season) stands at 50 and not at either end. The curves are percentiles interpolated
linearly (type 7 of Hyndman & Fan 1996), as in `calibration`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

WINDOW = 10
SLOTS = 366
CURVES = (10.0, 50.0, 90.0)

_LEAP_YEAR = 2000


def slot(day: date) -> int:
    """Return the slot 0 to 365 of a date: its place in a leap year, whatever its own year."""
    return (date(_LEAP_YEAR, day.month, day.day) - date(_LEAP_YEAR, 1, 1)).days


@dataclass(frozen=True, slots=True)
class Standing:
    """Percentile [%] of a value for its day of the year, and the days and years it rests on."""

    percentile: float
    days: int
    years: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Curves:
    """Percentiles for each slot of the year: `values` (366, curves), NaN where no day is near; `days` (366,)."""

    percentiles: tuple[float, ...]
    values: NDArray[np.float64]
    days: NDArray[np.intp]
    years: int

    def on(self, day: date) -> dict[float, float] | None:
        """Return each percentile's value on the day of the year of a date; None where none is known."""
        row = self.values[slot(day)]
        if not self.days[slot(day)]:
            return None
        return {p: float(v) for p, v in zip(self.percentiles, row, strict=True)}


@dataclass(frozen=True, slots=True)
class History:
    """A place's past: ordinals of the dates, slots of the year and values, in order of date, none missing."""

    ordinals: NDArray[np.intp]
    slots: NDArray[np.intp]
    values: NDArray[np.float64]
    missing: int

    @staticmethod
    def of(days: Iterable[tuple[date, float | None]]) -> History:
        """Return the history of pairs of date and value; those without a value (None, NaN) are counted.

        Raises ValueError when a date stands in it twice.
        """
        rows = sorted(days, key=lambda row: row[0])
        known = [(day, value) for day, value in rows if value is not None and not math.isnan(value)]
        ordinals = np.array([day.toordinal() for day, _ in known], np.intp)
        if np.any(np.diff(ordinals) == 0):
            raise ValueError("the history has one date twice: give one value a day")
        return History(
            ordinals,
            np.array([slot(day) for day, _ in known], np.intp),
            np.array([value for _, value in known], float),
            len(rows) - len(known),
        )

    def near(self, day: date, window: int = WINDOW) -> NDArray[np.bool_]:
        """Return which days lie within `window` days of the date's own in the year, without that date itself."""
        return self._near_slot(slot(day), window) & (self.ordinals != day.toordinal())

    def _near_slot(self, centre: int, window: int) -> NDArray[np.bool_]:
        if not 0 <= window < SLOTS // 2:
            raise ValueError(f"window {window!r}: use 0 to {SLOTS // 2 - 1} days either way")
        apart = np.abs(self.slots - centre)
        return np.minimum(apart, SLOTS - apart) <= window

    def _years(self, chosen: NDArray[np.bool_]) -> int:
        return len({date.fromordinal(int(n)).year for n in self.ordinals[chosen]})


def standing(value: float, day: date, history: History, window: int = WINDOW) -> Standing | None:
    """Return where a value stands among the days near its own in the year; None where there are none.

    Raises ValueError for a value that is NaN.
    """
    if math.isnan(value):
        raise ValueError("a missing value has no percentile")
    chosen = history.near(day, window)
    others = history.values[chosen]
    if not others.size:
        return None
    below, equal = int(np.sum(others < value)), int(np.sum(others == value))
    ordinals = history.ordinals[chosen]
    return Standing(
        100.0 * (below + 0.5 * equal) / others.size,
        int(others.size),
        history._years(chosen),
        date.fromordinal(int(ordinals[0])),
        date.fromordinal(int(ordinals[-1])),
    )


def curves(history: History, percentiles: tuple[float, ...] = CURVES, window: int = WINDOW) -> Curves:
    """Return the percentiles [%] that a chart draws for each day of the year, each from its window of days."""
    values = np.full((SLOTS, len(percentiles)), np.nan)
    counts = np.zeros(SLOTS, np.intp)
    for centre in range(SLOTS):
        near = history.values[history._near_slot(centre, window)]
        counts[centre] = near.size
        if near.size:
            values[centre] = np.percentile(near, percentiles, method="linear")
    return Curves(tuple(percentiles), values, counts, history._years(np.ones(history.values.shape, bool)))
