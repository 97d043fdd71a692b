"""What is read from CAP XML, and written to it, is the same alert."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from fenghuo.core import cap
from tests.core.cap.alerts import EXAMPLES, FIRE, simple_alert, simple_info, valid_alerts

SCHEMA = etree.XMLSchema(etree.parse(str(Path(cap.__file__).parent / "cap-1.2.xsd")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_no_fault_and_writes_back_to_the_same_document(path: Path) -> None:
    document = path.read_bytes()
    written = cap.write(cap.parse(document))
    assert cap.check(document) == []
    assert _canonical(written) == _canonical(document)
    assert SCHEMA.validate(etree.fromstring(written))


def test_the_standards_thunderstorm_is_read_as_it_stands() -> None:
    alert = cap.parse(next(path for path in EXAMPLES if path.stem == "thunderstorm").read_bytes())
    info = alert.infos[0]
    assert alert.sent == datetime(2003, 6, 17, 21, 57, tzinfo=UTC)
    assert alert.sent.utcoffset() == timedelta(hours=-7)
    assert (info.severity, info.response_types) == (cap.Severity.SEVERE, (cap.ResponseType.SHELTER,))
    assert info.event_codes == (cap.ValuePair("SAME", "SVR"),)
    assert info.areas[0].polygons[0].points[0] == cap.Point(38.47, -120.14)
    assert [code.value for code in info.areas[0].geocodes] == ["006109", "006009", "006003"]


def test_every_element_of_the_standard_reaches_the_model() -> None:
    alert = cap.parse(FIRE)
    assert alert.addresses == ("one@township.example", "Forest Team 2")
    assert alert.incidents == ("dry-spell-1", "East Ridge")
    assert alert.references[1].sent == datetime(2026, 4, 3, 0, 0, tzinfo=UTC)
    area = alert.infos[0].areas[0]
    assert (area.circles[0].radius, area.altitude, area.ceiling) == (2.5, 1000.0, 2500.5)
    assert alert.infos[0].resources[0].size == 4
    assert b"SignatureValue" in alert.extra[0]
    whole, blocks = alert.infos[0], (alert, alert.infos[0], area, alert.infos[0].resources[0])
    unset = [
        f"{type(block).__name__}.{name}"
        for block in blocks
        for name in block.__slots__
        if name != "extra" and getattr(block, name) in (None, ())
    ]
    assert whole.language == "zh-CN"
    assert unset == []


@settings(deadline=None, max_examples=80)
@given(valid_alerts())
def test_any_valid_alert_comes_back_unchanged_and_satisfies_the_oasis_schema(alert: cap.Alert) -> None:
    document = cap.write(alert)
    back = cap.parse(document)
    assert back == alert
    assert back.sent.utcoffset() == alert.sent.utcoffset()
    assert cap.write(back) == document
    assert cap.check(document) == []
    assert SCHEMA.validate(etree.fromstring(document)), SCHEMA.error_log


def test_utc_is_written_with_a_negative_zero_offset_and_never_with_z() -> None:
    sent = datetime(2026, 4, 3, 6, 30, tzinfo=UTC)
    document = cap.write(simple_alert(sent=sent))
    assert b"<sent>2026-04-03T06:30:00-00:00</sent>" in document
    assert cap.parse(document).sent == sent


@pytest.mark.parametrize("offset", [timedelta(hours=8, seconds=1), timedelta(hours=14, minutes=1)])
def test_an_offset_that_cap_cannot_spell_is_refused(offset: timedelta) -> None:
    with pytest.raises(cap.CapError, match=r"/alert/sent: .* is not a time CAP can carry"):
        cap.write(simple_alert(sent=datetime(2026, 4, 3, 14, 30, tzinfo=timezone(offset))))


def test_midnight_written_as_the_end_of_a_day_is_the_next_days_beginning() -> None:
    document = FIRE.replace(b"2026-04-04T20:00:00+08:00", b"2026-04-03T24:00:00+08:00")
    east = timezone(timedelta(hours=8))
    assert cap.check(document) == []
    assert cap.parse(document).infos[0].expires == datetime(2026, 4, 4, tzinfo=east)


def test_an_alert_in_a_chinese_encoding_with_prefixes_and_comments_is_read() -> None:
    document = """<?xml version="1.0" encoding="GB18030"?>
    <c:alert xmlns:c="urn:oasis:names:tc:emergency:cap:1.2"><c:identifier>a</c:identifier>
    <c:sender>b</c:sender><c:sent>2026-04-03T14:30:00+08:00</c:sent><c:status>Actual</c:status>
    <c:msgType>Alert</c:msgType><c:scope>Public</c:scope><c:info><c:category>Fire</c:category>
    <c:event>森林<!-- cut -->火险</c:event><c:urgency>Past</c:urgency><c:severity>Minor</c:severity>
    <c:certainty>Observed</c:certainty></c:info></c:alert>"""
    encoded = document.encode("gb18030")
    assert cap.check(encoded) == []
    assert cap.parse(encoded).infos[0].event == "森林火险"


def test_a_slightly_wrong_alert_from_elsewhere_is_understood_and_its_faults_are_named() -> None:
    document = FIRE.replace(b"<sent>2026-04-03T14:30:00+08:00</sent>", b"<sent>2026-04-03T06:30:00Z</sent>")
    document = document.replace(b"<certainty>Likely<", b"<certainty>Very Likely<")
    alert = cap.parse(document)
    assert alert.sent == cap.parse(FIRE).sent
    assert alert.infos[0].certainty is cap.Certainty.LIKELY
    assert {found.rule for found in cap.check(document)} == {"time-z", "certainty-very-likely"}


def test_elements_of_other_namespaces_survive_wherever_they_stand() -> None:
    note = b'<x:note xmlns:x="urn:x">kept <x:b>as it is</x:b></x:note>'
    document = FIRE.replace(b"</area>", note + b"</area>")
    alert = cap.parse(document)
    assert alert.infos[0].areas[0].extra == (note,)
    assert [found.rule for found in cap.check(document)] == ["element-foreign"]
    with pytest.raises(cap.CapError, match="another namespace"):
        cap.write(alert)


def test_a_reference_reads_and_writes_its_three_parts() -> None:
    text = "duty@township.example,a-1,2026-04-03T14:30:00+08:00"
    reference = cap.Reference.parse(text)
    assert reference == simple_alert().reference
    assert str(reference) == text
    for wrong in ("", "a,b", "a,b,c", ",b,2026-04-03T14:30:00+08:00", f"{text},", f" {text}", text[:-6]):
        with pytest.raises(ValueError, match="not sender,identifier,sent"):
            cap.Reference.parse(wrong)


def test_write_refuses_a_faulty_alert_and_names_every_fault() -> None:
    alert = simple_alert(
        identifier="two words",
        sent=datetime(2026, 4, 3, 14, 30),
        msg_type=cap.MsgType.CANCEL,
        scope=cap.Scope.PRIVATE,
        source="bell \x07",
        infos=(simple_info(categories=(), expires=datetime(2026, 4, 4, 0, 0, 0, 1, tzinfo=UTC)),),
        extra=(b"not xml",),
    )
    with pytest.raises(cap.CapError) as refused:
        cap.write(alert)
    assert {(found.rule, found.place.path) for found in refused.value.findings} == {
        ("identifier-characters", "/alert/identifier"),
        ("time-offset", "/alert/sent"),
        ("references-missing", "/alert/msgType"),
        ("scope-addresses", "/alert/scope"),
        ("xml-characters", "/alert/source"),
        ("element-missing", "/alert/info[1]"),
        ("time", "/alert/info[1]/expires"),
        ("extra", "/alert/extra"),
    }


def _canonical(document: bytes) -> bytes:
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    return etree.tostring(etree.fromstring(document, parser), method="c14n")
