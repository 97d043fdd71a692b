"""Reads an XML tree into blocks of typed values by the element table, noting every fault of structure.

It never gives up: what can be read is read, so that one pass names all faults and rules can judge the rest.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from fenghuo.core.cap.elements import ALERT, Block, Element
from fenghuo.core.cap.findings import CapError, Fault, Finding, Place, Unusable, shown
from fenghuo.core.cap.model import NAMESPACE
from fenghuo.core.cap.times import WHITE

SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it stood in the document: typed value or block, or None where it could not be read."""

    value: Any
    place: Place


@dataclass(slots=True)
class Node:
    """A block as it stood in the document: what was found for each field of its class in the model."""

    block: Block
    place: Place
    found: dict[str, list[Found]] = field(default_factory=dict)
    extra: list[bytes] = field(default_factory=list)

    def all(self, name: str) -> list[Found]:
        """Everything of a field that could be read."""
        return [each for each in self.found.get(name, []) if each.value is not None]

    def one(self, name: str) -> Found | None:
        """The first of a field that could be read, or None."""
        return next(iter(self.all(name)), None)

    def has(self, name: str) -> bool:
        """Whether the element stood there, readable or not."""
        return name in self.found


@dataclass(slots=True)
class Reading:
    """A whole document: its alert, the faults that keep it from being a model, and the faults that do not."""

    alert: Node
    unusable: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)


def read_tree(root: etree._Element) -> Reading:
    """The reading of a document; raises CapError when its root is not a CAP 1.2 alert."""
    if root.tag != f"{{{NAMESPACE}}}alert":
        name = etree.QName(root)
        local, space = shown(name.localname), shown(name.namespace or "")
        fault = Fault(
            "not-cap",
            f"The root is “{local}” of the namespace “{space}”, not a CAP 1.2 alert.",
            f"文档的根元素是命名空间“{space}”中的“{local}”，不是 CAP 1.2 预警。",
            f"The root must be “alert” of the namespace {NAMESPACE}.",
            f"根元素应为命名空间 {NAMESPACE} 中的 alert。",
        )
        raise CapError([fault.at(Place("/", root.sourceline))])
    reading = Reading(Node(ALERT, Place("/alert", root.sourceline)))
    _fill(reading.alert, root, reading)
    return reading


def build(node: Node) -> Any:
    """The model's object for a block that has no unusable part."""
    fields: dict[str, Any] = {}
    for element in node.block.elements:
        if not node.has(element.field):
            continue
        values = [
            build(each.value) if isinstance(each.value, Node) else each.value
            for each in node.all(element.field)
        ]
        fields[element.field] = tuple(values) if element.many else values[0]
    if node.extra:
        fields["extra"] = tuple(node.extra)
    return node.block.makes(**fields)


def _fill(node: Node, parent: etree._Element, reading: Reading) -> None:
    table = {f"{{{NAMESPACE}}}{element.name}": index for index, element in enumerate(node.block.elements)}
    counts: dict[str, int] = {}
    order: list[int] = []
    ordered: list[Place] = []
    _note_attributes(node.place, parent, reading)
    _note_stray_text(node.place, parent, reading)
    for child in parent:
        index = table.get(child.tag)
        if index is None:
            foreign = _take_foreign(node, child, reading)
            if foreign is not None:
                order.append(len(table))
                ordered.append(foreign)
            continue
        element = node.block.elements[index]
        counts[element.name] = counts.get(element.name, 0) + 1
        number = f"[{counts[element.name]}]" if element.many else ""
        text = _text(child) if not isinstance(element.holds, Block) else ""
        place = Place(f"{node.place.path}/{element.name}{number}", child.sourceline, shown(text))
        order.append(index)
        ordered.append(place)
        if counts[element.name] > 1 and not element.many:
            reading.unusable.append(_REPEATED.at(place))
            continue
        value = _value(element, child, text, place, reading)
        node.found.setdefault(element.field, []).append(Found(value, place))
    for element in node.block.elements:
        if element.required and element.name not in counts:
            reading.unusable.append(_missing(element).at(node.place))
    reading.faults.extend(_ORDER.at(ordered[position]) for position in misplaced(order))


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


def _value(element: Element, child: etree._Element, text: str, place: Place, reading: Reading) -> Any:
    if isinstance(element.holds, Block):
        node = Node(element.holds, place)
        _fill(node, child, reading)
        return node
    _note_attributes(place, child, reading)
    if len(child):
        reading.unusable.append(_UNEXPECTED_CHILD.at(place))
        return None
    faults: list[Fault] = []
    try:
        value = element.holds.read(text, faults)
    except Unusable as error:
        reading.unusable.append(error.fault.at(place))
        value = None
    reading.faults.extend(fault.at(place) for fault in faults)
    return value


def _text(element: etree._Element) -> str:
    # Comments are gone, but they may have cut the text into pieces.
    return "".join(element.itertext())


def _take_foreign(node: Node, child: etree._Element, reading: Reading) -> Place | None:
    """Keeps an element the table does not know, or reports it; its place if it may stand at the end here."""
    name = etree.QName(child)
    place = Place(f"{node.place.path}/{name.localname}", child.sourceline)
    if name.namespace == NAMESPACE or not node.block.keeps_extra:
        reading.unusable.append(_unknown(name.localname).at(place))
        return None
    try:
        node.extra.append(canonical(child))
    except Unusable as error:
        reading.unusable.append(error.fault.at(place))
        return None
    if node.block is ALERT and name.namespace == SIGNATURE_NAMESPACE:
        return place
    reading.faults.append(_FOREIGN.at(place))
    return None


def canonical(element: etree._Element) -> bytes:
    """A foreign element by itself as exclusive canonical XML; Unusable when it has no such form."""
    if any(not etree.QName(part).namespace for part in element.iter(etree.Element)):
        # Without a namespace of its own it would fall into CAP's when written inside an alert.
        raise Unusable(_unknown(etree.QName(element).localname))
    alone = copy.deepcopy(element)
    alone.tail = None
    try:
        return etree.tostring(alone, method="c14n", exclusive=True)
    except etree.LxmlError:
        # Canonical XML does not exist where a namespace is a relative address.
        raise Unusable(_NAMESPACE) from None


def _note_attributes(place: Place, element: etree._Element, reading: Reading) -> None:
    for name in element.attrib:
        if not name.startswith(_SCHEMA_INSTANCE):
            reading.faults.append(_attribute(etree.QName(name).localname).at(place))


def _note_stray_text(place: Place, parent: etree._Element, reading: Reading) -> None:
    pieces = [parent.text, *(child.tail for child in parent)]
    stray = " ".join(piece for piece in pieces if piece and piece.strip(WHITE))
    if stray:
        reading.unusable.append(_stray(stray).at(place))


_ORDER = Fault(
    "element-order",
    "This element does not stand in its place in the order of elements.",
    "该元素没有排在规定的位置上。",
    "Put the elements in the order of the standard (CAP 1.2, 3.4).",
    "按标准规定的顺序排列元素（CAP 1.2，3.4）。",
)
_REPEATED = Fault(
    "element-repeated",
    "This element may stand only once here.",
    "该元素在此处只能出现一次。",
    "Keep one of them.",
    "只保留一个。",
)
_UNEXPECTED_CHILD = Fault(
    "element-nested",
    "This element holds other elements where only text may stand.",
    "该元素只能包含文字，却包含了其他元素。",
    "Write its content as plain text.",
    "改为纯文字。",
)
_NAMESPACE = Fault(
    "element-namespace",
    "The namespace of this element, or of one in it, is not an absolute address.",
    "该元素或其内部元素的命名空间不是完整的地址。",
    "Give the namespace as an absolute URI, or remove the element.",
    "把命名空间写成完整的 URI，或删去该元素。",
)
_FOREIGN = Fault(
    "element-foreign",
    "An element of another namespace stands here; only an XML signature at the end of the alert may.",
    "此处有其他命名空间的元素；标准只允许在预警末尾放数字签名。",
    "Carry own values in “parameter” elements instead.",
    "自有内容请改用 parameter 元素表示。",
)


def _missing(element: Element) -> Fault:
    return Fault(
        "element-missing",
        f"The required element “{element.name}” is missing.",
        f"缺少必需的元素“{element.name}”。",
        f"Add “{element.name}”.",
        f"补上“{element.name}”。",
    )


def _unknown(name: str) -> Fault:
    return Fault(
        "element-unknown",
        f"CAP 1.2 has no element “{shown(name)}” here.",
        f"CAP 1.2 在此处没有元素“{shown(name)}”。",
        "Remove it, or correct its name and place.",
        "删去该元素，或改正其名称和位置。",
    )


def _attribute(name: str) -> Fault:
    return Fault(
        "attribute-unknown",
        f"CAP 1.2 has no attribute “{shown(name)}”.",
        f"CAP 1.2 没有属性“{shown(name)}”。",
        "Remove the attribute.",
        "删去该属性。",
    )


def _stray(text: str) -> Fault:
    return Fault(
        "text-stray",
        f"The text “{shown(text)}” stands between elements.",
        f"文字“{shown(text)}”出现在元素之间。",
        "Remove it, or put it into the element it belongs to.",
        "删去这段文字，或放入它所属的元素。",
    )
