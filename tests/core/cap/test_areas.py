"""Alerts' areas on the sphere: who lies in one, circles, sizes, and simplifying that tears no gaps."""

import copy
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fenghuo.core import cap
from fenghuo.core.cap import geometry
from fenghuo.core.cap.geometry import contains, draw, shape_of, simplify, which
from fenghuo.core.cap.geometry.globe import destination
from tests.core.cap.alerts import simple_alert, simple_info

RADIUS = geometry.EARTH_RADIUS


def _polygon(*corners: tuple[float, float]) -> cap.Polygon:
    return cap.Polygon(tuple(cap.Point(*corner) for corner in (*corners, corners[0])))


def _box(south: float, west: float, north: float, east: float) -> cap.Polygon:
    return _polygon((south, west), (south, east), (north, east), (north, west))


def _circle(latitude: float, longitude: float, kilometres: float) -> cap.Circle:
    return cap.Circle(cap.Point(latitude, longitude), kilometres)


def _alert(*areas: cap.Area) -> cap.Alert:
    return simple_alert(infos=(simple_info(areas=areas),))


# Circles on the sphere.


def test_distances_are_great_circles_on_the_mean_radius() -> None:
    quarter = math.pi / 2 * RADIUS
    assert geometry.distance(0, 0, 90, 77) == pytest.approx(quarter)
    assert geometry.distance(0, 179, 0, -179) == pytest.approx(quarter / 45)
    # One degree of latitude on a sphere of 6371.0088 km.
    assert geometry.distance(40, 116, 41, 116) == pytest.approx(111_195.08, abs=0.01)


_circles = st.builds(
    _circle,
    st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 0.0, 89.999, 90.0])),
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 179.99, 180.0])),
    st.one_of(st.floats(0.01, 300), st.floats(300, 20_100)),
)


@settings(deadline=None, max_examples=60)
@given(_circles, st.sampled_from([1.0, 30.0, 1000.0]), st.booleans())
def test_a_drawn_circle_strays_less_than_it_says(circle: cap.Circle, error: float, cover: bool) -> None:
    shape = draw(circle, error, cover=cover)
    assert shape.is_valid
    west, south, east, north = shape.bounds
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    radius = circle.radius * 1000
    # No place outside by more than the error, and none inside lost, on bearings all round.
    bearings = np.linspace(0, 360, 97)
    for metres, inside in ((radius + error, False), (radius if cover else radius - error, True)):
        if 0 < metres < math.pi * RADIUS:
            slack = 0.01 * error + 1e-3
            y, x = destination(
                circle.centre.latitude,
                circle.centre.longitude,
                bearings,
                metres - slack if inside else metres + slack,
            )
            x = (x + 180) % 360 - 180
            hit = shapely.intersects_xy(shape, x, y)
            clear = (np.abs(x) < 179.999) & (np.abs(y) < 89.999)
            assert (hit[clear] == inside).all()


def test_a_circle_round_a_pole_is_whole_on_the_meridian_where_its_edge_begins() -> None:
    shape = draw(_circle(82, -1.894664962402004, 890), 1.0)
    y, x = destination(82, -1.894664962402004, 0.0, 890_000 - 0.011)
    assert shapely.intersects_xy(shape, x, y)


def test_a_circle_holds_a_pole_crosses_the_meridian_or_is_the_world() -> None:
    arctic = draw(_circle(80, 30, 2000), 100)
    assert arctic.bounds[0] == -180 and arctic.bounds[2] == 180 and arctic.bounds[3] == 90
    fiji = draw(_circle(-17, 179.9, 100), 10)
    assert isinstance(fiji, shapely.MultiPolygon) and len(fiji.geoms) == 2
    assert draw(_circle(10, 20, 20_100)).equals(shapely.box(-180, -90, 180, 90))
    most = draw(_circle(10, 20, 19_000), 100)
    assert not shapely.intersects_xy(most, -160, -10) and shapely.intersects_xy(most, -160, 30)


def test_a_circle_of_radius_0_is_its_point() -> None:
    quake = _circle(32.9525, -115.5527, 0)
    assert draw(quake).equals(shapely.Point(-115.5527, 32.9525))
    assert contains(quake, [32.9525, 32.9526], -115.5527).tolist() == [True, False]


def test_a_smaller_error_takes_more_corners_and_a_negative_radius_is_refused() -> None:
    corners = [len(draw(_circle(40, 116, 50), error).exterior.coords) for error in (1000.0, 100.0, 1.0)]
    assert corners == sorted(corners) and corners[0] < 40 < corners[2]
    with pytest.raises(ValueError, match="radius"):
        draw(_circle(40, 116, -1))
    with pytest.raises(ValueError, match="radius"):
        contains(_circle(40, 116, -1), 40, 116)


# Which places lie in it.


@settings(deadline=None, max_examples=40)
@given(_circles, st.integers(0, 2**32))
def test_a_place_is_in_a_circle_when_the_haversine_says_so(circle: cap.Circle, seed: int) -> None:
    draws = np.random.default_rng(seed)
    latitude, longitude = draws.uniform(-90, 90, 200), draws.uniform(-540, 540, 200)
    apart = geometry.distance(circle.centre.latitude, circle.centre.longitude, latitude, longitude)
    assume((np.abs(apart - circle.radius * 1000) > 0.01).all())
    assert (contains(circle, latitude, longitude) == (apart < circle.radius * 1000)).all()


_quarters = st.integers(-80, 80).map(lambda n: n / 4)
_rings = st.lists(st.tuples(_quarters, _quarters), min_size=3, max_size=7)


@settings(deadline=None, max_examples=60)
@given(_rings, st.integers(-180, 180), st.integers(-2, 2))
def test_turning_the_earth_changes_nothing(corners: list, turn: int, whole_turns: int) -> None:
    north, east = np.meshgrid(np.arange(-21, 21.5, 0.5), np.arange(-21, 21.5, 0.5))
    here = contains(_polygon(*corners), north, east)
    moved = _polygon(*[(y, (x + turn + 180) % 360 - 180) for y, x in corners])
    assert (contains(moved, north, east + turn + 360 * whole_turns) == here).all()
    assert here.shape == north.shape
    assert contains(_polygon(*corners), *zip(*corners, strict=True)).all()


def test_places_on_an_edge_the_meridian_or_a_pole_count_as_inside() -> None:
    box = _box(-20, 170, -10, -170)
    assert contains(box, [-20, -15, -15, -15, -15], [175, 180, -180, -170, 169.99]).tolist() == [
        1,
        1,
        1,
        1,
        0,
    ]
    to_meridian = _box(50, 175, 60, 180)
    assert contains(to_meridian, [55, 55], [180, -180]).all()
    ice = _polygon((80, 0), (80, 120), (80, -120))
    assert contains(ice, [90, 80, 79.9, 90, -90], [33, 17, 17, -500, 0]).tolist() == [1, 1, 0, 1, 0]
    assert contains(box, [np.nan, -15], [175, np.nan]).tolist() == [False, False]
    with pytest.raises(ValueError, match="latitude"):
        contains(box, [116.0], [40.0])


def test_an_alert_is_the_union_of_its_infos_areas_and_parts() -> None:
    first = cap.Area(description="a", polygons=(_box(0, 0, 1, 1),), circles=(_circle(5, 5, 50),))
    second = cap.Area(description="b", polygons=(_box(0, 2, 1, 3), _box(0, 2, 1, 3)))
    alert = _alert(first, second)
    assert contains(alert, [0.5, 0.5, 0.5, 5.1], [0.5, 1.5, 2.5, 5.1]).tolist() == [1, 0, 1, 1]
    assert contains(alert, 0.5, 0.5).shape == ()
    assert not contains(_alert(), [0.5], [0.5]).any()
    ground = geometry.Ground.of(alert)
    assert ground.contains([0.5], [2.5]).all()


def test_a_geocode_counts_where_the_caller_knows_its_ground() -> None:
    code = cap.ValuePair("GB/T 2260", "110118")
    alert = _alert(cap.Area(description="密云", geocodes=(code, cap.ValuePair("GB/T 2260", "999999"))))
    square = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [shapely.box(1, 1, 2, 2).exterior])
    known = {("GB/T 2260", "110118"): shapely.geometry.mapping(square)}
    places = [0.5, 1.5], [0.5, 1.5]
    assert not contains(alert, *places).any()
    assert contains(alert, *places, geocodes=known).tolist() == [True, False]
    assert contains(alert, *places, geocodes=lambda pair: square if pair == code else None).tolist() == [
        True,
        False,
    ]
    assert geometry.unresolved(alert, known) == (cap.ValuePair("GB/T 2260", "999999"),)
    assert shape_of(alert, geocodes=known).equals(square)


@pytest.mark.parametrize("count", [3, 30])
def test_for_each_place_its_alerts_and_for_each_alert_its_places(count: int) -> None:
    boxes = [_box(n, n, n + 2, n + 2) for n in range(count)]
    alerts = [_alert(cap.Area(description="x", polygons=(box,))) for box in boxes]
    hits = which(alerts, [0.5, 1.5, 2.0, 50.0], [0.5, 1.5, 2.0, 50.0])
    assert hits.by_place() == [(0,), (0, 1), (0, 1, 2), ()]
    assert hits.of_place(1) == (0, 1)
    assert hits.of_alert(1).tolist() == [1, 2]
    assert which([], [1.0], [1.0]).by_place() == [()]


# Sizes.


def test_ground_is_measured_on_the_sphere() -> None:
    sphere = 4 * math.pi * (RADIUS / 1000) ** 2
    assert geometry.square_kilometres(_box(0, 0, 90, 90)) == pytest.approx(sphere / 8)
    assert geometry.square_kilometres(_box(-90, -180, 90, 180)) == pytest.approx(sphere)
    band = _box(30, 170, 60, -170)
    share = 20 / 360 * (math.sin(math.radians(60)) - math.sin(math.radians(30))) / 2
    assert geometry.square_kilometres(band) == pytest.approx(share * sphere)
    assert geometry.square_kilometres(_circle(77, 12, 10)) == pytest.approx(math.pi * 100, rel=1e-6)
    assert geometry.square_kilometres(_circle(0, 0, 30_000)) == pytest.approx(sphere)
    drawn = draw(_circle(77, 12, 10), 0.1, cover=False)
    assert geometry.square_kilometres(drawn) == pytest.approx(math.pi * 100, rel=1e-4)
    twice = cap.Area(description="x", polygons=(_box(0, 0, 1, 1), _box(0, 0, 1, 2)))
    assert geometry.square_kilometres(twice) == pytest.approx(geometry.square_kilometres(_box(0, 0, 1, 2)))


def test_the_bounding_box_crosses_the_meridian_where_that_is_narrower() -> None:
    assert geometry.bounds([_box(-20, 170, -10, -170)]) == (170, -20, -170, -10)
    assert geometry.bounds([_box(0, 170, 1, 175), _box(2, -175, 3, -170)]) == (170, 0, -170, 3)
    assert geometry.bounds([_box(0, 10, 1, 20), _box(2, -20, 3, -10)]) == (-20, 0, 20, 3)
    assert geometry.bounds([_polygon((80, 0), (80, 120), (80, -120))]) == (-180, 80, 180, 90)
    west, south, east, north = geometry.bounds([_circle(60, 180, 111.19508)])
    assert (south, north) == pytest.approx((59, 61), abs=1e-6)
    # sin Δλ = sin 1° / cos 60°
    assert (west, east) == pytest.approx((180 - 2.00031, -180 + 2.00031), abs=1e-4)
    assert geometry.bounds([]) is None


# Simplifying.


def _wriggle(a: np.ndarray, b: np.ndarray, depth: int, draws: np.random.Generator) -> list[np.ndarray]:
    line = [a, b]
    for _ in range(depth):
        new = [line[0]]
        for p, q in pairwise(line):
            across = np.array([p[1] - q[1], q[0] - p[0]])
            new += [(p + q) / 2 + across * draws.normal(0, 0.1), q]
        line = new
    return line


def _neighbours(
    seed: int, wide: int, depth: int, west: float = 116.0, south: float = 40.0
) -> list[shapely.Polygon]:
    """Villages of wriggling borders that fill a rectangle, each border the same for both its sides."""
    draws = np.random.default_rng(seed)
    spot = {(i, j): np.array([west + i / 5, south + j / 5]) for i in range(wide + 1) for j in range(wide + 1)}
    lines = [
        shapely.LineString(_wriggle(spot[i, j], spot[i + di, j + dj], depth, draws))
        for i, j in spot
        for di, dj in ((1, 0), (0, 1))
        if (i + di, j + dj) in spot
    ]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=1e-5)]))
    return [each for each in faces if each.area > 0.001]


def _areas(shapes: list[shapely.Polygon]) -> list[cap.Area]:
    return [
        cap.Area(description=str(n), polygons=geometry.polygons_of(each)) for n, each in enumerate(shapes)
    ]


def _exact(shape: shapely.Geometry) -> shapely.Geometry:
    """In whole steps of the grid, where a corner on a straight border is on it without rounding."""
    return shapely.transform(shape, lambda xy: np.rint(xy * 10**geometry.DECIMALS))


def _metres(shape: shapely.Geometry) -> shapely.Geometry:
    scale = math.radians(1) * RADIUS
    return shapely.transform(shape, lambda xy: xy * [scale * math.cos(math.radians(40.2)), scale])


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10**6), st.integers(12, 40), st.booleans())
def test_neighbours_are_simplified_without_gap_or_overlap(seed: int, budget: int, cover: bool) -> None:
    villages = _neighbours(seed, 2, 5)
    areas = _areas(villages)
    done = simplify(areas, budget, cover=cover)
    assert done.fits and done.largest <= budget
    assert [each.description for each in done.areas] == [each.description for each in areas]
    made = [shape_of(each) for each in done.areas]
    assert all(each.is_valid for each in made)
    assert shapely.coverage_is_valid(made)
    before, after = shapely.union_all([shape_of(each) for each in areas]), shapely.union_all(made)
    assert shapely.get_num_interior_rings(after) <= shapely.get_num_interior_rings(before)
    if cover:
        assert _exact(after).covers(_exact(before))
    moved = max(
        shapely.hausdorff_distance(_metres(old.exterior), _metres(new.exterior), densify=0.05)
        for old, new in zip(villages, made, strict=True)
    )
    assert moved <= done.error_metres * 1.01
    assert done.vertices == sum(len(p.points) for each in done.areas for p in each.polygons)


_stars = st.lists(st.floats(0.2, 1.0), min_size=12, max_size=60)


@settings(deadline=None, max_examples=40)
@given(_stars, st.integers(4, 12))
def test_covering_loses_nobody_whatever_the_shape(reaches: list[float], budget: int) -> None:
    angles = np.linspace(0, 2 * math.pi, len(reaches), endpoint=False)
    star = shapely.Polygon(np.column_stack([np.cos(angles) * reaches, np.sin(angles) * reaches]))
    (area,) = _areas([star])
    done = simplify([area], budget, cover=True)
    assert _exact(shape_of(done.areas[0])).covers(_exact(shape_of(area)))
    assert done.largest <= max(budget, 8)


def test_a_regular_ring_is_covered_by_one_of_fewer_corners_with_the_error_it_says() -> None:
    angles = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    (area,) = _areas([shapely.Polygon(np.column_stack([np.cos(angles), np.sin(angles)]))])
    done = simplify([area], 13, cover=True)
    assert done.fits and done.largest == 13
    # A circle of one degree inside a dozen corners: they stick out by 1 / cos 15° - 1 = 0.0353 at the least.
    assert 0.035 * 111_195 < done.error_metres < 0.12 * 111_195
    plain = simplify([area], 13)
    assert plain.fits and plain.error_metres < done.error_metres


def test_what_is_within_the_budget_comes_back_as_it_was() -> None:
    areas = (
        cap.Area(description="a", polygons=(_polygon((0, 0), (1, 1), (0, 1)),), circles=(_circle(0, 0, 3),)),
    )
    done = simplify(areas, 100)
    assert (done.areas, done.error_metres, done.vertices, done.largest) == (areas, 0.0, 4, 4)
    far = _areas([_neighbours(1, 1, 6, west=20.0)[0]])
    mixed = simplify([*areas, *far], 20)
    assert mixed.areas[0] == areas[0] and mixed.largest == 20
    with pytest.raises(ValueError, match="budget"):
        simplify(areas, 3)


def test_all_languages_of_an_alert_keep_the_same_ground() -> None:
    areas = tuple(_areas(_neighbours(7, 2, 5)))
    infos = (simple_info(areas=areas), simple_info(language="en-US", areas=areas[::-1]))
    alert, done = geometry.simplify_alert(simple_alert(infos=infos), 20)
    assert done.fits
    assert [a.polygons for a in alert.infos[0].areas] == [a.polygons for a in alert.infos[1].areas[::-1]]
    assert cap.check(alert) == []


def test_areas_over_the_meridian_are_simplified_on_both_sides_of_it_alike() -> None:
    villages = _neighbours(3, 2, 5, west=179.8)
    areas = _areas(villages)
    done = simplify(areas, 20, cover=True)
    made = [shape_of(each) for each in done.areas]
    before = shapely.union_all([shape_of(each) for each in areas])
    assert done.fits and _exact(shapely.union_all(made)).covers(_exact(before))
    west = shapely.union_all(
        [shapely.intersection(each, shapely.LineString([(-180, 0), (-180, 80)])) for each in made]
    )
    east = shapely.union_all(
        [shapely.intersection(each, shapely.LineString([(180, 0), (180, 80)])) for each in made]
    )
    assert west.length == pytest.approx(east.length, abs=1e-9) and west.length > 0.39


def test_overlaps_and_enclosed_areas_keep_their_places() -> None:
    outer, inner = _neighbours(5, 1, 6)[0], shapely.Point(116.1, 40.1).buffer(0.02, 32)
    areas = _areas([outer, inner])
    done = simplify(areas, 16)
    first, second = (shape_of(each) for each in done.areas)
    assert done.fits and first.covers(second)
    assert first.area == pytest.approx(outer.area, rel=0.1)
    assert second.area == pytest.approx(inner.area, rel=0.1)


def test_borders_drawn_twice_and_not_quite_alike_become_one() -> None:
    draws = np.random.default_rng(11)
    rough = [
        shapely.Polygon(ring + draws.normal(0, 3e-5, ring.shape))
        for ring in (shapely.get_coordinates(each.exterior)[:-1] for each in _neighbours(9, 2, 6))
    ]
    areas = _areas(rough)
    assert not shapely.coverage_is_valid([shape_of(each) for each in areas])
    done = simplify(areas, 40, cover=True)
    made = [shape_of(each) for each in done.areas]
    assert done.fits and shapely.coverage_is_valid(made)
    whole = shapely.union_all([shape_of(each) for each in areas])
    assert _exact(shapely.union_all(made)).buffer(0).covers(_exact(whole).buffer(-1e-6))
    kept = simplify(areas, 40, close_metres=0)
    assert not kept.fits


def test_a_wide_overlap_is_meant_and_stays() -> None:
    areas = _areas([shapely.Point(116, 40).buffer(0.1, 32), shapely.Point(116.1, 40).buffer(0.1, 32)])
    one, two = (shape_of(each) for each in areas)
    done = simplify(areas, 24)
    first, second = (shape_of(each) for each in done.areas)
    assert first.intersection(second).area == pytest.approx(one.intersection(two).area, rel=0.1)


_spots = st.tuples(
    st.integers(0, 40), st.integers(0, 40), st.lists(st.floats(2, 15), min_size=5, max_size=24)
)


@settings(deadline=None, max_examples=25)
@given(st.lists(_spots, min_size=1, max_size=5), st.integers(6, 14))
def test_areas_that_overlap_in_any_way_stay_valid_and_covered(spots: list, budget: int) -> None:
    shapes = []
    for x, y, reaches in spots:
        angles = np.linspace(0, 2 * math.pi, len(reaches), endpoint=False)
        shapes.append(
            shapely.Polygon(np.column_stack([x + np.cos(angles) * reaches, y + np.sin(angles) * reaches]))
        )
    areas = _areas(shapes)
    for cover in (False, True):
        done = simplify(areas, budget, cover=cover)
        assert all(shape_of(each).is_valid for each in done.areas)
        assert all(each.polygons for each in done.areas)
    before, after = (shapely.union_all([shape_of(each) for each in some]) for some in (areas, done.areas))
    # Where borders cross, the crossing is put on the grid, which bends both by less than a step.
    assert _exact(after).buffer(1.5).covers(_exact(before))
    assert after.difference(before).area <= (done.error_metres / 111_000 + 1e-5) * (
        before.length + after.length
    )


JUNK = [None, 1, -1e400, "x", [], {}, [[]], True, [[1, 2]] * 4, {"type": "Polygon"}, [["a"]], 10**400]
RING = [[[116.7, 40.3], [117.1, 40.3], [117.1, 40.7], [116.7, 40.3]]]
PARTS = [
    ("features",), ("features", 0), ("features", 0, "type"), ("features", 0, "geometry"),
    ("features", 0, "geometry", "type"), ("features", 0, "geometry", "coordinates"),
    ("features", 0, "geometry", "coordinates", 0), ("features", 0, "geometry", "coordinates", 0, 1),
    ("features", 0, "geometry", "coordinates", 0, 1, 0), ("features", 0, "properties"),
    *(("features", 0, "properties", name) for name in ("info", "geocode", "altitude", "circle", "circleError")),
    ("features", 1, "geometry", "geometries"), ("features", 1, "geometry", "geometries", 0),
]  # fmt: skip


@pytest.mark.parametrize("path", PARTS, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: str(junk)[:12])
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_geojson_with_anything_in_any_place_is_read_or_refused_in_words(path: tuple, junk: object) -> None:
    said = {"info": 1, "area": 1, "geocode": [{"valueName": "a", "value": "b"}], "altitude": 1}
    said |= {"circle": "40.5,116.9 3", "circleError": 10, "circleCovers": True}
    polygon = {"type": "Polygon", "coordinates": RING}
    collection: dict = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": copy.deepcopy(polygon), "properties": said},
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": [polygon]}, "properties": None},
    ]}  # fmt: skip
    holder: Any = collection
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = junk
    for read in (geometry.areas_of, geometry.polygons_of):
        try:
            read(collection)
        except ValueError as refused:
            assert str(refused)


def test_collections_within_collections_have_an_end() -> None:
    nested: dict = {"type": "Polygon", "coordinates": RING}
    for _ in range(5_000):
        nested = {"type": "GeometryCollection", "geometries": [nested]}
    with pytest.raises(ValueError, match="deep"):
        geometry.polygons_of(nested)
