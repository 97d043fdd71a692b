"""What screens and other apps read of duty, limited to what the caller may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from fenghuo.core.access import Caller, NotFound, Role
from fenghuo.desk.journal.acts import url
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.journal.queries import acts_between
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import areas, home_area

from . import acts, hours
from .models import Handover, LogEntry, Shift

HANDOVER_GRACE = timedelta(hours=12)
"""How long after its end a shift can still be signed over."""


@dataclass(frozen=True)
class Day:
    """One day of a roster: the shifts that begin on it and the hours of it that no one covers, in order."""

    date: date
    rows: list[Shift | hours.Gap]


@dataclass(frozen=True)
class Week:
    """Seven days of a roster from a Monday; `gaps` are the whole week's, joined across midnights."""

    area: Area
    monday: date
    days: list[Day]
    gaps: list[hours.Gap]


@dataclass(frozen=True)
class Line:
    """One line of the day's log: an entry of the log itself, or an act that the journal holds.

    `count` acts of one kind may share a line, `at` being the newest's. `entry` is the log's own entry.
    """

    at: datetime
    who: str
    text: str
    url: str = ""
    count: int = 1
    entry: LogEntry | None = None


def on_shift(caller: Caller, at: datetime, area_code: str | None = None) -> Shift | None:
    """The shift that runs at `at` (start included, end excluded) for the caller's township, or None.

    A village's shift is its township's. With `area_code`, the shift of that area.
    """
    caller.must("duty.on_call")
    return _running(caller, area_code).filter(start__lte=at, end__gt=at).order_by("-area__code").first()


def next_shift(caller: Caller, at: datetime, area_code: str | None = None) -> Shift | None:
    """The first shift that begins after `at`."""
    caller.must("duty.on_call")
    return _running(caller, area_code).filter(start__gt=at).order_by("start", "-area__code").first()


def shift(caller: Caller, pk: int) -> Shift:
    """One shift of the caller's area; NotFound where there is none."""
    caller.must("duty.read")
    found = with_people(Shift.objects.filter(pk=pk, area__code__startswith=caller.area)).first()
    if found is None:
        raise NotFound(f"shift {pk}")
    return found


def desks(caller: Caller) -> list[Area]:
    """The areas in sight that can keep a roster: the caller's own, or a county's townships."""
    caller.must("duty.read")
    return list(areas(caller).filter(level=Area.Level.TOWNSHIP))


def desk(caller: Caller, code: str = "") -> Area | None:
    """The township with this code, or the caller's first; None where the tree has none yet."""
    caller.must("duty.read")
    found = desks(caller)
    chosen = [area for area in found if area.code == code] if code else found
    if code and not chosen:
        raise NotFound(code)
    return chosen[0] if chosen else home_area(caller)


def week(caller: Caller, monday: date, area_code: str = "") -> Week | None:
    """The roster of a week; None where there is no area yet."""
    caller.must("duty.read")
    area = desk(caller, area_code)
    if area is None:
        return None
    start, end = hours.midnight(monday), hours.midnight(monday + timedelta(7))
    shifts = list(with_people(Shift.objects.filter(area=area, start__lt=end, end__gt=start)))
    covered = [(each.start, each.end) for each in shifts]
    days = []
    for n in range(7):
        day = monday + timedelta(n)
        first, last = hours.midnight(day), hours.midnight(day + timedelta(1))
        starting = [each for each in shifts if first <= each.start < last]
        rows = [*starting, *hours.gaps(covered, first, last)]
        days.append(Day(day, sorted(rows, key=lambda row: row.start)))
    return Week(area, monday, days, hours.gaps(covered, start, end))


def gaps_ahead(caller: Caller, length: timedelta = timedelta(days=1)) -> list[hours.Gap]:
    """Uncovered hours of the caller's own township in the next 24 hours."""
    caller.must("duty.read")
    area = home_area(caller)
    if area is None or area.level != Area.Level.TOWNSHIP:
        return []
    end = caller.now + length
    shifts = Shift.objects.filter(area=area, start__lt=end, end__gt=caller.now)
    return hours.gaps(shifts.values_list("start", "end"), caller.now, end)


def shifts(caller: Caller) -> QuerySet[Shift]:
    """Every shift in the caller's area."""
    caller.must("duty.read")
    return with_people(Shift.objects.filter(area__code__startswith=caller.area))


def eligible(caller: Caller, area: Area, roles: Iterable[Role]) -> QuerySet[Officer]:
    """Active officers with one of the roles who may serve on the area's roster."""
    caller.must("duty.roster", area.code)
    enclosing = [area.code[:n] for n in range(1, len(area.code) + 1)]
    return Officer.objects.filter(is_active=True, role__in=list(roles), area__code__in=enclosing)


def log_entries(caller: Caller) -> QuerySet[LogEntry]:
    """The log of the caller's area, newest first, struck lines too."""
    caller.must("duty.read")
    return LogEntry.objects.filter(area__code__startswith=caller.area).select_related(
        "officer", "area", "corrected_by", "correction_of"
    )


def log_entry(caller: Caller, pk: int) -> LogEntry:
    found = log_entries(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"log {pk}")
    return found


def log_of_day(caller: Caller, day: date) -> list[Line]:
    """The log of a local day: its entries and the journal's acts of that day, newest first."""
    caller.must("duty.read")
    start, end = hours.midnight(day), hours.midnight(day + timedelta(1))
    own = log_entries(caller).filter(at__gte=start, at__lt=end)
    return _lines(list(own), acts_between(caller, start, end))


def log_tail(caller: Caller, limit: int = 6) -> list[Line]:
    """The last lines of the log up to now, newest first, from today and the day before."""
    caller.must("duty.read")
    start, end = caller.now - timedelta(days=2), caller.now + timedelta(seconds=1)
    own = log_entries(caller).filter(at__gte=start, at__lt=end)[:limit]
    # Runs of one act fold into a line, so more entries are read than lines are shown.
    return _lines(list(own), acts_between(caller, start, end).order_by("-seq")[: limit * 50])[:limit]


def shift_to_hand_over(caller: Caller) -> Shift | None:
    """The earliest shift of the caller that runs or has just ended and is not yet signed over."""
    caller.must("duty.handover")
    candidates = with_people(
        Shift.objects.filter(
            area__code__startswith=caller.area,
            start__lte=caller.now,
            end__gt=caller.now - HANDOVER_GRACE,
            handover=None,
        )
    )
    return next((each for each in candidates if each.holds(caller.id)), None)


def handovers(caller: Caller) -> QuerySet[Handover]:
    """Handovers of the caller's area, newest first."""
    caller.must("duty.read")
    return Handover.objects.filter(shift__area__code__startswith=caller.area).select_related(
        "shift__area", "shift__leader", "next_shift__leader", "given_by", "taken_by"
    )


def handover(caller: Caller, pk: int) -> Handover:
    found = handovers(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"handover {pk}")
    return found


def after(ending: Shift) -> Shift | None:
    """The shift that follows on the same roster. The caller has been allowed `ending`."""
    return with_people(Shift.objects.filter(area_id=ending.area_id, start__gte=ending.end)).first()


def overlapping(area: Area, start: datetime, end: datetime, but: Shift | None = None) -> QuerySet[Shift]:
    """Shifts of the area that share a moment with [start, end). The caller has been allowed the area."""
    found = Shift.objects.filter(area=area, start__lt=end, end__gt=start)
    return with_people(found.exclude(pk=but.pk) if but else found)


def starting_between(area: Area, start: datetime, end: datetime) -> list[Shift]:
    """Shifts of the area that begin in [start, end). The caller has been allowed the area."""
    return list(with_people(Shift.objects.filter(area=area, start__gte=start, start__lt=end)))


def with_people(found: QuerySet[Shift]) -> QuerySet[Shift]:
    """The same shifts with their area, leader and duty officers read at once."""
    return found.select_related("area", "leader__area").prefetch_related("posts__officer__area")


def _running(caller: Caller, area_code: str | None) -> QuerySet[Shift]:
    code = caller.area if area_code is None else area_code
    if not caller.touches(code):
        raise NotFound(code)
    enclosing = [code[:n] for n in range(1, len(code) + 1)]
    return with_people(Shift.objects.filter(area__code__in=enclosing))


def _lines(own: list[LogEntry], entries: Iterable[Entry]) -> list[Line]:
    runs = acts.runs(list(entries))
    people = Officer.objects.in_bulk({entry.officer_id for run in runs for entry in run} - {None})
    lines = [
        Line(
            at=datetime.fromisoformat(run[0].at),
            who=_who(run, people),
            text=acts.sentence(run),
            url=url(run[0].subject),
            count=len(run),
        )
        for run in runs
    ]
    lines += [Line(at=each.at, who=str(each.officer or ""), text=each.text, entry=each) for each in own]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _who(run: list[Entry], people: dict[int, Officer]) -> str:
    """Who acted; nobody is named where several did, nor where the program did."""
    first = run[0]
    if len({entry.officer_id for entry in run}) > 1 or first.role == Role.PROGRAM:
        return ""
    return str(people.get(first.officer_id, first.officer_name))
