"""The link in a message: without login, for one person and one purpose, and only a tap confirms."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.signing import Signer, dumps
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.access import RuleBroken
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.warning import commands, links
from fenghuo.desk.warning.models import Recipient
from tests.conftest import NOON


@pytest.fixture
def warning(story):
    return story.issued("orange")


@pytest.fixture
def link(story, desk, warning) -> str:
    return reverse("warning:acknowledge", args=[links.token(story.unit(warning), desk.officers["contact"])])


def test_a_scanner_that_opens_the_link_acknowledges_nothing(client, link, story, warning):
    for _time in range(3):
        assert client.head(link).status_code == 200
    assert story.unit(warning).opened_at is None
    assert client.get(link, headers={"user-agent": "LinkScanner/1.0"}).status_code == 200
    assert story.unit(warning).acknowledged_at is None
    assert Entry.objects.filter(act="warning.acknowledged").count() == 0


def test_one_tap_confirms_and_a_second_shows_the_first_ones_time(client, link, story, warning, clock, desk):
    page = client.get(link).content.decode()
    assert story.unit(warning).opened_at == clock.now
    assert "收到</button>" in page
    clock.forward(minutes=3)
    first = clock.now
    assert client.post(link).status_code == 302
    clock.forward(minutes=30)
    page = client.post(link, follow=True).content.decode()
    unit = story.unit(warning)
    assert (unit.acknowledged_at, unit.acknowledged_by, unit.acknowledged_how) == (
        first,
        desk.officers["contact"],
        "link",
    )
    assert "13:03" in page
    assert "收到</button>" not in page
    [entry] = Entry.objects.filter(act="warning.acknowledged")
    assert (entry.officer_name, entry.via) == ("孙联络", "link")


def test_the_page_says_what_where_until_when_and_what_to_do_in_under_50_kb_without_a_script(
    client, link, desk, warning
):
    response = client.get(link)
    page = response.content.decode()
    for words in (
        "橙色预警",
        "森林火险",
        "石门村、双泉村",
        "明天",
        "20:00",
        "云岭〔2026〕1 号",
    ):
        assert words in page
    assert page.count("<li>") == 3
    assert "<script" not in page
    assert response["Cache-Control"].find("no-store") >= 0
    styles = [part.split('"')[0] for part in page.split('href="/static/')[1:]]
    weight = len(response.content) + sum(Path(finders.find(name)).stat().st_size for name in styles)
    assert weight < 50_000


def test_the_page_speaks_the_language_of_the_person_it_was_sent_to(client, link, desk):
    desk.officers["contact"].language = "en"
    desk.officers["contact"].save()
    page = client.get(link).content.decode()
    assert "I have read this" in page
    assert "Man the checkpoints" in page


def test_after_the_tap_one_reports_what_was_done(client, link, story, warning):
    client.post(link, {"report": "1", "text": "巡山"})
    assert story.unit(warning).report == ""
    client.post(link)
    page = client.post(link, {"report": "1", "text": " "}).content.decode()
    assert "id_text_error" in page
    page = client.post(
        link, {"report": "1", "text": "巡山 2 组 6 人\n<b>未见火源</b>"}, follow=True
    ).content.decode()
    assert story.unit(warning).report.startswith("巡山 2 组 6 人")
    assert "&lt;b&gt;未见火源" in page


def test_a_forged_altered_or_foreign_token_opens_nothing(client, story, desk, warning):
    unit, contact = story.unit(warning), desk.officers["contact"]
    good = links.token(unit, contact)
    other_unit = good.replace(f"{unit.pk}-", f"{story.unit(warning, 1).pk}-", 1)
    text = good.rpartition(":")[0]
    for bad in (
        "x",
        good[:-1],
        good + "A",
        other_unit,
        Signer(salt="another purpose").sign(text),
        dumps("x"),
    ):
        for method in (client.get, client.post):
            assert method(reverse("warning:acknowledge", args=[bad])).status_code == 404
    assert not Recipient.objects.exclude(acknowledged_at=None).exists()


@given(st.text(min_size=1, max_size=60))
def test_no_text_of_a_strangers_making_is_a_token(text):
    with pytest.raises(links.BadLink):
        links.read(text, NOON)


def test_a_link_ends_a_day_after_its_warning(client, link, clock, story, warning):
    clock.now = warning.expires
    page = client.get(link).content.decode()
    assert "本预警已失效" in page
    assert "收到</button>" not in page
    assert client.post(link).status_code == 302
    clock.forward(hours=24)
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert story.unit(warning).acknowledged_at is None


@pytest.mark.parametrize("end", ["update", "cancel"])
def test_the_page_says_that_a_warning_was_replaced_or_lifted(client, link, story, warning, as_role, end):
    if end == "update":
        story.updated(warning)
    else:
        commands.cancel(as_role("duty"), warning)
    page = client.get(link).content.decode()
    assert ("新的预警" if end == "update" else "已解除") in page
    assert "收到</button>" not in page
    assert client.post(link).status_code == 302
    assert story.unit(warning).acknowledged_at is None


def test_the_link_of_an_officer_who_left_opens_nothing(client, link, desk):
    desk.officers["contact"].is_active = False
    desk.officers["contact"].save()
    assert client.get(link).status_code == 404


def test_the_tap_is_protected_against_forged_requests(desk, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link).status_code == 403
    strict.get(link)
    token = strict.cookies["csrftoken"].value
    assert strict.post(link, {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_lifted_warnings_notice_can_be_confirmed_too(client, story, warning, as_role, desk):
    lifted = commands.cancel(as_role("duty"), warning)
    address = reverse("warning:acknowledge", args=[links.token(story.unit(lifted), desk.officers["contact"])])
    assert "恢复正常值守" in client.get(address).content.decode()
    client.post(address)
    assert story.unit(lifted).acknowledged_at is not None
    with pytest.raises(RuleBroken):
        commands.cancel(as_role("duty"), lifted)
