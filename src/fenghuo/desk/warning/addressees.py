"""Who is warned: the units of an area, their contacts in order, and the leader who comes last."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from fenghuo.core.access import Caller, Role
from fenghuo.desk.duty import queries as duty
from fenghuo.desk.officers.models import Officer, Unit
from fenghuo.desk.places.models import Area


def within(codes: Iterable[str], path: str) -> Q:
    """What lies in any of the areas with these codes; `path` is the lookup to an area's code."""
    return reduce(or_, (Q(**{f"{path}__startswith": code}) for code in codes), Q(pk__in=[]))


def enclosing(code: str) -> list[str]:
    """The codes that hold `code`: every prefix, itself included."""
    return [code[:length] for length in range(1, len(code) + 1)]


def units_in(areas: Iterable[Area]) -> list[Unit]:
    """Every unit of the areas, in the order of their codes."""
    return list(
        Unit.objects.filter(within([area.code for area in areas], "area__code")).select_related("area")
    )


def villages_in(areas: Iterable[Area]) -> list[Area]:
    """The villages that the areas are or hold."""
    return list(Area.objects.filter(within([area.code for area in areas], "code"), level=Area.Level.VILLAGE))


def contacts_of(units: Iterable[Unit]) -> dict[int, list[Officer]]:
    """Each unit's active contacts in the order in which they are called, by the unit's id."""
    units = list(units)
    found: dict[int, list[Officer]] = {unit.pk: [] for unit in units}
    people = Officer.objects.filter(unit__in=units, role=Role.CONTACT, is_active=True)
    for officer in people.order_by("rung", "pk").prefetch_related("addresses").select_related("area"):
        found[officer.unit_id].append(officer)
    return found


def leader(caller: Caller, area: Area, at: datetime) -> Officer | None:
    """Who leads the shift of the area at that moment; with nobody on the roster, any active leader there."""
    shift = duty.on_shift(caller, at, area.code)
    if shift is not None and shift.leader is not None:
        return shift.leader
    leaders = Officer.objects.filter(role=Role.LEADER, is_active=True).select_related("area")
    return (
        leaders.filter(area=area).order_by("pk").first()
        or leaders.filter(area__code__in=enclosing(area.code)).order_by("-area__code", "pk").first()
    )


def steps(first: Officer | None, contacts: list[Officer], leader: Officer | None) -> list[Officer]:
    """Whom the escalation calls in turn when `first` does not answer: the next contact, then the leader."""
    next_contact = next((officer for officer in contacts if first is None or officer.pk != first.pk), None)
    return [officer for officer in (next_contact, leader) if officer is not None]
