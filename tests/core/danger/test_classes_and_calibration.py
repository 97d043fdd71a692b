"""Classes are an office's own to define: from a small file, or from the history of its own station."""

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fenghuo
from fenghuo.core.danger import classes, season, weather
from fenghuo.core.danger.calibration import PRESETS, TooLittleHistory, calibrate
from fenghuo.core.danger.data_file import UnusableDataFile
from fenghuo.core.danger.io import stations

HUAIROU = Path(fenghuo.__file__).parent / "desk/site/demo/weather/beijing-huairou-hourly-2013-2017.csv.gz"
OWN = """
[schemes.huairou]
name = { en = "Huairou, forestry bureau", zh = "怀柔区园林绿化局" }
breaks = [4, 9.5, 18, 30]
ratings = [1, 2, 3, 4, 5]
provenance = "local"
source = "Notice of the district's forest-fire office"
"""


def test_an_offices_own_scheme_is_read_from_a_small_file(tmp_path):
    path = tmp_path / "classes.toml"
    path.write_text(OWN, encoding="utf-8")
    for source in (path, OWN, OWN.encode()):
        (own,) = classes.load_schemes(source).values()
        assert (own.key, own.breaks, own.provenance) == ("huairou", (4.0, 9.5, 18.0, 30.0), "local")
    assert [classes.rating(fwi, own) for fwi in (0, 3.9, 4, 9.5, 29.9, 30)] == [1, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("old", "new", "place", "rule"),
    [
        ("[4, 9.5, 18, 30]", "[4, 9.5, 9.5, 30]", "breaks", "not-rising"),
        ("[4, 9.5, 18, 30]", "[0, 9.5, 18, 30]", "breaks", "empty-class"),
        ("[4, 9.5, 18, 30]", '"4, 9.5"', "breaks", "not-numbers"),
        ("[4, 9.5, 18, 30]", "[4, 9.5, 18, nan]", "breaks", "not-numbers"),
        ("[4, 9.5, 18, 30]", "[4, 9.5, 18]", "ratings", "one-rating-a-class"),
        ("[1, 2, 3, 4, 5]", "[1, 2, 3, 5, 4]", "ratings", "ratings-1-to-5"),
        ("[1, 2, 3, 4, 5]", "[1, 2, 3, 3, 4]", "ratings", "ratings-1-to-5"),
        ("[1, 2, 3, 4, 5]", "5", "ratings", "ratings-1-to-5"),
        (
            "30]\nratings = [1, 2, 3, 4, 5]",
            "30, 40]\nratings = [1, 2, 3, 4, 5, 5]",
            "collapse",
            "joined-classes",
        ),
        ('"local"', '"hearsay"', "provenance", "unknown-provenance"),
        ("source =", "# source =", "source", "missing-source"),
        ("zh =", "cn =", "name", "missing-name"),
        ("ratings =", "rating =", "rating", "unknown-entry"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_and_says_what_to_do(old, new, place, rule):
    assert old in OWN
    with pytest.raises(UnusableDataFile) as refused:
        classes.load_schemes(OWN.replace(old, new, 1))
    finding = next(f for f in refused.value.findings if f.rule == rule)
    assert finding.column == f"schemes.huairou.{place}"
    assert finding.message.zh and finding.fix.zh


def test_an_own_scheme_never_stands_in_for_one_that_ships_and_every_fault_is_named_at_once():
    with pytest.raises(UnusableDataFile) as refused:
        classes.load_schemes(OWN.replace("huairou]", "effis]") + OWN.replace("huairou]", "A_B]"))
    assert [f.rule for f in refused.value.findings] == ["reserved-key", "unusable-key"]
    with pytest.raises(UnusableDataFile):
        classes.load_schemes("breaks = [1]")
    with pytest.raises(UnusableDataFile):
        classes.load_schemes("[schemes]\nhuairou = 3")


fwis = st.one_of(st.floats(0, 200, width=32), st.sampled_from([5.2, 11.2, 21.3, 38.0, 50.0, math.inf]))


@given(st.lists(fwis, min_size=1), st.sampled_from(sorted(classes.schemes())), st.sampled_from(["f4", "f8"]))
def test_an_array_is_rated_as_each_of_its_values_is(values, key, kind):
    array = np.array(values, kind)
    assert classes.rate(array, key).tolist() == [classes.rating(float(value), key) for value in array]


def test_what_has_no_index_has_rating_nought_in_any_shape():
    rated = classes.rate(np.array([[[math.nan, -1.0], [0.0, 60.0]]]))
    assert rated.dtype == np.int8 and rated.tolist() == [[[0, 0], [1, 5]]]
    assert classes.rate([5.2, 5.1]).tolist() == [2, 1]
    assert classes.rate(np.array([6, 50])).tolist() == [2, 5]


def years(count, value, first=2001, months=range(1, 13)):
    day, end = date(first, 1, 1), date(first + count, 1, 1)
    rows = []
    while day < end:
        if day.month in months:
            rows.append((day, value(day)))
        day += timedelta(days=1)
    return rows


def ramp(day):
    return float(day.timetuple().tm_yday % 100) + 1.0


def test_breaks_are_the_percentiles_of_the_season_and_say_what_they_rest_on():
    history = years(6, ramp)
    values = [value for _, value in history]
    made = calibrate("town", "Somewhere", history)
    expected = np.round(np.percentile(values, [75, 90, 95, 98]), 1)
    assert made.scheme.breaks == tuple(expected)
    assert (made.days, made.missing, made.seasons, made.warnings) == (len(history), 0, 6, ())
    assert sum(made.share.values()) == pytest.approx(1.0)
    assert made.share[5] == pytest.approx(0.02, abs=0.012) and made.share[1] == pytest.approx(0.75, abs=0.012)
    for said in ("Somewhere", "2001-01-01 to 2006-12-31", f"{len(history)} days", "6 seasons", "type 7"):
        assert said in made.scheme.source.en
    for said in ("Somewhere", "2001-01-01 至 2006-12-31", f"{len(history)} 天", "6 个防火期", "第 7 型"):
        assert said in made.scheme.source.zh
    assert "本地标定" in made.scheme.name.zh and made.scheme.provenance == "local"
    assert classes.load_schemes(classes.as_toml([made.scheme])) == {"town": made.scheme}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_makes_a_scheme_that_rates_and_can_be_kept_in_a_file(preset):
    made = calibrate("x", 'the "old" 站', years(5, ramp), preset=preset)
    assert classes.load_schemes(classes.as_toml([made.scheme]))["x"] == made.scheme
    assert {classes.rating(value, made.scheme) for value in range(101)} == {1, 2, 3, 4, 5}


def test_only_the_fire_seasons_months_count_and_a_season_across_the_new_year_is_one():
    def value(day):
        return ramp(day) if day.month in (11, 12, 1, 2, 3) else 1000.0

    made = calibrate("x", "y", years(3, value), months=(11, 12, 1, 2, 3))
    assert made.scheme.breaks[-1] < 102
    assert (
        made.seasons == 3
    )  # January to March is 90 of 151 days, so the first counts; the last, of 61 days, does not
    assert "months 1, 2, 3, 11, 12" in made.scheme.source.en
    assert "1, 2, 3, 11, 12 月" in made.scheme.source.zh
    with pytest.raises(ValueError, match="months"):
        calibrate("x", "y", years(3, value), months=(0, 13))


def test_days_without_a_value_are_left_out_counted_and_warned_about():
    whole = years(6, ramp)
    holes = [(day, (None, math.nan)[day.day % 2] if day.day <= 6 else value) for day, value in whole]
    made = calibrate("x", "y", holes)
    assert made.missing == 6 * 12 * 6 and made.days == len(whole) - made.missing
    assert any(
        str(made.missing) in warning.en and str(made.missing) in warning.zh for warning in made.warnings
    )


def test_too_little_history_is_refused_and_a_short_one_is_warned_about():
    for history in (years(1, ramp), years(3, ramp, months=(3,)), []):
        with pytest.raises(TooLittleHistory) as refused:
            calibrate("x", "y", history)
        assert refused.value.rule == "too-little-history"
        assert "防火期" in refused.value.message.zh and refused.value.fix.en
    assert any("4 seasons" in warning.en for warning in calibrate("x", "y", years(4, ramp)).warnings)
    with pytest.raises(TooLittleHistory) as refused:
        calibrate("x", "y", years(5, lambda day: 0.0))
    assert refused.value.rule == "breaks-fall-together"
    with pytest.raises(ValueError, match="twice"):
        calibrate("x", "y", [*years(5, ramp), (date(2001, 1, 1), 3.0)])
    with pytest.raises(ValueError, match="never negative"):
        calibrate("x", "y", years(5, lambda day: -1.0))


def test_at_huairou_the_european_classes_warn_far_more_often_than_its_own():
    days = weather.noon_days(stations.read(HUAIROU).observations)
    history = [(r.date, r.day.fwi if r.day else None) for r in season.run(days, 40.33)]
    made = calibrate("huairou", "Huairou", history, months=(11, 12, 1, 2, 3, 4, 5))
    assert made.seasons == 4 and len(made.warnings) == 1
    used = [fwi for day, fwi in history if fwi is not None and day.month in (11, 12, 1, 2, 3, 4, 5)]
    own = np.mean(classes.rate(used, made.scheme) == 5)
    european = np.mean(classes.rate(used, "effis") == 5)
    assert own == pytest.approx(0.02, abs=0.004)
    assert european > 5 * own  # one day in seven against one in fifty
