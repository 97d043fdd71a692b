"""Hazards over the API: finding with photos, planning, rectifying, verifying, and the chain of who did what."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import FileResponse, HttpRequest
from django.urls import reverse
from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import Field

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.officers.api import Person, UnitName
from fenghuo.desk.places import queries as places
from fenghuo.desk.places.api import AreaName, SiteName
from fenghuo.desk.wire import AreaCode, Cut, Key, Moment, Note, Page, Text, acts, page, reads

from . import commands, queries
from .models import Hazard, Photo

router = Router()

JPEG = {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}
Said = Annotated[Text, Field(min_length=1, max_length=1000)]


class HazardOut(Schema):
    """A found condition that breaks a rule; `overdue` when it is open past its deadline."""

    id: int
    title: str
    site: SiteName
    area: AreaName
    unit: UnitName
    grade: Literal[*Hazard.Grade.values]
    description: str
    rule: str
    state: Literal[*Hazard.State.values]
    round: int
    found_by: Person
    found_at: datetime
    deadline: datetime
    closed_at: datetime | None
    overdue: bool

    @staticmethod
    def resolve_overdue(hazard: Hazard, context: dict) -> bool:
        return hazard.closed_at is None and hazard.deadline < context["request"].caller.now


class PhotoOut(Schema):
    """A photograph as it is kept: JPEG without metadata, at `href`, named by its SHA-256."""

    id: int
    sha256: str
    width: int
    height: int
    href: str

    @staticmethod
    def resolve_href(photo: Photo) -> str:
        return reverse("api:hazard_photo", args=[photo.pk])


class HazardLink(Schema):
    """One link of the responsibility chain: found, rectified, refused or closed, by whom and with which pictures."""

    kind: str
    round: int
    by: Person
    at: datetime
    note: str
    photos: list[PhotoOut]


class HazardActs(Schema):
    """Which acts the caller can carry out now."""

    rectify: bool
    plan: bool
    verify: bool


class PlanOut(Schema):
    """A major hazard's plan, its six parts (work-safety administration, Order 16, Art. 15)."""

    goals: Said
    methods: Said
    funds: Said
    people: Said
    time_limit: Said
    safety: Said


class HazardDetail(Schema):
    """A hazard with its plan, its responsibility chain, and what the caller can do."""

    hazard: HazardOut
    plan: PlanOut | None
    chain: list[HazardLink]
    possible: HazardActs


class FindIn(Schema):
    """A hazard at a site; without a deadline the desk's term for the grade applies."""

    site: Key
    description: Note
    grade: Literal[*Hazard.Grade.values]
    rule: Annotated[Text, Field(max_length=300)] = ""
    deadline: Moment | None = None


class RectifyIn(Schema):
    """What was done."""

    note: Note


class VerifyIn(Schema):
    """Whether the check passed; a refusal needs its reason in `note`."""

    passed: bool
    note: Note = ""


Photos = File([], description="Up to 6 JPEG, PNG or WebP files; everything but their pixels is dropped.")


@router.get("", response=reads(Page[HazardOut]), summary="Hazards: open, overdue or closed")
def hazards(
    request: HttpRequest,
    cut: Query[Cut],
    state: Literal["open", "overdue", "closed"] = "open",
    village: AreaCode | None = None,
):
    return page(queries.of_kind(request.caller, state, village or ""), cut)


@router.get(
    "/photos/{pk}",
    response=reads(None),
    url_name="hazard_photo",
    summary="A photograph of a hazard in sight",
    openapi_extra={"responses": {200: {"content": JPEG}}},
)
def photo(request: HttpRequest, pk: Key):
    _found, path = queries.photo(request.caller, pk)
    if not path.exists():
        raise NotFound(f"photo {pk}")
    return FileResponse(path.open("rb"), content_type="image/jpeg")


@router.post("", response=acts(HazardDetail, 201), summary="Record a hazard")
def find(request: HttpRequest, fields: Form[FindIn], photos: list[UploadedFile] = Photos):
    caller = request.caller
    caller.must("inspection.find")
    site = places.site(caller, fields.site)
    values = {**fields.dict(), "site": site}
    return 201, _detail(caller, commands.find(caller, **values, pictures=photos).pk)


@router.get("/{pk}", response=reads(HazardDetail), summary="One hazard and its responsibility chain")
def hazard(request: HttpRequest, pk: Key):
    return _detail(request.caller, pk)


@router.put("/{pk}/plan", response=acts(HazardDetail), summary="File the plan of a major hazard")
def plan(request: HttpRequest, pk: Key, fields: PlanOut):
    caller = request.caller
    caller.must("inspection.rectify")
    commands.file_plan(caller, queries.hazard(caller, pk), fields.dict())
    return _detail(caller, pk)


@router.post("/{pk}/rectify", response=acts(HazardDetail), summary="Report a hazard as removed, with photos")
def rectify(request: HttpRequest, pk: Key, fields: Form[RectifyIn], photos: list[UploadedFile] = Photos):
    """By somebody of the responsible unit, with at least one photo."""
    caller = request.caller
    caller.must("inspection.rectify")
    commands.rectify(caller, queries.hazard(caller, pk), note=fields.note, pictures=photos)
    return _detail(caller, pk)


@router.post(
    "/{pk}/verify", response=acts(HazardDetail), summary="Close a hazard, or refuse the rectification"
)
def verify(request: HttpRequest, pk: Key, fields: Form[VerifyIn], photos: list[UploadedFile] = Photos):
    """By an officer who rectified nothing in this round."""
    caller = request.caller
    caller.must("inspection.verify")
    commands.verify(caller, queries.hazard(caller, pk), **fields.dict(), pictures=photos)
    return _detail(caller, pk)


def _detail(caller: Caller, pk: int) -> dict:
    found = queries.hazard(caller, pk)
    return {
        "hazard": found,
        "plan": found.plan or None,
        "chain": queries.chain(caller, found),
        "possible": queries.possible(caller, found),
    }
