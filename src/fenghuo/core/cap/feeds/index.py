"""Reads an index of alerts: Atom (RFC 4287), RSS 2.0 or RSS 1.0, with alerts linked or carried inside.

Which link of an entry leads to its alert, first rule that gives any:
1. links, enclosures and Atom contents by address whose type is application/cap+xml or
   application/common-alerting-protocol+xml, in whatever relation;
2. enclosures, alternates and RSS links whose type is XML but no feed;
3. alternates and RSS links without type, then an RSS guid that is a permalink, then rdf:about;
4. an Atom id that is an http address.
A link to a page for people (text/html) is no alert. A document that is itself an alert, or an EDXL-DE
distribution of alerts, is read as an index whose entries carry them.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from fenghuo.core.cap.document import parse_source
from fenghuo.core.cap.envelope import ATOM
from fenghuo.core.cap.feeds.address import displayed
from fenghuo.core.cap.feeds.dates import rfc_822, rfc_3339
from fenghuo.core.cap.feeds.rulebook import fault
from fenghuo.core.cap.findings import CapError, Finding, Place, shown
from fenghuo.core.cap.places import Places
from fenghuo.core.cap.read import Message, Reading, listed, read
from fenghuo.core.cap.source import read_source

MOST_ENTRIES = 5000
MOST_LINKS = 10
CAP_TYPES = frozenset({"application/cap+xml", "application/common-alerting-protocol+xml"})

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_RSS = ("", "{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")
_DC = "{http://purl.org/dc/elements/1.1/}"
_FEED_TYPES = frozenset({"application/atom+xml", "application/rss+xml", "application/rdf+xml"})
_XML_TYPES = frozenset({"application/xml", "text/xml"})
_PAGE = re.compile(rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*+(?:<!doctype\s+html|<html|<head|<body)", re.I | re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an index.

    `links` are the absolute addresses of its alert, usually one; empty where `messages` carry it. `id` is the
    entry's own, else its first link. `marked` says that the links are typed as CAP.
    """

    id: str
    title: str = ""
    updated: datetime | None = None
    links: tuple[str, ...] = ()
    marked: bool = False
    messages: tuple[Message, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index as it was read: `kind` is `atom`, `rss` (1.0 too), `edxl-de`, `cap` or `xml`, "" for none of them.

    `next` is the address of the following page (RFC 5005), "" on the last.
    """

    kind: str = ""
    url: str = ""
    id: str = ""
    title: str = ""
    updated: datetime | None = None
    next: str = ""
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The alerts that the entries carry."""
        return tuple(message for entry in self.entries for message in entry.messages)


def read_index(data: bytes, url: str = "", *, media_type: str = "", most: int = MOST_ENTRIES) -> Index:
    """The index in a document; never raises for what the document holds.

    `url` is where the document was found, the base of relative links where no xml:base says otherwise.
    `media_type` is the Content-Type that it came with. No more than `most` entries are read, the first ones.
    """
    around = _of_media_type(media_type)
    if _PAGE.match(data[:4096]):
        return Index(url=url, findings=(*around, fault("feed-page").at(Place("/", 1))))
    reading = read(data, media_type=media_type)
    if reading.envelope not in ("atom", "rss"):
        kind = reading.envelope or ("cap" if reading.messages else "")
        entries = tuple(_standing_for(message) for message in reading.messages[:most])
        return Index(kind=kind, url=url, entries=entries, findings=(*around, *reading.findings))
    try:
        source = read_source(data, media_type)
        root = parse_source(source)
    except CapError as error:
        return Index(url=url, findings=(*around, *error.findings))
    reader = _Atom if reading.envelope == "atom" else _Rss
    found = reader(root, Places(source, root), url, most).index(reading)
    return replace(found, findings=tuple(listed([*around, *reading.findings, *found.findings])))


def _of_media_type(media_type: str) -> list[Finding]:
    kind = _kind_of(media_type)
    if not kind or kind in _XML_TYPES or kind.endswith("+xml"):
        return []
    return [fault("feed-media-type", type=shown(kind)).at(Place("/", 1))]


def _standing_for(message: Message) -> Entry:
    alert = message.alert
    headline = next((info.headline or info.event for info in alert.infos), "")
    return Entry(
        id=",".join((alert.sender, alert.identifier, alert.sent.isoformat())),
        title=headline,
        updated=alert.sent,
        messages=(message,),
        place=message.place,
    )


class _Feed(ABC):
    """What the formats share: bases of links, dates, and entries put together with the alerts inside them."""

    kind = ""
    date_format = ""

    def __init__(self, root: etree._Element, places: Places, url: str, most: int) -> None:
        self.root = root
        self.places = places
        self.url = url
        self.most = most
        self.findings: list[Finding] = []

    def index(self, reading: Reading) -> Index:
        elements = list(self.elements())
        if len(elements) > self.most:
            found = fault("feed-entries", count=len(elements), most=self.most)
            self.findings.append(found.at(self.places.of(self.root)))
        inside: dict[str, list[Message]] = {}
        paths = {self.places.path(element): element for element in elements[: self.most]}
        for message in reading.messages:
            path = next((path for path in _upwards(message.place.path) if path in paths), None)
            if path is not None:
                inside.setdefault(path, []).append(message)
        entries = tuple(self.entry(element, tuple(inside.get(path, ()))) for path, element in paths.items())
        head = self.head()
        return Index(
            kind=self.kind,
            url=self.url,
            id=self.text(head, self.ids),
            title=self.text(head, self.titles),
            updated=self.moment(head, quiet=True),
            next=self.next(),
            entries=entries,
            findings=tuple(self.findings),
        )

    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    @abstractmethod
    def elements(self) -> Iterator[etree._Element]:
        """The elements of the entries."""

    @abstractmethod
    def head(self) -> etree._Element:
        """The element that speaks of the whole feed."""

    @abstractmethod
    def candidates(self, entry: etree._Element) -> Iterator[tuple[int, etree._Element, str]]:
        """The links of an entry: the number of the rule that takes it, its element, and its address."""

    def next(self) -> str:
        return ""

    def entry(self, element: etree._Element, messages: tuple[Message, ...]) -> Entry:
        place = self.places.of(element)
        rule, links = (0, []) if messages else self.links(element)
        told = self.text(element, self.ids) or shown(element.get(f"{_RDF}about", ""))
        if not told:
            self.note(element, "feed-id")
        title = self.text(element, self.titles)
        if not links and not messages:
            self.note(element, "feed-no-alert", title=title)
        elif rule > 1:
            self.note(element, "feed-link-type")
        return Entry(
            id=told or next(iter(links), "") or place.path,
            title=title,
            updated=self.moment(element),
            links=tuple(links),
            marked=rule == 1,
            messages=messages,
            place=place,
        )

    def links(self, entry: etree._Element) -> tuple[int, list[str]]:
        by_rule: dict[int, list[str]] = {}
        bad: list[tuple[etree._Element, str]] = []
        for rule, element, text in self.candidates(entry):
            address = self.resolved(element, text)
            if address:
                by_rule.setdefault(rule, []).append(address)
            elif rule < 4:
                bad.append((element, text))
        for element, text in bad:
            self.note(element, "feed-link", url=displayed(text))
        rule = min(by_rule, default=0)
        links = list(dict.fromkeys(by_rule.get(rule, ())))
        if rule > 2:
            # Without a type nothing says that the others are alerts too.
            links = links[:1]
        if len(links) > MOST_LINKS:
            self.note(entry, "feed-links", count=len(links), most=MOST_LINKS)
        return rule, links[:MOST_LINKS]

    def resolved(self, element: etree._Element, text: str) -> str:
        """A link as an absolute http or https address, "" when it cannot be one."""
        bases = []
        at: etree._Element | None = element
        while at is not None:
            base = at.get(_BASE)
            if base:
                bases.append(base)
            at = at.getparent()
        address = self.url
        try:
            for base in reversed(bases):
                address = urljoin(address, base.strip())
            address = urljoin(address, text.strip())
            parts = urlsplit(address)
        except ValueError:
            return ""
        return address if parts.scheme in ("http", "https") and parts.netloc else ""

    def text(self, element: etree._Element, names: tuple[str, ...]) -> str:
        for name in names:
            child = element.find(name)
            if child is not None and (text := " ".join("".join(child.itertext()).split())):
                return text[:500]
        return ""

    def moment(self, element: etree._Element, *, quiet: bool = False) -> datetime | None:
        for name in self.dates:
            child = element.find(name)
            text = (child.text or "").strip() if child is not None else ""
            if child is None or not text:
                continue
            own = rfc_822 if child.tag in ("pubDate", "lastBuildDate") else rfc_3339
            moment = own(text)
            if moment is None:
                self.note(child, "feed-time", text=shown(text), format=self.date_format)
                moment = rfc_3339(text) or rfc_822(text)
            if moment is not None:
                return moment
            return None
        if not quiet:
            self.note(element, "feed-no-time")
        return None

    def note(self, element: etree._Element, rule: str, **values: object) -> None:
        self.findings.append(fault(rule, **values).at(self.places.of(element)))


class _Atom(_Feed):
    kind = "atom"
    date_format = "Atom"
    ids = (f"{{{ATOM}}}id",)
    titles = (f"{{{ATOM}}}title",)
    dates = (f"{{{ATOM}}}updated", f"{{{ATOM}}}published")

    def head(self) -> etree._Element:
        return self.root

    def elements(self) -> Iterator[etree._Element]:
        # A lone entry is a document too (RFC 4287, 2).
        name = f"{{{ATOM}}}entry"
        return iter([self.root]) if self.root.tag == name else self.root.iterchildren(name)

    def next(self) -> str:
        for link in self.root.iterchildren(f"{{{ATOM}}}link"):
            if link.get("rel") == "next":
                return self.resolved(link, link.get("href", ""))
        return ""

    def candidates(self, entry: etree._Element) -> Iterator[tuple[int, etree._Element, str]]:
        yield from _of_atom_links(entry)
        content = entry.find(f"{{{ATOM}}}content")
        if content is not None and content.get("src"):
            kind = _kind_of(content.get("type"))
            if kind in CAP_TYPES or _is_xml(kind):
                yield (1 if kind in CAP_TYPES else 2), content, content.get("src", "")
        identity = entry.find(f"{{{ATOM}}}id")
        if identity is not None and (identity.text or "").strip().startswith(("http://", "https://")):
            yield 4, identity, identity.text or ""


class _Rss(_Feed):
    kind = "rss"
    date_format = "RSS"
    ids = tuple(f"{space}guid" for space in _RSS)
    titles = tuple(f"{space}title" for space in _RSS)
    dates = ("pubDate", "lastBuildDate", f"{_DC}date", f"{{{ATOM}}}updated")

    def head(self) -> etree._Element:
        for name in _RSS:
            channel = self.root.find(f"{name}channel")
            if channel is not None:
                return channel
        return self.root

    def elements(self) -> Iterator[etree._Element]:
        # RSS 2.0 has its items in the channel, RSS 1.0 beside it.
        for parent in dict.fromkeys((self.head(), self.root)):
            yield from parent.iterchildren(*(f"{name}item" for name in _RSS))

    def next(self) -> str:
        for link in self.head().iterchildren(f"{{{ATOM}}}link"):
            if link.get("rel") == "next":
                return self.resolved(link, link.get("href", ""))
        return ""

    def candidates(self, entry: etree._Element) -> Iterator[tuple[int, etree._Element, str]]:
        yield from _of_atom_links(entry)
        for enclosure in entry.iterchildren("enclosure"):
            kind = _kind_of(enclosure.get("type"))
            if kind in CAP_TYPES or _is_xml(kind):
                yield (1 if kind in CAP_TYPES else 2), enclosure, enclosure.get("url", "")
        for link in entry.iterchildren(*(f"{space}link" for space in _RSS)):
            if (link.text or "").strip():
                yield 3, link, link.text or ""
        for guid in entry.iterchildren("guid"):
            text = (guid.text or "").strip()
            if guid.get("isPermaLink", "true") != "false" and text.startswith(("http://", "https://")):
                yield 3, guid, text
        about = entry.get(f"{_RDF}about")
        if about:
            yield 4, entry, about


def _of_atom_links(entry: etree._Element) -> Iterator[tuple[int, etree._Element, str]]:
    for link in entry.iterchildren(f"{{{ATOM}}}link"):
        kind, relation = _kind_of(link.get("type")), link.get("rel", "alternate").strip().lower()
        address = link.get("href", "")
        if kind in CAP_TYPES:
            yield 1, link, address
        elif relation in ("alternate", "enclosure", "via"):
            if _is_xml(kind):
                yield 2, link, address
            elif not kind and relation != "via":
                yield 3, link, address


def _kind_of(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()


def _is_xml(kind: str) -> bool:
    return kind in _XML_TYPES or (
        kind.endswith("+xml") and kind not in _FEED_TYPES and kind != "application/xhtml+xml"
    )


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
