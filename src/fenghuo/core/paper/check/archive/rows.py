"""Paragraphs with their sketches, in arrays; the bands that find the like ones among many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..likeness import ALIKE, HASHES

BANDS = 40
"""Bands of four hashes: two paragraphs at the threshold share one with 99.6 %, unlike ones (0.1) with 0.4 %."""

_WIDTH = HASHES // BANDS
_SIFT = ALIKE - 0.16
"""Candidates whose estimated likeness is four standard errors below the threshold are not looked at."""


@dataclass
class Rows:
    """Paragraphs with their sketches; `keys` and `rows` are there once it is sorted."""

    paper: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    offset: NDArray[np.int64]
    text: NDArray[np.uint8]
    sketch: NDArray[np.uint16]
    keys: NDArray[np.uint32] | None = None
    rows: NDArray[np.int32] | None = None

    ARRAYS = ("paper", "start", "end", "offset", "text", "sketch", "keys", "rows")

    def said(self, row: int) -> str:
        """The text of a paragraph."""
        return bytes(self.text[self.offset[row] : self.offset[row + 1]]).decode()


def _bands(sketch: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """The hash of every band of every sketch: sketches × `BANDS`."""
    # Four numbers of 16 bits are one of 64; the multiplication mixes them into the half that is kept.
    wide = np.ascontiguousarray(sketch).reshape(len(sketch), BANDS, _WIDTH).astype(np.uint64)
    shifts = np.arange(0, 16 * _WIDTH, 16, dtype=np.uint64)
    key = np.bitwise_or.reduce(wide << shifts, axis=2) * np.uint64(0x9E3779B97F4A7C15)
    return ((key ^ (key >> np.uint64(32))) >> np.uint64(16)).astype(np.uint32)


def candidates(part: Rows, asked: NDArray[np.uint16]) -> list[list[int]]:
    """For every sketch the rows that share a band with it and are near enough by the whole sketches' estimate."""
    hits: list[list[NDArray[np.int32]]] = [[] for _ in asked]
    if part.keys is None or part.rows is None:
        every = np.arange(len(part.paper), dtype=np.int32)
        hits = [[every] for _ in asked]
    else:
        bands = _bands(asked)
        for band in range(BANDS):
            first = np.searchsorted(part.keys[band], bands[:, band], "left")
            last = np.searchsorted(part.keys[band], bands[:, band], "right")
            for number in np.flatnonzero(first < last):
                hits[number].append(part.rows[band, first[number] : last[number]])
    found = []
    for sketch, some in zip(asked, hits, strict=True):
        rows = np.unique(np.concatenate(some)) if some else np.empty(0, dtype=np.int32)
        near = np.count_nonzero(part.sketch[rows] == sketch, axis=1) >= _SIFT * HASHES
        found.append(rows[near].tolist())
    return found


def joined(parts: Sequence[Rows], gone: set[int]) -> Rows:
    """Parts made one, without the paragraphs of papers that are gone."""
    if not parts:
        empty = np.empty(0, dtype=np.int32)
        return Rows(
            empty,
            empty,
            empty,
            np.zeros(1, np.int64),
            np.empty(0, np.uint8),
            np.empty((0, HASHES), np.uint16),
        )
    paper = np.concatenate([part.paper for part in parts])
    lengths = np.concatenate([np.diff(part.offset) for part in parts])
    text = np.concatenate([part.text for part in parts])
    keep = ~np.isin(paper, list(gone))
    return Rows(
        paper=paper[keep],
        start=np.concatenate([part.start for part in parts])[keep],
        end=np.concatenate([part.end for part in parts])[keep],
        offset=np.concatenate([[0], np.cumsum(lengths[keep])]).astype(np.int64),
        text=text if keep.all() else text[np.repeat(keep, lengths)],
        sketch=np.concatenate([part.sketch for part in parts])[keep],
    )


def searchable(part: Rows) -> Rows:
    """A part with its bands sorted for searching."""
    count = len(part.paper)
    part.keys = np.empty((BANDS, count), dtype=np.uint32)
    part.rows = np.empty((BANDS, count), dtype=np.int32)
    for first in range(0, count, 1 << 16):
        part.keys[:, first : first + (1 << 16)] = _bands(part.sketch[first : first + (1 << 16)]).T
    for band in range(BANDS):
        order = np.argsort(part.keys[band], kind="stable")
        part.keys[band], part.rows[band] = part.keys[band][order], order
    return part
