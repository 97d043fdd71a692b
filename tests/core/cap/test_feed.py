"""The feed is valid Atom that leads to every alert, and changes its tag exactly when it changes."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from lxml import etree

from fenghuo.core.cap.feed import ATOM, etag, feed
from tests.core.cap.alerts import BEIJING, simple_alert, simple_info

URL = "https://township.example/cap/feed.atom"
NOW = datetime(2026, 4, 3, 7, 0, tzinfo=UTC)
NS = {"a": ATOM}


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
    empty = etree.fromstring(feed([], "t", URL, NOW, author="示例乡"))
    assert empty.findtext("a:author/a:name", namespaces=NS) == "示例乡"
    bare = etree.fromstring(feed([simple_alert(infos=())], "t", URL, NOW))
    assert bare.findtext("a:entry/a:title", namespaces=NS) == "Alert a-1"


def test_a_feed_without_zone_or_address_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        feed([], "t", URL, datetime(2026, 4, 3))
    with pytest.raises(ValueError, match="absolute"):
        feed([], "t", "/cap/feed.atom", NOW)
