"""What the stations' days make of any place: noon weather and extremes, brought there by distance and height."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from fenghuo.core.danger.bounds import BOUNDS
from fenghuo.core.danger.interpolate import NoonValues, StationPlace, Weights, noon_at, weigh
from fenghuo.desk.places.models import Area, Site

from .models import AreaRating, PlaceDay, Policy, SiteRating, Station, StationDay

NOTHING = NoonValues(None, None, None, None)
_NAMES = ("temperature", "humidity", "wind", "rain")
INHERITED = ("noon-shifted", "rain-incomplete")
"""Marks of a station's weather that hold for the places it is brought to."""


@dataclass(frozen=True)
class Place:
    """A village or a site that can be rated: it has coordinates.

    Where a site has no elevation of its own its village's stands in, and `stands_in` says so.
    """

    of: Area | Site
    area: Area
    latitude: float
    longitude: float
    elevation: float | None
    stands_in: bool = False

    @property
    def model(self) -> type[PlaceDay]:
        """The table that its days are kept in."""
        return AreaRating if isinstance(self.of, Area) else SiteRating

    @property
    def key(self) -> dict[str, Any]:
        """Which rows of that table are its own."""
        return {"area": self.of} if isinstance(self.of, Area) else {"site": self.of}


def place_of(one: Area | Site) -> Place | None:
    """The place that a village or a site is; None without coordinates."""
    if one.latitude is None or one.longitude is None:
        return None
    if isinstance(one, Area):
        return Place(one, one, one.latitude, one.longitude, one.elevation)
    if one.elevation is not None:
        return Place(one, one.area, one.latitude, one.longitude, one.elevation)
    stands_in = one.area.elevation is not None
    return Place(one, one.area, one.latitude, one.longitude, one.area.elevation, stands_in)


def villages(within: str = "", *, boundaries: bool = False) -> list[Place]:
    """Every village with coordinates in the area coded `within`.

    What is brought to a point asks for no boundary, and boundaries are long: they are read where they are wanted.
    """
    found = Area.objects.filter(level=Area.Level.VILLAGE, code__startswith=within)
    return _placed(found if boundaries else found.defer("boundary"))


def places(within: str = "", *, boundaries: bool = False) -> list[Place]:
    """Every village and site with coordinates in the area coded `within`; `boundaries` are those of villages."""
    sites = Site.objects.filter(area__code__startswith=within).select_related("area")
    return [*villages(within, boundaries=boundaries), *_placed(sites.defer("area__boundary"))]


def _placed(found: Iterable[Area | Site]) -> list[Place]:
    return [place for one in found if (place := place_of(one))]


class Made(NamedTuple):
    """Values at a place, the method and the stations they were made by; without any station both are empty."""

    values: NoonValues
    method: str = ""
    parts: tuple[dict[str, Any], ...] = ()
    marks: tuple[str, ...] = ()


def _stored(weights: Weights) -> tuple[dict[str, Any], ...]:
    """The stations as they are stored and shown."""
    return tuple(
        {
            "station": part.code,
            "km": round(part.distance_km, 2),
            "weight": round(part.weight, 4),
            "higher": None if part.higher_m is None else round(part.higher_m, 1),
            "correction": round(part.correction, 2) + 0.0,
        }
        for part in weights.parts
    )


class Field:
    """One kind of weather of every station on every day; `marks` are those of a station's day."""

    def __init__(
        self,
        stations: Mapping[str, StationPlace],
        values: Mapping[date, Mapping[str, NoonValues]],
        marks: Mapping[tuple[date, str], tuple[str, ...]] | None = None,
    ):
        self.stations = stations
        self.values = values
        self.marks = marks or {}
        self._marked = {day for (day, _code), of_station in self.marks.items() if of_station}
        # Which stations there are to choose from is the same for every place.
        self._whole = {
            day: tuple(sorted(code for code, one in of_day.items() if one.whole))
            for day, of_day in values.items()
        }

    def over(self, place: Place, policy: Policy, first: date, last: date) -> list[Made]:
        """What the stations make of the place on every day from `first` to `last`."""
        known: dict[tuple[str, ...], tuple[Weights | None, tuple]] = {}
        made = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            codes, radius = self._whole.get(day, ()), policy.radius_km
            if not codes:  # then the nearest station says at least what there is
                codes, radius = ("", *sorted(self.values.get(day, ()))), 0.0
            if codes not in known:
                weights = weigh(
                    place.latitude,
                    place.longitude,
                    place.elevation,
                    [self.stations[code] for code in codes if code],
                    lapse=policy.lapse_rate,
                    radius_km=radius,
                )
                known[codes] = weights, _stored(weights) if weights else ()
            made.append(self._at(day, *known[codes]))
        return made

    def _at(self, day: date, weights: Weights | None, parts: tuple) -> Made:
        if weights is None:
            return Made(NOTHING)
        of_day = self.values[day]
        values = noon_at(weights, [of_day[part.code] for part in weights.parts])
        # A height typed in wrongly must not stop everybody's ratings.
        if values.temperature is not None and not BOUNDS["temperature"].holds(values.temperature):
            values = NOTHING
        marks: tuple[str, ...] = ()
        if day in self._marked:
            of_parts = {mark for part in weights.parts for mark in self.marks.get((day, part.code), ())}
            marks = tuple(mark for mark in INHERITED if mark in of_parts)
        return Made(values, weights.method, parts, marks)


@dataclass(frozen=True)
class StationNoon:
    """One station's day as places take it: noon weather, its marks, and its extremes as they are stored."""

    values: NoonValues
    marks: tuple[str, ...] = ()
    extremes: Mapping[str, Any] | None = None


class Sky:
    """The days of the stations, by date and station code: observed ones, or those of a forecast."""

    def __init__(self, days: Mapping[date, Mapping[str, StationNoon]]):
        self.days = days
        self.last = max(days, default=None)
        where = {
            one.code: StationPlace(one.code, one.latitude, one.longitude, one.elevation)
            for one in Station.objects.all()
        }
        self.noon = Field(
            where,
            {day: {code: one.values for code, one in of_day.items()} for day, of_day in days.items()},
            {(day, code): one.marks for day, of_day in days.items() for code, one in of_day.items()},
        )
        self.extremes = Field(
            where,
            {
                day: {
                    code: NoonValues(*(one.extremes.get(name) for name in _NAMES))
                    for code, one in of_day.items()
                    if one.extremes
                }
                for day, of_day in days.items()
                if any(one.extremes for one in of_day.values())
            },
        )

    @classmethod
    def observed(cls, since: date) -> "Sky":
        """What is stored of every station from `since` on."""
        codes = dict(Station.objects.values_list("pk", "code"))
        days: dict[date, dict[str, StationNoon]] = {}
        rows = StationDay.objects.filter(date__gte=since).values_list(
            "date", "station_id", *_NAMES, "marks", "extremes"
        )
        for day, pk, temperature, humidity, wind, rain, marks, extremes in rows.iterator(chunk_size=5000):
            values = NoonValues(temperature, humidity, wind, rain)
            days.setdefault(day, {})[codes[pk]] = StationNoon(values, tuple(marks), extremes)
        return cls(days)
