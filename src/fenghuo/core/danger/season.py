"""Chains days into a season: codes carried overnight, gaps handled by one stated rule, any day resumable.

The gap rule. A day that lacks any input, or is not there at all, is a gap: the codes are held unchanged, the
day gets no indices and no rating, and it is marked `gap`. When more than `restart_after` days in a row were
gaps, the next complete day starts again from the start values and is marked `restart`: codes that nobody has
observed for so long say nothing any more. The caller chooses `restart_after`; None never restarts, 0 restarts
after any gap. With `estimate_up_to` above 0 the first so many days of a gap are computed all the same, from the
last observed temperature, humidity and wind and without rain, and are marked `estimated`: a stand-in that keeps
drying, so that a short outage never makes the forest look safer than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fenghuo.core.danger.fwi import DEFAULT, START, Codes, Day, Options, Weather, step
from fenghuo.core.danger.weather import DailyWeather

INPUTS = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True, slots=True)
class GapPolicy:
    """What becomes of a gap [days]: estimated up to, then held, and a restart after more than `restart_after`."""

    restart_after: int | None = 10
    estimate_up_to: int = 0

    def __post_init__(self) -> None:
        """Refuse a number of days that cannot be counted."""
        if self.restart_after is not None and self.restart_after < 0:
            raise ValueError(f"restart_after {self.restart_after!r}: use 0 days or more, or None for never")
        if self.estimate_up_to < 0:
            raise ValueError(f"estimate_up_to {self.estimate_up_to!r}: use 0 days or more")


HOLD = GapPolicy()
RESTART = GapPolicy(restart_after=0)
ESTIMATE = GapPolicy(estimate_up_to=3)


@dataclass(frozen=True, slots=True)
class ChainState:
    """What must be stored of a day so that the chain goes on as if it had never stopped.

    Store the codes as full doubles. `gap_days` is how many gap days in a row end with `date`; `last` is the
    last observed weather, needed only where gaps are estimated.
    """

    date: date
    codes: Codes
    gap_days: int = 0
    last: Weather | None = None


@dataclass(frozen=True, slots=True)
class DayResult:
    """One day of a chain; `day` is None on a gap day, `codes` is what the next day starts from.

    `missing` names the inputs that were not there; `marks` are what the chart shows: `gap`, `estimated`,
    `restart`, `noon-shifted`, `rain-incomplete`. `observed` is the last complete observation up to this day.
    """

    date: date
    day: Day | None
    codes: Codes
    gap_days: int
    missing: tuple[str, ...]
    marks: tuple[str, ...]
    weather: DailyWeather | None
    observed: Weather | None = None

    @property
    def state(self) -> ChainState:
        """What to store in order to resume after this day."""
        return ChainState(self.date, self.codes, self.gap_days, self.observed)


def run(
    days: Iterable[DailyWeather],
    latitude: float,
    options: Options = DEFAULT,
    start: Codes | ChainState = START,
    policy: GapPolicy = HOLD,
) -> list[DayResult]:
    """Return one result for every calendar day from the first (or the day after `start`) to the last.

    `days` must ascend by date; dates left out between them become gap days. Resuming from a stored
    `ChainState` gives results bit-identical to one continuous run. Raises ValueError when dates do not
    ascend or lie before the state, and `ImpossibleWeather` for a value that weather cannot have.
    """
    if isinstance(start, ChainState):
        codes, gap_days, last, observed = start.codes, start.gap_days, start.date, start.last
    else:
        codes, gap_days, last, observed = start, 0, None, None
    results: list[DayResult] = []
    for weather in _every_day(days, last):
        known = weather if isinstance(weather, DailyWeather) else None
        today = known.date if known else weather
        missing, marks = (known.missing, known.marks) if known else (INPUTS, ())
        noon = known.complete() if known else None
        day = None
        if noon is not None:
            restarts = policy.restart_after is not None and gap_days > policy.restart_after
            day = step(START if restarts else codes, noon, today.month, latitude, options)
            marks = ("restart",) * restarts + marks
            gap_days, observed = 0, noon
        else:
            gap_days += 1
            if gap_days <= policy.estimate_up_to and observed is not None:
                day = step(codes, _stand_in(known, observed), today.month, latitude, options)
            marks = ("estimated" if day else "gap", *marks)
        codes = day.codes if day else codes
        results.append(DayResult(today, day, codes, gap_days, missing, marks, known, observed))
    return results


def _every_day(days: Iterable[DailyWeather], last: date | None) -> Iterator[DailyWeather | date]:
    """Every calendar day: its weather, or its date alone where there is none."""
    for weather in days:
        if last is not None and weather.date <= last:
            raise ValueError(f"{weather.date} does not come after {last}: days must ascend, one a date")
        while last is not None and last + timedelta(days=1) < weather.date:
            last += timedelta(days=1)
            yield last
        last = weather.date
        yield weather


def _stand_in(weather: DailyWeather | None, observed: Weather) -> Weather:
    """What was observed of the day, completed by the last observation, without rain where none was read."""
    if weather is None:
        return Weather(observed.temperature, observed.humidity, observed.wind, 0.0)
    seen = (weather.temperature, weather.humidity, weather.wind, weather.rain)
    stand_in = (observed.temperature, observed.humidity, observed.wind, 0.0)
    return Weather(*(b if a is None else a for a, b in zip(seen, stand_in, strict=True)))
