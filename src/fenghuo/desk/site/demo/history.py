"""The demo's month of history, lived in the order of time through the program's own commands."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from fenghuo.core.access import Role
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.duty import commands as duty

from . import hazards, incidents, warnings
from .forecasts import HOUR, Forecaster
from .replay import BEFORE, Replay
from .timeline import Timeline
from .township import Township

DAYS = 30
AHEAD = 7
LOG = (
    (7, 50, "交接班完毕，通信设备正常。"),
    (10, 20, "与县气象台通话：未来三天无雨，午后风力 4 到 5 级。"),
    (15, 30, "电话抽查三个村护林员，均在岗。"),
    (21, 10, "夜间巡查电话：青石岭检查站有人值守。"),
)


def begins(now: datetime) -> datetime:
    """When the demo desk was set up: the morning before its month of history."""
    today = Timeline.at(now.date(), 0)
    return today - timedelta(days=DAYS + 1) + timedelta(hours=1)


def live(made: Township, replay: Replay, now: datetime, progress: Callable[[int], None]) -> None:
    """Live the month up to `now` (aware): roster, weather, warnings, log, hazards, incidents."""
    past, random = Timeline(made, now), Random(20260403)
    first = past.today - timedelta(days=DAYS)
    _fill_roster(past, first)
    midnight = past.at(first, 0)
    record = replay.record(first - BEFORE, midnight - BEFORE, midnight, past.today)
    danger.take_in(past.caller(past.person(Role.DUTY), midnight), record, name="record.csv")
    forecaster = Forecaster(replay, first, past.today)
    for number in range(DAYS + 1):
        day = first + timedelta(days=number)
        past.plan(past.at(day, HOUR), lambda at: forecaster.issue(past.program(at), at))
        noon = past.at(day, 13, 5)
        past.plan(noon, lambda at: _take_in(past, replay, max(midnight, at - timedelta(days=1)), at))
        _plan_log(past, day, random)
        warnings.plan(past, day, random, before_today=DAYS - number)
        incidents.plan(past, day, before_today=DAYS - number)
    hazards.plan(past, first, random)
    told = 0

    def tell(moment: datetime) -> None:
        nonlocal told
        done = int(85 * (moment - midnight) / (now - midnight))
        if done > told:
            progress(done - told)
            told = done

    past.run(tell)
    last_noon = past.at(past.today, 13, 5)
    _take_in(past, replay, last_noon if last_noon <= now else last_noon - timedelta(days=1), now)


def _fill_roster(past: Timeline, first: date) -> None:
    """Two shifts a day, from eight to eight; whoever has a login is on shift now."""
    starts = [
        past.at(first + timedelta(days=number), hour)
        for number in range(-1, DAYS + AHEAD)
        for hour in (8, 20)
    ]
    current = max(number for number, start in enumerate(starts) if start <= past.now)
    for number, start in enumerate(starts):
        turn = number - current
        duty.set_shift(
            past.program(starts[0]),
            area=past.made.town,
            start=start,
            end=start + timedelta(hours=12),
            leader=past.person(Role.LEADER, turn // 14),
            officers=[past.person(Role.DUTY, turn)],
        )


def _take_in(past: Timeline, replay: Replay, after: datetime, until: datetime) -> None:
    if reading := replay.between(after, until):
        danger.take_in(past.caller(past.person(Role.DUTY), until), reading, name="stations.csv")


def _plan_log(past: Timeline, day: date, random: Random) -> None:
    for hour, minute, text in LOG:
        if random.random() < 0.7:
            moment = past.at(day, hour, minute) + timedelta(minutes=random.randrange(9))
            officer = past.person(Role.DUTY, day.toordinal())
            past.plan(moment, lambda at, o=officer, t=text: duty.add_log(past.caller(o, at), t))
