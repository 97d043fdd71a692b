"""Reads the score tables of LY/T 1172-1995 from their file: the shipped one, or a user's own of the same format.

A file is taken whole or not at all. What is checked: every factor is there with its source and provenance;
bounds rise; each row has one score, whole and not negative; scores move in the direction of the danger (up
with temperature, wind and days since rain; down with humidity and with the amount of rain).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from fenghuo.core.danger.data_file import Faults, is_number, read_toml
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.lyt1172_table import (
    FACTORS,
    Cover,
    CoverTable,
    RainRow,
    RainTable,
    Steps,
    Table,
)

_UNITS = {"temperature": "°C", "humidity": "%", "wind": "m/s"}


@cache
def national() -> Table:
    """Return the national table that ships with the program."""
    return load_table(files(__package__).joinpath("lyt1172.toml").read_bytes())


def load_table(source: Path | str | bytes) -> Table:
    """Return the table of a file (a `Path`) or of a file's text (str, bytes).

    Raises `UnusableDataFile` whose findings name every fault by factor (`column`) and rule.
    """
    data, faults = read_toml(source), Faults()
    faults.known(data, "", ("system", *FACTORS, "classes"))
    system = faults.section(data, "system", "system") or {}
    faults.known(system, "system", ("key", "name", "source"))
    table = Table(
        key=faults.text(system, "key", "system"),
        name=faults.name(system, "system"),
        source=faults.source(system, "system"),
        temperature=_steps(data, "temperature", faults, rising=True),
        humidity=_steps(data, "humidity", faults, rising=False),
        rain=_rain(data, faults),
        wind=_steps(data, "wind", faults, rising=True),
        cover=_cover(data, faults),
        **_classes(data, faults),
    )
    faults.refuse()
    return table


def _steps(data: Mapping[str, Any], key: str, faults: Faults, *, rising: bool) -> Steps:
    section = faults.section(data, key, key) or {}
    faults.known(section, key, ("name", "unit", "precision", "upper", "scores", "provenance", "source"))
    if not section:
        return Steps(key, Text("", ""), "", 1.0, (), (0,), "", Text("", ""))
    upper = faults.numbers(section, "upper", key)
    faults.rising(upper, f"{key}.upper")
    scores = _whole(section.get("scores"), f"{key}.scores", faults)
    if scores and upper and len(scores) != len(upper) + 1:
        faults.add(
            "one-score-a-row",
            f"{key}.scores",
            list(scores),
            Text(
                f"{len(upper)} bounds make {len(upper) + 1} rows, but there are {len(scores)} scores.",
                f"{len(upper)} 个上限分成 {len(upper) + 1} 档，却有 {len(scores)} 个分值。",
            ),
            Text(
                "Give one score for each row, the last without a bound.",
                "请每档给一个分值，最后一档没有上限。",
            ),
        )
    if list(scores) != sorted(scores, reverse=not rising):
        faults.add(
            "wrong-direction",
            f"{key}.scores",
            list(scores),
            Text("The scores move against the danger.", "分值与火险的增减方向相反。"),
            Text(
                f"They must {'rise' if rising else 'fall'} from the first row to the last.",
                f"从第一档到最后一档应逐档{'增大' if rising else '减小'}。",
            ),
        )
    unit = faults.text(section, "unit", key)
    if unit and unit != _UNITS[key]:
        faults.add(
            "other-unit",
            f"{key}.unit",
            unit,
            Text(f"The bounds must be in {_UNITS[key]}.", f"上限的单位应为 {_UNITS[key]}。"),
            Text("Convert the bounds.", "请换算各上限。"),
        )
    return Steps(
        key,
        faults.name(section, key),
        unit,
        _precision(section, key, faults),
        upper,
        scores,
        faults.provenance(section, key),
        faults.source(section, key),
    )


def _precision(section: Mapping[str, Any], key: str, faults: Faults) -> float:
    return faults.number(section, "precision", key, least=0.001) or 1.0


_RAIN_KEYS = (
    "name",
    "unit",
    "precision",
    "least",
    "within_days",
    "none",
    "most",
    "rows",
    "provenance",
    "source",
)
_ROW_KEYS = ("upper", "base", "per_day", "free_days")


def _rain(data: Mapping[str, Any], faults: Faults) -> RainTable:
    section = faults.section(data, "rain", "rain") or {}
    if not section:
        return RainTable(Text("", ""), 0.1, 0.0, 0, 0, 0, (RainRow(math.inf, 0, 0, 0),), "", "")
    faults.known(section, "rain", _RAIN_KEYS)
    counts = {}
    for key, most in (("within_days", 60), ("none", 1000), ("most", 1000)):
        value = section.get(key)
        if not _is_count(value) or value > most:
            faults.add(
                "not-a-count",
                f"rain.{key}",
                value,
                Text(
                    f"'{key}' must be a whole number from 0 to {most}.", f"“{key}”应为 0 至 {most} 的整数。"
                ),
                Text(f"Write {key} = … with that number.", f"请写 {key} = … 。"),
            )
        counts[key] = value if _is_count(value) and value <= most else 0
    rows = _rain_rows(section.get("rows"), faults)
    table = RainTable(
        name=faults.name(section, "rain"),
        precision=_precision(section, "rain", faults),
        least=faults.number(section, "least", "rain", least=0.0),
        rows=rows,
        provenance=faults.provenance(section, "rain"),
        source=faults.source(section, "rain"),
        **counts,
    )
    faults.rising([table.least, *(row.upper for row in rows)], "rain.rows.upper")
    heavier = zip(range(len(rows)), range(1, len(rows)), strict=False)
    days = range(table.within_days + 1)
    if any(table.score(high, n) > table.score(low, n) for low, high in heavier for n in days) or any(
        table.score(row, n) > table.none for row in range(len(rows)) for n in days
    ):
        faults.add(
            "wrong-direction",
            "rain.rows",
            section.get("rows"),
            Text(
                "More rain must not score higher than less rain, nor rain higher than none, on the same day.",
                "相同天数下，降水多的分值不应高于降水少的，有降水的不应高于无降水的。",
            ),
            Text("Compare the rows with the printed table.", "请与印行的表逐行核对。"),
        )
    return table


def _rain_rows(value: object, faults: Faults) -> tuple[RainRow, ...]:
    rows = []
    entries = value if isinstance(value, list) else []
    for number, entry in enumerate(entries, start=1):
        place, last = f"rain.rows[{number}]", number == len(entries)
        if not isinstance(entry, Mapping):
            entry = {}
        faults.known(entry, place, _ROW_KEYS)
        whole = [entry.get(key) for key in _ROW_KEYS[1:]]
        bounded = is_number(entry.get("upper"))
        if not all(map(_is_count, whole)) or bounded == last:
            faults.add(
                "incomplete-row",
                place,
                dict(entry),
                Text(
                    "A row of rain has base, per_day and free_days as whole numbers, and all but the last an upper.",
                    "降水的每一行应有整数 base、per_day、free_days，除最后一行外还应有 upper。",
                ),
                Text("Complete the row; the last has no upper.", "请补全此行，最后一行不写 upper。"),
            )
            continue
        rows.append(RainRow(math.inf if last else float(entry["upper"]), *whole))
    if not entries:
        faults.add(
            "missing-rows",
            "rain.rows",
            value,
            Text("The rows of the rain table are not there.", "缺少降水表的各行。"),
            Text("Give one row for each range of rain.", "请为每档降水量写一行。"),
        )
    return tuple(rows) or (RainRow(math.inf, 0, 0, 0),)


def _cover(data: Mapping[str, Any], faults: Faults) -> CoverTable:
    section = faults.section(data, "cover", "cover") or {}
    if not section:
        return CoverTable(Text("", ""), (), "", "")
    faults.known(section, "cover", ("name", "categories", "provenance", "source"))
    categories = []
    entries = section.get("categories")
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        place = f"cover.categories[{number}]"
        if not isinstance(entry, Mapping):
            entry = {}
        faults.known(entry, place, ("key", "name", "green", "snow", "score"))
        (score,) = _whole([entry.get("score")], f"{place}.score", faults) or (0,)
        categories.append(
            Cover(
                faults.text(entry, "key", place),
                faults.name(entry, place),
                faults.number(entry, "green", place, least=0.0),
                faults.number(entry, "snow", place, least=0.0),
                score,
            )
        )
    rising = [(c.green, c.snow, c.score) for c in categories]
    strictly = all(
        one < other for low, high in pairwise(rising) for one, other in zip(low, high, strict=True)
    )
    begins = bool(categories) and categories[0].key == "none" and rising[0] == (0.0, 0.0, 0)
    if not begins or not strictly:
        faults.add(
            "cover-from-none",
            "cover.categories",
            [c.key for c in categories],
            Text(
                "The categories must begin at 'none' with no green, no snow, score 0, and rise in all three.",
                "各类应从 none(无绿色、无积雪、分值 0)起，三项逐类增大。",
            ),
            Text("Put them in rising order.", "请从少到多排列。"),
        )
    return CoverTable(
        faults.name(section, "cover"),
        tuple(categories),
        faults.provenance(section, "cover"),
        faults.source(section, "cover"),
    )


def _classes(data: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    section = faults.section(data, "classes", "classes") or {}
    if not section:
        return {"class_upper": (), "class_provenance": "", "class_source": Text("", "")}
    faults.known(section, "classes", ("upper", "provenance", "source"))
    upper = faults.numbers(section, "upper", "classes")
    faults.rising(upper, "classes.upper")
    if upper and len(upper) != 4:
        faults.add(
            "five-classes",
            "classes.upper",
            list(upper),
            Text("Five classes need four bounds.", "五个等级需要四个上限。"),
            Text("Give the highest sum of classes 1, 2, 3 and 4.", "请给出一至四级各自的最高分。"),
        )
    return {
        "class_upper": upper,
        "class_provenance": faults.provenance(section, "classes"),
        "class_source": faults.source(section, "classes"),
    }


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _whole(value: object, place: str, faults: Faults) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or not all(_is_count(v) and v <= 1000 for v in value):
        faults.add(
            "whole-scores",
            place,
            value,
            Text("Scores are whole numbers from 0 to 1000.", "分值应为 0 至 1000 的整数。"),
            Text("Write scores = [0, 4, 8] with your numbers.", "请写成 [0, 4, 8] 的形式。"),
        )
        return ()
    return tuple(value)
