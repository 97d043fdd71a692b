"""CAP areas as shapely geometry, and geometry as CAP polygons; x is longitude, y latitude, WGS 84 degrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.circles import draw
from fenghuo.core.cap.geometry.rings import continuous, filled, parts, united, within_meridians
from fenghuo.core.cap.model import Alert, Area, Circle, Info, Polygon, ValuePair

# What has a place on the globe: anything of these, or several.
Located: TypeAlias = Alert | Info | Area | Polygon | Circle
# A caller's knowledge of area codes: by (valueName, value), or a function of the pair; None is unknown.
Geocodes: TypeAlias = (
    Mapping[tuple[str, str], BaseGeometry | Mapping[str, Any]]
    | Callable[[ValuePair], BaseGeometry | Mapping[str, Any] | None]
)
# How far a drawn circle may reach beyond the true one, unless told [m].
DRAWN_TO = 10.0
# Collections within collections; RFC 7946, 3.1.8, advises against any.
_DEEPEST = 16


def shape_of(
    what: Located | Iterable[Located],
    *,
    geocodes: Geocodes | None = None,
    error_metres: float = DRAWN_TO,
    cover: bool = True,
) -> BaseGeometry:
    """All the ground of an alert, info, area, polygon or circle, or of several, as one valid geometry.

    An area is the union of its parts (CAP 1.2, 3.2.4), an alert that of its infos. Cut at the 180th meridian,
    holes filled within each ring, rings that cross themselves mended, circles drawn to `error_metres` (see
    `circles.draw`), geocodes as the caller's map has them. Raises ValueError for what is not on the globe.
    """
    shapes: list[BaseGeometry] = []
    for polygon in each_polygon(what):
        shapes += [within_meridians(each) for each in filled(continuous(polygon))]
    shapes += [draw(circle, error_metres, cover=cover) for circle in each_circle(what)]
    shapes += resolved(what, geocodes)
    if len(shapes) == 1:
        return shapes[0]
    return shapely.union_all(shapes)


def polygons_of(ground: Mapping[str, Any] | BaseGeometry) -> tuple[Polygon, ...]:
    """CAP polygons of a shapely geometry, or of a GeoJSON Polygon, MultiPolygon, collection or Feature.

    Rings come out closed, counter-clockwise as seen on a map, from their westernmost corner, holes filled,
    parts smaller than the rounding dropped, cut at the 180th meridian (`joined` puts them together); so the
    same ground always gives the same polygons. Longitudes beyond ±180 (to ±540, as maps that go round give
    them) are taken. Raises ValueError for other geometry and for positions off the globe.
    """
    if isinstance(ground, BaseGeometry):
        return united(_rings_of(ground))
    return united([ring for each in _geometries(ground) for ring in _rings(each)])


def union(polygons: Iterable[Polygon]) -> tuple[Polygon, ...]:
    """The polygons that cover the same ground, neighbours that touch along a side merged into one.

    Ground enclosed by the union is filled like any hole. Raises ValueError for a ring that cannot be one.
    """
    return united([part for each in polygons for part in filled(continuous(each))])


def each_polygon(what: Located | Iterable[Located]) -> list[Polygon]:
    """Every different polygon, once however many infos repeat it."""
    return list(dict.fromkeys(found for found in _located(what) if isinstance(found, Polygon)))


def each_circle(what: Located | Iterable[Located]) -> list[Circle]:
    """Every different circle, once however many infos repeat it."""
    return list(dict.fromkeys(found for found in _located(what) if isinstance(found, Circle)))


def each_geocode(what: Located | Iterable[Located]) -> list[ValuePair]:
    """Every different geocode, once however many infos repeat it."""
    return list(dict.fromkeys(found for found in _located(what) if isinstance(found, ValuePair)))


def unresolved(what: Located | Iterable[Located], geocodes: Geocodes | None = None) -> tuple[ValuePair, ...]:
    """The geocodes that the caller's map does not know: ground that no answer here takes into account."""
    return tuple(pair for pair in each_geocode(what) if _geometry_of(pair, geocodes) is None)


def resolved(what: Located | Iterable[Located], geocodes: Geocodes | None) -> list[BaseGeometry]:
    """The geometry of every geocode that the caller's map knows, in -180…180, holes kept."""
    known = [_geometry_of(pair, geocodes) for pair in each_geocode(what)] if geocodes else []
    found: list[BaseGeometry] = []
    for each in known:
        if each is None:
            continue
        if not isinstance(each, BaseGeometry):
            found += [whole for part in _geometries(each) for whole in [_read(part)]]
        else:
            found.append(_on_globe(each))
    whole = [each if each.is_valid else shapely.make_valid(each, method="structure") for each in found]
    return [within_meridians(each) for each in whole]


def _geometry_of(pair: ValuePair, geocodes: Geocodes | None) -> BaseGeometry | Mapping[str, Any] | None:
    if geocodes is None:
        return None
    return geocodes(pair) if callable(geocodes) else geocodes.get((pair.name, pair.value))


def _located(what: Located | Iterable[Located]) -> Iterator[Polygon | Circle | ValuePair]:
    match what:
        case Polygon() | Circle():
            yield what
        case Area():
            yield from (*what.polygons, *what.circles, *what.geocodes)
        case Info():
            yield from _located(what.areas)
        case Alert():
            yield from _located(what.infos)
        case _:
            for each in what:
                yield from _located(each)


def _geometries(geojson: Any, deep: int = 0) -> list[Mapping[str, Any]]:
    if not isinstance(geojson, Mapping) or deep > _DEEPEST:
        raise ValueError("An area is a Polygon or MultiPolygon, not something else or deep in collections.")
    kind = geojson.get("type")
    if kind == "Feature":
        return _geometries(geojson.get("geometry") or {}, deep + 1)
    inside = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(str(kind))
    if inside:
        members = geojson.get(inside, ())
        if not isinstance(members, Sequence):
            raise ValueError(f"The {inside} of a {kind} are a list.")
        return [each for part in members for each in _geometries(part, deep + 1)]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"An area is a Polygon or MultiPolygon, not {kind!r}.")
    return [geojson]


def _rings(geometry: Mapping[str, Any]) -> list[shapely.Polygon]:
    return _rings_of(_read(geometry))


def _rings_of(area: BaseGeometry) -> list[shapely.Polygon]:
    whole = parts(shapely.force_2d(_on_globe(area)))
    if not whole and not area.is_empty:
        raise ValueError(f"An area is a Polygon or MultiPolygon, not {area.geom_type!r}.")
    # Ring by ring: GEOS cannot mend a set of rings of which one has collapsed into a point or line.
    return [part for each in whole for part in filled(each.exterior.coords)]


def _read(geometry: Mapping[str, Any]) -> BaseGeometry:
    try:
        return _on_globe(shapely.geometry.shape(geometry))
    except (
        TypeError,
        IndexError,
        KeyError,
        AttributeError,
        OverflowError,
        shapely.errors.ShapelyError,
    ) as error:
        raise ValueError(f"The area's coordinates cannot be read: {error}.") from None
    except ValueError as error:
        if str(error).startswith("The area"):
            raise
        raise ValueError(f"The area's coordinates cannot be read: {error}.") from None


def _on_globe(area: BaseGeometry) -> BaseGeometry:
    if not area.is_empty:
        west, south, east, north = area.bounds
        if not (-540 <= west <= east <= 540 and -90 <= south <= north <= 90):
            raise ValueError("The area has a position off the globe; longitude comes first in GeoJSON.")
    return area
