"""Daily FWI codes of a grid beside xclim, climate_indices and cffdrs-fire: speed, memory, agreement, start-up.

    .venv/bin/python -m benchmarks.danger            # 100,000 cells, a year, three turns; 10 minutes, 6 GB
    .venv/bin/python -m benchmarks.danger --quick    # 10,000 cells, one turn, under a minute

Every run has a process of its own, one after another, turn by turn: it makes the same weather, computes a small
piece so that whatever compiles is compiled, then everything once with an eye on memory and twice with the clock
running, of which the better counts. So no program is charged for memory that the system hands out for the first
time, which takes a virtual machine longer than the fastest of them computes. A run on one thread has
the programs' own thread counts set to 1 (NUMBA_NUM_THREADS, RAYON_NUM_THREADS, OMP_NUM_THREADS; xclim without dask);
the column "cores used", processor time over wall time, shows that it kept to that, or that the machine was busy.
Memory is the most that was resident above what the process held with its inputs; what is left when the seven
results are taken off is work space. float32 is compared with float32 only, float64 with float64.

The others get fewer cells, which the table states, or a run would take most of an hour. They are compared by time per
cell-day; fewer cells favour them if anything, since more of the work stays in the processor's cache.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import measure, peers
from fenghuo.core.danger.fwi import DEFAULT, Options


@dataclass(frozen=True)
class Program:
    """A program as it is run here: kind of numbers, threads, the choices of ours that are its own, its most cells."""

    label: str
    function: str
    kind: str
    threads: int
    options: Options = DEFAULT
    most: int | None = None

    def cells_of(self, cells: int) -> int:
        """How many of the cells it is given."""
        return cells if self.most is None else min(cells, self.most)


FEWER = 20_000
PROGRAMS = {
    "ours-64": Program("ours", "ours", "float64", 1),
    "xclim-64": Program("xclim", "xclim", "float64", 1, most=FEWER),
    "climate_indices-64": Program(
        "climate_indices", "climate_indices", "float64", 1, peers.CLIMATE_INDICES, FEWER
    ),
    "cffdrs-64": Program("cffdrs-fire", "cffdrs", "float64", 1, most=FEWER),
    "ours-64-2": Program("ours", "ours", "float64", 2),
    "xclim-64-2": Program("xclim (dask)", "xclim", "float64", 2, most=FEWER),
    "climate_indices-64-2": Program(
        "climate_indices", "climate_indices", "float64", 2, peers.CLIMATE_INDICES, FEWER
    ),
    "ours-32": Program("ours", "ours", "float32", 1),
    "xclim-32": Program("xclim", "xclim", "float32", 1, most=FEWER),
    "ours-32-2": Program("ours", "ours", "float32", 2),
    "xclim-32-2": Program("xclim (dask)", "xclim", "float32", 2, most=FEWER),
}
SAMPLE = 1000  # cells on which results are compared
START_UP = """
import json, time
clocks = lambda: (time.perf_counter(), time.process_time())
marks = [clocks()]
import numpy as np
marks.append(clocks())
import numba
marks.append(clocks())
from fenghuo.core.danger.daily import compute
fields = [np.full((2, 3), value) for value in (20.0, 40.0, 10.0, 0.0)]
compute(*fields, np.array(["2024-05-01", "2024-05-02"], "datetime64[D]"), 40.0)
marks.append(clocks())
print(json.dumps([[after[n] - before[n] for before, after in zip(marks, marks[1:])] for n in (0, 1)]))
"""


def call(program: Program, case: Any) -> peers.Results:
    """Run a program once."""
    function = getattr(peers, program.function)
    if program.function == "ours":
        return function(*case, threads=program.threads)
    if program.function == "xclim":
        return function(*case, chunks=program.threads)
    return function(*case)


def child(name: str, cells: int, days: int) -> dict[str, Any]:
    """Do one run in this process: its time [s], processor time [s], memory [B] and distance from ours."""
    warnings.filterwarnings("ignore")
    program = PROGRAMS[name]
    latitude = np.linspace(-60.0, 70.0, cells)
    dates = np.datetime64("2023-01-01") + np.arange(days)
    case = (peers.weather_of(days, cells, dtype=np.dtype(program.kind)), dates, latitude)
    few = slice(0, cells, max(cells // SAMPLE, 1))
    part = (tuple(np.ascontiguousarray(field[:, few]) for field in case[0]), dates, latitude[few])
    first = call(program, part)
    held, highest = measure.resident(), measure.peak_memory()
    results, above = measure.extra_memory(lambda: call(program, case), every=0.01)
    if measure.peak_memory() > highest:  # the system's own mark misses nothing between two looks
        above = max(above, measure.peak_memory() - held)
    size = sum(array.nbytes for array in results.values())
    del results
    timed = []
    for _ in range(2):
        begun, used = time.perf_counter(), time.process_time()
        call(program, case)
        timed.append((time.perf_counter() - begun, time.process_time() - used))
    seconds, processor = min(timed)
    double = tuple(field.astype(np.float64) for field in part[0])
    reference = peers.ours(double, *part[1:], program.options)
    return {
        "seconds": seconds,
        "processor": processor,
        "above_inputs": above,
        "results": size,
        "apart": {code: float(np.nanmax(np.abs(first[code] - reference[code]))) for code in peers.CODES},
    }


def run(name: str, cells: int, days: int) -> dict[str, Any]:
    """Do one run in a process of its own."""
    threads = str(PROGRAMS[name].threads)
    limits = ("NUMBA_NUM_THREADS", "RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.danger", "--child", name, "--cells", str(cells), "--days", str(days)],
        env=os.environ | dict.fromkeys(limits, threads), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(answer.stdout.splitlines()[-1])


def start_up(runs: int) -> dict[str, dict[str, float]]:
    """Median wall and processor time [s] of importing and of a first call in fresh processes with a filled cache."""
    taken = []
    # What the imports compile is kept, as it is on a desk; the first process fills the cache and does not count.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs + 1):
        answer = subprocess.run(
            [sys.executable, "-c", START_UP], env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        taken.append(json.loads(answer.stdout))
    parts = np.median(np.array(taken[1:]), axis=0)
    whole = np.median(np.array(taken[1:]).sum(axis=2), axis=0)
    names = ("numpy", "numba", "ours")
    return {
        clock: {"all": round(float(whole[n]), 2), **dict(zip(names, parts[n].round(2).tolist(), strict=True))}
        for n, clock in enumerate(("wall", "processor"))
    }


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the tables and the last line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="10,000 cells and one turn")
    asked.add_argument("--cells", type=int, default=None)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--runs", type=int, default=None, help="turns (3)")
    asked.add_argument("--only", nargs="+", choices=list(PROGRAMS), help="programs to run")
    asked.add_argument("--child", help=argparse.SUPPRESS)
    given = asked.parse_args(arguments)
    cells = given.cells or (10_000 if given.quick else 100_000)
    if given.child:
        print(json.dumps(child(given.child, cells, given.days)))
        return
    turns = given.runs or (1 if given.quick else 3)
    cores = len(os.sched_getaffinity(0))
    names = [name for name in given.only or PROGRAMS if PROGRAMS[name].threads <= cores]

    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(turns):
        for name in names:
            runs[name].append(run(name, PROGRAMS[name].cells_of(cells), given.days))
    cell_days = {name: PROGRAMS[name].cells_of(cells) * given.days / 1e6 for name in names}
    # Seconds for a million cell-days, since not every program has the same number of cells.
    taken = {name: [one["seconds"] / cell_days[name] for one in every] for name, every in runs.items()}
    rates = {name: 1.0 / statistics.median(times) for name, times in taken.items()}
    beyond = {
        name: max(0, *(one["above_inputs"] - one["results"] for one in every)) / 1e6
        for name, every in runs.items()
    }
    apart = {name: every[0]["apart"] for name, every in runs.items() if PROGRAMS[name].threads == 1}

    ratios: dict[str, float] = {}
    for kind, threads in (("float64", 1), ("float64", 2), ("float32", 1), ("float32", 2)):
        group = [name for name in names if (PROGRAMS[name].kind, PROGRAMS[name].threads) == (kind, threads)]
        if not group:
            continue
        print(f"\n{given.days} days, seven results, {kind}, {threads} thread(s)")
        rows = []
        for name in group:
            faster, by_processor = "", ""
            if name != group[0] and group[0].startswith("ours"):
                ratio = measure.ratio(taken[group[0]], taken[name])
                ratios[f"{kind}_{threads}_over_{PROGRAMS[name].function}"] = round(ratio, 2)
                faster = f"{ratio:.1f}"
                times = [[one["processor"] / cell_days[who] for one in runs[who]] for who in (group[0], name)]
                by_processor = f"{measure.ratio(*times):.1f}"
            cores_used = statistics.median(one["processor"] / one["seconds"] for one in runs[name])
            above = statistics.median(one["above_inputs"] for one in runs[name]) / 1e6
            rows.append(
                [
                    PROGRAMS[name].label,
                    PROGRAMS[name].cells_of(cells),
                    rates[name],
                    f"{cores_used:.2f}",
                    faster,
                    by_processor,
                    above,
                    beyond[name],
                ]
            )
        measure.table(
            rows,
            ["program", "cells", "M cell-days/s", "cores used", "ours faster ×", "by processor time ×",
             "MB above inputs", "MB beyond results"],
        )  # fmt: skip
    print("\nLargest difference from our float64 with the program's own choices, on 1,000 of the cells")
    rows = [[f"{PROGRAMS[name].label} {PROGRAMS[name].kind}", *(f"{v:.1e}" for v in codes.values())]
            for name, codes in apart.items()]  # fmt: skip
    measure.table(rows, ["program", *peers.CODES])
    begun = start_up(1 if given.quick else 9)
    print("\nA fresh process, compiled before: seconds to import and compute a first result")
    measure.table(
        [[f"{clock} time", *parts.values()] for clock, parts in begun.items()],
        ["", "all", "importing NumPy", "importing Numba", "ours, with what Numba loads to read its cache"],
    )
    ours = [name for name in names if name.startswith("ours")]
    measure.finish(
        ratios,
        cells={name: PROGRAMS[name].cells_of(cells) for name in names}, days=given.days, turns=turns,
        million_cell_days_per_second={name: round(rate, 2) for name, rate in rates.items()},
        megabytes_beyond_results={name: round(most, 1) for name, most in beyond.items()},
        largest_difference={name: max(codes.values()) for name, codes in apart.items()},
        float32_fwi_error=apart.get("ours-32", {}).get("fwi"),
        start_up_seconds=begun,
        two_threads_over_one={
            kind: round(rates[f"ours-{kind}-2"] / rates[f"ours-{kind}"], 2)
            for kind in ("64", "32") if {f"ours-{kind}-2", f"ours-{kind}"} <= set(ours)
        },
    )  # fmt: skip


if __name__ == "__main__":
    main()
