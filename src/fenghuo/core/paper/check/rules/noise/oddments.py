"""Signs that belong to nothing: a star behind a word, a bracket that closes none, a quotation mark left over.

A paper that has such signs of its own has them again: as the head of its items, in pairs, in a table's key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...characters import CHINESE, SPACES
from ...document import Document, Paragraph
from ...finding import Finding
from ...rulebook import Rule, rules

_SIGNS = "★☆◆◇◎●■□▲△▼▽♀♂♠♣♥♦♪♫㊣㊙¤§※〓﹏¶†‡¦¨◢◣◤◥☻☺❀✿❁卍卐⊙◉▓▒░⊕⊗∆◊♯♭˙"
_BEHIND = re.compile(
    rf"(?<=[{CHINESE}）”])[{SPACES}]*(?P<sign>[{_SIGNS}#|])(?P=sign)*[{SPACES}]*(?=$|[，。；、])"
    rf"|(?<=[。；！？])[{SPACES}]*(?P<next>[{_SIGNS}#|])(?P=next)*[{SPACES}]*(?=$|[{CHINESE}])"
    rf"|(?<=[{CHINESE}])[{SPACES}]+(?P<apart>[·•〇○][{SPACES}]*){{1,2}}[{SPACES}]+(?=[{CHINESE}])"
    rf"|(?<=[{CHINESE}])[{SPACES}]*〇[{SPACES}]+〇[{SPACES}]*(?=$|[，。；])"
)
"""A sign behind a word at the end of a clause or line, behind a sentence, or apart between two words."""
_MOST = 2
_SHORTEST = 4
_OPENING, _CLOSING = "（【《〔「“‘", "）】》〕」”’"
_FELLOW = dict(zip(_CLOSING, _OPENING, strict=True))
_STOPS = "。！？；"
_NUMBERED = re.compile(r"(?:^|[。；，、\s])(?:[0-9A-Za-z]{1,3}|[①-⑳]|[一二三四五六七八九十]{1,3})$")
"""What a closing bracket alone stands behind: 1）, 一）."""
_NEAR = 12
"""Signs before a closing bracket that tell what it closes."""
_LEFT_OPEN = re.compile(rf"(?<=[{CHINESE}。；])[“‘「【（《](?=\s*$)")
_SIDE = 10
"""Paragraphs before one in which a quotation or a bracket that it closes may have begun."""


def check(document: Document) -> Iterator[Finding]:
    """Signs of themselves, then what closes or opens nothing."""
    yield from _signs(document)
    yield from _unmatched(document)


def _signs(document: Document) -> Iterator[Finding]:
    rule, often = rules()["copy-protection"], Counter(document.text)
    for paragraph in document.paragraphs:
        text = document.said(paragraph)
        if paragraph.cell or sum(map(str.isalpha, text)) < _SHORTEST:
            continue
        for found in _BEHIND.finditer(text):
            sign = found["sign"] or found["next"] or found["apart"] or "〇"
            if often[sign.strip()] <= max(_MOST, len(found[0].strip())):
                start, end = paragraph.start + found.start(), paragraph.start + found.end()
                yield rule.finding(start, end, mend="", text=found[0].strip())


def _unmatched(document: Document) -> Iterator[Finding]:
    """What closes behind a full stop though nothing was opened, and what opens at the end of a line."""
    rule = rules()["doubled-punctuation"]
    waiting: dict[str, int] = {}
    for number, paragraph in enumerate(document.paragraphs):
        text = document.said(paragraph)
        opened: Counter[str] = Counter()
        for at, sign in enumerate(text):
            if sign in _OPENING:
                opened[sign] += 1
            elif sign in _FELLOW:
                fellow = _FELLOW[sign]
                if opened[fellow]:
                    opened[fellow] -= 1
                elif number - waiting.pop(fellow, -_SIDE - 1) > _SIDE and _is_left_over(text, at):
                    yield _told(rule, paragraph, text, at)
        for found in _LEFT_OPEN.finditer(text):
            if document.paragraphs[-1] is paragraph or found[0] in "‘「【《":
                yield _told(rule, paragraph, text, found.start())
        waiting |= {sign: number for sign, many in opened.items() if many}


def _is_left_over(text: str, at: int) -> bool:
    before, after = text[max(at - _NEAR, 0) : at].rstrip(), text[at + 1 : at + 2]
    if _NUMBERED.search(before) or not before:
        return False
    return before[-1] in _STOPS or after in tuple(_STOPS) or (not after and before[-1] not in "：，、")


def _told(rule: Rule, paragraph: Paragraph, text: str, at: int) -> Finding:
    beside = text[max(at - 1, 0) : at]
    start = paragraph.start + at - len(beside)
    return rule.finding(start, paragraph.start + at + 1, mend=beside, text=beside + text[at])
