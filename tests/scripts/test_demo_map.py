"""The demo township's map: villages that touch, water that flows, sites where they say they are."""

import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import shapely
from PIL import Image
from shapely.geometry import shape

from fenghuo.desk.places.models import Site

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src/fenghuo/desk/site/demo/map"
NAMES = [
    "石门",
    "青石岭",
    "白云",
    "大榆树",
    "下河",
    "南坡",
    "黄土梁",
    "柳树沟",
    "碾子湾",
    "双泉",
    "上河",
    "枣园",
]


def features(folder: Path, layer: str) -> list[dict]:
    return json.loads((folder / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]


def sketch(out: Path) -> Path:
    script = [sys.executable, str(ROOT / "scripts/make_demo_map.py"), "--cell", "0.25", "--out", str(out)]
    subprocess.run(script, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def sketched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sketch(tmp_path_factory.mktemp("map"))


@pytest.fixture(params=["shipped", "freshly made"])
def folder(request: pytest.FixtureRequest, sketched: Path) -> Path:
    return SHIPPED if request.param == "shipped" else sketched


def test_the_same_seed_makes_the_same_map(sketched: Path, tmp_path: Path) -> None:
    again = sketch(tmp_path)
    for path in sketched.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_twelve_villages_fill_the_township_without_gap_or_overlap(folder: Path) -> None:
    villages = features(folder, "villages")
    polygons = [shape(village["geometry"]) for village in villages]
    assert [village["properties"]["name"] for village in villages] == NAMES
    assert [village["properties"]["code"] for village in villages] == [
        f"110199100{k}" for k in range(201, 213)
    ]
    assert all(polygon.is_valid for polygon in polygons)
    assert all(a.intersection(b).area == 0 for a, b in combinations(polygons, 2))
    township = shapely.union_all(polygons)
    assert township.geom_type == "Polygon" and not township.interiors
    assert sum(polygon.area for polygon in polygons) == pytest.approx(township.area, rel=1e-12)


def test_neighbours_share_every_vertex_of_their_border(folder: Path) -> None:
    polygons = [shape(village["geometry"]) for village in features(folder, "villages")]
    assert shapely.coverage_is_valid(polygons)
    outer = set(shapely.union_all(polygons).exterior.coords)
    owners = Counter(place for polygon in polygons for place in set(polygon.exterior.coords))
    assert all(count >= 2 for place, count in owners.items() if place not in outer)


def test_a_village_is_labelled_and_settled_inside_itself(folder: Path) -> None:
    for village in features(folder, "villages"):
        polygon, about = shape(village["geometry"]), village["properties"]
        assert shapely.contains_xy(polygon, [about["label"], about["seat"]]).all(), about["name"]
        assert 100 < about["elevation"] < 2000


def test_no_stream_ends_in_a_field(folder: Path) -> None:
    lines = [stream["geometry"]["coordinates"] for stream in features(folder, "streams")]
    starts_and_turns = {tuple(place) for line in lines for place in line[:-1]}
    west, south, east, north = json.loads((folder / "relief.json").read_text())["bounds"]
    inside = shapely.box(west + 1e-4, south + 1e-4, east - 1e-4, north - 1e-4)
    for line in lines:
        assert tuple(line[-1]) in starts_and_turns or not shapely.contains_xy(inside, *line[-1]), line[-1]


def test_the_river_crosses_the_township_and_a_road_reaches_every_village(folder: Path) -> None:
    polygons = [shape(village["geometry"]) for village in features(folder, "villages")]
    streams = features(folder, "streams")
    river = shapely.union_all([shape(s["geometry"]) for s in streams if s["properties"]["kind"] == "river"])
    edge = shapely.union_all(polygons).exterior
    assert river.intersection(edge).geom_type == "MultiPoint"
    roads = shapely.union_all([shape(road["geometry"]) for road in features(folder, "roads")])
    assert all(roads.intersects(polygon) for polygon in polygons)


def test_sixty_sites_stand_in_the_village_they_name(folder: Path) -> None:
    village = {v["properties"]["code"]: v for v in features(folder, "villages")}
    sites = features(folder, "sites")
    assert len({site["properties"]["id"] for site in sites}) == 60
    assert {site["properties"]["kind"] for site in sites} == set(Site.Kind.values)
    for site in sites:
        about, home = site["properties"], village[site["properties"]["village"]]
        assert shape(home["geometry"]).contains(shape(site["geometry"])), about["id"]
        assert about["name"].startswith(home["properties"]["name"])
        assert about["name_en"].startswith(home["properties"]["name_en"])
    heights = [site["properties"]["elevation"] for site in features(folder, "sites")]
    assert all(50 < height < 2000 for height in heights) and len(set(heights)) > 30


def test_the_shipped_map_is_light_and_its_relief_covers_the_township() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.glob("*.geojson")) < 1_000_000
    assert (SHIPPED / "relief.webp").stat().st_size < 250_000
    about = json.loads((SHIPPED / "relief.json").read_text())
    township = shapely.union_all([shape(v["geometry"]) for v in features(SHIPPED, "villages")])
    assert shapely.box(*about["bounds"]).contains(township)
    width, height = Image.open(SHIPPED / about["image"]).size
    assert 1000 <= width <= 1600 and 0.7 < height / width < 0.85
