"""Paragraphs that stand elsewhere, word for word or with names and figures exchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from ..archive import Archive
from ..document import Document
from ..finding import Elsewhere, Finding, Span
from ..likeness import ALIKE, Passage, difference, likeness, passages, plain, same_words, shingles
from ..rulebook import rules

OTHERS = 3
"""How many places of the archive one finding shows."""

_SHOWN = 3  # differences that a message names; the page shows them all


def check(document: Document, archive: Archive | None = None) -> Iterator[Finding]:
    """Paragraphs that stand twice in the paper, or in another paper of the archive where there is one.

    A finding's `elsewhere` holds the other places; `likeness.difference` sets their texts side by side.
    """
    told = passages(document)
    yield from _twice(document, told)
    if archive is not None:
        yield from _in_others(document, told, archive)


def _twice(document: Document, told: list[Passage]) -> Iterator[Finding]:
    """Every passage that is like an earlier one, with the earlier one it is most like."""
    sets = [shingles(plain(passage.text)) for passage in told]
    for number, near in enumerate(_sharing(sets)):
        like, earlier = max(
            ((likeness(sets[other], sets[number]), -other) for other in near), default=(0.0, 0)
        )
        if like < ALIKE:
            continue
        there = told[-earlier]
        place = Elsewhere(Span(there.start, there.end), there.text)
        yield _finding(
            "copied-twice", document, told[number], (place,), like, line=document.line(there.start)
        )


def _sharing(sets: list[NDArray[np.uint64]]) -> Iterator[set[int]]:
    """For every set the earlier ones that may be like it.

    Sets of that likeness share one of their rarest members: of the first (1 - ALIKE) of each in one order, plus one
    (prefix filtering). So a long paper is not compared paragraph by paragraph with itself.
    """
    often = Counter(member for each in sets for member in each.tolist())
    had: dict[int, list[int]] = {}
    for number, each in enumerate(sets):
        first = len(each) - ceil(ALIKE * len(each) - 1e-9) + 1
        rarest = sorted(each.tolist(), key=lambda member: (often[member], member))[:first]
        yield {earlier for member in rarest for earlier in had.get(member, ())}
        for member in rarest:
            had.setdefault(member, []).append(number)


def _in_others(document: Document, told: list[Passage], archive: Archive) -> Iterator[Finding]:
    found = archive.find_all([passage.text for passage in told], document)
    for passage, matches in zip(told, found, strict=True):
        if matches:
            places = tuple(Elsewhere(match.span, match.text, match.paper) for match in matches[:OTHERS])
            yield _finding(
                "copied-elsewhere",
                document,
                passage,
                places,
                matches[0].likeness,
                paper=PurePath(matches[0].paper).name,
            )


def _finding(
    rule: str,
    document: Document,
    passage: Passage,
    places: tuple[Elsewhere, ...],
    like: float,
    **values: object,
) -> Finding:
    whole, said = document.text[passage.start : passage.end], passage.text
    start = passage.start + len(whole) - len(whole.lstrip())
    end = passage.start + len(whole.rstrip())
    if same_words(said, places[0].text):
        return rules()[rule].finding(start, end, elsewhere=places, **values)
    # Never 100 where something differs: the plain forms may be one.
    percent = min(round(100 * like), 99)
    return rules()[f"{rule}-exchanged"].finding(
        start, end, elsewhere=places, percent=percent, differs=_differs(places[0].text, said), **values
    )


def _differs(there: str, here: str) -> str:
    changes = [piece for piece in difference(there.strip(), here.strip()) if piece.op != "same"]
    shown = [f"{piece.here or '—'} → {piece.there or '—'}" for piece in changes[:_SHOWN]]
    return "；".join(shown) + ("……" if len(changes) > _SHOWN else "")
