"""Screens of the paper checker."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.core.access import RuleBroken
from fenghuo.core.paper.check.read import Unreadable, read
from fenghuo.core.paper.check.rulebook import FAMILIES, FAMILY_ABOUT, FAMILY_TITLES
from fenghuo.desk.warning.checking import limits

from . import archive
from .forms import ArchiveForm, CheckForm
from .page import TooLong, sheet

ROWS = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; with a paper, what is wrong with it and a mended copy. The paper is gone when the answer is sent."""
    request.caller.must("paper.check")
    asked = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if asked else CheckForm()
    shown, busy = None, False
    if asked and form.is_valid():
        try:
            with limits.turn(request.caller):
                shown = sheet(request.caller, form.paper, form.name, form.without)
        except limits.Busy:
            busy = True
        except Unreadable as refused:
            code = get_language() or "zh"
            said = (refused.message.in_language(code), refused.fix.in_language(code))
            form.add_error(form.given, ("" if code.startswith("zh") else " ").join(said))
        except TooLong:
            form.add_error(
                form.given,
                _("The paper has more than 200,000 characters; the command line takes longer ones."),
            )
    return render(
        request,
        "papers/check.html",
        {
            "form": form,
            "sheet": shown,
            "busy": busy,
            "families": _families(),
            "archived": archive.papers(request.caller).count(),
        },
        status=429 if busy else 422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def archived(request: HttpRequest) -> HttpResponse:
    """The archive's papers, and the form that adds some: all of those sent, or none."""
    request.caller.must("paper.check")
    form = ArchiveForm()
    if request.method == "POST":
        request.caller.must("paper.archive")
        form = ArchiveForm(request.POST, request.FILES)
        if form.is_valid() and _all_added(request, form):
            return redirect("papers:archive")
    kept = Paginator(archive.papers(request.caller), ROWS).get_page(request.GET.get("page"))
    return render(
        request, "papers/archive.html", {"form": form, "papers": kept}, status=422 if form.errors else 200
    )


def _all_added(request: HttpRequest, form: ArchiveForm) -> bool:
    code = get_language() or "zh"
    try:
        with transaction.atomic():
            for file in form.cleaned_data["files"]:
                archive.add(request.caller, read(file.read(), file.name))
    except Unreadable as refused:
        said = (f"“{file.name}”:", refused.message.in_language(code), refused.fix.in_language(code))
        form.add_error("files", ("" if code.startswith("zh") else " ").join(said))
        return False
    except RuleBroken as refused:
        form.add_error("files", str(refused))
        return False
    count = len(form.cleaned_data["files"])
    messages.success(
        request,
        ngettext("%(n)d paper is in the archive now.", "%(n)d papers are in the archive now.", count)
        % {"n": count},
    )
    return True


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper out of the archive."""
    taken = archive.remove(request.caller, pk)
    messages.success(request, _("“%s” is no longer in the archive.") % taken.name)
    return redirect("papers:archive")


def _families() -> list[tuple[str, str]]:
    code = get_language() or "zh"
    return [
        (FAMILY_TITLES[name].in_language(code), FAMILY_ABOUT[name].in_language(code)) for name in FAMILIES
    ]
