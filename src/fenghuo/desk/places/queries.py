"""What screens read of places, limited to what the caller may see."""

from django.db.models import QuerySet

from fenghuo.core.access import Caller, NotFound

from .models import Area, Site


def areas(caller: Caller) -> QuerySet[Area]:
    """The caller's area and everything in it."""
    caller.must("places.read")
    return Area.objects.filter(code__startswith=caller.area)


def villages(caller: Caller, within: str = "") -> QuerySet[Area]:
    """Villages in the caller's area, and in the area coded `within` where that is given."""
    return areas(caller).filter(level=Area.Level.VILLAGE, code__startswith=within)


def area(caller: Caller, code: str) -> Area:
    """One area by its code; NotFound where there is none that the caller may see."""
    found = areas(caller).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def home_area(caller: Caller) -> Area | None:
    """The caller's own area, or the top of the tree for the program."""
    caller.must("places.read")
    found = Area.objects.filter(code=caller.area).first() if caller.area else None
    return found or Area.objects.order_by("code").first()


def sites(caller: Caller) -> QuerySet[Site]:
    """Sites in the caller's area; a person responsible for places sees only their unit's."""
    caller.must("places.read")
    found = Site.objects.filter(area__code__startswith=caller.area).select_related("area", "unit")
    if caller.role == "responsible":
        found = found.filter(unit_id=caller.unit)
    return found


def site(caller: Caller, pk: int) -> Site:
    found = sites(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"site {pk}")
    return found
