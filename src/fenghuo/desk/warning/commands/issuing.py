"""Putting a warning out, and taking its place: issue, update, cancel."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.core import cap
from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.paper import paper_number
from fenghuo.desk.channel.registry import channels
from fenghuo.desk.officers.models import Officer, Unit
from fenghuo.desk.places.models import Area

from .. import addressees, document, links, scale, wording
from ..models import Delivery, Recipient, Warning
from .drafting import locked

_KINDS_OF_PLACE = ("镇", "乡", "街道", "县", "区", "市")


@transaction.atomic
def issue(caller: Caller, warning: Warning) -> Warning:
    """Put an approved warning in force.

    In one transaction: it gets its number, its CAP alert is made and checked, every unit of its areas becomes a
    recipient, a delivery waits for each contact by each chosen channel, and what it updates ends.
    """
    caller.must("warning.issue", warning.area.code)
    warning = locked(warning)
    if warning.state != Warning.State.APPROVED:
        raise RuleBroken(
            _("Only an approved warning can be issued; this one is: %s.") % warning.standing(caller.now)
        )
    if warning.expires <= caller.now:
        raise RuleBroken(_("The warning would have expired already: choose a later time."), "expires")
    if warning.original is not None:
        original = locked(warning.original)
        if not original.in_force(caller.now):
            raise RuleBroken(
                _("%s is no longer in force, so there is nothing to update. Draft a new warning.")
                % original.number_text
            )
    _put_out(caller, warning)
    return warning


@transaction.atomic
def update(caller: Caller, warning: Warning) -> Warning:
    """A draft that will take the place of a warning in force; one is made, however often this is asked."""
    caller.must("warning.draft", warning.area.code)
    warning = locked(warning)
    if not warning.in_force(caller.now):
        raise RuleBroken(
            _("Only a warning in force can be updated; this one is: %s.") % warning.standing(caller.now)
        )
    begun = warning.followers.filter(state__in=Warning.OPEN, msg_type=Warning.Kind.UPDATE).first()
    if begun is not None:
        return begun
    following = _follower(caller, warning, Warning.Kind.UPDATE)
    caller.write(
        "warning.update_drafted", f"warning:{following.pk}", warning.area.code, original=warning.number
    )
    return following


@transaction.atomic
def cancel(caller: Caller, warning: Warning) -> Warning:
    """Lift a warning in force at once: the cancellation goes to everyone whom it was sent to."""
    caller.must("warning.issue", warning.area.code)
    warning = locked(warning)
    if not warning.in_force(caller.now):
        raise RuleBroken(
            _("Only a warning in force can be cancelled; this one is: %s.") % warning.standing(caller.now)
        )
    lifting = _follower(caller, warning, Warning.Kind.CANCEL)
    _put_out(caller, lifting)
    return lifting


def _follower(caller: Caller, original: Warning, kind: str) -> Warning:
    same = (
        "area",
        "event",
        "level",
        "cause",
        "cause_en",
        "description_zh",
        "description_en",
        "instruction_zh",
        "instruction_en",
        "channels",
        "expires",
    )
    following = Warning.objects.create(
        **{name: getattr(original, name) for name in same},
        msg_type=kind,
        original=original,
        drafted_at=caller.now,
        drafted_by_id=caller.id,
        written_by_id=caller.id,
    )
    following.areas.set(original.areas.all())
    return following


def _put_out(caller: Caller, warning: Warning) -> None:
    areas = list(warning.areas.all())
    _number(caller, warning)
    warning.state = Warning.State.ISSUED
    warning.issued_at, warning.issued_by_id = caller.now, caller.id
    warning.answer_minutes = scale.levels()[warning.level].answer_minutes
    warning.identifier = document.identifier(warning)
    try:
        warning.cap_xml = cap.write(document.alert(warning, areas)).decode()
    except cap.CapError as refused:
        raise RuleBroken(
            _("No valid CAP alert can be made of it: %s") % refused.findings[0].message_en
        ) from refused
    warning.save()
    if warning.original is not None:
        _end(caller, warning.original, by=warning)
    units = {unit.pk: unit for unit in addressees.units_in(areas)}
    if warning.original is not None:
        for told in warning.original.recipients.select_related("unit__area"):
            units.setdefault(told.unit_id, told.unit)
    contacts = addressees.contacts_of(units.values())
    recipients = Recipient.objects.bulk_create(
        Recipient(warning=warning, unit=unit, officer=next(iter(contacts[unit.pk]), None))
        for unit in units.values()
    )
    waiting = [
        delivery
        for recipient in recipients
        if recipient.officer is not None
        for delivery in deliveries(caller, recipient, recipient.officer, areas)
    ]
    Delivery.objects.bulk_create(waiting)
    caller.write(
        _past(warning),
        f"warning:{warning.pk}",
        warning.area.code,
        number=warning.number,
        identifier=warning.identifier,
        level=warning.level,
        recipients=len(recipients),
        deliveries=len(waiting),
        channels=warning.channels,
        **({"original": warning.original.number} if warning.original is not None else {}),
    )


def _past(warning: Warning) -> str:
    return "warning.cancelled" if warning.msg_type == Warning.Kind.CANCEL else "warning.issued"


def _end(caller: Caller, original: Warning, by: Warning) -> None:
    """The original ends: its escalation stops, and what has not left yet does not leave any more."""
    lifted = by.msg_type == Warning.Kind.CANCEL
    original.state = Warning.State.CANCELLED if lifted else Warning.State.UPDATED
    original.ended_at = caller.now
    original.save(update_fields=["state", "ended_at"])
    Delivery.objects.filter(recipient__warning=original, state=Delivery.State.WAITING).update(
        state=Delivery.State.DROPPED, secret=""
    )


def _number(caller: Caller, warning: Warning) -> None:
    # Issuing locks the area, so two warnings of one desk never take the same number.
    area = Area.objects.select_for_update().get(pk=warning.area_id)
    warning.year = timezone.localtime(caller.now).year
    last = Warning.objects.filter(area=area, year=warning.year).aggregate(last=Max("serial"))["last"]
    warning.serial = (last or 0) + 1
    warning.number = paper_number(mark(area), warning.year, warning.serial)


def mark(area: Area) -> str:
    """The area's name as numbers of papers carry it: 云岭 of 云岭镇."""
    for kind in _KINDS_OF_PLACE:
        if area.name.endswith(kind) and len(area.name) > len(kind) + 1:
            return area.name.removesuffix(kind)
    return area.name


def deliveries(
    caller: Caller,
    recipient: Recipient,
    officer: Officer,
    areas: list[Area],
    *,
    step: int = 0,
    lead: str = "",
) -> Iterable[Delivery]:
    """One delivery for each address that the officer has in the warning's channels; the inbox needs none."""
    warning = recipient.warning
    link = links.address(recipient, officer)
    letter = wording.letter(warning, areas, language=officer.language, link=link, lead=lead)
    # The inbox has its own button, behind a login.
    unlinked = wording.letter(warning, areas, language=officer.language, lead=lead)
    for kind in channels():
        if kind not in warning.channels:
            continue
        inbox = kind == "inbox"
        targets = (
            [("", "")]
            if inbox
            else [(a.target, a.secret) for a in officer.addresses.all() if a.channel == kind]
        )
        said = unlinked if inbox else letter
        for target, secret in targets:
            yield Delivery(
                recipient=recipient,
                officer=officer,
                channel=kind,
                target=target,
                secret=secret,
                key=uuid.uuid4(),
                step=step,
                language=officer.language,
                subject=said.subject,
                text=said.text,
                link="" if inbox else link,
                next_try_at=caller.now,
            )


def reach(warning_areas: Iterable[Area]) -> tuple[int, int, list[Unit]]:
    """How many contacts in how many villages an issue would go to, and the units that have no contact."""
    areas = list(warning_areas)
    units = addressees.units_in(areas)
    contacts = addressees.contacts_of(units)
    reached = [unit for unit in units if contacts[unit.pk]]
    return len(reached), len(addressees.villages_in(areas)), [u for u in units if not contacts[u.pk]]
