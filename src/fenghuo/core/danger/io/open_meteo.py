"""Writes the question for hourly weather to an Open-Meteo server and reads its answer, forecast or archive.

Facts of the interface, from its documentation and its maintainers' answers:
- Variables have had two spellings: `relative_humidity_2m`, `wind_speed_10m`, `dew_point_2m` and the older
  `relativehumidity_2m`, `windspeed_10m`, `dewpoint_2m`. `hourly_units` states each one's unit.
- `precipitation` is the sum of the preceding hour, which is how hourly rain is counted here.
- Times are written without a zone. They differ from UTC by the answer's one `utc_offset_seconds`, also beyond
  a change to or from summer time (open-meteo issues 261 and 1764), so that number and never the name of the
  zone makes them UTC. A question of ours asks for GMT.
- One answer is an object; several places give a list of them in the order of the question.
- `{"error": true, "reason": …}` is how the server refuses a question.
- No answer says when its forecast was computed: the time of fetching stands for the time of issue.
"""

from __future__ import annotations

import json
import math
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Finding, Text, UnreadableStations
from fenghuo.core.danger.io.header_names import UNIT_NAMES, UNITS_OF
from fenghuo.core.danger.io.weather_server import service_refused
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.weather import BEIJING, UNITS, relative_humidity

FORECAST = "https://api.open-meteo.com/v1/forecast"
ARCHIVE = "https://archive-api.open-meteo.com/v1/archive"
# What the documentation allows to be asked.
MOST_FORECAST_DAYS = 16
MOST_PAST_DAYS = 92

SPELLINGS: dict[str, tuple[str, ...]] = {
    "temperature": ("temperature_2m",),
    "humidity": ("relative_humidity_2m", "relativehumidity_2m"),
    "dew_point": ("dew_point_2m", "dewpoint_2m"),
    "wind": ("wind_speed_10m", "windspeed_10m"),
    "rain": ("precipitation",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """The point that one part of an answer is for: the grid's latitude and longitude [degrees], not the station's.

    `elevation` [m] is the height that the server corrected the temperature to: that of its 90 m terrain model
    at the point asked for, or the one that the question gave.
    """

    station: str
    latitude: float
    longitude: float
    elevation: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer gave: hours in order of place and time, a finding for each rejected value, the places.

    A finding's `row` counts the hours of its place from 1 and its `column` is the path to the array.
    """

    observations: tuple[Observation, ...]
    rejected: tuple[Finding, ...]
    places: tuple[Place, ...]

    @property
    def gaps(self) -> dict[str, int]:
        """How many hours lack each quantity; only quantities that lack any are named."""
        counts = {name: sum(getattr(row, name) is None for row in self.observations) for name in BOUNDS}
        return {name: count for name, count in counts.items() if count and name != "dew_point"}

    def by_station(self) -> dict[str, list[Observation]]:
        """Return the hours of each station, in order of time."""
        groups: dict[str, list[Observation]] = {place.station: [] for place in self.places}
        for row in self.observations:
            groups[row.station].append(row)
        return groups


def request_url(
    latitudes: Sequence[float],
    longitudes: Sequence[float],
    *,
    base: str = FORECAST,
    forecast_days: int = 7,
    past_days: int = 2,
    start: date | None = None,
    end: date | None = None,
    elevations: Sequence[float | None] | None = None,
    models: str = "",
    api_key: str = "",
) -> str:
    """Return the address that asks for the FWI's inputs at some points, in °C, %, m/s, mm and GMT.

    `latitudes` and `longitudes` [degrees], `elevations` [m] of the stations, to which the server corrects
    the temperature of its grid (None: the mean height of the grid's cell, no correction; without a list the
    server takes its terrain model's). With `start` and `end` (both included) those days are asked for instead of
    `past_days` (0–92) and `forecast_days` (0–16). Two past days give yesterday's noon its 24 hours of rain.
    Raises ValueError for a question that no server answers.
    """
    if not latitudes or len(latitudes) != len(longitudes):
        raise ValueError("give as many longitudes as latitudes, at least one")
    if not all(-90 <= value <= 90 for value in latitudes):
        raise ValueError("latitudes go from -90 to 90 degrees")
    if not all(-180 <= value <= 180 for value in longitudes):
        raise ValueError("longitudes go from -180 to 180 degrees")
    if (start is None) != (end is None) or (start is not None and end is not None and end < start):
        raise ValueError("give a start and an end that is not before it, or neither")
    if not (0 <= forecast_days <= MOST_FORECAST_DAYS and 0 <= past_days <= MOST_PAST_DAYS):
        raise ValueError(f"ask for 0-{MOST_FORECAST_DAYS} days ahead and 0-{MOST_PAST_DAYS} days back")
    question = {
        "latitude": ",".join(f"{value:.6g}" for value in latitudes),
        "longitude": ",".join(f"{value:.7g}" for value in longitudes),
        "hourly": ",".join(names[0] for names in SPELLINGS.values()),
        "temperature_unit": "celsius",
        "wind_speed_unit": "ms",
        "precipitation_unit": "mm",
        "timeformat": "iso8601",
        "timezone": "GMT",
    }
    if start is not None and end is not None:
        question |= {"start_date": start.isoformat(), "end_date": end.isoformat()}
    else:
        question |= {"forecast_days": str(forecast_days), "past_days": str(past_days)}
    if elevations is not None:
        if len(elevations) != len(latitudes):
            raise ValueError("give an elevation, or None, for every point")
        question["elevation"] = ",".join("nan" if value is None else f"{value:g}" for value in elevations)
    question |= {name: value for name, value in (("models", models), ("apikey", api_key)) if value}
    return f"{base}?{urllib.parse.urlencode(question, safe=',')}"


def read(
    answer: bytes | str | Mapping[str, Any] | Sequence[Any],
    *,
    stations: Sequence[str] = (),
    offset: timedelta = BEIJING,
) -> Answer:
    """Read an answer: its bytes, its text, or what JSON made of them.

    `stations` are the codes of the places in the order of the question; without them one place has the empty
    code and several have 1, 2, 3 …. `offset` is the desk's standard offset from UTC. Raises
    `UnreadableStations` when the answer as a whole cannot be read.
    """
    found = _json(answer) if isinstance(answer, (bytes, str)) else answer
    parts = found if isinstance(found, list) else [found]
    if not parts or not all(isinstance(part, Mapping) for part in parts):
        raise _not_an_answer(
            "the top level is neither an object nor a list of them", "顶层不是对象或对象列表"
        )
    for part in parts:
        if part.get("error"):
            raise service_refused(str(part.get("reason", "")))
    codes = stations or ([""] if len(parts) == 1 else [str(number + 1) for number in range(len(parts))])
    if len(codes) != len(parts):
        raise _not_an_answer(
            f"{len(codes)} places were asked for, {len(parts)} answered",
            f"查询 {len(codes)} 处，返回 {len(parts)} 处",
        )
    observations: list[Observation] = []
    rejected: list[Finding] = []
    places = []
    for number, (code, part) in enumerate(zip(codes, parts, strict=True)):
        path = "" if len(parts) == 1 else f"[{number}]."
        places.append(_place(code, part))
        _hours(code, part, path, timezone(offset), observations, rejected)
    return Answer(tuple(observations), tuple(rejected), tuple(places))


def _place(code: str, part: Mapping[str, Any]) -> Place:
    latitude, longitude = _number(part.get("latitude")), _number(part.get("longitude"))
    if latitude is None or longitude is None:
        raise _not_an_answer("latitude and longitude are missing", "缺少经纬度")
    return Place(code, latitude, longitude, _number(part.get("elevation")))


def _hours(
    code: str,
    part: Mapping[str, Any],
    path: str,
    zone: tzinfo,
    observations: list[Observation],
    rejected: list[Finding],
) -> None:
    hourly, units = part.get("hourly"), part.get("hourly_units")
    if not isinstance(hourly, Mapping) or not isinstance(units, Mapping):
        raise _not_an_answer("hourly and hourly_units are missing", "缺少 hourly 与 hourly_units")
    times = hourly.get("time")
    if not isinstance(times, list):
        raise _not_an_answer("hourly.time is missing", "缺少 hourly.time")
    shift = _number(part.get("utc_offset_seconds", 0 if units.get("time") == "unixtime" else None))
    if shift is None or abs(shift) > 86_400:
        raise _not_an_answer("utc_offset_seconds is missing", "缺少 utc_offset_seconds")
    zone_of_times = timezone(timedelta(seconds=shift)) if abs(shift) < 86_400 else UTC
    columns = _columns(hourly, units, len(times))
    for index, written in enumerate(times):
        row = index + 1
        findings: list[Finding] = []
        moment = _moment(written, zone_of_times)
        if moment is None:
            findings.append(_wrong(path + "hourly.time", row, written, "time-unreadable"))
        values: dict[str, float | None] = {}
        cells: dict[str, tuple[str, Any]] = {}
        for quantity, (name, array, factor, add) in columns.items():
            column, cell = f"{path}hourly.{name}", array[index]
            cells[quantity] = (column, cell)
            values[quantity] = _value(quantity, cell, factor, add, row, column, findings)
        humidity, air, dew = values.get("humidity"), values["temperature"], values.get("dew_point")
        if humidity is None and air is not None and dew is not None:
            try:
                humidity = relative_humidity(air, dew)
            except ImpossibleWeather as impossible:
                column, cell = cells["dew_point"]
                findings.append(_wrong(column, row, cell, impossible.rule, impossible.message))
        if findings or moment is None:
            rejected.extend(findings)
            continue
        observations.append(
            Observation(
                code,
                moment.astimezone(zone),
                moment.astimezone(UTC),
                False,
                air,
                humidity,
                dew,
                values["wind"],
                values["rain"],
                row,
            )
        )


def _columns(
    hourly: Mapping[str, Any], units: Mapping[str, Any], length: int
) -> dict[str, tuple[str, list[Any], float, float]]:
    """The array of each quantity with its unit's factor and shift to °C, %, km/h and mm."""
    columns: dict[str, tuple[str, list[Any], float, float]] = {}
    for quantity, names in SPELLINGS.items():
        name = next((name for name in names if name in hourly), None)
        if name is None:
            continue
        array = hourly[name]
        if not isinstance(array, list) or len(array) != length:
            raise _not_an_answer(
                f"hourly.{name} is not as long as hourly.time", f"hourly.{name} 与时间长度不符"
            )
        written = str(units.get(name, "")).replace(" ", "").lower()
        unit = next((unit for unit in UNITS_OF[quantity] if written in UNIT_NAMES[unit]), None)
        if unit is None:
            raise UnreadableStations(
                "unit-not-stated",
                Text(
                    f"The answer gives {name} in {written or 'no unit'!r}, which is not known here.",
                    f"返回的 {name} 单位“{written}”无法识别。",
                ),
                Text(
                    f"Ask for one of: {', '.join(UNITS_OF[quantity])}.",
                    f"请使用以下单位之一：{'、'.join(UNITS_OF[quantity])}。",
                ),
            )
        columns[quantity] = (name, array, *UNITS[quantity][unit])
    missing = [SPELLINGS[name][0] for name in ("temperature", "wind", "rain") if name not in columns]
    if "humidity" not in columns and "dew_point" not in columns:
        missing.append(SPELLINGS["humidity"][0])
    if missing:
        raise UnreadableStations(
            "column-missing",
            Text(
                f"The answer has no hourly {', '.join(missing)}.", f"返回数据缺少逐时 {'、'.join(missing)}。"
            ),
            Text("Ask for these variables too.", "请求中请加上这些变量。"),
        )
    return columns


def _moment(written: Any, zone: tzinfo) -> datetime | None:
    try:
        if isinstance(written, (int, float)):
            return datetime.fromtimestamp(written, UTC)
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _value(
    quantity: str, cell: Any, factor: float, shift: float, row: int, column: str, findings: list[Finding]
) -> float | None:
    if cell is None:
        return None
    number = _number(cell)
    if number is None:
        if isinstance(cell, float) and math.isnan(cell):
            return None
        findings.append(_wrong(column, row, cell, "number-unreadable"))
        return None
    value, bound = number * factor + shift, BOUNDS[quantity]
    if not bound.holds(value):
        findings.append(_wrong(column, row, cell, bound.rule, bound.message(value)))
    return value


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # JSON has whole numbers of any length
        return None


def _json(content: bytes | str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as broken:
        raise _not_an_answer("it is not JSON", "不是 JSON") from broken


def _not_an_answer(english: str, chinese: str) -> UnreadableStations:
    return UnreadableStations(
        "answer-unreadable",
        Text(f"This is no Open-Meteo answer: {english}.", f"这不是 Open-Meteo 的返回数据：{chinese}。"),
        Text("Check the server's address in the settings.", "请核对设置中的服务器地址。"),
    )


_UNREADABLE = {
    "time-unreadable": Text("The time cannot be read.", "时间无法识别。"),
    "number-unreadable": Text("The value is not a number.", "该值不是数字。"),
}


def _wrong(column: str, row: int, value: Any, rule: str, message: Text | None = None) -> Finding:
    return Finding(
        rule,
        row,
        column,
        str(value),
        message or _UNREADABLE[rule],
        Text(
            "The hour is left out; tell the keeper of the server.",
            "该时次未采用；请告知服务器管理者。",
        ),
    )
