"""One thing counted twice, its name before the number here and behind it there: 编织袋49捆, 49捆编织袋."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...rulebook import rules
from .frame import Frame
from .quantities import BOUNDED, Quantity, quantities
from .sentences import sentences
from .slips import slipped

_NAME = re.compile(r"[\u4e00-\u9fff]{2,16}$")
_NAMED = re.compile(r"(?:的)?(?P<name>[\u4e00-\u9fff]{2,12})")
_KNOWN_BY = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)到?的$")
# 被评为优秀的15个单位 are those of 优秀15个.
_GIVEN = re.compile(r"^(?:.*(?:评|定|列|选|判|视|认)(?:选|定|入)?(?:为|成|上)|[对将把向给为])(?=..)")
# 未配齐的3个乡镇 are those of 3个乡镇尚未配齐; 今年发生的2起火情, those of 发生火情2起.
_DONE_TO = re.compile(
    r"(?:今年|去年|上述|以上|对|将|督促|要求|这|其中)*(?P<verb>[\u4e00-\u9fff]{2,8}?)(?P<to>[到至了])?的$"
)
_MARK = re.compile(r"^[\s\d（）().、．①-⑳]+")
_OF_A_TIME = re.compile(r"\d|季度|[春夏秋冬]|[上中下]旬|第|首批|[上下]半年")
_TO = re.compile(
    r"(?:(?:要|须|应)?(?:对|将|把|向|给|为)?(?:全[\u4e00-\u9fff]|辖区内?|上述|以上|这|现有|所有|全部|其)?的?"
    r"|.{0,8}(?:走访|巡查|检查|看护|联系|慰问|发挥好?|管好|用好|核查|排查|复核|走遍))$"
)
"""What may stand before a number whose thing follows it."""
_LED = re.compile(
    r"^(?:.*?(?:共有|现有|目前|已有|全[镇县乡市村]|辖区|村内|此次|本次|共|有|在册|储备|登记|征集到?|收到|发现|报告|完成|设置?|建成))+"
)
"""What leads up to the thing that is counted and is no part of its name."""
_APART = re.compile(
    r"其中|新增|每(?=[户人家村个名台处组座])|平均|去年|上年|同期|较|比(?!例)|增加|减少|再|另|剩余|其余|还有|尚有|今后|下一步|计划|拟|力争|目标|至少|不少于|以上|超过|"
    r"[由从]$|部分|分别"
)
"""What makes a number that of a part, of another time or of a plan."""
_ALL = re.compile(
    r"均|全部|都|逐|各|所有|全体|分[放存布设]|中(?=[，,有仍尚已\d])|得到|统一|已(?!有)|作用|实行|展开|每[一台个处家座名]|[巡走]访|答复|更换|恢复|落实"
)
_EVERY_ONE = re.compile(r"(?:均|全部|都|逐[一个处家户条件])")
"""What follows a thing that is spoken of as a whole."""
_PEOPLE = frozenset("人名位")
_NEAR = Decimal("0.35")
_LEAST = Decimal(12)
"""How far two numbers of one thing may lie apart, as a share and at the least: beyond it they count other things."""
_REACH = 40
"""Counts of one unit before and after each that it is compared with."""
_PARTS = 2
"""Counts beside one that each may be what another was made from."""
_FEW = 20
"""Small numbers of like things stand in every paper."""
_KNOWN = 3
"""Characters of a word that things are known by."""
_LONG = 6
"""Characters that two names share by chance only where they are one."""
_SURE = 4
"""Characters of a name by which a thing is surely known again; of a shorter one the text must speak of all."""


@dataclass(frozen=True, slots=True)
class _Count:
    quantity: Quantity
    start: int
    before: str
    after: str
    clause: str
    sentence: str
    beside: frozenset[Decimal]

    @property
    def end(self) -> int:
        return self.start + self.quantity.end - self.quantity.start

    @property
    def unit(self) -> str:
        return "人" if self.quantity.unit in _PEOPLE else self.quantity.unit


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the thing is told with both numbers elsewhere, or where a part explains the other one."""
    told: set[int] = set()
    by_unit: dict[str, list[_Count]] = {}
    for count in _counts(document, frame):
        by_unit.setdefault(count.unit, []).append(count)
    for alike in by_unit.values():
        for at, first in enumerate(alike):
            # A bounded reach keeps a yearbook of a hundred thousand counts quick.
            near = alike[max(at - _REACH, 0) : at + _REACH]
            for other in near:
                if first.quantity.value == other.quantity.value or not _may_be_one(first, other):
                    continue
                if _of_one(first, other) and _near(first, other) and not _explained(first, other, near):
                    earlier, later = sorted((first, other), key=lambda each: each.start)
                    if later.start not in told:
                        told.add(later.start)
                        yield _fault(document, later, earlier)


def _counts(document: Document, frame: Frame) -> Iterator[_Count]:
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in frame.parts.title:
            continue
        text = sentence.plain
        counted = quantities(text)
        for each in counted:
            if (
                not each.unit
                or each.unit in ("%", "元", "天", "小时", "分钟", "岁")
                or each.about
                or each.han
            ):
                continue
            clause = re.split(r"[，,、：；:（(]", text[: each.start])[-1]
            name = _NAME.search(clause)
            after = _NAMED.match(text[each.end :])
            if _APART.search(clause) or BOUNDED.search(clause) or (name is None and after is None):
                continue
            yield _Count(
                each,
                sentence.start + each.start,
                name[0] if name else "",
                after["name"] if after else "",
                clause,
                text,
                frozenset(q.value for q in counted if q is not each and q.unit == each.unit),
            )


def _may_be_one(first: _Count, other: _Count) -> bool:
    """A quick look, since nearly all pairs have nothing in common."""
    if not other.after or first.sentence == other.sentence:
        return False
    return other.after[:2] in first.before or other.before.endswith("的") or _common(first.after, other.after)


def _of_one(first: _Count, other: _Count) -> bool:
    """Whether the thing named before one number is that named behind the other, or both are known by one word."""
    known = _KNOWN_BY.search(other.before)
    name = _GIVEN.sub("", known["name"]) if known else ""
    if len(name) >= 2 and (first.before.endswith(name) or first.before.endswith(name + other.after[:2])):
        return first.start < other.start and bool(_ALL.search(other.sentence) or other.after)
    if first.start < other.start and _done_to(first, other):
        return True
    if len(first.before) >= _SURE and other.before in (first.before + "的", "对" + first.before + "的"):
        return True
    reached = first.before and other.after and (_TO.fullmatch(other.before) or not other.before)
    if reached and _named_behind(first, other):
        return True
    return first.start < other.start and _alike(first, other)


def _named_behind(first: _Count, other: _Count) -> bool:
    """What stands before the first number stands behind the other: 编织袋49捆, 45捆编织袋."""
    slip = _mistyped(first, other)
    named = first.before.replace("的", "")
    short = _LED.sub("", named)
    tails = [short[-size:] for size in ((6, 5, 4, 3, 2) if slip else (6, 5, 4))]
    name = next(
        (each for each in (named, short, *tails) if len(each) > 1 and other.after.startswith(each)), ""
    )
    if not name:
        return any(
            other.after.startswith(short[-size:]) and _EVERY_ONE.match(other.after[size:])
            for size in (4, 3, 2)
            if len(short) >= size
        )
    whole = name in (named, short)
    return len(name) >= _SURE or slip or (whole and bool(_ALL.search(other.sentence)))


def _mistyped(first: _Count, other: _Count) -> bool:
    a, b = first.quantity.value, other.quantity.value
    return min(a, b) > 9 and slipped(a, b, least=2)


def _done_to(first: _Count, other: _Count) -> bool:
    """What the later count is known by was said of the earlier one, and the same thing is counted."""
    done = _DONE_TO.search(other.before)
    if not done or _OF_A_TIME.search(other.clause):
        return False
    verb, thing = re.split("[将对把向给]", done["verb"])[-1], other.after[:2]
    if len(verb) < 2:
        return False
    if verb in first.after:
        return len(verb) >= _KNOWN
    stem = verb[-2:]
    led = first.before.endswith((stem, stem + "到", stem + "至"))
    led = led or (stem in first.before and first.before.endswith(thing))
    return led and (first.before.endswith(thing) or first.after.startswith(thing))


def _alike(first: _Count, other: _Count) -> bool:
    """One long name behind both numbers, and nothing before them that tells two things apart."""
    if not (first.after and other.after and _common(first.after, other.after)):
        return False
    lead, before = (_MARK.sub("", each.clause) for each in (other, first))
    # What opens two sentences alike tells of two places.
    alike = lead == before and lead[:1] in "全我本该"
    if not before or (lead and not (_TO.fullmatch(lead) or alike)):
        return False
    mistyped = _mistyped(first, other)
    if mistyped or _longest(first.after, other.after) >= _LONG:
        return True
    few = not other.before and min(first.quantity.value, other.quantity.value) <= _FEW
    return bool(_ALL.search(other.sentence)) and not few


def _longest(one: str, two: str) -> int:
    """The length of the longest stretch that both hold."""
    return max(
        (
            size
            for at in range(len(one))
            for size in range(1, len(one) - at + 1)
            if one[at : at + size] in two
        ),
        default=0,
    )


def _common(one: str, two: str) -> bool:
    return any(one[at : at + _SURE] in two for at in range(len(one) - _SURE + 1))


def _near(one: _Count, two: _Count) -> bool:
    a, b = one.quantity.value, two.quantity.value
    if abs(a - b) <= max(a * _NEAR, _LEAST) or slipped(a, b):
        return True
    return two.after.endswith("中") and _mistyped(one, two)


def _explained(first: _Count, other: _Count, seen: Sequence[_Count]) -> bool:
    a, b = first.quantity.value, other.quantity.value
    if a in other.beside or b in first.beside:
        return True
    # One part told beside a whole explains another count; one of many parts does so by chance.
    if any(abs(a - b) in each.beside and len(each.beside) <= _PARTS for each in (first, other)):
        return True
    later = max(first, other, key=lambda each: each.start)
    # A number told before is that of what it was told of; one told twice with either number is two things.
    return any(
        each.quantity.value == later.quantity.value
        and (
            (each.start < later.start and (later.quantity.value > _FEW or _shares(each, later)))
            or each.before[-3:] == first.before[-3:] != ""
            or each.after[:3] == first.after[:3] != ""
        )
        for each in seen
        if each is not first and each is not other
    )


def _shares(one: _Count, two: _Count) -> bool:
    """Whether any two characters of what is counted here are said of the other count as well."""
    thing, said = two.after[:6], one.before + one.after
    return any(thing[at : at + 2] in said for at in range(len(thing) - 1))


def _fault(document: Document, later: _Count, first: _Count) -> Finding:
    words = document.text[later.start : later.end]
    told = document.text[first.start : first.end]
    return rules()["counts-differ"].finding(
        later.start,
        later.end,
        elsewhere=(Elsewhere(Span(first.start, first.end), told),),
        found=words,
        other=told,
        thing=(later.before[-8:] + words + later.after[:8]).strip("，。 "),
    )
