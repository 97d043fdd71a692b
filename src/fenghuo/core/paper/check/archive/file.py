"""The archive's one file: written in one step, read through memory maps, refused where it is not whole."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from ..likeness import SKETCH
from .rows import Rows

_FORMAT = b"Fenghuo archive of papers 2\n"


class ArchiveError(ValueError):
    """The archive's file cannot be used; the message says why and what to do."""


@dataclass(slots=True)
class Paper:
    name: str
    digest: str
    stamp: tuple[int, int] | None = None
    """Time of change [ns] and size of the file it was read from."""


def state(file: Path) -> tuple[int, int] | None:
    """Which file stands there: it is another one after every save."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns


def write(file: Path, papers: Sequence[Paper], part: Rows) -> None:
    arrays = {name: np.ascontiguousarray(getattr(part, name)) for name in Rows.ARRAYS}
    places, place = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), place]
        place += -(-array.nbytes // 64) * 64
    told = {
        "sketch": SKETCH,
        "size": place,
        "arrays": places,
        "papers": [[paper.name, paper.digest, paper.stamp] for paper in papers],
    }
    header = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
    head = _FORMAT + len(header).to_bytes(8, "little") + crc32(header).to_bytes(4, "little") + header
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(head + bytes(-len(head) % 64))
            for array in arrays.values():
                target.write(array.tobytes())
                target.write(bytes(-array.nbytes % 64))
            target.flush()
            os.fsync(target.fileno())
        Path(name).replace(file)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def mapped(file: Path) -> tuple[list[Paper], Rows]:
    """The papers and the mapped arrays of an archive's file."""
    again = "Delete the file and index the papers again."
    with file.open("rb") as source:
        if source.read(len(_FORMAT)) != _FORMAT:
            raise ArchiveError(f"{file} is not an archive of papers, or of another version. {again}")
        length = int.from_bytes(source.read(8), "little")
        check = int.from_bytes(source.read(4), "little")
        if length > file.stat().st_size:
            raise ArchiveError(f"{file} is damaged: its header is cut off. {again}")
        header = source.read(length)
        base = -(-source.tell() // 64) * 64
    if crc32(header) != check:
        raise ArchiveError(f"{file} is damaged: its header does not fit its checksum. {again}")
    told = json.loads(header.decode("utf-8", "surrogatepass"))
    if told["sketch"] != SKETCH:
        raise ArchiveError(f"{file} was made by another version of the search. {again}")
    if file.stat().st_size != base + told["size"]:
        raise ArchiveError(
            f"{file} is damaged: {file.stat().st_size} bytes instead of {base + told['size']}. {again}"
        )
    arrays = {
        name: np.asarray(np.memmap(file, dtype=dtype, mode="r", offset=base + place, shape=tuple(shape)))
        if np.prod(shape)
        else np.empty(shape, dtype=dtype)
        for name, (dtype, shape, place) in told["arrays"].items()
    }
    papers = [Paper(name, digest, tuple(stamp) if stamp else None) for name, digest, stamp in told["papers"]]
    return papers, Rows(**arrays)
