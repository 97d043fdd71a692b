"""The matter of a title in the text below it: 2025年政务公开要点 there, and never one of the year the title names.

What a paper is about is named again in it, in its first sentence, in the papers that it rests on or answers, in what
it carries. Of two years that such names give the one that the paper was signed or numbered in is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Span
from ....numerals import folded
from ..text.frame import Frame

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})年度?")
_ASIDE = re.compile(
    r"(?:[比较与和同超]|高于|低于|多于|少于|对照|[去上][年届次][（(]|[自从]|不同于|截至|至|到|曾于?)$"
)
_ASIDE_BEHIND = re.compile(
    r"(?:\d{1,2}月(?:\d{1,2}日)?)?(?:以来|以前|之前|起|同期|印发|发布|出台|建成|[^，。；\d]{0,14}(?:曾|不再|废止|失效))|[底末初](?!之?前)|的[^，。；]{1,12}(?:增|减|下降|上升|提高|降低)"
)
"""What makes a year one that is only compared with, or told of before."""
_STOPS = re.compile(r"[，。；：:、“”（()）《》\s\d]")
_SAME, _LONG, _BEHIND = 4, 5, 22
"""Characters that make two matters one, right behind their years or further on, and behind a year that are read."""
_SESSION = re.compile(r"第[一二三四五六七八九十\d]+(?:次|期(?=[^，。]*公告))")
_GENERAL = re.compile(
    r"工作(?:的|进展|实施|总体|安排)?(?:情况|方案|要点|计划|总结|报告|通知|意见)?|有关|事项|进一步|人民政府|办公室"
)


def is_aside(plain: str, start: int, end: int) -> bool:
    """Whether a year is only one that another is compared with, or told of before."""
    return bool(_ASIDE.search(plain[:start]) or _ASIDE_BEHIND.match(plain, end))


def is_told(plain: str, year: int) -> bool:
    """Whether a text tells a year for its own sake."""
    return any(
        not is_aside(plain, *match.span()) for match in _YEAR.finditer(plain) if int(match["year"]) == year
    )


def of_year(document: Document, frame: Frame, year: int, own: int) -> Span | None:
    """Where the title's matter is told of the paper's own year, and nowhere of the year that the title names."""
    title = folded(frame.title)
    matter, tail = title.replace(f"{year}年", "　"), re.sub("^度", "", title.partition(f"{year}年")[2])
    found: Span | None = None
    for told, phrase, place in _phrases(document, frame):
        if told not in (year, own) or not _alike(phrase, matter, tail):
            continue
        if told == year:
            return None
        found = found or place
    return found


def _phrases(document: Document, frame: Frame) -> Iterator[tuple[int, str, Span]]:
    """Every year that the text tells with what stands behind it, but for those that others are compared with."""
    for index in range(frame.parts.body.start, len(document.paragraphs)):
        if index in frame.ahead or index in frame.parts.title:
            continue
        paragraph = document.paragraphs[index]
        said = folded(document.said(paragraph))
        for match in _YEAR.finditer(said):
            if is_aside(said, *match.span()):
                continue
            phrase = _STOPS.split(said[match.end() : match.end() + _BEHIND], maxsplit=1)[0]
            yield (
                int(match["year"]),
                phrase,
                Span(paragraph.start + match.start(), paragraph.start + match.end()),
            )


def _alike(phrase: str, matter: str, tail: str) -> bool:
    """Whether two things that are told behind years are one."""
    session = _SESSION.match(tail)
    if session and phrase.startswith(session[0]):
        return True
    if len(phrase) >= _SAME and phrase[:_SAME] == tail[:_SAME]:
        return True
    phrase = _GENERAL.sub("　", phrase)
    parts = (phrase[at : at + _LONG] for at in range(len(phrase) - _LONG + 1))
    return any("　" not in each and each in matter for each in parts)
