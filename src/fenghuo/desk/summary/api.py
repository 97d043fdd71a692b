"""The summary over the API: figures of an area and period, the records behind each, and seals."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.gather import Record
from fenghuo.desk.places import queries as places
from fenghuo.desk.places.api import AreaName
from fenghuo.desk.places.models import Area
from fenghuo.desk.wire import AreaCode, Cut, Day, Key, Page, Text, acts, page, reads

from . import commands, figures, queries, spans
from .forms import USUAL
from .models import Summary
from .spans import Span

router = Router()

FigureKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Choice(Schema):
    """Days and area: a named `period`, or `from` and `to` (both included); this month of the caller's own area
    where nothing is chosen."""

    area: AreaCode | None = None
    period: Literal[*spans.NAMES] | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")


class FigureOut(Schema):
    """One number, made of its records and of nothing else; `text` carries its unit."""

    key: str
    title: str
    sentence: str
    unit: str
    value: int | float | str | None
    text: str
    records: int

    @staticmethod
    def resolve_records(figure: figures.Figure) -> int:
        return len(figure.records)


class FiguresOfPeriod(Schema):
    """Every figure that the caller may read, of the area, from the first day to the last."""

    area: AreaName
    first: date
    last: date
    figures: list[FigureOut]


class RecordOut(Schema):
    """One record behind a figure; `key` is what the journal calls it, `url` the desk's page of it."""

    key: str
    title: str
    at: datetime | None
    url: str
    detail: str

    @staticmethod
    def resolve_title(record: Record) -> str:
        return str(record.title)

    @staticmethod
    def resolve_detail(record: Record) -> str:
        return str(record.detail)


class OpenedFigure(Schema):
    """A figure with its records."""

    area: AreaName
    first: date
    last: date
    figure: FigureOut
    records: Page[RecordOut]


class SealIn(Schema):
    """What shall be frozen, under which title; the days from `from` to `to`, both included."""

    title: Annotated[Text, Field(max_length=120)]
    area: AreaCode
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class SealedOut(Schema):
    """Figures as they stood when somebody sealed them, under a SHA-256 digest that the journal holds too."""

    id: int
    title: str
    area: AreaName
    first: date
    last: date
    sealed_at: datetime
    sealed_by: str
    digest: str

    @staticmethod
    def resolve_first(summary: Summary) -> date:
        return summary.span.first

    @staticmethod
    def resolve_last(summary: Summary) -> date:
        return summary.span.last


class SealedFigureOut(Schema):
    """One sealed figure; `added` and `gone` count the records that came and went since."""

    key: str
    title: str
    value: int | float | str | None
    holds: bool
    added: int
    gone: int

    @staticmethod
    def resolve_added(check) -> int:
        return len(check.added)

    @staticmethod
    def resolve_gone(check) -> int:
        return len(check.gone)


class SealVerdict(Schema):
    """A sealed summary held against the records of today; `broken` says why the seal cannot be trusted."""

    summary: SealedOut
    holds: bool
    broken: str
    checks: list[SealedFigureOut]


@router.get("/figures", response=reads(FiguresOfPeriod, 409), summary="The figures of an area and a period")
def all_figures(request: HttpRequest, choice: Query[Choice]):
    request.caller.must("summary.read")
    area, span = _area(request.caller, choice.area), _span(request.caller, choice)
    drawn = figures.figures(request.caller, span.period, area.code)
    return {"area": area, "first": span.first, "last": span.last, "figures": drawn}


@router.get("/figures/{key}", response=reads(OpenedFigure, 409), summary="The records that make a figure")
def figure(request: HttpRequest, key: FigureKey, choice: Query[Choice], cut: Query[Cut]):
    request.caller.must("summary.read")
    area, span = _area(request.caller, choice.area), _span(request.caller, choice)
    drawn = figures.figure(request.caller, key, span.period, area.code)
    return {
        "area": area,
        "first": span.first,
        "last": span.last,
        "figure": drawn,
        "records": page(drawn.records, cut),
    }


@router.get("/sealed", response=reads(Page[SealedOut]), summary="Sealed summaries, the latest first")
def sealed(request: HttpRequest, cut: Query[Cut]):
    return page(queries.summaries(request.caller), cut)


@router.post("/sealed", response=acts(SealedOut, 201), summary="Seal the figures of an area and a period")
def seal(request: HttpRequest, fields: SealIn):
    caller = request.caller
    caller.must("summary.seal")
    period = spans.between(fields.first, fields.last).period
    return 201, commands.seal(caller, period, _area(caller, fields.area), fields.title)


@router.get("/sealed/{pk}", response=reads(SealVerdict), summary="Whether a sealed summary still holds")
def verdict(request: HttpRequest, pk: Key):
    return queries.verdict(request.caller, queries.summary(request.caller, pk))


def _area(caller: Caller, code: str | None) -> Area:
    found = places.area(caller, code) if code else places.home_area(caller)
    if found is None:
        raise NotFound("area")
    return found


def _span(caller: Caller, choice: Choice) -> Span:
    if choice.first or choice.last:
        return spans.between(choice.first, choice.last)
    return spans.named(choice.period or USUAL, timezone.localtime(caller.now).date())
