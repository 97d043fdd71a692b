"""Drives blocks of stations through their hours: clock, gaps and rain decided for each, then the equations.

The state of a block stays in the processor's cache while its hours pass, so the weather is read once and the
results are written once.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fenghuo.core.danger.engine import codes, vmath
from fenghuo.core.danger.engine.cached import CACHED, version_of
from fenghuo.core.danger.engine.codes import BLOCK, KERNEL, LANES
from fenghuo.core.danger.fwi2025 import equations as eq
from fenghuo.core.danger.fwi2025 import scalar, sun

GAP, RESTART = 1, 2
_DRY, _HAIR, _SHARE = scalar.CANOPY_DRIES_IN, scalar.HAIR, scalar.STANDING_SHARE
_FINE, _DUFF, _DROUGHT = scalar.FINE_FUEL_CANOPY, scalar.DUFF_CANOPY, scalar.DROUGHT_CANOPY
_RISE = math.cos(sun.ZENITH_AT_RISE)
_MINUTES = np.arange(1440) * (2.0 * math.pi / 1440.0)
_COS, _SIN = np.cos(_MINUTES), np.sin(_MINUTES)


class Calendar(NamedTuple):
    """What every local day of the run says, one value a day, and where in it each station's run begins."""

    declination: np.ndarray  # rad
    equation_of_time: np.ndarray  # min
    percent_cured: np.ndarray
    standing: np.ndarray  # 1.0 standing, 0.0 matted
    minute: np.ndarray  # (stations,) minutes since the first day's midnight of each station's clock


class Places(NamedTuple):
    """One value a station."""

    latitude: np.ndarray  # rad
    longitude: np.ndarray  # degrees
    utc_offset: np.ndarray  # h
    load: np.ndarray  # kg/m2


class Rules(NamedTuple):
    """Every choice of a run as plain numbers."""

    restart_after: int  # hours, -1 never
    rests: bool
    start: np.ndarray  # the parts of the start state, in the order of `state.PARTS`
    limits: np.ndarray  # lowest and highest temperature, humidity, wind and rain taken, shape (4, 2)


@njit(**KERNEL)
def _new_day(i, day, latitude, longitude, offset, calendar, today):
    """Write station i's sunrise, sunset [h], the sun's path, curing and grass of a day into `today`."""
    declination, equation = calendar.declination[day], calendar.equation_of_time[day]
    cosine = _RISE / (math.cos(latitude) * math.cos(declination)) - math.tan(latitude) * math.tan(declination)
    half = math.acos(min(max(cosine, -1.0), 1.0)) * (180.0 / math.pi) / 15.0
    noon = (720.0 - 4.0 * longitude - equation) / 60.0 + offset
    midnight = (equation + 4.0 * longitude - 60.0 * offset) * (math.pi / 720.0) - math.pi
    flat = math.cos(latitude) * math.cos(declination)
    today[0, i], today[1, i] = noon - half, noon + half
    today[2, i] = math.sin(latitude) * math.sin(declination)
    today[3, i], today[4, i] = flat * math.cos(midnight), flat * math.sin(midnight)
    today[5, i], today[6, i] = calendar.percent_cured[day], calendar.standing[day]


@njit(**KERNEL)
def _keep(kept, new, go):
    for i in range(BLOCK):
        kept[i] = new[i] if go[i] else kept[i]


@njit(**KERNEL)
def _canopy(rain, before, dry, falling):
    """Count the hour into the rain event: what wetted the canopy before it, its hours of drying."""
    for i in range(BLOCK):
        raining = falling[i] > 0.0 or rain[i] == 0.0
        counted = dry[i] + 1.0
        over = counted >= _DRY
        dry[i] = 0.0 if raining or over else counted
        before[i] = 0.0 if over and not raining else rain[i]


@njit(**KERNEL)
def _run(first, last, temperature, humidity, wind, rain, radiation, cured, calendar, places, rules, state, outs,
        marks, fault):  # fmt: skip
    """Run stations `first` to `last` through every hour.

    Weather, results and marks have the shape (hours, stations); a result, radiation or curing of no rows is
    not asked for or not observed. `state` has the shape (parts, stations), is read and written. `outs` are in
    the order of `arrays.OUTPUTS`. `fault` receives (quantity, hour, station) of the first impossible value.
    """
    hours = temperature.shape[0]
    o = np.zeros((len(outs), BLOCK))  # the hour's results
    ff, ffmc, dmc, dc, isi, bui, fwi, dsr = o[0], o[1], o[2], o[3], o[4], o[5], o[6], o[7]
    gm, gs, gfmc, gsi, gfwi, before, dry, rad = o[8], o[9], o[10], o[11], o[12], o[13], o[14], o[15]
    s = np.zeros((20, BLOCK))
    kff, kdmc, kdc, kgm, kgs, krain, kdry, gaps = s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]  # the state
    t, h, w, r, sunlit, height = s[8], s[9], s[10], s[11], s[12], s[13]
    warm, near, load, factor, percent, grass = s[14], s[15], s[16], s[17], s[18], s[19]
    today = np.zeros((7, BLOCK))
    minute = np.zeros(BLOCK, np.int64)
    day = np.zeros(BLOCK, np.int64)
    rainy, some = np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32)
    work = np.empty((2, BLOCK + LANES))
    go = np.ones(BLOCK, np.bool_)
    nan = np.nan
    limits = rules.limits
    for start in range(first, last, BLOCK):
        n = min(BLOCK, last - start)
        for i in range(BLOCK):  # fill up the last block with the last station, which harms nothing
            c = start + min(i, n - 1)
            kff[i], kdmc[i], kdc[i], kgm[i], kgs[i] = (
                state[0, c], state[1, c], state[2, c], state[3, c], state[4, c]
            )  # fmt: skip
            krain[i], kdry[i], gaps[i] = state[5, c], state[6, c], state[7, c]
            load[i] = places.load[c]
            day[i], minute[i] = calendar.minute[c] // 1440, calendar.minute[c] % 1440
            _new_day(i, day[i], places.latitude[c], places.longitude[c], places.utc_offset[c],
                     calendar, today)  # fmt: skip
            go[i] = True
        eq.cure(today[5], factor)
        whole = True
        for i in range(n):
            whole = whole and gaps[i] == 0.0
        for hour in range(hours):
            # clock
            if hour > 0:
                turned = False
                for i in range(BLOCK):
                    minute[i] += 60
                    if minute[i] >= 1440:
                        c = start + min(i, n - 1)
                        minute[i] -= 1440
                        day[i] += 1
                        _new_day(i, day[i], places.latitude[c], places.longitude[c],
                                 places.utc_offset[c], calendar, today)  # fmt: skip
                        turned = True
                if turned:
                    eq.cure(today[5], factor)
            # weather, gaps
            wrong = 0
            most = 0.0
            for i in range(BLOCK):
                c = start + min(i, n - 1)
                t[i], h[i], w[i], r[i] = temperature[hour, c], humidity[hour, c], wind[hour, c], rain[hour, c]
                fine = (
                    (t[i] >= limits[0, 0]) & (t[i] <= limits[0, 1]) & (h[i] >= limits[1, 0])
                    & (h[i] <= limits[1, 1]) & (w[i] >= limits[2, 0]) & (w[i] <= limits[2, 1])
                    & (r[i] >= limits[3, 0]) & (r[i] <= limits[3, 1])
                )  # fmt: skip
                wrong += 0 if fine else 1
            everyone = whole and wrong == 0
            if not everyone:
                whole = True
                for i in range(BLOCK):
                    c = start + min(i, n - 1)
                    for q in range(4):
                        x = t[i] if q == 0 else (h[i] if q == 1 else (w[i] if q == 2 else r[i]))
                        if (x < limits[q, 0] or x > limits[q, 1]) and fault[0] < 0:
                            fault[0], fault[1], fault[2] = q, hour, c
                            return
                    there = t[i] == t[i] and h[i] == h[i] and w[i] == w[i] and r[i] == r[i]
                    mark = 0
                    if there:
                        if 0 <= rules.restart_after < gaps[i]:
                            kff[i], kdmc[i], kdc[i] = rules.start[0], rules.start[1], rules.start[2]
                            kgm[i], kgs[i] = rules.start[3], rules.start[4]
                            krain[i], kdry[i] = rules.start[5], rules.start[6]
                            mark = RESTART
                        gaps[i] = 0.0
                    else:
                        t[i], h[i], w[i], r[i] = 20.0, 50.0, 10.0, 0.0
                        gaps[i] += 1.0
                        whole = False
                        mark = GAP
                    go[i] = there
                    if i < n and marks.shape[0] > 0:
                        marks[hour, c] = mark
            # rain
            for i in range(BLOCK):
                ff[i], dmc[i], dc[i], gm[i], gs[i], dry[i] = kff[i], kdmc[i], kdc[i], kgm[i], kgs[i], kdry[i]
                most = max(most, r[i])
            _canopy(krain, before, dry, r)
            if most > 0.0:
                count = np.int64(0)
                for i in range(BLOCK):
                    rainy[count] = i
                    count += 1 if r[i] > 0.0 else 0
                wetted = np.int64(0)
                for k in range(count):
                    i = rainy[k]
                    near[i] = r[i] if before[i] > _FINE else before[i] + r[i] - _FINE
                    some[wetted] = i
                    wetted += 1 if near[i] > 0.0 else 0
                eq.wet_fine_fuel(ff, near, some, wetted, work)
                wetted = np.int64(0)
                for k in range(count):
                    i = rainy[k]
                    near[i] = 0.92 * r[i] if before[i] > _DUFF + _HAIR else 0.92 * (before[i] + r[i]) - 1.27
                    some[wetted] = i
                    wetted += 1 if before[i] + r[i] > _DUFF + _HAIR else 0
                eq.wet_duff(dmc, near, some, wetted, work)
                wetted = np.int64(0)
                for k in range(count):
                    i = rainy[k]
                    near[i] = (
                        0.83 * r[i] if before[i] > _DROUGHT + _HAIR else 0.83 * (before[i] + r[i]) - 1.27
                    )
                    some[wetted] = i
                    wetted += 1 if before[i] + r[i] > _DROUGHT + _HAIR else 0
                eq.wet_deep(dc, near, some, wetted, work)
                eq.wet_grass(gm, r, 1.0, load)
                eq.wet_grass(gs, r, _SHARE, load)
            # sun
            light = 0.0
            for i in range(BLOCK):
                clock = minute[i] / 60.0
                rise, fall = today[0, i], today[1, i]
                up = (clock >= rise and clock <= fall) or (
                    clock < 6.0 and clock + 24.0 >= rise and clock + 24.0 <= fall
                )
                sunlit[i] = 1.0 if up else 0.0
                height[i] = today[2, i] + today[3, i] * _COS[minute[i]] - today[4, i] * _SIN[minute[i]]
                light = max(light, height[i])
            if light > 0.0:
                eq.radiate(height, t, h, rad)
            else:
                rad[:] = 0.0
            if radiation.shape[0] > 0:
                light = 1.0
                for i in range(BLOCK):
                    seen = radiation[hour, start + min(i, n - 1)]
                    rad[i] = max(seen, 0.0) if seen == seen else rad[i]
            # forest fuels
            eq.fine_fuel(ff, t, h, w, rules.rests)
            eq.code(ff, ffmc)
            eq.dry_deep(dmc, dc, t, h, sunlit)
            eq.spread(ff, w, isi)
            codes.buildup(dmc, dc, bui)
            codes.weather_index(isi, bui, fwi, dsr)
            for i in range(BLOCK):
                before[i] = before[i] + r[i]
            # grass
            if light > 0.0:
                eq.warm_up(t, h, w, rad, warm, near)
                eq.grass(gm, warm, near, w)
            else:
                eq.grass(gm, t, h, w)
            eq.grass(gs, t, h, w)
            if cured.shape[0] > 0:
                row = min(hour, cured.shape[0] - 1)
                for i in range(BLOCK):
                    percent[i] = cured[row, min(start + min(i, n - 1), cured.shape[1] - 1)]
                eq.cure(percent, factor)
            for i in range(BLOCK):
                grass[i] = gs[i] if today[6, i] > 0.0 else gm[i]
            eq.grass_code(grass, w, factor, gfmc)
            eq.grass_spread(grass, w, factor, today[6], gsi)
            eq.grass_weather(gsi, load, gfwi)
            # what is kept, what is told
            _keep(kff, ff, go)
            _keep(kdmc, dmc, go)
            _keep(kdc, dc, go)
            _keep(kgm, gm, go)
            _keep(kgs, gs, go)
            _keep(krain, before, go)
            _keep(kdry, dry, go)
            if not everyone:
                for k in range(len(outs)):
                    for i in range(BLOCK):
                        o[k, i] = o[k, i] if go[i] else nan
            for k in range(len(outs)):
                out = outs[k]
                if out.shape[0] > 0:
                    part = out[hour, start : start + n]
                    for i in range(n):
                        part[i] = o[k, i]
        for i in range(n):
            c = start + i
            state[0, c], state[1, c], state[2, c], state[3, c] = kff[i], kdmc[i], kdc[i], kgm[i]
            state[4, c], state[5, c], state[6, c], state[7, c] = kgs[i], krain[i], kdry[i], gaps[i]


def _kept(version):
    @njit(**CACHED)
    def run(*arguments):
        version  # noqa: B018 - see `cached`
        _run(*arguments)

    return run


run = _kept(version_of(__file__, eq.__file__, scalar.__file__, sun.__file__, codes.__file__, vmath.__file__))
