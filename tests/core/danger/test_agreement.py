"""The engine computes what the reports and independent programs compute; where they part, the cause is named."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from benchmarks import peers
from fenghuo.core.danger import fwi, season, weather
from fenghuo.core.danger.daily import compute
from fenghuo.core.danger.fire_season import GIVEN, SNOW, TEMPERATURE, DryStart
from fenghuo.core.danger.fwi import FFMC_CONSTANT_EXACT, Codes, Options, Weather, step
from fenghuo.core.danger.io import stations
from fenghuo.core.danger.marks import Mark
from fenghuo.core.danger.overwinter import Overwintering, spring_dc

DATA = Path(__file__).parent / "data"
BEIJING = Path(fwi.__file__).parents[2] / "desk/site/demo/weather"
CODES = peers.CODES


def agree(ours, theirs, within=1e-9):
    """Every code agrees within `within`, absolute where it is small and relative where it is large."""
    for name in CODES:
        np.testing.assert_allclose(ours[name], theirs[name], rtol=within, atol=within, err_msg=name)


def columns(days):
    """The noon weather of one station as four columns (days, 1) and its dates; NaN where missing."""
    fields = [
        np.array([[np.nan if getattr(day, name) is None else getattr(day, name)] for day in days])
        for name in ("temperature", "humidity", "wind", "rain")
    ]
    return tuple(fields), np.array([day.date for day in days], dtype="datetime64[D]")


@pytest.fixture(scope="module")
def made_up():
    """Half a year of any weather that can be, at latitudes from pole to pole with every limit among them."""
    days, cells = 150, 60
    dates = np.datetime64("2023-10-15") + np.arange(days)
    return peers.any_weather(days, cells), dates, peers.all_latitudes(cells)


@pytest.fixture(scope="module")
def beijing():
    """Four years at Huairou, from hourly observations, with the days that lack nothing."""
    reading = stations.read(BEIJING / "beijing-huairou-hourly-2013-2017.csv.gz")
    fields, _ = columns(weather.noon_days(reading.observations))
    whole = ~np.isnan(np.hstack(fields)).any(axis=1)
    assert whole.sum() > 1400
    fields = tuple(field[whole] for field in fields)
    # The peers cannot bridge a missing day, so the days that are whole are set side by side.
    return fields, np.datetime64("2013-03-01") + np.arange(whole.sum()), np.array([40.4])


@pytest.mark.parametrize("program", ["xclim", "climate_indices"])
def test_the_48_day_season_of_the_report_is_the_same_in_three_programs(program):
    days = weather.noon_days(stations.read(DATA / "season-1985.csv").observations)
    fields, dates = columns(days)
    assert len(days) == 48
    north = np.array([46.0])
    options = {"xclim": Options(), "climate_indices": peers.CLIMATE_INDICES}[program]
    expected = getattr(peers, program)(fields, dates, north)
    agree(peers.ours(fields, dates, north, options), expected)
    one_by_one = [result.day for result in season.run(days, 46.0, options)]
    agree({name: [[getattr(day, name)] for day in one_by_one] for name in CODES}, expected)


@pytest.mark.parametrize("where", ["made_up", "beijing"])
def test_xclim_agrees_in_every_code_with_no_choice_changed(where, request):
    case = request.getfixturevalue(where)
    agree(peers.ours(*case), peers.xclim(*case))


@pytest.mark.parametrize("where", ["made_up", "beijing"])
def test_climate_indices_parts_by_two_named_choices_and_by_nothing_else(where, request):
    case = request.getfixturevalue(where)
    theirs = peers.climate_indices(*case)
    agree(peers.ours(*case, peers.CLIMATE_INDICES), theirs)
    with_bands = peers.ours(*case, Options(latitude_bands="cffdrs"))
    with_constant = peers.ours(*case, Options(ffmc_constant=FFMC_CONSTANT_EXACT))
    # The constant is all of the difference in FFMC and ISI, the bands all of it in DMC, DC and BUI.
    for name in ("ffmc", "isi"):
        np.testing.assert_allclose(with_constant[name], theirs[name], rtol=1e-9, atol=1e-9)
    for name in ("dmc", "dc", "bui"):
        np.testing.assert_allclose(with_bands[name], theirs[name], rtol=1e-9, atol=1e-9)
    north = case[2] > 30.0
    ours = peers.ours(*case)
    np.testing.assert_allclose(ours["dc"][:, north], theirs["dc"][:, north], rtol=1e-9, atol=1e-9)
    assert 0.01 < np.abs(ours["ffmc"] - theirs["ffmc"]).max() < 0.5


def test_cffdrs_fire_parts_from_the_reports_in_eight_named_places_and_nowhere_else(made_up, beijing):
    every = set(peers.DEPARTURES)
    theirs = peers.cffdrs(*made_up)
    agree(peers.departed(*made_up, every), theirs)
    with_latitude = peers.cffdrs(*made_up, lat_adjust=True)
    agree(peers.departed(*made_up, every - {"north-only"}), with_latitude)
    agree(peers.departed(*made_up, ()), peers.ours(*made_up, peers.CLIMATE_INDICES))
    for departure in peers.DEPARTURES:  # each is needed to explain them
        left, expected = every - {departure}, theirs
        if departure == "limits-north":  # counts only where latitude does
            left, expected = left - {"north-only"}, with_latitude
        without = peers.departed(*made_up, left)
        apart = max(np.abs(without[name] - expected[name]).max() for name in ("ffmc", "dmc", "dc", "isi"))
        assert apart > 1e-4, departure
    fields, dates, north = beijing
    winter = slice(180, 360)
    case = (tuple(field[winter] for field in fields), dates[winter], north)
    agree(peers.departed(*case, every), peers.cffdrs(*case))


def test_the_slips_of_cffdrs_fire_are_what_the_reports_exclude():
    from cffdrs import cffwis

    mild = {"temp": 17.0, "rh": 42.0, "wind": 25.0}
    exact = Options(ffmc_constant=FFMC_CONSTANT_EXACT)

    def ffmc(rain):
        return step(Codes(85, 6, 15), Weather(17, 42, 25, rain), 4, 46.0, exact).ffmc

    # Eq. 2 takes the first 0.5 mm away; theirs lets 0.4 mm wet the fuel as 0.9 mm should.
    assert ffmc(0.4) == ffmc(0.0)
    assert cffwis.dailyFFMC(85.0, **mild, precip=0.4) == pytest.approx(ffmc(0.9), abs=1e-12)
    # Eq. 22 knows no drying below nothing: a day at -30 °C leaves the DC alone, theirs takes 5.7 away.
    assert step(Codes(85, 6, 50), Weather(-30, 42, 25, 0), 1, 46.0).dc == 50.0
    assert cffwis.dailyDC(50.0, -30.0, 0.0, 1) == pytest.approx(50.0 + 0.5 * (0.36 * -27.2 - 1.6))
    # After a downpour the drought is over (Eqs. 20 and 21: 0) and the day's drying counts in full.
    assert step(Codes(85, 6, 15), Weather(25, 42, 25, 60), 7, 46.0).dc == 0.5 * (0.36 * 27.8 + 6.4)
    assert cffwis.dailyDC(15.0, 25.0, 60.0, 7) == 0.0


def turning(days, cells, seed):
    """Weather that crosses the thresholds of start-up and shut-down again and again, and snow."""
    draw = np.random.default_rng(seed)
    swing = 9.0 - 12.0 * np.cos(2.0 * np.pi * np.arange(days) / 120.0)[:, None]
    temperature = swing + draw.normal(0.0, 3.0, (days, cells))
    snow = np.where(temperature + draw.normal(0.0, 3.0, (days, cells)) < 2.0, 0.1, 0.0)
    rain = np.where(draw.random((days, cells)) < 0.4, draw.exponential(4.0, (days, cells)), 0.0)
    humidity, wind = draw.uniform(10, 100, (days, cells)), draw.uniform(0, 60, (days, cells))
    # Neither a start nor an end: xclim looks for the first time on day 3 or 4, ours as soon as it can.
    temperature[:5], snow[:5] = 8.0, 0.05
    return (temperature, humidity, wind, rain), snow


def xclim_seasons(fields, snow, dates, latitude, **how):
    import xarray
    from xclim.indices.fire import fire_weather_ufunc

    axes = {"time": dates.astype("datetime64[ns]"), "cell": np.arange(len(latitude))}
    named = zip(("tas", "hurs", "sfcWind", "pr", "snd"), (*fields, snow), strict=True)
    arrays = {name: xarray.DataArray(field, axes, ("time", "cell")) for name, field in named}
    if "season_mask" in how:
        how["season_mask"] = xarray.DataArray(how["season_mask"], axes, ("time", "cell"))
    place = xarray.DataArray(latitude, {"cell": axes["cell"]}, ("cell",))
    indexes = ["DSR", "FFMC", "DMC", "DC", "ISI", "BUI", "FWI"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = fire_weather_ufunc(**arrays, lat=place, indexes=indexes, **how)
    return {name: found[name.upper()].transpose("time", "cell").values for name in CODES}


@pytest.mark.parametrize("dry_start", [None, "CFS"])
@pytest.mark.parametrize("overwintering", [False, True])
@pytest.mark.parametrize(("method", "rule"), [("WF93", TEMPERATURE), ("LA08", SNOW), ("mask", GIVEN)])
def test_seasons_overwintering_and_dry_starts_are_those_of_xclim(method, rule, overwintering, dry_start):
    days, cells = 420, 12
    fields, snow = turning(days, cells, seed=8)
    dates = np.datetime64("2019-06-01") + np.arange(days)
    latitude = np.linspace(-60.0, 60.0, cells)
    runs = (np.random.default_rng(9).random((days // 30, cells)) < 0.6).repeat(30, axis=0)
    season_of = {"season_mask": runs} if method == "mask" else {"season_method": method}
    theirs = xclim_seasons(
        fields, snow, dates, latitude, overwintering=overwintering, dry_start=dry_start, **season_of
    )
    ours = compute(
        *fields, dates, latitude, rule=rule, snow_depth=snow, active=runs,
        overwintering=Overwintering() if overwintering else None,
        dry_start=DryStart() if dry_start else None,
    )  # fmt: skip
    assert np.array_equal(~np.isnan(ours.fwi), ~np.isnan(theirs["fwi"]))
    assert (ours.marks & Mark.START_UP).astype(bool).sum() > cells
    agree({name: getattr(ours, name) for name in CODES}, theirs)


def test_a_season_is_not_found_later_because_the_record_begins_or_has_a_hole():
    from xclim.indices.fire._cffwis import _fire_season

    warm = np.array([20.0, 20, 20, 20, 20, 20])
    calm = (np.full(6, 50.0), np.full(6, 5.0), np.zeros(6))
    ours = compute(warm, *calm, np.datetime64("2021-05-01") + np.arange(6), 46.0, rule=TEMPERATURE)
    # Three warm days start the season on the fourth; xclim first looks on the fifth.
    assert np.flatnonzero(~np.isnan(ours.dc))[0] == 3
    assert np.flatnonzero(_fire_season(warm))[0] == 4
    # A day without a reading says neither warm nor cold: what remains is judged as if it stood alone.
    fields, _ = turning(300, 1, seed=3)
    holes = np.random.default_rng(4).random(300) < 0.15
    holes[:5] = False
    gapped = tuple(np.where(holes[:, None], np.nan, field) for field in fields)
    dates = np.datetime64("2021-01-01") + np.arange(300)
    runs = (compute(*gapped, dates, 46.0, rule=TEMPERATURE).marks[:, 0] & Mark.OUT_OF_SEASON) == 0
    assert np.array_equal(runs[~holes], _fire_season(fields[0][~holes, 0]))


def test_a_missing_value_costs_xclim_a_season_or_passes_for_no_rain_and_ours_says_that_it_is_missing():
    fields, snow = turning(240, 1, seed=5)
    dates = np.datetime64("2021-01-01") + np.arange(240)
    north = np.array([46.0])

    def by_xclim(fields):
        how = {"season_method": "WF93", "overwintering": True, "dry_start": "CFS"}
        return xclim_seasons(fields, snow, dates, north, **how)["fwi"][:, 0]

    def by_ours(fields):
        how = {"rule": TEMPERATURE, "overwintering": Overwintering(), "dry_start": DryStart()}
        return compute(*fields, dates, north, **how).fwi[:, 0]

    def without(quantity, day):
        return tuple(np.where((n == quantity) & (np.arange(240) == day)[:, None], np.nan, field)
                     for n, field in enumerate(fields))  # fmt: skip

    runs = ~np.isnan(by_xclim(fields))
    first = np.flatnonzero(runs)[0]
    end = first + np.flatnonzero(~runs[first:])[0]
    again = end + np.flatnonzero(runs[end:])[0]
    assert 0 < first + 9 < end < again
    # A missing temperature: xclim has no code for the rest of the season, ours none for the day.
    warm = first + 5
    assert np.isnan(by_xclim(without(0, warm))[warm:end]).all()
    assert np.array_equal(np.isnan(by_ours(without(0, warm))), ~runs | (np.arange(240) == warm))
    # Rain missing in winter: xclim loses the next season from its first day to its last, ours nothing.
    assert np.isnan(by_xclim(without(3, end + 1))[again : again + 5]).all()
    assert np.array_equal(~np.isnan(by_ours(without(3, end + 1))), runs)
    # Rain missing in the season: xclim takes it for none, ours for missing.
    assert not np.isnan(by_xclim(without(3, warm))[warm])
    assert np.isnan(by_ours(without(3, warm))[warm])
    # climate_indices loses the rest of the record, ours the day.
    case = (without(0, warm), dates, north)
    assert np.isnan(peers.climate_indices(*case)["fwi"][warm:]).all()
    assert np.flatnonzero(np.isnan(peers.ours(*case)["fwi"])).tolist() == [warm]


def test_a_spring_code_is_that_of_xclim_and_climate_indices():
    from climate_indices.fire import overwinter_drought_code
    from xclim.indices.fire._cffwis import _overwintering_drought_code

    draw = np.random.default_rng(2008)
    autumn, rain = draw.uniform(0.0, 900.0, 200), draw.uniform(0.0, 400.0, 200)
    for a, b in ((0.75, 0.75), (1.0, 0.9), (0.5, 0.5), (1.0, 0.0)):
        ours = [spring_dc(*pair, Overwintering(a, b)) for pair in zip(autumn, rain, strict=True)]
        np.testing.assert_allclose(ours, _overwintering_drought_code(autumn, rain, a, b, 15.0), rtol=1e-12)
        theirs = overwinter_drought_code(autumn, rain, carry_over_fraction=a, wetting_efficiency=b)
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
