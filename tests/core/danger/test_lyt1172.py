"""The Chinese rating is its printed tables to the letter, for one day, for a season and for whole grids."""

import math
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fenghuo
from fenghuo.core.danger import classes, lyt1172, lyt1172_arrays
from fenghuo.core.danger.bounds import ImpossibleWeather
from fenghuo.core.danger.data_file import UnusableDataFile
from fenghuo.core.danger.extremes import NOON_ONLY, DailyExtremes, daily_extremes
from fenghuo.core.danger.io import stations
from fenghuo.core.danger.lyt1172 import RainState, Reading, run, score
from fenghuo.core.danger.lyt1172_arrays import GAP, RAIN_UNKNOWN, RainGrid, compute
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.systems import SYSTEMS, NotAvailable, system
from fenghuo.core.danger.weather import BEIJING

HUAIROU = Path(fenghuo.__file__).parent / "desk/site/demo/weather/beijing-huairou-hourly-2013-2017.csv.gz"
FIRST = date(2026, 3, 1)
DRY = (0.0,) * 8
SHIPPED = files("fenghuo.core.danger").joinpath("lyt1172.toml").read_text(encoding="utf-8")


def day(temperature=0.0, humidity=80.0, wind=0.0, rain=0.0, n=0):
    return DailyExtremes(FIRST + timedelta(days=n), temperature, humidity, wind, rain)


def points(factor, before=DRY, cover="none", reading=lyt1172.DEFAULT, **values):
    return score(day(**values), before, cover, reading=reading).part(factor).points


# LY/T 1172-1995, factor A: <=5, 5.1-10, 10.1-15, 15.1-20, 20.1-25, >25 (two sources)
A = [(-60, 0), (5.0, 0), (5.04, 0), (5.05, 4), (5.1, 4), (10.0, 4), (10.1, 8), (15.0, 8), (15.1, 12)]
A += [(20.0, 12), (20.1, 16), (25.0, 16), (25.04, 16), (25.1, 20), (45, 20)]
# Factor B: >=71, 61-70, 51-60, 41-50, 31-40, <=30 (one source)
B = [(100, 0), (71, 0), (70.5, 0), (70.4, 4), (70, 4), (61, 4), (60, 8), (51, 8), (50, 12), (41, 12)]
B += [(40, 16), (31, 16), (30.5, 16), (30.4, 20), (30, 20), (0, 20)]
# Factor D: Beaufort 0 to 8 and more, upper bounds in m/s (two sources)
D = [(0, 0), (0.2, 0), (0.3, 5), (1.5, 5), (1.6, 10), (3.3, 10), (3.4, 15), (5.4, 15), (5.5, 20), (7.9, 20)]
D += [(8.0, 25), (10.7, 25), (10.8, 30), (13.8, 30), (13.9, 35), (17.1, 35), (17.2, 40), (40.0, 40)]


@pytest.mark.parametrize(
    ("factor", "value", "expected"),
    [("temperature", *row) for row in A] + [("humidity", *row) for row in B] + [("wind", *row) for row in D],
)
def test_every_row_of_the_tables_of_temperature_humidity_and_wind_begins_and_ends_as_printed(
    factor, value, expected
):
    assert points(factor, **{factor: value}) == expected


# Factor C (one source): the score of n = 0 to 8 days after the rain.
C = {
    0.3: [10, 15, 20, 25, 30, 35, 40, 45, 50],
    2.0: [10, 15, 20, 25, 30, 35, 40, 45, 50],
    2.1: [5, 10, 15, 20, 25, 30, 35, 40, 45],
    5.0: [5, 10, 15, 20, 25, 30, 35, 40, 45],
    5.1: [0, 5, 10, 15, 20, 25, 30, 35, 40],
    10.0: [0, 5, 10, 15, 20, 25, 30, 35, 40],
    10.1: [0, 0, 5, 10, 15, 20, 25, 30, 35],
    300.0: [0, 0, 5, 10, 15, 20, 25, 30, 35],
}


@pytest.mark.parametrize("amount", C)
def test_every_row_of_the_table_of_rain_grows_with_the_days_and_ends_after_eight(amount):
    season = run([day(rain=amount), *(day(n=n) for n in range(1, 11))], RainState(FIRST - timedelta(1), DRY))
    assert [d.score.part("rain").points for d in season] == [*C[amount], 50, 50]
    assert [d.score.part("rain").days for d in season] == [*range(9), None, None]
    assert {d.score.part("rain").value for d in season[:9]} == {amount}


@pytest.mark.parametrize("amount", [0.0, 0.2, 0.24])
def test_less_than_three_tenths_of_a_millimetre_is_no_rain(amount):
    assert points("rain", rain=amount) == 50
    assert points("rain", before=(*DRY[:-1], 20.0), rain=amount) == 0  # the day after a downpour stays that


@pytest.mark.parametrize(
    ("green", "snow", "key", "off"),
    [
        (0, 0, "none", 0),
        (19, 9, "none", 0),
        (20, 0, "slight", 5),
        (0, 10, "slight", 5),
        (50, 0, "half", 10),
        (0, 30, "half", 10),
        (75, 0, "most", 15),
        (0, 60, "most", 15),
        (99, 89, "most", 15),
        (100, 0, "full", 20),
        (0, 90, "full", 20),
        (20, 60, "most", 15),
    ],
)
def test_green_fuel_or_snow_is_taken_off_whichever_is_more(green, snow, key, off):
    assert lyt1172.national().cover.of_shares(green, snow) == key
    assert points("cover", cover=key) == -off


@pytest.mark.parametrize(
    ("htz", "rating"),
    [(-20, 1), (25, 1), (26, 2), (50, 2), (51, 3), (72, 3), (73, 4), (90, 4), (91, 5), (130, 5)],
)
def test_the_five_classes_end_at_their_bounds(htz, rating):
    assert lyt1172.national().rating(htz) == rating


def test_a_day_is_the_sum_of_its_parts_and_wears_the_colour_of_its_class():
    worst = score(day(26, 20, 18), DRY)
    assert (worst.htz, worst.rating) == (20 + 20 + 50 + 40, 5)
    mildest = score(day(rain=20), DRY, "full")
    assert (mildest.htz, mildest.rating) == (-20, 1)  # stated: the sum is not cut off
    spring = score(day(22.3, 35, 4.8), (*DRY[:-2], 3.0, 0.0))  # 3 mm the day before yesterday
    assert [part.points for part in spring.parts] == [16, 16, 15, 15, 0]
    assert (spring.htz, spring.rating) == (62, 3)
    assert classes.warning_colour(spring.rating, "forest") == "yellow"
    assert [classes.warning_colour(n, "forest") for n in range(1, 6)] == [
        None,
        "blue",
        "yellow",
        "orange",
        "red",
    ]
    assert [classes.warning_colour(n, "meteo") for n in range(1, 6)] == [
        None,
        None,
        "yellow",
        "orange",
        "red",
    ]


def test_it_says_which_factors_rest_on_one_publication():
    sure = dict(lyt1172.national().provenance)
    assert sure == {
        "temperature": "two",
        "humidity": "single-source",
        "rain": "single-source",
        "wind": "two",
        "cover": "single-source",
        "classes": "two",
    }
    note = lyt1172.provenance_note()
    assert "(B)" in note.en and "(C)" in note.en and "(E)" in note.en and "temperature" not in note.en
    assert "单一来源" in note.zh and "最小相对湿度" in note.zh
    assert score(day(), DRY).provenance == "single-source"
    own = lyt1172.load_table(SHIPPED.replace('"single-source"', '"local"'))
    assert lyt1172.provenance_note(own) is None
    assert score(day(), DRY, table=own).provenance == "local"


def test_of_several_rains_the_latest_counts_unless_the_lowest_is_chosen():
    after = (*DRY[:-2], 50.0, 0.5)  # a downpour the day before yesterday, a drizzle yesterday
    assert points("rain", before=after) == 15
    assert points("rain", before=after, reading=Reading(several="lowest")) == 5
    assert points("rain", before=after, reading=Reading(rain_day=1)) == 20
    assert points("rain", before=after[1:], rain=0.5, reading=Reading(rain_day=1)) == 15
    for wrong in ({"several": "all"}, {"rain_day": 2}, {"unknown_rain": "guess"}):
        with pytest.raises(ValueError):
            Reading(**wrong)


def test_a_day_without_an_input_has_no_rating_and_the_unknown_rain_is_carried_and_marked():
    days = [day(n=n) for n in range(12)]
    days[1] = day(n=1, rain=None)
    days[3] = day(n=3, humidity=math.nan, rain=12.0)  # no rating, but its rain is known
    start = RainState(FIRST - timedelta(days=1), DRY)
    held = run(days, start)
    assert [d.score is None for d in held] == [n in (1, 3) for n in range(12)]
    assert (held[1].missing, held[3].missing) == (("rain",), ("humidity",))
    assert [d.marks for d in held[:5]] == [(), ("gap",), ("rain-unknown",), ("gap",), ()]
    assert held[4].score.part("rain").points == 0
    strict = run(days, start, reading=Reading(unknown_rain="unrated"))
    assert [d.score is None for d in strict] == [n in (1, 2, 3) for n in range(12)]
    fresh = run([day(n=n) for n in range(10)], reading=Reading(unknown_rain="unrated"))
    assert [d.score is None for d in fresh] == [True] * 8 + [False] * 2  # nothing is known of the days before
    left_out = run([day(), day(n=2)], start)
    assert [d.marks for d in left_out] == [(), ("gap",), ("rain-unknown",)]
    with pytest.raises(ValueError, match="lacks rain"):
        score(day(rain=None), DRY)
    with pytest.raises(ValueError, match="ascend"):
        run([day(n=1), day(n=1)])


def test_impossible_weather_is_refused_in_one_day_and_in_arrays():
    for wrong in ({"humidity": 101.0}, {"temperature": 99.0}, {"rain": -0.1}, {"wind": 60.0}):
        with pytest.raises(ImpossibleWeather):
            score(day(**wrong), DRY)
        if "rain" not in wrong:
            with pytest.raises(ImpossibleWeather):
                run([day(**wrong, rain=None)])
        full = {"temperature": 0.0, "humidity": 80.0, "wind": 0.0, "rain": 0.0} | wrong
        with pytest.raises(ImpossibleWeather):
            compute(*(np.array([[math.nan, value]]) for value in full.values()))
        counted_out = compute(*(np.array([[value]]) for value in full.values()), impossible="missing")
        assert counted_out.rating.tolist() == [[0]] and counted_out.marks.tolist() == [[GAP]]
    with pytest.raises(ImpossibleWeather, match=r"Day 1, cell \[2\]: Wind speed 216 km/h"):
        calm = np.zeros((2, 3))
        compute(calm, calm, np.array([[0, 0, 0], [0, 0, 60]]), calm)


def test_wind_may_come_as_force():
    assert [points("wind", wind=float(lyt1172.speed_of_force(force))) for force in range(13)] == [
        *range(0, 40, 5),
        *[40] * 5,
    ]
    assert np.isnan(lyt1172.speed_of_force([[3, math.nan]])).tolist() == [[False, True]]
    for wrong in (13, -1, 2.5):
        with pytest.raises(ValueError, match="Beaufort"):
            lyt1172.speed_of_force(wrong)


weather = st.tuples(
    *(st.floats(low, high, width=32) for low, high in ((-40, 45), (0, 100), (0, 40), (0, 30))),
    st.lists(st.sampled_from([0.0, 0.2, 0.3, 1.0, 2.0, 3.0, 6.0, 10.0, 25.0]), min_size=8, max_size=8),
    st.sampled_from(["none", "slight", "half", "most", "full"]),
)
readings = st.builds(Reading, st.sampled_from(["latest", "lowest"]), st.sampled_from([0, 1]),
                     st.sampled_from(["hold", "unrated"]))  # fmt: skip


@given(weather, weather, readings)
def test_danger_rises_with_heat_wind_and_drought_and_falls_with_humidity_rain_and_green(one, other, reading):
    def htz(values):
        *inputs, before, cover = values
        return score(day(*inputs), before, cover, reading=reading).htz

    assert -20 <= htz(one) <= 130
    more = list(one)
    more[0] = max(one[0], other[0])
    more[1] = min(one[1], other[1])
    more[2] = max(one[2], other[2])
    assert htz(more) >= htz(one)
    wetter = list(one)
    wetter[3] = max(one[3], other[3])
    if reading.several == "lowest" or one[3] >= 0.3:  # under "latest" a drizzle hides a downpour: the table
        assert htz(wetter) <= htz(one)
    greener = [*one[:-1], "full"]
    assert htz(greener) <= htz(one)


@given(weather, readings)
def test_without_rain_every_day_that_passes_raises_the_score_or_leaves_it(start, reading):
    *inputs, before, _ = start
    season = run(
        [day(*inputs[:3], 0.0, n=n) for n in range(11)],
        RainState(FIRST - timedelta(1), tuple(before)),
        reading=reading,
    )
    sums = [rated.score.htz for rated in season]
    assert sums == sorted(sums) and season[-1].score.part("rain").points == 50


def one_of(*limits, edges=()):
    values = st.floats(*limits, width=32)
    return st.one_of(values, values, st.sampled_from(edges), st.just(math.nan))


cell_days = st.tuples(
    one_of(-40, 45, edges=[5.0, 5.05, 25.1]),
    one_of(0, 100, edges=[30.0, 30.5, 71.0]),
    one_of(0, 40, edges=[0.2, 5.45, 17.1]),
    st.one_of(one_of(0, 30, edges=[0.25, 0.3, 2.05, 10.0]), st.just(0.0)),
    st.integers(0, 4),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(cell_days, cell_days), min_size=1, max_size=24), st.data(), readings,
       st.sampled_from([np.float32, np.float64]))  # fmt: skip
def test_arrays_give_in_every_cell_what_one_day_after_another_gives_and_resume_like_it(
    rows, data, reading, dtype
):
    block = np.array([list(cells) for cells in rows])  # (time, cell, field)
    fields = [block[..., n].astype(dtype) for n in range(4)]
    cover = block[..., 4].astype(int)
    whole = compute(*fields, cover=cover, first_day=FIRST, reading=reading, parts=True)
    cut = data.draw(st.integers(0, len(rows)))
    head = compute(*(f[:cut] for f in fields), cover=cover[:cut], first_day=FIRST, reading=reading)
    tail = compute(*(f[cut:] for f in fields), cover=cover[cut:], state=head.state, reading=reading)
    for name in ("htz", "rating", "marks"):
        joined = np.concatenate([getattr(head, name), getattr(tail, name)])
        np.testing.assert_array_equal(joined, getattr(whole, name))
    np.testing.assert_array_equal(tail.state.rain, whole.state.rain)
    assert tail.state.date == whole.state.date == FIRST + timedelta(days=len(rows) - 1)

    keys = [category.key for category in lyt1172.national().cover.categories]
    for cell in range(2):
        days = [
            DailyExtremes(FIRST + timedelta(days=n), *(float(f[n, cell]) for f in fields))
            for n in range(len(rows))
        ]
        green = {d.date: keys[cover[n, cell]] for n, d in enumerate(days)}
        results = run(days, cover=green.get, reading=reading)
        again = run(days[cut:], results[cut - 1].state if cut else None, green.get, reading=reading)
        assert [r.score for r in again] == [r.score for r in results[cut:]]
        for n, result in enumerate(results):
            assert whole.rating[n, cell] == (result.score.rating if result.score else 0)
            assert bool(whole.marks[n, cell] & GAP) == ("gap" in result.marks)
            assert bool(whole.marks[n, cell] & RAIN_UNKNOWN) == ("rain-unknown" in result.marks)
            if result.score:
                assert whole.htz[n, cell] == result.score.htz
                for part in result.score.parts:
                    assert whole.parts[part.key][n, cell] == part.points
            else:
                assert np.isnan(whole.htz[n, cell])


def test_arrays_of_any_shape_blocks_and_gaps_between_runs_change_nothing(tmp_path, monkeypatch):
    rng = np.random.default_rng(1172)
    shape = (60, 3, 4)
    fields = [rng.uniform(*limits, shape) for limits in ((-10, 35), (5, 100), (0, 20))]
    rain = np.where(rng.random(shape) < 0.8, 0.0, rng.uniform(0, 15, shape))
    whole = compute(*fields, rain, first_day=FIRST, cover="slight")
    monkeypatch.setattr(lyt1172_arrays, "_BLOCK", 30)
    by_block = compute(*fields, rain, first_day=FIRST, cover=np.ones((3, 4), int))
    np.testing.assert_array_equal(whole.htz, by_block.htz)
    path = tmp_path / "rain.npz"
    whole.state.save(path)
    stored = RainGrid.load(path)
    assert stored.date == whole.state.date and stored.rain.tobytes() == whole.state.rain.tobytes()
    later = [np.full((1, 3, 4), value) for value in (20.0, 30.0, 5.0, 0.0)]
    after_gap = compute(*later, state=stored, first_day=stored.date + timedelta(days=3))
    assert (after_gap.marks == RAIN_UNKNOWN).all()
    assert not compute(*later, state=stored).marks.any()
    with pytest.raises(ValueError, match="does not come after"):
        compute(*later, state=stored, first_day=stored.date)
    with pytest.raises(ValueError, match="shapes"):
        compute(fields[0], fields[1], fields[2], rain[:1])
    with pytest.raises(ValueError, match="cover"):
        compute(*fields, rain, cover=np.full((3, 4), 5))


@pytest.mark.parametrize(
    ("old", "new", "factor", "rule"),
    [
        ("upper = [5.0, 10.0, 15.0,", "upper = [5.0, 10.0, 10.0,", "temperature.upper", "not-rising"),
        ("scores = [0, 4, 8, 12, 16, 20]", "scores = [0, 4, 8, 12, 16]", "temperature.scores", "one-score-a-row"),
        ("scores = [20, 16, 12, 8, 4, 0]", "scores = [0, 4, 8, 12, 16, 20]", "humidity.scores", "wrong-direction"),
        ("scores = [20, 16, 12, 8, 4, 0]", "scores = [20.5, 16, 12, 8, 4, 0]", "humidity.scores", "whole-scores"),
        ('unit = "m/s"', 'unit = "km/h"', "wind.unit", "other-unit"),
        ("[wind]", "[breeze]", "wind", "missing-section"),
        ("least = 0.3", "leest = 0.3", "rain.least", "not-a-number"),
        ("base = 5, per_day = 5", "base = 30, per_day = 5", "rain.rows", "wrong-direction"),
        ("base = 5, per_day = 5", "per_day = 5", "rain.rows[2]", "incomplete-row"),
        ("green = 50", "green = 15", "cover.categories", "cover-from-none"),
        ("upper = [25, 50, 72, 90]", "upper = [25, 50, 72]", "classes.upper", "five-classes"),
        ('provenance = "two"', 'provenance = "sure"', "temperature.provenance", "unknown-provenance"),
        ('source = { en = "LY/T 1172-1995, factor A', 'source = "" # "', "temperature.source", "missing-source"),
    ],
)  # fmt: skip
def test_a_users_table_is_refused_whole_naming_the_factor_and_the_rule(old, new, factor, rule):
    assert old in SHIPPED
    with pytest.raises(UnusableDataFile) as refused:
        lyt1172.load_table(SHIPPED.replace(old, new, 1))
    finding = next(f for f in refused.value.findings if f.column == factor)
    assert finding.rule == rule
    assert finding.message.zh and finding.fix.zh and finding.message.en and finding.fix.en


def test_a_users_own_table_counts_and_a_file_that_is_none_says_so(tmp_path):
    path = tmp_path / "county.toml"
    path.write_text(SHIPPED.replace("none = 50\nmost = 50", "none = 60\nmost = 60"), encoding="utf-8-sig")
    own = lyt1172.load_table(path)
    assert score(day(), DRY, table=own).htz == 60
    dry = np.zeros((9, 1))
    assert compute(dry, dry + 80, dry, dry, table=own).htz[-1, 0] == 60
    for source, rule in (
        (tmp_path / "nowhere.toml", "cannot-open"),
        ("[temperature", "not-toml"),
        ("温度".encode("gb18030"), "not-utf-8"),
        ("", "missing-section"),
    ):
        with pytest.raises(UnusableDataFile) as refused:
            lyt1172.load_table(source)
        assert refused.value.findings[0].rule == rule
        assert refused.value.findings[0].as_dict("zh")["message"]


def test_the_systems_are_listed_and_the_one_without_tables_says_why():
    assert list(SYSTEMS) == ["fwi1987", "fwi2025", "lyt1172", "gbt36743"]
    assert [key for key, each in SYSTEMS.items() if not each.available] == ["gbt36743"]
    assert system("lyt1172").takes == "daily-extremes"
    with pytest.raises(NotAvailable, match="No published tables"):
        system("gbt36743")
    with pytest.raises(KeyError, match="fwi1987"):
        system("fwi1492")


def hourly(hours, start=0, **rules):
    """Observations every hour from midnight of 1 March 2026 in Beijing; each rule takes that hour's number."""
    rows = []
    for n in range(start, start + hours):
        local = datetime(2026, 3, 1, tzinfo=timezone(BEIJING)) + timedelta(hours=n)
        values = {
            "temperature": float(n % 24),
            "humidity": 90.0 - n % 24,
            "wind": 3.6 * (n % 24),
            "rain": 0.1,
        }
        values |= {name: rule(n) for name, rule in rules.items()}
        rows.append(Observation("", local, local.astimezone(UTC), False, dew_point=None, row=n + 2, **values))
    return rows


def test_a_days_extremes_are_those_of_its_own_24_hours_with_wind_in_metres_a_second():
    one, two = daily_extremes(hourly(48))
    assert (two.date, two.temperature, two.humidity, two.wind) == (
        date(2026, 3, 2),
        23.0,
        67.0,
        pytest.approx(23.0),
    )
    assert two.marks == () and one.marks == ("rain-incomplete",)
    assert one.rain == pytest.approx(2.1)  # 00 to 20 of the first day: 21 amounts


@pytest.mark.parametrize(
    ("rain_day", "hours"), [("20-20", (21, 44)), ("08-08", (9, 32)), ("08-08-next", (33, 56))]
)
def test_the_rain_day_runs_over_the_hours_that_were_chosen(rain_day, hours):
    first, last = hours
    inside = daily_extremes(hourly(72, rain=lambda n: float(n in hours)), rain_day=rain_day)[1]
    outside = daily_extremes(hourly(72, rain=lambda n: float(n in (first - 1, last + 1))), rain_day=rain_day)[
        1
    ]
    assert (inside.rain, outside.rain) == (2.0, 0.0)


def test_a_day_needs_twenty_hours_and_says_when_some_are_missing():
    def without(count):
        return daily_extremes(hourly(48, humidity=lambda n: None if 24 <= n < 24 + count else 50.0))[1]

    assert (without(4).humidity, without(4).hours, without(4).marks) == (50.0, 20, ("extremes-incomplete",))
    assert (without(5).humidity, without(5).missing) == (None, ("humidity",))
    with pytest.raises(ValueError, match="rain_day"):
        daily_extremes(hourly(24), rain_day="00-00")
    with pytest.raises(ValueError, match="one station"):
        other = hourly(1)[0]
        daily_extremes([other, Observation("B", other.local, other.utc, False, 1, 1, None, 1, 0, 3)])


def test_noon_values_are_never_taken_for_extremes():
    row = hourly(13)[-1]
    noon = Observation("", row.local, row.utc, True, 20.0, 30.0, None, 10.0, 0.0, 2)
    (only,) = daily_extremes([noon])
    assert only.marks == ("noon-only",) and only.missing == ("temperature", "humidity", "wind", "rain")
    assert run([only])[0].score is None
    assert "hourly" in NOON_ONLY.en and "逐时" in NOON_ONLY.zh


def test_four_years_of_huairou_are_rated_and_march_is_more_dangerous_than_july():
    days = daily_extremes(stations.read(HUAIROU).observations)
    results = run(days)
    assert len(results) == 1461
    ratings = Counter(r.score.rating if r.score else 0 for r in results)
    assert set(ratings) == {0, 1, 2, 3, 4, 5} and ratings[0] < 15
    mean = {
        month: np.mean([r.score.htz for r in results if r.score and r.date.month == month])
        for month in (3, 7)
    }
    assert mean[3] > mean[7] + 10
    arrays = compute(
        *(
            np.array([[math.nan if getattr(d, name) is None else getattr(d, name)] for d in days])
            for name in ("temperature", "humidity", "wind", "rain")
        )
    )
    assert arrays.rating[:, 0].tolist() == [r.score.rating if r.score else 0 for r in results]
