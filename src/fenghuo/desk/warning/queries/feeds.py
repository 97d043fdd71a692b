"""What anybody may read: published alerts and the feed of those that hold."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fenghuo.core import cap
from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.places.models import Area

from ..models import Warning
from .seen import OUT


def published(caller: Caller, identifier: str) -> Warning:
    """A published alert by its CAP identifier: anybody may read it, however long ago it was."""
    caller.must("warning.published")
    found = Warning.objects.filter(OUT, identifier=identifier).select_related("area").first()
    if found is None:
        raise NotFound(identifier)
    return found


@dataclass(frozen=True)
class Feed:
    """The alerts that hold, and when that last changed."""

    alerts: list[cap.Alert]
    updated: datetime | None
    home: Area | None


def feed(caller: Caller) -> Feed:
    """What the public feed carries: every message that is neither replaced nor expired."""
    caller.must("warning.published")
    issued = Warning.objects.filter(OUT)
    live = list(issued.filter(state=Warning.State.ISSUED, expires__gt=caller.now).order_by("-issued_at"))
    # An alert that expires leaves the feed, which is a change as much as one that joins it.
    moments = [
        *issued.order_by("-issued_at").values_list("issued_at", flat=True)[:1],
        *issued.filter(expires__lte=caller.now).order_by("-expires").values_list("expires", flat=True)[:1],
    ]
    return Feed(
        [cap.parse(one.cap_xml.encode()) for one in live],
        max((moment for moment in moments if moment), default=None),
        _whose(issued),
    )


def _whose(issued: QuerySet[Warning]) -> Area | None:
    """The desk that speaks in the feed: the one that has issued, or the area over several that have."""
    desks = list(Area.objects.filter(pk__in=issued.values("area"))[:2])
    return desks[0] if len(desks) == 1 else Area.objects.order_by("code").first()
