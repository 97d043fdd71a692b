"""The equations of one FWI2025 hour for a block of stations, written as loops that the compiler vectorises.

The numbers and the order are those of `scalar.py`, where each equation is cited; here only the branches differ:
both sides are computed and one is chosen, and what would be 0 to a power is kept a hair above 0. Blocks always
hold `BLOCK` stations (the last one is filled up), so a station's result never depends on where it stands. BUI,
FWI and DSR are those of the 1987 system and come from its engine.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fenghuo.core.danger.engine.codes import BLOCK, KERNEL, LANES
from fenghuo.core.danger.engine.vmath import exp, log
from fenghuo.core.danger.fwi2025 import scalar, sun
from fenghuo.core.danger.fwi2025.state import FFMC_CONSTANT

TINY = 1e-30
LN10 = 2.302585092994046
BREEZE, FROST, GSI_PER_SPREAD = scalar.BREEZE, scalar.FROST, scalar.GSI_PER_SPREAD
CLEAR_SKY, CLEARING, FAINT = sun.CLEAR_SKY, sun.CLEARING, sun.FAINT


@njit(**KERNEL)
def wet_fine_fuel(moisture, rain, stations, count, work):
    """Wet the listed stations' fine fuel with the rain that came through the canopy [mm]."""
    m, r = work[0], work[1]
    padded = (count + LANES - 1) // LANES * LANES
    for n in range(count):
        m[n], r[n] = moisture[stations[n]], rain[stations[n]]
    for n in range(count, padded):
        m[n], r[n] = 10.0, 1.0
    for n in range(padded):
        gain = 42.5 * r[n] * exp(-100.0 / (251.0 - m[n])) * (1.0 - exp(-6.93 / r[n]))
        over = max(m[n] - 150.0, 0.0)
        m[n] = min(m[n] + gain + 0.0015 * over * over * np.sqrt(r[n]), 250.0)
    for n in range(count):
        moisture[stations[n]] = m[n]


@njit(**KERNEL)
def wet_duff(dmc, rain, stations, count, work):
    """Wet the listed stations' duff with the event's effective rain of the hour [mm]."""
    p, r = work[0], work[1]
    padded = (count + LANES - 1) // LANES * LANES
    for n in range(count):
        p[n], r[n] = dmc[stations[n]], rain[stations[n]]
    for n in range(count, padded):
        p[n], r[n] = 10.0, 1.0
    for n in range(padded):
        code = p[n]
        logarithm = log(max(code, TINY))
        low = 100.0 / (0.5 + 0.3 * code)
        middle, high = 14.0 - 1.3 * logarithm, 6.2 * logarithm - 17.2
        b = low if code <= 33.0 else (middle if code <= 65.0 else high)
        moisture = 20.0 + 280.0 * exp(code * (-1.0 / 43.43)) + 1000.0 * r[n] / (48.77 + b * r[n])
        p[n] = max(43.43 * (log(280.0) - log(min(moisture, 300.0) - 20.0)), 0.0)
    for n in range(count):
        dmc[stations[n]] = p[n]


@njit(**KERNEL)
def wet_deep(dc, rain, stations, count, work):
    """Wet the listed stations' deep layer with the event's effective rain of the hour [mm]."""
    d, r = work[0], work[1]
    padded = (count + LANES - 1) // LANES * LANES
    for n in range(count):
        d[n], r[n] = dc[stations[n]], rain[stations[n]]
    for n in range(count, padded):
        d[n], r[n] = 10.0, 1.0
    for n in range(padded):
        d[n] = max(d[n] - 400.0 * log(1.0 + 3.937 / 800.0 * r[n] * exp(d[n] * 0.0025)), 0.0)
    for n in range(count):
        dc[stations[n]] = d[n]


@njit(**KERNEL)
def fine_fuel(moisture, temperature, humidity, wind, rests):
    """Let fine fuel dry or wet towards its equilibrium; `rests`: in between nothing moves."""
    for i in range(BLOCK):
        t, h, m = temperature[i], humidity[i], moisture[i]
        logh = log(max(h, TINY))
        damp = exp(0.1 * h - 10.0)
        vapour = 0.18 * (21.1 - t) * (1.0 - exp(-0.115 * h))
        dry = 0.942 * exp(0.679 * logh) + 11.0 * damp + vapour
        wet = 0.618 * exp(0.753 * logh) + 10.0 * damp + vapour
        drying = m > dry
        moves = drying or (m < (wet if rests else dry))
        x = 0.01 * h if drying else 0.01 * (100.0 - h)
        x2 = x * x
        x4 = x2 * x2
        rate = 0.424 * (1.0 - exp(1.7 * log(max(x, TINY)))) + 0.0694 * np.sqrt(wind[i]) * (1.0 - x4 * x4)
        target = dry if drying else wet
        moved = target + (m - target) * exp((-LN10 * 2.0 * 0.0579) * rate * exp(0.0365 * t))
        moisture[i] = max(moved if moves else m, 0.0)


@njit(**KERNEL)
def dry_deep(dmc, dc, temperature, humidity, sunlit):
    """Let duff and deep layer dry for an hour where the sun is up (`sunlit` is 1, else 0)."""
    for i in range(BLOCK):
        t = temperature[i]
        duff = 2.22e-4 * t * (100.0 - humidity[i]) if t > FROST else 0.0
        deep = 0.015 * t + 3.0 / 16.0 if t > 0.0 else 0.0
        dmc[i] = max(dmc[i] + sunlit[i] * duff, 0.0)
        dc[i] = dc[i] + sunlit[i] * deep


@njit(**KERNEL)
def code(moisture, out):
    """FF scale: the code of a moisture [%]."""
    for i in range(BLOCK):
        out[i] = 59.5 * (250.0 - moisture[i]) / (FFMC_CONSTANT + moisture[i])


@njit(**KERNEL)
def spread(moisture, wind, isi):
    """ISI from fine fuel moisture [%] and wind [km/h]."""
    for i in range(BLOCK):
        m, w = moisture[i], wind[i]
        strong = w >= 40.0
        e = exp(-0.0818 * (w - 28.0) if strong else 0.05039 * w)
        effect = 12.0 * (1.0 - e) if strong else e
        fuel = exp(-0.1386 * m) * (1.0 + exp(5.31 * log(max(m, TINY))) * (1.0 / 4.93e7))
        isi[i] = (0.208 * 91.9) * effect * fuel


@njit(**KERNEL)
def radiate(height, temperature, humidity, radiation):
    """Radiation [kW/m2] from the sine of the sun's height and the air's vapour pressure deficit."""
    for i in range(BLOCK):
        t = temperature[i]
        deficit = (6.11 - 0.0611 * humidity[i]) * exp(17.29 * t / (t + 237.3))
        strength = CLEAR_SKY * max(height[i], 0.0) * (1.0 - exp(-CLEARING * deficit))
        radiation[i] = strength if strength >= FAINT else 0.0


@njit(**KERNEL)
def warm_up(temperature, humidity, wind, radiation, warm, near):
    """Temperature [°C] of matted grass in the sun and the humidity [%] of the air around it."""
    for i in range(BLOCK):
        t = temperature[i]
        tf = t + 17.9 * radiation[i] * exp(-0.034 * wind[i])
        drier = exp((LN10 * 7.5) * (t / (t + 237.0) - tf / (tf + 237.0)))
        warm[i] = tf
        near[i] = humidity[i] * drier if tf > t else humidity[i]


@njit(**KERNEL)
def wet_grass(moisture, rain, share, load):
    """Wet grass with a share of the hour's rain [mm] on its load [kg/m2]."""
    for i in range(BLOCK):
        wetter = min(moisture[i] + 100.0 * share * rain[i] / load[i], 250.0)
        moisture[i] = wetter if rain[i] > 0.0 else moisture[i]


@njit(**KERNEL)
def grass(moisture, temperature, humidity, wind):
    """Let grass dry or wet towards its equilibrium with the air around it."""
    for i in range(BLOCK):
        t, h, m = temperature[i], humidity[i], moisture[i]
        logh = log(max(h, TINY))
        vapour = 0.27 * (26.7 - t) * (1.0 - exp(-0.115 * h))
        dry = 1.62 * exp(0.532 * logh) + 13.7 * exp((h - 100.0) * (1.0 / 13.0)) + vapour
        wet = 1.42 * exp(0.512 * logh) + 12.0 * exp((h - 100.0) * (1.0 / 18.0)) + vapour
        drying = m > dry
        wetting = m < wet and m < dry
        x = 0.01 * h if drying else 0.01 * (100.0 - h)
        x2 = x * x
        x4 = x2 * x2
        rate = 0.424 * (1.0 - exp(1.7 * log(max(x, TINY)))) + 0.0694 * np.sqrt(wind[i]) * (1.0 - x4 * x4)
        target = dry if drying else wet
        moved = target + (m - target) * exp((-LN10 * 0.389633) * rate * exp(0.0365 * t))
        moisture[i] = moved if drying or wetting else m


@njit(**KERNEL)
def cure(percent, factor):
    """Curing factor [0 to 1] of the cured part of the grass [%]."""
    for i in range(BLOCK):
        grown = 1.036 / (1.0 + 103.989 * exp(-0.0996 * (percent[i] - 20.0)))
        factor[i] = grown if percent[i] >= 20.0 else 0.0


@njit(**KERNEL)
def grass_code(moisture, wind, factor, gfmc):
    """GFMC from grass moisture [%], wind [km/h] and curing factor."""
    for i in range(BLOCK):
        drive = 1.49 + (0.075 * 0.75) * wind[i]
        odds = factor[i] / (1.0 + exp(0.11 * moisture[i] - drive) - factor[i])
        effective = min((drive - log(max(odds, TINY))) * (1.0 / 0.11), 250.0)
        gfmc[i] = 59.5 * (250.0 - effective) / (FFMC_CONSTANT + effective) if factor[i] > 0.0 else 0.0


@njit(**KERNEL)
def grass_spread(moisture, wind, factor, standing, gsi):
    """GSI from grass moisture [%], wind [km/h], curing factor and which grass it is (`standing` 1, matted 0)."""
    for i in range(BLOCK):
        m, w, up = moisture[i], wind[i], standing[i]
        light = 0.054 + (0.209 + 0.06 * up) * w
        strong = 1.1 + 0.3 * up + (0.715 + 0.123 * up) * exp(0.844 * log(max(w - 5.0, TINY)))
        low = 0.6838 - 0.0342 * m if m < 20.0 else 0.0
        high = 0.547 - 0.0228 * m if m < 23.9 else 0.0
        moist = max(low if w < BREEZE else high, 0.0)
        dryness = exp(-0.108 * m) if m < 12.0 else moist
        gsi[i] = (GSI_PER_SPREAD * 16.67) * (light if w < 5.0 else strong) * dryness * factor[i]


@njit(**KERNEL)
def grass_weather(gsi, load, gfwi):
    """GFWI from GSI and fuel load [kg/m2]."""
    for i in range(BLOCK):
        intensity = (300.0 / GSI_PER_SPREAD) * load[i] * gsi[i]
        steep = log(max(intensity, TINY) * (1.0 / 60.0)) * (1.0 / 0.14)
        gfwi[i] = steep if intensity > 100.0 else intensity * (1.0 / 25.0)
