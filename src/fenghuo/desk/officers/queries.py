"""What screens read of units and officers, limited to what the caller may see."""

from django.db.models import QuerySet

from fenghuo.core.access import Caller, NotFound, Role

from .models import Officer, Unit


def units(caller: Caller, within: list[str] | None = None) -> QuerySet[Unit]:
    """Units in the caller's area, and in any of the areas coded `within`."""
    caller.must("officers.read")
    found = Unit.objects.filter(area__code__startswith=caller.area).select_related("area")
    if within is not None:
        codes = [
            u
            for u in found.values_list("area__code", flat=True).distinct()
            if any(u.startswith(code) for code in within)
        ]
        found = found.filter(area__code__in=codes)
    return found


def officers(caller: Caller, role: Role | None = None) -> QuerySet[Officer]:
    """Active officers in the caller's area."""
    caller.must("officers.read")
    found = Officer.objects.filter(is_active=True, area__code__startswith=caller.area)
    return (found.filter(role=role) if role else found).select_related("area", "unit")


def officer(caller: Caller, pk: int) -> Officer:
    found = officers(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"officer {pk}")
    return found


def contacts(caller: Caller, unit: Unit) -> QuerySet[Officer]:
    """The unit's contacts in the order in which they are called."""
    caller.must("officers.read", unit.area.code)
    return (
        Officer.objects.filter(unit=unit, role=Role.CONTACT, is_active=True)
        .order_by("rung", "pk")
        .prefetch_related("addresses")
    )
