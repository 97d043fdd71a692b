"""What every app offers, over the API: headlines, what waits for the caller, search."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.desk.gather import register
from fenghuo.desk.wire import Cut, Page, Text, page, reads

router = Router()


class Offered(Schema):
    """Something that an app offers: in the caller's language, with the desk's page of it at `url`."""

    title: str
    url: str
    detail: str

    @staticmethod
    def resolve_title(offer) -> str:
        return str(offer.title)

    @staticmethod
    def resolve_detail(offer) -> str:
        return str(offer.detail)


class OpenItemOut(Offered):
    """Something that waits for the caller; `clause` is the law's, where a law sets `due`."""

    kind: str
    due: datetime | None
    clause: str

    @staticmethod
    def resolve_clause(item) -> str:
        return str(item.clause)


class HitOut(Offered):
    """A record that search found."""

    kind: str

    @staticmethod
    def resolve_kind(hit) -> str:
        return str(hit.kind)


@router.get("/open-items", response=reads(Page[OpenItemOut]), summary="What waits for the caller")
def open_items(request: HttpRequest, cut: Query[Cut]):
    """The soonest due first; what has no term comes last."""
    request.caller.must("home.read")
    return page(register.all_open_items(request.caller), cut)


@router.get("/search", response=reads(Page[HitOut]), summary="Records that hold a text")
def search(request: HttpRequest, cut: Query[Cut], q: Annotated[Text, Field(min_length=1, max_length=100)]):
    request.caller.must("search.read")
    text = q.strip()
    return page(register.hits(request.caller, text) if text else [], cut)
