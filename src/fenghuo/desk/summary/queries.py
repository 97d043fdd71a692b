"""What screens and the command line read of summaries, limited to what the caller may see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.journal import queries as journal
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import areas

from . import sealing
from .models import Summary


@dataclass(frozen=True)
class AreaChoice:
    """An area to choose, and how deep it lies under the caller's own."""

    area: Area
    depth: int


def area_tree(caller: Caller) -> list[AreaChoice]:
    """The caller's area and everything in it, parents before children."""
    caller.must("summary.read")
    order = [level.value for level in Area.Level]
    found = list(areas(caller).order_by("code"))
    top = min((order.index(area.level) for area in found), default=0)
    return [AreaChoice(area, order.index(area.level) - top) for area in found]


def summaries(caller: Caller) -> QuerySet[Summary]:
    """Sealed summaries of the caller's areas, the latest first."""
    caller.must("summary.read")
    return Summary.objects.filter(area__code__startswith=caller.area).select_related("area")


def summary(caller: Caller, pk: int) -> Summary:
    """One sealed summary; NotFound where there is none that the caller may see."""
    caller.must("summary.read")
    found = summaries(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"summary {pk}")
    return found


@dataclass(frozen=True)
class Verdict:
    """A sealed summary held against the records of today.

    `broken` says, in a sentence, why the seal itself cannot be trusted; empty where it can.
    """

    summary: Summary
    checks: Sequence[sealing.Check]
    broken: str

    @property
    def failing(self) -> list[sealing.Check]:
        return [check for check in self.checks if not check.holds]

    @property
    def holds(self) -> bool:
        return not self.broken and not self.failing


def verdict(caller: Caller, found: Summary) -> Verdict:
    """Draw every sealed figure anew, and recompute the seal over what is stored."""
    caller.must("summary.read", found.area.code)
    rows = list(found.figures.values("key", "title", "value", "records"))
    today = {f.key: f for f in sealing.drawn(caller, found.period, found.area.code)}
    checks = [sealing.compared(row, today.get(row["key"])) for row in rows]
    return Verdict(found, checks, _broken(caller, found, rows))


def _broken(caller: Caller, found: Summary, rows: Sequence[dict]) -> str:
    digest = sealing.digest(
        area=found.area.code,
        title=found.title,
        start=found.start,
        end=found.end,
        sealed_at=found.sealed_at,
        figures=rows,
    )
    entry = journal.of_subject(caller, found.subject).filter(act="summary.sealed").first()
    if entry is None:
        return _("The journal holds no entry of this sealing.")
    if digest != found.digest or json.loads(entry.detail).get("digest") != digest:
        return _("What is stored is not what was sealed: the digest differs from the one in the journal.")
    return ""
