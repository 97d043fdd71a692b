"""A fault put into a paper: the edits that make it, and where a checker may rightly point at it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Write `new` instead of `text[start:end]` of the clean paper; `start == end` inserts."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault before it is in the paper.

    `edits` make it. `at` narrows it to stretches of the edits' new texts: (edit, start, end). `also` are stretches
    of the clean text that a checker may point at as well, such as the parts of a falsified total. `whole` is a
    fault that has no place: a missing title.
    """

    family: str
    kind: str
    edits: tuple[Edit, ...]
    at: tuple[tuple[int, int, int], ...] = ()
    also: tuple[tuple[int, int], ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a paper's text: any of `spans` is its place; `whole` faults have none."""

    family: str
    kind: str
    spans: tuple[tuple[int, int], ...]
    whole: bool = False


class Clash(Exception):
    """Two faults want the same characters."""


def fits(planted: Planted, others: Iterable[Planted]) -> bool:
    """Whether a fault touches no character that another changes or needs unchanged."""
    mine = [(edit.start, edit.end) for edit in planted.edits]
    for other in others:
        theirs = [(edit.start, edit.end) for edit in other.edits]
        if any(_touch(a, b) for a in mine for b in [*theirs, *other.also]):
            return False
        if any(_touch(a, b) for a in planted.also for b in theirs):
            return False
    return True


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    if a[0] == a[1] or b[0] == b[1]:
        # Something inserted clashes with what surrounds it, and with another insertion at the same place.
        return a == b or (a[0] < b[0] < a[1]) or (b[0] < a[0] < b[1])
    return a[0] < b[1] and b[0] < a[1]


def planted_into(text: str, faults: Iterable[Planted]) -> tuple[str, tuple[Fault, ...]]:
    """The text with every fault in it, and where each then stands."""
    faults = list(faults)
    edits = sorted(
        (edit for fault in faults for edit in fault.edits), key=lambda edit: (edit.start, edit.end)
    )
    pieces, done, shifts, new_at = [], 0, [], {}
    length = 0
    for edit in edits:
        if edit.start < done:
            raise Clash(f"two faults change the text at {edit.start}")
        pieces.append(text[done : edit.start])
        length += edit.start - done
        new_at[edit] = length
        pieces.append(edit.new)
        length += len(edit.new)
        done = edit.end
        shifts.append((edit.end, length - edit.end))
    pieces.append(text[done:])
    ends = [end for end, _ in shifts]

    def moved(place: int) -> int:
        before = bisect_right(ends, place)
        return place + (shifts[before - 1][1] if before else 0)

    found = []
    for fault in faults:
        if fault.at:
            spans = [
                (new_at[fault.edits[number]] + start, new_at[fault.edits[number]] + end)
                for number, start, end in fault.at
            ]
        else:
            spans = [(new_at[edit], new_at[edit] + len(edit.new)) for edit in fault.edits]
        spans += [(moved(start), moved(end)) for start, end in fault.also]
        found.append(Fault(fault.family, fault.kind, tuple(spans), fault.whole))
    return "".join(pieces), tuple(found)
