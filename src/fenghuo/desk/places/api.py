"""Places over the API."""

from ninja import Router, Schema

from . import queries

router = Router()


class AreaOut(Schema):
    code: str
    name: str
    name_en: str
    level: str
    latitude: float | None
    longitude: float | None
    boundary: dict | None


class SiteOut(Schema):
    id: int
    code: str
    name: str
    name_en: str
    kind: str
    area: str
    latitude: float | None
    longitude: float | None

    @staticmethod
    def resolve_area(site) -> str:
        return site.area.code


@router.get("/areas", response=list[AreaOut], summary="The caller's area and everything in it")
def areas(request):
    return queries.areas(request.caller)


@router.get("/sites", response=list[SiteOut], summary="The sites in the caller's area")
def sites(request):
    return queries.sites(request.caller)
