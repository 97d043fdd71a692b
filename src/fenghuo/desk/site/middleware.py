"""What happens to every request: its caller, and what a refusal looks like."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.desk.officers import identity
from fenghuo.desk.wire import unkeepable

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


def content_security_policy(get_response):
    """Only the desk's own scripts run."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return middleware


class CallerMiddleware:
    """Sets `request.caller`, and turns the three refusals into pages a person can act on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        now = identity.now()
        if request.user.is_authenticated:
            request.caller = identity.caller_for(request.user, now)
        else:
            request.caller = identity.public(now)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Characters that no database or paper keeps are refused here, so that no form has to remember."""
        if request.path.startswith("/api/"):
            return None
        texts = [
            text for values in (request.GET, request.POST) for key in values for text in values.getlist(key)
        ]
        if not unkeepable([*texts, request.path]):
            return None
        reason = _("The text holds a control character, which often comes with copied text. Type it anew.")
        return render(
            request, "rule.html", {"reason": reason, "heading": _("This cannot be done")}, status=400
        )

    def process_exception(self, request, exception):
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, NotAllowed):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return render(request, "403.html", status=403)
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        if isinstance(exception, RuleBroken):
            return self._explain(request, exception)
        return None

    def _explain(self, request, broken: RuleBroken):
        # A form that shows the message beside its field catches the rule itself; this is for one-button acts.
        referer = urlsplit(request.headers.get("Referer", ""))
        if request.method == "POST" and referer.netloc == request.get_host():
            messages.error(request, str(broken))
            return HttpResponseRedirect(referer.path + (f"?{referer.query}" if referer.query else ""))
        return render(
            request, "rule.html", {"reason": str(broken), "heading": _("This cannot be done")}, status=409
        )
