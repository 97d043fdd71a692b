"""Mail: real letters to a real SMTP server."""

import asyncio

import pytest

from fenghuo.desk.channel.mail import Mail
from fenghuo.desk.channel.mail import server as servers
from fenghuo.desk.channel.message import Destination, Message, Outcome
from tests.desk.channel.sinks import Mailboxes


@pytest.fixture
def mailboxes(settings):
    with Mailboxes() as sink:
        settings.FENGHUO_SMTP = sink.url
        yield sink


def letter(key: str = "k1", to: str = "contact@example.org", **changes) -> Message:
    fields = {
        "key": key,
        "to": Destination(to),
        "language": "zh-hans",
        "subject": "森林火险橙色预警 · 石门村",
        "text": "请做三件事：\n1. 设卡",
        "html": "<p>请做三件事</p>",
    }
    return Message(**(fields | changes))


def send(*batches: list[Message]) -> list[Outcome]:
    async def work() -> list[Outcome]:
        mail = Mail()
        try:
            return [outcome for batch in batches for outcome in await mail.send(batch)]
        finally:
            await mail.close()

    return asyncio.run(work())


def test_a_letter_arrives_whole_and_its_message_id_is_its_key(mailboxes, clock):
    assert send([letter()]) == [Outcome.sent("k1")]
    [mail] = mailboxes.letters
    assert mail["Message-ID"] == "<k1@example.org>"
    assert mail["Subject"] == "森林火险橙色预警 · 石门村"
    assert mail["To"] == "contact@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().splitlines() == ["请做三件事：", "1. 设卡"]
    assert "<p>请做三件事</p>" in mail.get_body(("html",)).get_content()


def test_a_letter_sent_again_carries_the_same_message_id(mailboxes, clock):
    send([letter()], [letter()])
    assert [mail["Message-ID"] for mail in mailboxes.letters] == ["<k1@example.org>"] * 2


def test_a_hundred_letters_go_over_few_connections_in_two_batches(mailboxes, clock):
    batches = [[letter(f"k{n}-{m}") for n in range(50)] for m in range(2)]
    assert all(outcome.ok for outcome in send(*batches))
    assert len(mailboxes.letters) == 100
    assert mailboxes.connections <= 8


def test_a_line_break_in_a_subject_starts_no_header(mailboxes, clock):
    send([letter(subject="预警\r\nBcc: all@example.org")])
    assert mailboxes.letters[0]["Bcc"] is None
    assert mailboxes.letters[0]["Subject"] == "预警 Bcc: all@example.org"


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 no such mailbox", True), ("451 come back later", False)]
)
def test_a_refusal_for_good_and_one_for_now_are_told_apart(mailboxes, clock, answer, permanent):
    mailboxes.refuse["gone@example.org"] = answer
    bad, good = send([letter("bad", "gone@example.org"), letter("good")])
    assert (bad.ok, bad.permanent) == (False, permanent)
    assert answer[:3] in bad.detail
    assert good.ok


@pytest.mark.parametrize(
    "target", ["nobody", "two@example.org, three@example.org", "a@b\r\nRCPT TO:<x@y.org>", ""]
)
def test_what_is_no_mail_address_is_refused_for_good_and_hurts_no_other(mailboxes, clock, target):
    bad, good = send([letter("bad", target), letter("good")])
    assert (bad.ok, bad.permanent, good.ok) == (False, True, True)
    assert [mail["To"] for mail in mailboxes.letters] == ["contact@example.org"]


def test_a_server_that_is_away_is_tried_again_later(settings, clock):
    with Mailboxes() as sink:
        settings.FENGHUO_SMTP = sink.url
    [outcome] = send([letter()])
    assert (outcome.ok, outcome.permanent) == (False, False)


def test_without_a_server_mail_waits_and_says_why(settings, clock):
    settings.FENGHUO_SMTP = ""
    [outcome] = send([letter()])
    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "FENGHUO_SMTP" in outcome.detail
    assert Mail().problem()


def test_the_servers_url_says_everything_about_it():
    told = servers.read("smtp://u%40x:p%3A@mail.example.org:2525?from=desk@town.example&tls=starttls", "h")
    assert (told.host, told.port, told.username, told.password) == ("mail.example.org", 2525, "u@x", "p:")
    assert (told.sender, told.domain, told.start_tls, told.use_tls) == (
        "desk@town.example",
        "town.example",
        True,
        False,
    )
    assert servers.read("smtps://mail.example.org", "h").port == 465
    assert "p:" not in repr(told)
    for wrong in ("mail.example.org", "http://x", "smtp://", "smtp://x?tls=maybe"):
        with pytest.raises(ValueError, match=r"tls|mail server"):
            servers.read(wrong, "h")


def test_no_letter_waits_for_this_machines_own_name(mailboxes, clock, monkeypatch):
    def slow_name_service(*_given):
        raise AssertionError("the machine's own name was looked up")

    monkeypatch.setattr("socket.getfqdn", slow_name_service)
    assert send([letter()]) == [Outcome.sent("k1")]
