"""The screens of incidents, as a contact with a phone and the desk use them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fenghuo.core.access import Role
from fenghuo.desk.duty import commands as duty
from fenghuo.desk.incident import commands, queries


@pytest.fixture
def on_duty(desk, as_role, clock):
    return duty.set_shift(
        as_role("clerk"),
        area=desk.township,
        start=clock.now - timedelta(hours=1),
        end=clock.now + timedelta(hours=20),
        leader=desk.officers[Role.LEADER],
        officers=[desk.officers[Role.DUTY]],
    )


def test_a_contact_reports_with_one_sentence_and_what_the_form_filled_in(
    browse, desk, as_role, on_duty, clock
):
    phone = browse("contact")
    page = phone.get(reverse("incident:new"))
    assert b'href="tel:00000000001"' in page.content
    form = page.context["form"]
    filled = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in filled.items() if value is not None and value is not False}
    given |= {"happened_at": "2026-04-03T12:50", "known_at": "2026-04-03T12:55", "what_happened": "路边冒烟"}
    answer = phone.post(reverse("incident:new"), given)
    made = queries.incidents(as_role("contact")).get()
    assert answer.url == reverse("incident:detail", args=[made.pk])
    assert (made.area, made.kind, made.deaths) == (desk.villages[0], "forest_fire", 0)
    assert made.known_at == clock.now - timedelta(minutes=5)
    assert b"File with the county" not in phone.get(answer.url).content


def test_a_form_keeps_what_was_written_and_says_what_is_wrong_beside_the_field(browse, desk):
    answer = browse("contact").post(
        reverse("incident:new"),
        {"kind": "fire", "area": desk.villages[0].code, "place": "村口", "known_at": "2026-04-03T14:00"},
    )
    assert answer.status_code == 422
    assert answer.context["form"]["place"].value() == "村口"
    assert "Write what happened in one sentence." in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "clause", "late"),
    [
        ("en", "(State Council Order 493), Art. 9", "12 minutes late"),
        ("zh-hans", "（国务院令第493号）第九条", "迟报 12 分钟"),
    ],
)
def test_the_desk_files_the_report_and_the_page_says_how_late_under_which_clause(
    browse, desk, as_role, clock, on_duty, language, clause, late
):
    made = commands.report(as_role("contact"), area=desk.villages[0], kind="fire", what_happened="起火")
    clock.forward(minutes=72)
    screen = browse("duty", language)
    page = screen.get(reverse("incident:detail", args=[made.pk])).content.decode()
    assert clause in page
    assert late not in page
    file = reverse("incident:file", args=[made.first_report.pk])
    assert clause in screen.get(file).content.decode()
    assert screen.post(file, {"means": "phone", "to": ""}).status_code == 422
    page = screen.post(file, {"means": "phone", "to": "县值班室"}, follow=True).content.decode()
    assert late in page
    listing = screen.get(reverse("incident:list")).content.decode()
    assert late in listing


def test_a_follow_up_and_the_final_report_go_through_their_forms(browse, desk, as_role):
    made = commands.report(as_role("contact"), area=desk.villages[0], kind="fire", what_happened="起火")
    commands.file(as_role("duty"), made.first_report, means="phone", to="县")
    screen = browse("duty")
    figures = {"deaths": 0, "serious_injuries": 2, "missing": 0, "direct_loss_yuan": "6000"}
    screen.post(reverse("incident:follow_up", args=[made.pk]), {"text": "两人重伤", **figures})
    screen.post(reverse("incident:finish", args=[made.pk]), {"text": "已扑灭", **figures})
    page = screen.get(reverse("incident:detail", args=[made.pk])).content.decode()
    assert "final report made" in page
    assert "Follow-up report" not in page.split("<main")[1].split("</h1>")[1].split("What is known")[0]
    assert screen.get(reverse("incident:finish", args=[made.pk])).status_code == 404
    assert queries.incident(as_role("duty"), made.pk).serious_injuries == 2


def test_who_may_not_see_an_incident_finds_no_page(browse, desk, as_role, client):
    made = commands.report(as_role("duty"), area=desk.villages[1], kind="fire", what_happened="起火")
    for role in ("contact", "county", "responsible"):
        assert browse(role).get(reverse("incident:detail", args=[made.pk])).status_code == 404
    assert browse("county").get(reverse("incident:new")).status_code == 403
    assert browse("contact").get(reverse("incident:file", args=[made.first_report.pk])).status_code == 403
