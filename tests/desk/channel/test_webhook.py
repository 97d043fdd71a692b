"""Webhooks: real requests to a real server, signed by the Standard Webhooks convention."""

import asyncio
import json

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from fenghuo.desk.channel.message import Destination, Message, Outcome
from fenghuo.desk.channel.webhook import Webhook
from tests.desk.channel.sinks import Hooks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def hooks(settings):
    # The convention's verifier compares with the real clock, so the desk's runs with it here.
    settings.FENGHUO_NOW = timezone.now
    with Hooks() as sink:
        yield sink


def message(key: str, url: str, secret: str = SECRET) -> Message:
    return Message(
        key,
        Destination(url, secret),
        "en",
        "Orange warning",
        "Man the checkpoints",
        link="http://x/a/1/",
        level="orange",
    )


def send(*batches: list[Message]) -> list[Outcome]:
    async def work() -> list[Outcome]:
        channel = Webhook()
        try:
            return [outcome for batch in batches for outcome in await channel.send(batch)]
        finally:
            await channel.close()

    return asyncio.run(work())


def test_what_arrives_passes_the_conventions_own_verifier(hooks):
    assert send([message("k1", hooks.url + "/duty")]) == [Outcome.sent("k1")]
    [post] = hooks.posts
    said = Verifier(SECRET).verify(post.body, post.headers)
    assert said["type"] == "warning.message"
    assert said["data"]["text"] == "Man the checkpoints"
    assert post.headers["webhook-id"] == said["data"]["key"] == "k1"
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(post.body.replace("Man", "Leave"), post.headers)


def test_sent_again_it_carries_the_same_id(hooks):
    send([message("k1", hooks.url)], [message("k1", hooks.url)])
    assert [post.headers["webhook-id"] for post in hooks.posts] == ["k1", "k1"]


@pytest.mark.parametrize(
    ("status", "ok", "permanent"),
    [
        (200, True, False),
        (204, True, False),
        (302, False, True),
        (400, False, True),
        (410, False, True),
        (408, False, False),
        (429, False, False),
        (500, False, False),
        (503, False, False),
    ],
)
def test_a_status_says_whether_to_try_again(hooks, status, ok, permanent):
    hooks.answers.status = status
    [outcome] = send([message("k1", hooks.url)])
    assert (outcome.ok, outcome.permanent) == (ok, permanent)
    if not ok:
        assert str(status) in outcome.detail


def test_a_redirect_is_not_followed(hooks):
    hooks.answers.status = 307
    send([message("k1", hooks.url + "/first")])
    assert [post.path for post in hooks.posts] == ["/first"]


def test_a_server_that_is_away_is_tried_again_later(settings):
    with Hooks() as sink:
        url = sink.url
    [outcome] = send([message("k1", url)])
    assert (outcome.ok, outcome.permanent) == (False, False)


def test_a_server_that_never_answers_holds_nobody_up(settings, hooks):
    settings.FENGHUO_LEASE_SECONDS = 0.5
    with Hooks(delay=30) as slow:
        late, quick = send([message("late", slow.url), message("quick", hooks.url)])
        assert (late.ok, late.permanent) == (False, False)
        assert quick.ok


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://x/", SECRET),
        ("javascript:1", SECRET),
        ("http://", SECRET),
        ("", SECRET),
        (None, ""),
        (None, "whsec_"),
        (None, "whsec_é"),
    ],
)
def test_an_address_or_secret_of_no_use_is_refused_for_good_and_nothing_is_sent(hooks, url, secret):
    [outcome] = send([message("k1", hooks.url if url is None else url, secret)])
    assert (outcome.ok, outcome.permanent) == (False, True)
    assert hooks.posts == []


def test_a_chinese_text_is_signed_as_it_is_sent(hooks):
    send([Message("k1", Destination(hooks.url, SECRET), "zh-hans", "预警", "设卡", level="red")])
    [post] = hooks.posts
    assert "设卡" in post.body
    assert Verifier(SECRET).verify(post.body, post.headers) == json.loads(post.body)
