"""Where a part of the model stands in a text that has every element by its plain tag: found when asked for."""

from __future__ import annotations

import re

from fenghuo.core.cap.elements import ALERT, Block
from fenghuo.core.cap.findings import Place, shown
from fenghuo.core.cap.rules import Where
from fenghuo.core.cap.twins import quick_maker

_CHARACTER = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LONGEST = 400
_place = quick_maker(Place)


class Spots:
    """The places of one alert's parts; asks nothing of elements, each of which would first have to be made.

    The alert's start tag begins at `start` and what was read of it ends at `end`. No tag in between has attributes
    or blanks, and no name of CAP stands in two of its blocks.
    """

    __slots__ = ("_blocks", "_end", "_prefix", "_start", "_text")

    def __init__(self, text: str, start: int, end: int, prefix: str) -> None:
        self._text, self._start, self._end, self._prefix = text, start, end, prefix
        self._blocks: dict[tuple[int, str, int], tuple[int, int]] = {}

    def of(self, where: Where) -> Place:
        """The place of a part of the model; for what is not there, of the block it belongs to."""
        text, prefix, block = self._text, self._prefix, ALERT
        path, at, end, said = "/alert", self._start, self._end, ""
        steps = iter(where)
        for name in steps:
            row = block.by_field.get(str(name))
            if row is None:
                break
            index = int(next(steps, 0)) if row.many else 0
            key = (at, row.name, index)
            found = self._blocks.get(key)
            if found is None:
                tag = f"<{prefix}{row.name}>"
                begin = at
                for _ in range(index + 1):
                    begin = text.find(tag, begin + 1, end)
                    if begin < 0:
                        break
                if begin < 0:
                    break
                close = text.find(f"</{prefix}{row.name}>", begin)
                if not isinstance(row.holds, Block):
                    at, said = begin, text[begin + len(tag) : close]
                else:
                    found = self._blocks[key] = begin, close
            path = f"{path}/{row.name}[{index + 1}]" if row.many else f"{path}/{row.name}"
            if found is None:
                break
            at, end = found
            block = row.holds  # type: ignore[assignment]
        if said:
            said = shown((unescaped(said) if "&" in said else said)[:_LONGEST])
        placed: Place = _place(path, text.count("\n", 0, at) + 1, said, at - text.rfind("\n", 0, at))
        return placed


def unescaped(text: str) -> str:
    """A text of a well-formed document without a document type as the parser gives it."""
    return _CHARACTER.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    return _NAMED[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))
