"""Which of a hundred thousand places lie in an alert, and in which of many alerts each place lies.

Rings are tested uncut: a place is asked for at its longitude and one turn of the earth to either side, so
the 180th meridian is a line like any other. Circles are tested by great circle, not as polygons. A place on
an edge is inside. A place at a pole lies in what touches that pole, whatever longitude it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.circles import BORDER, in_circle, radius_of
from fenghuo.core.cap.geometry.globe import EARTH_RADIUS, within_half_turn
from fenghuo.core.cap.geometry.rings import continuous, filled
from fenghuo.core.cap.geometry.shapes import Geocodes, Located, each_circle, each_polygon, resolved
from fenghuo.core.cap.model import Circle

# Sorting the places pays from about this many shapes on.
_WORTH_SORTING = 12
_Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything an alert covers, made ready for many questions; keep one for each alert in force."""

    shapes: tuple[BaseGeometry, ...]
    circles: tuple[Circle, ...]

    @classmethod
    def of(cls, what: Located | Iterable[Located], *, geocodes: Geocodes | None = None) -> Ground:
        """The ground of an alert, info, area, polygon or circle, or of several; heights are not considered.

        Raises ValueError for what is not on the globe.
        """
        shapes: list[BaseGeometry] = []
        for polygon in each_polygon(what):
            ring = continuous(polygon)
            shapes += filled(ring)
            if not shapely.Polygon(ring).is_valid:
                # Mending drops spurs and moves crossings by a rounding; who stands on the line is still inside.
                shapes.append(shapely.LineString(ring))
        for area in resolved(what, geocodes):
            shapes += shapely.get_parts(area).tolist()
        shapely.prepare(shapes)
        circles = tuple(each_circle(what))
        for circle in circles:
            radius_of(circle)
        return cls(tuple(shapes), circles)

    def contains(self, latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.bool_]:
        """Whether places [°] lie in it; arrays broadcast, the answer has their shape.

        Longitudes of any turn are taken; a place without position (NaN) lies nowhere. Raises ValueError for
        latitudes off the globe.
        """
        count = len(self.shapes) + len(self.circles)
        places = _Places(latitudes, longitudes, ordered=count >= _WORTH_SORTING)
        inside = np.zeros(places.latitude.shape, dtype=np.bool_)
        inside[places.inside(self)] = True
        return inside.reshape(places.form)


@dataclass(frozen=True, slots=True)
class Hits:
    """Which place lies in which alert: one pair of numbers for each hit, by place and then by alert."""

    places: _Indices
    alerts: _Indices
    place_count: int
    alert_count: int

    def of_place(self, place: int) -> tuple[int, ...]:
        """The numbers of the alerts that one place lies in."""
        first, last = np.searchsorted(self.places, [place, place + 1])
        return tuple(self.alerts[first:last].tolist())

    def of_alert(self, alert: int) -> _Indices:
        """The numbers of the places that lie in one alert."""
        return self.places[self.alerts == alert]

    def by_place(self) -> list[tuple[int, ...]]:
        """For every place, the numbers of the alerts it lies in."""
        ends = np.searchsorted(self.places, np.arange(self.place_count + 1)).tolist()
        alerts = self.alerts.tolist()
        return [tuple(alerts[a:b]) for a, b in pairwise(ends)]


def contains(
    what: Located | Iterable[Located],
    latitudes: ArrayLike,
    longitudes: ArrayLike,
    *,
    geocodes: Geocodes | None = None,
) -> NDArray[np.bool_]:
    """Whether places [°] lie in an alert, info, area, polygon or circle, or in any of several.

    Geocodes count only where the caller's map has their geometry (`unresolved` lists the others); CAP 1.2,
    3.2.4 makes them part of the area, so a map of codes can only add places. See `Ground` to ask repeatedly.
    """
    return Ground.of(what, geocodes=geocodes).contains(latitudes, longitudes)


def which(
    alerts: Sequence[Located | Ground],
    latitudes: ArrayLike,
    longitudes: ArrayLike,
    *,
    geocodes: Geocodes | None = None,
) -> Hits:
    """For each place [°] the alerts (or infos, areas, made-ready grounds) it lies in, as numbers from 0."""
    places = _Places(latitudes, longitudes, ordered=len(alerts) >= _WORTH_SORTING)
    grounds = [each if isinstance(each, Ground) else Ground.of(each, geocodes=geocodes) for each in alerts]
    found = [places.inside(each) for each in grounds]
    place = np.concatenate([np.empty(0, dtype=np.intp), *found])
    alert = np.repeat(np.arange(len(found)), [len(each) for each in found])
    order = np.lexsort((alert, place))
    return Hits(place[order], alert[order], len(places.latitude), len(alerts))


class _Places:
    """Places as flat arrays, by latitude where that pays, and which of them lie in a ground."""

    def __init__(self, latitudes: ArrayLike, longitudes: ArrayLike, *, ordered: bool) -> None:
        north, east = np.broadcast_arrays(
            np.asarray(latitudes, dtype=np.float64), np.asarray(longitudes, dtype=np.float64)
        )
        self.form = north.shape
        self.latitude, self.longitude = north.ravel(), within_half_turn(east.ravel())
        if (np.abs(self.latitude) > 90.0).any():
            raise ValueError("A place has a latitude beyond ±90; latitudes come first.")
        self._order = np.argsort(self.latitude, kind="stable") if ordered else None
        self._sorted = self.latitude if self._order is None else self.latitude[self._order]
        self._poles = np.flatnonzero(np.abs(self.latitude) == 90.0)

    def inside(self, ground: Ground) -> _Indices:
        """The numbers of the places in a ground, each once, rising."""
        found = [self._in_shape(each) for each in ground.shapes]
        found += [self._in_circle(each) for each in ground.circles]
        if len(found) == 1:
            return np.sort(found[0]) if self._order is not None else found[0]
        mark = np.zeros(len(self.latitude), dtype=np.bool_)
        for each in found:
            mark[each] = True
        return np.flatnonzero(mark)

    def _in_shape(self, shape: BaseGeometry) -> _Indices:
        west, south, east, north = shape.bounds
        band = self._between(south, north)
        lines = self.longitude[band]
        found = []
        for turn in (-360.0, 0.0, 360.0):
            if west > 180.0 + turn or east < -180.0 + turn:
                continue
            x = lines + turn if turn else lines
            near = np.flatnonzero((x >= west) & (x <= east))
            candidates = band[near]
            hit = shapely.intersects_xy(shape, x[near], self.latitude[candidates])
            found.append(candidates[hit])
        at_pole = self.latitude[self._poles]
        if len(at_pole):
            found.append(self._poles[(at_pole == north) | (at_pole == south)])
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _in_circle(self, circle: Circle) -> _Indices:
        reach = np.degrees((radius_of(circle) + 2 * BORDER) / EARTH_RADIUS)
        centre = circle.centre.latitude
        band = self._between(centre - reach, centre + reach)
        return band[in_circle(circle, self.latitude[band], self.longitude[band])]

    def _between(self, south: float, north: float) -> _Indices:
        if self._order is not None:
            first = np.searchsorted(self._sorted, south, side="left")
            last = np.searchsorted(self._sorted, north, side="right")
            return self._order[first:last]
        return np.flatnonzero((self.latitude >= south) & (self.latitude <= north))
