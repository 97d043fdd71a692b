"""The acknowledgement board of a warning: who has and who has not answered, and what each received."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Prefetch

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.channel.registry import channels
from fenghuo.desk.officers.models import Officer

from .. import addressees, escalation, links
from ..models import Delivery, Recipient, Warning
from .seen import warnings


@dataclass(frozen=True)
class Sent:
    """One delivery as the board shows it; `text` is what that person received, its link's secret covered."""

    delivery: Delivery
    channel: str
    text: str


@dataclass
class Row:
    """One recipient on the board."""

    recipient: Recipient
    contact: Officer | None
    channels: list[str]
    sent_at: datetime | None
    problems: list[Delivery]
    retrying: list[Delivery]
    minutes: int | None
    next: escalation.Step | None
    called: list[Officer] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return self.recipient.acknowledged_at is None


@dataclass
class Board:
    """Who has and who has not answered, and what happens next."""

    warning: Warning
    rows: list[Row]
    answered: int
    total: int
    reports: int
    median_minutes: float | None
    next: escalation.Step | None
    unsent: int
    failed: int
    running: bool  # whether escalation goes on

    @property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if row.waits]

    @property
    def settled(self) -> list[Row]:
        return [row for row in self.rows if not row.waits]


def board(caller: Caller, warning: Warning) -> Board:
    """The acknowledgement board of a warning: those who have not answered first, the next to be called first."""
    caller.must("warning.board")
    running = warning.in_force(caller.now)
    found = list(
        Recipient.objects.filter(warning=warning, unit__area__code__startswith=caller.area)
        .select_related("unit__area", "officer", "acknowledged_by")
        .prefetch_related(
            Prefetch("deliveries", Delivery.objects.select_related("officer")), "escalations__officer"
        )
    )
    rows = _rows(caller, warning, found, running)
    minutes = [row.minutes for row in rows if row.minutes is not None]
    deliveries = [d for recipient in found for d in recipient.deliveries.all()]
    coming = [row.next for row in rows if row.next is not None]
    return Board(
        warning=warning,
        rows=rows,
        answered=sum(not row.waits for row in rows),
        total=len(rows),
        reports=sum(bool(recipient.report) for recipient in found),
        median_minutes=median(minutes) if minutes else None,
        next=min(coming, key=lambda step: step.due, default=None),
        unsent=sum(d.state in (Delivery.State.WAITING, Delivery.State.CLAIMED) for d in deliveries),
        failed=sum(d.state == Delivery.State.FAILED for d in deliveries),
        running=running,
    )


def _rows(caller: Caller, warning: Warning, found: list[Recipient], running: bool) -> list[Row]:
    open_ones = [recipient for recipient in found if running and recipient.acknowledged_at is None]
    contacts = addressees.contacts_of(recipient.unit for recipient in open_ones)
    leader = addressees.leader(caller, warning.area, caller.now) if open_ones else None
    names = {kind: channel.label for kind, channel in channels().items()}
    rows = []
    for recipient in found:
        recipient.warning = warning
        coming = (
            next(escalation.pending(recipient, contacts[recipient.unit_id], leader), None)
            if running and recipient.acknowledged_at is None
            else None
        )
        rows.append(_row(warning, recipient, coming, names))
    far = datetime.max.replace(tzinfo=caller.now.tzinfo)
    # Nobody left to call is the worst case of all: it stands first.
    return sorted(
        rows,
        key=lambda row: (
            not row.waits,
            (row.next.due if row.next else datetime.min.replace(tzinfo=caller.now.tzinfo))
            if row.waits
            else far,
            row.recipient.acknowledged_at or far,
            row.recipient.unit.area.code,
        ),
    )


def _row(
    warning: Warning, recipient: Recipient, coming: escalation.Step | None, names: dict[str, str]
) -> Row:
    deliveries = list(recipient.deliveries.all())
    first = [d for d in deliveries if d.step == 0]
    sent = [d.sent_at for d in first if d.sent_at is not None]
    answered = recipient.acknowledged_at
    minutes = (
        round((answered - warning.issued_at) / timedelta(minutes=1))
        if answered and warning.issued_at
        else None
    )
    return Row(
        recipient=recipient,
        contact=recipient.officer,
        channels=[names.get(kind, kind) for kind in dict.fromkeys(d.channel for d in first)],
        sent_at=min(sent, default=None),
        problems=[d for d in deliveries if d.state == Delivery.State.FAILED],
        retrying=[d for d in deliveries if d.state == Delivery.State.WAITING and d.error],
        minutes=minutes,
        next=coming,
        called=[row.officer for row in recipient.escalations.all() if row.officer is not None],
    )


def recipient(caller: Caller, pk: int) -> Recipient:
    """One recipient, for who may see the board."""
    caller.must("warning.board")
    found = (
        Recipient.objects.filter(
            pk=pk, unit__area__code__startswith=caller.area, warning__in=warnings(caller).values("pk")
        )
        .select_related("warning__area", "unit__area", "officer", "acknowledged_by")
        .first()
    )
    if found is None:
        raise NotFound(f"recipient {pk}")
    return found


def received(caller: Caller, recipient: Recipient) -> list[Sent]:
    """Everything sent to the recipient, as each person received it."""
    caller.must("warning.board")
    names = {kind: channel.label for kind, channel in channels().items()}
    return [
        Sent(d, names.get(d.channel, d.channel), links.hidden(d.text, d.link))
        for d in recipient.deliveries.select_related("officer").order_by("step", "pk")
    ]
