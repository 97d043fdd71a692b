"""Whether labelled parts make the whole that they are told of, and when two numbers surely contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from ....finding import Finding
from ..faults import part_exceeds, total_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.slips import slipped
from . import complements

_MORE = re.compile(r"等(?!级)|及其他|以及其他|其余|余下|不含|除外|另(?:有|外)")
_OVERLAP = re.compile(
    r"[女男](?:[性生员兵职]|队|$)|本科|大专|高中|学历|岁|职称|重点|持证|骨干|曾|获|连续|常住|流动|新增|党员|退役|困难|"
    r"少数民族|残疾|户籍|本科|成灾|绝收|涉及|符合|享受|达到|超过|构成|具有|取得"
)
_STAGES = tuple(
    map(
        re.compile,
        (
            r"(?<![未待拟])(?:开工|动工|启动|复工)(?:建设)?(?:了|的)?$",
            r"(?<![未待拟])(?:完工|竣工|建成|投产|投用|通车|验收|交付)(?:投[产用])?(?:了|的)?$",
        ),
    )
)
"""Of what has begun some is done."""
_UNDER_WAY = re.compile(r"在建|续建|[未待拟正]|停[工建]")
_IN_COMPOUND = 2
"""Signs that a label has over a word of overlap and what all labels share, where it is of kinds all the same."""
_EACH = re.compile(r"各|每|(?<![日月年])均")
_BODIES = re.compile(r"乡镇|镇乡|镇街|[乡镇村县区市]|社区|街道|部门|单位|企业|学校")
_ALL_BUT = Decimal("0.85")
"""Two parts introduced by 其中 that reach this share of the total are taken for all of it: of some four hundred
such lists in clean papers the partial ones reach seven tenths at the most."""
_HALF = Decimal("0.5")
_NOUN, _NEAR_BY = re.compile(r"[\u4e00-\u9fff]{1,3}(?=[、，。；]|$)"), 10
_CLAUSE = re.compile(r"[，。；：\d]")
_REST = re.compile(r"其[他它余]")
_LIMIT = re.compile(r"不[低少高多超][于过]?|以[内上下]$")
_STEPPED = Decimal("0.6")
_PAID = 4
"""Amounts before the last that may be meant with it."""
_FILLED = Decimal("0.8")
"""Parts that look made to fill a whole (see `complements.partition`) and reach this share of it were meant to."""
_NEAR = Decimal("0.75")
"""Parts introduced by 其中 that reach this share of the total are taken for all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: what it is called and how much it is."""

    label: str
    quantity: Quantity


def judged(
    text: str, start: int, total: Quantity, listed: Sequence[Part], everything: bool, rest: str
) -> Iterator[Finding]:
    """The fault of a whole and its parts, if they are one; `everything` where the text says that these are all."""
    if (
        not listed
        or (total.about and not _limit(text, total, listed))
        or any(part.quantity.about for part in listed)
    ):
        return
    if any(_EACH.search(part.label) for part in listed):
        return  # two bodies that send one each make two
    bodies = _BODIES.match(text, total.end)
    if bodies and sum(part.label.endswith(tuple(bodies[0])) for part in listed) > 1:
        return  # 涉及8个乡镇，其中马街镇4个: what is counted lies in them
    parts = [part.quantity for part in listed]
    if total.unit == "个" and _other_things(text, total, parts):
        return
    values = [part.value for part in parts]
    summed = sum(values, Decimal(0))
    coarse = max([total.step, *(part.quantity.step for part in listed)])
    exact = coarse <= 1 and total.step == 1
    money = total.unit == "元"
    alike = coarse == min(total.step, *(part.step for part in parts))
    slack = Decimal(0) if exact or money or alike else coarse * (len(listed) - 1)
    if money and total.step > min(part.step for part in parts):
        # 2.36亿元 of 1420万元 and 2.22亿元: what is told in 亿元 was rounded.
        slack = sum((part.step for part in parts), total.step) / 2
    largest = max(values)
    filling = complements.partition([part.label for part in listed])
    if (largest * 2 - summed == total.value and not filling) or in_a_clause(text, parts, total):
        return  # 到会26人（在册41人，请假9人、出差6人）
    if _of_another(text, total, parts, slack):
        return
    if largest > total.value + slack:
        part = next(part for part in listed if part.quantity.value == largest)
        yield part_exceeds(text, start, total, part.quantity, parts)
        return
    if abs(summed - total.value) <= slack:
        return
    told = rest[: listed[-1].quantity.end + 4 - listed[0].quantity.start + 20]
    labels = [part.label for part in listed]
    if _REST.search(labels[-1]):
        told = told.replace(labels[-1], "")  # 固废及其他14件 is a part and closes the list
    more = _MORE.search(told)
    overlapping = overlap(labels) and not filling and not _REST.search(labels[-1])
    sure = complements.opposed(labels) or (len(labels) > 2 and complements.stepped(labels))
    share = _STEPPED if sure else _FILLED
    kin = complements.kin(labels) and not overlapping and slipped(summed, total.value, least=2)
    filling = filling or kin
    if len(listed) == 1:
        return
    if everything:
        if (summed < total.value and more) or overlapping:
            return
        yield total_wrong(text, start, total, parts)
    elif summed > total.value:
        if not overlapping:
            yield total_wrong(text, start, total, parts)
    elif (
        complements.complementary([part.label for part in listed])
        or (
            # Two parts that all but fill the whole were meant to.
            len(listed) == 2
            and all(labels)
            and not overlapping
            and not more
            and summed >= total.value * _ALL_BUT
        )
        or (filling and not more and summed >= total.value * share)
        or (not overlapping and not more and _slipped(listed, summed, total, closed=filling))
        or (
            len(listed) >= 3
            and not overlapping
            and not more
            and (summed >= total.value * _NEAR or slipped(summed, total.value))
        )
    ):
        yield total_wrong(text, start, total, parts)


def _other_things(text: str, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """责任片区4个，其中东片5个村、西片6个村: what is counted in each is not what was counted."""
    noun = _NOUN.match(text, parts[0].end)
    return (
        noun is not None
        and all(text.startswith(noun[0], part.end) for part in parts)
        and noun[0] not in _CLAUSE.split(text[max(total.start - _NEAR_BY, 0) : total.start])[-1]
        and noun[0] not in _CLAUSE.split(text[total.end : total.end + _NEAR_BY])[0]
    )


def _limit(text: str, total: Quantity, listed: Sequence[Part]) -> bool:
    """控制在138.82公顷以内，其中…: a limit told to the last digit is the sum of its parts, a round one need not be."""
    exact = len(listed) > 2 and total.value / total.step % 10 != 0 and total.value / total.step >= 1000
    return exact and bool(_LIMIT.search(text[max(total.start - 4, 0) : total.end + 2]))


def overlap(labels: Sequence[str]) -> bool:
    """Whether a label tells what things of several kinds can be: 党员, 重点村; not so 重点单位站 beside 社区站."""
    if nested(labels):
        return True
    shared = 0
    while (
        len(labels) > 1 and len({label[-shared - 1 :] for label in labels}) == 1 and shared < len(labels[0])
    ):
        shared += 1
    return any(
        (found := _OVERLAP.search(label)) is not None
        and not (shared and found.end() + _IN_COMPOUND <= len(label) - shared)
        for label in labels
    )


def in_a_clause(text: str, parts: Sequence[Quantity], total: Quantity) -> bool:
    """桥梁148座，其中特大桥6座，利用117座，新建31座: clauses of which the last make the whole between them."""
    values = [part.value for part in parts]
    return any(
        sum(values[at:]) == total.value and re.search("[，；]", text[parts[at - 1].end : parts[at].start])
        for at in range(1, len(values) - 1)
    )


def nested(labels: Sequence[str]) -> bool:
    """开工91个，完工22个: of what has come to one stage some have come to the next."""
    if any(map(_UNDER_WAY.search, labels)):
        return False
    stages = [[stage for stage in _STAGES if stage.search(label)] for label in labels]
    return len(labels) > 1 and len({id(each[0]) for each in stages if each}) > 1


def _of_another(text: str, total: Quantity, parts: Sequence[Quantity], slack: Decimal) -> bool:
    """Whether the parts make another amount told before them, or are too many for their whole and not for that."""
    summed = sum((part.value for part in parts), Decimal(0))
    before = [
        each
        for each in amounts_in(text[: parts[0].start])
        if each.unit == total.unit and each.start != total.start and each.end < parts[0].start
    ]
    if len(parts) > 1 and any(abs(each.value - summed) <= slack for each in before):
        return True
    near = [each.value for each in before if each.end <= total.start][::-1]
    if len(parts) > 1 and summed in accumulate(near[:_PAID], initial=total.value):
        return True  # 付15万元，付9万元；其中奖补支付16万元、村集体支付8万元
    largest = max(part.value for part in parts)
    return largest > total.value + slack and any(
        each.start < total.start and each.value > total.value and each.value >= summed for each in before
    )


def _slipped(listed: Sequence[Part], summed: Decimal, total: Quantity, *, closed: bool) -> bool:
    """Whether a slip of one digit keeps the parts from filling the whole; of fewer digits only where they should."""
    if closed or _REST.match(listed[-1].label):
        return summed >= total.value * _HALF * _HALF and slipped(summed, total.value, least=2)
    if any(part.quantity.value % 10 for part in listed) and slipped(summed, total.value):
        return summed >= total.value * _HALF
    return len(listed) > 2 and summed >= total.value * _HALF and slipped(summed, total.value, least=2)
