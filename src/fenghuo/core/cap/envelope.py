"""Finds the alerts in a document: the root itself, or elements of a feed or of an EDXL-DE distribution."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from lxml import etree

from fenghuo.core.cap.convert import VERSIONS

ATOM = "http://www.w3.org/2005/Atom"
EDXL_DE = ("urn:oasis:names:tc:emergency:EDXL:DE:1.0", "urn:oasis:names:tc:emergency:EDXL:DE:2.0")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ALERTS = tuple(f"{{{space}}}alert" for space in VERSIONS)
_KINDS = {
    f"{{{ATOM}}}feed": "atom",
    f"{{{ATOM}}}entry": "atom",
    "rss": "rss",
    f"{{{_RDF}}}RDF": "rss",
    **{f"{{{space}}}EDXLDistribution": "edxl-de" for space in EDXL_DE},
}
# Where senders put a whole alert as escaped text or CDATA.
_TEXTS = (
    f"{{{ATOM}}}content",
    f"{{{ATOM}}}summary",
    "description",
    "{http://purl.org/rss/1.0/modules/content/}encoded",
)
_SENT_AS_BYTES = tuple(f"{{{space}}}contentData" for space in EDXL_DE)


def kind_of(root: etree._Element) -> str:
    """`atom`, `rss` or `edxl-de` for the root of such a document, "" for any other."""
    return _KINDS.get(root.tag, "")


def alerts_in(root: etree._Element) -> list[etree._Element]:
    """The alerts that stand as elements under a root, of any version, in the order of the document."""
    found: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for alert in root.iter(*_ALERTS):
        parent = alert.getparent()
        while parent is not None and parent not in inside and parent.tag not in _ALERTS:
            parent = parent.getparent()
        if parent is None:
            found.append(alert)
    return found


def texts_in(root: etree._Element) -> Iterator[tuple[etree._Element, bytes]]:
    """The alerts that stand as text under a root, escaped or in base64, each with the element it fills."""
    for element in root.iter(*_TEXTS):
        text = element.text or ""
        if not len(element) and text.lstrip().startswith("<") and any(space in text for space in VERSIONS):
            yield element, text.strip().encode("utf-8")
    for element in root.iter(*_SENT_AS_BYTES):
        try:
            data = base64.b64decode("".join((element.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if any(space.encode() in data for space in VERSIONS):
            yield element, data
