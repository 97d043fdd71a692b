"""Periods of a year gone by in what only announces: 自2024年5月6日起封闭，7月15日恢复通行, in a notice of April 2025.

What a notice, a plan or minutes tell with its first and its last day, and with nothing that makes it past, lies ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..text.dates import Moment, moments, ranges, short_days
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .decades import ORDERS
from .occasions import other_year
from .one_breath import begun_and_ended

_PAST = re.compile(
    r"已|曾|了(?!解)|原(?=[定有来计先])|此前|去年|上年|前年|往年|历年|同期|以来|至今|累计|共(?!同|享|建|治|管)|先后|期间|当时|当年|截至|截止|较|比(?!赛)|上一?[届次期轮年]|遗留|逾期|欠|租|合同|协议|任期|有效|学年|学期|年度|统计|数据|生产|出生|毕业|业绩|资[质格]|信用|记录|经[历验]|从业|购|签|缴|销售|入库|形成|发生|受理的|听取|汇报|查处|回顾|总结|获"
)
_WHICH = re.compile(r"[^，。；]{0,16}的(?=[一-鿿])")
_TURN = 2
"""The last month in which what is announced may have begun in the year before."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper has no day, or is of no kind that announces."""
    signed, kind = frame.signed, frame.parts.kind
    if not signed or (kind not in ORDERS and not kind.endswith(("公示", "启事", "倡议书"))) or kind == "通报":
        return
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    for sentence in sentences(document):
        if sentence.cell or sentence.index in skipped or "月" not in sentence.text or not sentence.figures:
            continue
        yield from _periods(sentence, signed, frame)


def _periods(sentence: Sentence, signed: date, frame: Frame) -> Iterator[Finding]:
    text = re.sub(
        r"《[^《》]*》|[（(][^（）()]*[)）]", lambda match: "　" * len(match[0]), folded(sentence.text)
    )
    if _PAST.search(text):
        return
    found = moments(text)
    told: set[int] = set()
    for first, last in (*begun_and_ended(text, found), *ranges(text, found), *short_days(text)):
        if not first.year or not first.day or first.year in frame.years or first.start in told:
            continue
        ends = _end(first, last)
        if not ends or (signed - ends).days < 0 or signed.year - ends.year < 1:
            continue
        if signed.month <= _TURN and ends.year == signed.year - 1:
            continue
        if _WHICH.match(text, last.end):
            continue
        told.add(first.start)
        yield other_year(sentence, first.start, first.end, frame.years)


def _end(first: Moment, last: Moment) -> date | None:
    year = first.year or 0
    begins, ends = first.day_in(None), last.day_in(year)
    if not begins or not ends:
        return None
    return last.day_in(year + 1) if ends < begins else ends
