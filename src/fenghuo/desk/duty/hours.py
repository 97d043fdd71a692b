"""Hours of the roster: local days and weeks, gaps in cover, and how a moment is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Gap:
    """Hours in which no one is on duty, from `start` (included) to `end` (excluded)."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        return _("%s: no one") % stretch(self.start, self.end)


def gaps(covered: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime) -> list[Gap]:
    """The parts of [start, end) that none of the `covered` stretches holds, in order."""
    found, reached = [], start
    for begins, ends in sorted(covered):
        if begins >= end:
            break
        if begins > reached:
            found.append(Gap(reached, begins))
        reached = max(reached, ends)
    if reached < end:
        found.append(Gap(reached, end))
    return found


def midnight(day: date) -> datetime:
    """The start of a day in the desk's zone, aware."""
    return at_hour(day, time(0))


def at_hour(day: date, hour: time) -> datetime:
    """That wall time of a day in the desk's zone, aware."""
    return timezone.make_aware(datetime.combine(day, hour))


def monday_of(moment: datetime | date) -> date:
    """The Monday of the week in which it lies, in the desk's zone."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())


def later(moment: datetime, days: int) -> datetime:
    """The same wall time that many days later, which is not always a multiple of 24 hours."""
    local = timezone.localtime(moment)
    return at_hour(local.date() + timedelta(days=days), local.time())


def named(moment: datetime) -> str:
    """`Tue 20:00`, `周二 20:00`, in the desk's zone."""
    local = timezone.localtime(moment)
    return f"{_weekday(local)} {local:%H:%M}"


def stretch(start: datetime, end: datetime) -> str:
    """`Tue 20:00 – Wed 08:00`; the second day is named only where it is another one."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    if last.date() == first.date():
        return f"{named(start)} – {last:%H:%M}"
    if last.time() == time(0) and last.date() == first.date() + timedelta(days=1):
        return f"{named(start)} – 24:00"
    return f"{named(start)} – {named(end)}"


def dated_moment(moment: datetime) -> str:
    """`3 Apr, Tue 20:00`, `4月3日 周二 20:00`."""
    local = timezone.localtime(moment)
    if get_language() == "en":
        return f"{local.day} {local:%b}, {named(moment)}"
    return f"{local.month}月{local.day}日 {named(moment)}"


def dated(start: datetime, end: datetime) -> str:
    """A stretch with its date in front: `3 Apr, Tue 20:00 – Wed 08:00`."""
    return dated_moment(start) + stretch(start, end).removeprefix(named(start))


def _weekday(local: datetime) -> str:
    if get_language() == "en":
        return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[local.weekday()]
    return "周" + "一二三四五六日"[local.weekday()]
