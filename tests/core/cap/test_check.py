"""Every way an alert can break CAP 1.2 is named with rule, place, reason and fix, in both languages."""

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fenghuo.core import cap
from tests.core.cap.alerts import EXAMPLES, FIRE, simple_alert, simple_info

SCHEMA = etree.XMLSchema(etree.parse(str(Path(cap.__file__).parent / "cap-1.2.xsd")))
POLYGON = "40.4,116.5 40.4,116.6 40.5,116.6 40.5,116.5 40.4,116.5"
SENT = "<sent>2026-04-03T14:30:00+08:00</sent>"
UNTIL = "<expires>2026-04-04T20:00:00+08:00</expires>\n    <senderName>"

# what stands in the example, what a careless sender writes instead, the rule it breaks, where
MUTATIONS = [
    ("110116104_20260403143000_1", "a b", "identifier-characters", "/alert/identifier"),
    ("110116104_20260403143000_1", "a,b", "identifier-characters", "/alert/identifier"),
    ("110116104_20260403143000_1", "", "identifier-characters", "/alert/identifier"),
    ("<sender>duty@", "<sender>duty&amp;", "sender-characters", "/alert/sender"),
    ("<sender>duty@", "<sender>duty&lt;", "sender-characters", "/alert/sender"),
    (SENT, "<sent>2026-04-03T06:30:00Z</sent>", "time-z", "/alert/sent"),
    (SENT, "<sent>2026-04-03T14:30:00</sent>", "time-offset", "/alert/sent"),
    (SENT, "<sent>2026-04-03T06:30:00+00:00</sent>", "time-utc", "/alert/sent"),
    (SENT, "<sent>2026-04-03T14:30:00.5+08:00</sent>", "time-fraction", "/alert/sent"),
    (SENT, "<sent>2026-02-30T14:30:00+08:00</sent>", "time", "/alert/sent"),
    (SENT, "<sent>2026-04-03T14:30:00,08:00</sent>", "time", "/alert/sent"),
    (SENT, "<sent>2026-04-03T14:30:00+15:00</sent>", "time", "/alert/sent"),
    (SENT, "<sent>2026年4月3日</sent>", "time", "/alert/sent"),
    (SENT, "", "element-missing", "/alert"),
    (SENT, SENT + SENT, "element-repeated", "/alert/sent"),
    ("<status>Exercise", "<status>exercise", "enumeration-spelling", "/alert/status"),
    ("<note>Spring exercise 1</note>", "", "note-missing", "/alert/status"),
    ("<msgType>Update", "<msgType>Alarm", "enumeration", "/alert/msgType"),
    ("<restriction>village contacts</restriction>", "", "scope-restriction", "/alert/scope"),
    ("<scope>Restricted", "<scope>Public", "scope-restriction-needless", "/alert/restriction"),
    ('"Forest Team 2"', '"Forest Team 2', "list-quotes", "/alert/addresses"),
    ("202604030900", "2026 04030900", "references-format", "/alert/references"),
    ("<references>", "<references>a,b,c ", "references-format", "/alert/references"),
    ("20260403090000_1", "20260403143000_1", "references-self", "/alert/references"),
    ("2026-04-03T09:00:00", "2026-04-03T15:00:00", "references-later", "/alert/references"),
    (">zh-CN<", ">Chinese (China)<", "language", "/alert/info[1]/language"),
    (">Fire</category>\n    <category>Safety", ">Wildfire</category>\n    <category>Safety", "enumeration",
     "/alert/info[1]/category[1]"),
    ("<event>森林火险</event>", "", "element-missing", "/alert/info[1]"),
    ("<event>森林火险</event>", "<event> </event>", "text-blank", "/alert/info[1]/event"),
    ("<event>森林火险</event>", "<event>森林<b/>火险</event>", "element-nested", "/alert/info[1]/event"),
    ("<event>森林火险</event>", '<event lang="zh">森林火险</event>', "attribute-unknown",
     "/alert/info[1]/event"),
    ("<info>\n    <language>zh", "<info level='4'>\n    <language>zh", "attribute-unknown", "/alert/info[1]"),
    ("<info>\n    <language>zh", "<info>注意\n    <language>zh", "text-stray", "/alert/info[1]"),
    ("<audience>各村</audience>", "<colour>红</colour>", "element-unknown", "/alert/info[1]/colour"),
    ("<audience>各村</audience>", "<web>https://township.example</web>", "element-repeated",
     "/alert/info[1]/web"),
    ("<headline>森林火险橙色预警</headline>", "<source>x</source>", "element-unknown",
     "/alert/info[1]/source"),
    (UNTIL, "<expires>2026-04-03T14:30:00+08:00</expires><senderName>", "expires-after-sent",
     "/alert/info[1]/expires"),
    (UNTIL, "<expires>2026-04-03T06:00:00-00:00</expires><senderName>", "expires-after-effective",
     "/alert/info[1]/expires"),
    (UNTIL, "<expires>2026-04-03T15:00:00+08:00</expires><senderName>", "expires-after-onset",
     "/alert/info[1]/expires"),
    ("https://township.example/warnings/1", "warnings/1", "web-absolute", "/alert/info[1]/web"),
    ("<size>4", "<size>4 kB", "number", "/alert/info[1]/resource[1]/size"),
    ("<size>4", "<size>-4", "resource-size", "/alert/info[1]/resource[1]/size"),
    ("image/png", "png", "resource-type", "/alert/info[1]/resource[1]/mimeType"),
    ("4effda12", "zz", "resource-digest", "/alert/info[1]/resource[1]/digest"),
    ("<uri>map.png</uri>\n      <derefUri>iVBORw==</derefUri>", "", "resource-unreachable",
     "/alert/info[1]/resource[1]"),
    ("<areaDesc>东岭村</areaDesc>", "<areaDesc/>", "text-blank", "/alert/info[1]/area[1]/areaDesc"),
    (POLYGON, POLYGON[: -len(" 40.4,116.5")], "polygon-closed", "/alert/info[1]/area[1]/polygon[1]"),
    (POLYGON, "40.4,116.5 40.4,116.6 40.4,116.5", "polygon-points", "/alert/info[1]/area[1]/polygon[1]"),
    (POLYGON, POLYGON.replace(",", ", "), "polygon-blanks", "/alert/info[1]/area[1]/polygon[1]"),
    (POLYGON, re.sub(r"([\d.]+),([\d.]+)", r"\2,\1", POLYGON), "coordinates",
     "/alert/info[1]/area[1]/polygon[1]"),
    ("40.45,116.55 2.5", "40.45,116.55", "circle-text", "/alert/info[1]/area[1]/circle[1]"),
    ("40.45,116.55 2.5", "40.45,116.55 -1", "circle-radius", "/alert/info[1]/area[1]/circle[1]"),
    ("40.45,116.55 2.5", "40.45,190 1", "coordinates", "/alert/info[1]/area[1]/circle[1]"),
    ("<altitude>1000</altitude>", "", "ceiling-alone", "/alert/info[1]/area[1]/ceiling"),
    ("<altitude>1000<", "<altitude>3000<", "ceiling-below", "/alert/info[1]/area[1]/ceiling"),
    ("<altitude>1000<", "<altitude>1e3<", "number", "/alert/info[1]/area[1]/altitude"),
    ("<valueName>GB/T 2260</valueName>", "", "element-missing", "/alert/info[1]/area[1]/geocode[1]"),
    ('xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', 'xmlns:ds="relative"', "element-namespace",
     "/alert/Signature"),
    ("<ds:SignatureValue>", '<b xmlns=""/><ds:SignatureValue>', "element-unknown", "/alert/Signature"),
    ('xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', 'xmlns:ds="urn:other"', "element-foreign",
     "/alert/Signature"),
    ("<web>https://township.example/warnings/1", "<web>https://[township", "uri-form", "/alert/info[1]/web"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "rule", "path"), MUTATIONS)
def test_a_fault_is_found_with_its_rule_and_place(right: str, wrong: str, rule: str, path: str) -> None:
    document = _mutated(right, wrong)
    findings = cap.check(document)
    assert (rule, path) in {(found.rule, found.place.path) for found in findings}
    line = next(found.place.line for found in findings if found.rule == rule)
    assert document.decode().splitlines()[line - 1].strip() != ""
    for found in findings:
        assert re.search("[\u4e00-\u9fff]", found.message_zh) and re.search("[\u4e00-\u9fff]", found.fix_zh)
        assert found.message_en.isprintable() and found.fix_en


@pytest.mark.parametrize(("right", "wrong", "rule", "path"), MUTATIONS)
def test_schema_parse_and_write_agree_with_the_check(right: str, wrong: str, rule: str, path: str) -> None:
    document = _mutated(right, wrong)
    broken = [found for found in cap.check(document) if found.severity is cap.Level.ERROR]
    if not SCHEMA.validate(etree.fromstring(document)):
        assert broken
    try:
        alert = cap.parse(document)
    except cap.CapError as refused:
        assert set(refused.findings) <= set(broken)
        return
    try:
        mended = cap.write(alert)
    except cap.CapError:
        assert broken
        return
    assert SCHEMA.validate(etree.fromstring(mended))


def test_all_faults_of_one_document_are_found_at_once() -> None:
    document = _mutated(SENT, "<sent>yesterday</sent>")
    document = document.replace(b"<ceiling>2500.5</ceiling>", b"<ceiling>high</ceiling>")
    document = document.replace(b"<urgency>Expected</urgency>", b"")
    document = document.replace(b" 40.5,116.6 40.5,116.5 40.4,116.5", b" 40.5,116.6")
    assert [(found.rule, found.place.path) for found in cap.check(document)] == [
        ("time", "/alert/sent"),
        ("element-missing", "/alert/info[1]"),
        ("polygon-closed", "/alert/info[1]/area[1]/polygon[1]"),
        ("number", "/alert/info[1]/area[1]/ceiling"),
        ("element-missing", "/alert/info[2]"),
    ]


def test_the_fewest_elements_are_named_that_would_have_to_move() -> None:
    status = b"<status>Exercise</status>"
    late = FIRE.replace(status, b"").replace(b"</incidents>", b"</incidents>" + status)
    source = b"<source>fire weather</source>"
    early = FIRE.replace(source, b"").replace(b"<identifier>", source + b"<identifier>")
    signature = FIRE[FIRE.index(b"<ds:Signature ") : FIRE.index(b"</alert>")]
    signed_first = FIRE.replace(signature, b"").replace(b"<identifier>", signature + b"<identifier>")
    for document, path in ((late, "status"), (early, "source"), (signed_first, "Signature")):
        found = cap.check(document)
        assert [(each.rule, each.place.path) for each in found] == [("element-order", f"/alert/{path}")]
        assert cap.parse(document) == cap.parse(FIRE)


@given(st.lists(st.integers(0, 4), max_size=8))
def test_only_elements_in_order_satisfy_the_check_as_they_do_the_schema(order: list[int]) -> None:
    names = ("audience", "senderName", "headline", "description", "instruction")
    texts = "".join(f"<{names[index]}>x</{names[index]}>" for index in order)
    taken = r"<(audience|senderName|headline|description|instruction)>.*?</\1>"
    document = re.sub(taken, "", FIRE.decode())
    document = document.replace("</certainty>", f"</certainty>{texts}", 1).encode()
    document = re.sub(
        rb"<(eventCode|effective|onset|expires)>.*?</\1>", b"", document, count=4, flags=re.DOTALL
    )
    named = [found for found in cap.check(document) if found.severity is cap.Level.ERROR]
    assert (named == []) == SCHEMA.validate(etree.fromstring(document))


def test_the_element_table_is_that_of_the_oasis_schema() -> None:
    from fenghuo.core.cap.elements import ALERT, Block

    schema = etree.parse(str(Path(cap.__file__).parent / "cap-1.2.xsd"))
    xs = {"xs": "http://www.w3.org/2001/XMLSchema"}

    def of_schema(element: etree._Element) -> list:
        rows = []
        for child in element.xpath("xs:complexType/xs:sequence/xs:element", namespaces=xs):
            name = child.get("name") or child.get("ref").removeprefix("cap:")
            values = child.xpath("xs:simpleType/xs:restriction/xs:enumeration/@value", namespaces=xs)
            required, many = child.get("minOccurs") != "0", child.get("maxOccurs") == "unbounded"
            rows.append((name, required, many, sorted(values), of_schema(child)))
        return rows

    enumerations = {
        "status": cap.Status, "msgType": cap.MsgType, "scope": cap.Scope, "category": cap.Category,
        "responseType": cap.ResponseType, "urgency": cap.Urgency, "severity": cap.Severity,
        "certainty": cap.Certainty,
    }  # fmt: skip

    def of_table(block: Block) -> list:
        return [
            (
                each.name,
                each.required,
                each.many,
                sorted(map(str, enumerations.get(each.name, ()))),
                of_table(each.holds) if isinstance(each.holds, Block) else [],
            )
            for each in block.elements
        ]

    assert of_table(ALERT) == of_schema(schema.getroot().find("xs:element[@name='alert']", xs))


def test_a_message_that_must_refer_to_another_says_so() -> None:
    for kind in (cap.MsgType.UPDATE, cap.MsgType.CANCEL, cap.MsgType.ACK, cap.MsgType.ERROR):
        found = cap.check(simple_alert(msg_type=kind, note="why"))
        assert [each.rule for each in found] == ["references-missing"]
    assert cap.check(simple_alert()) == []
    assert [each.rule for each in cap.check(simple_alert(infos=()))] == ["info-missing"]


def test_a_finding_reports_itself_in_the_language_asked_for() -> None:
    found = cap.check(_mutated(SENT, "<sent>yesterday</sent>"))[0]
    english, chinese = found.as_dict("en"), found.as_dict("zh-hans")
    assert english["place"] == {
        "path": "/alert/sent",
        "line": 6,
        "column": 3,
        "text": "yesterday",
    }
    assert (english["rule"], english["severity"]) == ("time", "error")
    assert english["message"] == "“yesterday” is not a time CAP can carry."
    assert chinese["message"] == "“yesterday”不是 CAP 能表示的时间。"


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_no_damage_to_an_alert_is_ever_more_than_a_finding(data: st.DataObject) -> None:
    document = bytearray(data.draw(st.sampled_from(EXAMPLES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(document) - 1))
        length = data.draw(st.integers(0, 40))
        document[start : start + length] = data.draw(st.binary(max_size=6) | st.just(bytes(document[:60])))
    _judge_twice(bytes(document))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_arbitrary_bytes_are_refused_with_a_reason(noise: bytes) -> None:
    _judge_twice(noise)
    with pytest.raises(cap.CapError):
        cap.parse(noise)


def _judge_twice(document: bytes) -> None:
    """Parse refuses nothing that check finds right, and check raises nothing."""
    findings = cap.check(document)
    try:
        cap.parse(document)
    except cap.CapError as refused:
        assert refused.findings and str(refused)
        assert any(found.severity is cap.Level.ERROR for found in findings)


def _mutated(right: str, wrong: str) -> bytes:
    text = FIRE.decode()
    assert right in text
    return text.replace(right, wrong, 1).encode()


CORNERS = st.one_of(
    # On a coarse grid, so that sides cross, touch and lie on each other; round a middle, as most areas are.
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9),
    st.lists(st.floats(0.05, 1), min_size=3, max_size=40).map(
        lambda far: [
            (far[n] * math.sin(math.tau * n / len(far)), far[n] * math.cos(math.tau * n / len(far)))
            for n in range(len(far))
        ]
    ),
)


@settings(max_examples=200, deadline=None)
@given(corners=CORNERS, turned=st.booleans(), south=st.integers(-80, 80), west=st.integers(-170, 170))
def test_rings_have_the_faults_that_geos_sees(corners, turned, south, west):
    placed = [cap.Point(south + y, west + x) for y, x in corners]
    ring = [*(reversed(placed) if turned else placed)]
    ring.append(ring[0])
    alert = simple_alert(
        infos=(simple_info(areas=(cap.Area(description="x", polygons=(cap.Polygon(ring),)),)),)
    )
    found = {each.rule for each in cap.check(alert) if each.rule.startswith("polygon-")}
    line = shapely.LineString([(point.longitude, point.latitude) for point in ring])
    assert ("polygon-crossing" in found) is (len(ring) > 4 and not line.is_simple)
    ground = sum(
        (here.longitude - west) * (there.latitude - south)
        - (there.longitude - west) * (here.latitude - south)
        for here, there in pairwise(ring)
    )
    if abs(ground) > 1e-9:
        assert ("polygon-winding" in found) is (ground < 0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("severty", "severity"),
        ("headlin", "headline"),
        ("Instructions", "instruction"),
        ("colour", ""),
        ("b", ""),
    ],
)
def test_a_mistyped_element_is_answered_with_the_one_that_was_meant(written, meant):
    alert = FIRE.decode().replace("<headline>", f"<{written}>x</{written}><headline>", 1)
    [found] = [each for each in cap.check(alert.encode()) if each.rule == "element-unknown"]
    for said in (found.fix_en, found.fix_zh):
        assert (f"“{meant}”" in said) if meant else ("“" not in said)
