"""The pages of hazards, used as people use them: on a phone, with files, in both languages."""

import pytest
from django.urls import reverse

from fenghuo.desk.inspection import commands
from fenghuo.desk.inspection.models import PLAN_PARTS, Hazard

from .pictures import picture


def _url(name, hazard=None):
    return reverse(f"inspection:{name}", args=[hazard.pk] if hazard else [])


def test_an_inspector_records_a_hazard_from_the_phone_and_the_unit_sees_it(desk, browse, clock):
    page = browse("inspector").get(_url("new")).content.decode()
    assert 'accept="image/*"' in page
    assert "capture" in page
    assert '<optgroup label="Shimen">' in page
    answer = browse("inspector").post(
        _url("new"),
        {
            "site": desk.sites[0].pk,
            "description": "Fire exit blocked",
            "grade": "general",
            "deadline": "2026-04-05",
            "photos": [picture(name="a.jpg"), picture(name="b.jpg")],
        },
    )
    hazard = Hazard.objects.get()
    assert answer.headers["Location"] == _url("hazard", hazard)
    assert hazard.photos.count() == 2
    assert hazard.deadline.isoformat() == "2026-04-05T15:59:00+00:00"
    assert "Fire exit blocked" in browse("responsible").get(_url("list")).content.decode()


def test_a_form_with_faults_says_each_at_its_field_and_records_nothing(desk, browse):
    answer = browse("inspector").post(
        _url("new"),
        {
            "site": desk.sites[0].pk,
            "description": "Fire exit blocked",
            "grade": "general",
            "deadline": "2026-04-01",
        },
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"deadline"}
    photo = picture(name="photo.jpg")
    photo.write(b"no picture any more")
    photo.seek(0)
    answer = browse("inspector").post(
        _url("new"),
        {"site": desk.sites[0].pk, "description": "x", "grade": "general", "photos": photo},
    )
    assert answer.context["form"].errors.keys() == {"photos"}
    assert not Hazard.objects.exists()


def test_a_unit_files_the_plan_reports_the_fix_and_another_officer_refuses_then_closes(found, browse):
    hazard = found("major")
    page = browse("responsible").get(_url("hazard", hazard)).content.decode()
    assert _url("plan", hazard) in page
    assert _url("rectify", hazard) not in page
    browse("responsible").post(_url("plan", hazard), dict.fromkeys(PLAN_PARTS, "words"))
    fix = {"note": "Cleared", "photos": picture()}
    without = browse("responsible").post(_url("rectify", hazard), {"note": "Cleared"})
    assert without.status_code == 422
    assert without.context["form"].errors.keys() == {"photos"}
    browse("responsible").post(_url("rectify", hazard), fix)
    assert browse("duty").post(_url("verify", hazard), {"passed": "no"}).status_code == 422
    browse("duty").post(_url("verify", hazard), {"passed": "no", "note": "Still blocked"})
    assert "Still blocked" in browse("responsible").get(_url("hazard", hazard)).content.decode()
    browse("responsible").post(_url("rectify", hazard), {**fix, "photos": picture()})
    browse("duty").post(_url("verify", hazard), {"passed": "yes"})
    page = browse("clerk").get(_url("list") + "?state=closed").content.decode()
    assert _url("hazard", hazard) in page


def test_what_is_not_open_to_the_caller_is_neither_offered_nor_done(found, browse, as_role):
    hazard = found()
    for role in ("duty", "contact", "clerk"):
        page = browse(role).get(_url("hazard", hazard)).content.decode()
        assert not any(_url(act, hazard) in page for act in ("plan", "rectify", "verify"))
        for act in ("plan", "rectify", "verify"):
            assert browse(role).get(_url(act, hazard)).status_code in (403, 409)
    sent = {"note": "x", "photos": picture()}
    assert browse("contact").post(_url("rectify", hazard), sent).status_code == 403
    assert browse("clerk").post(_url("verify", hazard), {"passed": "yes"}).status_code == 403
    hazard.refresh_from_db()
    assert hazard.state == "found"


def test_a_photo_is_shown_to_who_may_see_its_hazard_and_to_nobody_else(found, browse, client):
    url = reverse("inspection:photo", args=[found(site=1).photos.get().pk])
    assert client.get(url).status_code == 302
    for role, status in {"duty": 200, "county": 200, "contact": 404, "responsible": 404}.items():
        assert browse(role).get(url).status_code == status, role
    answer = browse("duty").get(url)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "private" in answer.headers["Cache-Control"]
    assert b"".join(answer).startswith(b"\xff\xd8")


def test_the_list_parts_open_overdue_and_closed_and_keeps_to_one_village(found, desk, browse, as_role, clock):
    school, warehouse = found(), found(site=1)
    browsing = browse("duty")

    def shown(**asked):
        return {row.pk for row in browsing.get(_url("list"), asked).context["page"]}

    assert shown() == {school.pk, warehouse.pk}
    assert shown(village=desk.villages[1].code) == {warehouse.pk}
    assert shown(state="overdue") == set() == shown(state="closed")
    clock.forward(days=9)
    assert shown(state="overdue") == {school.pk, warehouse.pk}
    commands.rectify(as_role("responsible"), school, note="x", pictures=[picture()])
    commands.verify(as_role("duty"), school, passed=True)
    assert shown(state="closed") == {school.pk}
    assert shown(state="overdue") == {warehouse.pk}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_a_hazard_speaks_one_language(language, found, browse, as_role, clock):
    hazard = found("major", description="7")
    commands.file_plan(as_role("responsible"), hazard, dict.fromkeys(PLAN_PARTS, "7"))
    visits = [("responsible", "rectify"), ("responsible", "plan"), ("duty", "hazard")]
    pages = [browse(role, language).get(_url(name, hazard)) for role, name in visits]
    commands.rectify(as_role("responsible"), hazard, note="7", pictures=[picture()])
    pages += [browse("duty", language).get(_url("verify", hazard))]
    pages += [browse("inspector", language).get(_url("new")), browse("duty", language).get(_url("list"))]
    words = {
        "zh-hans": ["整改后照片", "治理的目标和任务", "责任链", "复查结果", "整改期限", "待复查"],
        "en": ["Photo of the rectified", "Goals and tasks", "Responsibility chain", "What you found",
               "To be rectified by", "awaiting verification"],
    }  # fmt: skip
    for page, word in zip(pages, words[language], strict=True):
        assert page.status_code == 200
        assert word in page.content.decode()
