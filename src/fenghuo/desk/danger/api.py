"""Danger over the API."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema

from fenghuo.core.access import NotFound
from fenghuo.desk.wire import AreaCode, Day, reads

from . import queries

router = Router()


class Part(Schema):
    """A station's share in a rating: how far away, km, and how much it weighs, 0 to 1."""

    station: str
    km: float
    weight: float


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
