"""Lists of numbered paragraphs and the line above each."""

from __future__ import annotations

from collections.abc import Iterator

from ....document import Document
from ....outline import Mark, marks

_REACH = 200
"""Numbers above a list in which the one before its next is sought: bounded, or long papers would take the square."""


def runs(document: Document) -> Iterator[tuple[int, list[Mark]]]:
    """The paragraph above each list of numbered paragraphs and its items, numbered 1, 2, 3.

    A list whose numbers skip or repeat is left out: how many it has cannot be told.
    """
    numbered = [mark for mark in marks(document) if mark.level]
    by_index = {mark.index: mark for mark in numbered}
    for at, first in enumerate(numbered):
        if first.value != 1:
            continue
        siblings, whole = [first], True
        for mark in numbered[at + 1 :]:
            if mark.level == first.level and mark.value == 1:
                break
            if mark.level < first.level:
                # 一、 was written ①, so that 二、 goes on with it, or （一） stands under it.
                whole = whole and mark.value > 1 and _led_to(numbered[max(at - _REACH, 0) : at], mark)
                break
            if mark.level == first.level:
                whole = whole and mark.value == len(siblings) + 1
                siblings.append(mark)
        lead = first.index - 1
        while lead >= 0 and not document.said(document.paragraphs[lead]).strip():
            lead -= 1
        above = by_index.get(lead)
        if whole and len(siblings) >= 2 and lead >= 0 and (above is None or above.level != first.level):
            yield lead, siblings


def lengths_above(document: Document) -> dict[int, int]:
    """How many items the list has that a paragraph stands right under."""
    return {siblings[-1].index + 1: len(siblings) for _, siblings in runs(document)}


def _led_to(before: list[Mark], mark: Mark) -> bool:
    return any(each.level == mark.level and each.value == mark.value - 1 for each in before)
