"""The screens of warnings, as each person meets them."""

import io

import docx
import pypdf
import pytest
from django.urls import reverse

from fenghuo.core import cap
from fenghuo.core.access import Role
from fenghuo.desk.gather import Period, register
from fenghuo.desk.warning import commands, queries, wording
from fenghuo.desk.warning.models import Warning
from tests.conftest import NOON


def fields(desk, **changes) -> dict:
    return {
        "event": "forest_fire",
        "areas": [village.code for village in desk.villages],
        "level": "orange",
        "expires": "2026-04-04T20:00",
        "cause": "连续 17 天无雨",
        "description_zh": "火险高",
        "instruction_zh": "设卡\n清草\n值守",
        "cause_en": "",
        "description_en": "",
        "instruction_en": "",
        "channels": ["inbox"],
        "then": "save",
    } | changes


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_warning_goes_from_the_form_to_the_board_through_three_hands(browse, desk, language):
    duty = browse("duty", language)
    assert duty.get(reverse("warning:list")).status_code == 200
    assert duty.get(reverse("warning:new")).status_code == 200
    response = duty.post(reverse("warning:new"), fields(desk, then="submit"), follow=True)
    warning = Warning.objects.get()
    assert warning.state == "submitted"
    assert timely(warning.expires) == "2026-04-04 12:00"
    leader = browse("leader", language)
    page = leader.get(reverse("warning:edit", args=[warning.pk])).content.decode()
    assert reverse("warning:approve", args=[warning.pk]) in page
    leader.post(reverse("warning:approve", args=[warning.pk]))
    duty = browse("duty", language)
    page = duty.get(reverse("warning:edit", args=[warning.pk])).content.decode()
    assert (
        "签发给 2 个村 2 名联络人" if language == "zh-hans" else "Issue to 2 contacts in 2 villages"
    ) in page
    response = duty.post(reverse("warning:issue", args=[warning.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("warning:board", args=[warning.pk])
    page = response.content.decode()
    assert "<b>0</b> / 3" in page
    assert page.count('class="waiting"') == 3


def timely(moment) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def test_an_error_stands_at_its_field_and_nothing_is_stored(browse, desk):
    duty = browse("duty", "en")
    response = duty.post(
        reverse("warning:new"),
        fields(desk, areas=[], instruction_zh="1\n2\n3\n4", expires="2026-04-01T20:00"),
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Choose at least one village" in page
    assert "Keep to three lines" in page
    assert Warning.objects.count() == 0
    response = duty.post(reverse("warning:new"), fields(desk, expires="2026-04-01T20:00"))
    assert "choose a later time" in response.content.decode()


def test_the_preview_shows_every_form_of_what_is_written_and_stores_nothing(browse, desk):
    duty = browse("duty", "zh-hans")
    page = duty.post(
        reverse("warning:preview"), fields(desk, level="red", instruction_zh="设卡")
    ).content.decode()
    for words in (
        "红色预警",
        "<li>设卡</li>",
        "森林火险红色预警单",
        "石门村委会、石门林场、双泉村委会",
        "&lt;severity&gt;Extreme",
    ):
        assert words in page
    assert "<b>2 个村</b>的 <b>2 名联络人</b>" in page
    broken = duty.post(reverse("warning:preview"), {"level": "nonsense", "expires": "never"})
    assert broken.status_code == 200
    assert Warning.objects.count() == 0


def test_the_board_folds_what_is_settled_and_opens_what_was_sent(
    browse, story, work, mailboxes, clock, as_role
):
    warning = story.issued()
    work()
    commands.acknowledge(as_role("contact"), story.unit(warning))
    duty = browse("duty", "zh-hans")
    part = duty.get(reverse("warning:rows", args=[warning.pk])).content.decode()
    assert "<b>1</b> / 3" in part
    assert "13:20" in part  # the next step
    sheet = duty.get(
        reverse("warning:recipient", args=[story.unit(warning).pk]), headers={"hx-request": "true"}
    )
    assert "<html" not in sheet.content.decode()
    assert "请点开签收" in sheet.content.decode()
    answered = duty.post(
        reverse("warning:phone", args=[story.unit(warning, 1).pk]), {"name": "村会计"}, follow=True
    )
    assert "村会计" in answered.content.decode()
    assert (
        duty.post(reverse("warning:phone", args=[story.unit(warning, 2).pk]), {"name": ""}).status_code == 422
    )


def test_update_and_cancel_are_one_click(browse, story):
    first = story.issued()
    duty = browse("duty", "en")
    response = duty.post(reverse("warning:update", args=[first.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("warning:edit", args=[first.followers.get().pk])
    response = duty.post(reverse("warning:cancel", args=[first.pk]), follow=True)
    assert "Lifted" in response.content.decode()
    page = duty.get(reverse("warning:board", args=[first.pk])).content.decode()
    assert "hx-trigger" not in page or Warning.objects.get(pk=first.pk).state == "cancelled"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_is_also_handed_out_as_pdf_with_the_same_words(browse, story, language):
    warning = story.issued("red")
    suffix = "?language=en" if language == "en" else ""
    response = browse("duty").get(reverse("warning:notice_pdf", args=[warning.pk]) + suffix)
    assert response["Content-Type"] == "application/pdf" and ".pdf" in response["Content-Disposition"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    number = "云岭〔2026〕1号" if language == "zh" else "Yunling [2026] No. 1"
    assert number in text
    assert ("森林火险红色预警单" if language == "zh" else "Red warning: forest fire danger") in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_is_a_paper_with_its_number_and_what_to_do(browse, story, language):
    warning = story.issued("red")
    suffix = "?language=en" if language == "en" else ""
    response = browse("duty").get(reverse("warning:notice", args=[warning.pk]) + suffix)
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(response.content)).paragraphs)
    wanted = (
        ("云岭〔2026〕1号", "森林火险红色预警单", "石门村、双泉村", "签发：李带班", "2026年4月3日", "设卡")
        if language == "zh"
        else (
            "Yunling [2026] No. 1",
            "Red warning: forest fire danger",
            "Shimen, Shuangquan",
            "Li, leader",
            "3 April 2026",
            "Man the checkpoints",
        )
    )
    for words in wanted:
        assert words in text


def test_a_contact_reads_and_confirms_in_the_inbox_and_sees_no_other_village(browse, story, desk, work):
    theirs = story.issued("orange", areas=desk.villages[:1])
    others = story.issued("red", areas=desk.villages[1:])
    work()
    contact = browse("contact", "zh-hans")
    assert contact.get(reverse("warning:list")).url == reverse("warning:inbox")
    page = contact.get(reverse("warning:inbox")).content.decode()
    assert "橙色" in page
    assert "红色" not in page
    unit = story.unit(theirs)
    assert contact.get(reverse("warning:letter", args=[unit.pk])).status_code == 200
    contact.post(reverse("warning:letter", args=[unit.pk]))
    contact.post(reverse("warning:letter", args=[unit.pk]), {"report": "1", "text": "巡山"})
    unit.refresh_from_db()
    assert (unit.acknowledged_how, unit.report) == ("app", "巡山")
    for name, pk, status in (
        ("letter", story.unit(others, 1).pk, 404),
        ("board", theirs.pk, 403),
        ("recipient", unit.pk, 403),
        ("edit", theirs.pk, 403),
        ("notice", others.pk, 404),
    ):
        assert contact.get(reverse(f"warning:{name}", args=[pk])).status_code == status


def test_anybody_reads_what_is_published_and_a_cache_is_told_when_it_changed(client, story, clock, as_role):
    warning = story.issued()
    alert = client.get(reverse("warning:cap", args=[warning.identifier]))
    assert alert.content.decode() == warning.cap_xml
    assert alert["Content-Type"].startswith("application/cap+xml")
    feed = client.get(reverse("warning:feed"))
    assert f"/cap/{warning.identifier}.xml" in feed.content.decode()
    assert feed["Last-Modified"]
    again = client.get(reverse("warning:feed"), headers={"if-none-match": feed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(reverse("warning:feed"), headers={"if-modified-since": feed["Last-Modified"]})
    assert since.status_code == 304
    clock.forward(minutes=1)
    lifted = commands.cancel(as_role("duty"), warning)
    feed = client.get(reverse("warning:feed"), headers={"if-none-match": feed["ETag"]})
    assert feed.status_code == 200
    assert lifted.identifier in feed.content.decode()
    assert f"{warning.identifier}.xml" not in feed.content.decode()
    clock.forward(days=5)
    assert "<entry>" not in client.get(reverse("warning:feed")).content.decode()
    assert client.get(reverse("warning:cap", args=[warning.identifier])).status_code == 200
    assert cap.check(alert.content) == []


def test_a_draft_is_published_nowhere(client, story):
    story.draft()
    assert "<entry>" not in client.get(reverse("warning:feed")).content.decode()
    assert client.get(reverse("warning:cap", args=["None"])).status_code == 404


def test_home_hears_what_is_in_force_what_waits_and_for_whom(story, as_role, clock, desk):
    commands.submit(as_role("duty"), story.draft("red", areas=desk.villages[:1]))
    warning = story.issued("orange")
    [headline] = [h for h in register.all_headlines(as_role("duty")) if h.level]
    assert (headline.level, headline.figure, headline.due) == ("orange", "0 / 3", warning.due(1))
    kinds = [item.kind for item in register.all_open_items(as_role("leader"))]
    assert kinds.count("warning") == 1
    assert "acknowledgement" in kinds
    paint = register.painted(as_role("county"))
    assert {code: one.level for code, one in paint.items() if one.level} == {
        v.code: "orange" for v in desk.villages
    }
    assert [hit.title for hit in register.hits(as_role("duty"), "2026〕1")] == [
        f"{warning.headline} {warning.number_text}"
    ]
    assert register.hits(as_role("contact"), "双泉") != []


def test_the_four_figures_open_the_records_they_count(story, as_role, clock, work, desk):
    warning = story.issued("red")
    work()
    clock.forward(minutes=9)
    commands.acknowledge(as_role("contact"), story.unit(warning))
    clock.forward(minutes=2)
    work()
    commands.acknowledge(as_role("leader"), story.unit(warning, 1))
    period = Period(NOON.replace(hour=0), clock.forward(days=1))
    value = {
        key: register.fact_named(key).value(register.fact_named(key).records(as_role("duty"), period, ""))
        for key in ("warnings_issued", "deliveries_sent", "acknowledged_in_time", "escalations")
    }
    assert value == {"warnings_issued": 1, "deliveries_sent": 4, "acknowledged_in_time": 1, "escalations": 2}
    fact = register.fact_named("escalations")
    assert len(fact.records(as_role("duty"), period, desk.villages[1].code)) == 1
    assert (
        register.fact_named("warnings_issued").records(as_role("duty"), Period(clock.now, clock.now), "")
        == []
    )


def test_a_leader_who_wrote_the_warning_is_offered_no_approval(browse, desk, as_role):
    warning = commands.draft(as_role("leader"), areas=desk.villages, level="red")
    commands.submit(as_role("leader"), warning)
    page = browse("leader", "en").get(reverse("warning:edit", args=[warning.pk])).content.decode()
    assert reverse("warning:approve", args=[warning.pk]) not in page
    assert "Another leader must approve" in page


def test_a_text_message_is_counted_in_the_segments_it_is_billed_in():
    assert wording.measure("a" * 160) == wording.Length(160, 1)
    assert wording.measure("a" * 161) == wording.Length(161, 2)
    assert wording.measure("€" * 80) == wording.Length(160, 1)
    assert wording.measure("预" * 70) == wording.Length(70, 1)
    assert wording.measure("预" * 71) == wording.Length(71, 2)
    assert wording.measure("🔥") == wording.Length(2, 1)


def test_the_contacts_role_alone_fills_the_inbox(as_role, story):
    story.issued()
    assert queries.inbox(as_role(Role.CLERK)) == []
