"""The FWI System for arrays of places and days: one call computes a season, a nation's grid or one station.

Arrays carry time first and any shape of cells after it. float32 stays float32, float64 stays float64; the two
are never mixed. The equations are those of `fwi.py`; agreement of both is tested. Nothing but the results and
the state is allocated at size.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.fire_season import KINDS, YEAR_ROUND, DryStart, SeasonRule
from fenghuo.core.danger.fwi import (
    DEFAULT,
    FACTOR_LIMITS,
    FACTOR_TABLE,
    HOURS_LIMITS,
    HOURS_TABLE,
    LIMIT_BELONGS,
    START,
    Codes,
    Options,
)
from fenghuo.core.danger.overwinter import Overwintering
from fenghuo.core.danger.season import HOLD, GapPolicy

ALL = ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr")
_INPUTS = ("temperature", "humidity", "wind", "rain")
_BLOCK = 512  # as engine.codes.BLOCK, which is not imported before it is needed
_TASK = 64 * _BLOCK  # most cells that one task takes
_COPIED = 4 * _BLOCK  # the same where the weather must be copied into order, so that copies stay small

Impossible = Literal["refuse", "missing"]


@dataclass(frozen=True, eq=False)
class State:
    """Everything a day hands to the next, for every cell; saved and resumed, a run goes on bit for bit.

    `ffmc`, `dmc`, `dc` [1]; `gap_days`: days in a row that lacked an input; `last`: the last observed
    temperature [°C], humidity [%] and wind [km/h], shape (3, *cells), NaN where none was; `active`: the season
    runs; `start_row`, `end_row`: days in a row that speak for a start-up or a shut-down; `autumn_dc`: code the
    last season ended with, NaN where none has; `winter_rain` [mm] since; `dry_days` out of season.
    """

    date: np.datetime64
    ffmc: np.ndarray
    dmc: np.ndarray
    dc: np.ndarray
    gap_days: np.ndarray
    last: np.ndarray
    active: np.ndarray
    start_row: np.ndarray
    end_row: np.ndarray
    autumn_dc: np.ndarray
    winter_rain: np.ndarray
    dry_days: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the cells."""
        return self.ffmc.shape

    @classmethod
    def initial(
        cls,
        shape: tuple[int, ...],
        before: Any,
        start: Codes = START,
        dtype: npt.DTypeLike = np.float64,
        active: bool = True,
        autumn_dc: npt.ArrayLike = np.nan,
        winter_rain: npt.ArrayLike = 0.0,
    ) -> State:
        """Return the state on the eve of a first day: start codes everywhere, `before` being the eve's date.

        Give `autumn_dc` [1] and `winter_rain` [mm] to overwinter a season that another program computed.
        """
        kind = np.dtype(dtype)
        return cls(
            date=np.datetime64(before, "D"),
            ffmc=np.full(shape, start.ffmc, kind),
            dmc=np.full(shape, start.dmc, kind),
            dc=np.full(shape, start.dc, kind),
            gap_days=np.zeros(shape, np.int32),
            last=np.full((3, *shape), np.nan, kind),
            active=np.full(shape, active),
            start_row=np.zeros(shape, np.int32),
            end_row=np.zeros(shape, np.int32),
            autumn_dc=np.broadcast_to(np.asarray(autumn_dc, kind), shape).copy(),
            winter_rain=np.broadcast_to(np.asarray(winter_rain, np.float64), shape).copy(),
            dry_days=np.zeros(shape, np.int32),
        )

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array by name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "date"}

    def save(self, path: str | Path) -> None:
        """Write the state to a .npz file, whole or not at all."""
        path = Path(path)
        about = json.dumps({"state": "fwi1987", "version": 1, "date": str(self.date)})
        part = path.with_name(f".{path.name}.part")
        with part.open("wb") as file:
            np.savez(file, about=np.array(about), **self.arrays())
        os.replace(part, path)

    @classmethod
    def load(cls, path: str | Path) -> State:
        """Read a state; raises ValueError when the file is none."""
        try:
            with np.load(path, allow_pickle=False) as file:
                about = json.loads(str(file["about"]))
                arrays = {one.name: file[one.name] for one in fields(cls) if one.name != "date"}
        except FileNotFoundError:
            raise
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, TypeError) as broken:
            raise ValueError(f"{path} is not a state file that can be read: {broken}") from broken
        if about.get("state") != "fwi1987" or about.get("version") != 1:
            raise ValueError(f"{path} is not a state of the FWI System that this version reads")
        return cls(date=np.datetime64(about["date"], "D"), **arrays)


@dataclass(frozen=True, eq=False)
class SeasonCodes:
    """Codes and indices [1] of every day and cell, shape (time, *cells); None where not asked for.

    A day that could not be computed is NaN in all of them; `marks` (flags of `marks.Mark`, uint8) says why.
    `state` is what the last day hands on.
    """

    dates: np.ndarray
    ffmc: np.ndarray | None
    dmc: np.ndarray | None
    dc: np.ndarray | None
    isi: np.ndarray | None
    bui: np.ndarray | None
    fwi: np.ndarray | None
    dsr: np.ndarray | None
    marks: np.ndarray | None
    state: State


def compute(
    temperature: npt.ArrayLike,
    humidity: npt.ArrayLike,
    wind: npt.ArrayLike,
    rain: npt.ArrayLike,
    dates: Sequence[date] | np.ndarray,
    latitude: npt.ArrayLike,
    *,
    snow_depth: npt.ArrayLike | None = None,
    active: npt.ArrayLike | None = None,
    options: Options = DEFAULT,
    policy: GapPolicy = HOLD,
    rule: SeasonRule = YEAR_ROUND,
    overwintering: Overwintering | None = None,
    dry_start: DryStart | None = None,
    start: Codes | State = START,
    threads: int = 1,
    outputs: Collection[str] = ALL,
    marks: bool = True,
    impossible: Impossible = "refuse",
) -> SeasonCodes:
    """Compute every day of every cell.

    `temperature` [°C], `humidity` [%], `wind` at 10 m [km/h] at noon local standard time and `rain` [mm] of the
    24 hours before, all of shape (time, *cells); `dates` one a row, every day once (a missing day is a row of
    NaN); `latitude` [degrees north] of shape () or (*cells). `snow_depth` [m] for the rule `snow`, `active` for
    the rule `given`. `start` is the codes or the whole `State` of the day before; a restart after a gap and the
    start-up of a season begin from `START` whatever it was, so that a resumed run goes on as a continuous one.
    NaN is a gap and treated by `policy`. `outputs` names the results wanted.

    Raises ValueError for shapes, dates or a state that do not fit, `ImpossibleWeather` that names the first
    value that weather cannot have with its day and cell, unless `impossible` is "missing".
    """
    days = _dates(dates)
    weather = [np.asarray(value) for value in (temperature, humidity, wind, rain)]
    shape = np.broadcast_shapes(*(value.shape for value in weather))
    if len(shape) < 1 or shape[0] != days.size:
        raise ValueError(f"weather of shape {shape} does not begin with the {days.size} days of `dates`")
    for name, value in zip(_INPUTS, weather, strict=True):
        if value.shape != shape:
            raise ValueError(f"{name} has the shape {value.shape}, the others {shape}")
    kind = np.float32 if all(value.dtype == np.float32 for value in weather) else np.float64
    unknown = set(outputs) - set(ALL)
    if unknown:
        raise ValueError(f"no output named {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
    if threads < 1:
        raise ValueError(f"threads {threads!r}: use 1 or more")
    if impossible not in ("refuse", "missing"):
        raise ValueError(f"impossible {impossible!r}: use 'refuse' or 'missing'")
    cells = shape[1:]
    count = int(np.prod(cells, dtype=np.int64))
    snow = _extra(snow_depth, rule, "snow", "snow_depth", shape, kind)
    given = _extra(active, rule, "given", "active", shape, np.bool_)
    state = _resume(start, cells, days, kind, rule)
    tables = _tables(latitude, cells, options, kind)

    inputs = [*weather, snow, given]
    flat = [None if value is None else value.reshape(days.size, count) for value in inputs]
    none = np.empty((0, 0), kind)
    results = {name: np.empty(shape, kind) if name in outputs else None for name in ALL}
    marked = np.zeros(shape, np.uint8) if marks else None
    views = [none if results[name] is None else results[name].reshape(days.size, count) for name in ALL]
    months = (days.astype("datetime64[M]").astype(np.int64) % 12 + 1).astype(np.int64)
    faults = _run(
        flat,
        kind,
        months,
        tables,
        views,
        np.empty((0, 0), np.uint8) if marked is None else marked.reshape(days.size, count),
        state,
        _rules(options, policy, rule, overwintering, dry_start, impossible),
        threads,
    )
    if impossible == "refuse" and faults:
        quantity, day, cell = min(faults, key=lambda fault: (fault[1], fault[2]))
        _refuse(weather[quantity], quantity, day, cell, days, cells)
    state = replace(state, date=days[-1])
    return SeasonCodes(dates=days, marks=marked, state=state, **results)


def _dates(dates: Iterable[Any]) -> np.ndarray:
    days = np.asarray(dates if isinstance(dates, np.ndarray) else list(dates)).astype("datetime64[D]")
    if days.ndim != 1 or days.size == 0:
        raise ValueError("dates must be one row of at least one day")
    wrong = np.nonzero(np.diff(days) != np.timedelta64(1, "D"))[0]
    if wrong.size:
        at = int(wrong[0])
        raise ValueError(
            f"{days[at + 1]} follows {days[at]}: every day stands once, in order; fill a missing day with NaN"
        )
    return days


def _extra(
    value: npt.ArrayLike | None, rule: SeasonRule, kind: str, name: str, shape: tuple[int, ...], dtype: Any
) -> np.ndarray | None:
    if rule.kind != kind:
        return None
    if value is None:
        raise ValueError(f"the season rule {kind!r} needs {name}")
    array = np.asarray(value)
    if array.shape != shape:
        raise ValueError(f"{name} has the shape {array.shape}, the weather {shape}")
    return array.astype(dtype, copy=False)


def _resume(
    start: Codes | State, cells: tuple[int, ...], days: np.ndarray, kind: Any, rule: SeasonRule
) -> State:
    if not isinstance(start, State):
        eve = days[0] - np.timedelta64(1, "D")
        return State.initial(cells, eve, start, kind, active=rule.kind == "year-round")
    if start.shape != cells:
        raise ValueError(f"the state has cells of shape {start.shape}, the weather {cells}")
    if start.ffmc.dtype != kind:
        raise ValueError(f"the state is {start.ffmc.dtype}, the weather {np.dtype(kind)}: do not mix the two")
    if days[0] != start.date + np.timedelta64(1, "D"):
        raise ValueError(f"the state ends on {start.date}, the weather begins on {days[0]}")
    copies = {name: np.array(array, order="C") for name, array in start.arrays().items()}
    return State(date=start.date, **copies)


def _tables(latitude: npt.ArrayLike, cells: tuple[int, ...], options: Options, kind: Any) -> Any:
    from fenghuo.core.danger.engine.chain import Tables

    degrees = np.asarray(latitude, np.float64)
    if not np.all((degrees >= -90.0) & (degrees <= 90.0)):
        raise ValueError("latitude must lie within -90 to 90 degrees everywhere")
    if degrees.shape not in ((), cells):
        raise ValueError(f"latitude has the shape {degrees.shape}; give one value or the cells' {cells}")
    flat = np.broadcast_to(degrees, cells).ravel()
    side = "right" if LIMIT_BELONGS[options.latitude_bands] == "north" else "left"
    return Tables(
        np.asarray(HOURS_TABLE, kind),
        np.asarray(FACTOR_TABLE[options.latitude_bands], kind),
        np.searchsorted(HOURS_LIMITS[options.latitude_bands], flat, side).astype(np.int8),
        np.searchsorted(FACTOR_LIMITS[options.latitude_bands], flat, side).astype(np.int8),
    )


def _rules(
    options: Options,
    policy: GapPolicy,
    rule: SeasonRule,
    overwintering: Overwintering | None,
    dry_start: DryStart | None,
    impossible: Impossible,
) -> Any:
    from fenghuo.core.danger.engine.chain import Rules

    winter, dry = overwintering or Overwintering(), dry_start or DryStart()
    return Rules(
        ffmc_constant=float(options.ffmc_constant),
        printed_rain=options.dmc_rain == "printed",
        start_ffmc=START.ffmc,
        start_dmc=START.dmc,
        start_dc=START.dc,
        restart_after=-1 if policy.restart_after is None else policy.restart_after,
        estimate_up_to=policy.estimate_up_to,
        season=KINDS.index(rule.kind),
        start_temperature=float(rule.start_temperature),
        start_days=rule.start_days,
        end_temperature=float(rule.end_temperature),
        end_days=rule.end_days,
        snow_depth=float(rule.snow_depth),
        overwinter=overwintering is not None,
        carry_over=float(winter.carry_over),
        wetting=float(winter.wetting),
        minimum_dc=float(winter.minimum),
        dry_start=dry_start is not None,
        dmc_per_day=float(dry.dmc_per_day),
        dc_per_day=float(dry.dc_per_day),
        wet_day=float(dry.wet_day),
        refuse=impossible == "refuse",
        limits=np.array([(BOUNDS[name].low, BOUNDS[name].high) for name in _INPUTS]),
    )


def _run(
    inputs: list[np.ndarray | None],
    kind: Any,
    months: np.ndarray,
    tables: Any,
    results: list[np.ndarray],
    marks: np.ndarray,
    state: State,
    rules: Any,
    threads: int,
) -> list[tuple[int, int, int]]:
    """Run all cells, in tasks shared out to threads; return the first impossible value of each task.

    `inputs` are the four quantities, snow and the given season, shape (days, cells) or None.
    """
    from fenghuo.core.danger.engine import chain

    count = inputs[0].shape[1]
    kinds = (kind,) * 5 + (np.bool_,)
    ordered = all(
        value is None or (value.flags.c_contiguous and value.dtype == wanted)
        for value, wanted in zip(inputs, kinds, strict=True)
    )
    inputs = [
        np.empty((0, 0), wanted) if value is None else value
        for value, wanted in zip(inputs, kinds, strict=True)
    ]
    flat = {
        name: array.reshape(3, count) if name == "last" else array.reshape(count)
        for name, array in state.arrays().items()
    }
    block = chain.Block(**flat)

    # Several tasks a thread, so that one slow core does not keep the others waiting.
    share = -(-count // (4 * threads * _BLOCK)) * _BLOCK
    size = min(share, _TASK if ordered else _COPIED)

    def task(first: int) -> np.ndarray:
        fault = np.full(3, -1, np.int64)
        last = min(first + size, count)
        origin, pieces = 0, inputs
        if not ordered:
            origin = first
            pieces = [
                np.ascontiguousarray(value[:, first:last] if value.size else value, wanted)
                for value, wanted in zip(inputs, kinds, strict=True)
            ]
        chain.run(first, last, origin, *pieces, months, tables, *results, marks, block, rules, fault)
        return fault

    starts = range(0, count, max(size, 1))
    if threads == 1 or len(starts) < 2:
        found = [task(first) for first in starts]
    else:
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(task, starts))
    return [tuple(map(int, fault)) for fault in found if fault[0] >= 0]


def _refuse(
    values: np.ndarray, quantity: int, day: int, cell: int, days: np.ndarray, cells: tuple[int, ...]
) -> None:
    name = _INPUTS[quantity]
    where = tuple(int(n) for n in np.unravel_index(cell, cells)) if cells else ()
    value = float(values[(day, *where)])
    said = BOUNDS[name].message(value)
    message = Text(
        f"{days[day]}, cell {list(where)}: {said.en}", f"{days[day]}，格点 {list(where)}:{said.zh}"
    )
    raise ImpossibleWeather(BOUNDS[name].rule, name, value, message)
