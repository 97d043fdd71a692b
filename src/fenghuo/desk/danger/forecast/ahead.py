"""The chain run on forecast weather, beginning at the last observed day and never written into its codes.

Two runs of the same chain, for two questions. `as_issued` answers "how good was that forecast?": it starts from
the last day that was observed when the forecast was issued and is kept as it is. `rate_ahead` answers "what is
coming?": it starts each station's newest forecast from the last observed day there is now.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from django.db.models import Max

from fenghuo.core.danger.fwi import START
from fenghuo.core.danger.interpolate import NoonValues
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.core.danger.season import ChainState, DayResult, run
from fenghuo.core.danger.weather import noon_days, noon_utc
from fenghuo.desk.danger import chain, national
from fenghuo.desk.danger.models import (
    AreaRating,
    ForecastDay,
    ForecastRating,
    PlaceDay,
    Station,
)
from fenghuo.desk.danger.rules import Judge, Judges
from fenghuo.desk.danger.sky import Place, Sky, StationNoon, villages

NOON = ("temperature", "humidity", "wind", "rain")
LONGEST = 16
"""How many days ahead are kept: what Open-Meteo gives at most."""
RAIN_HOURS = timedelta(hours=24)


def as_issued(
    station: Station, rows: Sequence[Reading], issued_at: datetime
) -> tuple[date | None, list[ForecastDay]]:
    """The observed day that the forecast starts from (None: start values) and its days, not yet stored.

    A day whose noon lay before the issue is no forecast and is left out. The rain of the first noon may have begun
    to fall before the forecast's first hour: those hours are taken as observed, and the day is marked so.
    """
    offset = chain.offset_of(station)
    zone = timezone(offset)
    today = issued_at.astimezone(zone).date()
    before = _observed_before(station, rows, zone)
    days = [
        day
        for day in noon_days([*before, *rows], offset)
        if noon_utc(day.date, offset) > issued_at and (day.date - today).days <= LONGEST
    ]
    if not days:
        return None, []
    last = days[0].date - timedelta(days=1)
    known = last if noon_utc(last, offset) <= issued_at else today - timedelta(days=1)
    start = station.days.filter(date__lte=known).order_by("-date").first()
    judge = Judge.of(station.area)
    state = chain.state_of(start, judge.gap_policy, station.days.all()) if start else START
    found = run(days, station.latitude, judge.options, state, judge.gap_policy)
    extremes = national.extremes([*before, *rows], offset, judge)
    kept = {
        result.date: _forecast_day(result, (result.date - today).days, extremes.get(result.date))
        for result in found
        if result.date >= days[0].date
    }
    if before and days[0].date in kept and kept[days[0].date].rain is not None:
        kept[days[0].date].marks.append("rain-before-issue-observed")
    return (start.date if start else None), list(kept.values())


def _observed_before(station: Station, rows: Sequence[Reading], zone: timezone) -> list[Reading]:
    hours = [row.utc for row in rows if not row.daily]
    if not hours:
        return []
    first = min(hours)
    return [
        Reading(rows[0].station, at.astimezone(zone), at, False, None, None, None, None, rain, row=0)
        for at, rain in station.observations.filter(
            daily=False, at__gte=first - RAIN_HOURS, at__lt=first, rain__isnull=False
        ).values_list("at", "rain")
    ]


def _forecast_day(result: DayResult, lead: int, extremes: dict | None) -> ForecastDay:
    day, weather = result.day, result.weather
    return ForecastDay(
        date=result.date,
        lead=lead,
        ffmc=result.codes.ffmc,
        dmc=result.codes.dmc,
        dc=result.codes.dc,
        missing=list(result.missing),
        marks=list(result.marks),
        extremes=extremes,
        **{name: getattr(day, name) if day else None for name in ("isi", "bui", "fwi", "dsr")},
        **{name: getattr(weather, name) if weather else None for name in NOON},
    )


def rate_ahead(today: date) -> None:
    """Rate every village on each day from `today` on for which some station has a forecast, and no other day."""
    ForecastRating.objects.filter(date__gte=today).delete()
    sky, issues = _sky_ahead(today)
    if not issues:
        return
    judges = Judges()
    found = villages()
    states = _last_observed(found, today, judges)
    begin = min(day for _code, day in issues)
    rows = []
    for place in found:
        state = states.get(place)
        first = state.date + timedelta(days=1) if state else begin
        for day in chain.days_of(place, sky, judges.of(place.area), state, first):
            if day.date >= today and day.rating is not None:
                rows.append(_ahead(day, issues))
    ForecastRating.objects.bulk_create(rows, batch_size=500)


def _sky_ahead(today: date) -> tuple[Sky, dict[tuple[str, date], int]]:
    """What was observed lately, then the newest forecast of each station and day with the key of its issue.

    A day that the station has observed is observed, whatever was forecast for it.
    """
    observed = chain.latest_days()
    begin = min(observed.values(), default=today)
    # LY/T 1172 counts the days since rain, so what was observed before the first day ahead belongs to it.
    days = {day: dict(of_day) for day, of_day in Sky.observed(begin - national.LOOKS_BACK).days.items()}
    issues: dict[tuple[str, date], int] = {}
    # The days since the last observed one are bridged by what was forecast for them.
    forecasts = (
        ForecastDay.objects.filter(date__gte=today - timedelta(days=LONGEST))
        .order_by("issue__issued_at", "issue_id")
        .values_list("issue__station__code", "issue_id", "date", *NOON, "marks", "extremes")
    )
    for code, issue, day, temperature, humidity, wind, rain, marks, extremes in forecasts:
        if code in observed and day <= observed[code]:
            continue
        values = NoonValues(temperature, humidity, wind, rain)
        days.setdefault(day, {})[code] = StationNoon(values, tuple(marks), extremes)
        issues[code, day] = issue
    return Sky(days), issues


def _last_observed(found: Sequence[Place], today: date, judges: Judges) -> dict[Place, ChainState]:
    """The state after each village's last observed day up to today."""
    rated = AreaRating.objects.filter(date__lte=today, ffmc__isnull=False).order_by()
    last = dict(rated.values_list("area_id").annotate(last=Max("date")))
    rows = {
        row.area_id: row for row in rated.filter(date__in=set(last.values())) if row.date == last[row.area_id]
    }
    return {
        place: chain.state_of(row, judges.of(place.area).gap_policy, rated.filter(area=place.of))
        for place in found
        if (row := rows.get(place.of.pk))
    }


def _ahead(day: PlaceDay, issues: dict[tuple[str, date], int]) -> ForecastRating:
    fields = {field.name: getattr(day, field.name) for field in PlaceDay._meta.fields}
    fields["parts"] = [{**part, "issue": issues.get((part["station"], day.date))} for part in day.parts]
    return ForecastRating(area=day.area, **fields)
