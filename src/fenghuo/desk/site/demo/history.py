"""The demo's month of history, lived day by day through the program's own commands."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from fenghuo.core.access import Caller, Role
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.duty import commands as duty
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer

from . import hazards, incidents, warnings
from .replay import BEFORE, Replay
from .township import Township

DAYS = 30
AHEAD = 7

LOG = (
    (7, 50, "交接班完毕，通信设备正常。"),
    (10, 20, "与县气象台通话：未来三天无雨，午后风力 4 到 5 级。"),
    (15, 30, "电话抽查三个村护林员，均在岗。"),
    (21, 10, "夜间巡查电话：青石岭检查站有人值守。"),
)


class Past:
    """Callers at moments of the past: who acted, and when."""

    def __init__(self, made: Township, now: datetime):
        self.made = made
        self.now = now

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a local day."""
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def caller(self, officer: Officer, moment: datetime) -> Caller:
        return identity.caller_for(officer, min(moment, self.now), via="demo")

    def person(self, role: Role, number: int = 0) -> Officer:
        people = self.made.people[role]
        return people[number % len(people)]

    def program(self, moment: datetime) -> Caller:
        return identity.program(min(moment, self.now), via="demo")


def live(made: Township, replay: Replay, now: datetime, progress: Callable[[int], None]) -> None:
    """Live the month up to `now` (aware UTC): roster, weather, warnings, log, hazards, incidents."""
    past, random = Past(made, now), Random(20260403)
    today = timezone.localtime(now).date()
    first = today - timedelta(days=DAYS)
    _fill_roster(past, first, today)
    _take_in(past, replay, past.at(first, 0) - BEFORE, past.at(first, 13, 5))
    hazards_of_day = hazards.schedule(made, random, DAYS)
    for number in range(DAYS + 1):
        day, before_today = first + timedelta(days=number), DAYS - number
        noon = past.at(day, 13, 5)
        if number:
            _take_in(past, replay, noon - timedelta(days=1), min(noon, now))
        _write_log(past, day, random)
        hazards.of_day(past, day, hazards_of_day.get(number, ()))
        incidents.of_day(past, day, before_today)
        warnings.of_day(past, day, random, before_today=before_today)
        progress(80 // (DAYS + 1))
    _take_in(past, replay, min(past.at(today, 13, 5), now), now)


def _fill_roster(past: Past, first: date, today: date) -> None:
    """Two shifts a day, from eight to eight."""
    for number in range(-1, DAYS + AHEAD):
        day = first + timedelta(days=number)
        for half, (begin, end) in enumerate(((8, 20), (20, 8))):
            start = past.at(day, begin)
            stop = past.at(day + timedelta(days=half), end)
            duty.set_shift(
                past.program(min(start, past.now)),
                area=past.made.town,
                start=start,
                end=stop,
                leader=past.person(Role.LEADER, number // 7 + half),
                officers=[past.person(Role.DUTY, number * 2 + half)],
            )


def _take_in(past: Past, replay: Replay, after: datetime, until: datetime) -> None:
    caller = past.caller(past.person(Role.DUTY), until)
    for code, reading in replay.between(after, until):
        danger.take_in(caller, reading, name=f"{code}.csv")


def _write_log(past: Past, day: date, random: Random) -> None:
    for hour, minute, text in LOG:
        moment = past.at(day, hour, minute) + timedelta(minutes=random.randrange(9))
        if moment < past.now and random.random() < 0.7:
            duty.add_log(past.caller(past.person(Role.DUTY, day.toordinal()), moment), text)
