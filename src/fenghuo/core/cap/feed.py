"""An Atom feed (RFC 4287) of alerts, each entry linking to its XML or carrying it, and the tag HTTP caches it by."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import quote, urljoin

from lxml import etree

from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.model import CONTENT_TYPE, DEFAULT_LANGUAGE, Alert, Info
from fenghuo.core.cap.spell import without_forbidden

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(
    alerts: Iterable[Alert],
    title: str,
    url: str,
    updated: datetime,
    *,
    author: str | None = None,
    content: Callable[[Alert], bytes] | None = None,
    size: int | None = None,
    page: int = 1,
) -> bytes:
    """UTF-8 Atom, newest alert first, the same bytes for the same arguments in any order of alerts.

    `url` is the feed's absolute address and its permanent id; an alert is linked as `<identifier>.xml` beside
    it. `updated` must have a zone. `author` is who publishes, the title when not given. An entry's id is a
    UUID made of the alert's extended identifier, so it stays the same when the desk moves to another address.

    `content` gives an alert's XML to be carried in its entry besides the link: `write`, or what finds the bytes
    that were issued, whose signature then still holds. `size` is the most entries of a page (RFC 5005, 3): page 1
    is at `url`, page n at `url?page=n`; `pages` tells how many there are.

    Raises ValueError for a naive `updated`, an address without scheme, a page that is not there, or content that
    is no alert.
    """
    if updated.utcoffset() is None:
        raise ValueError("A feed's time of update needs a zone.")
    if "://" not in url:
        raise ValueError(f"A feed's address must be absolute, not {url!r}.")
    listed = sorted(alerts, key=_newest_first)
    last = pages(len(listed), size)
    if not 1 <= page <= last:
        raise ValueError(f"The feed has {last} pages, so no page {page}.")
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "id", url)
    _add(root, "title", title)
    _add(root, "updated", updated.isoformat())
    _add(_add(root, "author"), "name", author or title)
    for relation, number in _relations(page, last):
        _add(root, "link", rel=relation, type="application/atom+xml", href=_address(url, number))
    shown = listed if size is None else listed[(page - 1) * size : page * size]
    carried = [(_entry(root, alert, url), alert) for alert in shown]
    etree.indent(root)
    if content is not None:
        # After indenting: white space put inside an alert would break its signature.
        for entry, alert in carried:
            _carry(entry, content(alert))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def pages(count: int, size: int | None) -> int:
    """How many pages a feed of so many alerts has; an empty feed has one. Raises ValueError for a size below 1."""
    if size is None:
        return 1
    if size < 1:
        raise ValueError("A page holds one alert at least.")
    return max(1, -(-count // size))


def etag(body: bytes) -> str:
    """A strong entity tag (RFC 9110, 8.8.3) of a response's body, quotes included."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _relations(page: int, last: int) -> list[tuple[str, int]]:
    if last == 1:
        return [("self", 1)]
    found = [("self", page), ("first", 1)]
    if page > 1:
        found.append(("previous", page - 1))
    if page < last:
        found.append(("next", page + 1))
    return [*found, ("last", last)]


def _address(url: str, page: int) -> str:
    return url if page == 1 else f"{url}{'&' if '?' in url else '?'}page={page}"


def _entry(root: etree._Element, alert: Alert, url: str) -> etree._Element:
    info = alert.infos[0] if alert.infos else None
    entry = _add(root, "entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{CONTENT_TYPE}:{alert.reference}')}")
    title = _add(entry, "title", _title(alert, info))
    _add(entry, "updated", alert.sent.isoformat())
    _add(entry, "published", alert.sent.isoformat())
    author = _add(entry, "author")
    _add(author, "name", (info.sender_name if info else None) or alert.sender)
    address = urljoin(url, quote(alert.identifier, safe="") + ".xml")
    _add(entry, "link", rel="alternate", type=CONTENT_TYPE, href=address)
    summary = (info.description if info else None) or alert.note
    told = [title, _add(entry, "summary", summary)] if summary else [title]
    if info is not None:
        for element in told:
            element.set(_LANG, info.language or DEFAULT_LANGUAGE)
        for category in info.categories:
            _add(entry, "category", term=str(category))
    return entry


def _carry(entry: etree._Element, document: bytes) -> None:
    alert = read_document(document)
    if etree.QName(alert).localname != "alert":
        raise ValueError("What a feed carries must be an alert.")
    content = _add(entry, "content", type=CONTENT_TYPE)
    content.append(alert)
    content.tail = "\n  "
    entry[-2].tail = "\n    "


def _title(alert: Alert, info: Info | None) -> str:
    told = (info.headline or info.event) if info else None
    return told or f"{alert.msg_type} {alert.identifier}"


def _newest_first(alert: Alert) -> tuple[float, str, str]:
    return (-alert.sent.timestamp(), alert.sender, alert.identifier)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        element.text = without_forbidden(text)
    return element
