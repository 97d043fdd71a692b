"""What every page's template knows: the desk, the caller, the navigation."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import pgettext

from fenghuo.core.access import Role
from fenghuo.desk.places.queries import home_area


def desk(request):
    """`desk.name`, `caller` (name, role_label), `nav` (url, label, icon, active)."""
    caller = getattr(request, "caller", None)
    if caller is None or caller.role is Role.PUBLIC:
        return {"desk": {"name": ""}, "nav": [], "caller": None, "now": caller.now if caller else None}
    return {
        "desk": {"name": SimpleLazyObject(lambda: str(home_area(caller) or ""))},
        "caller": {
            "name": str(request.user),
            "role": caller.role.value,
            "role_label": request.user.role_label,
            "may": _May(caller),
        },
        "nav": _nav(request, caller),
        "search_url": reverse("search"),
        "now": caller.now,
    }


class _May:
    """`caller.may.warning_draft` in a template: whether the caller's role permits the act."""

    def __init__(self, caller):
        self._caller = caller

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self._caller.may(name.replace("_", ".", 1))


def _nav(request, caller):
    entries = [
        ("home", pgettext("navigation", "Today"), "house", "h", "home.read"),
        ("danger:overview", pgettext("navigation", "Danger"), "flame", "d", "danger.read"),
        ("warning:list", pgettext("navigation", "Warnings"), "bell", "w", "warning.read"),
        ("duty:day", pgettext("navigation", "Duty"), "clock", "u", "duty.read"),
        ("inspection:list", pgettext("navigation", "Hazards"), "shield", "z", "inspection.read"),
        ("incident:list", pgettext("navigation", "Incidents"), "triangle-alert", "i", "incident.read"),
        ("summary:page", pgettext("navigation", "Summary"), "file-text", "s", "summary.read"),
        ("journal:list", pgettext("navigation", "Journal"), "book-open", "j", "journal.read"),
    ]
    nav = []
    for name, label, icon, key, act in entries:
        if not caller.may(act):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        active = request.path == url if url == "/" else request.path.startswith(url)
        nav.append({"url": url, "label": label, "icon": icon, "active": active, "key": key})
    return nav
