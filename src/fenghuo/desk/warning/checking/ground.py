"""Draws the areas of the alerts in a document: outlines on a grid of degrees, those with findings marked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import shapely
import shapely.errors

from fenghuo.core.cap import Area, Finding, Polygon, Reading
from fenghuo.desk.places import drawing as maps

MOST = 60
"""Areas drawn; an alert for a nation may name hundreds."""
NAMED = 12
"""With more areas than these the names stand in the list only."""
CORNERS = 20_000
CIRCLES = 200
"""Corners and circles drawn of all areas together; what comes after stands in the list only."""
_EASY = 300
"""Corners of a ring that may cross itself and is measured and cut all the same: the work grows with the square."""
_AREA = re.compile(r"/info(?:\[(\d+)\])?/area(?:\[(\d+)\])?")
_STEPS = (
    90.0,
    60.0,
    45.0,
    30.0,
    15.0,
    10.0,
    5.0,
    2.0,
    1.0,
    0.5,
    0.2,
    0.1,
    0.05,
    0.02,
    0.01,
    0.005,
    0.002,
    0.001,
)
_LENGTHS = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1)


@dataclass(frozen=True)
class Ground:
    """One area: its outline as an SVG path, dots for circles without radius, and how many findings it has."""

    name: str
    number: int
    path: str
    dots: tuple[tuple[float, float], ...]
    label: tuple[float, float] | None
    findings: int
    size: float | None
    corners: int
    circles: int
    codes: int


@dataclass(frozen=True)
class Grid:
    """A line of latitude or longitude: where it crosses the frame in percent, and its name."""

    at: float
    name: str


@dataclass(frozen=True)
class Drawing:
    """The areas in a frame, with the grid around them and a scale."""

    width: float
    height: float
    areas: tuple[Ground, ...]
    undrawn: int
    parallels: tuple[Grid, ...] = ()
    meridians: tuple[Grid, ...] = ()
    scale_percent: float = 0.0
    scale_km: float = 0.0

    @property
    def drawn(self) -> tuple[Ground, ...]:
        return tuple(area for area in self.areas if area.path or area.dots)


@dataclass(frozen=True)
class _Shape:
    """The drawable parts of an area: an outline as GeoJSON, and circles without extent as (longitude, latitude)."""

    outline: dict[str, Any] | None
    dots: list[tuple[float, float]]
    whole: bool


def draw(reading: Reading, findings: Iterable[Finding]) -> Drawing | None:
    """The areas of all alerts that were read, each once; None when no alert has an area."""
    wrong = _found(reading, findings)
    seen: dict[tuple[Any, ...], tuple[Area, int]] = {}
    for number, message in enumerate(reading.messages):
        for at, info in enumerate(message.alert.infos, 1):
            for index, area in enumerate(info.areas, 1):
                key = (area.polygons, area.circles) if area.polygons or area.circles else (area.geocodes,)
                kept, count = seen.get(key, (area, 0))
                seen[key] = kept, count + wrong[number, at, index]
    if not seen:
        return None
    room = _Room()
    shapes = [(area, count, _geometry(area, room)) for area, count in list(seen.values())[:MOST]]
    bounds = maps.bounds_of(shape.outline for _, _, shape in shapes if shape.outline)
    spots = [dot for _, _, shape in shapes for dot in shape.dots]
    frame = _frame(bounds, spots)
    if frame is None:
        return Drawing(
            0, 0, tuple(_listed(n, *each) for n, each in enumerate(shapes, 1)), len(seen) - len(shapes)
        )
    projection = maps.Projection.over(frame)
    few = len(shapes) <= NAMED
    areas = tuple(_ground(n, *each, projection, few) for n, each in enumerate(shapes, 1))
    return _framed(projection, areas, len(seen) - len(shapes))


def _found(reading: Reading, findings: Iterable[Finding]) -> Counter[tuple[int, int, int]]:
    """How many findings each area has, by message, info and area."""
    counts: Counter[tuple[int, int, int]] = Counter()
    for finding in findings:
        for number, message in enumerate(reading.messages):
            rest = finding.place.path.removeprefix(message.place.path)
            hit = _AREA.match(rest) if finding.place.path.startswith(message.place.path + "/") else None
            if hit and finding.severity != "note":
                counts[number, int(hit[1] or 1), int(hit[2] or 1)] += 1
    return counts


@dataclass
class _Room:
    """What may still be drawn."""

    corners: int = CORNERS
    circles: int = CIRCLES


def _geometry(area: Area, room: _Room) -> _Shape:
    """What of an area can be drawn. A part that has no outline is left out: the others are still worth seeing."""
    from fenghuo.core.cap.geometry import features_of

    rings: list[Any] = []
    dots = []
    parts: list[Area] = []
    for polygon in area.polygons:
        if len(polygon.points) <= room.corners and (not _crosses_much(polygon) or not _jumps(polygon)):
            room.corners -= len(polygon.points)
            parts.append(Area(description="", polygons=(polygon,)))
    kept = area.circles[: room.circles]
    room.circles -= len(kept)
    parts += [Area(description="", circles=(circle,)) for circle in kept]
    for part in parts:
        try:
            features = features_of([part], error_metres=100.0)["features"]
        except ValueError:
            continue
        for feature in features:
            shape = feature["geometry"]
            if shape["type"] == "Point":
                dots.append((shape["coordinates"][0], shape["coordinates"][1]))
            elif shape["type"] == "Polygon":
                rings.append(shape["coordinates"])
            elif shape["type"] == "MultiPolygon":
                rings.extend(shape["coordinates"])
    rings = [ring for ring in rings if all(_on_globe(lon, lat) for line in ring for lon, lat, *_ in line)]
    dots = [dot for dot in dots if _on_globe(*dot)]
    outline = {"type": "MultiPolygon", "coordinates": rings} if rings else None
    return _Shape(outline, dots, whole=len(parts) == len(area.polygons) + len(area.circles))


def _crosses_much(polygon: Polygon) -> bool:
    """Whether a ring is long and crosses itself, which makes any reckoning with it slow."""
    corners = [(point.longitude, point.latitude) for point in polygon.points]
    return len(corners) > _EASY and not shapely.is_valid(shapely.Polygon(corners))


def _jumps(polygon: Polygon) -> bool:
    """Whether a ring has a step across the 180th meridian."""
    return any(abs(a.longitude - b.longitude) > 180 for a, b in pairwise(polygon.points))


def _on_globe(lon: float, lat: float) -> bool:
    return -180 <= lon <= 180 and -90 <= lat <= 90


def _frame(bounds: maps.Bounds | None, spots: Sequence[tuple[float, float]]) -> maps.Bounds | None:
    if bounds is None and not spots:
        return None
    wests, souths = [lon for lon, _ in spots], [lat for _, lat in spots]
    easts, norths = list(wests), list(souths)
    if bounds is not None:
        for values, value in zip((wests, souths, easts, norths), bounds, strict=True):
            values.append(value)
    west, south, east, north = min(wests), min(souths), max(easts), max(norths)
    if east - west < 0.02 and north - south < 0.02:  # a point needs ground around it to be placed
        west, south, east, north = west - 0.5, south - 0.4, east + 0.5, north + 0.4
    # Near the poles a true scale would need a frame without end.
    return west, max(south, -84.0), east, min(north, 84.0)


def _listed(number: int, area: Area, count: int, shape: _Shape) -> Ground:
    return Ground(area.description or "", number, "", (), None, count, None, *_parts(area))


def _parts(area: Area) -> tuple[int, int, int]:
    return sum(len(ring.points) for ring in area.polygons), len(area.circles), len(area.geocodes)


def _ground(
    number: int, area: Area, count: int, shape: _Shape, projection: maps.Projection, named: bool
) -> Ground:
    corners, circles, codes = _parts(area)
    easy = not any(_crosses_much(polygon) for polygon in area.polygons)
    return Ground(
        name=area.description or "",
        number=number,
        path=maps.path(shape.outline, projection) if shape.outline else "",
        dots=tuple(projection.percent(*dot) for dot in shape.dots),
        label=_label(shape, projection, easy) if named else None,
        findings=count,
        size=_size(area) if easy and shape.whole and shape.outline else None,
        corners=corners,
        circles=circles,
        codes=codes,
    )


def _label(shape: _Shape, projection: maps.Projection, easy: bool) -> tuple[float, float] | None:
    if shape.outline is None:
        return projection.percent(*shape.dots[0]) if shape.dots else None
    try:
        return projection.percent(*maps.label_point(shape.outline)) if easy else None
    except (maps.NotDrawable, ValueError, shapely.errors.GEOSException):
        return None


def _size(area: Area) -> float | None:
    from fenghuo.core.cap.geometry import square_kilometres

    try:
        return square_kilometres(area)
    except (ValueError, shapely.errors.GEOSException):
        return None


def _framed(projection: maps.Projection, areas: tuple[Ground, ...], undrawn: int) -> Drawing:
    high = projection.height / projection.per_lat
    wide = maps.WIDTH / projection.per_lon
    south, east = projection.north - high, projection.west + wide
    parallels = [
        Grid(projection.percent(projection.west, at)[1], _name(at, "N", "S"))
        for at in _round_values(max(south, -90), min(projection.north, 90))
    ]
    meridians = [
        Grid(projection.percent(at, projection.north)[0], _name(_turned(at), "E", "W"))
        for at in _round_values(max(projection.west, -540), min(east, 540))
    ]
    across = high * 111.195 * maps.RATIO  # kilometres over the frame's width, which is RATIO times its height
    length = next((each for each in _LENGTHS if each <= across / 3), _LENGTHS[-1])
    return Drawing(
        width=maps.WIDTH,
        height=projection.height,
        areas=areas,
        undrawn=undrawn,
        parallels=tuple(parallels),
        meridians=tuple(meridians),
        scale_percent=round(100 * length / across, 2),
        scale_km=length,
    )


def _round_values(low: float, high: float) -> list[float]:
    """Two to six round numbers between two."""
    step = next((each for each in _STEPS if (high - low) / each >= 2), _STEPS[-1])
    first = math.ceil(low / step)
    return [round(n * step, 6) for n in range(first, min(math.floor(high / step), first + 12) + 1)]


def _turned(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def _name(value: float, positive: str, negative: str) -> str:
    letter = "" if value == 0 else positive if value > 0 else negative
    return f"{abs(value):g}°{letter}"
