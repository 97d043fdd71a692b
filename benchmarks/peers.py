"""The programs ours is measured against, called as their own documentation calls them, and where they depart.

Each function takes weather of the shape (days, cells) in °C, %, km/h and mm, the dates and the cells' latitude,
and returns the seven results by name in the same shape. `departed` computes what cffdrs-fire computes, from our
own reading of the equations and a set of named departures from the reports.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

import numpy as np

from fenghuo.core.danger.fwi import (
    FACTOR_LIMITS,
    FACTOR_TABLE,
    FFMC_CONSTANT_1985,
    FFMC_CONSTANT_EXACT,
    HOURS_LIMITS,
    HOURS_TABLE,
    Options,
)

CODES = ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr")
Weather = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Results = dict[str, np.ndarray]

CLIMATE_INDICES = Options(ffmc_constant=FFMC_CONSTANT_EXACT, latitude_bands="cffdrs")
"""The choices that climate_indices makes and that its users cannot change."""

DEPARTURES = {
    "north-only": "Le and Lf of Eqs. 16 and 22 are those of the north at every latitude (`lat_adjust=False`)",
    "limits-north": "a limit between two latitude bands belongs to the northern one, not the southern one",
    "spread-constant": "ISI turns FFMC back into moisture (Eq. 1) with 147.2, although Eq. 10 made it with "
    "147.27723",
    "light-rain": "rain of 0.5 mm or less wets the fine fuel with its full amount (condition of Eq. 2)",
    "mixed-duff-rain": "Eq. 12 is the program's form and Eq. 15 the printed one, so duff without moisture "
    "change moves by 0.0006 on every rainy day",
    "duff-below-zero": "the DMC after rain may fall below 0 before the day's drying is added (condition of "
    "Eq. 15)",
    "drought-below-zero": "the DC after rain may fall below 0 before the day's drying is added (condition of "
    "Eq. 21)",
    "frost-dries-less": "neither -2.8 °C nor V = 0 is a floor in Eq. 22, so frost lowers the DC",
}
"""What cffdrs-fire 0.3.0 computes otherwise than the reports; the first is its default, the others are fixed."""


def weather_of(days: int, cells: int, seed: int = 1987, dtype: Any = np.float64) -> Weather:
    """Return made-up weather of a temperate year: seasons, dry spells, showers and downpours.

    Made in float32 day by day, so that float32 and float64 runs see the same numbers and nothing large is held.
    """
    draw = np.random.default_rng(seed)
    warmth = draw.normal(0.0, 6.0, cells).astype(np.float32)
    fields = tuple(np.empty((days, cells), dtype) for _ in range(4))
    for day in range(days):
        season = np.float32(12.0 - 14.0 * np.cos(2.0 * np.pi * (day - 20) / 365.0))
        noise = [draw.standard_normal(cells, np.float32) for _ in range(2)]
        gusts = draw.standard_gamma(2.0, cells, np.float32)
        wet, amount = draw.random(cells, np.float32), draw.standard_exponential(cells, np.float32)
        fields[0][day] = np.clip(season + warmth + 5.0 * noise[0], -50.0, 50.0)
        fields[1][day] = np.clip(52.0 + 20.0 * noise[1], 3.0, 100.0)
        fields[2][day] = np.clip(6.0 * gusts, 0.0, 100.0)
        fields[3][day] = np.where(wet < 0.3, 6.0 * amount, 0.0)
    return fields


def any_weather(days: int, cells: int, seed: int = 1987) -> Weather:
    """Return weather drawn evenly from all that is taken as possible, its limits and thresholds included."""
    draw = np.random.default_rng(seed)
    shape = (days, cells)

    def mixed(values: np.ndarray, share: float, *special: float) -> np.ndarray:
        return np.where(draw.random(shape) < share, draw.choice(special, shape), values)

    return (
        mixed(draw.uniform(-50.0, 50.0, shape), 0.05, -60.0, -2.8, -1.1, 0.0, 21.1, 60.0),
        mixed(draw.uniform(0.0, 100.0, shape), 0.1, 0.0, 100.0),
        mixed(draw.uniform(0.0, 100.0, shape), 0.1, 0.0, 150.0),
        mixed(draw.exponential(6.0, shape), 0.6, 0.0, 0.0, 0.0, 0.3, 0.5, 1.5, 2.8, 300.0),
    )


def all_latitudes(cells: int, seed: int = 1987) -> np.ndarray:
    """Return latitudes from pole to pole, every limit of every program's bands among them [degrees north]."""
    limits = [-90.0, -30.0, -20.0, -15.0, -10.0, 0.0, 10.0, 15.0, 20.0, 30.0, 90.0]
    drawn = np.random.default_rng(seed).uniform(-90.0, 90.0, max(cells - len(limits), 0))
    return np.concatenate([limits, drawn])[:cells]


def months_of(dates: np.ndarray) -> np.ndarray:
    """Return the month 1 to 12 of each date."""
    return dates.astype("datetime64[M]").astype(np.int64) % 12 + 1


def ours(
    weather: Weather, dates: np.ndarray, latitude: np.ndarray, options: Options = Options(), threads: int = 1
) -> Results:
    """Compute with this package."""
    from fenghuo.core.danger.daily import compute

    found = compute(*weather, dates, latitude, options=options, threads=threads)
    return {name: getattr(found, name) for name in CODES}


def xclim(weather: Weather, dates: np.ndarray, latitude: np.ndarray, chunks: int = 1) -> Results:
    """Compute with xclim; with more than one chunk of cells, on as many threads of dask."""
    import xarray
    from xclim.indices import fire

    axes = {"time": dates.astype("datetime64[ns]"), "cell": np.arange(len(latitude))}
    units = ("degC", "%", "km/h", "mm/d")
    tas, hurs, wind, rain = (
        xarray.DataArray(field, axes, ("time", "cell"), attrs={"units": unit})
        for field, unit in zip(weather, units, strict=True)
    )
    place = xarray.DataArray(latitude, {"cell": axes["cell"]}, ("cell",), attrs={"units": "degrees_north"})
    if chunks > 1:
        size = {"cell": -(-len(latitude) // chunks)}
        tas, hurs, wind, rain, place = (one.chunk(size) for one in (tas, hurs, wind, rain, place))
    found = fire.cffwis_indices(tas=tas, pr=rain, sfcWind=wind, hurs=hurs, lat=place)
    dsr = fire.daily_severity_rating(found[-1])
    if chunks > 1:
        import dask

        *found, dsr = dask.compute(*found, dsr, scheduler="threads", num_workers=chunks)
    names = ("dc", "dmc", "ffmc", "isi", "bui", "fwi", "dsr")
    codes = dict(zip(names, (*found, dsr), strict=True))
    return {name: codes[name].transpose("time", "cell").values for name in CODES}


def climate_indices(weather: Weather, dates: np.ndarray, latitude: np.ndarray) -> Results:
    """Compute with climate_indices, which takes wind in m/s; RAYON_NUM_THREADS says on how many threads."""
    import structlog

    # Importing it takes over the root logger; ours keeps what it had.
    handlers, level = logging.root.handlers[:], logging.root.level
    from climate_indices import fire

    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    temperature, humidity, wind, rain = weather
    found = fire.cffwis(temperature, humidity, wind / 3.6, rain, latitude, months_of(dates))
    return {name: getattr(found, name) for name in CODES}


def cffdrs(weather: Weather, dates: np.ndarray, latitude: np.ndarray, lat_adjust: bool = False) -> Results:
    """Compute with cffdrs-fire, which takes one day at a time."""
    from cffdrs import cffwis

    shape = weather[0].shape
    codes = {name: np.empty(shape) for name in CODES}
    ffmc, dmc, dc = (np.full(shape[1], start) for start in (85.0, 6.0, 15.0))
    for day, month in enumerate(months_of(dates).tolist()):
        t, h, w, r = (field[day] for field in weather)
        ffmc = cffwis.dailyFFMC(ffmc, t, h, w, r)
        dmc = cffwis.dailyDMC(dmc, t, h, r, month, latitude, lat_adjust)
        dc = cffwis.dailyDC(dc, t, r, month, latitude, lat_adjust)
        isi = cffwis.dailyISI(w, ffmc)
        bui = cffwis.dailyBUI(dmc, dc)
        index = cffwis.dailyFWI(isi, bui)
        today = (ffmc, dmc, dc, isi, bui, index, cffwis.dailyDSR(index))
        for name, values in zip(CODES, today, strict=True):
            codes[name][day] = values
    return codes


def departed(
    weather: Weather, dates: np.ndarray, latitude: np.ndarray, departures: Collection[str]
) -> Results:
    """Compute day by day in NumPy, with 147.27723, bands of `cffdrs`, and the named departures from the reports.

    Without a departure this is what ours computes with the options `CLIMATE_INDICES`.
    """
    unknown = set(departures) - set(DEPARTURES)
    if unknown:
        raise ValueError(f"no departure named {sorted(unknown)}")
    hours, factors = _day_lengths(latitude, departures)
    shape = weather[0].shape
    codes = {name: np.empty(shape) for name in CODES}
    ffmc, dmc, dc = (np.full(shape[1], start) for start in (85.0, 6.0, 15.0))
    with np.errstate(all="ignore"):
        for day, month in enumerate(months_of(dates)):
            t, h, w, r = (field[day].astype(np.float64) for field in weather)
            ffmc = _fine_fuel(ffmc, t, h, w, r, "light-rain" in departures)
            dmc = _duff(dmc, t, h, r, hours[month - 1], departures)
            dc = _drought(dc, t, r, factors[month - 1], departures)
            m = FFMC_CONSTANT_1985 if "spread-constant" in departures else FFMC_CONSTANT_EXACT
            m = m * (101.0 - ffmc) / (59.5 + ffmc)
            isi = 0.208 * np.exp(0.05039 * w) * 91.9 * np.exp(-0.1386 * m) * (1.0 + m**5.31 / 4.93e7)
            over = dmc - (1.0 - 0.8 * dc / (dmc + 0.4 * dc)) * (0.92 + (0.0114 * dmc) ** 1.7)
            bui = np.where(dmc <= 0.4 * dc, 0.8 * dmc * dc / (dmc + 0.4 * dc), over)
            bui = np.where(dmc == 0.0, 0.0, np.maximum(bui, 0.0))
            duff_effect = np.where(
                bui <= 80.0, 0.626 * bui**0.809 + 2.0, 1000.0 / (25.0 + 108.64 * np.exp(-0.023 * bui))
            )
            b = 0.1 * isi * duff_effect
            index = np.where(b <= 1.0, b, np.exp(2.72 * (0.434 * np.log(np.maximum(b, 1.0))) ** 0.647))
            today = (ffmc, dmc, dc, isi, bui, index, 0.0272 * index**1.77)
            for name, values in zip(CODES, today, strict=True):
                codes[name][day] = values
    return codes


def _day_lengths(latitude: np.ndarray, departures: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
    """Day length and day-length factor of each cell, shape (12, cells)."""
    hours, factors = np.array(HOURS_TABLE).T, np.array(FACTOR_TABLE["cffdrs"]).T
    if "north-only" in departures:
        return hours[:, [-1]], factors[:, [-1]]
    side = "right" if "limits-north" in departures else "left"
    return (
        hours[:, np.searchsorted(HOURS_LIMITS["cffdrs"], latitude, side)],
        factors[:, np.searchsorted(FACTOR_LIMITS["cffdrs"], latitude, side)],
    )


def _fine_fuel(
    ffmc: np.ndarray, t: np.ndarray, h: np.ndarray, w: np.ndarray, r: np.ndarray, light: bool
) -> np.ndarray:
    m = FFMC_CONSTANT_EXACT * (101.0 - ffmc) / (59.5 + ffmc)
    rf = np.where(r > 0.5, r - 0.5, r if light else 0.0)
    gain = 42.5 * rf * np.exp(-100.0 / (251.0 - m)) * (1.0 - np.exp(-6.93 / rf))
    gain = gain + np.where(m > 150.0, 0.0015 * (m - 150.0) ** 2 * np.sqrt(rf), 0.0)
    m = np.where(rf > 0.0, np.minimum(m + gain, 250.0), m)
    vapour = 0.18 * (21.1 - t) * (1.0 - np.exp(-0.115 * h))
    ed = 0.942 * h**0.679 + 11.0 * np.exp((h - 100.0) / 10.0) + vapour
    ew = 0.618 * h**0.753 + 10.0 * np.exp((h - 100.0) / 10.0) + vapour
    x = np.where(m > ed, h, 100.0 - h) / 100.0
    rate = 0.424 * (1.0 - x**1.7) + 0.0694 * np.sqrt(w) * (1.0 - x**8)
    left = 10.0 ** (-rate * 0.581 * np.exp(0.0365 * t))
    m = np.where(m > ed, ed + (m - ed) * left, np.where(m < ew, ew - (ew - m) * left, m))
    return np.clip(59.5 * (250.0 - m) / (FFMC_CONSTANT_EXACT + m), 0.0, 101.0)


def _duff(
    dmc: np.ndarray,
    t: np.ndarray,
    h: np.ndarray,
    r: np.ndarray,
    hours: np.ndarray,
    departures: Collection[str],
) -> np.ndarray:
    re = 0.92 * r - 1.27
    high = np.where(dmc <= 65.0, 14.0 - 1.3 * np.log(dmc), 6.2 * np.log(dmc) - 17.2)
    b = np.where(dmc <= 33.0, 100.0 / (0.5 + 0.3 * dmc), high)
    mr = 20.0 + 280.0 * np.exp(-0.023 * dmc) + 1000.0 * re / (48.77 + b * re)
    top = 244.72 if "mixed-duff-rain" in departures else 43.43 * 5.6348
    wet = top - 43.43 * np.log(mr - 20.0)
    if "duff-below-zero" not in departures:
        wet = np.maximum(wet, 0.0)
    dried = 1.894 * (np.maximum(t, -1.1) + 1.1) * (100.0 - h) * hours * 1e-4
    return np.maximum(np.where(r > 1.5, wet, dmc) + dried, 0.0)


def _drought(
    dc: np.ndarray, t: np.ndarray, r: np.ndarray, factors: np.ndarray, departures: Collection[str]
) -> np.ndarray:
    wet = dc - 400.0 * np.log(1.0 + 3.937 * (0.83 * r - 1.27) / (800.0 * np.exp(-dc / 400.0)))
    if "drought-below-zero" not in departures:
        wet = np.maximum(wet, 0.0)
    if "frost-dries-less" in departures:
        dried = 0.36 * (t + 2.8) + factors
    else:
        dried = np.maximum(0.36 * (np.maximum(t, -2.8) + 2.8) + factors, 0.0)
    return np.maximum(np.where(r > 2.8, wet, dc) + 0.5 * dried, 0.0)
