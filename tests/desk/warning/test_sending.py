"""Messages leave, are tried again under the same key, and are never on record as sent before they were."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.desk.channel.message import Outcome
from fenghuo.desk.journal import queries as journal
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.warning import commands, queries, sender
from fenghuo.desk.warning.models import Delivery
from tests.desk.channel.sinks import Hooks
from tests.desk.warning.conftest import by_officer

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def hooks(desk, clock):
    with Hooks() as sink:
        for person in (desk.officers["contact"], desk.other_contact):
            officers.add_address(
                identity.program(clock.now),
                person,
                channel="webhook",
                target=f"{sink.url}/{person.username}",
                secret=SECRET,
            )
        yield sink


def test_each_message_arrives_once_with_its_key_and_is_then_on_record(
    story, work, mailboxes, hooks, as_role, desk
):
    warning = story.issued()
    work()
    work()
    sent = Delivery.objects.filter(recipient__warning=warning)
    assert {d.state for d in sent} == {"sent"}
    assert len(mailboxes.letters) == 2
    keys = {mail["Message-ID"].strip("<>").partition("@")[0] for mail in mailboxes.letters}
    keys |= {post.headers["webhook-id"] for post in hooks.posts}
    assert {UUID(key) for key in keys} == {d.key for d in sent if d.channel != "inbox"}
    assert all(d.secret == "" for d in sent)
    assert [letter.warning.pk for letter in queries.inbox(as_role("contact"))] == [warning.pk]
    assert list(journal.faults(as_role("duty"))) == []


def test_what_a_person_received_is_kept_word_for_word_and_its_link_covered_on_the_board(
    story, work, mailboxes, as_role
):
    warning = story.issued("red")
    work()
    [mail] = [mail for mail in mailboxes.letters if mail["To"] == "contact@example.org"]
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n").strip()
    stored = Delivery.objects.get(recipient__warning=warning, target="contact@example.org")
    assert stored.text == text
    shown = next(s for s in queries.received(as_role("duty"), story.unit(warning)) if s.delivery == stored)
    token = stored.link.rstrip("/").rpartition("/")[2]
    assert token in text
    assert token not in shown.text
    assert shown.text.splitlines()[:-1] == text.splitlines()[:-1]
    for line in ("哪里：石门村、双泉村", "1. ", "2. ", "3. "):
        assert line in text


def test_a_server_that_is_down_for_a_while_loses_nothing(story, work, hooks, clock, desk):
    warning = story.issued()
    hooks.answers.status = 503
    work()
    [failed] = [d for d in by_officer(desk.other_contact, warning) if d.channel == "webhook"]
    assert (failed.state, failed.attempts) == ("waiting", 1)
    assert "503" in failed.error
    assert failed.secret
    work()
    assert Delivery.objects.get(pk=failed.pk).attempts == 1
    hooks.answers.status = 200
    clock.forward(minutes=1)
    work()
    again = Delivery.objects.get(pk=failed.pk)
    assert (again.state, again.attempts, again.key, again.error) == ("sent", 2, failed.key, "")
    ids = [post.headers["webhook-id"] for post in hooks.posts if post.path == "/other"]
    assert ids == [str(failed.key)] * 2


def test_an_address_that_is_gone_fails_for_good_and_shows_on_the_board(
    story, work, mailboxes, as_role, clock, desk
):
    mailboxes.refuse["other@example.org"] = "550 no such mailbox"
    warning = story.issued()
    work()
    clock.forward(hours=1)
    work()
    board = queries.board(as_role("duty"), warning)
    row = next(row for row in board.rows if row.recipient.unit == desk.units[1])
    assert [(d.channel, d.attempts) for d in row.problems if d.step == 0] == [("mail", 1)]
    assert "550" in row.problems[0].error
    assert board.failed >= 1


def test_pauses_double_up_to_a_limit():
    assert [sender.pause(n).total_seconds() for n in (1, 2, 3, 4)] == [5, 10, 20, 40]
    assert sender.pause(50) == sender.pause(5000) == timedelta(minutes=5)


def test_two_workers_never_take_the_same_message(story, mailboxes, clock):
    story.issued()
    program = identity.program(clock.now)
    first, second = sender.claim(program, limit=3), sender.claim(program, limit=3)
    assert len(first) == 3
    assert len(second) == 1
    assert not {d.pk for d in first} & {d.pk for d in second}
    assert sender.claim(program) == []


def test_a_message_of_a_worker_that_died_is_sent_again_under_its_key_when_the_lease_ends(
    story, work, mailboxes, clock, settings, desk
):
    warning = story.issued()
    program = identity.program(clock.now)
    claimed = sender.claim(program)
    with sender.Carrier() as carrier:
        carrier.send(claimed)  # and here the worker dies
    assert Delivery.objects.filter(state="sent").count() == 0
    work()
    assert len(mailboxes.letters) == 2
    clock.forward(seconds=settings.FENGHUO_LEASE_SECONDS + 1)
    work()
    assert set(Delivery.objects.filter(recipient__warning=warning).values_list("state", flat=True)) == {
        "sent"
    }
    ids = sorted(mail["Message-ID"] for mail in mailboxes.letters)
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_a_late_no_does_not_undo_another_workers_yes_and_a_late_yes_counts(story, mailboxes, clock, settings):
    story.issued()
    slow = sender.claim(identity.program(clock.now))
    clock.forward(seconds=settings.FENGHUO_LEASE_SECONDS + 1)
    program = identity.program(clock.now)
    quick = sender.claim(program)
    assert {d.pk for d in quick} == {d.pk for d in slow}
    sender.settle(program, quick[:2], [Outcome.sent(str(d.key)) for d in quick[:2]])
    sender.settle(
        program, slow, [Outcome.never(str(d.key), "no") for d in slow[:3]] + [Outcome.sent(str(slow[3].key))]
    )
    states = {d.pk: d.state for d in Delivery.objects.all()}
    by_key = {d.key: d.pk for d in slow}
    assert states[quick[0].pk] == states[quick[1].pk] == "sent"
    assert states[by_key[slow[3].key]] == "sent"
    assert "failed" not in states.values()


def test_what_has_not_left_when_a_warning_ends_does_not_leave_any_more(
    story, work, mailboxes, as_role, clock, desk
):
    warning = story.issued()
    lifted = commands.cancel(as_role("duty"), warning)
    work()
    assert set(Delivery.objects.filter(recipient__warning=warning).values_list("state", flat=True)) == {
        "dropped"
    }
    assert all("解除" in mail["Subject"] for mail in mailboxes.letters)
    assert len(mailboxes.letters) == lifted.recipients.filter(deliveries__channel="mail").count() == 2


def test_trying_again_stops_when_the_warning_expires(story, work, hooks, clock, desk):
    warning = story.issued(valid_hours=1)
    hooks.answers.status = 500
    for _minute in range(80):
        clock.forward(minutes=1)
        work()
    states = {d.state for d in by_officer(desk.other_contact, warning) if d.channel == "webhook"}
    assert states == {"failed"}
    before = len(hooks.posts)
    clock.forward(days=1)
    work()
    assert len(hooks.posts) == before


def test_a_batch_is_one_entry_in_the_journal_naming_its_keys(story, work, mailboxes):
    warning = story.issued()
    work()
    [entry] = Entry.objects.filter(act="warning.delivered")
    assert entry.subject == f"warning:{warning.pk}"
    for delivery in Delivery.objects.all():
        assert str(delivery.key) in entry.detail


@given(st.integers(1, 10_000))
def test_no_pause_is_longer_than_the_limit_nor_shorter_than_the_one_before(attempts):
    assert sender.pause(attempts) <= sender.pause(attempts + 1) <= sender.LONGEST_PAUSE
