"""FWI2025 gives the official program's outputs to every printed digit, one hour or a nation at a time."""

import csv
import gzip
import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger import fwi, fwi2025
from fenghuo.core.danger.bounds import ImpossibleWeather
from fenghuo.core.danger.fwi import Weather
from fenghuo.core.danger.fwi2025 import GapPolicy, Options, Place, State, scalar, sun
from fenghuo.core.danger.fwi2025.options import stands
from fenghuo.core.danger.fwi2025.state import PARTS, code_of

DATA = Path(__file__).parent / "data" / "fwi2025"
PETAWAWA = Place(45.996, -77.427, -4)
PRINTED = 0.5e-4 + 1e-9  # four decimals; a value on the edge may have been rounded either way
QUANTITIES = ("temperature", "humidity", "wind", "rain")


@cache
def table(name):
    """Return a file's columns: numbers where all are numbers, else text."""
    with gzip.open(DATA / name, "rt") as file:
        rows = list(csv.reader(file))
    columns = {}
    for heading, *cells in zip(*rows, strict=True):
        try:
            columns[heading] = np.array(cells, np.float64)
        except ValueError:
            columns[heading] = np.array(cells)
    return columns


@cache
def season():
    """Return the public season's weather (temperature, humidity, wind, rain) and its hours."""
    columns = table("PRF2007_hourly_wx.csv.gz")
    stamps = [
        np.datetime64(datetime(*map(int, row)), "h")
        for row in zip(*(columns[name] for name in ("yr", "mon", "day", "hr")), strict=True)
    ]
    return [columns[name] for name in ("temp", "rh", "ws", "prec")], np.array(stamps)


@cache
def computed():
    weather, times = season()
    place = (PETAWAWA.latitude, PETAWAWA.longitude, PETAWAWA.utc_offset)
    return fwi2025.hourly(*weather, times, *place, outputs=fwi2025.OUTPUTS)


def many(hours=200, stations=40, seed=2025, gaps=0.0):
    """Return harsh random weather with its hours, and places from pole to pole."""
    draw = np.random.default_rng(seed)
    shape = (hours, stations)
    humidity = np.where(
        draw.random(shape) < 0.1, draw.choice([0.0, 100.0], shape), draw.uniform(0, 100, shape)
    )
    weather = [
        draw.uniform(-25, 48, shape),
        humidity,
        np.where(draw.random(shape) < 0.1, 0.0, draw.uniform(0, 90, shape)),
        np.where(draw.random(shape) < 0.7, 0.0, np.round(draw.exponential(1.5, shape), 1)),
    ]
    for field in weather:
        field[draw.random(shape) < gaps] = np.nan
    times = np.datetime64("2024-06-25T21", "h") + np.arange(hours)
    latitude = np.concatenate([[-90.0, -66.0, 0.0, 66.5, 70.0, 90.0], draw.uniform(-70, 80, stations - 6)])
    longitude = draw.uniform(-180, 180, stations)
    return weather, times, latitude, longitude, np.round(longitude / 15.0)


def same(one, other):
    """True when two results are the same to the last bit, states included."""
    return all(np.array_equal(one[name], other[name], equal_nan=True) for name in one.codes) and all(
        np.array_equal(getattr(one.state, part), getattr(other.state, part)) for part in PARTS
    )


def test_every_hourly_column_equals_the_official_outputs_to_the_printed_digit():
    official = table("PRF2007_standard_hourly_FWI.csv.gz")
    weather, times = season()
    assert len(times) == len(official["hr"]) == 2623
    hours = [Weather(*map(float, row)) for row in zip(*weather, strict=True)]
    one_by_one = scalar.run(zip(times.astype("datetime64[m]").tolist(), hours, strict=True), PETAWAWA)
    result = computed()
    checked = {"id", "lat", "long", "timezone", "yr", "mon", "day", "hr", "temp", "rh", "ws", "prec"}
    for name in fwi2025.OUTPUTS:
        np.testing.assert_allclose(result[name][:, 0], official[name], rtol=0, atol=PRINTED, err_msg=name)
        if name != "solrad":
            values = [getattr(hour, name) for hour in one_by_one]
            np.testing.assert_allclose(values, official[name], rtol=0, atol=PRINTED, err_msg=name)
        checked.add(name)
    moments = [hour.moment for hour in one_by_one]
    for name, values in {
        "solrad": [moment.radiation for moment in moments],
        "sunrise": [moment.sun.sunrise for moment in moments],
        "sunset": [moment.sun.sunset for moment in moments],
        "sunlight_hours": [moment.sun.sunlight for moment in moments],
        "percent_cured": [moment.percent_cured for moment in moments],
        "grass_fuel_load": [fwi2025.DEFAULT.grass_fuel_load] * len(moments),
    }.items():
        np.testing.assert_allclose(values, official[name], rtol=0, atol=PRINTED, err_msg=name)
        checked.add(name)
    assert checked == set(official)


def test_every_daily_column_equals_the_official_summaries_to_the_printed_digit():
    official = table("PRF2007_standard_daily_summaries.csv.gz")
    days = fwi2025.summaries(computed(), decimals=4)
    dates = zip(*(official[name].astype(int) for name in ("yr", "mon", "day")), strict=True)
    assert days.dates.tolist() == [date(*day) for day in dates]
    assert set(fwi2025.SUMMARY) == set(official) - {"id", "yr", "mon", "day"}
    for name in fwi2025.SUMMARY:
        values = days[name][:, 0]
        if name in ("sunrise", "sunset"):
            assert [fwi2025.clock_text(hours) for hours in values] == official[name].tolist()
        else:
            np.testing.assert_allclose(values, official[name], rtol=0, atol=PRINTED, err_msg=name)
    # The program rounds between its two steps; without that nothing but the last digits moves.
    exact = fwi2025.summaries(computed())
    assert np.array_equal(exact["peak_hr"], days["peak_hr"])
    assert np.array_equal(exact["duration"], days["duration"])
    np.testing.assert_allclose(exact["gsi_smooth"], days["gsi_smooth"], rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("between", ["rests", "wets"])
def test_the_kernel_equals_the_scalar_reference_in_harsh_weather_from_pole_to_pole(between):
    weather, times, *places = many(hours=100)
    options = Options(between=between, grass_fuel_load=0.5)
    result = fwi2025.hourly(*weather, times, *places, options=options, outputs=fwi2025.OUTPUTS)
    assert not np.isnan(result["fwi"]).any()
    for station in range(0, len(places[0]), 1 if between == "rests" else 10):
        hours = [Weather(*(float(field[hour, station]) for field in weather)) for hour in range(len(times))]
        place = Place(*(float(values[station]) for values in places))
        reference = scalar.run(
            zip(times.astype("datetime64[m]").tolist(), hours, strict=True), place, options
        )
        for name in fwi2025.OUTPUTS:
            values = [
                hour.moment.radiation if name == "solrad" else getattr(hour, name) for hour in reference
            ]
            np.testing.assert_allclose(result[name][:, station], values, rtol=1e-9, atol=1e-9, err_msg=name)


def test_observed_curing_and_radiation_stand_in_for_the_estimates():
    weather, times, *places = many(hours=30)
    plain = fwi2025.hourly(*weather, times, *places, outputs=fwi2025.OUTPUTS)
    cured = fwi2025.percent_cured(date(2024, 6, 26))
    given_back = fwi2025.hourly(
        *weather, times, *places, outputs=fwi2025.OUTPUTS,
        radiation=np.where(np.arange(30)[:, None] % 2, plain["solrad"], np.nan),
    )  # fmt: skip
    assert same(plain, given_back)
    assert np.array_equal(
        fwi2025.hourly(*weather, times, *places, percent_cured=cured)["gfmc"][5:25], plain["gfmc"][5:25]
    )
    green = fwi2025.hourly(*weather, times, *places, percent_cured=10.0)
    assert not green["gsi"].any() and not green["gfmc"].any()
    dark = fwi2025.hourly(*weather, times, *places, radiation=0.0, outputs=fwi2025.OUTPUTS)
    assert not dark["solrad"].any()
    assert (dark["mcgfmc_matted"] >= plain["mcgfmc_matted"] - 1e-9).mean() > 0.9


def test_a_season_resumed_at_any_hour_is_the_continuous_season_bit_for_bit(tmp_path):
    weather, times, *places = many(gaps=0.02)
    whole = fwi2025.hourly(*weather, times, *places, outputs=fwi2025.OUTPUTS)
    for cuts in ((0, 1, 3, 200), (0, 77, 200), (0, 199, 200)):
        state, pieces = fwi2025.START, []
        for begin, end in pairwise(cuts):
            piece = fwi2025.hourly(
                *(field[begin:end] for field in weather), times[begin:end], *places,
                start=state, outputs=fwi2025.OUTPUTS,
            )  # fmt: skip
            piece.state.save(tmp_path / "state.npz")
            state = State.load(tmp_path / "state.npz")
            pieces.append(piece)
        for name in fwi2025.OUTPUTS:
            joined = np.concatenate([piece[name] for piece in pieces])
            assert np.array_equal(joined, whole[name], equal_nan=True), name
        assert state.time == whole.state.time == times[-1]
    with pytest.raises(ValueError, match="the state ended"):
        fwi2025.hourly(*(field[:5] for field in weather), times[:5], *places, start=state)


def test_neither_neighbours_nor_order_nor_threads_change_a_station():
    weather, times, *places = many(hours=50, stations=1100, gaps=0.01)
    whole = fwi2025.hourly(*weather, times, *places)
    assert same(whole, fwi2025.hourly(*weather, times, *places, threads=2))
    order = np.random.default_rng(3).permutation(1100)[:530]
    some = fwi2025.hourly(*(field[:, order] for field in weather), times, *(place[order] for place in places))
    for name in fwi2025.CODES:
        assert np.array_equal(some[name], whole[name][:, order], equal_nan=True), name
    for field in weather:
        field.flags.writeable = False
    assert same(whole, fwi2025.hourly(*weather, times, *places))
    turned = [np.asfortranarray(field) for field in weather]
    assert same(whole, fwi2025.hourly(*turned, times, *places))


def test_scalar_states_resume_bit_for_bit_too():
    weather, times = season()
    hours = [
        (time, None if n % 50 == 49 else Weather(*map(float, row)))
        for n, (time, row) in enumerate(
            zip(times[:300].astype("datetime64[m]").tolist(), zip(*weather, strict=True), strict=False)
        )
    ]
    whole = scalar.run(hours, PETAWAWA)
    first = scalar.run(hours[:100], PETAWAWA)
    assert first[-1] is None and whole[99] is None
    held = replace(first[-2].state, gap_hours=1.0, time=np.datetime64(hours[99][0], "m"))
    assert scalar.run(hours[100:], PETAWAWA, start=held) == whole[100:]
    with pytest.raises(ValueError, match="one hour after"):
        scalar.run([hours[0], hours[2]], PETAWAWA)


def test_a_gap_is_not_a_number_holds_the_codes_and_restarts_after_too_long():
    weather, times, *places = many(hours=60, stations=7)
    whole = fwi2025.hourly(*weather, times, *places)
    weather[1][20:30, 3] = np.nan
    held = fwi2025.hourly(*weather, times, *places)
    assert np.isnan(held["fwi"][20:30, 3]).all() and np.isnan(held["gfmc"][20:30, 3]).all()
    assert np.isfinite(held["fwi"]).sum() == 60 * 7 - 10
    assert (held.marks[20:30, 3] == 1).all() and (held.marks == 1).sum() == 10
    others = np.arange(7) != 3
    assert np.array_equal(held["fwi"][:, others], whole["fwi"][:, others])
    before = fwi2025.hourly(*(field[:20] for field in weather), times[:20], *places)
    during = fwi2025.hourly(*(field[20:30] for field in weather), times[20:30], *places, start=before.state)
    assert during.state.gap_hours[3] == 10 and during.state.gap_hours[2] == 0
    for part in PARTS[:-1]:
        assert getattr(during.state, part)[3] == getattr(before.state, part)[3]

    kept = fwi2025.hourly(*weather, times, *places, policy=GapPolicy(restart_after=10))
    assert same(kept, held)
    restarted = fwi2025.hourly(*weather, times, *places, policy=GapPolicy(restart_after=9))
    assert restarted.marks[30, 3] == 2
    fresh = fwi2025.hourly(*(field[30:] for field in weather), times[30:], *places)
    assert np.array_equal(restarted["dc"][30:, 3], fresh["dc"][:, 3])
    one = scalar.run(
        [
            (time, None if 20 <= n < 30 else Weather(*(float(field[n, 3]) for field in weather)))
            for n, time in enumerate(times.astype("datetime64[m]").tolist())
        ],
        Place(*(float(place[3]) for place in places)),
        policy=GapPolicy(restart_after=9),
    )
    assert one[30].mark == "restart" and one[25] is None
    assert one[-1].dc == pytest.approx(restarted["dc"][-1, 3], abs=1e-9)


def test_a_grid_in_utc_is_every_station_on_its_own_clock():
    weather, times, latitude, longitude, offset = many(hours=90, stations=30)
    offset[7] = 5.5
    utc = fwi2025.hourly(*weather, times, latitude, longitude, offset, clock="utc", outputs=fwi2025.OUTPUTS)
    days = fwi2025.summaries(utc)
    assert days["peak_hr"].shape == (len(days.dates), 30)
    for station in range(30):
        local = times.astype("datetime64[m]") + int(offset[station] * 60)
        place = (latitude[station], longitude[station], offset[station])
        alone = fwi2025.hourly(
            *(field[:, station] for field in weather), local, *place, outputs=fwi2025.OUTPUTS
        )
        for name in fwi2025.OUTPUTS:
            assert np.array_equal(alone[name][:, 0], utc[name][:, station]), (station, name)
        of_one = fwi2025.summaries(alone)
        rows = np.searchsorted(days.dates, of_one.dates)
        for name in fwi2025.SUMMARY:
            np.testing.assert_allclose(
                days[name][rows, station], of_one[name][:, 0], rtol=1e-12, err_msg=name
            )
        assert np.isfinite(days["peak_hr"][:, station]).sum() == len(of_one.dates)


def test_single_precision_weather_gives_single_precision_codes_that_agree():
    weather, times, *places = many(hours=130, stations=600, gaps=0.01)
    single = [field.astype(np.float32) for field in weather]
    small = fwi2025.hourly(*single, times, *places)
    assert small["fwi"].dtype == np.float32 and small.state.dc.dtype == np.float64
    large = fwi2025.hourly(*(field.astype(np.float64) for field in single), times, *places)
    for name in fwi2025.CODES:
        assert np.array_equal(small[name], large[name].astype(np.float32), equal_nan=True), name
    seen = {"percent_cured": np.linspace(0, 100, 130)[:, None], "radiation": np.linspace(0, 1, 600)}
    small, large = (fwi2025.hourly(*field, times, *places, **seen) for field in (single, weather))
    np.testing.assert_allclose(small["gfmc"], large["gfmc"], rtol=0, atol=0.05)
    single[2][125, 590] = 400.0
    with pytest.raises(ImpossibleWeather, match="2024-07-01T02:00, station 590"):
        fwi2025.hourly(*single, times, *places)


def test_a_day_is_summarised_from_thirteen_hours_and_missing_ones_are_not_calm():
    weather, times = season()
    begin = int(np.flatnonzero(times == np.datetime64("2007-05-12T05"))[0])
    weather = [field[begin : begin + 24].copy() for field in weather]
    hours = (times[begin : begin + 24], PETAWAWA.latitude, PETAWAWA.longitude, PETAWAWA.utc_offset)

    def summary():
        return fwi2025.summaries(fwi2025.hourly(*weather, *hours, outputs=fwi2025.NEEDED))

    full = summary()
    assert full.dates.tolist() == [date(2007, 5, 12)] and full["duration"][0, 0] > 3
    peak = int(full["peak_hr"][0, 0]) - 5
    weather[0][peak] = np.nan
    moved = summary()
    assert moved["peak_hr"][0, 0] != full["peak_hr"][0, 0] and np.isfinite(moved["fwi"][0, 0])
    weather[0][:10] = np.nan
    assert np.isfinite(summary()["fwi"][0, 0])
    weather[0][10:12] = np.nan
    assert len(summary().dates) == 0
    with pytest.raises(ValueError, match="mcgfmc_matted"):
        fwi2025.summaries(fwi2025.hourly(*weather, *hours))


def test_the_midnight_sun_dries_all_night_and_the_polar_night_never():
    still = Weather(15.0, 40.0, 5.0, 0.0)
    svalbard, petawawa = Place(78.2, 15.6, 1.0), Place(46.0, -77.4, -5.0)

    def gain(place, day):
        midnight = datetime(day.year, day.month, day.day)
        hours = scalar.run([(midnight + timedelta(hours=n), still) for n in range(24)], place)
        return hours[-1].dc - 15.0

    full = 24 * (0.015 * 15.0 + 3.0 / 16.0)
    assert gain(svalbard, date(2007, 6, 21)) == pytest.approx(full, rel=0.05)
    assert gain(svalbard, date(2007, 12, 21)) == pytest.approx(0.0, abs=full / 24)
    assert 0.5 * full < gain(petawawa, date(2007, 6, 21)) < 0.7 * full
    summer = sun.solar_day(date(2007, 6, 21), svalbard)
    assert summer.sunlight == pytest.approx(24.0)
    assert sun.solar_day(date(2007, 12, 21), svalbard).sunlight == 0.0


def test_grass_cures_and_stands_by_the_calendar_of_each_date():
    assert fwi2025.percent_cured(date(2007, 3, 11)) == 96.0
    assert fwi2025.percent_cured(date(2007, 3, 12)) == pytest.approx(95.9)
    assert fwi2025.percent_cured(date(2008, 7, 29)) == pytest.approx(20.0)
    assert fwi2025.percent_cured(date(2007, 12, 31)) == fwi2025.percent_cured(date(2008, 1, 1)) == 96.0
    assert fwi2025.percent_cured(date(2007, 9, 12), green_up=(9, 12)) == pytest.approx(95.9)
    assert not stands(date(2007, 6, 30)) and stands(date(2007, 7, 1)) and stands(date(2007, 12, 31))
    assert not stands(date(2008, 1, 1))
    assert stands(date(2008, 1, 1), Options(standing_from=None))
    south = Options(standing_from=(1, 1), matted_from=(7, 1), green_up=(9, 12))
    assert stands(date(2008, 1, 1), south) and not stands(date(2007, 12, 31), south)
    for broken in (
        {"between": "x"},
        {"grass_fuel_load": 0.0},
        {"green_up": (2, 30)},
        {"standing_from": (13, 1)},
    ):
        with pytest.raises(ValueError, match=next(iter(broken))):
            Options(**broken)


def test_it_is_another_system_than_that_of_1987():
    assert fwi2025.SYSTEM == "fwi2025" and "must not" in fwi2025.__doc__
    # The same moisture spreads fire alike below 40 km/h; above, only the system of 1987 goes on growing.
    for wind in (0.0, 39.9):
        assert scalar.initial_spread_index(10.0, wind) == pytest.approx(
            fwi.initial_spread_index(code_of(10.0), wind, fwi.Options(ffmc_constant=fwi.FFMC_CONSTANT_EXACT))
        )
    assert scalar.initial_spread_index(10.0, 100.0) < 1.7 * scalar.initial_spread_index(10.0, 39.9)
    # A rain event wets the canopy once, and five dry hours end it.
    assert scalar.canopy(0.4, 0.0, 0.3) == (0.4, 0.0)
    assert scalar.canopy(0.4, 3.0, 0.0) == (0.4, 4.0) and scalar.canopy(0.4, 4.0, 0.0) == (0.0, 0.0)
    assert scalar.through(0.4, 0.3, 0.5) == pytest.approx(0.2)
    assert scalar.through(0.7, 0.3, 0.5) == 0.3 and scalar.through(0.2, 0.3, 0.5) == 0.0


weathers = st.builds(
    Weather,
    temperature=st.floats(-60.0, 60.0),
    humidity=st.floats(0.0, 100.0),
    wind=st.floats(0.0, 150.0),
    rain=st.just(0.0) | st.floats(0.01, 60.0),
)
states = st.builds(
    State,
    fine_fuel=st.floats(0.0, 250.0),
    dmc=st.floats(0.0, 400.0),
    dc=st.floats(0.0, 1200.0),
    grass_matted=st.floats(0.0, 250.0),
    grass_standing=st.floats(0.0, 250.0),
    rain=st.floats(0.0, 60.0),
    dry_hours=st.integers(0, 4).map(float),
)
moments = st.builds(
    scalar.Moment,
    hour=st.integers(0, 23).map(float),
    sun=st.just(sun.solar_day(date(2007, 7, 1), PETAWAWA)),
    radiation=st.floats(0.0, 0.92),
    percent_cured=st.floats(0.0, 100.0),
    standing=st.booleans(),
)


@given(states, weathers, moments)
def test_every_code_of_any_hour_is_a_number_within_its_bounds(state, weather, now):
    hour = scalar.step(state, weather, now)
    assert 0.0 <= hour.mcffmc <= 250.0 and 0.0 <= hour.ffmc <= 101.0 + 1e-9
    for name in ("dmc", "dc", "isi", "bui", "fwi", "dsr", "gsi", "gfwi", "prec_cumulative"):
        assert 0.0 <= getattr(hour, name) < math.inf, name
    assert math.isfinite(hour.gfmc) and hour.mcgfmc_matted <= 250.0
    assert 0.0 <= hour.canopy_drying < scalar.CANOPY_DRIES_IN


@given(states, weathers, moments, st.floats(0.0, 20.0))
def test_more_rain_never_makes_anything_drier(state, weather, now, more):
    less = scalar.step(state, weather, now)
    rainier = replace(weather, rain=weather.rain + more)
    wet = scalar.step(state, rainier, now)
    # The canopy's share is counted once an event, so that rain just past its limit may wet a little less.
    assert wet.mcffmc >= less.mcffmc - 1e-9
    assert wet.dc <= less.dc + 1e-9 and wet.mcgfmc_matted >= less.mcgfmc_matted - 1e-9
    assert wet.mcgfmc_standing >= less.mcgfmc_standing - 1e-9


@given(states, weathers, moments)
def test_greener_grass_never_burns_better(state, weather, now):
    cured = scalar.step(state, weather, replace(now, percent_cured=100.0))
    green = scalar.step(state, weather, now)
    assert green.gsi <= cured.gsi + 1e-12 and green.gfmc <= cured.gfmc + 1e-9


@given(states, weathers)
def test_the_spread_index_grows_with_wind_and_dryness(state, weather):
    isi = scalar.initial_spread_index
    assert isi(state.fine_fuel, weather.wind + 1.0) >= isi(state.fine_fuel, weather.wind) * (1.0 - 1e-3)
    assert isi(state.fine_fuel + 1.0, weather.wind) <= isi(state.fine_fuel, weather.wind) + 1e-9


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"humidity": np.full((3, 1), 101.0)}, "impossible-humidity: 2024-07-01T00:00, station 0"),
        ({"wind": np.full((3, 1), -1.0)}, "impossible-wind"),
        ({"rain": np.full((3, 1), np.inf)}, "impossible-rain"),
        ({"temperature": np.full((2, 1), 20.0)}, "shape"),
        (
            {"times": np.array(["2024-07-01T00", "2024-07-01T01", "2024-07-01T03"], "datetime64[h]")},
            "hour by hour",
        ),
        ({"latitude": 91.0}, "latitude"),
        ({"utc_offset": 480.0}, "utc_offset"),
        ({"longitude": [1.0, 2.0]}, "longitude"),
        ({"percent_cured": 101.0}, "percent_cured"),
        ({"percent_cured": np.zeros(7)}, "does not spread"),
        ({"grass_fuel_load": 0.0}, "grass_fuel_load"),
        ({"outputs": ("ffmc", "peat")}, "peat"),
        ({"clock": "summer"}, "clock"),
        ({"threads": 0}, "threads"),
        ({"start": State.of_codes(dc=np.zeros(9))}, "state"),
    ],
)
def test_what_cannot_be_is_refused_by_name(change, match):
    arguments = {
        **{
            name: np.full((3, 1), value)
            for name, value in zip(QUANTITIES, (20.0, 50.0, 10.0, 0.0), strict=True)
        },
        "times": np.datetime64("2024-07-01T00", "h") + np.arange(3),
        "latitude": 40.0,
        "longitude": 116.0,
        "utc_offset": 8.0,
    }
    with pytest.raises(ValueError, match=match) as refusal:
        fwi2025.hourly(**(arguments | change))
    if "impossible" in match:
        assert isinstance(refusal.value, ImpossibleWeather) and refusal.value.message.zh


def test_states_of_codes_that_cannot_be_and_files_of_another_kind_are_refused(tmp_path):
    with pytest.raises(ValueError, match="ffmc"):
        State.of_codes(ffmc=102.0)
    with pytest.raises(ValueError, match="dc"):
        State.of_codes(dc=-1.0)
    np.savez(tmp_path / "other.npz", a=1)
    with pytest.raises(ValueError, match="not a state of FWI2025"):
        State.load(tmp_path / "other.npz")
    single = scalar.run([(datetime(2024, 7, 1, 12), Weather(20, 50, 10, 0))], PETAWAWA)[0].state
    single.save(tmp_path / "one.npz")
    assert State.load(tmp_path / "one.npz") == single
