"""The roster: who is on, what may not overlap, which hours no one covers, how a week follows another."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.access import NotAllowed, NotFound, Role, RuleBroken
from fenghuo.desk.duty import commands, hours, queries
from fenghuo.desk.gather import Period, register
from fenghuo.desk.journal import queries as journal
from fenghuo.desk.officers import identity

HOUR = timedelta(hours=1)
MORNING = datetime(2026, 4, 3, 0, 0, tzinfo=UTC)  # Friday 08:00 in Asia/Shanghai
EVENING = MORNING + 12 * HOUR


@pytest.fixture
def enter(desk, as_role):
    def shift(start=MORNING, end=EVENING, *, role="clerk", **changes):
        people = {"leader": desk.officers[Role.LEADER], "officers": [desk.officers[Role.DUTY]]}
        return commands.set_shift(
            as_role(role).at(min(start, as_role(role).now)),
            area=desk.township,
            start=start,
            end=end,
            **{**people, **changes},
        )

    return shift


def test_a_shift_holds_from_its_first_moment_to_just_before_its_end(enter, as_role):
    entered = enter()
    caller, instant = as_role("duty"), timedelta(microseconds=1)
    assert queries.on_shift(caller, MORNING - instant) is None
    assert queries.on_shift(caller, MORNING) == entered
    assert queries.on_shift(caller, EVENING - instant) == entered
    assert queries.on_shift(caller, EVENING) is None


def test_everybody_in_the_township_learns_who_is_on_and_the_program_asks_by_area(enter, desk, as_role, clock):
    entered = enter()
    for role in ("contact", "responsible", "inspector", "leader"):
        assert queries.on_shift(as_role(role), clock.now) == entered
    found = queries.on_shift(identity.program(clock.now), clock.now, desk.villages[0].code)
    assert found.leader == desk.officers[Role.LEADER]
    assert found.officers == [desk.officers[Role.DUTY]]
    assert queries.on_shift(as_role("county"), clock.now, desk.township.code) == entered
    with pytest.raises(NotFound):
        queries.on_shift(as_role("contact"), clock.now, desk.villages[1].code)


def test_shifts_of_one_area_may_touch_but_not_overlap_and_the_message_says_whose_it_is(enter, desk):
    enter()
    enter(EVENING, EVENING + 12 * HOUR)
    with override("en"), pytest.raises(RuleBroken) as refused:
        enter(EVENING - HOUR, EVENING)
    assert refused.value.field == "start"
    assert "Li, leader already leads the shift of 3 Apr, Fri 08:00 – 20:00" in str(refused.value)
    with (
        override("zh-hans"),
        pytest.raises(RuleBroken, match="4月3日 周五 08:00 – 20:00 已排班，带班领导为李带班"),
    ):
        enter(MORNING, EVENING)


def test_a_shift_can_be_moved_over_its_own_hours_until_it_has_ended(enter, desk, as_role, clock):
    entered = enter()
    moved = enter(MORNING + HOUR, EVENING + HOUR, shift=entered)
    assert (moved.pk, moved.start) == (entered.pk, MORNING + HOUR)
    clock.forward(hours=9)
    with pytest.raises(RuleBroken):
        commands.set_shift(
            as_role("clerk"),
            area=desk.township,
            start=MORNING,
            end=EVENING + 3 * HOUR,
            leader=moved.leader,
            officers=moved.officers,
            shift=moved,
        )
    with pytest.raises(RuleBroken):
        commands.remove_shift(as_role("clerk"), moved)


def test_hours_that_are_over_are_not_entered_afterwards(desk, as_role):
    with pytest.raises(RuleBroken) as refused:
        commands.set_shift(
            as_role("clerk"),
            area=desk.township,
            start=MORNING - 12 * HOUR,
            end=MORNING,
            leader=desk.officers[Role.LEADER],
            officers=[desk.officers[Role.DUTY]],
        )
    assert refused.value.field == "end"


def test_a_shift_needs_a_leader_and_another_who_may_act_at_the_desk(enter, desk):
    for field, changes in (
        ("leader", {"leader": desk.officers[Role.DUTY]}),
        ("officers", {"officers": []}),
        ("officers", {"officers": [desk.officers[Role.LEADER]]}),
        ("officers", {"officers": [desk.officers[Role.CONTACT]]}),
        ("end", {"end": MORNING}),
        ("end", {"end": MORNING + timedelta(days=3, seconds=1)}),
    ):
        with pytest.raises(RuleBroken) as refused:
            enter(**changes)
        assert refused.value.field == field
    for role in ("inspector", "contact", "county"):
        with pytest.raises(NotAllowed):
            enter(role=role)


def test_the_week_names_the_hours_that_no_one_covers(enter, as_role):
    for day in range(-4, 3):  # Monday to Sunday, 08:00 to 20:00 and on through the night but for Tuesday's
        start = MORNING + timedelta(days=day)
        enter(start, start + (12 if day == -3 else 24) * HOUR)
    with override("en"):
        week = queries.week(as_role("county"), date(2026, 3, 30))
        assert [str(gap) for gap in week.gaps] == [
            "Mon 00:00 – 08:00: no one",
            "Tue 20:00 – Wed 08:00: no one",
        ]
        rows = [[isinstance(row, hours.Gap) for row in day.rows] for day in week.days]
    assert rows == [[True, False], [False, True], [True, False], [False], [False], [False], [False]]


def test_a_gap_within_a_day_is_an_open_item_for_those_who_keep_the_roster(enter, as_role, clock):
    enter(MORNING, EVENING)
    enter(EVENING + 2 * HOUR, EVENING + 30 * HOUR)
    items = [item for item in register.all_open_items(as_role("duty")) if item.kind == "roster"]
    assert [item.due for item in items] == [EVENING]
    assert not [item for item in register.all_open_items(as_role("contact")) if item.kind == "roster"]
    enter(EVENING, EVENING + 2 * HOUR)
    assert not [item for item in register.all_open_items(as_role("duty")) if item.kind == "roster"]


def test_a_week_is_filled_after_the_one_before_and_what_stands_there_stays(enter, desk, as_role):
    enter(MORNING, EVENING)
    enter(EVENING, EVENING + 12 * HOUR)
    week = timedelta(days=7)
    kept = enter(MORNING + week + HOUR, MORNING + week + 2 * HOUR)
    copy = {"area": desk.township, "source": date(2026, 3, 30), "target": date(2026, 4, 6)}
    made = commands.copy_week(as_role("clerk"), **copy)
    assert [(shift.start, shift.end) for shift in made] == [(EVENING + week, EVENING + week + 12 * HOUR)]
    assert made[0].officers == [desk.officers[Role.DUTY]]
    assert queries.on_shift(as_role("clerk"), MORNING + week + HOUR) == kept
    with pytest.raises(RuleBroken):
        commands.copy_week(as_role("clerk"), **copy)
    with pytest.raises(RuleBroken):
        commands.copy_week(as_role("clerk"), **{**copy, "source": date(2026, 3, 2)})


def test_shifts_that_have_begun_are_counted_with_who_was_on(enter, desk, as_role, clock):
    enter()
    enter(EVENING, EVENING + 12 * HOUR)
    period = Period(clock.now - timedelta(days=2), clock.now + timedelta(days=2))
    fact = register.fact_named("shifts_manned")
    with override("en"):
        records = fact.records(as_role("county"), period, desk.township.code)
    assert fact.value(records) == 1
    assert records[0].detail == "Wang, duty officer, Li, leader"
    assert fact.records(as_role("duty"), Period(period.start, MORNING), "") == []


def test_every_change_of_the_roster_is_journalled(enter, desk, as_role, clock):
    later = enter(EVENING, EVENING + HOUR)
    commands.remove_shift(as_role("duty"), later)
    acts = [entry.act for entry in journal.entries(as_role("clerk")) if entry.act.startswith("duty.")]
    assert acts == ["duty.shift_removed", "duty.shift_set"]


@given(
    st.lists(
        st.tuples(st.integers(-20, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1])),
        max_size=8,
    )
)
def test_gaps_and_cover_part_the_day_between_them(covered):
    def at(hour):
        return MORNING + hour * HOUR

    found = hours.gaps([(at(a), at(b)) for a, b in covered], at(0), at(48))
    bare = {hour for hour in range(48) if not any(a <= hour < b for a, b in covered)}
    told = {hour for hour in range(48) if any(gap.start <= at(hour) < gap.end for gap in found)}
    assert told == bare
    assert all(a.end < b.start for a, b in pairwise(found))
