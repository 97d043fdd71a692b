"""Names every fault of an alert: structure, values, the standard's rules, and last the OASIS schema."""

from __future__ import annotations

import threading
from functools import cache
from importlib.resources import files

from lxml import etree

from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.findings import CapError, Fault, Finding, Place, errors
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.rules import judge
from fenghuo.core.cap.spell import spell
from fenghuo.core.cap.tree import read_tree

_schema_lock = threading.Lock()


def check(document: bytes | Alert) -> list[Finding]:
    """All findings on a document or a model, by line; empty when nothing is wrong. Never raises on bad input.

    A document that cannot be read at all has a single finding whose rule starts with `xml-` or is `not-cap`.
    For a model, lines are those of the document `write` would give.
    """
    if isinstance(document, Alert):
        spelt, unspelt = spell(document)
        return check_spelt(spelt, unspelt)
    return check_spelt(document, [])


def check_spelt(document: bytes, unspelt: list[Finding]) -> list[Finding]:
    """The findings on a document, given those made while spelling it, which stand for their places."""
    try:
        root = read_document(document)
        reading = read_tree(root)
    except CapError as error:
        return [*unspelt, *error.findings]
    told = {finding.place.path for finding in unspelt}
    own = [*reading.unusable, *reading.faults, *judge(reading.alert)]
    findings = [*unspelt, *(finding for finding in own if finding.place.path not in told)]
    if not errors(findings):
        findings.extend(schema_findings(root))
    return sorted(findings, key=lambda found: (found.place.line or 0, found.place.path, found.rule))


def schema_findings(root: etree._Element) -> list[Finding]:
    """What the OASIS schema (CAP 1.2, 3.4) says, in libxml2's words; which stops at a block's first fault."""
    with _schema_lock:
        schema = _schema()
        schema.validate(root)
        complaints = list(schema.error_log)
    return [_complaint(each.message).at(_place(root, each.path, each.line)) for each in complaints]


@cache
def _schema() -> etree.XMLSchema:
    # The shipped schema imports nothing; the parser could not fetch anything if it did.
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    text = files("fenghuo.core.cap").joinpath("cap-1.2.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text, parser))


def _place(root: etree._Element, path: str | None, line: int) -> Place:
    found = root.getroottree().xpath(path) if path else []
    if not found:
        return Place("/alert", line)
    names = [etree.QName(step).localname for step in (*reversed(list(found[0].iterancestors())), found[0])]
    return Place("/" + "/".join(names), line)


def _complaint(message: str) -> Fault:
    plain = message.replace(f"{{{NAMESPACE}}}", "")
    return Fault(
        "schema",
        f"The OASIS schema refuses this: {plain}",
        f"不符合 OASIS 的 CAP 1.2 模式：{plain}",
        "Write the element as the schema asks (CAP 1.2, 3.4).",
        "按模式的要求书写该元素（CAP 1.2，3.4）。",
    )
