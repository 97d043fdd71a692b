"""A .docx as it was measured: pages, paragraphs, tables and footers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..document import Document


@dataclass(frozen=True, slots=True)
class Page:
    """One section's page, in mm; `grid` is the kind of its grid and `grid_pt` the pitch of its lines in pt.

    `footer` is how far its footers reach up from the page's edge, 0 where that depends on the program.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float = 0.0
    grid: str = ""
    grid_pt: float = 0.0
    footer: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run's text with the face its Chinese signs take and its size in pt; `themed` where a theme chose it."""

    text: str
    face: str
    size: float
    themed: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One paragraph. `rule` is `exact`, `atLeast` or `auto`; `pitch` is pt, or lines under `auto`.

    Indents are in signs of the paragraph's size. `snaps` tells whether it keeps to the page's grid.
    """

    text: str
    stretches: tuple[Stretch, ...]
    cell: bool
    style: str
    align: str
    rule: str
    pitch: float
    first: float
    left: float
    right: float
    snaps: bool
    numbered: bool
    section: int

    def stretch(self, until: int | None = None) -> Stretch | None:
        """Face and size that most Chinese signs take, up to a place in the text."""
        weights: dict[tuple[str, float, bool], int] = {}
        left = until if until is not None else len(self.text)
        for each in self.stretches:
            said = each.text[: max(left, 0)]
            left -= len(each.text)
            count = sum("\u4e00" <= sign <= "\u9fff" for sign in said)
            if count:
                key = (each.face, each.size, each.themed)
                weights[key] = weights.get(key, 0) + count
        if not weights:
            return None
        face, size, themed = max(weights, key=lambda key: weights[key])
        return Stretch("", face, size, themed)


@dataclass(frozen=True, slots=True)
class Footer:
    """A footer of `kind` default, even or first: its text, whether it counts pages, how it is set."""

    kind: str
    text: str
    counts: bool
    align: str
    size: float
    section: int


Row = tuple[tuple[tuple[int, ...], int], ...]
"""A row of a table: for each cell the indexes of its paragraphs and the columns that it runs over."""


@dataclass(frozen=True)
class Layout:
    """A file's layout. `paragraphs` stand in the order of the body, those of table cells among them."""

    pages: tuple[Page, ...]
    paragraphs: tuple[Measured, ...]
    tables: tuple[tuple[Row, ...], ...] = ()
    footers: tuple[Footer, ...] = ()
    odd_and_even: bool = False

    def places(self, document: Document) -> Mapping[int, int]:
        """For each measured paragraph its place among the document's, by order, else by text."""
        if len(document.paragraphs) == len(self.paragraphs):
            return {index: index for index in range(len(self.paragraphs))}
        found: dict[int, int] = {}
        said = ["".join(document.said(paragraph).split()) for paragraph in document.paragraphs]
        at = 0
        for index, paragraph in enumerate(self.paragraphs):
            bare = "".join(paragraph.text.split())
            # An empty line only matches the next one: looking for it farther on would lose what lies between.
            for other in range(at, min(at + (60 if bare else 1), len(said))):
                if said[other] == bare or (said[other] and bare.startswith(said[other])):
                    found[index] = other
                    at = other + 1
                    break
        return found
