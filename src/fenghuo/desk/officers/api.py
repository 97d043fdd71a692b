"""Officers and units over the API: names and offices, never an address, a key or a password."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from fenghuo.core.access import Role
from fenghuo.desk.wire import Cut, Page, page, reads

from . import queries
from .models import ROLES, Officer, Unit

router = Router()


class Person(Schema):
    """An officer by name, in the caller's language."""

    id: int
    name: str

    @staticmethod
    def resolve_name(officer: Officer) -> str:
        return str(officer)


class UnitName(Schema):
    """A unit by name, in the caller's language."""

    id: int
    name: str

    @staticmethod
    def resolve_name(unit: Unit) -> str:
        return str(unit)


class OfficerOut(Person):
    """An officer with role, unit and area; `rung` is the order in which a unit's contacts are called."""

    role: str
    area: str
    unit: UnitName | None
    rung: int

    @staticmethod
    def resolve_area(officer: Officer) -> str:
        return officer.area.code


class UnitOut(UnitName):
    """A unit with its kind and area."""

    kind: str
    area: str

    @staticmethod
    def resolve_area(unit: Unit) -> str:
        return unit.area.code


@router.get("", response=reads(Page[OfficerOut]), summary="Active officers in the caller's area")
def officers(
    request: HttpRequest,
    cut: Query[Cut],
    role: Literal[*(role for role, _ in ROLES)] | None = None,
):
    return page(queries.officers(request.caller, Role(role) if role else None), cut)


@router.get("/units", response=reads(Page[UnitOut]), summary="Units in the caller's area")
def units(request: HttpRequest, cut: Query[Cut]):
    return page(queries.units(request.caller), cut)
