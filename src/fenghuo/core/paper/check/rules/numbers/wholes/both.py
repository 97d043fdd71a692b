"""A sum of the amount right before it and of one that the paper told long before: 改造58公里，全年合计130公里.

Silent where any amount told before makes it; told where one of the same name would, but for one slip of the hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import passages
from ..text.slips import mended

_SUM = re.compile(r"[，,、；][\u4e00-\u9fff]{0,5}?(?:合计|共计|总计|累计|[合总]共|共)[\u4e00-\u9fff]{0,4}")
_REACH, _NAME = 60, 2
"""Amounts before that are looked at, and signs of what an amount is called."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where the sum has more than one amount of its unit beside it."""
    told: list[Quantity] = []
    text = folded(document.text)
    for start, passage in passages(document):
        counted = [
            replace(each, start=each.start + start, end=each.end + start)
            for each in amounts_in(folded(passage))
        ]
        for at, total in enumerate(counted[1:], 1):
            one = counted[at - 1]
            if one.unit == total.unit and _SUM.fullmatch(text, one.end, total.start):
                yield from _judged(text, one, total, [*told, *counted[: at - 1]][-_REACH:])
        told += counted
        del told[:-_REACH]


def _judged(text: str, one: Quantity, total: Quantity, before: list[Quantity]) -> Iterator[Finding]:
    alike = [each for each in before if each.unit == one.unit]
    beside = [each for each in alike if not re.search(r"[。；\n]", text[each.end : one.start])]
    if beside or one.about or total.about or one.value >= total.value:
        return
    if any(each.value in (total.value, total.value - one.value) for each in alike):
        return
    apart = abs(sum((each.value for each in alike[-1:]), one.value) - total.value)
    rest = re.split(r"[。；\n]", text[total.end : total.end + _REACH])[0]
    if any(each.unit == one.unit and each.value == apart for each in amounts_in(rest)):
        return  # 26人, and 84人，共112人，其中2人由县里派: some stand behind
    name = text[one.start - _NAME : one.start]
    named = [
        each
        for each in alike
        if text.endswith(name, 0, each.start) and re.search(r"[\u4e00-\u9fff]{2}", name)
    ]
    if len({each.value for each in named}) == 1 and mended(total, [named[-1], one]):
        yield total_wrong(text, 0, total, [named[-1], one])
