"""Rates told right behind the figures they come from, whatever these are called; fractions and tenths as well.

Two figures beside each other are taken for part and whole where nothing else stands between, what remains of the
whole stands behind (整改率80%。剩余16个), or two parts fill it. Silent where other figures of the paragraph make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, islice

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ..faults import rate_wrong
from ..text.quantities import Quantity, is_apiece, with_unit
from ..text.sentences import begin_of, passages
from .fractions import OWN_SHARE

_HAN = "一二两三四五六七八九十"
_FRACTION = re.compile(
    rf"(?P<of>[{_HAN}]{{1,2}})分之(?P<part>[{_HAN}]{{1,2}})(?![{_HAN}])|(?P<tenths>[一二两三四五六七八九])成(?![{_HAN}年为了立员功果效本交])"
)
_SHARE = re.compile(
    r"占[^，。；、\d]{0,14}$|(?<!效)[率度面比](?:约|仅|只|达到?|为|是)*$|(?:任务|目标|计划|预算|总[额数量]?)[）)]?的$|[）)]的$|(?:完成|实现)(?:了|率)?(?:为|达)?$"
)
_NAMED = re.compile(r"[，；](?P<name>[^，。；、\d]{2,8}?)(?:[约仅只就共])?占")
"""Whose share is told, where it is not that of the part right before."""
_GROWTH = re.compile(r"(?:增|降|升|减|涨|跌|提高|高|低|缩|扩|快|慢)[^，。；、\d]{0,3}$|较|[上去]年|同期|同比")
_LINK = 26
"""Signs between the part and its rate at the most."""
_BREAK = re.compile(r"[。；\n]")
_CLAUSE = re.compile(r"[，。；、：\n]")
_OF_OTHERS = re.compile(r"分别|依次|其中|[约近超逾]占|占[约近超逾]|亏损面")
_LIST = re.compile(r"、|分别|每|各|另")
_THEN = re.compile(r"[（(](?:[上去前]年|(?:19|20)\d\d年|上[月季期]|同期)[^，。；、（）()\d]{0,8}$")
_OF_A_YEAR, _OF_A_MONTH = (
    re.compile(r"年"),
    re.compile(r"^(?:其中)?(?:\d{1,2}月(?![底末初中上下至到—\-])|[当本单]月|[当本单]日)"),
)
_NTH = re.compile(rf"第[\d{_HAN}]")
_LONG_NAME, _LONG = re.compile(r"[，,](?P<name>[\u4e00-\u9fff]{1,8})率"), 4
_DUE = re.compile(r"[应已须需实拟该待未]|计划")
_LEFT = re.compile(r"其余|剩余|余下|剩下|还有|尚|仍有|缺|还差|余|未|报废|待")
_NOT = re.compile(
    r"未|不|缺|脱|尚|剩|无|非|坏|损|漏|欠|空|余|退|逾|超|差|故障|失|撤|拒|病|死|枯|停|没|还需|压|减|节|省"
)
"""What a rate may be told of by what is not so."""
_HEADS = frozenset("人户口")
_THINGS = frozenset("份张个台部次")
"""Of whom, and of what each of them has one."""
_NO_PART = frozenset(("岁", "年", "月", "日", "天", "小时", "分钟", "分", "页", "个百分点"))
_RATE_NAME = re.compile(r"[，,](?P<name>[\u4e00-\u9fff]{1,6})[率面度]")
_HUNDRED, _POINTS = Decimal(100), Decimal(4)
_TWO, _TOGETHER = 2, 6


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate at `start` to `end`; `slack` is how far it may lie from the right one."""

    start: int
    end: int
    value: Decimal
    slack: Decimal


@dataclass(frozen=True, slots=True)
class _Claim:
    part: Quantity
    whole: Quantity
    others: tuple[Quantity, ...] = ()


def check(document: Document) -> Iterator[Finding]:
    """What no figures of a paragraph make, where two of them stand for it."""
    for start, passage in passages(document):
        if "%" not in passage and "％" not in passage and "分之" not in passage and "成" not in passage:
            continue
        said = folded(passage)
        told = with_unit(said)
        counted = [each for each in told if each.unit != "%" and each.value and not each.han]
        for rate in _rates(said, told):
            claim = _claim(said, rate, counted)
            if claim and not _explained(said, rate, claim, counted):
                right = claim.part.value / claim.whole.value * _HUNDRED
                yield rate_wrong(said, start, rate, claim.part, claim.whole, f"{right:.1f}%")


def _rates(said: str, told: Sequence[Quantity]) -> Iterator[_Rate]:
    for each in told:
        if each.unit == "%" and not each.about and 0 < each.value < _HUNDRED:
            yield _Rate(each.start, each.end, each.value, each.step)
    for match in _FRACTION.finditer(said):
        if match["tenths"]:
            value = (from_han(match["tenths"]) or 2) * Decimal(10)
        else:
            value = Decimal(from_han(match["part"]) or 2) / (from_han(match["of"]) or 2) * _HUNDRED
        around = said[max(match.start() - 2, 0) : match.start()] + said[match.end() : match.end() + 1]
        if value < _HUNDRED and not re.search(r"[近超多逾余半以约不]", around):
            yield _Rate(*match.span(), value, _POINTS)


def _claim(said: str, rate: _Rate, counted: Sequence[Quantity]) -> _Claim | None:
    before = [each for each in counted if each.end <= rate.start and not _of_then(said, each, rate.start)]
    if not before:
        return None
    behind = next((each for each in counted if each.start >= rate.end), None)
    if (
        behind
        and rate.slack == _POINTS
        and re.fullmatch(r"[，,]?[即计约合共]+", said[rate.end : behind.start])
    ):
        # 市级配套占三成，计270万元: the part stands behind.
        return _above(rate, behind, [each for each in before if each.unit == behind.unit])
    part = before[-1]
    link = said[part.end : rate.start]
    if (
        len(link) > _LINK
        or part.about
        or part.unit in _NO_PART
        or _BREAK.search(link)
        or _OF_OTHERS.search(link)
        or _GROWTH.search(link)
        or not _SHARE.search(link)
        or "%" in link
        or _NTH.search(link)
        or _of_another_name(said, part, link)
        or is_apiece(said, part)
    ):
        return None
    alike = [each for each in before if each.unit == part.unit]
    if behind and behind.unit == part.unit and _remains(said, rate, behind):
        whole = [
            each
            for each in alike[:-1]
            if each.value == part.value + behind.value and "%" not in said[each.end : part.start]
        ]
        if whole:
            return _Claim(part, whole[-1])
    name = _NAMED.search(link)
    lead = _CLAUSE.split(said[: part.start])[-1]
    if name and not lead.removeprefix("其中").startswith(name["name"]):
        return None  # 雷击引发1起，人为原因占75%
    low = begin_of(said, part.start)
    filled = len(alike) > 2 and alike[-3].value == alike[-2].value + part.value and alike[-3].start >= low
    if filled and ("占" in link or _is_named(said, part, alike[-2], link)):
        return _Claim(part, alike[-3], (alike[-2],))
    inside = [each for each in before if each.start >= low]
    if len(inside) == 1 and "占" in link and (rate.slack == _POINTS or said.count("占") == 1):
        return _above(rate, part, [each for each in alike[:-1] if not OWN_SHARE.match(said, each.end)])
    if len(inside) < 2 or inside[-2].about or is_apiece(said, inside[-2]):
        return None
    whole = inside[-2]
    between = said[whole.end : part.start]
    if OWN_SHARE.match(said, whole.end) and "其中" not in between:
        return None  # 古镇25.6万人次，占四成；景区16万人次，占四分之一: of one that both are parts of
    if "其中" in between and "占" not in link and not _shares_sign(link, lead):
        return None  # 其中远传水表1200块，收缴率为96.5%
    alone = whole.unit == part.unit
    all_ = _CLAUSE.split(said[: whole.start])[-1]
    if _are_siblings(all_, lead, link) or (_OF_A_YEAR.search(all_) and _OF_A_MONTH.search(lead)):
        return None  # 年加工能力500万吨，7月加工42万吨，负荷率98%: of what a month of it comes to
    if part.value > whole.value or _LIST.search(said[low : part.end] if alone else between):
        return None
    if alone:
        return _Claim(part, whole) if sum(each.unit == part.unit for each in inside) == _TWO else None
    heads = {whole.unit, part.unit} & _HEADS and {whole.unit, part.unit} <= _HEADS | _THINGS
    return _Claim(part, whole) if heads and len(inside) == _TWO else None


def _of_then(said: str, told: Quantity, before: int) -> bool:
    """支出11.7亿元，增长4.0%（上年11.3亿元），占…: what was in another year, told in brackets that have closed."""
    opened = _THEN.search(said, max(told.start - 16, 0), told.start)
    return opened is not None and re.search(r"[)）]", said[told.end : before]) is not None


def _are_siblings(one: str, two: str, link: str) -> bool:
    """填方2860万方，挖方1940万方，利用率92%: two things of one kind, neither of which is a part of the other."""
    kin = one[-1:] == two[-1:] and one[-2:-1] != two[-2:-1] and min(len(one), len(two)) >= _TWO
    if not kin or _DUE.search(one[-3:] + two[-3:]):
        return False
    return not _shares_sign(link, one + two) and "占" not in link


def _of_another_name(said: str, part: Quantity, link: str) -> bool:
    """遥测站41个中有3个中断，数据到报率97.6%: a rate of what its long name tells, and nothing before."""
    name = _LONG_NAME.search(link)
    if not name or len(name["name"]) < _LONG:
        return False
    before = said[begin_of(said, part.start) : part.end] + link[: name.start()]
    return not any(name["name"][at : at + 2] in before for at in range(len(name["name"]) - 1))


def _above(rate: _Rate, part: Quantity, before: Sequence[Quantity]) -> _Claim | None:
    """A share that the larger figures of the paragraph do not make: of the one that comes nearest."""
    larger = [each for each in before if each.value >= part.value and not each.about]
    nearest = min(larger, key=lambda each: abs(part.value / each.value * _HUNDRED - rate.value), default=None)
    return _Claim(part, nearest) if nearest else None


def _shares_sign(link: str, label: str) -> bool:
    """Whether a rate's name has a sign of a label: 完好率 of 完好28个."""
    name = _RATE_NAME.search(link)
    return name is not None and not set(name["name"][-2:]).isdisjoint(label)


def _is_named(said: str, one: Quantity, two: Quantity, link: str) -> bool:
    """Whether a rate's name tells one of two parts from the other: 完好28个、损坏12个，完好率."""
    first, second = (set(_CLAUSE.split(said[: each.start])[-1]) for each in (one, two))
    return _shares_sign(link, "".join(first ^ second))


def _remains(said: str, rate: _Rate, behind: Quantity) -> bool:
    between = said[rate.end : behind.start]
    near = re.fullmatch(r"[^，。；\d]{0,4}[，,；。（(]\s*[^，。；\d]{0,12}", between)
    return bool(near and _LEFT.search(between + _CLAUSE.split(said[behind.end : behind.end + 8])[0]))


def _explained(said: str, rate: _Rate, claim: _Claim, counted: Sequence[Quantity]) -> bool:
    part, whole = claim.part, claim.whole
    lead = _CLAUSE.split(said[: part.start])[-1]
    left = bool(_NOT.search(lead + said[part.end : rate.start]))
    low = begin_of(said, part.start)
    near = [each for each in counted if each.start >= low and each.end <= rate.start]
    if _fits(part, whole, rate, left=left) or any(
        _fits(each, whole, rate, left=left) for each in claim.others
    ):
        return True
    paragraph = [each for each in counted if each is not part and each.unit == part.unit]
    if any(_fits(part, each, rate, left=left) for each in paragraph if each is not whole):
        return True
    pairs = (
        (one, two) for one in near for two in near if one.unit == two.unit and (one, two) != (part, whole)
    )
    if not claim.others and any(_fits(one, two, rate, left=True) for one, two in pairs):
        return True
    both = part.value + whole.value
    if any(abs(each.value / both * _HUNDRED - rate.value) < min(rate.slack, 1) for each in (part, whole)):
        return True  # 男性2295人，占51.0%，女性2205人，占49.0%: of both together
    values = [each.value for each in paragraph if each.end <= rate.start] if not claim.others else []
    return any(
        whole.value and abs(each / whole.value * _HUNDRED - rate.value) < rate.slack
        for at in range(len(values))
        for each in islice(accumulate(values[at:]), 1, _TOGETHER)
    )


def _fits(part: Quantity, whole: Quantity, rate: _Rate, *, left: bool) -> bool:
    if part is whole or not whole.value:
        return False
    share = part.value / whole.value * _HUNDRED
    slack = rate.slack
    if part.step != 1 or whole.step != 1:
        slack += share * (part.step / max(part.value, part.step) + whole.step / whole.value) / 2
    return abs(share - rate.value) < slack or (left and abs(_HUNDRED - share - rate.value) < slack)
