"""Reads whatever a stranger sends as CAP, says every departure from the standard, and never raises.

What is certain is read: old versions, feeds and envelopes, old encodings, loose spelling. What is not certain
is an error and no guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from fenghuo.core.cap.convert import VERSIONS, convert
from fenghuo.core.cap.document import parse_source
from fenghuo.core.cap.envelope import alerts_in, kind_of, texts_in
from fenghuo.core.cap.findings import CapError, Finding, Place, shown
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.places import Places
from fenghuo.core.cap.quick import read_tree
from fenghuo.core.cap.source import Source, read_source, refusal
from fenghuo.core.cap.tree import SIGNATURE, Noted, Tree

MOST_FINDINGS = 2000
"""Findings listed of one document; the last then says how many more there are."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One change made to read an older version of CAP as 1.2."""

    place: Place
    what_en: str
    what_zh: str


@dataclass(frozen=True, slots=True)
class Message:
    """One alert as it was found.

    `complete` is False where an optional part could not be read and is left out of the model; a finding names
    it. `document` is the alert as a document of its own: the bytes that came, or, out of an envelope, its
    exclusive canonical form, in which an XML signature over it still holds. `signed` only says that a signature
    is there.
    """

    alert: Alert
    version: str
    complete: bool
    converted: tuple[Conversion, ...]
    document: bytes
    signed: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that could be read of a document, and everything that was wrong with it.

    `envelope` is "" for a lone alert, else `atom`, `rss`, `edxl-de`, or `xml` for any other root around alerts.
    """

    messages: tuple[Message, ...] = ()
    findings: tuple[Finding, ...] = ()
    envelope: str = ""
    encoding: str = ""

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """The alerts that were read whole."""
        return tuple(each.alert for each in self.messages if each.complete)

    @property
    def version(self) -> str:
        """The version of CAP of the first alert, "" without one."""
        return self.messages[0].version if self.messages else ""

    @property
    def converted(self) -> tuple[Conversion, ...]:
        """What was converted in any of the alerts."""
        return tuple(change for each in self.messages for change in each.converted)


@dataclass(slots=True)
class Examined:
    """One alert of a document with what reading it brought to light."""

    tree: Tree
    version: str
    places: Places
    document: bytes | None
    converted: list[Conversion] = field(default_factory=list)
    nested: bool = False

    @property
    def place(self) -> Place:
        """Where the alert begins."""
        return self.places.of(self.tree.root)

    @property
    def signed(self) -> bool:
        """Whether an XML signature is there, valid or not."""
        return self.tree.root.find(SIGNATURE) is not None


@dataclass(slots=True)
class Examination:
    """A document taken apart: its text, its alerts, and what was wrong around them."""

    source: Source
    places: Places
    envelope: str = ""
    alerts: list[Examined] = field(default_factory=list)
    around: list[Finding] = field(default_factory=list)
    untold: int = 0

    def departures(self) -> list[Finding]:
        """The findings of reading, unsorted; `untold` counts those beyond what anybody would read."""
        findings = list(self.around)
        for offset, found in self.source.faults[:MOST_FINDINGS]:
            findings.append(found.at(self.places.at(offset)))
        self.untold = max(0, len(self.source.faults) - MOST_FINDINGS)
        for each in self.alerts:
            noted = each.tree.noted()
            room = max(0, MOST_FINDINGS - len(findings))
            findings.extend(one.fault.at(each.places.of(one.element)) for one in noted[:room])
            self.untold += max(0, len(noted) - room)
        return findings


def read(data: bytes, *, media_type: str = "") -> Reading:
    """All alerts of a document, and every departure from the standard found in reading it.

    `media_type` is the Content-Type the document came with, if any: its charset counts where the document
    itself says nothing of its encoding.
    """
    try:
        found = examine(data, media_type)
    except CapError as error:
        return Reading(findings=error.findings)
    messages = tuple(_message(each, data) for each in found.alerts if not each.tree.broken)
    return Reading(
        messages, tuple(listed(found.departures(), found.untold)), found.envelope, found.source.encoding
    )


def parse(data: bytes) -> Alert:
    """The alert in a document of CAP 1.2.

    Raises CapError, whose findings name line and reason, for what is no XML, dangerous, no CAP 1.2 alert, or
    has a part that is missing, unknown or unreadable. A document that breaks the standard but can be
    understood (elements out of order, an open polygon, a time ending in Z) is read: `check` names its faults,
    and a warning from elsewhere is not lost over them. Comments and schema hints are not kept. For other
    versions, feeds and envelopes there is `read`.
    """
    source = read_source(data)
    root = parse_source(source)
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise _not_cap(source, root)
    tree = read_tree(root, source)
    if tree.lost:
        places = Places(source, root)
        raise CapError([each.fault.at(places.of(each.element)) for each in tree.lost])
    return tree.alert


def examine(data: bytes, media_type: str = "", *, inside: Place | None = None) -> Examination:
    """Takes a document apart; raises CapError when it is refused as a whole or holds nothing of CAP."""
    source = read_source(data, media_type)
    root = parse_source(source)
    places = Places(source, root, inside)
    if root.tag == f"{{{NAMESPACE}}}alert":
        return Examination(source, places, "", [Examined(read_tree(root, source), "1.2", places, None)])
    found = Examination(source, places, kind_of(root))
    if root.tag in _ROOTS:
        found.alerts.append(_older(root, places, found.around, document=None))
        return found
    alerts = alerts_in(root)
    for alert in alerts:
        version = VERSIONS[etree.QName(alert).namespace]
        document = _alone(alert)
        if version == "1.2":
            found.alerts.append(Examined(read_tree(alert), version, places, document))
        else:
            found.alerts.append(_older(alert, places, found.around, document))
    if inside is None:
        for element, text in texts_in(root):
            _unpack(element, text, places, found)
    if not found.envelope:
        if not found.alerts:
            raise _not_cap(source, root)
        found.envelope = "xml"
        name = shown(etree.QName(root).localname)
        found.around.append(fault("envelope-unknown", name=name).at(places.of(root)))
    return found


_ROOTS = {"alert", *(f"{{{space}}}alert" for space, version in VERSIONS.items() if version != "1.2")}


def _older(alert: etree._Element, places: Places, around: list[Finding], document: bytes | None) -> Examined:
    version = VERSIONS.get(etree.QName(alert).namespace or "", "1.2")
    told = fault("cap-version", version=version) if alert.tag != "alert" else fault("namespace-missing")
    changed = convert(alert, version, places.fix)
    around.append(told.at(places.of(alert)))
    converted = [Conversion(places.of(element), what.en, what.zh) for element, what in changed]
    return Examined(read_tree(alert), version, places, document, converted)


def _unpack(element: etree._Element, text: bytes, places: Places, found: Examination) -> None:
    try:
        inner = examine(text, inside=places.of(element))
    except CapError as error:
        place = places.of(element)
        found.around.extend(replace(each, place=place) for each in error.findings)
        return
    for offset, told in inner.source.faults:
        found.around.append(told.at(inner.places.at(offset)))
    found.around.extend(inner.around)
    for each in inner.alerts:
        each.nested = True
        each.tree.spots = None  # Its places are those of what holds it.
        each.document = each.document or text
        found.alerts.append(each)


def _alone(alert: etree._Element) -> bytes:
    tail, alert.tail = alert.tail, None
    try:
        return etree.tostring(alert, method="c14n", exclusive=True)
    except etree.LxmlError:
        # A relative namespace has no canonical form; the plain form at least keeps what was said.
        return etree.tostring(alert, encoding="utf-8")
    finally:
        alert.tail = tail


def _message(each: Examined, data: bytes) -> Message:
    tree = each.tree
    return Message(
        alert=tree.whole(),
        version=each.version,
        complete=not tree.lost,
        converted=tuple(each.converted),
        document=bytes(data) if each.document is None else each.document,
        signed=each.signed,
        place=each.place,
    )


def _not_cap(source: Source, root: etree._Element) -> CapError:
    name = etree.QName(root)
    local, space = shown(name.localname), shown(name.namespace or "")
    place = Places(source, root).of(root)
    return refusal(fault("not-cap", name=local, space=space), place.line or 1, place.column or 1)


def listed(findings: list[Finding], untold: int = 0) -> list[Finding]:
    """Findings by line and place, no more than anybody can read; the last then counts the others."""
    findings.sort(key=lambda each: (each.place.line or 0, each.place.column or 0, each.place.path, each.rule))
    untold += max(0, len(findings) - MOST_FINDINGS)
    if untold:
        return [*findings[:MOST_FINDINGS], fault("findings-many", more=untold).at(Place("/"))]
    return findings


__all__ = ["Conversion", "Examination", "Examined", "Message", "Noted", "Reading", "examine", "parse", "read"]
