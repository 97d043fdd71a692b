"""The element table of CAP 1.2: which element stands where, how often, and as which field of the model.

Parser, writer and check are all driven by this one table. Order and occurrence are those of the schema
(CAP 1.2, 3.4); a test holds the table to the schema file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import field as _field
from typing import Any

from fenghuo.core.cap import model, values
from fenghuo.core.cap.values import Codec, one_of

TEXT, TOKEN, WORDS, VALUE, PAIRED, BLOCK = range(6)
"""What a row holds: any text, text without blanks around it, one of a few words, a value to be worked out, a
pair of texts, or a block."""
Row = tuple[int, str, bool, int, Any, "Element"]


@dataclass(frozen=True, slots=True)
class Element:
    """One child of a block: XML name, field of the model, what it holds, and its name with CAP's namespace."""

    name: str
    field: str
    holds: Codec | Block
    required: bool = False
    many: bool = False
    tag: str = _field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tag", f"{{{model.NAMESPACE}}}{self.name}")


@dataclass(frozen=True, slots=True)
class Block:
    """An element that holds elements, in this order; `makes` is its class in the model.

    One that is `spare` can be left out when it is damaged and the rest still holds. `rows` is the same table by
    qualified name, with what a reader asks for at each child.
    """

    makes: type[Any]
    elements: tuple[Element, ...]
    keeps_extra: bool = True
    spare: bool = False
    rows: dict[str, Row] = field(init=False, repr=False, compare=False)
    by_field: dict[str, Element] = field(init=False, repr=False, compare=False)
    by_letters: dict[str, Element] = field(init=False, repr=False, compare=False)
    required: tuple[Element, ...] = field(init=False, repr=False, compare=False)
    listed: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = {
            f"{{{model.NAMESPACE}}}{each.name}": (index, each.field, each.many, *_held(each.holds), each)
            for index, each in enumerate(self.elements)
        }
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "by_field", {each.field: each for each in self.elements})
        object.__setattr__(self, "by_letters", {each.name.casefold(): each for each in self.elements})
        object.__setattr__(self, "required", tuple(each for each in self.elements if each.required))
        object.__setattr__(self, "listed", tuple(each.field for each in self.elements if each.many))


def _held(holds: Codec | Block) -> tuple[int, Any]:
    if isinstance(holds, Block):
        return (PAIRED if holds.makes is model.ValuePair else BLOCK), holds
    if holds.words is not None:
        return WORDS, holds.words
    if holds is values.TEXT:
        return TEXT, None
    return (TOKEN, None) if holds is values.TOKEN else (VALUE, holds.read)


CODE = Block(
    model.ValuePair,
    (
        Element("valueName", "name", values.TOKEN, required=True),
        Element("value", "value", values.TOKEN, required=True),
    ),
    keeps_extra=False,
    spare=True,
)
"""eventCode and geocode: codes, around which blanks mean nothing."""

PAIR = Block(
    model.ValuePair,
    (
        Element("valueName", "name", values.TEXT, required=True),
        Element("value", "value", values.TEXT, required=True),
    ),
    keeps_extra=False,
    spare=True,
)
"""parameter: its value is text of any form."""

RESOURCE = Block(
    model.Resource,
    (
        Element("resourceDesc", "description", values.TEXT, required=True),
        Element("mimeType", "mime_type", values.TOKEN, required=True),
        Element("size", "size", values.INTEGER),
        Element("uri", "uri", values.TOKEN),
        Element("derefUri", "deref_uri", values.TEXT),
        Element("digest", "digest", values.TOKEN),
    ),
    spare=True,
)

AREA = Block(
    model.Area,
    (
        Element("areaDesc", "description", values.TEXT, required=True),
        Element("polygon", "polygons", values.POLYGON, many=True),
        Element("circle", "circles", values.CIRCLE, many=True),
        Element("geocode", "geocodes", CODE, many=True),
        Element("altitude", "altitude", values.NUMBER),
        Element("ceiling", "ceiling", values.NUMBER),
    ),
)

INFO = Block(
    model.Info,
    (
        Element("language", "language", values.LANGUAGE),
        Element("category", "categories", one_of(model.Category), required=True, many=True),
        Element("event", "event", values.TEXT, required=True),
        Element("responseType", "response_types", one_of(model.ResponseType), many=True),
        Element("urgency", "urgency", one_of(model.Urgency), required=True),
        Element("severity", "severity", one_of(model.Severity), required=True),
        Element("certainty", "certainty", one_of(model.Certainty), required=True),
        Element("audience", "audience", values.TEXT),
        Element("eventCode", "event_codes", CODE, many=True),
        Element("effective", "effective", values.TIME),
        Element("onset", "onset", values.TIME),
        Element("expires", "expires", values.TIME),
        Element("senderName", "sender_name", values.TEXT),
        Element("headline", "headline", values.TEXT),
        Element("description", "description", values.TEXT),
        Element("instruction", "instruction", values.TEXT),
        Element("web", "web", values.TOKEN),
        Element("contact", "contact", values.TEXT),
        Element("parameter", "parameters", PAIR, many=True),
        Element("resource", "resources", RESOURCE, many=True),
        Element("area", "areas", AREA, many=True),
    ),
)

ALERT = Block(
    model.Alert,
    (
        Element("identifier", "identifier", values.TOKEN, required=True),
        Element("sender", "sender", values.TOKEN, required=True),
        Element("sent", "sent", values.TIME, required=True),
        Element("status", "status", one_of(model.Status), required=True),
        Element("msgType", "msg_type", one_of(model.MsgType), required=True),
        Element("source", "source", values.TEXT),
        Element("scope", "scope", one_of(model.Scope), required=True),
        Element("restriction", "restriction", values.TEXT),
        Element("addresses", "addresses", values.LIST),
        Element("code", "codes", values.TOKEN, many=True),
        Element("note", "note", values.TEXT),
        Element("references", "references", values.REFERENCES),
        Element("incidents", "incidents", values.LIST),
        Element("info", "infos", INFO, many=True),
    ),
)
