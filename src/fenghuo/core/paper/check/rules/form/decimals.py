"""Headings that count by figures and points: 4 分级响应, 4.1 四级响应, as emergency plans and standards have them.

A line that begins with a figure may be a measure (3.5公里), so that nothing is said before most of such lines follow
each other as headings do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...characters import CHINESE, SPACES
from ...document import Document
from ...finding import Finding
from ...numerals import folded
from ...outline import Mark
from .numbering import fault

Number = tuple[int, ...]

_HEADING = re.compile(
    rf"[{SPACES}]*(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?P<end>[.、]?[{SPACES}]*)(?=[{CHINESE}“《（])"
)
_LONGEST_TOP = 30
"""Characters of a line that begins with one figure and is a heading."""
_FEWEST = 4
"""Numbers of two figures or more from which a paper counts this way."""


@dataclass(frozen=True, slots=True)
class _Heading:
    number: Number
    mark: Mark


def check(document: Document) -> Iterator[Finding]:
    """Numbers that skip or repeat; not mended, since the text may cite them."""
    found = _headings(document)
    if sum(len(each.number) > 1 for each in found) < _FEWEST:
        return
    steps = sum(_follows(two.number, one.number) for one, two in pairwise(found))
    if 3 * steps < 2 * (len(found) - 1) or set(found[0].number) != {1}:
        return
    before, asked = found[0], found[0].number
    for each, next_ in pairwise([*found[1:], None]):
        due = each.number
        if not (_follows(due, before.number) or _follows(due, asked)):
            due = _due(each.number, asked, next_.number if next_ else None)
            if due != each.number:
                rule = "number-repeats" if each.number <= before.number else "number-skips"
                yield fault(rule, each.mark, before.mark, ".".join(map(str, due)))
        before, asked = each, due


def _headings(document: Document) -> list[_Heading]:
    found: list[_Heading] = []
    for index, paragraph in enumerate(document.paragraphs):
        line = document.said(paragraph)
        match = None if paragraph.cell or "\t" in line else _HEADING.match(folded(line))
        if match is None:
            continue
        number = tuple(map(int, match["number"].split(".")))
        bare = len(line) <= _LONGEST_TOP and not re.search("[，。；：]", line)
        if 0 in number or (len(number) == 1 and (not match["end"].isspace() or not bare)):
            continue
        start, end = (paragraph.start + at for at in match.span("number"))
        found.append(_Heading(number, Mark(index, 0, number[-1], start, end, match["number"])))
    return found


def _follows(number: Number, before: Number) -> bool:
    """Whether a number is the first under the one before, or the next at its level or at one above.

    Where the headings above are counted in another way (一、), 2.1 follows 1.4.
    """
    if number[:-1] == before:
        return number[-1] == 1
    for level in range(len(before)):
        next_ = (*before[:level], before[level] + 1)
        if number == next_ or (level == 0 and number == (*next_, 1)):
            return True
    return False


def _due(number: Number, before: Number, next_: Number | None) -> Number:
    """The number that should stand here; its own where it has nothing to do with the one before."""
    level = len(number) - 1
    first = (*before, 1)
    if len(number) == len(first) and next_ == (*before, 2):
        return first
    if len(number) > len(before):
        return first if number[:-1] == before else number
    due = (*before[:level], before[level] + 1)
    return due if number[:level] == before[:level] or (next_ and _follows(next_, due)) else number
