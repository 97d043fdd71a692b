"""Gridded weather in NetCDF, Zarr and GRIB comes in under one set of names and units, lazily, or says why not."""

import math
import pickle
import zipfile

import dask.array as da
import numpy as np
import pytest
import xarray as xr

from fenghuo.core.danger import weather
from fenghuo.core.danger.io import grid_quantities, grids
from fenghuo.core.danger.io.grid_units import conversion
from fenghuo.core.danger.io.grids import UnreadableGrid
from tests.core.danger.grid_files import write_grib

HOUR = np.timedelta64(3600, "s")
TIMES = np.datetime64("2024-05-01T00", "s") + np.arange(6) * HOUR
LATITUDE = np.array([41.0, 40.5, 40.0])
LONGITUDE = np.array([116.0, 116.5, 117.0, 117.5])
SHAPE = (6, 3, 4)
DRAW = np.random.default_rng(4)
KELVIN = 290.0 + 10.0 * DRAW.random(SHAPE)
DEW = KELVIN - 1.0 - 15.0 * DRAW.random(SHAPE)
EAST, NORTH = 6.0 * DRAW.random(SHAPE) - 3.0, 6.0 * DRAW.random(SHAPE) - 3.0
METRES = 0.002 * DRAW.random(SHAPE)
FOUR = ["air_temperature", "relative_humidity", "wind_speed", "precipitation_amount"]


def cells(values, unit, **attrs):
    return (("time", "latitude", "longitude"), values, {"units": unit, **attrs})


def era5(**changes):
    data = {
        "t2m": cells(KELVIN, "K", standard_name="unknown"),
        "d2m": cells(DEW, "K"),
        "u10": cells(EAST, "m s**-1"),
        "v10": cells(NORTH, "m s**-1"),
        "tp": cells(METRES, "m"),
    }
    return xr.Dataset({**data, **changes}, {"time": TIMES, "latitude": LATITUDE, "longitude": LONGITUDE})


def cf(**changes):
    data = {
        "T": cells(KELVIN - 273.15, "degC", standard_name="air_temperature"),
        "rh": cells(np.full(SHAPE, 0.4), "1", standard_name="relative_humidity"),
        "ws": cells(np.full(SHAPE, 10.0), "knots", standard_name="wind_speed"),
        "rain": cells(np.full(SHAPE, 0.5), "kg m-2", standard_name="precipitation_amount"),
    }
    return xr.Dataset({**data, **changes}, {"time": TIMES, "latitude": LATITUDE, "longitude": LONGITUDE})


def assert_is_the_era5_weather(dataset, digits=1e-3):
    assert list(dataset.data_vars)[:4] == FOUR
    assert dataset["air_temperature"].dims == ("time", "latitude", "longitude")
    loaded = dataset.compute()
    expected = [
        KELVIN - 273.15,
        [
            weather.relative_humidity(t - 273.15, d - 273.15)
            for t, d in zip(KELVIN.flat, DEW.flat, strict=True)
        ],
        3.6 * np.sqrt(EAST**2 + NORTH**2),
        1000.0 * METRES,
    ]
    for name, values in zip(FOUR, expected, strict=True):
        np.testing.assert_allclose(loaded[name].values.ravel(), np.ravel(values), rtol=digits, atol=digits)
    assert [dataset[name].attrs["units"] for name in FOUR] == ["degC", "%", "km/h", "mm"]
    assert [dataset[name].attrs["standard_name"] for name in FOUR] == FOUR
    np.testing.assert_array_equal(loaded["time"].values, TIMES)
    np.testing.assert_allclose(loaded["latitude"], LATITUDE)
    assert dataset.attrs["frequency"] == "hour" and dataset.attrs["time_step_hours"] == 1.0


def test_the_same_era5_weather_comes_out_of_netcdf_zarr_zip_and_grib(tmp_path):
    # As the Climate Data Store writes it: valid_time, single precision, a number and a version beside it.
    stored = era5().rename(time="valid_time").astype("float32").assign_coords(number=0)
    stored.to_netcdf(tmp_path / "era5.nc")
    era5().to_zarr(tmp_path / "era5.zarr", zarr_format=2, consolidated=False)
    era5().to_zarr(tmp_path / "era5.v3.zarr", zarr_format=3, consolidated=False)
    with zipfile.ZipFile(tmp_path / "era5.zarr.zip", "w") as archive:
        for file in sorted((tmp_path / "era5.zarr").rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(tmp_path / "era5.zarr"))
    fields = {"2t": KELVIN, "2d": DEW, "10u": EAST, "10v": NORTH, "tp": METRES}
    write_grib(tmp_path / "era5.grib", fields, TIMES, LATITUDE, LONGITUDE)
    before = sorted(path.name for path in tmp_path.iterdir())
    for name in ("era5.nc", "era5.zarr", "era5.v3.zarr", "era5.zarr.zip", "era5.grib"):
        opened = grids.open_weather(tmp_path / name)
        assert all(opened[variable].chunks for variable in FOUR), "opened lazily"
        assert_is_the_era5_weather(opened)
    assert grids.open_weather(tmp_path / "era5.nc")["air_temperature"].dtype == np.float32
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "nothing is left beside the data"


def test_cf_and_cmip_and_open_meteo_names_and_units_are_known():
    found = grids.standardise(cf())
    np.testing.assert_allclose(found["relative_humidity"], 40.0)
    np.testing.assert_allclose(found["wind_speed"], 18.52)
    np.testing.assert_allclose(found["precipitation_amount"], 0.5)
    bare = xr.Dataset(
        {
            "tas": cells(KELVIN, "K"),
            "hurs": cells(np.full(SHAPE, 55.0), "%"),
            "sfcWind": cells(np.full(SHAPE, 5.0), "m s-1"),
            "pr": cells(np.full(SHAPE, 1.0 / 3600.0), "kg m-2 s-1"),
        },
        {"time": TIMES, "latitude": LATITUDE, "longitude": LONGITUDE},
    )
    found = grids.standardise(bare)
    np.testing.assert_allclose(found["wind_speed"], 18.0)
    np.testing.assert_allclose(found["precipitation_amount"], 1.0)
    meteo = xr.Dataset(
        {
            "temperature_2m": cells(np.full(SHAPE, 68.0), "°F"),
            "relative_humidity_2m": cells(np.full(SHAPE, 55.0), "%"),
            "wind_speed_10m": cells(np.full(SHAPE, 10.0), "mp/h"),
            "precipitation": cells(np.full(SHAPE, 0.1), "inch"),
        },
        {"time": TIMES, "latitude": LATITUDE, "longitude": LONGITUDE},
    )
    found = grids.standardise(meteo)
    np.testing.assert_allclose(found["air_temperature"], 20.0)
    np.testing.assert_allclose(found["wind_speed"], 16.09344)
    np.testing.assert_allclose(found["precipitation_amount"], 2.54)


@pytest.mark.parametrize(
    ("unit", "value", "millimetres"),
    [("m", 0.001, 1), ("m of water equivalent", 0.001, 1), ("kg m-2", 1, 1), ("mm/day", 24, 1), ("mm h-1", 1, 1),
     ("kg m**-2 s**-1", 1 / 3600, 1), ("m s-1", 1e-3 / 3600, 1), ("cm", 0.1, 1), ("0.1 mm", 10, 1)],
)  # fmt: skip
def test_precipitation_of_any_unit_becomes_millimetres_of_its_hour(unit, value, millimetres):
    found = grids.standardise(era5(tp=cells(np.full(SHAPE, value), unit)))
    np.testing.assert_allclose(found["precipitation_amount"], millimetres)


@pytest.mark.parametrize(
    ("unit", "text"),
    [(unit, text) for unit, texts in grid_quantities.data()["usual"].items() for text in texts],
)
def test_the_usual_units_are_what_the_unit_registry_makes_of_them(unit, text):
    from cf_xarray.units import units

    quantity = next(one for one in grid_quantities.quantities().values() if one.unit == unit)
    zero, one = (units.Quantity(value, units.parse_units(text)) for value in (0.0, 1.0))
    if unit == "mm" and text.startswith("kg"):
        zero, one = (amount / units.Quantity(1000.0, "kg m-3") for amount in (zero, one))
    zero, one = float(zero.to(unit).magnitude), float(one.to(unit).magnitude)
    assert conversion(quantity, "x", text, None) == pytest.approx((one - zero, zero), rel=1e-12)


@pytest.mark.parametrize("text", grid_quantities.data()["usual_rates"])
def test_the_usual_rates_are_what_the_unit_registry_makes_of_them(text):
    from cf_xarray.units import units

    rain = grid_quantities.quantities()["precipitation_amount"]
    water = units.Quantity(1000.0, "kg m-3") if text.startswith("kg") else 1
    an_hour = (
        (units.Quantity(1.0, units.parse_units(text)) * units.Quantity(1.0, "hour") / water)
        .to("mm")
        .magnitude
    )
    assert conversion(rain, "x", text, 3.0) == pytest.approx((3.0 * an_hour, 0.0), rel=1e-12)
    with pytest.raises(UnreadableGrid, match="how long a step"):
        conversion(rain, "x", text, None)


@pytest.mark.parametrize(
    ("variable", "unit", "rule"),
    [("t2m", None, "unit-missing"), ("t2m", "", "unit-missing"), ("tp", "buckets", "unit-unknown"),
     ("t2m", "mm", "unit-unfit"), ("tp", "K", "unit-unfit"), ("u10", "1", "unit-unfit")],
)  # fmt: skip
def test_a_unit_that_is_missing_or_wrong_is_never_guessed(variable, unit, rule):
    dataset = era5()
    dataset[variable].attrs = {} if unit is None else {"units": unit}
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(dataset)
    assert refused.value.rule == rule
    assert variable in refused.value.message.en and variable in refused.value.message.zh
    assert "units" in refused.value.fix.en and "units" in refused.value.fix.zh
    right = {"t2m": "K", "tp": "m", "u10": "m/s"}[variable]
    assert_is_the_era5_weather(grids.standardise(dataset, units={variable: right}))


def test_what_is_missing_is_named_beside_what_is_there():
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(era5().drop_vars(["u10", "d2m"]))
    assert refused.value.rule == "variable-missing"
    for text in ("relative humidity", "wind speed", "t2m, tp, v10"):
        assert text in refused.value.message.en
    assert "相对湿度、风速" in refused.value.message.zh
    assert "d2m" in refused.value.fix.en and "sfcWind" in refused.value.fix.zh
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(cf(other=cells(KELVIN, "K", standard_name="air_temperature")))
    assert refused.value.rule == "variable-twice"
    found = grids.standardise(
        cf(other=cells(KELVIN, "K", standard_name="air_temperature")), names={"air_temperature": "other"}
    )
    np.testing.assert_allclose(found["air_temperature"], KELVIN - 273.15)
    extreme = cells(KELVIN, "K", standard_name="air_temperature", cell_methods="time: maximum")
    assert grids.standardise(cf(tasmax=extreme))["air_temperature"].attrs["source_variable"] == "T"


def test_coordinates_are_found_by_their_attributes_or_names(tmp_path):
    odd = era5().rename(latitude="phi", longitude="lam", time="when")
    odd["phi"].attrs, odd["lam"].attrs = {"units": "degrees_north"}, {"standard_name": "longitude"}
    odd["when"].attrs = {"axis": "T", "standard_name": "time"}
    assert_is_the_era5_weather(grids.standardise(odd.transpose("lam", "phi", "when")))
    assert_is_the_era5_weather(grids.standardise(era5().rename(latitude="lat", longitude="lon")))
    era5().rename(latitude="phi").to_netcdf(tmp_path / "nowhere.nc")
    with pytest.raises(UnreadableGrid, match="latitude") as refused:
        grids.open_weather(tmp_path / "nowhere.nc")
    assert refused.value.rule == "coordinate-missing" and "纬度" in refused.value.message.zh
    # A list of places: both coordinates lie along one dimension of its own.
    points = era5().isel(latitude=xr.Variable("place", [0, 1]), longitude=xr.Variable("place", [2, 3]))
    listed = grids.standardise(points)
    assert listed["air_temperature"].dims == ("time", "place")
    np.testing.assert_array_equal(listed["longitude"], LONGITUDE[[2, 3]])
    # What is already in hand may lack places that its owner knows, and may be one place alone.
    nowhere = grids.standardise(era5().drop_vars(["latitude", "longitude"]))
    assert "latitude" not in nowhere.coords and nowhere["wind_speed"].shape == SHAPE
    alone = grids.standardise(era5().isel(latitude=0, longitude=1))
    assert alone["wind_speed"].dims == ("time",) and alone["longitude"] == 116.5
    # A projected grid: both vary over both dimensions.
    phi, lam = np.meshgrid(LATITUDE, LONGITUDE, indexing="ij")
    flat = era5().drop_vars(["latitude", "longitude"]).rename(latitude="y", longitude="x")
    flat = flat.assign_coords(lat=(("y", "x"), phi), lon=(("y", "x"), lam))
    projected = grids.standardise(flat)
    assert projected["air_temperature"].dims == ("time", "y", "x")
    np.testing.assert_array_equal(projected["latitude"], phi)


def test_several_files_join_along_time_and_across_variables(tmp_path):
    whole = era5()
    for number, part in enumerate((slice(0, 2), slice(2, 6))):
        whole[["t2m", "d2m"]].isel(time=part).to_netcdf(tmp_path / f"air-{number}.nc")
        whole[["u10", "v10", "tp"]].isel(time=part).assign_coords(
            latitude=LATITUDE.astype("float32") + np.float32(1e-5)
        ).to_netcdf(tmp_path / f"flux-{number}.nc")
    assert_is_the_era5_weather(grids.open_weather(tmp_path / "*.nc"))
    assert_is_the_era5_weather(grids.open_weather(sorted(tmp_path.glob("*.nc"), reverse=True)))
    with pytest.raises(UnreadableGrid) as refused:
        grids.open_weather([tmp_path / "air-0.nc", tmp_path / "absent*.nc"])
    assert refused.value.rule == "file-missing"
    whole.isel(time=slice(1, 3)).to_netcdf(tmp_path / "overlap-a.nc")
    whole.isel(time=slice(2, 4)).to_netcdf(tmp_path / "overlap-b.nc")
    with pytest.raises(UnreadableGrid) as refused:
        grids.open_weather(tmp_path / "overlap-*.nc")
    assert refused.value.rule in ("files-disagree", "time-twice")
    kelvin, celsius = whole.isel(time=slice(0, 3)), whole.isel(time=slice(3, 6)).copy()
    celsius["t2m"] = (celsius["t2m"] - 273.15).assign_attrs(units="degC")
    for number, part in enumerate((kelvin, celsius)):
        part.to_netcdf(tmp_path / f"unit-{number}.nc")
    with pytest.raises(UnreadableGrid, match="K and degC") as refused:
        grids.open_weather(tmp_path / "unit-*.nc")
    assert refused.value.rule == "files-disagree"
    shifted = whole[["u10", "v10", "tp"]].assign_coords(latitude=LATITUDE + 0.25)
    shifted.to_netcdf(tmp_path / "shifted.nc")
    whole[["t2m", "d2m"]].to_netcdf(tmp_path / "air.nc")
    with pytest.raises(UnreadableGrid, match="latitude") as refused:
        grids.open_weather([tmp_path / "air.nc", tmp_path / "shifted.nc"])
    assert refused.value.rule == "files-disagree"


def test_what_is_no_weather_says_so(tmp_path):
    (tmp_path / "words.nc").write_text("temperature")
    with zipfile.ZipFile(tmp_path / "download.nc", "w") as archive:
        archive.writestr("data_stream-oper_stepType-instant.nc", b"CDF")
    (tmp_path / "broken.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + b"\0" * 64)
    rules = {"words.nc": "format-unknown", "download.nc": "file-packed", "broken.nc": "file-broken"}
    for name, rule in rules.items():
        with pytest.raises(UnreadableGrid) as refused:
            grids.open_weather(tmp_path / name)
        assert refused.value.rule == rule and refused.value.fix.zh
    assert pickle.loads(pickle.dumps(refused.value)).rule == "file-broken"


def test_running_totals_are_taken_apart_only_when_asked_for(tmp_path):
    run = TIMES[0] - HOUR
    totals = np.cumsum(METRES, axis=0)
    fields = {"2t": KELVIN, "2d": DEW, "10u": EAST, "10v": NORTH, "tp": totals}
    write_grib(tmp_path / "forecast.grib", fields, TIMES, LATITUDE, LONGITUDE, run=run)
    assert_is_the_era5_weather(
        grids.open_weather(tmp_path / "forecast.grib", accumulation="since_start"), 2e-3
    )
    as_is = grids.open_weather(tmp_path / "forecast.grib")["precipitation_amount"]
    np.testing.assert_allclose(as_is, 1000.0 * totals, rtol=1e-3)
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(era5(), accumulation="since_start")
    assert refused.value.rule == "accumulation-start-unknown"


def test_totals_that_begin_anew_at_midnight_keep_every_hour():
    # As ERA5-Land: 00 UTC holds the whole day before, 01 UTC the first hour of the new day, which may exceed it.
    times = np.datetime64("2024-05-01T22", "s") + np.arange(6) * HOUR
    own = np.array([np.nan, 0.5, 1.0, 9.0, 0.0, 2.0])
    totals = np.array([3.0, 3.5, 4.5, 9.0, 9.0, 11.0])
    dataset = era5().assign_coords(time=times)
    dataset["tp"] = cells(np.broadcast_to(totals[:, None, None], SHAPE), "mm")
    found = grids.standardise(dataset, accumulation="since_start", accumulation_starts=(0,))
    np.testing.assert_allclose(found["precipitation_amount"].values[:, 0, 0], own)
    once = grids.standardise(
        dataset.isel(time=[0, 1, 2, 4, 5]), accumulation="since_start", accumulation_starts=()
    )
    np.testing.assert_allclose(once["precipitation_amount"].values[:, 1, 1], [np.nan, 0.5, 1.0, np.nan, 2.0])


def test_an_amount_with_bounds_belongs_to_the_end_of_its_interval(tmp_path):
    # As CMIP's 3-hourly tables: state at the hour, flux as a mean stamped in the middle of its interval.
    ends = TIMES[0] + 3 * HOUR * np.arange(1, 7)
    bounds = (("time", "bnds"), np.stack([ends - 3 * HOUR, ends], axis=1))
    flux = xr.Dataset(
        {"pr": cells(np.full(SHAPE, 2.0 / 10800.0), "kg m-2 s-1", cell_methods="time: mean"), "time_bnds": bounds},
        {"time": ("time", ends - 3 * HOUR // 2, {"bounds": "time_bnds"}), "latitude": LATITUDE, "longitude": LONGITUDE},
    )  # fmt: skip
    hours = {"units": "hours since 2024-05-01", "dtype": "float64"}
    flux.to_netcdf(tmp_path / "pr.nc", encoding={"time": hours, "time_bnds": hours})
    state = era5().drop_vars("tp").assign_coords(time=ends)
    state.to_netcdf(tmp_path / "state.nc")
    found = grids.open_weather(tmp_path / "*.nc")
    np.testing.assert_array_equal(found["time"], ends)
    np.testing.assert_allclose(found["precipitation_amount"], 2.0, rtol=1e-6)
    assert (
        found.attrs["time_step_hours"] == 3.0 and found["precipitation_amount"].attrs["period_hours"] == 3.0
    )


def test_daily_means_stand_at_their_date_and_calendars_without_leap_days_are_read(tmp_path):
    days = xr.date_range("2024-02-26", periods=6, calendar="noleap", use_cftime=True)
    daily = era5(t2m=cells(KELVIN, "K", cell_methods="area: time: mean")).assign_coords(time=days)
    daily["tp"] = cells(np.full(SHAPE, 1.0 / 86400.0), "kg m-2 s-1")
    daily.to_netcdf(tmp_path / "cmip.nc")
    found = grids.open_weather(tmp_path / "cmip.nc")
    assert found.attrs["frequency"] == "day" and found.attrs["daily_values"] == "mean"
    dates = found["time"].values.astype("datetime64[D]").astype(str).tolist()
    assert dates == ["2024-02-26", "2024-02-27", "2024-02-28", "2024-03-01", "2024-03-02", "2024-03-03"]
    np.testing.assert_allclose(found["precipitation_amount"], 1.0, rtol=1e-6)
    monthly = era5().assign_coords(time=TIMES[0] + 24 * HOUR * np.array([0, 31, 59, 90, 120, 151]))
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(monthly)
    assert refused.value.rule == "time-too-coarse"
    short = era5().assign_coords(
        time=xr.date_range("2024-02-26", periods=6, calendar="360_day", use_cftime=True)
    )
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(short)
    assert refused.value.rule == "calendar-unfit"
    uneven = era5().assign_coords(time=TIMES[0] + HOUR * np.array([0, 2, 5, 7, 9, 11]))
    with pytest.raises(UnreadableGrid) as refused:
        grids.standardise(uneven)
    assert refused.value.rule == "time-uneven"


def test_preliminary_and_final_months_of_one_record_become_one():
    final, fresh = KELVIN.copy(), KELVIN.copy()
    final[3:], fresh[:3] = np.nan, np.nan
    halves = xr.concat([era5(t2m=cells(final, "K")), era5(t2m=cells(fresh, "K"))], dim="expver")
    assert_is_the_era5_weather(grids.standardise(halves))


def test_snow_depth_is_measured_with_a_stick_and_needs_a_density():
    water = era5(sd=cells(np.full(SHAPE, 0.02), "m of water equivalent"))
    without = grids.standardise(water)
    assert "snow_depth" not in without and "snow" in without.attrs["left_out"]
    stated = grids.standardise(water, snow_density=100.0)
    np.testing.assert_allclose(stated["snow_depth"], 0.2)
    measured = grids.standardise(water.assign(rsn=cells(np.full(SHAPE, 200.0), "kg m**-3")))
    np.testing.assert_allclose(measured["snow_depth"], 0.1)
    np.testing.assert_allclose(
        grids.standardise(era5(sde=cells(np.full(SHAPE, 30.0), "cm")))["snow_depth"], 0.3
    )


def test_wind_at_another_height_is_carried_to_ten_metres():
    two = grids.standardise(cf().assign_coords(height=2.0))
    from fenghuo.core.danger.wind import to_ten_metres

    np.testing.assert_allclose(two["wind_speed"], to_ten_metres(18.52, 2.0))
    assert "2 m" in two["wind_speed"].attrs["comment"]
    stated = grids.standardise(cf(), wind_height=2.0)
    np.testing.assert_allclose(stated["wind_speed"], two["wind_speed"])
    assert "not stated" in grids.standardise(cf())["wind_speed"].attrs["comment"]
    assert "10 m" in grids.standardise(era5())["wind_speed"].attrs["comment"]


@pytest.mark.parametrize("chunks", [None, {"time": 2, "latitude": 2, "longitude": 3}])
def test_impossible_values_are_refused_with_their_place_or_set_missing(chunks):
    rain = np.full(SHAPE, 0.001)
    rain[3, 1, 2], rain[4, 0, 0] = -1.0, 5.0
    dataset = era5(tp=cells(rain, "m"))
    dataset = dataset if chunks is None else dataset.chunk(chunks)
    with pytest.raises(grids.ImpossibleCell) as refused:
        grids.standardise(dataset.isel(time=slice(0, 4))).compute(scheduler="synchronous")
    first = refused.value
    assert first.rule == "impossible-rain" and first.value == pytest.approx(-1000.0)
    assert (first.time, first.latitude, first.longitude) == (TIMES[3], 40.5, 117.0)
    assert "2024-05-01T03:00Z 40.5°N 117°E" in first.message.en and "缺测" in first.message.zh
    assert pickle.loads(pickle.dumps(first)).longitude == 117.0
    missing = grids.standardise(dataset, impossible="missing").compute()["precipitation_amount"].values
    assert np.isnan(missing[3, 1, 2]) and np.isnan(missing[4, 0, 0]) and np.isnan(missing).sum() == 2
    (counted,) = grids.impossible_values(grids.standardise(dataset, impossible="keep"))
    assert (counted.variable, counted.rule, counted.count) == ("precipitation_amount", "impossible-rain", 2)
    assert (counted.time, counted.latitude, counted.longitude) == (TIMES[3], 40.5, 117.0)
    assert counted.finding().as_dict()["rule"] == "impossible-rain"


def test_rounding_just_outside_a_bound_is_put_onto_it():
    dataset = era5(tp=cells(np.full(SHAPE, -1e-8), "m"), d2m=cells(KELVIN + 0.15, "K"))
    found = grids.standardise(dataset)
    assert (found["precipitation_amount"] == 0.0).all()
    np.testing.assert_allclose(found["relative_humidity"], 100.0)
    with pytest.raises(grids.ImpossibleCell, match="dew-point-above-air"):
        grids.standardise(era5(d2m=cells(KELVIN + 1.0, "K")))
    over_ice = cf(rh=cells(np.full(SHAPE, 112.0), "%", standard_name="relative_humidity"))
    with pytest.raises(grids.ImpossibleCell, match="impossible-humidity"):
        grids.standardise(over_ice)
    assert (grids.standardise(over_ice, humidity_up_to=150.0)["relative_humidity"] == 100.0).all()


def test_nothing_is_read_before_it_is_asked_for_and_a_missing_value_stays_missing():
    def explode(block):
        raise AssertionError("a chunk was computed")

    lazy = era5().chunk(time=1)
    for name in lazy.data_vars:
        mine = lazy[name].data
        lazy[name].data = da.map_blocks(explode, mine, dtype=mine.dtype, meta=np.empty((0, 0, 0)))
    opened = grids.standardise(lazy)
    with pytest.raises(AssertionError, match="a chunk was computed"):
        opened["relative_humidity"].compute(scheduler="synchronous")
    given = era5()
    grids.standardise(given)
    xr.testing.assert_identical(given, era5())
    sea = KELVIN.copy()
    sea[:, 0, 0] = np.nan
    found = grids.standardise(era5(t2m=cells(sea, "K")))
    assert math.isnan(found["air_temperature"][0, 0, 0]) and math.isnan(found["relative_humidity"][0, 0, 0])


def test_chunks_change_no_bit(tmp_path):
    era5().astype("float32").to_netcdf(
        tmp_path / "era5.nc", encoding={name: {"chunksizes": (2, 3, 2)} for name in ("t2m", "tp")}
    )
    at_once = grids.open_weather(tmp_path / "era5.nc", chunks=None).compute()
    for chunks in ("sensible", {"time": 1, "longitude": 1}, {"latitude": 2}):
        xr.testing.assert_identical(
            grids.open_weather(tmp_path / "era5.nc", chunks=chunks).compute(), at_once
        )
