"""Periods as Chinese offices count them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.access import RuleBroken
from fenghuo.desk.summary import spans
from fenghuo.desk.summary.spans import Span

DAYS = st.dates(date(2000, 8, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("week", date(2026, 4, 5), date(2026, 3, 30), date(2026, 4, 5)),  # a Sunday ends its week
        ("week", date(2026, 4, 6), date(2026, 4, 6), date(2026, 4, 12)),
        ("month", date(2024, 2, 10), date(2024, 2, 1), date(2024, 2, 29)),
        ("last-month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ("half", date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        ("half", date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        ("last-half", date(2026, 6, 30), date(2025, 7, 1), date(2025, 12, 31)),
        ("last-half", date(2026, 7, 1), date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_a_named_period_has_the_days_an_office_means(name, today, first, last):
    assert spans.named(name, today) == Span(first, last)


@given(DAYS, st.sampled_from(["week", "month", "half"]))
def test_the_current_periods_hold_today_and_leave_no_day_between_neighbours(today, name):
    span = spans.named(name, today)
    assert span.first <= today <= span.last
    following = spans.named(name, span.last + timedelta(days=1))
    assert following.first == span.last + timedelta(days=1)
    assert spans.named(name, span.first) == spans.named(name, span.last) == span


@given(DAYS)
def test_last_month_and_last_half_end_where_the_current_ones_begin(today):
    for last, current in (("last-month", "month"), ("last-half", "half")):
        assert spans.named(last, today).last + timedelta(days=1) == spans.named(current, today).first


@given(DAYS, st.integers(0, 800))
def test_a_span_as_moments_and_back_is_the_same_span(first, length):
    span = Span(first, first + timedelta(days=length))
    assert Span.of(span.period) == span


def test_days_run_from_midnight_to_midnight_in_the_desks_zone():
    period = Span(date(2026, 4, 3), date(2026, 4, 3)).period
    assert period.start == datetime(2026, 4, 2, 16, 0, tzinfo=UTC)
    assert period.end == datetime(2026, 4, 3, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, date(2026, 4, 1), "from"),
        (date(2026, 4, 1), None, "to"),
        (date(2026, 4, 2), date(2026, 4, 1), "from"),
        (date(1, 1, 1), date(2026, 4, 1), "from"),
        (date(2026, 4, 1), date(9999, 12, 31), "to"),
    ],
)
def test_days_that_make_no_period_are_refused_at_their_field(first, last, field):
    with pytest.raises(RuleBroken) as refused:
        spans.between(first, last)
    assert refused.value.field == field


def test_a_period_is_called_by_its_name_in_both_languages():
    half, month = Span(date(2026, 1, 1), date(2026, 6, 30)), Span(date(2026, 4, 1), date(2026, 4, 30))
    days = Span(date(2026, 4, 1), date(2026, 4, 3))
    with override("en"):
        assert [str(half), str(month)] == ["first half of 2026", "April 2026"]
        assert str(days) == "1 April 2026 to 3 April 2026"
    with override("zh-hans"):
        assert [str(half), str(month)] == ["2026年上半年", "2026年4月"]
        assert str(days) == "2026年4月1日至2026年4月3日"
