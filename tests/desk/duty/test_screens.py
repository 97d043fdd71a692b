"""The screens of duty: the day, the roster, the log that is written without a reload, the handover."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fenghuo.core.access import Role
from fenghuo.desk.duty import commands, queries


@pytest.fixture
def shift(desk, as_role, clock):
    return commands.set_shift(
        as_role("clerk"),
        area=desk.township,
        start=clock.now - timedelta(hours=5),
        end=clock.now + timedelta(hours=7),
        leader=desk.officers[Role.LEADER],
        officers=[desk.officers[Role.DUTY]],
    )


def test_the_day_names_who_is_on_with_a_button_to_call_them(browse, shift):
    page = browse("duty").get(reverse("duty:day")).content.decode()
    assert page.index("Li, leader") < page.index("Wang, duty officer", page.index("Li, leader"))
    assert 'href="tel:00000000001"' in page
    assert 'data-shortcut="log"' in page
    page = browse("county", "zh-hans").get(reverse("duty:day")).content.decode()
    assert "李带班" in page
    assert 'data-shortcut="log"' not in page


def test_a_line_is_added_with_and_without_htmx(browse, shift):
    screen = browse("duty")
    plain = screen.post(reverse("duty:log"), {"text": "县局来电"})
    assert plain.url == reverse("duty:day")
    part = screen.post(reverse("duty:log"), {"text": "护林员报平安"}, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert text.index("护林员报平安") < text.index("县局来电")
    assert "<html" not in text
    tail = screen.post(
        reverse("duty:log"), {"text": "交通恢复", "show": "tail"}, headers={"HX-Request": "true"}
    )
    assert b'id="log-tail"' in tail.content
    assert screen.get(reverse("duty:log")).status_code == 405


def test_a_struck_line_stays_on_the_page(browse, as_role, shift):
    entry = commands.add_log(as_role("duty"), "风力 4 级")
    screen = browse("leader")
    screen.post(reverse("duty:correct", args=[entry.pk]), {"text": "风力 6 级"})
    page = screen.get(reverse("duty:day")).content.decode()
    assert "<s>风力 4 级</s>" in page
    assert "风力 6 级" in page


def test_the_roster_is_edited_by_the_office_and_says_what_overlaps_at_its_field(browse, desk, as_role, shift):
    screen = browse("clerk")
    form = {
        "first_day": "2026-04-03",
        "start": "19:00",
        "last_day": "2026-04-04",
        "end": "08:00",
        "leader": desk.officers[Role.LEADER].pk,
        "officer": desk.officers[Role.DUTY].pk,
    }
    refused = screen.post(reverse("duty:shift_new"), form)
    assert refused.status_code == 422
    assert "Li, leader already leads" in refused.context["form"].errors["start"][0]
    kept = screen.post(reverse("duty:shift_new"), {**form, "start": "20:00"})
    assert kept.status_code == 302
    assert queries.shifts(as_role("clerk")).count() == 2
    page = browse("inspector").get(reverse("duty:roster")).content.decode()
    assert "Mon 00:00 – Fri 08:00: no one" in page
    assert "Sat 08:00 – Mon 00:00: no one" in page
    assert "Enter a shift" not in page
    assert browse("inspector").get(reverse("duty:shift_new")).status_code == 403
    assert browse("contact").get(reverse("duty:roster")).status_code == 403


def test_a_week_is_copied_from_the_page_and_a_full_week_is_not_copied_twice(browse, desk, as_role, shift):
    screen = browse("clerk")
    week = {"week": "2026-04-06", "area": desk.township.code}
    page = screen.post(reverse("duty:copy_week"), week, follow=True).content.decode()
    assert "1 shift copied." in page
    again = screen.post(
        reverse("duty:copy_week"), week, headers={"Referer": f"http://testserver{reverse('duty:roster')}"}
    )
    assert again.status_code == 302
    assert "Nothing was copied" in screen.get(again.url).content.decode()


def test_a_handover_is_signed_and_confirmed_on_its_page(browse, as_role, shift):
    giver = browse("duty", "zh-hans")
    page = giver.get(reverse("duty:handover")).content.decode()
    assert "签字交班" in page
    giver.post(reverse("duty:handover"), {"note": "夜间风大"})
    handover = queries.handovers(as_role("duty")).get()
    assert "夜间风大" in giver.get(reverse("duty:handed_over", args=[handover.pk])).content.decode()
    taker = browse("leader", "zh-hans")
    assert "确认接班" in taker.get(reverse("duty:handover")).content.decode()
    taker.post(reverse("duty:take_over", args=[handover.pk]))
    handover.refresh_from_db()
    assert handover.taken_by.username == "leader"


def test_the_gap_is_named_in_both_languages(browse, shift):
    english = browse("duty").get(reverse("duty:roster")).content.decode()
    assert "Fri 20:00 – Mon 00:00: no one" in english
    chinese = browse("duty", "zh-hans").get(reverse("duty:roster")).content.decode()
    assert "周五 20:00 – 周一 00:00 无人值班" in chinese
