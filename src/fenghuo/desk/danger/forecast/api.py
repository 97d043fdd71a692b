"""Forecasts and their skill over the API."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import Field

from fenghuo.core.access import NotFound, RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.danger import queries as of_danger
from fenghuo.desk.danger.models import ForecastError, ForecastIssue
from fenghuo.desk.wire import Cut, Day, Key, Moment, Page, Text, acts, page, reads

from . import commands, queries

router = Router()

StationCode = Annotated[Text, Field(max_length=20)]


class IssueOut(Schema):
    """A forecast as it was issued; `issue_stated` is false where `issued_at` is the time of fetching."""

    id: int
    station: str
    source: str
    maker: str
    issued_at: datetime
    issue_stated: bool
    fetched_at: datetime
    based_on: date | None

    @staticmethod
    def resolve_station(issue: ForecastIssue) -> str:
        return issue.station.code


class ForecastDayOut(Schema):
    """A day of a forecast as issued: noon weather in °C, %, km/h, mm, and what the chain makes of it."""

    date: date
    lead: int
    temperature: float | None
    humidity: float | None
    wind: float | None
    rain: float | None
    ffmc: float
    dmc: float
    dc: float
    isi: float | None
    bui: float | None
    fwi: float | None


class CellOut(Schema):
    """A village's rating of a day; `forecast` is true where it has not been observed yet."""

    area: str
    date: date
    rating: int | None
    fwi: float | None
    forecast: bool


class OutlookOut(Schema):
    """Today and the next days of every village in sight, and the issues that they are made of."""

    today: date
    ratings: list[CellOut]
    issues: list[IssueOut]


class ForecastIn(Schema):
    """When the forecast was issued and by whom; of which station, where the file's rows do not say."""

    issued: Moment | None = None
    maker: Annotated[Text, Field(max_length=80)] = ""
    station: StationCode = ""
    skip_bad: bool = False


class TakenInOut(Schema):
    """What taking a forecast in did; `done` is false when rejected values kept everything out."""

    done: bool
    new: int
    corrected: int
    unchanged: int
    days: int
    rejected: int
    issued_at: datetime
    issue_stated: bool


class Asked(Schema):
    """Which pairs: days from `start` to `end`, both included (the last 90 where unsaid), of a station or source."""

    start: Day | None = None
    end: Day | None = None
    station: StationCode = ""
    source: Annotated[Text, Field(max_length=20)] = ""
    lead: int | None = Field(None, ge=0, le=16)


class SkillOut(Schema):
    """The skill of one number of days ahead, as core.danger.skill defines it; null where nothing can be divided."""

    lead: int
    threshold: int
    n: int
    bias: float | None
    mae: float | None
    rmse: float | None
    skill: float | None
    same_class: float | None
    within_one: float | None
    hits: int
    misses: int
    false_alarms: int
    pod: float | None
    far: float | None
    csi: float | None


class PairOut(Schema):
    """One forecast day and its observation; errors are forecast less observed, in °C, %, km/h, mm."""

    issue: int
    station: str
    date: date
    lead: int
    fwi_forecast: float
    fwi_observed: float
    rating_forecast: int
    rating_observed: int
    temperature: float
    humidity: float
    wind: float
    rain: float

    @staticmethod
    def resolve_issue(error: ForecastError) -> int:
        return error.forecast.issue_id

    @staticmethod
    def resolve_station(error: ForecastError) -> str:
        return error.forecast.issue.station.code

    @staticmethod
    def resolve_date(error: ForecastError) -> date:
        return error.forecast.date

    @staticmethod
    def resolve_lead(error: ForecastError) -> int:
        return error.forecast.lead


@router.get("/outlook", response=reads(OutlookOut), summary="Today and the next days, village by village")
def outlook(request: HttpRequest):
    """Observed where it has been, else as forecast."""
    found = queries.outlook(request.caller)
    return {
        "today": found.today,
        "ratings": [
            {
                "area": cell.area.code,
                "date": cell.date,
                "rating": cell.rating,
                "fwi": cell.fwi,
                "forecast": cell.forecast,
            }
            for day in found.days
            for cell in day.cells
        ],
        "issues": found.issues,
    }


@router.get("/forecasts", response=reads(list[IssueOut]), summary="The newest forecasts taken in")
def forecasts(request: HttpRequest, limit: int = Query(30, ge=1, le=200)):
    return queries.issues(request.caller, limit)


@router.get(
    "/forecasts/{key}/days", response=reads(list[ForecastDayOut]), summary="A forecast's days as issued"
)
def forecast_days(request: HttpRequest, key: Key):
    return list(queries.issue(request.caller, key).days.all())


@router.post("/forecasts", response=acts(TakenInOut), summary="Take a forecast file in")
def take_in(request: HttpRequest, fields: Form[ForecastIn], file: UploadedFile = File(...)):
    """CSV, Excel, or Open-Meteo's JSON. It changes no observed code and drafts no warning."""
    caller = request.caller
    caller.must("danger.import")
    station = next((each for each in of_danger.stations(caller) if each.code == fields.station), None)
    if fields.station and station is None:
        raise NotFound(fields.station)
    try:
        done = commands.import_forecast(
            caller,
            file.read(),
            station=station,
            issued_at=fields.issued,
            maker=fields.maker,
            skip_bad=fields.skip_bad,
            name=file.name or "",
        )
    except UnreadableStations as unreadable:
        language = get_language() or "zh"
        said = (unreadable.message, unreadable.fix)
        raise RuleBroken(" ".join(text.in_language(language) for text in said), "file") from unreadable
    names = ("done", "new", "corrected", "unchanged", "days", "issued_at", "issue_stated")
    return {**{name: getattr(done, name) for name in names}, "rejected": len(done.rejected)}


def _wanted(request: HttpRequest, asked: Asked) -> queries.Wanted:
    end = asked.end or timezone.localtime(request.caller.now).date()
    start = asked.start or end - timedelta(days=90)
    return queries.Wanted(start, end, asked.station, asked.source, asked.lead)


@router.get("/skill", response=reads(list[SkillOut]), summary="How good the forecasts were, by days ahead")
def skill(request: HttpRequest, asked: Query[Asked]):
    return list(queries.skill_table(request.caller, _wanted(request, asked)).rows)


@router.get("/skill/pairs", response=reads(Page[PairOut]), summary="The pairs behind the skill table")
def pairs(request: HttpRequest, asked: Query[Asked], cut: Query[Cut]):
    return page(queries.pairs(request.caller, _wanted(request, asked)), cut)
