"""One paper named with two years: under a title that it was issued with, or beside another place that names it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....rulebook import rules
from ..text.frame import Frame

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:年?[—－\-~～至]{1,2}(?:19|20)\d{2})?(?=年)")
_NAME = re.compile(r"[《〈](?P<name>[^《》〈〉\n]{6,60})[》〉]")
_OF_BEFORE = re.compile(
    r"废止|到期|期满|失效|停止|不再|原(?=[有定来先订名《〈])|上一?[轮期]|此前|曾|修订|代替|替代|衔接|总结|回顾|延续|参照|同时|以往|历年|沿用|比|评估|[接承]续|继|完成"
)
_LONGEST = 60
"""Characters of a line that may be a title."""
_END = re.compile(r"[。；\n]")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Of names alike but for their years the one told once, unless its sentence tells of what was before."""
    said = folded(document.text)
    told: dict[str, list[tuple[int, int, str, bool]]] = defaultdict(list)
    for match in _NAME.finditer(said):
        _add(told, match["name"], match.start("name"), sentence=_around(said, match))
    for paragraph in document.paragraphs:
        line = folded(document.said(paragraph))
        # A line of its own, as the title of what was issued.
        if not paragraph.cell and len(line) < _LONGEST and _YEARS.sub("", line.strip()) in told:
            _add(told, line.strip(), paragraph.start + len(line) - len(line.lstrip()), sentence="")
    for places in told.values():
        years = [each for _, _, each, before in places if not before]
        counts = {each: years.count(each) for each in set(years)}
        own = max(counts, key=lambda each: (counts[each], each), default="")
        if len(counts) != 2 or counts[own] < 2:
            continue
        for start, end, year, before in places:
            if year != own and not before and counts[year] == 1:
                yield rules()["other-year"].finding(start, end, found=document.text[start:end], own=own)


def _add(told: dict[str, list[tuple[int, int, str, bool]]], name: str, start: int, *, sentence: str) -> None:
    found = list(_YEARS.finditer(name))
    if len(found) == 1:
        span = start + found[0].start(), start + found[0].end()
        told[_YEARS.sub("", name)].append((*span, found[0][0], bool(_OF_BEFORE.search(sentence))))


def _around(said: str, match: re.Match[str]) -> str:
    """What a sentence says besides the name that it tells."""
    before = said[max(match.start() - 60, 0) : match.start()]
    return _END.split(before)[-1] + _END.split(said[match.end() : match.end() + 60])[0]
