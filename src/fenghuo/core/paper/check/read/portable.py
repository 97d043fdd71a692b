"""Papers in PDF: the text of each page, its lines joined into paragraphs where the page shows that they are one."""

from __future__ import annotations

import io
import logging
import re
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Document, Paragraph
from ..unreadable import Unreadable
from .plain import LONGEST

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


@dataclass
class _Line:
    left: float
    right: float
    height: float
    size: float
    text: str = ""
    columns: bool = False


@dataclass
class _Joined:
    """A paragraph in the making: its page, its lines' edges, and its text."""

    page: int
    text: str
    last: _Line
    cell: bool = False


def read_pdf(data: bytes, name: str = "") -> Document:
    """A PDF as a document; every paragraph knows its page. Raises Unreadable."""
    pages = _pages(data)
    paragraphs = _paragraphs(pages)
    if not any(each.text.strip() for each in paragraphs):
        raise Unreadable("pdf-scanned")
    placed, start = [], 0
    for each in paragraphs:
        placed.append(Paragraph(start, start + len(each.text), page=each.page, cell=each.cell))
        start += len(each.text) + 1
    return Document(name, "pdf", "\n".join(each.text for each in paragraphs), tuple(placed))


def _pages(data: bytes) -> list[tuple[float, list[_Line]]]:
    """Width and lines of every page."""
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
        return [(float(page.mediabox.right), _lines(page, budget)) for page in reader.pages]
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

    def spend(self, text: str) -> None:
        self.pieces += 1
        self.characters += len(text)
        if self.pieces > _MOST_PIECES or self.characters > LONGEST:
            raise Unreadable("text-too-long", limit=LONGEST // 1_000_000)


def _lines(page, budget: _Budget) -> list[_Line]:
    contents = page.get_contents()
    if contents is None:
        return []
    if len(contents.get_data()) > _LARGEST_PAGE:
        raise Unreadable("file-unpacks-too-large", limit=_LARGEST_PAGE // 1024 // 1024)
    pieces: list[tuple[float, float, float, str]] = []

    def take(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        text = text.replace("\n", "")
        if not text:
            return
        budget.spend(text)
        scale = abs(tm[3] or tm[1]) * abs(cm[3] or cm[1] or 1) or 1.0
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append((left, height, max((size or 10) * scale, 1.0), text))

    page.extract_text(visitor_text=take)
    return _in_lines(pieces)


def _in_lines(pieces: list[tuple[float, float, float, str]]) -> list[_Line]:
    lines: list[_Line] = []
    for left, height, size, text in pieces:
        last = lines[-1] if lines else None
        if last is not None and abs(last.height - height) <= _SAME_LINE * size and left >= last.left - size:
            gap = left - last.right
            if gap > 1.5 * size and last.text and not last.text.endswith(" "):
                last.text += _COLUMN if gap > 3 * size else " "
                last.columns = last.columns or gap > 3 * size
            last.text += text
            last.right = max(left + _width(text, size), last.right)
            last.size = max(last.size, size)
        elif text.strip():
            lines.append(_Line(left, left + _width(text, size), height, size, text))
    return lines


def _width(text: str, size: float) -> float:
    return size * sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.5 for each in text)


def _paragraphs(pages: list[tuple[float, list[_Line]]]) -> list[_Joined]:
    joined: list[_Joined] = []
    for number, (page_width, lines) in enumerate(pages, 1):
        lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
        if not lines:
            continue
        body = [line for line in lines if len(line.text) > 12] or lines
        right = max(*(line.right for line in body), _FULL * page_width)
        edge = min(round(line.left) for line in lines if line.left <= _common_left(lines) + 1)
        for at, line in enumerate(lines):
            last = joined[-1] if joined else None
            if line.columns and any(
                each.columns for each in lines[max(at - 1, 0) : at + 2] if each is not line
            ):
                joined += [_Joined(number, text, line, cell=True) for text in _cells(line.text)]
            elif last is not None and _goes_on(last, line, right, edge, new_page=at == 0):
                last.text = _glued(last.text, _tidy(line.text))
                last.last = line
            else:
                joined.append(_Joined(number, _tidy(line.text), line))
    return joined


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
    if line.left > edge + _INDENT * size:
        return False
    return last.right >= right - _SHORT * size


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
