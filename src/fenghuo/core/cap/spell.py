"""Spells an alert as XML without judging it; what has no spelling is reported beside the document."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from fenghuo.core.cap.canonical import canonical
from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.elements import ALERT, Block, Element
from fenghuo.core.cap.findings import CapError, Finding, Place, Unusable
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.packs import fault

# Every code point outside the Char production of XML 1.0.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def spell(alert: Alert) -> tuple[bytes, list[Finding]]:
    """UTF-8 XML of an alert, always the same for the same alert, and a finding for each unspellable part."""
    speller = _Speller()
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    speller.block(root, ALERT, alert, "/alert")
    etree.indent(root)
    # After indenting: white space put inside a signature would break it.
    for parent, element in speller.extra:
        element.tail = "\n"
        parent.append(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n", speller.findings


def without_forbidden(text: str) -> str:
    """A text with each character that XML cannot carry replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


class _Speller:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.extra: list[tuple[etree._Element, etree._Element]] = []

    def block(self, parent: etree._Element, block: Block, subject: Any, path: str) -> None:
        for element in block.elements:
            value = getattr(subject, element.field)
            if element.many:
                for number, each in enumerate(value, start=1):
                    self._child(parent, element, each, f"{path}/{element.name}[{number}]")
            elif value is not None and value != ():
                self._child(parent, element, value, f"{path}/{element.name}")
        for raw in subject.extra if block.keeps_extra else ():
            self._extra(parent, raw, f"{path}/extra")

    def _child(self, parent: etree._Element, element: Element, value: Any, path: str) -> None:
        child = etree.SubElement(parent, f"{{{NAMESPACE}}}{element.name}")
        if isinstance(element.holds, Block):
            self.block(child, element.holds, value, path)
            return
        try:
            text = element.holds.write(value)
        except Unusable as error:
            self.findings.append(error.fault.at(Place(path)))
            return
        if _FORBIDDEN.search(text):
            self.findings.append(fault("xml-characters").at(Place(path)))
            text = without_forbidden(text)
        child.text = text

    def _extra(self, parent: etree._Element, raw: bytes, path: str) -> None:
        try:
            element = read_document(raw)
            canonical(element)
        except (CapError, Unusable):
            self.findings.append(fault("extra").at(Place(path)))
            return
        if etree.QName(element).namespace == NAMESPACE:
            self.findings.append(fault("extra").at(Place(path)))
            return
        self.extra.append((parent, element))
