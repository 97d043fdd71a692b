"""Which stamps of a gridded record belong to which local day: clocks of cells, windows, and what stands at noon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfoNotFoundError

import numpy as np
import xarray as xr

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io.unreadable import UnreadableGrid
from fenghuo.core.danger.weather import standard_offset

Noon = Literal["solar"] | str | timedelta
# Half an hour either way is still the hourly reading that belongs to noon (weather.noon_days).
FAR = timedelta(minutes=30)
DAY = 86400


@dataclass(frozen=True, slots=True)
class Clock:
    """A local standard time: a fixed offset from UTC [s], or a zone whose standard offset may change by year."""

    offset: int
    zone: str = ""

    def at(self, days: np.ndarray, hour: int) -> np.ndarray:
        """Return the UTC seconds of an hour of local days (days since 1970)."""
        return days * DAY + hour * 3600 - self.of(days)

    def of(self, days: np.ndarray) -> np.ndarray | int:
        """Return the offset [s] that is in force on each day."""
        if not self.zone:
            return self.offset
        years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
        known, place = np.unique(years, return_inverse=True)
        offsets = [int(standard_offset(self.zone, int(year)).total_seconds()) for year in known]
        return np.asarray(offsets, dtype=np.int64)[place]


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a grid, and which one each cell goes by, along the axes that the choice varies with."""

    clocks: tuple[Clock, ...]
    choice: np.ndarray
    dims: tuple[str, ...]

    @classmethod
    def of(cls, weather: xr.Dataset, noon: Noon) -> Clocks:
        """Return the clocks that noon goes by; raises `UnreadableGrid` for no zone or no longitude."""
        if isinstance(noon, timedelta):
            return cls((Clock(round(noon.total_seconds())),), np.zeros((), np.int16), ())
        if noon != "solar":
            try:
                standard_offset(noon, 2000)
            except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
                raise UnreadableGrid(
                    "zone-unknown",
                    Text(f"There is no time zone {noon!r}.", f"没有名为“{noon}”的时区。"),
                    Text(
                        'Write "solar" or a name such as Asia/Shanghai.',
                        "请写 solar 或时区名称，例如 Asia/Shanghai。",
                    ),
                ) from unknown
            return cls((Clock(0, noon),), np.zeros((), np.int16), ())
        if "longitude" not in weather.coords:
            raise UnreadableGrid(
                "coordinate-missing",
                Text("Noon by the sun needs the longitude of the cells.", "按太阳时取正午需要格点经度。"),
                Text("Add the coordinate longitude, or name a zone.", "请增加 longitude 坐标，或指定时区。"),
            )
        longitude = weather["longitude"]
        east = longitude.values.astype(np.float64)
        if not np.isfinite(east).all():
            raise ValueError("longitude holds values that are no numbers")
        east = east - 360.0 * np.ceil((east - 180.0) / 360.0) * (east > 180.0)
        east = east + 360.0 * np.ceil((-180.0 - east) / 360.0) * (east < -180.0)
        # As weather.solar_offset: to the minute, half a minute to the even one.
        offsets, choice = np.unique(np.rint(east * 4.0).astype(np.int64) * 60, return_inverse=True)
        clocks = tuple(Clock(int(offset)) for offset in offsets)
        return cls(clocks, choice.reshape(east.shape).astype(np.int16), tuple(map(str, longitude.dims)))


@dataclass(frozen=True, slots=True)
class Stamps:
    """For each day (last axis) the stamps to take, nearest first (−1: none), and whether each is marked."""

    rows: np.ndarray
    far: np.ndarray

    def part(self, begin: int, end: int) -> Stamps:
        """Return those of some of the days."""
        return Stamps(self.rows[:, begin:end], self.far[:, begin:end])

    def moved(self, low: int) -> Stamps:
        """Return them counted from the stamp `low`."""
        return Stamps(np.where(self.rows < 0, -1, self.rows - low), self.far)

    def reach(self) -> tuple[int, int] | None:
        """Return the first stamp taken and the one after the last."""
        used = self.rows[self.rows >= 0]
        return (int(used.min()), int(used.max()) + 1) if used.size else None

    def signature(self) -> bytes:
        """Return what is equal for plans that take the same stamps."""
        return self.rows.tobytes() + self.far.tobytes()


@dataclass(frozen=True, slots=True)
class Window:
    """For each day (last axis) the first stamp of a window and the one after its last."""

    bounds: np.ndarray

    def part(self, begin: int, end: int) -> Window:
        """Return those of some of the days."""
        return Window(self.bounds[:, begin:end])

    def moved(self, low: int) -> Window:
        """Return them counted from the stamp `low`."""
        return Window(np.maximum(self.bounds - low, 0))

    def reach(self) -> tuple[int, int] | None:
        """Return the first stamp within and the one after the last."""
        used = self.bounds[:, self.bounds[1] > self.bounds[0]]
        return (int(used[0].min()), int(used[1].max())) if used.size else None

    def signature(self) -> bytes:
        """Return what is equal for plans that take the same stamps."""
        return self.bounds.tobytes()


Plan = Stamps | Window


def window_of(
    times: np.ndarray, begins: np.ndarray, ends: np.ndarray, side: Literal["left", "right"]
) -> Window:
    """Side left: from begin to before end (readings). Side right: after begin to end (sums that end at stamps)."""
    return Window(np.searchsorted(times, np.stack([begins, ends]), side))


def stamps_of(times: np.ndarray, noon: np.ndarray, near: int) -> Stamps:
    """Return the stamps within `near` [s] of each noon, all in seconds since 1970."""
    first = np.searchsorted(times, noon - near, "left")
    stop = np.searchsorted(times, noon + near, "right")
    most = max(1, int((stop - first).max(initial=0)))
    rows = first + np.arange(most)[:, None]
    reach = np.abs(times[np.minimum(rows, len(times) - 1)] - noon)
    outside = rows >= stop
    order = np.argsort(np.where(outside, np.iinfo(np.int64).max, reach), axis=0, kind="stable")
    rows = np.take_along_axis(np.where(outside, -1, rows), order, axis=0)
    far = np.take_along_axis(reach > FAR.total_seconds(), order, axis=0) & (rows >= 0)
    return Stamps(rows, far)


def plans_for(
    clocks: Clocks,
    times: np.ndarray,
    plan: Callable[[Clock, np.ndarray, np.ndarray], Any],
    step: float,
    days_of: Callable[[Clock, np.ndarray], tuple[int, int]],
) -> tuple[Clocks, list[Any], np.ndarray]:
    """Return the clocks that differ in what they take from the stamps, a plan for each, and the days of the record.

    A minute more or less of solar time seldom changes which stamps are taken; the clocks that agree on an ideal
    axis of stamps agree on every part of it, so they share one plan.
    """
    lattice = times[0] % DAY + np.arange(-3 * DAY, 5 * DAY, round(step * 3600))
    kinds: dict[bytes, int] = {}
    alike = np.empty(len(clocks.clocks), np.int16)
    shown: list[Clock] = []
    for number, clock in enumerate(clocks.clocks):
        if clock.zone:
            signature = clock.zone.encode()
        else:
            signature = b"|".join(part.signature() for part in plan(clock, lattice, np.arange(2)))
        if signature not in kinds:
            kinds[signature] = len(shown)
            shown.append(clock)
        alike[number] = kinds[signature]
    spans = [days_of(clock, times) for clock in shown]
    days = np.arange(min(first for first, _ in spans), max(last for _, last in spans) + 1)
    merged = Clocks(tuple(shown), alike[clocks.choice], clocks.dims)
    return merged, [plan(clock, times, days) for clock in shown], days


def any_days(clock: Clock, times: np.ndarray) -> tuple[int, int]:
    """Return the first and last local day that a record has a stamp in."""
    ends = times[[0, -1]]
    days = (ends + clock.of(ends // DAY)) // DAY
    return int(days[0]), int(days[1])


def noon_days(near: int) -> Callable[[Clock, np.ndarray], tuple[int, int]]:
    """A record that ends before noon, or begins after it, says nothing about that day."""

    def days_of(clock: Clock, times: np.ndarray) -> tuple[int, int]:
        first, last = any_days(clock, times)
        noons = clock.at(np.array([first, last]), 12)
        return first + int(times[0] > noons[0] + near), last - int(times[-1] < noons[1] - near)

    return days_of


def refuse_unreachable(
    clocks: Clocks, plans: list[Stamps], times: np.ndarray, days: np.ndarray, step: float
) -> None:
    """Raise `UnreadableGrid` where a clock finds no stamp near any of its noons."""
    for clock, plan in zip(clocks.clocks, plans, strict=True):
        noons = clock.at(days, 12)
        inside = (noons >= times[0]) & (noons <= times[-1])
        if inside.any() and not (plan.rows[0, inside] >= 0).any():
            raise UnreadableGrid(
                "noon-out-of-reach",
                Text(
                    f"The stamps are {step:g} hours apart and none comes near enough to noon.",
                    f"资料每 {step:g} 小时一次，没有足够接近正午的时次。",
                ),
                Text(
                    f"Give hourly weather, or allow a tolerance of {step * 30:g} minutes.",
                    f"请提供逐小时资料，或把容差放宽到 {step * 30:g} 分钟。",
                ),
            )


def values_at_noon(values: np.ndarray, stamps: Stamps) -> np.ndarray:
    """Return the value nearest to each noon, (days, cells), from values of shape (stamps, cells)."""
    result = np.full((stamps.rows.shape[1], values.shape[1]), np.nan, values.dtype)
    for rows in stamps.rows:
        there = np.flatnonzero(rows >= 0)
        if there.size:
            taken = result[there]
            result[there] = np.where(np.isnan(taken), values[rows[there]], taken)
    return result


def shifted_at_noon(values: np.ndarray, stamps: Stamps) -> np.ndarray:
    """Return 1 where the value at noon was taken from far of it, (days, cells)."""
    result = np.zeros((stamps.rows.shape[1], values.shape[1]), np.uint8)
    still_open = np.ones(result.shape, bool)
    for rows, far in zip(stamps.rows, stamps.far, strict=True):
        there = np.flatnonzero(rows >= 0)
        if there.size:
            taken = still_open[there] & ~np.isnan(values[rows[there]])
            result[there] |= taken & far[there, None]
            still_open[there] &= ~taken
    return result
