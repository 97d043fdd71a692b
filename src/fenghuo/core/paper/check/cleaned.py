"""A paper without its pasted noise, and where what is found in that stands in the paper that came.

A site's character inside a number, a heading's mark or a name would hide these from every other rule, and make
false ones of what is left: `38 彐 9处` is no nine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .document import Document, Paragraph
from .finding import Elsewhere, Finding, Span


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the cleaned text from `begin` on: `start` to `end` of the paper, as it stands there or changed."""

    begin: int
    start: int
    end: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned paper with the pieces of the other one that it is made of."""

    document: Document
    pieces: tuple[_Piece, ...]
    begins: tuple[int, ...]

    def placed(self, finding: Finding) -> Finding:
        """A finding in the cleaned paper at its place in the paper that came."""
        if not self.pieces:
            return finding
        elsewhere = tuple(
            each if each.paper else Elsewhere(self._span(each.span), each.text) for each in finding.elsewhere
        )
        return replace(finding, span=self._span(finding.span), elsewhere=elsewhere)

    def _span(self, span: Span) -> Span:
        start = self._start(span.start)
        return Span(start, self._end(span.end) if span.end > span.start else start)

    def _start(self, offset: int) -> int:
        piece = self._piece(offset)
        return piece.start + (offset - piece.begin if piece.kept else 0)

    def _end(self, offset: int) -> int:
        piece = self._piece(offset - 1)
        return piece.start + offset - piece.begin if piece.kept else piece.end

    def _piece(self, offset: int) -> _Piece:
        return self.pieces[bisect_right(self.begins, offset) - 1]


def cleaned(document: Document, noise: Iterable[Finding]) -> Cleaned:
    """The paper with the mends of these findings made; where two overlap, the first of them."""
    edits = list(_edits(noise))
    if not edits:
        return Cleaned(document, (), ())
    pieces: list[_Piece] = []
    said: list[str] = []
    begin = at = 0
    for start, end, mend in [*edits, (len(document.text), len(document.text), "")]:
        for text, first, last, kept in (
            (document.text[at:start], at, start, True),
            (mend, start, end, False),
        ):
            if text or not pieces:
                pieces.append(_Piece(begin, first, last, kept))
                said.append(text)
                begin += len(text)
        at = end
    made = replace(document, text="".join(said), paragraphs=tuple(_paragraphs(document, edits)))
    return Cleaned(made, tuple(pieces), tuple(each.begin for each in pieces))


def _edits(noise: Iterable[Finding]) -> Iterator[tuple[int, int, str]]:
    free = 0
    for each in sorted(noise, key=lambda one: (one.span.start, one.span.end)):
        if each.mend is not None and "\n" not in each.mend and each.span.start >= free:
            yield each.span.start, each.span.end, each.mend
            free = each.span.end


def _paragraphs(document: Document, edits: list[tuple[int, int, str]]) -> Iterator[Paragraph]:
    """The paragraphs at their new places; those between which the line break was taken out are one.

    What a file says of a paragraph's style holds for the first of them that has anything left to say.
    """
    first: Paragraph | None = None
    number = moved = begin = 0
    for paragraph in document.paragraphs:
        first = first or paragraph
        while number < len(edits) and edits[number][1] <= paragraph.end:
            start, end, mend = edits[number]
            moved += len(mend) - (end - start)
            number += 1
        if number < len(edits) and edits[number][0] <= paragraph.end < len(document.text):
            if edits[number][0] + moved == begin:
                first = None
            continue
        yield replace(first, start=begin, end=paragraph.end + moved)
        begin, first = paragraph.end + moved + 1, None
