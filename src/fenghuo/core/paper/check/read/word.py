"""Papers in .docx: the text as a reader sees it, and where each piece of it stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..document import Document, Paragraph
from ..layout import Layout, measure
from ..unreadable import Unreadable
from .numbering import Numbering, child, local, value
from .package import Package, damaged
from .plain import LONGEST

_PASSED = {
    "ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo",
    "oMath", "oMathPara", "ruby", "rubyBase", "object",
}  # fmt: skip
"""What is walked into; insertions of tracked changes stand, deletions and moved-away text do not."""
_SYMBOLS = {
    "F0FE": "☒",
    "F052": "☑",
    "F0FC": "✓",
    "F0A8": "□",
    "F06F": "□",
    "F0A3": "□",
    "F071": "□",
    "F0FB": "✗",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that one element holds: `text[start:end]` is the element's own text."""

    start: int
    end: int
    element: etree._Element


@dataclass
class WordFile:
    """A .docx that was read: its document, its parts, the tree of its main part, and the pieces of its text.

    `pieces` are in the order of the text. `marks` are the elements behind characters that no piece covers, by
    their offset: tabs, symbols, and for `\n` the line break or the paragraph that begins after it.
    """

    document: Document
    package: Package
    root: etree._Element
    pieces: list[Piece]
    marks: dict[int, etree._Element]

    def pieces_in(self, start: int, end: int) -> list[Piece]:
        """The pieces that hold characters of `text[start:end]`."""
        at = max(bisect_right(self.pieces, start, key=lambda each: each.start) - 1, 0)
        found = []
        while at < len(self.pieces) and self.pieces[at].start < end:
            if start < self.pieces[at].end:
                found.append(self.pieces[at])
            at += 1
        return found


def read_word(data: bytes, name: str = "") -> WordFile:
    """A .docx as document and pieces. Raises Unreadable."""
    package = Package(data)
    root = package.tree(package.main)
    if root is None:
        raise damaged("it has no body", "没有正文")
    file = walked(package, root, numbering_of(package), name, measure(data))
    if not file.document.text.strip():
        raise Unreadable("file-empty")
    return file


def numbering_of(package: Package) -> Numbering:
    """The counters of a package's lists, before the first paragraph."""
    try:
        return Numbering(package.beside("numbering"), package.beside("styles"))
    except Unreadable:
        # The text can be read without them, and a paper with a broken style sheet is still to be checked.
        return Numbering(None, None)


def walked(
    package: Package, root: etree._Element, numbering: Numbering, name: str, layout: Layout | None = None
) -> WordFile:
    """The file as its tree is now; a repair walks again after it changed the tree. Raises Unreadable."""
    walk = _Walk(numbering)
    body = child(root, "body")
    if body is None:
        raise damaged("it has no body", "没有正文")
    try:
        walk.blocks(body)
        walk.end()
    except RecursionError:
        raise damaged("its parts are nested without end", "内部嵌套过深") from None
    text = "".join(walk.text)
    document = Document(name, "docx", text, tuple(walk.paragraphs), layout=layout)
    return WordFile(document, package, root, walk.pieces, walk.marks)


class _Walk:
    """Walks a body in the order of reading and gathers text, paragraphs and pieces."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.text: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.pieces: list[Piece] = []
        self.marks: dict[int, etree._Element] = {}
        self._length = self._start = 0
        self._open: tuple[bool, str, str, bool] | None = None
        self._joined = False

    def blocks(self, container: etree._Element, cell: bool = False) -> None:
        """Paragraphs, tables and what wraps them."""
        for element in _visible(container):
            name = local(element)
            if name == "p":
                self._paragraph(element, cell)
            elif name == "tbl" or name == "tr":
                self.blocks(element, True)
            elif name == "tc":
                self._joined = False
                self.blocks(element, True)
                self._joined = False
            elif name in _PASSED:
                self.blocks(element, cell)

    def end(self) -> None:
        """Close the last paragraph."""
        self._close()
        if not self.paragraphs:
            self.paragraphs.append(Paragraph(0, 0))

    def _paragraph(self, element: etree._Element, cell: bool) -> None:
        properties = child(element, "pPr")
        if not self._joined or self._open is None:
            self._close()
            style = self._numbering.style_name(value(child(properties, "pStyle")))
            self._begin(cell, style, self._numbering.of(properties), False, element)
        # A deleted paragraph mark of a tracked change joins this paragraph with the next one.
        self._joined = child(child(properties, "rPr"), "del") is not None
        boxes: list[etree._Element] = []
        self._inline(element, boxes)
        for box in boxes:
            self._joined = False
            self.blocks(box, cell)

    def _inline(self, container: etree._Element, boxes: list[etree._Element]) -> None:
        for element in _visible(container):
            name = local(element)
            if name == "r":
                self._run(element, boxes)
            elif name in _PASSED:
                self._inline(element, boxes)

    def _run(self, run: etree._Element, boxes: list[etree._Element]) -> None:
        for element in _visible(run):
            name = local(element)
            if name == "t":
                self._add(element.text or "", element)
            elif name in ("tab", "ptab"):
                self._mark("\t", element)
            elif name in ("br", "cr"):
                self._break(element)
            elif name == "noBreakHyphen":
                self._mark("-", element)
            elif name == "sym":
                self._mark(_SYMBOLS.get(value(element, "char").upper(), "◆"), element)
            elif name == "ruby":
                self._inline(element, boxes)
            elif name in ("drawing", "pict", "object"):
                boxes += [each for each in element.iter() if local(each) == "txbxContent"]

    def _add(self, text: str, element: etree._Element | None = None) -> None:
        if self._open is None:
            return
        # A line break inside a text element is read by Word as a space.
        text = text.replace("\n", " ").replace("\r", " ")
        if text and element is not None:
            self.pieces.append(Piece(self._length, self._length + len(text), element))
        self.text.append(text)
        self._length += len(text)
        if self._length > LONGEST:
            raise Unreadable("text-too-long", limit=LONGEST // 1_000_000)

    def _mark(self, text: str, element: etree._Element) -> None:
        self.marks[self._length] = element
        self._add(text)

    def _begin(self, cell: bool, style: str, number: str, continues: bool, element: etree._Element) -> None:
        if self.paragraphs:
            self.marks[self._length] = element
            self.text.append("\n")
            self._length += 1
        self._start = self._length
        self._open = (cell, style, number, continues)

    def _close(self) -> None:
        if self._open is not None:
            cell, style, number, continues = self._open
            self.paragraphs.append(
                Paragraph(
                    self._start, self._length, cell=cell, style=style, number=number, continues=continues
                )
            )
            self._open = None

    def _break(self, element: etree._Element) -> None:
        if self._open is None:
            return
        cell, style, _, _ = self._open
        self._close()
        self._begin(cell, style, "", True, element)


def _visible(container: etree._Element) -> Iterator[etree._Element]:
    """Children, with `AlternateContent` replaced by what its first choice holds."""
    for element in container:
        if local(element) == "AlternateContent":
            chosen = child(element, "Choice")
            if chosen is None:
                chosen = child(element, "Fallback")
            yield from chosen if chosen is not None else ()
        else:
            yield element
