"""Areas go between GeoJSON, shapely and CAP without moving, across the meridian too, and unite without seams."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core import cap
from fenghuo.core.cap import geometry
from fenghuo.core.cap.geometry import cut, geojson_of, joined, polygons_of, union
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


def _polygon(*corners: tuple[float, float]) -> cap.Polygon:
    return cap.Polygon(tuple(cap.Point(*corner) for corner in (*corners, corners[0])))


ACROSS = _polygon((40, 170), (40, -170), (50, -170), (50, 170))


def test_a_ring_across_the_180th_meridian_is_cut_as_in_rfc_7946_and_joined_back() -> None:
    east, west = (
        [[170, 40], [180, 40], [180, 50], [170, 50]],
        [[-180, 40], [-170, 40], [-170, 50], [-180, 50]],
    )
    whole = geojson_of([ACROSS])
    assert whole["type"] == "MultiPolygon"
    assert {frozenset(map(tuple, part[0])) for part in whole["coordinates"]} == {
        frozenset(map(tuple, east)),
        frozenset(map(tuple, west)),
    }
    parts = polygons_of(whole)
    assert parts == cut([ACROSS])
    (again,) = joined(parts)
    assert set(again.points) == set(ACROSS.points)
    assert geometry.crosses(again)
    assert not any(geometry.crosses(part) for part in parts)
    assert union([again]) == parts
    assert geometry.shape_of(again).equals(shapely.geometry.shape(whole))


def test_longitudes_that_run_on_past_180_are_the_same_place() -> None:
    assert set(polygons_of(_box(170, 40, 190, 50))) == set(cut([ACROSS]))
    assert set(polygons_of(_box(-190, 40, -170, 50))) == set(cut([ACROSS]))
    assert set(cut([_polygon((40, 170), (40, 190), (50, 190), (50, 170))])) == set(cut([ACROSS]))


def test_a_ring_round_a_pole_holds_the_pole() -> None:
    cap_of_ice = _polygon((80, 0), (80, 90), (80, 180), (80, -90))
    shape = geometry.shape_of(cap_of_ice)
    assert shape.equals(shapely.box(-180, 80, 180, 90))
    south = _polygon((-60, -180), (-60, -60), (-60, 60), (-60, 180), (-90, 180), (-90, -180))
    assert geometry.shape_of(south).equals(shapely.box(-180, -90, 180, -60))


def test_the_whole_world_as_four_corners_is_the_whole_world() -> None:
    world = _polygon((90, -180), (90, 180), (-90, 180), (-90, -180))
    assert geometry.shape_of(world).equals(shapely.box(-180, -90, 180, 90))
    (written,) = polygons_of(_box(-180, -90, 180, 90))
    assert (
        max(abs(a.longitude - b.longitude) for a, b in zip(written.points, written.points[1:], strict=False))
        == 180
    )
    assert polygons_of(geometry.shape_of(written)) == (written,)


def test_a_wide_box_of_geojson_is_not_taken_the_short_way_by_cap() -> None:
    (wide,) = polygons_of(_box(-120, -10, 120, 10))
    assert geometry.shape_of(wide).equals(shapely.box(-120, -10, 120, 10))
    assert not geometry.crosses(wide)


def test_rings_are_written_counter_clockwise_for_geojson() -> None:
    clockwise = _polygon((0, 0), (1, 0), (1, 1), (0, 1))
    assert shapely.geometry.shape(geojson_of([clockwise])).exterior.is_ccw


def test_every_flaw_of_a_ring_is_named_with_its_place() -> None:
    def kinds(polygon: cap.Polygon) -> list[str]:
        return [str(flaw.kind) for flaw in geometry.flaws(polygon)]

    assert kinds(_polygon((0, 0), (0, 1), (1, 1))) == []
    assert kinds(_polygon((0, 0), (1, 1), (0, 1))) == ["clockwise"]
    (crossing,) = geometry.flaws(_polygon((0, 0), (2, 2), (0, 2), (2, 0)))
    assert (crossing.kind, crossing.at) == ("self-crossing", cap.Point(1.0, 1.0))
    assert crossing.mendable and "交" in crossing.message_zh
    assert kinds(ACROSS) == ["meridian"]
    assert kinds(_polygon((80, 0), (80, 120), (80, -120))) == ["pole"]
    assert kinds(cap.Polygon(_polygon((0, 0), (0, 1), (1, 1)).points[:-1])) == ["open"]
    assert kinds(_polygon((0, 0), (0, 0), (0, 1), (1, 1))) == ["repeated-corner"]
    assert kinds(_polygon((0, 0), (1, 1), (2, 2))) == ["no-ground"]
    assert kinds(_polygon((116, 40), (117, 40), (117, 41))) == ["off-globe"]
    assert kinds(cap.Polygon(())) == ["few-corners"]
    assert kinds(_polygon((0, 190), (0, 191), (1, 191))) == ["longitude-turn"]
    assert [str(f.kind) for f in geometry.flaws(cap.Circle(cap.Point(0, 0), -1))] == ["negative-radius"]
    with pytest.raises(ValueError, match="off the globe"):
        geometry.shape_of(_polygon((116, 40), (117, 40), (117, 41)))


def test_areas_go_to_features_and_come_back_with_circles_geocodes_and_heights() -> None:
    village = cap.Area(
        description="四岔村",
        polygons=polygons_of(_box(116.5, 40.4, 116.6, 40.5)),
        circles=(cap.Circle(cap.Point(40.41, 116.52), 2.5), cap.Circle(cap.Point(-17.0, 179.9), 50)),
        geocodes=(cap.ValuePair("GB/T 10114", "110116001201"),),
        altitude=1200.0,
        ceiling=3000.0,
    )
    code_only = cap.Area(description="密云区", geocodes=(cap.ValuePair("GB/T 2260", "110118"),))
    spot = cap.Area(description="震中", circles=(cap.Circle(cap.Point(32.9525, -115.5527), 0.0),))
    areas = (village, code_only, spot)
    alert = simple_alert(infos=(simple_info(areas=areas), simple_info(language="en-US", areas=areas[:1])))
    collection = geometry.features_of(alert)
    features = collection["features"]
    assert [each["geometry"] and each["geometry"]["type"] for each in features[:5]] == [
        "Polygon",
        "Polygon",
        "MultiPolygon",
        None,
        "Point",
    ]
    assert (
        features[0]["properties"] | {"areaDesc": "四岔村", "severity": "Severe", "info": 1, "area": 1}
        == (features[0]["properties"])
    )
    assert geometry.areas_of(collection) == (*areas, village)
    assert geometry.areas_of(geometry.features_of(areas)) == areas
    edited = geometry.features_of([spot])
    edited["features"][0]["geometry"] = _box(0, 0, 1, 1)
    (area,) = geometry.areas_of(edited)
    assert area.circles == () and _ground(area.polygons).equals(shapely.box(0, 0, 1, 1))


def test_features_of_others_become_areas_named_by_their_properties() -> None:
    feature = {"type": "Feature", "properties": {"name": "北坡"}, "geometry": _box(0, 0, 1, 1)}
    plain = {"type": "Feature", "properties": None, "geometry": _box(2, 0, 3, 1)}
    first, second = geometry.areas_of({"type": "FeatureCollection", "features": [feature, plain]}, "林区")
    assert (first.description, second.description) == ("北坡", "林区")
    with pytest.raises(ValueError, match="area"):
        geometry.areas_of({"type": "FeatureCollection", "features": [_box(0, 0, 1, 1)]})


# On a grid that sums without rounding, so that turning the earth is exact.
_eighths = st.integers(-79 * 8, 79 * 8).map(lambda n: n / 8)
_compact = st.lists(
    st.tuples(st.integers(-40 * 8, 40 * 8).map(lambda n: n / 8), _eighths), min_size=3, max_size=8
)


@settings(deadline=None, max_examples=60)
@given(_compact, st.integers(-180, 180))
def test_the_meridian_is_a_line_like_any_other(corners: list, turn: int) -> None:
    def turned(by: int) -> cap.Polygon:
        points = [(y, (x + by + 180) % 360 - 180) for x, y in corners]
        return _polygon(*points)

    here, there = turned(0), turned(turn)
    assert geometry.square_kilometres(there) == pytest.approx(
        geometry.square_kilometres(here), rel=1e-6, abs=1
    )
    parts = cut([there])
    assert all(abs(p.longitude) <= 180 for each in parts for p in each.points)
    whole, again = geometry.shape_of(parts), geometry.shape_of(joined(parts))
    # Of a ring that crosses itself a spike that meets the meridian in a narrow neck may be lost.
    slack = 1e-5 if shapely.Polygon(corners).is_valid else 1e-2
    assert again.symmetric_difference(whole).area <= slack * whole.length
    box, moved = geometry.bounds(here), geometry.bounds(there)
    assert (moved.south, moved.north) == (box.south, box.north)
    assert (moved.east - moved.west) % 360 == box.east - box.west
