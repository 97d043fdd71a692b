"""Real weather with its dates moved, so that today falls in a dry, windy spell of about the same season."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from fenghuo.core.danger import classes
from fenghuo.core.danger.io.stations import Reading, read
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.season import run
from fenghuo.core.danger.weather import BEIJING, DailyWeather, noon_days

FOLDER = Path(__file__).parent / "weather"
FILES = {
    "HR01": "beijing-huairou-hourly-2013-2017.csv.gz",
    "CP01": "beijing-changping-hourly-2013-2017.csv.gz",
    "SY01": "beijing-shunyi-hourly-2013-2017.csv.gz",
}
LEADING = "HR01"
HIGH = 4
WINDY = 15.0  # km/h at noon, where the hourly means of the record seldom pass 25
BEFORE = timedelta(days=120)
"""How much hourly weather comes before today: two months for the chart, and two before."""
LENGTH = timedelta(days=1461)
"""How long the record is: four years, one of them a leap year."""


@dataclass(frozen=True)
class Replay:
    """The records of the stations, and how far their dates are moved."""

    records: dict[str, Reading]
    shift: timedelta

    def between(self, after: datetime, until: datetime) -> Reading | None:
        """The stations' rows with moved times in (after, until], both aware; None where there are none."""
        rows = []
        for record in self.records.values():
            times = [bisect_right(record.observations, at - self.shift, key=_utc) for at in (after, until)]
            rows += [self._moved(row) for row in record.observations[slice(*times)]]
        return self._reading(rows) if rows else None

    def record(self, first: date, after: datetime, until: datetime, today: date) -> Reading:
        """What the stations had on record when the desk was set up: noon values before `first`, then hours."""
        hours = self.between(after, until)
        return self._reading([*self._years_before(first, today), *(hours.observations if hours else ())])

    def _years_before(self, first: date, today: date) -> list[Observation]:
        """The noon values of all stations in the four years up to `today`, as daily rows, those before `first`.

        The record is four whole years long, so its two ends join: what was recorded after the day that stands
        for today is moved to before the record's first day.
        """
        rows = []
        for code, record in self.records.items():
            for day in noon_days(record.observations):
                moved = day.date + self.shift
                if moved > today:
                    moved -= LENGTH
                if moved < first:
                    rows.append(_daily(code, day, moved))
        return rows

    def _reading(self, rows: list[Observation]) -> Reading:
        """Rows of several stations as one file has them, each with its own number."""
        numbered = tuple(replace(row, row=number) for number, row in enumerate(rows, start=2))
        return replace(self.records[LEADING], observations=numbered, rejected=())

    def _moved(self, row: Observation) -> Observation:
        return replace(row, local=row.local + self.shift, utc=row.utc + self.shift)


def _utc(row: Observation) -> datetime:
    return row.utc


def _daily(code: str, day: DailyWeather, moved: date) -> Observation:
    noon = datetime.combine(moved, time(12), timezone(BEIJING))
    return Observation(
        code, noon, noon.astimezone(UTC), True, day.temperature, day.humidity, None, day.wind, day.rain, row=0
    )


def records() -> dict[str, Reading]:
    """The records of the stations, as they were taken."""
    return {code: read(FOLDER / name, station=code) for code, name in FILES.items()}


def prepare(today: date) -> Replay:
    """Read the records and choose the day that stands for `today`."""
    taken = records()
    return Replay(taken, today - choose(taken, today))


def choose(records: dict[str, Reading], today: date) -> date:
    """The recorded day that stands for `today`.

    On it and on the day before the leading station is rated high, with no rain for three days and wind on one of
    the two. Among such days within half a season of today's, the one whose stations differ most in rating, then
    the one nearest in the year.
    """
    indices = {
        code: {day.date: day for day in run(noon_days(record.observations), latitude=40.3)}
        for code, record in records.items()
    }
    leading = indices[LEADING]
    best, best_rank = None, None
    for day in sorted(leading)[BEFORE.days :]:
        spread = [_ratings(indices, day - timedelta(days=n)) for n in range(2)]
        if None in spread or not _dry_and_windy(leading, day):
            continue
        apart = abs(day.timetuple().tm_yday - today.timetuple().tm_yday)
        away = min(apart, 365 - apart)
        rank = (away // 46, -sum(len(ratings) for ratings in spread), away)
        if best_rank is None or rank < best_rank:
            best, best_rank = day, rank
    if best is None:
        raise RuntimeError("the demo's weather has no dry, windy spell")
    return best


def _ratings(indices: dict[str, dict], day: date) -> set[int] | None:
    """The different ratings of the stations on a day; None where one has none."""
    rated = [days[day].day if day in days else None for days in indices.values()]
    return None if None in rated else {classes.rating(one.fwi) for one in rated}


def _dry_and_windy(days: dict, day: date) -> bool:
    around = [days.get(day - timedelta(days=n)) for n in range(3)]
    if any(one is None or one.day is None or one.weather.rain > 0 for one in around):
        return False
    high = all(classes.rating(one.day.fwi) >= HIGH for one in around[:2])
    return high and max(one.weather.wind for one in around[:2]) >= WINDY
