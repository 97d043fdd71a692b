"""Papers that look ahead, named with a year that their own number or the paper's span of years leaves behind.

《…2019年春季抗旱工作方案》（×汛办〔2020〕5号): nobody makes a plan for a year that is over. A paper of the year
2023—2024 has no other such span but where it looks back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from ...numerals import folded
from ...rulebook import rules
from .frame import Frame
from .sentences import passages

_PLAN = re.compile(
    r"《(?P<name>[^《》]{0,30}?(?P<year>(?:19|20)\d{2})年(?!以来|来)[^《》]{0,24}?(?:方案|计划|要点|安排|预案|部署))》+"
    r"[^《》。；]{0,3}[（(][^（）()〔\[]{0,12}[〔\[［](?P<number>(?:19|20)\d{2})[〕\]］]"
)
_LONG_AHEAD = re.compile(
    r"《[^《》]{0,40}?[（(]?(?P<year>(?:19|20)\d{2})[—－\-~～至](?:19|20)\d{2}年[^《》]{0,14}》+"
    r"[^《》。；]{0,3}[（(][^（）()〔\[]{0,12}[〔\[［](?P<number>(?:19|20)\d{2})[〕\]］]"
)
_SPAN = re.compile(
    r"(?P<first>(?:19|20)\d{2})[—－\-~～至](?P<last>(?:19|20)\d{2})(?:年度|学年度?|年)(?=[\u4e00-\u9fff])"
)
_LOOKS_BACK = re.compile(r"上一?(?:年|学年|期|度)|去年|往年|以往|历年|较|比|同期|曾|原|先后|分别|回顾")
_FOUNDED = re.compile(r"成立|印发|制定|根据|按照|《[^》]*$")
"""What is done for a span and not told of one that is over: 2024—2025学年度共检查食堂52次."""
_YEARS_AHEAD = 3
"""Years by which a plan of several years is hardly numbered ahead of its first."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a span stands in the title beside another, or the clause looks back."""
    own = _own_span(document, frame)
    for start, passage in passages(document):
        if "20" not in passage:
            continue
        said = folded(passage)
        for match in _PLAN.finditer(said):
            if int(match["number"]) > int(match["year"]):
                yield _other(start, said, match.span("year"), match["number"])
        for match in _LONG_AHEAD.finditer(said):
            if int(match["number"]) + _YEARS_AHEAD < int(match["year"]):
                yield _other(start, said, match.span("number"), match["year"])
        if own:
            yield from _spans(said, start, own, document)


def _own_span(document: Document, frame: Frame) -> tuple[int, int] | None:
    """The one span of years, from one to the next, of a title."""
    title = "".join(document.said(document.paragraphs[at]) for at in frame.parts.title)
    spans = {(int(each["first"]), int(each["last"])) for each in _SPAN.finditer(folded(title))}
    (found,) = spans if len(spans) == 1 else (None,)
    return found if found and found[1] - found[0] == 1 else None


def _spans(said: str, start: int, own: tuple[int, int], document: Document) -> Iterator[Finding]:
    for match in _SPAN.finditer(said):
        told = int(match["first"]), int(match["last"])
        clause = re.split(r"[，。；：]", said[: match.start()])[-1]
        before = told[1] == own[0] and not _FOUNDED.search(clause)
        if told != own and told[1] - told[0] == 1 and not before and not _LOOKS_BACK.search(clause):
            yield _other(start, said, match.span(), f"{own[0]}—{own[1]}")


def _other(start: int, said: str, span: tuple[int, int], own: str) -> Finding:
    return rules()["other-year"].finding(
        start + span[0], start + span[1], found=said[span[0] : span[1]], own=own
    )
