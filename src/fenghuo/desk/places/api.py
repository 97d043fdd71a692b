"""Places over the API."""

from django.http import HttpRequest
from ninja import Query, Router, Schema

from fenghuo.desk.wire import Cut, Page, page, reads

from . import queries
from .models import Area, Site

router = Router()


class AreaName(Schema):
    """An area by its code and its name in the caller's language."""

    code: str
    name: str

    @staticmethod
    def resolve_name(area: Area) -> str:
        return str(area)


class SiteName(Schema):
    """A site by its code and its name in the caller's language."""

    id: int
    code: str
    name: str

    @staticmethod
    def resolve_name(site: Site) -> str:
        return str(site)


class AreaOut(Schema):
    """A node of the area tree; `boundary` is a GeoJSON geometry in WGS 84."""

    code: str
    name: str
    name_en: str
    level: str
    latitude: float | None
    longitude: float | None
    boundary: dict | None


class SiteOut(Schema):
    """A place that can be inspected or warned."""

    id: int
    code: str
    name: str
    name_en: str
    kind: str
    area: str
    latitude: float | None
    longitude: float | None

    @staticmethod
    def resolve_area(site: Site) -> str:
        return site.area.code


@router.get("/areas", response=reads(Page[AreaOut]), summary="The caller's area and everything in it")
def areas(request: HttpRequest, cut: Query[Cut]):
    return page(queries.areas(request.caller), cut)


@router.get("/sites", response=reads(Page[SiteOut]), summary="The sites in the caller's area")
def sites(request: HttpRequest, cut: Query[Cut]):
    return page(queries.sites(request.caller), cut)
