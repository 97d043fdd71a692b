"""CAP circles on the sphere: which places lie in one, and a polygon that differs from it by stated metres.

A circle is every place within its radius by great circle. It may hold a pole, cross the 180th meridian, be
wider than a hemisphere or, with radius 0 (as in the standard's earthquake example, A.3), be a single point.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.globe import EARTH_RADIUS, Floats, destination, distance
from fenghuo.core.cap.geometry.rings import within_meridians
from fenghuo.core.cap.model import Circle

# A place this near outside the edge counts as on it, and so as inside [m].
BORDER = 1e-3
_FIRST_CORNERS = 16
_FINEST = 1e-6
_HAIR = 1e-9  # [°]
_SAMPLES = np.arange(1, 8) / 8.0


def in_circle(circle: Circle, latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.bool_]:
    """Whether places lie within the radius of the centre; on the edge (to a millimetre) is inside."""
    centre = circle.centre
    apart = distance(centre.latitude, centre.longitude, latitudes, longitudes)
    return np.asarray(apart <= radius_of(circle) + BORDER)


def radius_of(circle: Circle) -> float:
    """The radius [m]. Raises ValueError for what is no circle on the globe."""
    values = (circle.radius, circle.centre.latitude, circle.centre.longitude)
    if not all(map(math.isfinite, values)) or circle.radius < 0.0 or abs(circle.centre.latitude) > 90.0:
        raise ValueError("The area has a circle off the globe or with a negative radius.")
    return circle.radius * 1000.0


def draw(circle: Circle, error_metres: float = 10.0, *, cover: bool = True) -> BaseGeometry:
    """The circle as a polygon in -180…180, straight in longitude and latitude between its corners.

    No part of its edge is further than `error_metres` from the true circle. With `cover` the polygon holds the
    whole circle and errs outwards only. Corners stand closer where a straight edge would stray more; their
    number follows from the error. Radius 0 is a point. Raises ValueError for a negative radius or error.
    """
    radius = radius_of(circle)
    if not error_metres > 0.0:
        raise ValueError("The error of a drawn circle must be more than 0 metres.")
    centre = circle.centre
    if radius == 0.0:
        return within_meridians(shapely.Point(centre.longitude, centre.latitude))
    slack = error_metres / 2 if cover else error_metres
    reach = radius + slack if cover else radius
    half_turn = math.pi * EARTH_RADIUS
    if reach >= half_turn:
        return shapely.box(-180.0, -90.0, 180.0, 90.0)
    to_north, to_south = (math.radians(90.0 - sign * centre.latitude) * EARTH_RADIUS for sign in (1, -1))
    if reach > to_north and reach > to_south:
        # Wider than a hemisphere: everything but a circle around the antipode.
        x, y = _edge(-centre.latitude, centre.longitude + 180.0, half_turn - reach, slack)
        outside = shapely.Polygon(np.column_stack([x, y]))
        return shapely.difference(shapely.box(-180.0, -90.0, 180.0, 90.0), within_meridians(outside))
    x, y = _edge(centre.latitude, centre.longitude, reach, slack)
    if reach > min(to_north, to_south):
        pole = 90.0 if to_north < to_south else -90.0
        # Both ends lie on one meridian, where rounding could part them: they overlap by a hair.
        over = math.copysign(_HAIR, x[-1] - x[0])
        x = np.concatenate([[x[0] - over], x, [x[-1] + over, x[-1] + over, x[0] - over]])
        y = np.concatenate([[y[0]], y, [y[-1], pole, pole]])
    shape = shapely.Polygon(np.column_stack([x, y]))
    return within_meridians(shape if shape.is_valid else shapely.make_valid(shape, method="structure"))


def _edge(latitude: float, longitude: float, metres: float, slack: float) -> tuple[Floats, Floats]:
    """Corners x, y [°] on the circle, dense enough, the first again at the end; x runs on without jumps."""
    # Bearings start where the circle crosses the meridian opposite the pole it may hold.
    start = 0.0 if latitude >= 0.0 else 180.0
    bearings = start + np.linspace(0.0, 360.0, _FIRST_CORNERS + 1)
    while True:
        x, y = _corners(latitude, longitude, bearings, metres)
        width, rise = np.diff(x), np.diff(y)
        along_x = x[:-1, np.newaxis] + width[:, np.newaxis] * _SAMPLES
        along_y = y[:-1, np.newaxis] + rise[:, np.newaxis] * _SAMPLES
        strays = np.abs(distance(latitude, longitude, along_y, along_x) - metres).max(axis=1) > 0.95 * slack
        rough = np.flatnonzero(strays & (np.diff(bearings) > _FINEST))
        if not len(rough):
            return x, y
        bearings = np.insert(bearings, rough + 1, (bearings[rough] + bearings[rough + 1]) / 2)


def _corners(latitude: float, longitude: float, bearings: Floats, metres: float) -> tuple[Floats, Floats]:
    y, x = destination(latitude, longitude, bearings, metres)
    step = np.diff(x)
    x[1:] -= 360.0 * np.cumsum(np.round(step / 360.0))
    if abs(x[-1] - x[0]) < 180.0:
        x[-1] = x[0]
    y[-1] = y[0]
    return x, y
