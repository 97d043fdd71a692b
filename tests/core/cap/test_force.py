"""What is in force is the same whatever order messages came in, and nothing ends a warning but its own sender."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.cap import Alert, MsgType, Reference, Status
from fenghuo.core.cap.feeds import Current, Policy, current, until
from tests.core.cap.alerts import BEIJING, simple_alert, simple_info

DAY = datetime(2026, 4, 3, tzinfo=BEIJING)
EXPIRES = DAY + timedelta(hours=20)


def _at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def _message(name: str, hour: float, *references: Alert | Reference, **changes: object) -> Alert:
    """A message of `duty@township.example`; its name says what it is: a… alert, u… update, c… cancel."""
    kind = {"a": MsgType.ALERT, "u": MsgType.UPDATE, "c": MsgType.CANCEL}[name[0]]
    named = tuple(each.reference if isinstance(each, Alert) else each for each in references)
    fields = {
        "identifier": name,
        "sent": _at(hour),
        "msg_type": kind,
        "references": named,
        "infos": (simple_info(expires=EXPIRES),),
    }
    return simple_alert(**(fields | changes))


def _holding(state: Current) -> list[str]:
    return [each.alert.identifier for each in state.in_force]


def _rules(state: Current) -> list[str]:
    for found in state.findings:
        assert "{" not in found.message_en + found.message_zh
        assert found.place.text
    return [found.rule for found in state.findings]


def _chain(state: Current) -> list[str]:
    (held,) = state.in_force
    return [each.reference.identifier for each in held.replaced]


A = _message("a1", 8)
U1 = _message("u1", 9, A)
U2 = _message("u2", 10, U1)
C = _message("c1", 11, U2)


def test_an_update_replaces_and_a_cancel_ends() -> None:
    assert _holding(current([A], _at(12))) == ["a1"]
    updated = current([A, U1, U2], _at(12))
    assert (_holding(updated), _chain(updated), updated.findings) == (["u2"], ["a1", "u1"], ())
    assert [each.alert for each in updated.in_force[0].replaced] == [A, U1]
    assert (updated.in_force[0].until, updated.at) == (EXPIRES, _at(12))
    ended = current([A, U1, U2, C], _at(12))
    assert (ended.in_force, ended.findings) == ((), ())


def test_the_state_can_be_asked_for_any_earlier_time() -> None:
    told = [C, U2, U1, A]
    held = {hour: _holding(current(told, _at(hour))) for hour in (7, 8, 8.5, 9, 10.5, 11, 12)}
    assert held == {7: [], 8: ["a1"], 8.5: ["a1"], 9: ["u1"], 10.5: ["u2"], 11: [], 12: []}
    assert _rules(current(told, _at(10.5))) == ["state-future"]
    # A sender's clock that is a little fast does not delay a warning.
    assert _holding(current([A], _at(8) - timedelta(minutes=5))) == ["a1"]
    assert _holding(current([A], _at(8) - timedelta(minutes=6))) == []
    assert _holding(current([A], _at(8) - timedelta(minutes=1), Policy(clock_ahead=timedelta(0)))) == []


def test_what_was_replaced_does_not_come_back() -> None:
    short = _message("u1", 9, A, infos=(simple_info(expires=_at(10)),))
    assert _holding(current([A, short], _at(9.5))) == ["u1"]
    assert _holding(current([A, short], _at(10))) == []
    assert _holding(current([A, short, _message("c1", 9.5, short)], _at(9.6))) == []


def test_a_message_that_was_never_received_is_told_and_still_counts_when_it_comes() -> None:
    early = current([U2], _at(12))
    assert (_holding(early), _chain(early), _rules(early)) == (["u2"], ["u1"], ["state-unseen"])
    assert early.in_force[0].replaced[0].alert is None
    assert "u1" in early.findings[0].message_zh
    # The cancel was there first: the alert is ended when it comes.
    cancel = _message("c1", 11, A)
    assert _rules(current([cancel], _at(12))) == ["state-unseen"]
    assert current([cancel, A], _at(12)).in_force == ()


def test_several_references_replace_several_messages() -> None:
    other = _message("a2", 8.5)
    merged = _message("u3", 9, A, other)
    state = current([merged, other, A], _at(12))
    assert (_holding(state), _chain(state)) == (["u3"], ["a1", "a2"])


def test_validity_ends_with_the_last_of_the_infos() -> None:
    infos = (simple_info(expires=_at(10)), simple_info(expires=_at(12), language="en-US"))
    alert = _message("a1", 8, infos=infos)
    assert until(alert) == _at(12)
    assert current([alert], _at(11)).in_force[0].infos == infos[1:]
    assert _holding(current([alert], _at(12) - timedelta(seconds=1))) == ["a1"]
    assert _holding(current([alert], _at(12))) == []


def test_without_expires_the_stated_policy_holds() -> None:
    open_ = _message("a1", 8, infos=(simple_info(expires=_at(10)), simple_info(expires=None)))
    bare = _message("a2", 8, infos=())
    later = _message("a3", 8, infos=(simple_info(expires=None, effective=_at(12)),))
    state = current([open_, bare, later], _at(13))
    assert {each.alert.identifier: each.until for each in state.in_force} == {
        "a1": _at(32),
        "a2": _at(32),
        "a3": _at(36),
    }
    assert _rules(state) == ["state-no-expires"] * 3
    assert _holding(current([open_, bare], _at(32))) == []
    assert _holding(current([bare], _at(9), Policy(without_expires=timedelta(minutes=30)))) == []
    for_ever = current([bare], _at(1_000_000), Policy(without_expires=None))
    assert (_holding(for_ever), for_ever.in_force[0].until) == (["a2"], None)
    last = datetime(9999, 12, 31, 23, tzinfo=UTC)
    assert _holding(current([_message("a1", 8, sent=last, infos=())], last)) == ["a1"]


def test_exercises_are_told_apart_and_touch_nothing_real() -> None:
    drill = _message("c1", 9, A, status=Status.EXERCISE)
    test = _message("a2", 9, status=Status.TEST)
    draft = _message("a3", 9, status=Status.DRAFT)
    system = _message("a4", 9, status=Status.SYSTEM)
    state = current([A, drill, test, draft, system], _at(12))
    assert _holding(state) == ["a1"]
    assert {each.alert.identifier for each in state.apart} == {"a2", "a3", "a4"}
    assert [each.alert for each in state.of(Status.TEST)] == [test]
    assert state.of(Status.EXERCISE) == ()
    assert _rules(state) == ["state-status"]
    # A drill of its own runs through, beside the real one.
    practised = _message("a5", 8, status=Status.EXERCISE)
    over = _message("c2", 9, practised, status=Status.EXERCISE)
    assert current([practised, over], _at(12)).apart == ()
    assert current([practised], _at(12)).of(Status.EXERCISE)[0].alert is practised
    # The same name in a drill is another message's name by mistake, and replaces nothing.
    again = _message("a1", 9, status=Status.EXERCISE)
    assert _holding(current([A, again], _at(12))) == ["a1"]


def test_acknowledgements_and_errors_are_never_in_force_and_end_nothing() -> None:
    answers = [
        _message("a9", 9, A, identifier=f"x{kind}", msg_type=kind) for kind in (MsgType.ACK, MsgType.ERROR)
    ]
    assert _holding(current([A, *answers], _at(12))) == ["a1"]


def test_only_its_own_sender_ends_a_message_unless_allowed() -> None:
    stranger = _message("c1", 9, A, sender="somebody@else.example")
    state = current([A, stranger], _at(12))
    assert (_holding(state), _rules(state)) == (["a1"], ["state-foreign"])
    assert current([A, stranger], _at(12), Policy(foreign=True)).in_force == ()
    # The same identifier of another sender is another message.
    twin = _message("a1", 9, sender="somebody@else.example")
    assert _holding(current([A, twin], _at(12))) == ["a1", "a1"]


def test_a_reference_must_name_an_earlier_message() -> None:
    late = _message("u1", 9)
    early = _message("u2", 8, late)
    itself = Reference("duty@township.example", "u3", _at(10))
    state = current([late, early, _message("u3", 10, itself)], _at(12))
    assert _holding(state) == ["u3", "u1", "u2"]
    assert _rules(state) == ["state-order", "state-order", "state-references"]
    # Within the same second an update follows the alert and a cancel both; they cannot end each other.
    first, second = _message("a1", 8), _message("u1", 8, A)
    assert _holding(current([second, first], _at(12))) == ["u1"]
    mutual = [
        _message("u4", 8, Reference(A.sender, "u5", _at(8))),
        _message("u5", 8, Reference(A.sender, "u4", _at(8))),
    ]
    assert len(current(mutual, _at(12)).in_force) == 2


def test_a_wrong_time_in_a_reference_still_finds_the_message() -> None:
    wrong = _message("u1", 9, Reference(A.sender, "a1", _at(7)))
    state = current([A, wrong], _at(12))
    assert (_holding(state), _rules(state)) == (["u1"], ["state-sent"])
    # Of several with that name it is the latest.
    names = [A, _message("a1", 9), _message("u1", 10, Reference(A.sender, "a1", _at(7)))]
    assert "sent 2026-04-03T09:00" in next(
        each.message_en for each in current(names, _at(12)).findings if each.rule == "state-sent"
    )
    # The same instant in another zone is not wrong.
    same = _message("u1", 9, Reference(A.sender, "a1", _at(8).astimezone(UTC)))
    assert current([A, same], _at(12)).findings == ()


def test_an_identifier_used_again_replaces_the_earlier_message() -> None:
    again, third = _message("a1", 9), _message("a1", 10)
    state = current([third, A, again], _at(12))
    assert ([each.alert for each in state.in_force], _chain(state)) == ([third], ["a1", "a1"])
    assert _rules(state) == ["state-same-identifier"] * 2
    # With the reference given it is an odd name and nothing to tell.
    assert current([A, _message("u1", 9, A, identifier="a1")], _at(12)).findings == ()


def test_a_thread_that_was_lost_is_told_and_nothing_is_hidden() -> None:
    east, west = _message("u1", 9, A), _message("u2", 10, A)
    split = current([A, east, west], _at(12))
    assert (_holding(split), _rules(split)) == (["u2", "u1"], ["state-split"])
    old = current([A, east, _message("c1", 11, A)], _at(12))
    assert (_holding(old), _rules(old)) == (["u1"], ["state-old-cancel"])
    # A sender that names the whole chain each time has lost nothing.
    whole = [A, east, _message("u3", 10, A, east), _message("c1", 11, A, east, _message("u3", 10))]
    assert (current(whole, _at(12)).in_force, current(whole, _at(12)).findings) == ((), ())


def test_one_name_with_two_contents_is_told_and_the_longer_warning_stands() -> None:
    longer = _message("a1", 8, infos=(simple_info(expires=_at(22)),))
    for told in ([A, longer], [longer, A]):
        state = current(told, _at(12))
        assert ([each.alert for each in state.in_force], _rules(state)) == ([longer], ["state-conflict"])


def test_a_time_without_zone_is_refused_and_an_empty_feed_is_quiet() -> None:
    with pytest.raises(ValueError, match="zone"):
        current([A], datetime(2026, 4, 3))
    assert current([], _at(12)) == Current(at=_at(12), in_force=(), apart=(), findings=())


def test_a_hostile_web_of_references_is_untangled_in_bounded_work() -> None:
    crowd = [_message(f"a{n}", 8 + n / 10_000) for n in range(150)]
    everything = [each.reference for each in crowd]
    tangle = [_message(f"u{n}", 9 + n / 10_000, *everything) for n in range(30)]
    tangle += [_message(f"c{n}", 10 + n / 10_000, *everything) for n in range(30)]
    state = current([*crowd, *tangle], _at(12))
    assert len(state.in_force) == 30
    assert len(state.findings) < 2500
    line = [_message("a0", 8)]
    for n in range(700):
        line.append(_message(f"u{n}", 8 + n / 10_000 + 0.0001, line[-1]))
    (held,) = current(line, _at(12)).in_force
    assert len(held.replaced) == 500
    assert held.replaced[-1].alert == line[-2]


_KINDS = st.sampled_from([MsgType.ALERT, MsgType.UPDATE, MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK])
_STATUSES = st.sampled_from([Status.ACTUAL, Status.ACTUAL, Status.EXERCISE])
_NAMES = st.builds(
    Reference,
    st.sampled_from(["duty@township.example", "duty@county.example"]),
    st.sampled_from(["a", "b", "c", "d"]),
    st.integers(0, 5).map(_at),
)


@st.composite
def _messages(draw: st.DrawFn) -> list[Alert]:
    names = draw(st.lists(_NAMES, max_size=7))
    return [
        simple_alert(
            sender=name.sender,
            identifier=name.identifier,
            sent=name.sent,
            status=draw(_STATUSES),
            msg_type=draw(_KINDS),
            references=tuple(draw(st.lists(st.sampled_from(names) | _NAMES, max_size=3))),
            infos=(simple_info(expires=draw(st.sampled_from([_at(4), _at(9), None]))),),
        )
        for name in names
    ]


def _plainly(alerts: Sequence[Alert], at: datetime) -> set[Reference]:
    """The rules said again in the plainest way: what holds of messages with names of their own."""
    order = {MsgType.ALERT: 0, MsgType.UPDATE: 1, MsgType.CANCEL: 2}
    seen = [each for each in alerts if each.sent <= at + timedelta(minutes=5)]
    ended = set()
    for new in seen:
        for old in seen:
            own = (old.sender, old.status) == (new.sender, new.status) and {
                old.msg_type,
                new.msg_type,
            } <= set(order)
            if not own or (old.sent, order[old.msg_type]) >= (new.sent, order[new.msg_type]):
                continue
            named = old.reference in new.references and new.msg_type is not MsgType.ALERT
            if named or old.identifier == new.identifier:
                ended.add(old.reference)
    return {
        each.reference
        for each in seen
        if each.msg_type in (MsgType.ALERT, MsgType.UPDATE)
        and each.reference not in ended
        and at < (each.infos[0].expires or each.sent + timedelta(hours=24))
    }


@settings(max_examples=80, deadline=None)
@given(st.data(), _messages(), st.integers(0, 10))
def test_any_order_and_any_repetition_give_the_same_state(
    data: st.DataObject, alerts: list[Alert], hour: int
) -> None:
    told = current(alerts, _at(hour))
    again = data.draw(
        st.permutations([*alerts, *data.draw(st.lists(st.sampled_from(alerts)) if alerts else st.just([]))])
    )
    assert current(again, _at(hour)) == told
    held = {each.alert.reference for each in (*told.in_force, *told.apart)}
    names = [each.reference for each in alerts]
    exact = set(names) >= {each for alert in alerts for each in alert.references}
    if len(set(names)) == len(names) and exact and hour >= 5:
        assert held == _plainly(alerts, _at(hour))
    for each in (*told.in_force, *told.apart):
        assert each.alert.msg_type in (MsgType.ALERT, MsgType.UPDATE)
        assert each.until is not None
        assert each.until > _at(hour)
        assert each.alert.reference not in {earlier.reference for earlier in each.replaced}
