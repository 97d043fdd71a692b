"""What a table of elevations would change: the sites it names, row by row, and how high they lay before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.privacy import RefusedColumns, check_columns

from . import queries
from .heights import metres
from .models import Site

_OF_SITES_TO_ADD = {"kind", "area_code"}


@dataclass(frozen=True)
class Change:
    """One site's elevation as it is and as the table has it, in metres above the sea; None: not known."""

    site: Site
    before: float | None
    after: float | None

    @property
    def taken_away(self) -> bool:
        """Whether the table leaves empty what is known now."""
        return self.after is None


def is_one(headers: Iterable[str]) -> bool:
    """Whether a table with these columns tells elevations of sites that are there, and adds none."""
    found = set(headers)
    return {"code", "elevation"} <= found and not found & _OF_SITES_TO_ADD


def changes(caller: Caller, headers: list[str], rows: Iterable[Mapping[str, str]]) -> list[Change]:
    """Return what the table would change, in its order; sites that already lie as high are left out.

    Columns: code, elevation (metres; empty: not known) and, to be sure of the site, its name. Raises RuleBroken
    that names the row, the column and the rule; columns about persons are refused outright.
    """
    caller.must("places.import")
    try:
        check_columns(headers)
    except RefusedColumns as refused:
        raise RuleBroken(str(refused)) from None
    rows = list(rows)
    codes = Counter((row["code"] or "").strip() for row in rows)
    known = {site.code: site for site in queries.sites(caller).filter(code__in=codes)}
    found = []
    for number, row in enumerate(rows, start=2):
        try:
            site = _site(row, known, codes)
            after = metres(row, "elevation")
        except RuleBroken as broken:
            raise RuleBroken(
                _("Row %(row)s, %(reason)s Nothing was changed.") % {"row": number, "reason": broken}
            ) from None
        if site.elevation != after:
            found.append(Change(site, site.elevation, after))
    return found


def _site(row: Mapping[str, str], known: Mapping[str, Site], codes: Mapping[str, int]) -> Site:
    code = (row["code"] or "").strip()
    if code not in known:
        raise RuleBroken(_("column code: there is no site “%s” in your area.") % code, "code")
    if codes[code] > 1:
        raise RuleBroken(_("column code: “%s” stands in more than one row.") % code, "code")
    site, name = known[code], (row.get("name") or "").strip()
    if name and name not in (site.name, site.name_en):
        raise RuleBroken(
            _("column name: “%(value)s” is not the name of %(code)s, which is “%(name)s”.")
            % {"value": name, "code": code, "name": site.name},
            "name",
        )
    return site
