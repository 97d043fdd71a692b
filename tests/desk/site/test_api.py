"""The JSON API: the desk's work through tokens alone."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fenghuo.core.access import Role
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.officers import identity
from tests.desk.inspection.pictures import picture

ROOT = "/api/v1"


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture().read(), "image/jpeg")


def test_a_warning_goes_from_draft_to_acknowledged_through_the_api_alone(desk, holds, clock):
    duty, leader, contact = holds("duty"), holds("leader"), holds("contact")
    _, draft = duty.post(
        "/warnings", areas=[village.code for village in desk.villages], level="yellow", cause="风大。"
    )
    assert (draft["state"], draft["number"], draft["in_force"]) == ("draft", "", False)

    path = f"/warnings/{draft['id']}"
    status, edited = duty.patch(path, level="orange", expires="2026-04-04T20:00:00+08:00")
    assert (status, edited["level"], edited["cause"]) == (200, "orange", "风大。")
    assert edited["expires"] == "2026-04-04T12:00:00Z"
    assert duty.post(f"{path}/submit")[1]["state"] == "submitted"
    assert leader.post(f"{path}/send-back", reason="写明时间")[1]["send_back_reason"] == "写明时间"
    assert duty.post(f"{path}/submit")[1]["state"] == "submitted"
    assert leader.post(f"{path}/approve")[1]["approved_by"]["name"] == "Li, leader"
    _, warning = duty.post(f"{path}/issue")
    assert warning["in_force"] and warning["identifier"]

    _, inbox = contact.get("/warnings/inbox")
    assert [letter["warning"]["id"] for letter in inbox["items"]] == [draft["id"]]
    clock.forward(minutes=4)
    mine = inbox["items"][0]["recipient"]["id"]
    status, answer = contact.post(f"/warnings/recipients/{mine}/acknowledge")
    assert (status, answer["how"]) == (200, "app")
    assert contact.post(f"/warnings/recipients/{mine}/report-back", text="已敲锣")[1]["report"] == "已敲锣"

    _, board = duty.get(f"{path}/board")
    assert (board["answered"], board["total"], board["reports"], board["median_minutes"]) == (1, 3, 1, 4)
    settled = [row for row in board["rows"] if row["recipient"]["acknowledged_at"]]
    assert [(row["recipient"]["id"], row["minutes"]) for row in settled] == [(mine, 4)]

    other = next(row["recipient"]["id"] for row in board["rows"] if row["recipient"]["id"] != mine)
    assert duty.post(f"/warnings/recipients/{other}/phone-answer", name="赵")[1]["how"] == "phone"
    assert duty.get(f"{path}/board")[1]["answered"] == 2

    _, lifted = duty.post(f"{path}/cancel")
    assert (lifted["kind"], lifted["original"]) == ("Cancel", draft["id"])
    assert duty.get(path)[1]["state"] == "cancelled"


def test_a_contact_gets_what_concerns_its_own_village_and_nothing_else(desk, holds, issued):
    shimen, shuangquan = desk.villages
    ours, theirs = issued([shimen]), issued([shuangquan])
    duty, contact = holds("duty"), holds("contact")
    duty.post("/warnings", areas=[shimen.code], level="red")

    _, listed = contact.get("/warnings")
    assert [each["id"] for each in listed["items"]] == [ours["id"]]
    assert contact.get(f"/warnings/{theirs['id']}")[0] == 404
    rows = duty.get(f"/warnings/{theirs['id']}/board")[1]["rows"]
    assert contact.post(f"/warnings/recipients/{rows[0]['recipient']['id']}/acknowledge")[0] == 404
    assert [area["code"] for area in contact.get("/places/areas")[1]["items"]] == [shimen.code]

    for holder, village in ((contact, shimen), (holds(desk.other_contact), shuangquan)):
        status, made = holder.post(
            "/incidents", area=village.code, kind="forest_fire", what_happened="山坡起火", deaths=0
        )
        assert status == 201
    assert contact.get(f"/incidents/{made['incident']['id']}")[0] == 404
    assert contact.get("/incidents")[1]["count"] == 1
    assert contact.post("/incidents", area=shuangquan.code, kind="other", what_happened="…")[0] == 404


def test_the_leader_cannot_approve_what_the_leader_wrote(desk, holds):
    leader = holds("leader")
    _, draft = leader.post("/warnings", areas=[desk.villages[0].code], level="red")
    assert leader.post(f"/warnings/{draft['id']}/submit")[0] == 200
    assert leader.post(f"/warnings/{draft['id']}/approve")[0] == 409


def test_a_hazard_is_found_rectified_with_a_photo_and_closed_by_another(desk, holds):
    inspector, responsible = holds("inspector"), holds("responsible")
    status, found = inspector.upload(
        "/hazards", site=desk.sites[0].pk, description="灭火器过期", grade="general", photos=[photo()]
    )
    assert status == 201 and found["hazard"]["state"] == "found"
    path = f"/hazards/{found['hazard']['id']}"
    shown = found["chain"][0]["photos"][0]["href"]
    assert responsible.client.get(shown)["Content-Type"] == "image/jpeg"
    assert holds(desk.other_contact).client.get(shown).status_code == 404
    assert Client().get(shown).status_code == 401

    status, refusal = responsible.upload(f"{path}/rectify", note="已更换")
    assert (status, refusal["field"]) == (409, "photos")
    fake = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    assert responsible.upload(f"{path}/rectify", note="已更换", photos=[fake])[0] == 409
    status, done = responsible.upload(f"{path}/rectify", note="已更换", photos=[photo(), photo("2.jpg")])
    assert status == 200 and done["hazard"]["state"] == "rectified" and not done["possible"]["verify"]
    assert responsible.upload(f"{path}/verify", passed=True)[0] == 403

    status, closed = holds("duty").upload(f"{path}/verify", passed=True, note="现场核实")
    assert status == 200 and closed["hazard"]["state"] == "closed"
    assert [link["kind"] for link in closed["chain"]] == ["found", "rectified", "closed"]
    assert inspector.get("/hazards", state="closed")[1]["count"] == 1


def test_a_major_hazard_needs_its_plan(desk, holds):
    _, found = holds("inspector").upload(
        "/hazards",
        site=desk.sites[0].pk,
        description="通道堵塞",
        grade="major",
        deadline="2026-05-01T18:00:00+08:00",
    )
    assert found["hazard"]["deadline"] == "2026-05-01T10:00:00Z"
    responsible, path = holds("responsible"), f"/hazards/{found['hazard']['id']}"
    assert responsible.upload(f"{path}/rectify", note="x", photos=[photo()])[0] == 409
    six = dict.fromkeys(("goals", "methods", "funds", "people", "time_limit", "safety"), "一")
    status, planned = responsible.put(f"{path}/plan", **six)
    assert (status, planned["plan"]) == (200, six)


def test_the_county_sees_an_incident_once_its_first_report_was_filed(desk, holds, clock):
    duty, county = holds("duty"), holds("county")
    _, made = holds("contact").post(
        "/incidents",
        area=desk.villages[0].code,
        kind="forest_fire",
        what_happened="北坡起火",
        burned_area_ha=1.5,
        happened_at="2026-04-03T12:50:00+08:00",
    )
    first, path = made["reports"][0], f"/incidents/{made['incident']['id']}"
    assert first["due"] == "2026-04-03T06:00:00Z" and made["grade"]["clause"]
    assert county.get(path)[0] == 404 and county.get("/incidents", state="all")[1]["count"] == 0

    clock.forward(minutes=70)
    status, filing = duty.post(f"/incidents/reports/{first['id']}/filing", means="phone", to="县值班室")
    assert status == 201 and filing["due"] == "2026-04-03T06:00:00Z"
    assert county.get(path)[1]["reports"][0]["minutes_late"] == 10

    status, later = duty.post(f"{path}/follow-up", text="明火已灭", serious_injuries=1)
    assert status == 201
    cost = later["incident"]["figures"]
    assert (cost["serious_injuries"], cost["burned_area_ha"]) == (1, 1.5)
    assert duty.post(f"{path}/final", text="已处置")[0] == 201
    assert duty.post(f"{path}/follow-up", text="又")[0] == 409


def test_the_roster_and_the_log_are_kept_through_the_api(desk, holds):
    duty, people = holds("duty"), desk.officers
    shift = {
        "area": desk.township.code,
        "start": "2026-04-03T08:00:00+08:00",
        "end": "2026-04-04T08:00:00+08:00",
        "leader": people[Role.LEADER].pk,
        "officers": [people[Role.DUTY].pk],
    }
    status, made = duty.post("/duty/shifts", **shift)
    assert status == 201 and made["leader"]["name"] == "Li, leader"
    assert duty.post("/duty/shifts", **shift)[0] == 409
    assert duty.post("/duty/shifts", **{**shift, "leader": people[Role.CONTACT].pk})[0] == 404
    assert duty.put(f"/duty/shifts/{made['id']}", **{**shift, "end": "2026-04-04T09:00:00+08:00"})[0] == 200
    assert holds("contact").get("/duty/now")[1]["now"]["officers"][0]["phone"] == "000 0000 0001"
    week = duty.get("/duty/roster", week="2026-04-05")[1]
    assert week["monday"] == "2026-03-30" and len(week["days"]) == 7 and week["days"][4]["shifts"]
    status, copied = duty.post("/duty/roster", area=desk.township.code, week="2026-04-08")
    assert status == 201 and copied[0]["start"] == "2026-04-10T00:00:00Z"
    assert duty.client.delete(f"{ROOT}/duty/shifts/{copied[0]['id']}").status_code == 204
    assert duty.client.delete(f"{ROOT}/duty/shifts/{made['id']}").status_code == 409

    _, line = duty.post("/duty/log", text="巡山一次")
    assert duty.post(f"/duty/log/{line['id']}/correction", text="巡山两次")[1]["corrects"] == line["id"]
    struck = [each for each in duty.get("/duty/log")[1]["items"] if each["entry"] == line["id"]]
    assert struck[0]["struck_by"]
    status, handover = duty.post("/duty/handovers", note="注意北坡")
    assert status == 201 and handover["shift"] == made["id"]
    assert duty.post(f"/duty/handovers/{handover['id']}/take-over")[0] == 409


def test_a_figure_opens_the_records_that_make_it_and_holds_under_its_seal(desk, holds, issued):
    warning, clerk = issued(), holds("clerk")
    days = {"from": "2026-04-01", "to": "2026-04-30"}
    _, told = clerk.get("/summary/figures", **days)
    assert {figure["key"]: figure["value"] for figure in told["figures"]}["warnings_issued"] == 1
    _, opened = clerk.get("/summary/figures/warnings_issued", **days)
    assert [record["key"] for record in opened["records"]["items"]] == [f"warning:{warning['id']}"]
    assert clerk.get("/summary/figures/no_such_figure")[0] == 404
    assert clerk.get("/summary/figures", **{"from": "2026-05-01", "to": "2026-04-01"})[0] == 409
    assert clerk.get("/summary/figures", area="999999999")[0] == 404

    _, sealed = clerk.post("/summary/sealed", title="四月", area=desk.township.code, **days)
    assert clerk.get(f"/summary/sealed/{sealed['id']}")[1]["holds"]
    issued([desk.villages[0]], level="red")
    _, verdict = clerk.get(f"/summary/sealed/{sealed['id']}")
    assert [check["key"] for check in verdict["checks"] if check["added"]][:1] == ["warnings_issued"]


def test_the_journal_is_paged_and_verified(desk, holds, issued):
    warning, leader = issued(), holds("leader")
    _, history = leader.get("/journal", subject=f"warning:{warning['id']}")
    assert [entry["act"] for entry in history["items"]] == [
        "warning.issued",
        "warning.approved",
        "warning.submitted",
        "warning.drafted",
    ]
    assert {entry["via"] for entry in history["items"]} == {"api"}
    _, first = leader.get("/journal", limit=2)
    _, second = leader.get("/journal", limit=2, offset=2)
    seqs = [entry["seq"] for entry in first["items"] + second["items"]]
    assert seqs == list(range(seqs[0], seqs[0] - 4, -1)) and first["count"] > len(seqs)
    assert leader.get(f"/journal/{seqs[0]}")[1] == first["items"][0]
    assert leader.post("/journal/verify")[1] == {
        "holds": True,
        "entries": seqs[0],
        "faults": [],
        "more": False,
    }


def test_officers_are_listed_by_name_and_office_alone(desk, holds):
    _, listed = holds("clerk").get("/officers", role="contact")
    assert {each["name"] for each in listed["items"]} == {"Sun, contact", "Qian, contact", "Zhou, contact"}
    assert set(listed["items"][0]) == {"id", "name", "role", "area", "unit", "rung"}


def test_the_notice_comes_as_a_document(holds, issued):
    warning = issued()
    answer = holds("contact").client.get(f"{ROOT}/warnings/{warning['id']}/notice", {"language": "en"})
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    printed = holds("contact").client.get(f"{ROOT}/warnings/{warning['id']}/notice", {"form": "pdf"})
    assert printed["Content-Type"] == "application/pdf" and printed.content[:4] == b"%PDF"
    assert (
        holds("contact").client.get(f"{ROOT}/warnings/{warning['id']}/notice", {"form": "odt"}).status_code
        == 422
    )


def test_weather_comes_in_by_file_and_says_what_it_did_not_take(desk, holds, clock):
    danger.add_station(
        identity.program(clock.now),
        code="S1",
        name="石门",
        area=desk.villages[0],
        latitude=40.3,
        longitude=116.6,
    )
    duty = holds("duty")
    assert [station["code"] for station in duty.get("/danger/stations")[1]] == ["S1"]

    def file(*rows: str) -> SimpleUploadedFile:
        head = "date,temperature_C,relative_humidity_%,wind_speed_km/h,rain_mm"
        return SimpleUploadedFile("station.csv", "\n".join([head, *rows]).encode())

    good, bad = "2026-04-02,20,30,15,0", "2026-04-03,20,300,15,0"
    status, told = duty.upload("/danger/weather", station="S1", file=file(good, bad))
    assert (status, told["done"], told["new"]) == (200, False, 0)
    assert told["findings"][0]["place"]["row"] == 3
    assert duty.upload("/danger/weather", station="S1", file=file(good))[1]["new"] == 1
    status, refusal = duty.upload(
        "/danger/weather", station="S1", file=SimpleUploadedFile("x.csv", b"\x00\xff")
    )
    assert (status, refusal["field"]) == (409, "file")
    assert duty.upload("/danger/weather", station="S9", file=file(good))[0] == 404
    assert holds("contact").upload("/danger/weather", file=file(good))[0] == 403


def test_what_waits_and_what_search_finds_are_the_callers_own(desk, holds):
    _, found = holds("inspector").upload(
        "/hazards", site=desk.sites[0].pk, description="灭火器过期", grade="general"
    )
    page = f"/hazards/{found['hazard']['id']}/"
    assert page in [item["url"] for item in holds("responsible").get("/open-items")[1]["items"]]
    assert page in [hit["url"] for hit in holds("duty").get("/search", q="灭火器")[1]["items"]]
    assert holds(desk.other_contact).get("/search", q="灭火器")[1]["count"] == 0
