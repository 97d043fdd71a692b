"""Acts on danger: stations, weather in, the policy, and the draft that a threshold makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone as zones
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.danger import classes, stations
from fenghuo.core.danger.finding import Finding
from fenghuo.desk.officers import identity
from fenghuo.desk.places.models import Area
from fenghuo.desk.warning import commands as warnings
from fenghuo.desk.warning.models import Warning

from . import chain
from .models import AreaRating, Observation, Policy, Station

_VALUES = ("temperature", "humidity", "dew_point", "wind", "rain")


@dataclass(frozen=True)
class Imported:
    """What an import did. `done` is False when rejected rows kept everything out."""

    done: bool
    new: int
    corrected: int
    unchanged: int
    rejected: tuple[Finding, ...]
    days: int
    gaps: dict[str, int]


@transaction.atomic
def add_station(
    caller: Caller, *, code: str, name: str, area: Area, latitude: float, longitude: float, **fields: Any
) -> Station:
    """Register a weather station."""
    caller.must("danger.import", area.code)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise RuleBroken(
            _("Latitude goes from −90 to 90 and longitude from −180 to 180 degrees."), "latitude"
        )
    if Station.objects.filter(code=code).exists():
        raise RuleBroken(_("There is already a station with the code %s.") % code, "code")
    station = Station.objects.create(
        code=code, name=name, area=area, latitude=latitude, longitude=longitude, **fields
    )
    caller.write("danger.station_added", f"station:{station.pk}", area.code, code=code, name=name)
    return station


@transaction.atomic
def set_policy(caller: Caller, area: Area, *, scheme: str, regime: str, draft_from: int, noon: str) -> Policy:
    """Choose how the area is rated, and rate its history anew."""
    caller.must("danger.settings", area.code)
    if scheme not in classes.schemes() or regime not in classes.regimes() or noon not in Policy.Noon.values:
        raise RuleBroken(_("Choose one of the classes, colours and noons that are listed."))
    if not 1 <= draft_from <= 5:
        raise RuleBroken(_("Ratings go from 1 to 5."), "draft_from")
    policy, _created = Policy.objects.update_or_create(
        area=area, defaults={"scheme": scheme, "regime": regime, "draft_from": draft_from, "noon": noon}
    )
    for station in Station.objects.filter(area__code__startswith=area.code):
        if first := chain.first_observed(station):
            chain.rerun(station, first)
    chain.rate(list(AreaRating.objects.values_list("date", flat=True).distinct()))
    caller.write(
        "danger.policy_set",
        f"area:{area.pk}",
        area.code,
        scheme=scheme,
        regime=regime,
        draft_from=draft_from,
        noon=noon,
    )
    return policy


def import_weather(
    caller: Caller,
    source: BinaryIO | bytes | str,
    *,
    station: Station | None = None,
    skip_bad: bool = False,
    name: str = "",
) -> Imported:
    """Take a station file in: every row, or none unless `skip_bad`. The same file twice changes nothing.

    Raises core.danger.finding.UnreadableStations when the file as a whole cannot be read, RuleBroken when its
    rows name a station that the desk does not know.
    """
    caller.must("danger.import")
    offset = chain.offset_of(station) if station else stations.BEIJING
    reading = stations.read(source, offset=offset, station=station.code if station else "")
    return take_in(caller, reading, skip_bad=skip_bad, name=name)


@transaction.atomic
def take_in(caller: Caller, reading: stations.Reading, *, skip_bad: bool = False, name: str = "") -> Imported:
    """Store what was read, recompute every day that it touches, and draft a warning where the last one crosses."""
    caller.must("danger.import")
    if reading.rejected and not skip_bad:
        return Imported(False, 0, 0, 0, reading.rejected, 0, {})
    new = corrected = unchanged = 0
    touched: set[date] = set()
    for code, rows in reading.by_station().items():
        station = _station(caller, code)
        counts, since = _store(station, rows)
        new, corrected, unchanged = new + counts[0], corrected + counts[1], unchanged + counts[2]
        if since is not None:
            touched.update(chain.rerun(station, since))
        caller.write(
            "danger.weather_imported",
            f"station:{station.pk}",
            station.area.code,
            file=name,
            new=counts[0],
            corrected=counts[1],
            unchanged=counts[2],
            rejected=len(reading.rejected),
        )
    last = max(touched, default=None)
    before = _ratings(last)
    chain.rate(sorted(touched))
    # In the morning the last noon is yesterday's, and the forest is no wetter for it. What was rated the
    # same before has crossed nothing now.
    today = zones.localtime(caller.now).date()
    if last is not None and today - timedelta(days=1) <= last <= today and _ratings(last) != before:
        draft_where_crossed(caller, last)
    return Imported(True, new, corrected, unchanged, reading.rejected, len(touched), reading.gaps)


def _ratings(day: date | None) -> dict[int, int | None]:
    return dict(AreaRating.objects.filter(date=day).values_list("area_id", "rating")) if day else {}


def _station(caller: Caller, code: str) -> Station:
    if not code and Station.objects.count() == 1:
        return Station.objects.select_related("area").get()
    found = (
        Station.objects.filter(code=code, area__code__startswith=caller.area).select_related("area").first()
    )
    if found is None:
        known = ", ".join(Station.objects.values_list("code", flat=True)) or _("none yet")
        raise RuleBroken(
            _(
                "The desk knows no station “%(code)s” (it knows: %(known)s). Register the station first, or name "
                "the station that the file belongs to. Nothing was imported."
            )
            % {"code": code, "known": known},
            "station",
        )
    return found


def _store(
    station: Station, rows: Iterable[stations.Observation]
) -> tuple[tuple[int, int, int], date | None]:
    """Write the rows; (new, corrected, unchanged) and the first local date that changed."""
    rows = list(rows)
    known = {
        (at, daily): values
        for at, daily, *values in station.observations.filter(
            at__gte=min(row.utc for row in rows), at__lte=max(row.utc for row in rows)
        ).values_list("at", "daily", *_VALUES)
    }
    new = corrected = unchanged = 0
    changed, since = [], None
    zone = timezone(chain.offset_of(station))
    for row in rows:
        values = [getattr(row, name) for name in _VALUES]
        before = known.get((row.utc, row.daily))
        if before == values:
            unchanged += 1
            continue
        new, corrected = (new + 1, corrected) if before is None else (new, corrected + 1)
        local = row.utc.astimezone(zone).date()
        since = local if since is None else min(since, local)
        changed.append(
            Observation(
                station=station, at=row.utc, daily=row.daily, **dict(zip(_VALUES, values, strict=True))
            )
        )
    Observation.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["station", "at", "daily"],
        update_fields=list(_VALUES),
    )
    return (new, corrected, unchanged), since


@transaction.atomic
def draft_where_crossed(caller: Caller, day: date) -> list[Any]:
    """Draft a warning for each colour that a township's villages reach on `day`. Drafts wait; none is sent.

    A village is warned at its own level: one extreme village does not turn the whole township red.
    """
    caller.must("danger.import")
    drafts = []
    for town in Area.objects.filter(level=Area.Level.TOWNSHIP, code__startswith=caller.area):
        policy = chain.policy_of(town)
        by_colour: dict[str, list[AreaRating]] = {}
        for row in (
            AreaRating.objects.filter(
                date=day, area__code__startswith=town.code, rating__gte=policy.draft_from
            )
            .select_related("area")
            .order_by("-fwi")
        ):
            colour = classes.warning_colour(row.rating, policy.regime)
            if colour is not None:
                by_colour.setdefault(colour, []).append(row)
        # The threshold drafts, not whoever happened to bring the weather in.
        program = identity.program(caller.now, via=caller.via)
        _withdraw_outdated(program, town, by_colour)
        for colour, rows in by_colour.items():
            drafts.append(
                warnings.draft(
                    program,
                    areas=sorted((row.area for row in rows), key=lambda area: area.code),
                    level=colour,
                    event="forest_fire",
                    cause=_cause(rows[0], "zh-hans"),
                    cause_en=_cause(rows[0], "en"),
                    source="threshold",
                )
            )
    return drafts


def _withdraw_outdated(program: Caller, town: Area, by_colour: dict[str, list[AreaRating]]) -> None:
    """Give up the threshold's drafts of today that nobody has touched and that the ratings no longer bear out."""
    midnight = zones.localtime(program.now).replace(hour=0, minute=0, second=0, microsecond=0)
    for draft in Warning.objects.filter(
        state=Warning.State.DRAFT, source="threshold", written_by=None, area=town, drafted_at__gte=midnight
    ).prefetch_related("areas"):
        wanted = {row.area_id for row in by_colour.get(draft.level, ())}
        if {area.pk for area in draft.areas.all()} != wanted:
            warnings.withdraw(program, draft)


def _cause(highest: AreaRating, language: str) -> str:
    with override(language):
        day = f"{highest.date.month}月{highest.date.day}日" if language != "en" else f"{highest.date:%-d %B}"
        return _("Rated %(rating)s on %(day)s, highest FWI %(fwi).1f") % {
            "rating": highest.rating,
            "day": day,
            "fwi": highest.fwi,
        }
