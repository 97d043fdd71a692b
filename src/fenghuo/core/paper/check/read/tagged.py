"""What a tagged PDF says of its own paragraphs: which pieces of a page belong together, in which order.

Office programs and our own papers tag their PDFs. Tags tell paragraphs, table cells and page numbers apart where
a page alone would have to be guessed at. They are believed only as far as they go: see `portable`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_PARAGRAPHS = {
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "LI",
    "LBody",
    "Caption",
    "TD",
    "TH",
    "Title",
    "Note",
}
_ROOMS = {"Document", "Part", "Art", "Sect", "Table", "TR", "THead", "TBody", "TFoot", "L", "Figure"}
"""Elements whose children are paragraphs each; in others text that stands together without one is one paragraph."""
_STYLES = {"Title": "Title", **{f"H{level}": f"heading {level}" for level in range(1, 7)}}
_MOST_ELEMENTS = 300_000
_DEEPEST = 60

Place = tuple[int, int]
"""The object number of a page, and a mark in its content."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One paragraph as the file tags it: its place in reading order, its style, whether it is in a table; `loose`
    where the file only says that its text stands together."""

    order: int
    style: str = ""
    cell: bool = False
    loose: bool = False


def tagged(reader: Any) -> dict[Place, Tagged]:
    """The paragraph of every tagged piece of content; empty where the file is not tagged or its tags are broken."""
    try:
        root = reader.trailer["/Root"].get("/StructTreeRoot")
        if root is None:
            return {}
        walk = _Walk()
        walk.children(root.get_object().get("/K"), _Above())
        return walk.found
    except Exception:
        # Whatever is wrong with the tags, the text can be read without them.
        return {}


@dataclass(frozen=True, slots=True)
class _Above:
    """What holds for an element's children: the page, the paragraph, the style, whether in a table; `room` where
    each of them is a paragraph of its own."""

    page: int = 0
    paragraph: int | None = None
    room: bool = True
    style: str = ""
    cell: bool = False
    loose: bool = True
    depth: int = 0


class _Walk:
    def __init__(self) -> None:
        self.found: dict[Place, Tagged] = {}
        self._paragraphs = self._elements = 0

    def children(self, kids: Any, above: _Above) -> None:
        if kids is None:
            return
        resolved = kids.get_object()
        for kid in resolved if isinstance(resolved, list) else [resolved]:
            self._child(kid.get_object() if hasattr(kid, "get_object") else kid, above)

    def _child(self, kid: Any, above: _Above) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or above.depth > _DEEPEST:
            raise ValueError("the tags are nested without end")
        if isinstance(kid, int):
            self._content(int(kid), above)
        elif "/MCID" in kid:
            self._content(int(kid["/MCID"]), _Above(_page(kid, above.page), *_rest(above)))
        elif "/S" in kid:
            self._element(kid, above)

    def _element(self, element: Any, above: _Above) -> None:
        kind = str(element["/S"]).lstrip("/")
        paragraph, style = above.paragraph, _STYLES.get(kind, above.style)
        room = kind in _ROOMS
        if kind in _PARAGRAPHS or (above.room and not room):
            paragraph = self._paragraphs = self._paragraphs + 1
        below = _Above(
            _page(element, above.page),
            paragraph,
            room,
            style,
            above.cell or kind == "Table",
            above.loose and kind not in _PARAGRAPHS,
            above.depth + 1,
        )
        self.children(element.get("/K"), below)

    def _content(self, mark: int, above: _Above) -> None:
        paragraph = above.paragraph
        if paragraph is None:
            # Text outside any paragraph: as much of it as stands together is one.
            paragraph = self._paragraphs = self._paragraphs + 1
        self.found[above.page, mark] = Tagged(paragraph, above.style, above.cell, above.loose)


def _page(element: Any, page: int) -> int:
    reference = element.raw_get("/Pg") if "/Pg" in element else None
    return getattr(reference, "idnum", page)


def _rest(above: _Above) -> tuple[int | None, bool, str, bool, bool, int]:
    return above.paragraph, above.room, above.style, above.cell, above.loose, above.depth


class Marks:
    """Follows a page's marked content while its operators are gone through: which mark does the text shown last
    belong to, or to what the page is decorated with."""

    def __init__(self, properties: Any) -> None:
        self._properties = properties
        self._open: list[int | None] = []
        self.shown: int | None = None
        """The mark of the text shown last; -1 for decoration, None for text without a mark."""

    def before(self, operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            self._open.append(self._mark(operator, operands))
        elif operator == b"EMC":
            if self._open:
                self._open.pop()
        elif operator in (b"Tj", b"TJ", b"'", b'"'):
            self.shown = self._open[-1] if self._open else None

    def _mark(self, operator: bytes, operands: Any) -> int | None:
        around = self._open[-1] if self._open else None
        if operands and str(operands[0]) == "/Artifact":
            return -1
        if operator == b"BMC" or len(operands) < 2:
            return around
        told = operands[1]
        if isinstance(told, str) and self._properties is not None:
            told = self._properties.get(told)
        told = told.get_object() if hasattr(told, "get_object") else told
        mark = told.get("/MCID") if isinstance(told, dict) else None
        return int(mark) if isinstance(mark, int) else around
