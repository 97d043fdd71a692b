"""The xarray layer: the same numbers whatever the chunks, lazy until asked, named and united by the conventions."""

import doctest
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.danger import api, fire_weather, fwi, grid
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.bounds import ImpossibleWeather
from fenghuo.core.danger.classes import rating
from fenghuo.core.danger.fire_season import GIVEN, TEMPERATURE
from fenghuo.core.danger.io.unreadable import UnreadableGrid
from fenghuo.core.danger.overwinter import Overwintering
from fenghuo.core.danger.season import ESTIMATE

DAYS, ROWS, COLUMNS = 24, 5, 4
UNITS = {
    "air_temperature": "degC",
    "relative_humidity": "%",
    "wind_speed": "km h-1",
    "precipitation_amount": "mm",
}


def weather(dtype=np.float64, days=DAYS, step="D", first="2021-03-01"):
    """A grid from 60° N to 50° S; one cell misses some days, another everything."""
    shape = (days, ROWS, COLUMNS)
    chance = np.random.default_rng(7)
    values = {
        "air_temperature": chance.uniform(-8.0, 32.0, shape),
        "relative_humidity": chance.uniform(8.0, 100.0, shape),
        "wind_speed": chance.uniform(0.0, 40.0, shape),
        "precipitation_amount": np.where(chance.random(shape) < 0.3, chance.gamma(0.8, 8.0, shape), 0.0),
    }
    values["relative_humidity"][3:16, 1, 2] = np.nan
    values["air_temperature"][:, 3, 3] = np.nan
    times = np.datetime64(first, step) + np.arange(days)
    return xr.Dataset(
        {
            name: (("time", "latitude", "longitude"), array.astype(dtype), {"units": UNITS[name]})
            for name, array in values.items()
        },
        coords={
            "time": times.astype("datetime64[ns]"),
            "latitude": ("latitude", np.linspace(60.0, -50.0, ROWS), {"units": "degrees_north"}),
            "longitude": ("longitude", np.linspace(0.0, 300.0, COLUMNS), {"units": "degrees_east"}),
        },
    )


@pytest.fixture(scope="module")
def season():
    return weather()


CHOICES = {
    "year-round": Settings(scheme="effis"),
    "estimated": Settings(policy=ESTIMATE, outputs=("fire_weather_index", "chain_marks")),
    "overwintered": Settings(rule=TEMPERATURE, overwintering=Overwintering()),
    "national": Settings("lyt1172"),
}


@pytest.mark.parametrize("choice", CHOICES)
@settings(max_examples=4)
@given(chunks=st.tuples(st.integers(3, DAYS), st.integers(1, ROWS), st.integers(1, COLUMNS)))
def test_chunks_along_time_and_cells_change_no_bit(choice, chunks):
    whole = weather()
    if choice == "national":
        whole = whole.rename(
            air_temperature="air_temperature_max",
            relative_humidity="relative_humidity_min",
            wind_speed="wind_speed_max",
        )
    pieces = whole.chunk(dict(zip(("time", "latitude", "longitude"), chunks, strict=True)))
    expected = grid.computed(whole, CHOICES[choice], with_state=True)
    computed = grid.computed(pieces, CHOICES[choice], with_state=True)
    assert all(one.chunks is not None for one in computed.data_vars.values())
    xr.testing.assert_identical(computed.compute(scheduler="synchronous"), expected)


def test_the_hourly_system_is_as_indifferent_to_chunks_from_hourly_weather_to_codes():
    hours = weather(days=72, step="h")
    hours["precipitation_amount"] /= 10
    for system in ("fwi1987", "fwi2025", "lyt1172"):
        expected = fire_weather(hours, system=system, noon="Asia/Shanghai", with_state=True)
        pieces = hours.chunk(time=25, latitude=2, longitude=5)
        computed = fire_weather(pieces, system=system, noon="Asia/Shanghai", with_state=True)
        xr.testing.assert_identical(computed.compute(scheduler="synchronous"), expected)
        assert expected.attrs["fire_weather_system"] == system


def test_nothing_is_computed_before_it_is_asked_for(season):
    def refuse(block):
        raise AssertionError("computed too early")

    sealed = season.copy()
    for name in UNITS:
        sealed[name].data = season.chunk(time=9)[name].data.map_blocks(refuse, dtype=float)
    lazy = fire_weather(sealed, scheme="effis", with_state=True)
    with pytest.raises(AssertionError, match="too early"):
        lazy.fire_weather_index.compute()


def test_every_cell_has_the_numbers_of_the_equations_for_its_latitude(season):
    danger = fire_weather(season)
    cell = {"latitude": 4, "longitude": 1}
    codes, place = fwi.START, season.isel(cell)
    for n, day in enumerate(season.time.values.astype("datetime64[D]").tolist()):
        noon = fwi.Weather(*(float(place[name][n]) for name in UNITS))
        expected = fwi.step(codes, noon, day.month, float(place.latitude))
        codes = expected.codes
        assert float(danger.fire_weather_index.isel(cell)[n]) == pytest.approx(expected.fwi, abs=1e-8)
        assert float(danger.drought_code.isel(cell)[n]) == pytest.approx(expected.dc, abs=1e-8)


def test_variables_carry_what_the_conventions_ask_for(season):
    danger = fire_weather(season, scheme="effis", outputs=("fwi", "dc", "chain_marks"))
    assert list(danger) == ["fire_weather_index", "drought_code", "chain_marks", "fire_weather_class"]
    assert danger.fire_weather_index.attrs["standard_name"] == "canadian_fire_weather_index"
    assert "Van Wagner" in danger.drought_code.attrs["references"]
    assert (
        danger.drought_code.attrs["units"] == "1" and "Drought Code" in danger.drought_code.attrs["long_name"]
    )
    assert "standard_name" not in danger.drought_code.attrs
    assert danger.attrs["Conventions"].startswith("CF-") and "147.2" in danger.attrs["fire_weather_settings"]
    rated = danger.fire_weather_class
    assert rated.dtype == np.int8 and rated.attrs["scheme"] == "effis"
    assert rated.attrs["flag_values"].dtype == np.int8
    assert len(rated.attrs["flag_meanings"].split()) == rated.attrs["flag_values"].size == 6
    for value, index in zip(rated.values.flat, danger.fire_weather_index.values.flat, strict=True):
        assert value == (0 if np.isnan(index) else rating(index, "effis"))
    masks = danger.chain_marks.attrs
    assert len(masks["flag_meanings"].split()) == masks["flag_masks"].size


def test_single_precision_stays_single_and_near_the_double(season):
    double = fire_weather(season, outputs=("fwi",)).fire_weather_index
    single = fire_weather(weather(np.float32).chunk(time=11), outputs=("fwi",)).fire_weather_index
    assert single.dtype == np.float32 == single.compute().dtype
    assert float(abs(single - double).max()) < 1e-3


def test_any_days_state_can_be_saved_and_gone_on_from(season, tmp_path):
    whole = fire_weather(season, with_state=True)
    first = fire_weather(season.isel(time=slice(0, 17)).chunk(time=5, latitude=2), with_state=True)
    rest = season.isel(time=slice(17, None))
    grid.save_state(first, tmp_path / "state.npz")
    grid.save_state(first, tmp_path / "state.zarr")
    saved = [grid.load_state(tmp_path / name) for name in ("state.npz", "state.zarr")]
    starts = [first, grid.state_of(first), *saved]
    for start in starts:
        for pieces in (rest, rest.chunk(time=7, longitude=4)):
            resumed = fire_weather(pieces, start=start, with_state=True).compute()
            for name, one in resumed.items():
                expected = whole[name].isel(time=slice(17, None)) if "time" in one.dims else whole[name]
                assert one.dtype == expected.dtype
                np.testing.assert_array_equal(one.values, expected.values)


def test_a_state_that_does_not_fit_is_refused(season):
    first = fire_weather(season.isel(time=slice(0, 17)), with_state=True)
    with pytest.raises(ValueError, match="do not follow; give all weather from"):
        fire_weather(season.isel(time=slice(20, None)), start=first)
    with pytest.raises(ValueError, match="shape"):
        fire_weather(season.isel(time=slice(17, None), latitude=slice(2)), start=first)
    with pytest.raises(ValueError, match="float64"):
        fire_weather(weather(np.float32).isel(time=slice(17, None)), start=first)
    with pytest.raises(ValueError, match="carries no state"):
        fire_weather(season, start=season)


@pytest.mark.parametrize("name", UNITS)
def test_weather_without_units_or_with_wrong_ones_is_refused_by_name(season, name):
    for units in (None, "kg"):
        broken = season.copy()
        broken[name] = season[name].assign_attrs(units=units)
        if units is None:
            del broken[name].attrs["units"]
        with pytest.raises(UnreadableGrid, match=name):
            fire_weather(broken)


def test_units_and_era5_names_are_brought_to_the_standard(season):
    era5 = season.copy()
    era5["air_temperature"] = (season["air_temperature"] + 273.15).assign_attrs(units="K")
    era5["wind_speed"] = (season["wind_speed"] / 3.6).assign_attrs(units="m s**-1")
    era5["precipitation_amount"] = (season["precipitation_amount"] / 1000.0).assign_attrs(units="m")
    names = {"air_temperature": "t2m", "precipitation_amount": "tp", "wind_speed": "si10"}
    era5 = era5.rename({**names, "latitude": "lat", "longitude": "lon"})
    expected = fire_weather(season).fire_weather_index.values
    np.testing.assert_allclose(fire_weather(era5).fire_weather_index.values, expected, atol=1e-9)


def test_impossible_weather_is_refused_when_it_is_computed(season):
    broken = season.copy(deep=True)
    broken["wind_speed"][3, 1, 1] = 200.0
    lazy = fire_weather(broken.chunk(time=10))
    with pytest.raises(ImpossibleWeather):
        lazy.fire_weather_index.compute()


def test_a_day_that_is_not_there_is_a_gap(season):
    holes = season.isel(time=[n for n in range(DAYS) if n not in (9, 10)])
    danger = fire_weather(holes, outputs=("fwi", "chain_marks"))
    assert danger.sizes["time"] == DAYS
    assert np.isnan(danger.fire_weather_index[9:11]).all() and (danger.chain_marks[9:11] == 1).all()


def test_the_caller_may_say_when_the_season_runs(season):
    runs = (season.time >= season.time[10]).broadcast_like(season["wind_speed"])
    danger = fire_weather(season.assign(fire_season_active=runs), rule=GIVEN, outputs=("fwi",))
    assert np.isnan(danger.fire_weather_index[:10]).all()
    assert not np.isnan(danger.fire_weather_index[10:, 0]).any()


def test_one_function_takes_floats_arrays_and_datasets(season):
    days = season.time.values.astype("datetime64[D]")
    arrays = [season[name].values for name in UNITS]
    latitude = np.broadcast_to(season.latitude.values[:, None], (ROWS, COLUMNS))
    by_array = fire_weather(*arrays, days, latitude)
    by_data_arrays = fire_weather(*(season[name] for name in UNITS))
    np.testing.assert_array_equal(by_array.fwi, by_data_arrays.fire_weather_index.values)
    noon = [float(one[0, 0, 0]) for one in arrays]
    by_float = fire_weather(*noon, date(2021, 3, 1), 60.0)
    assert by_float.fwi == pytest.approx(float(by_array.fwi[0, 0, 0]), abs=1e-9)
    with pytest.raises(ValueError, match="rain"):
        fire_weather(*noon[:3], dates=days, latitude=3.0)
    with pytest.raises(ValueError, match="no choice of overwintering"):
        fire_weather(season, system="lyt1172", overwintering=Overwintering())
    with pytest.raises(ValueError, match="has no output"):
        fire_weather(season, outputs=("fwy",))
    assert doctest.testmod(api).failed == 0


def test_importing_the_package_is_light():
    heavy = "numba", "xarray", "dask", "pint", "numpy"
    imports = "import sys, fenghuo.core.danger, fenghuo.core.danger.fwi"
    program = f"{imports}; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_a_first_result_needs_nothing_but_numpy_and_the_compiler():
    program = """
import sys
import numpy as np
from fenghuo.core.danger import fire_weather
fields = [np.full((2, 3), value) for value in (20.0, 40.0, 10.0, 0.0)]
fire_weather(*fields, np.array(["2024-05-01", "2024-05-02"], "datetime64[D]"), 40.0)
print([m for m in ("scipy.linalg", "xarray", "pandas", "dask", "pint") if m in sys.modules], "numba" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[] True\n"
