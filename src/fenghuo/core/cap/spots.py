"""Where a part of the model stands in a text that has every element by its plain tag: found when asked for."""

from __future__ import annotations

import re

from fenghuo.core.cap.elements import ALERT, Block
from fenghuo.core.cap.findings import Place, shown
from fenghuo.core.cap.rules import Where
from fenghuo.core.cap.twins import quick_maker

CHARACTER = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_TAG = re.compile(r"<(/?)(?:[\w.\-]+:)?(\w+)[ \t\n]*(/?)>")
_LONGEST = 400
_place = quick_maker(Place)


class Spots:
    """The places of one alert's parts; asks nothing of elements, none of which need have been made.

    The alert's start tag begins at `start` and what was read of it ends at `end`. No tag in between has attributes,
    and no name of CAP stands in two of its blocks.
    """

    __slots__ = ("_blocks", "_end", "_known", "_prefix", "_start", "_text")

    def __init__(self, text: str, start: int, end: int, prefix: str) -> None:
        self._text, self._start, self._end, self._prefix = text, start, end, prefix
        self._blocks: dict[Where, tuple[int, int, Block]] = {}
        self._known: dict[tuple[int, str], list[int]] = {}

    def at(self, block: Where, part: Where = ()) -> int:
        """The offset of the start tag of a part of a block; for what is not there, of the block it belongs to."""
        held = self._blocks.get(block)
        if held is None:
            held = self._blocks[block] = self._of_block(block)
        at, end, row = held
        if not part:
            return at
        element = row.by_field.get(part[0])  # type: ignore[call-overload]
        if element is None:
            return at
        if len(part) > 2 and isinstance(element.holds, Block):
            return self.at((*block, *part[:2]), part[2:])
        index = part[1] if len(part) > 1 else 0
        # Most often the first of its name is meant, and there.
        begin = -1 if index else self._text.find(f"<{self._prefix}{element.name}>", at, end)
        if begin < 0:
            begin = self._standing(element.name, index, at, end)
        return at if begin < 0 else begin

    def _of_block(self, where: Where) -> tuple[int, int, Block]:
        """The offsets of a block's tags, and its row in the table; of what holds it where it is not there."""
        if not where:
            return self._start, self._end, ALERT
        *above, name, index = where
        at, end, block = self._blocks.get(tuple(above)) or self._of_block(tuple(above))
        element = block.by_field.get(name)  # type: ignore[call-overload]
        if element is None or not isinstance(element.holds, Block):
            return at, end, block
        begin = self._standing(element.name, index, at, end)
        return begin, self._text.find(f"</{self._prefix}{element.name}>", begin), element.holds

    def _standing(self, name: str, index: int | str, at: int, end: int) -> int:
        """The offset of an element of a name in a block; below nought where there is none."""
        text, plain = self._text, f"<{self._prefix}{name}>"
        # Those of a name are looked for once, from where the last search ended, however many are asked for.
        known = self._known.setdefault((at, name), [])
        while len(known) <= int(index):
            begin = text.find(plain, (known[-1] if known else at) + 1, end)
            if begin < 0:
                break
            known.append(begin)
        if int(index) < len(known):
            return known[int(index)]
        if index:
            return -1
        empty = re.compile(rf"<{self._prefix}{name}[ \t\n]*/>").search(text, at + 1, end)
        return empty.start() if empty else -1

    def before(self, offset: int) -> int:
        """The offset of the start tag of the element whose text is at an offset."""
        return self._text.rfind("<", 0, offset)

    def of(self, where: int) -> Place:
        """The place of the element whose start tag is at an offset."""
        at, text, tag = where, self._text, _TAG.match(self._text, where)
        said = ""
        if tag is not None and not tag[3]:
            said = text[tag.end() : text.find("<", tag.end())]
            if said and text.startswith("</", tag.end() + len(said)):
                said = shown((unescaped(said) if "&" in said else said)[:_LONGEST])
            else:
                said = ""
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        placed: Place = _place(self._path(at), line, said, column)
        return placed

    def _path(self, at: int) -> str:
        """The path of the element whose start tag is at an offset, numbered where CAP lets it repeat."""
        if at == self._start:
            return "/alert"
        path: list[tuple[str, Block | None, dict[str, int]]] = [("/alert", ALERT, {})]
        for tag in _TAG.finditer(self._text, self._start + 1, at + len(self._prefix) + 100):
            if tag.start() > at:
                break
            if tag[1]:
                path.pop()
                continue
            name, (above, block, counts) = tag[2], path[-1]
            row = block.by_letters.get(name.casefold()) if block else None
            step = f"{above}/{name}"
            if row is not None and row.many:
                counts[name] = counts.get(name, 0) + 1
                step = f"{step}[{counts[name]}]"
            holds = row.holds if row is not None and isinstance(row.holds, Block) else None
            if tag.start() == at:
                return step
            if not tag[3]:
                path.append((step, holds, {}))
        return path[-1][0]


def unescaped(text: str) -> str:
    """A text of a well-formed document without a document type as the parser gives it."""
    return CHARACTER.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    return _NAMED[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))
