"""The page that checks CAP documents: what it says of a document, for whom, and how much of it at once."""

import base64
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fenghuo.core import cap
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.warning.checking import ground, limits

SAMPLES = Path(__file__).parents[2] / "core/cap/samples"
FAULTY = (SAMPLES / "broken/many_departures.xml").read_bytes()
CHINESE = (
    (SAMPLES / "scripts/chinese_gb18030.xml").read_bytes().decode("gb18030").replace("Exercise", "Actual")
)
CLEAN = CHINESE.replace("GB18030", "UTF-8").encode()
OLD = (SAMPLES / "oasis/cap10_earthquake.xml").read_bytes()
MENDABLE = CLEAN.replace(b"<status>Actual</status>", b"<status>actual</status>")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0.01)
    limits._lately.clear()


def checked(client, document: bytes | str, **more):
    given = {"text": document} if isinstance(document, str) else {"file": as_file(document)}
    return client.post(reverse("warning:check"), given | more)


def as_file(document: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("alert.xml", document, "application/cap+xml")


def text_of(response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode())))


def test_a_file_and_the_same_text_pasted_say_the_same(browse):
    duty = browse("duty")
    file, pasted = (text_of(checked(duty, each)) for each in (FAULTY, FAULTY.decode()))
    findings = [each.message_en for each in cap.check(FAULTY)]
    assert findings and all(message in file and message in pasted for message in findings)
    assert f"{len(findings)} findings" in file


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_finding_stands_under_its_line_in_the_reader_s_language(browse, language):
    page = checked(browse("duty", language), FAULTY).content.decode()
    rows = dict(re.findall(r'<li id="L(\d+)"[^>]*>(.*?)</li>(?=<li|</ol>)', page, re.S))
    assert len(rows) == len(FAULTY.decode().splitlines())
    for finding in cap.check(FAULTY):
        told = finding.as_dict("en" if language == "en" else "zh")
        row = unescape(rows[str(finding.place.line)])
        assert told["message"] in row and told["fix"] in row and finding.place.path in row
    assert ("按行列出" in page) == (language == "zh-hans")


def test_a_clean_alert_is_said_to_be_clean_and_further_packs_are_asked_for_by_a_tick(browse):
    duty = browse("duty")
    assert "Nothing is wrong" in text_of(checked(duty, CLEAN))
    wanted = {each.rule for each in cap.check(FAULTY, ("cap12", "phone"))} - {
        each.rule for each in cap.check(FAULTY)
    }
    page = checked(duty, FAULTY, packs=["phone"]).content.decode()
    assert wanted and all(f"<code>{rule}</code>" in page for rule in wanted)
    assert checked(duty, CLEAN, packs=["unheard-of"]).status_code == 422


def test_older_alerts_and_envelopes_say_how_they_were_read(browse):
    duty = browse("duty")
    assert "CAP 1.0" in text_of(checked(duty, OLD))
    boxed = text_of(checked(duty, (SAMPLES / "envelopes/au_nswrfs_bushfires.edxl").read_bytes()))
    assert boxed.count("CAP 1.2 · edxl") == 2


@pytest.mark.parametrize("sample", ["external_entities.xml", "many_departures.xml"])
def test_a_document_cannot_act_on_the_page(browse, sample):
    document = (SAMPLES / "broken" / sample).read_bytes()
    hostile = document.replace(b"<alert", b"<!-- <script>alert(1)</script> --><alert", 1)
    page = checked(browse("duty"), hostile).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    assert "root:" not in page


def test_bytes_of_another_encoding_are_shown_as_text_and_pasted_text_needs_no_declared_encoding(browse):
    duty = browse("duty")
    for given in (CHINESE.encode("gb18030"), CHINESE):
        page = text_of(checked(duty, given))
        assert "森林火险橙色预警" in page and "Nothing is wrong" in page


@pytest.mark.parametrize(
    "document", [b"\x00\xff" * 9, b"not xml", b"<html/>", b"<alert>" * 9, "\u202e<a>\x07".encode()]
)
def test_what_is_no_alert_gets_an_answer_all_the_same(browse, document):
    response = checked(browse("duty"), document)
    assert response.status_code == 200
    assert "\x07" not in response.content.decode() and "\u202e" not in response.content.decode()


def test_nothing_to_check_and_too_much_of_it_are_refused_with_the_reason(browse):
    duty = browse("duty")
    for given, reason in (
        ({}, "Choose a file or paste a document."),
        ({"file": as_file(b"")}, "The file is empty."),
        ({"file": as_file(b"x" * (limits.LARGEST + 1))}, "The file is larger than 1 MB"),
        ({"text": "火" * (limits.LARGEST // 2)}, "The text is longer than 1 MB"),
    ):
        response = duty.post(reverse("warning:check"), given)
        assert (response.status_code, reason in text_of(response)) == (422, True)


def test_what_can_be_mended_is_shown_as_a_difference_and_given_back_mended(browse):
    duty = browse("duty")
    page = checked(duty, MENDABLE).content.decode()
    assert "One place can be mended safely" in page
    assert '<span class="diff-gone">-' in page and '<span class="diff-added">+' in page
    document = re.search(r'name="document" value="([^"]+)"', page)[1]
    response = duty.post(reverse("warning:check_mended"), {"document": document})
    assert response.content == cap.mend(MENDABLE).document
    assert response["Content-Type"] == "application/cap+xml"
    assert 'filename="alert.mended.xml"' in response["Content-Disposition"]
    assert "mended" not in checked(duty, CLEAN).content.decode().split("<form", 1)[0]


def test_a_document_that_lost_a_required_part_is_mended_all_the_same(browse):
    broken = MENDABLE.replace(b"<event>", b"<event><b/>", 1)
    page = checked(browse("duty"), broken).content.decode()
    assert cap.read(broken).messages == () and "One place can be mended safely" in page


def test_a_mended_document_of_nothing_or_too_much_is_refused(browse):
    duty = browse("duty")
    for document in ("", "%%%", base64.b64encode(b"x" * (limits.LARGEST + 1)).decode()):
        assert duty.post(reverse("warning:check_mended"), {"document": document}).status_code == 409


def test_nothing_of_a_document_is_kept(browse, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    duty = browse("duty")
    before = Entry.objects.count()
    assert "no-store" in checked(duty, FAULTY)["Cache-Control"]
    assert Entry.objects.count() == before
    assert list(tmp_path.iterdir()) == []


def test_the_page_is_for_officers_unless_the_desk_opens_it(desk, settings):
    stranger = Client()
    assert checked(stranger, CLEAN).status_code == 302
    settings.FENGHUO_CAP_CHECK_PUBLIC = True
    response = checked(stranger, CLEAN)
    assert "没有问题" in text_of(response) or "Nothing is wrong" in text_of(response)
    assert reverse("warning:list") not in response.content.decode()
    mended = {"document": base64.b64encode(MENDABLE).decode()}
    assert stranger.post(reverse("warning:check_mended"), mended).content == cap.mend(MENDABLE).document


def test_a_form_of_another_site_cannot_use_the_page(desk, settings):
    settings.FENGHUO_CAP_CHECK_PUBLIC = True
    assert checked(Client(enforce_csrf_checks=True), CLEAN).status_code == 403


def test_strangers_share_a_minute_s_worth_of_work_and_officers_do_not(
    desk, browse, settings, clock, monkeypatch
):
    settings.FENGHUO_CAP_CHECK_PUBLIC = True
    monkeypatch.setattr(limits, "A_MINUTE", 2)
    stranger = Client()
    assert [checked(stranger, CLEAN).status_code for _ in range(3)] == [200, 200, 429]
    assert checked(browse("duty"), CLEAN).status_code == 200
    clock.now += timedelta(minutes=1)
    assert checked(stranger, CLEAN).status_code == 200


def test_only_so_many_documents_are_under_check_at_once(browse, monkeypatch):
    duty = browse("duty")
    for _ in range(limits.AT_ONCE):
        assert limits._turns.acquire(blocking=False)
    try:
        response = checked(duty, CLEAN)
        mended = duty.post(reverse("warning:check_mended"), {"document": base64.b64encode(MENDABLE).decode()})
    finally:
        limits._turns.release(limits.AT_ONCE)
    assert (response.status_code, mended.status_code) == (429, 409)
    assert "Too many documents are being checked" in text_of(response)
    assert checked(duty, CLEAN).status_code == 200


def test_areas_are_drawn_with_those_that_have_findings_marked(browse):
    page = checked(browse("duty"), (SAMPLES / "broken/crossing_and_far.xml").read_bytes()).content.decode()
    assert 'class="ckmap-area is-wrong"' in page
    assert "cannot be drawn" not in text_of(checked(browse("duty"), CLEAN))


def test_the_parts_of_an_area_are_set_apart(browse):
    area = "<polygon>40,116 40,117 41,117 40,116</polygon><circle>40,116 5</circle><geocode><valueName>a</valueName>"
    page = text_of(checked(browse("duty"), alert_over(area + "<value>b</value></geocode>")))
    assert re.search(r"\d points · one circle · one area code · [\d,.]+ km²", page)


def test_the_time_of_an_alert_is_shown_as_the_standard_writes_it(browse):
    page = text_of(
        checked(browse("duty"), re.sub(rb"<sent>[^<]*", b"<sent>2026-04-03T06:30:00-00:00", CLEAN))
    )
    assert "sent2026-04-03T06:30:00-00:00Read as" in page.replace(" ", "").replace("Readas", "Read as")


def alert_over(*parts: str) -> bytes:
    area = b"<area><areaDesc>x</areaDesc>" + "".join(parts).encode() + b"</area>"
    return re.sub(rb"<area>.*</area>", area, CLEAN, count=1, flags=re.S)


def drawn(*parts: str):
    document = alert_over(*parts)
    return ground.draw(cap.read(document), cap.check(document))


def test_areas_are_measured_in_square_kilometres_and_circles_without_radius_are_dots():
    (square,) = drawn("<polygon>0,0 0,1 1,1 1,0 0,0</polygon>").areas
    assert square.size == pytest.approx(12364, rel=0.01) and square.path and square.label
    (spot,) = drawn("<circle>5,5 0</circle>").areas
    assert spot.dots and not spot.path
    drawing = drawn("<geocode><valueName>SGC</valueName><value>1</value></geocode>")
    assert not drawing.drawn and drawing.areas[0].codes == 1


def test_hostile_areas_are_left_undrawn_instead_of_taking_the_machine():
    star = [f"{(n * 7919) % 1000 / 100},{(n * 104729) % 997 / 100}" for n in range(3000)]
    ring = f"<polygon>{' '.join([*star, star[0]])}</polygon>"
    (area,) = drawn(ring).areas
    assert area.path and area.size is None
    (area,) = drawn(ring, ring.replace("polygon>0.0", "polygon>0.1", 1)).areas
    assert area.path
    far = [f"{n % 80},{(-1) ** n * (170 + n % 10)}" for n in range(1000)]
    assert not drawn(f"<polygon>{' '.join([*far, far[0]])}</polygon>").drawn
    circles = drawn("<circle>5,5 100</circle>" * (ground.CIRCLES + 1)).areas[0]
    assert circles.path and circles.size is None
    many = " ".join(f"{n % 7},{n / 1000}" for n in range(ground.CORNERS + 1))
    assert not drawn(f"<polygon>{many} 0,0.0</polygon>").drawn
