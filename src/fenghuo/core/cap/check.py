"""Names every fault of an alert: structure, values, and the rules of the packs asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree

from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.findings import CapError, Fault, Finding, Place, errors
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.packs import Pack, fault, load
from fenghuo.core.cap.read import MOST_FINDINGS, Examination, Examined, examine, listed
from fenghuo.core.cap.rules import Hit, Judge, Where
from fenghuo.core.cap.spell import spell

STANDARD = ("cap12",)

_schema_lock = threading.Lock()

PackName = str | Path | Pack


def check(
    document: bytes | Alert,
    packs: Sequence[PackName] = STANDARD,
    *,
    media_type: str = "",
    schema: bool = False,
) -> list[Finding]:
    """All findings on a document or a model, by line; empty when nothing is wrong. Never raises on bad input.

    A document that cannot be read at all has a single finding whose rule starts with `xml-`, `encoding` or
    `not-cap`. Older versions, feeds and envelopes are checked as what they are read as. For a model, lines are
    those of the document `write` would give. `schema` adds what the OASIS schema says of the alerts of CAP 1.2 in
    a document in which nothing else was found; the rules of `cap12` leave it nothing to say, which tests hold
    them to. Raises BadPack for a pack that cannot be loaded.
    """
    if isinstance(document, Alert):
        spelt, unspelt = spell(document)
        return check_spelt(spelt, unspelt, packs, schema=schema)
    try:
        found = examine(document, media_type)
    except CapError as error:
        judge_of(packs)
        return list(error.findings)
    findings = judged(found, packs)
    if schema and not errors(findings):
        findings.extend(_of_schema(document, found))
    return listed(findings, found.untold)


def check_spelt(
    document: bytes, unspelt: list[Finding], packs: Sequence[PackName] = STANDARD, *, schema: bool = False
) -> list[Finding]:
    """The findings on a document, given those made while spelling it, which stand for their places."""
    told = {finding.place.path for finding in unspelt}
    found = check(document, packs, schema=schema)
    return listed([*unspelt, *(finding for finding in found if finding.place.path not in told)])


def judged(found: Examination, packs: Sequence[PackName] = STANDARD) -> list[Finding]:
    """The findings of reading and of every rule on every alert of a document."""
    findings = found.departures()
    judge, rules = judge_of(packs)
    if found.plain is not None:
        spots = found.plain.spots
        for where, hit in judge.hits(found.plain.alert):
            if len(findings) > MOST_FINDINGS:
                found.untold += 1
                continue
            findings.append(rules[hit.rule].later(spots.at(where, hit.where), spots, hit.values))
    for each in found.alerts:
        for where, hit in judge.hits(each.tree.alert, each.tree.unread):
            if len(findings) > MOST_FINDINGS:
                found.untold += 1
                continue
            place = each.places.of(each.tree.element((*where, *hit.where)))
            findings.append(rules[hit.rule].finding(place, hit.values))
    return findings


def hits_of(each: Examined, packs: Sequence[PackName]) -> list[tuple[Hit, Where, etree._Element]]:
    """Every breach on one alert with the element it concerns."""
    judge, _ = judge_of(packs)
    return [
        (hit, (*where, *hit.where), each.tree.element((*where, *hit.where)))
        for where, hit in judge.hits(each.tree.alert, each.tree.unread)
    ]


def judge_of(packs: Iterable[PackName]) -> tuple[Judge, dict[str, Any]]:
    """The checks of some packs sorted for one walk, and their rules by id."""
    return _judge(tuple(packs)) if all(isinstance(each, str) for each in packs) else _made(tuple(packs))


def _made(packs: tuple[PackName, ...]) -> tuple[Judge, dict[str, Any]]:
    loaded = [load(each) for each in packs]
    rules = {name: rule for each in reversed(loaded) for name, rule in each.rules.items()}
    return Judge(check for each in loaded for check in each.checks), rules


_judge = cache(_made)


def _of_schema(document: bytes, found: Examination) -> Iterator[Finding]:
    """What the schema says of every alert of CAP 1.2 in a document; older ones and envelopes it does not know."""
    if found.plain is not None:
        yield from schema_findings(document)
    for each in found.alerts:
        if each.version == "1.2" and each.document is None:
            yield from schema_findings(document)
        elif each.version == "1.2":
            for told in schema_findings(each.document):
                yield told.moved(each.place)


def schema_findings(document: bytes) -> list[Finding]:
    """What the OASIS schema (CAP 1.2, 3.4) says, in libxml2's words; which stops at a block's first fault."""
    try:
        root = read_document(document)
    except CapError:
        return []  # Reading has said why.
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
    try:
        found = root.getroottree().xpath(path) if path else []
    except etree.XPathError:
        found = []  # A path with a prefix, which libxml2 does not explain.
    if not found:
        return Place("/alert", line)
    names = [etree.QName(step).localname for step in (*reversed(list(found[0].iterancestors())), found[0])]
    return Place("/" + "/".join(names), line)


def _complaint(message: str) -> Fault:
    return fault("schema", reason=message.replace(f"{{{NAMESPACE}}}", ""))
