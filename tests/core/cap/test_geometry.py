"""Areas go between GeoJSON and CAP without moving, and neighbours unite without seams."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core import cap
from fenghuo.core.cap.geometry import geojson_of, polygons_of, union
from tests.core.cap.alerts import simple_alert, simple_info


def _box(west: float, south: float, east: float, north: float) -> dict:
    return shapely.geometry.mapping(shapely.box(west, south, east, north))


def _ground(polygons: tuple[cap.Polygon, ...]) -> shapely.Geometry:
    return shapely.union_all([shapely.geometry.shape(geojson_of([each])) for each in polygons])


def test_a_village_becomes_a_closed_ring_with_latitude_first() -> None:
    (polygon,) = polygons_of(_box(116.5, 40.4, 116.6, 40.5))
    assert polygon.points[0] == polygon.points[-1]
    assert set(polygon.points) == {cap.Point(y, x) for x in (116.5, 116.6) for y in (40.4, 40.5)}
    assert geojson_of([polygon])["type"] == "Polygon"


def test_coordinates_are_rounded_to_five_decimals() -> None:
    (polygon,) = polygons_of(_box(116.5000049, 40.4000051, 116.6, 40.5))
    assert {point.longitude for point in polygon.points} == {116.5, 116.6}
    assert {point.latitude for point in polygon.points} == {40.40001, 40.5}
    assert polygons_of(_box(116.5, 40.4, 116.500001, 40.400001)) == ()


def test_a_hole_is_filled_so_that_whoever_lives_in_it_is_warned_too() -> None:
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (8, 2), (8, 8), (2, 8)]])
    island = shapely.box(4, 4, 5, 5)
    both = shapely.geometry.mapping(shapely.MultiPolygon([ring, island]))
    (polygon,) = polygons_of(both)
    assert _ground((polygon,)).equals(shapely.box(0, 0, 10, 10))


def test_villages_that_touch_unite_into_one_area_and_apart_ones_stay_apart() -> None:
    row = [polygons_of(_box(n / 10, 0, (n + 1) / 10, 0.1))[0] for n in range(7)]
    (whole,) = union(row)
    assert _ground((whole,)).equals(shapely.box(0, 0, 0.7, 0.1))
    assert len(union([row[0], row[2], row[4]])) == 3
    assert geojson_of(union([row[0], row[2]]))["type"] == "MultiPolygon"
    assert union([]) == ()


def test_features_collections_and_rings_that_cross_themselves_are_taken() -> None:
    feature = {"type": "Feature", "properties": {}, "geometry": _box(0, 0, 1, 1)}
    collection = {
        "type": "FeatureCollection",
        "features": [feature, {**feature, "geometry": _box(1, 0, 2, 1)}],
    }
    assert _ground(polygons_of(collection)).equals(shapely.box(0, 0, 2, 1))
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
    assert len(polygons_of(bow_tie)) == 2
    collapsed = [[[5, 5], [5, 5], [5, 5], [5, 5]]]
    both = {"type": "MultiPolygon", "coordinates": [collapsed, bow_tie["coordinates"]]}
    assert len(polygons_of(both)) == 2


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [116.5, 40.4]},
        {"type": "Polygon", "coordinates": [[[116.5, 40.4], [116.6, 40.4]]]},
        {"type": "Polygon", "coordinates": "here"},
        {"type": "Polygon", "coordinates": [[[40.4, 116.5], [40.4, 116.6], [40.5, 116.6], [40.4, 116.5]]]},
        {"type": "Feature", "geometry": None},
        {},
    ],
)
def test_what_is_no_area_on_the_globe_is_refused(geometry: dict) -> None:
    with pytest.raises(ValueError, match=r"area"):
        polygons_of(geometry)


_rings = st.lists(st.tuples(st.floats(-179, 179), st.floats(-89, 89)), min_size=3, max_size=8).map(
    lambda ring: [*ring, ring[0]]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_rings, min_size=1, max_size=3))
def test_any_area_gives_polygons_that_cap_accepts_and_that_come_back_unchanged(rings: list) -> None:
    polygons = polygons_of({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})
    area = cap.Area(description="x", polygons=polygons)
    assert cap.check(simple_alert(infos=(simple_info(areas=(area,)),))) == []
    assert polygons_of(geojson_of(polygons)) == polygons
    assert union(polygons) == polygons
    assert all(shapely.geometry.shape(geojson_of([each])).is_valid for each in polygons)
