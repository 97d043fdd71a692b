"""GeoJSON areas to CAP polygons and back, and the union of neighbouring areas.

GeoJSON (RFC 7946) puts longitude first, CAP latitude; both use WGS 84 degrees. Coordinates are rounded to
5 decimals (about 1 m). A CAP polygon cannot have a hole, and a hole is filled: whoever lives inside it is
warned too, which errs on the safe side. Areas that cross the 180th meridian must come already cut there,
as RFC 7946, 3.1.9 asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy
import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.model import Point, Polygon

DECIMALS = 5
_GRID = 10.0**-DECIMALS


def polygons_of(geojson: Mapping[str, Any]) -> tuple[Polygon, ...]:
    """CAP polygons of a GeoJSON Polygon, MultiPolygon, collection of these, Feature or FeatureCollection.

    Rings come out closed, counter-clockwise as seen on a map, from their westernmost corner, holes filled,
    parts smaller than the rounding dropped; so the same ground always gives the same polygons. Raises
    ValueError for other geometry and for positions off the globe.
    """
    return _polygons([ring for each in _geometries(geojson) for ring in _rings(each)])


def geojson_of(polygons: Iterable[Polygon]) -> dict[str, Any]:
    """A GeoJSON Polygon for one CAP polygon, a MultiPolygon for any other number, longitude first."""
    rings = [[[[point.longitude, point.latitude] for point in each.points]] for each in polygons]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def union(polygons: Iterable[Polygon]) -> tuple[Polygon, ...]:
    """The polygons that cover the same ground, neighbours that touch along a side merged into one.

    Ground enclosed by the union is filled like any hole. Raises ValueError for a ring that cannot be one.
    """
    return _polygons([ring for each in polygons for ring in _rings(geojson_of([each]))])


def _geometries(geojson: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    kind = geojson.get("type")
    if kind == "Feature":
        return _geometries(geojson.get("geometry") or {})
    inside = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(str(kind))
    if inside:
        return [each for part in geojson.get(inside, ()) for each in _geometries(part)]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"An area is a Polygon or MultiPolygon, not {kind!r}.")
    return [geojson]


def _rings(geometry: Mapping[str, Any]) -> list[BaseGeometry]:
    try:
        area = shapely.geometry.shape(geometry)
    except (
        TypeError,
        ValueError,
        IndexError,
        KeyError,
        AttributeError,
        shapely.errors.ShapelyError,
    ) as error:
        raise ValueError(f"The area's coordinates cannot be read: {error}.") from None
    if not area.is_empty:
        west, south, east, north = area.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError("The area has a position off the globe; longitude comes first in GeoJSON.")
    # Ring by ring: GEOS cannot mend a set of rings of which one has collapsed into a point or line.
    rings = [shapely.Polygon(each.exterior) for each in _parts(shapely.force_2d(area))]
    return [shapely.make_valid(each, method="structure", keep_collapsed=False) for each in rings]


def _polygons(shapes: list[BaseGeometry]) -> tuple[Polygon, ...]:
    filled = [shapely.Polygon(each.exterior) for each in _parts(_united(shapes))]
    # An island in a filled hole is now covered by what surrounds it: unite once more.
    whole = _united(filled)
    rings = (
        shapely.geometry.polygon.orient(each).exterior.coords for each in _parts(shapely.normalize(whole))
    )
    made = [Polygon(tuple(_point(x, y) for x, y in ring)) for ring in rings]
    return tuple(sorted(made, key=lambda each: [(p.latitude, p.longitude) for p in each.points]))


def _united(shapes: list[BaseGeometry]) -> BaseGeometry:
    # Uniting a single shape leaves it off the grid, so it is put there in a second step. Parts that vanish
    # on the grid make GEOS divide by nought on its way, which numpy would announce.
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return shapely.set_precision(shapely.union_all(shapes, grid_size=_GRID), _GRID)


def _point(x: float, y: float) -> Point:
    # Adding 0.0 turns -0.0 into 0.0.
    return Point(round(y, DECIMALS) + 0.0, round(x, DECIMALS) + 0.0)


def _parts(area: BaseGeometry) -> list[shapely.Polygon]:
    return [
        each for each in shapely.get_parts(area) if isinstance(each, shapely.Polygon) and not each.is_empty
    ]
