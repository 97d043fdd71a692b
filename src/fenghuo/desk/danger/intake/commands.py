"""Acts on weather that is on its way in: columns are named, remembered or forgotten; doubts are settled."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotFound, RuleBroken
from fenghuo.core.danger import suspicious
from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Finding
from fenghuo.core.danger.io import headers, stations
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.core.danger.weather import relative_humidity
from fenghuo.desk.danger import chain
from fenghuo.desk.danger.models import ColumnMapping, DoubtfulValue, Observation, Station, WaitingFile
from fenghuo.desk.places.queries import home_area

VALUES = ("temperature", "humidity", "dew_point", "wind", "rain")
KEPT_FOR = timedelta(days=1)
"""How long an uploaded file waits for its columns to be named."""
SAMPLE = 5
"""How many of a file's first rows are kept with its mapping."""


@transaction.atomic
def let_wait(caller: Caller, content: bytes, *, name: str, fields: dict[str, Any]) -> WaitingFile:
    """Keep an uploaded file until its columns are named; files that nobody came back to go."""
    caller.must("danger.import")
    WaitingFile.objects.filter(waiting_since__lt=caller.now - KEPT_FOR).delete()
    return WaitingFile.objects.create(
        officer_id=caller.id,
        name=name[:200],
        content=zlib.compress(content, 1),
        fields=fields,
        waiting_since=caller.now,
    )


def content_of(caller: Caller, file: WaitingFile) -> bytes:
    """The bytes of a waiting file."""
    caller.must("danger.import")
    return zlib.decompress(bytes(file.content))


def drop(caller: Caller, file: WaitingFile) -> None:
    """Let a waiting file go: it was read, or it is not wanted."""
    caller.must("danger.import")
    file.delete()


@transaction.atomic
def remember(
    caller: Caller,
    names: Sequence[str],
    mapping: headers.Mapping,
    sample: Sequence[Sequence[str]],
) -> ColumnMapping:
    """Read every file with this header line by this mapping from now on, at the caller's desk.

    Raises UnreadableStations where the mapping does not say everything that a file has to hold.
    """
    caller.must("danger.import")
    headers.recognise(names, mapping)
    area = home_area(caller)
    if area is None:
        raise RuleBroken(_("Set up the desk's area first."))
    kept, _created = ColumnMapping.objects.update_or_create(
        area=area,
        signature=headers.signature(names),
        defaults={
            "headers": list(names),
            "columns": mapping.as_dict(),
            "sample": [list(row) for row in sample[:SAMPLE]],
            "set_by": caller.name,
            "set_at": caller.now,
        },
    )
    caller.write("danger.columns_named", f"columns:{kept.pk}", area.code, columns=mapping.as_dict())
    return kept


@transaction.atomic
def forget(caller: Caller, kept: ColumnMapping) -> None:
    """Ask again at the next file with this header."""
    caller.must("danger.import", kept.area.code)
    caller.write("danger.columns_forgotten", f"columns:{kept.pk}", kept.area.code, columns=kept.columns)
    kept.delete()


def raise_doubts(
    caller: Caller,
    found: stations.Reading,
    by_code: dict[str, Station],
    corrected: dict[str, set[datetime]],
    *,
    name: str = "",
) -> tuple[Finding, ...]:
    """Keep every value of a file that looks wrong, for somebody to look at; an open doubt that it corrects is settled.

    `corrected` are the moments of each station whose readings the file changed. Part of an import's transaction. A
    value that was once said to be right stays right while it stays the same. Returns what is still to be checked.
    """
    caller.must("danger.import")
    raised = _suspicions(found.observations, found.names)
    _settle_corrected(caller, found.observations, raised, by_code, corrected)
    known = {
        (one.station_id, one.at, one.daily, one.quantity, one.rule): one
        for one in DoubtfulValue.objects.filter(
            station__in=by_code.values(), at__in={row.utc for _finding, row, _quantity in raised}
        )
    }
    fresh, waiting = [], []
    for finding, row, quantity in raised:
        if row.station not in by_code:
            continue
        doubt = _doubt(finding, row, quantity, by_code[row.station], caller.now, name)
        before = known.get((doubt.station_id, doubt.at, doubt.daily, doubt.quantity, doubt.rule))
        if before is not None and before.value == doubt.value:
            if before.verdict == DoubtfulValue.Verdict.OPEN:
                waiting.append(finding)
            continue
        if before is not None:
            before.delete()
        fresh.append(doubt)
        waiting.append(finding)
    DoubtfulValue.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return tuple(waiting)


def _doubt(
    finding: Finding, row: Reading, quantity: str, station: Station, now: datetime, name: str
) -> DoubtfulValue:
    return DoubtfulValue(
        station=station,
        at=row.utc,
        daily=row.daily,
        quantity=quantity[:20],
        rule=finding.rule,
        value=getattr(row, quantity, None),
        row=finding.row,
        column=finding.column[:200],
        text=finding.value[:200],
        file=name[:200],
        message={"en": finding.message.en, "zh": finding.message.zh},
        fix={"en": finding.fix.en, "zh": finding.fix.zh},
        raised_at=now,
    )


def _suspicions(
    rows: Sequence[Reading], names: dict[str, str] | None = None
) -> list[tuple[Finding, Reading, str]]:
    """What looks wrong, with the reading and the quantity (or `time`) that it is about."""
    quantities = {column: quantity for quantity, column in (names or {}).items()}
    by_row = {row.row: row for row in rows}
    return [
        (finding, by_row[finding.row], quantities.get(finding.column, finding.column))
        for finding in suspicious.check(rows, names)
        if finding.row in by_row
    ]


NEARBY = timedelta(days=1)
"""How far from a correction a doubt may stand that it settles: a jump is seen at its end too."""


def _settle_corrected(
    caller: Caller,
    rows: Sequence[Reading],
    raised: list[tuple[Finding, Reading, str]],
    by_code: dict[str, Station],
    corrected: dict[str, set[datetime]],
) -> None:
    """Settle the open doubts near a correction that these rows, read again, no longer give cause for."""
    still = {(row.station, row.utc, row.daily, quantity, finding.rule) for finding, row, quantity in raised}
    seen = {(row.station, row.utc, row.daily) for row in rows}
    for code, moments in corrected.items():
        if not moments:
            continue
        for doubt in DoubtfulValue.objects.filter(
            station=by_code[code],
            verdict=DoubtfulValue.Verdict.OPEN,
            at__gte=min(moments) - NEARBY,
            at__lte=max(moments) + NEARBY,
        ):
            moment = (code, doubt.at, doubt.daily)
            near = any(abs(doubt.at - one) <= NEARBY for one in moments)
            if near and moment in seen and (*moment, doubt.quantity, doubt.rule) not in still:
                _settle(doubt, caller, DoubtfulValue.Verdict.CORRECTED)


def _settle(doubt: DoubtfulValue, caller: Caller, verdict: str) -> None:
    doubt.verdict, doubt.settled_at, doubt.settled_by = verdict, caller.now, caller.name
    doubt.save(update_fields=["verdict", "settled_at", "settled_by", "by_hand", "corrected_to", "until"])


@transaction.atomic
def confirm(caller: Caller, doubts: Sequence[DoubtfulValue]) -> int:
    """Say that these values are right as they are; how many were still open."""
    caller.must("danger.import")
    settled = 0
    for doubt in doubts:
        caller.must("danger.import", doubt.station.area.code)
        if doubt.verdict != DoubtfulValue.Verdict.OPEN:
            continue
        _settle(doubt, caller, DoubtfulValue.Verdict.RIGHT)
        settled += 1
        caller.write(
            "danger.value_confirmed",
            f"station:{doubt.station_id}",
            doubt.station.area.code,
            at=doubt.at,
            quantity=doubt.quantity,
            value=doubt.value,
            rule=doubt.rule,
        )
    return settled


@transaction.atomic
def correct(
    caller: Caller, doubt: DoubtfulValue, value: float | None, until: datetime | None = None
) -> list[date]:
    """Put a reading right (None: it is missing), or with `until` every reading up to then missing.

    In °C, %, km/h or mm. The days of its station that were computed again; a part of danger.commands.correct_value,
    which rates them.
    """
    caller.must("danger.import", doubt.station.area.code)
    language = get_language() or "zh"
    if doubt.quantity not in BOUNDS:
        raise RuleBroken(_("A time cannot be corrected here. Correct the file and import it again."), "value")
    if value is not None and not BOUNDS[doubt.quantity].holds(value):
        raise RuleBroken(BOUNDS[doubt.quantity].message(value).in_language(language), "value")
    if until is not None and (value is not None or until < doubt.at):
        raise RuleBroken(
            _("Several readings can only be made missing, from the first one to a later one."), "until"
        )
    readings = Observation.objects.filter(
        station=doubt.station, daily=doubt.daily, at__gte=doubt.at, at__lte=until or doubt.at
    )
    changed = list(readings)
    if not changed:
        raise NotFound(f"reading of {doubt.station.code}")
    for reading in changed:
        _put_right(reading, doubt.quantity, value)
    Observation.objects.bulk_update(changed, VALUES, batch_size=300)
    for same in DoubtfulValue.objects.filter(
        station=doubt.station, at__gte=doubt.at, at__lte=until or doubt.at, daily=doubt.daily,
        quantity=doubt.quantity, verdict=DoubtfulValue.Verdict.OPEN,
    ):  # fmt: skip
        same.by_hand, same.corrected_to, same.until = True, value, until
        _settle(same, caller, DoubtfulValue.Verdict.CORRECTED)
    caller.write(
        "danger.value_corrected",
        f"station:{doubt.station_id}",
        doubt.station.area.code,
        at=doubt.at,
        until=until,
        quantity=doubt.quantity,
        before=doubt.value,
        value=value,
        readings=len(changed),
    )
    _look_again(caller, doubt.station, {reading.at for reading in changed})
    since = doubt.at.astimezone(timezone(chain.offset_of(doubt.station))).date()
    return chain.rerun(doubt.station, since)


def _look_again(caller: Caller, station: Station, moments: set[datetime]) -> None:
    """Settle the doubts that a correction by hand has answered along with its own."""
    around = station.observations.filter(at__gte=min(moments) - 2 * NEARBY, at__lte=max(moments) + 2 * NEARBY)
    rows = [
        Reading(station.code, at, at, daily, *values, row=number)
        for number, (at, daily, *values) in enumerate(
            around.order_by("at").values_list("at", "daily", *VALUES)
        )
    ]
    _settle_corrected(caller, rows, _suspicions(rows), {station.code: station}, {station.code: moments})


def _put_right(reading: Observation, quantity: str, value: float | None) -> None:
    """Set a value, and with it the humidity where that was computed from it."""
    derived = (
        None not in (reading.temperature, reading.dew_point, reading.humidity)
        and relative_humidity(reading.temperature, reading.dew_point) == reading.humidity
    )
    setattr(reading, quantity, value)
    if derived and quantity in ("temperature", "dew_point"):
        known = None not in (reading.temperature, reading.dew_point)
        try:
            reading.humidity = relative_humidity(reading.temperature, reading.dew_point) if known else None
        except ImpossibleWeather as impossible:
            raise RuleBroken(impossible.message.in_language(get_language() or "zh"), "value") from impossible


def standing_corrections(caller: Caller, station: Station, rows: Sequence[Reading]) -> list[Reading]:
    """The rows with every value replaced that somebody here has corrected before; other rows as they are."""
    caller.must("danger.import")
    corrected = list(DoubtfulValue.objects.filter(station=station, by_hand=True))
    if not corrected:
        return list(rows)
    singles = {(one.at, one.daily, one.quantity): one for one in corrected if one.until is None}
    spans = [one for one in corrected if one.until is not None]
    return [_corrected(row, singles, spans) for row in rows]


def _corrected(row: Reading, singles: dict[tuple, DoubtfulValue], spans: Sequence[DoubtfulValue]) -> Reading:
    right: dict[str, float | None] = {
        span.quantity: None for span in spans if span.daily == row.daily and span.at <= row.utc <= span.until
    }
    for quantity in VALUES:
        known = singles.get((row.utc, row.daily, quantity))
        if known is not None and known.value == getattr(row, quantity):
            right[quantity] = known.corrected_to
    if not right:
        return row
    holder = Observation(**{name: getattr(row, name) for name in VALUES})
    for quantity, value in right.items():
        _put_right(holder, quantity, value)
    return replace(row, **{name: getattr(holder, name) for name in VALUES})
