"""The days a summary speaks of, as Chinese offices count them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from fenghuo.core.access import RuleBroken
from fenghuo.core.paper import chinese_date, english_date
from fenghuo.desk.gather import Period

DATES = "dates"
NAMES: Mapping[str, Promise] = {
    "week": pgettext_lazy("period", "This week"),
    "month": pgettext_lazy("period", "This month"),
    "last-month": pgettext_lazy("period", "Last month"),
    "half": pgettext_lazy("period", "This half-year"),
    "last-half": pgettext_lazy("period", "Last half-year"),
}
"""The periods that have a name, in the order in which they are offered."""

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Span:
    """From one day to another in the desk's zone, both included, as people say it."""

    first: date
    last: date

    @property
    def period(self) -> Period:
        """The same as moments: from the first midnight up to the midnight after the last day."""
        zone = timezone.get_default_timezone()
        return Period(
            datetime.combine(self.first, time.min, zone),
            datetime.combine(self.last + timedelta(days=1), time.min, zone),
        )

    @classmethod
    def of(cls, period: Period) -> "Span":
        """The days of a period that begins and ends at midnight in the desk's zone."""
        zone = timezone.get_default_timezone()
        end = period.end.astimezone(zone) - timedelta(microseconds=1)
        return cls(period.start.astimezone(zone).date(), end.date())

    def __str__(self) -> str:
        if (self.first, self.last) == _half(self.first):
            year = {"year": self.first.year}
            return (
                _("first half of %(year)s") % year
                if self.first.month == 1
                else _("second half of %(year)s") % year
            )
        if (self.first, self.last) == _month(self.first):
            return month_words(self.first)
        if self.first == self.last:
            return day_words(self.first)
        return _("%(first)s to %(last)s") % {"first": day_words(self.first), "last": day_words(self.last)}

    @property
    def days(self) -> str:
        """The first and last day in words, whatever name the span has."""
        if self.first == self.last:
            return day_words(self.first)
        return _("%(first)s to %(last)s") % {"first": day_words(self.first), "last": day_words(self.last)}


def day_words(day: date) -> str:
    """`2026年4月3日` / `3 April 2026`."""
    return english_date(day) if get_language() == "en" else chinese_date(day)


def month_words(day: date) -> str:
    """`2026年4月` / `April 2026`."""
    return english_date(day).split(" ", 1)[1] if get_language() == "en" else f"{day.year}年{day.month}月"


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _half(day: date) -> tuple[date, date]:
    """1 January to 30 June, 1 July to 31 December."""
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


def named(name: str, today: date) -> Span:
    """The period of that name around `today`; RuleBroken for a name the desk does not know.

    A week begins on Monday (GB/T 7408, as ISO 8601); a half-year is January to June or July to December.
    """
    if name == "week":
        monday = today - timedelta(days=today.weekday())
        return Span(monday, monday + timedelta(days=6))
    if name == "month":
        return Span(*_month(today))
    if name == "last-month":
        return Span(*_month(today.replace(day=1) - timedelta(days=1)))
    if name == "half":
        return Span(*_half(today))
    if name == "last-half":
        return Span(*_half(_half(today)[0] - timedelta(days=1)))
    raise RuleBroken(_("The desk knows no period “%s”. Choose one of those offered.") % name, "period")


def name_of(span: Span, today: date) -> str:
    """The first name that means these days around `today`, or `dates`."""
    return next((name for name in NAMES if named(name, today) == span), DATES)


def between(first: date | None, last: date | None) -> Span:
    """The days from `first` to `last`; RuleBroken where one is missing, they are the wrong way round, or far off."""
    if first is None:
        raise RuleBroken(_("Say on which day the period begins."), "from")
    if last is None:
        raise RuleBroken(_("Say on which day the period ends."), "to")
    if first > last:
        raise RuleBroken(
            _("The period begins on %(first)s, after its end on %(last)s. Put the earlier day first.")
            % {"first": day_words(first), "last": day_words(last)},
            "from",
        )
    if first < EARLIEST or last > LATEST:
        raise RuleBroken(_("Choose days between 2000 and 2100."), "from" if first < EARLIEST else "to")
    return Span(first, last)
