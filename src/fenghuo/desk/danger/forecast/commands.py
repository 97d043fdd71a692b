"""Acts on forecasts: one is taken in, or fetched; what was observed is held against what was forecast."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone as zones
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.danger.finding import Finding, Text, UnreadableStations
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.desk.danger.intake import reading
from fenghuo.desk.danger.models import (
    FetchPolicy,
    ForecastDay,
    ForecastIssue,
    ForecastRating,
    Station,
)
from fenghuo.desk.places.models import Area

from . import ahead, errors, fetching

log = logging.getLogger("fenghuo.forecast")

_DAY_FIELDS = [f.name for f in ForecastDay._meta.concrete_fields if f.name not in ("id", "issue", "date")]
AHEAD_OF_THE_CLOCK = timedelta(minutes=10)
"""How far a time of issue may lie after now: clocks differ, forecasts from the future are mistakes."""


@dataclass(frozen=True)
class TakenIn:
    """What taking a forecast in did. `done` is False when rejected rows kept everything out."""

    done: bool
    new: int
    corrected: int
    unchanged: int
    days: int
    rejected: tuple[Finding, ...]
    issued_at: datetime
    issue_stated: bool


def import_forecast(
    caller: Caller,
    source: BinaryIO | bytes | str,
    *,
    station: Station | None = None,
    issued_at: datetime | None = None,
    maker: str = "",
    skip_bad: bool = False,
    name: str = "",
) -> TakenIn:
    """Take a forecast file in (CSV, XLSX, or Open-Meteo's JSON): every row, or none unless `skip_bad`.

    Without `issued_at` the time of this import stands for it, and every screen says so. Raises UnreadableStations,
    headers.UnknownColumns where somebody has to name the columns, RuleBroken for an unknown station.
    """
    caller.must("danger.import")
    found = reading.forecast(caller, source, station=station)
    return take_in(
        caller,
        found.rows,
        source=ForecastIssue.Source.FILE,
        issued_at=issued_at,
        maker=maker,
        rejected=found.rejected,
        skip_bad=skip_bad,
        name=name,
    )


@transaction.atomic
def take_in(
    caller: Caller,
    rows: Mapping[str, Sequence[Reading]],
    *,
    source: str,
    issued_at: datetime | None = None,
    maker: str = "",
    rejected: tuple[Finding, ...] = (),
    skip_bad: bool = False,
    name: str = "",
) -> TakenIn:
    """Keep a forecast of each station (code → rows), run the chain on it, and rate the days ahead anew.

    The same issue of the same source again replaces what it said before. Observed codes are not touched.
    """
    caller.must("danger.import")
    at, stated = (issued_at, True) if issued_at is not None else (caller.now, False)
    if at > caller.now + AHEAD_OF_THE_CLOCK:
        raise RuleBroken(
            _("A forecast cannot have been issued after now. Check the day and the hour."), "issued"
        )
    if rejected and not skip_bad:
        return TakenIn(False, 0, 0, 0, 0, rejected, at, stated)
    counts = {"new": 0, "corrected": 0, "unchanged": 0}
    held: list[date] = []
    for code, of_station in rows.items():
        station = reading.station_named(caller, code)
        based_on, days = ahead.as_issued(station, of_station, at)
        if not days:
            raise RuleBroken(
                _(
                    "The forecast of %(station)s holds no noon after its time of issue, %(issued)s. "
                    "Check that time, and that the file is a forecast."
                )
                % {"station": station.code, "issued": zones.localtime(at).strftime("%Y-%m-%d %H:%M")},
                "issued",
            )
        outcome = _keep(station, source, maker, at, stated, based_on, days, caller.now)
        counts[outcome] += 1
        held += [day.date for day in days]
        if outcome != "unchanged":
            caller.write(
                "danger.forecast_taken_in",
                f"station:{station.pk}",
                station.area.code,
                source=source,
                maker=maker,
                file=name,
                issued=at,
                stated=stated,
                days=len(days),
                first=days[0].date.isoformat(),
                rejected=len(rejected),
            )
    errors.record(held, caller.now)
    ahead.rate_ahead(zones.localtime(caller.now).date())
    return TakenIn(True, **counts, days=len(set(held)), rejected=rejected, issued_at=at, issue_stated=stated)


def _keep(
    station: Station,
    source: str,
    maker: str,
    at: datetime,
    stated: bool,
    based_on: date | None,
    days: list[ForecastDay],
    now: datetime,
) -> str:
    """Store the issue and its days; whether it was `new`, `corrected` or `unchanged`."""
    issue, new = ForecastIssue.objects.get_or_create(
        station=station,
        source=source,
        maker=maker,
        issued_at=at,
        defaults={"issue_stated": stated, "fetched_at": now, "based_on": based_on},
    )
    weather = ("temperature", "humidity", "wind", "rain")
    if not new:
        before = {day.date: [getattr(day, key) for key in weather] for day in issue.days.all()}
        if before == {day.date: [getattr(day, key) for key in weather] for day in days}:
            return "unchanged"
        issue.days.exclude(date__in=[day.date for day in days]).delete()
        issue.based_on, issue.fetched_at = based_on, now
        issue.save(update_fields=["based_on", "fetched_at"])
    for day in days:
        day.issue = issue
    ForecastDay.objects.bulk_create(
        days, update_conflicts=True, unique_fields=["issue", "date"], update_fields=_DAY_FIELDS
    )
    return "new" if new else "corrected"


def after_observations(caller: Caller, dates: Iterable[date]) -> None:
    """Hold what was just observed against its forecasts, and rate the days ahead from the new last day.

    Part of every act that changes observed days; it runs in that act's transaction.
    """
    caller.must("danger.read")
    errors.record(dates, caller.now)
    today = zones.localtime(caller.now).date()
    if ForecastDay.objects.filter(date__gte=today).exists() or ForecastRating.objects.exists():
        ahead.rate_ahead(today)


def rated_anew(caller: Caller) -> None:
    """After a change of the rating rules: every error is recorded by them, and the days ahead are rated by them."""
    caller.must("danger.read")
    after_observations(caller, set(ForecastDay.objects.values_list("date", flat=True)))


@transaction.atomic
def set_fetching(caller: Caller, area: Area, *, on: bool, every_hours: int) -> FetchPolicy:
    """Let the worker fetch forecasts for the area's stations by itself, or stop it."""
    caller.must("danger.settings", area.code)
    if not 1 <= every_hours <= 48:
        raise RuleBroken(_("Choose from 1 to 48 hours."), "every_hours")
    policy, _created = FetchPolicy.objects.update_or_create(
        area=area, defaults={"on": on, "every_hours": every_hours}
    )
    caller.write(
        "danger.fetching_set", f"area:{area.pk}", area.code, on=on, every_hours=every_hours,
        address=settings.FENGHUO_OPEN_METEO,
    )  # fmt: skip
    return policy


def fetch(caller: Caller, stations: Sequence[Station]) -> TakenIn:
    """Fetch the stations' forecasts from Open-Meteo now, in one question.

    Raises UnreadableStations where that fails; it is kept with the stations and shown until a fetch succeeds.
    """
    caller.must("danger.import")
    for station in stations:
        caller.must("danger.import", station.area.code)
    try:
        rows, rejected = fetching.ask(stations)
        taken = take_in(
            caller,
            rows,
            source=ForecastIssue.Source.OPEN_METEO,
            rejected=rejected,
            skip_bad=True,
            name=settings.FENGHUO_OPEN_METEO,
        )
    except RuleBroken as broken:
        text = Text(str(broken), str(broken))
        trouble = UnreadableStations("forecast-refused", text, Text("", ""))
        fetching.note(stations, caller.now, trouble)
        raise trouble from broken
    except UnreadableStations as trouble:
        fetching.note(stations, caller.now, trouble)
        raise
    fetching.note(stations, caller.now, None)
    return taken


def fetch_due(caller: Caller) -> bool:
    """Fetch for one desk whose turn has come: the worker's chore. True while another waits."""
    caller.must("danger.import")
    stations = [station for station in fetching.due(caller.now) if fetching.claim(station, caller.now)]
    if not stations:
        return False
    try:
        fetch(caller, stations)
    except UnreadableStations as trouble:
        log.warning("forecast of %s: %s", ", ".join(s.code for s in stations), trouble.message.en)
    return bool(fetching.due(caller.now))
