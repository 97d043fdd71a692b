"""Finds out what each column of a station file holds, and in which unit, from its header alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from fenghuo.core.danger.finding import Text, UnreadableStations

# What a header may call each quantity, written as `_plain` leaves it.
NAMES: dict[str, tuple[str, ...]] = {
    "temperature": (
        "temperature", "air_temperature", "temperature_2m", "temp", "tem", "气温", "温度", "空气温度",
    ),
    "humidity": (
        "relative_humidity", "relative_humidity_2m", "relativehumidity_2m", "humidity", "rh", "rhu",
        "相对湿度", "湿度", "空气相对湿度",
    ),
    "dew_point": (
        "dew_point", "dewpoint", "dew_point_temperature", "dew_point_2m", "dewpoint_2m", "dpt",
        "露点", "露点温度",
    ),
    "wind": (
        "wind_speed", "windspeed", "wind_speed_10m", "windspeed_10m", "ws", "风速", "平均风速", "10米风速",
    ),
    "rain": (
        "precipitation", "precip", "prec", "rain", "rainfall", "precipitation_amount",
        "降水量", "降水", "雨量", "降雨量", "小时降水量",
    ),
}  # fmt: skip
# What a header may call each unit; the key is the unit's name in `weather.UNITS`.
UNIT_NAMES: dict[str, tuple[str, ...]] = {
    "°c": ("°c", "c", "degc", "deg_c", "celsius", "摄氏度"),
    "0.1°c": ("0.1°c", "0.1c", "0.1摄氏度"),
    "°f": ("°f", "f", "degf", "deg_f", "fahrenheit", "华氏度"),
    "k": ("k", "kelvin", "开尔文"),
    "%": ("%", "percent", "pct", "百分比"),
    "fraction": ("fraction", "0-1"),
    "m/s": ("m/s", "ms", "m_s", "mps", "米/秒", "米每秒"),
    "0.1m/s": ("0.1m/s", "0.1米/秒"),
    "km/h": ("km/h", "kmh", "km_h", "kph", "公里/小时", "千米/小时", "公里每小时"),
    "kn": ("kn", "kt", "knot", "knots", "节"),
    "mph": ("mph", "英里/小时"),
    "mm": ("mm", "毫米"),
    "0.1mm": ("0.1mm", "0.1毫米"),
    "cm": ("cm", "厘米"),
    "in": ("in", "inch", "inches", "英寸"),
}
UNITS_OF: dict[str, tuple[str, ...]] = {
    "temperature": ("°c", "0.1°c", "°f", "k"),
    "dew_point": ("°c", "0.1°c", "°f", "k"),
    "humidity": ("%", "fraction"),
    "wind": ("m/s", "0.1m/s", "km/h", "kn", "mph"),
    "rain": ("mm", "0.1mm", "cm", "in"),
}
STATION_NAMES = (
    "station", "station_id", "station_code", "站号", "区站号", "台站号", "站点编号", "站点", "站名",
)  # fmt: skip
LOCAL_NAMES = (
    "time_local", "local_time", "datetime_local",
    "时间(北京时)", "北京时", "北京时间", "当地时间", "本地时间",
)  # fmt: skip
UTC_NAMES = (
    "time_utc",
    "utc",
    "utc_time",
    "datetime_utc",
    "时间(世界时)",
    "世界时",
    "时间(utc)",
    "time(utc)",
)
ZONED_NAMES = ("time", "datetime", "timestamp", "时间", "观测时间")
DATE_NAMES = ("date", "日期", "观测日期")
# What to write in a header, one example a quantity.
EXAMPLES = {
    "temperature": ("temperature_c", "气温(℃)"),
    "humidity": ("rh_percent", "相对湿度(%)"),
    "dew_point": ("dew_point_c", "露点(℃)"),
    "wind": ("wind_speed_ms", "风速(m/s)"),
    "rain": ("precipitation_mm", "降水量(mm)"),
}

_BRACKETED = re.compile(r"^(.*?)\s*[(\[](.*)[)\]]$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands: column numbers from 0, units as in `weather.UNITS`.

    `clock` is `local`, `utc`, `zoned` (each value states its offset) or `date` (daily noon values).
    """

    clock: str
    time: int
    station: int | None
    quantities: dict[str, tuple[int, str]]
    ignored: tuple[str, ...] = field(default=())


def recognise(headers: Sequence[str]) -> Columns:
    """Return where everything stands; raises `UnreadableStations` that says what to write instead."""
    plain = [_plain(header) for header in headers]
    clock, time = _clock(plain)
    station = next((plain.index(name) for name in STATION_NAMES if name in plain), None)
    quantities: dict[str, tuple[int, str]] = {}
    used = {time, station}
    for quantity in NAMES:
        place = _find(quantity, headers, plain)
        if place is not None:
            quantities[quantity] = place
            used.add(place[0])
    needed = [name for name in ("temperature", "wind", "rain") if name not in quantities]
    if "humidity" not in quantities and "dew_point" not in quantities:
        needed.append("humidity")
    if needed:
        raise UnreadableStations(
            "column-missing",
            Text(
                f"The file has no column for: {', '.join(name.replace('_', ' ') for name in needed)}.",
                f"文件缺少这些列:{'、'.join(EXAMPLES[name][1] for name in needed)}。",
            ),
            Text(
                f"Add columns headed {', '.join(EXAMPLES[name][0] for name in needed)}.",
                f"请增加表头为 {'、'.join(EXAMPLES[name][1] for name in needed)} 的列。",
            ),
        )
    ignored = tuple(header for number, header in enumerate(headers) if number not in used)
    return Columns(clock, time, station, quantities, ignored)


def _plain(header: str) -> str:
    """Fold widths, case, blanks and brackets, so that one spelling stands for many."""
    text = unicodedata.normalize("NFKC", header).strip().strip("\ufeff").lower()
    return re.sub(r"[\s]+", "_", text.replace("[", "(").replace("]", ")")).replace("_(", "(")


def _clock(plain: Sequence[str]) -> tuple[str, int]:
    kinds = (("local", LOCAL_NAMES), ("utc", UTC_NAMES), ("zoned", ZONED_NAMES), ("date", DATE_NAMES))
    for kind, names in kinds:
        for name in names:
            if name in plain:
                return kind, list(plain).index(name)
    raise UnreadableStations(
        "time-column-missing",
        Text("The file has no column of times.", "文件没有时间列。"),
        Text(
            "Head it time_local (standard time of the desk), time_utc, or date for daily noon values.",
            "请把时间列的表头写成“时间(北京时)”“时间(世界时)”,每日正午资料写“日期”。",
        ),
    )


def _find(quantity: str, headers: Sequence[str], plain: Sequence[str]) -> tuple[int, str] | None:
    known: list[tuple[int, str]] = []
    unclear: list[str] = []
    for number, name in enumerate(plain):
        written = _unit_written(quantity, name)
        if written is None:
            continue
        unit = next((unit for unit in UNITS_OF[quantity] if written in UNIT_NAMES[unit]), None)
        if unit is None:
            unclear.append(headers[number])
        else:
            known.append((number, unit))
    if len(known) == 1:
        return known[0]
    if known:
        both = [headers[number] for number, _ in known]
        raise UnreadableStations(
            "column-twice",
            Text(
                f"Several columns hold the same thing: {', '.join(both)}.",
                f"多列含义相同:{'、'.join(both)}。",
            ),
            Text("Keep one of them and delete the others.", "请保留其中一列,删去其余列。"),
        )
    if unclear:
        english, chinese = EXAMPLES[quantity]
        choices = ", ".join(UNITS_OF[quantity])
        raise UnreadableStations(
            "unit-not-stated",
            Text(
                f"Column {unclear[0]!r} states no unit that is known here ({choices}).",
                f"“{unclear[0]}”列没有写明可识别的单位({choices})。",
            ),
            Text(
                f"Write the unit into the header, for example {english} or {chinese}.",
                f"请在表头写明单位,例如 {chinese} 或 {english}。",
            ),
        )
    return None


def _unit_written(quantity: str, plain: str) -> str | None:
    """Return the unit part of a header of this quantity (empty when none is written), else None."""
    bracketed = _BRACKETED.match(plain)
    if bracketed:
        return bracketed[2].replace("_", "") if bracketed[1] in NAMES[quantity] else None
    if plain in NAMES[quantity]:
        return ""
    for name in sorted(NAMES[quantity], key=len, reverse=True):
        if plain.startswith(name + "_"):
            return plain[len(name) + 1 :]
    return None
