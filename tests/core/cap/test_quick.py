"""The quick reading of a text and the careful reading of its elements say the same, or the quick one says nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fenghuo.core import cap
from fenghuo.core.cap import packs, quick
from fenghuo.core.cap.read import examine
from tests.core.cap.alerts import valid_alerts

HOME = Path(__file__).parent
DOCUMENTS = sorted(
    path
    for folder in ("samples", "examples")
    for path in (HOME / folder).rglob("*")
    if path.suffix in (".xml", ".edxl", ".atom", ".rss")
)
EVERY = packs.NAMES


def both(document: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can be asked of a document, read in both ways."""

    def told():
        found = cap.read(document)
        return found.messages, found.findings, cap.check(document, EVERY), cap.mend(document, EVERY)

    as_it_is = told()
    with monkeypatch.context() as patch:
        patch.setattr("fenghuo.core.cap.quick._quickly", lambda *given: None)
        assert as_it_is == told()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_are_read_alike(path, monkeypatch):
    both(path.read_bytes(), monkeypatch)


def test_most_alerts_as_authorities_send_them_are_read_quickly():
    quickly = 0
    found = [path.read_bytes() for path in DOCUMENTS if path.parent.name == "national"]
    for data in found:
        for each in examine(data).alerts:
            root = each.tree.root
            quickly += quick._quickly(root, etree.tostring(root, encoding="unicode"), 0) is not None
    assert quickly >= 16


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
