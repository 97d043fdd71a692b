"""A rating can be asked why: how unusual it is for the day of the year, and which input moved it."""

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fenghuo
from fenghuo.core.danger import climatology, season, weather
from fenghuo.core.danger.climatology import History, curves, standing
from fenghuo.core.danger.explain import Inputs, attribute, attribute_score, shapley, usual_inputs
from fenghuo.core.danger.extremes import DailyExtremes
from fenghuo.core.danger.fwi import Codes, Weather, step
from fenghuo.core.danger.io import stations
from fenghuo.core.danger.lyt1172 import score

HUAIROU = Path(fenghuo.__file__).parent / "desk/site/demo/weather/beijing-huairou-hourly-2013-2017.csv.gz"


def between(low, high):
    return st.floats(low, high)


inputs = st.builds(
    Inputs,
    st.builds(Codes, between(0, 101), between(0, 300), between(0, 1000)),
    st.builds(Weather, between(-20, 45), between(0, 100), between(0, 90), between(0, 60)),
    st.integers(1, 12),
)


@settings(max_examples=40)
@given(inputs, inputs, st.sampled_from(["fwi", "isi", "bui", "dc"]))
def test_the_contributions_add_up_to_the_difference_and_swap_sign_when_the_days_are_swapped(
    before, today, output
):
    there = attribute(before, today, 40.3, output=output)
    values = [getattr(step(d.codes, d.weather, d.month, 40.3), output) for d in (before, today)]
    assert (there.before, there.after) == (values[0], values[1])
    total = math.fsum(c.amount for c in there.contributions)
    assert total == pytest.approx(there.difference, abs=1e-9 * max(1.0, *values))
    back = {c.key: c.amount for c in attribute(today, before, 40.3, output=output).contributions}
    assert {c.key: -c.amount for c in there.contributions} == pytest.approx(
        back, abs=1e-9 * max(1.0, *values)
    )


BEFORE = Inputs(Codes(85.0, 20.0, 150.0), Weather(18.0, 45.0, 12.0, 0.0), 4)


@pytest.mark.parametrize(
    ("changed", "key", "en", "zh"),
    [
        (
            Inputs(BEFORE.codes, Weather(18, 18, 12, 0), 4),
            "humidity",
            "Humidity fell from 45 to 18 %",
            "相对湿度由 45 降至 18 %",
        ),
        (
            Inputs(BEFORE.codes, Weather(18, 45, 30.5, 0), 4),
            "wind",
            "Wind rose from 12 to 30.5 km/h",
            "风速由 12 升至 30.5 km/h",
        ),
        (
            Inputs(Codes(92, 40, 300), BEFORE.weather, 4),
            "memory",
            "Dryness carried over from FFMC 85, DMC 20, DC 150 to FFMC 92, DMC 40, DC 300",
            "前期干燥程度由 FFMC 85、DMC 20、DC 150 变为 FFMC 92、DMC 40、DC 300",
        ),
    ],
)
def test_an_input_that_alone_changed_gets_the_whole_difference_and_says_so_in_both_languages(
    changed, key, en, zh
):
    why = attribute(BEFORE, changed, 40.3)
    assert why.leading.key == key and why.leading.amount == pytest.approx(why.difference)
    assert [c.amount for c in why.contributions[1:]] == [0.0] * 5
    amount = f"+{why.difference:.1f}"
    assert (why.leading.sentence.en, why.leading.sentence.zh) == (f"{en}: {amount}", f"{zh}:{amount}")
    assert why.sentence().en == (f"FWI rose from {why.before:.1f} to {why.after:.1f}. {en}: {amount}.")


def test_rain_is_seen_to_take_the_danger_away_and_an_unmoved_day_says_nothing_moved():
    wet = attribute(BEFORE, Inputs(BEFORE.codes, Weather(18, 45, 12, 15.0), 4), 40.3)
    assert wet.leading.key == "rain" and wet.leading.amount < 0
    assert "fell from" in wet.sentence().en and "−" in wet.leading.sentence.zh
    same = attribute(BEFORE, BEFORE, 40.3)
    assert same.leading is None and same.difference == 0.0
    assert same.sentence().en.startswith("FWI stayed at") and "仍为" in same.sentence().zh


def test_shares_are_those_of_every_order_of_change():
    worth = {"": 0, "a": 10, "b": 20, "c": 0, "ab": 60, "ac": 10, "bc": 20, "abc": 60}
    shares = shapley(["a", "b", "c"], lambda group: worth["".join(sorted(group))])
    assert shares == pytest.approx({"a": 25.0, "b": 35.0, "c": 0.0})  # (10 + 40) / 2, (20 + 50) / 2


def test_a_rating_by_points_is_explained_by_the_points():
    dry = (0.0,) * 8
    before = score(DailyExtremes(date(2026, 4, 1), 14.0, 55.0, 3.0, 3.0), dry)
    today = score(DailyExtremes(date(2026, 4, 2), 21.0, 22.0, 9.0, 0.0), (*dry, 3.0), "slight")
    why = attribute_score(before, today)
    assert {c.key: c.amount for c in why.contributions} == {
        "humidity": 12.0,
        "wind": 15.0,
        "temperature": 8.0,
        "rain": 5.0,
        "cover": -5.0,
    }
    assert (why.contributions[0].key, why.difference) == ("wind", 35.0)
    said = {c.key: c.sentence for c in why.contributions}
    assert said["humidity"].en == "Lowest relative humidity fell from 55 to 22 %: +12"
    assert why.sentence(1).en == "HTZ rose from 31 to 66. Highest wind rose from 3 to 9 m/s: +15."
    assert said["rain"].en == "Rain and the days since it from 3 mm today to 3 mm 1 day ago: +5"
    assert said["rain"].zh == "降水及其后天数由 当日 3 mm 变为 1天前 3 mm:+5"


def test_usual_inputs_are_the_medians_of_the_season_and_the_date_moves_nothing():
    days = [
        (date(year, 4, 10) + timedelta(days=n), Inputs(Codes(80 + n, 10, 100), Weather(10 + n, 40, 10, 0), 4))
        for year in (2021, 2022, 2023)
        for n in range(-15, 16)
    ]
    usual = usual_inputs(days, date(2024, 4, 10), window=5)
    assert usual == Inputs(Codes(80, 10, 100), Weather(10, 40, 10, 0), 4)
    today = Inputs(usual.codes, Weather(10, 15, 30, 0), 4)
    why = attribute(usual, today, 40.3, reference="usual")
    assert {c.key for c in why.contributions[:2]} == {"humidity", "wind"}
    assert "usually 40" in why.sentence().en and "常年" in why.sentence().zh
    assert usual_inputs(days, date(2024, 10, 10), window=5) is None


def flat(year, month, day, count, value):
    return [(date(year, month, day) + timedelta(days=n), value(n)) for n in range(count)]


def test_a_values_percentile_is_its_rank_among_the_days_near_it_and_ties_stand_in_the_middle():
    history = History.of(flat(2024, 6, 1, 21, float))  # 0 to 20 on 1 to 21 June
    at = standing(20.0, date(2025, 6, 11), history, window=10)
    assert (at.percentile, at.days, at.years) == (pytest.approx(100 * 20.5 / 21), 21, 1)
    assert standing(10.0, date(2025, 6, 11), history, window=2).percentile == 50.0
    assert standing(10.0, date(2025, 6, 11), history, window=2).days == 5
    zeros = History.of(flat(2024, 6, 1, 21, lambda n: 0.0))
    assert standing(0.0, date(2025, 6, 11), zeros).percentile == 50.0
    assert standing(0.1, date(2025, 6, 11), zeros).percentile == 100.0
    assert standing(5.0, date(2025, 1, 11), history) is None
    own = standing(20.0, date(2024, 6, 21), history, window=0)
    assert own is None  # a day is never compared with itself
    with pytest.raises(ValueError, match="missing"):
        standing(math.nan, date(2025, 6, 11), history)
    with pytest.raises(ValueError, match="window"):
        standing(1.0, date(2025, 6, 11), history, window=200)


def test_the_year_is_a_ring_and_the_leap_day_has_its_place():
    winter = History.of(flat(2022, 12, 25, 14, float))  # 25 December to 7 January
    near = standing(99.0, date(2025, 1, 1), winter, window=3)
    assert (near.days, near.years, near.first, near.last) == (7, 2, date(2022, 12, 29), date(2023, 1, 4))
    assert standing(99.0, date(2024, 12, 30), winter, window=3).days == 7
    assert [climatology.slot(date(y, 3, 1)) for y in (2023, 2024)] == [60, 60]
    february = History.of([(date(y, 2, 28), 1.0) for y in (2021, 2022, 2023)] + [(date(2024, 2, 29), 2.0)])
    assert standing(1.5, date(2028, 2, 29), february, window=0).days == 1
    leap = standing(1.5, date(2028, 2, 29), february, window=1)
    assert (leap.days, leap.percentile) == (4, 75.0)
    assert standing(1.5, date(2027, 3, 1), february, window=1).days == 1


@given(st.lists(st.floats(0, 100), min_size=2, max_size=40), st.floats(0, 100), st.floats(0, 100))
def test_a_higher_value_never_stands_lower_and_a_value_and_its_mirror_share_the_hundred(values, one, other):
    history = History.of(flat(2023, 5, 1, len(values), values.__getitem__))
    low, high = (standing(v, date(2025, 5, 20), history, 60).percentile for v in sorted((one, other)))
    assert 0.0 <= low <= high <= 100.0
    mirrored = History.of(flat(2023, 5, 1, len(values), lambda n: -values[n]))
    assert low + standing(-min(one, other), date(2025, 5, 20), mirrored, 60).percentile == pytest.approx(
        100.0
    )


def test_four_years_of_huairou_have_curves_for_every_day_and_say_what_they_rest_on():
    days = weather.noon_days(stations.read(HUAIROU).observations)
    results = season.run(days, 40.33)
    history = History.of([(r.date, r.day.fwi if r.day else None) for r in results])
    assert history.missing == sum(r.day is None for r in results)
    drawn = curves(history)
    assert drawn.values.shape == (366, 3) and not np.isnan(drawn.values).any()
    assert (np.diff(drawn.values, axis=1) >= 0).all()
    assert drawn.years == 5 and drawn.days.min() > 60
    april, august = drawn.on(date(2017, 4, 10)), drawn.on(date(2017, 8, 10))
    assert april[50.0] > august[50.0]
    worst = max((r for r in results if r.day), key=lambda r: r.day.fwi)
    assert standing(worst.day.fwi, worst.date, history).percentile == 100.0
    for low, middle in ((april[10.0], april[50.0]),):
        assert standing(low, date(2017, 4, 10), history).percentile == pytest.approx(10, abs=2)
        assert standing(middle, date(2017, 4, 10), history).percentile == pytest.approx(50, abs=2)
    assert curves(History.of([])).on(date(2017, 4, 10)) is None


def test_the_explanation_of_a_day_of_the_season_is_of_the_very_number_on_the_screen():
    days = weather.noon_days(stations.read(HUAIROU).observations)[20:60]
    results = season.run(days, 40.33)
    for first, second, third in zip(results, results[1:], results[2:], strict=False):
        why = attribute(
            Inputs(first.codes, second.weather.complete(), second.date.month),
            Inputs(second.codes, third.weather.complete(), third.date.month),
            40.33,
        )
        assert (why.before, why.after) == (second.day.fwi, third.day.fwi)
