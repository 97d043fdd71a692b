"""The Canadian Forest Fire Weather Index System, one day at a time, in plain floats.

Follows Van Wagner (1987), Forestry Technical Report 35, in the equations of Van Wagner & Pickett (1985),
Forestry Technical Report 33, whose numbers are cited below. Where programs and reports part ways the choice
has a name in `Options`:

- `ffmc_constant`: 147.2 is printed in both reports (the default); 250 · 59.5 / 101 = 147.27723 is what newer
  programs use, so that a moisture of 250 % is exactly code 0.
- `dmc_rain`: `program` computes Eqs. 12 and 15 as the widespread programs do (the default); `printed` as the
  reports print them. They differ by up to 0.2 in DMC and 0.4 in FWI.
- `latitude_bands`: `xclim` changes day length at ±15° and ±30° and the DC factor at ±15°, 1.39 in between
  (the default); `cffdrs` at ±10° and ±30°, and at ±20° with 1.4. North of 30° N both are the reports' table.

Weather is that of noon local standard time; rain is the sum of the 24 hours that end then.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from fenghuo.core.danger.bounds import BOUNDS, require

FFMC_CONSTANT_1985 = 147.2
FFMC_CONSTANT_EXACT = 250.0 * 59.5 / 101.0

DmcRain = Literal["program", "printed"]
LatitudeBands = Literal["xclim", "cffdrs"]


@dataclass(frozen=True, slots=True)
class Options:
    """The named choices of the system; see the module's header for what each means."""

    ffmc_constant: float = FFMC_CONSTANT_1985
    dmc_rain: DmcRain = "program"
    latitude_bands: LatitudeBands = "xclim"

    def __post_init__(self) -> None:
        """Refuse a choice that does not exist, so that a misspelt setting never computes silently."""
        if not 147.0 <= self.ffmc_constant <= 147.5:
            raise ValueError(f"ffmc_constant {self.ffmc_constant!r}: use 147.2 or 250 * 59.5 / 101")
        if self.dmc_rain not in ("program", "printed"):
            raise ValueError(f"dmc_rain {self.dmc_rain!r}: use 'program' or 'printed'")
        if self.latitude_bands not in ("xclim", "cffdrs"):
            raise ValueError(f"latitude_bands {self.latitude_bands!r}: use 'xclim' or 'cffdrs'")


DEFAULT = Options()
_TEMPERATURE, _HUMIDITY, _WIND, _RAIN = (BOUNDS[n] for n in ("temperature", "humidity", "wind", "rain"))
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Codes:
    """The three moisture codes that a day hands to the next [1]."""

    ffmc: float
    dmc: float
    dc: float


START = Codes(ffmc=85.0, dmc=6.0, dc=15.0)
"""Start values of a season, Van Wagner & Pickett (1985)."""


@dataclass(frozen=True, slots=True)
class Weather:
    """Noon temperature [°C], relative humidity [%], 10 m wind [km/h]; rain of the 24 h before [mm]."""

    temperature: float
    humidity: float
    wind: float
    rain: float


@dataclass(frozen=True, slots=True)
class Day:
    """The codes and indices of one day [1]."""

    ffmc: float
    dmc: float
    dc: float
    isi: float
    bui: float
    fwi: float
    dsr: float

    @property
    def codes(self) -> Codes:
        """The part of the day that the next day starts from."""
        return Codes(self.ffmc, self.dmc, self.dc)


def step(codes: Codes, weather: Weather, month: int, latitude: float, options: Options = DEFAULT) -> Day:
    """Compute one day from yesterday's codes and today's noon weather.

    `month` is 1 to 12, `latitude` in degrees, north positive. Raises `ImpossibleWeather` (a ValueError) that
    names the broken rule, and ValueError for a month or latitude that does not exist.
    """
    if not (
        _TEMPERATURE.holds(weather.temperature)
        and _HUMIDITY.holds(weather.humidity)
        and _WIND.holds(weather.wind)
        and _RAIN.holds(weather.rain)
    ):
        for quantity in ("temperature", "humidity", "wind", "rain"):
            require(quantity, getattr(weather, quantity))
    if month not in _MONTHS:
        raise ValueError(f"month {month!r} is not 1 to 12")
    if not -90.0 <= latitude <= 90.0:
        raise ValueError(f"latitude {latitude!r} is not within -90 to 90 degrees")
    ffmc = fine_fuel_moisture_code(codes.ffmc, weather, options)
    dmc = duff_moisture_code(codes.dmc, weather, month, latitude, options)
    dc = drought_code(codes.dc, weather, month, latitude, options)
    isi = initial_spread_index(ffmc, weather.wind, options)
    bui = buildup_index(dmc, dc)
    fwi = fire_weather_index(isi, bui)
    return Day(ffmc, dmc, dc, isi, bui, fwi, daily_severity_rating(fwi))


def _moisture(ffmc: float, constant: float) -> float:
    return constant * (101.0 - ffmc) / (59.5 + ffmc)  # Eq. 1


def fine_fuel_moisture_code(yesterday: float, weather: Weather, options: Options = DEFAULT) -> float:
    """Return the FFMC [0 to 101], Eqs. 1 to 10."""
    t, h, w = weather.temperature, weather.humidity, weather.wind
    mo = _moisture(yesterday, options.ffmc_constant)
    if weather.rain > 0.5:
        rf = weather.rain - 0.5  # Eq. 2
        mr = mo + 42.5 * rf * math.exp(-100.0 / (251.0 - mo)) * (1.0 - math.exp(-6.93 / rf))  # Eq. 3a
        if mo > 150.0:
            mr += 0.0015 * (mo - 150.0) ** 2 * math.sqrt(rf)  # Eq. 3b
        mo = min(mr, 250.0)
    vapour = 0.18 * (21.1 - t) * (1.0 - math.exp(-0.115 * h))
    ed = 0.942 * h**0.679 + 11.0 * math.exp((h - 100.0) / 10.0) + vapour  # Eq. 4
    ew = 0.618 * h**0.753 + 10.0 * math.exp((h - 100.0) / 10.0) + vapour  # Eq. 5
    warmth = 0.581 * math.exp(0.0365 * t)
    if mo > ed:
        ko = 0.424 * (1.0 - (h / 100.0) ** 1.7) + 0.0694 * math.sqrt(w) * (1.0 - (h / 100.0) ** 8)  # Eq. 6a
        m = ed + (mo - ed) * 10.0 ** -(ko * warmth)  # Eqs. 6b and 8
    elif mo < ew:
        dry = (100.0 - h) / 100.0
        kl = 0.424 * (1.0 - dry**1.7) + 0.0694 * math.sqrt(w) * (1.0 - dry**8)  # Eq. 7a
        m = ew - (ew - mo) * 10.0 ** -(kl * warmth)  # Eqs. 7b and 9
    else:
        m = mo  # between the wetting and the drying equilibrium nothing moves
    return min(max(59.5 * (250.0 - m) / (options.ffmc_constant + m), 0.0), 101.0)  # Eq. 10


def duff_moisture_code(
    yesterday: float, weather: Weather, month: int, latitude: float, options: Options = DEFAULT
) -> float:
    """Return the DMC [0 and up], Eqs. 11 to 17."""
    p = yesterday
    if weather.rain > 1.5:
        re = 0.92 * weather.rain - 1.27  # Eq. 11
        if options.dmc_rain == "printed":
            mo = 20.0 + math.exp(5.6348 - p / 43.43)  # Eq. 12
        else:
            mo = 20.0 + 280.0 / math.exp(0.023 * p)  # Eq. 12 as programs have it
        if p <= 33.0:
            b = 100.0 / (0.5 + 0.3 * p)  # Eq. 13a
        elif p <= 65.0:
            b = 14.0 - 1.3 * math.log(p)  # Eq. 13b
        else:
            b = 6.2 * math.log(p) - 17.2  # Eq. 13c
        mr = mo + 1000.0 * re / (48.77 + b * re)  # Eq. 14
        if options.dmc_rain == "printed":
            p = 244.72 - 43.43 * math.log(mr - 20.0)  # Eq. 15
        else:
            p = 43.43 * (5.6348 - math.log(mr - 20.0))  # Eq. 15 as programs have it
        p = max(p, 0.0)
    t = max(weather.temperature, -1.1)
    hours = day_length(month, latitude, options.latitude_bands)
    return p + 1.894 * (t + 1.1) * (100.0 - weather.humidity) * hours * 1e-4  # Eqs. 16 and 17


def drought_code(
    yesterday: float, weather: Weather, month: int, latitude: float, options: Options = DEFAULT
) -> float:
    """Return the DC [0 and up], Eqs. 18 to 23."""
    d = yesterday
    if weather.rain > 2.8:
        rd = 0.83 * weather.rain - 1.27  # Eq. 18
        qo = 800.0 * math.exp(-d / 400.0)  # Eq. 19
        d = max(d - 400.0 * math.log(1.0 + 3.937 * rd / qo), 0.0)  # Eqs. 20 and 21
    t = max(weather.temperature, -2.8)
    factor = day_length_factor(month, latitude, options.latitude_bands)
    v = max(0.36 * (t + 2.8) + factor, 0.0)  # Eq. 22
    return d + 0.5 * v  # Eq. 23


def initial_spread_index(ffmc: float, wind: float, options: Options = DEFAULT) -> float:
    """Return the ISI [0 and up] for a 10 m wind in km/h, Eqs. 24 to 26."""
    m = _moisture(ffmc, options.ffmc_constant)
    wind_effect = math.exp(0.05039 * wind)  # Eq. 24
    fuel_effect = 91.9 * math.exp(-0.1386 * m) * (1.0 + m**5.31 / 4.93e7)  # Eq. 25
    return 0.208 * wind_effect * fuel_effect  # Eq. 26


def buildup_index(dmc: float, dc: float) -> float:
    """Return the BUI [0 and up], Eqs. 27a and 27b."""
    both = dmc + 0.4 * dc
    if both == 0.0:  # also where the smallest numbers there are leave nothing of it
        return 0.0
    if dmc <= 0.4 * dc:
        return 0.8 * dmc * dc / both  # Eq. 27a
    u = dmc - (1.0 - 0.8 * dc / both) * (0.92 + (0.0114 * dmc) ** 1.7)  # Eq. 27b
    return max(u, 0.0)


def fire_weather_index(isi: float, bui: float) -> float:
    """Return the FWI [0 and up], Eqs. 28 to 30."""
    if bui <= 80.0:
        duff_effect = 0.626 * bui**0.809 + 2.0  # Eq. 28a
    else:
        duff_effect = 1000.0 / (25.0 + 108.64 * math.exp(-0.023 * bui))  # Eq. 28b
    b = 0.1 * isi * duff_effect  # Eq. 29
    if b <= 1.0:
        return b  # Eq. 30b
    return math.exp(2.72 * (0.434 * math.log(b)) ** 0.647)  # Eq. 30a


def daily_severity_rating(fwi: float) -> float:
    """Return the DSR [0 and up], Eq. 31 (Eq. 41 of the 1987 report)."""
    return 0.0272 * fwi**1.77


# Effective day length Le of the DMC [h], January to December, from south to north: Van Wagner (1987) for
# 46° N (the last row); the others (40° S, 20° S, equator, 20° N) are those of the current programs.
HOURS_TABLE: tuple[tuple[float, ...], ...] = (
    (11.5, 10.5, 9.2, 7.9, 6.8, 6.2, 6.5, 7.4, 8.7, 10.0, 11.2, 11.8),
    (10.1, 9.6, 9.1, 8.5, 8.1, 7.8, 7.9, 8.3, 8.9, 9.4, 9.9, 10.2),
    (9.0,) * 12,
    (7.9, 8.4, 8.9, 9.5, 9.9, 10.2, 10.1, 9.7, 9.1, 8.6, 8.1, 7.8),
    (6.5, 7.5, 9.0, 12.8, 13.9, 13.9, 12.4, 10.9, 9.4, 8.0, 7.0, 6.0),
)
# Day-length factor Lf of the DC [1], January to December: Van Wagner (1987); the south is shifted six months.
_NORTH_FACTOR = (-1.6, -1.6, -1.6, 0.9, 3.8, 5.8, 6.4, 5.0, 2.4, 0.4, -1.6, -1.6)
_SOUTH_FACTOR = (6.4, 5.0, 2.4, 0.4, -1.6, -1.6, -1.6, -1.6, -1.6, 0.9, 3.8, 5.8)
FACTOR_TABLE: dict[LatitudeBands, tuple[tuple[float, ...], ...]] = {
    "xclim": (_SOUTH_FACTOR, (1.39,) * 12, _NORTH_FACTOR),
    "cffdrs": (_SOUTH_FACTOR, (1.4,) * 12, _NORTH_FACTOR),
}
# Latitudes [degrees north] that part the rows of the two tables, from south to north.
HOURS_LIMITS: dict[LatitudeBands, tuple[float, ...]] = {
    "xclim": (-30.0, -15.0, 15.0, 30.0),
    "cffdrs": (-30.0, -10.0, 10.0, 30.0),
}
FACTOR_LIMITS: dict[LatitudeBands, tuple[float, ...]] = {"xclim": (-15.0, 15.0), "cffdrs": (-20.0, 20.0)}
# To which side a limit itself belongs.
LIMIT_BELONGS: dict[LatitudeBands, Literal["north", "south"]] = {"xclim": "north", "cffdrs": "south"}


def day_length(month: int, latitude: float, bands: LatitudeBands) -> float:
    """Return the effective day length of the DMC [h] for a month and latitude [degrees]."""
    return HOURS_TABLE[_band(HOURS_LIMITS[bands], latitude, bands)][month - 1]


def day_length_factor(month: int, latitude: float, bands: LatitudeBands) -> float:
    """Return the day-length factor of the DC [1] for a month and latitude [degrees]."""
    return FACTOR_TABLE[bands][_band(FACTOR_LIMITS[bands], latitude, bands)][month - 1]


def _band(limits: tuple[float, ...], latitude: float, bands: LatitudeBands) -> int:
    side = bisect_right if LIMIT_BELONGS[bands] == "north" else bisect_left
    return side(limits, latitude)
