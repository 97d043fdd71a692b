"""A village gets its rating from its stations, in the desk's scheme, words and colours."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger import classes
from fenghuo.core.danger.interpolate import StationValue, at_point, great_circle_km


@pytest.mark.parametrize(
    ("fwi", "expected"),
    [(0, 1), (5.1999, 1), (5.2, 2), (11.2, 3), (21.3, 4), (37.999, 4), (38, 5), (41.2, 5), (50, 5), (300, 5)],
)
def test_effis_begins_a_class_at_its_break_and_rates_very_high_and_extreme_five(fwi, expected):
    assert classes.rating(fwi) == expected


@given(st.sampled_from(sorted(classes.schemes())), st.floats(0, 500), st.floats(0, 500))
def test_a_higher_index_never_has_a_lower_rating_in_any_scheme(key, one, other):
    low, high = sorted((one, other))
    assert 1 <= classes.rating(low, key) <= classes.rating(high, key) <= 5


def test_every_scheme_states_its_source_and_how_sure_it_is():
    sure = {key: scheme.provenance for key, scheme in classes.schemes().items()}
    assert sure == {
        "effis": "two",
        "portugal": "single-source",
        "canadian": "single-source",
        "indonesia": "single-source",
        "minnesota": "single-source",
    }
    for scheme in classes.schemes().values():
        assert scheme.source and scheme.name.zh
        assert (scheme.collapse is None) == (len(scheme.ratings) == 5)
    assert classes.scheme("portugal").breaks == (8.4, 17.2, 24.6, 38.3)
    assert classes.scheme("canadian").breaks == (2, 5, 9, 17, 31)
    assert classes.scheme("indonesia").breaks == (3, 5, 10, 17, 28)
    assert classes.scheme("minnesota").breaks == (5, 14, 21, 33)


def test_the_words_and_paint_of_the_five_ratings_are_those_of_the_map():
    assert [classes.rating_name(n, "zh-hans") for n in range(1, 6)] == ["低", "较低", "中等", "较高", "极高"]
    assert len({classes.rating_name(n, "en") for n in range(1, 6)}) == 5
    paint = [classes.rating_words()[n].paint for n in range(1, 6)]
    assert paint == ["green", "blue", "yellow", "orange", "red"]


def test_the_two_colour_regimes_warn_from_their_own_rating_up():
    forest = [classes.warning_colour(n, "forest") for n in range(1, 6)]
    meteo = [classes.warning_colour(n, "meteo") for n in range(1, 6)]
    assert forest == [None, "blue", "yellow", "orange", "red"]
    assert meteo == [None, None, "yellow", "orange", "red"]


def test_what_has_no_rating_is_refused():
    for nothing in (math.nan, -0.1):
        with pytest.raises(ValueError):
            classes.rating(nothing)
    with pytest.raises(KeyError, match="effis"):
        classes.rating(10.0, "mars")
    with pytest.raises(KeyError, match="forest"):
        classes.warning_colour(3, "mars")


def test_great_circle_distances_are_those_of_the_globe():
    assert great_circle_km(0, 0, 0, 90) == pytest.approx(math.pi / 2 * 6371.0088)
    assert great_circle_km(40.33, 116.63, 40.22, 116.23) == pytest.approx(36.1, abs=0.2)  # Huairou, Changping
    assert great_circle_km(0, 179.5, 0, -179.5) == pytest.approx(111.195, abs=0.01)


NEAR = StationValue("A", 40.10, 116.0, 10.0)
FAR = StationValue("B", 40.30, 116.0, 40.0)


def test_one_station_in_the_radius_gives_the_nearest_value():
    value = at_point(40.0, 116.0, [FAR, NEAR], radius_km=15)
    assert (value.value, value.method) == (10.0, "nearest")
    assert [(part.code, part.weight) for part in value.parts] == [("A", 1.0)]
    assert value.parts[0].distance_km == pytest.approx(11.12, abs=0.01)


def test_several_stations_in_the_radius_are_weighted_by_the_inverse_square():
    value = at_point(40.0, 116.0, [FAR, NEAR], radius_km=50)
    assert value.method == "inverse-distance"
    weights = {part.code: part.weight for part in value.parts}
    assert weights == pytest.approx({"A": 0.9, "B": 0.1})  # three times as far, a ninth of the weight
    assert value.value == pytest.approx(13.0)


def test_a_station_without_a_value_is_not_there_and_without_any_there_is_none():
    silent = StationValue("A", 40.0, 116.0, None)
    assert at_point(40.0, 116.0, [silent, FAR]).parts[0].code == "B"
    assert at_point(40.0, 116.0, [silent]) is None
    assert at_point(40.0, 116.0, [FAR], farthest_km=20) is None


places = st.builds(
    StationValue,
    st.text("ABCDEF", min_size=1, max_size=3),
    st.floats(39, 41),
    st.floats(115, 117),
    st.floats(0, 120),
)


@given(st.lists(places, min_size=1, max_size=6), st.floats(39, 41), st.floats(115, 117))
def test_a_point_never_leaves_the_range_of_its_stations_and_its_weights_are_whole(stations, north, east):
    value = at_point(north, east, stations, radius_km=100)
    assert min(s.value for s in stations) <= value.value <= max(s.value for s in stations)
    assert math.fsum(part.weight for part in value.parts) == pytest.approx(1.0)
    assert value == at_point(north, east, stations[::-1], radius_km=100)
