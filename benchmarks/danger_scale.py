"""A globe's year of fire danger through Dask: memory while the grid grows, and what one would pay on more machines.

    .venv/bin/python -m benchmarks.danger_scale            # all land of the 0.1° grid, some minutes
    .venv/bin/python -m benchmarks.danger_scale --quick    # one land cell in twenty, under a minute

Three things are measured here and one is computed from them:

1. **Memory.** `danger compute`'s plan runs over n, 2n, 4n and 8n cells with the same budget, each in a process of
   its own; the peak is the most resident memory above the start, looked at every 2 ms.
2. **A land year at 0.1°.** Of the grid of 1,801 × 3,600 cells those that `benchmarks.land` calls land, Antarctica
   and Greenland included, float32, all seven outputs, through Dask on this machine's cores. The weather is made up
   in each task from one small piece, since 13 GB of input would have to come from somewhere; that making is timed
   alone and taken off. What the whole grid, sea included, would take is computed from it, cell by cell.
3. **The parts.** Compute per cell-day on one core, Zarr reading and writing per core with the plan's compression,
   the Dask scheduler's time per task.
4. **More machines** (computed, not measured): with N cells·days, m machines of c cores each,

       seconds = N · (compute + bytes in / read + bytes out / write) / (m · c) + tasks · scheduler

   The scheduler is one process, so its part is not divided; storage is taken to be as fast for each machine as it
   is here for one, which a shared file system must be asked to prove. Cores are of this machine's kind.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import land, measure
from fenghuo.core.danger.blocks import Settings

DAYS = 365
ROWS, COLUMNS = 1801, 3600
TILE = (60, 360)  # rows and columns of a Dask chunk: 7.9 million cell-days
UNITS = {
    "air_temperature": "degC",
    "relative_humidity": "%",
    "wind_speed": "km h-1",
    "precipitation_amount": "mm",
}
SETTINGS = Settings()


def piece(cells: int, days: int = DAYS) -> dict[str, np.ndarray]:
    """Weather of some cells [°C, %, km/h, mm]: a year with a dry and a wet season."""
    chance = np.random.default_rng(4)
    season = -np.cos(2.0 * np.pi * np.arange(days) / 365.0)[:, None]
    shape = (days, cells)
    rain = np.where(chance.random(shape) < 0.25, chance.gamma(0.7, 8.0, shape), 0.0)
    values = (
        12.0 + 12.0 * season + 4.0 * chance.standard_normal(shape),
        np.clip(60.0 - 10.0 * season + 15.0 * chance.standard_normal(shape), 5.0, 100.0),
        np.clip(12.0 + 6.0 * chance.standard_normal(shape), 0.0, 100.0),
        np.minimum(rain, 300.0),
    )
    return {name: value.astype(np.float32) for name, value in zip(UNITS, values, strict=True)}


def world(rows: int, columns: int, tile: tuple[int, int] = TILE, days: int = DAYS) -> Any:
    """A lazy Dataset: every chunk is the same piece, moved by the latitude."""
    import dask.array as da
    import xarray as xr

    tile = (min(tile[0], rows), min(tile[1], columns))
    pieces = {name: one.reshape(days, *tile) for name, one in piece(tile[0] * tile[1], days).items()}
    latitude = np.linspace(90.0, -90.0, rows)
    chunks = ((days,), *da.core.normalize_chunks(tile, (rows, columns)))

    def make(name: str) -> Any:
        def block(block_info: Any = None) -> np.ndarray:
            (_, (top, bottom), (left, right)) = block_info[None]["array-location"]
            made = pieces[name][:, : bottom - top, : right - left].copy()
            if name == "air_temperature":
                made += np.float32(15.0 - abs(latitude[top:bottom].mean()) / 3.0)
            return made

        return da.map_blocks(block, chunks=chunks, dtype=np.float32, name=f"made-{name}-{rows}-{columns}")

    times = np.datetime64("2023-01-01", "ns") + np.arange(days) * np.timedelta64(86_400_000_000_000, "ns")
    return xr.Dataset(
        {
            name: (("time", "latitude", "longitude"), make(name), {"units": unit})
            for name, unit in UNITS.items()
        },
        coords={
            "time": times,
            "latitude": ("latitude", latitude, {"units": "degrees_north"}),
            "longitude": (
                "longitude",
                np.linspace(0.0, 360.0, columns, endpoint=False),
                {"units": "degrees_east"},
            ),
        },
        attrs={"time_step_hours": 24.0, "frequency": "day"},
    )


def land_of_the_earth(every: int = 1, at_once: int = TILE[0] * TILE[1], days: int = DAYS) -> Any:
    """A lazy Dataset of the grid's land, one cell in `every`, along one dimension: its weather as that of `world`."""
    import dask.array as da
    import xarray as xr

    rows, columns = np.linspace(90.0, -90.0, ROWS), np.linspace(0.0, 360.0, COLUMNS, endpoint=False)
    found = land.mask(rows, columns)
    latitude, longitude = (
        np.broadcast_to(one, found.shape)[found][::every] for one in (rows[:, None], columns[None, :])
    )
    cells = len(latitude)
    pieces = piece(min(at_once, cells), days)

    def make(name: str) -> Any:
        def block(block_info: Any = None) -> np.ndarray:
            (_, (first, end)) = block_info[None]["array-location"]
            made = pieces[name][:, : end - first].copy()
            if name == "air_temperature":
                made += (15.0 - np.abs(latitude[first:end]) / 3.0).astype(np.float32)
            return made

        chunks = ((days,), *da.core.normalize_chunks((at_once,), (cells,)))
        return da.map_blocks(block, chunks=chunks, dtype=np.float32, name=f"land-{name}-{every}")

    times = np.datetime64("2023-01-01", "ns") + np.arange(days) * np.timedelta64(86_400_000_000_000, "ns")
    return xr.Dataset(
        {name: (("time", "cell"), make(name), {"units": unit}) for name, unit in UNITS.items()},
        coords={
            "time": times,
            "latitude": ("cell", latitude, {"units": "degrees_north"}),
            "longitude": ("cell", longitude, {"units": "degrees_east"}),
        },
        attrs={"time_step_hours": 24.0, "frequency": "day"},
    )


def warm(threads: int) -> None:
    """Compile and import what is used, so that no figure holds it."""
    from fenghuo.core.danger import grid

    grid.computed(world(4, 8, days=5), SETTINGS).compute(num_workers=threads)


# --- memory ------------------------------------------------------------------------------------------------------


def memory_of(rows: int, columns: int, budget: int) -> dict[str, Any]:
    """Run the plan of `danger compute` in a process of its own; returns cells, peak memory and seconds."""
    words = [
        sys.executable,
        "-m",
        "benchmarks.danger_scale",
        "--memory-of",
        str(rows),
        str(columns),
        str(budget),
    ]
    told = subprocess.run(words, capture_output=True, text=True, check=True)
    return json.loads(told.stdout.splitlines()[-1])


def run_plan(rows: int, columns: int, budget: int) -> None:
    """The process that `memory_of` starts."""
    from fenghuo.core.danger import compute
    from fenghuo.core.danger.sources import Gridded

    folder = Path(tempfile.mkdtemp(prefix="danger-scale-"))
    try:
        # The input is a real file, so that reading is part of what is measured.
        world(rows, columns, tile=(10, 250)).to_zarr(folder / "in.zarr", consolidated=False)
        compute.compute(
            Gridded((str(folder / "in.zarr"),)), folder / "warm.zarr", SETTINGS, memory=budget, threads=1
        )
        shutil.rmtree(folder / "warm.zarr")
        before = measure.resident()
        begun = time.perf_counter()
        report, extra = measure.extra_memory(
            lambda: compute.compute(
                Gridded((str(folder / "in.zarr"),)), folder / "out.zarr", SETTINGS, memory=budget, threads=2
            )
        )
        seconds = time.perf_counter() - begun
        print(json.dumps({"cells": rows * columns, "blocks": report.blocks, "before": before, "extra": extra,
                          "peak": before + extra, "seconds": seconds}))  # fmt: skip
    finally:
        shutil.rmtree(folder)


# --- a land year at 0.1° -----------------------------------------------------------------------------------------


def year(weather: Any, threads: int) -> dict[str, float]:
    """Compute all seven outputs of weather through Dask; they are made in full and not stored."""
    import dask

    from fenghuo.core.danger import grid

    danger = grid.computed(weather, SETTINGS)
    # One number a chunk of each variable, so that every value is made and none has to be stored.
    asked = [one.data.map_blocks(_peak, dtype=one.dtype, chunks=(1, 1)) for one in danger.data_vars.values()]
    made = [one.data.map_blocks(_peak, dtype=one.dtype, chunks=(1, 1)) for one in weather.data_vars.values()]
    with dask.config.set(scheduler="threads", num_workers=threads):
        begun = time.perf_counter()
        peaks = dask.compute(*asked)
        whole = time.perf_counter() - begun
        begun = time.perf_counter()
        dask.compute(*made)
        making = time.perf_counter() - begun
    assert all(np.isfinite(peak).all() for peak in peaks)
    tasks = int(np.prod([len(sizes) for sizes in weather["wind_speed"].chunks]))
    cells = weather.sizes["cell"]
    return {
        "cells": cells,
        "cell_days": cells * DAYS,
        "seconds": whole,
        "making": making,
        "tasks": tasks,
    }


def _peak(block: np.ndarray) -> np.ndarray:
    return np.full((1, 1), block[:, 0].max(), block.dtype)


# --- parts -------------------------------------------------------------------------------------------------------


def parts(runs: int, folder: Path) -> dict[str, float]:
    """Measure one core: compute [s per cell-day], reading and writing [bytes/s], scheduler [s per task]."""
    import xarray as xr
    from distributed import Client, LocalCluster

    from fenghuo.core.danger import grid, store
    from fenghuo.core.danger.layout import plan

    weather = world(*TILE).compute(scheduler="synchronous")
    cell_days = weather["wind_speed"].size
    danger = grid.computed(weather, SETTINGS)
    computing = measure.median_of(runs, lambda: grid.computed(weather, SETTINGS))
    layout = plan(dict(danger.sizes), dict(danger.sizes), cell_days)
    where = {dim: slice(None) for dim in danger.sizes}
    store.create(".zarr", folder, danger.chunk(), layout)
    writing = measure.median_of(runs, lambda: store.write(".zarr", folder, danger, where, (0, 0, 0)))
    stored = sum(one.stat().st_size for one in (folder / "data.zarr").rglob("*") if one.is_file())

    def read() -> None:
        with xr.open_zarr(folder / "data.zarr", consolidated=False, chunks=None) as opened:
            opened.load()

    reading = measure.median_of(runs, read)
    size = sum(one.nbytes for one in danger.data_vars.values())
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1",
                     dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        tasks = 500
        client.gather(client.map(_nothing, range(50), pure=False))
        numbers = count()
        scheduling = measure.median_of(
            runs,
            lambda: client.gather(
                client.map(_nothing, [(next(numbers), n) for n in range(tasks)], pure=False)
            ),
        )
    return {
        "compute": computing / cell_days,
        "write": size / writing,
        "read": size / reading,
        "stored_share": stored / size,
        "task": scheduling / tasks,
    }


def _nothing(_: Any) -> None:
    return None


# --- more machines -----------------------------------------------------------------------------------------------


def price(
    found: dict[str, float], cell_days: float, tasks: int, machines: int, cores: int
) -> dict[str, float]:
    """Return seconds and machine-hours by the formula of the module's header."""
    inputs, outputs = 4 * 4, 7 * 4
    of_one = found["compute"] + inputs / found["read"] + outputs / found["write"]
    seconds = cell_days * of_one / (machines * cores) + tasks * found["task"]
    return {"seconds": seconds, "machine_hours": machines * seconds / 3600.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a part of the grid, under a minute")
    parser.add_argument("--memory-of", nargs=3, type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.memory_of:
        run_plan(*chosen.memory_of)
        return
    cores = measure.machine()["cores"]
    warm(cores)

    budget = (128 if chosen.quick else 256) * 2**20
    start = (12, 500) if chosen.quick else (100, 1000)
    grown = [memory_of(start[0] * times, start[1], budget) for times in (1, 2, 4, 8)]
    print(f"1. Memory while the grid grows, budget {budget / 2**20:.0f} MB, a year, float32, file to file\n")
    measure.table(
        [
            [f"{one['cells']:,} cells", one["blocks"], one["peak"] / 1e6, one["extra"] / 1e6,
             one["cells"] * DAYS / one["seconds"] / 1e6]
            for one in grown
        ],
        ["grid", "blocks", "peak MB", "above start MB", "million cell-days/s"],
    )  # fmt: skip

    every = 20 if chosen.quick else 1
    globe = year(land_of_the_earth(every), cores)
    land_cells = int(
        land.mask(np.linspace(90.0, -90.0, ROWS), np.linspace(0.0, 360.0, COLUMNS, endpoint=False)).sum()
    )
    net = globe["seconds"] - globe["making"]
    print(
        f"\n2. A land year at 0.1°: {globe['cells']:,} of {land_cells:,} land cells "
        f"({land_cells / (ROWS * COLUMNS):.0%} of the grid's {ROWS * COLUMNS:,}), {cores} threads, Dask\n"
    )
    measure.table(
        [
            ["all, weather made in the tasks", globe["seconds"], globe["cell_days"] / globe["seconds"] / 1e6],
            ["making the weather alone", globe["making"], globe["cell_days"] / globe["making"] / 1e6],
            ["codes and indices", net, globe["cell_days"] / net / 1e6],
        ],
        ["", "seconds", "million cell-days/s"],
    )
    if every > 1:
        print(f"\nall land, computed from it: {net * every:,.0f} s of codes and indices")
    print(f"the whole grid, sea included, computed from it: {net / globe['cells'] * ROWS * COLUMNS:,.0f} s")

    with tempfile.TemporaryDirectory(prefix="danger-scale-") as folder:
        found = parts(3 if chosen.quick else 7, Path(folder))
    print("\n3. Parts, one core\n")
    measure.table(
        [
            ["compute, million cell-days/s", 1e-6 / found["compute"]],
            ["read Zarr, MB/s of values", found["read"] / 1e6],
            ["write Zarr, MB/s of values", found["write"] / 1e6],
            ["stored size, share of the values", found["stored_share"]],
            ["Dask scheduler, ms a task", found["task"] * 1e3],
        ],
        ["part", "measured"],
    )

    grids = {"land": land_cells, "whole grid": ROWS * COLUMNS}
    paid = {
        f"{name}, {years} years, {machines} machines": price(
            found, cells * DAYS * years, -(-cells // (TILE[0] * TILE[1])) * years, machines, cores
        )
        for name, cells in grids.items()
        for years in (1, 100)
        for machines in (1, 10, 100)
    }
    print(
        f"\n4. Land, and the grid with its sea, on machines of {cores} such cores (computed from 3, not measured)\n"
    )
    measure.table(
        [[name, one["seconds"] / 60.0, one["machine_hours"]] for name, one in paid.items()],
        ["", "minutes", "machine-hours"],
    )
    measure.finish(
        {
            "peak_at_8n_to_n": grown[-1]["peak"] / grown[0]["peak"],
            "above_start_at_8n_to_budget": grown[-1]["extra"] / budget,
            "making_share": globe["making"] / globe["seconds"],
        },
        quick=chosen.quick,
        memory=grown,
        land_cells=land_cells,
        land_share_of_grid=round(land_cells / (ROWS * COLUMNS), 4),
        year=globe,
        parts=found,
        paid=paid,
    )


if __name__ == "__main__":
    main()
