"""What was pasted along: the copy protection and footers of document sites, broken lines, odd spaces, damage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ...document import Document
from ...finding import Finding
from . import (
    damage,
    footers,
    forms,
    hidden,
    insertions,
    junk,
    kinds,
    lines,
    lone,
    misspelt,
    oddments,
    pages,
    punctuation,
    recognition,
    said,
    shapes,
    sown,
    spacing,
    stammers,
    strangers,
    torn,
)


def check(document: Document) -> Iterator[Finding]:
    """All noise of a paper; what one look explains is not told again by a coarser one."""
    quoted = bytearray(len(document.text) + 1)
    for start, end in kinds.foreign_quotations(document.text):
        quoted[start:end] = bytes([1]) * (end - start)
    foreign = [
        each
        for each in chain(
            insertions.check(document), junk.check(document), strangers.check(document), sown.check(document)
        )
        if not all(quoted[each.span.start : each.span.end])
    ]
    known = len(foreign) >= _KNOWN
    told = bytearray(len(document.text) + 1)
    for start, end in kinds.spoken_of(document.text):
        told[start:end] = bytes([1]) * (end - start)
    for found in chain(
        footers.check(document),
        pages.check(document),
        damage.check(document),
        hidden.check(document),
        recognition.split(document.text),
        torn.check(document, known),
        foreign,
        lone.check(document),
        recognition.check(document),
        misspelt.check(document),
        shapes.check(document),
        said.check(document),
        forms.check(document),
        oddments.check(document),
        stammers.check(document),
        punctuation.check(document),
        spacing.check(document),
        lines.check(document),
    ):
        start, end = found.span.start, found.span.end
        # A site's line run on to a paragraph has no full stop; the break after it cuts no sentence.
        if any(told[start - (found.rule == "broken-line") : end]):
            continue
        if found.rule in _EXPLAIN:
            told[start:end] = bytes([1]) * (end - start)
        yield found


_EXPLAIN = frozenset(
    {
        "site-footer",
        "page-number",
        "mojibake",
        "markup-left",
        "invisible-character",
        "copy-protection",
        "recognition-error",
        "torn-word",
    }
)
"""Rules whose findings leave nothing more to say of their place."""
_KNOWN = 3
"""Foreign pieces from which a paper is known to come from a document site."""
