"""What is wrong, or needs care, with a polygon or circle of a CAP area, and where; everything, not the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import shapely

from fenghuo.core.cap.geometry.circles import radius_of
from fenghuo.core.cap.geometry.rings import continuous, parts, point_of
from fenghuo.core.cap.model import Circle, Point, Polygon

_FEWEST = 4
_AT = re.compile(r"\[(\S+) (\S+)\]")


class Kind(StrEnum):
    """What can be wrong; `MENDABLE` says which of it the functions here read past."""

    OFF_GLOBE = "off-globe"
    FEW_CORNERS = "few-corners"
    NEGATIVE_RADIUS = "negative-radius"
    OPEN = "open"
    REPEATED_CORNER = "repeated-corner"
    NO_GROUND = "no-ground"
    SELF_CROSSING = "self-crossing"
    LONGITUDE_TURN = "longitude-turn"
    MERIDIAN = "meridian"
    POLE = "pole"
    CLOCKWISE = "clockwise"


# The others raise ValueError wherever the shape is used.
MENDABLE = frozenset(Kind) - {Kind.OFF_GLOBE, Kind.FEW_CORNERS, Kind.NEGATIVE_RADIUS}

_TEXTS = {
    Kind.OFF_GLOBE: (
        "A position is off the globe (latitude ±90); perhaps latitude and longitude are swapped.",
        "坐标超出范围（纬度 ±90），可能纬度和经度写反了。",
    ),
    Kind.FEW_CORNERS: (
        "The ring has fewer than three corners.",
        "多边形的顶点少于三个。",
    ),
    Kind.NEGATIVE_RADIUS: ("The radius of the circle is negative.", "圆的半径为负数。"),
    Kind.OPEN: (
        "The ring is not closed; it is read as if it were.",
        "多边形没有闭合，按闭合处理。",
    ),
    Kind.REPEATED_CORNER: (
        "A corner is given twice in a row; once is enough.",
        "同一顶点连续写了两次，写一次即可。",
    ),
    Kind.NO_GROUND: (
        "The ring has collapsed into a line or point and holds no ground.",
        "多边形退化为线或点，不含任何地面。",
    ),
    Kind.SELF_CROSSING: (
        "The ring crosses or touches itself; everything it encloses is taken as inside.",
        "多边形自相交或自相接，其围住的部分都按区域内处理。",
    ),
    Kind.LONGITUDE_TURN: (
        "A longitude is beyond ±180; it is read as the same place within ±180.",
        "经度超出 ±180，按 ±180 以内的同一地点处理。",
    ),
    Kind.MERIDIAN: (
        "The ring crosses the 180th meridian; cut in two, every receiver draws it right.",
        "多边形跨越 180° 经线，在该处切成两块后各接收方才能正确绘制。",
    ),
    Kind.POLE: (
        "The ring goes round a pole; the smaller side, with that pole, is taken as inside.",
        "多边形环绕极点，按包含该极点的较小一侧处理。",
    ),
    Kind.CLOCKWISE: (
        "The ring runs clockwise; GeoJSON and many programs want it counter-clockwise.",
        "多边形顶点按顺时针排列，GeoJSON 和许多程序要求逆时针。",
    ),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing about a shape, and the position where it shows, if it shows at one."""

    kind: Kind
    at: Point | None = None

    @property
    def message_en(self) -> str:
        """The flaw in English, with how it is read."""
        return _TEXTS[self.kind][0]

    @property
    def message_zh(self) -> str:
        """The flaw in Chinese, with how it is read."""
        return _TEXTS[self.kind][1]

    @property
    def mendable(self) -> bool:
        """Whether the shape can be used as it is, the flaw being read past."""
        return self.kind in MENDABLE


def flaws(shape: Polygon | Circle) -> tuple[Flaw, ...]:
    """Every flaw of a polygon or circle, in the order of `Kind`; empty for one that every program reads alike.

    A ring with a flaw that is not mendable is not looked at further.
    """
    found = _circle(shape) if isinstance(shape, Circle) else _polygon(shape)
    return tuple(sorted(found, key=lambda flaw: list(Kind).index(flaw.kind)))


def _circle(circle: Circle) -> Iterator[Flaw]:
    if circle.radius < 0.0:
        yield Flaw(Kind.NEGATIVE_RADIUS, circle.centre)
        circle = Circle(circle.centre, 0.0)
    try:
        radius_of(circle)
    except ValueError:
        yield Flaw(Kind.OFF_GLOBE, circle.centre)
    if abs(circle.centre.longitude) > 180.0:
        yield Flaw(Kind.LONGITUDE_TURN, circle.centre)


def _polygon(polygon: Polygon) -> Iterator[Flaw]:
    points = polygon.points
    off = [point for point in points if not abs(point.latitude) <= 90.0 or not np.isfinite(point.longitude)]
    is_open = bool(points) and points[0] != points[-1]
    if is_open:
        yield Flaw(Kind.OPEN, points[-1])
    if off:
        yield Flaw(Kind.OFF_GLOBE, off[0])
    if len(points) + is_open < _FEWEST:
        yield Flaw(Kind.FEW_CORNERS)
    if off or len(points) + is_open < _FEWEST:
        return
    for point, after in pairwise(points):
        if point == after:
            yield Flaw(Kind.REPEATED_CORNER, point)
            break
    turned = [point for point in points if abs(point.longitude) > 180.0]
    if turned:
        yield Flaw(Kind.LONGITUDE_TURN, turned[0])
    yield from _ring(polygon, len(points) + is_open)


def _ring(polygon: Polygon, written: int) -> Iterator[Flaw]:
    ring = continuous(polygon)
    if len(ring) > written:
        yield Flaw(Kind.POLE)
    elif np.abs(ring[:, 0]).max() > 180.0 and np.abs(ring[:, 0]).min() <= 180.0:
        yield Flaw(Kind.MERIDIAN)
    whole = shapely.Polygon(ring)
    if not shapely.is_valid(whole):
        if not parts(shapely.make_valid(whole, method="structure", keep_collapsed=False)):
            yield Flaw(Kind.NO_GROUND)
            return
        where = _AT.search(shapely.is_valid_reason(whole))
        yield Flaw(Kind.SELF_CROSSING, point_of(float(where[1]), float(where[2])) if where else None)
    elif len(ring) == written and not shapely.is_ccw(whole.exterior):
        yield Flaw(Kind.CLOCKWISE)
