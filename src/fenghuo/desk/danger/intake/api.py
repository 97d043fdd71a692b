"""Values to check, over the API."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.desk.danger import commands as danger
from fenghuo.desk.danger.models import DoubtfulValue
from fenghuo.desk.wire import Cut, Key, Moment, Page, acts, page, reads

from . import commands, queries

router = Router()


class DoubtOut(Schema):
    """A value that looks wrong and counts until it is settled: `verdict` open, right or corrected."""

    id: int
    station: str
    at: datetime
    quantity: str
    value: float | None
    rule: str
    row: int
    column: str
    file: str
    message: str
    fix: str
    verdict: str

    @staticmethod
    def resolve_station(doubt: DoubtfulValue) -> str:
        return doubt.station.code

    @staticmethod
    def resolve_message(doubt: DoubtfulValue) -> str:
        return doubt.words

    @staticmethod
    def resolve_fix(doubt: DoubtfulValue) -> str:
        return doubt.advice


class Correction(Schema):
    """The right value in °C, %, km/h or mm; null is missing, with `until` every reading up to then."""

    value: float | None = Field(None, allow_inf_nan=False)
    until: Moment | None = None


class Settled(Schema):
    """How many days were rated anew."""

    days: int


@router.get("/checks", response=reads(Page[DoubtOut]), summary="Values that look wrong and count")
def checks(request: HttpRequest, cut: Query[Cut]):
    return page(queries.doubts(request.caller), cut)


@router.post("/checks/{key}/right", response=acts(DoubtOut), summary="Say that a value is right as it is")
def right(request: HttpRequest, key: Key):
    commands.confirm(request.caller, [queries.doubt(request.caller, key)])
    return queries.doubt(request.caller, key)


@router.post("/checks/{key}/correct", response=acts(Settled), summary="Put a value right")
def correct(request: HttpRequest, key: Key, fields: Correction):
    """The correction stands against later imports of the same value."""
    doubt = queries.doubt(request.caller, key)
    return {"days": danger.correct_value(request.caller, doubt, fields.value, fields.until)}
