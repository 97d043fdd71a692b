"""Bytes of a CAP 1.2 document to the model; refuses what the model could not hold truthfully."""

from __future__ import annotations

from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.findings import CapError
from fenghuo.core.cap.model import Alert
from fenghuo.core.cap.tree import build, read_tree


def parse(data: bytes) -> Alert:
    """The alert in a document.

    Raises CapError, whose findings name line and reason, for what is no XML, dangerous, no CAP 1.2 alert, or
    has a part that is missing, unknown or unreadable. A document that breaks the standard but can be
    understood (elements out of order, an open polygon, a time ending in Z) is read: `check` names its faults,
    and a warning from elsewhere is not lost over them. Comments and schema hints are not kept.
    """
    reading = read_tree(read_document(data))
    if reading.unusable:
        raise CapError(reading.unusable)
    alert: Alert = build(reading.alert)
    return alert
