"""A paper's sentences and clauses with their places."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator
from dataclasses import dataclass

from ....document import Document, Paragraph
from ....finding import Span
from ....numerals import folded
from ....outline import BEFORE_FIGURE, marks

LONGEST = 600
"""Signs after which a sentence without an end is cut: no reader could follow it either."""

_ENDS = re.compile(r"[。；\n]")
_ANY_MARK = re.compile(r"[，。；、：:（()）\d]")
_CLAUSE = re.compile(r"[，。；、：]")
_BEFORE, _BEHIND, _LABEL = 120, 40, 14
"""Characters before and behind a place that are read of its sentence, and before an amount for what it tells of."""
_DIGIT = re.compile(r"[0-9]")
_MARK = re.compile(rf"^[ \u3000]*\d{{1,2}}(?:{BEFORE_FIGURE})")
_SENTENCE = re.compile(rf"[^。；;！!？?\n]{{1,{LONGEST}}}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch up to 。；！？, starting at `start` in the paper's text, in paragraph `index`.

    `plain` is the text folded (see `numerals.folded`), and `figures` tells whether it holds a digit.
    """

    index: int
    start: int
    text: str
    cell: bool = False
    first: bool = False
    plain: str = ""
    figures: bool = False


def begin_of(said: str, at: int, signs: str = "。；\n") -> int:
    """Where the stretch that a place lies in begins: behind the last of some signs."""
    return max(said.rfind(sign, 0, at) for sign in signs) + 1


def opening_of(said: str, at: int) -> int:
    """Where the sentence that a place lies in begins."""
    return begin_of(said, at, "。！？\n")


def label_of(said: str, at: int, far: int = _LABEL) -> str:
    """What stands right before an amount that begins at `at`, back to the sign that parts it from others."""
    return _CLAUSE.split(said[max(at - far, 0) : at])[-1]


def lead_of(said: str, at: int, far: int) -> str:
    """What stands right before a place, back to any mark or digit."""
    return _ANY_MARK.split(said[max(at - far, 0) : at])[-1]


def around(document: Document, span: Span) -> tuple[str, str]:
    """What stands before and behind a place in its sentence, as far as one looks."""
    before = document.text[max(span.start - _BEFORE, 0) : span.start]
    return _ENDS.split(before)[-1], _ENDS.split(document.text[span.end : span.end + _BEHIND])[0]


def unmarked(said: str) -> str:
    """A paragraph without the mark that a figure follows, which is no decimal point: 1．36个单元, 2.2026年底前."""
    return _MARK.sub(lambda match: "\u3000" * len(match[0]), said)


def _lines(document: Document) -> Iterator[tuple[int, Paragraph, str]]:
    """The paragraphs with their numbers, without such marks, those too that only their list tells: 2.45座."""
    close = {
        mark.index: mark.end
        for mark in marks(document)
        if mark.level == 3 and document.text[mark.end : mark.end + 1].isdecimal()
    }
    for index, paragraph in enumerate(document.paragraphs):
        said, end = document.said(paragraph), close.get(index, 0) - paragraph.start
        yield index, paragraph, "\u3000" * end + said[end:] if end > 0 else unmarked(said)


_read_last: tuple[weakref.ref[Document], tuple[Sentence, ...]] | None = None


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Every sentence in its order; brackets do not keep one together. Cut once, however many rules ask."""
    global _read_last  # one paper is checked after the other, by a dozen rules each
    held = _read_last
    if held is not None and held[0]() is document:
        return held[1]
    found = tuple(_sentences(document))
    _read_last = weakref.ref(document), found
    return found


def _sentences(document: Document) -> Iterator[Sentence]:
    for index, paragraph, said in _lines(document):
        for at, match in enumerate(_SENTENCE.finditer(said)):
            text = match[0]
            plain = folded(text)
            yield Sentence(
                index,
                paragraph.start + match.start(),
                text,
                paragraph.cell,
                at == 0,
                plain,
                _DIGIT.search(plain) is not None,
            )


def passages(document: Document, *, cells: bool = False) -> Iterator[tuple[int, str]]:
    """The paragraphs, without those of tables unless asked, with their starts; very long ones in pieces."""
    for _, paragraph, said in _lines(document):
        if cells or not paragraph.cell:
            for at in range(0, len(said), LONGEST * 4):
                yield paragraph.start + at, said[at : at + LONGEST * 4]
