"""How large an area is and how far it reaches: square kilometres on the sphere, and its bounding box."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.circles import radius_of
from fenghuo.core.cap.geometry.globe import EARTH_RADIUS, above_equator, within_half_turn
from fenghuo.core.cap.geometry.rings import continuous, parts
from fenghuo.core.cap.geometry.shapes import (
    Geocodes,
    Located,
    each_circle,
    each_polygon,
    resolved,
    shape_of,
)


class Bounds(NamedTuple):
    """A box in degrees, in GeoJSON's order; `west` is above `east` where it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


def square_kilometres(
    what: Located | BaseGeometry | Iterable[Located], *, geocodes: Geocodes | None = None
) -> float:
    """The ground of an alert, area, polygon, circle or several on the sphere [km²], overlaps counted once.

    Exact for edges straight in longitude and latitude and for a single circle (a spherical cap); circles
    among other parts are drawn to 1 m. The ellipsoid's own area differs by up to half a percent.
    """
    if not isinstance(what, BaseGeometry):
        circles = each_circle(what)
        if len(circles) == 1 and not each_polygon(what) and not resolved(what, geocodes):
            arc = min(radius_of(circles[0]) / EARTH_RADIUS, math.pi)
            # 1 - cos without loss for small circles.
            return 2 * math.pi * EARTH_RADIUS**2 * 2 * math.sin(arc / 2) ** 2 / 1e6
        what = shape_of(what, geocodes=geocodes, error_metres=1.0, cover=False)
    return sum(_square_metres(each) for each in parts(what)) / 1e6


def bounds(what: Located | Iterable[Located], *, geocodes: Geocodes | None = None) -> Bounds | None:
    """The smallest box that holds everything, across the 180th meridian if that is narrower; None for nothing.

    Circles count with their true edge. As RFC 7946, 5.2 and 5.3: `west` above `east` says that the box
    crosses the meridian, and with a pole inside it goes all the way round.
    """
    boxes: list[tuple[float, float, float, float]] = []
    for polygon in each_polygon(what):
        ring = continuous(polygon)
        boxes.append((*ring.min(axis=0), *ring.max(axis=0)))
    for circle in each_circle(what):
        boxes.append(
            _round(circle.centre.latitude, circle.centre.longitude, radius_of(circle) / EARTH_RADIUS)
        )
    boxes += [each.bounds for shape in resolved(what, geocodes) for each in shapely.get_parts(shape)]
    if not boxes:
        return None
    west, east = _narrowest([(box[0], box[2]) for box in boxes])
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return Bounds(float(west), float(south), float(east), float(north))


def _square_metres(shape: shapely.Polygon) -> float:
    rings = [shapely.get_coordinates(each) for each in (shape.exterior, *shape.interiors)]
    areas = [abs(above_equator(ring[:, 0], ring[:, 1])) for ring in rings]
    return (areas[0] - sum(areas[1:])) * EARTH_RADIUS**2


def _round(latitude: float, longitude: float, arc: float) -> tuple[float, float, float, float]:
    south, north = latitude - math.degrees(arc), latitude + math.degrees(arc)
    if south <= -90.0 or north >= 90.0:
        return -180.0, max(south, -90.0), 180.0, min(north, 90.0)
    # Where a meridian touches the circle: sin Δλ = sin r / cos φ.
    aside = math.degrees(math.asin(min(1.0, math.sin(arc) / math.cos(math.radians(latitude)))))
    return longitude - aside, south, longitude + aside, north


def _narrowest(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """The shortest way round the earth that holds all spans of longitude, as west and east in ±180."""
    if any(east - west >= 360.0 for west, east in spans):
        return -180.0, 180.0
    starts = np.array([west for west, _ in spans])
    home = within_half_turn(starts)
    ordered = sorted(zip(home.tolist(), (home + [east - west for west, east in spans]).tolist(), strict=True))
    reach, gaps = ordered[0][1], []
    for west, east in ordered[1:]:
        gaps.append((west - reach, west, reach))
        reach = max(reach, east)
    gaps.append((ordered[0][0] + 360.0 - reach, ordered[0][0], reach))
    width, west, east = max(gaps, key=lambda gap: (gap[0], -abs(gap[1])))
    if width <= 0.0:
        return -180.0, 180.0
    return west, east if east <= 180.0 else east - 360.0
