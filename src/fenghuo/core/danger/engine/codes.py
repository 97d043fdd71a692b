"""The equations of one day for a block of cells, written as loops that the compiler vectorises.

The numbers and the order are those of `fwi.py`, where each equation is cited; here only the branches differ:
both sides are computed and one is chosen, and what would be 0 to a power is kept a hair above 0. Blocks always
hold `BLOCK` cells (the last one is filled up), so a cell's result never depends on where in a grid it lies.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from fenghuo.core.danger.engine.vmath import exp, log

BLOCK = 512
LANES = 16  # rainy cells are filled up to a multiple of this for the same reason
KERNEL = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}


@njit(**KERNEL)
def moisture(ffmc, constant, out):
    """Eq. 1: fine fuel moisture [%] of a code."""
    F = ffmc.dtype.type
    k = F(constant)
    for i in range(BLOCK):
        out[i] = k * (F(101.0) - ffmc[i]) / (F(59.5) + ffmc[i])


@njit(**KERNEL)
def wet_fine_fuel(mo, rain, cells, count, work):
    """Eqs. 2, 3a and 3b: moisture after more than 0.5 mm of rain, for the listed cells only."""
    F = mo.dtype.type
    m, rf = work[0], work[1]
    padded = (count + LANES - 1) // LANES * LANES
    for n in range(count):
        m[n] = mo[cells[n]]
        rf[n] = rain[cells[n]] - F(0.5)
    for n in range(count, padded):
        m[n] = F(10.0)
        rf[n] = F(1.0)
    for n in range(padded):
        before = m[n]
        gain = F(42.5) * rf[n] * exp(F(-100.0) / (F(251.0) - before)) * (F(1.0) - exp(F(-6.93) / rf[n]))
        over = max(before - F(150.0), F(0.0))
        extra = F(0.0015) * over * over * np.sqrt(rf[n])
        m[n] = min(before + gain + extra, F(250.0))
    for n in range(count):
        mo[cells[n]] = m[n]


@njit(**KERNEL)
def wet_duff(dmc, rain, cells, count, printed, work):
    """Eqs. 11 to 15: DMC after more than 1.5 mm of rain, for the listed cells only."""
    F = dmc.dtype.type
    p, re = work[0], work[1]
    padded = (count + LANES - 1) // LANES * LANES
    for n in range(count):
        p[n] = dmc[cells[n]]
        re[n] = F(0.92) * rain[cells[n]] - F(1.27)
    for n in range(count, padded):
        p[n] = F(10.0)
        re[n] = F(1.0)
    tiny = F(1e-30)
    for n in range(padded):
        code = p[n]
        logarithm = log(max(code, tiny))
        if printed:
            mo = F(20.0) + exp(F(5.6348) - code / F(43.43))
        else:
            mo = F(20.0) + F(280.0) * exp(F(-0.023) * code)
        low = F(100.0) / (F(0.5) + F(0.3) * code)
        middle = F(14.0) - F(1.3) * logarithm
        high = F(6.2) * logarithm - F(17.2)
        b = low if code <= F(33.0) else (middle if code <= F(65.0) else high)
        mr = mo + F(1000.0) * re[n] / (F(48.77) + b * re[n])
        if printed:
            code = F(244.72) - F(43.43) * log(mr - F(20.0))
        else:
            code = F(43.43) * (F(5.6348) - log(mr - F(20.0)))
        p[n] = max(code, F(0.0))
    for n in range(count):
        dmc[cells[n]] = p[n]


@njit(**KERNEL)
def wet_deep(dc, rain, cells, count, work):
    """Eqs. 18 to 21: DC after more than 2.8 mm of rain, for the listed cells only."""
    F = dc.dtype.type
    d, rd = work[0], work[1]
    padded = (count + LANES - 1) // LANES * LANES
    for n in range(count):
        d[n] = dc[cells[n]]
        rd[n] = F(0.83) * rain[cells[n]] - F(1.27)
    for n in range(count, padded):
        d[n] = F(10.0)
        rd[n] = F(1.0)
    for n in range(padded):
        # exp(d/400)/800 is 1/Qo of Eq. 19, without a division
        d[n] = max(d[n] - F(400.0) * log(F(1.0) + F(3.937 / 800.0) * rd[n] * exp(d[n] * F(0.0025))), F(0.0))
    for n in range(count):
        dc[cells[n]] = d[n]


@njit(**KERNEL)
def fine_fuel(mo, temperature, humidity, wind, constant, ffmc, work):
    """Eqs. 4 to 10: drying or wetting towards equilibrium, then the code; reads moisture, writes FFMC."""
    # Short loops, for the reason told in weather_index; `a` becomes Ed and `c` Ew.
    a, c = work[0], work[1]
    F = mo.dtype.type
    k = F(constant)
    tiny = F(1e-30)
    ln10 = F(2.302585092994046)
    for i in range(BLOCK):
        a[i] = log(max(humidity[i], tiny))
    for i in range(BLOCK):
        t, h = temperature[i], humidity[i]
        damp = exp(F(0.1) * h - F(10.0))
        vapour = F(0.18) * (F(21.1) - t) * (F(1.0) - exp(F(-0.115) * h))
        c[i] = F(10.0) * damp + vapour
        ffmc[i] = damp
    for i in range(BLOCK):
        ed = F(0.942) * exp(F(0.679) * a[i]) + ffmc[i] + c[i]
        ew = F(0.618) * exp(F(0.753) * a[i]) + c[i]
        a[i] = ed
        c[i] = ew
    for i in range(BLOCK):
        h = humidity[i]
        x = F(0.01) * h if mo[i] > a[i] else F(0.01) * (F(100.0) - h)
        x2 = x * x
        x4 = x2 * x2
        power = exp(F(1.7) * log(max(x, tiny)))
        ffmc[i] = F(0.424) * (F(1.0) - power) + F(0.0694) * np.sqrt(wind[i]) * (F(1.0) - x4 * x4)
    for i in range(BLOCK):
        ffmc[i] = ffmc[i] * F(0.581) * exp(F(0.0365) * temperature[i])
    for i in range(BLOCK):
        m = mo[i]
        drying = m > a[i]
        left = exp(-ln10 * ffmc[i])
        target = a[i] if drying else c[i]
        moved = target + (m - target) * left
        m = moved if drying or m < c[i] else m
        ffmc[i] = min(max(F(59.5) * (F(250.0) - m) / (k + m), F(0.0)), F(101.0))


@njit(**KERNEL)
def dry_deep(dmc, dc, temperature, humidity, hours, factor):
    """Eqs. 16, 17, 22 and 23: a day's drying of DMC and DC."""
    F = dmc.dtype.type
    for i in range(BLOCK):
        t, h = temperature[i], humidity[i]
        warm = max(t, F(-1.1)) + F(1.1)
        dmc[i] = dmc[i] + F(1.894e-4) * warm * (F(100.0) - h) * hours[i]
        dc[i] = dc[i] + F(0.5) * max(F(0.36) * (max(t, F(-2.8)) + F(2.8)) + factor[i], F(0.0))


@njit(**KERNEL)
def spread(mo, wind, isi):
    """Eqs. 24 to 26: ISI from the day's fine fuel moisture and wind."""
    F = mo.dtype.type
    tiny = F(1e-30)
    for i in range(BLOCK):
        m = mo[i]
        effect = exp(F(0.05039) * wind[i] - F(0.1386) * m)
        isi[i] = F(0.208 * 91.9) * effect * (F(1.0) + exp(F(5.31) * log(max(m, tiny))) * F(1.0 / 4.93e7))


@njit(**KERNEL)
def buildup(dmc, dc, bui):
    """Eqs. 27a and 27b: BUI from DMC and DC."""
    F = dmc.dtype.type
    tiny = F(1e-30)
    for i in range(BLOCK):
        p, d = dmc[i], dc[i]
        share = d / max(p + F(0.4) * d, tiny)
        slow = F(0.92) + exp(F(1.7) * log(max(F(0.0114) * p, tiny)))
        over = p - (F(1.0) - F(0.8) * share) * slow
        bui[i] = max(F(0.8) * p * share if p <= F(0.4) * d else over, F(0.0))


@njit(**KERNEL)
def weather_index(isi, bui, fwi, dsr):
    """Eqs. 28 to 31: FWI and DSR from ISI and BUI."""
    # Short loops: one long chain of exp and log waits for itself, several short ones overlap. The results' own
    # arrays hold what lies between: dsr the duff effect, then the logarithm of the index.
    F = isi.dtype.type
    tiny = F(1e-30)
    most = F(0.0)
    for i in range(BLOCK):
        most = max(most, bui[i])
    for i in range(BLOCK):
        dsr[i] = log(max(bui[i], tiny))
    for i in range(BLOCK):
        dsr[i] = F(0.626) * exp(F(0.809) * dsr[i]) + F(2.0)
    if most > F(80.0):
        for i in range(BLOCK):
            high = F(1000.0) / (F(25.0) + F(108.64) * exp(F(-0.023) * bui[i]))
            dsr[i] = dsr[i] if bui[i] <= F(80.0) else high
    for i in range(BLOCK):
        fwi[i] = F(0.1) * isi[i] * dsr[i]
    for i in range(BLOCK):
        dsr[i] = log(max(fwi[i], tiny))
    for i in range(BLOCK):
        steep = F(2.72) * exp(F(0.647) * log(F(0.434) * max(dsr[i], tiny)))
        dsr[i] = steep if fwi[i] > F(1.0) else dsr[i]
    for i in range(BLOCK):
        fwi[i] = exp(dsr[i]) if fwi[i] > F(1.0) else fwi[i]
    for i in range(BLOCK):
        severity = F(0.0272) * exp(F(1.77) * dsr[i])
        dsr[i] = severity if fwi[i] > F(0.0) else F(0.0)
