"""Screens of places: the sites, and bringing a table of them in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.core.access import NotAllowed, RuleBroken

from . import commands, elevations, queries, table
from .forms import ElevationForm, ImportForm
from .models import Site

PAGE = 50
SHOWN = 10


def listing(request):
    """The sites in sight: of all villages and kinds, or of one, or by words."""
    caller = request.caller
    asked = {key: request.GET.get(key, "").strip() for key in ("village", "kind", "q")}
    found = (
        queries.sites(caller).filter(area__code__startswith=asked["village"]).order_by("area__code", "code")
    )
    if asked["kind"]:
        found = found.filter(kind=asked["kind"])
    if asked["q"]:
        found = found.filter(
            Q(name__icontains=asked["q"]) | Q(name_en__icontains=asked["q"]) | Q(code__icontains=asked["q"])
        )
    return render(
        request,
        "places/list.html",
        {
            **asked,
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "query": urlencode(asked),
            "filtered": any(asked.values()),
            "villages": queries.villages(caller),
            "kinds": Site.Kind.choices,
        },
    )


def import_sites(request):
    """Show what a table would add or change, then do all of it or none."""
    caller = request.caller
    caller.must("places.import")
    form = ImportForm(request.POST or None, request.FILES or None)
    changes = _changes(caller, form) if form.is_bound and form.is_valid() else None
    if "confirmed" in request.POST and form.is_valid():
        try:
            messages.success(request, _carry_out(caller, form))
            return redirect("places:list")
        except RuleBroken as broken:
            form.add_error("take_away" if broken.field == "take_away" else "file", str(broken))
        except NotAllowed:
            form.add_error("file", _("A row names an area outside yours. Nothing was imported."))
    read = form.table if form.is_bound and not form.errors.get("file") else None
    return render(
        request,
        "places/import.html",
        {
            "form": form,
            "table": read,
            "changes": changes if read else None,
            "taken_away": sum(change.taken_away for change in changes or ()),
            "shown": [list(row.values()) for row in read.rows[:SHOWN]] if read else [],
            "rest": max(0, len(read.rows) - SHOWN) if read else 0,
            "kinds": Site.Kind.choices,
            "villages": queries.villages(caller),
        },
        status=422 if form.errors else 200,
    )


def _changes(caller, form: ImportForm) -> list[elevations.Change] | None:
    """What a table of elevations would change; None for a table of sites to add. What is wrong is said at the file."""
    if not elevations.is_one(form.table.headers):
        return None
    try:
        return elevations.changes(caller, form.table.headers, form.table.rows)
    except RuleBroken as broken:
        form.add_error("file", str(broken))
        return []


def _carry_out(caller, form: ImportForm) -> str:
    """Import what was shown; what to say afterwards."""
    headers, rows = form.table.headers, form.table.rows
    if elevations.is_one(headers):
        changed = commands.import_elevations(caller, headers, rows, take_away=form.cleaned_data["take_away"])
        return (
            ngettext(
                "The elevation of %s site was set. What was rated with another one was rated anew.",
                "The elevations of %s sites were set. What was rated with others was rated anew.",
                changed,
            )
            % changed
        )
    added = commands.import_sites(caller, headers, rows)
    return ngettext("%s site was added.", "%s sites were added.", added) % added


def template(request):
    """The empty table, to be filled in."""
    request.caller.must("places.import")
    return _csv(table.template(), "sites.csv")


def elevations_template(request):
    """The sites with the elevations that are known, to be completed."""
    request.caller.must("places.import")
    found = queries.sites(request.caller).order_by("area__code", "code")
    return _csv(table.of_elevations(found), "elevations.csv")


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def elevation(request, pk):
    """How high one site lies."""
    caller = request.caller
    caller.must("places.import")
    site = queries.site(caller, pk)
    form = ElevationForm(
        request.POST if request.method == "POST" else None, initial={"elevation": site.elevation}
    )
    if form.is_valid():
        try:
            commands.set_site_elevation(caller, site, form.cleaned_data["elevation"])
            messages.success(request, _("Saved. What was rated with another elevation was rated anew."))
            return redirect("places:list")
        except RuleBroken as broken:
            form.add_error(broken.field, str(broken))
    return render(
        request,
        "places/elevation.html",
        {"form": form, "site": site},
        status=422 if form.errors else 200,
    )
