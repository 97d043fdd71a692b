"""From stored observations to stored days and ratings: the core's chain, fed from and kept in the database.

Each station has a chain of codes, and so has each place (a village, a site with coordinates): the place's noon
weather is made of the stations' by distance and height, then chained day after day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from django.conf import settings
from django.db import connections, models, router
from django.db.models import Max, Min, QuerySet

from fenghuo.core.danger.fwi import START, Codes, Weather
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.core.danger.season import HOLD, ChainState, DayResult, GapPolicy, run
from fenghuo.core.danger.weather import DailyWeather, noon_days, solar_offset, standard_offset
from fenghuo.desk.places.models import Site

from . import national
from .models import AreaRating, PlaceDay, Policy, SiteRating, Station, StationDay
from .rules import Judge, Judges, policy_of
from .sky import Made, Place, Sky, StationNoon, place_of, places

__all__ = [
    "Place",
    "Sky",
    "StationNoon",
    "days_of",
    "first_observed",
    "latest_days",
    "offset_of",
    "places",
    "policy_of",
    "rate",
    "rate_sites",
    "rerun",
    "state_of",
]

AT_ONCE = 2000
"""How many days of places are stored with one statement."""
_AS_IT_IS = (models.FloatField, models.IntegerField, models.CharField, models.ForeignKey)
"""Fields whose values the database takes as Python has them."""
_VALUES = ("temperature", "humidity", "dew_point", "wind", "rain")
_NOON = ("temperature", "humidity", "wind", "rain")
SITE_DAYS = timedelta(days=100)
"""How long a site's days are kept. Older ones are computed again from the record when somebody asks for them."""


def offset_of(station: Station) -> timedelta:
    """The station's standard offset from UTC by the desk's policy; summer time never moves it."""
    if policy_of(station.area).noon == Policy.Noon.SOLAR:
        return solar_offset(station.longitude)
    return standard_offset(settings.TIME_ZONE, 2026)


def rerun(station: Station, since: date) -> list[date]:
    """Recompute the station's days from `since` on, resuming from the day before; the dates that changed."""
    judge = Judge.of(station.area)
    offset = offset_of(station)
    zone = timezone(offset)
    before = station.days.filter(date__lt=since).order_by("-date").first()
    start = state_of(before, judge.gap_policy, station.days.all()) if before else START
    # The first noon's rain fell in the 24 hours before it.
    first = datetime.combine(since, datetime.min.time(), zone) - timedelta(days=1)
    readings = _readings(station, first, zone)
    days = [day for day in noon_days(readings, offset) if day.date >= since]
    results = run(days, station.latitude, judge.options, start, judge.gap_policy)
    extremes = national.extremes(readings, offset, judge)
    StationDay.objects.bulk_create(
        [
            StationDay(station=station, extremes=extremes.get(result.date), **_codes(result))
            for result in results
        ],
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


def state_of(
    row: StationDay | PlaceDay, policy: GapPolicy = HOLD, of_the_same: QuerySet | None = None
) -> ChainState:
    """The state that a stored day hands on.

    In a gap that may be estimated, the last observed weather is sought in the days `of_the_same` place.
    """
    observed = row if row.gap_days == 0 else None
    if observed is None and of_the_same is not None and row.gap_days < policy.estimate_up_to:
        observed = of_the_same.filter(date__lt=row.date, gap_days=0).order_by("-date").first()
    last = Weather(*(getattr(observed, name) for name in _NOON)) if observed else None
    return ChainState(row.date, Codes(row.ffmc, row.dmc, row.dc), row.gap_days, last)


def _codes(result: DayResult) -> dict[str, Any]:
    """What a stored day of a station and of a place have in common."""
    day, weather = result.day, result.weather
    return {
        "date": result.date,
        "ffmc": result.codes.ffmc,
        "dmc": result.codes.dmc,
        "dc": result.codes.dc,
        "gap_days": result.gap_days,
        "missing": list(result.missing),
        "marks": list(result.marks),
        **{name: getattr(day, name) if day else None for name in ("isi", "bui", "fwi", "dsr")},
        **{name: getattr(weather, name) if weather else None for name in _NOON},
    }


def rate(dates: Collection[date], within: str = "") -> None:
    """Recompute every place's chain from the first of these dates on, and rate its days.

    A chain resumes from the stored day before; a place without one is computed from the record's first day. So
    a corrected record gives what computing everything anew would give, bit for bit.
    """
    begin = StationDay.objects.aggregate(first=Min("date"))["first"]
    if begin is None or not dates:
        return
    _rate(places(within), min(dates), begin)


def rate_sites(sites: Iterable[Site]) -> None:
    """Compute all days of sites anew: where they lie is known otherwise than when they were computed."""
    begin = StationDay.objects.aggregate(first=Min("date"))["first"]
    found = [place for site in sites if (place := place_of(site)) is not None]
    if begin is not None and found:
        _rate(found, begin, begin)


def _rate(found: Sequence[Place], since: date, begin: date) -> None:
    """Recompute and store the chains of places from `since` on; the record begins with `begin`."""
    judges = Judges()
    found = [place for place in found if not judges.of(place.area).from_grid]
    states = _states(found, since, judges)
    first = {place: states[place].date + timedelta(days=1) if place in states else begin for place in found}
    sky = Sky.observed(min(first.values(), default=since) - national.LOOKS_BACK)
    if sky.last is None:
        return
    oldest = sky.last - SITE_DAYS
    for model, keeps_from in ((AreaRating, begin), (SiteRating, oldest)):
        rows: list[PlaceDay] = []
        for place in found:
            if place.model is model:
                judge = judges.of(place.area)
                rows += days_of(place, sky, judge, states.get(place), first[place], keeps_from)
            if len(rows) >= AT_ONCE:  # years of a county's places are more than memory should hold
                store(model, rows)
                rows = []
        store(model, rows)
    SiteRating.objects.filter(date__lt=oldest).delete()


def days_of(
    place: Place, sky: Sky, judge: Judge, state: ChainState | None, first: date, wanted: date = date.min
) -> list[PlaceDay]:
    """The place's days from `first` to the sky's last, its chain resumed from `state`; they are not stored.

    `first` is the day after the state's; days before `wanted` are computed and left out. Whatever sky is given,
    observed or forecast, the chain is the same.
    """
    last = sky.last
    if last is None or last < first:
        return []
    noon = sky.noon.over(place, judge.policy, first, last)
    weather = [
        DailyWeather(first + timedelta(days=number), *(getattr(made.values, name) for name in _NOON))
        for number, made in enumerate(noon)
    ]
    results = run(weather, place.latitude, judge.options, state or START, judge.gap_policy)
    wanted = max(first, wanted)
    skipped = (wanted - first).days
    by_standard = national.days(place, sky.extremes, judge, wanted, last)
    return [
        _place_day(place, judge, result, made, lyt)
        for result, made, lyt in zip(results[skipped:], noon[skipped:], by_standard, strict=True)
    ]


def _place_day(place: Place, judge: Judge, result: DayResult, made: Made, lyt: dict | None) -> PlaceDay:
    row = place.model(
        **place.key,
        **_codes(result),
        lyt=lyt,
        system=judge.policy.system,
        method=made.method,
        parts=list(made.parts),
    )
    row.marks += made.marks
    row.rating = judge.rating(row)
    return row


def _states(found: Sequence[Place], since: date, judges: Judges) -> dict[Place, ChainState]:
    """The last stored day of each place before `since`, where there is one."""
    states: dict[Place, ChainState] = {}
    for model, name in ((AreaRating, "area_id"), (SiteRating, "site_id")):
        mine = {place.of.pk: place for place in found if place.model is model}
        chained = model.objects.exclude(ffmc=None)
        latest = {getattr(row, name): row for row in chained.filter(date=since - timedelta(days=1))}
        rest = chained.filter(date__lt=since, **{f"{name}__in": mine.keys() - latest.keys()})
        for pk, day in list(rest.order_by().values_list(name).annotate(last=Max("date"))):
            latest[pk] = chained.get(**{name: pk}, date=day)
        for pk, row in latest.items():
            if pk in mine:
                place = mine[pk]
                of_place = chained.filter(**{name: pk})
                states[place] = state_of(row, judges.of(place.area).gap_policy, of_place)
    return states


def store(model: type[PlaceDay], rows: Sequence[PlaceDay]) -> None:
    """Keep days of places, in the stead of what was kept of the same days.

    Days are many, and most of what `bulk_create` does for each value is to find out that nothing is to be done
    to it; so the statement, which both databases understand alike, is written out here.
    """
    if not rows:
        return
    own = "area" if model is AreaRating else "site"
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    connection = connections[router.db_for_write(model)]
    name = connection.ops.quote_name
    columns = [name(field.column) for field in fields]
    key = [name(model._meta.get_field(part).column) for part in (own, "date")]
    statement = (
        f"INSERT INTO {name(model._meta.db_table)} ({', '.join(columns)}) "
        f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET "
        + ", ".join(f"{column} = EXCLUDED.{column}" for column in columns if column not in key)
    )
    makers = [
        (field.attname, None if isinstance(field, _AS_IT_IS) else field.get_db_prep_save) for field in fields
    ]
    with connection.cursor() as cursor:
        for first in range(0, len(rows), AT_ONCE):
            cursor.executemany(
                statement,
                [
                    tuple(
                        getattr(row, attribute) if make is None else make(getattr(row, attribute), connection)
                        for attribute, make in makers
                    )
                    for row in rows[first : first + AT_ONCE]
                ],
            )


def first_observed(station: Station) -> date | None:
    """The local date of the station's first observation."""
    first = station.observations.aggregate(first=Min("at"))["first"]
    return first.astimezone(timezone(offset_of(station))).date() if first else None


def latest_days() -> dict[str, date]:
    """The last stored day of each station that has one, by its code."""
    return dict(StationDay.objects.order_by().values_list("station__code").annotate(last=Max("date")))
