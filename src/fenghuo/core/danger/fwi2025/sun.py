"""Sunrise, sunset and the sun's strength at a place, as FWI2025 estimates them from the calendar and the air.

The position of the sun is the low-precision Fourier series of Spencer (1971) in the form of the NOAA solar
calculator, taken once a day at noon; sunrise and sunset are those of a zenith of 90.833° (refraction and the
sun's radius). The radiation at the ground is 0.92 kW/m² times the cosine of the zenith, dimmed by humid air:
the drier the air (vapour pressure deficit), the clearer it is taken to be. These are the equations of
`get_sunlight` in cffdrs-ng (Natural Resources Canada), and the constants are its.

Hours are hours of the place's clock, in standard time; sunset may lie beyond 24 and sunrise before 0 where the
clock is far from the sun.
"""

from __future__ import annotations

import math
from calendar import isleap
from dataclasses import dataclass
from datetime import date

ZENITH_AT_RISE = math.radians(90.833)
CLEAR_SKY = 0.92
"""Radiation at the ground under a sun in the zenith and perfectly clear air [kW/m²]."""
CLEARING = 0.22
"""How fast a vapour pressure deficit clears the air [1/hPa]."""
FAINT = 1e-4
"""Radiation below this is none [kW/m²]."""


@dataclass(frozen=True, slots=True)
class Place:
    """Latitude and longitude [degrees, north and east positive]; its clock's offset from UTC [h]."""

    latitude: float
    longitude: float
    utc_offset: float

    def __post_init__(self) -> None:
        """Refuse a place that is not on the earth and a clock that nobody keeps."""
        if not -90.0 <= self.latitude <= 90.0:
            raise ValueError(f"latitude {self.latitude!r} is not within -90 to 90 degrees")
        if not -180.0 <= self.longitude <= 360.0:
            raise ValueError(f"longitude {self.longitude!r} is not within -180 to 360 degrees")
        if not -14.0 <= self.utc_offset <= 14.0:
            raise ValueError(f"utc_offset {self.utc_offset!r} is not within -14 to 14 hours")


@dataclass(frozen=True, slots=True)
class SolarDay:
    """One day's sunrise and sunset [h of the clock], the sun's declination [rad] and the equation of time [min]."""

    sunrise: float
    sunset: float
    declination: float
    equation_of_time: float

    @property
    def sunlight(self) -> float:
        """How long the sun is up [h]."""
        return self.sunset - self.sunrise


def declination_and_equation_of_time(day: date) -> tuple[float, float]:
    """Return the sun's declination [rad] and the equation of time [min] of a calendar day."""
    days = 366 if isleap(day.year) else 365
    angle = 2.0 * math.pi * (day.timetuple().tm_yday - 1) / days
    one, two, three = angle, 2.0 * angle, 3.0 * angle
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(one)
        - 0.032077 * math.sin(one)
        - 0.014615 * math.cos(two)
        - 0.040849 * math.sin(two)
    )
    declination = (
        0.006918
        - 0.399912 * math.cos(one)
        + 0.070257 * math.sin(one)
        - 0.006758 * math.cos(two)
        + 0.000907 * math.sin(two)
        - 0.002697 * math.cos(three)
        + 0.00148 * math.sin(three)
    )
    return declination, equation


def solar_day(day: date, place: Place) -> SolarDay:
    """Return the sun's day at a place; under the midnight sun it lasts 24 hours, in the polar night none."""
    declination, equation = declination_and_equation_of_time(day)
    latitude = math.radians(place.latitude)
    cosine = math.cos(ZENITH_AT_RISE) / (math.cos(latitude) * math.cos(declination))
    cosine -= math.tan(latitude) * math.tan(declination)
    half = math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
    noon = (720.0 - 4.0 * place.longitude - equation) / 60.0 + place.utc_offset
    return SolarDay(noon - half / 15.0, noon + half / 15.0, declination, equation)


def solar_radiation(sun: SolarDay, place: Place, hour: float, temperature: float, humidity: float) -> float:
    """Return the radiation [kW/m²] at an hour of the clock, in air of a temperature [°C] and humidity [%]."""
    minutes = 60.0 * (hour - place.utc_offset) + 4.0 * place.longitude + sun.equation_of_time
    latitude = math.radians(place.latitude)
    height = math.sin(latitude) * math.sin(sun.declination)
    height += math.cos(latitude) * math.cos(sun.declination) * math.cos(math.radians(minutes / 4.0 - 180.0))
    deficit = 6.11 * (1.0 - humidity / 100.0) * math.exp(17.29 * temperature / (temperature + 237.3))
    radiation = CLEAR_SKY * max(height, 0.0) * (1.0 - math.exp(-CLEARING * deficit))
    return radiation if radiation >= FAINT else 0.0


def is_day(hour: float, sun: SolarDay) -> bool:
    """True while duff and deep layers dry: from sunrise to sunset, both included.

    Where the sun sets after midnight of the clock, the hours before six also count as hours 24 to 30 of the
    day before; as in the reference program it is the sunset of their own date that they are held against.
    """
    return sun.sunrise <= hour <= sun.sunset or (hour < 6.0 and sun.sunrise <= hour + 24.0 <= sun.sunset)
