"""Draws areas and sites as a map: longitude and latitude in, what places/_map.html shows out; no queries.

A township may own base layers (relief, contours, streams, roads) in a folder; without them the map is plain
polygons. Paths are in the units of the SVG's viewBox, `WIDTH` wide; labels and points are in percent of the
drawing, so that a layer over it keeps its text at reading size whatever the map's width.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from shapely import maximum_inscribed_circle
from shapely.geometry import shape

WIDTH = 1000.0
RATIO = 4 / 3
PADDING = 0.04
RATING_WORDS: Mapping[int, Promise] = {
    0: pgettext_lazy("danger class", "not rated"),
    1: pgettext_lazy("danger class", "low"),
    2: pgettext_lazy("danger class", "fairly low"),
    3: pgettext_lazy("danger class", "moderate"),
    4: pgettext_lazy("danger class", "high"),
    5: pgettext_lazy("danger class", "extreme"),
}
LEVELS = ("blue", "yellow", "orange", "red")

Geometry = Mapping[str, Any]
Bounds = tuple[float, float, float, float]
XY = tuple[float, float]


class NotDrawable(ValueError):
    """The geometry is of a kind that the map does not draw, or holds something other than positions."""


@dataclass(frozen=True)
class Projection:
    """Local equirectangular: degrees to viewBox units, y down, true to scale at the frame's mid-latitude."""

    west: float
    north: float
    per_lon: float
    per_lat: float
    height: float

    @classmethod
    def over(cls, bounds: Bounds, ratio: float = RATIO) -> "Projection":
        """The smallest frame, `ratio` wide to high, that holds `bounds` (west, south, east, north in °)."""
        west, south, east, north = bounds
        mid = math.cos(math.radians((south + north) / 2))
        wide, high = max((east - west) * mid, 1e-4), max(north - south, 1e-4)
        frame = max(wide, high * ratio) * (1 + 2 * PADDING)
        unit = WIDTH / frame
        return cls(
            west=(west + east) / 2 - frame / mid / 2,
            north=(south + north) / 2 + frame / ratio / 2,
            per_lon=unit * mid,
            per_lat=unit,
            height=WIDTH / ratio,
        )

    def xy(self, lon: float, lat: float) -> XY:
        return (lon - self.west) * self.per_lon, (self.north - lat) * self.per_lat

    def percent(self, lon: float, lat: float) -> XY:
        """The place in percent of the drawing's width and height."""
        x, y = self.xy(lon, lat)
        return round(100 * x / WIDTH, 2), round(100 * y / self.height, 2)


def lines(geometry: Geometry) -> Iterator[tuple[Sequence[Sequence[float]], bool]]:
    """Every ring or line of a GeoJSON geometry, and whether it closes."""
    kind, parts = geometry.get("type"), geometry.get("coordinates", ())
    if kind == "LineString":
        yield parts, False
    elif kind == "MultiLineString":
        yield from ((part, False) for part in parts)
    elif kind == "Polygon":
        yield from ((ring, True) for ring in parts)
    elif kind == "MultiPolygon":
        yield from ((ring, True) for polygon in parts for ring in polygon)
    elif kind == "GeometryCollection":
        for member in geometry.get("geometries", ()):
            yield from lines(member)
    else:
        raise NotDrawable(f"A map draws lines and polygons, not {kind}.")


def path(geometry: Geometry, projection: Projection) -> str:
    """The `d` of an SVG path, to a tenth of a unit.

    Every position is rounded by itself, never the step between two, so borders that share vertices stay
    together; steps that round to nothing are dropped. Raises NotDrawable.
    """
    strokes = []
    for line, closed in lines(geometry):
        try:
            places = [tuple(round(10 * v) for v in projection.xy(lon, lat)) for lon, lat, *_ in line]
        except (TypeError, ValueError) as wrong:
            raise NotDrawable("A position of the geometry is not a pair of numbers.") from wrong
        if closed and places and places[0] == places[-1]:
            places.pop()
        if len(places) < 2:
            continue
        steps, (x, y) = [], places[0]
        for to_x, to_y in places[1:]:
            if (to_x, to_y) != (x, y):
                steps.append(f"{_tenths(to_x - x)}{_tenths(to_y - y, after=True)}")
                x, y = to_x, to_y
        if steps:
            start = f"M{_tenths(places[0][0])}{_tenths(places[0][1], after=True)}"
            strokes.append(f"{start}l{' '.join(steps).replace(' -', '-')}{'z' if closed else ''}")
    return "".join(strokes)


def _tenths(value: int, after: bool = False) -> str:
    whole, tenth = divmod(abs(value), 10)
    text = f"{'-' if value < 0 else ''}{whole}{f'.{tenth}' if tenth else ''}"
    return text if value < 0 or not after else f" {text}"


def bounds_of(geometries: Iterable[Geometry]) -> Bounds | None:
    """West, south, east, north over all geometries in degrees; None where nothing has a position."""
    places = [place for geometry in geometries for line, _ in lines(geometry) for place in line]
    if not places:
        return None
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return min(lons), min(lats), max(lons), max(lats)


def label_point(geometry: Geometry) -> XY:
    """Longitude and latitude of the roomiest place inside the largest part of a polygon."""
    whole = shape(geometry)
    part = max(getattr(whole, "geoms", [whole]), key=lambda member: member.area)
    if part.is_empty or part.geom_type != "Polygon":
        raise NotDrawable("Only a polygon has room for a label.")
    tolerance = max(math.sqrt(part.area) / 100, 1e-7)
    lon, lat = maximum_inscribed_circle(part, tolerance).coords[0]
    return lon, lat


@dataclass(frozen=True, eq=False)
class Base:
    """A township's base layers: GeoJSON features by layer, and the relief picture with its bounds."""

    folder: Path
    features: Mapping[str, Sequence[Mapping[str, Any]]]
    relief: Path | None
    relief_bounds: Bounds | None
    version: str


@dataclass(frozen=True)
class BaseDrawing:
    """Base layers as paths: streams are (stroke width, d), roads (kind, d), the box x, y, width, height."""

    contours: str = ""
    index_contours: str = ""
    streams: tuple[tuple[float, str], ...] = ()
    roads: tuple[tuple[str, str], ...] = ()
    relief_box: tuple[float, float, float, float] | None = None


BASE_FILES = ("contours.geojson", "streams.geojson", "roads.geojson", "relief.json")


def load_base(folder: Path | None) -> Base | None:
    """The base layers in `folder`, read once until a file changes; None where there are none.

    Files, each optional: contours.geojson (`height` m, `index` true for a stronger line), streams.geojson
    (`width` 1 to 4), roads.geojson (`kind` main or minor), relief.json (`image`, `bounds` west, south, east,
    north in °) beside its picture.
    """
    if folder is None:
        return None
    stamps = tuple((n, (folder / n).stat().st_mtime_ns) for n in BASE_FILES if (folder / n).is_file())
    return _read_base(folder, stamps) if stamps else None


@lru_cache(maxsize=8)
def _read_base(folder: Path, stamps: tuple[tuple[str, int], ...]) -> Base:
    texts = {name: (folder / name).read_text(encoding="utf-8") for name, _ in stamps}
    features = {n.removesuffix(".geojson"): json.loads(t)["features"] for n, t in texts.items() if "geo" in n}
    about = json.loads(texts["relief.json"]) if "relief.json" in texts else None
    relief = folder / Path(about["image"]).name if about else None
    digest = hashlib.sha256("".join(texts.values()).encode())
    if relief is not None and relief.is_file():
        digest.update(relief.read_bytes())
    else:
        relief = about = None
    west, south, east, north = about["bounds"] if about else (0.0,) * 4
    return Base(
        folder, features, relief, (west, south, east, north) if about else None, digest.hexdigest()[:12]
    )


@lru_cache(maxsize=32)
def _draw_base(base: Base, projection: Projection) -> BaseDrawing:
    def drawn(layer: str, key: str, default: Any) -> dict[Any, str]:
        by_value: dict[Any, str] = {}
        for feature in base.features.get(layer, ()):
            value = (feature.get("properties") or {}).get(key, default)
            if _in_frame(feature["geometry"], projection):
                by_value[value] = by_value.get(value, "") + path(feature["geometry"], projection)
        return by_value

    contours = drawn("contours", "index", False)
    box = None
    if base.relief_bounds:
        west, south, east, north = base.relief_bounds
        (x, y), (right, bottom) = projection.xy(west, north), projection.xy(east, south)
        box = (round(x, 2), round(y, 2), round(right - x, 2), round(bottom - y, 2))
    return BaseDrawing(
        contours=contours.get(False, ""),
        index_contours=contours.get(True, ""),
        streams=tuple(sorted(drawn("streams", "width", 1.0).items())),
        roads=tuple(sorted(drawn("roads", "kind", "minor").items())),
        relief_box=box,
    )


def _in_frame(geometry: Geometry, projection: Projection) -> bool:
    found = bounds_of([geometry])
    if found is None:
        return False
    (left, top), (right, bottom) = projection.xy(found[0], found[3]), projection.xy(found[2], found[1])
    return left < WIDTH and right > 0 and top < projection.height and bottom > 0


@dataclass(frozen=True)
class AreaOnMap:
    """What a page knows of an area it wants drawn.

    `geometry` is GeoJSON or None (then the area is only listed); `rating` 1 to 5, 0 for none; `warned_level`
    one of LEVELS or None; `title` what a pointer or screen reader is told, by default name, class and warning;
    `detail_url` answers with the card's content for the area; `label` overrides the label's place, (lon, lat).
    """

    key: str
    name: str
    geometry: Geometry | None
    rating: int = 0
    warned_level: str | None = None
    href: str = ""
    title: str = ""
    detail_url: str = ""
    selected: bool = False
    label: XY | None = None


@dataclass(frozen=True)
class PlaceOnMap:
    """A site a page wants drawn; `kind` as in Site.Kind."""

    key: str
    name: str
    kind: str
    lon: float
    lat: float
    href: str = ""


@dataclass(frozen=True)
class MapArea:
    """An area ready for the template; `label_xy` in percent of the drawing, None without a polygon."""

    key: str
    name: str
    path: str
    label_xy: XY | None
    rating: int
    warned_level: str | None
    href: str
    title: str
    detail_url: str = ""
    selected: bool = False

    @property
    def word(self) -> Promise:
        return RATING_WORDS[self.rating]


@dataclass(frozen=True)
class MapPoint:
    """A site ready for the template; `xy` in percent of the drawing."""

    key: str
    name: str
    kind: str
    xy: XY
    href: str = ""


@dataclass(frozen=True)
class MapDrawing:
    """All that places/_map.html needs; `dom_id` tells apart two maps on one page."""

    width: float
    height: float
    areas: tuple[MapArea, ...]
    points: tuple[MapPoint, ...] = ()
    base: BaseDrawing = field(default_factory=BaseDrawing)
    relief_href: str = ""
    dom_id: str = "map"

    @property
    def ratings(self) -> list[tuple[int, Promise]]:
        """The classes on the map, lowest first, with their words: the legend shows no others."""
        return [(rating, RATING_WORDS[rating]) for rating in sorted({area.rating for area in self.areas})]

    @property
    def warned(self) -> list[MapArea]:
        return [area for area in self.areas if area.warned_level and area.path]

    @property
    def selected(self) -> MapArea | None:
        return next((area for area in self.areas if area.selected), None)


def draw(
    areas: Iterable[AreaOnMap],
    places: Iterable[PlaceOnMap] = (),
    base: Base | None = None,
    relief_href: str = "",
    dom_id: str = "map",
) -> MapDrawing:
    """The map of `areas`, framed by them (by the relief where no area has a polygon).

    `relief_href` is the address under which the page's server gives `base.relief`. Raises NotDrawable for a
    geometry that is no polygon, and ValueError for a rating outside 0 to 5 or an unknown level.
    """
    areas, places = list(areas), list(places)
    for area in areas:
        if area.rating not in RATING_WORDS:
            raise ValueError(f"{area.key}: a danger rating is 0 to 5, not {area.rating}.")
        if area.warned_level not in (None, *LEVELS):
            raise ValueError(
                f"{area.key}: a warning level is one of {', '.join(LEVELS)}, not {area.warned_level}."
            )
    bounds = bounds_of(area.geometry for area in areas if area.geometry)
    projection = Projection.over(bounds or (base and base.relief_bounds) or (-180.0, -60.0, 180.0, 75.0))
    return MapDrawing(
        width=WIDTH,
        height=projection.height,
        areas=tuple(_draw_area(area, projection) for area in areas),
        points=tuple(
            MapPoint(place.key, place.name, place.kind, projection.percent(place.lon, place.lat), place.href)
            for place in places
        ),
        base=_draw_base(base, projection) if base else BaseDrawing(),
        relief_href=relief_href if base and base.relief else "",
        dom_id=dom_id,
    )


def _spoken(area: AreaOnMap) -> str:
    parts = [area.name]
    if area.rating:
        parts.append(f"{gettext('class %(rating)s') % {'rating': area.rating}} {RATING_WORDS[area.rating]}")
    if area.warned_level:
        parts.append(gettext("warning in force"))
    return " · ".join(parts)


def _draw_area(area: AreaOnMap, projection: Projection) -> MapArea:
    place = None
    if area.geometry:
        place = projection.percent(*(area.label or label_point(area.geometry)))
    return MapArea(
        key=area.key,
        name=area.name,
        path=path(area.geometry, projection) if area.geometry else "",
        label_xy=place,
        rating=area.rating,
        warned_level=area.warned_level,
        href=area.href,
        title=area.title or _spoken(area),
        detail_url=area.detail_url,
        selected=area.selected,
    )
