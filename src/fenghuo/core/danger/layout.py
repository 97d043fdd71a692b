"""Cuts a grid into blocks of bounded size: how many days of how many cells are in memory at once.

A block follows the chunks that the weather is stored in, since a chunk is always read as a whole. It grows first
along time to about a year (fewer states to keep), then along the cells, then along time again. What is written
has chunks of its own that tile the blocks, so that two blocks never write to the same chunk.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

YEAR = 366
WRITTEN = 4_000_000
"""Values in one written chunk, at most (16 MB of float32)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of the whole, of a block and of a written chunk along each dimension, time first."""

    dims: tuple[str, ...]
    sizes: tuple[int, ...]
    block: tuple[int, ...]
    written: tuple[int, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """The number of blocks along each dimension."""
        return tuple(math.ceil(size / step) for size, step in zip(self.sizes, self.block, strict=True))

    @property
    def blocks(self) -> int:
        """The number of blocks."""
        return math.prod(self.counts)

    def columns(self) -> Iterator[tuple[int, ...]]:
        """Every column of blocks along time: its index along the cells' dimensions."""
        return product(*(range(count) for count in self.counts[1:]))

    def slices(self, index: tuple[int, ...]) -> tuple[slice, ...]:
        """Where a block lies: a slice along each dimension."""
        return tuple(
            slice(n * step, min((n + 1) * step, size))
            for n, step, size in zip(index, self.block, self.sizes, strict=True)
        )


def plan(sizes: Mapping[str, int], chunks: Mapping[str, int], most: int) -> Layout:
    """Return a layout for blocks of about `most` cell-days; `sizes` and `chunks` by dimension, time first."""
    dims = tuple(sizes)
    block = {dim: min(max(chunks.get(dim, 1), 1), sizes[dim]) for dim in dims}
    most = max(most, 1)

    def volume() -> int:
        return math.prod(block.values())

    def grow(dim: str, limit: int) -> None:
        times = max(min(most // volume(), math.ceil(limit / block[dim])), 1)
        block[dim] = min(block[dim] * times, sizes[dim])

    time, *cells = dims
    for dim in (*cells, time):  # a chunk too large for the memory is read once for each of its parts
        if volume() > most:
            block[dim] = max(block[dim] * most // volume(), 1)
    grow(time, min(sizes[time], YEAR))
    for dim in reversed(cells):
        grow(dim, sizes[dim])
    grow(time, sizes[time])
    written = dict(block)
    for dim in (*cells, time):
        parts = min(math.ceil(math.prod(written.values()) / WRITTEN), block[dim])
        written[dim] = math.ceil(block[dim] / parts)
        if block[dim] < sizes[dim]:
            block[dim] = block[dim] // written[dim] * written[dim]
    return Layout(dims, *(tuple(table[dim] for dim in dims) for table in (sizes, block, written)))
