"""Records how wrong each forecast day proved, as soon as its observation is there."""

from collections.abc import Iterable
from datetime import date, datetime

from fenghuo.core.danger import classes
from fenghuo.desk.danger.models import ForecastDay, ForecastError, Station, StationDay
from fenghuo.desk.danger.rules import Judges

_INPUTS = ("temperature", "humidity", "wind", "rain")
_KEPT = (
    "observed",
    "fwi_persistence",
    "fwi_forecast",
    "fwi_observed",
    "fwi",
    "rating_forecast",
    "rating_observed",
)


def record(dates: Iterable[date], now: datetime, stations: Iterable[Station] | None = None) -> int:
    """Compare the forecasts of these dates with what was observed on them; how many were compared.

    Only days that have an FWI on both sides are compared. A correction of the observation is recorded over the
    earlier error; where the observation has become a gap, the error goes.
    """
    wanted = set(dates)
    if not wanted:
        return 0
    days = ForecastDay.objects.filter(date__gte=min(wanted), date__lte=max(wanted)).select_related(
        "issue__station__area"
    )
    if stations is not None:
        days = days.filter(issue__station__in=list(stations))
    forecasts = [day for day in days if day.date in wanted]
    if not forecasts:
        return 0
    observed = {
        (day.station_id, day.date): day
        for day in StationDay.objects.filter(
            station_id__in={day.issue.station_id for day in forecasts},
            date__in={day.date for day in forecasts},
            fwi__isnull=False,
        )
    }
    judges = Judges()
    known = _known_at_issue(forecasts)
    errors, lost = [], []
    for day in forecasts:
        station = day.issue.station
        truth = observed.get((station.pk, day.date))
        if truth is None or day.fwi is None:
            lost.append(day.pk)
            continue
        scheme = judges.of(station.area).scheme
        errors.append(
            ForecastError(
                forecast=day,
                observed=truth,
                fwi_forecast=day.fwi,
                fwi_observed=truth.fwi,
                fwi=day.fwi - truth.fwi,
                rating_forecast=classes.rating(day.fwi, scheme),
                rating_observed=classes.rating(truth.fwi, scheme),
                fwi_persistence=known.get((station.pk, day.issue.based_on)),
                recorded_at=now,
                **{name: getattr(day, name) - getattr(truth, name) for name in _INPUTS},
            )
        )
    ForecastError.objects.filter(forecast__in=lost).delete()
    ForecastError.objects.bulk_create(
        errors,
        batch_size=300,
        update_conflicts=True,
        unique_fields=["forecast"],
        update_fields=[*_KEPT, *_INPUTS, "recorded_at"],
    )
    return len(errors)


def _known_at_issue(forecasts: list[ForecastDay]) -> dict[tuple[int, date], float]:
    """(station, day) → the FWI of the last day that was observed when a forecast was issued."""
    days = {day.issue.based_on for day in forecasts if day.issue.based_on}
    rows = StationDay.objects.filter(date__in=days, fwi__isnull=False)
    return {(station, day): fwi for station, day, fwi in rows.values_list("station_id", "date", "fwi")}
