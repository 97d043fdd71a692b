"""An alert to the bytes that go out, or a refusal that lists everything wrong with it."""

from __future__ import annotations

from fenghuo.core.cap.check import check_spelt
from fenghuo.core.cap.findings import CapError, errors
from fenghuo.core.cap.model import Alert
from fenghuo.core.cap.spell import spell


def write(alert: Alert) -> bytes:
    """UTF-8 XML in the CAP 1.2 namespace, elements in the standard's order, UTC as -00:00.

    What is checked is the bytes that are returned, by the rules of cap12 and by the OASIS schema. Raises
    CapError with every error; warnings and notes do not hinder.
    """
    document, unspelt = spell(alert)
    wrong = errors(check_spelt(document, unspelt, schema=True))
    if wrong:
        raise CapError(wrong)
    return document
