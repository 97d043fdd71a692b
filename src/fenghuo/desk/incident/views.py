"""Screens of incidents."""

from contextlib import contextmanager
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fenghuo.core.access import NotFound, RuleBroken
from fenghuo.desk.duty.queries import on_shift
from fenghuo.desk.journal.queries import of_subject
from fenghuo.desk.places.queries import areas, sites, villages

from . import clocks, commands, queries
from .facts import late_words
from .forms import FileForm, FirstReportForm, LaterReportForm
from .models import Incident

KINDS = ("unfiled", "open", "final", "all")
PAGE = 30


def listing(request):
    """Incidents: those the county does not have yet, the open, the finished, all."""
    caller = request.caller
    caller.must("incident.read")
    kinds = KINDS[1:] if caller.role == "county" else KINDS
    kind = request.GET.get("state") if request.GET.get("state") in kinds else "open"
    words = {
        "unfiled": pgettext("incidents", "To be filed"),
        "open": pgettext("incidents", "Open"),
        "final": pgettext("incidents", "Final"),
        "all": pgettext("incidents", "All"),
    }
    tabs = [
        {
            "label": words[each],
            "url": "?" + urlencode({"state": each}),
            "active": each == kind,
            "count": queries.of_kind(caller, each).count(),
        }
        for each in kinds
    ]
    page = Paginator(queries.of_kind(caller, kind), PAGE).get_page(request.GET.get("page"))
    rows = [(found, queries.first_told(caller, found)) for found in page.object_list]
    return render(
        request,
        "incident/list.html",
        {"kind": kind, "tabs": tabs, "page": page, "rows": rows, "query": urlencode({"state": kind})},
    )


def new(request):
    """Make a first report, on a phone, in under a minute."""
    caller = request.caller
    caller.must("incident.report")
    within = villages(caller)
    form = FirstReportForm(
        request.POST or None,
        areas=within if within.exists() else areas(caller),
        sites=sites(caller),
        now=caller.now,
        initial={"area": request.GET.get("area")},
    )
    if request.method == "POST" and form.is_valid():
        with _at_its_field(form):
            found = commands.report(caller, **form.act())
            messages.success(request, _("Reported. The duty desk sees it now."))
            return redirect("incident:detail", found.pk)
    return render(
        request,
        "incident/new.html",
        {"form": form, "shift": on_shift(caller, caller.now)},
        status=422 if form.errors else 200,
    )


def detail(request, pk):
    """One incident: its clock, grade and figures, every report, and what can be done now."""
    caller = request.caller
    found = queries.incident(caller, pk)
    rows = queries.told(caller, found)
    first = queries.first_told(caller, found)
    grade = queries.grade(caller, found)
    changes = clocks.changes_deadline(found)
    return render(
        request,
        "incident/detail.html",
        {
            "incident": found,
            "first": first,
            "rows": list(reversed(rows)),
            "grade": grade and {"name": clocks.grade_name(grade), "clause": clocks.clause(grade.clause)},
            "changes": {
                "due": changes.due,
                "rule": clocks.words(changes),
                "clause": clocks.clause(changes.clause),
                "running": found.state != Incident.State.FINAL and changes.due > caller.now,
            },
            "waiting": next((row for row in rows if row.filing is None), None),
            "shift": on_shift(caller, caller.now, found.area.code),
            "may": {
                "follow_up": caller.may("incident.report", found.area.code)
                and found.state != Incident.State.FINAL,
                "finish": caller.may("incident.file", found.area.code)
                and first.filing is not None
                and found.state != Incident.State.FINAL,
                "file": caller.may("incident.file", found.area.code),
            },
            "entries": of_subject(caller, f"incident:{found.pk}"),
        },
    )


def follow_up(request, pk):
    """Add what has become known since."""
    found = _offered(request, pk, "incident.report")
    return _later(request, found, commands.follow_up, "incident/follow_up.html", _("Added to the incident."))


def finish(request, pk):
    """Make the final report."""
    found = _offered(request, pk, "incident.file")
    return _later(request, found, commands.finish, "incident/finish.html", _("The final report is made."))


def file(request, pk):
    """Record that a report went up to the county."""
    caller = request.caller
    caller.must("incident.file")
    report = queries.report(caller, pk)
    form = FileForm(request.POST or None, initial={"to": pgettext("filed to", "county duty desk")})
    if request.method == "POST" and form.is_valid():
        with _at_its_field(form):
            filing = commands.file(caller, report, **form.cleaned_data)
            late = clocks.minutes_late(clocks.filing_deadline(report), filing.at)
            said = late_words(late) if late else _("filed with the county in time")
            messages.success(request, _("Recorded: %s.") % said)
            return redirect("incident:detail", report.incident_id)
    return render(
        request,
        "incident/file.html",
        {
            "form": form,
            "report": report,
            "incident": report.incident,
            "deadline": clocks.filing_deadline(report),
            "rule": clocks.words(clocks.filing_deadline(report)),
            "clause": clocks.clause(clocks.filing_deadline(report).clause),
        },
        status=422 if form.errors else 200,
    )


def _later(request, found, command, template, done):
    form = LaterReportForm(request.POST or None, incident=found)
    if request.method == "POST" and form.is_valid():
        with _at_its_field(form):
            command(request.caller, found, text=form.cleaned_data["text"], **form.figures())
            messages.success(request, done)
            return redirect("incident:detail", found.pk)
    return render(request, template, {"form": form, "incident": found}, status=422 if form.errors else 200)


def _offered(request, pk, act):
    """The incident, where the caller may carry out `act` on it and it is not finished."""
    request.caller.must(act)
    found = queries.incident(request.caller, pk)
    request.caller.must(act, found.area.code)
    if request.method != "POST" and found.state == Incident.State.FINAL:
        raise NotFound(f"incident {pk} is finished")
    return found


@contextmanager
def _at_its_field(form):
    """Show a broken rule beside the field that it speaks of."""
    try:
        yield
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, str(broken))
