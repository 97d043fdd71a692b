"""Every cell of a grid gets the noon weather, and the extremes, that a station at its place would get."""

from datetime import UTC, date, datetime, timedelta

import dask
import dask.array as da
import numpy as np
import pytest
import xarray as xr

from fenghuo.core.danger import extremes, noon, weather
from fenghuo.core.danger.io.unreadable import UnreadableGrid
from fenghuo.core.danger.observation import Observation

HOUR = np.timedelta64(3600, "s")
NAMES = ("air_temperature", "relative_humidity", "wind_speed", "precipitation_amount")
UNITS = ("degC", "%", "km/h", "mm")


def stamps(first, hours, step=1):
    return np.datetime64(first, "s") + np.arange(hours) * step * HOUR


def grid(times, longitude, values=None, gaps=0.0, latitude=(45.0,)):
    """A grid whose temperature is the number of hours since 1970, exactly, unless values are drawn."""
    shape = (len(times), len(latitude), len(longitude))
    if values is None:
        hours = times.astype("datetime64[h]").astype(float)[:, None, None] + np.zeros(shape)
        fields = (hours, np.full(shape, 50.0), np.full(shape, 10.0), np.ones(shape))
    else:
        bounds = ((-5, 30), (10, 100), (0, 50), (0, 3))
        fields = tuple(
            np.where(values.random(shape) < gaps, np.nan, values.uniform(*b, shape)) for b in bounds
        )
    return xr.Dataset(
        {
            name: (("time", "latitude", "longitude"), field, {"units": unit})
            for name, field, unit in zip(NAMES, fields, UNITS, strict=True)
        },
        {"time": times, "latitude": list(latitude), "longitude": list(longitude)},
    )


def station(dataset, column):
    """The same weather as a station at one longitude would have reported it."""
    times = [
        stamp.astype(datetime).replace(tzinfo=UTC) for stamp in dataset["time"].values.astype("datetime64[s]")
    ]
    series = [dataset[name].values[:, 0, column] for name in NAMES]
    rows = []
    for number, (at, *values) in enumerate(zip(times, *series, strict=True)):
        t, h, w, r = (None if np.isnan(value) else float(value) for value in values)
        rows.append(Observation("A", at, at, False, t, h, None, w, r, number))
    return rows


def days(dataset):
    return dataset["time"].values.astype("datetime64[D]").astype(date).tolist()


def assert_same(expected, found):
    if expected is None:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    "clock", ["solar", timedelta(hours=8), timedelta(hours=-3, minutes=-30), timedelta(hours=14), timedelta(hours=-12)]
)  # fmt: skip
def test_every_cell_equals_the_station_at_its_place(clock):
    draw = np.random.default_rng(11)
    dataset = grid(stamps("2024-03-29T05", 24 * 5 + 5), np.arange(-180.0, 180.0, 5.3), draw, gaps=0.08)
    daily, highest = noon.daily(dataset, clock), noon.daily_extremes(dataset, clock)
    noon_days, whole_days = days(daily), days(highest)
    for column, longitude in enumerate(dataset["longitude"].values):
        offset = weather.solar_offset(longitude) if clock == "solar" else clock
        rows = station(dataset, column)
        expected = weather.noon_days(rows, offset)
        assert clock == "solar" or [day.date for day in expected] == noon_days
        for day in expected:
            at = noon_days.index(day.date)
            for name, value in zip(NAMES, (day.temperature, day.humidity, day.wind, day.rain), strict=True):
                assert_same(value, daily[name].values[at, 0, column])
            shifted = dict(day.shifted)
            flags = sum(
                bit for name, bit in (("temperature", 1), ("humidity", 2), ("wind", 4)) if name in shifted
            )
            flags += 8 * ("rain-incomplete" in day.marks)
            assert daily["weather_marks"].values[at, 0, column] == flags
        for extreme in extremes.daily_extremes(rows, offset):
            at = whole_days.index(extreme.date)
            assert_same(extreme.temperature, highest["air_temperature_max"].values[at, 0, column])
            assert_same(extreme.humidity, highest["relative_humidity_min"].values[at, 0, column])
            assert_same(extreme.wind, highest["wind_speed_max"].values[at, 0, column])
            assert_same(extreme.rain, highest["precipitation_amount"].values[at, 0, column])


def taken_hour(daily, day, column=0):
    """The hour [UTC] whose temperature stands for noon of a day."""
    value = daily["air_temperature"].sel(time=np.datetime64(day, "s")).values[0, column]
    return None if np.isnan(value) else str(np.datetime64(int(value), "h"))


def test_noon_by_the_sun_is_within_half_an_hour_at_every_longitude_and_the_date_changes_at_180():
    longitude = np.arange(-180.0, 180.01, 0.25)
    dataset = grid(stamps("2024-06-09T00", 24 * 4), longitude)
    daily = noon.daily(dataset, "solar")
    day = np.datetime64("2024-06-10T12", "s").astype("datetime64[h]").astype(float)
    taken = daily["air_temperature"].sel(time=np.datetime64("2024-06-10", "s")).values[0]
    assert np.abs(taken - (day - longitude / 15.0)).max() <= 0.5 + 1 / 60
    assert taken_hour(daily, "2024-06-10", 0) == "2024-06-11T00"
    assert taken_hour(daily, "2024-06-10", len(longitude) - 1) == "2024-06-10T00"
    # The same meridians counted 0 to 360 have the same noon; 180 is written as +180 there.
    east = noon.daily(grid(stamps("2024-06-09T00", 24 * 4), np.arange(0.0, 360.0, 0.25)), "solar")
    by_longitude = {lon % 360.0: taken[n] for n, lon in enumerate(longitude) if lon != -180.0}
    for n, lon in enumerate(east["longitude"].values):
        assert (
            east["air_temperature"].sel(time=np.datetime64("2024-06-10", "s")).values[0, n]
            == by_longitude[lon]
        )


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Asia/Shanghai", "2024-06-10", "2024-06-10T04"),
        ("America/St_Johns", "2024-06-10", "2024-06-10T15"),  # 15:30 UTC: the earlier of two equally near
        ("Pacific/Kiritimati", "2024-06-10", "2024-06-09T22"),  # UTC+14: noon falls on the UTC day before
        ("Pacific/Pago_Pago", "2024-06-10", "2024-06-10T23"),
        ("Europe/Berlin", "2024-06-10", "2024-06-10T11"),  # summer time would say 10
        ("Asia/Kathmandu", "2024-06-10", "2024-06-10T06"),  # UTC+05:45: 06:15 UTC
        ("UTC", "2024-06-10", "2024-06-10T12"),
    ],
)
def test_noon_is_that_of_the_zones_standard_time_and_the_day_is_the_local_date(zone, day, hour):
    daily = noon.daily(grid(stamps("2024-06-08T00", 24 * 5), [10.0]), zone)
    assert taken_hour(daily, day) == hour
    assert daily["weather_marks"].sel(time=np.datetime64(day, "s")).item() == 0


@pytest.mark.parametrize(("first", "changes"), [("2024-03-28", "2024-03-31"), ("2024-10-25", "2024-10-27")])
def test_summer_time_never_shifts_noon(first, changes):
    dataset = grid(stamps(f"{first}T00", 24 * 6), [13.4])
    daily = noon.daily(dataset, "Europe/Berlin")
    assert {taken_hour(daily, day)[-2:] for day in map(str, days(daily))} == {"11"}
    assert date.fromisoformat(changes) in days(daily)
    xr.testing.assert_equal(daily, noon.daily(dataset, timedelta(hours=1)))


def test_a_zone_that_changed_its_standard_time_follows_the_year():
    # North Korea's clock stood at UTC+08:30 throughout 2016 and 2017.
    dataset = grid(stamps("2014-12-30T00", 24 * 4), [125.75])
    assert taken_hour(noon.daily(dataset, "Asia/Pyongyang"), "2014-12-31") == "2014-12-31T03"
    dataset = grid(stamps("2016-12-30T00", 24 * 4), [125.75])
    assert taken_hour(noon.daily(dataset, "Asia/Pyongyang"), "2016-12-31") == "2016-12-31T03"
    assert noon.daily(dataset, "Asia/Pyongyang")["weather_marks"].max() == 0
    with pytest.raises(UnreadableGrid) as refused:
        noon.daily(dataset, "Asia/Peking")
    assert refused.value.rule == "zone-unknown" and "Asia/Peking" in refused.value.message.zh


def test_rain_is_that_of_the_24_hours_to_noon_and_too_few_hours_are_no_rain():
    dataset = grid(stamps("2024-06-08T05", 24 * 4), [116.0])
    rain = np.zeros(24 * 4)
    noon_hour = 23  # 04 UTC of the 9th, noon in Beijing
    rain[noon_hour - 24 + 1], rain[noon_hour], rain[noon_hour + 1] = 1.0, 2.0, 4.0
    dataset["precipitation_amount"].values[:, 0, 0] = rain
    daily = noon.daily(dataset, "Asia/Shanghai")
    assert np.isnan(daily["precipitation_amount"].values[0, 0, 0]), "the record begins at noon of the 8th"
    assert daily["precipitation_amount"].values[1:4, 0, 0].tolist() == [3.0, 4.0, 0.0]
    for lacking, expected, mark in ((4, 3.0, 8), (5, np.nan, 0)):
        gappy = dataset.copy(deep=True)
        gappy["precipitation_amount"].values[5 : 5 + lacking] = np.nan
        daily = noon.daily(gappy, "Asia/Shanghai")
        np.testing.assert_equal(daily["precipitation_amount"].values[1, 0, 0], expected)
        assert daily["weather_marks"].values[1, 0, 0] == mark
    removed = noon.daily(dataset.drop_isel(time=list(range(5, 10))), "Asia/Shanghai")
    assert np.isnan(removed["precipitation_amount"].values[1, 0, 0])


def test_three_hourly_weather_needs_a_stated_tolerance_and_is_marked():
    dataset = grid(stamps("2024-06-08T00", 8 * 4, step=3), [20.0])
    with pytest.raises(UnreadableGrid) as refused:
        noon.daily(dataset, timedelta(minutes=-90))  # 13:30 UTC
    assert refused.value.rule == "noon-out-of-reach" and "90" in refused.value.fix.en
    daily = noon.daily(dataset, timedelta(minutes=-90), tolerance=timedelta(minutes=90))
    assert taken_hour(daily, "2024-06-10") == "2024-06-10T12"
    assert (daily["weather_marks"].sel(time="2024-06-10") == 7).all()
    assert daily["precipitation_amount"].sel(time=np.datetime64("2024-06-10", "s")).item() == 8.0
    assert taken_hour(noon.daily(dataset, "UTC"), "2024-06-10") == "2024-06-10T12"
    rain_only = dataset.isel(time=slice(0, 32))
    rain_only["precipitation_amount"].attrs["period_hours"] = 3.0
    assert (
        noon.daily(rain_only, "UTC")["precipitation_amount"].sel(time=np.datetime64("2024-06-10", "s")).item()
        == 8
    )


def test_daily_data_pass_through_and_means_are_marked_as_no_noon_values():
    times = np.datetime64("2024-06-08T12", "s") + 24 * np.arange(4) * HOUR
    dataset = grid(times, [116.0]).assign_attrs(frequency="day", daily_values="mean", time_step_hours=24.0)
    daily = noon.daily(dataset)
    assert days(daily)[0] == date(2024, 6, 8)
    for name in NAMES:
        np.testing.assert_array_equal(daily[name], dataset[name])
    assert (daily["weather_marks"] == noon.MARKS["daily_mean"]).all()
    assert (noon.daily(dataset.assign_attrs(daily_values="noon"))["weather_marks"] == 0).all()
    twice = noon.daily(noon.daily(grid(stamps("2024-06-08T00", 72), [116.0]), "Asia/Shanghai"))
    xr.testing.assert_equal(twice, noon.daily(grid(stamps("2024-06-08T00", 72), [116.0]), "Asia/Shanghai"))
    with pytest.raises(UnreadableGrid) as refused:
        noon.daily_extremes(dataset)
    assert refused.value.rule == "daily-only"


def test_chunks_change_no_bit_and_nothing_is_computed_before_it_is_asked_for():
    draw = np.random.default_rng(3)
    dataset = grid(
        stamps("2024-02-27T00", 24 * 4), np.linspace(-179.0, 179.0, 23), draw, 0.1, (10.0, 20.0, 30.0)
    )
    for clock in ("solar", "Asia/Shanghai"):
        whole, extreme = noon.daily(dataset, clock), noon.daily_extremes(dataset, clock)
        for chunks, length in (
            ({"time": 1}, None),
            ({"time": 50, "latitude": 2, "longitude": 7}, 1),
            ({}, 3),
        ):
            lazy = noon.daily(dataset.chunk(chunks), clock, days_per_chunk=length)
            assert all(dask.is_dask_collection(lazy[name].data) for name in (*NAMES, "weather_marks"))
            xr.testing.assert_identical(lazy.compute(), whole)
            lazy = noon.daily_extremes(dataset.chunk(chunks), clock, days_per_chunk=length)
            xr.testing.assert_identical(lazy.compute(), extreme)

    def explode(block):
        raise AssertionError("a chunk was computed")

    armed = dataset.chunk(time=24)
    for name in NAMES:
        mine = armed[name].data
        armed[name].data = da.map_blocks(explode, mine, dtype=mine.dtype, meta=np.empty((0, 0, 0)))
    lazy = noon.daily(armed, "solar")
    with pytest.raises(AssertionError, match="a chunk was computed"):
        lazy["weather_marks"].compute(scheduler="synchronous")


def test_single_precision_stays_single_and_projected_grids_have_their_own_noon():
    dataset = grid(stamps("2024-06-08T00", 72), [0.0, 90.0]).astype("float32")
    assert noon.daily(dataset, "solar")["precipitation_amount"].dtype == np.float32
    longitude = np.array([[0.0, 90.0], [-90.0, 180.0]])
    fields = {name: (("time", "y", "x"), np.repeat(dataset[name].values, 2, axis=1)) for name in NAMES}
    projected = xr.Dataset(
        fields,
        {
            "time": dataset["time"],
            "longitude": (("y", "x"), longitude),
            "latitude": (("y", "x"), longitude * 0),
        },
    )
    projected["air_temperature"].data = np.broadcast_to(
        dataset["time"].values.astype("datetime64[h]").astype(float)[:, None, None], (72, 2, 2)
    )
    daily = noon.daily(projected, "solar")
    taken = daily["air_temperature"].sel(time=np.datetime64("2024-06-09", "s")).values.astype(int)
    hours = [str(np.datetime64(int(value), "h")) for value in taken.ravel()]
    assert hours == ["2024-06-09T12", "2024-06-09T06", "2024-06-09T18", "2024-06-09T00"]
    xr.testing.assert_identical(noon.daily(projected.chunk(x=1, time=10), "solar").compute(), daily)
