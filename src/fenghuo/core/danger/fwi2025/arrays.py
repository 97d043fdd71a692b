"""FWI2025 for arrays of stations and hours: one call computes a season of a nation's stations.

Arrays have the shape (hour, station). Results are float32 where all weather was float32, but the hours are
always chained in float64: thousands of small additions would wear a float32 code away. Nothing but the results
and the state is allocated at size. The equations are those of `scalar.py`; agreement of both is tested.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.fwi2025.options import DEFAULT, HOLD, GapPolicy, Options, percent_cured, stands
from fenghuo.core.danger.fwi2025.state import PARTS, START, State
from fenghuo.core.danger.fwi2025.sun import Place, declination_and_equation_of_time

OUTPUTS = (
    *("mcffmc", "ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr"),
    *("mcgfmc_matted", "mcgfmc_standing", "gfmc", "gsi", "gfwi"),
    *("prec_cumulative", "canopy_drying", "solrad"),
)  # fmt: skip
"""The names of the reference program; moistures [%], `prec_cumulative` [mm], `canopy_drying` [h],
`solrad` [kW/m²], everything else [1]."""
CODES = ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr", "gfmc", "gsi", "gfwi")
_QUANTITIES = ("temperature", "humidity", "wind", "rain")
_HOUR = np.timedelta64(60, "m")
_BLOCK = 512  # as engine.codes.BLOCK, which is not imported before it is needed
_TASK = 8 * _BLOCK  # most stations that one task takes
_CHUNK = 120  # hours copied at a time where weather must be converted

Clock = Literal["local", "utc"]


@dataclass(frozen=True, eq=False)
class HourlyCodes:
    """What `hourly` returns: arrays of shape (hour, station) by the reference program's names, and the state.

    `codes[name]` for each output asked for, NaN in an hour that could not be computed; `marks` (uint8) says
    why: 1 gap, 2 restart. `times` are the hours given, on the clock given; `local_minutes` what to add to them
    for each station's own clock [min]. `wind` [km/h], `cured` [%] where it was observed, `places` (latitude,
    longitude, offset from UTC) and `options` are those given, for the daily summaries.
    """

    times: np.ndarray
    local_minutes: np.ndarray
    codes: dict[str, np.ndarray]
    marks: np.ndarray
    state: State
    wind: np.ndarray
    cured: np.ndarray | None
    places: tuple[np.ndarray, np.ndarray, np.ndarray]
    options: Options

    def __getitem__(self, name: str) -> np.ndarray:
        """Return an output by name; raises KeyError when it was not asked for."""
        return self.codes[name]


def hourly(
    temperature: npt.ArrayLike,
    humidity: npt.ArrayLike,
    wind: npt.ArrayLike,
    rain: npt.ArrayLike,
    times: npt.ArrayLike,
    latitude: npt.ArrayLike,
    longitude: npt.ArrayLike,
    utc_offset: npt.ArrayLike,
    *,
    clock: Clock = "local",
    radiation: npt.ArrayLike | None = None,
    percent_cured: npt.ArrayLike | None = None,
    grass_fuel_load: npt.ArrayLike | None = None,
    options: Options = DEFAULT,
    policy: GapPolicy = HOLD,
    start: State = START,
    threads: int = 1,
    outputs: Collection[str] = CODES,
) -> HourlyCodes:
    """Compute FWI2025 for every hour of every station.

    `temperature` [°C], `humidity` [%], `wind` at 10 m [km/h] and `rain` of the hour [mm] have the shape
    (hour, station); one-dimensional weather is one station. `times` are datetime64 hours that follow each other
    without a hole (a missing hour is a row of NaN). With `clock="local"` they are every station's local
    standard time; with "utc" they are UTC, and each station's own clock follows from its `utc_offset` [h], so
    that a grid over many zones is one call. `latitude`, `longitude` [degrees], `utc_offset` and
    `grass_fuel_load` [kg/m²] have the shape () or (station,). Observed `radiation` [kW/m²] and `percent_cured`
    [%], of a shape that broadcasts to (hour, station), stand in for the estimate and the default curve;
    where observed radiation is NaN the estimate remains. `start` may be the `state` of an earlier call:
    resumed, the run goes on bit for bit.

    Raises ValueError for shapes, hours or a state that do not fit, and `ImpossibleWeather` that names the first
    value that weather cannot have with its hour and station.
    """
    weather = [_weather(name, value) for name, value in
               zip(_QUANTITIES, (temperature, humidity, wind, rain), strict=True)]  # fmt: skip
    shape = weather[0].shape
    for name, value in zip(_QUANTITIES, weather, strict=True):
        if value.shape != shape:
            raise ValueError(f"{name} has the shape {value.shape}, temperature {shape}")
    hours, stations = shape
    minutes = _hours_in_a_row(times, hours, start)
    unknown = set(outputs) - set(OUTPUTS)
    if unknown:
        raise ValueError(f"no output named {', '.join(sorted(unknown))}; there are {', '.join(OUTPUTS)}")
    if clock not in ("local", "utc"):
        raise ValueError(f"clock {clock!r}: use 'local' or 'utc'")
    if threads < 1:
        raise ValueError(f"threads {threads!r}: use 1 or more")
    kind = np.float32 if all(value.dtype == np.float32 for value in weather) else np.float64
    place = [_per_station(name, value, stations) for name, value in
             (("latitude", latitude), ("longitude", longitude), ("utc_offset", utc_offset))]  # fmt: skip
    for low, high, value in ((-90, 90, place[0]), (-180, 360, place[1]), (-14, 14, place[2])):
        if not np.all((value >= low) & (value <= high)):
            Place(*(float(one[np.argmin((value >= low) & (value <= high))]) for one in place))
    load = _per_station(
        "grass_fuel_load", options.grass_fuel_load if grass_fuel_load is None else grass_fuel_load, stations
    )
    if not np.all(load > 0.0):
        raise ValueError("grass_fuel_load must be above 0 kg/m2 at every station")
    cured = None if percent_cured is None else _broadcastable("percent_cured", percent_cured, shape)
    if cured is not None and np.any((cured < 0.0) | (cured > 100.0)):
        raise ValueError("percent_cured must lie within 0 to 100")
    seen = np.zeros((0, 0)) if radiation is None else _broadcastable("radiation", radiation, shape)
    if radiation is not None:
        seen = np.ascontiguousarray(np.broadcast_to(seen, shape))

    shift = np.rint(place[2] * 60.0).astype(np.int64) if clock == "utc" else np.zeros(stations, np.int64)
    first_day, calendar = _calendar(minutes, shift, options)
    results = {name: np.empty(shape, kind) for name in outputs}
    empty = np.empty((0, 0), kind)
    marks = np.zeros(shape, np.uint8)
    parts = np.stack([getattr(start.spread(stations), name) for name in PARTS])
    if hours and stations:
        observed = (seen, np.zeros((0, 0)) if cured is None else cured)
        days = (*calendar, minutes[0] + shift - first_day)
        where = (np.radians(place[0]), place[1], place[2], load)
        into = (parts, tuple(results.get(name, empty) for name in OUTPUTS), marks)
        _run(weather, observed, days, where, _rules(options, policy), into, threads, minutes)
    last = np.datetime64(int(minutes[-1]), "m") if hours else start.time
    state = State(**dict(zip(PARTS, parts, strict=True)), time=last)
    return HourlyCodes(
        minutes.astype("datetime64[m]"),
        shift,
        results,
        marks,
        state,
        weather[2],
        cured,
        tuple(place),
        options,
    )


def _rules(options: Options, policy: GapPolicy) -> tuple[Any, ...]:
    """Return every choice of a run as `kernel.Rules` holds it."""
    return (
        -1 if policy.restart_after is None else policy.restart_after,
        options.between == "rests",
        np.array([float(getattr(START, name)) for name in PARTS]),
        np.array([[BOUNDS[name].low, BOUNDS[name].high] for name in _QUANTITIES]),
    )


def _run(
    weather: list[np.ndarray],
    observed: tuple[np.ndarray, np.ndarray],
    days: tuple[np.ndarray, ...],
    where: tuple[np.ndarray, ...],
    choices: tuple[Any, ...],
    into: tuple[np.ndarray, tuple[np.ndarray, ...], np.ndarray],
    threads: int,
    times: np.ndarray,
) -> None:
    """Hand out the stations to threads; `into` receives the end state, the results and the marks."""
    from fenghuo.core.danger.fwi2025 import kernel

    # One kind of array for the compiler, whatever came in: weather of a read-only file is no second program.
    seen, cured = map(_read_only, observed)
    *calendar, minute = map(_read_only, days)
    places = kernel.Places(*map(_read_only, where))
    rules = kernel.Rules(*choices)
    parts, outs, marks = into
    hours, stations = weather[0].shape
    threads = min(threads, os.cpu_count() or 1)
    plain = all(value.dtype == np.float64 and value.flags.c_contiguous for value in weather)
    if plain:
        weather = list(map(_read_only, weather))
    share = -(-stations // (threads * _BLOCK)) * _BLOCK  # whole blocks, evenly over the threads
    width = min(share, _TASK) if plain else _BLOCK

    def whole(first: int) -> np.ndarray:
        """Run a task's stations through all hours in place."""
        fault = np.full(3, -1, np.int64)
        last = min(first + width, stations)
        kernel.run(
            first, last, *weather, seen, cured, kernel.Calendar(*calendar, minute), places, rules, parts, outs,
            marks, fault,
        )  # fmt: skip
        return fault

    def converted(first: int) -> np.ndarray:
        """Run a task's stations through all hours, a few days at a time in copies of double precision."""
        columns = slice(first, min(first + width, stations))
        count = columns.stop - first
        local = kernel.Places(*(_read_only(np.ascontiguousarray(value[columns])) for value in places))
        state = np.ascontiguousarray(parts[:, columns])
        fault = np.full(3, -1, np.int64)
        for begin in range(0, hours, _CHUNK):
            rows = slice(begin, min(begin + _CHUNK, hours))
            length = rows.stop - begin
            copies = [_read_only(value[rows, columns].astype(np.float64, order="C")) for value in weather]
            results = tuple(np.empty((length, count) if out.shape[0] else (0, 0)) for out in outs)
            now = np.zeros((length, count), np.uint8)
            some = (
                np.ascontiguousarray(field[rows if field.shape[0] > 1 else slice(None)][:, part])
                for field, part in (
                    (seen, columns if seen.shape[0] else slice(None)),
                    (cured, columns if cured.shape[1] > 1 else slice(None)),
                )
            )
            clock = kernel.Calendar(*calendar, _read_only(minute[columns] + 60 * begin))
            kernel.run(
                0, count, *copies, *map(_read_only, some), clock, local, rules, state, results, now, fault
            )
            if fault[0] >= 0:
                return fault + np.array([0, begin, first])
            for out, result in zip(outs, results, strict=True):
                if out.shape[0]:
                    out[rows, columns] = result
            marks[rows, columns] = now
        parts[:, columns] = state
        return fault

    task = whole if plain else converted
    starts = range(0, stations, width)
    if threads == 1:
        faults = [task(first) for first in starts]
    else:
        with ThreadPoolExecutor(threads) as pool:
            faults = list(pool.map(task, starts))
    for quantity, hour, station in faults:
        if quantity >= 0:
            name = _QUANTITIES[quantity]
            value = float(weather[quantity][hour, station])
            when = times[hour].astype("datetime64[m]")
            told = BOUNDS[name].message(value)
            text = Text(f"{when}, station {station}: {told.en}", f"{when}，第 {station} 站：{told.zh}")
            raise ImpossibleWeather(BOUNDS[name].rule, name, value, text)


def _read_only(array: np.ndarray) -> np.ndarray:
    view = array.view()
    view.flags.writeable = False
    return view


def _weather(name: str, value: npt.ArrayLike) -> np.ndarray:
    array = np.asarray(value)
    if array.ndim == 1:
        array = array[:, np.newaxis]
    if array.ndim != 2:
        raise ValueError(f"{name} has {array.ndim} dimensions: use (hour, station)")
    return array


def _per_station(name: str, value: npt.ArrayLike, stations: int) -> np.ndarray:
    array = np.asarray(value, np.float64)
    if array.shape not in ((), (1,), (stations,)):
        raise ValueError(f"{name} has the shape {array.shape}: use one value, or one for each of {stations}")
    return np.ascontiguousarray(np.broadcast_to(array, (stations,)))


def _broadcastable(name: str, value: npt.ArrayLike, shape: tuple[int, int]) -> np.ndarray:
    array = np.asarray(value, np.float64)
    array = array.reshape((1,) * (2 - array.ndim) + array.shape) if array.ndim < 2 else array
    if array.ndim != 2 or any(size not in (1, whole) for size, whole in zip(array.shape, shape, strict=True)):
        raise ValueError(f"{name} has the shape {array.shape}, which does not spread over {shape}")
    return np.ascontiguousarray(array)


def _hours_in_a_row(times: npt.ArrayLike, hours: int, start: State) -> np.ndarray:
    stamps = np.atleast_1d(np.asarray(times, dtype="datetime64[m]"))
    if stamps.shape != (hours,):
        raise ValueError(f"{stamps.size} times for {hours} hours of weather")
    if np.any(np.isnat(stamps)) or np.any(np.diff(stamps) != _HOUR):
        raise ValueError("times must follow each other hour by hour; a missing hour is a row of NaN")
    if start.time is not None and hours and stamps[0] != start.time.astype("datetime64[m]") + _HOUR:
        raise ValueError(f"the hours begin at {stamps[0]}, the state ended at {start.time}")
    return stamps.astype(np.int64)


def _calendar(minutes: np.ndarray, shift: np.ndarray, options: Options) -> tuple[int, tuple[np.ndarray, ...]]:
    """Return the first local midnight [min] and what sun, curing and grass do on each day from then on."""
    if not minutes.size or not shift.size:
        return 0, (np.zeros(0),) * 4
    first = (int(minutes[0]) + int(shift.min())) // 1440
    last = (int(minutes[-1]) + int(shift.max())) // 1440
    days = np.arange(first, last + 1).astype("datetime64[D]").tolist()
    sun = [declination_and_equation_of_time(day) for day in days]
    return first * 1440, (
        np.array([declination for declination, _ in sun]),
        np.array([equation for _, equation in sun]),
        np.array([percent_cured(day, options.green_up) for day in days]),
        np.array([float(stands(day, options)) for day in days]),
    )
