"""Places over the API."""

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from fenghuo.desk.wire import Cut, Key, Page, acts, page, reads

from . import commands, heights, queries
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
    elevation: float | None = Field(description="Metres above the sea; null: its village's stands in.")

    @staticmethod
    def resolve_area(site: Site) -> str:
        return site.area.code


@router.get("/areas", response=reads(Page[AreaOut]), summary="The caller's area and everything in it")
def areas(request: HttpRequest, cut: Query[Cut]):
    return page(queries.areas(request.caller), cut)


@router.get("/sites", response=reads(Page[SiteOut]), summary="The sites in the caller's area")
def sites(request: HttpRequest, cut: Query[Cut]):
    return page(queries.sites(request.caller), cut)


class ElevationIn(Schema):
    """How high a site lies, in metres above the sea; null where its village's is to stand in."""

    elevation: float | None = Field(ge=heights.LOWEST, le=heights.HIGHEST)


@router.put(
    "/sites/{pk}/elevation",
    response=acts(SiteOut),
    summary="Tell how high a site lies; its danger is computed anew",
)
def set_elevation(request: HttpRequest, pk: Key, fields: ElevationIn):
    site = queries.site(request.caller, pk)
    return commands.set_site_elevation(request.caller, site, fields.elevation)
