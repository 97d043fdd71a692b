"""More is to be put right than was found wanting: 4座瞭望塔需要维修, and under what comes next 完成6座瞭望塔的维修设计.

Both places must share two words that the paper says seldom: the thing, and what it lacks or what is done about it.
Fewer may be put right first, so that a smaller number is told only where two digits changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ....document import Document
from ....finding import Finding
from ..text.counted import Count, counts_by_unit, parted
from ..text.frame import Frame
from ..text.quantities import plain
from ..text.sections import headings
from ..text.slips import exchanged
from .retold import differs

_WANTING = re.compile(
    r"需(?!求)|亟待|有待|尚未|[^已]未|缺(?!点)|老化|破损|失效|超期|过期|渗漏|损坏|遗留|不足|不符|不合格|滞后|逾期|漏|危|病险|短缺|带病|隐患"
)
_PROBLEMS = re.compile(r"问题|不足|短板|困难|差距|关注|隐患|风险")
_AHEAD = re.compile(r"建议|打算|下[一]?步|安排|整改|今后|计划|对策|措施|要求|任务")
_OTHERS = re.compile(
    r"新[建增购设配聘]|再|另|每|各|平均|至少|不少于|不低于|力争|争取|累计|全[年县市区镇]|增加|达到|其中|培训|目标|约|共"
)
_NEAR, _LEAST = Decimal("0.6"), 2
"""How much more it may be at the most, as a share and at the least, to be meant as the same number."""
_WORDS, _SELDOM, _SHARED = 6, 4, 2
"""Words behind a number, how often a paper may say one, and how many must stand in both places."""
_REACH = 30
"""Counts of one unit before each that it is compared with."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the number is told anywhere else of such things."""
    above = headings(document)
    for alike in counts_by_unit(document, frame).values():
        for at, later in enumerate(alike):
            if not _is_ahead(later, frame, above) or _OTHERS.search(later.lead):
                continue
            if any(each.value == later.value for each in alike if each is not later):
                continue
            before = [each for each in alike[max(at - _REACH, 0) : at] if _is_wanting(each, frame, above)]
            first = _same(document, before, later)
            if first is not None:
                yield differs(document, later, first)


def _is_ahead(count: Count, frame: Frame, above: Sequence[tuple[str, ...]]) -> bool:
    heads = above[count.sentence.index]
    return count.sentence.index in frame.ahead or any(_AHEAD.search(each) for each in heads)


def _is_wanting(count: Count, frame: Frame, above: Sequence[tuple[str, ...]]) -> bool:
    """Whether it counts what is told to be wanting, in a section about that or by its own words."""
    if count.sentence.index in frame.ahead:
        return False
    heads = above[count.sentence.index]
    behind = count.sentence.plain[count.quantity.end :]
    return any(_PROBLEMS.search(each) for each in heads) or bool(_WANTING.search(behind))


def _same(document: Document, before: Sequence[Count], later: Count) -> Count | None:
    """The count before that is nearest of those in the last sentence that shares two words with the later one."""
    words = [each for each in parted(later.after)[:_WORDS] if document.text.count(each) <= _SELDOM]
    if len(words) < _SHARED:
        return None
    shared = [each for each in before if sum(word in each.sentence.plain for word in words) >= _SHARED]
    if not shared:
        return None
    told = [each for each in shared if each.sentence is shared[-1].sentence]
    first = min(told, key=lambda each: abs(each.value - later.value))
    more = later.value > first.value
    if any(one.value + two.value == later.value for one, two in combinations(told, 2)):
        return None  # 1座建于1974年，1座建于1983年, and 完成2座旧仓库维修
    near = abs(later.value - first.value) <= max(first.value * _NEAR, _LEAST)
    # More than all that were counted there: of 18座 in which 4座 are old, 6座 may be of the eighteen.
    if more:
        return first if near else None
    smaller = [each for each in told if each.value < later.value]
    if smaller:
        part = max(smaller, key=lambda each: each.value)
        return part if later.value - part.value <= max(part.value * _NEAR, _LEAST) else None
    return first if exchanged(plain(first.value), plain(later.value)) else None
