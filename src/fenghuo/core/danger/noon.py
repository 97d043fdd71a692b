"""Gridded hourly weather made into daily weather: noon values, rain to noon, and the extremes of a day.

The rules are those of one station (`weather.noon_days`, `extremes.daily_extremes`), cell by cell:

- Noon is 12:00 of a fixed offset from UTC: a zone's standard time (summer time never moves it), a stated offset, or
  the mean solar time of the cell's longitude to the minute. The day is the local date, so either side of the 180°
  meridian noon of one date lies 24 hours apart. 180° is taken as written: +180 is the first to see a day, −180 the
  last.
- Where the stamp nearest to noon has no value, the next nearest within `tolerance` stands in, the earlier of two
  equally near. A value from more than 30 minutes away is marked.
- Rain is the sum of the amounts whose step ends in the 24 hours to noon; below `minimum_rain_hours` of them it is
  missing, below 24 it is marked. Where steps do not end at noon, the 24 hours end at the last stamp before it.

Arrays in Dask chunks stay lazy. A task takes the hours of some days over a block of cells, so memory is bounded by
that, whatever the grid and the record; where the file's chunks are whole maps, by the maps of about two days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
import xarray as xr

from fenghuo.core.danger.bounds import BOUNDS
from fenghuo.core.danger.extremes import MINIMUM_HOURS, RainDay
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io.unreadable import UnreadableGrid
from fenghuo.core.danger.noon_stamps import (
    DAY,
    Clock,
    Clocks,
    Noon,
    Plan,
    Stamps,
    Window,
    any_days,
    noon_days,
    plans_for,
    refuse_unreachable,
    shifted_at_noon,
    stamps_of,
    values_at_noon,
    window_of,
)
from fenghuo.core.danger.weather import MINIMUM_RAIN_HOURS, NOON_TOLERANCE

MARKS = {
    "temperature_shifted": 1,
    "humidity_shifted": 2,
    "wind_shifted": 4,
    "rain_incomplete": 8,
    "daily_mean": 16,
}
# Values a task takes in at once: 64 MiB in single precision.
TASK_VALUES = 16 * 1024 * 1024
_AT_NOON = ("air_temperature", "relative_humidity", "wind_speed")
_RAIN_ENDS = {"20-20": 20, "08-08": 8, "08-08-next": 32}


def daily(
    weather: xr.Dataset,
    noon: Noon = "solar",
    *,
    tolerance: timedelta = NOON_TOLERANCE,
    minimum_rain_hours: int = MINIMUM_RAIN_HOURS,
    days_per_chunk: int | None = None,
) -> xr.Dataset:
    """Return the noon weather of every local day (time, *cells) of standard hourly weather (`grids.open_weather`).

    `noon` is `"solar"`, the name of a zone such as `"Asia/Shanghai"`, or a fixed offset from UTC. Steps longer than
    two hours need a `tolerance` of half a step to be stated. `time` becomes the local date at midnight; the variables
    keep their names and units, `precipitation_amount` is that of the 24 hours to noon, and `weather_marks` holds the
    flags of `MARKS`. A day before or after the record at a cell is missing there.

    Daily data pass through unchanged; daily means carry the mark `daily_mean`, because they are not noon values.
    Raises `UnreadableGrid` for a zone that does not exist or a noon that no stamp comes near.
    """
    if _step_hours(weather) >= 24.0:
        return _passed_through(weather)
    times = _seconds(weather)
    clocks = Clocks.of(weather, noon)
    near = round(tolerance.total_seconds())

    def plan(clock: Clock, stamps: np.ndarray, days: np.ndarray) -> tuple[Stamps, Window]:
        noons = clock.at(days, 12)
        return stamps_of(stamps, noons, near), window_of(stamps, noons - DAY, noons, "right")

    clocks, plans, days = plans_for(clocks, times, plan, _step_hours(weather), noon_days(near))
    at_noon: list[Plan] = [stamps for stamps, _ in plans]
    to_noon: list[Plan] = [window for _, window in plans]
    refuse_unreachable(clocks, [stamps for stamps, _ in plans], times, days, _step_hours(weather))
    layout = _Layout.of(weather, times, days, days_per_chunk)
    result: dict[str, xr.DataArray] = {}
    marks: list[tuple[xr.DataArray, int]] = []
    for name in (*_AT_NOON, "snow_depth"):
        if name not in weather:
            continue
        array = weather[name]
        result[name] = layout.reduced(array, clocks, at_noon, values_at_noon, array.dtype)
        result[name].attrs = {**array.attrs, "cell_methods": "time: point"}
        if name in _AT_NOON:
            shifted = layout.reduced(array, clocks, at_noon, shifted_at_noon, np.dtype("uint8"))
            marks.append((shifted, 1 << _AT_NOON.index(name)))
    rain = weather["precipitation_amount"]
    rule = _RainRule(_period_hours(weather), minimum_rain_hours)
    result["precipitation_amount"] = layout.reduced(rain, clocks, to_noon, rule.amount, rain.dtype)
    result["precipitation_amount"].attrs = {**rain.attrs, "period_hours": 24.0, "cell_methods": "time: sum"}
    incomplete = layout.reduced(rain, clocks, to_noon, rule.incomplete, np.dtype("uint8"))
    marks.append((incomplete, MARKS["rain_incomplete"]))
    flags = marks[0][0] * np.uint8(marks[0][1])
    for flag, bit in marks[1:]:
        flags = flags | (flag * np.uint8(bit))
    result["weather_marks"] = flags.assign_attrs(_mark_attrs())
    return _finished(result, weather, "noon", _words(noon))


def daily_extremes(
    weather: xr.Dataset,
    noon: Noon = "Asia/Shanghai",
    *,
    rain_day: RainDay = "20-20",
    minimum_hours: int = MINIMUM_HOURS,
    days_per_chunk: int | None = None,
) -> xr.Dataset:
    """Return the day's extremes and the rain of its rain day, as LY/T 1172 takes them, of standard hourly weather.

    `air_temperature_max` [degC], `relative_humidity_min` [%] and `wind_speed_max` [m/s] are over the stamps 00:00
    to 23:59 of the local day; `precipitation_amount` [mm] is over the `rain_day` of `extremes` (`"20-20"`,
    `"08-08"`, `"08-08-next"`). With fewer than `minimum_hours` of the 24 a value is missing. `noon` names the
    clock as in `daily`. Raises `UnreadableGrid` for daily data, of which the extremes cannot be known.
    """
    if rain_day not in _RAIN_ENDS:
        raise ValueError(f"rain_day {rain_day!r}: use {', '.join(_RAIN_ENDS)}")
    step = _step_hours(weather)
    if step >= 24.0:
        raise UnreadableGrid(
            "daily-only",
            Text(
                "These are daily values; the day's extremes cannot be known from them.",
                "这是逐日资料，无法由此得知当日极值。",
            ),
            Text("Give hourly weather.", "请提供逐小时资料。"),
        )
    times = _seconds(weather)
    clocks = Clocks.of(weather, noon)

    def plan(clock: Clock, stamps: np.ndarray, days: np.ndarray) -> tuple[Window, Window]:
        begins, ends = clock.at(days, 0), clock.at(days, _RAIN_ENDS[rain_day])
        return (
            window_of(stamps, begins, begins + DAY, "left"),
            window_of(stamps, ends - DAY, ends, "right"),
        )

    clocks, plans, days = plans_for(clocks, times, plan, step, any_days)
    readings: list[Plan] = [window for window, _ in plans]
    amounts: list[Plan] = [window for _, window in plans]
    layout = _Layout.of(weather, times, days, days_per_chunk)
    result: dict[str, xr.DataArray] = {}
    for name, extreme, factor in (
        ("air_temperature", "max", 1.0),
        ("relative_humidity", "min", 1.0),
        ("wind_speed", "max", 1.0 / 3.6),
    ):
        array = weather[name]
        rule = _ExtremeRule(extreme, step, minimum_hours, factor)
        reduced = layout.reduced(array, clocks, readings, rule.extreme, array.dtype)
        methods = {"max": "time: maximum", "min": "time: minimum"}[extreme]
        reduced.attrs = {**array.attrs, "cell_methods": methods}
        result[f"{name}_{extreme}"] = reduced
    result["wind_speed_max"].attrs["units"] = "m/s"
    rain = weather["precipitation_amount"]
    rain_rule = _RainRule(_period_hours(weather), minimum_hours)
    result["precipitation_amount"] = layout.reduced(rain, clocks, amounts, rain_rule.amount, rain.dtype)
    result["precipitation_amount"].attrs = {**rain.attrs, "period_hours": 24.0, "cell_methods": "time: sum"}
    return _finished(result, weather, "extremes", f"{_words(noon)}; rain day {rain_day}")


@dataclass(frozen=True, slots=True)
class _RainRule:
    """The sum of the amounts of a window, with at least `minimum` of its 24 hours."""

    hours: float
    minimum: float

    def amount(self, values: np.ndarray, window: Window) -> np.ndarray:
        result = np.full((window.bounds.shape[1], values.shape[1]), np.nan, values.dtype)
        for day, (first, stop) in enumerate(window.bounds.T):
            total, usable = self._sum(values[first:stop])
            result[day] = np.where(usable & (total <= BOUNDS["rain"].high), total, np.nan)
        return result

    def incomplete(self, values: np.ndarray, window: Window) -> np.ndarray:
        result = np.zeros((window.bounds.shape[1], values.shape[1]), np.uint8)
        for day, (first, stop) in enumerate(window.bounds.T):
            known = ~np.isnan(values[first:stop])
            hours = known.sum(axis=0) * self.hours
            result[day] = (hours >= self.minimum) & (hours < 24.0)
        return result

    def _sum(self, amounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        known = ~np.isnan(amounts)
        hours = known.sum(axis=0) * self.hours
        # One after the other: numpy's sum would group them by the number of cells, so that chunks changed a bit.
        total = np.zeros(amounts.shape[1:], np.float64)
        for amount in np.where(known, amounts, 0):
            total += amount
        # More than 24 hours of amounts would count the same rain twice.
        return total, (hours >= self.minimum) & (hours <= 24.0)


@dataclass(frozen=True, slots=True)
class _ExtremeRule:
    """The extreme of a window's values, with at least `minimum` of its 24 hours."""

    kind: Literal["max", "min"]
    hours: float
    minimum: float
    factor: float

    def extreme(self, values: np.ndarray, window: Window) -> np.ndarray:
        result = np.full((window.bounds.shape[1], values.shape[1]), np.nan, values.dtype)
        pick = np.fmax if self.kind == "max" else np.fmin
        for day, (first, stop) in enumerate(window.bounds.T):
            if stop > first:
                known = (~np.isnan(values[first:stop])).sum(axis=0) * self.hours
                best = pick.reduce(values[first:stop], axis=0) * self.factor
                result[day] = np.where(known >= self.minimum, best, np.nan)
        return result


# --- laying the work out over chunks ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the days and the cells are cut into tasks."""

    days: np.ndarray
    cuts: tuple[tuple[int, int], ...]
    cell_chunks: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, weather: xr.Dataset, times: np.ndarray, days: np.ndarray, wanted: int | None) -> _Layout:
        array = weather["air_temperature"]
        if not hasattr(array.data, "dask"):
            return cls(days, ((0, len(days)),), {})
        chunks = dict(zip(array.dims, array.data.chunks, strict=True))
        cells = {str(dim): sizes for dim, sizes in chunks.items() if dim != "time"}
        stamps_a_day = max(1.0, len(times) * DAY / (times[-1] - times[0] + 1))
        a_day = stamps_a_day * float(np.prod([max(sizes) for sizes in cells.values()]))
        if 2.0 * a_day > TASK_VALUES and cells:
            # Two days are the least that a day's hours lie in; too many cells for that are cut along their first axis.
            dim = next(iter(cells))
            longest = max(1, int(max(cells[dim]) * TASK_VALUES / (2.0 * a_day)))
            cells[dim] = tuple(part for size in cells[dim] for part in _cut(size, longest))
            a_day = stamps_a_day * float(np.prod([max(sizes) for sizes in cells.values()]))
        length = wanted or max(1, int(TASK_VALUES / a_day) - 1)
        starts = range(0, len(days), length)
        return cls(days, tuple((start, min(start + length, len(days))) for start in starts), cells)

    def reduced(
        self,
        array: xr.DataArray,
        clocks: Clocks,
        plans: list[Plan],
        rule: Callable[..., np.ndarray],
        dtype: np.dtype,
    ) -> xr.DataArray:
        """Return the array with its stamps reduced to days."""
        choice = _along(clocks, array.dims[1:])
        if not hasattr(array.data, "dask"):
            data: Any = _reduce(array.values, plans, choice, rule, len(self.days))
        else:
            import dask.array as da

            source = array.data.rechunk(
                {n + 1: self.cell_chunks[str(d)] for n, d in enumerate(array.dims[1:])}
            )
            data = da.concatenate(
                [self._part(source, begin, end, plans, choice, rule, dtype) for begin, end in self.cuts]
            )
        times = self.days.astype("datetime64[D]").astype("datetime64[s]")
        coords = {
            name: coordinate
            for name, coordinate in array.coords.items()
            if name != "time" and "time" not in coordinate.dims
        }
        return xr.DataArray(data, {"time": ("time", times), **coords}, array.dims, name=array.name)

    def _part(self, source: Any, begin: int, end: int, plans: Any, choice: Any, rule: Any, dtype: Any) -> Any:
        import dask.array as da

        here = [plan.part(begin, end) for plan in plans]
        reaches = [reach for plan in here if (reach := plan.reach()) is not None]
        if not reaches:
            nothing = np.nan if dtype.kind == "f" else 0
            shape = (end - begin, *source.shape[1:])
            return da.full(shape, nothing, dtype=dtype, chunks=(end - begin, *source.chunks[1:]))
        low, high = min(first for first, _ in reaches), max(stop for _, stop in reaches)
        moved = [plan.moved(low) for plan in here]
        hours = source[low:high].rechunk({0: -1})
        return hours.map_blocks(
            _reduce,
            moved,
            choice,
            rule,
            end - begin,
            dtype=dtype,
            chunks=((end - begin,), *hours.chunks[1:]),
            meta=np.empty((0,) * hours.ndim, dtype),
        )


def _cut(size: int, longest: int) -> tuple[int, ...]:
    parts = -(-size // longest)
    return tuple(size // parts + (n < size % parts) for n in range(parts))


def _along(clocks: Clocks, dims: tuple[Any, ...]) -> np.ndarray:
    """Return the choice of clock with one axis for each of the cells' dimensions, of length 1 where it is constant."""
    choice = xr.DataArray(clocks.choice, dims=clocks.dims)
    for dim in dims:
        if dim not in choice.dims:
            choice = choice.expand_dims(dim)
    return choice.transpose(*dims).values


def _reduce(
    values: np.ndarray,
    plans: list[Plan],
    choice: np.ndarray,
    rule: Callable[..., np.ndarray],
    days: int,
    block_info: Mapping[Any, Any] | None = None,
) -> np.ndarray:
    """Reduce one block (stamps, *cells) to (days, *cells), the cells of each clock together."""
    cells = values.shape[1:]
    if block_info:
        places = block_info[0]["array-location"][1:]
        choice = choice[
            tuple(slice(*p) if n > 1 else slice(None) for p, n in zip(places, choice.shape, strict=True))
        ]
    present = np.unique(choice)
    flat = values.reshape(len(values), -1)
    if len(present) == 1:
        return rule(flat, plans[int(present[0])]).reshape(days, *cells)
    clock = np.broadcast_to(choice, cells).ravel()
    result: np.ndarray | None = None
    for one in present:
        where = np.flatnonzero(clock == one)
        reduced = rule(flat[:, where], plans[int(one)])
        if result is None:
            result = np.empty((days, flat.shape[1]), reduced.dtype)
        result[:, where] = reduced
    return result.reshape(days, *cells)


# --- the dataset around them ------------------------------------------------------------------------------------


def _seconds(weather: xr.Dataset) -> np.ndarray:
    times = weather["time"].values.astype("datetime64[s]").astype(np.int64)
    if not len(times) or not (np.diff(times) > 0).all():
        raise ValueError("the times of the weather must ascend, each of them once")
    return times


def _step_hours(weather: xr.Dataset) -> float:
    if "time_step_hours" in weather.attrs:
        return float(weather.attrs["time_step_hours"])
    times = _seconds(weather)
    return float(np.diff(times).min() / 3600) if len(times) > 1 else 24.0


def _period_hours(weather: xr.Dataset) -> float:
    return float(weather["precipitation_amount"].attrs.get("period_hours", _step_hours(weather)))


def _passed_through(weather: xr.Dataset) -> xr.Dataset:
    dates = weather["time"].values.astype("datetime64[D]").astype("datetime64[s]")
    result = weather.assign_coords(time=("time", dates, weather["time"].attrs))
    mean = weather.attrs.get("daily_values") == "mean"
    mark = np.uint8(MARKS["daily_mean"] if mean else 0)
    marks = xr.full_like(result["air_temperature"], mark, dtype=np.uint8)
    marks.attrs = _mark_attrs()
    return result.assign(weather_marks=marks)


def _mark_attrs() -> dict[str, Any]:
    return {
        "standard_name": "status_flag",
        "long_name": "what is special about the weather of a day",
        "flag_masks": np.array(list(MARKS.values()), np.uint8),
        "flag_meanings": " ".join(MARKS),
    }


def _words(noon: Noon) -> str:
    if isinstance(noon, timedelta):
        minutes = round(noon.total_seconds() / 60)
        return f"local time UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    return "mean solar time of each cell" if noon == "solar" else f"standard time of {noon}"


def _finished(result: dict[str, xr.DataArray], weather: xr.Dataset, kind: str, clock: str) -> xr.Dataset:
    dataset = xr.Dataset(result, attrs=dict(weather.attrs))
    dataset["time"].attrs = {"standard_name": "time", "long_name": "local date"}
    dataset.attrs |= {"time_step_hours": 24.0, "frequency": "day", "daily_values": kind, "local_time": clock}
    return dataset
