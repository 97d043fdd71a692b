"""What the JSON API refuses, and how it says so."""

import pytest
from django.test import Client

from fenghuo.core.access import Role
from fenghuo.desk.officers.models import Token

ROOT = "/api/v1"


def test_the_wrong_role_is_told_so_and_changes_nothing(desk, holds, issued):
    warning = issued()
    duty, contact, clerk = holds("duty"), holds("contact"), holds("clerk")
    path = f"/warnings/{warning['id']}"
    assert contact.post("/warnings", areas=[desk.villages[0].code], level="red")[0] == 403
    assert contact.get(f"{path}/board")[0] == 403
    assert contact.get("/officers")[0] == contact.get("/journal")[0] == contact.get("/duty/log")[0] == 403
    assert clerk.post(f"{path}/cancel")[0] == 403
    assert holds("inspector").post("/duty/log", text="巡查")[0] == 403
    status, refusal = duty.post(f"{path}/approve")
    assert status == 403 and "warning.approve" in refusal["detail"]
    assert duty.get(path)[1]["in_force"]


def test_only_a_live_token_opens_the_api(desk, holds, clock, browse):
    duty = holds("duty")
    assert duty.get("/warnings")[0] == 200
    Token.objects.update(revoked_at=clock.now)
    status, refusal = duty.get("/warnings")
    assert status == 401 and "Bearer" in refusal["detail"]
    for token in ("fh_unknown", "", "fh_\u00fc", "x" * 5000):
        client = Client(headers={"authorization": f"Bearer {token}"})
        assert client.get(f"{ROOT}/warnings").status_code == 401

    signed_in = browse("leader")
    answer = signed_in.get(f"{ROOT}/warnings")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert (
        signed_in.post(f"{ROOT}/duty/log", {"text": "x"}, content_type="application/json").status_code == 401
    )

    token = holds("duty")
    officer = desk.officers[Role.DUTY]
    officer.is_active = False
    officer.save()
    assert token.get("/warnings")[0] == 401


@pytest.mark.parametrize(("language", "word"), [("en", "submitted"), ("zh-CN", "送审")])
def test_a_broken_rule_comes_back_as_a_sentence_in_the_callers_language(desk, holds, language, word):
    duty, leader = holds("duty"), holds("leader", language)
    _, draft = duty.post("/warnings", areas=[desk.villages[0].code], level="red")
    status, refusal = leader.post(f"/warnings/{draft['id']}/approve")
    assert status == 409 and word in refusal["detail"] and refusal["field"] is None
    duty.post(f"/warnings/{draft['id']}/submit")
    status, refusal = leader.post(f"/warnings/{draft['id']}/send-back", reason="  ")
    assert (status, refusal["field"]) == (409, "reason")


SHIFT = {"area": "110199100", "leader": 1, "officers": [1], "end": "2026-04-05T08:00:00+08:00"}
INCIDENT = {"area": "110199100201", "kind": "fire", "what_happened": "x"}
WARNING = {"areas": ["110199100201"], "level": "red"}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/duty/log", {"text": "a\x00b"}, "text"),
        ("/duty/log", {"text": "\x1b[31m"}, "text"),
        ("/duty/log", {"text": "字" * 1001}, "text"),
        ("/duty/log", {}, "text"),
        ("/duty/log", {"text": ["x"]}, "text"),
        ("/duty/shifts", {**SHIFT, "start": "2026-04-04T08:00:00"}, "start"),
        ("/duty/shifts", {**SHIFT, "start": 1775260800}, "start"),
        ("/duty/shifts", {**SHIFT, "start": "0001-01-01T00:00:00+14:00"}, "start"),
        ("/duty/shifts", {**SHIFT, "start": "9999-12-31T23:59:59-12:00"}, "start"),
        ("/duty/shifts", {**SHIFT, "start": "2026-04-04T08:00:00Z", "leader": 10**30}, "leader"),
        ("/duty/roster", {"area": "110199100", "week": "2026-02-30"}, "week"),
        ("/incidents", {**INCIDENT, "deaths": -1}, "deaths"),
        ("/incidents", {**INCIDENT, "deaths": 2**40}, "deaths"),
        ("/incidents", {**INCIDENT, "burned_area_ha": "NaN"}, "burned_area_ha"),
        ("/incidents", {**INCIDENT, "direct_loss_yuan": 1e300}, "direct_loss_yuan"),
        ("/incidents", {**INCIDENT, "kind": "arson"}, "kind"),
        ("/incidents", {**INCIDENT, "area": "1101\u0000"}, "area"),
        ("/warnings", {**WARNING, "areas": []}, "areas"),
        ("/warnings", {**WARNING, "valid_hours": 10**12}, "valid_hours"),
        ("/warnings", {**WARNING, "areas": ["石门"]}, "areas.0"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_field_it_stands_in(holds, path, body, field):
    status, refusal = holds("duty").post(path, **body)
    assert (status, refusal["field"]) == (422, field), refusal
    assert refusal["detail"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_naive_time_is_refused_in_words(holds, language):
    _, refusal = holds("duty", language).post("/duty/shifts", **SHIFT, start="2026-04-04T08:00:00")
    assert "+08:00" in refusal["detail"] and ("时区" in refusal["detail"]) == (language != "en")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"text": "\\ud800"}', "application/json", 422),
        (b'{"text": NaN}', "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe{", "application/json", 400),
        (b"{", "application/json", 400),
        (b'["text"]', "application/json", 422),
        (b'{"text": 1' + b"0" * 5000 + b"}", "application/json", 400),
        (b"", "application/json", 422),
        (b'{"text": "' + b"x" * 21_000_000 + b'"}', "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(holds, body, content_type, status):
    found, refusal = holds("duty").raw("/duty/log", body, content_type)
    assert (found, bool(refusal["detail"])) == (status, True)


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data", "multipart/form-data; boundary=\xb0", "text/plain"]
)
def test_a_form_that_cannot_be_read_is_refused(holds, content_type):
    status, refusal = holds("duty").raw("/hazards", b"--x\r\nnonsense", content_type)
    assert status in (400, 422) and refusal["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/warnings/99999999999999999999999",
        "/warnings/-1",
        "/warnings/one",
        "/warnings?limit=201",
        "/warnings?offset=99999999999999999999",
        "/warnings?level=purple",
        "/journal?day=0001-01-01",
        "/journal?act=%00",
        "/hazards?village=%00",
        "/summary/figures?area=%00",
        "/summary/figures/%00",
        "/duty/roster?week=9999-12-31",
        "/danger/areas/%F0%9F%94%A5/history",
    ],
)
def test_an_address_that_makes_no_sense_is_refused(holds, path):
    status, refusal = holds("duty").get(path)
    assert status == 422 and refusal["detail"]


def test_nothing_at_an_address_is_said_in_json(holds):
    for path in ("/nowhere", "/warnings/", "/warnings/1/", "/places/areas/a/b"):
        assert holds("duty").get(path)[0] == 404
