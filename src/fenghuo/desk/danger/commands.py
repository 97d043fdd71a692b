"""Acts on danger: stations, weather in, the policy, and the draft that a threshold makes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone as zones
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.danger import classes
from fenghuo.core.danger.finding import Finding
from fenghuo.core.danger.io import stations
from fenghuo.desk.officers import identity
from fenghuo.desk.places.models import Area
from fenghuo.desk.warning import commands as warnings
from fenghuo.desk.warning.models import Warning

from . import chain
from .forecast import commands as forecasts
from .intake import commands as intake
from .intake import reading
from .models import AreaRating, ColumnMapping, DoubtfulValue, Observation, Station

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
    doubts: tuple[Finding, ...] = ()
    columns: ColumnMapping | None = None


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


def import_weather(
    caller: Caller,
    source: BinaryIO | bytes | str,
    *,
    station: Station | None = None,
    skip_bad: bool = False,
    name: str = "",
) -> Imported:
    """Take a station file in: every row, or none unless `skip_bad`. The same file twice changes nothing.

    Columns that somebody has named before are read as then. Raises core.danger.io.headers.UnknownColumns where
    somebody has to name them, UnreadableStations when the file as a whole cannot be read for another reason,
    RuleBroken when its rows name a station that the desk does not know.
    """
    caller.must("danger.import")
    found, columns = reading.observed(caller, source, station)
    done = take_in(caller, found, skip_bad=skip_bad, name=name)
    if columns is not None:
        ColumnMapping.objects.filter(pk=columns.pk).update(used_at=caller.now)
    return replace(done, columns=columns)


@transaction.atomic
def take_in(caller: Caller, found: stations.Reading, *, skip_bad: bool = False, name: str = "") -> Imported:
    """Store what was read, recompute every day that it touches, and draft a warning where the last one crosses."""
    caller.must("danger.import")
    if found.rejected and not skip_bad:
        return Imported(False, 0, 0, 0, found.rejected, 0, {})
    new = corrected = unchanged = 0
    touched: set[date] = set()
    by_code: dict[str, Station] = {}
    mended: dict[str, set[datetime]] = {}
    for code, rows in found.by_station().items():
        station = by_code[code] = reading.station_named(caller, code)
        counts, since, mended[code] = _store(station, intake.standing_corrections(caller, station, rows))
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
            rejected=len(found.rejected),
        )
    doubts = intake.raise_doubts(caller, found, by_code, mended, name=name)
    _days_changed(caller, touched)
    return Imported(True, new, corrected, unchanged, found.rejected, len(touched), found.gaps, doubts)


@transaction.atomic
def correct_value(
    caller: Caller, doubt: DoubtfulValue, value: float | None, until: datetime | None = None
) -> int:
    """Put a doubtful reading right (None: it is missing, with `until` all up to then); how many days were rated anew.

    In °C, %, km/h or mm. It stands against later imports of the same values.
    """
    caller.must("danger.import", doubt.station.area.code)
    touched = intake.correct(caller, doubt, value, until)
    _days_changed(caller, set(touched))
    return len(touched)


def _days_changed(caller: Caller, touched: set[date]) -> None:
    """Rate the days that changed, hold them against their forecasts, and draft where the last one crosses."""
    last = max(touched, default=None)
    before = ratings_of(last)
    chain.rate(sorted(touched))
    draft_if_changed(caller, last, before)
    forecasts.after_observations(caller, touched)


def draft_if_changed(caller: Caller, last: date | None, before: dict[int, int | None]) -> None:
    """Draft where `last` crosses, if it is a noon of now and its ratings are no longer those of `before`.

    In the morning the last noon is yesterday's, and the forest is no wetter for it. What was rated the same before
    has crossed nothing now.
    """
    caller.must("danger.import")
    today = zones.localtime(caller.now).date()
    if last is not None and today - timedelta(days=1) <= last <= today and ratings_of(last) != before:
        draft_where_crossed(caller, last)


def ratings_of(day: date | None) -> dict[int, int | None]:
    """The rating of every village on a day."""
    return dict(AreaRating.objects.filter(date=day).values_list("area_id", "rating")) if day else {}


def _store(
    station: Station, rows: Iterable[stations.Observation]
) -> tuple[tuple[int, int, int], date | None, set[datetime]]:
    """Write the rows; (new, corrected, unchanged), the first local date that changed, the moments corrected."""
    rows = list(rows)
    known = {
        (at, daily): values
        for at, daily, *values in station.observations.filter(
            at__gte=min(row.utc for row in rows), at__lte=max(row.utc for row in rows)
        ).values_list("at", "daily", *_VALUES)
    }
    new = unchanged = 0
    corrected: set[datetime] = set()
    changed, since = [], None
    zone = timezone(chain.offset_of(station))
    for row in rows:
        values = [getattr(row, name) for name in _VALUES]
        before = known.get((row.utc, row.daily))
        if before == values:
            unchanged += 1
            continue
        if before is None:
            new += 1
        else:
            corrected.add(row.utc)
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
    return (new, len(corrected), unchanged), since, corrected


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
        rated = AreaRating.objects.filter(
            date=day, area__code__startswith=town.code, rating__gte=policy.draft_from
        ).select_related("area")
        for row in sorted(rated, key=lambda row: -(row.index or 0)):
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
        return _("Rated %(rating)s on %(day)s, highest %(index)s") % {
            "rating": highest.rating,
            "day": day,
            "index": highest.index_words,
        }
