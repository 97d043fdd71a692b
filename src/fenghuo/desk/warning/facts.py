"""What warnings offer to the pages that gather, and to the worker."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from fenghuo.core.access import Caller, Role
from fenghuo.desk.gather import (
    AreaPaint,
    Fact,
    Headline,
    OpenItem,
    Period,
    Record,
    SearchHit,
    register,
)

from . import addressees, escalation, queries, sender, wording
from .models import Warning

register.chore(escalation.escalate)
register.chore(sender.deliver)


def _url(warning: Warning) -> str:
    return reverse("warning:board" if warning.is_out else "warning:edit", args=[warning.pk])


def _issued(caller: Caller, period: Period, area: str) -> list[Record]:
    return [
        Record(
            f"warning:{one.pk}", f"{one.number_text} {one.headline}", one.issued_at, _url(one),
            wording.short_names(list(one.areas.all())),
        )
        for one in queries.issued_between(caller, period.start, period.end, area)
    ]  # fmt: skip


def _sent(caller: Caller, period: Period, area: str) -> list[Record]:
    return [
        Record(
            f"delivery:{one.pk}", f"{one.recipient.unit} · {one.officer}", one.sent_at,
            reverse("warning:recipient", args=[one.recipient_id]),
            f"{one.recipient.warning.number_text} · {one.channel}",
        )
        for one in queries.deliveries_sent(caller, period.start, period.end, area)
    ]  # fmt: skip


def _in_time(caller: Caller, period: Period, area: str) -> list[Record]:
    return [
        Record(
            f"recipient:{one.pk}", f"{one.unit} · {one.warning.number_text}", one.acknowledged_at,
            reverse("warning:recipient", args=[one.pk]),
            _("%s min") % round((one.acknowledged_at - one.warning.issued_at).total_seconds() / 60),
        )
        for one in queries.answered_in_time(caller, period.start, period.end, area)
    ]  # fmt: skip


def _escalated(caller: Caller, period: Period, area: str) -> list[Record]:
    return [
        Record(
            f"escalation:{one.pk}", f"{one.recipient.unit} → {one.officer or ''}", one.done_at,
            reverse("warning:recipient", args=[one.recipient_id]), one.recipient.warning.number_text,
        )
        for one in queries.escalations(caller, period.start, period.end, area)
    ]  # fmt: skip


register.fact(
    Fact(
        key="warnings_issued",
        order=20,
        title=gettext_lazy("Warnings issued"),
        unit=pgettext_lazy("unit of a figure", "warnings"),
        sentence=gettext_lazy("Warnings and updates put in force in the period, without cancellations."),
        records=_issued,
    )
)
register.fact(
    Fact(
        key="deliveries_sent",
        order=21,
        title=gettext_lazy("Messages sent"),
        unit=pgettext_lazy("unit of a figure", "messages"),
        sentence=gettext_lazy(
            "Messages of warnings that a mail server, a webhook or the inbox took in the period."
        ),
        records=_sent,
    )
)
register.fact(
    Fact(
        key="acknowledged_in_time",
        order=22,
        title=gettext_lazy("Acknowledged in time"),
        unit=pgettext_lazy("unit of a figure", "answers"),
        sentence=gettext_lazy(
            "Units that acknowledged a warning issued in the period before the deadline of its level."
        ),
        records=_in_time,
    )
)
register.fact(
    Fact(
        key="escalations",
        order=23,
        title=gettext_lazy("Escalations"),
        unit=pgettext_lazy("unit of a figure", "steps"),
        sentence=gettext_lazy(
            "Times in the period that the next contact or the leader was called for a unit."
        ),
        records=_escalated,
    )
)


@register.headlines
def _headlines(caller: Caller):
    for warning in queries.in_force(caller):
        where = wording.short_names(list(warning.areas.all()))
        text = _("%(headline)s in force until %(until)s · %(where)s") % {
            "headline": warning.headline,
            "until": wording.moment(warning.expires),
            "where": where,
        }
        if not caller.may("warning.board"):
            yield Headline(warning.level, text, reverse("warning:inbox"), _("Open the inbox"))
            continue
        board = queries.board(caller, warning)
        yield Headline(
            warning.level,
            text,
            _url(warning),
            _("Open the board"),
            figure=f"{board.answered} / {board.total}",
            due=board.next.due if board.next else None,
            detail=_waiting_words(board),
        )


def _waiting_words(board: queries.Board) -> str:
    if not board.waiting:
        return _("All have answered")
    text = ngettext("%s has not answered", "%s have not answered", len(board.waiting)) % len(board.waiting)
    if board.next:
        text += " · " + _("next: %s") % board.next.officer
    return text


@register.open_items
def _open_items(caller: Caller):
    if caller.may("warning.board"):
        yield from _unanswered(caller)
    elif caller.may("warning.acknowledge"):
        for letter in queries.inbox(caller):
            if letter.waits:
                yield OpenItem(
                    "acknowledgement",
                    letter.warning.headline,
                    reverse("warning:letter", args=[letter.recipient.pk]),
                    letter.warning.due(1),
                    _("Read it and confirm"),
                )
    if caller.may("warning.draft"):
        yield from _unsigned(caller)


def _unanswered(caller: Caller):
    for warning in queries.in_force(caller):
        board = queries.board(caller, warning)
        if board.waiting:
            units = wording.listed(str(row.recipient.unit) for row in board.waiting[:4])
            yield OpenItem(
                "acknowledgement",
                f"{warning.headline} {warning.number_text}",
                _url(warning),
                board.next.due if board.next else warning.due(escalation.LAST_STEP),
                _("Not answered: %(units)s (%(count)s)") % {"units": units, "count": len(board.waiting)},
            )


def _unsigned(caller: Caller):
    for warning in queries.waiting(caller):
        where = wording.short_names(list(warning.areas.all()))
        if warning.state == Warning.State.SUBMITTED and caller.role is Role.LEADER:
            words = _("Awaits your approval")
        elif warning.state == Warning.State.APPROVED:
            words = _("Approved: issue it")
        elif warning.state == Warning.State.DRAFT:
            words = (
                _("Drafted by the danger threshold: check and submit it")
                if warning.source == "threshold"
                else _("Draft: finish and submit it")
            )
        else:
            continue
        yield OpenItem("warning", f"{warning.headline} · {where}", _url(warning), None, words)


@register.paint
def _paint(caller: Caller) -> dict[str, AreaPaint]:
    painted: dict[str, AreaPaint] = {}
    for warning in queries.in_force(caller):
        url = _url(warning) if caller.may("warning.board") else reverse("warning:inbox")
        for village in addressees.villages_in(warning.areas.all()):
            painted.setdefault(village.code, AreaPaint(level=warning.level, url=url, why=warning.headline))
    return painted


@register.search
def _search(caller: Caller, text: str):
    for warning in queries.found(caller, text):
        at = warning.issued_at or warning.drafted_at
        url = _url(warning) if caller.may("warning.board") else reverse("warning:inbox")
        yield SearchHit(
            _("Warning"),
            f"{warning.headline} {warning.number_text}".strip(),
            url,
            f"{timezone.localtime(at):%Y-%m-%d} · {warning.standing(caller.now)}",
        )
