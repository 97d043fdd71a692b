"""Reads an XML tree into the model by the element table, noting every fault of structure on the way.

It never gives up: what can be read is read, so that one pass names all faults and rules can judge the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lxml import etree

from fenghuo.core.cap.canonical import canonical
from fenghuo.core.cap.elements import ALERT, CODE, PAIRED, TEXT, TOKEN, WORDS, Block, Element, Row
from fenghuo.core.cap.findings import Fault, Unusable, shown
from fenghuo.core.cap.model import NAMESPACE, Alert, ValuePair
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.rules import Where
from fenghuo.core.cap.times import WHITE, Faults
from fenghuo.core.cap.unknown import MOST_GUESSED, unknown_element
from fenghuo.core.cap.values import Codec

SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE = f"{{{SIGNATURE_NAMESPACE}}}Signature"
_VALUE_NAME = f"{{{NAMESPACE}}}valueName"
_VALUE = f"{{{NAMESPACE}}}value"
_MOST_NAMED = 2000
_SCHEMA_HINTS = {
    f"{{http://www.w3.org/2001/XMLSchema-instance}}{name}"
    for name in ("schemaLocation", "noNamespaceSchemaLocation")
}


class Noted(NamedTuple):
    """A fault at an element.

    `remove` says that the element is to go, `order` that its children are to move, `rename` what its tags are
    to be called. `words` stand between the element's children, after `beside` if that is one of them.
    """

    fault: Fault
    element: etree._Element
    remove: bool = False
    order: bool = False
    rename: str = ""
    words: str = ""
    beside: etree._Element | None = None


@dataclass(slots=True)
class Tree:
    """What was read of one alert.

    `alert` is partial where `lost` names something that could not be read; where `broken`, a required part is
    among it and stands as None. `unread` gives, by the identity of a block, the fields that were there but
    could not be read, `skipped` the elements of these and of others that the model leaves out, and `holes` the
    identities of damaged blocks that an alert can do without.
    """

    root: etree._Element
    alert: Alert
    faults: list[Noted] = field(default_factory=list)
    lost: list[Noted] = field(default_factory=list)
    broken: bool = False
    unread: dict[int, set[str]] = field(default_factory=dict)
    skipped: set[etree._Element] = field(default_factory=set)
    holes: set[int] = field(default_factory=set)
    children: dict[tuple[etree._Element, str], list[etree._Element]] = field(default_factory=dict)

    def element(self, where: Where) -> etree._Element:
        """The element that a part of the model was read from; for what is not there, the block it belongs to."""
        element, block = self.root, ALERT
        steps = iter(where)
        for name in steps:
            row = block.by_field.get(str(name))
            if row is None:
                return element
            index = int(next(steps, 0)) if row.many else 0
            children = self.standing(element, row.tag)
            if index >= len(children):
                return element
            element = children[index]
            if not isinstance(row.holds, Block):
                return element
            block = row.holds
        return element

    def standing(self, element: etree._Element, tag: str) -> list[etree._Element]:
        """The children of a name that the model holds."""
        key = (element, tag)
        known = self.children.get(key)
        if known is None:
            every = element.iterchildren(tag)
            known = self.children[key] = [child for child in every if child not in self.skipped]
        return known

    def whole(self) -> Alert:
        """The alert without the damaged blocks it can do without."""
        if not self.holes:
            return self.alert

        def kept(blocks: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(each for each in blocks if id(each) not in self.holes)

        infos = tuple(
            replace(
                info,
                event_codes=kept(info.event_codes),
                parameters=kept(info.parameters),
                resources=kept(info.resources),
                areas=tuple(replace(area, geocodes=kept(area.geocodes)) for area in info.areas),
            )
            for info in self.alert.infos
        )
        return replace(self.alert, infos=infos)

    def noted(self) -> list[Noted]:
        """Every fault, whether or not something was lost by it."""
        return [*self.lost, *self.faults] if self.lost or self.faults else []


class Reader:
    """Reads element by element, with every care, and keeps what it found wrong."""

    __slots__ = ("broken", "faults", "holes", "lost", "skipped", "told", "unread")

    def __init__(self) -> None:
        self.faults: list[Noted] = []
        self.lost: list[Noted] = []
        self.told: Faults = []
        self.unread: dict[int, set[str]] = {}
        self.skipped: set[etree._Element] = set()
        self.holes: set[int] = set()
        self.broken = False

    def tree(self, root: etree._Element, alert: Alert | None = None) -> Tree:
        """The reading of an `alert` element, given its alert if that was read in another way."""
        if alert is None:
            alert = self.block(ALERT, root)
        if root.attrib:
            self.attributes(root)
        return Tree(root, alert, self.faults, self.lost, self.broken, self.unread, self.skipped, self.holes)

    def odd(self, element: Element, child: etree._Element, text: str | None, unread: set[str]) -> Any:
        """The value of an element that is not just as most are; None where it has none."""
        value = self.leaf(element, child, text or "")
        if value is None:
            self.skipped.add(child)
            if element.required or len(child) or not _blank(text):
                unread.add(element.field)
                if element.required and not element.many:
                    self.broken = True
        return value

    def inner(self, block: Block, child: etree._Element) -> Any:
        """The object for a block in a block; one that is damaged but spare is remembered as a hole."""
        broken = self.broken
        made = self.block(block, child)
        if self.broken is not broken and block.spare:
            self.broken = broken
            self.holes.add(id(made))
        return made

    def block(self, block: Block, parent: etree._Element) -> Any:
        """The model's object for a block, whatever state it is in."""
        rows, fields, last = block.rows, {}, -1
        unread: set[str] = set()
        extra: list[bytes] = []
        orderly = True
        told = self.told
        stray = parent.text
        if stray is not None and not stray.isspace():
            self.stray(parent, stray, None)
        for child in parent:
            tail = child.tail
            if tail is not None and not tail.isspace():
                self.stray(parent, tail, child)
            row = rows.get(child.tag) or self.respelt(block, child)
            if row is None:
                index = self.stranger(block, child, extra)
                if index is not None:
                    orderly, last = orderly and last <= index, index
                continue
            index, name, many, kind, held, element = row
            if index < last:
                orderly = False
            last = index
            if child.attrib:
                self.attributes(child)
            value = None
            if kind < PAIRED:
                text = child.text
                # What stands in most alerts is read here without a call; all else goes through `leaf`.
                if text is not None and not len(child):
                    if kind == TEXT:
                        if not text.isspace():
                            value = text
                    elif kind == TOKEN:
                        if text[0] > " " and text[-1] > " ":
                            value = text
                    elif kind == WORDS:
                        value = held.get(text)
                    elif not text.isspace():
                        try:
                            value = held(text, told)
                        except Unusable:
                            told.clear()
                        if told:
                            self.told_at(child)
                if value is None:
                    value = self.odd(element, child, text, unread)
                    if value is None:
                        if many:
                            fields.setdefault(name, [])
                        continue
            else:
                if kind == PAIRED:
                    value = _plain_pair(child, held)
                if value is None:
                    value = self.inner(held, child)
            if not many:
                if name in fields or name in unread:
                    self.lost.append(Noted(fault("element-repeated"), child))
                    self.skipped.add(child)
                    continue
                fields[name] = value
            elif name in fields:
                fields[name].append(value)
            else:
                fields[name] = [value]
        if not orderly:
            self.disorder(block, parent)
        for element in block.required:
            if fields.get(element.field) == []:
                self.broken = True  # It stood there, and none of it could be read.
            elif element.field not in fields:
                self.broken = True
                fields[element.field] = () if element.many else None
                if element.field not in unread:
                    self.lost.append(Noted(fault("element-missing", name=element.name), parent))
        for name in block.listed:
            values = fields.get(name)
            if values:
                fields[name] = tuple(values)
            elif values is not None:
                fields[name] = ()
        if extra:
            fields["extra"] = tuple(extra)
        made = block.makes(**fields)
        if unread:
            self.unread[id(made)] = unread
        return made

    def leaf(self, element: Element, child: etree._Element, text: str) -> Any:
        """The value of an element that needs a second look; None where none can be had, or it is empty."""
        if len(child):
            self.lost.append(Noted(fault("element-nested"), child))
            return None
        holds = element.holds
        assert isinstance(holds, Codec)
        if not text.strip(WHITE) and not element.required:
            rule = "text-empty" if holds.free else "element-empty"
            self.faults.append(Noted(fault(rule, name=element.name), child, remove=True))
            if not holds.free:
                return None
        try:
            value = holds.read(text, self.told)
        except Unusable as error:
            self.lost.append(Noted(error.fault, child))
            value = None
        if self.told:
            self.told_at(child)
        return value

    def noted(self, element: etree._Element, told: Fault) -> None:
        """Takes note of what is wrong with a value that can still be read."""
        self.faults.append(Noted(told, element))

    def told_at(self, child: etree._Element) -> None:
        self.faults.extend(Noted(each, child) for each in self.told)
        self.told.clear()

    def respelt(self, block: Block, child: etree._Element) -> Row | None:
        """The row of an element whose name differs from CAP's by its letters' case, or has no namespace."""
        name = etree.QName(child)
        if name.namespace and name.namespace != NAMESPACE:
            return None
        meant = block.by_letters.get(name.localname.casefold())
        if meant is None:
            return None
        told = fault("element-spelling", text=shown(name.localname), right=meant.name)
        prefix = child.prefix if name.namespace else child.getparent().prefix
        # Without a prefix to give it, an element that was taken out of the namespace on purpose stays out.
        certain = name.namespace or prefix or not child.nsmap.get(None, NAMESPACE)
        rename = f"{prefix}:{meant.name}" if prefix else meant.name
        self.faults.append(Noted(told, child, rename=rename if certain else ""))
        child.tag = meant.tag
        return block.rows[meant.tag]

    def stranger(self, block: Block, child: etree._Element, extra: list[bytes]) -> int | None:
        """Keeps an element the table does not know, or reports it; its place in the order if it has one."""
        self.skipped.add(child)
        name = etree.QName(child)
        if name.namespace == NAMESPACE or not name.namespace or not block.keeps_extra:
            known = [each.name for each in block.elements] if len(self.lost) < MOST_GUESSED else ()
            self.lost.append(Noted(unknown_element(name.localname, known), child))
            return None
        try:
            extra.append(canonical(child))
        except Unusable as error:
            self.lost.append(Noted(error.fault, child))
            return None
        if block is ALERT and name.namespace == SIGNATURE_NAMESPACE:
            return len(block.elements)
        self.faults.append(Noted(fault("element-foreign"), child))
        return None

    def attributes(self, element: etree._Element) -> None:
        names = [name for name in element.attrib if name not in _SCHEMA_HINTS]
        for name in names[:_MOST_NAMED]:
            told = fault("attribute-unknown", name=shown(etree.QName(name).localname))
            self.faults.append(Noted(told, element))
        # More are counted and never listed, so they need no names.
        self.faults.extend(self.faults[-1:] * (len(names) - _MOST_NAMED))

    def stray(self, parent: etree._Element, text: str, beside: etree._Element | None) -> None:
        if text.strip(WHITE):
            told = fault("text-stray", text=shown(text))
            self.lost.append(Noted(told, parent, words=text, beside=beside))

    def disorder(self, block: Block, parent: etree._Element) -> None:
        """Reports the fewest elements that would have to move."""
        ordered, order = [], []
        once: set[int] = set()
        for child in parent:
            row = block.rows.get(child.tag)
            if row is not None:
                index, _, many, *_ = row
                if many or index not in once:  # The second of what may stand once is a fault of its own.
                    ordered.append(child)
                    order.append(index)
                once.add(index)
            elif block is ALERT and child.tag.startswith(f"{{{SIGNATURE_NAMESPACE}}}"):
                ordered.append(child)
                order.append(len(block.elements))
        for position in misplaced(order):
            self.faults.append(Noted(fault("element-order"), ordered[position], order=True))


def _plain_pair(child: etree._Element, block: Block) -> ValuePair | None:
    """A pair as nearly all are; None for one that has anything unusual about it."""
    if len(child) != 2 or not _blank(child.text):
        return None
    first, second = child
    if (
        first.tag != _VALUE_NAME
        or second.tag != _VALUE
        or not _blank(first.tail)
        or not _blank(second.tail)
        or len(first)
        or len(second)
        or first.attrib
        or second.attrib
    ):
        return None
    name, value = first.text, second.text
    if name is None or value is None:
        return None
    if block is CODE:
        if not (name[0] > " " and name[-1] > " " and value[0] > " " and value[-1] > " "):
            return None
    elif name.isspace() or value.isspace():
        return None
    return ValuePair(name, value)


def _blank(text: str | None) -> bool:
    return text is None or text.isspace()


def misplaced(order: Sequence[int]) -> list[int]:
    """The fewest positions whose removal leaves a sequence that never falls."""
    ends: list[int] = []
    ends_at: list[int] = []
    before: list[int] = []
    for position, index in enumerate(order):
        length = bisect_right(ends, index)
        before.append(ends_at[length - 1] if length else -1)
        ends[length : length + 1] = [index]
        ends_at[length : length + 1] = [position]
    in_place = set()
    position = ends_at[-1] if ends_at else -1
    while position >= 0:
        in_place.add(position)
        position = before[position]
    return [position for position in range(len(order)) if position not in in_place]
