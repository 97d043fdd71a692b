"""The quick reading of a text and the careful reading of its elements say the same, or the quick one says nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fenghuo.core import cap
from fenghuo.core.cap import grammar, packs, quick
from fenghuo.core.cap.model import NAMESPACE
from fenghuo.core.cap.read import examine
from fenghuo.core.cap.source import read_source
from tests.core.cap.alerts import valid_alerts

HOME = Path(__file__).parent
DOCUMENTS = sorted(
    path
    for folder in ("samples", "examples")
    for path in (HOME / folder).rglob("*")
    if path.suffix in (".xml", ".edxl", ".atom", ".rss")
)
EVERY = packs.NAMES


def carefully(prefix: str, *, loose: bool) -> grammar.Reader:
    raise grammar.Unusual


def both(document: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can be asked of a document, read in both ways."""

    def told():
        found = cap.read(document)
        return found.messages, found.findings, cap.check(document, EVERY), cap.mend(document, EVERY)

    as_it_is = told()
    with monkeypatch.context() as patch:
        patch.setattr(quick, "reader_of", carefully)
        assert as_it_is == told()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_are_read_alike(path, monkeypatch):
    both(path.read_bytes(), monkeypatch)


def test_most_alerts_as_authorities_send_them_are_read_quickly():
    found = [path for path in DOCUMENTS if path.parent.name == "national"]
    quickly = [path.name for path in found if examine(path.read_bytes()).plain]
    assert len(quickly) >= 16, sorted({path.name for path in found} - set(quickly))


CHANGES = [
    (b"\n", b"\r\n"),
    (b"<description>", b"<description>&#13;&amp;&lt;b&gt; &#x4e00;"),
    (b"<description>", b"<description>&#32;"),
    (b"<headline>", b"<headline>   "),
    (b"<headline>", b"<headline><![CDATA[<headline>]]>"),
    (b"<headline>", b"<!-- <headline>no</headline> --><headline>"),
    (b"<event>", b"<event lang='en'>"),
    (b"<event>", b"<event>x</event><event>"),
    (b"<event>", b"<event >"),
    (b"<web>", b"<contact/><web>"),
    (b"<urgency>", b"x<urgency>"),
    (b"<urgency>", b"<urgency> "),
    (b"<category>", b"<category>Met</category> <category>"),
    (b"<sender>", b"<sender>\xe3\x80\x80"),
    (b"<sender>", b"<sender> "),
    (b"<area>", b"<area><!-- area -->"),
    (b"<area>", b"<area><x:y xmlns:x='urn:x'/>"),
    (b"</alert>", b"<Signature/></alert>"),
    (b"</alert>", b"<x:Signature xmlns:x='urn:x'/></alert>"),
    (b"</alert>", b"</alert><!-- <alert> -->"),
    (b"<alert ", b"<alert title='a>b' "),
    (b"<identifier>", b"<!-- - --><identifier>"),
    (b"-07:00", b"Z"),
    (b"+08:00", b"+00:00"),
    (b",", b", "),
    (b".", b""),
    (b"<valueName>", b"<valueName> "),
    (b"<value>", b"<value> "),
    (b"<value>", b"<value>&#10;"),
    (b"</value>", b"</value>x"),
    (b"<polygon>", b"<polygon>+"),
    (b"<polygon>", b"<polygon>0"),
]


@pytest.mark.parametrize("old, new", CHANGES)
def test_what_is_unusual_is_read_alike(old, new, monkeypatch):
    some = [path for path in DOCUMENTS if path.name in NAMES]
    assert len(some) == len(NAMES)
    for path in some:
        data = path.read_bytes()
        both(data.replace(old, new), monkeypatch)
        both(data.replace(old, new, 1), monkeypatch)


NAMES = ("homeland_security.xml", "be_kmi_rain.xml", "us_ntwc_cancellation.xml")


@settings(max_examples=20, deadline=None)
@given(alert=valid_alerts(), data=st.data())
def test_any_alert_is_read_alike_whole_and_with_a_byte_changed(alert, data):
    with pytest.MonkeyPatch.context() as patch:
        document = cap.write(alert)
        both(document, patch)
        at = data.draw(st.integers(0, len(document) - 1))
        both(document[:at] + data.draw(st.binary(max_size=2)) + document[at + 1 :], patch)


PIECES = [
    "]]>", "]]", "&", "&amp;", "&#0;", "&#11;", "&#x110000;", "&#xFFFF;", "&#" + "9" * 5000 + ";", "&nbsp;",
    "\x0b", "\x00", "\ufffe", "\uffff", "\x85", "\u2028", "\u3000", "\r", "\r\n", "<!--", "-->", "--",
    "<!-- a -->", "<!-- a--->", "<!-- - -- -->", "<!-->", "<![CDATA[x]]>", "<!DOCTYPE alert>", "<?x?>",
    "<?x", "?>", "<?xml version='1.0'?>", "<?xml-stylesheet href='a'?>", "<", ">", "/>", "</", '"', "'",
    "=", "<note/>", "<note />", "<note\n></note>", "</alert>", "<alert>", "<x:y/>", " xmlns:x='urn:x'",
    " xmlns=''", " xmlns:xml='urn:x'", " xmlns:xsi='urn:x'", " xsi:schemaLocation='a b'", " a='b'",
    " standalone='maybe'", " encoding='utf-8'", "x", " ", "\n", "é", "火",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    path=st.sampled_from([path for path in DOCUMENTS if path.stat().st_size < 9000]),
    places=st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 12), st.sampled_from(PIECES)), max_size=2),
    tags=st.booleans(),
)
def test_what_is_read_without_a_parser_is_well_formed_and_says_what_the_parser_says(path, places, tags):
    text = path.read_text(encoding="utf-8", errors="replace")
    borders = [found.end() for found in re.finditer(r"[<>]", text)]
    for at, length, piece in places:
        # Half of the time where it hurts: beside a bracket.
        begin = borders[at % len(borders)] if tags and borders else at % len(text)
        text = text[:begin] + piece + text[begin + (0 if tags else length) :]
    try:
        source = read_source(text.encode())
    except cap.CapError:
        return  # Refused before anybody reads it.
    if quick.read_plain(source) is not None:
        root = etree.fromstring(source.xml, etree.XMLParser(encoding="utf-8", resolve_entities=False))
        assert root.tag == f"{{{NAMESPACE}}}alert"
        with pytest.MonkeyPatch.context() as patch:
            both(text.encode(), patch)
