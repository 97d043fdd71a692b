"""A feed is read from whatever a server sends, each alert once, and nothing inside the network is ever asked."""

import asyncio
import gzip
import random
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core import cap
from fenghuo.core.cap.feed import feed
from fenghuo.core.cap.feeds import Guard, Index, Link, Polled, Subscription, Visit, pack, poll, read_index
from fenghuo.core.cap.feeds.body import Body
from fenghuo.core.cap.feeds.web import Answer, Limits, Web
from fenghuo.core.cap.findings import Finding, Unusable
from tests.core.cap.alerts import BEIJING, simple_alert
from tests.core.cap.hostile_server import Request, Server, response, serving

NOW = datetime(2026, 4, 3, 7, 0, tzinfo=UTC)
URL = "https://authority.example/cap/feed.atom"
ENVELOPES = Path(__file__).parent / "samples" / "envelopes"
HERE = Guard(allow_private=("127.0.0.1/32",))
BRIEF = Limits(connect=0.5, silence=0.5, whole=2.0, tries=1, bytes_sent=200_000, bytes=200_000)
RANDOM = random.Random(5)


def _rules(findings: Iterable[Finding]) -> list[str]:
    """The rules of findings, each of which must be whole in both languages."""
    listed = list(findings)
    for found in listed:
        for text in (found.message_en, found.message_zh, found.fix_en, found.fix_zh):
            assert text
            assert "{" not in text
        assert any("一" <= sign <= "鿿" for sign in found.message_zh + found.fix_zh)
    return [found.rule for found in listed]


# --- indexes


def _atom(entries: str, head: str = "") -> bytes:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" {head}>
        <id>urn:x:feed</id><title>示例</title><updated>2026-04-03T06:00:00Z</updated>{entries}</feed>""".encode()


def _entry(inside: str) -> str:
    return f"<entry><id>urn:x:1</id><title>t</title><updated>2026-04-03T06:00:00Z</updated>{inside}</entry>"


def _item(inside: str) -> bytes:
    return f"""<rss version="2.0"><channel><title>示例</title><link>https://authority.example/</link>
        <item><title>t</title><pubDate>Fri, 03 Apr 2026 14:00:00 +0800</pubDate>{inside}</item>
        </channel></rss>""".encode()


@pytest.mark.parametrize(
    ("name", "kind", "links", "carried", "marked"),
    [
        (
            "us_usgs_index.atom",
            "atom",
            ["http://earthquake.usgs.gov/earthquakes/catalogs/cap/us2010apcd"],
            0,
            True,
        ),
        (
            "us_ny_index.rss",
            "rss",
            ["http://www.nyalert.gov/Public/News/GetCapAlert.aspx?capID=NYAlert-ALLHAZALERT-3167113"],
            0,
            False,
        ),
        ("us_nws_weather.atom", "atom", [], 1, False),
        ("us_trinet_earthquake.atom", "atom", [], 1, False),
        ("au_nswrfs_bushfires.edxl", "edxl-de", [], 2, False),
    ],
)
def test_indexes_of_authorities_lead_to_their_alerts(
    name: str, kind: str, links: list[str], carried: int, marked: bool
) -> None:
    index = read_index((ENVELOPES / name).read_bytes(), URL)
    assert index.kind == kind
    assert [link for entry in index.entries for link in entry.links] == links
    assert len(index.messages) == carried
    assert [entry.marked for entry in index.entries if entry.links] == [marked] * len(links)
    assert all(entry.id and entry.updated for entry in index.entries)
    assert "error" not in {found.severity for found in index.findings}
    _rules(index.findings)


@pytest.mark.parametrize(
    ("data", "links", "rules"),
    [
        # 1. marked as CAP, whatever the relation, before anything else; all of them, each once
        (
            _atom(
                _entry(
                    '<link href="https://a.example/page"/>'
                    '<link rel="related" type="Application/CAP+XML; charset=utf-8" href="1.xml"/>'
                    '<link type="application/common-alerting-protocol+xml" href="2.xml"/>'
                    '<link rel="enclosure" type="application/cap+xml" href="1.xml"/>'
                )
            ),
            ["https://authority.example/cap/1.xml", "https://authority.example/cap/2.xml"],
            [],
        ),
        (
            _atom(_entry('<content type="application/cap+xml" src="/1.xml"/><link href="/p"/>')),
            ["https://authority.example/1.xml"],
            [],
        ),
        (
            _item(
                '<link>/page</link><enclosure url="https://a.example/1" type="application/cap+xml" length="0"/>'
            ),
            ["https://a.example/1"],
            ["feed-id"],
        ),
        # 2. some XML
        (
            _atom(_entry('<link href="/page"/><link type="text/xml" href="/1.xml"/>')),
            ["https://authority.example/1.xml"],
            ["feed-link-type"],
        ),
        # 3. an alternate without type, one of them; in RSS the link, then a permalink
        (
            _atom(_entry('<link href="/1"/><link href="/2"/>')),
            ["https://authority.example/1"],
            ["feed-link-type"],
        ),
        (
            _item("<guid>https://a.example/g</guid><link>/1</link>"),
            ["https://authority.example/1"],
            ["feed-link-type"],
        ),
        (_item("<guid>https://a.example/g</guid>"), ["https://a.example/g"], ["feed-link-type"]),
        (_item('<guid isPermaLink="false">https://a.example/g</guid>'), [], ["feed-no-alert"]),
        # 4. an id that is an address
        (
            _atom(_entry("").replace("urn:x:1", "https://a.example/1")),
            ["https://a.example/1"],
            ["feed-link-type"],
        ),
        # pages for people, pictures, other feeds
        (
            _atom(
                _entry(
                    '<link type="text/html" href="/1"/><link rel="enclosure" type="image/png" href="/2"/>'
                    '<link type="application/atom+xml" href="/3"/><link rel="edit" href="/4"/>'
                )
            ),
            [],
            ["feed-no-alert"],
        ),
        # bases: outermost first, each by the one around it
        (
            _atom(_entry('<link xml:base="b/" type="application/cap+xml" href="1.xml"/>'), 'xml:base="/a/"'),
            ["https://authority.example/a/b/1.xml"],
            [],
        ),
        (
            _atom(
                _entry('<link type="application/cap+xml" href="file:///etc/passwd"/><link href="http://[/"/>')
            ),
            [],
            ["feed-link", "feed-link", "feed-no-alert"],
        ),
        (
            _atom(_entry("".join(f'<link type="application/cap+xml" href="/{n}"/>' for n in range(12)))),
            [f"https://authority.example/{n}" for n in range(10)],
            ["feed-links"],
        ),
        # RSS 1.0
        (
            b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
              xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>t</title></channel>
              <item rdf:about="https://a.example/1"><title>t</title><link>https://a.example/1.xml</link>
              <dc:date>2026-04-03T06:00:00Z</dc:date></item></rdf:RDF>""",
            ["https://a.example/1.xml"],
            ["feed-link-type"],
        ),
    ],
)
def test_the_link_that_leads_to_the_alert_is_chosen_by_rule(
    data: bytes, links: list[str], rules: list[str]
) -> None:
    index = read_index(data, URL)
    (entry,) = index.entries
    assert list(entry.links) == links
    assert sorted(_rules(index.findings)) == sorted(rules)
    assert entry.updated == datetime(2026, 4, 3, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "moment", "rule"),
    [
        (
            _atom(_entry("").replace("2026-04-03T06:00:00Z", "Fri, 03 Apr 2026 06:00:00 GMT")),
            True,
            "feed-time",
        ),
        (_atom(_entry("").replace("2026-04-03T06:00:00Z", "2026-04-03T14:00:00.000+08:00")), True, ""),
        (_atom(_entry("").replace("2026-04-03T06:00:00Z", "2026-04-03 06:00")), False, "feed-time"),
        (_atom(_entry("").replace("2026-04-03T06:00:00Z", "2026-02-30T06:00:00Z")), False, "feed-time"),
        (_atom(_entry("").replace("<updated>2026-04-03T06:00:00Z</updated>", "")), False, "feed-no-time"),
        (_item("").replace(b"14:00:00 +0800", b"06:00:00"), False, "feed-time"),
        (_item("").replace(b"14:00:00 +0800", b"06:00:00 -0000"), True, ""),
        (
            _item("").replace(b"Fri, 03 Apr 2026 14:00:00 +0800", b"2026-04-03T14:00:00+08:00"),
            True,
            "feed-time",
        ),
    ],
)
def test_a_date_is_read_when_it_is_certain(data: bytes, moment: bool, rule: str) -> None:
    index = read_index(data, URL)
    assert index.entries[0].updated == (datetime(2026, 4, 3, 6, 0, tzinfo=UTC) if moment else None)
    assert [each for each in _rules(index.findings) if "time" in each] == ([rule] if rule else [])


def test_alerts_inside_entries_belong_to_their_entry() -> None:
    alerts = [simple_alert(identifier=f"a-{n}") for n in range(3)]
    inside = [cap.write(alert).decode().split("?>", 1)[1] for alert in alerts]
    escaped = inside[2].replace("&", "&amp;").replace("<", "&lt;")
    index = read_index(
        _atom(
            _entry(f'<content type="application/cap+xml">{inside[0]}{inside[1]}</content><link href="/1"/>')
            + _entry('<link type="application/cap+xml" href="/2"/>')
            + _entry(f'<content type="text">{escaped}</content>')
        ),
        URL,
    )
    assert [[each.alert for each in entry.messages] for entry in index.entries] == [
        alerts[:2],
        [],
        alerts[2:],
    ]
    assert [entry.links for entry in index.entries] == [(), ("https://authority.example/2",), ()]


def test_what_is_no_feed_says_what_it_is() -> None:
    page = read_index(
        b"  <!-- x --><!DOCTYPE html><html><title>404</title></html>", URL, media_type="text/html"
    )
    assert (page.kind, _rules(page.findings)) == ("", ["feed-media-type", "feed-page"])
    assert read_index(b"\n" * 100_000 + b"x").kind == ""
    other = read_index(b"<svg xmlns='http://www.w3.org/2000/svg'/>", URL)
    assert (other.kind, _rules(other.findings)) == ("", ["not-cap"])
    bomb = read_index(
        b'<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
    )
    assert _rules(bomb.findings) == ["xml-doctype"]
    alone = read_index(cap.write(simple_alert()), URL, media_type="application/cap+xml")
    assert (alone.kind, [each.alert for each in alone.messages]) == ("cap", [simple_alert()])
    many = read_index(_atom(_entry("") * 30), URL, most=20)
    assert (len(many.entries), _rules(many.findings)[0]) == (20, "feed-entries")


_INDEX = _atom(_entry('<link type="application/cap+xml" href="/1"/><content>x</content>'), 'xml:base="/a/"')


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_crash_the_reader_of_indexes(data: st.DataObject) -> None:
    text = bytearray(data.draw(st.sampled_from([_INDEX, _item("<guid>x</guid><link>/1</link>")])))
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = start + data.draw(st.integers(0, 12))
        text[start:end] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<", b"http://[", b"\xff", b"&x;"])
        )
    assert isinstance(read_index(bytes(text), data.draw(st.sampled_from(["", URL, "x", "http://["]))), Index)


# --- addresses


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("", "fetch-address"),
        ("authority.example/feed", "fetch-address"),
        ("//authority.example/feed", "fetch-address"),
        ("http:///feed", "fetch-address"),
        ("http://a.example:0/", "fetch-address"),
        ("http://a.example:99999/", "fetch-address"),
        ("http://a.example/\r\nx: y", "fetch-address"),
        ("http://a\\@b.example/", "fetch-address"),
        ("http://a b.example/", "fetch-address"),
        ("http://%31%32%37.0.0.1/", "fetch-spelling"),
        ("http://a.example/" + "x" * 3000, "fetch-address"),
        ("file:///etc/passwd", "fetch-scheme"),
        ("gopher://a.example/", "fetch-scheme"),
        ("data:text/xml,x", "fetch-scheme"),
        ("https://duty:secret@a.example/", "fetch-credentials"),
        ("https://a.example@127.0.0.1/", "fetch-credentials"),
        ("http://2130706433/", "fetch-spelling"),
        ("http://0177.0.0.1/", "fetch-spelling"),
        ("http://0x7f.0.0.1/", "fetch-spelling"),
        ("http://127.1/", "fetch-spelling"),
        ("http://127.0.0.1./", "fetch-spelling"),
        ("http://127.0.0.1/", "fetch-private"),
        ("http://１２７。0。0。1/", "fetch-private"),
        ("http://0.0.0.0/", "fetch-private"),
        ("http://10.1.2.3:8080/", "fetch-private"),
        ("http://172.31.0.1/", "fetch-private"),
        ("http://192.168.1.1/", "fetch-private"),
        ("http://100.64.0.1/", "fetch-private"),
        ("http://100.100.100.200/", "fetch-private"),
        ("http://168.63.129.16/", "fetch-private"),
        ("http://169.254.169.254/latest/meta-data/", "fetch-private"),
        ("http://198.18.0.1/", "fetch-private"),
        ("http://224.0.0.1/", "fetch-private"),
        ("http://255.255.255.255/", "fetch-private"),
        ("http://[::1]/", "fetch-private"),
        ("http://[::]/", "fetch-private"),
        ("http://[::ffff:127.0.0.1]/", "fetch-private"),
        ("http://[::ffff:a9fe:a9fe]/", "fetch-private"),
        ("http://[::127.0.0.1]/", "fetch-private"),
        ("http://[64:ff9b::10.0.0.1]/", "fetch-private"),
        ("http://[64:ff9b:1::1]/", "fetch-private"),
        ("http://[2002:7f00:1::]/", "fetch-private"),
        ("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "fetch-private"),
        ("http://[fe80::1]/", "fetch-private"),
        ("http://[fe80::1%25eth0]/", "fetch-private"),
        ("http://[fec0::1]/", "fetch-private"),
        ("http://[fd00:ec2::254]/", "fetch-private"),
        ("http://[fc00::1]/", "fetch-private"),
        ("http://[ff02::1]/", "fetch-private"),
        ("http://[2001:db8::1]/", "fetch-private"),
    ],
)
def test_addresses_that_are_not_fetched(url: str, rule: str) -> None:
    with pytest.raises(Unusable) as refused:
        Guard().url(url)
    found = refused.value.fault
    assert found.rule == rule
    assert "secret" not in found.message_en
    assert "{" not in found.message_en + found.message_zh


def test_public_addresses_are_fetched_and_an_office_may_open_its_own_network() -> None:
    for url in (
        "https://authority.example/feed?x=1#y",
        "http://93.184.216.34:8080/",
        "http://[2606:2800:220:1::1]/",
        "http://[::ffff:93.184.216.34]/",
        "http://[64:ff9b::93.184.216.34]/",
        "https://预警.example/源 1.xml",
    ):
        assert not Guard().url(url).fragment
    inside = Guard(allow_private=True)
    for url in ("http://127.0.0.1/", "http://10.1.2.3/", "http://[::1]/", "http://[fd12::1]/"):
        inside.url(url)
    for url in (
        "http://169.254.169.254/",
        "http://100.100.100.200/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
    ):
        with pytest.raises(Unusable):
            inside.url(url)
    narrow = Guard(allow_private=("10.1.2.0/24", "fd12::/16"))
    assert narrow.refuses(ip_address("10.1.2.3")) is None
    assert narrow.refuses(ip_address("fd12::1")) is None
    assert narrow.refuses(ip_address("10.1.3.3")) is not None
    assert narrow.refuses(ip_address("127.0.0.1")) is not None
    with pytest.raises(ValueError, match=r"10\.1\.2"):
        Guard(allow_private=("10.1.2.0/99",))


# --- bodies


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


_DOCUMENT = cap.write(simple_alert())


def _unpacked(
    encoding: str, sent: bytes, piece: int = 1000, most: int = 1_000_000
) -> tuple[bytes, list[str]]:
    body = Body(encoding, most_sent=most, most=most)
    for start in range(0, len(sent), piece):
        body.feed(sent[start : start + piece])
    return body.finish(), [found.rule for found in body.departures]


@pytest.mark.parametrize("piece", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("encoding", "sent", "departures"),
    [
        ("", _DOCUMENT, []),
        ("identity", _DOCUMENT, []),
        ("gzip", gzip.compress(_DOCUMENT), []),
        ("X-GZIP", gzip.compress(_DOCUMENT), []),
        ("gzip", gzip.compress(_DOCUMENT[:50]) + gzip.compress(_DOCUMENT[50:]) + b"\0" * 20, []),
        ("deflate", zlib.compress(_DOCUMENT), []),
        ("deflate", _raw_deflate(_DOCUMENT), []),
        ("gzip", _DOCUMENT, ["fetch-encoding-wrong"]),
        ("deflate", _DOCUMENT, ["fetch-encoding-wrong"]),
        ("deflate", gzip.compress(_DOCUMENT), ["fetch-encoding-wrong"]),
        ("", gzip.compress(_DOCUMENT), ["fetch-encoding-wrong"]),
    ],
)
def test_a_body_is_unpacked_as_it_was_packed(
    encoding: str, sent: bytes, departures: list[str], piece: int
) -> None:
    assert _unpacked(encoding, sent, piece) == (_DOCUMENT, departures)


def test_a_body_larger_than_a_step_is_unpacked_whole() -> None:
    large = bytes(200_000) + RANDOM.randbytes(1000) + bytes(65_536)
    assert _unpacked("gzip", gzip.compress(large), 10)[0] == large
    # All of it taken in, and more than a step still to come out.
    for size in (65_537, 65_540, 2 * 65_536):
        assert _unpacked("deflate", _raw_deflate(bytes(size)), 10_000)[0] == bytes(size)


@pytest.mark.parametrize(
    ("encoding", "sent", "rule"),
    [
        ("gzip", gzip.compress(bytes(5_000_000)), "fetch-inflated"),
        ("deflate", zlib.compress(bytes(5_000_000)), "fetch-inflated"),
        ("", bytes(1_000_001), "fetch-size"),
        ("gzip", gzip.compress(_DOCUMENT)[:-12], "fetch-cut"),
        ("gzip", gzip.compress(_DOCUMENT)[:20] + b"x" * 100, "fetch-encoding"),
        ("gzip", gzip.compress(b"") * 5000, "fetch-encoding"),
        ("gzip, gzip", gzip.compress(gzip.compress(_DOCUMENT)), "fetch-encoding"),
        ("br", b"x", "fetch-encoding"),
        ("zstd", b"x", "fetch-encoding"),
    ],
)
def test_a_body_that_is_too_much_or_damaged_is_refused(encoding: str, sent: bytes, rule: str) -> None:
    with pytest.raises(Unusable) as refused:
        _unpacked(encoding, sent)
    assert refused.value.fault.rule == rule
    assert "{" not in refused.value.fault.message_zh


# --- the client


def _run(
    script: Callable[[Request], bytes | AsyncIterator[bytes]],
    act: Callable[[Server, Web], Awaitable[Any]],
    *,
    tls: ssl.SSLContext | None = None,
    limits: Limits = BRIEF,
    guard: Guard = HERE,
    trust: ssl.SSLContext | None = None,
    **client: Any,
) -> Any:
    async def main() -> Any:
        async with serving(script, tls) as server, Web(limits, guard, tls=trust, **client) as web:
            return await act(server, web)

    return asyncio.run(main())


def _get(
    script: Callable[[Request], bytes | AsyncIterator[bytes]], path: str = "/", **more: Any
) -> tuple[Answer, Server]:
    async def act(server: Server, web: Web) -> tuple[Answer, Server]:
        return await web.get(server.url(path), now=NOW), server

    return _run(script, act, **more)


def test_a_document_is_asked_for_only_when_it_changed() -> None:
    def script(request: Request) -> bytes:
        if request.headers.get("if-none-match") == '"1"':
            return response(status=304, ETag='"1"')
        return response(
            gzip.compress(b"<x/>"),
            Content_Encoding="gzip",
            Content_Type="application/cap+xml; charset=utf-8",
            ETag='"1"',
            Last_Modified="Fri, 03 Apr 2026 06:00:00 GMT",
        )

    async def act(server: Server, web: Web) -> tuple[Answer, Answer, Server]:
        first = await web.get(server.url())
        again = await web.get(server.url(), etag=first.etag, last_modified=first.last_modified)
        return first, again, server

    first, again, server = _run(script, act)
    assert (first.data, first.media_type, first.findings) == (
        b"<x/>",
        "application/cap+xml; charset=utf-8",
        (),
    )
    assert again.unchanged
    assert not first.unchanged
    assert server.asked[1].headers["if-modified-since"] == "Fri, 03 Apr 2026 06:00:00 GMT"
    assert server.asked[0].headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in server.asked[1].headers


async def _endless(request: Request) -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1000\r\n" + b"<" * 0x1000 + b"\r\n"


async def _drip(request: Request) -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n"
    while True:
        yield b"<"
        await asyncio.sleep(0.01)


async def _silent(request: Request) -> AsyncIterator[bytes]:
    await asyncio.sleep(10)
    yield b""


async def _dripping_head(request: Request) -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X: y\r\n"
        await asyncio.sleep(0.01)


_BOMB = gzip.compress(bytes(60_000_000), 9)


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        (_endless, "fetch-size"),
        (lambda request: response(b"<x/>", length=100_000_000), "fetch-size"),
        (lambda request: response(_BOMB, Content_Encoding="gzip"), "fetch-inflated"),
        (lambda request: response(_BOMB), "fetch-inflated"),
        (lambda request: response(b"x", Content_Encoding="br"), "fetch-encoding"),
        (lambda request: response(b"no gzip", Content_Encoding="gzip"), "fetch-encoding"),
        (lambda request: response(b"<x/>", length=100), "fetch-cut"),
        (lambda request: response(b" \n"), "fetch-empty"),
        (lambda request: response(status=204), "fetch-empty"),
        (lambda request: response(status=206, body=b"<x/>"), "fetch-status"),
        (lambda request: response(status=304), "fetch-redirect"),
        (lambda request: response(status=404), "fetch-status"),
        (lambda request: response(status=410), "fetch-gone"),
        (lambda request: b"SSH-2.0-OpenSSH\r\n\r\n", "fetch-protocol"),
        (lambda request: b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "fetch-protocol"),
        (lambda request: b"", "fetch-connect"),
        (lambda request: response(status=302, Location=request.path), "fetch-loop"),
        (lambda request: response(status=302, Location="/b" if request.path == "/" else "/"), "fetch-loop"),
        (lambda request: response(status=302, Location=f"{request.path}x"), "fetch-redirects"),
        (lambda request: response(status=302), "fetch-redirect"),
        (lambda request: response(status=302, Location="http://[/"), "fetch-redirect"),
        (lambda request: response(status=302, Location="file:///etc/passwd"), "fetch-scheme"),
        (lambda request: response(status=302, Location="http://a:b@authority.example/"), "fetch-credentials"),
        (lambda request: response(status=302, Location="http://169.254.169.254/latest"), "fetch-private"),
        (lambda request: response(status=302, Location="http://127.0.0.2/"), "fetch-private"),
        (lambda request: response(status=302, Location="http://[::1]/"), "fetch-private"),
        (lambda request: response(status=302, Location="//2130706433/"), "fetch-spelling"),
    ],
)
def test_a_hostile_server_gets_a_finding_and_nothing_else(script: Any, rule: str) -> None:
    answer, server = _get(script)
    assert _rules(answer.findings)[-1:] == [rule]
    assert answer.data is None
    assert not answer.unchanged
    assert len(server.asked) <= 6


@pytest.mark.parametrize("script", [_drip, _silent, _dripping_head])
@pytest.mark.parametrize("limits", [Limits(whole=0.08, tries=1), Limits(silence=0.04, whole=0.1, tries=1)])
def test_a_server_that_is_slow_is_left(script: Any, limits: Limits) -> None:
    answer, _ = _get(script, limits=limits)
    assert _rules(answer.findings) == ["fetch-timeout"]
    assert answer.passing


def test_redirections_are_followed_and_a_move_for_good_is_told() -> None:
    def script(request: Request) -> bytes:
        places = {"/a": (301, "/b"), "/b": (308, "c?x=1#y"), "/t": (302, "/b")}
        if request.path in places:
            status, location = places[request.path]
            return response(status=status, Location=location)
        return response(b"<x/>")

    answer, server = _get(script, "/a")
    assert (answer.data, answer.url) == (b"<x/>", server.url("/c?x=1"))
    assert answer.moved == answer.url
    assert _rules(answer.findings) == ["fetch-moved"]
    passing, _ = _get(script, "/t")
    assert (passing.data, passing.moved, passing.findings) == (b"<x/>", "", ())


def test_a_name_is_judged_by_the_addresses_it_has_when_it_is_connected_to() -> None:
    answers: list[list[str]] = []

    async def lookup(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async def act(server: Server, web: Web) -> list[list[str]]:
        url = server.url("/", "feed.example")
        found = []
        for addresses in (
            ["127.0.0.1"],
            ["127.0.0.2"],  # the same name a moment later
            ["127.0.0.1", "10.0.0.1"],
            ["::ffff:10.0.0.1"],
            ["169.254.169.254"],
            ["fe80::1%eth0"],
            [],
        ):
            answers.append(addresses)
            found.append(_rules((await web.get(url)).findings))
        # One look-up a connection: there is no second one that could say something else.
        assert answers == []
        assert len(server.asked) == 1
        assert server.asked[0].headers["host"] == f"feed.example:{server.port}"
        return found

    refused = ["fetch-private"]
    assert _run(lambda request: response(b"<x/>"), act, lookup=lookup) == [[], *[refused] * 5, ["fetch-dns"]]


def test_no_socket_is_opened_to_an_address_that_was_not_judged() -> None:
    async def main() -> None:
        async with Web(BRIEF) as web:
            with pytest.raises(OSError, match=r"127\.0\.0\.1"):
                web._socket((2, 1, 6, "", ("127.0.0.1", 80)))

    asyncio.run(main())


def test_a_name_that_leads_inside_is_not_connected_to_without_permission() -> None:
    answer, server = _get(lambda request: response(b"<x/>"), guard=Guard())
    assert _rules(answer.findings) == ["fetch-private"]
    assert server.asked == []

    async def act(server: Server, web: Web) -> Answer:
        return await web.get(server.url("/", "localhost"))

    assert _rules(_run(lambda request: b"", act, guard=Guard()).findings) == ["fetch-private"]


def test_what_may_pass_is_tried_again_with_growing_random_waits() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    def times(*answers: bytes) -> Callable[[Request], bytes]:
        queue = list(answers)
        return lambda request: queue.pop(0)

    def get(*answers: bytes, draw: float = 0.5, **limits: Any) -> tuple[Answer, int]:
        slept.clear()
        told = Limits(tries=4, first_wait=1.0, longest_wait=3.0, **limits)
        answer, server = _get(times(*answers), limits=told, sleep=sleep, draw=lambda: draw)
        return answer, len(server.asked)

    bad, good = response(status=503), response(b"<x/>")
    answer, asked = get(bad, response(b"<x", length=9), response(status=500), good)
    assert (answer.data, answer.findings, asked, slept) == (b"<x/>", (), 4, [0.5, 1.0, 1.5])
    assert (get(bad, bad, bad, bad, draw=0.0)[1], slept) == (4, [0.0, 0.0, 0.0])
    assert get(response(status=404))[1] == 1
    # The server's wish counts when it is longer, in seconds or as a date by its own clock.
    assert (get(response(status=429, Retry_After="2"), good)[0].data, slept) == (b"<x/>", [2.0])
    dated = response(
        status=503, Retry_After="Fri, 03 Apr 2026 06:00:03 GMT", Date="Fri, 03 Apr 2026 06:00:01 GMT"
    )
    assert (get(dated, good)[0].data, slept) == (b"<x/>", [2.0])
    by_now = response(
        status=503, Retry_After=(NOW + timedelta(seconds=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    )
    assert (get(by_now, good)[0].data, slept) == (b"<x/>", [1.0])
    for nonsense in ("soon", "-5", "9" * 40):
        assert get(response(status=503, Retry_After=nonsense), good)[0].data == b"<x/>"
    # Longer than is waited for: given back at once, with the wait.
    late, asked = get(response(status=503, Retry_After="600"))
    assert (asked, slept, late.wait, late.passing) == (1, [], 600.0, True)
    assert _rules(late.findings) == ["fetch-status", "fetch-later"]


def test_nobody_listening_and_names_that_do_not_exist_are_told_apart() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    async def main() -> list[list[str]]:
        async with serving(lambda request: b"") as server:
            closed = server.url()
        found = []
        for url, lookup in ((closed, None), ("http://feed.example/", nowhere)):
            async with Web(BRIEF, HERE, lookup=lookup) as web:
                found.append(_rules((await web.get(url)).findings))
        return found

    assert asyncio.run(main()) == [["fetch-connect"], ["fetch-dns"]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "feed.example")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, begin, begin + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("feed.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_must_hold_for_the_name_and_https_is_never_left(certificate: Path) -> None:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    def script(request: Request) -> bytes:
        if request.path == "/down":
            return response(status=302, Location="http://feed.example/")
        return response(b"<x/>")

    async def act(server: Server, web: Web) -> list[tuple[bytes | None, list[str]]]:
        answers = [
            await web.get(server.url(path, host))
            for path, host in (("/", "feed.example"), ("/down", "feed.example"), ("/", "other.example"))
        ]
        return [(answer.data, _rules(answer.findings)) for answer in answers]

    trusting = ssl.create_default_context(cafile=str(certificate))
    good, down, other = _run(script, act, tls=server_side, lookup=here, trust=trusting)
    assert good == (b"<x/>", [])
    assert down == (None, ["fetch-downgrade"])
    assert other == (None, ["fetch-tls"])
    assert _run(script, act, tls=server_side, lookup=here)[0] == (None, ["fetch-tls"])


# --- visits


class _Site:
    """A feed whose index and alerts a test changes between visits."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | int] = {}
        self.asked: list[tuple[str, str]] = []

    async def get(self, url: str, *, etag: str = "", last_modified: str = "", now: Any = None) -> Answer:
        self.asked.append((url, etag))
        page = self.pages.get(url, 404)
        answer = Answer(asked=url, url=url, status=200)
        if isinstance(page, int):
            found = pack().rules["fetch-status"].fault(status=page).at(cap.Place("/", None, url))
            return Answer(
                asked=url, url=url, status=page, passing=page >= 500, wait=7200.0, findings=(found,)
            )
        tag = str(hash(page))
        if etag == tag:
            return Answer(asked=url, url=url, status=304, etag=tag)
        return Answer(asked=url, url=answer.url, status=200, data=page, etag=tag)

    def visit(self, subscription: Subscription, visit: Visit = Visit(), now: datetime = NOW) -> Polled:
        self.asked.clear()
        # What a desk stores between visits is JSON.
        stored = Subscription.from_json(subscription.to_json())
        assert stored == subscription
        polled = asyncio.run(poll(stored, self, now=now, visit=visit))
        _rules(polled.findings)
        return polled

    @property
    def urls(self) -> list[str]:
        return [url.rsplit("/", 1)[1] for url, _ in self.asked]


def _linked(*ids: str, updated: str = "2026-04-03T06:00:00Z") -> bytes:
    return _atom(
        "".join(
            f"<entry><id>urn:x:{each}</id><title>t</title><updated>{updated}</updated>"
            f'<link type="application/cap+xml" href="{each}.xml"/></entry>'
            for each in ids
        )
    )


def _site(*ids: str) -> _Site:
    site = _Site()
    site.pages[URL] = _linked(*ids)
    for each in ids:
        site.pages[f"https://authority.example/cap/{each}.xml"] = cap.write(simple_alert(identifier=each))
    return site


def _ids(polled: Polled) -> list[str]:
    return [alert.identifier for alert in polled.alerts]


def test_each_alert_comes_once_and_an_unchanged_feed_costs_one_request() -> None:
    site = _site("a", "b")
    first = site.visit(Subscription(url=URL))
    assert (first.outcome, _ids(first), site.urls) == ("changed", ["a", "b"], ["feed.atom", "a.xml", "b.xml"])
    assert first.received[0].url == "https://authority.example/cap/a.xml"
    assert first.received[0].entry == "urn:x:a"
    again = site.visit(first.subscription)
    assert (again.outcome, _ids(again), site.urls) == ("unchanged", [], ["feed.atom"])
    # A new entry: the old ones are not fetched again.
    site.pages.update(_site("c").pages)
    site.pages[URL] = _linked("c", "a", "b")
    third = site.visit(again.subscription)
    assert (_ids(third), site.urls) == (["c"], ["feed.atom", "c.xml"])
    # An entry with a new date is asked for with its tag, and an alert that is known is not handed over.
    site.pages[URL] = _linked("c", "a", updated="2026-04-03T06:30:00Z")
    fourth = site.visit(third.subscription)
    assert (_ids(fourth), site.urls) == ([], ["feed.atom", "c.xml", "a.xml"])
    assert all(tag for _, tag in site.asked)
    assert set(fourth.subscription.links) == {f"https://authority.example/cap/{each}.xml" for each in "ca"}


def test_the_same_message_by_another_way_is_no_new_one_but_a_changed_one_is_told() -> None:
    site = _site("a")
    first = site.visit(Subscription(url=URL))
    carried = feed(
        [simple_alert(identifier="a"), simple_alert(identifier="b")], "t", URL, NOW, content=cap.write
    )
    site.pages[URL] = carried
    second = site.visit(first.subscription)
    assert (_ids(second), second.findings) == (["b"], ())
    site.pages[URL] = feed([simple_alert(identifier="b", note="x")], "t", URL, NOW, content=cap.write)
    third = site.visit(second.subscription)
    assert (_ids(third), _rules(third.findings)) == ([], ["poll-changed"])


def test_an_alert_that_failed_is_tried_again_even_when_the_index_stays_the_same() -> None:
    site = _site("a", "b")
    missing = "https://authority.example/cap/b.xml"
    there = site.pages.pop(missing)
    first = site.visit(Subscription(url=URL))
    assert (_ids(first), _rules(first.findings)) == (["a"], ["fetch-status"])
    second = site.visit(first.subscription)
    assert (second.outcome, site.urls) == ("unchanged", ["feed.atom", "b.xml"])
    site.pages[missing] = there
    third = site.visit(second.subscription)
    assert _ids(third) == ["b"]
    assert site.visit(third.subscription).received == ()
    assert site.urls == ["feed.atom"]
    # For ever missing: left alone after some rounds, until the entry changes.
    polled = first
    site.pages[missing] = 404
    for _ in range(4):
        polled = site.visit(polled.subscription)
    assert "poll-given-up" in _rules(polled.findings)
    polled = site.visit(polled.subscription)
    assert site.urls == ["feed.atom"]
    site.pages[URL] = _linked("b", updated="2026-04-03T08:00:00Z")
    site.pages[missing] = there
    assert _ids(site.visit(polled.subscription)) == ["b"]


def test_a_link_that_is_no_alert_is_told_once() -> None:
    site = _site("a")
    site.pages["https://authority.example/cap/a.xml"] = b"<html><p>moved</p></html>"
    first = site.visit(Subscription(url=URL))
    assert _rules(first.findings) == ["poll-not-alert", "not-cap"]
    assert site.visit(first.subscription).findings == ()
    assert site.urls == ["feed.atom"]


def test_a_feed_that_fails_keeps_what_is_known_and_waits() -> None:
    site = _site("a")
    good = site.visit(Subscription(url=URL)).subscription
    site.pages[URL] = 503
    failed = site.visit(good)
    assert (failed.outcome, failed.subscription.failures, failed.subscription.links) == (
        "failed",
        1,
        good.links,
    )
    # The server asked for two hours; a feed of warnings is not left alone for longer than one.
    assert failed.subscription.not_before == NOW + timedelta(hours=1)
    waiting = site.visit(failed.subscription, now=NOW + timedelta(minutes=59))
    assert (waiting.outcome, site.asked, _rules(waiting.findings)) == ("waiting", [], ["poll-waiting"])
    site.pages[URL] = b"<html><body>login</body></html>"
    page = site.visit(failed.subscription, now=NOW + timedelta(hours=1))
    assert (page.outcome, page.subscription.failures, page.subscription.etag) == ("failed", 2, good.etag)
    assert "feed-page" in _rules(page.findings)
    site.pages[URL] = _linked("a")
    back = site.visit(page.subscription, now=NOW + timedelta(hours=1))
    assert (back.outcome, back.subscription.failures, back.subscription.not_before) == ("unchanged", 0, None)


def test_a_large_feed_is_fetched_over_several_visits() -> None:
    ids = [f"a{n}" for n in range(5)]
    site = _site(*ids)
    first = site.visit(Subscription(url=URL), Visit(alerts=2, at_once=1))
    assert (_ids(first), _rules(first.findings)) == (ids[:2], ["poll-many"])
    second = site.visit(first.subscription, Visit(bytes=1, at_once=1))
    assert (second.outcome, _ids(second)) == ("unchanged", ids[2:3])
    third = site.visit(second.subscription)
    assert (_ids(third), third.findings) == (ids[3:], ())


def test_pages_are_followed_and_a_missing_one_is_asked_for_again() -> None:
    alerts = [
        simple_alert(identifier=f"a{n}", sent=datetime(2026, 4, 3, n, tzinfo=BEIJING))
        for n in range(5, 0, -1)
    ]
    site = _Site()
    for n in (1, 2, 3):
        address = URL if n == 1 else f"{URL}?page={n}"
        site.pages[address] = feed(alerts, "t", URL, NOW, content=cap.write, size=2, page=n)
    whole = site.visit(Subscription(url=URL))
    assert _ids(whole) == ["a5", "a4", "a3", "a2", "a1"]
    assert whole.index is not None
    assert len(whole.index.entries) == 5
    lost = site.pages.pop(f"{URL}?page=2")
    part = site.visit(Subscription(url=URL))
    assert (_ids(part), part.subscription.etag) == (["a5", "a4"], "")
    site.pages[f"{URL}?page=2"] = lost
    assert _ids(site.visit(part.subscription)) == ["a3", "a2", "a1"]
    # Pages that lead back to each other are read once.
    site.pages[URL] = _atom('<link rel="next" href="?page=2"/>')
    site.pages[f"{URL}?page=2"] = _atom('<link rel="next" href="?page=2"/>')
    site.visit(Subscription(url=URL))
    assert site.urls == ["feed.atom", "feed.atom?page=2"]


def test_when_to_come_back_grows_with_failures_to_an_hour() -> None:
    every = timedelta(minutes=1)
    visited = Subscription(url=URL, visited=NOW)
    assert Subscription(url=URL).due(every) is None
    assert visited.due(every) == NOW + every
    assert visited.due(every, jitter=0.0) < visited.due(every, jitter=1.0)
    for failures, minutes in ((1, 2), (3, 8), (6, 60), (1000, 60)):
        assert Subscription(url=URL, visited=NOW, failures=failures).due(every) == NOW + timedelta(
            minutes=minutes
        )
    daily = Subscription(url=URL, visited=NOW, failures=5, not_before=NOW + timedelta(days=3))
    assert daily.due(timedelta(days=1)) == NOW + timedelta(days=3)
    for text in ("", "[]", "3", "{}", '{"url": "x", "links": 3}', '{"url": "x", "visited": 3}'):
        with pytest.raises(ValueError):
            Subscription.from_json(text)
    later = '{"url": "x", "new": 1, "links": {"y": {"done": true, "newer": 1}}}'
    assert Subscription.from_json(later) == Subscription(url="x", links={"y": Link(done=True)})


def test_a_visit_over_the_network_asks_few_things_at_once() -> None:
    now_open = most_open = 0

    async def alert(identifier: str) -> AsyncIterator[bytes]:
        nonlocal now_open, most_open
        now_open += 1
        most_open = max(most_open, now_open)
        await asyncio.sleep(0.005)
        now_open -= 1
        yield response(cap.write(simple_alert(identifier=identifier)), Content_Type="application/cap+xml")

    def script(request: Request) -> bytes | AsyncIterator[bytes]:
        if request.path == "/feed.atom":
            return response(
                _linked(*(f"a{n}" for n in range(12))), Content_Type="application/atom+xml", ETag='"1"'
            )
        return alert(request.path[1:-4])

    async def act(server: Server, web: Web) -> Polled:
        return await poll(Subscription(url=server.url("/feed.atom")), web, now=NOW, visit=Visit(at_once=3))

    polled = _run(script, act)
    assert sorted(_ids(polled)) == sorted(f"a{n}" for n in range(12))
    assert (most_open, polled.findings) == (3, ())


def test_an_alert_inside_the_network_is_not_fetched_for_a_feed_from_outside() -> None:
    asked = []

    def script(request: Request) -> bytes:
        asked.append(request.path)
        return response(_atom(_entry('<link type="application/cap+xml" href="http://127.0.0.2/secret"/>')))

    async def act(server: Server, web: Web) -> Polled:
        return await poll(Subscription(url=server.url("/feed.atom")), web, now=NOW)

    polled = _run(script, act)
    assert (_rules(polled.findings), polled.received, asked) == (["fetch-private"], (), ["/feed.atom"])


def test_every_rule_of_feeds_is_told_in_both_languages() -> None:
    rules = pack().rules
    assert [rule.number for rule in rules.values()] == [f"FEED-{n:03d}" for n in range(1, len(rules) + 1)]
    for rule in rules.values():
        for text in (rule.title, rule.why, rule.message, rule.fix):
            assert text.en.strip()
            assert any("一" <= sign <= "鿿" for sign in text.zh)
            assert "！" not in text.zh
