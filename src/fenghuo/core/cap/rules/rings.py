"""What is wrong with the rings of polygons: too few points, open, crossing themselves, wound the wrong way (3.2.4)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice, pairwise
from operator import eq, lt, mul, sub

from fenghuo.core.cap.model import Point, Polygon
from fenghuo.core.cap.values import write_polygon

_FEWEST_POINTS = 4
# A crossing is sought among all pairs of a ring's sides in the worst case; beyond this many it is not.
_MOST_PAIRS = 50_000_000
# Beyond what rounding can do to two products of differences of degrees.
_SURELY = 2e-11
_LINE_STRING = 2

Found = tuple[str, dict[str, object], Callable[[], str] | None]
"""A rule, what its message quotes, and what makes the text that puts it right."""


def faults_of_rings(rings: Mapping[int, Polygon]) -> dict[int, list[Found]]:
    """What is wrong with each ring that has anything wrong with it."""
    asked: list[int] = []
    faults: dict[int, list[Found]] = {}
    work = _MOST_PAIRS
    for key, polygon in rings.items():
        count = len(polygon)
        work -= count * count
        if work < 0:
            faults[key] = _faults_of(polygon, crosses=None)
            continue
        turn = _turn(polygon.numbers)
        if turn < 0:
            faults[key] = _faults_of(polygon, crosses=False)
        elif not turn:
            asked.append(key)
    if asked:
        crossing = _cross([rings[key] for key in asked])
        faults |= {key: _faults_of(rings[key], crosses=yes) for key, yes in zip(asked, crossing, strict=True)}
    return faults


def _turn(numbers: tuple[float, ...]) -> int:
    """1 or -1 for a ring that turns about its middle, against the clock or with it, one way and once; else 0.

    The whole of it is seen from there, so no two sides cross, and none of its corners repeats. It is on the
    globe and on one side of 180 degrees; so the first kind has no fault at all. Most rings are of these kinds,
    and this is cheaper than asking GEOS. Near misses count as 0.
    """
    if len(numbers) < 2 * _FEWEST_POINTS or numbers[:2] != numbers[-2:]:
        return 0
    latitudes, longitudes = numbers[::2], numbers[1::2]
    if min(latitudes) < -90 or max(latitudes) > 90:
        return 0
    west, east = min(longitudes), max(longitudes)
    if west < -180 or east > 180 or east - west >= 180:
        return 0
    corners = len(latitudes) - 1
    y, x = sum(latitudes[1:]) / corners, sum(longitudes[1:]) / corners
    up = [latitude - y for latitude in latitudes]
    right = [longitude - x for longitude in longitudes]
    turns = list(map(sub, map(mul, right, up[1:]), map(mul, right[1:], up)))
    way = 1 if turns[0] > 0 else -1
    if (min(turns) if way > 0 else -max(turns)) < _SURELY:
        return 0
    above = [each >= 0 for each in up]
    # Once round, a ring rises above its middle once.
    return way if sum(map(lt, above, above[1:])) == 1 else 0


def _cross(polygons: list[Polygon]) -> list[bool]:
    """For each ring whether its sides meet elsewhere than at its corners."""
    long = [each for each in polygons if len(each) > _FEWEST_POINTS]
    if not long:
        return [False] * len(polygons)
    import numpy
    import shapely

    lines = [
        struct.pack(f"<BII{len(each.numbers)}d", 1, _LINE_STRING, len(each), *each.numbers) for each in long
    ]
    with numpy.errstate(all="ignore"):
        simple = iter(shapely.is_simple(shapely.from_wkb(lines)).tolist())
    return [len(each) > _FEWEST_POINTS and not next(simple) for each in polygons]


def _faults_of(polygon: Polygon, *, crosses: bool | None) -> list[Found]:
    """What is wrong with a ring, given whether its sides cross; None for one too long to find that out."""
    numbers = polygon.numbers
    count = len(numbers) // 2
    if not count:
        return [("polygon-points", {"count": 0}, None)]
    latitudes, longitudes = numbers[::2], numbers[1::2]
    closed = numbers[:2] == numbers[-2:]
    found: list[Found] = []
    if not closed or count < _FEWEST_POINTS:
        found = _open(polygon, closed)
    # Most rings have no two latitudes alike running, which is quickly seen.
    if any(map(eq, latitudes, islice(latitudes, 1, None))):
        found += _repeats(polygon)
    if crosses is None and count > _FEWEST_POINTS:
        found.append(("polygon-unexamined", {"points": count}, None))
    elif crosses:
        found.append(("polygon-crossing", {}, None))
    west, east = min(longitudes), max(longitudes)
    if min(latitudes) < -90 or max(latitudes) > 90 or west < -180 or east > 180:
        # A side to a place off the globe crosses others by that alone.
        found = [each for each in found if each[0] != "polygon-crossing"]
        found.append(("coordinates", {}, None))
    elif closed and count >= _FEWEST_POINTS:
        if east - west > 180 and any(abs(there - here) > 180 for here, there in pairwise(longitudes)):
            found.append(("polygon-antimeridian", {}, None))
        else:
            # The trapezoid rule; nearly flat rings are summed again around a point of their own.
            ground = sum(map(mul, longitudes, latitudes[1:])) - sum(map(mul, longitudes[1:], latitudes))
            if abs(ground) < 1e-7:
                ground = _twice_ground(polygon.points)
            if abs(ground) < 1e-13:
                found.append(("polygon-flat", {}, None))
            elif ground < 0:
                found.append(("polygon-winding", {}, None))
    return found


def _repeats(polygon: Polygon) -> list[Found]:
    points = polygon.points
    repeats = sum(map(eq, points, islice(points, 1, None)))
    if not repeats:
        return []
    kept = [points[0], *(there for here, there in pairwise(points) if here != there)]
    mends = len(kept) >= _FEWEST_POINTS
    return [
        ("polygon-repeated", {"count": repeats}, partial(write_polygon, Polygon(kept)) if mends else None)
    ]


def _open(polygon: Polygon, closed: bool) -> list[Found]:
    """What is missing of a ring; three corners that do not come back to the first are a triangle once closed."""
    points = polygon.points
    count = len(points)
    found: list[Found] = []
    if count < _FEWEST_POINTS and (closed or count < _FEWEST_POINTS - 1):
        found.append(("polygon-points", {"count": count}, None))
    if not closed:
        whole = partial(write_polygon, Polygon((*points, points[0])))
        found.append(("polygon-closed", {}, whole if count >= _FEWEST_POINTS - 1 else None))
    return found


def _twice_ground(points: tuple[Point, ...]) -> float:
    """Twice the ring's ground in square degrees, positive when it runs against the clock on a map."""
    south, west = points[0]
    moved = [(latitude - south, longitude - west) for latitude, longitude in points]
    return sum(x * v - u * y for (y, x), (v, u) in pairwise(moved))
