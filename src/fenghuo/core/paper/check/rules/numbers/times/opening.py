"""The time that the first sentence opens with against the title's: 2025年上半年，… under a title of 2026年上半年.

Where both name the same half, quarter or month, no reader takes the other year for meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding
from ..text.frame import Frame
from ..text.sentences import sentences
from .occasions import other_year

_OPENS = re.compile(
    r"\s*(?P<year>20\d\d)年(?P<of>[上下]半年|第?[一二三四]季度|\d{1,2}月)(?:份|以来|期间)?[，,]"
)
_FIRST = 3
"""Paragraphs of the text in which its first sentence stands: behind the addressee, or an empty line."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the title has no year of its own, or the signing is of the other one."""
    if len(frame.title_years) != 1:
        return
    first = set(frame.parts.body[:_FIRST])
    for sentence in sentences(document):
        found = _OPENS.match(sentence.plain) if sentence.index in first else None
        if (
            found
            and int(found["year"]) not in frame.years
            and f"{frame.title_years[0]}年{found['of']}" in frame.title
        ):
            yield other_year(sentence, found.start("year"), found.end("year") + 1, frame.years)
            return
