"""Drives blocks of cells through their days: season and gaps decided for each cell, then the equations.

The state of a block stays in the processor's cache while its days pass, so the weather is read once, the
results are written once and nothing else of size is held.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from fenghuo.core.danger.engine import codes, vmath
from fenghuo.core.danger.engine.cached import CACHED, version_of
from fenghuo.core.danger.engine.codes import BLOCK, KERNEL
from fenghuo.core.danger.marks import (
    ESTIMATED,
    GAP,
    OUT_OF_SEASON,
    RESTART,
    SHUT_DOWN,
    START_UP,
)

ALWAYS, TEMPERATURE, SNOW, GIVEN = 0, 1, 2, 3
_GAP, _ESTIMATED, _RESTART = int(GAP), int(ESTIMATED), int(RESTART)
_START_UP, _SHUT_DOWN, _OUT = int(START_UP), int(SHUT_DOWN), int(OUT_OF_SEASON)


class Rules(NamedTuple):
    """Every choice of a run as plain numbers; see `daily.compute` for what they mean."""

    ffmc_constant: float
    printed_rain: bool
    start_ffmc: float
    start_dmc: float
    start_dc: float
    restart_after: int  # -1 never
    estimate_up_to: int
    season: int
    start_temperature: float
    start_days: int
    end_temperature: float
    end_days: int
    snow_depth: float
    overwinter: bool
    carry_over: float
    wetting: float
    minimum_dc: float
    dry_start: bool
    dmc_per_day: float
    dc_per_day: float
    wet_day: float
    refuse: bool  # an impossible value stops the run; otherwise it counts as missing
    limits: np.ndarray  # lowest and highest temperature, humidity, wind and rain taken, shape (4, 2)


class Tables(NamedTuple):
    """Day length [h] and day-length factor [1] by band, shape (bands, 12), and the band of each cell."""

    hours: np.ndarray
    factors: np.ndarray
    hours_band: np.ndarray
    factors_band: np.ndarray


class Block(NamedTuple):
    """What a cell hands from day to day, one array a quantity, shape (cells,)."""

    ffmc: np.ndarray
    dmc: np.ndarray
    dc: np.ndarray
    gap_days: np.ndarray  # days in a row up to now that lacked an input
    last: np.ndarray  # (3, cells): the last observed temperature, humidity and wind
    active: np.ndarray  # the season runs
    start_row: np.ndarray  # days in a row that speak for a start-up
    end_row: np.ndarray  # days in a row that speak for a shut-down
    autumn_dc: np.ndarray  # the code the last season ended with; NaN where none has ended
    winter_rain: np.ndarray  # mm since then
    dry_days: np.ndarray  # days in a row out of season without real rain


@njit(**KERNEL)
def _decide(n, day, column, t, h, w, r, snow, given, b, rules, mo, go, marks):
    """Decide the day of each cell of a block: computed or not, its marks, the four inputs to compute with.

    One call a block and day, with every array named once: a call a cell would count references to each array
    of `b` and cost more than the equations. Returns True where no cell is in a gap and no season can turn.
    """
    F = t.dtype.type
    ffmc, dmc, dc, gap_days, last = b.ffmc, b.dmc, b.dc, b.gap_days, b.last
    active, start_row, end_row = b.active, b.start_row, b.end_row
    autumn_dc, winter_rain, dry_days = b.autumn_dc, b.winter_rain, b.dry_days
    season, start_days, end_days = rules.season, rules.start_days, rules.end_days
    start_temperature, end_temperature = rules.start_temperature, rules.end_temperature
    with_snow, with_given = snow.shape[0] > 0, given.shape[0] > 0
    constant = F(rules.ffmc_constant)
    calm_t, calm_h, calm_w, calm_r = F(20.0), F(50.0), F(10.0), F(0.0)
    settled = season == ALWAYS
    for i in range(n):
        mark = 0
        turn = 0
        has_t, has_h, has_w, has_r = t[i] == t[i], h[i] == h[i], w[i] == w[i], r[i] == r[i]
        complete = has_t and has_h and has_w and has_r
        if season != ALWAYS:
            starts = ends = False
            if season == TEMPERATURE:
                starts = start_row[i] >= start_days
                ends = end_row[i] >= end_days
            if has_t:
                end_row[i] = end_row[i] + 1 if t[i] < end_temperature else 0
                if season == TEMPERATURE:
                    start_row[i] = start_row[i] + 1 if t[i] > start_temperature else 0
            if season == SNOW and with_snow:
                depth = snow[day, column + i]
                if depth == depth:
                    start_row[i] = start_row[i] + 1 if depth <= rules.snow_depth else 0
                starts = start_row[i] >= start_days
                ends = depth > rules.snow_depth or end_row[i] >= end_days
            elif season == GIVEN and with_given:
                starts = given[day, column + i]
                ends = not starts
            if active[i]:
                turn = -1 if ends else 0
            else:
                turn = 1 if starts and not ends else 0
            if turn > 0:
                dry = dry_days[i] if rules.dry_start else 0
                ffmc[i] = rules.start_ffmc
                dmc[i] = rules.start_dmc + rules.dmc_per_day * dry
                autumn = autumn_dc[i]
                if rules.overwinter and autumn == autumn:
                    kept = rules.carry_over * 800.0 * np.exp(-np.float64(autumn) / 400.0)
                    moisture = max(kept + rules.wetting * 3.94 * winter_rain[i], 1e-300)
                    dc[i] = max(400.0 * np.log(800.0 / moisture), rules.minimum_dc)
                elif rules.overwinter:
                    dc[i] = rules.start_dc
                else:
                    dc[i] = rules.start_dc + rules.dc_per_day * dry
                active[i] = True
                gap_days[i] = 0
                mark |= _START_UP
            elif turn < 0:
                active[i] = False
                autumn_dc[i] = dc[i]
                winter_rain[i] = 0.0
                dry_days[i] = 0
                mark |= _SHUT_DOWN
        if complete:
            seen_t, seen_h, seen_w = t[i], h[i], w[i]
        if not active[i]:
            if has_r:
                winter_rain[i] += r[i]
                if turn == 0:
                    dry_days[i] = 0 if r[i] > rules.wet_day else dry_days[i] + 1
            gap_days[i] = 0
            computed = False
            mark |= _OUT
        elif complete:
            if rules.restart_after >= 0 and gap_days[i] > rules.restart_after:
                ffmc[i] = rules.start_ffmc
                dmc[i] = rules.start_dmc
                dc[i] = rules.start_dc
                mark |= _RESTART
            gap_days[i] = 0
            computed = True
        else:
            gap_days[i] += 1
            computed = gap_days[i] <= rules.estimate_up_to and last[0, i] == last[0, i]
            if computed:
                t[i] = t[i] if has_t else last[0, i]
                h[i] = h[i] if has_h else last[1, i]
                w[i] = w[i] if has_w else last[2, i]
                r[i] = r[i] if has_r else F(0.0)
                mark |= _ESTIMATED
            else:
                mark |= _GAP
        if complete:
            last[0, i], last[1, i], last[2, i] = seen_t, seen_h, seen_w
        if mark & (_RESTART | _START_UP):
            mo[i] = constant * (F(101.0) - ffmc[i]) / (F(59.5) + ffmc[i])
        if not computed:
            t[i], h[i], w[i], r[i] = calm_t, calm_h, calm_w, calm_r
        go[i] = computed
        marks[i] = mark
        settled = settled and gap_days[i] == 0
    return settled


@njit(**KERNEL)
def _run(
    first, last, origin, temperature, humidity, wind, rain, snow, given, months, tables,
    ffmc, dmc, dc, isi, bui, fwi, dsr, marks, state, rules, fault,
):  # fmt: skip
    """Run cells `first` to `last` through every day.

    Weather and results have the shape (days, cells); a result of shape (0, 0) is not asked for. The weather's
    columns begin with the cell `origin`, everything else with cell 0. `fault` receives (quantity, day, cell)
    of the first impossible value.
    """
    F = temperature.dtype.type
    days = temperature.shape[0]
    kind = temperature.dtype
    b = Block(
        np.empty(BLOCK, kind), np.empty(BLOCK, kind), np.empty(BLOCK, kind),
        np.zeros(BLOCK, np.int32), np.empty((3, BLOCK), kind), np.ones(BLOCK, np.bool_),
        np.zeros(BLOCK, np.int32), np.zeros(BLOCK, np.int32), np.empty(BLOCK, kind),
        np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.int32),
    )  # fmt: skip
    rows = np.empty((17, BLOCK), kind)
    t, h, w, r = rows[0], rows[1], rows[2], rows[3]
    le, lf, mo, wet = rows[4], rows[5], rows[6], rows[7]
    new_ffmc, new_dmc, new_dc, new_isi = rows[8], rows[9], rows[10], rows[11]
    new_bui, new_fwi, new_dsr = rows[12], rows[13], rows[14]
    work = np.empty((2, BLOCK + codes.LANES), kind)
    rainy = np.empty(BLOCK, np.int32)
    some = np.empty(BLOCK, np.int32)
    go = np.empty(BLOCK, np.bool_)
    day_marks = np.zeros(BLOCK, np.uint8)
    nan = F(np.nan)
    low, high = rows[15], rows[16]
    for q in range(4):
        low[q], high[q] = F(rules.limits[q, 0]), F(rules.limits[q, 1])
    lt, lh, lw, lr = low[0], low[1], low[2], low[3]
    ht, hh, hw, hr = high[0], high[1], high[2], high[3]
    with_marks = marks.shape[0] > 0

    for start in range(first, last, BLOCK):
        n = min(BLOCK, last - start)
        column = start - origin
        for i in range(BLOCK):  # fill up the last block with harmless cells
            b.ffmc[i], b.dmc[i], b.dc[i] = F(85.0), F(6.0), F(15.0)
            b.gap_days[i] = 0
            b.active[i] = True
            t[i], h[i], w[i], r[i] = F(20.0), F(50.0), F(10.0), F(0.0)
            le[i], lf[i] = F(9.0), F(1.0)
        for i in range(n):
            c = start + i
            b.ffmc[i], b.dmc[i], b.dc[i] = state.ffmc[c], state.dmc[c], state.dc[c]
            b.gap_days[i], b.active[i] = state.gap_days[c], state.active[c]
            b.start_row[i], b.end_row[i] = state.start_row[c], state.end_row[c]
            b.autumn_dc[i], b.winter_rain[i] = state.autumn_dc[c], state.winter_rain[c]
            b.dry_days[i] = state.dry_days[c]
            for q in range(3):
                b.last[q, i] = state.last[q, c]
        settled = rules.season == ALWAYS
        for i in range(n):
            settled = settled and b.gap_days[i] == 0
        codes.moisture(b.ffmc, rules.ffmc_constant, mo)
        month = -1
        for day in range(days):
            if months[day] != month:
                month = months[day]
                for i in range(n):
                    le[i] = tables.hours[tables.hours_band[start + i], month - 1]
                    lf[i] = tables.factors[tables.factors_band[start + i], month - 1]
            _read(temperature, day, column, n, t)
            _read(humidity, day, column, n, h)
            _read(wind, day, column, n, w)
            _read(rain, day, column, n, r)
            wrong = 0
            for i in range(n):
                fine = (
                    (t[i] >= lt) & (t[i] <= ht) & (h[i] >= lh) & (h[i] <= hh)
                    & (w[i] >= lw) & (w[i] <= hw) & (r[i] >= lr) & (r[i] <= hr)
                )  # fmt: skip
                wrong += 0 if fine else 1
            everyone = settled and wrong == 0
            if not everyone:
                if wrong > 0:
                    for i in range(n):
                        quantity = -1
                        if r[i] == r[i] and not (lr <= r[i] <= hr):
                            quantity, r[i] = 3, nan
                        if w[i] == w[i] and not (lw <= w[i] <= hw):
                            quantity, w[i] = 2, nan
                        if h[i] == h[i] and not (lh <= h[i] <= hh):
                            quantity, h[i] = 1, nan
                        if t[i] == t[i] and not (lt <= t[i] <= ht):
                            quantity, t[i] = 0, nan
                        if quantity >= 0 and (fault[0] < 0 or day < fault[1]):
                            fault[0], fault[1], fault[2] = quantity, day, start + i
                    if rules.refuse and fault[0] >= 0 and fault[1] <= day:
                        break  # nothing later in this block matters; another block may hold an earlier fault
                settled = _decide(n, day, column, t, h, w, r, snow, given, b, rules, mo, go, day_marks)
            else:
                for i in range(BLOCK):
                    b.last[0, i], b.last[1, i], b.last[2, i] = t[i], h[i], w[i]

            for i in range(BLOCK):
                wet[i], new_dmc[i], new_dc[i] = mo[i], b.dmc[i], b.dc[i]
            most = F(0.0)
            for i in range(BLOCK):
                most = max(most, r[i])
            if most > F(0.5):
                count = 0
                for i in range(BLOCK):
                    rainy[count] = i
                    count += 1 if r[i] > F(0.5) else 0
                codes.wet_fine_fuel(wet, r, rainy, count, work)
                if most > F(1.5):
                    more = 0
                    for k in range(count):
                        some[more] = rainy[k]
                        more += 1 if r[rainy[k]] > F(1.5) else 0
                    codes.wet_duff(new_dmc, r, some, more, rules.printed_rain, work)
                if most > F(2.8):
                    more = 0
                    for k in range(count):
                        some[more] = rainy[k]
                        more += 1 if r[rainy[k]] > F(2.8) else 0
                    codes.wet_deep(new_dc, r, some, more, work)
            codes.fine_fuel(wet, t, h, w, rules.ffmc_constant, new_ffmc, work)
            codes.dry_deep(new_dmc, new_dc, t, h, le, lf)
            if everyone:
                for i in range(BLOCK):
                    b.ffmc[i], b.dmc[i], b.dc[i] = new_ffmc[i], new_dmc[i], new_dc[i]
                codes.moisture(b.ffmc, rules.ffmc_constant, mo)
                codes.spread(mo, w, new_isi)
            else:
                codes.moisture(new_ffmc, rules.ffmc_constant, wet)
                codes.spread(wet, w, new_isi)
                for i in range(BLOCK):
                    if i >= n or go[i]:
                        b.ffmc[i], b.dmc[i], b.dc[i], mo[i] = new_ffmc[i], new_dmc[i], new_dc[i], wet[i]
            codes.buildup(new_dmc, new_dc, new_bui)
            codes.weather_index(new_isi, new_bui, new_fwi, new_dsr)
            if not everyone:
                for i in range(n):
                    if not go[i]:
                        new_ffmc[i] = new_dmc[i] = new_dc[i] = new_isi[i] = new_bui[i] = new_fwi[i] = new_dsr[
                            i
                        ] = nan
            _write(ffmc, day, start, n, new_ffmc)
            _write(dmc, day, start, n, new_dmc)
            _write(dc, day, start, n, new_dc)
            _write(isi, day, start, n, new_isi)
            _write(bui, day, start, n, new_bui)
            _write(fwi, day, start, n, new_fwi)
            _write(dsr, day, start, n, new_dsr)
            if with_marks and not everyone:
                for i in range(n):
                    marks[day, start + i] = day_marks[i]
        for i in range(n):
            c = start + i
            state.ffmc[c], state.dmc[c], state.dc[c] = b.ffmc[i], b.dmc[i], b.dc[i]
            state.gap_days[c], state.active[c] = b.gap_days[i], b.active[i]
            state.start_row[c], state.end_row[c] = b.start_row[i], b.end_row[i]
            state.autumn_dc[c], state.winter_rain[c] = b.autumn_dc[i], b.winter_rain[i]
            state.dry_days[c] = b.dry_days[i]
            for q in range(3):
                state.last[q, c] = b.last[q, i]


# Views in both, because an index that might be negative would keep the loops from being vectorised.
@njit(**KERNEL)
def _read(weather, day, column, n, into):
    part = weather[day, column : column + n]
    for i in range(n):
        into[i] = part[i]


@njit(**KERNEL)
def _write(out, day, start, n, values):
    if out.shape[0] > 0:
        part = out[day, start : start + n]
        for i in range(n):
            part[i] = values[i]


def _kept(version):
    @njit(**CACHED)
    def run(*arguments):
        version  # noqa: B018 - see `cached`
        _run(*arguments)

    return run


run = _kept(version_of(__file__, codes.__file__, vmath.__file__))
