"""Template tags of the look: icons, times as people say them, time left, words for scripts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from .fenghuo import day as day_and_month
from .fenghuo import full

register = template.Library()

SPRITE = "vendor/lucide/icons.svg"


@register.simple_tag
def icon(name: str, size: str = "m") -> SafeString:
    """Return an icon of the vendored sprite, hidden from screen readers; size s 16, m 18, l 24 px."""
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        size,
        static(SPRITE),
        name,
    )


@register.filter
def time_left(due: datetime, now: datetime | None = None) -> str:
    """Return the time from `now` to `due`: "00:41" under two hours, then hours, then days; or how late."""
    seconds = (due - (now or timezone.now())).total_seconds()
    over = seconds < 0
    minutes = int(abs(seconds) // 60) if over else int(-(-seconds // 60))
    if not over and minutes < 120:
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if minutes < 60:
        length = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    elif minutes < 48 * 60:
        length = ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    else:
        length = ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}
    return gettext("%(length)s over") % {"length": length} if over else length


@register.filter
def is_over(due: datetime, now: datetime | None = None) -> bool:
    """Say whether `due` lies before `now`."""
    return due < (now or timezone.now())


@register.simple_tag(takes_context=True)
def when(context: template.Context, moment: datetime | date | None, date_only: bool = False) -> str:
    """Return `<time>` as an officer says it ("today 14:05"), the full date in its title; a dash for None."""
    if moment is None:
        return "—"
    now = context.get("now") or timezone.now()
    today = timezone.localdate(now)
    timed = isinstance(moment, datetime)
    local = timezone.localtime(moment) if timed and timezone.is_aware(moment) else moment
    day = local.date() if timed else local
    words = day_words(day, today)
    if timed and not date_only:
        words += f" {local:%H:%M}"
    title = full(moment) if timed else date_format(day, "Y年n月j日" if chinese() else "j F Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), title, words)


def day_words(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", or the day and month, with the year where it differs."""
    near = {
        today: gettext("today"),
        today - timedelta(days=1): gettext("yesterday"),
        today + timedelta(days=1): gettext("tomorrow"),
    }
    if day in near:
        return near[day]
    if day.year == today.year:
        return day_and_month(day)
    return date_format(day, "Y年n月j日" if chinese() else "j M Y")


def chinese() -> bool:
    """Say whether the reader's language is Chinese."""
    return (get_language() or "").startswith("zh")


@register.filter
def error_count(form: BaseForm) -> int:
    """Return how many errors stand on the form, for the button that sends it."""
    return sum(len(messages) for messages in form.errors.values())


@register.filter
def field_kind(field: Any) -> str:
    """Return "check" for a single tick box, "group" for several choices, "drop" for files, else "line"."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind == "file":
        return "drop"
    if field.use_fieldset:
        return "group"
    return "check" if kind == "checkbox" else "line"


@register.filter
def rated_days(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a chart's days, newest first, for the table that stands behind it."""
    return list(reversed(data.get("days", [])))


@register.simple_tag
def script_words() -> SafeString:
    """Return the JSON element that gives the scripts their words in the reader's language."""
    words = {
        "minute": ngettext("%(count)d minute", "%(count)d minutes", 2),
        "hour": ngettext("%(count)d hour", "%(count)d hours", 2),
        "day": ngettext("%(count)d day", "%(count)d days", 2),
        "over": gettext("%(length)s over"),
        "oneMinute": ngettext("%(count)d minute", "%(count)d minutes", 1),
        "oneHour": ngettext("%(count)d hour", "%(count)d hours", 1),
        "oneDay": ngettext("%(count)d day", "%(count)d days", 1),
        "close": pgettext("dialog", "Close"),
        "confirm": pgettext("dialog", "Confirm"),
        "copied": gettext("Copied"),
        "failed": gettext("The desk did not answer. Check the connection, then try again."),
        "refused": gettext("This was refused. Reload the page, then try again."),
        "fwi": gettext("Fire weather index"),
        "rain": gettext("Rain, mm"),
        "gap": gettext("no data"),
        "rating": gettext("Danger class"),
        "date": gettext("Date"),
        "note": gettext("Note"),
        "class1": pgettext("danger class", "Low"),
        "class2": pgettext("danger class", "Fairly low"),
        "class3": pgettext("danger class", "Moderate"),
        "class4": pgettext("danger class", "High"),
        "class5": pgettext("danger class", "Extreme"),
    }
    return json_script(words, "words")
