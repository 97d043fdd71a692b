"""Danger over the API."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import Field

from fenghuo.core.access import NotFound, RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.wire import AreaCode, Day, Text, acts, reads

from . import commands, queries
from .forecast.api import router as forecasts
from .intake.api import router as checks
from .models import Station
from .policy.api import router as policy
from .why.api import router as why

router = Router()
router.add_router("", forecasts)
router.add_router("", checks)
router.add_router("", policy)
router.add_router("", why)


class Part(Schema):
    """A station's share in a rating: how far away, km, how much it weighs, 0 to 1, and how height was corrected.

    `higher` is how much higher the place lies, m (null where not known); `correction` that of temperature, °C.
    """

    station: str
    km: float
    weight: float
    higher: float | None = None
    correction: float = 0.0


class Rating(Schema):
    """A village's rating of a day; `rating` 1–5 and `fwi` are null where no station had the noon weather."""

    area: str
    name: str
    rating: int | None
    fwi: float | None
    method: str
    parts: list[Part]


class Ratings(Schema):
    """Every village in sight, the highest rating first; `day` is null where nothing has been rated yet."""

    day: date | None
    ratings: list[Rating]


class HistoryDay(Schema):
    """One day of the chart; on a `gap` day `missing` says which weather was not there. `rain` in mm."""

    date: date
    fwi: float | None
    rating: int | None
    rain: float | None
    gap: bool
    marks: list[str]
    missing: list[str]


class StationOut(Schema):
    """A weather station; elevation in m."""

    code: str
    name: str
    area: str
    latitude: float
    longitude: float
    elevation: float | None

    @staticmethod
    def resolve_name(station: Station) -> str:
        return str(station)

    @staticmethod
    def resolve_area(station: Station) -> str:
        return station.area.code


class WeatherIn(Schema):
    """Which station the file is of, where its rows do not say; whether to leave rejected rows out."""

    station: Annotated[Text, Field(max_length=20)] = ""
    skip_bad: bool = False


class RejectedPlace(Schema):
    """Where a rejected value stands; the header is row 1."""

    row: int
    column: str
    value: str


class RejectedValue(Schema):
    """A value that was not taken in: which rule it breaks, why, and what to do."""

    rule: str
    severity: str
    place: RejectedPlace
    message: str
    fix: str


class ImportedOut(Schema):
    """What an import did; `done` is false when rejected values kept everything out.

    The first 200 rejected values are listed, and the first 200 that were taken in and look wrong.
    """

    done: bool
    new: int
    corrected: int
    unchanged: int
    days: int
    rejected: int
    findings: list[RejectedValue]
    to_check: list[RejectedValue]


@router.get("/stations", response=reads(list[StationOut]), summary="The stations in the caller's area")
def stations(request: HttpRequest):
    return queries.stations(request.caller)


@router.post("/weather", response=acts(ImportedOut), summary="Take a station file in")
def import_weather(request: HttpRequest, fields: Form[WeatherIn], file: UploadedFile = File(...)):
    """Hourly or daily, CSV (plain or .gz) or Excel. The same file twice changes nothing."""
    caller = request.caller
    caller.must("danger.import")
    station = next((each for each in queries.stations(caller) if each.code == fields.station), None)
    if fields.station and station is None:
        raise NotFound(fields.station)
    language = get_language() or "zh"
    try:
        found = commands.import_weather(
            caller, file.read(), station=station, skip_bad=fields.skip_bad, name=file.name or ""
        )
    except UnreadableStations as unreadable:
        said = (unreadable.message, unreadable.fix)
        raise RuleBroken(" ".join(text.in_language(language) for text in said), "file") from unreadable
    return {
        **{name: getattr(found, name) for name in ("done", "new", "corrected", "unchanged", "days")},
        "rejected": len(found.rejected),
        "findings": [finding.as_dict(language) for finding in found.rejected[:200]],
        "to_check": [finding.as_dict(language) for finding in found.doubts[:200]],
    }


@router.get("/ratings", response=reads(Ratings), summary="Every village's rating of a day")
def ratings(request: HttpRequest, day: Day | None = None):
    """Of the last rated day where none is named."""
    chosen = day or queries.latest_day(request.caller)
    rows = queries.overview(request.caller, chosen)
    return {
        "day": chosen,
        "ratings": [
            {
                "area": row.area.code,
                "name": row.area.name,
                "rating": row.rating,
                "fwi": row.fwi,
                "method": row.method,
                "parts": row.parts,
            }
            for row in rows
        ],
    }


@router.get(
    "/areas/{code}/history",
    response=reads(list[HistoryDay]),
    summary="A village's last days, gaps included",
)
def history(
    request: HttpRequest, code: AreaCode, until: Day | None = None, days: int = Query(60, ge=1, le=1000)
):
    until = until or queries.latest_day(request.caller)
    if until is None:
        raise NotFound(code)
    return queries.history(request.caller, code, until, days)
