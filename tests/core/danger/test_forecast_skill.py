"""A forecast is held against what came: errors, classes and warnings, for each number of days ahead."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger.skill import Pair, by_lead


def test_errors_and_classes_are_counted_for_each_lead():
    pairs = [
        Pair(1, 10.0, 12.0),  # 2 and 3: one class apart
        Pair(1, 40.0, 60.0),  # 5 and 5
        Pair(1, 4.0, 25.0),  # 1 and 4: a miss
        Pair(2, 30.0, 10.0),  # 4 and 2: a false alarm
        Pair(2, 1.0, 1.0),
    ]
    one, two = by_lead(pairs)
    assert (one.lead, one.n, one.rated) == (1, 3, 3)
    assert one.bias == pytest.approx((-2 - 20 - 21) / 3)
    assert one.mae == pytest.approx((2 + 20 + 21) / 3)
    assert one.rmse == pytest.approx(math.sqrt((4 + 400 + 441) / 3))
    assert (one.same_class, one.within_one) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (one.hits, one.misses, one.false_alarms, one.quiet) == (1, 1, 0, 1)
    assert (one.pod, one.far, one.csi) == (0.5, 0.0, 0.5)
    assert (two.lead, two.hits, two.false_alarms, two.far, two.pod, two.csi) == (2, 0, 1, 1.0, None, 0.0)


def test_the_threshold_and_the_scheme_are_the_callers():
    pairs = [Pair(1, 10.0, 12.0)]
    assert by_lead(pairs, threshold=3)[0].misses == 1
    assert by_lead(pairs, threshold=2)[0].hits == 1
    assert by_lead(pairs, threshold=2, scheme="minnesota")[0].same_class == 1.0
    for wrong in (1, 6):
        with pytest.raises(ValueError, match="threshold"):
            by_lead(pairs, threshold=wrong)


def test_ratings_may_come_without_an_index_as_those_of_the_chinese_tables_do():
    (only,) = by_lead([Pair(3, forecast_rating=5, observed_rating=4), Pair(3, forecast_rating=4)])
    assert (only.n, only.bias, only.rated, only.within_one, only.hits) == (0, None, 1, 1.0, 1)


def test_nothing_to_count_is_nothing_said_and_never_a_nought():
    assert by_lead([]) == []
    (empty,) = by_lead([Pair(1, 10.0, None), Pair(1, math.nan, 3.0)])
    assert (empty.n, empty.rated, empty.hits, empty.quiet) == (0, 0, 0, 0)
    for nothing in (empty.bias, empty.mae, empty.rmse, empty.skill, empty.same_class, empty.within_one):
        assert nothing is None
    assert (empty.pod, empty.far, empty.csi) == (None, None, None)


def test_skill_is_measured_against_as_today():
    better, same = Pair(1, 10.0, 12.0, persistence=4.0), Pair(1, 9.0, 12.0, persistence=9.0)
    assert by_lead([better])[0].skill == pytest.approx(0.75)
    assert by_lead([same])[0].skill == pytest.approx(0.0)
    assert by_lead([Pair(1, 9.0, 12.0, persistence=12.0)])[0].skill is None  # "as today" was perfect


numbers = st.one_of(st.none(), st.floats(0, 120))


@given(st.lists(st.builds(Pair, st.integers(0, 3), numbers, numbers), max_size=30), st.integers(2, 5))
def test_the_counts_are_whole_and_the_errors_bound_each_other(pairs, threshold):
    skills = by_lead(pairs, threshold)
    assert [s.lead for s in skills] == sorted({p.lead for p in pairs})
    for s in skills:
        assert s.hits + s.misses + s.false_alarms + s.quiet == s.rated == s.n
        if s.n:
            assert abs(s.bias) <= s.mae + 1e-9 <= s.rmse + 2e-9
            assert 0.0 <= s.same_class <= s.within_one <= 1.0
    perfect = by_lead(
        [Pair(p.lead, p.observed, p.observed) for p in pairs if p.observed is not None], threshold
    )
    assert all(s.rmse == 0.0 and s.same_class == 1.0 and s.far in (None, 0.0) for s in perfect)
