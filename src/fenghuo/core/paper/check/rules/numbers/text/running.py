"""A paper's running text at its own places, without what stands in its tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from ....document import Document
from ....numerals import folded
from .quantities import Quantity, amounts_in

_MASKED = re.compile(r"[（(][^（）()。\n]{0,40}[)）]|[，,][^，。；、：\d]{0,10}\d+(?:\.\d+)?%")
_FAR = 400
"""Amounts between two places that are looked at."""


class Running:
    """The paper's running text at its own places, with brackets and shares blanked."""

    def __init__(self, document: Document) -> None:
        pieces, at = [], 0
        for paragraph in document.paragraphs:
            pieces.append("\n" * (paragraph.start - at))
            said = document.said(paragraph)
            pieces.append("\n" * len(said) if paragraph.cell else folded(said))
            at = paragraph.start + len(said)
        self.said = "".join(pieces)

    @cached_property
    def bare(self) -> str:
        return _MASKED.sub(lambda match: "　" * len(match[0]), self.said)

    def between(self, low: int, high: int) -> list[Quantity]:
        """The amounts from one place to another."""
        first = bisect_left(self.counted, low, key=lambda each: each.start)
        return [each for each in self.counted[first : first + _FAR] if each.end <= high]

    @cached_property
    def counted(self) -> list[Quantity]:
        return amounts_in(self.said)
