"""A whole and what became of it, told without 其中: 发现问题39个，现场整改31个，限期整改8个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import part_exceeds, total_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import passages
from ..text.slips import mended
from . import complements

# What a thing can have come to: no two kinds are ever true of one thing.
_KINDS = {
    "first": r"^(?:今年|本年|明年)?上半年",
    "second": r"^(?:今年|本年|明年)?下半年",
    "left": r"未(?!发生|成年)|尚|没有|不予|剩余|其余|余下|仍|不合格|不达标|离线|停用|损坏|故障",
    "handed": r"移交|移送|转交|转办|交办|上报|提请|报请|退回|撤销|驳回",
    "doing": r"正在|补正|在办|在建|在修|限期|(?:办理|整改|处理|施工|审理|推进|进行)中|待(?!遇)|拟|申请|贮存|暂存|滚动",
    "done": r"已|完成|办结|结案|修复|销号|拆除|解决|化解|处置|整改|确认|核准|批准|"
    r"立行立改|当场|现场|立即|建成|竣工|完工|开通|合格|"
    r"达标|在线|完好|利用|收回|到位|兑现|调解|调处|成功|治愈|出院|加固|维修|改造|关停|取缔",
}
_SOONER = re.compile(r"当场|现场|立即|立行|即时|即知即改|限期")
_LABEL = re.compile(r"[，、]\s*(?:和|及|其余|其中)?(?P<label>[^，。；、：\d（）()]{1,14}?)(?:的|有|了)?\s*$")
_BETWEEN = re.compile(r"[，、]\s*(?P<label>[^，。；、：\d（）()]{0,14})")
_OF_THEM = re.compile(r"[\u4e00-\u9fff]{2,14}?(?P<label>(?:已|正在|尚未)[^，。；、：\d（）()]{0,8})")
"""14座水库已完工9座，在建3座."""
_AFTER = re.compile(r"(?P<label>[^，。；、：\d（）()]{1,12})")
# What is told of the time before or of a change is no part of the whole.
_APART = re.compile(
    r"其中|较|比(?!例)|同比|环比|增|减|降|另|每|人均|累计|新增|上年|去年|约|近|超|占|共|应|需要|计划|目标|力争|要求|[达增扩]到"
)
_WHOLE_APART = re.compile(
    r"(?:较|比|同比|环比|另|每|平均|占|新增|上年|去年|增加|减少|下降|增长)[^，。；、]{0,10}$"
)
_BRACKETED = re.compile(r"[（(][^（）()。\n]{0,60}[)）]|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)")
"""Remarks and days, which are read over."""
_ALL = re.compile(r"全覆盖|全部|均|都|全面|分[两二]")
_LEFT = re.compile(r"(?:还|尚|仍)有")
_IN_A_LIST = re.compile(r"、[^，。；、：\d]{1,10}")
_OPEN = re.compile(r"\s*(?:等(?!级)|左右|以上|、|和|及)")
_LEAST = Decimal("0.75")
_HALF = Decimal("0.5")
_MOST = Decimal(2)
_SPAN = 6
"""Amounts after a whole that are looked at."""


@dataclass(frozen=True, slots=True)
class _Stated:
    label: str
    kind: str
    amount: Quantity


def check(document: Document) -> Iterator[Finding]:
    """Silent where what follows does not surely tell states that shut each other out."""
    for start, passage in passages(document):
        said = _BRACKETED.sub(lambda match: "　" * len(match[0]), folded(passage))
        counted = amounts_in(said)
        skip = -1
        for at, whole in enumerate(counted):
            if at <= skip or whole.about or whole.han or not whole.value:
                continue
            told = _states(said, counted, at)
            if len(told) < 2 or (at and _IN_A_LIST.fullmatch(said, counted[at - 1].end, whole.start)):
                continue  # 优秀12家、良好33家、合格26家、不合格9家: one of them
            skip = at + len(told)
            if _WHOLE_APART.search(said[max(whole.start - 30, 0) : whole.start]):
                continue
            fault = _judged(said, start, counted[:at], whole, told)
            if fault is not None:
                yield fault


def _states(said: str, counted: Sequence[Quantity], at: int) -> list[_Stated]:
    """The amounts that follow a whole clause by clause, each told by a state: label first, or 3栋正在施工."""
    whole = counted[at]
    end, told = whole.end, list[_Stated]()
    for each in counted[at + 1 : at + 1 + _SPAN]:
        lead = said[end : each.start]
        if not told and _LEFT.fullmatch(lead):
            lead = "，" + lead  # 资金60万元尚有20万元未到位，已到位40万元
        clause = _BETWEEN.fullmatch(lead) if not told else _LABEL.search(lead) or _BETWEEN.fullmatch(lead)
        if not told and clause is None:
            # 检查发现问题66个，均已交办，当场整改…: one clause without figures may stand between
            clause = _LABEL.search(lead) if re.fullmatch(r"[^。；：\d（）()]{0,30}", lead) else None
        if not told and clause is None:
            clause = _OF_THEM.fullmatch(lead)
        if told and each.unit != whole.unit and re.fullmatch(r"[，、][^，。；、：\d]{1,8}", lead):
            end = each.end  # 结案22件，罚没款87.2万元，2件正在办理: what was paid stands between
            continue
        if clause is None or each.unit != whole.unit or each.about or "其中" in lead:
            break
        if told and re.search(r"[。；：\d（）()]", lead):
            break
        label = clause["label"]
        if not _kind(label):
            behind = _AFTER.match(said[each.end : each.end + 90].lstrip("　"))
            label = label + (behind["label"] if behind else "")
        kind = _kind(label)
        if not kind or _APART.search(label) or any(label == one.label for one in told):
            break
        told.append(_Stated(label, kind, each))
        end = each.end
    return [] if told and _OPEN.match(said, told[-1].amount.end) else told


def _kind(label: str) -> str:
    return next((kind for kind, form in _KINDS.items() if re.search(form, label)), "")


def _judged(
    said: str, start: int, before: Sequence[Quantity], whole: Quantity, told: Sequence[_Stated]
) -> Finding | None:
    kinds = [each.kind for each in told]
    parts = [each.amount for each in told]
    stepped = len(told) > 2 and complements.stepped([each.label for each in told])
    exclusive = stepped or len(set(kinds)) == len(kinds) or all(_SOONER.search(each.label) for each in told)
    summed = sum((each.value for each in parts), Decimal(0))
    if not exclusive or summed == whole.value:
        return None
    if any(each.unit == whole.unit and each.value in (summed, summed + whole.value) for each in before):
        return None
    largest = max(parts, key=lambda each: each.value)
    if largest.value > whole.value:
        meant = summed < whole.value * _MOST or mended(whole, parts)
        return part_exceeds(said, start, whole, largest, parts) if meant else None
    halves = {"first", "second"} <= set(kinds) and _ALL.search(said[whole.end : parts[0].start])
    closed = halves or stepped or ("done" in kinds and {"doing", "left", "handed"} & set(kinds))
    if summed > whole.value:
        return total_wrong(said, start, whole, parts) if closed else None
    near = summed >= whole.value * _LEAST or mended(whole, parts)
    rest = (kinds[-1] in ("left", "doing", "second") or stepped) and near and summed >= whole.value * _HALF
    return total_wrong(said, start, whole, parts) if closed and rest else None
