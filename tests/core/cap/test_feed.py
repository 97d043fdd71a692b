"""The feed is valid Atom that leads to every alert or carries it, and changes its tag exactly when it changes."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fenghuo.core import cap
from fenghuo.core.cap import signature
from fenghuo.core.cap.feed import ATOM, etag, feed, pages
from fenghuo.core.cap.feeds import read_index
from tests.core.cap.alerts import BEIJING, FIRE, simple_alert, simple_info, valid_alerts

URL = "https://township.example/cap/feed.atom"
NOW = datetime(2026, 4, 3, 7, 0, tzinfo=UTC)
NS = {"a": ATOM}
_RULES = etree.RelaxNG(file=str(Path(__file__).parent / "atom.rng"))


def _valid(body: bytes) -> etree._Element:
    """The feed's root, after the rules of RFC 4287: the grammar, and what a grammar cannot say."""
    root = etree.fromstring(body)
    _RULES.assertValid(root)
    # 4.1.1: an author for everything; one link to itself at the most.
    assert root.find("a:author", NS) is not None
    assert len(root.findall("a:link[@rel='self']", NS)) == 1
    ids = [each.text for each in root.iterfind("a:entry/a:id", NS)]
    assert len(set(ids)) == len(ids)
    for entry in root.iterfind("a:entry", NS):
        # 4.1.2: alternates differ in type or language; an entry without content has one.
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in entry.iterfind("a:link[@rel='alternate']", NS)
        ]
        assert alternates
        assert len(set(alternates)) == len(alternates)
    return root


def _alerts() -> list:
    sent = datetime(2026, 4, 3, 8, 0, tzinfo=BEIJING)
    return [simple_alert(identifier=f"a/{n} é", sent=sent + timedelta(hours=n)) for n in range(3)]


def test_the_feed_has_all_that_atom_requires() -> None:
    # RFC 4287, 4.1.1 and 4.1.2
    root = etree.fromstring(feed(_alerts(), "示例乡预警", URL, NOW))
    assert root.tag == f"{{{ATOM}}}feed"
    assert [root.findtext(f"a:{name}", namespaces=NS) for name in ("id", "title", "updated")] == [
        URL,
        "示例乡预警",
        "2026-04-03T07:00:00+00:00",
    ]
    assert root.findtext("a:author/a:name", namespaces=NS) == "示例乡预警"
    assert root.find("a:link[@rel='self']", NS).get("href") == URL
    entries = root.findall("a:entry", NS)
    assert len(entries) == 3
    for entry in entries:
        for name in ("id", "title", "updated", "author"):
            assert len(entry.findall(f"a:{name}", NS)) == 1
        UUID(entry.findtext("a:id", namespaces=NS).removeprefix("urn:uuid:"))
        assert datetime.fromisoformat(entry.findtext("a:updated", namespaces=NS)).tzinfo
    assert len({entry.findtext("a:id", namespaces=NS) for entry in entries}) == 3


def test_each_entry_links_to_its_alert_newest_first() -> None:
    root = etree.fromstring(feed(_alerts(), "t", URL, NOW))
    links = root.findall("a:entry/a:link", NS)
    assert {link.get("type") for link in links} == {"application/cap+xml"}
    assert [link.get("href") for link in links] == [
        f"https://township.example/cap/a%2F{n}%20%C3%A9.xml" for n in (2, 1, 0)
    ]


def test_an_entry_says_what_the_alert_says_in_its_language() -> None:
    info = simple_info(headline="森林火险橙色预警", description="风大\x07物燥", sender_name="示例乡值班室")
    root = etree.fromstring(feed([simple_alert(infos=(info,))], "t", URL, NOW))
    entry = root.find("a:entry", NS)
    title = entry.find("a:title", NS)
    assert title.text == "森林火险橙色预警"
    assert title.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
    assert entry.findtext("a:summary", namespaces=NS) == "风大\ufffd物燥"
    assert entry.findtext("a:author/a:name", namespaces=NS) == "示例乡值班室"
    assert [each.get("term") for each in entry.findall("a:category", NS)] == ["Fire"]


def test_the_tag_stays_while_the_feed_stays() -> None:
    alerts = _alerts()
    body = feed(alerts, "t", URL, NOW)
    random.Random(1).shuffle(alerts)
    assert etag(feed(alerts, "t", URL, NOW)) == etag(body)
    assert etag(feed(alerts[1:], "t", URL, NOW)) != etag(body)
    assert etag(body)[0] == etag(body)[-1] == '"'


def test_an_empty_feed_and_an_alert_without_info_are_still_atom() -> None:
    empty = _valid(feed([], "t", URL, NOW, author="示例乡"))
    assert empty.findtext("a:author/a:name", namespaces=NS) == "示例乡"
    bare = _valid(feed([simple_alert(infos=())], "t", URL, NOW))
    assert bare.findtext("a:entry/a:title", namespaces=NS) == "Alert a-1"


def test_a_feed_without_zone_or_address_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        feed([], "t", URL, datetime(2026, 4, 3))
    with pytest.raises(ValueError, match="absolute"):
        feed([], "t", "/cap/feed.atom", NOW)


@settings(max_examples=12, deadline=None)
@given(st.lists(valid_alerts(), max_size=3, unique_by=lambda each: each.reference), st.booleans())
def test_any_alerts_make_valid_atom_and_are_found_again(alerts: list[cap.Alert], carried: bool) -> None:
    body = feed(alerts, "示例乡预警", URL, NOW, content=cap.write if carried else None)
    _valid(body)
    index = read_index(body, URL, media_type="application/atom+xml; charset=utf-8")
    assert (index.kind, index.id, index.title, index.updated) == ("atom", URL, "示例乡预警", NOW)
    assert len(index.entries) == len(alerts)
    assert [entry.updated for entry in index.entries] == sorted((each.sent for each in alerts), reverse=True)
    if carried:
        assert {message.alert for message in index.messages} == set(alerts)
    else:
        assert all(entry.marked and len(entry.links) == 1 for entry in index.entries)


def test_an_alert_carried_in_an_entry_keeps_what_its_signature_is_over() -> None:
    alert = cap.parse(FIRE)
    root = _valid(feed([alert, simple_alert()], "t", URL, NOW, content=lambda each: FIRE))
    carried = root.find("a:entry/a:content", NS)
    assert carried.get("type") == "application/cap+xml"
    there = etree.fromstring(etree.tostring(carried[0]))
    for element in (there, etree.fromstring(FIRE)):
        element.tail = None
    assert etree.tostring(there, method="c14n", exclusive=True, with_comments=False) == etree.tostring(
        etree.fromstring(FIRE), method="c14n", exclusive=True, with_comments=False
    )
    with pytest.raises(ValueError, match="must be an alert"):
        feed([alert], "t", URL, NOW, content=lambda each: b"<other/>")
    with pytest.raises(cap.CapError):
        feed([alert], "t", URL, NOW, content=lambda each: b"<!DOCTYPE a><alert/>")


def test_a_signature_holds_after_the_way_through_a_feed() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "duty")])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), 1, begin, begin + timedelta(days=300)
    ).sign(key, hashes.SHA256())
    signed = signature.sign(cap.write(simple_alert()), key, certificate)
    body = feed([simple_alert()], "t", URL, NOW, content=lambda each: signed)
    (message,) = read_index(body, URL).messages
    assert message.signed
    verdict = signature.verify(message.document, signature.Trust.of(certificate))
    assert verdict.kind is signature.Kind.VALID


def test_a_long_feed_comes_in_pages_that_lead_through_all_of_it() -> None:
    # RFC 5005, 3
    alerts, seen, address = _alerts(), [], URL
    assert (pages(3, 2), pages(0, 2), pages(3, None)) == (2, 1, 1)
    bodies = {
        f"{URL}?page={n}" if n > 1 else URL: feed(alerts, "t", URL, NOW, size=2, page=n) for n in (1, 2)
    }
    while address:
        index = read_index(bodies[address], address)
        root = _valid(bodies[address])
        assert root.find("a:link[@rel='self']", NS).get("href") == address
        assert root.find("a:link[@rel='first']", NS).get("href") == URL
        assert root.find("a:link[@rel='last']", NS).get("href") == f"{URL}?page=2"
        seen.extend(entry.id for entry in index.entries)
        address = index.next
    assert seen == [entry.id for entry in read_index(feed(alerts, "t", URL, NOW), URL).entries]
    with pytest.raises(ValueError, match="no page 3"):
        feed(alerts, "t", URL, NOW, size=2, page=3)
    with pytest.raises(ValueError, match="one alert"):
        feed(alerts, "t", URL, NOW, size=0)
