"""What danger offers to the pages that gather."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller
from fenghuo.desk.gather import AreaPaint, Fact, Period, Record, SearchHit, register
from fenghuo.desk.places.queries import villages

from . import queries
from .forecast import commands as forecasts
from .models import PlaceDay


def _high_days(caller: Caller, period: Period, area: str) -> list[Record]:
    start, end = timezone.localtime(period.start).date(), timezone.localtime(period.end).date()
    days: dict = {}
    for row in queries.high_danger(caller, start, end, area):
        days.setdefault(row.date, []).append(row)
    return [
        Record(
            f"danger-day:{day.isoformat()}",
            day.isoformat(),
            None,
            f"{reverse('danger:overview')}?day={day.isoformat()}",
            _("%(villages)s, highest %(index)s")
            % {
                "villages": ngettext("%s village", "%s villages", len(rows)) % len(rows),
                "index": max(rows, key=lambda row: row.index or 0).index_words,
            },
        )
        for day, rows in days.items()
    ]


register.fact(
    Fact(
        key="high_danger_days",
        order=10,
        title=gettext_lazy("Days of high danger"),
        sentence=gettext_lazy("Days on which at least one village was rated 4 or 5."),
        unit=gettext_lazy("days"),
        records=_high_days,
    )
)


@register.paint
def _paint(caller: Caller) -> dict[str, AreaPaint]:
    day = queries.latest_day(caller)
    painted = {}
    for village in queries.overview(caller, day):
        if village.rating is None or day is None:
            continue
        painted[village.area.code] = AreaPaint(
            rating=village.rating,
            url=reverse("danger:area", args=[village.area.code]),
            why=_reasons(caller, village.area.code, day),
        )
    return painted


# A map shows the card of one village; the reasons of the others are never asked for.
_reasons = lazy(lambda caller, code, day: in_words(queries.why(caller, code, day)), str)


def in_words(why: queries.Why) -> str:
    """The reasons in a sentence or two."""
    return of_day(why.day, why.dry_days)


def of_day(day: PlaceDay | None, dry_days: int) -> str:
    """What a place's day was like, in a sentence or two."""
    if day is None or (day.gap and not day.index_words):
        return _("No station had the noon weather of this day.")
    sentences = [_("%s.") % day.index_words] if day.index_words else []
    if not day.gap:
        if dry_days > 1:
            sentences.append(
                _("%(days)s days in a row without rain (DC %(dc).0f).") % {"days": dry_days, "dc": day.dc}
            )
        if None not in (day.temperature, day.humidity, day.wind):
            sentences.append(
                _("Noon: %(t).0f °C, humidity %(rh).0f %%, wind %(wind).1f m/s.")
                % {"t": day.temperature, "rh": day.humidity, "wind": day.wind / 3.6}
            )
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences)


@register.search
def _search(caller: Caller, text: str):
    for village in villages(caller).filter(Q(name__icontains=text) | Q(name_en__icontains=text)):
        yield SearchHit(_("Village"), str(village), reverse("danger:area", args=[village.code]), village.code)


register.chore(forecasts.fetch_due)
