"""Which cells of a latitude-longitude grid are land, by the outlines of Natural Earth at 1:50m.

The outlines are closed lines on the sphere, some of them round a pole or across 180°. A parallel is followed once
round the earth: where an outline crosses it northwards land begins to the east, where it crosses southwards land
ends there, since an outline of this file has its land on the right. A parallel that no outline crosses lies in the
Arctic Ocean or in Antarctica.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data" / "land-50m.json.gz"
SOUTH_POLE_IS_LAND_BELOW = -60.0


@cache
def edges() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return longitude and latitude of every edge's begin, the way east to its end, the latitude there [degrees]."""
    topology = json.loads(gzip.decompress(DATA.read_bytes()))
    scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]
    begins, ends = [], []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            for number in ring:
                points = arcs[number] if number >= 0 else arcs[~number][::-1]
                begins.append(points[:-1])
                ends.append(points[1:])
    begin, end = np.concatenate(begins), np.concatenate(ends)
    east = (
        end[:, 0] - begin[:, 0] + 180.0
    ) % 360.0 - 180.0  # the short way, across 180° where that is shorter
    return begin[:, 0], begin[:, 1], east, end[:, 1]


def mask(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Return True for land, in the shape (latitude, longitude); both in degrees, longitudes of either convention."""
    x, y, east, y_end = edges()
    where = longitude % 360.0
    found = np.zeros((len(latitude), len(longitude)), bool)
    for row, parallel in enumerate(latitude):
        crossing = (y <= parallel) != (y_end <= parallel)
        if not crossing.any():
            found[row] = parallel < SOUTH_POLE_IS_LAND_BELOW
            continue
        share = (parallel - y[crossing]) / (y_end[crossing] - y[crossing])
        at = (x[crossing] + share * east[crossing]) % 360.0
        order = np.argsort(at, kind="stable")
        begins = np.where(y_end[crossing] > y[crossing], 1, -1)[order]
        depth = np.concatenate([[0], np.cumsum(begins)])
        found[row] = depth[np.searchsorted(at[order], where)] > depth.min()
    return found
