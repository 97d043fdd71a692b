"""Reads whatever a stranger sends as CAP, says every departure from the standard, and never raises.

What is certain is read: old versions, feeds and envelopes, old encodings, loose spelling. What is not certain
is an error and no guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from lxml import etree

from fenghuo.core.cap.convert import VERSIONS, convert, put_right
from fenghuo.core.cap.document import parse_source
from fenghuo.core.cap.envelope import alerts_in, kind_of, texts_in
from fenghuo.core.cap.findings import CapError, Finding, Place, later, shown
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.places import Places
from fenghuo.core.cap.quick import Plain, read_plain, read_tree
from fenghuo.core.cap.source import Source, read_source, refusal
from fenghuo.core.cap.tree import SIGNATURE, Noted, Reader, Tree

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
    """A document taken apart: its text, its alerts, and what was wrong around them.

    `plain` is its only alert where that could be read from the text.
    """

    source: Source
    places: Places | None
    envelope: str = ""
    alerts: list[Examined] = field(default_factory=list)
    around: list[Finding] = field(default_factory=list)
    plain: Plain | None = None
    untold: int = 0

    def departures(self) -> list[Finding]:
        """The findings of reading, unsorted; `untold` counts those beyond what anybody would read."""
        if self.plain is not None:
            return self._of_plain(self.plain)
        assert self.places is not None
        findings = list(self.around)
        for offset, found in self.source.faults[:MOST_FINDINGS]:
            findings.append(found.at(self.places.at(offset)))
        self.untold = max(0, len(self.source.faults) - MOST_FINDINGS)
        for each in self.alerts:
            noted = each.tree.noted()
            room = max(0, MOST_FINDINGS - len(findings))
            findings.extend(one.fault.at(_where(each.places, one)) for one in noted[:room])
            self.untold += max(0, len(noted) - room)
        return findings

    def _of_plain(self, plain: Plain) -> list[Finding]:
        findings = [
            Finding(told.rule, told.severity, Place("/", 1, "", 1), *told.texts, at=-1)
            for _, told in self.source.faults
        ]
        for at, told in plain.told[:MOST_FINDINGS]:
            begin = plain.spots.before(at)
            findings.append(later(told.rule, told.severity, begin, None, plain.spots, told.texts, None, None))
        self.untold = max(0, len(plain.told) - MOST_FINDINGS)
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
    if found.plain is not None:
        messages: tuple[Message, ...] = (_of_plain(found.plain, data),)
    else:
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
    plain = read_plain(source)
    if plain is not None:
        return plain.alert
    root = parse_source(source)
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise _not_cap(source, root)
    tree = Reader().tree(root)
    if tree.lost:
        places = Places(source, root)
        raise CapError([each.fault.at(_where(places, each)) for each in tree.lost])
    return tree.alert


def examine(
    data: bytes, media_type: str = "", *, inside: Place | None = None, elements: bool = False
) -> Examination:
    """Takes a document apart; raises CapError when it is refused as a whole or holds nothing of CAP.

    With `elements`, or where an alert stands `inside` another document, every alert comes with its elements.
    """
    source = read_source(data, media_type)
    if not elements and inside is None:
        plain = read_plain(source)
        if plain is not None:
            return Examination(source, None, plain=plain)
    root = parse_source(source)
    places = Places(source, root, inside)
    if root.tag == f"{{{NAMESPACE}}}alert":
        return Examination(source, places, "", [Examined(Reader().tree(root), "1.2", places, None)])
    found = Examination(source, places, kind_of(root))
    noted = _misspelt(root, places)
    if noted is not None and root.tag not in _ROOTS:
        tree = read_tree(root)
        tree.faults.append(noted)
        found.alerts.append(Examined(tree, "1.2", places, None))
        return found
    if root.tag in _ROOTS:
        if noted is not None:
            found.around.append(noted.fault.at(places.of(root)))
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


def _misspelt(root: etree._Element, places: Places) -> Noted | None:
    """Puts right the spelling of a root that can only be an alert, and what was wrong with it; else None."""
    name = etree.QName(root).localname
    changed = put_right(root)
    if changed is None:
        return None
    places.fix()  # Names are no longer those of the text.
    old, new = changed
    if old:
        return Noted(fault("namespace-spelling", text=shown(old), right=new), root)
    rename = f"{root.prefix}:alert" if root.prefix else "alert"
    return Noted(fault("element-spelling", text=shown(name), right="alert"), root, rename=rename)


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
        found.around.extend(each.moved(place) for each in error.findings)
        return
    assert inner.places is not None
    for offset, told in inner.source.faults:
        found.around.append(told.at(inner.places.at(offset)))
    found.around.extend(inner.around)
    for each in inner.alerts:
        each.nested = True
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


def _of_plain(plain: Plain, data: bytes) -> Message:
    return Message(
        plain.alert, "1.2", True, (), bytes(data), plain.signed, plain.spots.of(plain.spots.at(()))
    )


def _where(places: Places, noted: Noted) -> Place:
    """The place of what was noted: of the words, where it is about words between elements."""
    return (
        places.of_words(noted.words, noted.element, noted.beside) if noted.words else places.of(noted.element)
    )


def _not_cap(source: Source, root: etree._Element) -> CapError:
    name = etree.QName(root)
    local, space = shown(name.localname), shown(name.namespace or "")
    place = Places(source, root).of(root)
    return refusal(fault("not-cap", name=local, space=space), place.line or 1, place.column or 1)


_AT, _OFFSET = attrgetter("at"), attrgetter("at", "rule")


def listed(findings: list[Finding], untold: int = 0) -> list[Finding]:
    """Findings by line and place, no more than anybody can read; the last then counts the others."""
    if None in map(_AT, findings):
        findings.sort(
            key=lambda each: (each.place.line or 0, each.place.column or 0, each.place.path, each.rule)
        )
    else:
        findings.sort(key=_OFFSET)
    untold += max(0, len(findings) - MOST_FINDINGS)
    if untold:
        return [*findings[:MOST_FINDINGS], fault("findings-many", more=untold).at(Place("/"))]
    return findings


__all__ = ["Conversion", "Examination", "Examined", "Message", "Noted", "Reading", "examine", "parse", "read"]
