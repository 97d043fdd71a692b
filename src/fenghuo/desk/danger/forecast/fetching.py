"""Fetching forecasts from Open-Meteo: the question, the answer's rows, and whose turn it is.

Nothing is asked until a desk has switched it on or somebody asks for it by hand.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from fenghuo.core.danger.finding import Finding, UnreadableStations
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.desk.danger.models import FetchPolicy, FetchTry, Station

DAYS = 7
PATIENCE = 10.0
"""Seconds an answer may take: the worker's other chores wait no longer for this one."""
AGAIN = timedelta(minutes=30)
"""How long after a failure it is tried again."""
AT_ONCE = 50
"""How many stations one question asks for."""


def ask(stations: Sequence[Station]) -> tuple[dict[str, list[Reading]], tuple[Finding, ...]]:
    """The stations' forecasts as hourly rows by station code, in one question; UnreadableStations says what to do."""
    from fenghuo.core.danger.io import (
        open_meteo,
        weather_server,
    )  # read when asked: most processes never fetch

    url = open_meteo.request_url(
        [station.latitude for station in stations],
        [station.longitude for station in stations],
        base=settings.FENGHUO_OPEN_METEO,
        forecast_days=DAYS,
        past_days=1,
        elevations=[station.elevation for station in stations],
    )
    content = weather_server.fetch(url, timeout=PATIENCE, attempts=1)
    answer = open_meteo.read(content, stations=[station.code for station in stations])
    return answer.by_station(), answer.rejected


def due(now: datetime) -> list[Station]:
    """The stations of one desk whose turn has come: switched on, and never tried or last tried long enough ago."""
    for policy in FetchPolicy.objects.filter(on=True).select_related("area"):
        found = (
            Station.objects.filter(area__code__startswith=policy.area.code)
            .filter(
                Q(fetch_try=None)
                | Q(fetch_try__tried_at__lte=now - timedelta(hours=policy.every_hours))
                | (~Q(fetch_try__trouble={}) & Q(fetch_try__tried_at__lte=now - AGAIN))
            )
            .select_related("area")
            .order_by("code")[:AT_ONCE]
        )
        if found:
            return list(found)
    return []


def claim(station: Station, now: datetime) -> bool:
    """Mark the station as tried at `now`, unless another worker was first."""
    before = FetchTry.objects.filter(station=station).values_list("tried_at", flat=True).first()
    if before is None:
        return FetchTry.objects.get_or_create(station=station, defaults={"tried_at": now})[1]
    return bool(FetchTry.objects.filter(station=station, tried_at=before).update(tried_at=now))


def note(stations: Sequence[Station], now: datetime, trouble: UnreadableStations | None) -> None:
    """Keep with each station how the fetch went; a trouble stays until one succeeds."""
    words = (
        {
            language: f"{trouble.message.in_language(language)} {trouble.fix.in_language(language)}".strip()
            for language in ("en", "zh")
        }
        if trouble
        else {}
    )
    fields = {"tried_at": now, "trouble": words, **({} if trouble else {"succeeded_at": now})}
    for station in stations:
        FetchTry.objects.update_or_create(station=station, defaults=fields)
