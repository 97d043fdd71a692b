"""A weather file read as this desk reads it: its zone, its stations, and columns as somebody once named them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.danger.finding import Finding
from fenghuo.core.danger.interpolate import great_circle_km
from fenghuo.core.danger.io import headers, stations
from fenghuo.core.danger.observation import Observation as Reading
from fenghuo.desk.danger import chain
from fenghuo.desk.danger.models import ColumnMapping, Station

NEAREST_KM = 25.0
"""How far a place of an Open-Meteo file may lie from the station that it is taken for."""


@dataclass(frozen=True)
class Found:
    """What a forecast file held: its rows by station code, and a finding for each rejected value."""

    rows: dict[str, Sequence[Reading]]
    rejected: tuple[Finding, ...]


def observed(
    caller: Caller, source: BinaryIO | bytes | str, station: Station | None
) -> tuple[stations.Reading, ColumnMapping | None]:
    """A station file's rows, and the remembered columns that it was read by, if it was.

    Raises headers.UnknownColumns where somebody has to name the columns, UnreadableStations for any other file
    that cannot be read.
    """
    used: list[ColumnMapping] = []

    def remembered(signature: str) -> headers.Mapping | None:
        kept = mapping_for(caller, signature)
        if kept is None:
            return None
        used.append(kept)
        return headers.Mapping.from_dict(kept.columns)

    offset = chain.offset_of(station) if station else stations.BEIJING
    found = stations.read(
        source, offset=offset, station=station.code if station else "", remembered=remembered
    )
    return found, used[0] if used else None


def forecast(caller: Caller, source: BinaryIO | bytes | str, station: Station | None) -> Found:
    """A forecast file's rows: a table as stations write it, or the JSON that Open-Meteo answers."""
    content = source if isinstance(source, bytes) else _content(source)
    if content.lstrip()[:1] in (b"{", b"["):
        return _from_json(caller, content, station)
    found, _mapping = observed(caller, content, station)
    return Found(found.by_station(), found.rejected)


def _content(source: BinaryIO | str) -> bytes:
    if not isinstance(source, str):
        return source.read()
    with open(source, "rb") as file:
        return file.read()


def _from_json(caller: Caller, content: bytes, station: Station | None) -> Found:
    from fenghuo.core.danger.io import open_meteo  # read when asked: few files are JSON

    answer = open_meteo.read(content)
    if station is not None and len(answer.places) == 1:
        return Found({station.code: answer.observations}, answer.rejected)
    known = list(Station.objects.filter(area__code__startswith=caller.area))
    by_place = answer.by_station()
    rows: dict[str, Sequence[Reading]] = {}
    for place in answer.places:
        nearest = min(
            known,
            key=lambda one: great_circle_km(place.latitude, place.longitude, one.latitude, one.longitude),
            default=None,
        )
        if (
            nearest is None
            or nearest.code in rows
            or great_circle_km(place.latitude, place.longitude, nearest.latitude, nearest.longitude)
            > NEAREST_KM
        ):
            raise RuleBroken(
                _(
                    "The file's place at %(latitude).2f, %(longitude).2f is not within %(km).0f km of a station of "
                    "its own. Name the station that the file belongs to. Nothing was imported."
                )
                % {"latitude": place.latitude, "longitude": place.longitude, "km": NEAREST_KM},
                "station",
            )
        rows[nearest.code] = by_place.get(place.station, [])
    return Found(rows, answer.rejected)


def mapping_for(caller: Caller, signature: str) -> ColumnMapping | None:
    """The columns remembered for files with this header, by the caller's desk before any desk above it."""
    kept = ColumnMapping.objects.filter(signature=signature).select_related("area").order_by("-area__code")
    return next(
        (one for one in kept if caller.sees(one.area.code) or (caller.area or "").startswith(one.area.code)),
        None,
    )


def station_named(caller: Caller, code: str) -> Station:
    """The station of this code in the caller's area, or the only one where a file names none."""
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
