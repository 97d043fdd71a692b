"""Brings stations' noon weather to a point (a village, a site): by distance, and by height above the sea.

Weights. With two or more stations within a radius their values are weighted by 1 / distance²; otherwise the
nearest station's values are taken. A station at the point itself (within a metre) gives its values alone.

Height. Each station's values are first brought to the point's elevation, then weighted:

- temperature changes by a lapse rate, by default −6.5 °C/km, that of the ICAO standard atmosphere (ICAO Doc
  7488, layer from the sea to 11 km). At noon of a dry day the true rate is often nearer −9.8, in an
  inversion even its sign is another; the rate is the caller's choice;
- vapour is held: the vapour pressure, and with it the dew point, stay those of the station, and relative
  humidity is computed anew from it and the new temperature (Magnus, as in `weather.relative_humidity`), at
  most 100 %. Water content of the air falls with height more slowly than its temperature; holding it is the
  simplest treatment that neither dries nor wets the air;
- wind and rain are not corrected: how they change with height depends on slope and exposure.

Where the elevation of the station or of the point is not known nothing is corrected, and the part says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import Literal, NamedTuple

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid, Moritz (2000)
DEFAULT_RADIUS_KM = 30.0
POWER = 2.0
STANDARD_LAPSE = -6.5
"""Change of temperature with height [°C/km], ICAO standard atmosphere."""

Method = Literal["nearest", "inverse-distance"]
WEATHER = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True, slots=True)
class StationPlace:
    """Where a station stands: degrees north, degrees east, elevation [m] or None where not known."""

    code: str
    latitude: float
    longitude: float
    elevation: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one station gives to a point.

    Distance [km], weight [0 to 1], how much higher the point lies than the station [m], None where either
    elevation is not known, and what the lapse rate adds to the station's temperature [°C].
    """

    code: str
    distance_km: float
    weight: float
    higher_m: float | None = None
    correction: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How a point is made of its stations; the weights add up to 1, the nearest station comes first."""

    method: Method
    parts: tuple[Part, ...]
    shares: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the weights alone, because they are multiplied with every day's values."""
        object.__setattr__(self, "shares", tuple(part.weight for part in self.parts))


class NoonValues(NamedTuple):
    """Temperature [°C], relative humidity [%], wind [km/h] and rain [mm]; None where missing."""

    temperature: float | None
    humidity: float | None
    wind: float | None
    rain: float | None

    @property
    def whole(self) -> bool:
        """Nothing is missing."""
        return None not in (self.temperature, self.humidity, self.wind, self.rain)


def great_circle_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Return the great-circle distance between two points in degrees [km], by the haversine formula."""
    phi_a, phi_b = math.radians(latitude_a), math.radians(latitude_b)
    half_lat = math.sin((phi_b - phi_a) / 2.0)
    half_lon = math.sin(math.radians(longitude_b - longitude_a) / 2.0)
    chord = half_lat**2 + math.cos(phi_a) * math.cos(phi_b) * half_lon**2
    return 2.0 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def weigh(
    latitude: float,
    longitude: float,
    elevation: float | None,
    stations: Iterable[StationPlace],
    *,
    lapse: float = STANDARD_LAPSE,
    radius_km: float = DEFAULT_RADIUS_KM,
    farthest_km: float = math.inf,
) -> Weights | None:
    """Return how a point (degrees, m) is made of stations, or None when none lies within `farthest_km`.

    `lapse` is the change of temperature with height [°C/km]. Ties in distance go to the lower code.
    """
    near = sorted(
        (
            (great_circle_km(latitude, longitude, one.latitude, one.longitude), one.code, one.elevation)
            for one in stations
        ),
        key=lambda entry: entry[:2],
    )
    near = [entry for entry in near if entry[0] <= farthest_km]
    if not near:
        return None
    within = [entry for entry in near if entry[0] <= radius_km]
    if len(within) < 2 or near[0][0] < 0.001:
        return Weights("nearest", (_part(near[0], 1.0, elevation, lapse),))
    raw = [(near[0][0] / entry[0]) ** POWER for entry in within]
    total = math.fsum(raw)
    parts = (_part(entry, w / total, elevation, lapse) for entry, w in zip(within, raw, strict=True))
    return Weights("inverse-distance", tuple(parts))


def _part(
    entry: tuple[float, str, float | None], weight: float, elevation: float | None, lapse: float
) -> Part:
    distance, code, station_elevation = entry
    if elevation is None or station_elevation is None:
        return Part(code, distance, weight)
    higher = elevation - station_elevation
    return Part(code, distance, weight, higher, lapse * higher / 1000.0)


def at_elevation(temperature: float, humidity: float, correction: float) -> tuple[float, float]:
    """Return temperature [°C] and relative humidity [%] after a correction of temperature [°C], vapour held.

    e = RH · es(T) stays what it was, so RH' = RH · es(T) / es(T'), at most 100; no correction returns the
    values untouched.
    """
    if correction == 0.0:
        return temperature, humidity
    corrected = temperature + correction
    ratio = math.exp(17.62 * temperature / (243.12 + temperature) - 17.62 * corrected / (243.12 + corrected))
    return corrected, min(100.0, humidity * ratio)


def noon_at(weights: Weights, values: Sequence[NoonValues]) -> NoonValues:
    """Return the noon weather of a point from that of its stations, in the order of the weights' parts.

    A value that one of the stations lacks is missing at the point; leave incomplete stations out of `weigh`
    to have it from the others. Each value stays within the range of the stations' corrected ones.
    """
    raised = [_raised(part.correction, one) for part, one in zip(weights.parts, values, strict=True)]
    if len(raised) == 1:
        return NoonValues(*raised[0])
    shares = weights.shares
    return NoonValues(*[_mean(shares, found) for found in zip(*raised, strict=True)])


def _raised(correction: float, one: NoonValues) -> tuple[float | None, ...]:
    if correction == 0.0 or one.temperature is None or one.humidity is None:
        return one.temperature, one.humidity, one.wind, one.rain
    return *at_elevation(one.temperature, one.humidity, correction), one.wind, one.rain


def _mean(shares: Sequence[float], values: Sequence[float | None]) -> float | None:
    if None in values:
        return None
    mean = sum(map(mul, shares, values))
    # Rounding must not carry the mean outside the values it is made of.
    return min(max(mean, min(values)), max(values))
