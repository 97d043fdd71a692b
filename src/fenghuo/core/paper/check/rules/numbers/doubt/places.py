"""How far doubts look around a finding, and what is counted there."""

from __future__ import annotations

import re
from decimal import Decimal

from ....document import Document
from ....finding import Span
from ....numerals import folded, from_arabic, step
from ..text.quantities import Quantity, quantities

BEFORE, BEHIND = 120, 40
"""Characters around a rate in which its two figures are sought."""
ALL = 100
ENDS = re.compile(r"[。；\n]")
LEFT, LEAD = re.compile("剩|其余|余下|还有|尚"), 8
ABOVE = 6000
"""Characters above a rate in which its whole is sought: a long paper of a few pages."""
RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%")
TOGETHER = 4
"""Counts in a row that a rate may be of at the most: 重旱5个、中旱8个、轻旱3个、适宜2个，受旱点占88.9%."""


def counted(document: Document, span: Span) -> list[Quantity]:
    """What the words of a place count."""
    return quantities(folded(document.text[span.start : span.end]))


def makes_rate(part: Decimal, whole: Decimal, rate: str) -> bool:
    """Whether a part of a whole comes to a rate in per cent, within half of what its last digit is worth."""
    return abs(part / whole * ALL - from_arabic(rate)) < step(rate) / 2 + Decimal("0.001")
