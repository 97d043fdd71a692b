"""Screens of weather on its way in: a file, the columns it is asked about, the values to check."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from fenghuo.core.access import RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io import headers
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.danger import queries as of_danger
from fenghuo.desk.danger.forecast import commands as forecasts
from fenghuo.desk.danger.models import ColumnMapping, Station, WaitingFile

from . import commands, queries, reading
from .forms import QUANTITIES, UNIT_WORDS, ColumnsForm, CorrectionForm, ForecastForm, ImportForm

LISTED = 200
"""How many findings one page shows."""
PAGE = 50
OBSERVED, FORECAST = "observed", "forecast"


def observed(request):
    """Take a station file in, and show every row that was not."""
    return _import_page(request, OBSERVED, ImportForm)


def forecast(request):
    """Take a forecast file in."""
    return _import_page(request, FORECAST, ForecastForm)


def _import_page(request, kind: str, form_class) -> HttpResponse:
    caller = request.caller
    caller.must("danger.import")
    stations = of_danger.stations(caller)
    form = form_class(request.POST or None, request.FILES or None, stations=stations)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        answer = _carry_out(request, kind, file.read(), file.name, _said(form), form)
        if answer is not None:
            return answer
    return _page(request, kind, form, stations)


def _said(form) -> dict[str, Any]:
    """What the form says besides the file, in a form that can wait with it."""
    said = form.cleaned_data
    issued = said.get("issued")
    return {
        "station": said["station"].code if said["station"] else "",
        "skip_bad": said["skip_bad"],
        "issued": issued.isoformat() if issued else "",
        "maker": said.get("maker", "").strip(),
    }


def _carry_out(
    request,
    kind: str,
    content: bytes,
    name: str,
    said: dict[str, Any],
    form,
    waiting: WaitingFile | None = None,
) -> HttpResponse | None:
    """Import a file as its form says; None where the form has to be shown again with what is wrong."""
    caller = request.caller
    station = Station.objects.filter(code=said["station"]).select_related("area").first()
    try:
        if kind == FORECAST:
            result = forecasts.import_forecast(
                caller,
                content,
                station=station,
                issued_at=datetime.fromisoformat(said["issued"]) if said["issued"] else None,
                maker=said["maker"],
                skip_bad=said["skip_bad"],
                name=name,
            )
        else:
            result = danger.import_weather(
                caller, content, station=station, skip_bad=said["skip_bad"], name=name
            )
    except headers.UnknownColumns:
        waiting = waiting or commands.let_wait(caller, content, name=name, fields={**said, "kind": kind})
        return _to(request, reverse("danger:columns", args=[waiting.pk]))
    except UnreadableStations as unreadable:
        language = get_language() or "zh"
        form.add_error(
            "file" if "file" in form.fields else None,
            f"{unreadable.message.in_language(language)} {unreadable.fix.in_language(language)}",
        )
        return None
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, str(broken))
        return None
    if not result.done:
        waiting = waiting or commands.let_wait(caller, content, name=name, fields={**said, "kind": kind})
        return _page(request, kind, None, (), result=result, name=name, waiting=waiting)
    if waiting is not None:
        commands.drop(caller, waiting)
    plain = not result.rejected and not getattr(result, "doubts", ()) and not getattr(result, "columns", None)
    if plain:
        messages.success(request, imported_words(result))
        return _to(request, reverse("danger:overview" if kind == OBSERVED else "danger:forecast"))
    return _page(request, kind, None, (), result=result, name=name, named_now=waiting is not None)


def _to(request, url: str) -> HttpResponse:
    # htmx follows a redirect by itself and would swap the new page's middle into the old page.
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _page(request, kind: str, form, stations: Sequence[Station], **shown: Any) -> HttpResponse:
    """The import page of a kind: its form, or what became of a file."""
    caller, result = request.caller, shown.get("result")
    language = get_language() or "zh"
    columns = getattr(result, "columns", None)
    return render(
        request,
        "danger/import.html",
        {
            **shown,
            "kind": kind,
            "form": form,
            "stations": stations,
            "words": imported_words(result) if result else "",
            "findings": [
                finding.as_dict(language) for finding in (result.rejected[:LISTED] if result else ())
            ],
            "doubts": [finding.as_dict(language) for finding in getattr(result, "doubts", ())[:LISTED]],
            "doubt_count": len(getattr(result, "doubts", ())),
            "columns": columns,
            "columns_read": _read_as(columns) if columns else [],
            "mappings": queries.mappings(caller) if form is not None else [],
            "tabs": [
                {"url": reverse("danger:import"), "label": _("Observed weather"), "active": kind == OBSERVED},
                {
                    "url": reverse("danger:forecast_import"),
                    "label": _("Forecast"),
                    "active": kind == FORECAST,
                },
            ],
        },
        status=422 if form is not None and form.errors else 200,
    )


def _read_as(columns: ColumnMapping) -> list[tuple[str, str]]:
    """(header, what it was read as), for the note that says so."""
    mapping = headers.Mapping.from_dict(columns.columns)
    read = [(" + ".join(mapping.time), _("time"))] if mapping.time else []
    for name, place in mapping.quantities.items():
        if place:
            read.append((place[0], f"{QUANTITIES[name]}, {UNIT_WORDS[place[1]]}"))
    return read


def imported_words(result: danger.Imported | forecasts.TakenIn) -> str:
    """One sentence on what an import did."""
    if not result.done:
        return ngettext(
            "Nothing was imported: %s value breaks a rule.",
            "Nothing was imported: %s values break a rule.",
            len(result.rejected),
        ) % len(result.rejected)
    if isinstance(result, forecasts.TakenIn):
        issued = timezone.localtime(result.issued_at).strftime("%Y-%m-%d %H:%M")
        days = ngettext("%s day ahead", "%s days ahead", result.days) % result.days
        if not result.issue_stated:
            return _(
                "A forecast of %(days)s was taken in. It states no time of issue, so this import's stands: %(at)s."
            ) % {
                "days": days,
                "at": issued,
            }
        return _("A forecast of %(days)s, issued %(at)s, was taken in.") % {"days": days, "at": issued}
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


def columns(request, pk):
    """Ask which column of an uploaded file is what; then read it so, and remember it."""
    caller = request.caller
    waiting = queries.waiting(caller, pk)
    content = commands.content_of(caller, waiting)
    asked = _asked(caller, content, waiting)
    if asked is None:  # somebody has named these columns meanwhile
        return _again(request, waiting, content)
    form = ColumnsForm(
        request.POST or None,
        names=asked.headers,
        known=asked.known,
        unclear=asked.unclear,
        samples=asked.samples,
    )
    if request.method == "POST" and form.is_valid():
        commands.remember(caller, asked.headers, form.mapping, asked.samples)
        answer = _carry_out(
            request, waiting.fields["kind"], content, waiting.name, waiting.fields, form, waiting
        )
        if answer is not None:
            return answer
    return render(
        request,
        "danger/columns.html",
        {"form": form, "file": waiting.name, "row": asked.row, "sheet": asked.sheet, "waiting": waiting},
        status=422 if form.errors else 200,
    )


def _asked(caller, content: bytes, waiting: WaitingFile) -> headers.Asked | None:
    station = Station.objects.filter(code=waiting.fields["station"]).select_related("area").first()
    try:
        reading.observed(caller, content, station)
    except headers.UnknownColumns as unknown:
        return unknown.asked
    return None


@require_POST
def again(request, pk):
    """Import a waiting file, without the rows that break a rule where that was chosen."""
    waiting = queries.waiting(request.caller, pk)
    return _again(request, waiting, commands.content_of(request.caller, waiting))


def _again(request, waiting: WaitingFile, content: bytes) -> HttpResponse:
    said = {**waiting.fields, "skip_bad": "skip_bad" in request.POST or waiting.fields["skip_bad"]}
    kind = said["kind"]
    stations = of_danger.stations(request.caller)
    form = (ForecastForm if kind == FORECAST else ImportForm)({}, stations=stations)
    form.is_valid()
    form.errors.clear()
    answer = _carry_out(request, kind, content, waiting.name, said, form, waiting)
    return answer or _page(request, kind, form, stations)


def mapping(request, pk):
    """Look at remembered columns, and name them otherwise."""
    caller = request.caller
    kept = queries.mapping(caller, pk)
    form = ColumnsForm(
        request.POST or None,
        names=kept.headers,
        known=headers.Mapping.from_dict(kept.columns),
        samples=kept.sample,
    )
    if request.method == "POST" and form.is_valid():
        commands.remember(caller, kept.headers, form.mapping, kept.sample)
        messages.success(
            request,
            _("Kept. Files with this header are read so from now on; import the file again to correct it."),
        )
        return redirect("danger:import")
    return render(
        request, "danger/columns.html", {"form": form, "kept": kept}, status=422 if form.errors else 200
    )


@require_POST
def forget(request, pk):
    """Ask again at the next file with this header."""
    kept = queries.mapping(request.caller, pk)
    commands.forget(request.caller, kept)
    messages.success(request, _("Forgotten. The next file with this header asks again."))
    return redirect("danger:import")


def checks(request):
    """Values that look wrong and count until somebody says otherwise."""
    caller = request.caller
    settled = request.GET.get("settled") == "1"
    found = queries.doubts(caller, open_only=not settled)
    if settled:
        found = found.exclude(verdict="open").order_by("-settled_at", "-pk")
    if station := request.GET.get("station", ""):
        found = found.filter(station__code=station)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "danger/checks.html",
        {
            "page": page,
            "rows": [(one, QUANTITIES.get(one.quantity, one.quantity)) for one in page],
            "count": page.paginator.count,
            "settled": settled,
            "station": station,
            "query": f"station={station}&settled={int(settled)}",
        },
    )


@require_POST
def confirm(request):
    """Say that the ticked values are right."""
    caller = request.caller
    caller.must("danger.import")
    keys = [int(key) for key in request.POST.getlist("value") if key.isdecimal() and len(key) < 19]
    found = list(queries.doubts(caller).filter(pk__in=keys))
    settled = commands.confirm(caller, found)
    if settled:
        messages.success(
            request,
            ngettext("%s value is right as it is.", "%s values are right as they are.", settled) % settled,
        )
    else:
        messages.info(request, _("No value was ticked."))
    return redirect("danger:checks")


def check(request, pk):
    """One value that looks wrong: put it right."""
    caller = request.caller
    caller.must("danger.import")
    doubt = queries.doubt(caller, pk)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            days = danger.correct_value(caller, doubt, form.cleaned_data["value"], form.cleaned_data["until"])
            messages.success(
                request,
                ngettext("Corrected; %s day was rated anew.", "Corrected; %s days were rated anew.", days)
                % days,
            )
            return redirect("danger:checks")
        except RuleBroken as broken:
            form.add_error(broken.field, str(broken))
    return render(
        request,
        "danger/check.html",
        {
            "doubt": doubt,
            "quantity": QUANTITIES.get(doubt.quantity, doubt.quantity),
            "form": form,
            "unit": UNIT_OF.get(doubt.quantity, ""),
        },
        status=422 if form.errors else 200,
    )


UNIT_OF = {"temperature": "°C", "dew_point": "°C", "humidity": "%", "wind": "km/h", "rain": "mm"}
"""The units that readings are kept in."""
