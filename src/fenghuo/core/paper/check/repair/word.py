"""Change the text of a .docx in its own runs, so that faces, sizes and everything around the text stay."""

from __future__ import annotations

from lxml import etree

from ..document import Document
from ..read.numbering import child, local
from ..read.package import Package
from ..read.word import Piece, numbering_of, read_word, walked

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordEditor:
    """A .docx under repair."""

    suffix = ".docx"

    def __init__(self, data: bytes, name: str) -> None:
        self._file = read_word(data, name)
        self._name = name
        self._package: Package = self._file.package

    @property
    def document(self) -> Document:
        """The paper as it is now."""
        return self._file.document

    def apply(self, edits: list[tuple[int, int, str]]) -> list[bool]:
        """See Editor; what would join parts that Word keeps apart, such as two cells, is left as it is."""
        # From the end, so that the places of what comes before stay true.
        done = [self._write(start, end, text) for start, end, text in reversed(edits)]
        if any(done):
            self._file = walked(
                self._package,
                self._file.root,
                numbering_of(self._package),
                self._name,
                self._file.document.layout,
            )
        return done[::-1]

    def data(self) -> bytes:
        """The file as it is now."""
        content = etree.tostring(self._file.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return self._package.with_part(self._package.main, content)

    def _write(self, start: int, end: int, text: str) -> bool:
        marks = [(at, self._file.marks[at]) for at in range(start, end) if at in self._file.marks]
        pieces = self._file.pieces_in(start, end)
        if "\n" in text or "\t" in text or (text and not pieces):
            return False
        joins = [mark for _, mark in marks if local(mark) == "p"]
        if not all(map(_joinable, joins)):
            return False
        for at, piece in enumerate(reversed(pieces), 1):
            _rewrite(piece, start, end, text if at == len(pieces) else "")
        for _, mark in reversed(marks):
            if local(mark) == "p":
                _join(mark)
            else:
                mark.getparent().remove(mark)
        return True


def _rewrite(piece: Piece, start: int, end: int, text: str) -> None:
    held = piece.element.text or ""
    made = held[: max(start - piece.start, 0)] + text + held[max(end - piece.start, 0) :]
    piece.element.text = made
    if made != made.strip():
        piece.element.set(_SPACE, "preserve")


def _joinable(paragraph: etree._Element) -> bool:
    above = paragraph.getprevious()
    if above is None or local(above) != "p":
        return False
    # The end of a section hangs on its last paragraph.
    return all(child(child(each, "pPr"), "sectPr") is None for each in (paragraph, above))


def _join(paragraph: etree._Element) -> None:
    """Move what a paragraph holds to the one above; of an empty one and a full one the full one's form stays."""
    above = paragraph.getprevious()
    if not _text(above) and _text(paragraph):
        properties = child(above, "pPr")
        if properties is not None:
            above.remove(properties)
        if (kept := child(paragraph, "pPr")) is not None:
            above.insert(0, kept)
    for element in list(paragraph):
        if local(element) != "pPr":
            above.append(element)
    paragraph.getparent().remove(paragraph)


def _text(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter() if local(each) == "t")
