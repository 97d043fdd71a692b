"""The FWI system agrees with its reports and with xclim, and with none of the slips others have made."""

import math
from pathlib import Path

import numpy as np
import pytest
import xarray

from fenghuo.core.danger import fwi, season, weather
from fenghuo.core.danger.bounds import ImpossibleWeather
from fenghuo.core.danger.fwi import START, Codes, Options, Weather, step
from fenghuo.core.danger.io import stations

DATA = Path(__file__).parent / "data"
MILD = Weather(temperature=17.0, humidity=42.0, wind=25.0, rain=0.0)


def by_xclim(dates, temperature, humidity, wind, rain, latitude):
    """Return xclim's six codes as arrays (time, point), from arrays of the same shape."""
    from xclim.indices.fire import cffwis_indices  # seconds to import, and every worker collects every file

    axes = {"time": dates, "point": np.arange(len(latitude))}

    def field(values, units):
        return xarray.DataArray(values, axes, ("time", "point"), attrs={"units": units})

    place = xarray.DataArray(latitude, {"point": axes["point"]}, ("point",), attrs={"units": "degrees_north"})
    dc, dmc, ffmc, isi, bui, index = cffwis_indices(
        tas=field(temperature, "degC"),
        pr=field(rain, "mm/d"),
        sfcWind=field(wind, "km/h"),
        hurs=field(humidity, "%"),
        lat=place,
    )
    named = {"ffmc": ffmc, "dmc": dmc, "dc": dc, "isi": isi, "bui": bui, "fwi": index}
    return {name: code.transpose("time", "point").values for name, code in named.items()}


def test_the_first_day_of_the_test_season_is_the_published_one():
    day = step(START, MILD, month=4, latitude=46.0)
    assert (day.ffmc, day.dmc, day.dc) == pytest.approx((87.69298, 8.54505, 19.014), abs=5e-6)
    assert (day.isi, day.bui, day.fwi) == pytest.approx((10.85366, 8.49043, 10.09637), abs=5e-6)
    assert day.dsr == pytest.approx(0.0272 * day.fwi**1.77)


def test_the_48_day_test_season_equals_xclim_within_a_billionth():
    reading = stations.read(DATA / "season-1985.csv")
    assert not reading.rejected
    days = weather.noon_days(reading.observations)
    results = season.run(days, latitude=46.0)
    assert len(results) == 48
    columns = [
        np.array([[getattr(day, name)] for day in days])
        for name in ("temperature", "humidity", "wind", "rain")
    ]
    dates = np.array([day.date for day in days], dtype="datetime64[ns]")
    expected = by_xclim(dates, *columns, latitude=[46.0])
    for name, codes in expected.items():
        ours = [getattr(result.day, name) for result in results]
        np.testing.assert_allclose(ours, codes[:, 0], rtol=0, atol=1e-9, err_msg=name)


def test_a_year_of_random_weather_at_every_latitude_equals_xclim():
    draw = np.random.default_rng(1987)
    latitude = np.concatenate(
        [[-89.0, -30.0, -15.0, 0.0, 14.999, 15.0, 30.0, 89.0], draw.uniform(-60, 70, 40)]
    )
    shape = (365, len(latitude))
    temperature = draw.uniform(-40.0, 45.0, shape)
    humidity = draw.choice([0.0, 100.0], shape)
    humidity = np.where(draw.random(shape) < 0.8, draw.uniform(0.0, 100.0, shape), humidity)
    wind = np.where(draw.random(shape) < 0.1, 0.0, draw.uniform(0.0, 80.0, shape))
    rain = np.where(draw.random(shape) < 0.6, 0.0, draw.exponential(6.0, shape))
    dates = np.arange("2023-01-01", "2024-01-01", dtype="datetime64[D]")
    expected = by_xclim(dates.astype("datetime64[ns]"), temperature, humidity, wind, rain, latitude)
    months = dates.astype("datetime64[M]").astype(int) % 12 + 1
    for point, north in enumerate(latitude):
        codes = START
        for day in range(len(dates)):
            now = Weather(*(float(field[day, point]) for field in (temperature, humidity, wind, rain)))
            result = step(codes, now, int(months[day]), float(north))
            codes = result.codes
            for name, values in expected.items():
                assert getattr(result, name) == pytest.approx(values[day, point], rel=1e-9, abs=1e-9), name


def test_half_a_millimetre_of_rain_does_not_wet_the_fine_fuel_and_more_does():
    dry = step(START, MILD, 4, 46.0).ffmc
    assert step(START, Weather(17, 42, 25, 0.5), 4, 46.0).ffmc == dry
    assert step(START, Weather(17, 42, 25, 0.6), 4, 46.0).ffmc < dry - 0.1


def test_rain_at_its_threshold_leaves_duff_and_drought_codes_alone():
    deep = Codes(85, 60, 300)
    dry = step(deep, MILD, 4, 46.0)
    assert step(deep, Weather(17, 42, 25, 1.5), 4, 46.0).dmc == dry.dmc
    assert step(deep, Weather(17, 42, 25, 1.6), 4, 46.0).dmc < dry.dmc
    assert step(deep, Weather(17, 42, 25, 2.8), 4, 46.0).dc == dry.dc
    assert step(deep, Weather(17, 42, 25, 2.9), 4, 46.0).dc < dry.dc


def test_frost_dries_neither_the_duff_below_minus_1_1_nor_the_drought_code_below_minus_2_8():
    assert step(START, Weather(-30, 42, 25, 0), 7, 46.0).dmc == START.dmc
    assert step(START, Weather(-30, 42, 25, 0), 7, 46.0).dc == START.dc + 6.4 / 2
    assert step(START, Weather(-30, 42, 25, 0), 1, 46.0).dc == START.dc


def test_the_spread_index_takes_kilometres_an_hour():
    still = fwi.initial_spread_index(90.0, 0.0)
    assert fwi.initial_spread_index(90.0, 36.0) / still == pytest.approx(math.exp(0.05039 * 36.0))
    csv = b"date,temperature_c,rh_percent,wind_speed_ms,rain_mm\n2026-04-01,20,30,10,0\n"
    assert stations.read(csv).observations[0].wind == pytest.approx(36.0)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (Weather(17, 42, 200, 0), "impossible-wind"),
        (Weather(17, 42, -1, 0), "impossible-wind"),
        (Weather(17, 101, 25, 0), "impossible-humidity"),
        (Weather(17, -0.1, 25, 0), "impossible-humidity"),
        (Weather(17, 42, 25, -0.1), "impossible-rain"),
        (Weather(61, 42, 25, 0), "impossible-temperature"),
        (Weather(-91, 42, 25, 0), "impossible-temperature"),
        (Weather(math.nan, 42, 25, 0), "impossible-temperature"),
        (Weather(17, 42, math.inf, 0), "impossible-wind"),
    ],
)
def test_weather_that_cannot_be_is_refused_by_the_name_of_its_rule(broken, rule):
    with pytest.raises(ImpossibleWeather, match=rule) as refusal:
        step(START, broken, 4, 46.0)
    assert isinstance(refusal.value, ValueError)
    assert refusal.value.rule == rule
    assert refusal.value.message.zh and refusal.value.message.en


def test_a_month_or_latitude_that_does_not_exist_is_refused():
    for month, latitude in ((0, 40.0), (13, 40.0), (4, 91.0), (4, math.nan)):
        with pytest.raises(ValueError):
            step(START, MILD, month, latitude)


def test_the_latitude_convention_is_a_choice_that_tells_in_hainan_in_july():
    hot = Weather(25, 60, 10, 0)
    assert step(START, hot, 7, 18.0, Options(latitude_bands="xclim")).dc == pytest.approx(23.204)
    assert step(START, hot, 7, 18.0, Options(latitude_bands="cffdrs")).dc == pytest.approx(20.704)
    for latitude, xclim_hours, cffdrs_hours in (
        (12, 9.0, 9.9),
        (30, 13.9, 9.9),
        (-10, 9.0, 8.1),
        (-30, 8.1, 6.8),
    ):
        month = 5
        assert fwi.day_length(month, latitude, "xclim") == xclim_hours
        assert fwi.day_length(month, latitude, "cffdrs") == cffdrs_hours
    beijing = step(START, hot, 7, 40.3)
    assert beijing == step(START, hot, 7, 40.3, Options(latitude_bands="cffdrs"))


def test_the_moisture_scale_constant_is_a_choice_with_the_1985_value_as_default():
    exact = Options(ffmc_constant=fwi.FFMC_CONSTANT_EXACT)
    assert Options().ffmc_constant == 147.2
    assert pytest.approx(147.27723, abs=5e-6) == exact.ffmc_constant
    calm = Weather(21.1, 50.0, 0.0, 0.0)
    # Moisture between the two equilibria does not move; only with the exact constant do Eqs. 1 and 10 undo
    # each other, so that the code does not move either. With 147.2 it drifts by half a tenth.
    between = 0.5 * (0.942 * 50**0.679 + 0.618 * 50**0.753) + 10.5 * math.exp(-5.0)
    code = 59.5 * (250 - between) / (exact.ffmc_constant + between)
    assert fwi.fine_fuel_moisture_code(code, calm, exact) == pytest.approx(code, abs=1e-12)
    assert 0.01 < abs(fwi.fine_fuel_moisture_code(code, calm) - code) < 0.1
    first, other = step(START, MILD, 4, 46.0), step(START, MILD, 4, 46.0, exact)
    assert 0 < abs(first.ffmc - other.ffmc) < 0.05
    with pytest.raises(ValueError, match="ffmc_constant"):
        Options(ffmc_constant=101.0)


def test_the_duff_rain_equations_are_a_choice_and_differ_by_at_most_a_fifth():
    draw = np.random.default_rng(35)
    differences = []
    for _ in range(2000):
        codes = Codes(85, float(draw.uniform(0, 250)), 200)
        rainy = Weather(15, 60, 10, float(draw.uniform(1.6, 60)))
        program, printed = (
            step(codes, rainy, 6, 46.0, Options(dmc_rain=form)) for form in ("program", "printed")
        )
        differences.append(abs(program.dmc - printed.dmc))
    assert 0.01 < max(differences) <= 0.2
    # Worked by hand from the printed equations: DMC 50, 10 mm, no drying at -5 degrees.
    re = 0.92 * 10 - 1.27
    mr = 20 + math.exp(5.6348 - 50 / 43.43) + 1000 * re / (48.77 + (14 - 1.3 * math.log(50)) * re)
    wet = step(Codes(85, 50, 200), Weather(-5, 60, 10, 10), 6, 46.0, Options(dmc_rain="printed"))
    assert wet.dmc == pytest.approx(244.72 - 43.43 * math.log(mr - 20))
