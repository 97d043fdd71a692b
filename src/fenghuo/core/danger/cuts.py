"""Row numbers of a table's bounds for whole arrays, the same for a float32 value as for that value as float64."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def rows(values: NDArray, cuts: Sequence[float]) -> NDArray[np.intp]:
    """Return how many of the rising `cuts` are not above each value, any shape; NaN gets the last row."""
    exact = np.array(cuts, np.float64)
    if values.dtype != np.float32:
        return np.searchsorted(exact, values, side="right")
    # The smallest float32 that is not below the cut: comparing in float64 instead would copy the array.
    narrow = exact.astype(np.float32)
    above = np.where(narrow < exact, np.nextafter(narrow, np.float32(np.inf)), narrow)
    return np.searchsorted(above.astype(np.float32), values, side="right")
