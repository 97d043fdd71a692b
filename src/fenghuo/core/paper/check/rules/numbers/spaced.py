"""Tables of a text whose columns are set apart by spaces only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...document import Document
from ...tabular import Cell

_GAP = re.compile(r"[ 　]{2,}")
_CELL = re.compile(r"[^ 　]+(?: [^ 　]+)*")
_FIGURE = re.compile(r"\d")
_SENTENCE = re.compile(r"[。；]")
_LEAST = 3
"""Lines that make a table."""


def spaced(document: Document) -> Iterator[list[list[Cell]]]:
    """Lines one below the other, all of as many cells with two spaces or more between, most of them figures."""
    rows: list[list[Cell]] = []
    for paragraph in document.paragraphs:
        row = None if paragraph.cell else _row(document.said(paragraph), paragraph.start)
        if row is not None and (not rows or len(row) == len(rows[0])):
            rows.append(row)
            continue
        yield from _whole(rows)
        rows = [row] if row is not None else []
    yield from _whole(rows)


def _whole(rows: list[list[Cell]]) -> Iterator[list[list[Cell]]]:
    figured = sum(any(_FIGURE.search(cell.text) for cell in row[1:]) for row in rows)
    if len(rows) > _LEAST and figured >= _LEAST:
        yield rows


def _row(line: str, start: int) -> list[Cell] | None:
    inner = line.strip(" 　\t")
    if "\t" in line or "|" in line or not _GAP.search(inner) or _SENTENCE.search(line):
        return None
    cells = [Cell(start + match.start(), start + match.end(), match[0]) for match in _CELL.finditer(line)]
    return cells if len(cells) > 1 else None
