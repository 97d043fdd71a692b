"""The hourly FFMC of 1977 agrees with its equations worked by hand, with a peer, and with what drying means."""

import math

import numpy as np
import pytest
from cffdrs import cffwis
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger import fwi, hourly_ffmc
from fenghuo.core.danger.bounds import ImpossibleWeather
from fenghuo.core.danger.fwi import FFMC_CONSTANT_1985, FFMC_CONSTANT_EXACT, Weather

codes = st.floats(0.0, 101.0)
weathers = st.builds(
    Weather,
    temperature=st.floats(-40.0, 50.0),
    humidity=st.floats(0.0, 100.0),
    wind=st.floats(0.0, 100.0),
    rain=st.just(0.0) | st.floats(0.01, 40.0),
)


def test_a_dry_and_a_wet_hour_worked_by_hand():
    # FFMC 85 is a moisture of 147.27723 · 16 / 144.5 = 16.3075 %. At 25 °C, 30 %, 16 km/h:
    vapour = 0.18 * (21.1 - 25.0) * (1.0 - math.exp(-3.45))
    drying = 0.942 * 30.0**0.679 + 11.0 * math.exp(-7.0) + vapour
    assert drying == pytest.approx(8.81, abs=0.005)
    rate = (0.424 * (1.0 - 0.3**1.7) + 0.0694 * 4.0 * (1.0 - 0.3**8)) * 0.0579 * math.exp(0.9125)
    assert rate == pytest.approx(0.0931, abs=0.0005)
    moisture = drying + (16.30752 - drying) * 10.0**-rate
    expected = 59.5 * (250.0 - moisture) / (147.27723 + moisture)
    assert hourly_ffmc.step(85.0, Weather(25, 30, 16, 0)) == pytest.approx(expected, abs=1e-4)
    # One millimetre on the same fuel adds 42.5 · exp(−100 / 234.69) · (1 − exp(−6.93)) = 27.7 %, then it dries.
    wetted = 16.30752 + 42.5 * math.exp(-100.0 / 234.69248) * (1.0 - math.exp(-6.93))
    assert wetted == pytest.approx(44.0, abs=0.1)
    moisture = drying + (wetted - drying) * 10.0**-rate
    expected = 59.5 * (250.0 - moisture) / (147.27723 + moisture)
    assert hourly_ffmc.step(85.0, Weather(25, 30, 16, 1.0)) == pytest.approx(expected, abs=1e-4)


def test_two_weeks_of_random_weather_equal_cffdrs_fire():
    draw = np.random.default_rng(1977)
    shape = (336, 60)
    temperature, humidity = draw.uniform(-30, 45, shape), draw.uniform(2, 100, shape)
    wind = draw.uniform(0, 80, shape)
    rain = np.where(draw.random(shape) < 0.8, 0.0, draw.exponential(3.0, shape))
    start = draw.uniform(0, 101, shape[1])
    ours, end = hourly_ffmc.compute(temperature, humidity, wind, rain, start=start)
    code, scalar = start, start.tolist()
    for hour in range(shape[0]):
        now = (temperature[hour], humidity[hour], wind[hour], rain[hour])
        code = cffwis.hourlyFFMC(code, *now, use_precise_values=True)
        np.testing.assert_allclose(ours[hour], code, rtol=0, atol=1e-9)
        if hour < 48:
            scalar = [hourly_ffmc.step(scalar[n], Weather(*(float(x[n]) for x in now))) for n in range(60)]
            np.testing.assert_allclose(ours[hour], scalar, rtol=0, atol=1e-10)
    assert np.array_equal(end, ours[-1])
    # The constant of 1985, where the peer also shortens ln 10 to 2.303.
    old, _ = hourly_ffmc.compute(temperature, humidity, wind, rain, start=85.0, constant=FFMC_CONSTANT_1985)
    code = np.full(shape[1], 85.0)
    for hour in range(24):
        now = (temperature[hour], humidity[hour], wind[hour], rain[hour])
        code = cffwis.hourlyFFMC(code, *now, use_precise_values=False)
        np.testing.assert_allclose(old[hour], code, rtol=0, atol=0.02)


def test_rain_wets_from_the_first_drop_unlike_the_daily_code():
    dry, drops = Weather(20, 50, 10, 0.0), Weather(20, 50, 10, 0.3)
    assert hourly_ffmc.step(88.0, drops) < hourly_ffmc.step(88.0, dry) - 1.0
    assert fwi.fine_fuel_moisture_code(88.0, drops) == fwi.fine_fuel_moisture_code(88.0, dry)


def test_a_missing_hour_is_missing_and_the_code_is_held():
    weather = [np.full((5, 2), value) for value in (25.0, 30.0, 10.0, 0.0)]
    weather[1][2, 0] = np.nan
    codes, end = hourly_ffmc.compute(*weather)
    assert np.isnan(codes[2, 0]) and np.isfinite(codes).sum() == 9
    assert codes[3, 0] == codes[2, 1] and end[0] == codes[3, 1]


@given(codes, weathers)
def test_the_code_stays_in_its_range_and_the_array_agrees(code, weather):
    after = hourly_ffmc.step(code, weather)
    assert 0.0 <= after <= 101.0
    fields = [[[x]] for x in (weather.temperature, weather.humidity, weather.wind, weather.rain)]
    assert hourly_ffmc.compute(*fields, start=code)[0][0, 0] == pytest.approx(after, abs=1e-9)


@given(st.floats(0.0, 100.0), weathers)
def test_two_dry_half_hours_are_an_hour(code, weather):
    dry = Weather(weather.temperature, weather.humidity, weather.wind, 0.0)
    halves = hourly_ffmc.step(hourly_ffmc.step(code, dry, hours=0.5), dry, hours=0.5)
    assert halves == pytest.approx(hourly_ffmc.step(code, dry), abs=1e-6)


@given(codes, weathers, st.floats(0.0, 10.0))
def test_more_rain_never_raises_the_code(code, weather, more):
    wetter = Weather(weather.temperature, weather.humidity, weather.wind, weather.rain + more)
    assert hourly_ffmc.step(code, wetter) <= hourly_ffmc.step(code, weather) + 1e-9


def test_a_series_resumed_anywhere_is_the_same_series():
    draw = np.random.default_rng(69)
    weather = [draw.uniform(low, high, (60, 3)) for low, high in ((-5, 35), (10, 100), (0, 40), (0, 1))]
    whole, end = hourly_ffmc.compute(*weather)
    for cut in (1, 17, 59):
        first, state = hourly_ffmc.compute(*(field[:cut] for field in weather))
        second, last = hourly_ffmc.compute(*(field[cut:] for field in weather), start=state)
        assert np.array_equal(np.concatenate([first, second]), whole) and np.array_equal(last, end)


def test_what_cannot_be_is_refused():
    assert pytest.approx(147.27723, abs=5e-6) == FFMC_CONSTANT_EXACT
    for broken in (-1.0, 101.1, math.nan):
        with pytest.raises(ValueError, match="FFMC"):
            hourly_ffmc.step(broken, Weather(20, 50, 10, 0))
    with pytest.raises(ValueError, match="hours"):
        hourly_ffmc.step(85.0, Weather(20, 50, 10, 0), hours=0.0)
    with pytest.raises(ImpossibleWeather, match=r"impossible-wind: At \(1, 0\)") as refusal:
        hourly_ffmc.compute([[20.0], [20.0]], [[50.0], [50.0]], [[10.0], [300.0]], [[0.0], [0.0]])
    assert refusal.value.message.zh
    with pytest.raises(ValueError, match="shapes"):
        hourly_ffmc.compute([20.0], [50.0, 50.0], [10.0], [0.0])
