"""Filters that every template has: times as people say them, durations, levels."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()


@register.filter
def clock(moment: datetime | None) -> str:
    """`14:05`, in the desk's zone."""
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


@register.filter
def full(moment: datetime | None) -> str:
    """`2026年11月23日 14:05` / `23 November 2026, 14:05`."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    if get_language() == "en":
        return f"{local.day} {local:%B %Y, %H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def day(moment) -> str:
    """`11月23日` / `23 Nov`."""
    if moment is None:
        return ""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{local.day} {local:%b}" if get_language() == "en" else f"{local.month}月{local.day}日"


@register.filter
def weekday(moment) -> str:
    """`周一` / `Mon`."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(local, "D") if get_language() == "en" else "周" + "一二三四五六日"[local.weekday()]


@register.filter
def span(length: timedelta | float | None) -> str:
    """A length of time in the largest fitting unit: `6 min`, `5 h 10 min`, `2 days`. Numbers are minutes."""
    if length is None:
        return ""
    minutes = round(length.total_seconds() / 60 if isinstance(length, timedelta) else length)
    if minutes < 60:
        return gettext("%s min") % minutes
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        if rest and hours < 10:
            return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
        return gettext("%s h") % hours
    days = minutes // (24 * 60)
    return ngettext("%s day", "%s days", days) % days
