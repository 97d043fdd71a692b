"""Screens of danger."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.core.access import RuleBroken
from fenghuo.core.danger import classes
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.gather import register
from fenghuo.desk.places.maps import village_map
from fenghuo.desk.places.queries import home_area
from fenghuo.desk.wire import day_in

from . import chain, commands, facts, queries
from .forms import ImportForm, PolicyForm


def _day(request) -> date | None:
    """The day asked for in the address, or the last rated one."""
    text = request.GET.get("day")
    if text:
        day = day_in(text)
        if day is None:
            raise Http404(text)
        return day
    return queries.latest_day(request.caller)


def overview(request):
    """Every village's rating of a day, on a map and in a table."""
    caller = request.caller
    day = _day(request)
    rows = queries.overview(caller, day)
    painted = register.painted(caller) if day == queries.latest_day(caller) else {}
    return render(
        request,
        "danger/overview.html",
        {
            "day": day,
            "rows": rows,
            "before": day - timedelta(days=1) if day else None,
            "after": day + timedelta(days=1) if day and day != queries.latest_day(caller) else None,
            "drawing": village_map(
                caller,
                ratings={row.area.code: row.rating for row in rows},
                levels={code: paint.level for code, paint in painted.items()},
                href=lambda area: reverse("danger:area", args=[area.code]),
                detail=lambda area: f"{reverse('danger:card', args=[area.code])}?day={day or ''}",
            ),
            "stations": queries.stations(caller),
        },
    )


def card(request, code):
    """Why one village is rated as it is, in two sentences: the map's card."""
    day = _day(request)
    why = queries.why(request.caller, code, day) if day else None
    return render(request, "danger/_card.html", {"why": why, "words": facts.in_words(why) if why else ""})


def area(request, code):
    """One village: why it is rated as it is, and the chart of the last 60 days."""
    caller = request.caller
    day = _day(request) or caller.now.date()
    why = queries.why(caller, code, day)
    language = get_language() or "zh"
    days = queries.history(caller, code, day)
    for row in days:
        row["note"] = "; ".join(mark_words(mark) for mark in row["marks"])
    return render(
        request,
        "danger/area.html",
        {
            "why": why,
            "day": day,
            "words": facts.in_words(why),
            "chart": {"days": days, "breaks": why.breaks},
            "gaps": sum(row["gap"] for row in days),
            "scheme_name": why.scheme.name.in_language(language),
            "collapse": why.scheme.collapse.in_language(language) if why.scheme.collapse else "",
            "rating_word": classes.rating_name(why.village.rating, language) if why.village.rating else "",
        },
    )


def mark_words(mark: str) -> str:
    """What a day's mark means."""
    return {
        "gap": _("no noon weather; the codes are carried over"),
        "restart": _("started again after a long gap"),
        "noon-shifted": _("noon taken from the next hour"),
        "rain-incomplete": _("rain of fewer than 24 hours"),
    }.get(mark, mark)


def import_weather(request):
    """Take a station file in, and show every row that was not."""
    caller = request.caller
    caller.must("danger.import")
    stations = queries.stations(caller)
    form = ImportForm(request.POST or None, request.FILES or None, stations=stations)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            result = commands.import_weather(
                caller,
                file.read(),
                station=form.cleaned_data["station"],
                skip_bad=form.cleaned_data["skip_bad"],
                name=file.name,
            )
            if result.done and not result.rejected:
                messages.success(request, imported_words(result))
                return redirect("danger:overview")
        except UnreadableStations as unreadable:
            language = get_language() or "zh"
            form.add_error(
                "file", f"{unreadable.message.in_language(language)} {unreadable.fix.in_language(language)}"
            )
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    language = get_language() or "zh"
    context = {
        "form": form,
        "result": result,
        "stations": stations,
        "words": imported_words(result) if result else "",
        "findings": [
            {**finding.as_dict(language), "place": finding.as_dict(language)["place"]}
            for finding in (result.rejected[:200] if result else ())
        ],
    }
    return render(request, "danger/import.html", context, status=422 if form.errors else 200)


def imported_words(result: commands.Imported) -> str:
    """One sentence on what an import did."""
    if not result.done:
        return _("Nothing was imported: %s values break a rule.") % len(result.rejected)
    return _(
        "%(new)s new readings, %(corrected)s corrected, %(unchanged)s already known, %(rejected)s left out; "
        "%(days)s days rated anew."
    ) % {
        "new": result.new,
        "corrected": result.corrected,
        "unchanged": result.unchanged,
        "rejected": len(result.rejected),
        "days": result.days,
    }


def settings(request):
    """Choose classes, colours, threshold and noon."""
    caller = request.caller
    caller.must("danger.settings")
    home = home_area(caller)
    if home is None:
        raise Http404
    form = PolicyForm(request.POST or None, instance=chain.policy_of(home))
    if request.method == "POST" and form.is_valid():
        commands.set_policy(caller, home, **form.cleaned_data)
        messages.success(request, _("Saved. All days were rated anew."))
        return redirect("danger:overview")
    sources = [
        (s.name.in_language(get_language() or "zh"), s.source, s.provenance)
        for s in classes.schemes().values()
    ]
    return render(
        request,
        "danger/settings.html",
        {"form": form, "sources": sources},
        status=422 if form.errors else 200,
    )
