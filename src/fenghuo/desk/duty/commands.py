"""Acts of duty: filling the roster, keeping the log, handing over."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotFound, Role, RuleBroken
from fenghuo.desk.gather import register
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import home_area

from . import hours, queries
from .models import Handover, LogEntry, Post, Shift

LONGEST_SHIFT = timedelta(days=3)
"""Longer than any real shift; what exceeds it is a slip of the date."""


@transaction.atomic
def set_shift(
    caller: Caller,
    *,
    area: Area,
    start: datetime,
    end: datetime,
    leader: Officer,
    officers: Sequence[Officer],
    shift: Shift | None = None,
) -> Shift:
    """Put a shift on the roster of a township, or change `shift`, until it has ended.

    Raises RuleBroken with field start, end, leader or officers.
    """
    caller.must("duty.roster", area.code)
    # Whoever else changes this roster waits, so that two shifts entered at once cannot overlap.
    Area.objects.select_for_update().get(pk=area.pk)
    if area.level == Area.Level.VILLAGE:
        raise RuleBroken(_("A village keeps no roster. Choose its township."), "area")
    _check_hours(caller, area, start, end, shift)
    officers = _check_people(area, leader, officers)
    if shift is None:
        shift = Shift.objects.create(area=area, start=start, end=end, leader=leader)
    else:
        shift.start, shift.end, shift.leader = start, end, leader
        shift.save(update_fields=["start", "end", "leader"])
        shift.posts.all().delete()
    Post.objects.bulk_create(
        Post(shift=shift, officer=officer, order=order) for order, officer in enumerate(officers, start=1)
    )
    caller.write(
        "duty.shift_set",
        f"shift:{shift.pk}",
        area.code,
        start=start,
        end=end,
        leader=leader.name,
        officers=[officer.name for officer in officers],
    )
    return queries.with_people(Shift.objects.filter(pk=shift.pk)).get()


@transaction.atomic
def remove_shift(caller: Caller, shift: Shift) -> None:
    """Take a shift that has not begun off the roster."""
    caller.must("duty.roster", shift.area.code)
    if shift.start <= caller.now:
        raise RuleBroken(_("This shift has begun and stays on the roster. Shorten it instead."))
    caller.write("duty.shift_removed", f"shift:{shift.pk}", shift.area.code, start=shift.start, end=shift.end)
    shift.delete()


@transaction.atomic
def copy_week(caller: Caller, *, area: Area, source: date, target: date) -> list[Shift]:
    """Fill the week that begins on the Monday `target` after the pattern of the one that begins on `source`.

    Shifts that have their place taken, or would already have ended, are left out.
    """
    caller.must("duty.roster", area.code)
    days = (target - source).days
    pattern = queries.starting_between(area, hours.midnight(source), hours.midnight(source + timedelta(7)))
    if not pattern:
        raise RuleBroken(_("The week before is empty. Enter one week first; it can then be copied."))
    made = []
    for old in pattern:
        start, end = hours.later(old.start, days), hours.later(old.end, days)
        if end <= caller.now or queries.overlapping(area, start, end).exists():
            continue
        made.append(
            set_shift(caller, area=area, start=start, end=end, leader=old.leader, officers=old.officers)
        )
    if not made:
        raise RuleBroken(_("Nothing was copied: every hour of that week is already on the roster."))
    return made


@transaction.atomic
def add_log(
    caller: Caller, text: str, *, area: Area | None = None, correction_of: LogEntry | None = None
) -> LogEntry:
    """Write a line in the log of the caller's area. With `correction_of`, the new line strikes the old one."""
    caller.must("duty.log", area.code if area else None)
    area = area or home_area(caller)
    if area is None:
        raise NotFound("area")
    caller.must("duty.log", area.code)
    text = _fitting(text, 1000)
    if not text:
        raise RuleBroken(_("Write what happened, then add it."), "text")
    if correction_of is not None:
        if LogEntry.objects.filter(correction_of=correction_of).exists():
            raise RuleBroken(_("This line has already been corrected. Correct the newer one."), "text")
        area = correction_of.area
        caller.must("duty.log", area.code)
    entry = LogEntry.objects.create(
        area=area, at=caller.now, officer_id=caller.id, text=text, correction_of=correction_of
    )
    act = "duty.log_corrected" if correction_of else "duty.log_added"
    corrected = {"corrects": f"log:{correction_of.pk}"} if correction_of else {}
    caller.write(act, f"log:{entry.pk}", area.code, text=text, **corrected)
    return entry


@transaction.atomic
def hand_over(caller: Caller, note: str) -> Handover:
    """Sign the caller's shift over to the next: a note and what is open at this moment."""
    caller.must("duty.handover")
    shift = queries.shift_to_hand_over(caller)
    if shift is None:
        raise RuleBroken(
            _("You are on no shift that can be handed over. If you stepped in, change the roster first.")
        )
    handover = Handover.objects.create(
        shift=shift,
        next_shift=queries.after(shift),
        note=_fitting(note, 2000),
        open_items=[_plain(asdict(item)) for item in register.all_open_items(caller)],
        given_by_id=caller.id,
        given_at=caller.now,
    )
    caller.write(
        "duty.handed_over",
        f"handover:{handover.pk}",
        shift.area.code,
        note=handover.note,
        open_items=len(handover.open_items),
    )
    return handover


@transaction.atomic
def take_over(caller: Caller, handover: Handover) -> Handover:
    """Confirm a handover: somebody of the next shift, and never who gave it."""
    caller.must("duty.handover", handover.shift.area.code)
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if handover.taken_at is not None:
        raise RuleBroken(_("%s has already taken over.") % handover.taken_by)
    if handover.given_by_id == caller.id:
        raise RuleBroken(_("You handed over yourself. Somebody of the next shift confirms it."))
    coming = queries.after(handover.shift)
    if coming is not None and not coming.holds(caller.id):
        raise RuleBroken(
            _("%s are on the next shift and one of them confirms. If you step in, change the roster first.")
            % ", ".join(str(person) for person in coming.people)
        )
    handover.next_shift, handover.taken_by_id, handover.taken_at = coming, caller.id, caller.now
    handover.save(update_fields=["next_shift", "taken_by", "taken_at"])
    caller.write("duty.taken_over", f"handover:{handover.pk}", handover.shift.area.code)
    return handover


def _check_hours(caller: Caller, area: Area, start: datetime, end: datetime, but: Shift | None) -> None:
    if end <= start:
        raise RuleBroken(_("The shift ends before it begins. Check the dates and hours."), "end")
    if min(end, but.end if but else end) <= caller.now:
        raise RuleBroken(
            _("These hours are over, and the roster is not changed afterwards. Note it in the log instead."),
            "end",
        )
    if end - start > LONGEST_SHIFT:
        raise RuleBroken(_("A shift lasts at most three days. Check the dates."), "end")
    taken = queries.overlapping(area, start, end, but).first()
    if taken is not None:
        raise RuleBroken(
            _("%(leader)s already leads the shift of %(hours)s. Change that shift, or choose other hours.")
            % {"leader": taken.leader, "hours": hours.dated(taken.start, taken.end)},
            "start",
        )


def _check_people(area: Area, leader: Officer, officers: Sequence[Officer]) -> list[Officer]:
    if not _can_serve(leader, area, {Role.LEADER}):
        raise RuleBroken(_("%s is not a leader of this area. Choose a leader.") % leader, "leader")
    officers = list(dict.fromkeys(officers))
    if not officers:
        raise RuleBroken(_("Choose at least one duty officer."), "officers")
    for officer in officers:
        if officer == leader:
            raise RuleBroken(_("%s leads this shift. Choose another duty officer.") % leader, "officers")
        if not _can_serve(officer, area, {Role.DUTY, Role.LEADER}):
            raise RuleBroken(
                _("%s is not a duty officer of this area. Choose somebody else.") % officer, "officers"
            )
    return officers


def _can_serve(officer: Officer, area: Area, roles: set[Role]) -> bool:
    return officer.is_active and officer.role in roles and area.code.startswith(officer.area.code)


def _fitting(text: str, most: int) -> str:
    text = text.strip()
    if len(text) > most:
        raise RuleBroken(_("At most %s characters fit here. Shorten the text.") % most, "text")
    return text


def _plain(item: dict) -> dict:
    """An open item as JSON keeps it."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else str(value) if value is not None else None
        for key, value in item.items()
    }
