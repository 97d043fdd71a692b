"""FWI2025 one hour at a time in plain floats: the readable reference that the kernel is held against.

Follows NG_FWI of cffdrs-ng (Natural Resources Canada); the names of its functions stand in the docstrings. Duff
and drought layers are carried as codes: the program's exponential drying of their moisture is, in the code, an
addition, so that a dry hour needs neither logarithm nor exponential and loses no digit. Where moisture would
fall below 0 % in the fine fuel (air near 60 °C and 3 %), where the program has no answer, it is 0.

The program's standard outputs (season 2007 at Petawawa, commit ed143d7) decide where its public versions differ
or leave a choice. They are equalled to the last printed digit only with these four:
- fine fuel between its two equilibria rests (version 2025-12-10 wets it: `Options.between`);
- a rain event passes a canopy's limit when its sum is above it as a decimal number, so that 0.6 + 2.2 mm has
  not passed 2.8 mm (`HAIR`);
- grass moister than 12 % follows the line for strong wind from 9.5 km/h, as if wind were rounded (`BREEZE`);
- duff at −0.002 °C still counts its temperature, at −0.41 °C it no longer does (`FROST`, set between them).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from fenghuo.core.danger.bounds import require
from fenghuo.core.danger.fwi import Weather, buildup_index, daily_severity_rating, fire_weather_index
from fenghuo.core.danger.fwi2025.options import DEFAULT, HOLD, GapPolicy, Options, percent_cured, stands
from fenghuo.core.danger.fwi2025.state import START, State, code_of
from fenghuo.core.danger.fwi2025.sun import Place, SolarDay, is_day, solar_day, solar_radiation

CANOPY_DRIES_IN = 5.0
"""Hours without rain after which the canopy is dry again and a new rain must wet it first [h]."""
FINE_FUEL_CANOPY, DUFF_CANOPY, DROUGHT_CANOPY = 0.5, 1.5, 2.8
"""Rain that the canopy keeps from each layer, once a rain event [mm]."""
HAIR = 1e-6
"""Sums of tenths of a millimetre that differ by less are the same sum [mm]."""
STANDING_SHARE = 0.06
"""Share of the rain that wets standing grass [1]."""
FROST = -0.05
"""At and below this temperature duff does not dry [°C]."""
BREEZE = 9.5
"""Wind from which moist grass follows the line for strong wind [km/h]."""
GSI_PER_SPREAD = 1.11
"""GSI of a rate of spread of 1 m/min."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What calendar and sun say of an hour.

    The hour of the clock [h] and its `SolarDay`, the radiation [kW/m²], the cured part of the grass [%],
    whether standing grass is the fuel.
    """

    hour: float
    sun: SolarDay
    radiation: float
    percent_cured: float
    standing: bool


@dataclass(frozen=True, slots=True)
class Hour:
    """The codes and indices of one hour [1], the moistures beneath them [%], and the state it ends in.

    `prec_cumulative` is the rain since the canopy was last dry [mm], `canopy_drying` the hours without rain
    since then [h]. `mark` is "" or `restart`.
    """

    mcffmc: float
    ffmc: float
    dmc: float
    dc: float
    isi: float
    bui: float
    fwi: float
    dsr: float
    mcgfmc_matted: float
    mcgfmc_standing: float
    gfmc: float
    gsi: float
    gfwi: float
    prec_cumulative: float
    canopy_drying: float
    moment: Moment
    state: State
    mark: str = ""


def moment(
    time: datetime,
    place: Place,
    weather: Weather,
    options: Options = DEFAULT,
    *,
    radiation: float | None = None,
    cured: float | None = None,
) -> Moment:
    """Return what calendar and sun say of an hour; `time` is local standard time.

    Observed radiation [kW/m²] and curing [%] go before the estimate and the default curve.
    """
    day = time.date()
    hour = time.hour + time.minute / 60.0
    sun = solar_day(day, place)
    if radiation is None:
        radiation = solar_radiation(sun, place, hour, weather.temperature, weather.humidity)
    if cured is None:
        cured = percent_cured(day, options.green_up)
    if not 0.0 <= cured <= 100.0:
        raise ValueError(f"percent cured {cured!r} is not within 0 to 100")
    if not radiation >= 0.0:
        raise ValueError(f"radiation {radiation!r} is below 0 kW/m2")
    return Moment(hour, sun, radiation, cured, stands(day, options))


def step(state: State, weather: Weather, now: Moment, options: Options = DEFAULT) -> Hour:
    """Compute one hour from the hour before and the hour's weather (rain: that of the hour [mm]).

    Raises `ImpossibleWeather` (a ValueError) that names the broken rule.
    """
    for quantity in ("temperature", "humidity", "wind", "rain"):
        require(quantity, getattr(weather, quantity))
    t, h, w, r = weather.temperature, weather.humidity, weather.wind, weather.rain
    before, dry_hours = canopy(state.rain, state.dry_hours, r)
    fine_fuel = fine_fuel_moisture(state.fine_fuel, t, h, w, through(before, r, FINE_FUEL_CANOPY), options)
    sunlit = is_day(now.hour, now.sun)
    dmc = duff_moisture_code(state.dmc, t, h, before, r, sunlit)
    dc = drought_code(state.dc, t, before, r, sunlit)
    matted = grass_moisture(state.grass_matted, t, h, w, r, now.radiation, options.grass_fuel_load)
    standing = grass_moisture(state.grass_standing, t, h, w, STANDING_SHARE * r, 0.0, options.grass_fuel_load)
    grass = standing if now.standing else matted
    isi = initial_spread_index(fine_fuel, w)
    bui = buildup_index(dmc, dc)
    fwi = fire_weather_index(isi, bui)
    gsi = grass_spread_index(grass, w, now.percent_cured, now.standing)
    return Hour(
        mcffmc=fine_fuel,
        ffmc=code_of(fine_fuel),
        dmc=dmc,
        dc=dc,
        isi=isi,
        bui=bui,
        fwi=fwi,
        dsr=daily_severity_rating(fwi),
        mcgfmc_matted=matted,
        mcgfmc_standing=standing,
        gfmc=grass_moisture_code(grass, w, now.percent_cured),
        gsi=gsi,
        gfwi=grass_fire_weather_index(gsi, options.grass_fuel_load),
        prec_cumulative=before + r,
        canopy_drying=dry_hours,
        moment=now,
        state=State(fine_fuel, dmc, dc, matted, standing, before + r, dry_hours, 0.0, state.time),
    )


def run(
    hours: Iterable[tuple[datetime, Weather | None]],
    place: Place,
    options: Options = DEFAULT,
    start: State = START,
    policy: GapPolicy = HOLD,
) -> list[Hour | None]:
    """Return one result for every hour given, None for a gap hour; the hours must follow each other.

    `hours` pairs local standard time with the hour's weather, None where any of it is missing. Resuming from
    the state of the last `Hour` is bit-identical to one continuous run; after a run that ended in gaps, keep
    the state with `gap_hours` counted up. Raises ValueError for hours out of order.
    """
    state, results, last = start, [], start.time
    for time, weather in hours:
        stamp = np.datetime64(time.replace(tzinfo=None), "m")
        if last is not None and stamp - last != np.timedelta64(60, "m"):
            raise ValueError(f"{time} does not come one hour after {last}")
        last = stamp
        if weather is None:
            state = replace(state, gap_hours=state.gap_hours + 1.0, time=stamp)
            results.append(None)
            continue
        restarts = policy.restart_after is not None and state.gap_hours > policy.restart_after
        state = replace(START if restarts else state, time=stamp)
        result = step(state, weather, moment(time, place, weather, options), options)
        results.append(replace(result, mark="restart") if restarts else result)
        state = result.state
    return results


def canopy(rain: float, dry_hours: float, falling: float) -> tuple[float, float]:
    """Return the rain that wetted the canopy before this hour [mm] and its hours of drying [h].

    `rain_since_intercept_reset`: rain keeps the canopy wet; five hours without any make it dry, and the next
    rain is a new event.
    """
    if falling > 0.0 or rain == 0.0:
        return rain, 0.0
    if dry_hours + 1.0 >= CANOPY_DRIES_IN:
        return 0.0, 0.0
    return rain, dry_hours + 1.0


def through(before: float, falling: float, kept: float) -> float:
    """Return the part of an hour's rain that reaches the fine fuel below a canopy that keeps `kept` [mm]."""
    if before + falling <= kept:
        return 0.0
    return falling if before > kept else before + falling - kept


def fine_fuel_moisture(
    moisture: float, t: float, h: float, w: float, rain: float, options: Options = DEFAULT
) -> float:
    """Return the fine fuel moisture [%] after an hour: `hourly_fine_fuel_moisture`.

    The equations of 1987 with the log rates of an hour: 2 · 0.0579, twice those of the hourly FFMC of 1977.
    """
    m = moisture
    if rain > 0.0:
        m += 42.5 * rain * math.exp(-100.0 / (251.0 - moisture)) * (1.0 - math.exp(-6.93 / rain))
        if moisture > 150.0:
            m += 0.0015 * (moisture - 150.0) ** 2 * math.sqrt(rain)
        m = min(m, 250.0)
    vapour = 0.18 * (21.1 - t) * (1.0 - math.exp(-0.115 * h))
    drying = 0.942 * h**0.679 + 11.0 * math.exp((h - 100.0) / 10.0) + vapour
    wetting = 0.618 * h**0.753 + 10.0 * math.exp((h - 100.0) / 10.0) + vapour
    if m > drying:
        target, share = drying, h / 100.0
    elif m == drying or (m >= wetting and options.between == "rests"):
        return max(m, 0.0)
    else:
        target, share = wetting, (100.0 - h) / 100.0
    rate = 0.424 * (1.0 - share**1.7) + 0.0694 * math.sqrt(w) * (1.0 - share**8)
    rate *= 2.0 * 0.0579 * math.exp(0.0365 * t)
    return max(target + (m - target) * 10.0**-rate, 0.0)


def duff_moisture_code(dmc: float, t: float, h: float, before: float, falling: float, sunlit: bool) -> float:
    """Return the DMC after an hour: `duff_moisture_code`; rain wets as in 1987, counted over the rain event."""
    if falling > 0.0 and before + falling > DUFF_CANOPY + HAIR:
        rain = 0.92 * falling if before > DUFF_CANOPY + HAIR else 0.92 * (before + falling) - 1.27
        if dmc <= 33.0:
            b = 100.0 / (0.5 + 0.3 * dmc)
        elif dmc <= 65.0:
            b = 14.0 - 1.3 * math.log(dmc)
        else:
            b = 6.2 * math.log(dmc) - 17.2
        moisture = 20.0 + 280.0 * math.exp(-dmc / 43.43) + 1000.0 * rain / (48.77 + b * rain)
        dmc = 43.43 * math.log(280.0 / (min(moisture, 300.0) - 20.0))
    if sunlit:
        dmc += 2.22e-4 * (t if t > FROST else 0.0) * (100.0 - h)
    return max(dmc, 0.0)


def drought_code(dc: float, t: float, before: float, falling: float, sunlit: bool) -> float:
    """Return the DC after an hour: `drought_code`; rain wets as in 1987, counted over the rain event."""
    if falling > 0.0 and before + falling > DROUGHT_CANOPY + HAIR:
        rain = 0.83 * falling if before > DROUGHT_CANOPY + HAIR else 0.83 * (before + falling) - 1.27
        moisture = 400.0 * math.exp(-dc / 400.0) + 3.937 * rain / 2.0
        dc = 400.0 * math.log(400.0 / min(moisture, 400.0))
    if sunlit and t > 0.0:
        dc += 0.015 * t + 3.0 / 16.0
    return max(dc, 0.0)


def initial_spread_index(moisture: float, wind: float) -> float:
    """Return the ISI of a fine fuel moisture [%] and a wind [km/h]: `initial_spread_index`.

    From 40 km/h the wind's effect levels off towards 12, as in the Fire Behavior Prediction System.
    """
    if wind >= 40.0:
        effect = 12.0 * (1.0 - math.exp(-0.0818 * (wind - 28.0)))
    else:
        effect = math.exp(0.05039 * wind)
    return 0.208 * effect * 91.9 * math.exp(-0.1386 * moisture) * (1.0 + moisture**5.31 / 4.93e7)


def grass_moisture(
    moisture: float, t: float, h: float, w: float, rain: float, radiation: float, load: float
) -> float:
    """Return the moisture of fully cured grass [%] after an hour: `hourly_grass_fuel_moisture`.

    The sun [kW/m²] warms the grass above the air and dries the air around it, wind cools it (Wotton 2009);
    rain spreads over the fuel load [kg/m²]. Between the two equilibria nothing moves.
    """
    m = min(moisture + 100.0 * rain / load, 250.0) if rain > 0.0 else moisture
    warm = t + 17.9 * radiation * math.exp(-0.034 * w)
    near = h
    if warm > t:
        near = h * 10.0 ** (7.5 * t / (t + 237.0) - 7.5 * warm / (warm + 237.0))
    vapour = 0.27 * (26.7 - warm) * (1.0 - math.exp(-0.115 * near))
    drying = 1.62 * near**0.532 + 13.7 * math.exp((near - 100.0) / 13.0) + vapour
    wetting = 1.42 * near**0.512 + 12.0 * math.exp((near - 100.0) / 18.0) + vapour
    if m > drying:
        target, share = drying, near / 100.0
    elif m == drying or m >= wetting:
        return m
    else:
        target, share = wetting, (100.0 - near) / 100.0
    rate = 0.424 * (1.0 - share**1.7) + 0.0694 * math.sqrt(w) * (1.0 - share**8)
    return target + (m - target) * 10.0 ** (-rate * 0.389633 * math.exp(0.0365 * warm))


def curing_factor(cured: float) -> float:
    """Return how far curing lets grass carry fire [0 to 1], Cruz et al. (2015): `curing_factor`."""
    return 1.036 / (1.0 + 103.989 * math.exp(-0.0996 * (cured - 20.0))) if cured >= 20.0 else 0.0


def grass_moisture_code(moisture: float, wind: float, cured: float) -> float:
    """Return the GFMC of cured grass's moisture [%] under a wind [km/h]: `mcgfmc_to_gfmc`.

    The chance that a flame lasts, lowered by green grass, is turned back into the moisture at which cured
    grass would have that chance, and that moisture into a code.
    """
    drive = 1.49 + 0.075 * 0.75 * wind
    chance = curing_factor(cured) / (1.0 + math.exp(-(drive - 0.11 * moisture)))
    if chance <= 0.0:
        return 0.0
    return code_of(min((drive - math.log(chance / (1.0 - chance))) / 0.11, 250.0))


def grass_spread_index(moisture: float, wind: float, cured: float, standing: bool) -> float:
    """Return the GSI of grass moisture [%], wind [km/h] and curing [%]: `grass_spread_index`.

    1.11 times the rate of spread [m/min] of Cheney et al. (1998), in undisturbed grass when it stands, in cut
    grass when it is matted.
    """
    slow, fast, far = (0.269, 1.4, 0.838) if standing else (0.209, 1.1, 0.715)
    speed = 0.054 + slow * wind if wind < 5.0 else fast + far * (wind - 5.0) ** 0.844
    if moisture < 12.0:
        dryness = math.exp(-0.108 * moisture)
    elif wind < BREEZE:
        dryness = 0.6838 - 0.0342 * moisture if moisture < 20.0 else 0.0
    else:
        dryness = 0.547 - 0.0228 * moisture if moisture < 23.9 else 0.0
    return GSI_PER_SPREAD * 16.67 * speed * max(dryness, 0.0) * curing_factor(cured)


def grass_fire_weather_index(gsi: float, load: float) -> float:
    """Return the GFWI of a GSI and a fuel load [kg/m²]: `grass_fire_weather_index`."""
    intensity = 300.0 * load * gsi / GSI_PER_SPREAD
    return math.log(intensity / 60.0) / 0.14 if intensity > 100.0 else intensity / 25.0
