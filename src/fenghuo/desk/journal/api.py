"""The journal over the API: its entries as they were hashed, and the verdict on the chain."""

import json
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.core.access import NotFound
from fenghuo.desk.wire import Cut, Day, Key, Page, Text, acts, page, reads

from . import chain, queries
from .models import Entry

router = Router()
MOST_FAULTS = 100

Word = Annotated[Text, Field(max_length=80)]


class EntryOut(Schema):
    """One act. `digest` is SHA-256 over the canonical JSON of the other columns, in the order given here."""

    seq: int
    at: datetime
    officer_id: int | None
    officer_name: str
    role: str
    via: str
    act: str
    subject: str
    area: str
    detail: dict[str, Any]
    previous: str
    digest: str

    @staticmethod
    def resolve_detail(entry: Entry) -> dict[str, Any]:
        return json.loads(entry.detail)


class FaultOut(Schema):
    """A break in the chain; `seq` names the entry."""

    seq: int
    rule: str
    message: str


class VerdictOut(Schema):
    """Whether the chain holds; `more` when there are more faults than are listed."""

    holds: bool
    entries: int
    faults: list[FaultOut]
    more: bool


@router.get("", response=reads(Page[EntryOut]), summary="Acts in the caller's area, newest first")
def entries(
    request: HttpRequest,
    cut: Query[Cut],
    act: Word | None = None,
    subject: Word | None = None,
    day: Day | None = None,
):
    found = queries.entries(request.caller)
    if act:
        found = found.filter(act=act)
    if subject:
        found = found.filter(subject=subject)
    if day:
        start = timezone.make_aware(datetime.combine(day, time()))
        found = found.filter(at__gte=chain.stamp(start), at__lt=chain.stamp(start + timedelta(days=1)))
    return page(found, cut)


@router.post("/verify", response=acts(VerdictOut), summary="Recompute the whole chain")
def verify(request: HttpRequest):
    found = list(islice(queries.faults(request.caller), MOST_FAULTS + 1))
    return {
        "holds": not found,
        "entries": queries.count(),
        "faults": found[:MOST_FAULTS],
        "more": len(found) > MOST_FAULTS,
    }


@router.get("/{seq}", response=reads(EntryOut), summary="One act")
def entry(request: HttpRequest, seq: Key):
    found = queries.entries(request.caller).filter(seq=seq).first()
    if found is None:
        raise NotFound(f"journal entry {seq}")
    return found
