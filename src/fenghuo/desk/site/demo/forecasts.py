"""The demo's forecasts: what was really recorded next, put wrong by more the further ahead; called demo forecasts."""

import math
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random

from fenghuo.core.access import Caller
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.weather import BEIJING, DailyWeather, noon_days
from fenghuo.desk.danger.forecast import commands
from fenghuo.desk.danger.models import ForecastIssue

from .replay import Replay

HOUR = 8
"""When a demo forecast is issued, in the desk's zone."""
AHEAD = 6
"""Today and so many days less one are forecast."""


class Forecaster:
    """Issues the demo's forecasts from the noon weather that the replay has in store."""

    def __init__(self, replay: Replay, first: date, last: date):
        """For issues from `first` to `last`."""
        begin = datetime.combine(first - timedelta(days=1), time(0), timezone(BEIJING))
        until = datetime.combine(last + timedelta(days=AHEAD), time(13), timezone(BEIJING))
        reading = replay.between(begin, until)
        self.noons = {
            code: {day.date: day for day in noon_days(rows)}
            for code, rows in (reading.by_station() if reading else {}).items()
        }

    def issue(self, caller: Caller, at: datetime) -> None:
        """Take in what is forecast on the morning of `at` (aware) for today and the days after."""
        today = at.astimezone(timezone(BEIJING)).date()
        rows = {}
        for code, noons in self.noons.items():
            random = Random(f"{code} {today}")
            found = [
                _forecast(code, noons[day], lead, random)
                for lead in range(AHEAD)
                if (day := today + timedelta(days=lead)) in noons and noons[day].complete()
            ]
            if found:
                rows[code] = found
        if rows:
            commands.take_in(caller, rows, source=ForecastIssue.Source.DEMO, issued_at=at, name="demo")


def _forecast(code: str, real: DailyWeather, lead: int, random: Random) -> Observation:
    """The real day put wrong: spreads are invented for the demo and stand for no forecaster's skill."""
    noon = datetime.combine(real.date, time(12), timezone(BEIJING))
    return Observation(
        code,
        noon,
        noon.astimezone(UTC),
        daily=True,
        temperature=round(real.temperature + random.gauss(0.0, 0.8 + 0.4 * lead), 1),
        humidity=min(100.0, max(3.0, round(real.humidity + random.gauss(0.0, 4.0 + 2.0 * lead)))),
        dew_point=None,
        wind=round(real.wind * math.exp(random.gauss(0.0, 0.15 + 0.06 * lead)), 1),
        rain=0.0 if random.random() < 0.1 * lead else round(real.rain * math.exp(random.gauss(0.0, 0.4)), 1),
        row=0,
    )
