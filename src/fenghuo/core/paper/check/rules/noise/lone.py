"""One sign that no sentence has a place for, between spaces in its midst or behind its end: 各村逐户联系， ▲ 务必到位.

A site sows many; a copy may have kept one. A sign that opens a line anywhere in the paper is the writer's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...characters import CHINESE
from ...document import Document
from ...finding import Finding
from ...rulebook import rules

_SIGNS = "▲△▼▽●◆◇■★☆※◎►▶◼▪◈◐◑㎜㎝㎞"
_LONE = re.compile(
    rf"(?<=[{CHINESE}\d，。；：、）])[ \u3000]{{1,4}}(?P<sign>[{_SIGNS}]{{1,2}})[ \u3000]{{1,4}}(?=[{CHINESE}\d（])"
    rf"|(?<=[。；])[ \u3000]{{1,4}}(?P<last>[{_SIGNS}]{{1,2}})[ \u3000]{{0,4}}(?=\n|$)"
)
_OPENS = re.compile(rf"^[ \u3000]{{0,8}}[{_SIGNS}]", re.MULTILINE)
_SENTENCE = re.compile("[，。；]")
_MOST = 2
"""How often a sign may stand so: a row of several is the writer's."""


def check(document: Document) -> Iterator[Finding]:
    """Silent on rows and on papers that use such signs themselves."""
    text = document.text
    own = {found[0][-1] for found in _OPENS.finditer(text)}
    often = Counter(sign for sign in text if sign in _SIGNS)
    for paragraph in document.paragraphs:
        line = document.said(paragraph)
        if paragraph.cell or not _SENTENCE.search(line):
            continue
        for found in _LONE.finditer(line):
            sign = found["sign"] or found["last"]
            if own.isdisjoint(sign) and often[sign[0]] <= _MOST * len(sign):
                start, end = paragraph.start + found.start(), paragraph.start + found.end()
                yield rules()["copy-protection"].finding(start, end, mend="", text=sign)
