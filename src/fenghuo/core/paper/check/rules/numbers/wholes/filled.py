"""A whole and the parts that fill its sentence or the next one, told in one mould: 设在公园的6处，设在商圈的5处.

No word opens such a list (其中, 分别). That its parts are all of the whole is known by their labels, which begin or end
alike or exclude each other, by their being all that is told there, and by a slip that would keep them from filling it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import how_many
from ..faults import total_wrong
from ..text.evidence import evidence, nearness, slack
from ..text.quantities import Quantity, is_apiece
from ..text.reading import OPEN, UNCOUNTED, masked, read
from ..text.running import Running
from ..text.sentences import begin_of, label_of
from . import complements
from .parted import overlap
from .totals import TORN

_STOPS = re.compile(
    r"较(?![大重轻好差](?!幅))|比(?![例重赛])|同比|环比|增[长加幅]|下降|减少|[上去前往][年届次期月轮季]|同期|每|平均|[人户亩日月年]均|"
    r"其中|另|不足|占|[提降升][高到至低]|最[高多大少低]|约(?!谈)|近|合计|共|总|累计|目标|计划|超|各"
)
_MEASURES = UNCOUNTED | {"米", "毫米", "厘米", "小时", "分钟", "天"}
_HAN = re.compile(r"[^\u4e00-\u9fff]")
_BLANK = re.compile(r"[×□○_＿■△#*＊▲●◎]|[某几][\u4e00-\u9fff]")
_MANY = re.compile(
    r"(?P<many>[两二三四五六七八九十]|\d{1,2})(?:个|家|类|项|大|支|所|名|位)?[\u4e00-\u9fff]{0,10}$"
)
_DIGIT = re.compile(r"\d")
_STOPS_WHOLE = re.compile(r"[均各]|较|同比|环比|[上去前往][年届次期月轮季]|同期|每|平均|目标|计划(?!为)|超")
_SENTENCE, _SEGMENT = re.compile(r"[^。\n]+"), re.compile(r"[^；]+")
_SOME = re.compile(r"其中|包[括含]|内[有含]")
_SUM = re.compile(r"[合小总共]计|共|加起来|相加|一[并共]")
_RANK = re.compile(r"(?:国家|[省市县区乡镇村])级")
_LED = re.compile(r"(?:分别|依次)[^，。；、\d]{0,4}$")
_LEAD, _FEWEST, _MOST, _BACK = 20, 2, 10, 12
_SHARE = re.compile(r"[，,（(]占[^，。；\d]{0,8}\d")
_RATE = re.compile(r"[^。；\n]{0,6}[，,（(][^，。；、\d]{0,12}率[^，。；、\d]{0,4}\d")
_MANY_MORE = 40
"""Amounts of a sentence that nobody reads as one list."""
_CLOSED = 2
"""How alike parts are told that leave nothing over."""
_NEAR, _FAR = Decimal("0.3"), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _List:
    """What may be a whole, the parts that fill a stretch, and whether nothing else is told there."""

    wholes: Sequence[Quantity]
    parts: Sequence[Quantity]
    only: bool
    sure: bool = False
    """Whether others told in the same mould add up."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where the parts make any amount told around, or some of them another."""
    text = Running(document)
    said = masked(text.said)
    told = [each for each in read(said) if each.unit and each.unit not in _MEASURES]
    at, before = 0, list[Quantity]()
    for sentence in _SENTENCE.finditer(said):
        first = at
        while at < len(told) and told[at].start < sentence.end():
            at += 1
        own = told[first:at]
        if not _FEWEST <= len(own) <= _MANY_MORE:
            before = own or ([] if _DIGIT.search(sentence[0]) else before)
            continue
        around = told[max(first - 2 * _BACK, 0) : at]
        for found in _lists(said, sentence, own, before):
            whole = _missed(said, found, around)
            if whole is not None and not _torn(said, whole, found.parts):
                yield total_wrong(text.said, 0, whole, found.parts)
        before = own


def _torn(said: str, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    low, high = min(whole.start, parts[0].start), max(whole.end, parts[-1].end)
    return bool(TORN.search(said, low, high) or _BLANK.search(said, low, high))


def _lists(
    said: str, sentence: re.Match[str], own: Sequence[Quantity], before: Sequence[Quantity]
) -> Iterator[_List]:
    segments = [
        [each for each in own if piece.start() <= each.start < piece.end()]
        for piece in _SEGMENT.finditer(said, sentence.start(), sentence.end())
    ]
    heads = [each[0] for each in segments if each]
    if len(heads) > _FEWEST and len({each.unit for each in heads}) == 1:
        # 高中30名；初中42名，城区18名，乡镇24名；小学48名，城区20名，乡镇28名
        yield _List([each for each in before if each.unit == heads[0].unit], heads, only=True)
        yield from _of_one_mould(segments)
    for unit in dict.fromkeys((each.unit, each.han) for each in own):
        alike = _collapsed(said, [each for each in own if (each.unit, each.han) == unit])
        only = len(alike) == len(own) or {each.unit for each in own} == {unit[0]}
        if "；" in said[alike[0].end : alike[-1].start]:
            continue  # of several things
        if len(alike) > _FEWEST:
            yield _List([alike[0]], alike[1:], only)
        yield _List([each for each in before if (each.unit, each.han) == unit], alike, only)


def _of_one_mould(segments: Sequence[Sequence[Quantity]]) -> Iterator[_List]:
    """The one of several segments in which the first is not the sum of the others, as it is elsewhere."""
    full = [each for each in segments if len(each) > _FEWEST and len({one.unit for one in each}) == 1]
    odd = [each for each in full if each[0].value != sum(one.value for one in each[1:])]
    if len(odd) == 1 and len(full) > 1:
        yield _List([odd[0][0]], odd[0][1:], only=True, sure=True)


def _collapsed(said: str, alike: list[Quantity]) -> list[Quantity]:
    """201人、296人、74人，加起来571人，后勤77人: of a sum and its parts only the sum."""
    for end in range(2, len(alike)):
        if not _SUM.search(label_of(said, alike[end].start, _LEAD)):
            continue
        for first in range(end - 1):
            if alike[end].value == sum(each.value for each in alike[first:end]):
                return [*alike[:first], *alike[end:]]
    return alike


def _missed(said: str, found: _List, around: Sequence[Quantity]) -> Quantity | None:
    """The whole that the parts were meant for and miss."""
    parts = found.parts
    if not found.wholes or not _FEWEST <= len(parts) <= _MOST:
        return None
    labels = [label_of(said, each.start, _LEAD).strip("　 有为是") for each in parts]
    led = bool(_LED.search(said, max(parts[0].start - _LEAD, 0), parts[0].start))
    if led:
        labels[0] = ""
    elif not all(len(_HAN.sub("", each)) > 0 for each in labels) or (
        overlap(labels) and _mould(labels) < _CLOSED
    ):
        return None
    if any(_is_none(said, each, label) for each, label in zip(parts, labels, strict=True)):
        return None
    if len(parts) == _FEWEST and not led and _RATE.match(said, parts[-1].end):
        return None  # 审结60件，负责人出庭57件，出庭率95%: one of the other
    ranked = [bool(_RANK.match(each)) for each in labels]
    if any(ranked) and not all(ranked):
        return None  # 省级合作社2家，市级合作社5家，种植合作社12家
    summed = sum((each.value for each in parts), Decimal(0))
    if any(
        each.unit == parts[0].unit and each not in parts and abs(each.value - summed) <= slack(each, parts)
        for each in around
    ) or _make_another(parts):
        return None
    alike = _CLOSED if led and _counted(said, parts) else _mould(labels) + led
    named = _named(said, found) or found.wholes
    meant = [
        (strength, -apart, each.start, each)
        for each in named
        if each.value >= max(part.value for part in parts)
        and not each.about
        and not is_apiece(said, each)
        and not _STOPS_WHOLE.search(label_of(said, each.start, _LEAD))
        and not _SOME.search(said, each.end, parts[0].start)
        and not (named is found.wholes and _SHARE.match(said, each.end))
        and (apart := nearness(each.value, summed)) < (_FAR if found.sure else _NEAR)
        and abs(each.value - summed) > slack(each, parts)
        and (strength := evidence(each, parts)) >= _asked(found, alike, apart, alone=len(named) == 1)
    ]
    return max(meant)[-1] if meant else None


def _named(said: str, found: _List) -> list[Quantity]:
    """住校412人，走读341人, and 住校生中男生209人、女生203人: the one that the list names before its first part."""
    begin = found.parts[0].start
    lead = said[max(begin_of(said, begin), begin - _LEAD) : begin]
    names = {each.start: _HAN.sub("", label_of(said, each.start, _LEAD)) for each in found.wholes}
    return [
        each
        for each in found.wholes
        if any(names[each.start][at : at + 2] in lead for at in range(len(names[each.start]) - 1))
    ]


def _asked(found: _List, alike: int, apart: Decimal, *, alone: bool) -> int:
    """What the figures have to say for a slip, by how alike the parts are told."""
    if found.sure:
        return 1
    if not found.only:
        return 2 if alike >= _CLOSED and alone else 3 if alike else 9
    if alike:
        return 1 if alone and (alike >= _CLOSED or apart < _NEAR / 2) else 2
    return 2


def _is_none(said: str, each: Quantity, label: str) -> bool:
    return each.about or is_apiece(said, each) or bool(_STOPS.search(label) or OPEN.match(said, each.end))


def _make_another(parts: Sequence[Quantity]) -> bool:
    """Whether one of the parts comes of those beside it: 已整改108个，未整改的5个中3个、2个."""
    values = [each.value for each in parts]
    return any(
        values[at] in (sum(values[at + 1 : end]), sum(values[end - at - 1 : at]) if end <= 2 * at + 1 else -1)
        for at in range(len(values))
        for end in range(at + 3, len(values) + 1)
    )


def _counted(said: str, parts: Sequence[Quantity]) -> bool:
    """四个季度依次为248起、261起、279起、255起: as many as is said."""
    many = _MANY.search(said, max(parts[0].start - _LEAD, 0), parts[0].start)
    return bool(many) and how_many(many["many"]) == len(parts)


def _mould(labels: Sequence[str]) -> int:
    """How alike labels are: 2 where they exclude each other or begin and end alike, 1 for either, else 0."""
    if complements.opposed(labels) or (len(labels) > 2 and complements.stepped(labels)):
        return 2
    if not all(labels) or len(set(labels)) < len(labels):
        return 0
    return (len({each[0] for each in labels}) == 1) + (len({each[-1] for each in labels}) == 1)
