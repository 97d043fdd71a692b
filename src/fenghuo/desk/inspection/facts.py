"""What inspection offers to the pages that gather."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.core.access import Caller, Role
from fenghuo.desk.gather import Fact, OpenItem, Period, Record, SearchHit, register

from . import queries
from .models import Hazard


def _record(hazard: Hazard, at) -> Record:
    return Record(
        key=f"hazard:{hazard.pk}",
        title=str(hazard),
        at=at,
        url=_url(hazard),
        detail=f"{hazard.get_grade_display()} · {hazard.unit}",
    )


def _url(hazard: Hazard) -> str:
    return reverse("inspection:hazard", args=[hazard.pk])


def _found(caller: Caller, period: Period, area: str) -> list[Record]:
    rows = (
        queries.hazards(caller)
        .filter(area__code__startswith=area, found_at__gte=period.start, found_at__lt=period.end)
        .order_by("found_at", "pk")
    )
    return [_record(hazard, hazard.found_at) for hazard in rows]


def _closed(caller: Caller, period: Period, area: str) -> list[Record]:
    rows = (
        queries.hazards(caller)
        .filter(area__code__startswith=area, closed_at__gte=period.start, closed_at__lt=period.end)
        .order_by("closed_at", "pk")
    )
    return [_record(hazard, hazard.closed_at) for hazard in rows]


def _overdue(caller: Caller, period: Period, area: str) -> list[Record]:
    end = min(period.end, caller.now)
    rows = queries.hazards(caller).filter(queries.overdue_at(end), area__code__startswith=area)
    return [_record(hazard, hazard.deadline) for hazard in rows.order_by("deadline", "pk")]


register.fact(
    Fact(
        key="hazards_found",
        order=60,
        title=gettext_lazy("Hazards found"),
        sentence=gettext_lazy("Hazards that were recorded in the period."),
        unit=gettext_lazy("hazards"),
        records=_found,
    )
)
register.fact(
    Fact(
        key="hazards_closed",
        order=61,
        title=gettext_lazy("Hazards closed"),
        sentence=gettext_lazy("Hazards that a second officer verified and closed in the period."),
        unit=gettext_lazy("hazards"),
        records=_closed,
    )
)
register.fact(
    Fact(
        key="hazards_overdue",
        order=62,
        title=gettext_lazy("Hazards overdue"),
        sentence=gettext_lazy("Hazards that stood open past their deadline when the period ended."),
        unit=gettext_lazy("hazards"),
        records=_overdue,
    )
)


@register.open_items
def _open(caller: Caller) -> Iterable[OpenItem]:
    """Rectifications that are due, and those that wait for a second officer.

    A unit's own people wait for nothing but their own rectifications.
    """
    waiting = queries.of_kind(caller, "open")
    if caller.role in (Role.CONTACT, Role.RESPONSIBLE):
        waiting = waiting.filter(state=Hazard.State.FOUND, unit_id=caller.unit)
    for hazard in waiting:
        rectified = hazard.state == Hazard.State.RECTIFIED
        yield OpenItem(
            kind="verification" if rectified else "rectification",
            title=(_("%s · verification") if rectified else _("%s · rectification")) % hazard,
            url=_url(hazard),
            due=hazard.deadline,
            detail=_("Awaits a second officer's check.") if rectified else str(hazard.unit),
        )


@register.search
def _search(caller: Caller, text: str) -> Iterable[SearchHit]:
    words = Q(description__icontains=text) | Q(rule__icontains=text)
    where = Q(site__name__icontains=text) | Q(site__name_en__icontains=text)
    for hazard in queries.hazards(caller).filter(words | where).order_by("-found_at", "-pk")[:20]:
        yield SearchHit(
            _("Hazard"), str(hazard), _url(hazard), f"{hazard.get_state_display()} · {hazard.area}"
        )
