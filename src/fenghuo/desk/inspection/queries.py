"""What screens and the API read of hazards, limited to what the caller may see."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotAllowed, NotFound, Role, RuleBroken
from fenghuo.desk.officers.models import Officer

from . import photos
from .models import Hazard, Photo, Rectification, Verification

OPEN = Q(state__in=[Hazard.State.FOUND, Hazard.State.RECTIFIED])


def hazards(caller: Caller) -> QuerySet[Hazard]:
    """Hazards in the caller's area; a person responsible for places sees only their unit's."""
    caller.must("inspection.read")
    found = Hazard.objects.filter(area__code__startswith=caller.area)
    if caller.role is Role.RESPONSIBLE:
        found = found.filter(unit_id=caller.unit)
    return found.select_related("area", "site", "unit", "found_by")


def overdue_at(moment: datetime) -> Q:
    """What was found, not closed and past its deadline at `moment`, whatever has happened since."""
    return Q(found_at__lte=moment, deadline__lt=moment) & (Q(closed_at=None) | Q(closed_at__gt=moment))


def of_kind(caller: Caller, kind: str, village: str = "") -> QuerySet[Hazard]:
    """`open`, `overdue` or `closed` hazards, in the area coded `village` where that is given.

    Open ones come with the soonest deadline first, closed ones with the last closed first.
    """
    caller.must("inspection.read")
    found = hazards(caller).filter(area__code__startswith=village)
    if kind == "closed":
        return found.filter(state=Hazard.State.CLOSED).order_by("-closed_at", "-pk")
    if kind == "overdue":
        return found.filter(overdue_at(caller.now))
    return found.filter(OPEN)


def hazard(caller: Caller, pk: int) -> Hazard:
    """One hazard with its rounds; NotFound where there is none that the caller may see."""
    caller.must("inspection.read")
    kept = Photo.objects.order_by("pk")
    found = (
        hazards(caller)
        .filter(pk=pk)
        .prefetch_related(
            Prefetch("photos", kept.filter(rectification=None, verification=None), to_attr="photos_found"),
            Prefetch("rectifications", Rectification.objects.select_related("by__unit")),
            Prefetch("verifications", Verification.objects.select_related("by__unit")),
            "rectifications__photos",
            "verifications__photos",
        )
        .first()
    )
    if found is None:
        raise NotFound(f"hazard {pk}")
    return found


def photo(caller: Caller, pk: int) -> tuple[Photo, Path]:
    """A photograph and its file, where the caller may see the hazard it belongs to."""
    caller.must("inspection.read")
    found = Photo.objects.filter(pk=pk, hazard__in=hazards(caller)).first()
    if found is None:
        raise NotFound(f"photo {pk}")
    return found, photos.path_of(found.sha256)


@dataclass(frozen=True)
class Possible:
    """Which acts the caller can carry out on a hazard now."""

    rectify: bool
    plan: bool
    verify: bool


def is_of_unit(caller: Caller, found: Hazard) -> bool:
    """Whether the caller belongs to the unit that must fix the hazard."""
    return caller.unit is not None and caller.unit == found.unit_id


def has_rectified(caller: Caller, found: Hazard) -> bool:
    """Whether the caller rectified in the round that is now to be verified."""
    return any(row.round == found.round and row.by_id == caller.id for row in found.rectifications.all())


def possible(caller: Caller, found: Hazard) -> Possible:
    """What the hazard's page offers the caller. The commands decide again."""
    caller.must("inspection.read")
    theirs = caller.may("inspection.rectify", found.area.code) and is_of_unit(caller, found)
    is_open = found.state != Hazard.State.CLOSED
    needs_plan = found.grade == Hazard.Grade.MAJOR and not found.plan
    return Possible(
        rectify=theirs and is_open and not needs_plan,
        plan=theirs and found.state == Hazard.State.FOUND and found.grade == Hazard.Grade.MAJOR,
        verify=caller.may("inspection.verify", found.area.code)
        and found.state == Hazard.State.RECTIFIED
        and not has_rectified(caller, found),
    )


def must_be_theirs(caller: Caller, found: Hazard, act: str) -> None:
    """Raise NotAllowed where `act` (a field of Possible) is never the caller's on this hazard."""
    caller.must("inspection.verify" if act == "verify" else "inspection.rectify", found.area.code)
    if act != "verify" and not is_of_unit(caller, found):
        raise NotAllowed("inspection.rectify")


def must_be_possible(caller: Caller, found: Hazard, act: str) -> None:
    """Raise NotAllowed or RuleBroken where the page of `act` (a field of Possible) has nothing to offer."""
    must_be_theirs(caller, found, act)
    if not getattr(possible(caller, found), act):
        raise RuleBroken(_("This is not open now: the hazard's page says what comes next."))


def responsible_people(caller: Caller, found: Hazard) -> list[Officer]:
    """Who of the responsible unit may rectify: the person responsible first, then its contacts in order."""
    caller.must("inspection.read", found.area.code)
    people = Officer.objects.filter(
        unit_id=found.unit_id, is_active=True, role__in=[Role.RESPONSIBLE, Role.CONTACT]
    )
    return sorted(people, key=lambda person: (person.role != Role.RESPONSIBLE, person.rung, person.pk))


@dataclass(frozen=True)
class Link:
    """One link of the responsibility chain: who did what, when, with which words and pictures."""

    kind: str  # found, rectified, refused, closed
    round: int
    by: Officer
    at: datetime
    note: str
    photos: list[Photo]


def chain(caller: Caller, found: Hazard) -> list[Link]:
    """The responsibility chain 责任链 of a hazard from `hazard()`, oldest first."""
    caller.must("inspection.read", found.area.code)
    links = [Link("found", 1, found.found_by, found.found_at, "", found.photos_found)]
    links += [
        Link("rectified", row.round, row.by, row.at, row.note, list(row.photos.all()))
        for row in found.rectifications.all()
    ]
    links += [
        Link(
            "closed" if row.passed else "refused", row.round, row.by, row.at, row.note, list(row.photos.all())
        )
        for row in found.verifications.all()
    ]
    order = {"found": 0, "rectified": 1, "refused": 2, "closed": 2}
    return sorted(links, key=lambda link: (link.round, order[link.kind], link.at))


def before_and_after(found: Hazard) -> tuple[list[Photo], list[Photo]]:
    """The pictures of the finding, and those of the last rectification that brought any."""
    after: list[Photo] = []
    for row in found.rectifications.all():
        after = list(row.photos.all()) or after
    return found.photos_found, after
