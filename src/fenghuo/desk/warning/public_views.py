"""What needs no login: the acknowledgement page, CAP alerts and their feed."""

from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fenghuo.core.access import RuleBroken
from fenghuo.core.cap import feed as atom
from fenghuo.core.cap.model import CONTENT_TYPE

from . import commands, document, links, queries
from .forms import ReportForm
from .views import told

_ATOM = "application/atom+xml; charset=utf-8"
_BEFORE_ANY = datetime(2026, 1, 1, tzinfo=UTC)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link in a message. Opening it confirms nothing; its one button does."""
    try:
        holder = queries.holder(request.caller, token)
    except links.ExpiredLink:
        return render(request, "warning/link_over.html", {"expired": True}, status=410)
    except links.BadLink:
        return render(request, "warning/link_over.html", {"expired": False}, status=404)
    with override(holder.language):
        return _answer(request, holder)


def _answer(request: HttpRequest, holder: queries.Holder) -> HttpResponse:
    # A refusal is an ordinary page here: Django logs the address of every 4xx, and this one holds a secret.
    caller, recipient = holder.caller, holder.recipient
    form = ReportForm(request.POST if "report" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        with suppress(RuleBroken):  # it has ended meanwhile: the page says so
            commands.acknowledge(caller, recipient)
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            commands.report_back(caller, recipient, form.cleaned_data["text"])
            return redirect(request.path)
        except RuleBroken as broken:
            form.add_error("text", str(broken))
    if request.method == "GET":
        commands.note_opening(caller, recipient)
    return render(
        request, "warning/acknowledge.html", {**told(caller, recipient), "form": form, "now": caller.now}
    )


@require_safe
def cap_alert(request: HttpRequest, identifier: str) -> HttpResponse:
    """One alert, byte for byte as it was issued."""
    warning = queries.published(request.caller, identifier)
    body = warning.cap_xml.encode()
    return _cached(request, body, f"{CONTENT_TYPE}; charset=utf-8", warning.issued_at)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The alerts that hold now, newest first."""
    found = queries.feed(request.caller)
    updated = found.updated or _BEFORE_ANY
    home = found.home
    title = f"{home.name} 预警 Warnings" if home else "预警 Warnings"
    body = atom.feed(
        found.alerts,
        title,
        settings.PUBLIC_URL + reverse("warning:feed"),
        updated,
        author=document.issuer(home, "zh") if home else None,
    )
    return _cached(request, body, _ATOM, updated)


def _cached(request: HttpRequest, body: bytes, kind: str, changed: datetime | None) -> HttpResponse:
    assert changed is not None
    tag, seconds = atom.etag(body), int(changed.timestamp())
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = "public, max-age=30"
    response["ETag"] = tag
    answered = get_conditional_response(request, etag=tag, last_modified=seconds, response=response)
    if answered is not None and answered.status_code == 200:
        answered["Last-Modified"] = changed.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return answered or response
