"""Whatever is certain is read, from whoever sends it; every departure is told; what is not certain is not guessed."""

import base64
import threading
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from fenghuo.core import cap
from fenghuo.core.cap import packs
from fenghuo.core.cap.document import LARGEST
from fenghuo.core.cap.read import MOST_FINDINGS
from tests.core.cap.alerts import EXAMPLES, FIRE

PLAIN = packs.load("cap12").example
TEXT = PLAIN.decode()
BODY = TEXT.partition("?>")[2].strip()
ALERT = cap.parse(PLAIN)
POLYGON = "40.4,116.5 40.4,116.6 40.5,116.6 40.5,116.5 40.4,116.5"
CAP_1_0 = (Path(__file__).parent / "samples" / "oasis" / "cap10_earthquake.xml").read_bytes()


def _with(*pairs: str) -> bytes:
    """The example with pieces exchanged: right, wrong, right, wrong."""
    text = TEXT
    for right, wrong in zip(pairs[::2], pairs[1::2], strict=True):
        assert right in text
        text = text.replace(right, wrong, 1)
    return text.encode()


def _rules(reading: cap.Reading) -> set[str]:
    return {found.rule for found in reading.findings}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_document_as_the_standard_has_it_is_read_without_a_word(path: Path) -> None:
    document = path.read_bytes()
    reading = cap.read(document)
    (message,) = reading.messages
    assert (reading.findings, reading.envelope, reading.encoding) == ((), "", "utf-8")
    assert (message.version, message.complete, message.converted) == ("1.2", True, ())
    assert message.document == document
    assert message.signed == (b"Signature" in document)
    assert message.alert == cap.parse(document)


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("<status>Actual<", "<status> ACTUAL\n<", "enumeration-spelling"),
        ("<category>Fire<", "<category>fire<", "enumeration-spelling"),
        ("2026-04-03T14:30:00+08:00</sent>", "2026-04-03T06:30:00Z</sent>", "time-z"),
        ("2026-04-03T14:30:00+08:00</sent>", "2026-04-03T14:30:00.000+08:00</sent>", "time-fraction"),
        (POLYGON, POLYGON.replace(",", " , "), "polygon-blanks"),
        (POLYGON, POLYGON.replace(",", "，"), "polygon-blanks"),
        ("40.45,116.55 2.5", "\n 40.45, 116.55\n 2.5", "circle-blanks"),
        ("<code>profile-1<", "<code>\n  profile-1\n<", "value-blanks"),
        ("<value>110116104<", "<value> 110116104\n<", "value-blanks"),
        (">zh-CN<", ">zh_CN<", "language-spelling"),
        ("<source>fire weather</source>\n  <scope>Public</scope>",
         "<scope>Public</scope>\n  <source>fire weather</source>", "element-order"),
        ("<size>4</size>", "<size>4</size>\n      <?pause?><!-- a note -->", None),
        ("<?xml version", "\n\n<?xml version", "xml-padding"),
        ("</alert>", "</alert>\0\0", "xml-padding"),
        ("东岭村", "东岭村&nbsp;&mdash;", "xml-entity"),
        *(("2026-04-03T14:30:00+08:00</sent>", f"{time}</sent>", "time-spelling") for time in (
            "2026-04-03 14:30:00+08:00", "2026-04-03t14:30+08:00", "2026-04-03T14:30:00+0800",
            "2026-04-03T14:30:00 +08", "2026-04-03T01:30:00\u221205:00",
            "2026-04-03 06:30Z")),
        (POLYGON, POLYGON.replace(" ", "; "), "polygon-separators"),
        (POLYGON, POLYGON.replace(" ", "；"), "polygon-separators"),
        (POLYGON, POLYGON.replace(",", " "), "polygon-separators"),
        ("<status>Actual</status>", "<Status>Actual</Status>", "element-spelling"),
        ("<polygon>" + POLYGON + "</polygon>", f'<polygon xmlns="">{POLYGON}</polygon>', "element-spelling"),
    ],
)  # fmt: skip
def test_loose_writing_is_understood_and_told(right: str, wrong: str, rule: str | None) -> None:
    reading = cap.read(_with(right, wrong))
    assert _rules(reading) == ({rule} if rule else set())
    (alert,) = reading.alerts
    if rule == "xml-entity":
        assert alert.infos[0].areas[0].description == "东岭村\u00a0—"
    else:
        assert alert == ALERT


def test_line_breaks_between_the_pairs_of_a_polygon_are_white_space_like_any_other() -> None:
    reading = cap.read(_with(POLYGON, "\n\t" + POLYGON.replace(" ", "\r\n      ") + "\n"))
    assert reading.findings == () and reading.alerts == (ALERT,)


def test_an_empty_element_says_what_its_absence_says() -> None:
    onset = "<onset>2026-04-03T16:00:00+08:00</onset>"
    reading = cap.read(_with("<size>4</size>", "<size/>", onset, "<onset> </onset>"))
    assert [found.rule for found in reading.findings] == ["element-empty", "element-empty"]
    (alert,) = reading.alerts
    assert alert.infos[0].onset is None and alert.infos[0].resources[0].size is None


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("<status>Actual<", "<status>Activ<", "enumeration"),
        ("T14:30:00+08:00</sent>", "T14:30:00</sent>", "time-offset"),
        ("T14:30:00+08:00</sent>", "T14:30:00 CST</sent>", "time"),
        ("<event>森林火险</event>\n", "", "element-missing"),
        ("<status>Actual</status>", "<status>Actual</status><status>Test</status>", "element-repeated"),
    ],
)
def test_what_is_not_certain_is_an_error_and_no_guess(right: str, wrong: str, rule: str) -> None:
    reading = cap.read(_with(right, wrong))
    assert reading.alerts == ()
    assert [(found.rule, found.severity) for found in reading.findings] == [(rule, cap.Level.ERROR)]


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (POLYGON, POLYGON.replace(",", " ") + " 40", "polygon-text"),
        (POLYGON, POLYGON.replace(",", "/"), "polygon-text"),
        ("<size>4<", "<size>4 kB<", "number"),
        ("<valueName>GB/T 2260</valueName>", "", "element-missing"),
        ("<mimeType>image/png</mimeType>", "", "element-missing"),
    ],
)
def test_an_alert_that_lost_a_part_is_handed_over_only_as_incomplete(
    right: str, wrong: str, rule: str
) -> None:
    reading = cap.read(_with(right, wrong))
    (message,) = reading.messages
    assert reading.alerts == () and not message.complete
    assert rule in _rules(reading)
    assert message.alert.infos[0].event == "森林火险"
    with pytest.raises(cap.CapError):
        cap.parse(_with(right, wrong))


@pytest.mark.parametrize(
    ("encoding", "head", "read_as", "rules"),
    [
        ("utf-8", '<?xml version="1.0" encoding="UTF-8"?>', "utf-8", set()),
        ("utf-8", "", "utf-8", set()),
        ("utf-8-sig", "", "utf-8", set()),
        ("utf-16", '<?xml version="1.0" encoding="UTF-16"?>', "utf-16-le", set()),
        ("utf-16-be", '<?xml version="1.0" encoding="UTF-16BE"?>', "utf-16-be", set()),
        ("utf-16-le", "", "utf-16-le", {"encoding-wrong"}),
        ("gb18030", '<?xml version="1.0" encoding="GB18030"?>', "gb18030", set()),
        ("gbk", "<?xml version='1.0' encoding='gb2312'?>", "gb18030", set()),
        ("gb18030", "", "gb18030", {"encoding-wrong"}),
        ("gb18030", '<?xml version="1.0" encoding="UTF-8"?>', "gb18030", {"encoding-wrong"}),
        ("utf-8", '<?xml version="1.0" encoding="UTF-16"?>', "utf-8", {"encoding-wrong"}),
        ("utf-8", '<?xml version="1.0" encoding="nonsense"?>', "utf-8", {"encoding-wrong"}),
        ("utf-8", '<?xml version="1.0" encoding="gb2312"?>', "utf-8", {"encoding-wrong"}),
        ("utf-8", '<?xml version="1.0" encoding="Big5"?>', "utf-8", {"encoding-wrong"}),
        ("utf-8", '<?xml version="1.0" encoding="ISO-8859-1"?>', "utf-8", {"encoding-wrong"}),
    ],
)  # fmt: skip
def test_old_encodings_are_read_and_wrong_declarations_told(
    encoding: str, head: str, read_as: str, rules: set[str]
) -> None:
    reading = cap.read((head + BODY).encode(encoding))
    assert (reading.encoding, _rules(reading)) == (read_as, rules)
    assert reading.alerts == (ALERT,)


def test_pairs_that_could_be_utf_8_are_believed_to_be_what_they_are_declared_as() -> None:
    alone = "".join(sign if ord(sign) < 128 else "楼" for sign in BODY)  # two bytes, and also a valid “¥”
    head = '<?xml version="1.0" encoding="gb2312"?>'
    reading = cap.read((head + alone).encode("gb2312"))
    assert (reading.encoding, _rules(reading) & {"encoding-wrong"}) == ("gb18030", set())


def test_an_ampersand_that_begins_no_name_means_itself() -> None:
    reading = cap.read(_with("东岭村", "A & B <!-- & --> &c=1&amp;&#38;"))
    assert _rules(reading) == {"xml-ampersand"} and len(reading.findings) == 2
    assert reading.alerts[0].infos[0].areas[0].description == "A & B  &c=1&&"
    assert "xml-malformed" in _rules(cap.read(_with("东岭村", "A &# B")))


def test_latin_letters_without_declaration_are_read_where_the_language_leaves_no_doubt() -> None:
    french = TEXT.replace("zh-CN", "fr-CA").replace("en-US", "fr-FR").replace("东岭村", "Forêt de l'Est")
    plain = "".join(each if ord(each) < 256 else "x" for each in french.partition("?>")[2])
    reading = cap.read(plain.encode("latin-1"))
    assert reading.encoding == "iso-8859-1" and _rules(reading) == {"encoding-wrong"}
    assert reading.alerts[0].infos[0].areas[0].description == "Forêt de l'Est"
    polish = plain.replace("fr-CA", "pl-PL").encode("latin-1")
    assert _rules(cap.read(polish)) == {"encoding"}
    windows = f'<?xml version="1.0" encoding="ISO-8859-1"?>{plain}'.replace("l'Est", "l’Est").encode("cp1252")
    assert cap.read(windows).alerts[0].infos[0].areas[0].description == "Forêt de l’Est"


def test_what_the_transport_says_of_the_encoding_counts_where_the_document_is_silent() -> None:
    data = BODY.replace("东岭村", "東嶺村").encode("gb18030")
    reading = cap.read(data, media_type="application/cap+xml; charset=GBK")
    assert (reading.encoding, reading.findings) == ("gb18030", ())


def test_an_alert_of_cap_1_1_is_read_as_1_2_and_says_so() -> None:
    document = _with("cap:1.2", "cap:1.1", "<mimeType>image/png</mimeType>\n", "")
    reading = cap.read(document)
    (message,) = reading.messages
    assert (reading.version, message.complete, _rules(reading)) == ("1.1", True, {"cap-version"})
    assert message.alert.infos[0].resources[0].mime_type == "application/octet-stream"
    (change,) = reading.converted
    assert change.place.path == "/alert/info[1]/resource[1]" and "mimeType" in change.what_zh


def test_an_alert_of_cap_1_0_is_converted_and_every_change_listed() -> None:
    document = CAP_1_0.replace(b"</msgType>", b"</msgType><password>x</password>")
    document = document.replace(b"<category>Geo</category>", b"")
    document = document.replace(b"<certainty>Likely<", b"<certainty>Very Likely<")
    document = document.replace(b"<areaDesc>", b"<areaDesc>", 1)
    document = document.replace(b"</circle>", b"</circle><geocode>fips6=006025</geocode>")
    (message,) = cap.read(document).messages
    info = message.alert.infos[0]
    assert message.version == "1.0" and message.complete
    assert info.categories == (cap.Category.OTHER,) and info.certainty is cap.Certainty.LIKELY
    assert info.areas[0].geocodes == (cap.ValuePair("fips6", "006025"),)
    told = " ".join(change.what_en for change in message.converted)
    for word in ("password", "category", "Likely", "fips6=006025"):
        assert word in told
    assert "x" not in message.alert.identifier and b"password" not in cap.write(message.alert)


def test_a_1_0_pair_without_a_name_is_an_error() -> None:
    document = CAP_1_0.replace(b"</circle>", b"</circle><geocode>006025</geocode>")
    assert "element-missing" in _rules(cap.read(document))


def test_an_alert_without_namespace_is_read_with_an_error() -> None:
    reading = cap.read(_with(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', ""))
    assert _rules(reading) == {"namespace-missing"} and reading.alerts == (ALERT,)


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text/xml">{}</content></entry></feed>'
RSS = "<rss version='2.0'><channel><item><description>{}</description></item></channel></rss>"
EDXL = (
    '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><distributionID>1</distributionID>'
    "<contentObject><xmlContent><embeddedXMLContent>{}</embeddedXMLContent></xmlContent></contentObject>"
    "</EDXLDistribution>"
)


@pytest.mark.parametrize(
    ("envelope", "name"),
    [(ATOM, "atom"), (RSS, "rss"), (EDXL, "edxl-de"), ("<alerts>{}</alerts>", "xml")],
)
def test_several_alerts_are_taken_out_of_their_envelope(envelope: str, name: str) -> None:
    second = BODY.replace("2026.4.3.14.30.0<", "2026.4.3.14.30.1<").replace(
        "<status>Actual", "<status>Actually"
    )
    reading = cap.read(envelope.format(BODY + second).encode())
    assert reading.envelope == name
    assert reading.alerts == (ALERT,)
    wrong = next(found for found in reading.findings if found.rule == "enumeration")
    assert "/alert[2]/status" in wrong.place.path
    (message,) = reading.messages
    assert cap.parse(message.document) == ALERT


@pytest.mark.parametrize("envelope", [ATOM, RSS])
def test_an_alert_that_stands_as_text_in_an_entry_is_read_too(envelope: str) -> None:
    for text in (escape(BODY), f"<![CDATA[{TEXT}]]>"):
        assert cap.read(envelope.format(text).encode()).alerts == (ALERT,)


def test_an_alert_in_base64_in_a_distribution_is_read() -> None:
    carried = base64.b64encode(PLAIN).decode()
    document = EDXL.replace("{}", "").replace(
        "<xmlContent><embeddedXMLContent></embeddedXMLContent></xmlContent>",
        f"<nonXMLContent><mimeType>application/cap+xml</mimeType><contentData>{carried}</contentData></nonXMLContent>",
    )
    assert cap.read(document.encode()).alerts == (ALERT,)


def test_an_index_that_only_links_holds_no_alert_and_no_fault() -> None:
    index = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://a.example/1"/></entry></feed>'
    )
    assert cap.read(index.encode()) == cap.Reading(envelope="atom", encoding="utf-8")


def test_a_signed_alert_out_of_an_envelope_keeps_every_letter_that_was_signed() -> None:
    body = FIRE.decode().partition("-->")[2].strip()
    (message,) = cap.read(ATOM.format(body).encode()).messages
    assert message.signed and b"<ds:SignatureValue>AAAA</ds:SignatureValue>" in message.document
    assert message.alert == cap.parse(FIRE)


def test_places_are_right_to_the_character() -> None:
    document = _with("  <scope>Public", "  <!-- <scope> --><note/><scope>public")
    found = {each.rule: each.place for each in cap.check(document)}
    line = document.decode().splitlines().index("  <!-- <scope> --><note/><scope>public</scope>") + 1
    assert (found["text-empty"].line, found["text-empty"].column) == (line, 19)
    assert (found["enumeration-spelling"].line, found["enumeration-spelling"].column) == (line, 26)
    flat = BODY.replace("\n", "").replace("<event>森林火险", '<event lang="x">森林火险')
    (place,) = [each.place for each in cap.check(flat.encode())]
    assert (place.line, place.column) == (1, flat.index("<event lang") + 1)


def test_a_document_of_nothing_but_faults_is_told_in_part_and_refused_in_whole() -> None:
    many = b"<code>a</code>" * 20_000
    document = PLAIN.replace(b"<code>profile-1</code>", many + b"<nonsense/>" * 20_000)
    findings = cap.check(document)
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].rule == "findings-many" and findings[-1].severity is cap.Level.ERROR


def test_hostile_shapes_take_no_more_than_their_share() -> None:
    needles = " ".join(f"{i % 2 * 60},{i / 2000 - 20:.4f}" for i in range(80_000))
    for document in (
        PLAIN.replace(b"profile-1", b"<a>" * 200_000),
        PLAIN.replace(POLYGON.encode(), needles.encode(), 1),
        PLAIN.replace(b'"East Ridge"', b'"' * 400_001, 1),
        PLAIN.replace(b"fire weather", b"&" * 100_000),
        PLAIN.replace(b"fire weather", b"\xff\xfe" * 100_000),
        PLAIN + b" " * LARGEST,
        ATOM.format(escape(ATOM.format(escape(BODY)))).encode(),
    ):
        assert cap.read(document).messages == () or cap.check(document)
    assert any(each.rule == "polygon-unexamined" for each in cap.check(
        PLAIN.replace(POLYGON.encode(), needles.encode(), 1)
    ))  # fmt: skip


def test_many_threads_may_read_at_once() -> None:
    read: list[object] = []
    workers = [
        threading.Thread(target=lambda: read.extend(cap.parse(PLAIN) == ALERT for _ in range(20)))
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert read == [True] * 80


def test_what_a_resource_carries_is_decoded_when_asked_for() -> None:
    resource = ALERT.infos[0].resources[0]
    assert cap.content_of(resource) == b"\x89PNG"[:4]
    for right, wrong, rule in (
        ("iVBORw==", "iVBOR", "resource-content"),
        ("<size>4", "<size>5", "resource-size-differs"),
        ("<digest>4eff", "<digest>0000", "resource-digest-differs"),
    ):
        broken = cap.parse(_with(right, wrong)).infos[0].resources[0]
        with pytest.raises(cap.CapError) as refused:
            cap.content_of(broken)
        assert [found.rule for found in refused.value.findings] == [rule]
