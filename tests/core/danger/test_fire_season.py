"""A season starts and ends by its rule, carries its drought through winter, and is never lost to a NaN."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.danger import fwi
from fenghuo.core.danger.daily import State, compute
from fenghuo.core.danger.fire_season import GIVEN, SNOW, TEMPERATURE, DryStart, SeasonRule
from fenghuo.core.danger.marks import Mark
from fenghuo.core.danger.overwinter import Overwintering, spring_dc
from fenghuo.core.danger.season import ESTIMATE, HOLD, RESTART, GapPolicy

LATITUDE = 46.0


def dates(n, first="2021-01-01"):
    return np.datetime64(first) + np.arange(n)


def year(n=365, warm=20.0, cold=-5.0, rain=0.0):
    """A winter, a summer and a winter again at one place: cold for 90 days, warm for 180, then cold."""
    t = np.full(n, cold)
    t[90:270] = warm
    return t, np.full(n, 45.0), np.full(n, 12.0), np.full(n, rain)


def run(weather, **how):
    return compute(*weather, dates(len(weather[0])), LATITUDE, **how)


def by_hand(weather, first, last, start=fwi.START, day0=date(2021, 1, 1)):
    """The scalar equations over days `first` to `last` (inclusive) of a row of weather."""
    codes, days = start, []
    for n in range(first, last + 1):
        month = date.fromordinal(day0.toordinal() + n).month
        days.append(fwi.step(codes, fwi.Weather(*(float(v[n]) for v in weather)), month, LATITUDE))
        codes = days[-1].codes
    return days


def test_the_temperature_rule_starts_after_three_warm_days_and_ends_after_three_cold_ones():
    weather = year()
    out = run(weather, rule=TEMPERATURE)
    running = np.flatnonzero(~np.isnan(out.ffmc))
    # Warm from day 90 on: days 90, 91, 92 are the three, the season runs from the day after. Cold from 270 on.
    assert (running[0], running[-1]) == (93, 272)
    assert out.marks[93] & Mark.START_UP and out.marks[273] & Mark.SHUT_DOWN
    assert np.all(out.marks[:93] & Mark.OUT_OF_SEASON) and np.all(out.marks[274:] & Mark.OUT_OF_SEASON)
    expected = by_hand(weather, 93, 272)
    for name in ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr"):
        np.testing.assert_allclose(
            getattr(out, name)[running], [getattr(day, name) for day in expected], rtol=1e-11
        )


def test_the_snow_rule_waits_for_bare_ground_and_ends_with_snow():
    weather = year(cold=6.0)
    depth = np.full(365, 0.3)
    depth[100:250] = 0.0
    out = run(weather, rule=SNOW, snow_depth=depth)
    running = np.flatnonzero(~np.isnan(out.ffmc))
    assert (running[0], running[-1]) == (102, 249)
    with pytest.raises(ValueError, match="snow_depth"):
        run(weather, rule=SNOW)


def test_a_given_season_is_followed_day_by_day():
    weather = year(warm=25.0)
    active = np.zeros(365, bool)
    active[50:60] = active[200:210] = True
    out = run(weather, rule=GIVEN, active=active)
    assert np.array_equal(~np.isnan(out.fwi), active)


def test_winter_keeps_the_drought_that_autumn_left_and_rain_takes_it_away():
    weather = list(year(n=730))
    weather[0][365 + 90 : 365 + 270] = 20.0
    weather[3][300:310] = 4.0
    parameters = Overwintering(carry_over=0.75, wetting=0.5)
    out = run(weather, rule=TEMPERATURE, overwintering=parameters)
    running = np.flatnonzero(~np.isnan(out.dc))
    second = running[running > 365][0]
    autumn = out.dc[272]
    expected = spring_dc(float(autumn), 40.0, parameters)
    assert expected > 15.0
    day = by_hand(weather, second, second, replace(fwi.START, dc=expected))[0]
    assert out.dc[second] == pytest.approx(day.dc, rel=1e-12)
    # The first season has no autumn before it and starts from the start value.
    assert out.dc[93] == pytest.approx(by_hand(weather, 93, 93)[0].dc, rel=1e-12)


def test_spring_dc_follows_equations_2_to_4():
    # By hand, Lawson & Armitage (2008): Qf = 800 e^(-300/400), Qs = 0.75 Qf + 0.75 · 3.94 · 110.
    moisture = 0.75 * 800 * math.exp(-0.75) + 0.75 * 3.94 * 110
    assert spring_dc(300.0, 110.0) == pytest.approx(400 * math.log(800 / moisture), rel=1e-12)
    assert spring_dc(300.0, 2000.0) == 15.0
    with pytest.raises(ValueError, match="negative"):
        spring_dc(-1.0, 10.0)
    with pytest.raises(ValueError, match="fraction"):
        Overwintering(carry_over=1.2)


def test_a_dry_spring_starts_drier_for_every_day_without_rain():
    weather = list(year())
    weather[3][40] = 5.0  # then dry until the season starts on day 93: days 41 to 92 are 52 dry days
    out = run(weather, rule=TEMPERATURE, dry_start=DryStart(dmc_per_day=2.0, dc_per_day=5.0))
    start = fwi.Codes(85.0, 6.0 + 2.0 * 52, 15.0 + 5.0 * 52)
    day = by_hand(weather, 93, 93, start)[0]
    assert (out.dmc[93], out.dc[93]) == pytest.approx((day.dmc, day.dc), rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    kind=st.sampled_from(["year-round", "temperature", "snow", "given"]),
    winter=st.sampled_from([None, Overwintering(), Overwintering(1.0, 0.9)]),
    dry=st.sampled_from([None, DryStart(), DryStart(0.0, 0.0)]),
    missing=st.sampled_from([0.0, 0.05, 0.5]),
    policy=st.sampled_from([HOLD, RESTART, ESTIMATE, GapPolicy(None)]),
    cut=st.integers(1, 398),
)
def test_no_combination_loses_a_season_and_any_day_resumes_bit_for_bit(
    seed, kind, winter, dry, missing, policy, cut, tmp_path_factory
):
    rng = np.random.default_rng(seed)
    n, cells = 400, 3
    swing = 12.0 - 18.0 * np.cos(2 * np.pi * np.arange(n) / 365)[:, None]
    weather = [
        swing + rng.normal(0, 4, (n, cells)),
        rng.uniform(10, 100, (n, cells)),
        rng.gamma(2, 5, (n, cells)),
        np.where(rng.random((n, cells)) < 0.2, rng.gamma(1, 6, (n, cells)), 0.0),
    ]
    for values in weather:
        values[rng.random((n, cells)) < missing] = np.nan
    extras = {}
    if kind == "snow":
        extras["snow_depth"] = np.where(swing < 2.0, 0.2, 0.0) + np.zeros((n, cells))
    if kind == "given":
        extras["active"] = (swing > 6.0) & np.ones((n, cells), bool)
    how = {"rule": SeasonRule(kind), "overwintering": winter, "dry_start": dry, "policy": policy}
    lat = np.array([46.0, 10.0, -35.0])
    whole = compute(*weather, dates(n), lat, **extras, **how)

    out_of_season = (whole.marks & Mark.OUT_OF_SEASON) != 0
    excused = out_of_season | ((whole.marks & Mark.GAP) != 0)
    for name in ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr"):
        assert np.array_equal(np.isnan(getattr(whole, name)), excused), "NaN exactly where a mark says why"
    assert np.all(~np.isnan(whole.state.ffmc))
    if kind != "year-round":
        assert np.any(~out_of_season)

    first = compute(
        *(v[:cut] for v in weather), dates(n)[:cut], lat, **{k: v[:cut] for k, v in extras.items()}, **how
    )
    path = tmp_path_factory.mktemp("state") / "eve.npz"
    first.state.save(path)
    rest = compute(
        *(v[cut:] for v in weather), dates(n)[cut:], lat, start=State.load(path),
        **{k: v[cut:] for k, v in extras.items()}, **how,
    )  # fmt: skip
    for name in ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr", "marks"):
        joined = np.concatenate([getattr(first, name), getattr(rest, name)])
        assert joined.tobytes() == getattr(whole, name).tobytes()
    for name, array in rest.state.arrays().items():
        assert array.tobytes() == whole.state.arrays()[name].tobytes()


def test_a_state_that_does_not_fit_is_refused(tmp_path):
    weather = year(n=20)
    state = run(weather).state
    with pytest.raises(ValueError, match="the state ends on 2021-01-20, the weather begins on 2021-01-01"):
        run(weather, start=state)
    with pytest.raises(ValueError, match="float64"):
        compute(*(v.astype(np.float32) for v in weather), dates(20, "2021-01-21"), 46.0, start=state)
    (tmp_path / "no.npz").write_bytes(b"no state")
    with pytest.raises(ValueError, match="not a state file"):
        State.load(tmp_path / "no.npz")


def test_a_rule_that_could_never_work_is_refused():
    with pytest.raises(ValueError, match="start_days"):
        SeasonRule("temperature", start_days=0)
    with pytest.raises(ValueError, match="below"):
        SeasonRule("temperature", start_temperature=5.0, end_temperature=12.0)
    with pytest.raises(ValueError, match="year-round"):
        SeasonRule("sometimes")
