"""Gives a point (a village, a site) a value from its stations: the nearest, or several by distance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid, Moritz (2000)
DEFAULT_RADIUS_KM = 30.0
POWER = 2.0

Method = Literal["nearest", "inverse-distance"]


@dataclass(frozen=True, slots=True)
class StationValue:
    """A station's place [degrees north, degrees east] and its value, None on a day without one."""

    code: str
    latitude: float
    longitude: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one station gave to a point: its distance [km] and its weight [0 to 1]."""

    code: str
    distance_km: float
    weight: float


@dataclass(frozen=True, slots=True)
class PointValue:
    """The value at a point, how it was made and from which stations; the weights add up to 1."""

    value: float
    method: Method
    parts: tuple[Part, ...]


def great_circle_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Return the great-circle distance between two points in degrees [km], by the haversine formula."""
    phi_a, phi_b = math.radians(latitude_a), math.radians(latitude_b)
    half_lat = math.sin((phi_b - phi_a) / 2.0)
    half_lon = math.sin(math.radians(longitude_b - longitude_a) / 2.0)
    chord = half_lat**2 + math.cos(phi_a) * math.cos(phi_b) * half_lon**2
    return 2.0 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def at_point(
    latitude: float,
    longitude: float,
    stations: Iterable[StationValue],
    radius_km: float = DEFAULT_RADIUS_KM,
    farthest_km: float = math.inf,
) -> PointValue | None:
    """Return the value at a point in degrees, or None when no station within `farthest_km` has one.

    With two or more stations within `radius_km` their values are weighted by 1 / distance²; otherwise the
    nearest station's value is taken. Stations without a value count as not there. A station at the point
    itself (within a metre) gives its value alone. Ties go to the lower code.
    """
    near = sorted(
        (great_circle_km(latitude, longitude, one.latitude, one.longitude), one.code, one.value)
        for one in stations
        if one.value is not None
    )
    near = [entry for entry in near if entry[0] <= farthest_km]
    if not near:
        return None
    within = [entry for entry in near if entry[0] <= radius_km]
    distance, code, value = near[0]
    if len(within) < 2 or distance < 0.001:
        return PointValue(value, "nearest", (Part(code, distance, 1.0),))
    raw = [(distance / entry[0]) ** POWER for entry in within]
    total = math.fsum(raw)
    parts = tuple(Part(e[1], e[0], weight / total) for e, weight in zip(within, raw, strict=True))
    mean = math.fsum(part.weight * entry[2] for part, entry in zip(parts, within, strict=True))
    # Rounding must not carry the mean outside the values it is made of.
    values = [entry[2] for entry in within]
    return PointValue(min(max(mean, min(values)), max(values)), "inverse-distance", parts)
