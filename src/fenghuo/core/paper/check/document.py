"""A paper as the checker sees it: one text, its paragraphs with their places, and what its file says of layout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .layout import Layout

_STRETCH = 4000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text: `text[start:end]`, without its line break.

    `page` is the page it starts on where the file tells (PDF), else None. `cell` is true inside a table.
    `style` is the name of its style in a .docx, else empty. `number` is what the .docx numbers it with without
    writing it in the text, such as `一、`, else empty. `continues` is true where a line break inside a paragraph of
    the .docx, and not a new paragraph, begins it.
    """

    start: int
    end: int
    page: int | None = None
    cell: bool = False
    style: str = ""
    number: str = ""
    continues: bool = False


@dataclass(frozen=True)
class Document:
    """A paper that was read.

    `text` holds all paragraphs, one a line, joined by "\n"; every place is counted in its characters. `form` is
    `docx`, `pdf` or `txt`. `layout` is what a .docx says of page, faces, sizes and spacing; None elsewhere.
    """

    name: str
    form: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    encoding: str = ""
    layout: Layout | None = field(default=None, compare=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def at(self, offset: int) -> Paragraph:
        """The paragraph that holds the character at an offset."""
        return self.paragraphs[max(bisect_right(self._starts, offset) - 1, 0)]

    def line(self, offset: int) -> int:
        """The line, from 1, of the character at an offset."""
        return max(bisect_right(self._starts, offset), 1)

    def said(self, paragraph: Paragraph) -> str:
        """A paragraph's own text."""
        return self.text[paragraph.start : paragraph.end]

    def stretches(self, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
        """A paragraph's text in stretches of bounded length, cut after a full stop, each with its offset.

        Nearly every paragraph is one; a file of a million characters without a line break is many, so that what
        looks around in a stretch stays quick.
        """
        start = paragraph.start
        while paragraph.end - start > _STRETCH:
            stop = self.text.rfind("。", start + _STRETCH // 2, start + _STRETCH) + 1
            stop = stop or start + _STRETCH
            yield start, self.text[start:stop]
            start = stop
        yield start, self.text[start : paragraph.end]


def from_text(text: str, name: str = "", encoding: str = "") -> Document:
    """A document from bare text: every line is a paragraph."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    return Document(name, "txt", text, tuple(paragraphs), encoding)
