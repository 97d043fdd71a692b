"""What is left, missing, saved or over between two amounts told right before it, and is not their difference.

送审52.6万元，审定46.9万元，审减3.7万元; 需要187万元，已调剂58万元，尚缺120万元. Told where one slip of the hand in one
of the three makes them agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import total_wrong
from ..text.quantities import Quantity, quantities
from ..text.sentences import passages
from ..text.slips import mended

_DIFFERENCE = re.compile(
    r"(?:[审核]减|核增|结余|结转|节约|节省|剩余|余下|其余|还剩|[尚仍还][缺差欠有]|缺口|缺额|[缺空]编|空缺|短缺|差额|不足|相差|"
    r"超(?:出|过|年度计划|计划|支|编)?)(?:的|了|约|为|资金|金额|人员|部分|全部|年度计划){0,3}$"
)
_POINTS = "个百分点"
"""What the difference of two per cent is told in."""
_FAR = 40
"""Characters between two of the three at the most."""
_APART = re.compile(r"其中|[。；\n]|每|均|平均|个?[\u4e00-\u9fff]{1,6}中(?=[尚仍还有])")
_AROUND = 8


def check(document: Document) -> Iterator[Finding]:
    """Silent where the amount is the sum or the difference of any two around."""
    for start, passage in passages(document):
        said = folded(passage)
        told = [each for each in quantities(said) if each.unit and not each.han]
        for at, rest in enumerate(told):
            unit = "%" if rest.unit == _POINTS else rest.unit
            called = rest.unit == _POINTS or _DIFFERENCE.search(said, max(rest.start - 12, 0), rest.start)
            if not rest.about and called and rest.unit != "%":
                alike = [each for each in told[:at] if each.unit == unit]
                later = [each for each in told[at + 1 : at + 3] if each.unit == unit]
                yield from _judged(said, start, rest, alike[-_AROUND:], later)


def _judged(
    said: str, start: int, rest: Quantity, before: Sequence[Quantity], later: Sequence[Quantity]
) -> Iterator[Finding]:
    if len(before) < 2:
        return
    one, two = before[-2:]
    if one.about or two.about or _agrees(rest, [*before, *later]):
        return
    if rest.unit == _POINTS and "分别" in said[max(one.start - _FAR, 0) : rest.end]:
        return  # 分别为93.5%、91.2%、88.4%，分别提高0.9、1.4和2.1个百分点: each with its own
    for left, right in ((one, two), (two, rest)):
        between = said[left.end : right.start]
        if len(between) > _FAR or _APART.search(between):
            return
    whole, part = (one, two) if one.value >= two.value else (two, one)
    if max(each.step for each in (one, two, rest)) > max(rest.value, part.value):
        return
    for total, piece in ((whole, part), (part, whole)):
        if mended(total, [piece, rest]):
            yield total_wrong(said, start, total, [piece, rest])
            return


def _agrees(rest: Quantity, around: Sequence[Quantity]) -> bool:
    slack = max(each.step for each in (rest, *around))
    slack = slack if slack != 1 else slack - 1
    values = [each.value for each in around]
    running = values[-1]
    for each in reversed(values[:-1]):
        if abs(each - running - rest.value) <= slack:
            return True  # of a whole what several parts leave
        running += each
    return any(
        min(abs(abs(one - two) - rest.value), abs(one + two - rest.value)) <= slack
        for at, one in enumerate(values)
        for two in values[at + 1 :]
    )
