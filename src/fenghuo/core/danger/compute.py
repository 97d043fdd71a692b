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

import fcntl
import hashlib
import json
import math
import os
import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import xarray as xr

from fenghuo.core.danger import blocks, grid, store
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.layout import Layout, plan
from fenghuo.core.danger.sources import stat_lines

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


class NotComputable(ValueError):
    """A computation that cannot begin or go on; `rule`, `message` and `fix` say why, in both languages."""

    def __init__(self, rule: str, message: Text, fix: Text) -> None:
        super().__init__(f"{message.en} {fix.en}")
        self.rule = rule
        self.message = message
        self.fix = fix


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
    with _alone(work):
        if again or not store.has_begun(store.kind_of(target), work):
            _empty(work)
        about = _about(source, weather, settings, float32, start)
        layout = _begin(work, about, source, weather, settings, memory * processes // threads)
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
        done = _recorded(work)
        kept = len(done)
        if not done:
            store.create(job.kind, work, _template(weather, layout, settings, attributes or {}), layout)
            _deal_out(start, weather, job)
        try:
            with nullcontext(executor) if executor else ThreadPoolExecutor(threads) as pool:
                steps = _run(job, pool, threads, done, progress)
        except BaseException:
            if not done:
                _empty(work)  # there is nothing to go on with
            raise
        finally:
            _opened.cache_clear()
        progress(Progress("assemble", layout.blocks, layout.blocks, steps))
        if save_state is not None:
            _gather(weather, job, Path(save_state))
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


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    """Hold the working folder, so that no second run writes into it."""
    work.mkdir(parents=True, exist_ok=True)
    lock = work.with_name(f"{work.name}.lock")
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotComputable(
                "already-running",
                Text("Another run is computing the same output.", "另一个进程正在计算同一输出。"),
                Text("Wait until it has finished, or stop it.", "请等待其完成，或先将其停止。"),
            ) from None
        try:
            yield
        finally:
            if work.exists() and not any(work.iterdir()):
                work.rmdir()
            if not work.exists():
                lock.unlink(missing_ok=True)


def _empty(work: Path) -> None:
    for entry in work.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _about(
    source: Source, weather: xr.Dataset, settings: Settings, float32: bool, start: Any
) -> dict[str, Any]:
    """What a run must still have in common with the one that it goes on with, by the name a person knows."""
    times = weather["time"].values
    return {
        "program": version("fenghuo"),
        "weather": {
            **source.fingerprint(),
            "sizes": {str(name): size for name, size in weather.sizes.items()},
            "from": str(times[0]),
            "to": str(times[-1]),
        },
        "settings": settings.described(),
        "float32": float32,
        "start state": None if start is None else _digest(Path(start)),
    }


def _digest(path: Path) -> str:
    """A fingerprint of a file's content, or of names, sizes and times of the files of a folder."""
    digest = hashlib.sha256()
    if path.is_dir():
        digest.update("\n".join(stat_lines(path)).encode())
    else:
        with path.open("rb") as file:
            while piece := file.read(2**20):
                digest.update(piece)
    return digest.hexdigest()


_NAMES = {
    "program": Text("the program", "程序版本"),
    "weather": Text("the weather", "气象资料"),
    "settings": Text("the options", "计算选项"),
    "float32": Text("the precision", "计算精度"),
    "start state": Text("the start state", "起始状态"),
}


def _begin(
    work: Path, about: dict[str, Any], source: Source, weather: xr.Dataset, settings: Settings, memory: int
) -> Layout:
    """Return the layout of the run that lies in the working folder, or of a new one that is written down."""
    about = json.loads(json.dumps(about))
    written = work / "plan.json"
    if written.exists():
        before = json.loads(written.read_text(encoding="utf-8"))
        changed = [text for key, text in _NAMES.items() if before["about"].get(key) != about[key]]
        if changed:
            raise NotComputable(
                "plan-changed",
                Text(
                    "An interrupted run cannot go on, because these have changed since it began: "
                    f"{', '.join(one.en for one in changed)}.",
                    f"中断的计算无法继续，因为开始后以下内容已改变：{'、'.join(one.zh for one in changed)}。",
                ),
                Text(
                    "Restore what was changed, or begin anew with --restart.",
                    "请恢复原来的内容，或用 --restart 重新开始。",
                ),
            )
        return Layout(**{key: tuple(value) for key, value in before["layout"].items()})
    layout = _layout(source, weather, settings, memory)
    parts = {"dims": layout.dims, "sizes": layout.sizes, "block": layout.block, "written": layout.written}
    _write_whole(
        written, json.dumps({"about": about, "layout": parts}, ensure_ascii=False, indent=1).encode()
    )
    return layout


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


def _template(
    weather: xr.Dataset, layout: Layout, settings: Settings, attributes: Mapping[str, str]
) -> xr.Dataset:
    """The output without its values: variables, coordinates, attributes."""
    import dask.array as da

    dtype = blocks.result_type([one.dtype for one in _inputs(weather, settings)])
    dataset = xr.Dataset(
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
    return dataset


def _recorded(work: Path) -> set[tuple[int, ...]]:
    """The blocks that are done; a last line that was cut off does not count."""
    path = work / "done"
    if not path.exists():
        return set()
    text = path.read_text(encoding="ascii")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        _write_whole(path, whole.encode())  # else the next line would be joined to the rest of that one
    return {tuple(map(int, line.split())) for line in whole.splitlines()}


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
    with (job.work / "done").open("a", encoding="ascii") as record:
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
                    _state_path(job.work, (index[0] - 1, *index[1:])).unlink(missing_ok=True)
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
    before = _state(job, piece, (index[0] - 1, *index[1:]))
    result = grid.computed(piece, job.settings, start=before, with_state=True)
    store.write(job.kind, job.work, result[list(job.settings.variables)], where, index)
    _write_state(_state_path(job.work, index), grid.state_arrays(result))
    return int(np.prod(list(piece.sizes.values())))


def _state_path(work: Path, index: tuple[int, ...]) -> Path:
    return work / "states" / f"{'_'.join(map(str, index[1:])) or 'all'}.{index[0]}.npz"


def _state(job: Job, piece: xr.Dataset, index: tuple[int, ...]) -> xr.Dataset | None:
    """The state before a block, None where it begins with the usual start values."""
    path = _state_path(job.work, index)
    if not path.exists():
        if index[0] >= 0:
            raise FileNotFoundError(path)
        return None
    cells = job.layout.dims[1:]
    return grid.state_dataset(
        _state_arrays(job.work, index), piece["time"].values[0] - grid.step_of(job.settings), cells
    )


def _write_state(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        np.savez(file, **arrays)
    os.replace(part, path)


def _deal_out(start: Any, weather: xr.Dataset, job: Job) -> None:
    """Give each column of blocks its piece of the start state."""
    if start is None:
        return
    path = Path(start)
    dims, sizes = job.layout.dims[1:], job.layout.sizes[1:]
    given = grid.as_dataset(grid.load_state(path, job.settings.system), job.settings, dims)
    dtype = blocks.result_type([one.dtype for one in _inputs(weather, job.settings)])
    grid.check_state(
        given, dict(zip(dims, sizes, strict=True)), weather["time"].values[0], dtype, job.settings
    )
    for column in job.layout.columns():
        where = dict(zip(dims, job.layout.slices((0, *column))[1:], strict=True))
        piece = given.isel({dim: part for dim, part in where.items() if dim in given.dims})
        _write_state(_state_path(job.work, (-1, *column)), grid.state_arrays(piece))


def _gather(weather: xr.Dataset, job: Job, target: Path) -> None:
    """Put the states at the end of all columns together: a `.zarr` piece by piece, a `.npz` in memory."""
    import dask.array as da
    import zarr

    dims, sizes, block = job.layout.dims[1:], job.layout.sizes[1:], job.layout.block[1:]
    last = job.layout.counts[0] - 1
    in_memory = target.suffix != ".zarr"
    whole: dict[str, Any] = {}
    for name, array in _state_arrays(job.work, (last, *(0 for _ in dims))).items():
        lead = array.shape[: array.ndim - len(dims)]
        shape, chunks = (*lead, *sizes), (*lead, *block)
        whole[name] = (
            np.empty(shape, array.dtype) if in_memory else da.empty(shape, array.dtype, chunks=chunks)
        )
    dataset = grid.state_dataset(whole, weather["time"].values[-1], dims)
    dataset.attrs["fire_weather_system"] = job.settings.system
    dataset = dataset.assign_coords(
        {n: one for n, one in weather.coords.items() if set(one.dims) <= set(dims)}
    )
    places: Mapping[str, Any] = whole
    part = job.work / "state.zarr"
    if not in_memory:
        dataset.drop_vars("time", errors="ignore").to_zarr(part, mode="w", compute=False, consolidated=False)
        group = zarr.open_group(part, mode="r+")
        places = {name: group[grid.STATE + name] for name in whole}
    for column in job.layout.columns():
        where = job.layout.slices((last, *column))[1:]
        for name, array in _state_arrays(job.work, (last, *column)).items():
            places[name][(..., *where)] = array
    if in_memory:
        grid.save_state(dataset, target)
    else:
        store.put_in_place(part, target)


def _state_arrays(work: Path, index: tuple[int, ...]) -> dict[str, np.ndarray]:
    with np.load(_state_path(work, index), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)
