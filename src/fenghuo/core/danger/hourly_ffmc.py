"""The hourly Fine Fuel Moisture Code of 1977: the FFMC of the FWI System followed through the day and the night.

Van Wagner (1977), *A method of computing fine fuel moisture content throughout the diurnal cycle*, Information
Report PS-X-69; with the FF scale and rain equations of Van Wagner & Pickett (1985), as Alexander et al. (1984)
and the R package cffdrs (`hffmc`) have it. Against the daily code:

- rain wets from the first drop: no 0.5 mm stays in the canopy of each hour (Eqs. 3a and 3b of 1985, Eq. 2 left
  out);
- the log rates are those of an hour, 0.0579 · exp(0.0365 T) times the rate at 21.1 °C (Eqs. 3b and 4b of 1977),
  instead of a day's 0.581 · exp(0.0365 T); between the equilibria nothing moves;
- moisture and code are turned into each other every hour, so the default is the exact constant
  250 · 59.5 / 101, as in the R package: with the 147.2 of 1985 a dry code creeps.

It belongs to the FWI System of 1987 and may stand in its ISI and FWI, with the day's BUI. The hourly FFMC of
FWI2025 (`fwi2025`) is another code: twice these rates, rain counted over an event.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather, require
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.fwi import FFMC_CONSTANT_EXACT, START, Weather

RATE = 0.0579
"""Hourly share of the log drying and wetting rates, Eqs. 3b and 4b of 1977 [1]."""
_QUANTITIES = ("temperature", "humidity", "wind", "rain")


def step(before: float, weather: Weather, hours: float = 1.0, constant: float = FFMC_CONSTANT_EXACT) -> float:
    """Return the FFMC [0 to 101] after `hours` [h] of one weather, whose rain [mm] is the whole step's.

    The method is made for steps of an hour or less. Raises `ImpossibleWeather` (a ValueError) that names the
    broken rule, ValueError for a code or a step that cannot be.
    """
    for quantity in _QUANTITIES:
        require(quantity, getattr(weather, quantity))
    if not 0.0 <= before <= 101.0:
        raise ValueError(f"FFMC {before!r} is not within 0 to 101")
    if not hours > 0.0:
        raise ValueError(f"hours {hours!r}: use more than 0")
    t, h, w, r = weather.temperature, weather.humidity, weather.wind, weather.rain
    m = constant * (101.0 - before) / (59.5 + before)
    if r > 0.0:
        wetted = m + 42.5 * r * math.exp(-100.0 / (251.0 - m)) * (1.0 - math.exp(-6.93 / r))
        if m > 150.0:
            wetted += 0.0015 * (m - 150.0) ** 2 * math.sqrt(r)
        m = min(wetted, 250.0)
    vapour = 0.18 * (21.1 - t) * (1.0 - math.exp(-0.115 * h))
    drying = 0.942 * h**0.679 + 11.0 * math.exp((h - 100.0) / 10.0) + vapour  # Eq. 2a of 1977
    wetting = 0.618 * h**0.753 + 10.0 * math.exp((h - 100.0) / 10.0) + vapour  # Eq. 2b of 1977
    if m > drying:
        target, share = drying, h / 100.0
    elif m < wetting:
        target, share = wetting, (100.0 - h) / 100.0
    else:
        target, share = m, 0.0
    rate = 0.424 * (1.0 - share**1.7) + 0.0694 * math.sqrt(w) * (1.0 - share**8)  # Eqs. 3a and 4a of 1977
    m = target + (m - target) * 10.0 ** (-rate * RATE * math.exp(0.0365 * t) * hours)
    return min(max(59.5 * (250.0 - m) / (constant + m), 0.0), 101.0)


def compute(
    temperature: npt.ArrayLike,
    humidity: npt.ArrayLike,
    wind: npt.ArrayLike,
    rain: npt.ArrayLike,
    *,
    start: npt.ArrayLike = START.ffmc,
    hours: float = 1.0,
    constant: float = FFMC_CONSTANT_EXACT,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the FFMC of every hour, shape (time, *cells), and the code that the next hour starts from.

    `temperature` [°C], `humidity` [%], `wind` at 10 m [km/h] and `rain` of the step [mm] are of one shape, time
    first; `start` [0 to 101] is a value or one for each cell. NaN in, NaN out: an hour that lacks an input is
    NaN and its cell's code is held. Computed in float64. Resuming from the second array goes on bit for bit.

    Raises ValueError for shapes or codes that do not fit, `ImpossibleWeather` that names the first value that
    weather cannot have with its place.
    """
    weather = [np.asarray(value, np.float64) for value in (temperature, humidity, wind, rain)]
    shape = weather[0].shape
    if not shape or any(value.shape != shape for value in weather):
        raise ValueError(f"weather has the shapes {[value.shape for value in weather]}: use one, time first")
    if not hours > 0.0:
        raise ValueError(f"hours {hours!r}: use more than 0")
    code = np.array(np.broadcast_to(np.asarray(start, np.float64), shape[1:]))
    if not np.all((code >= 0.0) & (code <= 101.0)):
        raise ValueError("start: FFMC lies within 0 to 101")
    for name, value in zip(_QUANTITIES, weather, strict=True):
        _refuse_impossible(name, value)
    codes = np.full(shape, np.nan)
    for row, (t, h, w, r) in enumerate(zip(*weather, strict=True)):
        there = np.isfinite(t) & np.isfinite(h) & np.isfinite(w) & np.isfinite(r)
        after = _hour(code[there], t[there], h[there], w[there], r[there], hours, constant)
        code[there] = after
        codes[row][there] = after
    return codes, code


def _hour(code, t, h, w, r, hours, constant):
    m = constant * (101.0 - code) / (59.5 + code)
    wet = r > 0.0
    if wet.any():
        mo, rf = m[wet], r[wet]
        gain = 42.5 * rf * np.exp(-100.0 / (251.0 - mo)) * (1.0 - np.exp(-6.93 / rf))
        m[wet] = np.minimum(mo + gain + 0.0015 * np.maximum(mo - 150.0, 0.0) ** 2 * np.sqrt(rf), 250.0)
    vapour = 0.18 * (21.1 - t) * (1.0 - np.exp(-0.115 * h))
    damp = np.exp((h - 100.0) / 10.0)
    drying = 0.942 * h**0.679 + 11.0 * damp + vapour
    wetting = 0.618 * h**0.753 + 10.0 * damp + vapour
    dries = m > drying
    target = np.where(dries, drying, np.where(m < wetting, wetting, m))
    share = np.where(dries, h, 100.0 - h) / 100.0
    rate = 0.424 * (1.0 - share**1.7) + 0.0694 * np.sqrt(w) * (1.0 - share**8)
    m = target + (m - target) * 10.0 ** (-rate * RATE * np.exp(0.0365 * t) * hours)
    return np.clip(59.5 * (250.0 - m) / (constant + m), 0.0, 101.0)


def _refuse_impossible(name: str, values: np.ndarray) -> None:
    bound = BOUNDS[name]
    wrong = (values < bound.low) | (values > bound.high)
    if wrong.any():
        place = tuple(int(axis) for axis in np.argwhere(wrong)[0])
        value = float(values[place])
        told = bound.message(value)
        text = Text(f"At {place}: {told.en}", f"位置 {place}:{told.zh}")
        raise ImpossibleWeather(bound.rule, name, value, text)
