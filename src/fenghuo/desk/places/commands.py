"""Acts on places: setting up the area tree and its sites."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.privacy import RefusedColumns, check_columns

from . import elevations, heights
from .models import Area, Site
from .signals import site_elevation_changed
from .table import number_in


@transaction.atomic
def add_area(caller: Caller, *, code: str, name: str, level: str, **fields: Any) -> Area:
    """Add a node to the area tree under the area whose code is its longest prefix."""
    caller.must("places.import", code)
    if Area.objects.filter(code=code).exists():
        raise RuleBroken(_("There is already an area with the code %s.") % code, "code")
    prefixes = [code[:n] for n in range(1, len(code))]
    parent = Area.objects.filter(code__in=prefixes).order_by("-code").first()
    area = Area.objects.create(code=code, name=name, level=level, parent=parent, **fields)
    caller.write("places.area_added", f"area:{area.pk}", code, name=name, level=level)
    return area


@transaction.atomic
def add_site(caller: Caller, *, code: str, name: str, kind: str, area: Area, **fields: Any) -> Site:
    """Add a site in an area."""
    caller.must("places.import", area.code)
    if kind not in Site.Kind.values:
        raise RuleBroken(_("“%s” is not a kind of site.") % kind, "kind")
    for field, text in (("code", code), ("name", name), ("name_en", fields.get("name_en", ""))):
        longest = Site._meta.get_field(field).max_length
        if len(text) > longest:
            raise RuleBroken(_("At most %s characters fit here. Shorten the text.") % longest, field)
    if not code or not name:
        raise RuleBroken(_("A site needs a code and a name."), "name" if code else "code")
    if Site.objects.filter(code=code).exists():
        raise RuleBroken(_("There is already a site with the code %s.") % code, "code")
    heights.check(fields.get("elevation"))
    site = Site.objects.create(code=code, name=name, kind=kind, area=area, **fields)
    caller.write("places.site_added", f"site:{site.pk}", area.code, name=name, kind=kind)
    return site


@transaction.atomic
def set_site_elevation(caller: Caller, site: Site, elevation: float | None) -> Site:
    """Tell how high a site lies, in metres above the sea; None where that is not known, and its village's stands in.

    What was computed with another elevation is computed anew before this returns.
    """
    caller.must("places.import", site.area.code)
    heights.check(elevation)
    if Site.objects.get(pk=site.pk).elevation == elevation:
        return site
    site = _set_elevation(caller, site, elevation)
    site_elevation_changed.send(Site, sites=[site])
    return site


@transaction.atomic
def import_elevations(
    caller: Caller, headers: list[str], rows: Iterable[Mapping[str, str]], *, take_away: bool = False
) -> int:
    """Tell how high many sites lie, as `elevations.changes` reads it from a table: all of them, or none.

    Unless `take_away` no known elevation is given up for an empty cell. What was computed with other elevations is
    computed anew before this returns. Returns how many sites changed.
    """
    caller.must("places.import")
    found = elevations.changes(caller, headers, rows)
    lost = sum(change.taken_away for change in found)
    if lost and not take_away:
        raise RuleBroken(
            ngettext(
                "%s site would lose its elevation. Confirm that, or fill in its cell.",
                "%s sites would lose their elevation. Confirm that, or fill in their cells.",
                lost,
            )
            % lost,
            "take_away",
        )
    sites = [_set_elevation(caller, change.site, change.after) for change in found]
    if sites:
        site_elevation_changed.send(Site, sites=sites)
    return len(sites)


def _set_elevation(caller: Caller, site: Site, elevation: float | None) -> Site:
    caller.must("places.import", site.area.code)
    site = Site.objects.select_for_update(of=("self",)).select_related("area").get(pk=site.pk)
    before, site.elevation = site.elevation, elevation
    site.save(update_fields=["elevation"])
    caller.write(
        "places.site_elevation_set",
        f"site:{site.pk}",
        site.area.code,
        name=site.name,
        elevation=elevation,
        before=before,
    )
    return site


@transaction.atomic
def import_sites(caller: Caller, headers: list[str], rows: Iterable[Mapping[str, str]]) -> int:
    """Add every row or none. Columns: code, name, kind, area_code, optionally name_en, latitude,
    longitude, elevation (metres), unit (the name of the responsible unit).

    Raises RuleBroken naming the row, the column and the rule; columns about persons are refused outright.
    """
    caller.must("places.import")
    try:
        check_columns(headers)
    except RefusedColumns as refused:
        raise RuleBroken(str(refused)) from None
    for column in ("code", "name", "kind", "area_code"):
        if column not in headers:
            raise RuleBroken(
                _("The column “%s” is missing. Add it and import again; nothing was imported.") % column
            )
    added = 0
    for number, row in enumerate(rows, start=2):
        area = Area.objects.filter(code=(row["area_code"] or "").strip()).first()
        if area is None:
            raise RuleBroken(
                _("Row %(row)s, column area_code: there is no area “%(value)s”. Nothing was imported.")
                % {"row": number, "value": row["area_code"]}
            )
        try:
            add_site(
                caller,
                code=row["code"].strip(),
                name=row["name"].strip(),
                kind=row["kind"].strip(),
                area=area,
                name_en=(row.get("name_en") or "").strip(),
                latitude=_degrees(row, "latitude", 90),
                longitude=_degrees(row, "longitude", 180),
                elevation=heights.metres(row, "elevation"),
                unit=_unit(row, area),
            )
        except RuleBroken as broken:
            raise RuleBroken(
                _("Row %(row)s: %(reason)s Nothing was imported.") % {"row": number, "reason": broken}
            ) from None
        added += 1
    return added


def _unit(row: Mapping[str, str], area: Area) -> Any:
    """The responsible unit that the row names; None where it names none."""
    name = (row.get("unit") or "").strip()
    if not name:
        return None
    # Units stand with the officers, on this floor: only the relation to them is known here.
    units = Site._meta.get_field("unit").related_model.objects
    found = units.filter(name=name).filter(Q(area=area) | Q(area__code__in=_above(area.code))).first()
    if found is None:
        raise RuleBroken(
            _("column unit: “%(value)s” is no unit of %(area)s or above it.") % {"value": name, "area": area},
            "unit",
        )
    return found


def _above(code: str) -> list[str]:
    return [code[:length] for length in range(1, len(code))]


def _degrees(row: Mapping[str, str], column: str, most: float) -> float | None:
    value = number_in(row, column)
    if value is not None and not -most <= value <= most:
        raise RuleBroken(
            _("column %(column)s: “%(value)s” is not a number of degrees.")
            % {"column": column, "value": row[column].strip()}
        )
    return value
