"""Papers of one half of a year with work of the other half."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fenghuo.core.finding import Text

from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from .dates import moments
from .frame import Frame
from .sentences import sentences

# What may speak of the other half: plans, deadlines, comparison, the year before.
_MAY = re.compile(
    r"下一步|将(?!军|相)|拟|计划|打算|安排|力争|预计|预期(?!效果|目标|目的|成效|收效)|(?<!预期)目标|年底|年末|截止|截至|确保|去年|上年|同期|较(?![好大多强快高为低重少长短差早])|同比|环比|次年|"
    r"明年|以前|之前|以来|前年|历年|每年|往年|常年|汛期|防火期|至次|有效期|期限|时限|规划|到期|准备|即将|迎接|(?<![接招对看等优善])待(?!遇|命)|后续|谋划"
)
_NAMES_TIME = re.compile(r"[月年季]")
_UNTIL = re.compile(r"(?:截至|截止到?|到)(?=\d{1,2}月\d{1,2}日)")
"""Up to when something was counted, which cannot lie in a time that the paper is not about."""
_DONE = re.compile(r"共(?!同|享|建|治|管)|累计|完成了|已|开展了|组织了|召开了|排查|整改了")
_OTHER_HALF = {
    1: re.compile(r"(?:下半年|[三四]季度|第[三四]季度)"),
    2: re.compile(r"(?:上半年|[一二]季度|第[一二]季度)"),
}


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Months of the other half, told as done."""
    if not frame.half or len(set(frame.title_years)) > 1:
        return
    own = range(1, 7) if frame.half == 1 else range(7, 13)
    year = frame.year
    parts = frame.parts
    skipped = {*parts.title, parts.number, parts.date, parts.signature} | frame.ahead
    for sentence in sentences(document):
        if sentence.cell or not _NAMES_TIME.search(sentence.text):
            continue
        if sentence.index in skipped or sentence.index not in parts.body:
            continue
        text = re.sub(r"《[^《》]*》|[（(][^（）()]*[)）]", lambda match: "　" * len(match[0]), sentence.text)
        until = _UNTIL.search(text)
        if _MAY.search(text) and not (until and _DONE.search(text)):
            continue
        half = _OTHER_HALF[frame.half].search(text)
        if half and _DONE.search(text):
            yield _fault(sentence.start + half.start(), sentence.start + half.end(), half[0], frame)
            continue
        for moment in moments(text):
            if until and (moment.start != until.end() or moment.year):
                continue
            if (
                until
                and frame.signed
                and (day := moment.day_in(year))
                and day <= frame.signed
                and frame.half == 1
            ):
                continue
            if not moment.month or moment.month in own or not 1 <= moment.month <= 12:
                continue
            if (moment.year and year and moment.year != year) or moment.relative or moment.lunar:
                continue
            if re.match(r"\s*(?:前|底前|末前|之后|起|以后)", text[moment.end :]):
                continue
            start, end = sentence.start + moment.start, sentence.start + moment.end
            yield _fault(start, end, sentence.text[moment.start : moment.end], frame)
            break


def _fault(start: int, end: int, text: str, frame: Frame) -> Finding:
    first = Text(en="the first half of the year", zh="上半年")
    own = first if frame.half == 1 else Text(en="the second half of the year", zh="下半年")
    return rules()["other-half"].finding(start, end, found=text, own=own)
