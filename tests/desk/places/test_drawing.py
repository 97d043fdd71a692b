"""Areas become paths that keep together, and a page that reads in colour, shape and word."""

import json
import os
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from shapely import contains_xy
from shapely.geometry import shape

from fenghuo.desk.places.drawing import (
    WIDTH,
    AreaOnMap,
    MapDrawing,
    NotDrawable,
    PlaceOnMap,
    Projection,
    bounds_of,
    draw,
    label_point,
    load_base,
    path,
)

EAST_HALF = {
    "type": "Polygon",
    "coordinates": [[[116.6, 40.3], [116.7, 40.3], [116.7, 40.4], [116.6, 40.4], [116.6, 40.3]]],
}
WEST_HALF = {
    "type": "Polygon",
    "coordinates": [[[116.5, 40.3], [116.6, 40.3], [116.6, 40.4], [116.5, 40.4], [116.5, 40.3]]],
}
HORSESHOE = {
    "type": "Polygon",
    "coordinates": [[[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]],
}

places = st.tuples(st.floats(116.4, 116.8), st.floats(40.2, 40.5))


def positions(d: str) -> list[tuple[float, float]]:
    """The absolute positions that an SVG reader finds in a path of M, l and z."""
    found: list[tuple[float, float]] = []
    for stroke in filter(None, d.replace("z", "").split("M")):
        start, _, steps = stroke.partition("l")
        x, y = (float(v) for v in re.findall(r"-?\d+(?:\.\d)?", start))
        found.append((x, y))
        numbers = [float(v) for v in re.findall(r"-?\d+(?:\.\d)?", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_north_is_up_and_a_kilometre_is_as_long_east_as_north() -> None:
    projection = Projection.over((116.5, 40.3, 116.7, 40.4))
    x0, y0 = projection.xy(116.6, 40.35)
    east, _ = projection.xy(116.6 + 1 / 84.85, 40.35)
    _, north = projection.xy(116.6, 40.35 + 1 / 111.32)
    assert north < y0
    assert east - x0 == pytest.approx(y0 - north, rel=1e-3)


@given(st.lists(places, min_size=2, max_size=40))
def test_a_drawn_line_never_drifts_from_its_positions(line: list[tuple[float, float]]) -> None:
    projection = Projection.over((116.4, 40.2, 116.8, 40.5))
    read = positions(path({"type": "LineString", "coordinates": line}, projection))
    wanted = [projection.xy(*place) for place in line]
    for x, y in wanted if read else []:
        assert any(abs(x - a) < 0.0501 and abs(y - b) < 0.0501 for a, b in read)
    for a, b in read:
        assert any(abs(x - a) < 0.0501 and abs(y - b) < 0.0501 for x, y in wanted)


@given(st.lists(places, min_size=2, max_size=12, unique=True))
def test_a_border_shared_by_two_areas_is_drawn_in_the_same_places(border: list[tuple[float, float]]) -> None:
    projection = Projection.over((116.4, 40.2, 116.8, 40.5))
    there = {"type": "Polygon", "coordinates": [[*border, (116.4, 40.5), border[0]]]}
    back = {"type": "MultiPolygon", "coordinates": [[[*reversed(border), (116.8, 40.2), border[-1]]]]}
    a, b = (
        {(round(x, 1), round(y, 1)) for x, y in positions(path(part, projection))} for part in (there, back)
    )
    wanted = {tuple(round(round(10 * v) / 10, 1) for v in projection.xy(*place)) for place in border}
    assert wanted <= a and wanted <= b


def test_a_label_stands_inside_even_a_horseshoe() -> None:
    assert contains_xy(shape(HORSESHOE), *label_point(HORSESHOE))


@pytest.mark.parametrize(
    "geometry",
    [{"type": "Point", "coordinates": [1, 2]}, {"type": "LineString", "coordinates": [["a", 2], [1, 2]]}],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(geometry: dict) -> None:
    with pytest.raises(NotDrawable, match=r"draws lines|pair of numbers"):
        path(geometry, Projection.over((0, 0, 1, 1)))


def test_a_class_or_level_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"v1.*0 to 5"):
        draw([AreaOnMap("v1", "石门", EAST_HALF, rating=6)])
    with pytest.raises(ValueError, match=r"v1.*purple"):
        draw([AreaOnMap("v1", "石门", EAST_HALF, warned_level="purple")])


def two_villages(**of_east: object) -> list[AreaOnMap]:
    return [
        AreaOnMap("v1", "石门", WEST_HALF, rating=2, href="/v1"),
        AreaOnMap("v2", "南坡", EAST_HALF, **({"rating": 5, "href": "/v2"} | of_east)),
    ]


def test_every_area_and_site_lies_on_the_drawing() -> None:
    drawing = draw(two_villages(), [PlaceOnMap("s1", "南坡小学", "school", 116.69, 40.31)])
    for area in drawing.areas:
        assert all(0 <= x <= WIDTH and 0 <= y <= drawing.height for x, y in positions(area.path))
    (west, _), (east, _) = (area.label_xy for area in drawing.areas)
    assert 0 < west < 50 < east < drawing.points[0].xy[0] < 100


def test_a_township_without_base_layers_still_has_a_map(tmp_path: Path) -> None:
    assert load_base(None) is None and load_base(tmp_path) is None
    page = render(draw(two_villages(), base=load_base(tmp_path), relief_href="/relief"))
    assert "<image" not in page and page.count('class="fmap-shape"') == 2


def test_base_layers_are_read_once_and_again_when_they_change(tmp_path: Path) -> None:
    contour = {
        "type": "Feature",
        "properties": {"index": True},
        "geometry": {"type": "LineString", "coordinates": [[116.5, 40.3], [116.7, 40.4]]},
    }
    layer = tmp_path / "contours.geojson"
    layer.write_text(json.dumps({"features": [contour]}))
    first = load_base(tmp_path)
    assert load_base(tmp_path) is first
    drawing = draw(two_villages(), base=first).base
    assert drawing.index_contours and not drawing.contours and drawing.relief_box is None
    layer.write_text(json.dumps({"features": []}))
    os.utime(layer, ns=(1, 1))
    again = load_base(tmp_path)
    assert not draw(two_villages(), base=again).base.index_contours and again.version != first.version


def test_the_relief_lies_where_its_bounds_say(tmp_path: Path) -> None:
    (tmp_path / "relief.webp").write_bytes(b"picture")
    (tmp_path / "relief.json").write_text('{"image": "relief.webp", "bounds": [116.5, 40.3, 116.7, 40.4]}')
    drawing = draw(two_villages(), base=load_base(tmp_path), relief_href="/relief")
    corners = [place for area in drawing.areas for place in positions(area.path)]
    x, y, width, height = drawing.base.relief_box
    assert (x, y) == pytest.approx((min(c[0] for c in corners), min(c[1] for c in corners)), abs=0.1)
    assert (x + width, y + height) == pytest.approx(
        (max(c[0] for c in corners), max(c[1] for c in corners)), abs=0.1
    )
    assert 'href="/relief"' in render(drawing)


def render(drawing: MapDrawing, language: str = "en", **context: object) -> str:
    with translation.override(language):
        return render_to_string("places/_map.html", {"map": drawing, **context})


def test_a_class_is_told_in_colour_shape_and_word_in_both_languages() -> None:
    drawing = draw(two_villages(warned_level="orange"))
    english, chinese = render(drawing), render(drawing, "zh-hans")
    for page, chip, word, warned in (
        (english, "class 5", "5 extreme", "warning in force"),
        (chinese, "5 级", "5 极高", "预警生效"),
    ):
        assert 'class="fmap-area fmap-r5"' in page and 'href="#map-sign-5"' in page
        assert chip in page and word in page and warned in page
        assert "moderate" not in page and "中等" not in page


def test_without_scripts_an_area_is_a_link_that_says_what_it_is() -> None:
    with translation.override("zh-hans"):
        page = render(draw(two_villages(warned_level="red")), "zh-hans")
    assert '<a class="fmap-area fmap-r5" href="/v2" aria-label="南坡 · 5 级 极高 · 预警生效"' in page
    assert not re.search(r"\sstyle=|\son\w+=|<script", page)


def test_composing_offers_a_real_checkbox_for_every_area_even_one_without_a_polygon() -> None:
    areas = [*two_villages(selected=True), AreaOnMap("v3", "新村", None)]
    page = render(draw(areas), variant="selectable")
    boxes = re.findall(r'<input type="checkbox" name="areas" value="(\w+)"( checked)?>', page)
    assert boxes == [("v1", ""), ("v2", " checked"), ("v3", "")]
    assert "<a " not in page


def test_two_maps_on_one_page_do_not_share_an_id() -> None:
    both = render(draw(two_villages(), dom_id="one")) + render(draw(two_villages(), dom_id="two"))
    ids = re.findall(r'\sid="([^"]+)"', both)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="|url\()#([\w-]+)', both)) <= set(ids)


def test_a_name_from_outside_cannot_write_markup() -> None:
    page = render(
        draw([AreaOnMap("v1", "<b>石门", EAST_HALF, rating=1, href='/"><script>', title="<script>")])
    )
    assert "<script" not in page and "<b>石门" not in page


def test_a_drawing_of_no_geometry_at_all_has_no_paths() -> None:
    assert bounds_of([]) is None
    assert draw([AreaOnMap("v1", "石门", None)]).areas[0].path == ""
