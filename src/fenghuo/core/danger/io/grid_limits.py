"""Holds gridded weather to the physical bounds, chunk by chunk as it is computed, and says where it breaks them.

What packing and rounding leave just outside a bound is put onto the bound: rain down to −0.05 mm (half of what a
gauge resolves) and humidity down to −0.5 % count as 0, humidity up to `humidity_up_to` as 100 %. Anything further
out is impossible: refused when its chunk is computed, or set missing, as the caller chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from fenghuo.core.danger.bounds import BOUNDS, Bound, ImpossibleWeather
from fenghuo.core.danger.finding import Finding, Text
from fenghuo.core.danger.io.grid_quantities import quantities
from fenghuo.core.danger.weather import DEW_POINT_SLACK

if TYPE_CHECKING:
    import xarray as xr

Choice = Literal["refuse", "missing", "keep"]
# What 0.2 °C of dew point above the air (`weather.DEW_POINT_SLACK`) makes of the humidity at 0 °C.
HUMIDITY_UP_TO = 101.5
ROUNDING_BELOW = {"rain": 0.05, "humidity": 0.5}
_DEW_ABOVE_AIR = Bound(
    "dew-point-above-air",
    -np.inf,
    DEW_POINT_SLACK,
    "°C",
    Text("Dew point above the air temperature by", "露点高于气温"),
)


class ImpossibleCell(ImpossibleWeather):
    """The first impossible value of a chunk, with its time (UTC), place in degrees and how many the chunk has."""

    def __init__(
        self,
        rule: str,
        quantity: str,
        value: float,
        message: Text,
        time: np.datetime64 | None = None,
        latitude: float = np.nan,
        longitude: float = np.nan,
        count: int = 1,
    ) -> None:
        super().__init__(rule, quantity, value, message)
        self.time = time
        self.latitude = latitude
        self.longitude = longitude
        self.count = count

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between the processes of a cluster with all its parts."""
        given = (self.rule, self.quantity, self.value, self.message)
        return type(self), (*given, self.time, self.latitude, self.longitude, self.count)


@dataclass(frozen=True, slots=True)
class ImpossibleCells:
    """How many values of a variable break its bound, and the first of them in time and place."""

    variable: str
    rule: str
    count: int
    time: np.datetime64
    latitude: float
    longitude: float
    value: float
    message: Text

    def finding(self) -> Finding:
        """Return the form that commands print; `row` is 0, because a grid has no lines."""
        where = f"{_moment(self.time)} {_place(self.latitude, self.longitude)}"
        return Finding(
            self.rule,
            0,
            self.variable,
            f"{self.value:g}",
            Text(
                f"{self.count} impossible values; the first at {where}. {self.message.en}",
                f"共有 {self.count} 个不可能的值，首个在 {where}。{self.message.zh}",
            ),
            FIX,
        )


FIX = Text(
    "Check the variable's unit and its fill value, or have such values treated as missing.",
    "请检查该变量的单位和缺测填充值，或选择把这类值按缺测处理。",
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cells of an array stand: times, and coordinates with the axes of the array that they vary along."""

    times: np.ndarray
    latitude: np.ndarray
    latitude_axes: tuple[int, ...]
    longitude: np.ndarray
    longitude_axes: tuple[int, ...]

    @classmethod
    def of(cls, array: xr.DataArray) -> Places:
        """Take the places from a standard array's coordinates; NaN where it has none."""
        parts: list[Any] = []
        for name in ("latitude", "longitude"):
            coordinate = array.coords.get(name)
            if coordinate is None:
                parts += [np.float64(np.nan), ()]
            else:
                parts += [coordinate.values, tuple(array.dims.index(dim) for dim in coordinate.dims)]
        return cls(array["time"].values, *parts)

    def at(self, index: tuple[int, ...]) -> tuple[np.datetime64, float, float]:
        """Return time, latitude and longitude of one value."""
        latitude = self.latitude[tuple(index[axis] for axis in self.latitude_axes)]
        longitude = self.longitude[tuple(index[axis] for axis in self.longitude_axes)]
        return self.times[index[0]], float(latitude), float(longitude)


def hold(
    array: xr.DataArray, variable: str, choice: Choice, humidity_up_to: float = HUMIDITY_UP_TO
) -> xr.DataArray:
    """Return a standard variable held to its bound by `choice`; lazy where the array is."""
    return _apply(array, _slack(variable, humidity_up_to), choice, Places.of(array))


def hold_dew_point(dew_point: xr.DataArray, air: xr.DataArray, choice: Choice) -> xr.DataArray:
    """Return the dew point [°C] held to lie no more than the readings' rounding above the air [°C]."""
    excess = _apply(dew_point - air, _Limit("dew_point", _DEW_ABOVE_AIR), choice, Places.of(dew_point))
    kept = excess.where((excess > DEW_POINT_SLACK) | ~(excess > 0.0), 0.0)
    return (air + kept).assign_attrs(dew_point.attrs)


@dataclass(frozen=True, slots=True)
class _Limit:
    quantity: str
    bound: Bound
    below: float = 0.0
    above: float = 0.0

    def mend(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the values with rounding put onto the bound, and which of them remain impossible."""
        # 1e-4 is what single precision loses of a temperature in kelvin.
        low, high = self.bound.low - self.below - 1e-4, self.bound.high + self.above + 1e-4
        with np.errstate(invalid="ignore"):
            impossible = (values < low) | (values > high)
            return np.where(impossible, values, np.clip(values, self.bound.low, self.bound.high)), impossible


def _slack(variable: str, humidity_up_to: float) -> _Limit:
    quantity = quantities()[variable].limit or ""
    above = humidity_up_to - 100.0 if quantity == "humidity" else 0.0
    return _Limit(quantity, BOUNDS[quantity], ROUNDING_BELOW.get(quantity, 0.0), above)


def _apply(array: xr.DataArray, limit: _Limit, choice: Choice, places: Places) -> xr.DataArray:
    values = array.data
    if hasattr(values, "dask"):
        held = values.map_blocks(_block, limit, choice, places, dtype=values.dtype, meta=values._meta)
    else:
        held = _block(array.values, limit, choice, places)
    return array.copy(data=held)


def _block(
    values: np.ndarray,
    limit: _Limit,
    choice: Choice,
    places: Places,
    block_info: Mapping[Any, Any] | None = None,
) -> np.ndarray:
    mended, impossible = limit.mend(values)
    if choice == "keep" or not impossible.any():
        return mended
    if choice == "missing":
        return np.where(impossible, np.asarray(np.nan, values.dtype), mended)
    corner = [start for start, _ in block_info[0]["array-location"]] if block_info else [0] * values.ndim
    first = np.unravel_index(int(np.argmax(impossible)), values.shape)
    value = float(values[first])
    time, latitude, longitude = places.at(tuple(int(i) + c for i, c in zip(first, corner, strict=True)))
    sentence = limit.bound.message(value)
    where = f"{_moment(time)} {_place(latitude, longitude)}"
    raise ImpossibleCell(
        limit.bound.rule,
        limit.quantity,
        value,
        Text(f"{sentence.en} ({where}) {FIX.en}", f"{sentence.zh}({where}){FIX.zh}"),
        time,
        latitude,
        longitude,
        int(impossible.sum()),
    )


def impossible_values(dataset: xr.Dataset) -> tuple[ImpossibleCells, ...]:
    """Count the impossible values of a dataset that was opened with `impossible="keep"`, in one pass over it.

    Computes: every chunk is read once and let go. Returns one entry a variable that has any, with the first in
    time and place.
    """
    import dask

    found = []
    for name, quantity in quantities().items():
        if name not in dataset or quantity.limit is None:
            continue
        array = dataset[name]
        limit, places = _slack(name, HUMIDITY_UP_TO), Places.of(array)
        if hasattr(array.data, "dask"):
            corners = [np.cumsum((0, *sizes[:-1])) for sizes in array.data.chunks]
            blocks = array.data.to_delayed()
            counts = [
                dask.delayed(_count)(
                    blocks[at], limit, tuple(int(c[i]) for c, i in zip(corners, at, strict=True))
                )
                for at in np.ndindex(blocks.shape)
            ]
            results = dask.compute(*counts)
        else:
            results = (_count(array.values, limit, (0,) * array.ndim),)
        broken = [result for result in results if result[0]]
        if broken:
            _, index, value = min(broken, key=lambda result: result[1])
            total = sum(result[0] for result in broken)
            found.append(
                ImpossibleCells(
                    name, limit.bound.rule, total, *places.at(index), value, limit.bound.message(value)
                )
            )
    return tuple(found)


def _count(values: np.ndarray, limit: _Limit, corner: tuple[int, ...]) -> tuple[int, tuple[int, ...], float]:
    _, impossible = limit.mend(values)
    if not impossible.any():
        return 0, corner, 0.0
    first = np.unravel_index(int(np.argmax(impossible)), values.shape)
    return (
        int(impossible.sum()),
        tuple(int(i) + c for i, c in zip(first, corner, strict=True)),
        float(values[first]),
    )


def _moment(time: np.datetime64) -> str:
    return f"{np.datetime_as_string(time, unit='m')}Z"


def _place(latitude: float, longitude: float) -> str:
    if np.isnan(latitude) or np.isnan(longitude):
        return ""
    return f"{abs(latitude):g}°{'N' if latitude >= 0 else 'S'} {abs(longitude):g}°{'E' if longitude >= 0 else 'W'}"
