"""The headings above each paragraph, and the months that the nearest of them sets for it which tells a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....document import Document
from ....numerals import folded
from ....outline import marks
from .frame import Frame, months_of, years_of

_HALF = re.compile(r"(?P<which>[上下前后])半年")
_QUARTER = re.compile(r"第?(?P<which>[一二三四1-4])季度")
_LAST_YEAR = re.compile(r"去年|上年|上一年|前[一两几]?年|往年|历年|明年|来年|次年")
_BRACKETED = re.compile(r"【(?P<what>[^【】]{2,16})】")
_HEAD, _BARE = 40, 24
"""Characters that a heading has at the most: behind a mark, and without one."""


def headings(document: Document) -> list[tuple[str, ...]]:
    """For each paragraph the headings that it stands under, the outermost first, its own among them."""
    marked = {each.index: each for each in marks(document) if each.level}
    above: list[tuple[float, str]] = []
    found: list[tuple[str, ...]] = []
    for index, paragraph in enumerate(document.paragraphs):
        mark = marked.get(index)
        said = folded(document.said(paragraph)[mark.end - paragraph.start if mark else 0 :]).strip()
        level = float(mark.level) if mark else None
        if level is None and (named := _BRACKETED.match(said)):
            level, said = 0.5, named["what"]
        if level is None and said and len(said) < _BARE and not re.search(r"[。；，：:、\d]", said):
            level = 0.5  # a section's heading without a mark
        if level is not None and not paragraph.cell:
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, said[:_HEAD].partition("。")[0]))
        found.append(tuple(head for _, head in above))
    return found


def months_set(heads: Sequence[str], frame: Frame) -> frozenset[int] | None:
    """The months that the nearest of some headings sets which names another half, quarter or year.

    Empty where it names more than one of them, or another year; None where none tells a time.
    """
    for head in reversed(heads):
        if "，" in head:
            continue  # （二）8月至9月，检查山洪沟57条: no heading, but what is told
        if _LAST_YEAR.search(head) or (set(years_of(head)) - set(frame.title_years or frame.years)):
            return frozenset()
        if spanned := months_of(head):
            return frozenset(spanned)
        halves = {each in "上前" for each in _HALF.findall(head)}
        quarters = {"一二三四1234".index(each) % 4 for each in _QUARTER.findall(head)}
        if len(halves) + len(quarters) > 1:
            return frozenset()
        for first in halves:
            return frozenset(range(1, 7) if first else range(7, 13))
        for at in quarters:
            return frozenset(range(3 * at + 1, 3 * at + 4))
    return None
