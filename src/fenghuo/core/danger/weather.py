"""Weather as stations give it made into weather as the FWI takes it: units, humidity, noon, rain to noon.

Daily weather is built by a stated rule. Noon is 12:00 of a fixed offset from UTC (the desk's standard time,
so summer time never moves it). Where the hour itself has no value, the nearest one within an hour stands in
and the day says so. Rain is the sum of the hourly amounts of the 24 hours that end at noon; with fewer than
`MINIMUM_RAIN_HOURS` of them it is missing, with 20 to 23 it is the sum of what there is and the day says so.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.fwi import Weather
from fenghuo.core.danger.observation import Observation

BEIJING = timedelta(hours=8)
NOON_TOLERANCE = timedelta(hours=1)
MINIMUM_RAIN_HOURS = 20
# Thermometer and hygrometer are each read to 0.1 °C, so saturated air can show a dew point a little above.
DEW_POINT_SLACK = 0.2

# Factor and offset to °C, %, km/h and mm. 0.1 units are those of Chinese climate files.
_TEMPERATURE = {
    "°c": (1.0, 0.0),
    "0.1°c": (0.1, 0.0),
    "k": (1.0, -273.15),
    "°f": (5.0 / 9.0, -160.0 / 9.0),
}
UNITS: dict[str, dict[str, tuple[float, float]]] = {
    "temperature": _TEMPERATURE,
    "dew_point": _TEMPERATURE,
    "humidity": {"%": (1.0, 0.0), "fraction": (100.0, 0.0)},
    "wind": {
        "m/s": (3.6, 0.0),
        "0.1m/s": (0.36, 0.0),
        "km/h": (1.0, 0.0),
        "kn": (1.852, 0.0),
        "mph": (1.609344, 0.0),
    },
    "rain": {"mm": (1.0, 0.0), "0.1mm": (0.1, 0.0), "cm": (10.0, 0.0), "in": (25.4, 0.0)},
}


def convert(value: float, quantity: str, unit: str) -> float:
    """Return a value in °C, %, km/h or mm; raises KeyError for a unit that `UNITS` does not have."""
    factor, offset = UNITS[quantity][unit]
    return value * factor + offset


def relative_humidity(temperature: float, dew_point: float) -> float:
    """Return relative humidity over water [%] from air temperature and dew point [°C].

    Magnus formula e = 6.112 exp(17.62 t / (243.12 + t)) with the coefficients of WMO-No. 8 (Guide to
    Instruments and Methods of Observation, volume I, annex 4.B). A dew point up to 0.2 °C above the air is
    rounding and gives 100; more raises `ImpossibleWeather`.
    """
    if dew_point > temperature:
        if dew_point - temperature > DEW_POINT_SLACK + 1e-9:
            message = Text(
                f"Dew point {dew_point:g} °C is above the air temperature {temperature:g} °C.",
                f"露点 {dew_point:g} °C 高于气温 {temperature:g} °C。",
            )
            raise ImpossibleWeather("dew-point-above-air", "dew_point", dew_point, message)
        return 100.0
    return 100.0 * math.exp(
        17.62 * dew_point / (243.12 + dew_point) - 17.62 * temperature / (243.12 + temperature)
    )


def dew_point(temperature: float, humidity: float) -> float:
    """Return the dew point over water [°C] of air at a temperature [°C] and a relative humidity [%].

    The inverse of `relative_humidity`. Raises `ImpossibleWeather` for a humidity outside 0 to 100, or of 0,
    which no dew point gives.
    """
    if not 0.0 < humidity <= 100.0:
        message = Text(
            f"Relative humidity {humidity:g} % has no dew point.", f"相对湿度 {humidity:g} % 没有对应的露点。"
        )
        raise ImpossibleWeather(BOUNDS["humidity"].rule, "humidity", humidity, message)
    logarithm = math.log(humidity / 100.0) + 17.62 * temperature / (243.12 + temperature)
    return 243.12 * logarithm / (17.62 - logarithm)


def standard_offset(zone: str, year: int) -> timedelta:
    """Return a zone's standard (winter) offset from UTC in a year, such as 8 h for Asia/Shanghai."""
    offsets = [datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)]
    return min(offset for offset in offsets if offset is not None)


def solar_offset(longitude: float) -> timedelta:
    """Return the offset of mean solar time from UTC at a longitude [degrees, east positive], to the minute.

    One civil zone covers 60 degrees of China, so a western desk may prefer the sun's noon to the clock's.
    """
    return timedelta(minutes=round(longitude * 4.0))


def noon_utc(day: date, offset: timedelta = BEIJING) -> datetime:
    """Return noon local standard time of a day as an aware UTC datetime."""
    return datetime.combine(day, time(12), timezone(offset)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class DailyWeather:
    """The noon weather of one day; None where it is missing.

    `shifted` names each value that stands in from a neighbouring hour with the minutes from noon;
    `rain_hours` is how many of the 24 hourly amounts the rain is the sum of.
    """

    date: date
    temperature: float | None
    humidity: float | None
    wind: float | None
    rain: float | None
    shifted: tuple[tuple[str, int], ...] = ()
    rain_hours: int = 24

    @property
    def missing(self) -> tuple[str, ...]:
        """The inputs that the day does not have, in the order the FWI takes them."""
        return tuple(name for name in _INPUTS if getattr(self, name) is None)

    @property
    def marks(self) -> tuple[str, ...]:
        """What a chart marks the day with: `noon-shifted`, `rain-incomplete`."""
        incomplete = self.rain is not None and self.rain_hours < 24
        return ("noon-shifted",) * bool(self.shifted) + ("rain-incomplete",) * incomplete

    def complete(self) -> Weather | None:
        """Return the weather for the FWI, or None while anything is missing."""
        if self.temperature is None or self.humidity is None or self.wind is None or self.rain is None:
            return None
        return Weather(self.temperature, self.humidity, self.wind, self.rain)


_INPUTS = ("temperature", "humidity", "wind", "rain")


def noon_days(
    observations: Iterable[Observation],
    offset: timedelta = BEIJING,
    tolerance: timedelta = NOON_TOLERANCE,
    minimum_rain_hours: int = MINIMUM_RAIN_HOURS,
) -> list[DailyWeather]:
    """Return one day after another from the observations of one station, in order of date.

    Hourly observations are reduced by the module's rule; daily ones are noon values with their 24-hour rain
    already. Where a day has both, the hours make it unless the daily row lacks less. A day without any noon value
    is present, with all its inputs missing. Raises ValueError when the observations are of several stations.
    """
    rows = sorted(observations, key=lambda row: row.utc)
    if len({row.station for row in rows}) > 1:
        raise ValueError("noon_days takes the observations of one station; group them by station first")
    daily = [
        DailyWeather(row.local.date(), row.temperature, row.humidity, row.wind, row.rain)
        for row in rows
        if row.daily
    ]
    hourly = [row for row in rows if not row.daily]
    if not hourly:
        return daily
    zone = timezone(offset)
    first, last = hourly[0].utc.astimezone(zone), hourly[-1].utc.astimezone(zone)
    times = [row.utc for row in hourly]
    span = (last.date() - first.date()).days
    reduced = [
        _noon_day(first.date() + timedelta(days=n), offset, hourly, times, tolerance, minimum_rain_hours)
        for n in range(span + 1)
    ]
    # A record that ends before noon, or begins after it, says nothing about that day.
    if times[-1] < noon_utc(last.date(), offset) - tolerance:
        reduced.pop()
    if times[0] > noon_utc(first.date(), offset) + tolerance:
        reduced = reduced[1:]
    by_date = {day.date: day for day in reduced}
    for day in daily:
        hours = by_date.get(day.date)
        if hours is None or len(day.missing) < len(hours.missing):
            by_date[day.date] = day
    return sorted(by_date.values(), key=lambda day: day.date)


def _noon_day(
    day: date,
    offset: timedelta,
    rows: Sequence[Observation],
    times: Sequence[datetime],
    tolerance: timedelta,
    minimum_rain_hours: int,
) -> DailyWeather:
    noon = noon_utc(day, offset)
    near = rows[bisect_left(times, noon - tolerance) : bisect_right(times, noon + tolerance)]
    nearest = sorted(near, key=lambda row: (abs(row.utc - noon), row.utc))
    values: dict[str, float | None] = {}
    shifted = []
    for name in ("temperature", "humidity", "wind"):
        source = next((row for row in nearest if getattr(row, name) is not None), None)
        values[name] = None if source is None else getattr(source, name)
        # Half an hour either way is still the hourly reading that belongs to noon.
        if source is not None and abs(source.utc - noon) > timedelta(minutes=30):
            shifted.append((name, int((source.utc - noon) / timedelta(minutes=1))))
    window = rows[bisect_right(times, noon - timedelta(hours=24)) : bisect_right(times, noon)]
    amounts = [row.rain for row in window if row.rain is not None]
    # More than one amount an hour would count the same rain twice or is not hourly at all.
    usable = minimum_rain_hours <= len(amounts) <= 24
    rain = math.fsum(amounts) if usable else None
    if rain is not None and not BOUNDS["rain"].holds(rain):
        rain = None
    return DailyWeather(day, rain=rain, shifted=tuple(shifted), rain_hours=len(amounts), **values)
