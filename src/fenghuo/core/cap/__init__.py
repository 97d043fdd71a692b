"""CAP 1.2 (OASIS standard, 1 July 2010): model, parse, write, check, feed and geometry of public alerts."""

from fenghuo.core.cap.check import check
from fenghuo.core.cap.findings import CapError, Finding, Level, Place
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
from fenghuo.core.cap.parse import parse
from fenghuo.core.cap.references import Reference
from fenghuo.core.cap.write import write

__all__ = [
    "Alert",
    "Area",
    "CapError",
    "Category",
    "Certainty",
    "Circle",
    "Finding",
    "Info",
    "Level",
    "MsgType",
    "Place",
    "Point",
    "Polygon",
    "Reference",
    "Resource",
    "ResponseType",
    "Scope",
    "Severity",
    "Status",
    "Urgency",
    "ValuePair",
    "check",
    "parse",
    "write",
]
