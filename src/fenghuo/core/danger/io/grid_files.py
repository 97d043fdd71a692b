"""Opens NetCDF, Zarr and GRIB lazily, told apart by their content, with every dataset's axes under one set of names.

Each dataset that comes out has the dimension `time` first, `latitude` and `longitude` as coordinates (and as
dimensions where they are one-dimensional), Dask chunks, and nothing of it but coordinates in memory.
"""

from __future__ import annotations

import glob
import tempfile
import warnings
import zipfile
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io.grid_quantities import data
from fenghuo.core.danger.io.unreadable import UnreadableGrid

_AXES = ("time", "latitude", "longitude")
_PLACE = ("latitude", "longitude")
Paths = str | Path | Sequence[str | Path]
# Values a variable in one chunk: 32 MiB in single precision, so that a worker's dozen chunks stay below half a GiB.
CHUNK_VALUES = 8 * 1024 * 1024


def expand(paths: Paths) -> list[str]:
    """Return the files that paths and globs stand for, in order; raises `UnreadableGrid` for none."""
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    files: list[str] = []
    for one in map(str, given):
        # A path that exists is meant as it is, whatever brackets it holds.
        matches = [one] if Path(one).exists() else sorted(glob.glob(one))
        if not matches:
            raise UnreadableGrid(
                "file-missing",
                Text(f"There is no file {one}.", f"找不到文件 {one}。"),
                Text("Check the path.", "请检查路径。"),
            )
        files += matches
    if not files:
        raise UnreadableGrid(
            "file-missing",
            Text("No file was given.", "没有给出文件。"),
            Text("Give at least one path.", "请至少给出一个路径。"),
        )
    return list(dict.fromkeys(files))


def open_file(path: str, by_run: bool = False) -> list[xr.Dataset]:
    """Return the datasets of one file: one of NetCDF and Zarr, one a level of GRIB.

    `by_run` keeps the runs of a GRIB forecast apart, which running totals need. Raises `UnreadableGrid`.
    """
    format = kind(path)
    try:
        if format == "grib":
            return _open_grib(path, by_run)
        if format == "zarr":
            source: Any = path
            if path.lower().endswith(".zip"):
                import zarr

                source = zarr.storage.ZipStore(path, mode="r")
            with warnings.catch_warnings():
                # That a store keeps no summary of itself only makes it slower to open.
                warnings.filterwarnings(
                    "ignore", "Failed to open Zarr store with consolidated", RuntimeWarning
                )
                opened = xr.open_dataset(
                    source, engine="zarr", chunks=None, cache=False, decode_timedelta=False
                )
        else:
            opened = xr.open_dataset(path, engine=format, chunks=None, cache=False, decode_timedelta=False)
    except UnreadableGrid:
        raise
    except (OSError, ValueError, KeyError, RuntimeError, EOFError) as broken:
        raise UnreadableGrid(
            "file-broken",
            Text(f"{path} cannot be opened: {broken}", f"无法打开 {path}:{broken}"),
            Text("Fetch or write the file again.", "请重新下载或生成该文件。"),
        ) from broken
    return [opened]


def kind(path: str) -> str:
    """Return "netcdf4", "zarr" or "grib" by a file's content; raises `UnreadableGrid` for none of them."""
    place = Path(path)
    if place.is_dir():
        if any((place / name).exists() for name in ("zarr.json", ".zgroup", ".zmetadata")):
            return "zarr"
    elif place.is_file():
        with place.open("rb") as file:
            start = file.read(8)
        if start.startswith(b"CDF"):
            return "netcdf4"
        if start.startswith(b"\x89HDF"):
            return "netcdf4"
        if start.startswith(b"GRIB"):
            return "grib"
        if start.startswith(b"PK"):
            with zipfile.ZipFile(place) as archive:
                names = archive.namelist()
            if any(name.split("/")[-1] in ("zarr.json", ".zgroup", ".zmetadata") for name in names):
                return "zarr"
            raise UnreadableGrid(
                "file-packed",
                Text(
                    f"{path} is an archive of other files: {', '.join(names[:3])}.",
                    f"{path} 是压缩包，内含：{'、'.join(names[:3])}。",
                ),
                Text("Unpack it and give the files inside.", "请先解压，再给出其中的文件。"),
            )
    raise UnreadableGrid(
        "format-unknown",
        Text(f"{path} is neither NetCDF, Zarr nor GRIB.", f"{path} 不是 NetCDF、Zarr 或 GRIB。"),
        Text("Give gridded weather in one of these formats.", "请提供上述格式之一的格点资料。"),
    )


def _open_grib(path: str, by_run: bool) -> list[xr.Dataset]:
    try:
        from cfgrib.xarray_store import open_variable_datasets
    except (ImportError, RuntimeError) as absent:
        raise UnreadableGrid(
            "grib-not-installed",
            Text("This installation cannot read GRIB.", "当前安装无法读取 GRIB。"),
            Text(
                "Install cfgrib and eccodes, or convert to NetCDF.",
                "请安装 cfgrib 与 eccodes，或先转成 NetCDF。",
            ),
        ) from absent
    # One index of the messages serves all variables, and none is left beside the data, whose folder may not be ours.
    with tempfile.TemporaryDirectory() as place:
        keys: dict[str, Any] = {"indexpath": f"{place}/{{short_hash}}.idx"}
        if not by_run:
            keys["time_dims"] = ("valid_time",)
        opened = open_variable_datasets(path, backend_kwargs=keys, cache=False, decode_timedelta=False)
    for dataset in opened:
        dataset.encoding["whole_maps"] = True
    return opened


def with_standard_axes(dataset: xr.Dataset, wanted: Sequence[str], placed: bool = True) -> xr.Dataset:
    """Return the wanted variables with axes `time`, `latitude`, `longitude`; still lazy.

    Raises `UnreadableGrid` where an axis cannot be found or time cannot be used; with `placed` false a dataset may
    lack `latitude` and `longitude`.
    """
    whole_maps = dataset.encoding.get("whole_maps", False)
    # A shallow copy: what is written on attributes below must not reach the caller's dataset.
    dataset = _with_coordinates(dataset)[list(wanted)].copy()
    dataset = _runs_to_times(dataset)
    native = _native_chunks(dataset)
    found = {axis: name for axis in _AXES if (name := _axis(dataset, axis, placed or axis == "time"))}
    dataset = dataset.drop_vars(
        [name for name in dataset.coords if name in found and name != found[str(name)]], errors="ignore"
    )
    for axis, name in found.items():
        along = dataset[name].dims
        dataset = _rename(dataset, name, axis)
        if len(along) == 1 and axis in dataset.dims:
            native[axis] = native.pop(along[0], 0)
    kept = {"time", "latitude", "longitude", "forecast_reference_time"}
    # Levels of one and members of one are the file's way of saying where it is, not axes.
    single = [
        dim for dim, size in dataset.sizes.items() if size == 1 and dim in data()["coordinates"]["single"]
    ]
    dataset = dataset.squeeze(single)
    heights = {name: _height(dataset[name]) for name in dataset.data_vars}
    dataset = dataset.drop_vars(
        [name for name in dataset.coords if name not in kept and name not in dataset.dims]
    )
    for name, height in heights.items():
        if height is not None:
            dataset[name].attrs["height"] = height
    if "time" not in dataset.dims:
        dataset = dataset.expand_dims("time")
    dataset = _usable_times(dataset)
    for name in set(found) - {"time"}:
        dataset = dataset.assign_coords({name: _degrees(dataset[name])})
    dataset = dataset.transpose("time", ..., *(d for d in ("latitude", "longitude") if d in dataset.dims))
    dataset.encoding["whole_maps"] = whole_maps
    dataset.encoding["native_chunks"] = {dim: size for dim, size in native.items() if size}
    return dataset


def _with_coordinates(dataset: xr.Dataset) -> xr.Dataset:
    """Make coordinates of latitudes and longitudes that the file does not declare to be such."""
    names = {name for axis in ("latitude", "longitude") for name in data()["coordinates"][axis]}
    return dataset.set_coords(
        [n for n, v in dataset.data_vars.items() if n in names or v.attrs.get("standard_name") in _PLACE]
    )


def _native_chunks(dataset: xr.Dataset) -> dict[Hashable, int]:
    largest = max(dataset.data_vars.values(), key=lambda array: array.size)
    return {dim: int(size) for dim, size in (largest.encoding.get("preferred_chunks") or {}).items()}


def _axis(dataset: xr.Dataset, axis: str, needed: bool) -> str | None:
    import cf_xarray  # noqa: F401  (registers the accessor)

    try:
        names = [name for name in dataset.cf.coordinates.get(axis, []) if name in dataset.variables]
    except (KeyError, ValueError):
        names = []
    # Two times: the moment that is forecast counts, not the run's.
    names = [
        name for name in names if dataset[name].attrs.get("standard_name") != "forecast_reference_time"
    ] or [name for name in data()["coordinates"][axis] if name in dataset.variables]
    if len(names) > 1:
        used = {dim for array in dataset.data_vars.values() for dim in array.dims}
        on_axes = [name for name in names if set(dataset[name].dims) & used and dataset[name].ndim]
        names = [name for name in on_axes if name in dataset.dims] or on_axes or names
    if names:
        return str(names[0])
    if not needed:
        return None
    english = {"time": "time", "latitude": "latitude", "longitude": "longitude"}[axis]
    chinese = {"time": "时间", "latitude": "纬度", "longitude": "经度"}[axis]
    example = {
        "time": 'units "hours since 1970-01-01"',
        "latitude": 'units "degrees_north"',
        "longitude": 'units "degrees_east"',
    }
    held = ", ".join(map(str, dataset.coords)) or "-"
    raise UnreadableGrid(
        "coordinate-missing",
        Text(
            f"No coordinate is recognised as {english}. The file's coordinates: {held}.",
            f"没有识别出{chinese}坐标。文件中的坐标：{held}。",
        ),
        Text(
            f"Name it {axis}, or give it the CF attributes standard_name {axis!r} and {example[axis]}.",
            f"请把它命名为 {axis}，或写上 CF 属性 standard_name“{axis}”和 {example[axis]}。",
        ),
    )


def _rename(dataset: xr.Dataset, name: str, axis: str) -> xr.Dataset:
    coordinate = dataset[name]
    if coordinate.ndim == 1 and coordinate.dims[0] != axis:
        dim = coordinate.dims[0]
        # Stations and unstructured cells keep their own dimension: both coordinates lie along it.
        if axis == "time" or sum(dim in other.dims for other in _horizontal(dataset)) < 2:
            if name != dim:
                dataset = dataset.drop_vars(dim, errors="ignore").swap_dims({dim: name})
            return dataset.rename({name: axis})
    return dataset.rename({name: axis}) if name != axis else dataset


def _horizontal(dataset: xr.Dataset) -> list[xr.DataArray]:
    names = {*data()["coordinates"]["latitude"], *data()["coordinates"]["longitude"]}
    return [c for n, c in dataset.coords.items() if n in names or c.attrs.get("standard_name") in _PLACE]


def _runs_to_times(dataset: xr.Dataset) -> xr.Dataset:
    """Lay runs × steps of a forecast out as one axis of times, with each time's run beside it."""
    step = next((n for n in ("step", "forecast_period") if n in dataset.dims), None)
    if step is None or "valid_time" not in dataset.coords:
        return dataset
    run = next((n for n in ("time", "forecast_reference_time") if n in dataset.coords and n != step), None)
    if run is None:
        return dataset
    valid = dataset["valid_time"]
    runs = dataset[run].broadcast_like(valid)
    if run in dataset.dims:
        dataset = dataset.drop_vars([run, step, "valid_time"], errors="ignore")
        dataset = dataset.stack(moment=(run, step), create_index=False)
        valid = valid.stack(moment=(run, step), create_index=False)
        runs = runs.stack(moment=(run, step), create_index=False)
    else:
        dataset = dataset.drop_vars([run, step, "valid_time"], errors="ignore").rename({step: "moment"})
        valid, runs = valid.rename({step: "moment"}), runs.rename({step: "moment"})
    times = ("moment", valid.values, {"standard_name": "time"})
    dataset = dataset.assign_coords(
        valid_time=times, forecast_reference_time=("moment", np.asarray(runs.values))
    )
    return dataset.swap_dims(moment="valid_time").sortby("valid_time")


def _height(array: xr.DataArray) -> float | None:
    """Return the height above ground [m] that a variable or its scalar coordinate states, else None."""
    for name in ("height", "heightAboveGround"):
        if name in array.coords and array.coords[name].ndim == 0:
            return float(array.coords[name])
    stated = array.attrs.get("height")
    try:
        return None if stated is None else float(str(stated).split()[0])
    except ValueError:
        return None


def _usable_times(dataset: xr.Dataset) -> xr.Dataset:
    times = dataset["time"]
    if times.dtype == object:
        calendar = times.dt.calendar
        if calendar not in ("noleap", "365_day", "standard", "gregorian", "proleptic_gregorian"):
            raise UnreadableGrid(
                "calendar-unfit",
                Text(
                    f"The times follow the calendar {calendar!r}, whose days are not those of the year.",
                    f"时间采用“{calendar}”历法，其日期与公历不符。",
                ),
                Text(
                    "Convert it first (xarray: convert_calendar with a stated align_on).",
                    "请先转换历法(xarray 的 convert_calendar，并指明 align_on)。",
                ),
            )
        # A calendar without leap days only lacks the 29th of February, which is then a gap of one day.
        dataset = dataset.convert_calendar("standard", use_cftime=False)
    elif times.dtype.kind != "M":
        raise UnreadableGrid(
            "time-unreadable",
            Text("The time coordinate holds no dates.", "时间坐标不是日期。"),
            Text(
                'Give it units such as "hours since 1970-01-01 00:00".',
                "请写上单位，例如“hours since 1970-01-01 00:00”。",
            ),
        )
    # Nanoseconds overflow in 2262; seconds hold every stamp that weather has.
    stamps = dataset["time"].values.astype("datetime64[s]")
    if np.isnat(stamps).any():
        raise UnreadableGrid(
            "time-unreadable",
            Text("Some times are missing.", "有些时次缺失。"),
            Text("Give every step its time.", "请为每一步写明时间。"),
        )
    dataset = dataset.assign_coords(time=("time", stamps, {"standard_name": "time"}))
    if not (np.diff(stamps) > np.timedelta64(0)).all():
        dataset = dataset.sortby("time")
    stamps = dataset["time"].values
    twice = stamps[1:][np.diff(stamps) == np.timedelta64(0)]
    if twice.size:
        raise time_twice(twice[0])
    return dataset


def time_twice(stamp: np.datetime64) -> UnreadableGrid:
    """Return the error for a time that stands more than once."""
    return UnreadableGrid(
        "time-twice",
        Text(f"The time {stamp}Z stands more than once.", f"时次 {stamp}Z 出现多次。"),
        Text(
            "Give each period once: one run, one version of a file.",
            "请让每个时段只出现一次：一次起报、一个版本。",
        ),
    )


def _degrees(coordinate: xr.DataArray) -> xr.DataArray:
    degrees = coordinate.load()
    if str(coordinate.attrs.get("units", "")).lower() in ("radian", "radians", "rad"):
        degrees = np.degrees(degrees)
    degrees.attrs = {
        "standard_name": str(coordinate.name),
        "units": "degrees_north" if coordinate.name == "latitude" else "degrees_east",
    }
    return degrees


def chunked(dataset: xr.Dataset, chunks: str | int | Mapping[Hashable, int] | None, token: str) -> xr.Dataset:
    """Return the dataset in Dask chunks: `"sensible"`, values in one, sizes by dimension, or None to leave it."""
    if chunks is None:
        return dataset
    if isinstance(chunks, str):
        if chunks != "sensible":
            raise ValueError(f'chunks {chunks!r}: use "sensible", sizes by dimension, or None')
        chunks = CHUNK_VALUES
    if isinstance(chunks, int):
        chunks = _sensible(dataset, chunks)
    sizes = {dim: size for dim, size in chunks.items() if dim in dataset.dims}
    return dataset.chunk(sizes, token=token)


def _sensible(dataset: xr.Dataset, values: int) -> dict[Hashable, int]:
    """Return the sizes of chunks of about so many values.

    A chunk of the file, or a map of a GRIB file, is decoded whole however little of it is asked for, so these are
    never cut, only taken several at a time. Of a file without chunks, bands of a day's maps are taken.
    """
    largest = max(dataset.data_vars.values(), key=lambda array: array.size)
    native = dataset.encoding.get("native_chunks", {})
    whole = native or dataset.encoding.get("whole_maps")
    least = {dim: 1 if whole else 24 for dim in largest.dims if dim == "time"}
    sizes = {
        dim: min(native.get(dim, least.get(dim, largest.sizes[dim])), largest.sizes[dim])
        for dim in largest.dims
    }
    for dim in ("time", *reversed(largest.dims)):
        room = values // max(1, int(np.prod(list(sizes.values()))))
        if room > 1:
            sizes[dim] = min(sizes[dim] * room, largest.sizes[dim])
    if not whole and len(sizes) > 1 and np.prod(list(sizes.values())) > values:
        band = largest.dims[1]
        others = int(np.prod([size for dim, size in sizes.items() if dim != band]))
        sizes[band] = max(1, values // others)
    return sizes
