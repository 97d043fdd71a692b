"""Reads gridded weather (NetCDF, Zarr, GRIB) into one dataset of standard names and units, lazily.

Rules of reading:
- What a variable is comes from its standard_name or name (`grid_names.toml`), its unit from its `units`; nothing
  is guessed from values. A missing or unknown unit is an error that says which variable and what to write.
- Times are UTC. Precipitation is the amount [mm] of the step that ends at its time: a rate is multiplied by the
  length of the step, a step with time bounds is moved to its upper bound, a running total is taken apart on request.
- Relative humidity comes from the file, else from the dew point by the Magnus formula of `weather.relative_humidity`.
  Wind comes from the file, else from its two components; another height than 10 m is carried to 10 m (`wind`).
- Daily data stand at the date they are of, at midnight.
- Impossible values are refused when their chunk is computed, or set missing (`grid_limits`).

Nothing but coordinates is read until a result is computed, and then chunk by chunk.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import xarray as xr

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io import grid_derived, grid_files, grid_quantities
from fenghuo.core.danger.io.grid_accumulation import own_amounts
from fenghuo.core.danger.io.grid_files import Paths
from fenghuo.core.danger.io.grid_limits import (
    HUMIDITY_UP_TO,
    Choice,
    ImpossibleCell,
    ImpossibleCells,
    impossible_values,
)
from fenghuo.core.danger.io.grid_quantities import Quantity, quantities
from fenghuo.core.danger.io.grid_units import conversion
from fenghuo.core.danger.io.unreadable import UnreadableGrid

__all__ = [
    "ImpossibleCell",
    "ImpossibleCells",
    "UnreadableGrid",
    "impossible_values",
    "open_weather",
    "standardise",
]

Accumulation = Literal["hourly", "since_start"]
WEATHER = ("air_temperature", "relative_humidity", "wind_speed", "precipitation_amount")
_PLACE = ("latitude", "longitude")
_HOUR = np.timedelta64(3600, "s")
_STANDARD_NAMES = {"snow_depth": "surface_snow_thickness"}
_TIME_MEAN = re.compile(r"\btime:(\s*\w+:)*\s*mean\b")


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the caller stated about the files."""

    names: Mapping[str, str]
    units: Mapping[str, str]
    accumulation: Accumulation
    accumulation_starts: tuple[int, ...] | None
    wind_height: float | None
    snow_density: float | None
    impossible: Choice
    humidity_up_to: float

    def __post_init__(self) -> None:
        """Refuse a choice that is none."""
        if self.accumulation not in ("hourly", "since_start"):
            raise ValueError(f'accumulation {self.accumulation!r}: use "hourly" or "since_start"')
        if self.impossible not in ("refuse", "missing", "keep"):
            raise ValueError(f'impossible {self.impossible!r}: use "refuse", "missing" or "keep"')
        unknown = set(self.names) - set(quantities())
        if unknown:
            raise ValueError(f"names {sorted(unknown)}: use {', '.join(quantities())}")


def open_weather(
    paths: Paths,
    *,
    names: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    accumulation: Accumulation = "hourly",
    accumulation_starts: Sequence[int] | None = None,
    wind_height: float | None = None,
    snow_density: float | None = None,
    impossible: Choice = "refuse",
    humidity_up_to: float = HUMIDITY_UP_TO,
    chunks: str | int | Mapping[Hashable, int] | None = "sensible",
) -> xr.Dataset:
    """Open files, folders and globs of gridded weather as one lazy dataset (time, *cells).

    It has `air_temperature` [degC], `relative_humidity` [%], `wind_speed` [km/h, 10 m], `precipitation_amount` [mm of
    the step ending at `time`], where known `snow_depth` [m], and the coordinates `latitude` and `longitude` [degrees,
    east positive, as written]. `time_step_hours` and `frequency` ("hour" or "day") are attributes.

    - `names`: quantity → variable, where the names alone do not tell, such as `{"air_temperature": "T2"}`.
    - `units`: variable (or quantity) → unit, where the file states none or a wrong one.
    - `accumulation`: `"hourly"`, precipitation is each step's own (ERA5); `"since_start"`, it is a total since the
      forecast began (ERA5-Land, most forecasts). The beginning is the file's forecast reference time, else the hours
      of day [UTC] in `accumulation_starts`: `(0,)` for ERA5-Land, `()` for one run that never begins again.
    - `wind_height` [m above ground], where the file does not state it and it is not 10 m.
    - `snow_density` [kg m-3] makes a depth of a water equivalent (ERA5's `sd`) where the file has no density; without
      either there is no `snow_depth`, and the attribute `left_out` says so.
    - `impossible`: `"refuse"` raises `ImpossibleCell` when the chunk is computed, `"missing"` sets NaN, `"keep"`
      leaves the value for `impossible_values` to count.
    - `humidity_up_to` [%]: air up to this counts as saturated (some models go beyond 100 over ice).
    - `chunks`: `"sensible"` (whole chunks of the file, about 32 MiB each), about how many values in one, sizes by
      `time`, `latitude`, …, or None for no Dask.

    Raises `UnreadableGrid` with what is wrong and what to do, in both languages.
    """
    wishes = _wishes(
        names, units, accumulation, accumulation_starts, wind_height, snow_density, impossible, humidity_up_to
    )
    pieces: list[xr.Dataset] = []
    present: list[str] = []
    for path in grid_files.expand(paths):
        for number, dataset in enumerate(grid_files.open_file(path, accumulation == "since_start")):
            present += map(str, dataset.data_vars)
            pieces += _pieces(dataset, wishes, chunks, f"{path}:{number}", placed=True)
    return _weather(pieces, present, wishes)


def standardise(
    dataset: xr.Dataset,
    *,
    names: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    accumulation: Accumulation = "hourly",
    accumulation_starts: Sequence[int] | None = None,
    wind_height: float | None = None,
    snow_density: float | None = None,
    impossible: Choice = "refuse",
    humidity_up_to: float = HUMIDITY_UP_TO,
) -> xr.Dataset:
    """Return the standard weather of a dataset that is already open, lazy where it is; as `open_weather`.

    Without latitude and longitude it has none afterwards either: the caller may know them.
    """
    wishes = _wishes(
        names, units, accumulation, accumulation_starts, wind_height, snow_density, impossible, humidity_up_to
    )
    pieces = _pieces(dataset, wishes, None, "", placed=False)
    return _weather(pieces, [str(name) for name in dataset.data_vars], wishes)


def _wishes(names: Any, units: Any, accumulation: Any, starts: Any, *rest: Any) -> _Wishes:
    return _Wishes(
        dict(names or {}), dict(units or {}), accumulation, None if starts is None else tuple(starts), *rest
    )


def _pieces(
    dataset: xr.Dataset,
    wishes: _Wishes,
    chunks: str | int | Mapping[Hashable, int] | None,
    token: str,
    placed: bool,
) -> list[xr.Dataset]:
    """Cut a file into datasets of one time axis each, with the quantities' keys for names."""
    found = grid_quantities.find(dataset, wishes.names)
    if not found:
        return []
    intervals = _intervals(dataset)
    cuts = [found]
    if intervals is not None and "precipitation_amount" in found and len(found) > 1:
        # Sums end at their upper bound while the other variables hold at the stamp itself.
        cuts = [{key: name for key, name in found.items() if key != "precipitation_amount"}]
        cuts.append({"precipitation_amount": found["precipitation_amount"]})
    pieces = []
    for cut in cuts:
        piece = grid_files.with_standard_axes(dataset, list(cut.values()), placed)
        for key, name in cut.items():
            piece[name].attrs["source_variable"] = name
            unit = wishes.units.get(name, wishes.units.get(key, piece[name].attrs.get("units")))
            piece[name].attrs["source_units"] = unit
        piece = piece.rename({name: key for key, name in cut.items()})
        piece = grid_files.chunked(piece, chunks, token)
        if "expver" in piece.dims:
            # The preliminary and the final months of one record, each missing where the other is.
            halves = [piece.isel(expver=n, drop=True) for n in range(piece.sizes["expver"])]
            for half in halves[1:]:
                halves[0] = halves[0].combine_first(half)
            piece = halves[0]
        pieces.append(_at_interval(piece, intervals))
    return pieces


def _intervals(dataset: xr.Dataset) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the lower and upper bounds of the times [datetime64[s]], where the file has them."""
    for axis in grid_quantities.data()["coordinates"]["time"]:
        if axis in dataset.variables:
            named = dataset[axis].attrs.get("bounds") or dataset[axis].encoding.get("bounds")
            if named in dataset.variables and dataset[named].dtype.kind == "M" and dataset[named].ndim == 2:
                bounds = dataset[named].values.astype("datetime64[s]")
                return bounds[:, 0], bounds[:, 1]
    return None


def _at_interval(piece: xr.Dataset, intervals: tuple[np.ndarray, np.ndarray] | None) -> xr.Dataset:
    if intervals is None or len(intervals[0]) != piece.sizes["time"]:
        return piece
    order = np.argsort(intervals[0])
    lower, upper = intervals[0][order], intervals[1][order]
    lengths = np.unique(upper - lower)
    if lengths.size != 1 or lengths[0] <= np.timedelta64(0):
        return piece
    hours = float(lengths[0] / _HOUR)
    if hours >= 24.0:
        return piece.assign_coords(time=("time", lower, piece["time"].attrs))
    if "precipitation_amount" in piece:
        piece["precipitation_amount"].attrs["period_hours"] = hours
        return piece.assign_coords(time=("time", upper, piece["time"].attrs))
    return piece


def _weather(pieces: Sequence[xr.Dataset], present: Iterable[str], wishes: _Wishes) -> xr.Dataset:
    groups: dict[frozenset[str], list[xr.Dataset]] = {}
    for piece in pieces:
        groups.setdefault(frozenset(map(str, piece.data_vars)), []).append(piece)
    arrays: dict[str, xr.DataArray] = {}
    steps = []
    for group in groups.values():
        whole = _joined(group)
        step = _step_hours(whole["time"].values)
        steps.append(step)
        for key in whole.data_vars:
            array = whole[key]
            if key in arrays:
                raise grid_quantities.twice(
                    str(key), [arrays[str(key)].attrs["source_variable"], array.attrs["source_variable"]]
                )
            arrays[str(key)] = _converted(array, quantities()[str(key)], step, wishes)
    absent = _absent(arrays)
    if absent:
        raise grid_quantities.missing(absent, present)
    return _assembled(arrays, min(steps), max(steps), wishes)


def _absent(arrays: Mapping[str, object]) -> list[str]:
    stand_ins = {
        "relative_humidity": ("dew_point_temperature",),
        "wind_speed": ("eastward_wind", "northward_wind"),
    }
    return [
        key
        for key in WEATHER
        if key not in arrays and not (key in stand_ins and all(one in arrays for one in stand_ins[key]))
    ]


def _joined(group: Sequence[xr.Dataset]) -> xr.Dataset:
    """Put files of the same quantities one after, or beside, another."""
    if len(group) == 1:
        return group[0]
    for key in group[0].data_vars:
        units = sorted({str(piece[key].attrs["source_units"]) for piece in group})
        if len(units) > 1:
            name = group[0][key].attrs["source_variable"]
            raise _disagree(
                f"{name} has the units {' and '.join(units)}", f"{name} 的单位不一致({'、'.join(units)})"
            )
    group = [_snapped(piece, group[0]) for piece in group]
    try:
        whole = xr.combine_by_coords(
            group, join="exact", coords="minimal", compat="override", combine_attrs="override"
        )
    except ValueError as wrong:
        raise _disagree(str(wrong)) from wrong
    stamps = whole["time"].values
    twice = stamps[1:][np.diff(stamps) == np.timedelta64(0)]
    if twice.size:
        raise grid_files.time_twice(twice[0])
    return whole


def _snapped(piece: xr.Dataset, pattern: xr.Dataset) -> xr.Dataset:
    """Give a piece the pattern's coordinates where they differ by rounding only (formats store them differently)."""
    for name in _PLACE:
        if name not in piece.coords or name not in pattern.coords:
            continue
        ours, theirs = piece[name].values, pattern[name].values
        if ours.shape != theirs.shape or np.array_equal(ours, theirs):
            continue
        spacing = np.abs(np.diff(theirs)).min() if theirs.ndim == 1 and theirs.size > 1 else 0.01
        if np.allclose(ours, theirs, rtol=0.0, atol=spacing / 100.0):
            piece = piece.assign_coords({name: pattern[name]})
    return piece


def _disagree(why: str, chinese: str = "") -> UnreadableGrid:
    return UnreadableGrid(
        "files-disagree",
        Text(f"The files do not fit together: {why}.", f"这些文件无法拼接：{chinese or why}。"),
        Text(
            "Give files of one grid and one set of units, whose periods do not overlap.",
            "请提供同一格网、同一单位、时段不重叠的文件。",
        ),
    )


def _step_hours(times: np.ndarray) -> float:
    """Return the step of a time axis [h]; one time alone is a day."""
    if len(times) < 2:
        return 24.0
    gaps = np.unique(np.diff(times))
    step = gaps[0]
    hours = float(step / _HOUR)
    if hours > 24.0:
        raise UnreadableGrid(
            "time-too-coarse",
            Text(f"The steps are {hours:g} hours long.", f"时间步长为 {hours:g} 小时。"),
            Text("Give hourly to daily weather.", "请提供逐小时至逐日的资料。"),
        )
    if any(gap % step for gap in gaps):
        raise UnreadableGrid(
            "time-uneven",
            Text(
                f"The times stand {', '.join(f'{gap / _HOUR:g}' for gap in gaps[:4])} hours apart.",
                f"时次间隔不一：{'、'.join(f'{gap / _HOUR:g}' for gap in gaps[:4])} 小时。",
            ),
            Text("Give times of one step; gaps of whole steps are fine.", "请使用同一步长，可以缺整步。"),
        )
    return hours


def _converted(array: xr.DataArray, quantity: Quantity, step: float, wishes: _Wishes) -> xr.DataArray:
    attrs = array.attrs
    hours = attrs.get("period_hours", step)
    factor, offset = conversion(quantity, attrs["source_variable"], attrs["source_units"], hours)
    if array.dtype.kind != "f":
        array = array.astype("float32" if array.dtype.itemsize <= 2 else "float64")
    # Plain Python numbers leave single precision single.
    if factor != 1.0:
        array = array * factor
    if offset != 0.0:
        array = array + offset
    if quantity.key == "precipitation_amount" and wishes.accumulation == "since_start" and hours < 24.0:
        array = own_amounts(array, step, wishes.accumulation_starts)
    kept = ("source_variable", "source_units", "height", "cell_methods")
    array.attrs = {key: attrs[key] for key in kept if key in attrs}
    if quantity.key == "precipitation_amount":
        array.attrs["period_hours"] = hours
    return array


def _assembled(arrays: dict[str, xr.DataArray], step: float, coarsest: float, wishes: _Wishes) -> xr.Dataset:
    if step < 24.0 <= coarsest:
        raise _disagree("some are hourly, others daily", "有的逐小时，有的逐日")
    if step == 24.0:
        arrays = {
            key: array.assign_coords(
                time=array["time"].values.astype("datetime64[D]").astype("datetime64[s]")
            )
            for key, array in arrays.items()
        }
    first = arrays["air_temperature"]
    arrays = {
        key: _snapped(array.to_dataset(name=key), first.to_dataset(name="x"))[key]
        for key, array in arrays.items()
    }
    for array in arrays.values():
        for name in _PLACE:
            if name in first.coords and not np.array_equal(array[name].values, first[name].values):
                both = [one.attrs["source_variable"] for one in (array, first)]
                chinese = {"latitude": "纬度", "longitude": "经度"}[name]
                raise _disagree(
                    f"{' and '.join(both)} differ in {name}", f"{'、'.join(both)} 的{chinese}不同"
                )
    arrays = dict(zip(arrays, xr.align(*arrays.values(), join="outer", copy=False), strict=True))
    limits = grid_derived.Limits(wishes.impossible, wishes.humidity_up_to)
    result: dict[str, xr.DataArray] = {"air_temperature": limits.held("air_temperature", arrays)}
    result["relative_humidity"] = grid_derived.humidity(arrays, result["air_temperature"], limits)
    result["wind_speed"] = grid_derived.wind(arrays, limits, wishes.wind_height)
    result["precipitation_amount"] = limits.held("precipitation_amount", arrays)
    snow = grid_derived.snow(arrays, wishes.snow_density)
    if snow is not None:
        result["snow_depth"] = snow
    for key, array in result.items():
        array.attrs |= {
            "units": quantities()[key].unit,
            "standard_name": _STANDARD_NAMES.get(key, key),
            "long_name": quantities()[key].name.en,
        }
    dataset = xr.Dataset(
        {key: array.drop_vars("forecast_reference_time", errors="ignore") for key, array in result.items()}
    )
    dataset.attrs = {
        "Conventions": "CF-1.11",
        "time_step_hours": step,
        "frequency": "day" if step == 24.0 else "hour",
    }
    if step == 24.0:
        mean = _TIME_MEAN.search(str(first.attrs.get("cell_methods", "")))
        dataset.attrs["daily_values"] = "mean" if mean else "noon"
    if snow is None and "snow_water_equivalent" in arrays:
        dataset.attrs["left_out"] = "snow_depth: the files hold water equivalent without a snow density"
    return dataset.transpose(*first.dims)
