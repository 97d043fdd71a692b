"""The names by which headers of station files call quantities, units, stations and times, and how one is matched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# What a header may call each quantity, written as `folded` leaves it.
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
    "mph": ("mph", "mp/h", "英里/小时"),
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
# Files that keep the parts of the time in columns of their own.
PART_NAMES: dict[str, tuple[str, ...]] = {
    "year": ("year", "年", "年份"),
    "month": ("month", "mon", "月", "月份"),
    "day": ("day", "日"),
    "hour": ("hour", "时", "小时", "时次"),
}
# An hour's header that states its clock.
HOUR_CLOCKS: dict[str, tuple[str, ...]] = {
    "local": ("hour_local", "时(北京时)", "小时(北京时)", "时次(北京时)"),
    "utc": ("hour_utc", "时(世界时)", "小时(世界时)", "时次(世界时)", "时(utc)"),
}
# What to write in a header, one example a quantity.
EXAMPLES = {
    "temperature": ("temperature_c", "气温(℃)"),
    "humidity": ("rh_percent", "相对湿度(%)"),
    "dew_point": ("dew_point_c", "露点(℃)"),
    "wind": ("wind_speed_ms", "风速(m/s)"),
    "rain": ("precipitation_mm", "降水量(mm)"),
}

_BRACKETED = re.compile(r"^(.*?)\s*[(\[](.*)[)\]]$")
_LONGEST_FIRST = {quantity: sorted(names, key=len, reverse=True) for quantity, names in NAMES.items()}


def folded(header: str) -> str:
    """Fold widths, case, blanks and brackets, so that one spelling stands for many."""
    text = unicodedata.normalize("NFKC", header).strip().strip("\ufeff").lower()
    return re.sub(r"[\s]+", "_", text.replace("[", "(").replace("]", ")")).replace("_(", "(")


def unit_written(quantity: str, plain: str) -> str | None:
    """Return the unit part of a header of this quantity (empty when none is written), else None."""
    bracketed = _BRACKETED.match(plain)
    if bracketed:
        return bracketed[2].replace("_", "") if bracketed[1] in NAMES[quantity] else None
    if plain in NAMES[quantity]:
        return ""
    for name in _LONGEST_FIRST[quantity]:
        if plain.startswith(name + "_"):
            return plain[len(name) + 1 :]
    return None


def known_names(headers: Sequence[str]) -> int:
    """Return how many headers name something that a station file holds, whether or not they say its unit."""
    times = {*LOCAL_NAMES, *UTC_NAMES, *ZONED_NAMES, *DATE_NAMES, *STATION_NAMES}
    times.update(name for names in (*PART_NAMES.values(), *HOUR_CLOCKS.values()) for name in names)
    return sum(
        name in times or any(unit_written(quantity, name) is not None for quantity in NAMES)
        for name in map(folded, headers)
    )
