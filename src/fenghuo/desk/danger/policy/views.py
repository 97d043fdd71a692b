"""Screens of how a desk rates."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.core.access import RuleBroken
from fenghuo.core.danger import classes
from fenghuo.desk.danger import queries, rules
from fenghuo.desk.danger.models import GroundCover
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import home_area

from . import commands
from .forms import CalibrationForm, CoverForm, PolicyForm


def _home(request: HttpRequest) -> Area:
    request.caller.must("danger.settings")
    home = home_area(request.caller)
    if home is None:
        raise Http404
    return home


def settings(request: HttpRequest) -> HttpResponse:
    """Choose system, classes, colours, threshold, noon, and what is done with height and with gaps."""
    home = _home(request)
    policy = rules.policy_of(home)
    form = PolicyForm(request.POST or None, request.FILES or None, instance=policy)
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_policy(request.caller, home, **form.choices)
            messages.success(request, _("Saved. All days were rated anew."))
            return redirect("danger:overview")
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    return _page(request, home, form=form)


@require_POST
def cover(request: HttpRequest) -> HttpResponse:
    """Tell how green or snow-covered the area is."""
    home = _home(request)
    form = CoverForm(request.POST, judge=rules.Judge.of(home), now=request.caller.now)
    if form.is_valid():
        try:
            commands.set_cover(request.caller, home, **form.cleaned_data)
            messages.success(request, _("Saved. The days from then on were rated anew."))
            return redirect("danger:settings")
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    return _page(request, home, cover=form)


@require_POST
def calibrate(request: HttpRequest) -> HttpResponse:
    """Make classes from a station's own history."""
    home = _home(request)
    form = CalibrationForm(request.POST, stations=queries.stations(request.caller))
    if form.is_valid():
        language = get_language() or "zh"
        try:
            made = commands.calibrate(request.caller, home, **form.cleaned_data)
            breaks = " / ".join(f"{value:g}" for value in made.scheme.breaks)
            said = _("The classes are %(breaks)s, from %(days)s days of %(seasons)s seasons.") % {
                "breaks": breaks,
                "days": made.days,
                "seasons": made.seasons,
            }
            if rules.policy_of(home).scheme != commands.LOCAL:
                said += " " + _("Choose them under “Classes on the FWI” to rate by them.")
            messages.success(request, said)
            for warning in made.warnings:
                messages.warning(request, warning.in_language(language))
            return redirect("danger:settings")
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    return _page(request, home, calibration=form)


def _page(request: HttpRequest, home: Area, **bound) -> HttpResponse:
    """The one page with the three forms; the ones not bound are shown as the desk has them."""
    caller, language = request.caller, get_language() or "zh"
    judge = rules.Judge.of(home)
    names = {one.key: one.name.in_language(language) for one in judge.table.cover.categories}
    forms = {
        "form": bound.get("form") or PolicyForm(instance=judge.policy),
        "cover": bound.get("cover") or CoverForm(judge=judge, now=caller.now),
        "calibration": bound.get("calibration") or CalibrationForm(stations=queries.stations(caller)),
    }
    from fenghuo.core.danger.lyt1172 import FACTORS, provenance_note

    note = provenance_note(judge.table)
    return render(
        request,
        "danger/settings.html",
        {
            **forms,
            "covers": [
                (cover.since, names.get(cover.category, cover.category))
                for cover in GroundCover.objects.filter(area=home).order_by("-since")
            ],
            "example": classes.as_toml([classes.scheme(classes.DEFAULT_SCHEME)]).replace(
                f"[schemes.{classes.DEFAULT_SCHEME}]", "[schemes.ours]"
            ),
            "sources": [
                (s.name.in_language(language), s.source.in_language(language), s.provenance)
                for s in rules.schemes_of(judge.policy).values()
            ],
            "tables": [
                (
                    "ABCDE"[number],
                    getattr(judge.table, key).name.in_language(language),
                    getattr(judge.table, key).source.in_language(language),
                    getattr(judge.table, key).provenance,
                )
                for number, key in enumerate(FACTORS)
            ],
            "regimes": [
                (r.name.in_language(language), r.source.in_language(language), r.provenance)
                for r in classes.regimes().values()
            ],
            "single": note.in_language(language) if note else "",
        },
        status=422 if any(form.errors for form in bound.values()) else 200,
    )
