"""A foreign element by itself as exclusive canonical XML: how the model keeps what CAP does not know."""

from __future__ import annotations

from lxml import etree

from fenghuo.core.cap.document import DEEPEST, deepest
from fenghuo.core.cap.findings import Unusable
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.unknown import unknown_element


def canonical(element: etree._Element) -> bytes:
    """A foreign element by itself as exclusive canonical XML; Unusable when it has no such form."""
    parts = list(element.iter(etree.Element))
    around = sum(1 for _ in element.iterancestors())
    if len(parts) + around > DEEPEST and deepest(element) + around > DEEPEST:
        raise Unusable(fault("xml-depth", most=DEEPEST))
    if not all(part.tag.startswith("{") for part in parts):
        # Without a namespace of its own it would fall into CAP's when written inside an alert.
        raise Unusable(unknown_element(etree.QName(element).localname))
    tail, element.tail = element.tail, None
    try:
        return etree.tostring(element, method="c14n", exclusive=True)
    except etree.LxmlError:
        # Canonical XML does not exist where a namespace is a relative address.
        raise Unusable(fault("element-namespace")) from None
    finally:
        element.tail = tail
