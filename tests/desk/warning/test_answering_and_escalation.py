"""Who answers settles their unit; who does not is called in turn, by what is stored and never by a timer."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.desk.duty import commands as duty
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.warning import commands, queries
from fenghuo.desk.warning.models import Delivery, Escalation, Recipient, Warning
from tests.conftest import NOON
from tests.desk.warning.conftest import by_officer, leader_of


def called(warning: Warning) -> list[tuple[str, int, str]]:
    rows = Escalation.objects.filter(recipient__warning=warning).order_by("pk")
    return [(row.recipient.unit.name, row.step, row.officer.username) for row in rows]


def test_an_overdue_answer_calls_the_next_contact_and_then_the_leader(story, desk, clock, work, mailboxes):
    warning = story.issued("orange", areas=desk.villages[:1])
    work()
    clock.forward(minutes=19, seconds=59)
    work()
    assert called(warning) == []
    clock.forward(seconds=1)
    work()
    assert called(warning) == [("石门村委会", 1, "deputy"), ("石门林场", 1, "leader")]
    second, third = sorted(mailboxes.letters[1:], key=lambda mail: mail["To"])
    assert [second["To"], third["To"]] == ["deputy@example.org", "leader@example.org"]
    assert "20 分钟内" in second.get_body(("plain",)).get_content()
    clock.forward(minutes=20)
    work()
    assert called(warning)[2:] == [("石门村委会", 2, "leader")]
    clock.forward(hours=5)
    work()
    assert len(called(warning)) == 3


@pytest.mark.parametrize(("level", "minutes"), [("red", 10), ("orange", 20), ("yellow", 30), ("blue", 60)])
def test_the_deadline_is_the_levels(story, clock, work, level, minutes):
    warning = story.issued(level)
    clock.forward(minutes=minutes, seconds=-1)
    work()
    assert called(warning) == []
    clock.forward(seconds=1)
    work()
    assert len(called(warning)) == 3


def test_an_answer_by_any_contact_of_the_unit_stops_its_escalation_alone(story, desk, clock, work):
    warning = story.issued()
    clock.forward(minutes=3)
    deputy = identity.caller_for(desk.deputy, clock.now, via="link")
    commands.acknowledge(deputy, story.unit(warning, 0))
    clock.forward(hours=2)
    work()
    assert "石门村委会" not in {unit for unit, _step, _who in called(warning)}
    assert ("双泉村委会", 1, "leader") in called(warning)


def test_an_answer_between_the_steps_stops_the_next(story, desk, clock, work, as_role):
    warning = story.issued("red")
    clock.forward(minutes=10)
    work()
    commands.acknowledge(as_role("contact"), story.unit(warning, 0))
    clock.forward(minutes=10)
    work()
    assert [step for unit, step, _who in called(warning) if unit == "石门村委会"] == [1]


def test_a_desk_that_was_off_catches_up_with_every_step_once(story, clock, work, desk, mailboxes):
    warning = story.issued("red", areas=desk.villages[:1])
    work()
    clock.forward(hours=1)
    for _round in range(3):
        work()
    assert called(warning) == [
        ("石门村委会", 1, "deputy"),
        ("石门村委会", 2, "leader"),
        ("石门林场", 1, "leader"),
    ]
    assert sorted(mail["To"] for mail in mailboxes.letters) == [
        "contact@example.org",
        "deputy@example.org",
        "leader@example.org",
        "leader@example.org",
    ]


def test_what_has_ended_escalates_no_more(story, clock, work, as_role):
    updated, cancelled, expired = (
        story.issued("red"),
        story.issued("orange"),
        story.issued("yellow", valid_hours=1),
    )
    following = story.updated(updated)
    lifting = commands.cancel(as_role("duty"), cancelled)
    clock.forward(hours=2)
    work()
    assert [called(one) for one in (updated, cancelled, expired, lifting)] == [[], [], [], []]
    assert called(following) != []


def test_the_leader_on_the_roster_is_called_before_any_other(story, desk, clock, work):
    program = identity.program(clock.now)
    on_shift = officers.add_officer(
        program, username="leader2", name="张带班", role="leader", area=desk.township, password=None
    )
    duty.set_shift(
        program,
        area=desk.township,
        start=NOON - timedelta(hours=5),
        end=NOON + timedelta(hours=19),
        leader=on_shift,
        officers=[desk.officers["duty"]],
    )
    warning = story.issued("red", areas=desk.villages[1:])
    clock.forward(minutes=10)
    work()
    assert called(warning) == [("双泉村委会", 1, "leader2")]


def test_a_leader_takes_over_and_a_telephone_answer_counts(story, desk, clock, as_role):
    warning = story.issued()
    taken = commands.acknowledge(as_role("leader"), story.unit(warning, 1))
    assert (taken.acknowledged_how, taken.acknowledged_by) == ("leader", leader_of(desk))
    with pytest.raises(RuleBroken):
        commands.record_phone_answer(as_role("duty"), story.unit(warning, 0), name=" ")
    answered = commands.record_phone_answer(as_role("duty"), story.unit(warning, 0), name="村会计")
    assert (answered.acknowledged_how, answered.answered_name) == ("phone", "村会计")
    assert answered.acknowledged_by == desk.officers["duty"]


def test_nobody_answers_for_another_unit(story, desk, as_role):
    warning = story.issued()
    theirs = story.unit(warning, 1)
    for role in ("contact", "responsible", "duty", "inspector", "county"):
        with pytest.raises(NotFound):
            commands.acknowledge(as_role(role), theirs)
        with pytest.raises(NotFound):
            commands.report_back(as_role(role), theirs, "巡山")
    with pytest.raises(NotAllowed):
        commands.record_phone_answer(as_role("contact"), theirs, name="x")


def test_a_second_tap_finds_the_first_ones_time(story, clock, as_role):
    warning = story.issued()
    first = commands.acknowledge(as_role("contact"), story.unit(warning))
    clock.forward(minutes=7)
    second = commands.acknowledge(as_role("contact"), story.unit(warning))
    third = commands.record_phone_answer(as_role("duty"), story.unit(warning), name="别人")
    assert first.acknowledged_at == second.acknowledged_at == third.acknowledged_at
    assert third.acknowledged_how == "app"


def test_a_report_follows_an_answer(story, as_role):
    warning = story.issued()
    with pytest.raises(RuleBroken):
        commands.report_back(as_role("contact"), story.unit(warning), "巡山 2 组 6 人")
    commands.acknowledge(as_role("contact"), story.unit(warning))
    for text in ("  ", "长" * 2000):
        with pytest.raises(RuleBroken):
            commands.report_back(as_role("contact"), story.unit(warning), text)
    assert (
        commands.report_back(as_role("contact"), story.unit(warning), "巡山 2 组 6 人").report
        == "巡山 2 组 6 人"
    )


def test_the_board_puts_who_has_not_answered_first_and_says_who_is_called_when(
    story, desk, clock, as_role, work
):
    warning = story.issued("orange")
    clock.forward(minutes=4)
    commands.acknowledge(as_role("contact"), story.unit(warning, 0))
    board = queries.board(as_role("duty"), warning)
    assert (board.answered, board.total, board.median_minutes) == (1, 3, 4)
    assert [row.recipient.unit.name for row in board.rows][2] == "石门村委会"
    assert board.next.due == warning.due(1)
    assert board.next.officer == leader_of(desk)
    clock.forward(minutes=16)
    work()
    board = queries.board(as_role("duty"), warning)
    assert [row.next for row in board.waiting] == [None, None]
    assert [[o.username for o in row.called] for row in board.waiting] == [["leader"], ["leader"]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    level=st.sampled_from(["red", "orange", "yellow", "blue"]),
    pauses=st.lists(st.integers(1, 95), min_size=1, max_size=8),
    answer=st.integers(0, 300),
)
def test_whenever_the_worker_runs_each_due_step_is_taken_once_and_none_after_the_answer(
    story, desk, clock, work, level, pauses, answer
):
    """The worker runs at arbitrary minutes; one unit answers at an arbitrary one."""
    clock.now = NOON
    Escalation.objects.all().delete()
    Delivery.objects.all().delete()
    warning = story.issued(level, valid_hours=48)
    unit = story.unit(warning, 0)
    minutes, answered_at, expected = 0, None, set()
    for pause in pauses:
        if answered_at is None and minutes <= answer < minutes + pause:
            clock.now = NOON + timedelta(minutes=answer)
            commands.acknowledge(identity.caller_for(desk.officers["contact"], clock.now), unit)
            answered_at = answer
        minutes += pause
        clock.now = NOON + timedelta(minutes=minutes)
        work()
        for step in (1, 2):
            if answered_at is None and minutes >= step * warning.answer_minutes:
                expected.add(step)
    taken = Escalation.objects.filter(recipient=unit)
    assert sorted(row.step for row in taken) == sorted(expected)
    assert all(row.done_at >= row.due_at for row in taken)
    Warning.objects.filter(pk=warning.pk).update(state="withdrawn")
    assert len(by_officer(desk.deputy, warning)) == int(1 in expected)
    assert Recipient.objects.get(pk=unit.pk).acknowledged_at is None or answered_at is not None
