"""Generates the map of the fictional demo township Yunling: drainage, roads, villages, sites and relief.

Run `python scripts/make_demo_map.py` to rewrite src/fenghuo/desk/site/demo/map; the same seed gives
the same files. Borders lie where two villages are equally far by a walk that avoids high ground, so they
follow ridges; each stretch of border is drawn once and shared by both sides.
"""

import argparse
import heapq
import itertools
import json
import math
from collections.abc import Sequence
from pathlib import Path

import contourpy
import numpy as np
import shapely
from demo_terrain import (
    CENTRE,
    COVER,
    FRAME,
    KM_PER_DEGREE,
    NEIGHBOURS,
    Cell,
    Grid,
    Terrain,
    blur,
    fractal,
    in_frame,
    lon_lat,
    relief,
    smooth,
    soften,
    wear_down,
)
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon
from shapely.ops import linemerge, polygonize, unary_union

OUT = Path(__file__).resolve().parent.parent / "src/fenghuo/desk/site/demo/map"
SEED = 20
TOWNSHIP = {"name": "云岭镇", "name_en": "Yunling", "code": "110199100000"}
VILLAGES = (  # name, English name, place in the frame (right, down; 0 to 1)
    ("石门", "Shimen", 0.16, 0.48), ("青石岭", "Qingshiling", 0.25, 0.25), ("白云", "Baiyun", 0.40, 0.28),
    ("大榆树", "Dayushu", 0.55, 0.15), ("下河", "Xiahe", 0.63, 0.36), ("南坡", "Nanpo", 0.81, 0.33),
    ("黄土梁", "Huangtuliang", 0.69, 0.57), ("柳树沟", "Liushugou", 0.86, 0.60),
    ("碾子湾", "Nianziwan", 0.72, 0.80), ("双泉", "Shuangquan", 0.49, 0.81), ("上河", "Shanghe", 0.43, 0.53),
    ("枣园", "Zaoyuan", 0.28, 0.75),
)  # fmt: skip
ROADS = (  # name, English name, kind, villages it serves; None is the edge of the map
    ("云岭路", "Yunling Road", "main", (None, "石门", "上河", "下河", "柳树沟", None)),
    ("岭北路", "North Road", "minor", ("石门", "青石岭", "白云", "大榆树", "下河", "南坡", "柳树沟")),
    ("岭南路", "South Road", "minor", ("上河", "枣园", "双泉", "碾子湾", "黄土梁", "下河")),
)
SITES = (  # kind, how it lies, name endings, the villages that have one
    ("village_hall", "seat", "村委会", "Village Committee", range(12)),
    ("forest_block", "high", "林班", "Forest Block", range(12)),
    ("checkpoint", "road", "护林检查站", "Forest Checkpoint", (0, 1, 2, 3, 5, 7, 8, 11)),
    ("school", "seat", "小学", "Primary School", (0, 3, 6, 10, 11)),
    ("enterprise", "low", "果品加工厂", "Fruit Processing Works", (0, 4, 7, 9, 11)),
    ("shop", "seat", "便民超市", "Convenience Shop", (1, 2, 5, 8, 10)),
    ("lodging", "low", "山居民宿", "Mountain Guesthouse", (1, 2, 3, 9)),
    ("warehouse", "low", "农资仓库", "Farm Supplies Warehouse", (4, 6, 11)),
    ("petrol_station", "road", "加油站", "Petrol Station", (4, 10)),
    ("power", "low", "变电站", "Substation", (6, 10)),
    ("scenic", "high", "峡谷景区", "Gorge Scenic Area", (0, 2)),
)


def streams(land: Terrain, least: float = 1.6) -> list[dict]:
    """Channels that drain at least `least` km², cut where they meet; `width` grows with what they drain."""
    flat, receiver, cols = land.area.ravel(), land.receiver, land.z.shape[1]
    wet = np.flatnonzero((flat >= least) & (receiver != np.arange(flat.size)))
    feeders = np.bincount(receiver[wet], minlength=flat.size)
    features = []
    for start in wet[feeders[wet] != 1].tolist():
        chain = [start, int(receiver[start])]
        while feeders[chain[-1]] == 1 and receiver[chain[-1]] != chain[-1]:
            chain.append(int(receiver[chain[-1]]))
        line = LineString(soften([land.xy(*divmod(i, cols)) for i in chain], 2))
        river = flat[start] > 150
        about = {
            "kind": "river" if river else "stream",
            "width": round(1 + math.log10(flat[chain[-2]] / least), 1),
        }
        if river:
            about |= {"name": "云岭河", "name_en": "Yunling River"}
        features += [feature(part, about) for part in clip_lines(line, 0.01)]
    return features


def clip_lines(line: LineString, tolerance: float) -> list[LineString]:
    frame = shapely.box(-COVER[0] / 2, -COVER[1] / 2, COVER[0] / 2, COVER[1] / 2)
    parts = shapely.get_parts(line.simplify(tolerance).intersection(frame)).tolist()
    return [part for part in parts if isinstance(part, LineString) and not part.is_empty]


def spread(cost: Grid, sources: Sequence[Cell], climb: Grid | None = None) -> tuple[Grid, NDArray, NDArray]:
    """Cheapest distance from the nearest source, which source that is, and the cell one comes from.

    A step costs its length times the mean `cost` of its ends; with `climb` (heights in cell lengths) a
    steep step costs more by the square of its slope.
    """
    rows, cols = cost.shape
    price, high = cost.ravel().tolist(), None if climb is None else climb.ravel().tolist()
    far, owner, back = [math.inf] * len(price), [-1] * len(price), [-1] * len(price)
    heap = []
    for k, (row, col) in enumerate(sources):
        far[row * cols + col], owner[row * cols + col] = 0.0, k
        heap.append((0.0, row * cols + col))
    while heap:
        d, i = heapq.heappop(heap)
        if d > far[i]:
            continue
        row, col = divmod(i, cols)
        for a, b in NEIGHBOURS:
            if not (0 <= row + a < rows and 0 <= col + b < cols):
                continue
            j = i + a * cols + b
            length = math.hypot(a, b)
            step = length * (price[i] + price[j]) / 2
            if high is not None:
                step *= 1 + 250 * ((high[j] - high[i]) / length) ** 2
            if d + step < far[j]:
                far[j], owner[j], back[j] = d + step, owner[i], i
                heapq.heappush(heap, (d + step, j))
    return np.array(far).reshape(cost.shape), np.array(owner).reshape(cost.shape), np.array(back)


def seats(land: Terrain) -> dict[str, Cell]:
    """The lowest gentle place near each village's point in the sketch, a little above the water."""
    slope = np.hypot(*np.gradient(land.z, land.cell * 1000))
    reach = round(0.4 / land.cell)
    found = {}
    for name, _, right, down in VILLAGES:
        row, col = land.at(*in_frame(right, down))
        window = (slice(row - reach, row + reach + 1), slice(col - reach, col + reach + 1))
        score = land.z[window] + 400 * slope[window] + 80 * (land.area[window] > 100)
        dr, dc = np.unravel_index(np.argmin(score), score.shape)
        found[name] = (row - reach + int(dr), col - reach + int(dc))
    return found


def roads(land: Terrain, at: dict[str, Cell]) -> list[dict]:
    """Cheapest ways between neighbours on each road's list; they follow valleys and share what is built."""
    cols = land.z.shape[1]
    cost = 1 + 6.0 * (land.area > 100)
    height = land.z / (land.cell * 1000)
    edges = [
        land.at(-COVER[0] / 2 - 0.3, in_frame(0, 0.60)[1]),
        land.at(COVER[0] / 2 + 0.3, in_frame(0, 0.55)[1]),
    ]
    features = []
    for name, name_en, kind, stops in ROADS:
        ends = [edges[0 if k == 0 else 1] if stop is None else at[stop] for k, stop in enumerate(stops)]
        built = []
        for a, b in itertools.pairwise(ends):
            *_, back = spread(cost, [a], height)
            way = [b[0] * cols + b[1]]
            while way[-1] != a[0] * cols + a[1]:
                way.append(int(back[way[-1]]))
            built.append(way)
            fresh = LineString(soften([land.xy(*divmod(i, cols)) for i in way], 3))
            features += [
                feature(part, {"name": name, "name_en": name_en, "kind": kind})
                for part in clip_lines(fresh, 0.01)
            ]
        for way in built:
            cost.ravel()[way] = 0.35
    return features


def territories(land: Terrain, at: dict[str, Cell]) -> list[Polygon]:
    """One polygon a village; neighbours share every vertex of their border, in degrees of 5 decimals.

    Towns around the township take part as rivals, so that the outer border follows ridges as well.
    """
    above = np.maximum(land.z - blur(land.z, 0.9 / land.cell), 0)
    cost = 1 + above / 22 + np.abs(fractal(land.z.shape, np.random.default_rng(SEED), 1.6, 1.5 / land.cell))
    ring = [
        land.at(FRAME[0] * 0.56 * math.cos(t), FRAME[1] * 0.585 * math.sin(t))
        for t in np.linspace(0, 2 * math.pi, 34, endpoint=False)
    ]
    _, owner, _ = spread(cost, [*at.values(), *ring])
    cells = []
    for k in range(len(at)):
        # Whole numbers of half cells, so that squares that touch do so exactly.
        row, col = 2 * np.argwhere(owner == k).T
        squares = unary_union(shapely.box(col - 1, row - 1, col + 1, row + 1))
        cells.append(max(shapely.get_parts(squares), key=lambda part: part.area))
    lines = []
    for arc in shapely.get_parts(linemerge(unary_union([cell.exterior for cell in cells]))):
        steps = soften([land.xy(row / 2, col / 2) for col, row in arc.coords], 5)
        lines.append(LineString(lon_lat(LineString(steps).simplify(0.008).coords)))
    faces = list(polygonize(lines))
    kept = []
    for row, col in at.values():
        seat = Point(lon_lat([land.xy(row, col)])[0])
        kept += [shapely.normalize(face) for face in faces if face.contains(seat)]
    if len(kept) != len(at) or len(faces) != len(at) or not shapely.coverage_is_valid(kept):
        raise SystemExit(f"{len(faces)} faces for {len(at)} villages: choose another seed")
    return kept


def villages(land: Terrain, at: dict[str, Cell]) -> list[dict]:
    y, x = np.mgrid[: land.z.shape[0], : land.z.shape[1]]
    centres = shapely.points(lon_lat(np.column_stack([v.ravel() for v in land.xy(y, x)])))
    features = []
    for k, (polygon, (name, name_en, *_)) in enumerate(zip(territories(land, at), VILLAGES, strict=True), 1):
        shapely.prepare(polygon)
        height = land.z.ravel()[shapely.contains(polygon, centres)].mean()
        heart = shapely.maximum_inscribed_circle(polygon, 0.0005).coords[0]
        features.append({
            "type": "Feature",
            "properties": {
                "code": f"110199100{200 + k}", "name": name, "name_en": name_en,
                "elevation": round(float(height)), "label": [round(v, 5) for v in heart],
                "seat": lon_lat([land.xy(*at[name])])[0],
            },
            "geometry": json.loads(shapely.to_geojson(polygon)),
        })  # fmt: skip
    return features


def sites(
    land: Terrain, at: dict[str, Cell], areas: list[dict], ways: list[dict], rng: np.random.Generator
) -> list[dict]:
    """The township's fictional places, each inside its village and where such a place would stand."""
    network = unary_union([shapely.from_geojson(json.dumps(way["geometry"])) for way in ways])
    km = np.array(KM_PER_DEGREE)
    features = []
    for kind, lies, ending, ending_en, owners in SITES:
        for k in owners:
            about = areas[k]["properties"]
            polygon = shapely.from_geojson(json.dumps(areas[k]["geometry"]))
            inner = polygon.buffer(-0.003)
            seat = np.array(about["seat"])
            if lies == "seat":
                tries = seat + rng.normal(0, 0.35, (40, 2)) / km
            elif lies == "road":
                way = network.intersection(inner)
                tries = np.array(
                    [way.interpolate(t, normalized=True).coords[0] for t in rng.uniform(size=40)]
                )
            else:
                west, south, east, north = inner.bounds
                tries = rng.uniform((west, south), (east, north), (60, 2))
            tries = tries[shapely.contains_xy(inner, tries)]
            heights = [land.z[land.at(*((t - CENTRE) * km))] for t in tries]
            pick = {"high": np.argmax, "low": np.argmin}.get(lies, lambda _: 0)(heights)
            features.append({
                "type": "Feature",
                "properties": {
                    "id": f"YL-{len(features) + 1:03d}", "village": about["code"], "kind": kind,
                    "name": about["name"] + ending, "name_en": f"{about['name_en']} {ending_en}",
                    "elevation": round(float(heights[pick])),
                },
                "geometry": {"type": "Point", "coordinates": [round(float(v), 5) for v in tries[pick]]},
            })  # fmt: skip
    return features


def contours(land: Terrain, every: int = 100) -> list[dict]:
    """Height lines every `every` m over the frame; every fifth is an index line, tiny rings are left out."""
    rows, cols = land.z.shape
    x, y = land.xy(np.arange(rows), np.arange(cols))[0], land.xy(np.arange(rows), np.arange(cols))[1]
    maker = contourpy.contour_generator(x, y, blur(land.z, 1.6))
    features = []
    for level in range(every, int(land.z.max()), every):
        for points in maker.lines(level):
            line = LineString(smooth(points, 1))
            for part in clip_lines(line, 0.014) if line.length > 1.5 else []:
                features.append(feature(part, {"height": level, "index": level % (5 * every) == 0}))
    return features


def feature(line: LineString, about: dict) -> dict:
    return {
        "type": "Feature",
        "properties": about,
        "geometry": {"type": "LineString", "coordinates": lon_lat(line.coords)},
    }


def build(out: Path, cell: float = 0.1) -> None:
    """Write the whole map to `out`; `cell` is the terrain grid in km (coarser is quicker and cruder)."""
    rng = np.random.default_rng(SEED)
    land = wear_down(rng, cell)
    at = seats(land)
    areas, ways = villages(land, at), roads(land, at)
    layers = {
        "villages": areas,
        "streams": streams(land),
        "roads": ways,
        "contours": contours(land),
        "sites": sites(land, at, areas, ways, rng),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, features in layers.items():
        collection = {"type": "FeatureCollection", "features": features}
        if name == "villages":
            collection["township"] = TOWNSHIP
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
        (out / f"{name}.geojson").write_text(
            text.replace('{"type":"Feature",', '\n{"type":"Feature",') + "\n"
        )
    relief(land, rng).save(out / "relief.webp", quality=86, method=6)
    (west, south), (east, north) = lon_lat([(-COVER[0] / 2, -COVER[1] / 2), (COVER[0] / 2, COVER[1] / 2)], 6)
    (out / "relief.json").write_text(
        json.dumps({"image": "relief.webp", "bounds": [west, south, east, north]}) + "\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    parser.add_argument(
        "--cell", type=float, default=0.1, help="grid of the terrain in km; 0.2 is a quick sketch"
    )
    asked = parser.parse_args()
    build(asked.out, asked.cell)


if __name__ == "__main__":
    main()
