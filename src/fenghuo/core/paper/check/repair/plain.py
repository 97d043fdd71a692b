"""Change a text file and nothing of it but what is changed: its encoding, byte order mark and line ends stay."""

from __future__ import annotations

import re

from ..document import Document, from_text
from ..read.plain import decoded, legible

_LINE_END = re.compile(r"\r\n|\r|\n")


class PlainEditor:
    """A text file under repair."""

    suffix = ".txt"

    def __init__(self, data: bytes, name: str) -> None:
        self._text, encoding, self._mark = decoded(data)
        self._name, self._label = name, encoding
        self._encoding = encoding.rstrip("?")
        self.document = self._read()
        self._rewritable = self._is_rewritable()

    def apply(self, edits: list[tuple[int, int, str]]) -> list[bool]:
        """See Editor; what the file's encoding cannot write is left as it is."""
        places = self._places()
        done, kept, at = [], [], 0
        for start, end, text in edits:
            done.append(self._writable(text))
            if done[-1]:
                kept += [self._text[at : places[start]], text]
                at = places[end]
        self._text = "".join([*kept, self._text[at:]])
        self.document = self._read()
        return done

    def data(self) -> bytes:
        """The file as it is now."""
        return self._mark + self._text.encode(self._encoding, "surrogateescape")

    def _read(self) -> Document:
        return from_text(legible(self._text), self._name, self._label)

    def _places(self) -> list[int]:
        """For every character of the document, and its end, the place in the file's own text."""
        places, at = [], 0
        for ending in _LINE_END.finditer(self._text):
            places += range(at, ending.start() + 1)
            at = ending.end()
        return [*places, *range(at, len(self._text) + 1)]

    def _is_rewritable(self) -> bool:
        # What was not decoded can be written back only where the codec takes it.
        try:
            self.data()
        except UnicodeEncodeError:
            return False
        return True

    def _writable(self, text: str) -> bool:
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return self._rewritable
