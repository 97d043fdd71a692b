"""What those who are warned read: their inbox, a link's warning, the notice."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.core.access import Caller, NotFound
from fenghuo.core.paper import Form
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area

from .. import addressees, links, notice
from ..commands.answering import may_answer_for
from ..models import Delivery, Recipient, Warning


@dataclass(frozen=True)
class Letter:
    """A warning in somebody's inbox."""

    delivery: Delivery
    warning: Warning
    recipient: Recipient
    in_force: bool
    waits: bool


def inbox(caller: Caller) -> list[Letter]:
    """What the desk's inbox holds for the caller: what still waits first, then the newest."""
    caller.must("warning.read")
    found = (
        Delivery.objects.filter(officer_id=caller.id, channel="inbox")
        .exclude(state=Delivery.State.DROPPED)
        .select_related("recipient__warning__area", "recipient__warning__original", "recipient__unit__area")
        .prefetch_related("recipient__warning__areas")
        .order_by("-pk")[:100]
    )
    letters, seen = [], set()
    for delivery in found:
        recipient, warning = delivery.recipient, delivery.recipient.warning
        if recipient.pk in seen:
            continue
        seen.add(recipient.pk)
        holds = warning.in_force(caller.now)
        letters.append(
            Letter(delivery, warning, recipient, holds, holds and recipient.acknowledged_at is None)
        )
    return sorted(letters, key=lambda letter: not letter.waits)


def addressed(caller: Caller, recipient_pk: int) -> Recipient:
    """A recipient that the caller may answer for; NotFound otherwise."""
    caller.must("warning.acknowledge")
    found = (
        Recipient.objects.filter(pk=recipient_pk)
        .select_related("warning__area", "warning__original", "unit__area")
        .first()
    )
    if found is None or not may_answer_for(caller, found):
        raise NotFound(f"recipient {recipient_pk}")
    return found


@dataclass(frozen=True)
class Holder:
    """Who holds an acknowledgement link: the officer as a caller, their language, and what they answer for."""

    caller: Caller
    language: str
    recipient: Recipient


def holder(caller: Caller, token: str) -> Holder:
    """Who the link with this token names. BadLink or ExpiredLink where it names nobody, or no longer."""
    caller.must("warning.published")
    named = links.read(token, caller.now)
    officer = Officer.objects.filter(pk=named.officer, is_active=True).select_related("area").first()
    if officer is None:
        raise links.BadLink
    theirs = identity.caller_for(officer, caller.now, via="link")
    try:
        return Holder(theirs, officer.language, addressed(theirs, named.recipient))
    except NotFound as error:
        raise links.BadLink from error


def notice_to(caller: Caller, areas: Iterable[Area]) -> list[str]:
    """Whom a notice is addressed to: the units by name while they are few, else in one phrase."""
    caller.must("warning.read")
    units = addressees.units_in(areas)
    if len(units) <= 6:
        return [str(unit) for unit in units]
    return [_("Village committees and units concerned")]


def notice_file(caller: Caller, warning: Warning, language: str, form: Form = Form.DOCX) -> bytes:
    """The official notice as a file; `language` is zh or en."""
    caller.must("warning.read")
    areas = list(warning.areas.all())
    with override("en" if language == "en" else "zh-hans"):
        return notice.render(warning, areas, notice_to(caller, areas), language, form)
