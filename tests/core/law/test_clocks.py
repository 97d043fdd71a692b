"""The clocks of Order 493: one hour, two hours, thirty or seven days, and what is late by how much."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.law import (
    EventKind,
    Punctuality,
    first_report_due,
    follow_up_due,
    pass_on_due,
    punctuality,
)

KNOWN = datetime(2026, 4, 3, 6, 20, tzinfo=UTC)  # 14:20 in Beijing
SECOND = timedelta(seconds=1)


def test_the_first_report_is_due_an_hour_after_it_is_known():
    deadline = first_report_due(KNOWN)
    assert deadline.due == KNOWN + timedelta(hours=1)
    assert deadline.clause.article == 9
    assert deadline.clause.zh.endswith("第九条")
    assert "1小时" in deadline.text_zh and "1 hour" in deadline.text_en


def test_a_report_is_passed_on_within_two_hours():
    deadline = pass_on_due(KNOWN)
    assert deadline.due == KNOWN + timedelta(hours=2)
    assert deadline.clause.zh.endswith("第十一条")


@pytest.mark.parametrize(
    ("kind", "last_day"),
    [
        (EventKind.WORK_SAFETY, (2026, 5, 3)),
        (EventKind.ROAD_TRAFFIC, (2026, 4, 10)),
        (EventKind.FIRE, (2026, 4, 10)),
    ],
)
def test_changed_casualties_may_be_added_until_the_last_day_ends(kind, last_day):
    deadline = follow_up_due(KNOWN, kind)
    beijing = timezone(timedelta(hours=8))
    assert deadline.due == datetime(*last_day, tzinfo=beijing) + timedelta(days=1)
    assert deadline.due.tzinfo is UTC
    assert deadline.clause.zh.endswith("第十三条")


def test_days_are_those_of_the_desk_and_not_of_utc():
    after_midnight_in_beijing = datetime(2026, 4, 2, 16, 30, tzinfo=UTC)
    assert follow_up_due(after_midnight_in_beijing, EventKind.FIRE).due == datetime(
        2026, 4, 10, 16, tzinfo=UTC
    )
    assert follow_up_due(after_midnight_in_beijing, EventKind.FIRE, UTC).due == datetime(
        2026, 4, 10, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("reported", "now", "stands"),
    [
        (None, timedelta(hours=1), Punctuality.RUNNING),
        (None, timedelta(hours=1) + SECOND, Punctuality.OVERDUE),
        (timedelta(hours=1), timedelta(days=1), Punctuality.IN_TIME),
        (timedelta(hours=1) + SECOND, timedelta(days=1), Punctuality.LATE),
    ],
)
def test_a_report_is_late_from_the_first_moment_after_the_deadline(reported, now, stands):
    at = None if reported is None else KNOWN + reported
    assert punctuality(first_report_due(KNOWN), at, KNOWN + now) is stands


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()), st.timedeltas())
def test_lateness_does_not_depend_on_the_zone_a_time_is_written_in(known, shift):
    deadline = first_report_due(known)
    shift = max(min(shift, timedelta(days=9999)), timedelta(days=-9999)) / 10
    done = known.astimezone(UTC) + shift
    late = deadline.late_by(done)
    assert late == deadline.late_by(done.astimezone(timezone(timedelta(hours=8))))
    assert late == max(shift - timedelta(hours=1), timedelta(0))
    assert deadline.remaining(done) == timedelta(hours=1) - shift


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        first_report_due(datetime(2026, 4, 3, 14, 20))
