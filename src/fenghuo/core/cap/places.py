"""Where an element stands: its path, its line and column, and the text in it, worked out only when asked."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque

from lxml import etree

from fenghuo.core.cap.elements import ALERT, AREA, INFO
from fenghuo.core.cap.findings import Place, shown
from fenghuo.core.cap.model import NAMESPACE
from fenghuo.core.cap.source import Source

_OWN = f"{{{NAMESPACE}}}"
_MOST_COUNTED = 8
_LONG_LINE = 20_000
_AFTER_NAME = frozenset(" />\t")
_NUMBERED = {
    f"{{{NAMESPACE}}}{each.name}" for block in (ALERT, INFO, AREA) for each in block.elements if each.many
}


class Places:
    """The places of one document's elements.

    A document found as text inside another has the path and position of its container: `inside`.
    """

    def __init__(self, source: Source, root: etree._Element, inside: Place | None = None) -> None:
        self._source = source
        self._root = root
        self._inside = inside
        self._offsets: dict[etree._Element, int] | None = None
        self._lines: list[str] | None = None
        self._paths: dict[etree._Element, str] = {}
        self._asked: dict[etree._Element, int] = {}
        self._numbers: dict[etree._Element, dict[etree._Element, int]] = {}

    def fix(self) -> None:
        """Remembers every element's position before the tree is changed."""
        if self._offsets is None:
            self._offsets = dict(zip(self._root.iter(), self._source.starts(), strict=False))

    def offset(self, element: etree._Element) -> int | None:
        """The offset of an element's start tag in the text; None for one that was not sent."""
        self.fix()
        assert self._offsets is not None
        return self._offsets.get(element)

    def of(self, element: etree._Element, path: str = "") -> Place:
        """The place of an element, its path if known; one that was not sent stands where its parent does."""
        text = shown((element.text or "")[:400]) if not len(element) else ""
        if self._offsets is None and self._inside is None:
            position = self._quickly(element)
            if position is not None:
                return Place(path or self.path(element), position[0], text, position[1])
        parent = element.getparent()
        if self.offset(element) is None and parent is not None:
            return self.of(parent)
        return self._placed(path or self.path(element), self.offset(element) or 0, text)

    def of_words(self, words: str, parent: etree._Element, beside: etree._Element | None) -> Place:
        """The place of words that stand in an element between its children, after `beside` or before them all."""
        last = parent if beside is None else deque(beside.iter(), maxlen=1)[0]
        begin, starts, text = self.offset(last), self._source.starts(), self._source.text
        if begin is None:
            return self.of(parent)
        following = bisect_right(starts, begin)
        end = starts[following] if following < len(starts) else len(text)
        found = text.rfind(words.strip().split("\n", 1)[0][:40].rstrip(), begin, end)
        return self.of(parent) if found < 0 else self._placed(self.path(parent), found, shown(words))

    def _quickly(self, element: etree._Element) -> tuple[int, int] | None:
        """Line and column of a start tag that is the only one of its name on the line the parser gives."""
        line = element.sourceline
        if self._lines is None:
            text = self._source.text
            self._lines = text.split("\n") if "\r" not in text else []
        if line is None or line > len(self._lines):
            return None
        text = self._lines[line - 1]
        if len(text) > _LONG_LINE:
            return None  # To search it for every finding takes longer than to find all elements once.
        prefix, name = element.prefix, element.tag.rpartition("}")[2]
        tag = f"<{prefix}:{name}" if prefix else f"<{name}"
        at = text.find(tag)
        if (
            at < 0
            or text.find(tag, at + 1) >= 0
            or text[at + len(tag) : at + len(tag) + 1] not in _AFTER_NAME
        ):
            return None
        if "<!" in text:
            return None  # A comment could hold what looks like the tag.
        return line, at + 1

    def at(self, offset: int, path: str = "/") -> Place:
        """The place of an offset into the text."""
        return self._placed(path, offset, "")

    def _placed(self, path: str, offset: int, text: str) -> Place:
        if self._inside is not None:
            path = self._inside.path + ("" if path == "/" else path)
            return Place(path, self._inside.line, text, self._inside.column)
        line, column = self._source.position(offset)
        return Place(path, line, text, column)

    def path(self, element: etree._Element) -> str:
        """The path of an element, numbered where CAP lets it repeat or others like it stand beside it."""
        known = self._paths.get(element)
        if known is None:
            parent = element.getparent()
            name = element.tag.rpartition("}")[2]
            if parent is None:
                known = f"/{name}"
            else:
                number = self._number(parent, element)
                known = f"{self.path(parent)}/{name}[{number}]" if number else f"{self.path(parent)}/{name}"
            self._paths[element] = known
        return known

    def _number(self, parent: etree._Element, element: etree._Element) -> int:
        inside = parent.tag.startswith(_OWN)
        if inside and element.tag not in _NUMBERED:
            return 0
        asked = self._asked.get(parent, 0)
        if asked < _MOST_COUNTED:
            self._asked[parent] = asked + 1
            before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
            alone = not inside and not before and next(element.itersiblings(element.tag), None) is None
            return 0 if alone else before + 1
        numbers = self._numbers.get(parent)
        if numbers is None:
            # Asked often: counted once for all.
            counts: dict[str, int] = {}
            numbers = {}
            for child in parent:
                counts[child.tag] = counts.get(child.tag, 0) + 1
                numbers[child] = counts[child.tag]
            if not inside:
                numbers = {child: number for child, number in numbers.items() if counts[child.tag] > 1}
            self._numbers[parent] = numbers
        return numbers.get(element, 0)
