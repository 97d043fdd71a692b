"""How fast 100,000 places are told whether they lie in an alert, beside loops of shapely calls.

    python -m benchmarks.cap_areas [--quick]

One alert with two polygons of 100 corners and a circle, places spread over China's width. The loops ask
shapely for one place at a time: plainly, and with the geometry prepared; to them the circle is a polygon of
10 m error, so answers may differ within that of its edge, and nowhere else. Also: 200 alerts at once, and
simplifying 36 neighbours of some 2,000 corners each to 100.
"""

from __future__ import annotations

import argparse
import math
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from benchmarks import measure
from fenghuo.core import cap
from fenghuo.core.cap import geometry

PLACES = 100_000
CORNERS = 100


def star(draw: np.random.Generator, x: float, y: float, reach: float) -> shapely.Polygon:
    """A ragged polygon of 99 corners round a place [°]."""
    angle = np.linspace(0, 2 * math.pi, CORNERS - 1, endpoint=False)
    far = reach * draw.uniform(0.7, 1.0, CORNERS - 1)
    return shapely.Polygon(np.column_stack([x + far * np.cos(angle), y + far * np.sin(angle)]))


def alert_of(areas: list[cap.Area]) -> cap.Alert:
    """An alert for some areas."""
    info = cap.Info(
        categories=(cap.Category.FIRE,),
        event="forest fire danger",
        urgency=cap.Urgency.EXPECTED,
        severity=cap.Severity.SEVERE,
        certainty=cap.Certainty.LIKELY,
        areas=tuple(areas),
    )
    return cap.Alert(
        identifier="benchmark",
        sender="duty@township.example",
        sent=datetime(2025, 4, 3, 6, 30, tzinfo=UTC),
        status=cap.Status.TEST,
        msg_type=cap.MsgType.ALERT,
        scope=cap.Scope.PUBLIC,
        infos=(info,),
    )


def point_in_alert(runs: int) -> dict[str, Any]:
    """Time one alert against 100,000 places; print the table and return the ratios and rates."""
    draw = np.random.default_rng(5)
    latitude, longitude = draw.uniform(18, 54, PLACES), draw.uniform(73, 135, PLACES)
    stars = [star(draw, 105, 36, 8), star(draw, 118, 42, 3)]
    area = cap.Area(
        description="benchmark",
        polygons=tuple(polygon for each in stars for polygon in geometry.polygons_of(each)),
        circles=(cap.Circle(cap.Point(26.0, 110.0), 300.0),),
    )
    alert = alert_of([area])
    plain, prepared = (geometry.shape_of(alert) for _ in range(2))
    shapely.prepare(prepared)
    places = list(zip(longitude.tolist(), latitude.tolist(), strict=True))
    answers: dict[str, Any] = {}

    def ours() -> None:
        answers["ours"] = geometry.contains(alert, latitude, longitude)

    def loop(shape: shapely.Geometry, name: str) -> None:
        answers[name] = np.array([shape.intersects(shapely.Point(x, y)) for x, y in places])

    programs = {
        "fenghuo contains": ours,
        "loop, prepared": lambda: loop(prepared, "prepared"),
        "loop": lambda: loop(plain, "loop"),
    }
    taken = measure.in_turn(runs, programs)
    apart = geometry.distance(26.0, 110.0, latitude, longitude)
    differ = answers["ours"] != answers["loop"]
    assert (np.abs(apart[differ] - 300_000.0) <= 10.0).all(), "answers differ away from the circle's edge"
    rows = [
        [name, 1e3 * float(np.median(each)), PLACES / float(np.median(each))] for name, each in taken.items()
    ]
    measure.table(rows, [f"{PLACES:,} places in an alert", "ms", "places/s"])
    return {
        "point_in_alert_vs_loop": round(measure.ratio(taken["fenghuo contains"], taken["loop"]), 1),
        "point_in_alert_vs_prepared_loop": round(
            measure.ratio(taken["fenghuo contains"], taken["loop, prepared"]), 1
        ),
    }


def many_alerts(runs: int) -> float:
    """Time 200 alerts against 100,000 places [s]."""
    draw = np.random.default_rng(6)
    latitude, longitude = draw.uniform(18, 54, PLACES), draw.uniform(73, 135, PLACES)
    spots = draw.uniform((75, 20, 0.3), (133, 52, 3.0), (200, 3))
    alerts = [
        alert_of([cap.Area(description="x", polygons=geometry.polygons_of(star(draw, *spot)))])
        for spot in spots
    ]
    return measure.median_of(runs, lambda: geometry.which(alerts, latitude, longitude))


def simplifying(runs: int) -> tuple[float, geometry.Simplified, int]:
    """Time neighbours made smaller together [s]; also what came out, and how many corners went in."""
    draw = np.random.default_rng(7)
    areas = [
        cap.Area(description=str(number), polygons=geometry.polygons_of(face))
        for number, face in enumerate(villages(draw, 6, 9))
    ]
    made: list[geometry.Simplified] = []
    seconds = measure.median_of(runs, lambda: made.append(geometry.simplify(areas, CORNERS)))
    return seconds, made[-1], sum(len(each.points) for area in areas for each in area.polygons)


def villages(draw: np.random.Generator, wide: int, halvings: int) -> list[shapely.Polygon]:
    """Neighbours with wriggling borders in common, each some 2,000 corners at nine halvings."""
    spots = {(i, j): np.array([116 + i / 2, 40 + j / 2]) for i in range(wide + 1) for j in range(wide + 1)}
    lines = []
    for i, j in spots:
        for ahead in ((i + 1, j), (i, j + 1)):
            if ahead in spots:
                line = [spots[i, j], spots[ahead]]
                for _ in range(halvings):
                    new = [line[0]]
                    for a, b in pairwise(line):
                        across = np.array([a[1] - b[1], b[0] - a[0]])
                        new += [(a + b) / 2 + across * draw.normal(0, 0.08), b]
                    line = new
                lines.append(shapely.LineString(line))
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=1e-5)]))
    return [each for each in faces if each.area > 0.05]


def main() -> None:
    """Measure, print tables and the last line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs, under a minute")
    quick = parser.parse_args().quick
    ratios = point_in_alert(3 if quick else 9)
    alerts = many_alerts(3 if quick else 9)
    seconds, done, corners = simplifying(1 if quick else 3)
    print()
    measure.table(
        [
            ["200 alerts × 100,000 places", alerts],
            [f"36 neighbours, {corners:,} corners to 100 each", seconds],
        ],
        ["", "s"],
    )
    measure.finish(
        ratios,
        seconds={"which_200_alerts": round(alerts, 3), "simplify": round(seconds, 2)},
        simplified={"from": corners, "to": done.vertices, "error_metres": round(done.error_metres)},
    )


if __name__ == "__main__":
    main()
