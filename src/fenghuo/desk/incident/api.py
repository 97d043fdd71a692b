"""Incidents over the API: first reports, follow-ups, the final report, and filing each with the county."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.core.access import Caller
from fenghuo.core.law import Grade
from fenghuo.desk.officers.api import Person
from fenghuo.desk.places import queries as places
from fenghuo.desk.places.api import AreaName, SiteName
from fenghuo.desk.wire import AreaCode, Cut, Key, Line, Moment, Note, Page, Text, acts, given, page, reads

from . import clocks, commands, queries
from .models import Filing, Incident, Report

router = Router()

Persons = Annotated[int, Field(ge=0, le=1_000_000)]


class FiguresOut(Schema):
    """What it has cost so far, hectares and yuan; null is not known yet."""

    deaths: int
    serious_injuries: int
    missing: int
    burned_area_ha: float | None
    direct_loss_yuan: float | None
    other_land_burning: bool


class FiguresIn(Schema):
    """Figures that are given replace the incident's; what is absent or null stays."""

    deaths: Persons | None = None
    serious_injuries: Persons | None = None
    missing: Persons | None = None
    burned_area_ha: Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=2)] | None = None
    direct_loss_yuan: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    other_land_burning: bool | None = None


class GradeOut(Schema):
    """A statutory grade, and the clause that gives it."""

    name: str
    clause: str

    @staticmethod
    def of(grade: Grade | None) -> dict[str, str] | None:
        return grade and {"name": clocks.grade_name(grade), "clause": clocks.clause(grade.clause)}


class FilingOut(Schema):
    """That a report went up to the county."""

    at: datetime
    by: Person | None
    means: Literal[*Filing.Means.values]
    to: str
    due: datetime


class ReportOut(Schema):
    """One report beside the clock that ran, or runs, for its way to the county."""

    id: int
    kind: Literal[*Report.Kind.values]
    at: datetime
    by: Person | None
    text: str
    figures: FiguresOut
    grade: GradeOut | None
    due: datetime
    rule: str
    clause: str
    minutes_late: int
    filing: FilingOut | None

    @staticmethod
    def of(told: queries.Told) -> dict[str, Any]:
        return {
            **{name: getattr(told.report, name) for name in ("id", "kind", "at", "by", "text")},
            "figures": told.figures,
            "grade": GradeOut.of(told.grade),
            "due": told.deadline.due,
            "rule": told.rule,
            "clause": told.clause,
            "minutes_late": told.minutes_late,
            "filing": told.filing,
        }


class IncidentOut(Schema):
    """Something that happened, as the latest report tells it."""

    id: int
    title: str
    kind: Literal[*Incident.Kind.values]
    state: Literal[*Incident.State.values]
    area: AreaName
    site: SiteName | None
    place: str
    what_happened: str
    happened_at: datetime
    known_at: datetime
    figures: FiguresOut

    @staticmethod
    def resolve_figures(incident: Incident) -> Incident:
        return incident


class IncidentDetail(Schema):
    """An incident with its grade and every report that the caller may read, oldest first."""

    incident: IncidentOut
    grade: GradeOut | None
    reports: list[ReportOut]


class FirstReportIn(FiguresIn):
    """What happened, where and when; the hour for filing runs from `known_at` (default: now)."""

    area: AreaCode
    kind: Literal[*Incident.Kind.values]
    what_happened: Note
    place: Line = ""
    site: Key | None = None
    happened_at: Moment | None = None
    known_at: Moment | None = None


class LaterReportIn(FiguresIn):
    """What has become known since."""

    text: Note


class FilingIn(Schema):
    """How and to whom the report went up."""

    means: Literal[*Filing.Means.values]
    to: Annotated[Text, Field(max_length=100)]


@router.get("", response=reads(Page[IncidentOut]), summary="Incidents, the latest known first")
def incidents(
    request: HttpRequest,
    cut: Query[Cut],
    state: Literal["unfiled", "open", "final", "all"] = "open",
):
    """`unfiled` are those whose first report the county does not have yet."""
    return page(queries.of_kind(request.caller, state), cut)


@router.post("", response=acts(IncidentDetail, 201), summary="Make a first report")
def report(request: HttpRequest, fields: FirstReportIn):
    caller = request.caller
    caller.must("incident.report")
    site = places.site(caller, fields.site) if fields.site else None
    area = places.area(caller, fields.area)
    made = commands.report(caller, area=area, site=site, **given(fields, "area", "site"))
    return 201, _detail(caller, made)


@router.post("/reports/{pk}/filing", response=acts(FilingOut, 201), summary="Record that a report went up")
def file(request: HttpRequest, pk: Key, fields: FilingIn):
    """At this moment; it is late where the law's clock says so."""
    caller = request.caller
    caller.must("incident.file")
    return 201, commands.file(caller, queries.report(caller, pk), **fields.dict())


@router.get("/{pk}", response=reads(IncidentDetail), summary="One incident, its reports and clocks")
def incident(request: HttpRequest, pk: Key):
    return _detail(request.caller, queries.incident(request.caller, pk))


@router.post("/{pk}/follow-up", response=acts(IncidentDetail, 201), summary="Add what has become known")
def follow_up(request: HttpRequest, pk: Key, fields: LaterReportIn):
    caller = request.caller
    caller.must("incident.report")
    commands.follow_up(caller, queries.incident(caller, pk), **given(fields))
    return 201, _detail(caller, queries.incident(caller, pk))


@router.post("/{pk}/final", response=acts(IncidentDetail, 201), summary="Make the final report")
def finish(request: HttpRequest, pk: Key, fields: LaterReportIn):
    caller = request.caller
    caller.must("incident.file")
    commands.finish(caller, queries.incident(caller, pk), **given(fields))
    return 201, _detail(caller, queries.incident(caller, pk))


def _detail(caller: Caller, found: Incident) -> dict[str, Any]:
    return {
        "incident": found,
        "grade": GradeOut.of(queries.grade(caller, found)),
        "reports": [ReportOut.of(told) for told in queries.told(caller, found)],
    }
