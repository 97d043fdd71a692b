"""Decision trees that were grown elsewhere, asked here: how likely something is, from a row of numbers.

`scripts/learn_numbers.py` grows them with scikit-learn and writes what they came to; a paper is checked without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 4096
"""Rows that are asked together, so that a paper of a million characters takes no more memory than a page."""


@dataclass(frozen=True)
class Forest:
    """Boosted trees in one table of nodes.

    `column`, `bound`, `low` and `high` are of shape (nodes,): a row goes on to the node `low` where its number in
    `column` is at most `bound`, else to `high`; a leaf goes on to itself. `worth` (nodes,) is what a leaf adds,
    `roots` (trees,) is where each tree begins, `base` what is added to all, `depth` the most steps to a leaf.
    """

    column: NDArray[np.int32]
    bound: NDArray[np.float32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    worth: NDArray[np.float32]
    roots: NDArray[np.int32]
    base: float
    depth: int

    def likely(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """How likely each row is, from 0 to 1."""
        found: list[float] = []
        for at in range(0, len(rows), _AT_ONCE):
            found += self._likely(np.asarray(rows[at : at + _AT_ONCE], dtype=np.float32)).tolist()
        return found

    def _likely(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        lines = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            below = rows[lines, self.column[node]] <= self.bound[node]
            node = np.where(below, self.low[node], self.high[node])
        weight = self.base + self.worth[node].sum(axis=1, dtype=np.float64)
        return 1 / (1 + np.exp(-weight))


@cache
def forest(name: str) -> Forest:
    """One that ships, read once: `times`, or a way in which figures belong together."""
    told = shipped(name)
    return Forest(
        told["column"].astype(np.int32),
        told["bound"],
        told["low"].astype(np.int32),
        told["high"].astype(np.int32),
        told["worth"],
        told["roots"].astype(np.int32),
        float(told["base"]),
        int(told["depth"]),
    )


def shipped(name: str) -> dict[str, NDArray]:
    """The tables of numbers that ship under a name."""
    held = files(__package__).joinpath("forests", f"{name}.npz").read_bytes()
    with np.load(BytesIO(held), allow_pickle=False) as told:
        return dict(told)
