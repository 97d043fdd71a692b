"""Sums that say how many they sum, and wholes whose parts are counted in words of their own.

两年累计查处45起; 三个行业合计4715个; 刊播稿件41篇，其中新闻12条、推文20篇、广播稿9篇.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in, is_apiece, quantities
from ..text.sentences import passages
from ..text.slips import mended, slipped

_COUNTED = re.compile(
    r"(?:(?<=[，。；\s：])|^)(?:以上|上述|这)?(?P<many>[两二三四五六]|[2-6])(?!季度|月)(?:个|大)?(?P<what>[^，。；、：\d两二三四五六]{1,4}?)"
    r"(?:累计|合计|共计|总计|相加|之和|加起来)[^，。；、：\d]{0,8}(?:\d+[\u4e00-\u9fff]{1,2}，[^，。；、：\d]{1,6})?$"
)
_TWO = re.compile(
    r"(?:(?<=[，。；\s])|^)(?:两|二|2)(?:项|笔|者|部分|块)(?:合计|共计|总计|相加)[^，。；、：\d]{0,6}$"
)
_CHANGE = re.compile(r"(?:较|比|同比|环比|每|平均|均|增加|减少|增长|下降)[^，。；、]{0,8}$")
_NEAR = Decimal("0.6"), Decimal("1.6")
_MANY = 14
"""Amounts of one unit of which a sum may be made up: more would make one by chance."""
# Pieces that are counted each in its own word and are summed up in any of them.
_MEASURES = (
    frozenset("篇条期则份件幅部个"),
    frozenset("场次期批个班节堂"),
    frozenset("辆台艘架部套"),
    frozenset("座处栋间所个家口"),
    frozenset("支个队家"),
    frozenset("个家所户"),
    frozenset("人名位"),
)
_NEXT = re.compile(r"[^。；、\d]{0,12}")
_SOME = re.compile(r"其中[，：]?(?:包括|含|有)?")
_ITEM = re.compile(r"(?:^|[、，]\s*(?:和|及)?)(?P<label>[^，。；、：\d（）()]{2,12})")
_OVERLAP = re.compile(r"重点|新增|优秀|主要|原创|获|省级|市级|国家|党员|女|困难|以上")
# 总分1000分，其中环境120分、…: marks, which are no unit elsewhere, since 分 is a minute too.
_MARKS = re.compile(
    r"(?:总分|满分|分值|共|合计|总计)[^，。；、：\d]{0,4}(?P<whole>\d+)分(?:制)?[，：（](?:其中[，：]?)?(?P<parts>[^，。；：\d]{2,14}\d+分(?:[、，；][^，。；：\d]{2,14}\d+分)+)(?![、，；]?等)"
)
_MARKS_FIRST = re.compile(
    r"(?P<parts>[^，。；：\d、]{1,12}\d+分(?:[、，；][^，。；：\d、]{1,12}\d+分)+)[，；](?:满分|总分|合计|共计?)(?P<whole>\d+)分"
)
_MARK = re.compile(r"(?P<number>\d+)分")
_OPEN = re.compile(r"\s*(?:等(?!级)|左右|、|和|及|余)")
_LEAST, _MOST = Decimal("0.85"), Decimal("1.25")


def check(document: Document) -> Iterator[Finding]:
    """Silent where any of the amounts before make the sum."""
    told: list[Decimal] | None = None
    for start, passage in passages(document):
        said = folded(passage)
        if "总分" in said or "满分" in said or "分值" in said:
            yield from _marks(said, start)
        if "其中" in said:
            yield from _mixed(said, start)
        if not re.search(r"[累合共总]计|相加|之和|加起来", said):
            continue
        counted = amounts_in(said)
        for at, total in enumerate(counted):
            match = _COUNTED.search(said[max(total.start - 24, 0) : total.start])
            if match is None or total.about or "个月" in match[0]:
                continue  # 主要集中在1月、2月和10月，三个月合计17起
            lead = max(total.start - 24, 0) + match.start()
            alike = [
                each
                for each in counted[:at]
                if each.unit == total.unit
                and not each.about
                and each.end <= lead
                and not is_apiece(said, each)
                and not _CHANGE.search(said[max(each.start - 12, 0) : each.start])
                and not is_apiece(said, each)
            ]
            many = (
                int(match["many"])
                if match["many"].isdecimal()
                else from_han(match["many"].replace("两", "二")) or 0
            )
            if many <= len(alike) <= _MANY:
                yield from _last(said, start, total, alike, many)
            elif len(alike) == 1 and _TWO.search(said[max(total.start - 24, 0) : total.start]):
                if told is None:
                    told = _amounts(document)
                yield from _other(said, start, total, alike[0], told)


def _last(said: str, start: int, total: Quantity, alike: Sequence[Quantity], many: int) -> Iterator[Finding]:
    values = [each.value for each in alike]
    coarse = max(each.step for each in (*alike, total))
    slack = coarse * many if coarse < 1 or (coarse > 1 and total.unit != "元") else Decimal(0)
    if any(abs(sum(each, Decimal(0)) - total.value) <= slack for each in combinations(values, many)):
        return
    parts = list(alike[-many:])
    summed = sum((each.value for each in parts), Decimal(0))
    near = total.value * _NEAR[0] <= summed <= total.value * _NEAR[1] or mended(total, parts)
    if total.value in values or not near:
        return
    yield total_wrong(said, start, total, parts)


def _marks(said: str, start: int) -> Iterator[Finding]:
    for match in (*_MARKS.finditer(said), *_MARKS_FIRST.finditer(said)):
        at = match.start("parts")
        whole = _of_marks(match["whole"], match.start("whole"))
        parts = [_of_marks(each["number"], at + each.start()) for each in _MARK.finditer(match["parts"])]
        summed = sum((each.value for each in parts), Decimal(0))
        if re.search(r"\d分以[上下]|[合总小共]计|[实得]得", match["parts"]):
            continue  # 总分100分，合计得91分，等级为“优”（90分以上）
        if re.search(r"每|加分|附加|最[高多低]", match[0]) or summed == whole.value:
            continue
        if len(parts) > 1 and (summed > whole.value or summed >= whole.value * _LEAST):
            yield total_wrong(said, start, whole, parts)


def _of_marks(number: str, at: int) -> Quantity:
    end = at + len(number)
    return Quantity(at, end + 1, end, Decimal(number), Decimal(1), "分", False)


def _amounts(document: Document) -> list[Decimal]:
    found = []
    for _, passage in passages(document, cells=True):
        found += [each.value for each in quantities(folded(passage)) if each.unit == "元"]
    return found


def _other(
    said: str, start: int, total: Quantity, one: Quantity, told: Sequence[Decimal]
) -> Iterator[Finding]:
    """除改厕补助外，另安排97万元，两项合计160万元: the other one stands elsewhere in the paper."""
    if total.unit != "元" or any(each == total.value - one.value for each in told):
        return
    if any(slipped(each + one.value, total.value, least=2) for each in told if each != one.value):
        yield total_wrong(said, start, total, [one])


def _mixed(said: str, start: int) -> Iterator[Finding]:
    """Parts of which at least one is counted in the whole's word and one in another of its kind."""
    everything = quantities(said)
    for lead in _SOME.finditer(said):
        first = bisect_left(everything, lead.start(), key=lambda each: each.start)
        counted = [each for each in everything[max(first - _MANY, 0) : first] if each.unit not in ("", "%")]
        whole = counted[-1] if counted else None
        if not whole or whole.about or not _NEXT.fullmatch(said[whole.end : lead.start()]):
            continue
        kinds = [kind for kind in _MEASURES if whole.unit in kind]
        parts: list[Quantity] = []
        at = lead.end()
        for each in everything[first : first + _MANY]:
            label = _ITEM.fullmatch(said[at : each.start])
            if parts and said[at] not in "、，和及":
                break  # 下游3个乡镇共100件: who has them is no part
            if not each.unit or label is None or not any(each.unit in kind for kind in kinds):
                break
            if each.about or _OVERLAP.search(label["label"]) or _CHANGE.search(label["label"]):
                return
            if parts and said[at] in "，," and "、" in said[parts[0].end : at]:
                break
            parts.append(each)
            at = each.end
        units = {each.unit for each in parts}
        if len(parts) < 3 or len(units) < 2 or whole.unit not in units or _OPEN.match(said, at):
            continue
        if not any(units | {whole.unit} <= kind for kind in kinds):
            continue
        summed = sum((each.value for each in parts), Decimal(0))
        near = summed != whole.value and whole.value * _LEAST <= summed <= whole.value * _MOST
        if near and not any(each.value == summed for each in counted):
            yield total_wrong(said, start, whole, parts)
