"""What screens and the API read of danger, limited to what the caller may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from fenghuo.core.access import Caller
from fenghuo.core.danger import classes
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import area as area_named
from fenghuo.desk.places.queries import villages

from . import rules
from .models import AreaRating, PlaceDay, Station

CHART_DAYS = 60
LONGEST_DROUGHT = 200


@dataclass(frozen=True)
class VillageDanger:
    """A village with its rating of the day, or without one."""

    area: Area
    rating: int | None
    fwi: float | None
    method: str
    parts: list[dict]
    index_words: str = ""
    index: float = 0.0

    @property
    def word(self) -> str:
        return classes.rating_name(self.rating, get_language() or "zh") if self.rating else ""


def _village_danger(area: Area, row: AreaRating | None) -> VillageDanger:
    if row is None:
        return VillageDanger(area, None, None, "", [])
    return VillageDanger(area, row.rating, row.fwi, row.method, row.parts, row.index_words, row.index or 0.0)


def latest_day(caller: Caller) -> date | None:
    """The last rated day that is not after the caller's today."""
    caller.must("danger.read")
    return (
        AreaRating.objects.filter(rating__isnull=False, date__lte=timezone.localtime(caller.now).date())
        .order_by("-date")
        .values_list("date", flat=True)
        .first()
    )


def overview(caller: Caller, day: date | None) -> list[VillageDanger]:
    """Every village in sight with its rating on `day`, the highest first."""
    caller.must("danger.read")
    rows = {row.area_id: row for row in AreaRating.objects.filter(date=day)} if day else {}
    found = []
    for village in villages(caller):
        found.append(_village_danger(village, rows.get(village.pk)))
    return sorted(found, key=lambda v: (-(v.rating or 0), -v.index, v.area.code))


def history(caller: Caller, code: str, until: date, days: int = CHART_DAYS) -> list[dict]:
    """The village's last `days` days up to `until`, gaps included: what the chart draws."""
    caller.must("danger.read")
    first = until - timedelta(days=days - 1)
    stored = AreaRating.objects.filter(area=area_named(caller, code), date__gte=first, date__lte=until)
    return chart_days({row.date: row for row in stored}, until, days)


def chart_days(stored: Mapping[date, PlaceDay], until: date, days: int) -> list[dict]:
    """A place's last days as the chart draws them."""
    first = until - timedelta(days=days - 1)
    rows = []
    for n in range(days):
        day = first + timedelta(days=n)
        row = stored.get(day)
        rows.append(
            {
                "date": day.isoformat(),
                "fwi": round(row.fwi, 2) if row and row.fwi is not None else None,
                "rating": row.rating if row else None,
                "rain": row.rain if row else None,
                "gap": row is None or row.gap,
                "marks": row.marks if row else ["gap"],
                "missing": row.missing if row else [],
            }
        )
    return rows


@dataclass(frozen=True)
class Why:
    """Why an area is rated as it is on a day: its noon weather and its codes, as they were brought to it."""

    village: VillageDanger
    date: date
    day: AreaRating | None
    dry_days: int
    scheme: classes.Scheme

    @property
    def breaks(self) -> list[float]:
        """The four FWI values at which the rating rises."""
        return breaks_of(self.scheme)


def breaks_of(scheme: classes.Scheme) -> list[float]:
    """The FWI values of a scheme at which the rating rises."""
    pairs = zip(scheme.breaks, zip(scheme.ratings, scheme.ratings[1:], strict=False), strict=False)
    return [value for value, (below, above) in pairs if below != above]


def why(caller: Caller, code: str, day: date) -> Why:
    """The reasons behind one village's rating on `day`, in short: for the map's card."""
    caller.must("danger.read")
    area = area_named(caller, code)
    row = AreaRating.objects.filter(area=area, date=day).first()
    return Why(
        _village_danger(area, row),
        day,
        row,
        dry_days(AreaRating.objects.filter(area=area), day),
        rules.Judge.of(area).scheme,
    )


def dry_days(of_place: QuerySet, day: date) -> int:
    """Days in a row, `day` included, with less than 0.5 mm (below which the FFMC counts no rain)."""
    dry = 0
    rains = of_place.filter(date__lte=day).order_by("-date").values_list("rain", flat=True)
    for rain in rains[:LONGEST_DROUGHT]:
        if rain is None or rain > 0.5:
            break
        dry += 1
    return dry


def stations(caller: Caller) -> list[Station]:
    """The stations in the caller's area."""
    caller.must("danger.read")
    return list(Station.objects.filter(area__code__startswith=caller.area).select_related("area"))


def high_danger(caller: Caller, start: date, end: date, area: str) -> list[AreaRating]:
    """Ratings of 4 and 5 of villages in `area`, from `start` to before `end`."""
    caller.must("danger.read")
    return list(
        AreaRating.objects.filter(date__gte=start, date__lt=end, rating__gte=4, area__code__startswith=area)
        .filter(area__code__startswith=caller.area)
        .select_related("area")
        .order_by("-date", "area__code")
    )
