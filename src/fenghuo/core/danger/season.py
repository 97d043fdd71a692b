"""Chains days into a season: codes carried overnight, gaps handled by one stated rule, any day resumable.

The gap rule. A day that lacks any input, or is not there at all, is a gap: the codes are held unchanged, the
day gets no indices and no rating, and it is marked `gap`. When more than `restart_after` days in a row were
gaps, the next complete day starts again from the start values and is marked `restart`: codes that nobody has
observed for so long say nothing any more. The caller chooses `restart_after`; None never restarts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fenghuo.core.danger.fwi import DEFAULT, START, Codes, Day, Options, step
from fenghuo.core.danger.weather import DailyWeather

INPUTS = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True, slots=True)
class GapPolicy:
    """How long codes are held: after more than `restart_after` days of gap the chain restarts [days]."""

    restart_after: int | None = 10

    def __post_init__(self) -> None:
        """Refuse a number of days that cannot be counted."""
        if self.restart_after is not None and self.restart_after < 0:
            raise ValueError(f"restart_after {self.restart_after!r}: use 0 days or more, or None for never")


HOLD = GapPolicy()


@dataclass(frozen=True, slots=True)
class ChainState:
    """What must be stored of a day so that the chain goes on as if it had never stopped.

    Store the codes as full doubles. `gap_days` is how many gap days in a row end with `date`.
    """

    date: date
    codes: Codes
    gap_days: int = 0


@dataclass(frozen=True, slots=True)
class DayResult:
    """One day of a chain; `day` is None on a gap day, `codes` is what the next day starts from.

    `missing` names the inputs that were not there; `marks` are what the chart shows: `gap`, `restart`,
    `noon-shifted`, `rain-incomplete`.
    """

    date: date
    day: Day | None
    codes: Codes
    gap_days: int
    missing: tuple[str, ...]
    marks: tuple[str, ...]
    weather: DailyWeather | None

    @property
    def state(self) -> ChainState:
        """What to store in order to resume after this day."""
        return ChainState(self.date, self.codes, self.gap_days)


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
        codes, gap_days, last = start.codes, start.gap_days, start.date
    else:
        codes, gap_days, last = start, 0, None
    results: list[DayResult] = []
    for weather in days:
        if last is not None and weather.date <= last:
            raise ValueError(f"{weather.date} does not come after {last}: days must ascend, one a date")
        while last is not None and last + timedelta(days=1) < weather.date:
            last += timedelta(days=1)
            gap_days += 1
            results.append(DayResult(last, None, codes, gap_days, INPUTS, ("gap",), None))
        last = weather.date
        noon = weather.complete()
        if noon is None:
            gap_days += 1
            results.append(
                DayResult(last, None, codes, gap_days, weather.missing, ("gap", *weather.marks), weather)
            )
            continue
        restarts = policy.restart_after is not None and gap_days > policy.restart_after
        day = step(START if restarts else codes, noon, last.month, latitude, options)
        codes, gap_days = day.codes, 0
        marks = ("restart",) * restarts + weather.marks
        results.append(DayResult(last, day, codes, 0, (), marks, weather))
    return results
