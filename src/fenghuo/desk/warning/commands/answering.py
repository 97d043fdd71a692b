"""What those who were warned do: open, acknowledge, report back; and the telephone answer taken for them."""

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotFound, Role, RuleBroken

from ..models import Recipient, Warning

LONGEST_REPORT = 1000


@transaction.atomic
def note_opening(caller: Caller, recipient: Recipient) -> None:
    """Record that somebody opened the warning for the first time. It acknowledges nothing."""
    caller.must("warning.acknowledge")
    _must_answer_for(caller, recipient)
    first = Recipient.objects.filter(pk=recipient.pk, opened_at=None).update(opened_at=caller.now)
    if first:
        caller.write("warning.opened", f"recipient:{recipient.pk}", recipient.unit.area.code)


@transaction.atomic
def acknowledge(caller: Caller, recipient: Recipient) -> Recipient:
    """Record that the warning was read, once: a second tap finds the first one's time.

    Any contact of the unit may, and a leader of the area, who thereby takes over.
    """
    caller.must("warning.acknowledge")
    _must_answer_for(caller, recipient)
    recipient = _locked(recipient)
    if recipient.acknowledged_at is not None:
        return recipient
    if not _answerable(caller, recipient.warning):
        raise RuleBroken(_("This warning no longer holds; nothing is left to confirm."))
    how = Recipient.How.LEADER if caller.role is Role.LEADER else _how(caller)
    return _settle(caller, recipient, how=how, officer_id=caller.id)


@transaction.atomic
def record_phone_answer(caller: Caller, recipient: Recipient, *, name: str) -> Recipient:
    """The duty officer reached the unit by telephone; `name` is who answered."""
    caller.must("warning.phone", recipient.warning.area.code)
    recipient = _locked(recipient)
    if recipient.acknowledged_at is not None:
        return recipient
    if not _answerable(caller, recipient.warning):
        raise RuleBroken(_("This warning no longer holds; nothing is left to confirm."))
    name = " ".join(name.split())[:80]
    if not name:
        raise RuleBroken(_("Write down who answered the telephone."), "name")
    return _settle(caller, recipient, how=Recipient.How.PHONE, officer_id=caller.id, name=name)


@transaction.atomic
def report_back(caller: Caller, recipient: Recipient, text: str) -> Recipient:
    """What the unit did about the warning, in its own words. A later report replaces an earlier one."""
    caller.must("warning.report_back")
    _must_answer_for(caller, recipient)
    recipient = _locked(recipient)
    if recipient.acknowledged_at is None:
        raise RuleBroken(_("Confirm first that you have read the warning."))
    text = text.strip()
    if not text:
        raise RuleBroken(_("Write what was done, in a line or two."), "text")
    if len(text) > LONGEST_REPORT:
        raise RuleBroken(_("Keep it under %s characters.") % LONGEST_REPORT, "text")
    recipient.report, recipient.reported_at = text, caller.now
    recipient.save(update_fields=["report", "reported_at"])
    caller.write("warning.reported_back", f"recipient:{recipient.pk}", recipient.unit.area.code, text=text)
    return recipient


def _settle(
    caller: Caller, recipient: Recipient, *, how: str, officer_id: int | None, name: str = ""
) -> Recipient:
    recipient.acknowledged_at, recipient.acknowledged_how = caller.now, how
    recipient.acknowledged_by_id, recipient.answered_name = officer_id, name
    recipient.save(update_fields=["acknowledged_at", "acknowledged_how", "acknowledged_by", "answered_name"])
    caller.write(
        "warning.acknowledged",
        f"recipient:{recipient.pk}",
        recipient.unit.area.code,
        warning=recipient.warning.number,
        unit=recipient.unit.name,
        how=how,
        **({"answered": name} if name else {}),
    )
    return recipient


def may_answer_for(caller: Caller, recipient: Recipient) -> bool:
    """Whether the caller is a contact of the unit, or a leader whose area holds it."""
    if caller.role is Role.CONTACT:
        return caller.unit is not None and caller.unit == recipient.unit_id
    return caller.role is Role.LEADER and caller.sees(recipient.unit.area.code)


def _must_answer_for(caller: Caller, recipient: Recipient) -> None:
    if not may_answer_for(caller, recipient):
        raise NotFound(f"recipient {recipient.pk}")


def _answerable(caller: Caller, warning: Warning) -> bool:
    """A cancellation can be acknowledged like a warning in force; what has ended can not."""
    return warning.state == Warning.State.ISSUED and caller.now < warning.expires


def _how(caller: Caller) -> str:
    return Recipient.How.LINK if caller.via == "link" else Recipient.How.APP


def _locked(recipient: Recipient) -> Recipient:
    return (
        Recipient.objects.select_for_update(of=("self",))
        .select_related("warning__area", "unit__area")
        .get(pk=recipient.pk)
    )
