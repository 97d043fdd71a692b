"""An area's value is the mean of its grid cells by the true ground they share, and says what it rests on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, mapping

from fenghuo.core.danger.interpolate import EARTH_RADIUS_KM
from fenghuo.core.danger.zonal import weigh

LATITUDE = np.array([41.0, 40.0, 39.0])
LONGITUDE = np.array([115.0, 116.0, 117.0, 118.0])
VALUES = np.arange(12.0).reshape(3, 4)
WORLD_LAT, WORLD_LON = np.arange(-85.0, 90.0, 10.0), np.arange(5.0, 360.0, 10.0)


def band_km2(south, north, degrees):
    """The ground between two parallels [km²], Archimedes: area is the height of the band."""
    height = math.sin(math.radians(north)) - math.sin(math.radians(south))
    return EARTH_RADIUS_KM**2 * math.radians(degrees) * height


def test_cells_weigh_by_the_ground_they_share_on_the_sphere():
    area = box(115.5, 39.5, 116.75, 41.0)
    weights = weigh(LATITUDE, LONGITUDE, [area])
    shares = {
        (41.0, 116.0): band_km2(40.5, 41.0, 1.0),
        (41.0, 117.0): band_km2(40.5, 41.0, 0.25),
        (40.0, 116.0): band_km2(39.5, 40.5, 1.0),
        (40.0, 117.0): band_km2(39.5, 40.5, 0.25),
    }
    total = sum(shares.values())
    found = weights.value(0, VALUES)
    assert found.method == "area-weighted" and found.covered == pytest.approx(1.0)
    assert {(part.latitude, part.longitude): part.weight for part in found.parts} == pytest.approx(
        {cell: share / total for cell, share in shares.items()}
    )
    expected = (
        1 * shares[41.0, 116.0] + 2 * shares[41.0, 117.0] + 5 * shares[40.0, 116.0] + 6 * shares[40.0, 117.0]
    )
    assert found.value == pytest.approx(expected / total)
    assert weights.total[0] == pytest.approx(total)
    upside_down = weigh(LATITUDE[::-1], LONGITUDE, [area]).value(0, VALUES[::-1])
    assert upside_down.value == pytest.approx(found.value)


def test_the_globe_has_the_area_of_the_globe_and_a_slanted_edge_is_integrated_exactly():
    weights = weigh(WORLD_LAT, WORLD_LON, [box(-180, -90, 180, 90), Polygon([(0, 0), (60, 0), (0, 60)])])
    assert weights.total[0] == pytest.approx(4.0 * math.pi * EARTH_RADIUS_KM**2)
    assert weights.shared[: weights.starts[1]].sum() == pytest.approx(weights.total[0])
    # ∫ over latitude of (60° − φ) cos φ = 1 − cos 60° in radians.
    assert weights.total[1] == pytest.approx(EARTH_RADIUS_KM**2 * (1.0 - math.cos(math.radians(60.0))))
    assert weights.shared[weights.starts[1] :].sum() == pytest.approx(weights.total[1])


def test_an_area_inside_one_cell_has_that_cells_value():
    found = weigh(LATITUDE, LONGITUDE, [Point(116.2, 40.1).buffer(0.05)]).value(0, VALUES)
    assert found.value == 5.0 and len(found.parts) == 1 and found.parts[0].weight == 1.0


def test_holes_and_several_parts_count_by_the_ground_they_have():
    ring = Polygon(
        box(115.5, 39.5, 116.5, 40.5).exterior.coords, [box(115.6, 39.6, 116.4, 40.4).exterior.coords]
    )
    island = box(117.0, 38.6, 117.2, 38.8)
    weights = weigh(LATITUDE, LONGITUDE, [MultiPolygon([ring, island])])
    of_ring = band_km2(39.5, 40.5, 1.0) - band_km2(39.6, 40.4, 0.8)
    of_island = band_km2(38.6, 38.8, 0.2)
    assert weights.total[0] == pytest.approx(of_ring + of_island)
    expected = (5.0 * of_ring + 10.0 * of_island) / (of_ring + of_island)
    assert weights.value(0, VALUES).value == pytest.approx(expected)


def test_cells_without_a_value_are_left_out_and_the_share_that_is_left_is_told():
    area = box(115.5, 39.5, 117.5, 40.5)
    weights = weigh(LATITUDE, LONGITUDE, [area])
    holed = VALUES.copy()
    holed[1, 1] = np.nan
    found = weights.value(0, holed)
    assert found.value == 6.0 and found.covered == pytest.approx(0.5) and len(found.parts) == 1
    holed[1, 2] = np.nan
    assert weights.value(0, holed) is None
    means, covered = weights.means(np.stack([VALUES, holed]))
    assert means[0, 0] == pytest.approx(5.5) and np.isnan(means[1, 0])
    assert covered[:, 0].tolist() == pytest.approx([1.0, 0.0])
    over_the_edge = weigh(LATITUDE, LONGITUDE, [box(118.0, 39.6, 119.0, 40.4), box(10.0, 10.0, 11.0, 11.0)])
    assert over_the_edge.value(0, VALUES).covered == pytest.approx(0.5)
    assert over_the_edge.value(1, VALUES) is None
    assert np.isnan(over_the_edge.means(VALUES)[0][1])


@pytest.mark.parametrize("first", [0.0, -180.0, 180.0, -360.0])
def test_an_area_across_180_degrees_is_whole_whatever_turn_the_grid_counts_in(first):
    longitude = first + np.arange(5.0, 360.0, 10.0)
    values = np.broadcast_to(np.cos(np.radians(longitude)), (18, 36))
    cut = MultiPolygon([box(170, 10, 180, 20), box(-180, 10, -160, 20)])
    run_on = box(170, 10, 200, 20)
    weights = weigh(WORLD_LAT, longitude, [cut, run_on, box(-5, 10, 5, 20)])
    expected = np.cos(np.radians([175.0, 185.0, 195.0])).mean()
    assert weights.means(values)[0][:2] == pytest.approx([expected, expected])
    assert weights.means(values)[1] == pytest.approx([1.0, 1.0, 1.0])
    assert weights.means(values)[0][2] == pytest.approx(math.cos(math.radians(5.0)))
    with pytest.raises(ValueError, match="180"):
        weigh(WORLD_LAT, longitude, [Polygon([(170, 10), (-160, 10), (-160, 20), (170, 20)])])


def test_geojson_features_points_and_crooked_polygons_are_taken_and_others_refused():
    area = box(115.5, 39.5, 116.5, 40.5)
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(area)}
    bow_tie = Polygon([(115.6, 39.6), (116.4, 40.4), (116.4, 39.6), (115.6, 40.4)])
    weights = weigh(
        LATITUDE, LONGITUDE, [mapping(area), feature, bow_tie, Point(116.4, 39.6), Point(116.5, 40.5)]
    )
    assert weights.means(VALUES)[0][:4] == pytest.approx([5.0] * 4)
    assert weights.methods[3] == "grid-cell" and len(weights.value(4, VALUES).parts) == 1
    for wrong in (
        LineString([(0, 0), (1, 1)]),
        {"type": "Polygon"},
        Polygon(),
        Polygon([(0, 0), (1, 1), (2, 2)]),
    ):
        with pytest.raises(ValueError, match="area 0"):
            weigh(LATITUDE, LONGITUDE, [wrong])
    with pytest.raises(ValueError, match="latitude"):
        weigh([40.0], LONGITUDE, [area])
    with pytest.raises(ValueError, match="longitude"):
        weigh(LATITUDE, [1.0, 3.0, 2.0], [area])


@settings(max_examples=40, deadline=None)
@given(
    st.floats(-179, 179), st.floats(-80, 80), st.floats(0.01, 12.0), st.integers(3, 9), st.integers(0, 2**32)
)
def test_the_parts_add_up_to_the_area_and_the_mean_lies_among_its_cells(lon, lat, radius, corners, seed):
    shape = Point(lon, lat).buffer(radius, quad_segs=corners).intersection(box(-400, -90, 400, 90))
    weights = weigh(WORLD_LAT, WORLD_LON, [shape, translate(shape, 360.0)])
    assert weights.shared[: weights.starts[1]].sum() == pytest.approx(weights.total[0], rel=1e-9)
    values = np.random.default_rng(seed).uniform(0.0, 60.0, (18, 36))
    found = weights.value(0, values)
    taken = [values[row, column] for row, column in zip(weights.rows, weights.columns, strict=True)]
    assert min(taken) <= found.value <= max(taken)
    assert math.fsum(part.weight for part in found.parts) == pytest.approx(1.0)
    assert weights.means(values)[0] == pytest.approx([found.value, found.value])
