"""Rates of a figure that stands in the very clause, of another told anywhere before: 占全年20万元预算的62.5%.

接警186起, and a paragraph further 与去年同期的200起相比，接警下降7%. Silent where any amount before makes the rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, step
from ..faults import OPPOSITE, rate_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import passages

_RATE = r"(?P<rate>\d+(?:\.\d+)?)%"
_WAY = r"(?P<way>增长|增加|上升|提高|增幅|下降|减少|降低|降幅|[增升降减])(?:了|幅度?为)?"
_OF = re.compile(r"(?:占|为|是|完成|达到?|相当于)[^，。；、\d]{0,12}$")
_OF_TAIL = re.compile(rf"[^，。；、\d]{{0,8}}的{_RATE}")
_THAN = re.compile(r"(?:[与同跟和较比][^，。；\d]{0,10}(?:\d{4}年)?|同期)[^，。；\d]{0,8}$")
_THAN_TAIL = re.compile(
    rf"(?:相比较?|比较|相较|对比)?[，,](?P<noun>[^，。；、\d]{{0,10}}?)(?:同比|环比)?{_WAY}{_RATE}"
)
_WHEN = re.compile(r"[上去前]年|同期|\d{4}年|上[月季]")
_DOWN = "下减降"
_BESIDE = 8
"""Signs between what was done and the plan it is told of, where a rate can be of nothing else."""
_SPLIT = re.compile(r"[、：\d]")
_APART = re.compile(r"[。；\n]")
_SUBJECT = re.compile(
    r"(?:^|[，。；：\n])(?P<what>[\u4e00-\u9fff]{2,12}?)(?:已|共|约)?(?:占|为|是|完成|达到?|相当于)[^，。；、\d]{0,12}$"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,12}$")
_BARE = re.compile(r"[\u4e00-\u9fff]\d+(?:\.\d+)?[，。；、]")
"""A figure that has lost its unit may be the one."""
_LOOKED_AT = 400
"""Amounts before a rate among which the other one is sought."""
_VERB = 3
"""Signs of 已完成 between what is told and how much."""
_REACH, _LEAD, _HUNDRED, _MOST = 40, 30, Decimal(100), Decimal(3)


def check(document: Document) -> Iterator[Finding]:
    """Growth and shares whose own clause tells what they are of."""
    told: list[Quantity] = []
    text = folded(document.text)
    for start, passage in passages(document):
        said = folded(passage)
        counted = [each for each in amounts_in(said, start) if each.value]
        if "%" in said:
            for at, base in enumerate(counted):
                claim = None if base.about else _claim(text, start, base)
                if claim:
                    earlier = [*told, *counted[:at]][-_LOOKED_AT:]
                    before = [each for each in earlier if each.unit == base.unit and not each.about]
                    yield from _judged(text, base, claim, before[-_REACH:])
        told += counted


def _claim(text: str, start: int, base: Quantity) -> re.Match[str] | None:
    """The rate that is told right behind the amount it is told of."""
    lead = text[max(base.start - _LEAD, start) : base.start]
    if "分别" in lead:
        return None
    share = _OF_TAIL.match(text, base.end) if _OF.search(lead) else None
    return share or (_THAN_TAIL.match(text, base.end) if _THAN.search(lead) and _WHEN.search(lead) else None)


def _judged(text: str, base: Quantity, match: re.Match[str], before: Sequence[Quantity]) -> Iterator[Finding]:
    change = match if "way" in match.re.groupindex else None
    rate, slack = from_arabic(match["rate"]), step(match["rate"])
    sign = -1 if change and change["way"][0] in _DOWN else 1
    rights = [each.value / base.value * _HUNDRED for each in before]
    if change:
        rights = [sign * (each - _HUNDRED) for each in rights]
    rough = [
        slack
        if max(each.step, base.step) == 1
        else slack + abs(right) * (each.step / each.value + base.step / base.value) / 2
        for each, right in zip(before, rights, strict=True)
    ]
    near = None if change else _right_before(text, base, before)
    if near and near.value < base.value and rate > _HUNDRED:
        before, rights, rough = [near], [near.value / base.value * _HUNDRED], [slack]
    if any(abs(right - rate) < much for right, much in zip(rights, rough, strict=True)):
        return
    meant = [at for at, each in enumerate(before) if _same(text, each, base, match)]
    if not meant or _BARE.search(text, text.rfind("\n", 0, base.start) + 1, base.start):
        return
    right = min((rights[at] for at in meant), key=lambda right: abs(right - rate))
    part = before[rights.index(right)]
    if change and abs(right) > _HUNDRED * _MOST:
        return
    yield rate_wrong(
        text,
        0,
        Span(match.start("rate"), match.end()),
        part,
        base,
        f"{right:.1f}%" if right >= 0 else OPPOSITE,
    )


def _right_before(text: str, base: Quantity, before: Sequence[Quantity]) -> Quantity | None:
    """The only amount of a clause and its plan, which a rate can but be of: 完成3.6万亩，占计划4万亩的90%."""
    inside = [each for each in before if not _APART.search(text, each.end, base.start)]
    alone = len(inside) == 1 and base.start - inside[0].end <= _BESIDE
    return inside[0] if alone and not _SPLIT.search(text, inside[0].end, base.start) else None


def _same(text: str, each: Quantity, base: Quantity, match: re.Match[str]) -> bool:
    """Whether an amount is the one that the rate is told of: of its sentence, or called so."""
    if "noun" not in match.re.groupindex:
        if not _APART.search(text, each.end, base.start):
            return True
        # 本级收入186万元，…。本级收入完成预算180万元的103.3%
        subject = _SUBJECT.search(text, max(base.start - _LEAD, 0), base.start)
        label = _LABEL.search(text, max(each.start - _LEAD, 0), each.start)
        near = "\n" not in text[each.end : base.start]
        if not near or not subject or not label:
            return False
        return label[0].startswith(subject["what"]) and len(label[0]) - len(subject["what"]) <= _VERB
    if re.search(r"其中|[、]", text[max(each.start - _LEAD, 0) : each.start].rpartition("，")[2]):
        return False
    noun = match["noun"]
    words = {noun[at : at + 2] for at in range(len(noun) - 1)}
    clause = re.split(r"[，。；：\n]", text[max(each.start - _LEAD, 0) : each.start])[-1]
    return any(word in clause for word in words)
