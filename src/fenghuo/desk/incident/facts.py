"""What incidents offer to the pages that gather: figures, running clocks, the headline, search."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.core.access import Caller
from fenghuo.core.law import Punctuality
from fenghuo.desk.gather import Fact, Headline, OpenItem, Period, Record, SearchHit, register

from . import queries
from .models import Incident, Report


def _url(incident: Incident) -> str:
    return reverse("incident:detail", args=[incident.pk])


def _reported_in(caller: Caller, period: Period, area: str) -> list[tuple[Incident, queries.Told]]:
    """Incidents whose first report was made in the period, with that report's clock."""
    rows = (
        queries.incidents(caller)
        .filter(
            area__code__startswith=area,
            reports__kind=Report.Kind.FIRST,
            reports__at__gte=period.start,
            reports__at__lt=period.end,
        )
        .order_by("known_at", "pk")
    )
    return [(incident, queries.first_told(caller, incident)) for incident in rows]


def _record(incident: Incident, told: queries.Told) -> Record:
    return Record(
        key=f"incident:{incident.pk}",
        title=str(incident),
        at=told.report.at,
        url=_url(incident),
        detail=f"{incident.get_kind_display()} · {filing_words(told)}",
    )


def filing_words(told: queries.Told) -> str:
    """Where a report stands with the county, in words."""
    if told.filing is None:
        return _("not filed with the county yet")
    if told.minutes_late:
        return late_words(told.minutes_late)
    return _("filed with the county in time")


def late_words(minutes: int) -> str:
    """How late a filing was."""
    return ngettext("filed %s minute late", "filed %s minutes late", minutes) % minutes


def _reported(caller: Caller, period: Period, area: str) -> list[Record]:
    return [_record(incident, told) for incident, told in _reported_in(caller, period, area)]


def _in_time(caller: Caller, period: Period, area: str) -> list[Record]:
    rows = _reported_in(caller, period, area)
    return [_record(incident, told) for incident, told in rows if told.punctuality is Punctuality.IN_TIME]


register.fact(
    Fact(
        key="incidents_reported",
        order=50,
        title=gettext_lazy("Incidents reported"),
        sentence=gettext_lazy("Incidents whose first report was made in the period."),
        unit=gettext_lazy("incidents"),
        records=_reported,
    )
)
register.fact(
    Fact(
        key="incidents_filed_in_time",
        order=51,
        title=gettext_lazy("First reports filed in time"),
        sentence=gettext_lazy(
            "Of the incidents reported in the period, those whose first report was with the county within one "
            "hour of being known (State Council Order 493, Art. 9)."
        ),
        unit=gettext_lazy("incidents"),
        records=_in_time,
    )
)


@register.open_items
def _clocks(caller: Caller) -> Iterable[OpenItem]:
    """Reports that wait to be filed, for those who file them."""
    if not caller.may("incident.file"):
        return
    for told in queries.unfiled(caller):
        yield OpenItem(
            kind="report",
            title=f"{told.report.incident} · {told.report.get_kind_display()}",
            url=_url(told.report.incident),
            due=told.deadline.due,
            detail=_wanted(told),
            clause=told.short_clause,
        )


def _wanted(told: queries.Told) -> str:
    if told.report.kind == Report.Kind.FIRST:
        return _("with the county within 1 hour of being known")
    return _("with the county within 2 hours of receipt")


@register.headlines
def _headlines(caller: Caller) -> Iterable[Headline]:
    """First reports that the county does not have yet."""
    if not caller.may("incident.file"):
        return
    for told in queries.unfiled(caller):
        if told.report.kind == Report.Kind.FIRST:
            incident = told.report.incident
            yield Headline(
                level="",
                text=_("%s: the county does not have the first report yet.") % incident,
                url=_url(incident),
                action=_("Open the report"),
                due=told.deadline.due,
                detail=told.short_clause,
            )


@register.search
def _search(caller: Caller, text: str) -> Iterable[SearchHit]:
    if not caller.may("incident.read"):
        return
    words = Q(what_happened__icontains=text) | Q(place__icontains=text) | Q(area__name__icontains=text)
    for incident in queries.incidents(caller).filter(words)[:20]:
        yield SearchHit(
            _("Incident"), str(incident), _url(incident), f"{incident.get_kind_display()} · {incident.area}"
        )
