"""What the API says when it refuses: every refusal is JSON, in the caller's language, with the field it means."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken


def join(api: NinjaAPI) -> None:
    """Answer the desk's three refusals, and whatever cannot be read, with a Refusal."""

    def say(request: HttpRequest, status: int, detail: str, field: str | None = None) -> HttpResponse:
        return api.create_response(request, {"detail": detail, "field": field}, status=status)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        told = say(request, 401, _("Send a valid token: Authorization: Bearer fh_… The desk issues tokens."))
        told["WWW-Authenticate"] = "Bearer"
        return told

    @api.exception_handler(NotAllowed)
    def not_allowed(request: HttpRequest, refused: NotAllowed) -> HttpResponse:
        return say(request, 403, _("Your role or area does not permit this (%s).") % refused)

    @api.exception_handler(NotFound)
    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, refused: Exception) -> HttpResponse:
        return say(request, 404, _("There is no such record in your area."))

    @api.exception_handler(RuleBroken)
    def rule_broken(request: HttpRequest, broken: RuleBroken) -> HttpResponse:
        return say(request, 409, str(broken), broken.field)

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, refused: ValidationError) -> HttpResponse:
        first = refused.errors[0]
        field = _field(first.get("loc", ()))
        return say(request, 422, _("“%(field)s”: %(why)s.") % {"field": field, "why": _why(first)}, field)

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
        return say(request, 413, _("The request is larger than the desk takes. Send less at once."))

    @api.exception_handler(BadRequest)
    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(MultiPartParserError)
    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
        return say(
            request,
            getattr(error, "status_code", 400),
            _("The request's body cannot be read. Check its content type and encoding."),
        )


def _field(place: Sequence[Any]) -> str:
    """`("body", "fields", "areas", 0)` → `areas.0`: the first two are the request's part and our own name for it."""
    named = [str(part) for part in place[1:]]
    if len(named) > 1 and place[0] in ("body", "form", "query", "file"):
        named = named[1:]
    return ".".join(named) or str(place[0] if place else "")


def _why(error: dict[str, Any]) -> str:
    limits = error.get("ctx", {})
    words = {
        "missing": _("is missing"),
        "string_type": _("must be text"),
        "control_character": _("holds control characters or broken characters, which cannot be kept"),
        "timezone_aware": _("must carry its offset, as in 2026-04-03T13:00:00+08:00"),
        "moment_spelling": _("must be a moment as ISO 8601 writes it, as in 2026-04-03T13:00:00+08:00"),
        "day_spelling": _("must be a day as ISO 8601 writes it, as in 2026-04-03"),
        "out_of_reach": _("must lie between 2000 and 2100"),
        "int_parsing": _("must be a whole number"),
        "int_type": _("must be a whole number"),
    }
    if error["type"] == "string_too_long":
        return _("at most %s characters fit") % limits.get("max_length")
    if error["type"] in ("literal_error", "enum"):
        return _("must be one of %s") % limits.get("expected")
    return words.get(error["type"], str(error["msg"]))
