"""The line that says what a bulletin, minutes or a paper attached are about, where its title itself tells no year.

2024年第二季度外贸运行情况 below the head of a bulletin, （2025年第二季度）, 关于2024年排水防涝工作 under 会议纪要.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ....document import Document
from ....numerals import folded
from ..text.frame import Frame, half_of, years_of

_HEAD = 9
"""Paragraphs at the head of a paper among which its headline stands."""
_LONG = 45
_NO_HEADLINE = re.compile(
    r"[；，：:、！？]|\d日|第\s*[\d一二三四五六七八九十]+\s*期|[〔\[]|^(?:[一二三四五六七八九十]+、|附件)"
)
"""Sentences, days and numbers, and the headings of sections."""
_YEAR = re.compile(r"(?<!\d)20\d{2}(?=年|[—\-–~～])")
_BARE = re.compile(r"[（(]?(20\d{2}年[^（）()]{0,5})[)）]?")


def headlined(document: Document, frame: Frame) -> Frame:
    """The frame with the headline as the title, where the paper's title tells no year."""
    if frame.title_years or _YEAR.search(folded(frame.title)):
        return frame
    for at, paragraph in enumerate(document.paragraphs[:_HEAD]):
        line = folded(document.said(paragraph)).strip()
        if "。" in line:
            break
        if paragraph.cell or len(line) > _LONG or _NO_HEADLINE.search(line) or not _YEAR.search(line):
            continue
        stop = max(frame.parts.body.stop, at + 1)
        parts = replace(frame.parts, title=(at,), body=range(at + 1, stop))
        return replace(
            frame,
            parts=parts,
            title=_joined(line, frame.title),
            title_years=years_of(line),
            half=half_of(line),
        )
    return frame


def _joined(line: str, title: str) -> str:
    """A bare time with what it is the time of: 2024年第三季度水上交通安全简报."""
    bare = _BARE.fullmatch(line)
    return bare[1] + title if bare else line
