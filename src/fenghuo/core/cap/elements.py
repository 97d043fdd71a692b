"""The element table of CAP 1.2: which element stands where, how often, and as which field of the model.

Parser, writer and check are all driven by this one table. Order and occurrence are those of the schema
(CAP 1.2, 3.4); a test holds the table to the schema file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenghuo.core.cap import model, values
from fenghuo.core.cap.values import Codec, one_of


@dataclass(frozen=True, slots=True)
class Element:
    """One child of a block: XML name, field of the model, and what it holds."""

    name: str
    field: str
    holds: Codec | Block
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """An element that holds elements, in this order; `makes` is its class in the model."""

    makes: type[Any]
    elements: tuple[Element, ...]
    keeps_extra: bool = True


PAIR = Block(
    model.ValuePair,
    (
        Element("valueName", "name", values.TEXT, required=True),
        Element("value", "value", values.TEXT, required=True),
    ),
    keeps_extra=False,
)

RESOURCE = Block(
    model.Resource,
    (
        Element("resourceDesc", "description", values.TEXT, required=True),
        Element("mimeType", "mime_type", values.TEXT, required=True),
        Element("size", "size", values.INTEGER),
        Element("uri", "uri", values.TEXT),
        Element("derefUri", "deref_uri", values.TEXT),
        Element("digest", "digest", values.TEXT),
    ),
)

AREA = Block(
    model.Area,
    (
        Element("areaDesc", "description", values.TEXT, required=True),
        Element("polygon", "polygons", values.POLYGON, many=True),
        Element("circle", "circles", values.CIRCLE, many=True),
        Element("geocode", "geocodes", PAIR, many=True),
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
        Element("eventCode", "event_codes", PAIR, many=True),
        Element("effective", "effective", values.TIME),
        Element("onset", "onset", values.TIME),
        Element("expires", "expires", values.TIME),
        Element("senderName", "sender_name", values.TEXT),
        Element("headline", "headline", values.TEXT),
        Element("description", "description", values.TEXT),
        Element("instruction", "instruction", values.TEXT),
        Element("web", "web", values.TEXT),
        Element("contact", "contact", values.TEXT),
        Element("parameter", "parameters", PAIR, many=True),
        Element("resource", "resources", RESOURCE, many=True),
        Element("area", "areas", AREA, many=True),
    ),
)

ALERT = Block(
    model.Alert,
    (
        Element("identifier", "identifier", values.TEXT, required=True),
        Element("sender", "sender", values.TEXT, required=True),
        Element("sent", "sent", values.TIME, required=True),
        Element("status", "status", one_of(model.Status), required=True),
        Element("msgType", "msg_type", one_of(model.MsgType), required=True),
        Element("source", "source", values.TEXT),
        Element("scope", "scope", one_of(model.Scope), required=True),
        Element("restriction", "restriction", values.TEXT),
        Element("addresses", "addresses", values.LIST),
        Element("code", "codes", values.TEXT, many=True),
        Element("note", "note", values.TEXT),
        Element("references", "references", values.REFERENCES),
        Element("incidents", "incidents", values.LIST),
        Element("info", "infos", INFO, many=True),
    ),
)
