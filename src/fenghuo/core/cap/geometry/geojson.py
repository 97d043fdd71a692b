"""CAP areas as GeoJSON (RFC 7946) for maps and GIS, and features back as CAP areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely
import shapely.geometry

from fenghuo.core.cap.geometry.circles import draw
from fenghuo.core.cap.geometry.extent import bounds
from fenghuo.core.cap.geometry.rings import continuous, filled, parts, within_meridians
from fenghuo.core.cap.geometry.shapes import DRAWN_TO, polygons_of
from fenghuo.core.cap.model import Alert, Area, Circle, Info, Point, Polygon, ValuePair

_INFO = ("language", "event", "urgency", "severity", "certainty", "onset", "expires", "headline")


def geojson_of(polygons: Iterable[Polygon]) -> dict[str, Any]:
    """A GeoJSON Polygon for one CAP polygon, a MultiPolygon for any other number, longitude first.

    Rings run counter-clockwise (RFC 7946, 3.1.6). One that crosses the 180th meridian becomes its parts on
    either side (3.1.9); any other keeps its corners as they are, mended nowhere.
    """
    rings = [ring for each in polygons for ring in _map_rings(each)]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def features_of(
    what: Alert | Info | Sequence[Area], *, error_metres: float = DRAWN_TO, cover: bool = True
) -> dict[str, Any]:
    """A FeatureCollection of all areas, with what a map says about each, and its bounding box.

    An area's polygons are one feature; each of its circles is a feature of its own, drawn as a polygon (a
    point where the radius is 0) that says its `circle` in CAP's spelling and its `circleError` in metres. An
    area of geocodes alone is a feature without geometry (RFC 7946, 3.2). Properties carry CAP's names;
    `info` and `area` count from 1. `areas_of` reads the collection back.
    """
    if isinstance(what, Alert):
        sources = [(number, info, info.areas) for number, info in enumerate(what.infos, 1)]
        common: dict[str, Any] = {
            "identifier": what.identifier,
            "sender": what.sender,
            "sent": what.sent.isoformat(),
            "status": str(what.status),
            "msgType": str(what.msg_type),
        }
    elif isinstance(what, Info):
        sources, common = [(1, what, what.areas)], {}
    else:
        sources, common = [(1, None, tuple(what))], {}
    features = []
    for number, info, areas in sources:
        about = common | _said(info)
        for place, area in enumerate(areas, 1):
            features += _features(area, about | {"info": number, "area": place}, error_metres, cover)
    box = bounds([area for _, _, areas in sources for area in areas])
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return collection | ({"bbox": list(box)} if box else {})


def areas_of(collection: Mapping[str, Any], description: str = "") -> tuple[Area, ...]:
    """The CAP areas of a FeatureCollection or Feature, one for each feature or, of ours, for each area.

    `areaDesc` (else `name`, else `description` as given here), `geocode`, `altitude` and `ceiling` are read
    from the properties. A circle comes back as a circle while its geometry is the one drawn from it; where
    somebody has edited the geometry, that is what counts. Raises ValueError for what is no area.
    """
    whole = collection.get("type") == "FeatureCollection"
    features = collection.get("features", ()) if whole else [collection]
    if not isinstance(features, Sequence):
        raise ValueError("The features of a FeatureCollection are a list.")
    made: dict[Any, Area] = {}
    for number, feature in enumerate(features):
        if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
            raise ValueError("An area is a Feature of a FeatureCollection.")
        said = feature.get("properties") or {}
        if not isinstance(said, Mapping):
            raise ValueError("The properties of a Feature are an object.")
        key = (repr(said["info"]), repr(said["area"])) if {"info", "area"} <= said.keys() else number
        found = _area(feature, said, description)
        if key in made:
            found = _together(made[key], found)
        made[key] = found
    return tuple(made.values())


def _map_rings(polygon: Polygon) -> list[list[list[list[float]]]]:
    written = [[point.longitude, point.latitude] for point in polygon.points]
    try:
        ring = continuous(polygon)
    except ValueError:
        return [[written]]
    if abs(ring[:, 0]).max() <= 180.0:
        if shapely.is_ccw(shapely.LinearRing(ring)) or not shapely.Polygon(ring).area:
            return [[written]]
        return [[written[::-1]]]
    pieces = [part for whole in filled(ring) for part in parts(within_meridians(whole))]
    return [[_listed(shapely.geometry.polygon.orient(each).exterior.coords)] for each in pieces]


def _features(area: Area, about: dict[str, Any], error: float, cover: bool) -> list[dict[str, Any]]:
    properties: dict[str, Any] = about | {"areaDesc": area.description}
    if area.geocodes:
        properties["geocode"] = [{"valueName": each.name, "value": each.value} for each in area.geocodes]
    heights = {"altitude": area.altitude, "ceiling": area.ceiling}
    properties |= {name: value for name, value in heights.items() if value is not None}
    found = []
    if area.polygons or not area.circles:
        ground = geojson_of(area.polygons) if area.polygons else None
        found.append({"type": "Feature", "geometry": ground, "properties": properties})
    for circle in area.circles:
        said = properties | {"circle": _spelt(circle), "circleError": error, "circleCovers": cover}
        drawn = _drawn(circle, error, cover)
        found.append({"type": "Feature", "geometry": drawn, "properties": said})
    return found


def _area(feature: Mapping[str, Any], said: Mapping[str, Any], description: str) -> Area:
    geometry = feature.get("geometry")
    circle = _circle(said, geometry)
    pairs = said.get("geocode") or ()
    try:
        geocodes = tuple(ValuePair(str(each["valueName"]), str(each["value"])) for each in pairs)
    except (TypeError, KeyError):
        raise ValueError("The area's geocode is not a list of valueName and value.") from None
    return Area(
        description=str(said.get("areaDesc") or said.get("name") or description),
        polygons=() if circle or geometry is None else polygons_of(geometry),
        circles=(circle,) if circle else (),
        geocodes=geocodes,
        altitude=_height(said, "altitude"),
        ceiling=_height(said, "ceiling"),
    )


def _height(said: Mapping[str, Any], name: str) -> float | None:
    height = said.get(name)
    if height is None or (isinstance(height, int | float) and not isinstance(height, bool)):
        return height
    raise ValueError(f"The area's {name} is no number.")


def _circle(said: Mapping[str, Any], geometry: Any) -> Circle | None:
    try:
        centre, radius = said["circle"].split()
        latitude, longitude = map(float, centre.split(","))
        circle = Circle(Point(latitude, longitude), float(radius))
        drawn = _drawn(circle, float(said["circleError"]), bool(said["circleCovers"]))
    except (KeyError, ValueError, AttributeError, TypeError, OverflowError):
        return None
    if not isinstance(geometry, Mapping) or geometry.get("type") != drawn["type"]:
        return None
    return circle if _listed(geometry.get("coordinates")) == _listed(drawn["coordinates"]) else None


def _drawn(circle: Circle, error: float, cover: bool) -> dict[str, Any]:
    shape = draw(circle, error, cover=cover)
    whole = shapely.geometry.mapping(shapely.orient_polygons(shape) if shape.area else shape)
    return {"type": whole["type"], "coordinates": _listed(whole["coordinates"])}


def _spelt(circle: Circle) -> str:
    return f"{circle.centre.latitude!r},{circle.centre.longitude!r} {circle.radius!r}"


def _together(first: Area, second: Area) -> Area:
    return Area(
        description=first.description,
        polygons=first.polygons + second.polygons,
        circles=first.circles + second.circles,
        geocodes=tuple(dict.fromkeys(first.geocodes + second.geocodes)),
        altitude=first.altitude,
        ceiling=first.ceiling,
    )


def _said(info: Info | None) -> dict[str, Any]:
    if info is None:
        return {}
    values = {name: getattr(info, name) for name in _INFO}
    spelt = {
        name: value.isoformat() if name in ("onset", "expires") and value else value
        for name, value in values.items()
    }
    return {name: str(value) for name, value in spelt.items() if value is not None}


def _listed(coordinates: Any) -> Any:
    if isinstance(coordinates, int | float | str) or coordinates is None:
        return coordinates
    return [_listed(each) for each in coordinates]
