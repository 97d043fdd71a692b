"""Mend what only one thing can be meant by, and show every change; words and figures are never touched."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from ..checking import check
from ..document import Document
from ..finding import Finding
from ..read import read
from ..rulebook import FAMILIES, rules
from .bounds import harmless

__all__ = ["Change", "Repaired", "repair"]

_ROUNDS = 30
"""Rounds of mending: each may lay bare what the next one mends, as `（（ ，，` does."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its rule, the line (from 1) and offset it stood at, and what stood there before and after.

    Line and offset are those of the text as this change met it, after those before it in the list.
    """

    rule: str
    line: int
    start: int
    before: str
    after: str


@dataclass(frozen=True)
class Repaired:
    """A mended copy. `suffix` is the form of `data`; `before` and `after` are the texts."""

    data: bytes
    suffix: str
    changes: tuple[Change, ...]
    before: str
    after: str

    def diff(self, name: str = "paper") -> str:
        """What was changed, as a unified difference of the texts."""
        lines = difflib.unified_diff(
            self.before.split("\n"), self.after.split("\n"), name, name, lineterm="", n=1
        )
        return "\n".join(lines)


class Editor(Protocol):
    """A paper that can be changed in its own form."""

    document: Document
    suffix: str

    def apply(self, edits: list[tuple[int, int, str]]) -> list[bool]:
        """Write texts instead of spans, which do not overlap and are in order; tells which were written."""

    def data(self) -> bytes:
        """The paper as it is now."""


def repair(data: bytes, name: str = "", *, without: Collection[str] = (), into: str = "") -> Repaired:
    """The mended copy of a file and every change made in it.

    A clean paper comes back byte for byte, and a second repair changes nothing. `without` names rules or
    families that are left alone. A PDF whose text changes comes back as text, or as .docx where `into` is
    `.docx`. Raises Unreadable, and ValueError for a rule that does not exist.
    """
    document = read(data, name)
    if document.form != "pdf":
        editor = _editor(data, document)
        changes = tuple(_mended(editor, without))
        held = editor.data() if changes else data
        return Repaired(held, editor.suffix, changes, document.text, editor.document.text)
    if not any(True for _ in _mends(document, without)):
        return Repaired(data, ".pdf", (), document.text, document.text)
    editor = _editor(_as_word(document) if into.lower() == ".docx" else document.text.encode(), document)
    changes = tuple(_mended(editor, without))
    return Repaired(editor.data(), editor.suffix, changes, document.text, editor.document.text)


def _editor(data: bytes, document: Document) -> Editor:
    if data.startswith(b"PK"):
        from .word import WordEditor

        return WordEditor(data, document.name)
    from .plain import PlainEditor

    return PlainEditor(data, document.name)


def _mended(editor: Editor, without: Collection[str]) -> Iterator[Change]:
    for _ in range(_ROUNDS):
        document = editor.document
        chosen = list(_apart(_mends(document, without)))
        edits = [(each.span.start, each.span.end, each.mend or "") for each in chosen]
        done = editor.apply(edits) if edits else []
        for finding, written in zip(chosen, done, strict=True):
            if written:
                start, end = finding.span.start, finding.span.end
                yield Change(
                    finding.rule, document.line(start), start, document.text[start:end], finding.mend or ""
                )
        if not any(done):
            return


def _mends(document: Document, without: Collection[str]) -> Iterator[Finding]:
    mending = {rule.family for rule in rules().values() if rule.mends}
    idle = [family for family in FAMILIES if family not in mending]
    for finding in check(document, without=(*without, *idle), gathered=False):
        if finding.mend is not None and harmless(document, finding):
            yield finding


def _apart(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Those that do not overlap one taken before; the others have their turn in the next round."""
    end = -1
    for each in findings:
        if each.span.start >= end and each.span.end > each.span.start:
            yield each
            end = each.span.end


def _as_word(document: Document) -> bytes:
    import io

    from docx import Document as new_word

    made = new_word()
    for paragraph in document.paragraphs:
        made.add_paragraph("".join(c for c in document.said(paragraph) if c >= " " or c == "\t"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
