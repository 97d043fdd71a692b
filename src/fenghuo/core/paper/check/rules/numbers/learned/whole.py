"""What a paper tells of its time on the whole, beside every single mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ....document import Document
from ....numerals import folded
from ..text.frame import Frame
from .mentions import Mention, mentions


@dataclass(frozen=True)
class Whole:
    """The text of a paper, all its times in their order, and what it is about."""

    text: str
    all: Sequence[Mention]
    frame: Frame
    years: Counter[int]
    months: Sequence[int]
    period: tuple[int, int]
    in_title: bool

    def heads(self, each: Mention) -> bool:
        """Whether it stands in a line that heads others."""
        end = self.text.find("\n", each.start)
        line = self.text[
            self.text.rfind("\n", 0, each.start) + 1 : end if end >= 0 else len(self.text)
        ].strip()
        return len(line) < 32 and line[-1:] not in ("。", "；", "：")

    @property
    def signed(self) -> tuple[int, int]:
        day = self.frame.signed
        return (day.year, day.month) if day else (self.frame.number_year or 0, 0)


def whole(document: Document, frame: Frame) -> Whole:
    """The mentions of a paper and its own time."""
    all_ = mentions(document, frozenset(frame.parts.title))
    spans = [each for each in all_ if each.sort in ("range", "quarter", "half")]
    titled = [each for each in spans if each.titled]
    opening = titled or [each for each in spans if each.start < 500]
    period = (opening[0].value, opening[0].month) if opening else (0, 0)
    return Whole(
        folded(document.text),
        all_,
        frame,
        Counter(each.value for each in all_ if each.sort == "year"),
        [each.value for each in all_ if each.sort == "month"],
        period,
        bool(titled),
    )
