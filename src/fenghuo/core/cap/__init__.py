"""CAP 1.2 (OASIS standard, 1 July 2010): read, check, mend, write, feed and geometry of public alerts."""

from fenghuo.core.cap.check import check
from fenghuo.core.cap.content import content_of
from fenghuo.core.cap.findings import CapError, Fault, Finding, Level, Place, Text
from fenghuo.core.cap.json_form import all_from_json, from_json, to_json
from fenghuo.core.cap.mend import Change, Mended, mend
from fenghuo.core.cap.model import (
    Alert,
    Area,
    Category,
    Certainty,
    Circle,
    Info,
    MsgType,
    Point,
    Polygon,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    ValuePair,
)
from fenghuo.core.cap.read import Conversion, Message, Reading, parse, read
from fenghuo.core.cap.references import Reference
from fenghuo.core.cap.write import write

__all__ = [
    "Alert",
    "Area",
    "CapError",
    "Category",
    "Certainty",
    "Change",
    "Circle",
    "Conversion",
    "Fault",
    "Finding",
    "Info",
    "Level",
    "Mended",
    "Message",
    "MsgType",
    "Place",
    "Point",
    "Polygon",
    "Reading",
    "Reference",
    "Resource",
    "ResponseType",
    "Scope",
    "Severity",
    "Status",
    "Text",
    "Urgency",
    "ValuePair",
    "all_from_json",
    "check",
    "content_of",
    "from_json",
    "mend",
    "parse",
    "read",
    "to_json",
    "write",
]
