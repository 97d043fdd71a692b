"""Overlapping or neighbouring polygons as rings over common corners: one border is one line for all its users.

The borders of all polygons cut each other into faces; a polygon is then the union of its faces. Borders that
were drawn twice and not quite alike leave slivers between them, which belong to nobody or to two; they are given
to the neighbour they share most border with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely

from fenghuo.core.cap.geometry.globe import Floats
from fenghuo.core.cap.geometry.net import Corner
from fenghuo.core.cap.geometry.rings import DECIMALS, GRID, parts
from fenghuo.core.cap.geometry.stray import farthest, in_metres

# Steps of the grid in a degree: corners are whole numbers of them.
UNITS = 10**DECIMALS


def partition(
    pieces: Sequence[shapely.Polygon], owners: Sequence[int], close_metres: float
) -> tuple[list[list[Corner]], list[int], float]:
    """The rings of all pieces, the owner of each ring, and how far closing slivers moved a border [m].

    Rings run counter-clockwise, are not closed, and share every corner and edge where they meet; holes filled.
    """
    lines = shapely.union_all([each.exterior for each in pieces], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    tree = shapely.STRtree(shapely.point_on_surface(faces))
    members: list[frozenset[int]] = [frozenset()] * len(faces)
    for piece, face in tree.query(pieces, predicate="contains").T.tolist():
        members[face] |= {piece}
    moved = _close(faces, members, close_metres) if close_metres > 0.0 else 0.0
    own: dict[int, list[shapely.Polygon]] = defaultdict(list)
    for face, users in zip(faces, members, strict=True):
        for piece in users:
            own[piece].append(face)
    rings, whose = [], []
    for piece, owner in enumerate(owners):
        for whole in parts(shapely.coverage_union_all(own[piece])):
            ring = shapely.get_coordinates(shapely.geometry.polygon.orient(whole).exterior)[:-1]
            rings.append([(x, y) for x, y in np.rint(ring * UNITS).astype(np.int64).tolist()])
            whose.append(owner)
    return rings, whose, moved


def _close(faces: Sequence[shapely.Polygon], members: list[frozenset[int]], width: float) -> float:
    """Give each gap and overlap that is a sliver to a neighbour; return how far that moved a border [m]."""
    slivers = {
        number
        for number, (face, users) in enumerate(zip(faces, members, strict=True))
        if len(users) != 1 and _mean_width(face) <= width
    }
    if not slivers:
        return 0.0
    beside: dict[frozenset[Corner], list[int]] = defaultdict(list)
    edges = [_edges(face) for face in faces]
    for number, own in enumerate(edges):
        for edge in own:
            beside[edge].append(number)
    moved = 0.0
    for sliver in slivers:
        shared: dict[int, list[Floats]] = defaultdict(list)
        for edge, line in edges[sliver].items():
            for other in beside[edge]:
                # An overlap goes to one of the two whose it is, a gap to any neighbour.
                fits = members[other] & members[sliver] if members[sliver] else members[other]
                if other not in slivers and fits:
                    shared[other].append(line)
        if not shared:
            continue
        heir = max(shared, key=lambda other: (sum(map(_length, shared[other])), -other))
        rest = [line for edge, line in edges[sliver].items() if heir not in beside[edge]]
        strays = _apart(shared[heir], rest) if rest else 0.0
        if strays <= width:
            members[sliver] = members[heir]
            moved = max(moved, strays)
    return moved


def _edges(face: shapely.Polygon) -> dict[frozenset[Corner], Floats]:
    found = {}
    for ring in (face.exterior, *face.interiors):
        line = shapely.get_coordinates(ring)
        corners = [tuple(corner) for corner in np.rint(line * UNITS).astype(np.int64).tolist()]
        for number in range(len(corners) - 1):
            found[frozenset((corners[number], corners[number + 1]))] = line[number : number + 2]
    return found


def _mean_width(face: shapely.Polygon) -> float:
    (line,) = in_metres(shapely.get_coordinates(face.exterior))
    ring = shapely.Polygon(line)
    return float(2 * ring.area / ring.length)


def _length(line: Floats) -> float:
    return float(np.hypot(*(line[1] - line[0])))


def _apart(one: list[Floats], two: list[Floats]) -> float:
    """How far the sides of a sliver are apart at the most [m]."""
    flat = in_metres(*one, *two)
    sides = [np.array(flat[: len(one)]), np.array(flat[len(one) :])]
    lines = [shapely.MultiLineString(list(side)) for side in sides]
    return farthest([(edge, lines[1 - n]) for n, side in enumerate(sides) for edge in side], 0.0)
