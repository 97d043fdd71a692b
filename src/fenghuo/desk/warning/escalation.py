"""What happens when an acknowledgement is overdue, worked out from what is stored and never from a timer.

At issue + deadline the unit's next contact is called, at issue + 2 × deadline the leader on shift; a unit
without a second contact goes to the leader at once. A desk that was off takes every step it missed, each once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from fenghuo.core.access import Caller, Role
from fenghuo.desk.officers.models import Officer

from . import addressees, wording
from .commands.issuing import deliveries
from .models import Delivery, Escalation, Recipient, Warning

LAST_STEP = 2


@dataclass(frozen=True)
class Step:
    """A step of one recipient's escalation that has not been taken."""

    number: int
    due: datetime
    officer: Officer
    to_leader: bool


def escalate(caller: Caller) -> bool:
    """Take every step that is due, of every warning in force. One pass leaves nothing due: False, always."""
    caller.must("warning.deliver")
    running = Warning.objects.filter(
        state=Warning.State.ISSUED, expires__gt=caller.now, answer_minutes__gt=0
    ).exclude(msg_type=Warning.Kind.CANCEL)
    for warning in running:
        if steps_due(warning, caller.now) and _behind(warning, caller.now):
            _escalate(caller, warning)
    return False


def steps_due(warning: Warning, now: datetime) -> int:
    """How many steps the deadline has called for by `now`, at most LAST_STEP."""
    assert warning.issued_at is not None
    passed = (now - warning.issued_at) // timedelta(minutes=warning.answer_minutes)
    return max(0, min(LAST_STEP, passed))


def _behind(warning: Warning, now: datetime) -> bool:
    """Whether a recipient may have steps that are due and not taken; after the leader there is none."""
    unanswered = warning.recipients.filter(acknowledged_at=None).exclude(
        escalations__officer__role=Role.LEADER
    )
    return unanswered.annotate(taken=Count("escalations")).filter(taken__lt=steps_due(warning, now)).exists()


@transaction.atomic
def _escalate(caller: Caller, warning: Warning) -> None:
    # The warning is locked first: a cancellation under way ends before the first step, or waits for the last.
    warning = Warning.objects.select_for_update(of=("self",)).select_related("area").get(pk=warning.pk)
    if not warning.in_force(caller.now):
        return
    unanswered = list(
        Recipient.objects.select_for_update(of=("self",))
        .filter(warning=warning, acknowledged_at=None)
        .select_related("unit__area", "officer")
        .prefetch_related("escalations")
    )
    areas = list(warning.areas.all())
    leader = addressees.leader(caller, warning.area, caller.now)
    contacts = addressees.contacts_of(recipient.unit for recipient in unanswered)
    taken: list[Escalation] = []
    waiting: list[Delivery] = []
    for recipient in unanswered:
        recipient.warning = warning
        for step in pending(recipient, contacts[recipient.unit_id], leader):
            if step.due > caller.now:
                break
            taken.append(
                Escalation(
                    recipient=recipient,
                    step=step.number,
                    officer=step.officer,
                    due_at=step.due,
                    done_at=caller.now,
                )
            )
            lead = wording.not_answered(
                _unit_name(recipient, step.officer.language),
                warning.answer_minutes * step.number,
                to_leader=step.to_leader,
                language=step.officer.language,
            )
            waiting += deliveries(caller, recipient, step.officer, areas, step=step.number, lead=lead)
    if not taken:
        return
    Escalation.objects.bulk_create(taken)
    Delivery.objects.bulk_create(waiting)
    caller.write(
        "warning.escalated",
        f"warning:{warning.pk}",
        warning.area.code,
        number=warning.number,
        steps=[[row.recipient.unit.name, row.step, row.officer.name if row.officer else ""] for row in taken],
    )


def pending(recipient: Recipient, contacts: list[Officer], leader: Officer | None) -> Iterator[Step]:
    """The steps not yet taken for a recipient, in order, whether due or still to come."""
    done = {row.step for row in recipient.escalations.all()}
    called = addressees.steps(recipient.officer, contacts, leader)
    for number, officer in enumerate(called, 1):
        if number not in done:
            to_leader = leader is not None and officer.pk == leader.pk
            yield Step(number, recipient.warning.due(number), officer, to_leader)


def _unit_name(recipient: Recipient, language: str) -> str:
    unit = recipient.unit
    return unit.name_en if language == "en" and unit.name_en else unit.name
