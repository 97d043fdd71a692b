"""Screens of forecasts: the days ahead, whose forecast it is, and how good the earlier ones were."""

import csv
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.core.access import NotFound
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.danger import queries as of_danger
from fenghuo.desk.danger.models import ForecastIssue
from fenghuo.desk.danger.why.words import mark as mark_words
from fenghuo.desk.places.queries import home_area

from . import commands, queries
from .forms import FetchingForm, wanted

PAGE = 100
PERIODS = (30, 90, 365)
MOST_LEAD = 16


def outlook(request):
    """Every village's class today and on the next days, whose forecast it is, and the fetches."""
    caller = request.caller
    found = queries.outlook(caller)
    rows = (
        [(cells[0].area, cells) for cells in zip(*(day.cells for day in found.days), strict=True)]
        if found.days
        else []
    )
    return render(
        request,
        "danger/forecast.html",
        {
            "outlook": found,
            "rows": rows,
            "issues": _together(queries.issues(caller, 30))[:8],
            "fetching": queries.fetching(caller),
            "stations": of_danger.stations(caller),
        },
    )


def _together(issues: list[ForecastIssue]) -> list[tuple[ForecastIssue, list[ForecastIssue]]]:
    """What was issued by one maker at one moment, for several stations."""
    groups: dict[tuple, list[ForecastIssue]] = {}
    for one in issues:
        groups.setdefault((one.issued_at, one.source, one.maker), []).append(one)
    return [(found[0], sorted(found, key=lambda one: one.station.code)) for found in groups.values()]


def issue(request, pk):
    """One forecast as it was issued: its days, the codes they make, and how far off each proved."""
    found = queries.issue(request.caller, pk)
    return render(
        request,
        "danger/forecast_issue.html",
        {
            "issue": found,
            "days": [
                (day, "; ".join(map(mark_words, day.marks)))
                for day in found.days.select_related("error__observed")
            ],
        },
    )


@require_POST
def fetch(request):
    """Fetch the forecasts of the desk's stations now."""
    caller = request.caller
    caller.must("danger.import")
    stations = of_danger.stations(caller)
    if not stations:
        messages.error(request, _("No station is registered."))
        return redirect("danger:forecast")
    try:
        taken = commands.fetch(caller, stations)
        messages.success(
            request,
            ngettext(
                "The forecast of %s station was fetched.",
                "The forecasts of %s stations were fetched.",
                len(stations),
            )
            % len(stations)
            if taken.new or taken.corrected
            else _("Fetched; the forecast has not changed."),
        )
    except UnreadableStations as trouble:
        language = get_language() or "zh"
        messages.error(
            request, f"{trouble.message.in_language(language)} {trouble.fix.in_language(language)}".strip()
        )
    return redirect("danger:forecast")


def fetching(request):
    """Switch the worker's fetching on or off."""
    caller = request.caller
    caller.must("danger.settings")
    home = home_area(caller)
    found = queries.fetching(caller)
    if home is None or found is None:
        raise Http404
    form = FetchingForm(request.POST or None, instance=found.policy)
    if request.method == "POST" and form.is_valid():
        commands.set_fetching(caller, home, **form.cleaned_data)
        messages.success(
            request,
            _("The worker fetches the forecasts from now on.")
            if form.cleaned_data["on"]
            else _("Nothing is fetched any more unless somebody asks for it."),
        )
        return redirect("danger:forecast")
    return render(
        request,
        "danger/forecast_fetching.html",
        {"form": form, "fetching": found},
        status=422 if form.errors else 200,
    )


def skill(request):
    """How good the forecasts of a period were, by days ahead; each number opens its pairs."""
    caller = request.caller
    caller.must("danger.read")
    today = timezone.localtime(caller.now).date()
    stations = queries.stations_forecast(caller)
    form, chosen = wanted(request.GET, stations, today)
    return render(
        request,
        "danger/skill.html",
        {
            "form": form,
            "wanted": chosen,
            "table": queries.skill_table(caller, chosen),
            "query": _query(chosen),
            "any": bool(stations),
            "tabs": [
                {
                    "url": f"?start={(today - timedelta(days=days)).isoformat()}&end={today.isoformat()}",
                    "label": _("last %s days") % days,
                    "active": chosen.start == today - timedelta(days=days) and chosen.end == today,
                }
                for days in PERIODS
            ],
        },
        status=422 if form.errors else 200,
    )


def _query(chosen: queries.Wanted) -> str:
    return urlencode(
        {
            "start": chosen.start.isoformat(),
            "end": chosen.end.isoformat(),
            "station": chosen.station,
            "source": chosen.source,
        }
    )


KINDS = {
    "": None,
    "same": lambda one, at: one.rating_forecast == one.rating_observed,
    "near": lambda one, at: abs(one.rating_forecast - one.rating_observed) <= 1,
    "hit": lambda one, at: one.rating_forecast >= at and one.rating_observed >= at,
    "miss": lambda one, at: one.rating_forecast < at <= one.rating_observed,
    "false": lambda one, at: one.rating_observed < at <= one.rating_forecast,
    "came": lambda one, at: one.rating_observed >= at,
    "said": lambda one, at: one.rating_forecast >= at,
    "either": lambda one, at: max(one.rating_observed, one.rating_forecast) >= at,
}
"""Which pairs a number of the table is of: all of a lead, or those that it counts."""


def pairs(request):
    """The pairs of forecast and observation behind a number of the skill table."""
    caller = request.caller
    caller.must("danger.read")
    today = timezone.localtime(caller.now).date()
    form, chosen = wanted(request.GET, queries.stations_forecast(caller), today)
    lead = request.GET.get("lead", "")
    if lead and not (lead.isdecimal() and int(lead) <= MOST_LEAD):
        raise Http404(lead)
    kind = request.GET.get("kind", "")
    if kind not in KINDS or form.errors:
        raise Http404(kind)
    found, threshold = queries.pairs_behind(caller, chosen, int(lead) if lead else None, KINDS[kind])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "danger/skill_pairs.html",
        {
            "page": page,
            "count": len(found),
            "lead": lead,
            "kind": kind,
            "threshold": threshold,
            "wanted": chosen,
            "query": f"{_query(chosen)}&lead={lead}&kind={kind}",
            "back": f"{reverse('danger:skill')}?{_query(chosen)}",
        },
    )


def skill_csv(request):
    """The skill table or, with `of=pairs`, every pair behind it, as CSV."""
    caller = request.caller
    caller.must("danger.read")
    today = timezone.localtime(caller.now).date()
    form, chosen = wanted(request.GET, queries.stations_forecast(caller), today)
    if form.errors:
        raise NotFound("period")
    of_pairs = request.GET.get("of") == "pairs"
    name = f"forecast-{'pairs' if of_pairs else 'skill'}-{chosen.start}-{chosen.end}.csv"
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    sheet = csv.writer(response)
    for row in queries.pair_rows(caller, chosen) if of_pairs else queries.skill_rows(caller, chosen):
        sheet.writerow(row)
    return response
