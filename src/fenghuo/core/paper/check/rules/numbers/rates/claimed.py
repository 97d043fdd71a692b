"""A rate that stands alone behind two amounts of one unit: 计划布设600套，只挂出240套，刚到四成; 多出两成; 是当初的8倍.

Whatever the amounts are called, two of its paragraph have to make the rate; where none do, and those that stand
nearest are what was meant and what was reached, last year's and this year's, or then and now, it is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import rate_wrong
from ..text.magnitudes import Magnitude, figures, magnitudes, roughly
from ..text.quantities import Quantity, is_apiece
from ..text.sentences import begin_of, passages
from .fractions import NO_PART, OWN_SHARE

_REACHED = re.compile(
    r"[，,；：（(]?(?:目前|现在|眼下|至今|迄今|如今|合|折合)?(?:刚刚?|才|仅|只|就|已经?|恰好?|正好|刚好|也|约|大约|整整|均|将|还|实际|相当于|等于|兑现)*(?:[到达过有占是为即合]|达到|完成|兑现|实现|完成了|相当于)*"
    r"(?:(?:序时|完成|总体|整体|任务|目标|计划|形象|工程|投资|收缴|归集|执行|年度|全年|累计)*(?:进度|任务|计划|目标|[一-鿿]{1,3}[率度]|比例|比重)(?:的|为|是|达到?|已达|已|约|刚[过到])?)?"
)
"""What says that so much of it was reached, and nothing else."""
_CHANGED = re.compile(
    r"[，,（(]?(?:[一-鿿]{0,4}?)(?:增幅|升幅|降幅|涨幅|跌幅|幅度|增速|降速|增长|增加|上升|提升|提高|多出|多了|涨了|升了|下降|减少|降低|降了|少了|回落|缩短|缩减|压缩|压减|扩面|扩大|扩容|改善|攀升|下滑|猛增|骤降|净增|多用|少用|多收|少收|节约|节省)(?:了|达到?|为|约|近|出|幅度|率)*"
)
"""What says that so much was added or taken away."""
_FALLS = re.compile(r"降|减|少|跌|落|缩|压|滑|节|省")
_TIMES_OF = re.compile(
    r"[，,]?(?:已|约|正好|恰好?|相当于|足足)*(?:[是为达]|达到|相当于)(?:了)?[^，。；\d]{1,8}的(?:约|近)?"
)
_THEN = re.compile(
    r"去年|上年|上一年|前一年|前年|同期|往年|上[一季月]|常年|当初|当时|当年|开[馆业办园]|初期|原来|原有|起初|最初|(?:19|20)\d{2}年"
)
_AT_FIRST = re.compile(r"[一-鿿]{2}(?:时|初|之初|前)的(?:约|近)?$")
_MEANT = re.compile(
    r"目标|计划|任务|预[期定算]|应(?!急)|全年|盘子|指标|总|拟|需|该|额度|名额|全部|共|设计|核定|规划|限额|满"
)
_ENDS = re.compile(r"(?:[，。；！、）)]|$|来|的?水平|的?进度|的?目标)")
_NAMED_WHOLE = re.compile(
    r"[^，。；\d]{0,10}[，,](?:[恰刚正]好?|大?约|仅|只|就|也)*(?:占|是|为|相当于|等于)(?P<of>[一-鿿]{2,12})的"
)
_OTHER = re.compile(r"同类|行业|全[国省市县区州]|平均|每|其余|其他|各|别|另|有的|样本|目标是")
_COMPARED = re.compile(r"比|较")
"""比上年增长: the rate has its own base, which need not be the amount before."""
_NEAR, _AROUND = 44, 10
"""Characters before a rate in which its amounts stand, and amounts of the unit on either side that may make it."""
_BEHIND = re.compile(r"[，,（(][^，。；、\d]{2,10}")
_HUNDRED = Decimal(100)
_ROUGH, _LOOSE = Decimal("0.6"), Decimal(4)
_TOGETHER, _BESIDE = 4, 14
_LEFT = re.compile(r"未|不(?!低|高|少)|缺|差|脱|剩|余|欠|尚")


def check(document: Document) -> tuple[list[Finding], list[Finding]]:
    """Those whose two amounts stand on either side of the rate, which no others can make right, and the others."""
    sure: list[Finding] = []
    likely: list[Finding] = []
    for found in _found(document):
        around = [each.span.start for each in found.elsewhere]
        (sure if min(around) < found.span.start < max(around) else likely).append(found)
    return sure, likely


def _found(document: Document) -> Iterator[Finding]:
    for start, passage in passages(document):
        said = folded(passage)
        told = magnitudes(said)
        if not told:
            continue
        counted = [each for each in figures(said) if each.unit not in NO_PART and not each.han]
        for each in told:
            found = _claim(said, counted, each)
            if found:
                part, whole, right = found
                asked = f"{right / _HUNDRED:.1f}倍" if each.times else f"{right:.1f}%"
                yield rate_wrong(said, start, each, part, whole, asked)


def _claim(
    said: str, counted: Sequence[Quantity], told: Magnitude
) -> tuple[Quantity, Quantity, Decimal] | None:
    at = bisect_left(counted, told.start, key=lambda one: one.end)
    if not at or told.doubled or not _ENDS.match(said, told.end):
        return None
    last = counted[at - 1]
    link = said[last.end : told.start]
    if (
        len(link) > _NEAR
        or "。" in link
        or "；" in link
        or re.search(r"\d", link)
        or last.about
        or is_apiece(said, last)
    ):
        return None
    alike = [each for each in counted[max(at - 1 - _AROUND, 0) : at + _AROUND] if each.unit == last.unit]
    clause = re.split(r"(?=[，,（(])", link)[-1]
    if told.times:
        return _times(said, alike, last, link, told)
    if told.value > _HUNDRED:
        return None
    if _CHANGED.fullmatch(clause) and not _OTHER.search(link) and not _COMPARED.search(link):
        return _change(said, alike, last, clause, told)
    named = _NAMED_WHOLE.fullmatch(link)
    if named and not _OTHER.search(named["of"]) and not re.search("[与和及对]", named["of"]):
        return _of_named(said, alike, last, named["of"], told)
    if _REACHED.fullmatch(clause) and not _OTHER.search(link):
        behind = counted[at] if at < len(counted) else None
        return _share(said, alike, last, behind, link, told)
    return None


def _label(said: str, each: Quantity) -> str:
    return re.split(r"[，。；：、（(]", said[max(each.start - 16, 0) : each.start])[-1]


def _share(
    said: str,
    alike: Sequence[Quantity],
    last: Quantity,
    behind: Quantity | None,
    link: str,
    told: Magnitude,
) -> tuple[Quantity, Quantity, Decimal] | None:
    low = begin_of(said, last.start, "。；\n")
    other = next(
        (each for each in reversed(alike) if low <= each.start < last.start and each.end < last.start), None
    )
    if (
        behind is not None
        and behind.unit == last.unit
        and behind.value >= last.value
        and not OWN_SHARE.match(said, behind.end)
        and _BEHIND.fullmatch(said[told.end : behind.start])
        and _MEANT.search(said[told.end : behind.start])
    ):
        other = behind
    if other is None:
        # 今年计划3.5万人次。到三季末实际2.8万人次，兑现计划的五分之三
        other = next(
            (
                each
                for each in reversed(alike)
                if each.start < last.start and _MEANT.search(_label(said, each))
            ),
            None,
        )
        if other is None or ("计划" not in link and "任务" not in link and "目标" not in link):
            return None
    if other.about or is_apiece(said, other) or other.value == last.value:
        return None
    between = said[min(other.end, last.end) : max(other.start, last.start)]
    part, whole = sorted((last, other), key=lambda each: each.value)
    meant = bool(_MEANT.search(_label(said, whole)))
    # 三年任务96个，前两年改完64个: one of the two is what was meant.
    if not meant or "、" in between or _THEN.search(_label(said, last)) or _THEN.search(_label(said, other)):
        return None
    if _made(said, alike, told, part):
        return None
    return part, whole, part.value / whole.value * _HUNDRED


def _of_named(
    said: str, alike: Sequence[Quantity], last: Quantity, name: str, told: Magnitude
) -> tuple[Quantity, Quantity, Decimal] | None:
    if _THEN.search(_label(said, last)):
        return None  # 支出11.73亿元（上年11.28亿元），占一般公共预算支出的20.8%
    pairs = {name[at : at + 2] for at in range(len(name) - 1)} - {"总数", "总量", "总额", "全部"}
    wholes = [
        each
        for each in alike
        if each is not last
        and each.start < last.start
        and each.value > last.value
        and any(pair in said[max(each.start - 16, 0) : each.end + 8] for pair in pairs)
    ]
    # An amount that is not called so makes it only where it makes it exactly.
    if not wholes or any(
        abs(last.value / each.value * _HUNDRED - told.value) < (_LOOSE if each in wholes else 1)
        for each in alike
        if each.value
    ):
        return None
    return last, wholes[-1], last.value / wholes[-1].value * _HUNDRED


def _change(
    said: str, alike: Sequence[Quantity], last: Quantity, clause: str, told: Magnitude
) -> tuple[Quantity, Quantity, Decimal] | None:
    """Growth between two amounts, one of them of another time."""
    low = begin_of(said, last.start, "。；\n")
    before = [each for each in alike if each.start < last.start]
    near = [each for each in before if each.start >= low]
    if not near and len(before) != 1:
        return None
    other = (near or before)[-1]
    if other.about or is_apiece(said, other) or not other.value or other.value == last.value:
        return None
    here, there = _label(said, last), _label(said, other)
    then = [
        each
        for each, label in ((last, here), (other, there))
        if _THEN.search(label) or (label.endswith("的") and "较" in label)
    ]
    if len(then) != 1:
        return None
    base = then[0]
    now = other if base is last else last
    falls = bool(_FALLS.search(clause)) or ((now.value < base.value and "幅度" in clause) or "改善" in clause)
    right = abs(now.value - base.value) / base.value * _HUNDRED
    if (now.value < base.value) != falls or right > _HUNDRED:
        return None
    if any(
        two.value
        and told.holds(abs(one.value - two.value) / two.value * _HUNDRED, roughly(_HUNDRED, one, two))
        for one in alike
        for two in alike
        if one is not two
    ):
        return None
    return now, base, right


def _times(
    said: str, alike: Sequence[Quantity], last: Quantity, link: str, told: Magnitude
) -> tuple[Quantity, Quantity, Decimal] | None:
    """现在职工96人，是当初的8倍: against the one other amount, of another time."""
    match = _TIMES_OF.fullmatch(re.sub(r"^[一-鿿]{0,6}(?=[，,])", "", link))
    if not match or not (_THEN.search(link) or _AT_FIRST.search(link)):
        return None
    others = [each for each in alike if each is not last and each.start < last.start and each.value]
    if not others or last.about:
        return None
    if (
        any(told.holds(last.value / each.value * _HUNDRED) for each in others)
        or len({each.value for each in others}) != 1
    ):
        return None
    other = others[-1]
    return last, other, last.value / other.value * _HUNDRED


def _made(said: str, alike: Sequence[Quantity], told: Magnitude, part: Quantity) -> bool:
    """Whether the part makes the share of any amount, two of its sentence do, or what it leaves where that is told."""
    low = begin_of(said, part.start, "。；\n")
    near = [each.value for each in alike if low <= each.start < told.end + _BESIDE and each.value]
    wholes = {
        *(each.value for each in alike if each.value),
        *islice(accumulate(reversed(near)), 1, _TOGETHER),
    }
    left = bool(_LEFT.search(said[max(part.start - 14, low) : told.start]))
    shares = [one / two * _HUNDRED for one in near for two in near if one < two]
    shares += [part.value / each * _HUNDRED for each in wholes if each >= part.value]
    return any(
        told.nearly(each, _ROUGH) or (left and told.nearly(_HUNDRED - each, _ROUGH)) for each in shares
    )
