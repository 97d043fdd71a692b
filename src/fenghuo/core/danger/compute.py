"""The plan of a long computation: files in, one file out, in blocks of bounded memory, restartable when killed.

1. The weather is opened lazily and cut into blocks (`layout`): some days of some cells. What one block needs in
   memory is bounded by a budget, whatever the size of the grid.
2. Each block is read, computed and written to a working folder beside the output; then the state at its end is
   stored, then the block is recorded as done. Blocks of the same cells follow one another in time; others run
   side by side, in threads or on a Dask cluster (whose workers must see the same files).
3. When all are done the output takes its name in one rename. Until then nothing stands under that name.

A run that was killed goes on where it stopped: recorded blocks are kept, the others computed. It refuses to go
on when the weather, the choices or the program are no longer those it began with. The result is, bit for bit,
that of a run that was never interrupted, and does not depend on the memory or the threads it was given.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import xarray as xr

from fenghuo.core.danger import blocks, grid, run_folder, store
from fenghuo.core.danger.block_states import States
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.layout import Layout, plan
from fenghuo.core.danger.run_folder import NotComputable, digest_of

MEMORY = 512 * 2**20
"""Working memory of the blocks that a process has in hand [bytes], unless the caller says otherwise."""

# What is read, what is decoded from it, what is computed: estimated, and borne out by benchmarks/danger_scale.py,
# whose runs stay within the budget.
_COPIES = 2.5


class Source(Protocol):
    """Where the weather comes from. `open` gives it lazily, in the steps and units the system takes."""

    def open(self, settings: Settings, values: int | None = None) -> xr.Dataset:
        """Return the prepared weather, in chunks of about `values` as far as the files allow.

        Called once in every process that computes.
        """

    def fingerprint(self) -> Mapping[str, Any]:
        """Return what changes when the weather does, as plain values."""

    def many_readers(self) -> bool:
        """Return whether several threads of a process may read at once from what `open` returned."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Blocks done of all, and cell-steps computed in this run; `stage` is `compute` or `assemble`."""

    stage: str
    done: int
    blocks: int
    cell_steps: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a finished computation has done: `kept` blocks were there from an earlier, interrupted run."""

    out: Path
    blocks: int
    kept: int
    cell_steps: int


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a block needs to be computed anywhere that sees the same files."""

    source: Source
    settings: Settings
    float32: bool
    layout: Layout
    values: int
    token: str
    work: Path
    kind: str
    many_readers: bool
    after: np.datetime64 | None

    @property
    def states(self) -> States:
        """The states between its blocks."""
        return States(self.work, self.layout, self.settings)


def compute(
    source: Source,
    out: str | os.PathLike[str],
    settings: Settings = Settings(),
    *,
    start: str | os.PathLike[str] | None = None,
    save_state: str | os.PathLike[str] | None = None,
    float32: bool = False,
    memory: int = MEMORY,
    threads: int = 1,
    executor: Executor | None = None,
    processes: int = 1,
    again: bool = False,
    replace: bool = False,
    attributes: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Compute `out` (.zarr, .nc or .parquet) from `source`; goes on with an interrupted run where there is one.

    `start` is a file with the state of an earlier run, whose days are left out of the weather; `save_state` a file
    for the state at the end. `threads` compute side by side: here, or in an `executor` such as that of a Dask client
    (`client.get_executor()`) whose threads are spread over so many `processes`. `memory` [bytes] bounds the blocks
    in hand of a process. `again` begins anew, `replace` permits an existing `out` to be replaced. `attributes` are
    added to the output's.

    Raises `NotComputable` when it cannot begin or go on, and what the weather's reader raises.
    """
    target = Path(out)
    store.kind_of(target)
    if target.exists() and not replace:
        raise NotComputable(
            "output-exists",
            Text(f"{target} is already there.", f"{target} 已存在。"),
            Text(
                "Choose another name, or permit it with --replace.",
                "请换一个文件名，或用 --replace 允许替换。",
            ),
        )
    after = None if start is None else grid.end_of(grid.load_state(start, settings.system), settings)
    weather = _open(source, settings, float32, after=after)
    work = target.absolute().with_name(f".{target.name}.computing")
    with run_folder.alone(work):
        if again or not store.has_begun(store.kind_of(target), work):
            run_folder.empty(work)
        about = _about(source, weather, settings, float32, start)
        layout = run_folder.plan_kept(work, about)
        if layout is None:
            layout = _layout(source, weather, settings, memory * processes // threads)
            run_folder.keep_plan(work, about, layout)
        # Threads that have no column of blocks of their own help within the blocks of the others.
        within = 1 if executor else max(threads // math.prod(layout.counts[1:]), 1)
        job = Job(
            source,
            replaced(settings, threads=within),
            float32,
            layout,
            values=math.prod(layout.block) * _hours(weather, settings),
            token=hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest(),
            work=work,
            kind=store.kind_of(target),
            many_readers=source.many_readers(),
            after=after,
        )
        done = run_folder.recorded(work)
        kept = len(done)
        if not done:
            store.create(job.kind, work, _template(weather, layout, settings, attributes or {}), layout)
            if start is not None:
                job.states.deal_out(start, weather["time"].values[0], _dtype(weather, settings))
        try:
            with nullcontext(executor) if executor else ThreadPoolExecutor(threads) as pool:
                steps = _run(job, pool, threads, done, progress)
        except BaseException:
            if not done:
                run_folder.empty(work)  # there is nothing to go on with
            raise
        finally:
            _opened.cache_clear()
        progress(Progress("assemble", layout.blocks, layout.blocks, steps))
        if save_state is not None:
            job.states.gather(weather, Path(save_state))
        with _reading if job.kind == ".nc" else nullcontext():
            store.finish(job.kind, work, target, settings.variables)
        shutil.rmtree(work)
    return Report(target, layout.blocks, kept, steps)


_reading = threading.Lock()
"""Held while files are opened, and while they are read unless the source has many readers: one thread that opens a
netCDF file while another reads from one ends the process, for the library beneath is not made for threads and
xarray's own lock leaves opening out."""


def _open(
    source: Source,
    settings: Settings,
    float32: bool,
    values: int | None = None,
    after: np.datetime64 | None = None,
) -> xr.Dataset:
    with _reading:
        weather = source.open(settings, values)
    if after is not None:
        weather = grid.after(weather, after)
    if not float32:
        return weather
    floats = {name: one.astype(np.float32) for name, one in weather.items() if one.dtype.kind == "f"}
    return weather.assign(floats)


_opening = threading.Lock()


@lru_cache(maxsize=4)
def _opened(
    source: Source, settings: Settings, float32: bool, values: int, after: np.datetime64 | None, token: str
) -> xr.Dataset:
    """The weather, opened once in a process; `token` changes with its content, so that no old one stays."""
    return _open(source, settings, float32, values, after)


def _about(
    source: Source, weather: xr.Dataset, settings: Settings, float32: bool, start: Any
) -> dict[str, Any]:
    """What a run must still have in common with the one that it goes on with, by the name a person knows."""
    times = weather["time"].values
    about = {
        "program": version("fenghuo"),
        "weather": {
            **source.fingerprint(),
            "sizes": {str(name): size for name, size in weather.sizes.items()},
            "from": str(times[0]),
            "to": str(times[-1]),
        },
        "settings": settings.described(),
        "float32": float32,
        "start state": None if start is None else digest_of(Path(start)),
    }
    plain: dict[str, Any] = json.loads(json.dumps(about))  # as it will be read again
    return plain


def _layout(source: Source, weather: xr.Dataset, settings: Settings, memory: int) -> Layout:
    """Blocks for so much memory each [bytes], along the chunks that the weather then comes in."""
    inputs = _inputs(weather, settings)
    size, hours = max(one.dtype.itemsize for one in inputs), _hours(weather, settings)
    most = memory // int(size * (_COPIES * len(inputs) * hours + len(settings.variables)))
    dims = ("time", *(dim for dim in inputs[0].dims if dim != "time"))
    sizes = {str(dim): inputs[0].sizes[dim] for dim in dims}
    if any(one.chunks is not None for one in inputs):
        inputs = _inputs(_open(source, settings, False, most * hours), settings)
    chunks = {dim: max(one.chunksizes.get(dim, (1,))[0] for one in inputs) for dim in sizes}
    return plan(sizes, chunks, most)


def _hours(weather: xr.Dataset, settings: Settings) -> int:
    """How many values pass through memory for one: 24 where hours are reduced to days."""
    if blocks.engine(settings.system).reduction == "none":
        return 1
    return max(round(24.0 / float(weather.attrs.get("time_step_hours", 24.0))), 1)


def _inputs(weather: xr.Dataset, settings: Settings) -> list[xr.DataArray]:
    system = blocks.engine(settings.system)
    return [weather[name] for name in (*system.inputs, *system.optional) if name in weather]


def _dtype(weather: xr.Dataset, settings: Settings) -> np.dtype[Any]:
    return blocks.result_type([one.dtype for one in _inputs(weather, settings)])


def _template(
    weather: xr.Dataset, layout: Layout, settings: Settings, attributes: Mapping[str, str]
) -> xr.Dataset:
    """The output without its values: variables, coordinates, attributes."""
    import dask.array as da

    dtype = _dtype(weather, settings)
    return xr.Dataset(
        {
            name: (
                layout.dims,
                da.empty(layout.sizes, chunks=layout.written, dtype=blocks.dtype_of(name, dtype)),
                blocks.attributes(name, settings),
            )
            for name in settings.variables
        },
        coords={name: one for name, one in weather.coords.items() if set(one.dims) <= set(layout.dims)},
        attrs={**grid.about(settings, weather.attrs), **attributes},
    )


def _run(
    job: Job,
    pool: Executor,
    at_once: int,
    done: set[tuple[int, ...]],
    progress: Callable[[Progress], None],
) -> int:
    """Compute what is not done yet; returns the number of cell-steps."""
    layout, steps, last = job.layout, 0, job.layout.counts[0] - 1
    ready: deque[tuple[int, ...]] = deque()
    for column in layout.columns():
        first = next((n for n in range(last + 1) if (n, *column) not in done), None)
        if first is not None:
            ready.append((first, *column))
    progress(Progress("compute", len(done), layout.blocks, 0))
    running: dict[Any, tuple[int, ...]] = {}
    with run_folder.record(job.work).open("a", encoding="ascii") as record:
        try:
            while ready or running:
                while ready and len(running) < at_once:
                    index = ready.popleft()
                    running[pool.submit(_block, job, index)] = index
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    index = running.pop(future)
                    steps += future.result()
                    record.write(" ".join(map(str, index)) + "\n")
                    record.flush()
                    done.add(index)
                    if index[0] < last:
                        ready.append((index[0] + 1, *index[1:]))
                    job.states.drop_before(index)
                    progress(Progress("compute", len(done), layout.blocks, steps))
        except BaseException:
            for future in running:
                future.cancel()
            wait(running)
            raise
    return steps


def _block(job: Job, index: tuple[int, ...]) -> int:
    """Read, compute and write one block and the state at its end; returns the number of cell-steps."""
    where = dict(zip(job.layout.dims, job.layout.slices(index), strict=True))
    with _opening:  # one opens, the others take what it opened
        weather = _opened(job.source, job.settings, job.float32, job.values, job.after, job.token)
    names = [one.name for one in _inputs(weather, job.settings)]
    piece = weather[names].isel(where).transpose(*job.layout.dims)
    with nullcontext() if job.many_readers else _reading:
        piece.load(scheduler="synchronous")
    before = job.states.before(index, piece["time"].values[0])
    result = grid.computed(piece, job.settings, start=before, with_state=True)
    store.write(job.kind, job.work, result[list(job.settings.variables)], where, index)
    job.states.keep(index, result)
    return int(np.prod(list(piece.sizes.values())))
