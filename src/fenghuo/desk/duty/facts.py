"""What duty offers to the pages that gather: its figures, and the hours that no one covers."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.core.access import Caller
from fenghuo.desk.gather import Fact, OpenItem, Period, Record, SearchHit, register

from . import hours, queries


def _day_url(moment) -> str:
    return f"{reverse('duty:day')}?date={timezone.localtime(moment).date().isoformat()}"


def _manned(caller: Caller, period: Period, area: str) -> list[Record]:
    rows = queries.shifts(caller).filter(
        area__code__startswith=area,
        start__gte=period.start,
        start__lt=period.end,
        start__lte=caller.now,
        posts__isnull=False,
    )
    return [
        Record(
            key=f"shift:{shift.pk}",
            title=str(shift),
            at=shift.start,
            url=_day_url(shift.start),
            detail=_(", ").join(str(person) for person in shift.people),
        )
        for shift in rows.distinct()
    ]


def _logged(caller: Caller, period: Period, area: str) -> list[Record]:
    rows = queries.log_entries(caller).filter(
        area__code__startswith=area, at__gte=period.start, at__lt=period.end
    )
    return [
        Record(
            key=f"log:{entry.pk}",
            title=entry.text,
            at=entry.at,
            url=_day_url(entry.at),
            detail=str(entry.officer or ""),
        )
        for entry in rows.order_by("at", "pk")
    ]


register.fact(
    Fact(
        key="shifts_manned",
        order=40,
        title=gettext_lazy("Shifts manned"),
        sentence=gettext_lazy(
            "Shifts that began in the period with a leader and a duty officer on the roster."
        ),
        unit=gettext_lazy("shifts"),
        records=_manned,
    )
)
register.fact(
    Fact(
        key="log_entries",
        order=41,
        title=gettext_lazy("Log entries"),
        sentence=gettext_lazy(
            "Lines that officers wrote in the duty log in the period, struck ones included."
        ),
        unit=gettext_lazy("entries"),
        records=_logged,
    )
)


@register.open_items
def _gaps(caller: Caller) -> Iterable[OpenItem]:
    """Hours of the next day that no one covers, for those who keep the roster."""
    if not caller.may("duty.roster") or not caller.may("duty.read"):
        return
    for gap in queries.gaps_ahead(caller):
        yield OpenItem(
            kind="roster",
            title=_("No one on the roster"),
            url=f"{reverse('duty:roster')}?week={hours.monday_of(gap.start).isoformat()}",
            due=gap.start,
            detail=hours.stretch(gap.start, gap.end),
        )


@register.open_items
def _handovers(caller: Caller) -> Iterable[OpenItem]:
    """Handovers that wait for the next shift's confirmation."""
    if not caller.may("duty.handover"):
        return
    for handover in queries.handovers(caller).filter(taken_at=None):
        if handover.given_by_id != caller.id:
            yield OpenItem(
                kind="handover",
                title=_("Handover from %s to confirm") % handover.given_by,
                url=reverse("duty:handover"),
                due=handover.shift.end,
                detail=hours.dated(handover.shift.start, handover.shift.end),
            )


@register.search
def _search(caller: Caller, text: str) -> Iterable[SearchHit]:
    if not caller.may("duty.read"):
        return
    for entry in queries.log_entries(caller).filter(text__icontains=text)[:20]:
        yield SearchHit(_("Duty log"), entry.text, _day_url(entry.at), hours.dated_moment(entry.at))
