"""An Atom feed (RFC 4287) of alerts, each entry linking to its XML, and the tag HTTP caches it by."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, urljoin

from lxml import etree

from fenghuo.core.cap.model import CONTENT_TYPE, DEFAULT_LANGUAGE, Alert, Info
from fenghuo.core.cap.spell import without_forbidden

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(
    alerts: Iterable[Alert], title: str, url: str, updated: datetime, *, author: str | None = None
) -> bytes:
    """UTF-8 Atom, newest alert first, the same bytes for the same arguments in any order of alerts.

    `url` is the feed's absolute address and its permanent id; an alert is linked as `<identifier>.xml` beside
    it. `updated` must have a zone. `author` is who publishes, the title when not given. An entry's id is a
    UUID made of the alert's extended identifier, so it stays the same when the desk moves to another address.
    Raises ValueError for a naive `updated` or an address without scheme.
    """
    if updated.utcoffset() is None:
        raise ValueError("A feed's time of update needs a zone.")
    if "://" not in url:
        raise ValueError(f"A feed's address must be absolute, not {url!r}.")
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "id", url)
    _add(root, "title", title)
    _add(root, "updated", updated.isoformat())
    _add(_add(root, "author"), "name", author or title)
    _add(root, "link", rel="self", type="application/atom+xml", href=url)
    for alert in sorted(alerts, key=_newest_first):
        _entry(root, alert, url)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def etag(body: bytes) -> str:
    """A strong entity tag (RFC 9110, 8.8.3) of a response's body, quotes included."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _entry(root: etree._Element, alert: Alert, url: str) -> None:
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
    if info is None:
        return
    for element in told:
        element.set(_LANG, info.language or DEFAULT_LANGUAGE)
    for category in info.categories:
        _add(entry, "category", term=str(category))


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
