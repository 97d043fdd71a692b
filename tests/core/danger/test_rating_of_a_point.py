"""A village gets its rating from its stations, in the desk's scheme, words and colours."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger import classes
from fenghuo.core.danger.interpolate import (
    STANDARD_LAPSE,
    NoonValues,
    StationPlace,
    great_circle_km,
    noon_at,
    weigh,
)


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
        assert scheme.source.en and scheme.source.zh and scheme.name.zh
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


NEAR = StationPlace("A", 40.10, 116.0, 500.0)
FAR = StationPlace("B", 40.30, 116.0, 100.0)
DRY, WET = NoonValues(20.0, 30.0, 18.0, 0.0), NoonValues(10.0, 80.0, 8.0, 4.0)


def test_one_station_in_the_radius_is_taken_alone():
    weights = weigh(40.0, 116.0, 500.0, [FAR, NEAR], radius_km=15)
    assert weights.method == "nearest"
    assert [(part.code, part.weight, part.higher_m) for part in weights.parts] == [("A", 1.0, 0.0)]
    assert weights.parts[0].distance_km == pytest.approx(11.12, abs=0.01)
    assert noon_at(weights, [DRY]) == DRY


def test_several_stations_in_the_radius_are_weighted_by_the_inverse_square():
    weights = weigh(40.0, 116.0, None, [FAR, NEAR], radius_km=50)
    assert weights.method == "inverse-distance"
    shares = {part.code: part.weight for part in weights.parts}
    assert shares == pytest.approx({"A": 0.9, "B": 0.1})  # three times as far, a ninth of the weight
    noon = noon_at(weights, [DRY, WET])
    assert (noon.temperature, noon.wind, noon.rain) == pytest.approx((19.0, 17.0, 0.4))


def test_a_station_at_the_place_itself_is_taken_alone():
    weights = weigh(40.1, 116.0, 500.0, [FAR, NEAR], radius_km=100)
    assert [part.code for part in weights.parts] == ["A"] and noon_at(weights, [DRY]) == DRY


def test_without_any_station_within_reach_there_is_nothing():
    assert weigh(40.0, 116.0, 500.0, []) is None
    assert weigh(40.0, 116.0, 500.0, [FAR], farthest_km=20) is None


def test_temperature_falls_with_height_and_vapour_is_held():
    weights = weigh(40.0, 116.0, 1100.0, [FAR], lapse=STANDARD_LAPSE)
    (part,) = weights.parts
    assert (part.higher_m, part.correction) == (1000.0, pytest.approx(-6.5))
    noon = noon_at(weights, [WET])
    assert noon.temperature == pytest.approx(3.5) and (noon.wind, noon.rain) == (WET.wind, WET.rain)
    assert noon.humidity == 100.0  # what would be 124 % is saturated air
    dry = noon_at(weights, [DRY])
    assert vapour(dry.temperature, dry.humidity) == pytest.approx(vapour(DRY.temperature, DRY.humidity))
    assert dry.humidity == pytest.approx(45.3, abs=0.1)


def test_where_a_height_is_not_known_nothing_is_corrected_and_the_part_says_so():
    nowhere = StationPlace("C", 40.2, 116.0)
    for height, station in ((None, FAR), (1100.0, nowhere)):
        weights = weigh(40.0, 116.0, height, [station])
        assert weights.parts[0].higher_m is None and weights.parts[0].correction == 0.0
        assert noon_at(weights, [DRY]) == DRY


def test_what_a_station_lacks_is_missing_at_the_place():
    weights = weigh(40.0, 116.0, None, [FAR, NEAR], radius_km=50)
    noon = noon_at(weights, [DRY, NoonValues(10.0, 80.0, 8.0, None)])
    assert noon.rain is None and noon.temperature == pytest.approx(19.0) and not noon.whole


def vapour(temperature: float, humidity: float) -> float:
    """Vapour pressure by the Magnus formula of WMO-No. 8 [hPa]."""
    return humidity / 100 * 6.112 * math.exp(17.62 * temperature / (243.12 + temperature))


places = st.builds(
    StationPlace,
    st.text("ABCDEF", min_size=1, max_size=3),
    st.floats(39, 41),
    st.floats(115, 117),
    st.none() | st.floats(0, 3000),
)
weather = st.builds(NoonValues, st.floats(-30, 40), st.floats(0, 100), st.floats(0, 150), st.floats(0, 300))


@given(
    st.dictionaries(places, weather, min_size=1, max_size=6),
    st.floats(39, 41),
    st.floats(115, 117),
    st.floats(0, 3000),
    st.floats(-9.8, 3.0),
)
def test_a_place_never_leaves_the_range_of_its_stations_and_its_weights_are_whole(
    stations, north, east, height, lapse
):
    weights = weigh(north, east, height, stations, lapse=lapse, radius_km=100)
    assert math.fsum(part.weight for part in weights.parts) == pytest.approx(1.0)
    assert [p.distance_km for p in weights.parts] == sorted(p.distance_km for p in weights.parts)
    by_code = {}
    for place, values in stations.items():
        by_code.setdefault(place.code, []).append((place, values))
    if any(len(same) > 1 for same in by_code.values()):
        return
    given_values = [by_code[part.code][0][1] for part in weights.parts]
    noon = noon_at(weights, given_values)
    for name in ("wind", "rain"):
        low, high = min(getattr(v, name) for v in given_values), max(getattr(v, name) for v in given_values)
        assert low <= getattr(noon, name) <= high
    assert 0.0 <= noon.humidity <= 100.0
    corrected = [v.temperature + p.correction for v, p in zip(given_values, weights.parts, strict=True)]
    assert min(corrected) <= noon.temperature <= max(corrected)


@given(weather, st.floats(0, 3000), st.floats(0, 3000))
def test_the_correction_is_the_lapse_rate_times_the_height_and_higher_is_never_drier(one, station, place):
    weights = weigh(40.0, 116.0, place, [StationPlace("A", 40.1, 116.0, station)])
    noon = noon_at(weights, [one])
    assert noon.temperature - one.temperature == pytest.approx(-6.5 * (place - station) / 1000, abs=1e-9)
    if place >= station:
        assert noon.humidity >= one.humidity or noon.humidity == pytest.approx(one.humidity)
    else:
        assert noon.humidity <= one.humidity or noon.humidity == pytest.approx(one.humidity)
