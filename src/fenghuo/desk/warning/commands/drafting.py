"""From a draft to an approved warning: a second officer signs what the first has written."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotAllowed, RuleBroken
from fenghuo.desk.channel.registry import channels
from fenghuo.desk.places.models import Area
from fenghuo.desk.wire import unkeepable

from .. import scale
from ..addressees import enclosing
from ..models import Warning

EDITABLE = (
    "level",
    "event",
    "cause",
    "cause_en",
    "description_zh",
    "description_en",
    "instruction_zh",
    "instruction_en",
    "expires",
    "channels",
)


LONGEST = {
    "cause": 200,
    "cause_en": 200,
    "description_zh": 600,
    "description_en": 600,
    "instruction_zh": 900,
    "instruction_en": 900,
}
"""Characters that each text may have, so that a message stays one that is read."""
LINES = 3


@transaction.atomic
def draft(
    caller: Caller,
    *,
    areas: Sequence[Area],
    level: str,
    event: str = "forest_fire",
    cause: str = "",
    cause_en: str = "",
    valid_hours: int | None = None,
    source: str = "officer",
) -> Warning:
    """A warning ready to be edited, with the usual words of its event in both languages. It is sent to nobody.

    One that is already open for the same day, event and areas is returned instead; a threshold's draft that
    nobody has touched is raised or lowered to `level`. What an officer withdrew, a threshold does not draft
    again that day at that level.
    """
    caller.must("warning.draft")
    areas = list(areas)
    if not areas:
        raise RuleBroken(_("A warning needs at least one area: choose where it applies."), "areas")
    home = desk_area(caller, areas)
    caller.must("warning.draft", home.code)
    _check_areas(caller, areas)
    _check_kind(level, event)
    found = _already_open(caller, areas, level, event, source)
    if found is not None:
        if found.state == Warning.State.DRAFT and found.written_by_id is None and found.level != level:
            found.level, found.cause, found.cause_en = level, cause, cause_en
            found.save(update_fields=["level", "cause", "cause_en"])
            caller.write("warning.redrafted", f"warning:{found.pk}", home.code, level=level)
        return found
    expires = caller.now + timedelta(hours=valid_hours) if valid_hours else usual_end(caller.now)
    warning = Warning(
        area=home,
        event=event,
        level=level,
        cause=cause,
        cause_en=cause_en,
        source=source,
        drafted_at=caller.now,
        drafted_by_id=caller.id,
        written_by_id=caller.id,
        expires=expires,
        channels=usable_channels(),
        **usual_words(event),
    )
    warning.save()
    warning.areas.set(areas)
    caller.write(
        "warning.drafted",
        f"warning:{warning.pk}",
        home.code,
        level=level,
        event=event,
        areas=sorted(area.code for area in areas),
        source=source,
    )
    return warning


@transaction.atomic
def edit(caller: Caller, warning: Warning, *, areas: Sequence[Area] | None = None, **fields: Any) -> Warning:
    """Change what a warning says before it is issued; `fields` are among EDITABLE.

    What was submitted or approved becomes a draft again: nobody signs what they have not seen.
    """
    caller.must("warning.draft", warning.area.code)
    warning = locked(warning)
    if warning.state not in Warning.OPEN:
        raise RuleBroken(_("It has been issued and cannot be changed; make an update of it."))
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise ValueError(f"no such fields: {sorted(unknown)}")
    _check_kind(fields.get("level", warning.level), fields.get("event", warning.event))
    if "channels" in fields:
        fields["channels"] = _with_inbox(fields["channels"])
    if areas is not None:
        if not areas:
            raise RuleBroken(_("A warning needs at least one area: choose where it applies."), "areas")
        _check_areas(caller, areas)
    _follow(warning, fields)
    for name, value in fields.items():
        setattr(warning, name, value)
    _check_words(caller, warning)
    warning.state = Warning.State.DRAFT
    warning.approved_by = warning.approved_at = None
    warning.written_by_id = caller.id
    warning.save()
    if areas is not None:
        warning.areas.set(areas)
    caller.write(
        "warning.edited",
        f"warning:{warning.pk}",
        warning.area.code,
        fields=sorted([*fields, *(["areas"] if areas is not None else [])]),
        level=warning.level,
    )
    return warning


@transaction.atomic
def submit(caller: Caller, warning: Warning) -> Warning:
    """Ask the leader to approve it."""
    caller.must("warning.draft", warning.area.code)
    warning = locked(warning)
    if warning.state != Warning.State.DRAFT:
        raise RuleBroken(_("Only a draft can be submitted; this one is: %s.") % warning.standing(caller.now))
    _check_words(caller, warning)
    warning.state, warning.send_back_reason = Warning.State.SUBMITTED, ""
    warning.save(update_fields=["state", "send_back_reason"])
    caller.write("warning.submitted", f"warning:{warning.pk}", warning.area.code, level=warning.level)
    return warning


@transaction.atomic
def approve(caller: Caller, warning: Warning) -> Warning:
    """Sign what another officer has written."""
    caller.must("warning.approve", warning.area.code)
    warning = locked(warning)
    if warning.state != Warning.State.SUBMITTED:
        raise RuleBroken(
            _("Only what was submitted can be approved; this one is: %s.") % warning.standing(caller.now)
        )
    if caller.id in (warning.drafted_by_id, warning.written_by_id):
        raise RuleBroken(_("You wrote this warning. Another leader must approve it."))
    _check_words(caller, warning)
    warning.state = Warning.State.APPROVED
    warning.approved_by_id, warning.approved_at = caller.id, caller.now
    warning.save(update_fields=["state", "approved_by", "approved_at"])
    caller.write("warning.approved", f"warning:{warning.pk}", warning.area.code, level=warning.level)
    return warning


@transaction.atomic
def send_back(caller: Caller, warning: Warning, reason: str) -> Warning:
    """Return it to its writer, who must learn why."""
    caller.must("warning.approve", warning.area.code)
    warning = locked(warning)
    if warning.state not in (Warning.State.SUBMITTED, Warning.State.APPROVED):
        raise RuleBroken(
            _("Only what was submitted can be sent back; this one is: %s.") % warning.standing(caller.now)
        )
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise RuleBroken(_("Say why it goes back, so that the writer knows what to change."), "reason")
    warning.state, warning.send_back_reason = Warning.State.DRAFT, reason
    warning.approved_by = warning.approved_at = None
    warning.save(update_fields=["state", "send_back_reason", "approved_by", "approved_at"])
    caller.write("warning.sent_back", f"warning:{warning.pk}", warning.area.code, reason=reason)
    return warning


@transaction.atomic
def withdraw(caller: Caller, warning: Warning) -> Warning:
    """Give up a warning that was never issued. It stays on record."""
    caller.must("warning.draft", warning.area.code)
    warning = locked(warning)
    if warning.state not in Warning.OPEN:
        raise RuleBroken(_("It has been issued; cancel it instead."))
    warning.state, warning.ended_at = Warning.State.WITHDRAWN, caller.now
    # Whose hand it was decides whether a threshold may draft the same again today.
    warning.written_by_id = caller.id
    warning.save(update_fields=["state", "ended_at", "written_by"])
    caller.write("warning.withdrawn", f"warning:{warning.pk}", warning.area.code)
    return warning


def locked(warning: Warning) -> Warning:
    """The warning as it stands now, held until the act is done: two officers cannot act on it at once."""
    return Warning.objects.select_for_update(of=("self",)).select_related("area").get(pk=warning.pk)


def desk_area(caller: Caller, areas: Sequence[Area]) -> Area:
    """Whose warning it is: the caller's own area, or for the program the township of the areas."""
    if caller.area:
        return Area.objects.get(code=caller.area)
    towns = Area.objects.filter(level=Area.Level.TOWNSHIP, code__in=enclosing(areas[0].code))
    return towns.first() or areas[0]


def usual_end(now: datetime) -> datetime:
    """20:00 of the next day in the desk's zone."""
    day = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(20)))


def usual_words(event: str) -> dict[str, str]:
    """The words a draft of this event starts with, in both languages."""
    said = scale.events()[event]
    return {
        "description_zh": said.description_zh,
        "description_en": said.description_en,
        "instruction_zh": "\n".join(said.instruction_zh),
        "instruction_en": "\n".join(said.instruction_en),
    }


def _follow(warning: Warning, fields: dict[str, Any]) -> None:
    """Words that nobody has touched follow the event that they were made for."""
    event = fields.get("event", warning.event)
    if event == warning.event:
        return
    before = usual_words(warning.event)
    for name, words in usual_words(event).items():
        if _lines(fields.get(name, getattr(warning, name))) == _lines(before[name]):
            fields[name] = words


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def usable_channels() -> list[str]:
    """The kinds that the desk can use now."""
    return [kind for kind, channel in channels().items() if not channel.problem()]


def _with_inbox(kinds: Sequence[str]) -> list[str]:
    known = channels()
    unknown = [kind for kind in kinds if kind not in known]
    if unknown:
        raise RuleBroken(_("There is no channel “%s”.") % unknown[0], "channels")
    return [kind for kind in known if kind in kinds or kind == "inbox"]


def _check_areas(caller: Caller, areas: Sequence[Area]) -> None:
    if not all(caller.sees(area.code) for area in areas):
        raise NotAllowed("warning.draft")


def _check_kind(level: str, event: str) -> None:
    if level not in scale.levels():
        raise RuleBroken(_("“%s” is not a warning level.") % level, "level")
    if event not in scale.events():
        raise RuleBroken(_("“%s” is not an event the desk warns of.") % event, "event")


def _check_words(caller: Caller, warning: Warning) -> None:
    if warning.expires <= caller.now:
        raise RuleBroken(_("The warning would have expired already: choose a later time."), "expires")
    if not warning.description_zh.strip():
        raise RuleBroken(_("Say in Chinese what is happening."), "description_zh")
    if not warning.instruction_zh.strip():
        raise RuleBroken(_("Say in Chinese what is to be done."), "instruction_zh")
    for field, most in LONGEST.items():
        text = getattr(warning, field)
        if len(text) > most:
            raise RuleBroken(_("At most %s characters fit here. Shorten the text.") % most, field)
        if unkeepable([text]):
            raise RuleBroken(
                _("The text holds a control character, which often comes with copied text. Type it anew."),
                field,
            )
    for field in ("instruction_zh", "instruction_en"):
        if len([line for line in getattr(warning, field).splitlines() if line.strip()]) > LINES:
            raise RuleBroken(_("Keep to three lines: nobody remembers a fourth on the way."), field)


def _already_open(
    caller: Caller, areas: Sequence[Area], level: str, event: str, source: str
) -> Warning | None:
    wanted = {area.code for area in areas}
    midnight = timezone.localtime(caller.now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Warning.objects.filter(
        event=event, msg_type=Warning.Kind.ALERT, drafted_at__gte=midnight
    ).prefetch_related("areas")
    for warning in today:
        if {area.code for area in warning.areas.all()} != wanted:
            continue
        same = warning.level == level
        untouched = warning.written_by_id is None and source == "threshold"
        if warning.state in Warning.OPEN and (same or untouched):
            return warning
        if warning.in_force(caller.now) and same:
            return warning
        by_officer = warning.state == Warning.State.WITHDRAWN and warning.written_by_id is not None
        if by_officer and same and warning.source == source == "threshold":
            return warning
    return None
