"""What screens and the API read of weather on its way in, limited to what the caller may see."""

from django.db.models import Count, QuerySet

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.danger.models import ColumnMapping, DoubtfulValue, WaitingFile


def waiting(caller: Caller, pk: int) -> WaitingFile:
    """A file that the caller uploaded and that waits for its columns; NotFound once it is gone."""
    caller.must("danger.import")
    found = WaitingFile.objects.filter(pk=pk, officer_id=caller.id).first()
    if found is None:
        raise NotFound(f"waiting file {pk}")
    return found


def mappings(caller: Caller) -> list[ColumnMapping]:
    """How this desk reads files whose columns somebody has named."""
    caller.must("danger.import")
    return list(ColumnMapping.objects.filter(area__code__startswith=caller.area).select_related("area"))


def mapping(caller: Caller, pk: int) -> ColumnMapping:
    """One of them; NotFound out of the caller's area."""
    caller.must("danger.import")
    found = (
        ColumnMapping.objects.filter(pk=pk, area__code__startswith=caller.area).select_related("area").first()
    )
    if found is None:
        raise NotFound(f"columns {pk}")
    return found


def doubts(caller: Caller, *, open_only: bool = True) -> QuerySet[DoubtfulValue]:
    """Values that look wrong, of stations in the caller's area, the newest first."""
    caller.must("danger.read")
    found = DoubtfulValue.objects.filter(station__area__code__startswith=caller.area).select_related(
        "station__area"
    )
    return found.filter(verdict=DoubtfulValue.Verdict.OPEN) if open_only else found


def doubt(caller: Caller, pk: int) -> DoubtfulValue:
    """One of them; NotFound out of the caller's area."""
    caller.must("danger.read")
    found = doubts(caller, open_only=False).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"doubtful value {pk}")
    return found


def doubts_by_station(caller: Caller) -> dict[int, int]:
    """How many values of each station wait to be checked, by the station's key."""
    caller.must("danger.read")
    counted = doubts(caller).order_by().values_list("station_id").annotate(n=Count("pk"))
    return dict(counted)
