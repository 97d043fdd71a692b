"""Two numbers of one unit, weighed by what stands around them: do they count one thing?

No word decides here. Whether both stand beside one name, whether the later one is spoken of as known, whether either
number is told again, how near the two lie and how many numbers of the unit the paper has: each counts for some points.
The points were found in papers with known faults and in papers without any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

from ....document import Document
from ....finding import Finding
from ....words import words
from ..text.counted import OF_ALL, Count, counts_by_unit
from ..text.frame import Frame
from ..text.quantities import plain
from ..text.runs import lengths_above
from ..text.slips import exchanged, slipped
from .retold import differs, explained, of_another_year

_ALL = re.compile(
    r"[^，。；、：\d]{0,12}?(?:均|全部|都(?!市)|逐|一律|统一|分别|率|各|共$|中(?:$|[仍有已尚只仅])|(?:[已须要]|应(?![急对用])))"
)
"""What is said of all that was counted."""
_SAID = re.compile(r"的|均|全部|都|逐|一律|统一|分别|各|共|中$|已|须|要|应(?![急对用])|将|[^\u4e00-\u9fff]")
_THESE = re.compile(r"(?:上述|前述|以上|这|该|全部|所有|全体)的?$")
_DONE_WITH = re.compile(r"[对将把为向给与由]\D{0,12}$|(?:督促|要求|责令|组织|指导|确保)\D{0,6}$")
_LEFT = re.compile(r"剩余|其余|余下|剩下|尚|仍|还有|未")
_APART = re.compile(
    r"新增|每|平均|去年|上年|同期|较|比(?!例)|增加|减少|再|另|邻|争取|新建|计划|拟|目标|至少|不少于|超过|部分|达到|累计|人均|户均|任务"
)
_NEW = re.compile(r"新[增建]|仅")
_OTHER_TIME = re.compile(r"去年|上年|同期|往年|明年|来年|其中|新建")
_HOPED = re.compile(r"力争|突破|实现(?:利润|产值|收入|税收|销售)")
_SOME = re.compile(r"抽[查检取样]|走访|随机|问卷")
_DID = re.compile(r"(?:完成|建成|实施|整改|办结|治理|修复|改造|解决|消除|化解|销号)$")
_DUE = re.compile(r"前\D{0,4}(?:完成|建成|建好|新建|实施|培训|举办)$")
_PERIOD = re.compile(r"的?(?:季度|月度|年度|半年|当月|当季|本月|本季|全年)[^，。；\d]{0,4}(?:任务|目标|计划)")
_LABEL = re.compile(r"([\u4e00-\u9fff]{2,10})[：:]$")
_CLOSED = "）)　 "
_LEAD, _NEAREST = 14, 6
"""Characters read before a number, and those right before it."""
_NAME, _LEAST_NAME, _SURE = 4, 3, 3
"""Characters of a name that is compared, and digits that tell enough where two of them are exchanged."""
_FAR = 12
"""Paragraphs beyond which it is all one how far two numbers stand apart."""
_REACH = 40
"""Numbers of one unit before each that it is compared with."""
_SHARE, _LEAST = Decimal("0.4"), 2
"""How far two numbers lie apart at the most."""
_ENOUGH = 1.8
"""What the points come to where both are likely of one thing."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A count with what stands right before it, as far as another number; `alone` if its number is told only once."""

    count: Count
    lead: str
    left: bool
    alone: bool
    known: float
    value: Decimal
    digits: str


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Of the numbers before each the one that is most likely of the same thing."""
    listed = lengths_above(document)
    for alike in counts_by_unit(document, frame, measures=True).values():
        told = _read(alike)
        many = len({each.count.sentence.start for each in told})
        for at, later in enumerate(told):
            # What the best of firsts could come to.
            most = 5.2 + 1.9 * later.known + 1.6 * later.alone + 5.4 * later.left - 1.2 * log(many)
            if most < _ENOUGH or not _may_be_told_again(later):
                continue
            ahead = later.count.sentence.index in frame.ahead
            before = [each for each in told[max(at - _REACH, 0) : at] if _may_be_one(each, later)]
            weighed = [(_points(each, later, many, ahead), each.count.start, each.count) for each in before]
            points, _, first = max(weighed, default=(0.0, 0, None))
            near = alike[max(at - _REACH, 0) : at + _REACH]
            if not first or points < _ENOUGH or explained(later.count, first, near):
                continue
            if listed.get(later.count.sentence.index) == later.value or of_another_year(later.count, frame):
                continue  # 上述4处 under a list of four
            if not _are_summed(first, later, told[max(at - _REACH, 0) : at]):
                yield differs(document, later.count, first)


def _are_summed(first: Count, later: _Told, before: Sequence[_Told]) -> bool:
    """东片12个，其余6个在西片, and then 18个: with another number beside it, or of what is left, the first makes it."""
    return any(
        first.value + each.value == later.value
        and (each.count.sentence is first.sentence or (later.left and each.left))
        for each in before
        if each.count is not first
    )


def _read(alike: Sequence[Count]) -> list[_Told]:
    known = [each for each in alike if each.value > 1 and not each.after.startswith("/")]
    told = Counter(each.value for each in known)
    return [_told(each, told[each.value] == 1) for each in (known if len(known) > 1 else ())]


def _told(count: Count, alone: bool) -> _Told:
    lead = _lead(count)
    known = bool(_ALL.match(count.after)) + bool(_THESE.search(lead)) + 0.5 * (not lead)
    known += 0.7 * (lead.endswith("的") + bool(_DONE_WITH.search(lead)))
    left = bool(_LEFT.search(lead[-_NEAREST:]))
    return _Told(count, lead, left, alone, min(known, 1.0), count.value, plain(count.value))


def _lead(count: Count) -> str:
    """What stands right before a number, as far as another one; 项目投资 of 项目投资：2865万元."""
    label = None if count.lead else _LABEL.search(count.sentence.plain[: count.quantity.start])
    return label[1] if label else re.split(r"\d", count.lead)[-1][-_LEAD:]


def _may_be_told_again(later: _Told) -> bool:
    """Whether a number is neither of another year, nor hoped for, nor without any word."""
    count = later.count
    if not (later.lead or count.after[:1].strip(_CLOSED)) or _HOPED.search(later.lead):
        return False
    if _PERIOD.match(count.after):
        return False  # 6月底前完成75万吨的季度任务: of a time of its own
    if not later.known and _DUE.search(later.lead):
        return False  # 11月底前完成6个站
    return not _OTHER_TIME.search(count.sentence.plain[: count.quantity.start])


def _may_be_one(first: _Told, later: _Told) -> bool:
    """Whether two numbers lie near each other, not one only is what is left, new, or of some."""
    one, two, here, there = first.value, later.value, first.count, later.count
    if one == two or first.left != later.left or here.sentence is there.sentence:
        return False
    if abs(one - two) > max(max(one, two) * _SHARE, _LEAST) and (
        len(first.digits) != len(later.digits) or not slipped(one, two)
    ):
        return False
    if _NEW.search(first.lead) and not _NEW.search(later.lead):
        return False
    if any(each[0] not in first.lead for each in _SOME.finditer(later.lead + there.after)):
        return False
    if there.after and later.lead and first.lead.startswith(later.lead):
        return False  # 完成避险搬迁17户, and 完成20户避险搬迁任务
    _, part, label = here.lead.rpartition("其中")
    if here.listed and re.search(rf"\d{here.quantity.unit}", here.sentence.plain[: here.quantity.start]):
        part = "、"
    if part and not there.after.startswith(label) and there.lead != label:
        return False  # 道路工地15个 of a list, and 13个工地
    return two > one or not _DID.search(later.lead)


def _points(first: _Told, later: _Told, many: int, ahead: bool) -> float:
    """How likely both are of one thing; `many` sentences of the paper have numbers of the unit."""
    count, one, two = later.count, first.value, later.value
    a, b = first.digits, later.digits
    named = _share_a_name(first, later)
    swapped = a.find(".") == b.find(".") and exchanged(a, b)
    labelled = len(first.lead) > _SURE and first.lead[-4:] == later.lead[-4:]
    points = 2.8 * (swapped and (named or len(a.replace(".", "").strip("0")) > _SURE))
    points += 1.9 * later.known - 2.0 * (not named) - 1.5 * (not count.after and not labelled)
    points += 1.6 * later.alone + 0.7 * first.alone + 5.4 * (first.left and later.left)
    points -= 1.2 * log(many) + 5.8 * float(abs(one - two) / max(one, two)) + 0.6 * (two < one)
    points += 0.5 * log(1 + min(count.sentence.index - first.count.sentence.index, _FAR)) + 0.4 * ahead
    points -= 0.7 * (len(later.lead) < len(count.lead))
    return points - any(each[0] not in first.lead for each in _APART.finditer(later.lead))


def _share_a_name(first: _Told, later: _Told) -> bool:
    """Whether one name stands behind both numbers, or behind one and before the other."""
    one, two = first.count, later.count
    if one.after[:1] == two.after[:1] and (one.after.strip(_CLOSED) or one.lead[-2:] == two.lead[-2:] != ""):
        return True
    for here, there in ((first, later), (later, first)):
        for size in range(1, min(len(there.count.after), _NAME) + 1):
            name = there.count.after[:size]
            if here.lead.endswith(name) and words().frequency(name) < OF_ALL:
                return True
    if later.lead.endswith("的") and later.lead[-3:-1] in one.lead:
        return True  # 受理许可17家, and 受理的18家
    name = _SAID.split(two.after)[0][: 2 if _ALL.match(two.after) else _LEAST_NAME]
    return len(name) > 1 and name in one.lead and words().frequency(name) < OF_ALL
