"""Danger over the API."""

from datetime import date

from ninja import Query, Router, Schema

from fenghuo.core.access import NotFound

from . import queries

router = Router()


class Part(Schema):
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
    day: date | None
    ratings: list[Rating]


class HistoryDay(Schema):
    date: date
    fwi: float | None
    rating: int | None
    rain: float | None
    gap: bool
    marks: list[str]
    missing: list[str]


@router.get("/ratings", response=Ratings, summary="Every village's rating of a day")
def ratings(request, day: date | None = None):
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
    "/areas/{code}/history", response=list[HistoryDay], summary="A village's last days, gaps included"
)
def history(request, code: str, until: date | None = None, days: int = Query(60, ge=1, le=1000)):
    until = until or queries.latest_day(request.caller)
    if until is None:
        raise NotFound(code)
    return queries.history(request.caller, code, until, days)
