"""The sphere that CAP's areas lie on: distances, directions and longitudes, for whole arrays at once.

Distances are great circles on a sphere of the WGS 84 ellipsoid's mean radius (2a + b)/3; against geodesics on
the ellipsoid itself they are off by up to about half a percent, far less than an alert's area is sure of.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Mean radius of the WGS 84 ellipsoid [m]: a = 6 378 137, b = 6 356 752.3142 (IUGG, R1).
EARTH_RADIUS = 6_371_008.7714


def distance(
    latitude: ArrayLike, longitude: ArrayLike, other_latitude: ArrayLike, other_longitude: ArrayLike
) -> Floats:
    """The great-circle distance [m] between positions [°], by the haversine formula; arrays broadcast."""
    south, north = np.radians(latitude), np.radians(other_latitude)
    turn = np.radians(np.subtract(other_longitude, longitude))
    half = np.sin((north - south) / 2) ** 2 + np.cos(south) * np.cos(north) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def destination(
    latitude: float, longitude: float, bearing: ArrayLike, metres: float
) -> tuple[Floats, Floats]:
    """Where one arrives that goes so far from a position at bearings [° from north, clockwise].

    Returns latitudes and longitudes [°]; these are not brought back into ±180.
    """
    start, heading, arc = np.radians(latitude), np.radians(bearing), metres / EARTH_RADIUS
    sine = np.sin(start) * np.cos(arc) + np.cos(start) * np.sin(arc) * np.cos(heading)
    end = np.arcsin(np.clip(sine, -1.0, 1.0))
    # This form stays sure of the direction when the start is a pole.
    aside, ahead = np.sin(heading) * np.sin(arc), np.cos(start) * np.cos(arc)
    turn = np.arctan2(aside, ahead - np.sin(start) * np.sin(arc) * np.cos(heading))
    return np.degrees(end), longitude + np.degrees(turn)


def within_half_turn(longitude: ArrayLike) -> Floats:
    """Longitudes [°] brought into -180…180; those already there are not touched, not even by rounding."""
    given = np.asarray(longitude, dtype=np.float64)
    inside = np.abs(given) <= 180.0
    return np.where(inside, given, np.mod(given + 180.0, 360.0) - 180.0)


def above_equator(x: Floats, y: Floats) -> float:
    """The ground between the equator and a line of corners x, y [°], straight between them, on the unit sphere.

    Ground counts positive where the line runs east above the equator; round a closed ring it adds up to minus
    the area for a counter-clockwise ring. The integral of sin φ dλ along a straight edge is exact:
    Δλ (cos φ₁ - cos φ₂) / (φ₂ - φ₁), which is Δλ sin φ̄ · sinc(Δφ / 2).
    """
    turn, rise = np.radians(np.diff(x)), np.radians(np.diff(y))
    middle = np.radians((y[1:] + y[:-1]) / 2)
    return float(np.sum(turn * np.sin(middle) * np.sinc(rise / (2 * np.pi))))
