"""Days chain into a season that can stop and go on, holds over gaps and says so."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger.fwi import START, Codes, Weather, step
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.season import ChainState, GapPolicy, run
from fenghuo.core.danger.weather import (
    BEIJING,
    DailyWeather,
    noon_days,
    noon_utc,
    solar_offset,
    standard_offset,
)

FIRST = date(2026, 3, 1)


def dry(n, **changed):
    values = {"temperature": 20.0, "humidity": 30.0, "wind": 15.0, "rain": 0.0} | changed
    return DailyWeather(FIRST + timedelta(days=n), **values)


def maybe(low, high):
    return st.one_of(st.none(), st.floats(low, high), st.floats(low, high), st.floats(low, high))


@st.composite
def seasons(draw):
    days, when = [], FIRST
    for _ in range(draw(st.integers(2, 40))):
        values = [draw(maybe(*limits)) for limits in ((-30, 45), (0, 100), (0, 90), (0, 60))]
        days.append(DailyWeather(when, *values))
        when += timedelta(days=draw(st.sampled_from([1, 1, 1, 1, 2, 5])))
    return days


@given(seasons(), st.data(), st.sampled_from([0, 1, 3, 10, None]))
def test_a_chain_resumed_from_its_stored_state_is_bit_identical_to_one_that_never_stopped(
    days, data, patience
):
    policy = GapPolicy(patience)
    whole = run(days, 40.3, policy=policy)
    cut = data.draw(st.integers(1, len(days)))
    before = run(days[:cut], 40.3, policy=policy)
    after = run(days[cut:], 40.3, start=before[-1].state, policy=policy)
    assert before + after == whole
    dates = [result.date for result in whole]
    assert dates == [FIRST + timedelta(days=n) for n in range(len(dates))]


@given(seasons())
def test_a_day_has_indices_exactly_when_nothing_is_missing_and_its_codes_never_change_in_a_gap(days):
    results = run(days, 40.3)
    given_days = {day.date: day for day in days}
    codes = START
    for result in results:
        weather = given_days.get(result.date)
        complete = weather is not None and not weather.missing
        assert (result.day is not None) == complete == ("gap" not in result.marks)
        if complete:
            assert result.missing == () and result.codes == result.day.codes
        else:
            assert result.codes == codes and result.missing
        codes = result.codes


def test_codes_of_one_day_are_what_the_next_day_starts_from():
    one, two = run([dry(0), dry(1)], 40.3)
    assert one.day == step(START, Weather(20, 30, 15, 0), 3, 40.3)
    assert two.day == step(one.codes, Weather(20, 30, 15, 0), 3, 40.3)


def test_a_long_gap_restarts_from_the_start_values_and_a_short_one_does_not():
    season = [dry(n) for n in range(30)]
    held = run([*season, dry(33)], 40.3, policy=GapPolicy(restart_after=3))
    assert [result.marks for result in held[30:]] == [("gap",), ("gap",), ("gap",), ()]
    assert held[-1].day == step(held[29].codes, Weather(20, 30, 15, 0), 4, 40.3)
    restarted = run([*season, dry(34)], 40.3, policy=GapPolicy(restart_after=3))
    assert restarted[-1].marks == ("restart",)
    assert restarted[-1].day == step(START, Weather(20, 30, 15, 0), 4, 40.3)
    never = run([*season, dry(300)], 40.3, policy=GapPolicy(restart_after=None))
    assert never[-1].marks == () and never[-2].gap_days == 270


def test_a_gap_day_says_which_inputs_it_lacked():
    results = run([dry(0), dry(1, humidity=None, rain=None), dry(3)], 40.3)
    assert results[1].missing == ("humidity", "rain")
    assert results[2].missing == ("temperature", "humidity", "wind", "rain")
    assert [result.day is None for result in results] == [False, True, True, False]


def test_days_out_of_order_or_before_the_stored_state_are_refused():
    with pytest.raises(ValueError, match="ascend"):
        run([dry(1), dry(1)], 40.3)
    with pytest.raises(ValueError, match="ascend"):
        run([dry(1)], 40.3, start=ChainState(FIRST + timedelta(days=1), Codes(85, 6, 15)))
    with pytest.raises(ValueError, match="restart_after"):
        GapPolicy(-1)


def hourly(start, hours, **rules):
    """Observations every hour; each rule gives a value for the local hour counted from the start."""
    zone = timezone(BEIJING)
    rows = []
    for n in range(hours):
        local = datetime(2026, 3, 1, tzinfo=zone) + timedelta(hours=start + n)
        values = {"temperature": 10.0, "humidity": 40.0, "wind": 5.0, "rain": 0.1}
        values |= {name: rule(start + n) for name, rule in rules.items()}
        utc = local.astimezone(UTC)
        rows.append(Observation("", local, utc, False, dew_point=None, row=n + 2, **values))
    return rows


def test_noon_takes_the_noon_hour_and_the_rain_of_the_24_hours_that_end_then():
    rows = hourly(0, 48, temperature=float, rain=lambda n: 1.0 if n in (12, 13, 36) else 0.0)
    days = noon_days(rows)
    assert days[1].temperature == 36.0
    assert days[1].rain == 2.0  # hour 13 of the day before and noon itself; noon of the day before is not
    assert days[1].marks == ()


def test_a_missing_noon_falls_back_one_hour_and_no_further_and_is_marked():
    def without(*hours):
        rule = {"temperature": lambda n: None if n in hours else float(n)}
        return noon_days(hourly(0, 48, **rule))[1]

    assert without(36).temperature == 35.0  # of two equally near hours the earlier, already observed one
    assert without(36).shifted == (("temperature", -60),)
    assert without(36, 35).shifted == (("temperature", 60),)
    assert without(36).marks == ("noon-shifted",)
    assert without(35, 36, 37).missing == ("temperature",)


def test_rain_needs_twenty_of_its_24_hours_and_says_when_some_are_missing():
    def missing(count):
        return noon_days(hourly(0, 48, rain=lambda n: None if 13 <= n < 13 + count else 1.0))[1]

    assert (missing(0).rain, missing(0).marks) == (24.0, ())
    assert (missing(4).rain, missing(4).rain_hours, missing(4).marks) == (20.0, 20, ("rain-incomplete",))
    assert (missing(5).rain, missing(5).missing, missing(5).marks) == (None, ("rain",), ())


def test_noon_is_standard_time_so_summer_time_never_moves_it():
    madrid = standard_offset("Europe/Madrid", 2026)
    assert madrid == timedelta(hours=1)
    assert noon_utc(date(2026, 7, 1), madrid).hour == noon_utc(date(2026, 1, 1), madrid).hour == 11
    assert standard_offset("Australia/Sydney", 2026) == timedelta(hours=10)
    assert standard_offset("Asia/Shanghai", 1988) == BEIJING  # China kept summer time that year
    assert noon_utc(date(2026, 7, 1)).hour == 4
    assert solar_offset(87.6) == timedelta(hours=5, minutes=50)  # Urumqi, two hours behind the civil clock


def test_observations_of_two_stations_are_never_mixed_into_one_day():
    one, two = hourly(0, 2)
    other = Observation("B", two.local, two.utc, False, 1.0, 1.0, None, 1.0, 0.0, 3)
    with pytest.raises(ValueError, match="one station"):
        noon_days([one, other])
