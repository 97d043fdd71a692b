"""The records behind the figures that warnings offer to summaries."""

from datetime import datetime

from django.db.models import QuerySet

from fenghuo.core.access import Caller

from ..models import Delivery, Escalation, Recipient
from .seen import issued_between


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


def escalations(caller: Caller, start: datetime, end: datetime, area: str = "") -> QuerySet[Escalation]:
    """Steps of escalation taken in [start, end) for units of the area."""
    caller.must("warning.board")
    return (
        Escalation.objects.filter(
            done_at__gte=start, done_at__lt=end, recipient__unit__area__code__startswith=area
        )
        .filter(recipient__unit__area__code__startswith=caller.area)
        .select_related("recipient__warning__area", "recipient__unit", "officer")
        .order_by("done_at", "pk")
    )
