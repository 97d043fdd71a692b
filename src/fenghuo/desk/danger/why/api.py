"""Why a place is rated as it is, over the API."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from fenghuo.core.access import NotFound
from fenghuo.desk.danger.queries import latest_day
from fenghuo.desk.wire import AreaCode, Day, reads

from . import queries, words
from .reasons import NOON, Reasons

router = Router()

SiteCode = Annotated[str, Field(max_length=20, description="Code of a site.")]


class Moved(Schema):
    """What one input added to a value since the day before, or against usual weather, in the value's unit."""

    input: str
    amount: float
    change: str


class ComponentOut(Schema):
    """A code or index of the FWI system; `percentile` is null with fewer than two other years on record."""

    key: str
    value: float
    before: float | None
    percentile: float | None
    days: int
    years: int
    moved: list[Moved]


class FactorOut(Schema):
    """A factor of LY/T 1172: value, points, days since the rain that counted, and how sure its numbers are."""

    letter: str
    key: str
    value: float | None
    days: int | None
    points: int
    provenance: str


class PartOut(Schema):
    """A station's share: km away, weight 0 to 1, how much higher the place lies in m, the correction in °C."""

    station: str
    km: float
    weight: float
    higher: float | None
    correction: float


class NoonOut(Schema):
    """Noon weather at the place: °C, %, km/h, and mm of 24 hours; null where missing."""

    temperature: float | None
    humidity: float | None
    wind: float | None
    rain: float | None


class ClassesOut(Schema):
    """The classes on the FWI that were used, and their source."""

    key: str
    breaks: list[float]
    provenance: str
    source: str


class WhyOut(Schema):
    """The reasons behind a place's rating of a day; `rating` is that of the desk's `system`."""

    place: str
    name: str
    date: date
    system: str
    rating: int | None
    fwi_rating: int | None
    lyt_rating: int | None
    htz: int | None
    lyt_note: str
    noon: NoonOut | None
    days_without_rain: int
    marks: list[str]
    missing: list[str]
    components: list[ComponentOut]
    against_usual: list[Moved]
    factors: list[FactorOut]
    method: str
    parts: list[PartOut]
    elevation: float | None
    elevation_of: Literal["own", "village", "unknown"] = Field(
        description="Whose elevation temperature was corrected to: the place's own, or its village's standing in."
    )
    lapse_rate: float
    noon_rule: str
    classes: ClassesOut


def _moved(found) -> list[dict]:
    if found is None:
        return []
    return [
        {"input": one.key, "amount": one.amount, "change": words.in_language(one.change)}
        for one in found.contributions
    ]


def _out(why: Reasons) -> dict:
    row, scheme = why.row, why.scheme
    return {
        "place": why.of.code,
        "name": str(why.of),
        "date": why.date,
        "system": why.policy.system,
        "rating": why.rating,
        "fwi_rating": why.fwi_rating,
        "lyt_rating": why.standard_rating,
        "htz": why.lyt.get("htz") if why.lyt else None,
        "lyt_note": words.not_rated_by_standard(why),
        "noon": {name: getattr(row, name) for name in NOON} if row else None,
        "days_without_rain": why.dry_days,
        "marks": row.marks if row else [],
        "missing": row.missing if row else [],
        "components": [
            {
                "key": one.key,
                "value": one.value,
                "before": one.before,
                "percentile": one.standing.percentile if one.standing else None,
                "days": one.standing.days if one.standing else 0,
                "years": one.years,
                "moved": _moved(one.moved),
            }
            for one in why.components
        ],
        "against_usual": _moved(why.against_usual),
        "factors": [{name: getattr(one, name) for name in FactorOut.model_fields} for one in why.factors],
        "method": row.method if row else "",
        "parts": [
            {
                "station": one.code,
                **{name: getattr(one, name) for name in ("km", "weight", "higher", "correction")},
            }
            for one in why.parts
        ],
        "elevation": why.place.elevation if why.place else None,
        "elevation_of": why.elevation_of,
        "lapse_rate": why.policy.lapse_rate,
        "noon_rule": words.noon(why),
        "classes": {
            "key": scheme.key,
            "breaks": list(scheme.breaks),
            "provenance": scheme.provenance,
            "source": words.in_language(scheme.source),
        },
    }


@router.get("/areas/{code}/why", response=reads(WhyOut), summary="Why a village is rated as it is")
def why_area(request: HttpRequest, code: AreaCode, day: Day | None = None):
    """On the last rated day where none is named."""
    return _out(queries.of_area(request.caller, code, _day(request, day)))


@router.get("/sites/{code}/why", response=reads(WhyOut), summary="Why a site is rated as it is")
def why_site(request: HttpRequest, code: Path[SiteCode], day: Day | None = None):
    """On the last rated day where none is named."""
    return _out(queries.of_site(request.caller, code, _day(request, day)))


def _day(request: HttpRequest, day: date | None) -> date:
    chosen = day or latest_day(request.caller)
    if chosen is None:
        raise NotFound("day")
    return chosen
