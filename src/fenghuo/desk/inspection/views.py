"""Screens of inspection."""

from contextlib import contextmanager
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fenghuo.core.access import RuleBroken
from fenghuo.desk.journal.queries import of_subject
from fenghuo.desk.places.queries import sites, villages

from . import commands, queries
from .forms import FindForm, PlanForm, RectifyForm, VerifyForm

KINDS = ("open", "overdue", "closed")
PAGE = 30


def listing(request):
    """Hazards: open, overdue or closed, of all villages or of one."""
    caller = request.caller
    kind = request.GET.get("state") if request.GET.get("state") in KINDS else "open"
    village = request.GET.get("village", "")
    words = {
        "open": pgettext("hazards", "Open"),
        "overdue": pgettext("hazards", "Overdue"),
        "closed": pgettext("hazards", "Closed"),
    }
    tabs = [
        {
            "label": words[each],
            "url": "?" + urlencode({"state": each, "village": village}),
            "active": each == kind,
            "count": queries.of_kind(caller, each, village).count(),
        }
        for each in KINDS
    ]
    page = Paginator(queries.of_kind(caller, kind, village), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "inspection/list.html",
        {
            "kind": kind,
            "tabs": tabs,
            "page": page,
            "query": urlencode({"state": kind, "village": village}),
            "village": village,
            "villages": villages(caller),
        },
    )


def hazard(request, pk):
    """One hazard: before and after, the responsibility chain, its journal entries, what can be done now."""
    caller = request.caller
    found = queries.hazard(caller, pk)
    before, after = queries.before_and_after(found)
    return render(
        request,
        "inspection/hazard.html",
        {
            "hazard": found,
            "before": before,
            "after": after,
            "chain": queries.chain(caller, found),
            "people": queries.responsible_people(caller, found),
            "possible": queries.possible(caller, found),
            "entries": of_subject(caller, f"hazard:{found.pk}"),
        },
    )


def new(request):
    """Record a hazard."""
    caller = request.caller
    caller.must("inspection.find")
    form = FindForm(
        request.POST or None,
        request.FILES or None,
        sites=sites(caller),
        initial={"site": request.GET.get("site")},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        day, given["pictures"] = given.pop("deadline"), given.pop("photos")
        with _at_its_field(form):
            found = commands.find(caller, **given, deadline=commands.end_of_day(day) if day else None)
            messages.success(request, _("Recorded. %s now has to fix it.") % found.unit)
            return redirect("inspection:hazard", found.pk)
    return render(request, "inspection/new.html", {"form": form}, status=422 if form.errors else 200)


def plan(request, pk):
    """File or change a major hazard's plan."""
    found = _offered(request, pk, "plan")
    form = PlanForm(request.POST or None, initial=found.plan)
    if request.method == "POST" and form.is_valid():
        with _at_its_field(form):
            commands.file_plan(request.caller, found, form.cleaned_data)
            messages.success(request, _("The plan is filed."))
            return redirect("inspection:hazard", pk)
    return _act(request, found, form, "inspection/plan.html")


def rectify(request, pk):
    """Report that a hazard is removed."""
    found = _offered(request, pk, "rectify")
    form = RectifyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with _at_its_field(form):
            commands.rectify(
                request.caller, found, note=form.cleaned_data["note"], pictures=form.cleaned_data["photos"]
            )
            messages.success(request, _("Reported. Another officer will verify it."))
            return redirect("inspection:hazard", pk)
    return _act(request, found, form, "inspection/rectify.html")


def verify(request, pk):
    """Close a hazard, or refuse its rectification."""
    found = _offered(request, pk, "verify")
    form = VerifyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with _at_its_field(form):
            commands.verify(
                request.caller, found, passed=given["passed"], note=given["note"], pictures=given["photos"]
            )
            done = (
                _("The hazard is closed.") if given["passed"] else _("Refused. The unit has to fix it again.")
            )
            messages.success(request, done)
            return redirect("inspection:hazard", pk)
    return _act(request, found, form, "inspection/verify.html")


def photo(request, pk):
    """One photograph, to whoever may see its hazard."""
    _row, file = queries.photo(request.caller, pk)
    if not file.exists():
        raise Http404(f"photo {pk}")
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@contextmanager
def _at_its_field(form):
    """Show a broken rule beside the field that it speaks of."""
    try:
        yield
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, str(broken))


def _offered(request, pk, act):
    """The hazard, where `act` is open to the caller now. What is posted too late, the command refuses."""
    found = queries.hazard(request.caller, pk)
    check = queries.must_be_theirs if request.method == "POST" else queries.must_be_possible
    check(request.caller, found, act)
    return found


def _act(request, found, form, template):
    before, after = queries.before_and_after(found)
    return render(
        request,
        template,
        {"hazard": found, "form": form, "before": before, "after": after},
        status=422 if form.errors else 200,
    )
