"""Home: what matters now, who is on, what runs out, for the office and for those without a desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fenghuo.core.access import Role
from fenghuo.desk.duty import commands as duty
from fenghuo.desk.gather import AreaPaint, Headline, OpenItem, register

LIVE = {"HX-Request": "true"}


class Offers:
    """What an app would offer home, under the test's hand."""

    def __init__(self):
        self.headlines: list[Headline] = []
        self.items: list[OpenItem] = []
        self.paint: dict[str, AreaPaint] = {}


@pytest.fixture
def offers(monkeypatch) -> Offers:
    """A register in which nobody but the test offers anything."""
    kept = Offers()
    monkeypatch.setattr(register, "_headlines", [lambda caller: kept.headlines])
    monkeypatch.setattr(register, "_open_items", [lambda caller: kept.items])
    monkeypatch.setattr(register, "_paint", [lambda caller: kept.paint])
    return kept


def waiting(clock, *minutes: int) -> list[OpenItem]:
    return [
        OpenItem(
            "report", f"Report {n}", f"/r/{n}/", clock.now + timedelta(minutes=n), clause="Art. 9, 1 hour"
        )
        for n in minutes
    ]


def test_a_quiet_desk_says_that_nothing_is_in_force(offers, browse):
    page = browse("duty").get("/")
    assert "No warning in force" in page.text and "No clock is running" in page.text


def test_the_band_shows_the_most_pressing_headline_and_names_the_others(offers, browse, clock):
    offers.headlines = [
        Headline("yellow", "Yellow until tonight", "/w/1/", "Open the board"),
        Headline(
            "red", "Red until Tuesday", "/w/2/", "Open the board", figure="39 / 42", detail="3 unanswered"
        ),
    ]
    page = browse("duty").get("/").text
    assert 'class="band level-red"' in page and "<b>39</b> / 42" in page
    assert page.index("Red until Tuesday") < page.index("Yellow until tonight")


def test_the_soonest_clock_comes_first_and_an_overdue_one_is_said_in_words(offers, browse, clock):
    offers.items = waiting(clock, 41, -125, 300)
    page = browse("duty").get("/").text
    assert page.index("Report -125") < page.index("Report 41") < page.index("Report 300")
    assert "2 hours over" in page and "00:41" in page and "Art. 9, 1 hour" in page


def test_six_clocks_are_shown_and_all_of_them_on_request(offers, browse, clock):
    offers.items = waiting(clock, *range(1, 10))
    client = browse("duty")
    page = client.get("/").text
    assert "Report 6" in page and "Report 7" not in page and "All 9" in page
    assert "Report 9" in client.get("/?all=1").text


def test_an_item_without_a_term_stands_last(offers, browse, clock):
    offers.items = [OpenItem("task", "Some day", "/t/", None), *waiting(clock, 5)]
    page = browse("duty").get("/").text
    assert page.index("Report 5") < page.index("Some day") and "no term" in page


def test_the_map_is_painted_and_opens_with_the_village_in_most_danger(offers, browse, desk):
    shimen, shuangquan = desk.villages
    offers.paint = {
        shimen.code: AreaPaint(rating=3, url="/a/1/", why="Mild."),
        shuangquan.code: AreaPaint(rating=5, level="orange", url="/a/2/", why="17 days without rain."),
    }
    page = browse("duty").get("/").text
    assert "fmap-r3" in page and "fmap-r5" in page and "fmap-hatched" in page
    assert "17 days without rain." in page and 'href="/a/2/"' in page and "Mild." not in page


def test_who_is_on_duty_can_be_called_and_a_line_added_to_the_log_without_javascript(
    offers, browse, desk, as_role, clock
):
    start = as_role("duty").now - timedelta(hours=1)
    duty.set_shift(
        as_role("clerk"),
        area=desk.township,
        start=start,
        end=start + timedelta(hours=12),
        leader=desk.officers[Role.LEADER],
        officers=[desk.officers[Role.DUTY]],
    )
    client = browse("duty")
    page = client.get("/").text
    assert "Li, leader" in page and "Wang, duty officer" in page and 'href="tel:00000000001"' in page
    clock.forward(minutes=1)
    answer = client.post(
        reverse("duty:log"), {"text": "Smoke seen, it was mist.", "show": "tail"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/"
    assert "it was mist" in answer.text


def test_what_changes_by_itself_is_sent_only_when_it_has_changed(offers, browse, clock):
    offers.items = waiting(clock, 30)
    client = browse("duty")
    was = client.get("/").context["was"]
    assert client.get(reverse("live"), {"was": was}, headers=LIVE).status_code == 204
    clock.forward(minutes=5)
    assert client.get(reverse("live"), {"was": was}, headers=LIVE).status_code == 204
    offers.headlines = [Headline("orange", "Orange now", "/w/1/", "Open the board")]
    fresh = client.get(reverse("live"), {"was": was}, headers=LIVE)
    assert fresh.status_code == 200 and "<html" not in fresh.text
    assert "Orange now" in fresh.text and 'id="clocks" hx-swap-oob="true"' in fresh.text


def test_a_page_left_open_after_signing_out_is_reloaded_and_gets_no_login_form_in_its_band(offers, browse):
    client = browse("duty")
    client.logout()
    answer = client.get(reverse("live"), headers=LIVE)
    assert answer["HX-Refresh"] == "true" and not answer.content


@pytest.mark.parametrize("role", ["contact", "responsible"])
def test_who_has_no_desk_sees_what_waits_for_them_first_and_no_log(offers, browse, clock, role):
    offers.headlines = [Headline("orange", "Orange for Shimen", "/w/1/", "Acknowledge")]
    offers.items = waiting(clock, 12)
    page = browse(role).get("/").text
    assert page.index("Orange for Shimen") < page.index("Report 12")
    assert "fmap" not in page and "log-tail" not in page


@pytest.mark.parametrize("role", ["duty", "leader", "clerk", "inspector", "county", "contact", "responsible"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_home_stands_for_every_role_in_both_languages_with_what_the_apps_really_offer(browse, role, language):
    assert browse(role, language).get("/").status_code == 200
    assert browse(role, language).get(reverse("live"), headers=LIVE).status_code == 200


def test_the_public_is_asked_to_sign_in(desk, client):
    assert client.get("/").status_code == 302
