"""Areas with fewer corners, neighbours still fitting each other, and how far their borders have moved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.globe import Floats
from fenghuo.core.cap.geometry.net import Corner, Net
from fenghuo.core.cap.geometry.partition import UNITS, partition
from fenghuo.core.cap.geometry.rings import continuous, filled, polygon_of, united
from fenghuo.core.cap.geometry.stray import farthest, in_metres
from fenghuo.core.cap.model import Alert, Area, Polygon

_SMALLEST_BUDGET = 4
# Gaps and overlaps up to this wide are taken for inexact borders and closed, unless told otherwise [m].
CLOSED_TO = 25.0


@dataclass(frozen=True, slots=True)
class Simplified:
    """Simplified areas and what it cost.

    `error_metres`: no place on an old border is further than this from the new one, nor the other way round (an
    upper bound of the Hausdorff distance of each border). `vertices` counts the coordinate pairs of all
    polygons, `largest` those of the largest one, first and last both, as CAP spells them.
    """

    areas: tuple[Area, ...]
    error_metres: float
    vertices: int
    largest: int
    budget: int

    @property
    def fits(self) -> bool:
        """Whether every polygon is within the budget; some borders cannot be thinned further."""
        return self.largest <= self.budget


def simplify(
    areas: Iterable[Area], budget: int, *, cover: bool = False, close_metres: float = CLOSED_TO
) -> Simplified:
    """Areas whose polygons have at most `budget` coordinate pairs each.

    Borders that polygons share, within an area or between areas, are simplified once, so that no gap and no
    overlap arises. Gaps and overlaps nowhere wider than `close_metres` are inexact borders and are closed first
    (0 keeps them); wider ones remain as they are. Corners where borders meet stay where they are. Polygons
    within the budget change only along a border shared with one that is not; when all are within it, the
    areas come back as they are. Otherwise polygons come back on the grid of 5 decimals (which moves a border
    by less than a metre, not counted as error), mended, cut at the 180th meridian, holes filled. Circles and
    geocodes are left alone.

    With `cover`, the ground of all areas together never shrinks (but for that rounding): whoever was in
    one of them still is. Between neighbours a border may move either way; to keep each area's own ground,
    simplify it alone. Raises ValueError for a budget under 4 and for what is not on the globe.
    """
    if budget < _SMALLEST_BUDGET:
        raise ValueError("A polygon needs a budget of at least 4 coordinate pairs.")
    given = tuple(areas)
    if all(len(each.points) <= budget for area in given for each in area.polygons):
        return _result(given, 0.0, budget)
    polygons = list(dict.fromkeys(each for area in given for each in area.polygons))
    thinned, error = _thinned(polygons, budget, cover, close_metres)
    changed = dict(zip(polygons, thinned, strict=True))
    made = [
        replace(area, polygons=tuple(part for each in area.polygons for part in changed[each]))
        for area in given
    ]
    return _result(tuple(made), error, budget)


def simplify_alert(
    alert: Alert, budget: int, *, cover: bool = False, close_metres: float = CLOSED_TO
) -> tuple[Alert, Simplified]:
    """An alert with the areas of all its infos simplified together, so that languages keep the same ground."""
    areas = [area for info in alert.infos for area in info.areas]
    done = simplify(areas, budget, cover=cover, close_metres=close_metres)
    left = iter(done.areas)
    infos = tuple(replace(info, areas=tuple(next(left) for _ in info.areas)) for info in alert.infos)
    return replace(alert, infos=infos), done


def _result(areas: tuple[Area, ...], error: float, budget: int) -> Simplified:
    counts = [len(each.points) for area in areas for each in area.polygons]
    return Simplified(areas, error, sum(counts), max(counts, default=0), budget)


def _thinned(
    polygons: Sequence[Polygon], budget: int, cover: bool, close_metres: float
) -> tuple[list[tuple[Polygon, ...]], float]:
    """For each polygon those that stand for it, and the error [m]."""
    pieces: list[shapely.Polygon] = []
    owners: list[int] = []
    for number, polygon in enumerate(polygons):
        for each in united(filled(continuous(polygon))):
            pieces.append(shapely.Polygon([(point.longitude, point.latitude) for point in each.points]))
            owners.append(number)
    rings, owners, closed = partition(pieces, owners, close_metres)
    net = _net(rings)
    old = list(net.corners)
    net.thin(budget - 1, grow_only=cover)
    made: list[list[Polygon]] = [[] for _ in polygons]
    for number, owner in enumerate(owners):
        ring = np.array(net.ring(number)) / UNITS
        made[owner].append(polygon_of(shapely.normalize(shapely.Polygon(ring))))
    error = closed + _error(net, old)
    return [
        (given,) if not new or _same(given, new) else tuple(new)
        for given, new in zip(polygons, made, strict=True)
    ], error


def _net(rings: list[list[Corner]]) -> Net:
    numbers: dict[Corner, int] = {}
    numbered = [[numbers.setdefault(corner, len(numbers)) for corner in ring] for ring in rings]
    # Parts cut at the meridian meet there again: what stands on it must stay.
    held = {number for (x, _), number in numbers.items() if abs(x) == 180 * UNITS}
    return Net(
        corners=list(numbers),
        rings=numbered,
        held=held,
        widest=180 * UNITS,
        limits=((-180 * UNITS, -90 * UNITS), (180 * UNITS, 90 * UNITS)),
        scale=lambda y: math.cos(math.radians(y / UNITS)),
    )


def _degrees(corners: list[Corner]) -> Floats:
    return np.array(corners, dtype=np.float64) / UNITS


def _same(given: Polygon, new: list[Polygon]) -> bool:
    if len(new) != 1 or len(new[0].points) != len(given.points):
        return False
    return set(new[0].points) == set(given.points)


def _error(net: Net, old: list[Corner]) -> float:
    """How far the rings have moved [m]: between each two corners that stayed, the old line against the new."""
    worst = 0.0
    bent: list[tuple[Floats, BaseGeometry]] = []
    for ring in net.rings:
        stayed = [n for n, corner in enumerate(ring) if net.alive[corner] and corner not in net.moved]
        turned = ring[stayed[0] :] + ring[: stayed[0] + 1] if stayed else [*ring, ring[0]]
        ends = [n for n, corner in enumerate(turned) if net.alive[corner] and corner not in net.moved]
        spans = pairwise(ends) if stayed else [(0, len(turned) - 1)]
        for first, last in spans:
            if last == first + 1:
                continue
            chain = turned[first : last + 1]
            before = [old[corner] for corner in chain]
            after = [net.corners[corner] for corner in chain if net.alive[corner]]
            if after[0] != before[0]:
                after.append(after[0])
            one, two = in_metres(_degrees(before), _degrees(after))
            if len(two) == 2:
                # One straight edge: what is nearest along it covers all of it, so one direction says both.
                worst = max(
                    worst, float(shapely.distance(shapely.points(one), shapely.LineString(two)).max())
                )
            else:
                bent += [(one, shapely.LineString(two)), (two, shapely.LineString(one))]
    return farthest(bent, worst)
