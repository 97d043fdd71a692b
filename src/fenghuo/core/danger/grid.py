"""The xarray layer: a Dataset of weather in, a Dataset of codes and classes out, by the CF conventions.

Weather in memory is computed at once. Weather in Dask chunks stays lazy and is computed chunk by chunk, in the
chunks it has: cells are independent, and along time the state at the end of one chunk is handed to the next. So
nothing is rechunked, memory is bounded by the chunks in hand, and the chunks change no bit of the result.

The state at the end travels as variables `state_…` of the result when asked for (`with_state`), is saved with
`save_state` and goes back in as `start`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from fenghuo.core.danger import blocks, store
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.fwi import Codes
from fenghuo.core.danger.weather import standard_offset

STATE = "state_"
_DAY = np.timedelta64(1, "D")
_HOUR = np.timedelta64(1, "h")


def fire_weather(
    weather: xr.Dataset | Mapping[str, xr.DataArray],
    settings: Settings = Settings(),
    *,
    start: Any = None,
    latitude: float | xr.DataArray | None = None,
    noon: str | timedelta = "solar",
    with_state: bool = False,
) -> xr.Dataset:
    """Return the codes, indices and classes of every day and cell of `weather`.

    `weather` holds air temperature, relative humidity (or dew point), wind and precipitation under their CF or
    ERA5 names, each with its units; hourly data are reduced to days at `noon` first (see `noon.daily`).
    `latitude` [degrees north] where the weather has no such coordinate. `start` is a `fwi.Codes`, the system's
    own state, or a Dataset with the state of an earlier call; None begins with the usual start values.

    Lazy where the weather is. Raises `UnreadableGrid` for missing variables, missing or wrong units; ValueError
    for a start that does not fit; `ImpossibleWeather` (when computed) for values that weather cannot have.
    """
    ready = prepared(weather, settings, noon)
    return computed(ready, settings, start=start, latitude=latitude, with_state=with_state)


def prepared(
    weather: xr.Dataset | Mapping[str, xr.DataArray], settings: Settings, noon: str | timedelta = "solar"
) -> xr.Dataset:
    """Return the weather under its standard names, in standard units and the steps that the system takes."""
    from fenghuo.core.danger.io import grids

    dataset = weather if isinstance(weather, xr.Dataset) else xr.Dataset(dict(weather))
    ready = reduced(grids.standardise(dataset), settings, noon)
    if "fire_season_active" in dataset:
        return ready.assign(
            fire_season_active=dataset["fire_season_active"].reindex_like(ready, fill_value=False)
        )
    return ready


def reduced(standard: xr.Dataset, settings: Settings, noon: str | timedelta = "solar") -> xr.Dataset:
    """Return standard weather (of `grids`) in the steps that the system takes: noon values, extremes or hours."""
    from fenghuo.core.danger import noon as at_noon

    reduction = blocks.engine(settings.system).reduction
    if reduction == "noon":
        return every_step(at_noon.daily(standard, noon), _DAY)
    if reduction == "extremes":
        return every_step(at_noon.daily_extremes(standard, noon), _DAY)
    if standard.attrs["time_step_hours"] != 1.0:
        raise ValueError(
            f"{settings.system} takes hourly weather, this has a step of {standard.attrs['time_step_hours']:g} h"
        )
    return every_step(standard.assign_coords(utc_offset=_utc_offset(standard, noon)), _HOUR)


def every_step(weather: xr.Dataset, step: np.timedelta64) -> xr.Dataset:
    """Return the weather with an entry for every step from the first to the last, missing where none was."""
    times = weather["time"].values
    if step == _DAY:
        times = times.astype("datetime64[D]").astype("datetime64[ns]")
        weather = weather.assign_coords(time=("time", times, weather["time"].attrs))
    apart = np.diff(times)
    if np.any(apart <= np.timedelta64(0)):
        raise ValueError("the times of the weather must ascend, each of them once")
    if np.all(apart == step):
        return weather
    return weather.reindex(time=np.arange(times[0], times[-1] + step, step))


def _utc_offset(weather: xr.Dataset, noon: str | timedelta) -> xr.DataArray:
    """Standard time of each cell from UTC [h]: of the sun to the minute, of a zone, or as given."""
    if isinstance(noon, timedelta):
        return xr.DataArray(noon.total_seconds() / 3600.0)
    if noon != "solar":
        year = weather["time"].values[0].astype("datetime64[Y]").item().year
        return xr.DataArray(standard_offset(noon, year).total_seconds() / 3600.0)
    east = (_coordinate(weather, "longitude").astype(np.float64) + 180.0) % 360.0 - 180.0
    return np.rint(east * 4.0) / 60.0


def computed(
    weather: xr.Dataset,
    settings: Settings,
    *,
    start: Any = None,
    latitude: float | xr.DataArray | None = None,
    with_state: bool = False,
) -> xr.Dataset:
    """Do what `fire_weather` does with weather that is `prepared` already."""
    system = blocks.engine(settings.system)
    missing = [name for name in system.inputs if name not in weather]
    if missing:
        raise ValueError(f"the weather has no {', '.join(missing)}, which {system.key} needs")
    if start is not None and not isinstance(start, Codes):
        weather = after(weather, end_of(start, settings))
    names = [name for name in (*system.inputs, *system.optional) if name in weather]
    cells = tuple(dim for dim in weather[names[0]].dims if dim != "time")
    inputs = [weather[name].transpose("time", *cells) for name in names]
    places = _places(weather, cells, system.places, latitude)
    times = weather["time"].values
    sizes = {dim: inputs[0].sizes[dim] for dim in cells}
    before = _before(start, sizes, times, blocks.result_type([one.dtype for one in inputs]), settings)
    if any(one.chunks is not None for one in inputs):
        arrays, state = _lazily(names, inputs, times, places, before, settings)
    else:
        block = {name: one.values for name, one in zip(names, inputs, strict=True)}
        here = {name: np.broadcast_to(one, inputs[0].shape[1:]) for name, one in places.items()}
        arrays, state = blocks.compute(block, times, here, _in_memory(before), settings)
    dataset = xr.Dataset(
        {name: (("time", *cells), arrays[name]) for name in settings.variables},
        coords={name: one for name, one in weather.coords.items() if set(one.dims) <= {"time", *cells}},
        attrs=about(settings, weather.attrs),
    )
    for name in settings.variables:
        dataset[name].attrs = blocks.attributes(name, settings)
    if with_state:
        end = state_dataset(state, times[-1], cells)
        dataset = dataset.assign(end.data_vars).assign_attrs(end.attrs)
    return dataset


def after(weather: xr.Dataset, end: np.datetime64) -> xr.Dataset:
    """Return the steps of prepared weather that follow the end of a state; what the state holds is left out.

    So weather may begin before the state ends: hourly weather must, for the rain of its first noon. Raises
    ValueError where nothing follows.
    """
    follows = weather["time"].values > end
    if not follows.any():
        raise ValueError(
            f"the state ends at {end} and no weather follows it: the last is {weather['time'].values[-1]}"
        )
    return weather if follows.all() else weather.isel(time=follows)


def end_of(state: Any, settings: Settings) -> np.datetime64:
    """Return the last step that a state holds, whatever form it came in."""
    if isinstance(state, xr.Dataset):
        return np.datetime64(as_dataset(state, settings, ()).attrs["state_time"])
    return blocks.engine(settings.system).pack(state)[1].astype("datetime64[h]")


def about(settings: Settings, weather: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of a result: conventions, system, every choice made, what the weather says of itself."""
    data = blocks.cf()
    described = data["systems"][settings.system]
    kept = {name: weather[name] for name in ("institution", "source", "history") if name in weather}
    return {
        "Conventions": data["conventions"],
        "title": described["title"],
        **kept,
        "references": described["references"],
        **({"comment": described["comment"]} if "comment" in described else {}),
        "fire_weather_system": settings.system,
        "fire_weather_settings": json.dumps(settings.described(), ensure_ascii=False, sort_keys=True),
    }


def state_of(result: xr.Dataset) -> Any:
    """Return the system's own state at the end of a result made `with_state`; computes what is lazy."""
    system = blocks.engine(result.attrs["fire_weather_system"])
    state = as_dataset(result, Settings(system.key), ()).compute()
    return system.unpack(_arrays(state), np.datetime64(state.attrs["state_time"]))


def save_state(result: xr.Dataset, path: str | os.PathLike[str]) -> None:
    """Write the state at the end of a result to a `.zarr` folder (lazily) or a `.npz` file (through memory)."""
    target = Path(path)
    if target.suffix == ".zarr":
        part = target.with_name(f".{target.name}.part")
        only = result[[name for name in result.data_vars if name.startswith(STATE)]]
        only.drop_vars("time", errors="ignore").to_zarr(part, mode="w", consolidated=False)
        store.put_in_place(part, target)
    else:
        state_of(result).save(target)


def load_state(path: str | os.PathLike[str], system: str = "fwi1987") -> Any:
    """Return a state saved with `save_state`, ready to be a `start`: a lazy Dataset, or the system's own state."""
    source = Path(path)
    if source.suffix == ".zarr":
        return xr.open_zarr(source, consolidated=False)
    return blocks.engine(system).load(source)


def _places(
    weather: xr.Dataset,
    cells: tuple[str, ...],
    needed: tuple[str, ...],
    latitude: float | xr.DataArray | None,
) -> dict[str, np.ndarray]:
    """The coordinates of the cells by name, each in a shape that broadcasts to the cells."""
    found = {}
    for name in needed:
        given = latitude if name == "latitude" and latitude is not None else _coordinate(weather, name)
        one = given if isinstance(given, xr.DataArray) else xr.DataArray(given)
        if not set(one.dims) <= set(cells):
            raise ValueError(f"{name} runs along {', '.join(one.dims)}, the cells along {', '.join(cells)}")
        found[name] = one.expand_dims([dim for dim in cells if dim not in one.dims]).transpose(*cells).values
    return found


def _coordinate(weather: xr.Dataset, name: str) -> xr.DataArray:
    for key, one in weather.coords.items():
        if key in (name, name[:3]) or one.attrs.get("standard_name") == name:
            return one
    raise ValueError(f"the weather has no {name} coordinate" + ("; give latitude=" * (name == "latitude")))


def as_dataset(state: Any, settings: Settings, cells: Sequence[str]) -> xr.Dataset:
    """Return a state as a Dataset over the dimensions of the cells, whatever form it came in."""
    if isinstance(state, xr.Dataset):
        if "state_time" not in state.attrs:
            raise ValueError("the Dataset carries no state; compute it with with_state=True")
        return state
    arrays, end = blocks.engine(settings.system).pack(state)
    return state_dataset(arrays, end, cells)


def state_dataset(arrays: Mapping[str, Any], end: np.datetime64, cells: Sequence[str]) -> xr.Dataset:
    """Return the arrays of a state as variables `state_…` over the dimensions of the cells."""
    found = {}
    for name, array in arrays.items():
        lead = tuple(f"{STATE}{name}_entry" for _ in range(array.ndim - len(cells)))
        found[STATE + name] = ((*lead, *cells), array, {"long_name": f"{name} after the last step"})
    return xr.Dataset(found, attrs={"state_time": str(end.astype("datetime64[h]"))})


def check_state(
    state: xr.Dataset, cells: Mapping[str, int], first: np.datetime64, dtype: np.dtype, settings: Settings
) -> None:
    """Raise ValueError unless a state fits weather of these cells and this type that begins at `first`."""
    system = blocks.engine(settings.system)
    end = np.datetime64(state.attrs["state_time"])
    if end + step_of(settings) != first.astype("datetime64[h]"):
        raise ValueError(
            f"the state ends at {end}, the weather begins at {first}: they do not follow; give all weather from "
            f"{end + step_of(settings)} on (hourly weather from a day earlier, for the rain of the first noon)"
        )
    expected = system.blank((1,) * len(cells), first, dtype, settings, None)
    for name, like in expected.items():
        found = state.get(STATE + name)
        if found is None:
            raise ValueError(f"the state has no {name}: it is not of the system {system.key}")
        shape = (*like.shape[: like.ndim - len(cells)], *cells.values())
        if found.shape != shape:
            raise ValueError(f"the state's {name} has the shape {found.shape}, the weather asks for {shape}")
        if found.dtype != like.dtype:
            raise ValueError(
                f"the state's {name} is {found.dtype}, the weather asks for {like.dtype}: "
                f"give the weather as {found.dtype}, as it was when the state was made"
            )


def step_of(settings: Settings) -> np.timedelta64:
    """Return the step of a system: a day, or an hour for those that take hourly weather."""
    hourly = blocks.engine(settings.system).reduction == "none"
    return np.timedelta64(1, "h") if hourly else np.timedelta64(24, "h")


def _before(
    start: Any, cells: Mapping[str, int], times: np.ndarray, dtype: np.dtype, settings: Settings
) -> dict[str, Any]:
    """The state before the first step as arrays by name, in memory or lazy; refuses one that does not fit."""
    if start is None or isinstance(start, Codes):
        system = blocks.engine(settings.system)
        return system.blank(tuple(cells.values()), times[0], dtype, settings, start)
    state = as_dataset(start, settings, tuple(cells))
    check_state(state, cells, times[0], dtype, settings)
    return _arrays(state)


def state_arrays(state: xr.Dataset) -> dict[str, np.ndarray]:
    """Return the arrays of a state in memory, by name."""
    return _in_memory(_arrays(state))


def _arrays(state: xr.Dataset) -> dict[str, Any]:
    return {n.removeprefix(STATE): one.data for n, one in state.data_vars.items() if n.startswith(STATE)}


def _in_memory(state: Mapping[str, Any]) -> dict[str, np.ndarray]:
    return {name: np.asarray(array) for name, array in state.items()}


def _lazily(
    names: Sequence[str],
    inputs: Sequence[xr.DataArray],
    times: np.ndarray,
    places: Mapping[str, np.ndarray],
    before: Mapping[str, Any],
    settings: Settings,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """One task a chunk; each takes the weather's chunk and the state of the chunk before it in time."""
    import dask.array as da
    from dask.base import tokenize
    from dask.highlevelgraph import HighLevelGraph

    inputs = xr.unify_chunks(*(one if one.chunks is not None else one.chunk() for one in inputs))
    chunks = inputs[0].chunks
    weather = [one.data for one in inputs]
    cells = chunks[1:]
    states = {
        name: da.asarray(array).rechunk((*array.shape[: array.ndim - len(cells)], *cells))
        for name, array in before.items()
    }
    leads = {name: (0,) * (array.ndim - len(cells)) for name, array in states.items()}
    token = tokenize([one.name for one in weather], times, places, list(states.values()), settings)
    work, layer = f"fire-weather-{token}", {}
    time_edges, *cell_edges = [np.cumsum((0, *sizes)) for sizes in chunks]
    for index in product(*(range(len(sizes)) for sizes in cells)):
        spans = [slice(edges[n], edges[n + 1]) for edges, n in zip(cell_edges, index, strict=True)]
        here = [[name, _part(one, spans)] for name, one in places.items()]
        shape = tuple(sizes[n] for sizes, n in zip(cells, index, strict=True))
        held = (dict, [[name, (one.name, *leads[name], *index)] for name, one in states.items()])
        for n in range(len(chunks[0])):
            span = times[time_edges[n] : time_edges[n + 1]]
            taken = [(one.name, n, *index) for one in weather]
            layer[(work, n, *index)] = (_chunk, list(names), taken, span, here, shape, held, settings)
            held = (f"state-{token}", n, *index)
            layer[held] = (_after, (work, n, *index))
    graph = HighLevelGraph.from_collections(work, layer, dependencies=[*weather, *states.values()])

    def array(name: str, pick: Any, source: Any, sizes: Any, dtype: np.dtype) -> Any:
        """A Dask array whose chunks are each one pick out of a task's results."""
        key = f"{pick.__name__}-{name}-{token}"
        chosen = {(key, *at): (pick, source(at), name) for at in product(*(range(len(n)) for n in sizes))}
        layers = HighLevelGraph({**graph.layers, key: chosen}, {**graph.dependencies, key: {work}})
        return da.Array(layers, key, chunks=sizes, dtype=dtype)

    def end(at: tuple[int, ...]) -> tuple[Any, ...]:
        return (f"state-{token}", len(chunks[0]) - 1, *at[len(at) - len(cells) :])

    dtype = blocks.result_type([one.dtype for one in inputs])
    results = {
        name: array(name, _result, lambda at: (work, *at), chunks, blocks.dtype_of(name, dtype))
        for name in settings.variables
    }
    after = {name: array(name, _entry, end, one.chunks, one.dtype) for name, one in states.items()}
    return results, after


def _chunk(
    names: Sequence[str],
    taken: Sequence[np.ndarray],
    times: np.ndarray,
    places: Sequence[tuple[str, np.ndarray]],
    cells: tuple[int, ...],
    before: Mapping[str, np.ndarray],
    settings: Settings,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    weather = dict(zip(names, taken, strict=True))
    here = {name: np.broadcast_to(one, cells) for name, one in places}
    return blocks.compute(weather, times, here, _in_memory(before), settings)


def _part(array: np.ndarray, spans: Sequence[slice]) -> np.ndarray:
    """The part of an array that broadcasts to the cells."""
    return array[
        tuple(span if size > 1 else slice(None) for span, size in zip(spans, array.shape, strict=True))
    ]


def _result(pair: tuple[dict[str, np.ndarray], Any], name: str) -> np.ndarray:
    return pair[0][name]


def _after(pair: tuple[Any, dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return pair[1]


def _entry(state: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    return state[name]
