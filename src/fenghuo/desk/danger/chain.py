"""From stored observations to stored days and ratings: the core's chain, fed from and kept in the database."""

from datetime import date, datetime, timedelta, timezone

from django.conf import settings
from django.db.models import Min

from fenghuo.core.danger import classes
from fenghuo.core.danger.fwi import START, Codes
from fenghuo.core.danger.interpolate import StationValue, at_point
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.core.danger.season import ChainState, run
from fenghuo.core.danger.weather import noon_days, solar_offset, standard_offset
from fenghuo.desk.places.models import Area

from .models import AreaRating, Policy, Station, StationDay

_VALUES = ("temperature", "humidity", "dew_point", "wind", "rain")


def policy_of(area: Area) -> Policy:
    """The policy of the area or of the nearest area above it; the defaults where none was set."""
    prefixes = [area.code[:length] for length in range(1, len(area.code) + 1)]
    found = Policy.objects.filter(area__code__in=prefixes).order_by("-area__code").first()
    return found or Policy(area=area)


def offset_of(station: Station) -> timedelta:
    """The station's standard offset from UTC by the desk's policy; summer time never moves it."""
    if policy_of(station.area).noon == Policy.Noon.SOLAR:
        return solar_offset(station.longitude)
    return standard_offset(settings.TIME_ZONE, 2026)


def rerun(station: Station, since: date) -> list[date]:
    """Recompute the station's days from `since` on, resuming from the day before; the dates that changed."""
    offset = offset_of(station)
    zone = timezone(offset)
    before = station.days.filter(date__lt=since).order_by("-date").first()
    start = (
        ChainState(before.date, Codes(before.ffmc, before.dmc, before.dc), before.gap_days)
        if before
        else START
    )
    # The first noon's rain fell in the 24 hours before it.
    first = datetime.combine(since, datetime.min.time(), zone) - timedelta(days=1)
    days = [day for day in noon_days(_readings(station, first, zone), offset) if day.date >= since]
    results = run(days, station.latitude, start=start)
    StationDay.objects.bulk_create(
        [_row(station, result) for result in results],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["station", "date"],
        update_fields=[f.name for f in StationDay._meta.fields if f.name not in ("id", "station", "date")],
    )
    return [result.date for result in results]


def _readings(station: Station, first: datetime, zone: timezone) -> list[Reading]:
    rows = station.observations.filter(at__gte=first).order_by("at").values_list("at", "daily", *_VALUES)
    return [
        Reading(
            station.code, at.astimezone(zone), at, daily, temperature, humidity, dew_point, wind, rain, row=0
        )
        for at, daily, temperature, humidity, dew_point, wind, rain in rows.iterator(chunk_size=5000)
    ]


def _row(station: Station, result) -> StationDay:
    day, weather = result.day, result.weather
    return StationDay(
        station=station,
        date=result.date,
        ffmc=result.codes.ffmc,
        dmc=result.codes.dmc,
        dc=result.codes.dc,
        gap_days=result.gap_days,
        missing=list(result.missing),
        marks=list(result.marks),
        **{name: getattr(day, name) if day else None for name in ("isi", "bui", "fwi", "dsr")},
        **{
            name: getattr(weather, name) if weather else None
            for name in ("temperature", "humidity", "wind", "rain")
        },
    )


def rate(dates: list[date]) -> None:
    """Rate every village on these dates from the stations' FWI: the nearest, or several by distance."""
    if not dates:
        return
    stations = {station.pk: station for station in Station.objects.all()}
    by_date: dict[date, list[StationValue]] = {}
    for row in StationDay.objects.filter(date__gte=min(dates), date__lte=max(dates)):
        station = stations[row.station_id]
        by_date.setdefault(row.date, []).append(
            StationValue(station.code, station.latitude, station.longitude, row.fwi)
        )
    ratings = []
    for area in Area.objects.filter(
        level=Area.Level.VILLAGE, latitude__isnull=False, longitude__isnull=False
    ):
        scheme = policy_of(area).scheme
        for day in sorted(set(dates)):
            value = at_point(area.latitude, area.longitude, by_date.get(day, []))
            ratings.append(
                AreaRating(
                    area=area,
                    date=day,
                    fwi=value.value if value else None,
                    rating=classes.rating(value.value, scheme) if value else None,
                    method=value.method if value else "",
                    parts=[
                        {"station": p.code, "km": round(p.distance_km, 2), "weight": round(p.weight, 4)}
                        for p in value.parts
                    ]
                    if value
                    else [],
                )
            )
    AreaRating.objects.bulk_create(
        ratings,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["area", "date"],
        update_fields=["fwi", "rating", "method", "parts"],
    )


def first_observed(station: Station) -> date | None:
    """The local date of the station's first observation."""
    first = station.observations.aggregate(first=Min("at"))["first"]
    return first.astimezone(timezone(offset_of(station))).date() if first else None
