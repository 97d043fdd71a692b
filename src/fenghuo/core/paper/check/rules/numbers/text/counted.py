"""Counts of things with the words that tell what is counted."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ....document import Document
from ....words import words
from .frame import Frame
from .quantities import BOUNDED, Quantity, is_time, quantities
from .sentences import Sentence, sentences

_UNCOUNTED = frozenset(("%", "天", "小时", "分钟", "岁", "年", "个百分点", "分", "期", "倍"))
_MEASURES = frozenset(("元", "里", "公里", "米", "亩"))
_PEOPLE = frozenset("人名位")
_BREAK = re.compile(r"[，,、：:；;（(）)。“”\"]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_TIME = re.compile(
    r"(?:(?:19|20)\d\d年(?:\d{1,2}月(?:份|\d{1,2}日)?|[上下]半年)?|\d{1,2}月(?:份|\d{1,2}日)?|\d{1,2}日|[一二三四]季度|[上下]半年|年(?=底))"
    r"(?:[上中下]旬|底|末|初)?(?:之?前|以前|起)?"
)
_MARK = re.compile(
    r"^[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]+|[一二三四五六七八九]是)?[\s　]*"
)
_LITTLE = frozenset("被的了等和与及或在于由从为是有已")
_WRITTEN = re.compile(r"[三四五六七八九十](?:[个家处户名项所座支条件台起份次间套类]|辆)")
_SORT_OF = re.compile(r"之家|(?<=[人口])(?:间(?![断隔歇接])|[桌型式制舱](?![定作造约]))")
"""Which of them it is, not how many: 三口之家, 四人间."""
_NOT_YET = re.compile(r"尚未|还未|仍未|未能")
_PLAIN = """
评为 被评 被评为 评定 列为 定为 认定 判定 没有 全部 已经 其中 进行 对于 目前 现有 共有 发现
完成 开展 存在 要求 组织 工作 情况 应当 负责 分别 其他 需要
予以 涉及 上述 以上 督促 责令 月底 年底 所有 这些 实现 确保 发生 今年
"""
# Words that tell nothing of what is counted.
_TELL_NOTHING = frozenset(_PLAIN.split())
_BEHIND = re.compile(r"[，,、：:；;。“”\"\d]")
OF_ALL = 13
"""Power of two of the frequency of words that anything may be counted by: 检查单位45家, and 62家单位参加."""
_AROUND = 400
"""Characters of a paragraph on either side of a sentence: it may be a whole paper without line breaks."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count in the text: `lead` and `after` stand before and behind it in its clause, `around` is its paragraph.

    `lead` is told without the mark of a list and without a date; `listed` is true where 、 opens the clause.
    """

    quantity: Quantity
    start: int
    unit: str
    lead: str
    after: str
    sentence: Sentence
    around: str
    heading: str
    listed: bool

    @property
    def end(self) -> int:
        return self.start + self.quantity.end - self.quantity.start

    @property
    def value(self) -> Decimal:
        return self.quantity.value


_read_last: tuple[weakref.ref[Document], tuple[Count, ...], tuple[Count, ...]] | None = None


def counts(document: Document, frame: Frame, *, measures: bool = False) -> tuple[Count, ...]:
    """Every count of things in running text; shares and what is told as rough are none, money and lengths if asked.

    Read once, however many rules ask; `frame` is the paper's own.
    """
    global _read_last  # one paper is checked after the other
    held = _read_last
    if held is None or held[0]() is not document:
        found = tuple(_counts(document, frame))
        things = tuple(each for each in found if each.unit not in _MEASURES)
        held = _read_last = weakref.ref(document), things, found
    return held[2] if measures else held[1]


def counts_by_unit(document: Document, frame: Frame, *, measures: bool = False) -> dict[str, list[Count]]:
    """The same by their units, each in its order."""
    by_unit: dict[str, list[Count]] = {}
    for count in counts(document, frame, measures=measures):
        by_unit.setdefault(count.unit, []).append(count)
    return by_unit


def _counts(document: Document, frame: Frame) -> Iterator[Count]:
    heading, last = "", -1
    for sentence in sentences(document):
        if sentence.index != last:
            last, said = sentence.index, document.said(document.paragraphs[sentence.index])
            above, heading = heading, said if len(said) < 30 and not said.endswith("。") else heading
        if sentence.cell or sentence.index in frame.parts.title:
            continue
        text = sentence.plain
        if not sentence.figures and not _WRITTEN.search(text):
            continue
        at = sentence.start - document.paragraphs[sentence.index].start
        around = said[max(at - _AROUND, 0) : at + len(text) + _AROUND]
        for each in quantities(text):
            if not each.unit or each.unit in _UNCOUNTED or each.about or (each.han and each.value < 3):
                continue
            before = _BREAK.split(text[: each.start])[-1]
            if is_time(text, each) or _SORT_OF.match(text, each.end):
                continue
            if each.unit == "支队伍":
                each = replace(each, unit="支", end=each.end - len("队伍"))
            if BOUNDED.search(before):
                continue
            opened = text[: each.start - len(before)]
            opened = "" if _MARK.fullmatch(opened) else opened[-1:]
            yield Count(
                each,
                sentence.start + each.start,
                "人" if each.unit in _PEOPLE else each.unit,
                _TIME.sub("", before) if opened == "、" else _TIME.sub("", _MARK.sub("", before)),
                _BEHIND.split(text[each.end :], maxsplit=1)[0],
                sentence,
                around,
                above,
                opened == "、",
            )


@lru_cache(maxsize=4096)
def parted(text: str) -> tuple[str, ...]:
    """The words of two characters and more, and what lies between them; what is denied with its 不 or 未."""
    found: list[str] = []
    for run in _HAN.findall(_NOT_YET.sub("未", text)):
        rest = ""
        for start, end in words().parted(run):
            if end - start == 1 and run[start] not in _LITTLE:
                rest += run[start]
                continue
            if len(rest) > 1:
                found.append(rest)
            denied, rest = rest[-1:] if rest[-1:] in ("不", "未", "无") else "", ""
            # 符合条件 is told as 符合政府安排工作条件 too.
            size = 2 if end - start > 3 else 3
            if end - start > 1:
                pieces = [run[at : min(at + size, end)] for at in range(start, end - 1, size)]
                found += [denied + pieces[0], *pieces[1:]]
        if len(rest) > 1:
            found.append(rest)
    return tuple(each for each in found if each not in _TELL_NOTHING)
