"""Screens of the checking page: the form with its answer, and the mended document to take away."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.core import cap
from fenghuo.core.access import RuleBroken
from fenghuo.core.cap.model import CONTENT_TYPE

from . import limits
from .forms import CHOSEN, CheckForm
from .page import sheet


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; with a document, what is wrong with it. The document is gone when the answer is sent."""
    limits.may_use(request.caller)
    asked = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if asked else CheckForm()
    shown, busy = None, False
    if asked and form.is_valid():
        try:
            with limits.turn(request.caller):
                shown = sheet(form.document, form.chosen)
        except limits.Busy:
            busy = True
    return render(
        request,
        "warning/check.html",
        {"form": form, "sheet": shown, "busy": busy, "chosen": form.chosen if shown else ()},
        status=429 if busy else 422 if form.errors else 200,
    )


@never_cache
@require_POST
def mended(request: HttpRequest) -> HttpResponse:
    """The document that the page was shown for, with what can be mended safely mended."""
    limits.may_use(request.caller)
    packs = ("cap12", *(name for name in request.POST.getlist("packs") if name in CHOSEN))
    try:
        document = base64.b64decode(request.POST.get("document", ""), validate=True)
    except (binascii.Error, ValueError):
        document = b""
    if not document or len(document) > limits.LARGEST:
        raise RuleBroken(_("There is no document to mend. Check it again."))
    try:
        with limits.turn(request.caller):
            repaired = cap.mend(document, packs)
    except limits.Busy:
        raise RuleBroken(_("Too many documents are being checked. Try again in a minute.")) from None
    response = HttpResponse(repaired.document, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="alert.mended.xml"'
    return response
