"""Acts on hazards: finding, planning, rectifying, verifying."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotAllowed, RuleBroken
from fenghuo.desk.places.models import Site

from . import photos, queries
from .models import PLAN_PARTS, Hazard, Photo, Rectification, Verification

DAYS = {Hazard.Grade.GENERAL: 7, Hazard.Grade.MAJOR: 30}
"""The desk's own default term by grade; the law gives none. The finder may set another."""
LONGEST_TEXT = 1000


def default_deadline(grade: str, now: datetime) -> datetime:
    """The end of the last day of the default term, aware, in the desk's zone."""
    return end_of_day(timezone.localtime(now).date() + timedelta(days=DAYS[Hazard.Grade(grade)]))


def end_of_day(day) -> datetime:
    """23:59 of a date in the desk's zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


@transaction.atomic
def find(
    caller: Caller,
    *,
    site: Site,
    description: str,
    grade: str,
    rule: str = "",
    deadline: datetime | None = None,
    pictures: Iterable[BinaryIO] = (),
) -> Hazard:
    """Record a hazard at a site; the site's unit must fix it by `deadline` (default: DAYS by grade).

    `pictures` are open image files. Raises RuleBroken with field site, description, grade, deadline or photos.
    """
    caller.must("inspection.find", site.area.code)
    if site.unit_id is None:
        raise RuleBroken(
            _("No unit answers for this site yet. Have the desk enter its unit, then record the hazard."),
            "site",
        )
    if grade not in Hazard.Grade.values:
        raise RuleBroken(_("Choose general or major."), "grade")
    deadline = deadline or default_deadline(grade, caller.now)
    if deadline <= caller.now:
        raise RuleBroken(_("The deadline has already passed. Choose a later day."), "deadline")
    found = Hazard.objects.create(
        area=site.area,
        site=site,
        unit=site.unit,
        grade=grade,
        description=_said(
            description, "description", _("Write what is wrong, so that the unit can find it.")
        ),
        rule=_fitting(rule, "rule", 300),
        found_by_id=caller.id,
        found_at=caller.now,
        deadline=deadline,
    )
    digests = _keep(found, pictures)
    caller.write(
        "inspection.hazard_found",
        f"hazard:{found.pk}",
        found.area.code,
        site=site.code,
        unit=site.unit.name,
        grade=grade,
        description=found.description,
        deadline=deadline,
        photos=digests,
    )
    return found


@transaction.atomic
def file_plan(caller: Caller, hazard: Hazard, parts: Mapping[str, str]) -> Hazard:
    """Lay down how a major hazard will be removed: every key of PLAN_PARTS (Order 16, Art. 15).

    By somebody of the responsible unit, until the rectification is reported.
    """
    caller.must("inspection.rectify", hazard.area.code)
    hazard = _locked(hazard)
    _must_be_of_unit(caller, hazard)
    if hazard.grade != Hazard.Grade.MAJOR:
        raise RuleBroken(_("Only a major hazard needs a plan."))
    if hazard.state != Hazard.State.FOUND:
        raise RuleBroken(_("The rectification has been reported; its plan can no longer be changed."))
    plan = {}
    for key, words in PLAN_PARTS.items():
        plan[key] = _fitting(parts.get(key) or "", key, LONGEST_TEXT)
        if not plan[key]:
            raise RuleBroken(_("The plan lacks “%s”. A major hazard's plan has six parts.") % words, key)
    hazard.plan = plan
    hazard.save(update_fields=["plan"])
    caller.write("inspection.plan_filed", f"hazard:{hazard.pk}", hazard.area.code, **plan)
    return hazard


@transaction.atomic
def rectify(caller: Caller, hazard: Hazard, *, note: str, pictures: Iterable[BinaryIO]) -> Rectification:
    """Report that the hazard is removed, with at least one photograph. More evidence may follow until verified.

    By the person responsible or a contact of the hazard's unit, and nobody else.
    """
    caller.must("inspection.rectify", hazard.area.code)
    hazard = _locked(hazard)
    _must_be_of_unit(caller, hazard)
    if hazard.state == Hazard.State.CLOSED:
        raise RuleBroken(_("This hazard is already closed."))
    if hazard.grade == Hazard.Grade.MAJOR and not hazard.plan:
        raise RuleBroken(
            _(
                "A major hazard needs its plan first. File the plan's six parts, then report the rectification."
            )
        )
    note = _said(note, "note", _("Write what was done."))
    pictures = list(pictures)
    if not pictures:
        raise RuleBroken(_("Add a photo that shows the rectified condition."), "photos")
    done = Rectification.objects.create(
        hazard=hazard, round=hazard.round, by_id=caller.id, at=caller.now, note=note
    )
    digests = _keep(hazard, pictures, rectification=done)
    hazard.state = Hazard.State.RECTIFIED
    hazard.save(update_fields=["state"])
    caller.write(
        "inspection.hazard_rectified",
        f"hazard:{hazard.pk}",
        hazard.area.code,
        round=hazard.round,
        note=note,
        photos=digests,
    )
    return done


@transaction.atomic
def verify(
    caller: Caller, hazard: Hazard, *, passed: bool, note: str = "", pictures: Iterable[BinaryIO] = ()
) -> Verification:
    """Check a reported rectification: passed closes the hazard, refused (with a reason) opens the next round.

    By an officer who rectified nothing in this round.
    """
    caller.must("inspection.verify", hazard.area.code)
    hazard = _locked(hazard)
    if hazard.state == Hazard.State.CLOSED:
        raise RuleBroken(_("This hazard is already closed."))
    if hazard.state != Hazard.State.RECTIFIED:
        raise RuleBroken(_("Nothing has been reported as rectified yet, so there is nothing to verify."))
    if queries.has_rectified(caller, hazard):
        raise RuleBroken(_("You rectified this hazard yourself. Another officer must verify it."))
    note = (
        _fitting(note, "note", LONGEST_TEXT)
        if passed
        else _said(note, "note", _("Write why it is refused, so that the unit knows."))
    )
    checked = Verification.objects.create(
        hazard=hazard, round=hazard.round, by_id=caller.id, at=caller.now, passed=passed, note=note
    )
    digests = _keep(hazard, pictures, verification=checked)
    if passed:
        hazard.state, hazard.closed_at = Hazard.State.CLOSED, caller.now
    else:
        hazard.state, hazard.round = Hazard.State.FOUND, hazard.round + 1
    hazard.save(update_fields=["state", "closed_at", "round"])
    caller.write(
        "inspection.hazard_closed" if passed else "inspection.rectification_refused",
        f"hazard:{hazard.pk}",
        hazard.area.code,
        round=checked.round,
        note=note,
        photos=digests,
    )
    return checked


def _locked(hazard: Hazard) -> Hazard:
    """The hazard as it is now; whoever else acts on it waits until this act is done."""
    return Hazard.objects.select_for_update().get(pk=hazard.pk)


def _must_be_of_unit(caller: Caller, hazard: Hazard) -> None:
    if not queries.is_of_unit(caller, hazard):
        raise NotAllowed("inspection.rectify")


def _said(text: str, field: str, otherwise: str) -> str:
    text = text.strip()
    if not text:
        raise RuleBroken(otherwise, field)
    return _fitting(text, field, LONGEST_TEXT)


def _fitting(text: str, field: str, most: int) -> str:
    text = text.strip()
    if len(text) > most:
        raise RuleBroken(_("At most %s characters fit here. Shorten the text.") % most, field)
    return text


def _keep(hazard: Hazard, pictures: Iterable[BinaryIO], **of) -> list[str]:
    """Keep the pictures; their digests, which the journal holds, make a picture changed later show."""
    digests = []
    for picture in photos.prepare(pictures):
        digest = photos.keep(picture)
        Photo.objects.create(hazard=hazard, sha256=digest, width=picture.width, height=picture.height, **of)
        digests.append(digest)
    return digests
