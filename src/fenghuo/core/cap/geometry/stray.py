"""How far one line strays from another, in metres, never understated."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.globe import EARTH_RADIUS, Floats

_METRES = math.radians(1.0) * EARTH_RADIUS
# How closely it is measured: to a hundredth of itself, or half a metre where that is more.
RELATIVE, ABSOLUTE = 0.01, 0.5


def in_metres(*chains: Floats) -> list[Floats]:
    """Chains of x, y [°] on a local projection [m] that never shows a distance between them too short.

    East-west it is true at the latitude nearest to the equator. Straight edges stay straight.
    """
    every = np.concatenate([chain[:, 1] for chain in chains])
    nearest = 0.0 if every.min() < 0.0 < every.max() else float(np.abs(every).min())
    return [chain * (_METRES * math.cos(math.radians(nearest)), _METRES) for chain in chains]


def farthest(pairs: Sequence[tuple[Floats, BaseGeometry]], least: float) -> float:
    """The furthest that any first line strays from its second, or `least` if that is more, rounded up.

    Edges are halved while they could hold a place further away than any found, since a distance cannot change
    faster than the place moves.
    """
    if not pairs:
        return least
    lines = np.array([to for _, to in pairs])
    starts = np.vstack([line[:-1] for line, _ in pairs])
    ends = np.vstack([line[1:] for line, _ in pairs])
    whose = np.repeat(np.arange(len(pairs)), [len(line) - 1 for line, _ in pairs])
    here = shapely.distance(shapely.points(starts), lines[whose])
    there = shapely.distance(shapely.points(ends), lines[whose])
    best = max(least, float(here.max()), float(there.max()))
    ceiling = best
    while True:
        length = np.hypot(*(ends - starts).T)
        bound = (here + there + length) / 2
        open_ = bound > best + max(ABSOLUTE, RELATIVE * best)
        ceiling = max(ceiling, float(bound[~open_].max(initial=0.0)))
        if not open_.any():
            return ceiling
        starts, ends, whose, here, there = (each[open_] for each in (starts, ends, whose, here, there))
        middle = (starts + ends) / 2
        between = shapely.distance(shapely.points(middle), lines[whose])
        best = max(best, float(between.max()))
        starts, ends = np.vstack([starts, middle]), np.vstack([middle, ends])
        here, there = np.concatenate([here, between]), np.concatenate([between, there])
        whose = np.concatenate([whose, whose])
