"""One ring on the globe: made continuous across the 180th meridian, mended, filled, cut and joined again.

**Edges** are straight in longitude and latitude, as in GeoJSON (RFC 7946, 3.1.1); CAP 1.2 does not say. **The
180th meridian:** CAP 1.2 does not say either. Here, a step of more than 180° of longitude goes the short way,
across the meridian; a ring that the short way would leave without ground (the whole world as four corners) is
taken as written. **A pole:** a ring that goes once round the earth has ground on both sides; the smaller side,
with its pole, is meant. **Holes** cannot be said in CAP and are filled: whoever lives inside is warned too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.core.cap.geometry.globe import Floats, above_equator
from fenghuo.core.cap.model import Point, Polygon

DECIMALS = 5
GRID = 10.0**-DECIMALS
_FEWEST = 4


def continuous(polygon: Polygon) -> Floats:
    """The ring as an array of x, y [°] without jumps: x runs on past ±180 where the ring crosses there.

    Closed even where the polygon is not, and round its pole where it circles one. Raises ValueError for
    fewer than three corners and for latitudes off the globe.
    """
    written = np.array([(point.longitude, point.latitude) for point in polygon.points], dtype=np.float64)
    if len(written) and not np.array_equal(written[0], written[-1]):
        written = np.vstack([written, written[:1]])
    if len(written) < _FEWEST:
        raise ValueError("The area has a ring of fewer than three corners.")
    if not (np.isfinite(written).all() and np.abs(written[:, 1]).max() <= 90.0):
        raise ValueError("The area has a position off the globe; latitude comes first in CAP.")
    step = np.diff(written[:, 0])
    if np.abs(step).max() <= 180.0:
        return written
    ring = written.copy()
    ring[1:, 0] -= 360.0 * np.cumsum(np.round(step / 360.0))
    if ring[0, 0] != ring[-1, 0]:
        return _round_a_pole(ring)
    if np.ptp(ring[:, 0]) == 0.0:
        return written
    return ring


def crosses(polygon: Polygon) -> bool:
    """Whether the ring must be cut at the 180th meridian before a program that knows of none can draw it."""
    ring = continuous(polygon)
    return bool(np.abs(ring[:, 0]).max() > 180.0)


def cut(polygons: Iterable[Polygon]) -> tuple[Polygon, ...]:
    """The same areas with every ring that crosses the 180th meridian cut there (RFC 7946, 3.1.9).

    This is how alerts should go out: a receiver that knows nothing of the meridian draws the parts right,
    while a ring whose longitudes jump from 179 to -179 it may draw all round the earth.
    """
    made: list[Polygon] = []
    for polygon in polygons:
        made += united(filled(continuous(polygon))) if crosses(polygon) else [polygon]
    return tuple(made)


def joined(polygons: Iterable[Polygon]) -> tuple[Polygon, ...]:
    """The same ground with parts that meet at the 180th meridian joined into single rings, as some feeds do.

    Longitudes of a joined ring jump from near 180 to near -180 and are meant the short way. A part that
    reaches all round the earth stays cut. Nothing is changed when nothing meets at the meridian.
    """
    given = tuple(polygons)
    valid = [within_meridians(ring) for each in given for ring in filled(continuous(each))]
    shapes = parts(on_grid(valid))
    bounds = np.array([each.bounds for each in shapes]).reshape(-1, 4)
    at_west, at_east = bounds[:, 0] == -180.0, bounds[:, 2] == 180.0
    east = [each for each, yes in zip(shapes, at_east & ~at_west, strict=True) if yes]
    west = [_moved(each, 360.0) for each, yes in zip(shapes, at_west & ~at_east, strict=True) if yes]
    if not east or not west:
        return given
    rest = [each for each, no in zip(shapes, at_east == at_west, strict=True) if no]
    whole = [shapely.Polygon(each.exterior) for each in parts(on_grid([*east, *west]))]
    rings = [_seamless(each) for each in whole]
    apart = [within_meridians(each) for each in rings if each.bounds[0] >= 180.0]
    across = [_stepped(each) for each in rings if each.bounds[0] < 180.0]
    made = [polygon_of(part) for each in [*rest, *apart, *across] for part in parts(shapely.normalize(each))]
    return tuple(sorted(made, key=_order))


def filled(ring: Floats | Sequence[tuple[float, float]]) -> list[shapely.Polygon]:
    """The valid polygons without holes that a ring encloses; nothing for one that has collapsed."""
    whole = shapely.Polygon(ring)
    if not shapely.is_valid(whole):
        whole = shapely.make_valid(whole, method="structure", keep_collapsed=False)
    return [shapely.Polygon(each.exterior) for each in parts(whole)]


def within_meridians(shape: BaseGeometry) -> BaseGeometry:
    """The same ground with every x in -180…180, cut at the meridian (RFC 7946, 3.1.9)."""
    if shape.is_empty:
        return shape
    west, _, east, _ = shape.bounds
    if west >= -180.0 and east <= 180.0:
        return shape
    first, last = int(np.floor((west + 180.0) / 360.0)), int(np.ceil((east - 180.0) / 360.0))
    strips = []
    for turn in range(first, last + 1):
        strip = shapely.intersection(
            shape, shapely.box(360.0 * turn - 180.0, -90.0, 360.0 * turn + 180.0, 90.0)
        )
        strips += [_moved(each, -360.0 * turn) for each in shapely.get_parts(strip) if _counts(each, shape)]
    return shapely.union_all(strips)


def parts(area: BaseGeometry) -> list[shapely.Polygon]:
    """The polygons in a geometry of any kind."""
    flat = shapely.get_parts(shapely.get_parts(area))
    return [each for each in flat if isinstance(each, shapely.Polygon) and not each.is_empty]


def united(shapes: Iterable[BaseGeometry]) -> tuple[Polygon, ...]:
    """CAP polygons for the ground of all shapes together: on the grid, cut at the meridian, holes filled.

    Rings come out closed, counter-clockwise, from their westernmost corner, in a fixed order; no step is wider
    than 180°, so that nobody reads it the short way.
    """
    pieces = [_stepped(each) for shape in shapes for each in parts(within_meridians(shape))]
    whole = on_grid(pieces)
    # An island in a filled hole is now covered by what surrounds it: unite once more.
    whole = on_grid([_stepped(shapely.Polygon(each.exterior)) for each in parts(whole)])
    made = [polygon_of(each) for each in parts(shapely.normalize(whole))]
    return tuple(sorted(made, key=_order))


def on_grid(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """The union of shapes with every corner on the grid of 5 decimals."""
    # Uniting a single shape leaves it off the grid, so it is put there in a second step. Parts that vanish
    # on the grid make GEOS divide by nought on its way, which numpy would announce.
    with np.errstate(divide="ignore", invalid="ignore"):
        return shapely.set_precision(shapely.union_all(shapes, grid_size=GRID), GRID)


def polygon_of(shape: shapely.Polygon) -> Polygon:
    """The outer ring as a CAP polygon, counter-clockwise, rounded to the grid."""
    ring = shapely.get_coordinates(shapely.geometry.polygon.orient(shape).exterior)
    return Polygon(tuple(point_of(x, y) for x, y in ring.tolist()))


def point_of(x: float, y: float) -> Point:
    """A position on the grid; x may run past ±180."""
    if abs(x) > 180.0:
        x = (x + 180.0) % 360.0 - 180.0
    # Adding 0.0 turns -0.0 into 0.0.
    return Point(round(y, DECIMALS) + 0.0, round(x, DECIMALS) + 0.0)


def _order(polygon: Polygon) -> list[tuple[float, float]]:
    return [(point.latitude, point.longitude) for point in polygon.points]


def _seamless(shape: shapely.Polygon) -> shapely.Polygon:
    """The ring without the corners that only the cut at x = 180 had made."""
    ring = shapely.get_coordinates(shape.exterior)[:-1]
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    chord = after - before
    aside = np.abs(chord[:, 0] * (ring[:, 1] - before[:, 1]) - chord[:, 1] * (ring[:, 0] - before[:, 0]))
    between = (before[:, 0] < 180.0) != (after[:, 0] < 180.0)
    made_by_cut = (ring[:, 0] == 180.0) & between & (aside <= GRID * np.hypot(chord[:, 0], chord[:, 1]))
    return shapely.Polygon(ring[~made_by_cut]) if (~made_by_cut).sum() >= _FEWEST - 1 else shape


def _moved(shape: BaseGeometry, turn: float) -> BaseGeometry:
    return shapely.transform(shape, lambda xy: np.add(xy, (turn, 0.0))) if turn else shape


def _counts(part: BaseGeometry, of: BaseGeometry) -> bool:
    # What only touches the cut comes out as a line or point; a point that was given as one is ground.
    return part.area > 0.0 or (of.area == 0.0 and not part.is_empty)


def _stepped(shape: shapely.Polygon) -> shapely.Polygon:
    ring = shapely.get_coordinates(shape.exterior)
    wide = np.flatnonzero(np.abs(np.diff(ring[:, 0])) > 180.0)
    if not len(wide):
        return shapely.Polygon(ring) if len(shape.interiors) else shape
    return shapely.Polygon(np.insert(ring, wide + 1, (ring[wide] + ring[wide + 1]) / 2, axis=0))


def _round_a_pole(ring: Floats) -> Floats:
    first, last = ring[0, 0], ring[-1, 0]
    # The ground between the equator and the ring, signed, tells on which side the smaller part lies.
    north = above_equator(ring[:, 0], ring[:, 1]) * np.sign(last - first)
    pole = 90.0 if north >= 0.0 else -90.0
    return np.vstack([ring, [(last, pole), (first, pole), ring[0]]])
