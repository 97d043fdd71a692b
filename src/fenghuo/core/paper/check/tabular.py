"""The tables of a paper as rows of cells with their places: from a .docx, or lines with tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Document

_BAR = re.compile(r"[|｜]")
_FIGURE = re.compile(r"[+\-]?\d[\d.,]*[%％‰]?|[\-—－/]+")
_SAYS = re.compile(r"[，。；]")
_BRACKETED = re.compile(r"[（(][^（()）\n]*[)）]")
_WIDE, _ANY = re.compile(r"[ \u3000]{2,}|\t"), re.compile(r"[ \u3000]+|\t")
_COLUMNS = range(3, 16)
_RULE = re.compile(r"^[\s|｜:\-—+]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text` is what stands at `start` to `end` of the paper's text."""

    start: int
    end: int
    text: str


def tables(document: Document) -> Iterator[list[list[Cell]]]:
    """Every table; a cell that runs over several columns counts in each, empty after its first."""
    if document.layout is not None and document.layout.tables:
        yield from _of_layout(document)
        return
    rows: list[list[Cell]] = []
    for paragraph in document.paragraphs:
        said = document.said(paragraph)
        row = _row(said, paragraph.start)
        if rows and said.strip() and _RULE.match(said) and (row is None or "--" in said):
            continue
        if row is not None and (not rows or len(row) == len(rows[0])):
            rows.append(row)
            continue
        if rows:
            yield rows
        rows = [row] if row is not None else []
    if rows:
        yield rows


def spaced_rows(document: Document) -> frozenset[int]:
    """The paragraphs that are rows of a table set with spaces, by their index.

    A row says no sentence and has as many columns as the line above or below it: three or more, set apart by wide
    gaps, or by any where two of them are figures.
    """
    wide, any_ = {}, {}
    for index, paragraph in enumerate(document.paragraphs):
        line = document.text[paragraph.start : paragraph.end].strip()
        if paragraph.cell or not _ANY.search(line) or _SAYS.search(_BRACKETED.sub("", line)):
            continue
        wide[index] = len(_WIDE.split(line))
        columns = _ANY.split(line)
        any_[index] = len(columns), sum(bool(_FIGURE.fullmatch(each)) for each in columns)
    return frozenset(
        index
        for index, (many, figures) in any_.items()
        for beside in (index - 1, index + 1)
        if beside in any_
        and (
            (wide[index] in _COLUMNS and wide[beside] == wide[index])
            or (many in _COLUMNS and any_[beside][0] == many and max(figures, any_[beside][1]) >= 2)
        )
    )


def _row(line: str, start: int) -> list[Cell] | None:
    if "\t" in line:
        pieces = re.finditer(r"[^\t]+|(?<=\t)(?=\t|$)|^(?=\t)", line)
        cells = [Cell(start + match.start(), start + match.end(), match[0]) for match in pieces]
    elif len(_BAR.findall(line.strip().strip("|｜"))) >= 1:
        cells, at = [], 0
        for piece in re.split(r"[|｜]", line):
            lead = len(piece) - len(piece.lstrip())
            text = piece.strip()
            cells.append(Cell(start + at + lead, start + at + lead + len(text), text))
            at += len(piece) + 1
        if cells and not cells[0].text and line.lstrip()[:1] in "|｜":
            cells = cells[1:]
        if cells and not cells[-1].text and line.rstrip()[-1:] in "|｜":
            cells = cells[:-1]
    else:
        return None
    return cells if len(cells) >= 2 else None


def _of_layout(document: Document) -> Iterator[list[list[Cell]]]:
    layout = document.layout
    if layout is None:
        return
    places = layout.places(document)
    for table in layout.tables:
        rows = []
        for row in table:
            cells: list[Cell] = []
            for indexes, columns in row:
                held = [
                    document.paragraphs[places[index]] for index in indexes if places.get(index) is not None
                ]
                if held:
                    start, end = held[0].start, held[-1].end
                    cells.append(Cell(start, end, document.text[start:end]))
                else:
                    cells.append(Cell(0, 0, ""))
                cells += [Cell(cells[-1].end, cells[-1].end, "")] * (columns - 1)
            rows.append(cells)
        yield rows
