"""Tables of a text whose columns are set apart by spaces only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....tabular import Cell

_GAP = re.compile(r"[ 　]{2,}|　")
_CELL = re.compile(r"[^ 　]+(?: [^ 　]+)*")
_WIDE = re.compile(r"(?:^|(?<=　))[^　]*")
"""The cells of a line that one wide space each sets apart: between two of them nothing was filled in."""
_CLOSE = re.compile(r"[^ 　]+")
_PLAIN = re.compile(
    r"\S{1,12}(?: (?:[-+]?\d[\d.,]*%?|[—\-/]))+|[\u4e00-\u9fff（）()/、%]{1,12}(?: [\u4e00-\u9fff（）()/、%]{1,12})+"
)
"""A row of figures, and the names over them, that one space each sets apart."""
_MIXED = re.compile(r"[^ 　，。；：、]{1,14}(?: [^ 　，。；：、]{1,14}){2,}")
"""A row of words and figures, one space each between them: 1 护岸 3处 87."""
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*%?|[—\-/]+")
_SENTENCE = re.compile(r"[。；]")
_SUM = re.compile(r"(?:合|总|共|小)\s*计|总\s*和")
_REMARK = re.compile(r"备\s*注|说\s*明")
"""The last column, which most rows leave empty."""
_LEAST = 3
"""Lines that make a table."""


def spaced(document: Document) -> Iterator[list[list[Cell]]]:
    """Lines one below the other, all of as many cells with wide gaps between, most of them figures."""
    rows: list[list[Cell]] = []
    above: list[list[Cell]] = []
    for paragraph in document.paragraphs:
        said = "" if paragraph.cell else document.said(paragraph)
        row = _row(said, paragraph.start)
        if rows and row is not None and len(row) != len(rows[0]):
            row = _filled(said, paragraph.start, row, rows)
        if row is not None and (not rows or len(row) == len(rows[0])):
            rows.append(row)
            continue
        yield from _whole(rows, above)
        row = _row(said, paragraph.start)
        above = rows if len(rows) > 1 else [] if _SENTENCE.search(said) else above
        rows = [row] if row is not None else []
    yield from _whole(rows, above)


def _whole(rows: list[list[Cell]], above: list[list[Cell]]) -> Iterator[list[list[Cell]]]:
    """Unless it goes on with the one above, of which a row could not be read."""
    if above and rows and len(above[0]) == len(rows[0]) and _FIGURE.search(rows[0][-1].text):
        return
    figured = sum(any(_FIGURE.search(cell.text) for cell in row[1:]) for row in rows)
    if len(rows) > _LEAST and figured >= _LEAST:
        yield rows


def _row(line: str, start: int) -> list[Cell] | None:
    inner = line.strip(" 　\t")
    if "\t" in line or "|" in line or _SENTENCE.search(line):
        return None
    close = _PLAIN.fullmatch(inner) or _MIXED.fullmatch(inner)
    form = _CELL if _GAP.search(inner) else _CLOSE if close else None
    if form is None:
        return None
    cells = [Cell(start + match.start(), start + match.end(), match[0]) for match in form.finditer(line)]
    return cells if len(cells) > 1 else None


def _filled(line: str, start: int, row: list[Cell], rows: list[list[Cell]]) -> list[Cell] | None:
    """A row some cells of which are empty: told by the spaces, or the sum's, whose figures stand under figures."""
    width = len(rows[0])
    wide = [Cell(start + match.start(), start + match.end(), match[0]) for match in _WIDE.finditer(line)]
    if len(wide) == width:
        return wide
    if len(row) == width - 1 and _REMARK.fullmatch(rows[0][-1].text):
        return [*row, Cell(row[-1].end, row[-1].end, "")]
    if len(row) < width and _SUM.match(row[0].text):
        gap = Cell(row[0].end, row[0].end, "")
        under = [at for at in range(1, width) if all(_NUMBER.fullmatch(each[at].text) for each in rows[1:])]
        if len(under) == len(row) - 1 and len(rows) > 1:
            told = dict(zip(under, row[1:], strict=True))
            return [row[0], *(told.get(at, gap) for at in range(1, width))]
        return [row[0], *[gap] * (width - len(row)), *row[1:]]
    return None
