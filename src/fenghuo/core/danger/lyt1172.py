"""The national forest fire weather classes of LY/T 1172-1995: HTZ = A + B + C + D - E, rated 1 to 5.

A is the score of the day's highest temperature, B of its lowest relative humidity, C of the rain and the days
since it, D of its highest wind, E of green fuel or snow. The numbers lie in `lyt1172.toml` with their source;
three of the five factors rest on one publication, which `provenance_note` says for screens. A user's own file
of the same format is read by `load_table`.

How the tables are read:

- A value is rounded to what it is recorded to (0.1 °C, 1 %, 0.1 mm, 0.1 m/s), half up, before it is looked
  up. So 5.04 °C is 5.0 and scores as "≤ 5", 5.05 °C is 5.1 and scores as "5.1 to 10".
- Bounds that two rows of rain share (2, 5 and 10 mm) belong to the lower row: the last row is printed as
  "> 10", so 10 belongs to the row before it.
- The sum is not cut off: with snow on cold, wet ground it can be negative, and is rated 1.

What the facts leave open is a named choice in `Reading`:

- `several`: which of several rains within eight days counts. `latest` (the default) is the table to the
  letter, which knows one rain and the days since it; `lowest` takes the rain that leaves the lowest score, so
  that a drizzle after a downpour does not raise the danger.
- `rain_day`: n on the day of the rain itself. 0 (the default), because no day has passed since; 1 for records
  that count the rain day as the first.
- `unknown_rain`: a day whose rain is not known never has a rating itself. For the eight days after it,
  `hold` (the default) counts it as without rain, which is how the FWI's codes are held over a gap, and marks
  the days that this could have decided `rain-unknown`; `unrated` gives those days no rating. The days before
  a record begins are unknown in the same way.

A day that lacks any input (None, NaN) has no rating and the mark `gap`; it still hands on its rain if known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather, require
from fenghuo.core.danger.cuts import rows
from fenghuo.core.danger.extremes import DailyExtremes
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.lyt1172_table import FACTORS, RainTable, Steps, Table, load_table, national

__all__ = [
    "DEFAULT",
    "FACTORS",
    "GAP",
    "RAIN_UNKNOWN",
    "Part",
    "RainGrid",
    "RainState",
    "RatedArrays",
    "RatedDay",
    "Reading",
    "Score",
    "Table",
    "compute",
    "load_table",
    "national",
    "provenance_note",
    "run",
    "score",
    "speed_of_force",
]

GAP, RAIN_UNKNOWN = 1, 2
"""Bits of `RatedArrays.marks`: an input is missing; an unknown rain could have decided the score."""

_BLOCK = 2_000_000
_INPUTS = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True, slots=True)
class Reading:
    """The named choices where the standard's table can be read in two ways; see the module's header."""

    several: Literal["latest", "lowest"] = "latest"
    rain_day: Literal[0, 1] = 0
    unknown_rain: Literal["hold", "unrated"] = "hold"

    def __post_init__(self) -> None:
        """Refuse a choice that does not exist, so that a misspelt setting never computes silently."""
        if self.several not in ("latest", "lowest"):
            raise ValueError(f"several {self.several!r}: use 'latest' or 'lowest'")
        if self.rain_day not in (0, 1):
            raise ValueError(f"rain_day {self.rain_day!r}: use 0 or 1")
        if self.unknown_rain not in ("hold", "unrated"):
            raise ValueError(f"unknown_rain {self.unknown_rain!r}: use 'hold' or 'unrated'")


DEFAULT = Reading()


@dataclass(frozen=True, slots=True)
class Part:
    """One factor of a score: its value, the `points` it adds (cover: takes off, so never above 0).

    For rain, `value` is the amount [mm] of the rain that counted and `days` the days since; both are None
    where no rain counted. For cover, `value` is None and `note` names the category.
    """

    key: str
    name: Text
    value: float | None
    unit: str
    points: int
    provenance: str
    source: Text
    days: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The sum HTZ [1] of a day, its rating 1 to 5 and the five parts it is the sum of, A to E."""

    parts: tuple[Part, ...]
    htz: int
    rating: int
    table: str
    class_provenance: str
    rain_unknown: bool = False

    @property
    def provenance(self) -> str:
        """The weakest provenance of the parts and the classes: `single-source`, `local` or `two`."""
        all_of_them = {part.provenance for part in self.parts} | {self.class_provenance}
        return next(p for p in ("single-source", "local", "two") if p in all_of_them)

    def part(self, key: str) -> Part:
        """Return the part of a factor, one of `FACTORS`."""
        return self.parts[FACTORS.index(key)]


@dataclass(frozen=True, slots=True)
class RainState:
    """The rain that the next days' scores depend on: up to `date`, oldest first [mm]; None is unknown."""

    date: date
    rain: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class RatedDay:
    """One day of a run; `score` is None where there is no rating, `state` what the next day starts from.

    `marks`: `gap` (an input is missing), `rain-unknown`, and those of the day's weather.
    """

    date: date
    score: Score | None
    missing: tuple[str, ...]
    marks: tuple[str, ...]
    state: RainState
    weather: DailyExtremes | None


def speed_of_force(force: ArrayLike, table: Table | None = None) -> NDArray[np.float64]:
    """Return the highest wind [m/s] of a Beaufort force 0 to 12, so that it scores as the force does.

    Any shape; NaN stays NaN. Forces that the table joins (8 and more) give a wind just above its last bound.
    Raises ValueError for what is not a whole force.
    """
    steps = (table or national()).wind
    forces = np.asarray(force, dtype=float)
    known = forces[~np.isnan(forces)]
    if np.any((known < 0) | (known > 12) | (known != np.floor(known))):
        raise ValueError("a Beaufort force is a whole number from 0 to 12")
    speeds = np.array([*steps.upper, steps.upper[-1] + steps.precision])
    rows = np.where(np.isnan(forces), 0, np.minimum(forces, len(steps.upper))).astype(np.intp)
    return np.where(np.isnan(forces), np.nan, speeds[rows])


def provenance_note(table: Table | None = None) -> Text | None:
    """Return the sentence that says which numbers rest on one publication; None where none does."""
    chosen = table or national()
    single = [key for key, provenance in chosen.provenance.items() if provenance == "single-source"]
    if not single:
        return None
    names = [
        getattr(chosen, key).name if key in FACTORS else Text("The classes", "等级划分") for key in single
    ]
    letters = ["ABCDE"[FACTORS.index(key)] if key in FACTORS else "" for key in single]
    en = [
        f"{name.en[0].lower()}{name.en[1:]}{f' ({a})' * bool(a)}"
        for name, a in zip(names, letters, strict=True)
    ]
    zh = [f"{name.zh}{f'({a})' * bool(a)}" for name, a in zip(names, letters, strict=True)]
    return Text(
        f"Single source: the scores of {', '.join(en)} rest on one publication; compare them with the "
        "printed standard before relying on them.",
        f"单一来源：{'、'.join(zh)}的分值只有一处文献依据，使用前请与印行的标准核对。",
    )


def score(
    day: DailyExtremes,
    before: Sequence[float | None] = (),
    cover: str = "none",
    table: Table | None = None,
    reading: Reading = DEFAULT,
) -> Score:
    """Return the score of one day, from its extremes and the rain of the days before it.

    `before` is the rain [mm] of the days before, oldest first, yesterday last, None where unknown; days
    further back than it reaches are unknown. `cover` is a category's key. Raises ValueError when the day
    lacks an input, `ImpossibleWeather` for a value that weather cannot have, KeyError for an unknown category.
    """
    if day.missing:
        raise ValueError(f"{day.date} lacks {', '.join(day.missing)}: it has no score")
    chosen = table or national()
    _require(day)
    category = chosen.cover.categories[chosen.cover.index(cover)]
    amount, days, points, unknown = _rain_of([*before, day.rain], chosen.rain, reading)
    a, b, d = (
        Part(s.key, s.name, getattr(day, s.key), s.unit, s.score(getattr(day, s.key)), s.provenance, s.source)
        for s in (chosen.temperature, chosen.humidity, chosen.wind)
    )
    rain, green = chosen.rain, chosen.cover
    c = Part("rain", rain.name, amount, "mm", points, rain.provenance, rain.source, days)
    e = Part(
        "cover", green.name, None, "", -category.score, green.provenance, green.source, note=category.name
    )
    parts = (a, b, c, d, e)
    htz = sum(part.points for part in parts)
    return Score(parts, htz, chosen.rating(htz), chosen.key, chosen.class_provenance, unknown)


def run(
    days: Iterable[DailyExtremes],
    start: RainState | None = None,
    cover: str | Callable[[date], str] = "none",
    table: Table | None = None,
    reading: Reading = DEFAULT,
) -> list[RatedDay]:
    """Return one result for every calendar day from the first (or the day after `start`) to the last.

    `days` must ascend by date; dates left out between them are gaps whose rain is unknown. `cover` is one
    category's key, or a function from the date to it (green seasons). Resuming from a stored `RainState`
    gives the same as one continuous run. Raises ValueError when dates do not ascend or lie before the state,
    and `ImpossibleWeather`.
    """
    chosen = table or national()
    length = chosen.rain.within_days
    memory = [None] * length if start is None else _last(start.rain, length)
    last = None if start is None else start.date
    results: list[RatedDay] = []
    for weather in days:
        if last is not None and weather.date <= last:
            raise ValueError(f"{weather.date} does not come after {last}: days must ascend, one a date")
        while last is not None and last + timedelta(days=1) < weather.date:
            last += timedelta(days=1)
            memory = _last([*memory, None], length)
            state = RainState(last, tuple(memory))
            results.append(RatedDay(last, None, _INPUTS, ("gap",), state, None))
        last = weather.date
        missing = weather.missing
        marks = ("gap",) * bool(missing) + weather.marks
        rated = None
        if missing:
            _require(weather)
        else:
            key = cover if isinstance(cover, str) else cover(last)
            rated = score(weather, memory, key, chosen, reading)
            if rated.rain_unknown:
                marks = ("rain-unknown", *marks)
                if reading.unknown_rain == "unrated":
                    rated = None
        memory = _last([*memory, None if "rain" in missing else weather.rain], length)
        results.append(RatedDay(last, rated, missing, marks, RainState(last, tuple(memory)), weather))
    return results


def _last(rains: Sequence[float | None], length: int) -> list[float | None]:
    padded = [*[None] * length, *rains]
    return padded[len(padded) - length :]


def _require(day: DailyExtremes) -> None:
    for quantity in _INPUTS:
        if quantity not in day.missing:
            value = getattr(day, quantity)
            require(quantity, value * 3.6 if quantity == "wind" else value)


def _rain_of(
    rains: Sequence[float | None], table: RainTable, reading: Reading
) -> tuple[float | None, int | None, int, bool]:
    """Return amount, days since, score of the rain that counts, and whether an unknown one might count."""
    best: tuple[float | None, int | None, int] = (None, None, table.none)
    unknown, least = False, table.cuts[0]
    for back in range(table.within_days - reading.rain_day + 1):
        amount = rains[-1 - back] if back < len(rains) else None
        if amount is None or math.isnan(amount):
            unknown = True
            continue
        if amount < least:
            continue
        row = table.row(amount)
        days = back + reading.rain_day
        points = table.score(row, days)
        if reading.several == "latest":
            return amount, days, points, unknown
        if points < best[2] or best[0] is None:
            best = (amount, days, points)
    return *best, unknown


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
