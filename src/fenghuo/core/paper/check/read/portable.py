"""Papers in PDF: the text of each page, its lines joined into paragraphs where the page shows that they are one."""

from __future__ import annotations

import io
import logging
import re
import statistics
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..document import Document, Paragraph
from ..unreadable import Unreadable
from .plain import LONGEST
from .tagged import Marks, Place, Tagged, tagged

_MOST_PAGES = 3000
_MOST_PIECES = 2_000_000
"""Pieces of text a PDF may draw before it is taken for one that is made to fill memory."""
_LARGEST_PAGE = 32 * 1024 * 1024
_SAME_LINE = 0.5
"""Ems that two pieces may differ in height and still stand on one line."""
_NEXT_LINE = 2.6
"""Ems from one line of a paragraph to the next, at most."""
_INDENT = 0.8
"""Ems by which a line begins further right than the lines above and so begins a paragraph."""
_SHORT = 2.2
"""Ems that a line may end before the right edge and still be full: punctuation is not set at a line's head."""
_LABEL = 8
"""Ems that a label may be wide, behind which a paragraph's lines hang."""
_COLUMN = "\u2003"
"""What stands between the columns of a line while lines are gathered."""
_GAP = re.compile(rf" *{_COLUMN} *")
_LAID_OUT = re.compile(r"(?<=[0-9A-Za-z%‰]) (?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]) (?=[0-9A-Za-z])")
"""The gap that a layout leaves between Chinese and Latin, which nobody typed."""
_FULL = 0.7
"""Share of the page's width that a full line reaches at least; where none does, lines are paragraphs."""
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－─]\s*)?\d{1,4}(?:\s*[-—–－─])?\s*|\s*第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?\s*"
)


_MOST_UNTAGGED, _MOST_TORN = 0.02, 0.1
"""Shares of a file's characters without a tag, and of its lines that tags tear apart, above which its tags are not
believed."""


_Piece = tuple[float, float, float, str, Tagged | None]
"""Left, height, size and text of what a page draws at once, and what it is tagged as."""


@dataclass
class _Line:
    left: float
    right: float
    height: float
    size: float
    text: str = ""
    columns: bool = False
    tag: Tagged | None = None


@dataclass
class _Joined:
    """A paragraph in the making: its page, its lines' edges, and its text.

    `hanging` is where its lines begin once they begin further right than the first.
    """

    page: int
    text: str
    last: _Line
    cell: bool = False
    hanging: float | None = None
    lines: int = 1


@dataclass
class _Page:
    """A page's width and its lines: all of them, and those of what is tagged as text, in the order of the tags."""

    width: float
    lines: list[_Line]
    tagged: list[_Line]


def read_pdf(data: bytes, name: str = "") -> Document:
    """A PDF as a document; every paragraph knows its page. Raises Unreadable."""
    pages, believed = _pages(data)
    paragraphs = _paragraphs([(page.width, page.lines) for page in pages])
    if believed:
        paragraphs = _by_tags(pages, paragraphs)
    if not any(each.text.strip() for each in paragraphs):
        raise Unreadable("pdf-scanned")
    placed, start = [], 0
    for each in paragraphs:
        style = each.last.tag.style if each.last.tag else ""
        placed.append(Paragraph(start, start + len(each.text), page=each.page, cell=each.cell, style=style))
        start += len(each.text) + 1
    return Document(name, "pdf", "\n".join(each.text for each in paragraphs), tuple(placed))


def _pages(data: bytes) -> tuple[list[_Page], bool]:
    """Every page, and whether nearly all of the text is tagged."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    budget = _Budget()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        # Many PDFs are locked against changes only and open with an empty password.
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise Unreadable("file-locked")
        if len(reader.pages) > _MOST_PAGES:
            raise Unreadable("text-too-long", limit=LONGEST // 1_000_000)
        tags = tagged(reader)
        pages = [_page(page, budget, tags) for page in reader.pages]
        return pages, bool(tags) and budget.untagged <= _MOST_UNTAGGED * budget.characters
    except Unreadable:
        raise
    except DependencyError:
        raise Unreadable("file-locked") from None
    except (MemoryError, RecursionError, Exception):
        # Whatever the library stumbles over in a damaged file is the file's fault, not the user's.
        raise Unreadable("pdf-damaged") from None


@dataclass
class _Budget:
    pieces: int = 0
    characters: int = 0
    untagged: int = 0

    def spend(self, text: str) -> None:
        self.pieces += 1
        self.characters += len(text)
        if self.pieces > _MOST_PIECES or self.characters > LONGEST:
            raise Unreadable("text-too-long", limit=LONGEST // 1_000_000)


def _page(page: Any, budget: _Budget, tags: Mapping[Place, Tagged]) -> _Page:
    width = float(page.mediabox.right)
    contents = page.get_contents()
    if contents is None:
        return _Page(width, [], [])
    if len(contents.get_data()) > _LARGEST_PAGE:
        raise Unreadable("file-unpacks-too-large", limit=_LARGEST_PAGE // 1024 // 1024)
    pieces: list[_Piece] = []
    resources = page.get("/Resources")
    marks = Marks(resources.get_object().get("/Properties") if resources is not None else None)
    number = page.indirect_reference.idnum if page.indirect_reference is not None else 0

    def take(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        text = text.replace("\n", "")
        if not text:
            return
        budget.spend(text)
        tag = tags.get((number, marks.shown)) if marks.shown is not None else None
        if tag is None and marks.shown != -1 and text.strip():
            budget.untagged += len(text)
        scale = abs(tm[3] or tm[1]) * abs(cm[3] or cm[1] or 1) or 1.0
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append((left, height, max((size or 10) * scale, 1.0), text, tag))

    page.extract_text(visitor_text=take, visitor_operand_before=marks.before)
    told = sorted(
        (piece for piece in pieces if piece[4]), key=lambda piece: piece[4].order if piece[4] else 0
    )
    return _Page(width, _in_lines(pieces), _in_lines(told, by_tags=True))


def _in_lines(pieces: list[_Piece], *, by_tags: bool = False) -> list[_Line]:
    lines: list[_Line] = []
    for left, height, size, text, tag in pieces:
        last = lines[-1] if lines else None
        if last is not None and by_tags and last.tag != tag:
            last = None
        if last is not None and abs(last.height - height) <= _SAME_LINE * size and left >= last.left - size:
            gap = left - last.right
            if gap > 1.5 * size and last.text and not last.text.endswith(" "):
                last.text += _COLUMN if gap > 3 * size else " "
                last.columns = last.columns or gap > 3 * size
            last.text += text
            last.right = max(left + _width(text, size), last.right)
            last.size = max(last.size, size)
        elif text.strip():
            lines.append(_Line(left, left + _width(text, size), height, size, text, tag=tag))
    return lines


def _width(text: str, size: float) -> float:
    # Quotes, dashes and dots are as wide as a Chinese sign among Chinese, and narrow among Latin letters.
    wide = "WFA" if any(unicodedata.east_asian_width(each) in "WF" for each in text) else "WF"
    return size * sum(1.0 if unicodedata.east_asian_width(each) in wide else 0.5 for each in text)


def _paragraphs(pages: list[tuple[float, list[_Line]]]) -> list[_Joined]:
    joined: list[_Joined] = []
    for number, (page_width, lines) in enumerate(pages, 1):
        lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
        if not lines:
            continue
        right = _right(page_width, lines)
        edge = min(round(line.left) for line in lines if line.left <= _common_left(lines) + 1)
        for at, line in enumerate(lines):
            last = joined[-1] if joined else None
            if line.columns and any(
                each.columns for each in lines[max(at - 1, 0) : at + 2] if each is not line
            ):
                joined += [_Joined(number, text, line, cell=True) for text in _cells(line.text)]
            elif last is not None and _goes_on(last, line, right, edge, new_page=at == 0):
                _add(last, line)
            else:
                joined.append(_Joined(number, _tidy(line.text), line))
    return joined


def _right(page_width: float, lines: list[_Line]) -> float:
    body = [line for line in lines if len(line.text) > 12] or lines
    return max(*(line.right for line in body), _FULL * page_width)


def _add(above: _Joined, line: _Line) -> None:
    if above.lines == 1 and line.left > above.last.left + _INDENT * line.size:
        above.hanging = line.left
    above.text = _glued(above.text, _tidy(line.text))
    above.last = line
    above.lines += 1


def _by_tags(pages: list[_Page], untagged: list[_Joined]) -> list[_Joined]:
    """The paragraphs as the file tags them, or those found without tags where tags tear lines apart."""
    joined: list[_Joined] = []
    torn = lines = 0
    for number, page in enumerate(pages, 1):
        if not page.tagged:
            continue
        right = _right(page.width, page.tagged)
        edge = min(line.left for line in page.tagged)
        for at, line in enumerate(page.tagged):
            last = joined[-1] if joined else None
            lines += 1
            follows = last is not None and _goes_on(last, line, right, edge, new_page=at == 0)
            if last is not None and last.last.tag == line.tag:
                full = last.last.right >= (right if at else last.last.right) - _SHORT * line.size
                if last.cell or follows or (full and line.tag and not line.tag.loose):
                    _add(last, line)
                    continue
            elif last is not None and not last.cell and line.tag and not line.tag.cell:
                torn += bool(at) and follows
            cell = bool(line.tag and line.tag.cell)
            joined.append(_Joined(number, _tidy(line.text), line, cell))
    # Some programs tag every line as a paragraph.
    return untagged if torn > _MOST_TORN * lines else joined


def _common_left(lines: list[_Line]) -> int:
    return statistics.mode(round(line.left) for line in lines)


def _cells(text: str) -> Iterator[str]:
    return (_tidy(cell) for cell in text.split(_COLUMN) if cell.strip())


def _tidy(text: str) -> str:
    return _LAID_OUT.sub("", _GAP.sub("　", text)).strip(" ")


def _goes_on(above: _Joined, line: _Line, right: float, edge: float, *, new_page: bool) -> bool:
    last = above.last
    size = max(line.size, last.size)
    if above.cell or line.columns or abs(line.size - last.size) > 0.15 * size:
        return False
    if not new_page and not 0 < last.height - line.height <= _NEXT_LINE * size:
        return False
    if line.left > edge + _INDENT * size and not _hangs(above, line, edge, size):
        return False
    return last.right >= right - _SHORT * size


def _hangs(above: _Joined, line: _Line, edge: float, size: float) -> bool:
    """Whether a line goes on under the text behind a label, as in 附件：1.… and 出席：…"""
    if above.hanging is not None:
        return abs(line.left - above.hanging) < _INDENT * size
    further = line.left - above.last.left
    return above.lines == 1 and above.last.left > edge + _INDENT * size and size < further < _LABEL * size


def _glued(above: str, below: str) -> str:
    if (
        above
        and below
        and above[-1].isascii()
        and below[0].isascii()
        and above[-1].isalpha()
        and below[0].isalpha()
    ):
        return f"{above} {below}"
    return above + below
