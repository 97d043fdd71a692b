"""What screens and the API read of warnings, limited to what the caller may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.core import cap
from fenghuo.core.access import Caller, NotFound, Role
from fenghuo.desk.channel.registry import channels
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area

from . import addressees, escalation, links, notice
from .commands.answering import may_answer_for
from .models import Delivery, Recipient, Warning

OUT = Q(state__in=Warning.OUT)


def warnings(caller: Caller) -> QuerySet[Warning]:
    """Warnings that touch the caller's area, newest first; drafts only for who may write or approve them."""
    caller.must("warning.read")
    within = Q(area__code__startswith=caller.area)
    reaching = Q(areas__code__startswith=caller.area) | Q(
        areas__code__in=addressees.enclosing(caller.area or "")
    )
    if caller.may("warning.board"):
        found = Warning.objects.filter(within | reaching & OUT)
    else:
        found = Warning.objects.filter(reaching, OUT)
    if not caller.may("warning.draft") and caller.role is not Role.CLERK:
        found = found.filter(OUT)
    pks = found.values("pk")
    return (
        Warning.objects.filter(pk__in=pks)
        .select_related("area", "original", "drafted_by", "approved_by", "issued_by")
        .prefetch_related("areas")
        .order_by("-pk")
    )


def warning(caller: Caller, pk: int) -> Warning:
    """One warning; NotFound where there is none that the caller may see."""
    caller.must("warning.read")
    found = warnings(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"warning {pk}")
    return found


def in_force(caller: Caller) -> list[Warning]:
    """Warnings in force in the caller's area, the gravest first, then the newest."""
    caller.must("warning.read")
    rank = {"red": 0, "orange": 1, "yellow": 2, "blue": 3}
    found = warnings(caller).filter(state=Warning.State.ISSUED, expires__gt=caller.now)
    return sorted(found.exclude(msg_type=Warning.Kind.CANCEL), key=lambda one: (rank[one.level], -one.pk))


def waiting(caller: Caller) -> QuerySet[Warning]:
    """Drafts, and what waits for approval or issue."""
    caller.must("warning.read")
    return warnings(caller).filter(state__in=Warning.OPEN)


def issued_between(caller: Caller, start: datetime, end: datetime, area: str = "") -> QuerySet[Warning]:
    """Warnings and updates of the area issued in [start, end), oldest first."""
    caller.must("warning.read")
    return (
        warnings(caller)
        .filter(OUT, issued_at__gte=start, issued_at__lt=end, area__code__startswith=area)
        .exclude(msg_type=Warning.Kind.CANCEL)
        .order_by("issued_at")
    )


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
        Recipient.objects.filter(warning=warning)
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
        Recipient.objects.filter(pk=pk, warning__in=warnings(caller).values("pk"))
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


def notice_file(caller: Caller, warning: Warning, language: str) -> bytes:
    """The official notice as a .docx file; `language` is zh or en."""
    caller.must("warning.read")
    areas = list(warning.areas.all())
    with override("en" if language == "en" else "zh-hans"):
        return notice.render(warning, areas, notice_to(caller, areas), language)


def successor(caller: Caller, warning: Warning) -> Warning | None:
    """What took a warning's place: its update or its cancellation, once issued."""
    caller.must("warning.read")
    return warning.followers.filter(OUT).order_by("-pk").first()


def published(caller: Caller, identifier: str) -> Warning:
    """A published alert by its CAP identifier: anybody may read it, however long ago it was."""
    caller.must("warning.published")
    found = Warning.objects.filter(OUT, identifier=identifier).select_related("area").first()
    if found is None:
        raise NotFound(identifier)
    return found


@dataclass(frozen=True)
class Feed:
    """The alerts that hold, and when that last changed."""

    alerts: list[cap.Alert]
    updated: datetime | None
    home: Area | None


def feed(caller: Caller) -> Feed:
    """What the public feed carries: every message that is neither replaced nor expired."""
    caller.must("warning.published")
    issued = Warning.objects.filter(OUT)
    live = list(issued.filter(state=Warning.State.ISSUED, expires__gt=caller.now).order_by("-issued_at"))
    # An alert that expires leaves the feed, which is a change as much as one that joins it.
    moments = [
        *issued.order_by("-issued_at").values_list("issued_at", flat=True)[:1],
        *issued.filter(expires__lte=caller.now).order_by("-expires").values_list("expires", flat=True)[:1],
    ]
    return Feed(
        [cap.parse(one.cap_xml.encode()) for one in live],
        max((moment for moment in moments if moment), default=None),
        Area.objects.order_by("code").first(),
    )


def deliveries_sent(caller: Caller, start: datetime, end: datetime, area: str = "") -> QuerySet[Delivery]:
    """Messages that left the desk in [start, end) to units of the area."""
    caller.must("warning.board")
    return (
        Delivery.objects.filter(
            state=Delivery.State.SENT,
            sent_at__gte=start,
            sent_at__lt=end,
            recipient__unit__area__code__startswith=area,
        )
        .filter(recipient__unit__area__code__startswith=caller.area)
        .select_related("recipient__warning__area", "recipient__unit", "officer")
        .order_by("sent_at", "pk")
    )


def answered_in_time(caller: Caller, start: datetime, end: datetime, area: str = "") -> list[Recipient]:
    """Recipients of warnings issued in [start, end) who acknowledged within the level's deadline."""
    caller.must("warning.board")
    found = (
        Recipient.objects.filter(
            warning__in=issued_between(caller, start, end).values("pk"),
            acknowledged_at__isnull=False,
            unit__area__code__startswith=area,
        )
        .filter(unit__area__code__startswith=caller.area)
        .select_related("warning__area", "unit")
        .order_by("acknowledged_at", "pk")
    )
    return [row for row in found if row.acknowledged_at <= row.warning.due(1)]


def escalations(
    caller: Caller, start: datetime, end: datetime, area: str = ""
) -> QuerySet[escalation.Escalation]:
    """Steps of escalation taken in [start, end) for units of the area."""
    caller.must("warning.board")
    return (
        escalation.Escalation.objects.filter(
            done_at__gte=start, done_at__lt=end, recipient__unit__area__code__startswith=area
        )
        .filter(recipient__unit__area__code__startswith=caller.area)
        .select_related("recipient__warning__area", "recipient__unit", "officer")
        .order_by("done_at", "pk")
    )


def found(caller: Caller, text: str) -> Sequence[Warning]:
    """Warnings whose number, cause, words or areas hold the text."""
    caller.must("search.read")
    return (
        warnings(caller)
        .filter(
            Q(number__icontains=text)
            | Q(cause__icontains=text)
            | Q(description_zh__icontains=text)
            | Q(description_en__icontains=text)
            | Q(areas__name__icontains=text)
            | Q(areas__name_en__icontains=text)
        )
        .distinct()[:20]
    )
