"""Hourly weather made into the day's extremes that the Chinese rating takes, by one stated rule.

The highest temperature, the lowest humidity and the highest wind are those of the hourly values stamped
00:00 to 23:00 of the local calendar day, in a fixed offset from UTC (summer time never moves it). An extreme
needs `MINIMUM_HOURS` of its 24 hours; with 20 to 23 it is the extreme of what there is and the day says so.
The true extreme of a day lies between two hourly readings, so these are at most as high (humidity: at least
as low) as what a station with maximum instruments writes down.

The rain of the day is the sum of 24 hourly amounts, each of the hour that ends at its stamp. Which 24 hours a
record means has a name, because Chinese records run from 08 to 08 or from 20 to 20:

- `20-20` ends at 20:00 of the day (the default: nothing of it lies after the day that is rated);
- `08-08` ends at 08:00 of the day (known in the morning, when a day's duty begins);
- `08-08-next` begins at 08:00 of the day (records that book the rain to the day on which it begins).

A daily file that holds noon values has no extremes: the noon temperature is not the highest, the rain to noon
is no rain day. Such days come out with everything missing and the mark `noon-only`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal, get_args

from fenghuo.core.danger.bounds import BOUNDS
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.weather import BEIJING

RainDay = Literal["20-20", "08-08", "08-08-next"]
MINIMUM_HOURS = 20
NOON_ONLY = Text(
    "This file holds noon values. The Chinese rating takes the day's highest temperature, lowest humidity and "
    "highest wind, and the rain of a rain day, which cannot be known from them: import hourly values.",
    "此文件只有正午值。全国森林火险天气等级需要当日最高气温、最小相对湿度、最大风力和按日界统计的降水量，无法由正午值推出，请导入逐时资料。",
)

_ENDS = {"20-20": timedelta(hours=20), "08-08": timedelta(hours=8), "08-08-next": timedelta(hours=32)}
_INPUTS = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True, slots=True)
class DailyExtremes:
    """Highest temperature [°C], lowest humidity [%], highest 10 m wind [m/s], rain of the rain day [mm].

    None where missing. `hours` is the fewest hours that any of the extremes rests on, `rain_hours` the
    number of hourly amounts in the rain; a day that was recorded as a day has 24 of both.
    """

    date: date
    temperature: float | None
    humidity: float | None
    wind: float | None
    rain: float | None
    hours: int = 24
    rain_hours: int = 24
    noon_only: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The inputs that the day does not have; a NaN is one it does not have."""
        return tuple(name for name in _INPUTS if (value := getattr(self, name)) is None or math.isnan(value))

    @property
    def marks(self) -> tuple[str, ...]:
        """What a chart marks the day with: `noon-only`, `extremes-incomplete`, `rain-incomplete`."""
        extremes = any(getattr(self, name) is not None for name in _INPUTS[:3])
        return (
            ("noon-only",) * self.noon_only
            + ("extremes-incomplete",) * (extremes and self.hours < 24)
            + ("rain-incomplete",) * (self.rain is not None and self.rain_hours < 24)
        )


def daily_extremes(
    observations: Iterable[Observation],
    offset: timedelta = BEIJING,
    rain_day: RainDay = "20-20",
    minimum_hours: int = MINIMUM_HOURS,
) -> list[DailyExtremes]:
    """Return one day after another from the observations of one station, in order of date.

    `offset` is local standard time from UTC; the module's header states the rule. A day between the first and
    the last without enough hours is present with what it has not missing. A rain day that reaches beyond the
    record has no rain. Raises ValueError for observations of several stations, for a rain day or a number of
    hours that does not exist.
    """
    if rain_day not in get_args(RainDay):
        raise ValueError(f"rain_day {rain_day!r}: use {', '.join(get_args(RainDay))}")
    if not 1 <= minimum_hours <= 24:
        raise ValueError(f"minimum_hours {minimum_hours!r}: use 1 to 24")
    rows = sorted(observations, key=lambda row: row.utc)
    if len({row.station for row in rows}) > 1:
        raise ValueError("daily_extremes takes the observations of one station; group them by station first")
    noon_only = [
        DailyExtremes(row.local.date(), None, None, None, None, 0, 0, noon_only=True)
        for row in rows
        if row.daily
    ]
    hourly = [row for row in rows if not row.daily]
    if not hourly:
        return noon_only
    zone = timezone(offset)
    first, last = (row.utc.astimezone(zone).date() for row in (hourly[0], hourly[-1]))
    times = [row.utc for row in hourly]
    days = [
        _day(first + timedelta(days=n), zone, rain_day, hourly, times, minimum_hours)
        for n in range((last - first).days + 1)
    ]
    measured = {day.date for day in days}
    return sorted(
        days + [day for day in noon_only if day.date not in measured], key=lambda extremes: extremes.date
    )


def _day(
    day: date,
    zone: timezone,
    rain_day: RainDay,
    rows: Sequence[Observation],
    times: Sequence[datetime],
    minimum: int,
) -> DailyExtremes:
    begins = datetime.combine(day, time(), zone).astimezone(UTC)
    within = _between(
        rows, times, begins - timedelta(microseconds=1), begins + timedelta(hours=24, microseconds=-1)
    )
    found: dict[str, float | None] = {}
    counts = []
    for name, extreme in (("temperature", max), ("humidity", min), ("wind", max)):
        values = [(row.utc, getattr(row, name)) for row in within if getattr(row, name) is not None]
        hours = len({at.replace(minute=0, second=0, microsecond=0) for at, _ in values})
        found[name] = extreme(value for _, value in values) if hours >= minimum else None
        if found[name] is not None:
            counts.append(hours)
    wind = found.pop("wind")
    ends = begins + _ENDS[rain_day]
    amounts = [
        row.rain for row in _between(rows, times, ends - timedelta(hours=24), ends) if row.rain is not None
    ]
    # More than one amount an hour would count the same rain twice or is not hourly at all.
    rain = math.fsum(amounts) if minimum <= len(amounts) <= 24 else None
    if rain is not None and not BOUNDS["rain"].holds(rain):
        rain = None
    return DailyExtremes(
        day,
        **found,
        wind=None if wind is None else wind / 3.6,
        rain=rain,
        hours=min(counts, default=0),
        rain_hours=len(amounts),
    )


def _between(
    rows: Sequence[Observation], times: Sequence[datetime], after: datetime, until: datetime
) -> Sequence[Observation]:
    return rows[bisect_right(times, after) : bisect_right(times, until)]
