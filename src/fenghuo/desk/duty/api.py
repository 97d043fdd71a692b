"""Duty over the API: who is on, the week's roster, the day's log, handovers."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.core.access import Caller, NotFound, Role
from fenghuo.desk.officers.api import Person
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.api import AreaName
from fenghuo.desk.places.models import Area
from fenghuo.desk.wire import AreaCode, Cut, Day, Key, Moment, Note, Page, Text, acts, page, reads

from . import commands, hours, queries
from .models import Handover, LogEntry, Shift

router = Router()


class OnCall(Person):
    """Somebody on shift, and the office telephone to reach them."""

    phone: str


class ShiftOut(Schema):
    """Who leads and who is on duty, from `start` (included) to `end` (excluded)."""

    id: int
    area: AreaName
    start: datetime
    end: datetime
    leader: OnCall
    officers: list[OnCall]


class ShiftsNow(Schema):
    """The shift that runs now and the one that comes next; null where the roster has none."""

    now: ShiftOut | None
    next: ShiftOut | None


class GapOut(Schema):
    """Hours in which no one is on duty."""

    start: datetime
    end: datetime


class RosterDay(Schema):
    """The shifts that begin on a day, and its uncovered hours."""

    date: date
    shifts: list[ShiftOut]
    gaps: list[GapOut]

    @staticmethod
    def of(day: queries.Day) -> dict:
        return {
            "date": day.date,
            "shifts": [row for row in day.rows if isinstance(row, Shift)],
            "gaps": [row for row in day.rows if isinstance(row, hours.Gap)],
        }


class RosterWeek(Schema):
    """Seven days from a Monday; `gaps` are the whole week's, joined across midnights."""

    area: AreaName
    monday: date
    days: list[RosterDay]
    gaps: list[GapOut]


class ShiftIn(Schema):
    """A shift of a township; `officers` in the order in which they are called."""

    area: AreaCode
    start: Moment
    end: Moment
    leader: Key
    officers: Annotated[list[Key], Field(min_length=1, max_length=20)]


class WeekIn(Schema):
    """The week to fill after the one before; `week` is any day of it."""

    area: AreaCode
    week: Day


class LogLine(Schema):
    """A line of the day's log: an entry of its own (`entry`), or an act that the journal holds."""

    at: datetime
    who: str
    text: str
    count: int
    url: str
    entry: int | None
    struck_by: int | None

    @staticmethod
    def resolve_entry(line: queries.Line) -> int | None:
        return line.entry.pk if line.entry else None

    @staticmethod
    def resolve_struck_by(line: queries.Line) -> int | None:
        return line.entry.struck_by.pk if line.entry and line.entry.struck_by else None


class LogEntryOut(Schema):
    """An entry of the log. It is never edited; `corrects` names the line that it strikes."""

    id: int
    at: datetime
    area: AreaName
    officer: Person | None
    text: str
    corrects: int | None

    @staticmethod
    def resolve_corrects(entry: LogEntry) -> int | None:
        return entry.correction_of_id


class LogIn(Schema):
    text: Note


class HandoverIn(Schema):
    """What the next shift should know."""

    note: Annotated[Text, Field(max_length=2000)] = ""


class HandedItem(Schema):
    """Something that was open when the shift was signed over."""

    kind: str
    title: str
    url: str
    due: datetime | None
    detail: str
    clause: str


class HandoverOut(Schema):
    """What one shift passed to the next, signed by who gave it and by who took it."""

    id: int
    shift: int
    next_shift: int | None
    note: str
    items: list[HandedItem]
    given_by: Person
    given_at: datetime
    taken_by: Person | None
    taken_at: datetime | None

    @staticmethod
    def resolve_shift(handover: Handover) -> int:
        return handover.shift_id

    @staticmethod
    def resolve_next_shift(handover: Handover) -> int | None:
        return handover.next_shift_id


@router.get("/now", response=reads(ShiftsNow), summary="Who is on shift now, and next")
def now(request: HttpRequest, area: AreaCode | None = None):
    """For the caller's township, or for the area with this code."""
    caller = request.caller
    return {
        "now": queries.on_shift(caller, caller.now, area),
        "next": queries.next_shift(caller, caller.now, area),
    }


@router.get("/roster", response=reads(RosterWeek), summary="A week of the roster, and its gaps")
def roster(request: HttpRequest, week: Day | None = None, area: AreaCode | None = None):
    """The week that holds the day `week` (default: this week) of the caller's township or the one named."""
    caller = request.caller
    found = queries.week(caller, hours.monday_of(week or caller.now), area or "")
    if found is None:
        raise NotFound("area")
    return {
        "area": found.area,
        "monday": found.monday,
        "days": [RosterDay.of(day) for day in found.days],
        "gaps": found.gaps,
    }


@router.post("/shifts", response=acts(ShiftOut, 201), summary="Put a shift on the roster")
def add_shift(request: HttpRequest, fields: ShiftIn):
    return 201, _set(request.caller, fields)


@router.put("/shifts/{pk}", response=acts(ShiftOut), summary="Change a shift that has not ended")
def change_shift(request: HttpRequest, pk: Key, fields: ShiftIn):
    request.caller.must("duty.roster")
    return _set(request.caller, fields, queries.shift(request.caller, pk))


@router.delete("/shifts/{pk}", response=acts(None, 204), summary="Take a shift off that has not begun")
def remove_shift(request: HttpRequest, pk: Key):
    request.caller.must("duty.roster")
    commands.remove_shift(request.caller, queries.shift(request.caller, pk))
    return 204, None


@router.post("/roster", response=acts(list[ShiftOut], 201), summary="Fill a week after the one before")
def copy_week(request: HttpRequest, fields: WeekIn):
    caller = request.caller
    caller.must("duty.roster")
    monday = hours.monday_of(fields.week)
    area = _desk(caller, fields.area)
    return 201, commands.copy_week(caller, area=area, source=monday - timedelta(7), target=monday)


@router.get("/log", response=reads(Page[LogLine]), summary="The log of a day, newest first")
def log(request: HttpRequest, cut: Query[Cut], day: Day | None = None):
    """The log's own entries and the journal's acts of that day (default: today), as the desk's page shows them."""
    caller = request.caller
    return page(queries.log_of_day(caller, day or timezone.localtime(caller.now).date()), cut)


@router.post("/log", response=acts(LogEntryOut, 201), summary="Write a line in the log")
def add_log(request: HttpRequest, fields: LogIn):
    return 201, commands.add_log(request.caller, fields.text)


@router.post("/log/{pk}/correction", response=acts(LogEntryOut, 201), summary="Strike a line with a new one")
def correct(request: HttpRequest, pk: Key, fields: LogIn):
    caller = request.caller
    caller.must("duty.log")
    return 201, commands.add_log(caller, fields.text, correction_of=queries.log_entry(caller, pk))


@router.get("/handovers", response=reads(Page[HandoverOut]), summary="Handovers, newest first")
def handovers(request: HttpRequest, cut: Query[Cut]):
    return page(queries.handovers(request.caller), cut)


@router.post("/handovers", response=acts(HandoverOut, 201), summary="Sign the caller's shift over")
def hand_over(request: HttpRequest, fields: HandoverIn):
    return 201, commands.hand_over(request.caller, fields.note)


@router.post("/handovers/{pk}/take-over", response=acts(HandoverOut), summary="Confirm a handover")
def take_over(request: HttpRequest, pk: Key):
    caller = request.caller
    caller.must("duty.handover")
    return commands.take_over(caller, queries.handover(caller, pk))


def _set(caller: Caller, fields: ShiftIn, shift: Shift | None = None) -> Shift:
    caller.must("duty.roster")
    area = _desk(caller, fields.area)
    return commands.set_shift(
        caller,
        area=area,
        start=fields.start,
        end=fields.end,
        leader=_officer(caller, area, fields.leader),
        officers=[_officer(caller, area, pk) for pk in fields.officers],
        shift=shift,
    )


def _desk(caller: Caller, code: str) -> Area:
    found = queries.desk(caller, code)
    if found is None:
        raise NotFound(code)
    return found


def _officer(caller: Caller, area: Area, pk: int) -> Officer:
    found = queries.eligible(caller, area, [Role.LEADER, Role.DUTY]).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"officer {pk}")
    return found
