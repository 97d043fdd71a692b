"""Which warnings a caller sees, and how they are found."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from fenghuo.core.access import Caller, NotFound, Role

from .. import addressees
from ..models import Warning

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


def successor(caller: Caller, warning: Warning) -> Warning | None:
    """What took a warning's place: its update or its cancellation, once issued."""
    caller.must("warning.read")
    return warning.followers.filter(OUT).order_by("-pk").first()


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
