"""LY/T 1172-1995 for arrays of days and cells: the same rules as `lyt1172`, with the rain that days hand on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.cuts import rows
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.lyt1172 import DEFAULT, Reading
from fenghuo.core.danger.lyt1172_file import national
from fenghuo.core.danger.lyt1172_table import FACTORS, RainTable, Steps, Table

GAP, RAIN_UNKNOWN = 1, 2
"""Bits of `RatedArrays.marks`: an input is missing; an unknown rain could have decided the score."""

_BLOCK = 2_000_000
_INPUTS = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True, slots=True)
class RainGrid:
    """`RainState` for arrays: `rain` of shape (days, *cells) [mm], oldest first, NaN unknown."""

    rain: NDArray[np.floating]
    date: date | None = None

    def save(self, path: Path) -> None:
        """Write the state as an .npz file."""
        with path.open("wb") as file:
            np.savez(file, rain=self.rain, date=np.array("" if self.date is None else self.date.isoformat()))

    @staticmethod
    def load(path: Path) -> RainGrid:
        """Read a state that `save` wrote, bit for bit."""
        with np.load(path, allow_pickle=False) as stored:
            day = str(stored["date"])
            return RainGrid(stored["rain"], date.fromisoformat(day) if day else None)


@dataclass(frozen=True, slots=True)
class RatedArrays:
    """Arrays of shape (time, *cells): HTZ [1] as float32, NaN without a rating; rating int8, 0 without one.

    `marks` are the bits `GAP` and `RAIN_UNKNOWN`; `parts` the points of each factor as int16 (cover never
    above 0; meaningful where there is a rating), or None when not asked for; `state` resumes the run.
    """

    htz: NDArray[np.float32]
    rating: NDArray[np.int8]
    marks: NDArray[np.uint8]
    parts: dict[str, NDArray[np.int16]] | None
    state: RainGrid


def compute(
    tmax: ArrayLike,
    rhmin: ArrayLike,
    wind_max: ArrayLike,
    rain: ArrayLike,
    *,
    cover: str | ArrayLike = "none",
    first_day: date | None = None,
    state: RainGrid | None = None,
    table: Table | None = None,
    reading: Reading = DEFAULT,
    parts: bool = False,
    impossible: Literal["refuse", "missing"] = "refuse",
) -> RatedArrays:
    """Return scores and ratings of consecutive days for any number of cells, equal to `run` in every cell.

    `tmax` [°C], `rhmin` [%], `wind_max` [m/s] and `rain` [mm] have one shape (time, *cells), float32 or
    float64, one entry for every calendar day, NaN where nothing is known. `cover` is a category's key or an
    array of category numbers (0 none to 4 full) that broadcasts to that shape. `state` is that of an earlier
    result; when both it and `first_day` have dates, the days between them count as unknown rain. Raises
    ValueError for shapes that differ or a `first_day` not after the state, and `ImpossibleWeather` that names
    the first value that weather cannot have with its place, unless `impossible` is "missing", which counts it
    as not known.
    """
    chosen = table or national()
    fields = [_floats(values) for values in (tmax, rhmin, wind_max, rain)]
    shape = fields[3].shape
    if not shape or any(values.shape != shape for values in fields):
        raise ValueError(
            f"shapes {[values.shape for values in fields]}: all four must be (time, *cells), alike"
        )
    if impossible not in ("refuse", "missing"):
        raise ValueError(f"impossible {impossible!r}: use 'refuse' or 'missing'")
    fields = [
        _possible(quantity, values, impossible == "refuse")
        for quantity, values in zip(_INPUTS, fields, strict=True)
    ]
    memory = _memory(state, first_day, chosen.rain.within_days, fields[3])
    off = _cover_points(cover, chosen, shape)
    result = RatedArrays(
        np.empty(shape, np.float32),
        np.empty(shape, np.int8),
        np.empty(shape, np.uint8),
        {key: np.empty(shape, np.int16) for key in FACTORS} if parts else None,
        RainGrid(memory),
    )
    days = max(1, _BLOCK // max(1, math.prod(shape[1:])))
    for begin in range(0, shape[0], days):
        block = slice(begin, min(begin + days, shape[0]))
        memory = _block(block, fields, off[block], memory, chosen, reading, result)
    before = first_day - timedelta(days=1) if first_day else state.date if state else None
    last = None if before is None else before + timedelta(days=shape[0])
    return RatedArrays(result.htz, result.rating, result.marks, result.parts, RainGrid(memory, last))


def _floats(values: ArrayLike) -> NDArray[np.floating]:
    array = np.asarray(values)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)


def _possible(quantity: str, values: NDArray[np.floating], refuse: bool) -> NDArray[np.floating]:
    """Return the values without those that weather cannot have; raises for the first of them if asked to."""
    bound, factor = BOUNDS[quantity], 3.6 if quantity == "wind" else 1.0  # winds are bounded in km/h

    def holds(value: np.floating) -> bool:
        return bool(np.isnan(value)) or bound.holds(float(value) * factor)

    # The extremes settle it for weather that is possible, which is nearly all there is.
    if not values.size or (
        holds(np.fmin.reduce(values, axis=None)) and holds(np.fmax.reduce(values, axis=None))
    ):
        return values
    scaled = values.astype(np.float64) * factor
    wrong = (scaled < bound.low) | (scaled > bound.high)
    if refuse:
        place = tuple(int(n) for n in np.unravel_index(int(np.argmax(wrong)), values.shape))
        value = float(scaled[place])
        said = bound.message(value)
        where = Text(f"Day {place[0]}, cell {list(place[1:])}", f"第 {place[0]} 日、格点 {list(place[1:])}")
        message = Text(f"{where.en}: {said.en}", f"{where.zh}:{said.zh}")
        raise ImpossibleWeather(bound.rule, quantity, value, message)
    return np.where(wrong, np.array(np.nan, values.dtype), values)


def _memory(
    state: RainGrid | None, first_day: date | None, length: int, rain: NDArray[np.floating]
) -> NDArray[np.floating]:
    unknown = np.full((length, *rain.shape[1:]), np.nan, rain.dtype)
    if state is None:
        return unknown
    if state.rain.shape[1:] != rain.shape[1:]:
        raise ValueError(f"the state is of cells {state.rain.shape[1:]}, the weather of {rain.shape[1:]}")
    between = 0
    if first_day is not None and state.date is not None:
        between = (first_day - state.date).days - 1
        if between < 0:
            raise ValueError(f"{first_day} does not come after {state.date}, the day of the state")
    joined = np.concatenate([unknown, state.rain, unknown[: min(between, length)]])
    return joined[joined.shape[0] - length :]


def _cover_points(cover: str | ArrayLike, table: Table, shape: tuple[int, ...]) -> NDArray[np.int16]:
    points = np.array([category.score for category in table.cover.categories], np.int16)
    if isinstance(cover, str):
        return np.broadcast_to(points[table.cover.index(cover)], shape)
    numbers = np.asarray(cover)
    if not np.issubdtype(numbers.dtype, np.integer) or np.any((numbers < 0) | (numbers >= len(points))):
        raise ValueError(f"cover must be whole numbers 0 to {len(points) - 1}, or a category's key")
    return np.broadcast_to(points[numbers], shape)


def _block(
    block: slice,
    fields: Sequence[NDArray[np.floating]],
    off: NDArray[np.int16],
    memory: NDArray[np.floating],
    table: Table,
    reading: Reading,
    result: RatedArrays,
) -> NDArray[np.floating]:
    """Fill one block of days of `result`; returns the rain that the next block remembers."""
    tmax, rhmin, wind, rain = (values[block] for values in fields)
    a = _look_up(tmax, table.temperature)
    b = _look_up(rhmin, table.humidity)
    d = _look_up(wind, table.wind)
    known = np.concatenate([memory, rain])
    c, unknown = _rain_points(known, len(rain), table.rain, reading)
    total = a + b + c + d - off
    gap = np.isnan(tmax) | np.isnan(rhmin) | np.isnan(wind) | np.isnan(rain)
    unrated = gap | unknown if reading.unknown_rain == "unrated" else gap
    bounds = np.array([math.floor(upper) + 1 for upper in table.class_upper])  # sums are whole numbers
    rating = np.searchsorted(bounds, total, side="right") + 1
    result.rating[block] = np.where(unrated, 0, rating)
    htz = total.astype(np.float32)
    htz[unrated] = np.nan
    result.htz[block] = htz
    result.marks[block] = np.where(gap, GAP, 0) | np.where(unknown & ~gap, RAIN_UNKNOWN, 0)
    if result.parts is not None:
        for key, points in zip(FACTORS, (a, b, c, d, -off), strict=True):
            result.parts[key][block] = points
    # A copy, so that what is remembered does not keep the whole block alive.
    return known[known.shape[0] - memory.shape[0] :].copy()


def _look_up(values: NDArray[np.floating], steps: Steps) -> NDArray[np.int16]:
    return np.array(steps.scores, np.int16)[rows(values, steps.cuts)]


def _rain_points(
    known: NDArray[np.floating], days: int, table: RainTable, reading: Reading
) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    """Return C and where an unknown rain might decide it, from the rain of the memory and the block."""
    dry, nothing = -1, -2
    row = (rows(known, table.cuts) - 1).astype(np.int8)
    row[np.isnan(known)] = nothing
    points = np.full((days, *known.shape[1:]), table.none, np.int16)
    unknown = np.zeros(points.shape, bool)
    for back in reversed(range(table.within_days - reading.rain_day + 1)):
        end = known.shape[0] - back
        then = row[end - days : end]
        # Rows -1 and -2 look up the two entries at the end.
        ages = [table.score(r, back + reading.rain_day) for r in range(len(table.rows))]
        at_age = np.array([*ages, table.none, table.none], np.int16)[then]
        rained = then > dry
        if reading.several == "latest":
            points = np.where(rained, at_age, points)
            unknown = (unknown & ~rained) | (then == nothing)
        else:
            points = np.minimum(points, at_age)
            unknown |= then == nothing
    return points, unknown
