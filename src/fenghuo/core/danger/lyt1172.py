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
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fenghuo.core.danger.bounds import require
from fenghuo.core.danger.extremes import DailyExtremes
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.lyt1172_file import load_table, national
from fenghuo.core.danger.lyt1172_table import FACTORS, RainTable, Table

__all__ = [
    "DEFAULT",
    "FACTORS",
    "Part",
    "RainState",
    "RatedDay",
    "Reading",
    "Score",
    "Table",
    "load_table",
    "national",
    "provenance_note",
    "run",
    "score",
    "speed_of_force",
]

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
