"""What screens and the API read of danger, limited to what the caller may see."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from fenghuo.core.access import Caller
from fenghuo.core.danger import classes
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import area as area_named
from fenghuo.desk.places.queries import villages

from . import chain
from .models import AreaRating, Station, StationDay

CHART_DAYS = 60


@dataclass(frozen=True)
class VillageDanger:
    """A village with its rating of the day, or without one."""

    area: Area
    rating: int | None
    fwi: float | None
    method: str
    parts: list[dict]

    @property
    def word(self) -> str:
        return classes.rating_name(self.rating, get_language() or "zh") if self.rating else ""


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
        row = rows.get(village.pk)
        found.append(
            VillageDanger(
                village,
                row.rating if row else None,
                row.fwi if row else None,
                row.method if row else "",
                row.parts if row else [],
            )
        )
    return sorted(found, key=lambda v: (-(v.rating or 0), -(v.fwi or 0), v.area.code))


def history(caller: Caller, code: str, until: date, days: int = CHART_DAYS) -> list[dict]:
    """The village's last `days` days up to `until`, gaps included: what the chart draws."""
    area = area_named(caller, code)
    caller.must("danger.read", area.code)
    first = until - timedelta(days=days - 1)
    ratings = {
        row.date: row for row in AreaRating.objects.filter(area=area, date__gte=first, date__lte=until)
    }
    weather = _nearest_days(ratings, first, until)
    rows = []
    for n in range(days):
        day = first + timedelta(days=n)
        rating, station_day = ratings.get(day), weather.get(day)
        rows.append(
            {
                "date": day.isoformat(),
                "fwi": round(rating.fwi, 2) if rating and rating.fwi is not None else None,
                "rating": rating.rating if rating else None,
                "rain": station_day.rain if station_day else None,
                "gap": rating is None or rating.fwi is None,
                "marks": station_day.marks if station_day else ["gap"],
                "missing": station_day.missing if station_day else [],
            }
        )
    return rows


def _nearest_days(ratings: dict[date, AreaRating], first: date, until: date) -> dict[date, StationDay]:
    """The days of the station that weighs most in the latest rating."""
    parts = next(
        (row.parts for row in sorted(ratings.values(), key=lambda r: r.date, reverse=True) if row.parts), []
    )
    code = max(parts, key=lambda part: part["weight"])["station"] if parts else None
    station = Station.objects.filter(code=code).first() or Station.objects.first()
    if station is None:
        return {}
    return {row.date: row for row in station.days.filter(date__gte=first, date__lte=until)}


@dataclass(frozen=True)
class Why:
    """Why an area is rated as it is on a day: the station that weighs most, its weather and its codes."""

    village: VillageDanger
    date: date
    station: Station | None
    day: StationDay | None
    dry_days: int
    scheme: classes.Scheme

    @property
    def breaks(self) -> list[float]:
        """The four FWI values at which the rating rises."""
        pairs = zip(
            self.scheme.breaks, zip(self.scheme.ratings, self.scheme.ratings[1:], strict=False), strict=False
        )
        return [value for value, (below, above) in pairs if below != above]


def why(caller: Caller, code: str, day: date) -> Why:
    """The reasons behind one village's rating on `day`."""
    area = area_named(caller, code)
    caller.must("danger.read", area.code)
    row = AreaRating.objects.filter(area=area, date=day).first()
    village = VillageDanger(
        area,
        row.rating if row else None,
        row.fwi if row else None,
        row.method if row else "",
        row.parts if row else [],
    )
    station_day, station = None, None
    if village.parts:
        station = Station.objects.filter(
            code=max(village.parts, key=lambda p: p["weight"])["station"]
        ).first()
        station_day = station.days.filter(date=day).first() if station else None
    return Why(
        village,
        day,
        station,
        station_day,
        _dry_days(station, day),
        classes.scheme(chain.policy_of(area).scheme),
    )


def _dry_days(station: Station | None, day: date) -> int:
    """Days in a row, `day` included, with less than 0.5 mm (below which the FFMC counts no rain)."""
    if station is None:
        return 0
    dry = 0
    for rain in station.days.filter(date__lte=day).order_by("-date").values_list("rain", flat=True)[:200]:
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
