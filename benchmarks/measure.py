"""What every benchmark shares: the machine, medians of several runs, peak memory, a table, a last JSON line."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Return what the figures were measured on: processor, cores this process may use, memory, Python."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines()
                 if line.startswith("model name")]  # fmt: skip
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def median_of(runs: int, function: Callable[[], Any]) -> float:
    """Return the median wall time of `runs` calls [s]."""
    return statistics.median(times(runs, function))


def times(runs: int, function: Callable[[], Any]) -> list[float]:
    """Return the wall time of each of `runs` calls [s]."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        function()
        taken.append(time.perf_counter() - begun)
    return taken


def in_turn(runs: int, functions: Mapping[str, Callable[[], Any]]) -> dict[str, list[float]]:
    """Time several programs turn by turn (A B A B …), so that a drifting machine drifts for all of them [s]."""
    taken: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(runs):
        for name, function in functions.items():
            taken[name] += times(1, function)
    return taken


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return how many times faster ours is: the median of the ratios of runs made in the same turn."""
    return statistics.median(b / a for a, b in zip(ours, theirs, strict=True))


def peak_memory() -> int:
    """Return the most resident memory this process has held so far [bytes]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def resident() -> int:
    """Return the resident memory of this process now [bytes]."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def extra_memory(function: Callable[[], Any], every: float = 0.002) -> tuple[Any, int]:
    """Run `function`; return its result and the most resident memory above the start while it ran [bytes]."""
    done = threading.Event()
    start = resident()
    highest = start

    def watch() -> None:
        nonlocal highest
        while not done.wait(every):
            highest = max(highest, resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        result = function()
        highest = max(highest, resident())
    finally:
        done.set()
        watcher.join()
    return result, highest - start


def table(rows: Iterable[Sequence[Any]], headers: Sequence[str]) -> None:
    """Print an aligned table; the first column to the left, the others to the right."""
    cells = [list(map(str, headers)), *[[_plain(cell) for cell in row] for row in rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(headers))]
    for number, row in enumerate(cells):
        first = row[0].ljust(widths[0])
        print(
            "  ".join([first, *[cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]])
        )
        if number == 0:
            print("  ".join("-" * width for width in widths))


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def finish(ratios: Mapping[str, Any], **more: Any) -> None:
    """Print the last line: one JSON object with the ratios, what else was measured, and the machine."""
    print(json.dumps({"ratios": dict(ratios), **more, "machine": machine()}, ensure_ascii=False))
