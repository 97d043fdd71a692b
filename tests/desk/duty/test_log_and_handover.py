"""The log keeps what was written and what was done; a shift is signed over, and confirmed by the next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from fenghuo.core.access import NotAllowed, Role, RuleBroken
from fenghuo.desk.duty import commands, queries
from fenghuo.desk.duty.models import LogEntry
from fenghuo.desk.gather import Period, register
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.places import commands as places

HOUR = timedelta(hours=1)
MORNING = datetime(2026, 4, 3, 0, 0, tzinfo=UTC)
TODAY = date(2026, 4, 3)


@pytest.fixture
def night_officer(desk, clock):
    return officers.add_officer(
        identity.program(clock.now),
        username="night",
        name="赵值班",
        role=Role.DUTY,
        area=desk.township,
        password="correct horse",
    )


@pytest.fixture
def shifts(desk, as_role, night_officer):
    """Day 08:00–20:00 under 王值班, night until 08:00 under 赵值班; 李带班 leads both."""
    return [
        commands.set_shift(
            as_role("clerk"),
            area=desk.township,
            start=MORNING + n * 12 * HOUR,
            end=MORNING + (n + 1) * 12 * HOUR,
            leader=desk.officers[Role.LEADER],
            officers=[officer],
        )
        for n, officer in enumerate([desk.officers[Role.DUTY], night_officer])
    ]


def test_a_correction_is_a_new_line_that_strikes_the_old_one(as_role, clock):
    wrong = commands.add_log(as_role("duty"), "县局来电：夜间风力 4 级")
    clock.forward(minutes=3)
    right = commands.add_log(as_role("leader"), "县局来电：夜间风力 6 级", correction_of=wrong)
    lines = [line for line in queries.log_of_day(as_role("duty"), TODAY) if line.entry]
    assert [line.text for line in lines] == ["县局来电：夜间风力 6 级", "县局来电：夜间风力 4 级"]
    assert lines[1].entry.struck_by == right
    assert lines[0].entry.struck_by is None
    with pytest.raises(RuleBroken):
        commands.add_log(as_role("duty"), "再改一次", correction_of=wrong)


def test_a_line_of_the_log_cannot_be_edited_or_removed(as_role):
    entry = commands.add_log(as_role("duty"), "巡山组报平安")
    entry.text = "没有这回事"
    with pytest.raises(RuntimeError):
        entry.save()
    with pytest.raises(RuntimeError):
        entry.delete()
    assert LogEntry.objects.get(pk=entry.pk).text == "巡山组报平安"


def test_an_empty_or_overlong_line_is_refused_and_only_the_desk_writes(as_role):
    for text in ("   ", "长" * 1001):
        with pytest.raises(RuleBroken) as refused:
            commands.add_log(as_role("duty"), text)
        assert refused.value.field == "text"
    for role in ("contact", "inspector", "clerk", "county", "responsible"):
        with pytest.raises(NotAllowed):
            commands.add_log(as_role(role), "x")


def test_the_log_tells_the_days_acts_in_both_languages_and_folds_runs_of_one_kind(desk, as_role, shifts):
    with override("en"):
        told = {line.text: line for line in queries.log_of_day(as_role("duty"), TODAY)}
    assert told["Shift entered × 2"].who == "Feng, clerk"
    assert told["Site added × 2"].who == ""
    with override("zh-hans"):
        texts = [line.text for line in queries.log_of_day(as_role("county"), TODAY)]
    assert any(text.endswith("× 2") for text in texts)
    assert not any("duty." in text or "shift" in text.lower() for text in texts)
    assert queries.log_of_day(as_role("duty"), TODAY - timedelta(days=1)) == []


def test_the_last_lines_are_the_newest_of_the_days_log(as_role, clock):
    for n in range(4):
        clock.forward(minutes=1)
        commands.add_log(as_role("duty"), f"第 {n} 条")
    assert [line.text for line in queries.log_tail(as_role("duty"), 3)] == ["第 3 条", "第 2 条", "第 1 条"]


def test_the_log_of_another_township_is_not_seen(desk, as_role, clock):
    program = identity.program(clock.now)
    other = places.add_area(program, code="110199101", name="南岭镇", level="township")
    commands.add_log(program, "邻镇的事", area=other)
    commands.add_log(as_role("duty"), "本镇的事")
    mine = [line.text for line in queries.log_of_day(as_role("duty"), TODAY) if line.entry]
    assert mine == ["本镇的事"]
    assert len([line for line in queries.log_of_day(as_role("county"), TODAY) if line.entry]) == 2


def test_the_lines_that_were_written_are_counted(as_role, clock, desk):
    commands.add_log(as_role("duty"), "一")
    clock.forward(hours=2)
    commands.add_log(as_role("duty"), "二")
    fact = register.fact_named("log_entries")
    period = Period(clock.now - HOUR, clock.now + HOUR)
    assert [record.title for record in fact.records(as_role("county"), period, desk.township.code)] == ["二"]


def test_a_handover_keeps_what_was_open_and_is_confirmed_only_by_somebody_of_the_next_shift(
    desk, as_role, clock, shifts, night_officer
):
    commands.remove_shift(as_role("clerk"), shifts[1])  # so that a gap is open when the day ends
    clock.forward(hours=6, minutes=50)  # 19:50
    given = commands.hand_over(as_role("duty"), "夜间风大，注意北坡")
    assert [item["kind"] for item in given.items] == ["roster"]
    assert given.items[0]["due"] == MORNING + 12 * HOUR
    night = commands.set_shift(
        as_role("clerk"),
        area=desk.township,
        start=shifts[1].start,
        end=shifts[1].end,
        leader=desk.officers[Role.LEADER],
        officers=[night_officer],
    )
    with override("en"), pytest.raises(RuleBroken, match="You handed over yourself"):
        commands.take_over(as_role("duty"), given)
    stranger = officers.add_officer(
        identity.program(clock.now),
        username="third",
        name="马值班",
        role=Role.DUTY,
        area=desk.township,
        password="correct horse",
    )
    with override("en"), pytest.raises(RuleBroken, match="are on the next shift"):
        commands.take_over(identity.caller_for(stranger, clock.now), given)
    clock.forward(minutes=15)
    taken = commands.take_over(identity.caller_for(night_officer, clock.now), given)
    assert (taken.taken_by, taken.taken_at, taken.next_shift) == (night_officer, clock.now, night)
    with pytest.raises(RuleBroken):
        commands.take_over(as_role("leader"), given)


def test_only_who_is_on_the_shift_hands_it_over_and_only_once(as_role, clock, shifts, night_officer):
    with pytest.raises(RuleBroken):
        commands.hand_over(identity.caller_for(night_officer, clock.now), "")
    commands.hand_over(as_role("duty"), "")
    with pytest.raises(RuleBroken):
        commands.hand_over(as_role("duty"), "")
    clock.forward(hours=8)  # the night shift runs
    assert commands.hand_over(identity.caller_for(night_officer, clock.now), "").shift == shifts[1]
    with pytest.raises(NotAllowed):
        commands.hand_over(as_role("clerk"), "")


def test_a_handover_waits_among_the_open_items_of_everybody_but_its_giver(as_role, shifts):
    commands.hand_over(as_role("duty"), "")

    def kinds(role):
        return [item.kind for item in register.all_open_items(as_role(role))]

    assert "handover" in kinds("leader")
    assert "handover" not in kinds("duty")
