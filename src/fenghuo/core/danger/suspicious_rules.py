"""The rules by which possible readings of a station are suspicious, each with the words and the advice of its finding.

All thresholds and their reasons lie in `suspicious.toml`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from statistics import quantiles
from typing import Any

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.weather import relative_humidity

# A pause in the record ends a run; synoptic stations report every third hour.
LONGEST_STEP = timedelta(hours=3)
FEWEST_OF_A_RUN = 6

_QUANTITIES = ("temperature", "humidity", "dew_point", "wind", "rain")


@cache
def thresholds() -> dict[str, Any]:
    """Return the thresholds by rule, each with its `reason`."""
    return tomllib.loads(files(__package__).joinpath("suspicious.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A span of readings under one suspicion; `quantity` is empty where it is about their time."""

    rule: str
    quantity: str
    first: Observation
    last: Observation
    what: Text
    fix: Text
    value: str = ""
    more: int = 0


_SENSOR = Text(
    "Check the sensor; leave the cells empty where it failed.", "请检查传感器；故障时段的数据请留空。"
)
_VALUE = Text("Compare with the original record or a neighbouring station.", "请与原始记录或邻近站核对。")
_UNIT = Text(
    "Check the sensor and the unit in the header.",
    "请检查传感器，并核对表头单位。",
)


def suspicions(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    """Yield what every rule has against the readings of one station, which stand in order of time."""
    yield from _twice(rows)
    yield from _stuck(rows, daily)
    yield from _calm(rows, daily)
    yield from _dry(rows, daily)
    yield from _heavy_rain(rows, daily)
    yield from _dew_points(rows, daily)
    yield from _out_of_season(rows, daily)
    if not daily:
        yield from _jumps(rows)
        yield from _saturated(rows)
        yield from _off_the_hour(rows)


def _twice(rows: Sequence[Observation]) -> Iterator[Suspicion]:
    for before, after in pairwise(rows):
        if before.utc != after.utc:
            continue
        different = [name for name in _QUANTITIES if getattr(before, name) != getattr(after, name)]
        if different:
            yield Suspicion(
                "suspicious-twice",
                different[0],
                before,
                after,
                Text(
                    "The same time is given twice with different values",
                    "同一时次有两组不同数值",
                ),
                Text("Keep the right one.", "请保留正确的一组。"),
                _shown(different[0], getattr(after, different[0])),
            )


def _spans(
    rows: Sequence[Observation], odd: Callable[[Observation], bool], daily: bool
) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each longest run of readings that are all `odd`, without a long pause."""
    step = timedelta(days=1) if daily else LONGEST_STEP
    start: int | None = None
    for index, one in enumerate(rows):
        if start is not None and (not odd(one) or one.utc - rows[index - 1].utc > step):
            yield start, index - 1
            start = None
        if start is None and odd(one):
            start = index
    if start is not None:
        yield start, len(rows) - 1


def _long(rows: Sequence[Observation], first: int, last: int, rule: Mapping[str, Any], daily: bool) -> bool:
    if daily:
        return last - first + 1 >= rule["days"]
    hours = (rows[last].utc - rows[first].utc) / timedelta(hours=1) + 1
    return hours >= rule["hours"] and last - first + 1 >= FEWEST_OF_A_RUN


def _lasting(rows: Sequence[Observation], first: int, last: int, daily: bool) -> Text:
    if daily:
        return Text(f"{last - first + 1} days", f"{last - first + 1} 天")
    hours = (rows[last].utc - rows[first].utc) / timedelta(hours=1) + 1
    return Text(f"{hours:.0f} hours", f"{hours:.0f} 小时")


def _stuck(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    for name, rule in thresholds()["stuck"].items():
        values = [getattr(one, name) for one in rows]
        low, high = rule.get("above", 0.0 if name == "wind" else None), rule.get("below")
        start = 0
        step = timedelta(days=1) if daily else LONGEST_STEP
        for index in range(1, len(rows) + 1):
            if (
                index < len(rows)
                and values[index] == values[start]
                and rows[index].utc - rows[index - 1].utc <= step
            ):
                continue
            value, first, last = values[start], start, index - 1
            start = index
            if value is None or last == first or not _long(rows, first, last, rule, daily):
                continue
            if (low is None or value > low) and (high is None or value < high):
                lasting = _lasting(rows, first, last, daily)
                words = BOUNDS[name].name
                yield Suspicion(
                    "suspicious-stuck",
                    name,
                    rows[first],
                    rows[last],
                    Text(
                        f"{words.en} stays at {_shown(name, value)} for {lasting.en}",
                        f"{words.zh}连续 {lasting.zh}均为 {_shown(name, value)}",
                    ),
                    _SENSOR,
                    _shown(name, value),
                )


def _calm(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    for first, last in _spans(rows, lambda one: one.wind == 0.0, daily):
        if _long(rows, first, last, thresholds()["calm"], daily):
            lasting = _lasting(rows, first, last, daily)
            yield Suspicion(
                "suspicious-calm",
                "wind",
                rows[first],
                rows[last],
                Text(f"No wind at all for {lasting.en}", f"连续 {lasting.zh}风速为 0"),
                _SENSOR,
                _shown("wind", 0.0),
            )


def _dry(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    limit = thresholds()["dry_air"]["percent"]
    for first, last in _spans(rows, lambda one: one.humidity is not None and one.humidity <= limit, daily):
        value = _shown("humidity", rows[first].humidity)
        yield Suspicion(
            "suspicious-dry-air",
            "humidity",
            rows[first],
            rows[last],
            Text(
                f"Relative humidity of {value}, {last - first + 1} reading(s)",
                f"相对湿度为 {value}，共 {last - first + 1} 个时次",
            ),
            _UNIT,
            value,
        )


def _heavy_rain(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    rule = thresholds()["heavy_rain"]
    limit = rule["millimetres_a_day"] if daily else rule["millimetres_an_hour"]
    for one in rows:
        if one.rain is not None and one.rain > limit:
            value = _shown("rain", one.rain)
            yield Suspicion(
                "suspicious-rain",
                "rain",
                one,
                one,
                Text(
                    f"{value} of rain in {'a day' if daily else 'an hour'}",
                    f"{'一天' if daily else '一小时'}降水 {value}",
                ),
                _UNIT,
                value,
            )


def _dew_points(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    rule = thresholds()["dew_point"]

    def deep(one: Observation) -> bool:
        if one.dew_point is None or one.temperature is None:
            return False
        return one.temperature - one.dew_point > rule["depression"]

    def at_odds(one: Observation) -> bool:
        expected = _expected(one)
        if deep(one) or not expected or one.humidity is None:
            return False
        return min(abs(value - one.humidity) for value in expected) > rule["disagreement"]

    for first, last in _spans(rows, deep, daily):
        one = rows[first]
        value, below = _shown("dew_point", one.dew_point), (one.temperature or 0.0) - (one.dew_point or 0.0)
        yield Suspicion(
            "suspicious-dew-point",
            "dew_point",
            one,
            rows[last],
            Text(
                f"Dew point {value} is {below:.1f} °C below the air", f"露点 {value}，比气温低 {below:.1f} °C"
            ),
            _UNIT,
            value,
        )
    for first, last in _spans(rows, at_odds, daily):
        one = rows[first]
        value, expected = _shown("humidity", one.humidity), _expected(one)[0]
        yield Suspicion(
            "suspicious-humidity",
            "humidity",
            one,
            rows[last],
            Text(
                f"Relative humidity {value} disagrees with the dew point, which gives {expected:.0f} %",
                f"相对湿度 {value} 与露点不符(由露点得 {expected:.0f} %)",
            ),
            _UNIT,
            value,
        )


def _expected(one: Observation) -> tuple[float, ...]:
    """Return the humidity [%] that the dew point means, below zero also if it is a frost point.

    Over ice e = 6.112 exp(22.46 t / (272.62 + t)), WMO-No. 8, volume I, annex 4.B.
    """
    if one.temperature is None or one.dew_point is None:
        return ()
    try:
        over_water = relative_humidity(one.temperature, one.dew_point)
    except ImpossibleWeather:
        return ()
    if one.dew_point >= 0.0:
        return (over_water,)
    t = one.dew_point
    return over_water, over_water * math.exp(22.46 * t / (272.62 + t) - 17.62 * t / (243.12 + t))


def _out_of_season(rows: Sequence[Observation], daily: bool) -> Iterator[Suspicion]:
    rule = thresholds()["season"]
    by_month: dict[int, list[float]] = {}
    for one in rows:
        if one.temperature is not None:
            by_month.setdefault(one.local.month, []).append(one.temperature)
    usual: dict[int, tuple[float, float]] = {}
    for month, values in by_month.items():
        if len(values) >= rule["readings"]:
            lower, _, upper = quantiles(values, n=4)
            reach = rule["spread"] * (upper - lower)
            if reach > 0:
                usual[month] = (lower - reach, upper + reach)

    def far_out(one: Observation) -> bool:
        low, high = usual.get(one.local.month, (-math.inf, math.inf))
        return one.temperature is not None and not low <= one.temperature <= high

    for first, last in _spans(rows, far_out, daily):
        one = rows[first]
        low, high = usual[one.local.month]
        value, span = _shown("temperature", one.temperature), f"{low:.0f}…{high:.0f} °C"
        yield Suspicion(
            "suspicious-season",
            "temperature",
            one,
            rows[last],
            Text(
                f"Temperature {value} is far from the others of this month here ({span})",
                f"气温 {value} 与本站该月其他记录相差悬殊({span})",
            ),
            _VALUE,
            value,
        )


def _jumps(rows: Sequence[Observation]) -> Iterator[Suspicion]:
    limit = thresholds()["jump"]["degrees"]
    hour = timedelta(hours=1)
    for before, after in pairwise(rows):
        if before.temperature is None or after.temperature is None:
            continue
        change = after.temperature - before.temperature
        if abs(change) > limit and timedelta(0) < after.utc - before.utc <= hour:
            yield Suspicion(
                "suspicious-jump",
                "temperature",
                after,
                after,
                Text(
                    f"Temperature goes from {before.temperature:g} to {after.temperature:g} °C within an hour",
                    f"一小时内气温由 {before.temperature:g} °C 变为 {after.temperature:g} °C",
                ),
                _VALUE,
                _shown("temperature", after.temperature),
            )


def _saturated(rows: Sequence[Observation]) -> Iterator[Suspicion]:
    rule = thresholds()["saturated"]

    def wet(one: Observation) -> bool:
        return one.humidity is not None and one.humidity >= rule["percent"]

    for first, last in _spans(rows, wet, daily=False):
        if not _long(rows, first, last, rule, daily=False):
            continue
        temperatures = [one.temperature for one in rows[first : last + 1] if one.temperature is not None]
        if temperatures and max(temperatures) - min(temperatures) >= rule["degrees"]:
            lasting = _lasting(rows, first, last, daily=False)
            yield Suspicion(
                "suspicious-saturated",
                "humidity",
                rows[first],
                rows[last],
                Text(
                    f"Relative humidity stays at 100 % for {lasting.en} while the temperature changes by "
                    f"{max(temperatures) - min(temperatures):.1f} °C",
                    f"相对湿度连续 {lasting.zh}为 100 %，而气温变化 "
                    f"{max(temperatures) - min(temperatures):.1f} °C",
                ),
                _SENSOR,
                "100 %",
            )


def _off_the_hour(rows: Sequence[Observation]) -> Iterator[Suspicion]:
    off = [one for one in rows if (one.utc.minute and one.local.minute) or one.utc.second]
    if off:
        yield Suspicion(
            "suspicious-off-the-hour",
            "",
            off[0],
            off[-1],
            Text(
                f"{len(off)} of {len(rows)} readings are not on the hour",
                f"{len(rows)} 个时次中有 {len(off)} 个不是整点",
            ),
            Text(
                "Noon takes the reading nearest to it; rain needs one sum an hour. Export hourly values.",
                "正午取最近时次；降水须为逐小时累计。请导出整点资料。",
            ),
            off[0].local.strftime("%H:%M"),
        )


def _shown(name: str, value: float | None) -> str:
    return "" if value is None else f"{value:.4g} {BOUNDS[name].unit}"
