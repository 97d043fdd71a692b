"""What the "why this rating" screen and the API read of one place on one day, limited to what the caller may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.danger import sky
from fenghuo.desk.danger.models import SiteRating
from fenghuo.desk.places.models import Area, Site
from fenghuo.desk.places.queries import area as area_named
from fenghuo.desk.places.queries import sites as sites_of

from .reasons import Reasons


def of_area(caller: Caller, code: str, day: date) -> Reasons:
    """The reasons behind one village's rating on `day`."""
    caller.must("danger.read")
    area = area_named(caller, code)
    return Reasons(area, day, sky.place_of(area))


def of_site(caller: Caller, code: str, day: date) -> Reasons:
    """The reasons behind one site's rating on `day`."""
    caller.must("danger.read")
    site = sites_of(caller).filter(code=code).first()
    if site is None:
        raise NotFound(f"site {code}")
    return Reasons(site, day, sky.place_of(site))


@dataclass(frozen=True)
class SiteDanger:
    """A site and its rating of the day, None where it has none."""

    site: Site
    rating: int | None
    index_words: str


def sites_in(caller: Caller, area: Area, day: date) -> list[SiteDanger]:
    """The sites in sight in an area with their own ratings on `day`, the highest first."""
    caller.must("danger.read")
    found: Sequence[Site] = list(sites_of(caller).filter(area=area))
    rows = {row.site_id: row for row in SiteRating.objects.filter(site__in=found, date=day)}
    listed = [
        SiteDanger(site, row.rating if row else None, row.index_words if row else "")
        for site in found
        for row in [rows.get(site.pk)]
    ]
    return sorted(listed, key=lambda one: (-(one.rating or 0), one.site.code))
