"""Possible but suspicious readings are pointed out, one finding a fault with its span, and nothing is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from math import sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fenghuo
from fenghuo.core.danger import suspicious_rules
from fenghuo.core.danger.io.stations import read
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.suspicious import check
from fenghuo.core.danger.weather import BEIJING

HUAIROU = Path(fenghuo.__file__).parent / "desk/site/demo/weather/beijing-huairou-hourly-2013-2017.csv.gz"
START = datetime(2026, 3, 1, tzinfo=timezone(BEIJING))


def hour(number, **values):
    """Plausible weather that never repeats itself."""
    local = START + timedelta(hours=number)
    wave = sin(number / 24 * 6.283)
    plain = {
        "temperature": round(10 + 6 * wave + number % 7 / 10, 1),
        "humidity": round(50 - 15 * wave + number % 5, 1),
        "dew_point": None,
        "wind": round(8 + 3 * wave + number % 3, 1),
        "rain": 0.0,
    }
    return Observation("S1", local, local.astimezone(UTC), False, **{**plain, **values}, row=number + 2)


def hours(count, change=None, span=()):
    return [hour(number, **(change if number in span else {})) for number in range(count)]


def day(number, **values):
    local = START + timedelta(days=number, hours=12)
    return replace(
        hour(number * 24 + 12, **{"wind": 5.0 + number % 4, **values}),
        local=local,
        daily=True,
        row=number + 2,
    )


def test_four_real_years_are_nearly_silent_and_their_thunderstorms_are_seen():
    reading = read(HUAIROU)
    found = check(reading.observations, reading.names)
    assert [(one.rule, one.column, one.value) for one in found] == [
        ("suspicious-jump", "temperature_c", "19 °C"),
        ("suspicious-jump", "temperature_c", "26.4 °C"),
        ("suspicious-jump", "temperature_c", "21.2 °C"),
    ]
    assert "30.6 to 19 °C" in found[0].message.en and "2014-06-13 16:00" in found[0].message.zh


SPAN = range(24, 48)
CASES = [
    ("suspicious-stuck", "temperature", {"temperature": 9.3}, SPAN),
    ("suspicious-stuck", "humidity", {"humidity": 44.0}, SPAN),
    ("suspicious-stuck", "dew_point", {"dew_point": -2.0, "humidity": None}, SPAN),
    ("suspicious-stuck", "wind", {"wind": 7.2}, SPAN),
    ("suspicious-stuck", "rain", {"rain": 1.4}, SPAN),
    ("suspicious-calm", "wind", {"wind": 0.0}, range(24, 80)),
    ("suspicious-dry-air", "humidity", {"humidity": 0.0}, range(30, 34)),
    ("suspicious-rain", "rain", {"rain": 120.0}, range(30, 31)),
    ("suspicious-dew-point", "dew_point", {"dew_point": -55.0, "humidity": None}, range(30, 31)),
    ("suspicious-humidity", "humidity", {"dew_point": 2.0, "humidity": 97.0}, range(30, 35)),
    ("suspicious-saturated", "humidity", {"humidity": 100.0}, range(20, 80)),
]


@pytest.mark.parametrize(("rule", "quantity", "change", "span"), CASES)
def test_a_fault_is_one_finding_with_its_span(rule, quantity, change, span):
    (found,) = check(hours(96, change, span), {quantity: "C 列"})
    assert (found.rule, found.severity, found.column, found.row) == (rule, "warning", "C 列", span[0] + 2)
    assert found.message.en != found.message.zh and found.fix.zh
    if len(span) > 1:
        assert f"rows {span[0] + 2}–{span[-1] + 2}" in found.message.en
        assert f"第 {span[0] + 2}–{span[-1] + 2} 行" in found.message.zh
    assert "S1" in found.message.zh


@pytest.mark.parametrize(
    "change",
    [
        {"humidity": 100.0},  # a day of fog
        {"wind": 0.0},  # a calm night and day
        {"rain": 0.0},
        {"rain": 0.1},  # drizzle at the gauge's resolution
        {"temperature": None},
        {"dew_point": -12.0, "humidity": 20.0, "temperature": 10.5},
    ],
)
def test_what_weather_does_is_not_pointed_out(change):
    assert check(hours(96, change, range(24, 35))) == []


def test_a_frost_point_is_a_dew_point_too():
    # Air at -10 °C saturated over ice holds 91 % of what water would allow.
    values = {"temperature": -10.0, "dew_point": -10.0, "humidity": 90.7}
    assert check([hour(0, **values), hour(1, **{**values, "humidity": 99.0})]) == []
    assert len(check([hour(0, **{**values, "humidity": 60.0})])) == 1


def test_a_jump_is_one_between_neighbouring_hours():
    spiked = check(hours(96, {"temperature": 31.0}, range(30, 31)))
    assert {one.rule for one in spiked} == {"suspicious-jump"} and [one.row for one in spiked] == [32, 33]
    with_gap = [row for row in hours(96, {"temperature": 31.0}, range(30, 31)) if row.row not in (31, 33)]
    assert check(with_gap) == []


def test_a_temperature_of_another_season_is_seen_against_the_month_s_own():
    record = hours(24 * 20, {"temperature": -45.0}, range(100, 130))
    (season,) = [one for one in check(record) if one.rule == "suspicious-season"]
    assert (season.row, season.value) == (102, "-45 °C") and "rows 102–131" in season.message.en
    # A few days say nothing about a month.
    assert "suspicious-season" not in {one.rule for one in check(record[90:140])}


def test_a_time_given_twice_with_different_values_is_seen_also_across_files():
    first, again = hour(5), replace(hour(5, temperature=1.0), row=0)
    found = check([hour(4), first, again, replace(first, row=99)])
    assert "suspicious-twice" in {one.rule for one in found}
    assert not [one for one in check([first, replace(first, row=99)]) if one.rule == "suspicious-twice"]


def test_readings_off_the_hour_are_counted_in_one_finding():
    rows = hours(48)
    off = [
        replace(row, utc=row.utc + timedelta(minutes=10), local=row.local + timedelta(minutes=10))
        for row in rows
    ]
    (found,) = check(off, {"time": "时间"})
    assert (found.rule, found.column, found.value) == ("suspicious-off-the-hour", "时间", "00:10")
    assert "48 of 48" in found.message.en
    half = timezone(timedelta(hours=5, minutes=30))
    assert (
        check([replace(row, local=(row.utc - timedelta(minutes=30)).astimezone(half)) for row in rows]) == []
    )


def test_many_faults_of_one_kind_are_folded_after_the_first_few():
    found = check(hours(600, {"rain": 120.0}, range(0, 600, 20)))
    assert len(found) == 6 and "24 more" in found[-1].message.en and "24 处" in found[-1].message.zh


def test_daily_rows_have_limits_of_their_own():
    fine = [day(number, rain=120.0 if number == 3 else 0.0) for number in range(20)]
    assert check(fine) == []
    stuck = [day(number, humidity=33.0) for number in range(6)] + [day(6, rain=251.0)]
    assert [one.rule for one in check(stuck)] == ["suspicious-stuck", "suspicious-rain"]
    assert "6 days" in check(stuck)[0].message.en


def test_stations_are_looked_at_apart():
    rows = hours(96, {"temperature": 9.3}, SPAN)
    other = [replace(row, station="S2", temperature=row.temperature + 20) for row in hours(96)]
    mixed = [row for pair in zip(rows, other, strict=True) for row in pair]
    assert check(mixed) == check(rows)


def test_every_threshold_has_its_reason():
    for name, rule in suspicious_rules.thresholds().items():
        for one in rule.values() if name == "stuck" else [rule]:
            assert len(one["reason"]) > 40


value = st.one_of(st.none(), st.floats(0, 1), st.floats(-60, 60), st.just(9.3))


@given(st.lists(st.tuples(st.integers(0, 60), value, value, value, st.booleans()), max_size=60))
def test_any_observations_give_warnings_in_order_of_row_whatever_their_order(rows):
    observations = [
        replace(hour(at, temperature=air, dew_point=dew, rain=abs(rain or 0)), daily=daily, row=number + 2)
        for number, (at, air, dew, rain, daily) in enumerate(rows)
    ]
    found = check(observations)
    assert all(one.severity == "warning" and one.message.zh for one in found)
    assert [one.row for one in found] == sorted(one.row for one in found)
    assert check(reversed(observations)) == found
