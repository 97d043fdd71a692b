"""Gives an area the value of the grid cells it covers, each weighted by the true area that they share.

An area is a polygon in degrees on WGS 84, its edges straight in longitude and latitude as GeoJSON means them
(RFC 7946, 3.1.1); the area that it shares with a cell is that of the sphere, in closed form: along a straight edge
from (λ₁, φ₁) to (λ₂, φ₂) the integral of sin φ over longitude is (λ₂ − λ₁)(cos φ₁ − cos φ₂)/(φ₂ − φ₁). Holes, several
parts and cells that are only touched count by the area they really have. An area that crosses the 180° meridian is
cut there in two parts (RFC 7946, 3.1.9), or its longitudes run on past 180.

Cells without a value are left out, the others' weights made to add up to 1 again, and the share of the area that they
cover is told. Average an index and then class it; an average of classes means nothing. A point takes its own cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.core.danger.interpolate import EARTH_RADIUS_KM

Method = Literal["area-weighted", "grid-cell"]
Area = BaseGeometry | Mapping[str, Any]
_POLYGONS = (3, 6)  # shapely.get_type_id of Polygon and MultiPolygon
_POINT = 0
_AT_ONCE = 200_000  # pairs of area and cell whose boxes are in memory together


@dataclass(frozen=True, slots=True)
class CellPart:
    """What one cell gave to an area: its centre [degrees] and its weight [0 to 1]."""

    latitude: float
    longitude: float
    weight: float


@dataclass(frozen=True, slots=True)
class ZonalValue:
    """The value of an area, how it was made and from which cells; the weights add up to 1.

    `covered` is the share of the area on which the cells have values [0 to 1].
    """

    value: float
    method: Method
    parts: tuple[CellPart, ...]
    covered: float


@dataclass(frozen=True, slots=True)
class ZoneWeights:
    """Which cells each area shares ground with, and how much; made once by `weigh`, used for every day.

    Area i has the cells `rows[k], columns[k]` (positions in `latitude`, `longitude`) for k from `starts[i]` to
    `starts[i + 1]`, sharing `shared[k]` km² of its `total[i]` km². A point shares 1 of 1 with its cell.
    """

    latitude: np.ndarray
    longitude: np.ndarray
    starts: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    shared: np.ndarray
    total: np.ndarray
    methods: tuple[Method, ...]

    def __len__(self) -> int:
        """How many areas there are."""
        return len(self.methods)

    def value(self, area: int, values: np.ndarray) -> ZonalValue | None:
        """Return the value of one area from a map (latitude, longitude), or None where none of its cells has one."""
        own = slice(self.starts[area], self.starts[area + 1])
        rows, columns, shared = self.rows[own], self.columns[own], self.shared[own]
        taken = np.asarray(values)[rows, columns].astype(np.float64)
        there = ~np.isnan(taken)
        if not there.any():
            return None
        weights = shared[there] / shared[there].sum()
        parts = tuple(
            CellPart(float(self.latitude[row]), float(self.longitude[column]), float(weight))
            for row, column, weight in zip(rows[there], columns[there], weights, strict=True)
        )
        # Rounding must not carry the mean outside the values it is made of.
        mean = float(np.clip(weights @ taken[there], taken[there].min(), taken[there].max()))
        return ZonalValue(mean, self.methods[area], parts, self._covered(shared[there].sum(), area))

    def means(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return (means, covered), each (..., areas), of maps (..., latitude, longitude).

        A mean is NaN where no cell of the area has a value.
        """
        values = np.asarray(values)
        taken = values[..., self.rows, self.columns].astype(np.float64)
        there = ~np.isnan(taken)
        weights = np.where(there, self.shared, 0.0)
        ground = _sums(weights, self.starts)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = _sums(np.where(there, taken, 0.0) * weights, self.starts) / ground
        covered = np.minimum(ground / self.total, 1.0)
        return np.where(ground > 0.0, means, np.nan), covered

    def _covered(self, ground: float, area: int) -> float:
        return min(float(ground / self.total[area]), 1.0)


def weigh(latitude: Any, longitude: Any, areas: Sequence[Area]) -> ZoneWeights:
    """Return the weights of the cells of a latitude-longitude grid for areas, in the areas' order.

    `latitude` and `longitude` are the centres of the cells [degrees], each ascending or descending, longitudes in any
    turn (0 to 360, −180 to 180, …); a cell reaches half way to its neighbours, rows end at the poles. `areas` are
    polygons, multipolygons or points, of shapely or as GeoJSON mappings (a Feature too); crooked ones are mended. An
    area beyond the grid has no cells. Raises ValueError for a grid or an area that is none of these, and for an edge
    that spans more than half the globe but not all of it, because it is most likely a crossing of 180° left uncut.
    """
    centres_lat = np.asarray(latitude, dtype=np.float64)
    centres_lon = np.asarray(longitude, dtype=np.float64)
    south, north = _edges(centres_lat, "latitude")
    west, east = _edges(centres_lon, "longitude")
    south, north = np.clip(south, -90.0, 90.0), np.clip(north, -90.0, 90.0)
    shapes = [_shape(area, number) for number, area in enumerate(areas)]
    points = np.array([shapely.get_type_id(shape) == _POINT for shape in shapes], dtype=bool)
    owner, row, column, turn = _meetings(shapes, points, south, north, west, east)
    shared = np.ones(len(owner))
    every = np.array(shapes, dtype=object)
    for first in range(0, len(owner), _AT_ONCE):
        now = np.arange(first, min(first + _AT_ONCE, len(owner)))
        now = now[~points[owner[now]]]
        r, c = row[now], column[now]
        boxes = shapely.box(west[c] - turn[now], south[r], east[c] - turn[now], north[r])
        shared[now] = _shared_km2(every[owner[now]], boxes)
    # A cell may meet an area in several turns of the globe.
    cell = row * len(centres_lon) + column
    order = np.lexsort((cell, owner))
    order = order[shared[order] > 0.0]
    owner, row, column, shared, cell = (part[order] for part in (owner, row, column, shared, cell))
    if len(owner):
        new = np.concatenate([[True], (np.diff(owner) != 0) | (np.diff(cell) != 0)])
        shared = np.add.reduceat(shared, np.flatnonzero(new))
        owner, row, column = owner[new], row[new], column[new]
    total = np.ones(len(shapes))
    polygons = np.flatnonzero(~points)
    total[polygons] = _sphere_km2(np.array([shapes[i] for i in polygons], dtype=object))
    return ZoneWeights(
        centres_lat,
        centres_lon,
        np.searchsorted(owner, np.arange(len(shapes) + 1)),
        row,
        column,
        shared,
        total,
        tuple("grid-cell" if point else "area-weighted" for point in points),
    )


def _meetings(
    shapes: Sequence[BaseGeometry],
    points: np.ndarray,
    south: np.ndarray,
    north: np.ndarray,
    west: np.ndarray,
    east: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return shape, row, column and turn [degrees] of every cell that lies within a shape's bounds."""
    found: list[tuple[np.ndarray, ...]] = [(np.zeros(0, int),) * 3 + (np.zeros(0),)]
    for number, shape in enumerate(shapes):
        low_lon, low_lat, high_lon, high_lat = shape.bounds
        rows = np.flatnonzero((south <= high_lat) & (north >= low_lat))
        # Whole turns of the globe that bring some of the shape onto the grid.
        first, last = (west.min() - high_lon) // 360.0, (east.max() - low_lon) // 360.0
        for turn in 360.0 * np.arange(first, last + 1.0):
            columns = np.flatnonzero((west <= high_lon + turn) & (east >= low_lon + turn))
            if not len(rows) or not len(columns):
                continue
            if points[number]:
                # A point on an edge belongs to one of the cells only.
                found.append((np.array([number]), rows[:1], columns[:1], np.array([turn])))
                break
            count = len(rows) * len(columns)
            found.append(
                (
                    np.full(count, number),
                    np.repeat(rows, len(columns)),
                    np.tile(columns, len(rows)),
                    np.full(count, turn),
                )
            )
    owner, row, column, turns = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return owner, row, column, turns


def _shared_km2(shapes: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Return the ground that each shape shares with the box beside it [km²]."""
    shapely.prepare(shapes)
    ground = np.zeros(len(boxes))
    inside = shapely.covers(shapes, boxes)
    ground[inside] = _sphere_km2(boxes[inside])
    border = ~inside & shapely.intersects(shapes, boxes)
    ground[border] = _sphere_km2(shapely.intersection(shapes[border], boxes[border]))
    return ground


def _edges(centres: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and upper edge of each cell, half way between the centres."""
    if centres.ndim != 1 or len(centres) < 2:
        raise ValueError(
            f"{name}: give the centres of at least two rows of a latitude-longitude grid, in one dimension"
        )
    steps = np.diff(centres)
    if not ((steps > 0).all() or (steps < 0).all()):
        raise ValueError(f"{name}: the centres must ascend or descend")
    middle = centres[:-1] + steps / 2.0
    first, last = centres[0] - steps[0] / 2.0, centres[-1] + steps[-1] / 2.0
    ends = np.concatenate([[first], middle, [last]])
    return np.minimum(ends[:-1], ends[1:]), np.maximum(ends[:-1], ends[1:])


def _shape(area: Area, number: int) -> BaseGeometry:
    if not isinstance(area, BaseGeometry):
        geometry = area.get("geometry") if area.get("type") == "Feature" else area
        try:
            area = shapely.geometry.shape(geometry)
        except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as wrong:
            raise ValueError(f"area {number}: not a GeoJSON polygon, multipolygon or point") from wrong
    kind = shapely.get_type_id(area)
    if kind == _POINT and not area.is_empty:
        return area
    if kind not in _POLYGONS or area.is_empty:
        raise ValueError(
            f"area {number}: {area.geom_type} is no polygon, multipolygon or point with an extent"
        )
    corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(area)), return_index=True)
    spans = np.abs(np.diff(corners[:, 0]))[ring[1:] == ring[:-1]]
    if ((spans > 180.0) & (spans < 359.999)).any():
        raise ValueError(
            f"area {number}: an edge spans {spans.max():g}° of longitude; cut the area at the 180° meridian "
            "(RFC 7946, 3.1.9) or let its longitudes run on past 180"
        )
    if not shapely.is_valid(area):
        area = _polygonal(shapely.make_valid(area))
    if not shapely.area(area) > 0.0:
        raise ValueError(f"area {number}: it has no extent")
    return area


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a mended shape, without the lines that mending leaves."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])


def _sphere_km2(shapes: np.ndarray) -> np.ndarray:
    """Return the ground of each shape in degrees [km²], its edges straight in longitude and latitude."""
    areas = np.zeros(len(shapes))
    parts, owner = shapely.get_parts(shapes, return_index=True)
    # What is only touched is shared as points and lines, which have no ground.
    polygons = shapely.get_type_id(parts) == _POLYGONS[0]
    if not polygons.any():
        return areas
    rings, polygon = shapely.get_rings(
        shapely.orient_polygons(parts[polygons], exterior_cw=False), return_index=True
    )
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    lam, phi = np.radians(corners[:, 0]), np.radians(corners[:, 1])
    along = ring[1:] == ring[:-1]
    turned, rise = np.diff(lam)[along], np.diff(phi)[along]
    middle = ((phi[1:] + phi[:-1]) / 2.0)[along]
    # (cos φ₁ − cos φ₂)/(φ₂ − φ₁) = sin(middle) · sin(rise/2)/(rise/2), which stays exact as the rise vanishes.
    height = np.sin(middle) * np.sinc(rise / (2.0 * np.pi))
    each = -(EARTH_RADIUS_KM**2) * turned * height
    areas = np.bincount(owner[polygons][polygon[ring[1:][along]]], each, len(shapes))
    return np.maximum(areas, 0.0)


def _sums(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return the sums of stretches along the last axis; an empty stretch is 0."""
    running = np.zeros((*values.shape[:-1], len(starts) - 1))
    full = np.flatnonzero(np.diff(starts) > 0)
    if len(full):
        running[..., full] = np.add.reduceat(values, starts[:-1][full], axis=-1)
    return running
