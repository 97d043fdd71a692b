"""How much a figure grew or shrank, beside what it was and what it became, whatever the words between them.

Two figures of one unit are two times of one thing where something beside them tells of a time (从, 去年, 同期, 2022年);
where no two figures around make the change told behind them, it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import OPPOSITE, rate_wrong
from ..text.magnitudes import Magnitude, figures, magnitudes, roughly
from ..text.quantities import Quantity, is_apiece, is_bound
from ..text.sentences import begin_of, label_of, passages

_UP = r"增长|增加|上升|上涨|提高|提升|增幅|升幅|涨幅|扩大|多|增|升|涨"
_DOWN = r"下降|减少|降低|降幅|减幅|缩短|缩减|压减|压缩|回落|下调|少|减|降"
_WAY = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度)?(?:了|约|达到?|为|近)*$")
_OF = re.compile(r"(?:[是为]|相当于|达到?)(?:[^，。；、\d]|(?:19|20)\d\d年){0,14}的?(?:约|近)?$")
_TIME = re.compile(
    r"[较比][^，。；、\d]{1,12}$|[由从]|[上去前今本]年|年[前初底末]|同期|以前|此前|之前|上[月季期]|前期|原来?|(?:19|20)\d\d年|[增减降升扩缩涨][^，。；\d]{0,3}[至到为]"
)
_THEN = re.compile(r"同期|[上去前]年|上[月季期届次轮]|年初|[一二三四]季度|上半年|(?:19|20)\d\d年|\d{1,2}月")
_LINK = re.compile(
    r"(?:[\u4e00-\u9fff]{1,4}(?=[，,）)（(]))?[（）()]?[，,、；;（(]?(?P<noun>(?:[^，。；、：\d（）()]|(?:19|20)\d\d年|\d{1,2}月){0,12})$"
)
_PLAIN = re.compile(
    r"[同环净共累计只仅约近又则均总实现了为达到是]|(?:相)?[较比][^，。；]{0,8}|[一二三四五六七八九十两几]年|[上去前今本]年"
)
"""What says nothing of another thing that changed."""
_NOT = re.compile(
    r"其中|年均|平均|每年|预计|目标|力争|计划|分别|不[高低]于|以[上下内]|最|成本|累计|加上|另|高|快于|低于"
)
_BETWEEN = re.compile(r"[。；\n%]|其中|分别|占|、[^，。；、\d]{0,12}$")
_BY = re.compile(
    rf"[，,]?(?P<than>(?:[^，。；、\d]|(?:19|20)\d\d年|\d{{1,2}}月){{0,14}}?)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?![^，。；、\d]{{0,3}}[至到为])[^，。；、\d]{{0,2}}"
)
_THAN = re.compile(r"[较比]|同期|同比|环比|[上去前]年|净")
_BASE = re.compile(
    r"[较比](?:[^，。；、\d]{0,4})(年初|年底|月初|期初|季初|上年末|去年底|去年末|[一二三四]季度|上半年|\d{1,2}月)"
)
_THAN_IT = re.compile(r"[较比][^，。；、\d]{1,12}$")
_FROM_IT = re.compile(
    r"[，,（(][^，。；、\d]{0,3}[由从](?:[^，。；、\d]{0,10}(?:\d{4}年|\d{1,2}月))?[^，。；、\d]{0,8}"
)
_TO_IT = re.compile(
    r"[^，。；、\d]{0,4}(?:[^，。；、\d]{0,8}(?:\d{4}年|\d{1,2}月))?[^，。；、\d]{0,8}[至到为]"
)
_WAS = re.compile(r"[，,](?:而)?(?:[上去前]|同期|往)[^，。；、\d]{0,8}(?:为|是|仅|只有)$")
_FROM, _TO = re.compile(r"[由从]"), re.compile(r"[至到为]$")
_TIMES = re.compile(r"(?:[上去前今本]年|同期|(?:19|20)\d\d年|\d{1,2}月|[，,、为是达到的仅只有])")
_BEHIND = re.compile(r"[，,（(](?:[^，。；、\d]{0,8}(?:\d{4}年|\d{1,2}月))?[^，。；、\d]{0,8}")
_ASIDE = re.compile(r"[，,](?:占|完成|为)[^，。；、%]{0,16}\d%(?=[，,])")
"""A share told in between: 14.7亿元，占计划24.5亿元的60%，同比增长5%."""
_SENTENCE = re.compile(r"[。；\n]")
_AROUND, _FAR, _CLOSE = 12, 60, 16
"""Figures of a unit before a change that may make it, signs between the two that it is of, and to one behind it."""
_SHORT = 4
"""Signs between two figures of one thing, but for those that tell the time."""
_LEAST, _MOST = Decimal("0.3"), Decimal(3)
_HUNDRED = Decimal(100)


def check(document: Document) -> Iterator[Finding]:
    """Silent where any two figures of the paragraph make what is told."""
    for start, passage in passages(document):
        said = folded(passage)
        told = [each for each in magnitudes(said) if _changes(said, each) and not is_bound(said, each)]
        if not told:
            continue
        counted = [each for each in figures(said) if not each.han]
        for change in told:
            pair = _pair(said, counted, change)
            if not pair or _explained(said, counted, change, pair):
                continue
            now, then = pair
            yield rate_wrong(said, start, change, now, then, _asked(said, change, now, then))


def _changes(said: str, told: Magnitude) -> bool:
    """Whether a magnitude tells of a change or of how many times another figure something is."""
    lead = said[max(told.start - 16, 0) : told.start]
    return told.doubled or bool(_WAY.search(lead)) or (told.times and bool(_OF.search(lead)))


def _from_to(said: str, behind: Sequence[Quantity], change: Magnitude) -> tuple[Quantity, Quantity] | None:
    """翻了一番，由2.1吨增至4.2吨."""
    if len(behind) < 2 or behind[0].unit != behind[1].unit or behind[0].about or behind[1].about:
        return None
    first, second = said[change.end : behind[0].start], said[behind[0].end : behind[1].start]
    if _FROM_IT.fullmatch(first) and _TO_IT.fullmatch(second):
        return behind[1], behind[0]
    return None


def _pair(said: str, counted: Sequence[Quantity], change: Magnitude) -> tuple[Quantity, Quantity] | None:
    """What it became and what it was."""
    aside = _ASIDE.search(said, max(change.start - _FAR, 0), change.start)
    ends, goes_on = aside.span() if aside else (change.start, change.start)
    before = [each for each in counted if each.end <= ends]
    behind = [each for each in counted if each.start >= change.end]
    if pair := _from_to(said, behind, change):
        return pair
    if not before or before[-1].about or is_bound(said, before[-1]):
        return None
    two = before[-1]
    link = said[two.end : ends] + said[goes_on : change.start]
    noun = _LINK.match(link)
    if not noun or _NOT.search(link) or _SENTENCE.search(link):
        return None
    low = begin_of(said, two.start)
    if named := _named_base(said, before, noun["noun"]):
        return named
    one = before[-2] if len(before) > 1 and before[-2].start >= low else None
    if one and is_bound(said, one):
        return None
    if one and one.unit == two.unit and not one.about:
        between = said[one.end : two.start]
        lead = said[max(one.start - 24, low) : one.start]
        lead = re.split(r"[，,、：]", lead)[-1] if "、" in lead else lead
        by = _BY.fullmatch(between)
        if by:
            return _changed_by(said, before, by, change)
        if not _of_them(said[low : two.start], noun["noun"]):
            return None
        if (
            _THAN.search(noun["noun"])
            and not (_FROM.search(lead) and _TO.search(between))
            and not _WAS.search(between)
            and len(_TIMES.sub("", between)) > _SHORT
        ):
            return None  # 实现增加值45亿元，同比增长7%: of what it was itself, which is not told
        if (
            len(between) > _FAR
            or _BETWEEN.search(between)
            or is_apiece(said, one) is not is_apiece(said, two)
        ):
            return None
        if _TIME.search(between) or _TIME.search(lead):
            is_now = bool(
                (_THEN.search(between) or _THAN_IT.search(between))
                and not re.search(r"[今本]年|[至到]|目前|现", between)
            )
            years = re.findall(r"(?:19|20)\d\d(?=年)", lead + said[one.start : two.start])
            if len(years) == 2:
                is_now = years[0] > years[1]
            return (one, two) if is_now else (two, one)
        return None
    return _then_behind(said, two, change, behind)


def _named_base(said: str, before: Sequence[Quantity], noun: str) -> tuple[Quantity, Quantity] | None:
    """年初在岗375人, and further on 年末在岗390人，比年初增长4%: of what was told to be so at that time."""
    base = _BASE.search(noun)
    if not base or _is_by(said, before[-1]):
        return None
    alike = [each for each in before[:-1] if each.unit == before[-1].unit and not each.about]
    called = [each for each in alike if base[1] in label_of(said, each.start)]
    if (
        len(called) != 1
        or is_apiece(said, called[0])
        or not _LEAST < before[-1].value / called[0].value < _MOST
    ):
        return None
    lead, label = (set(label_of(said, each.start).replace(base[1], "")) for each in (called[0], before[-1]))
    return (before[-1], called[0]) if len(lead & label) > 1 else None


def _then_behind(
    said: str, now: Quantity, change: Magnitude, behind: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """收入1.53亿元，同比增长37.5%，上年同期为1.2亿元; 6600万元，是2020年的2.4倍（2020年为2750万元）."""
    if _is_by(said, now):
        return None
    if not behind or behind[0].unit != now.unit or behind[0].about:
        return None
    between = said[change.end : behind[0].start]
    if not _LEAST < now.value / behind[0].value < _MOST and not change.times:
        return None
    if _THEN.search(between) and not _NOT.search(between) and _BEHIND.fullmatch(between):
        return now, behind[0]
    return None


def _changed_by(
    said: str, before: Sequence[Quantity], by: re.Match[str], change: Magnitude
) -> tuple[Quantity, Quantity] | None:
    """4.48万吨，比上年同期多收0.48万吨，增长12%; 36万册，比前年的24万册增加12万册，增幅50%."""
    one, two = before[-2:]
    if _is_by(said, one):
        return None
    way = _WAY.search(said, max(change.start - 16, 0), change.start)
    if not way or bool(way["down"]) is not bool(by["down"]) or two.value >= one.value:
        return None
    was = one.value - two.value if by["up"] else one.value + two.value
    above = before[-3] if len(before) > 2 and before[-3].unit == one.unit else None
    if above and abs(above.value - one.value) == two.value:
        return above, one
    if not _THAN.search(by["than"]) or "其中" in said[one.end : two.start]:
        return None
    return one, replace(two, value=was, start=one.start)


def _is_by(said: str, told: Quantity) -> bool:
    """Whether it is what something changed by: 增加12万册, and not 降为43件."""
    return said[told.start - 1 : told.start] not in ("为", "至", "到") and bool(
        _WAY.search(said, max(told.start - 16, 0), told.start)
    )


def _of_them(before: str, noun: str) -> bool:
    """Whether what changed is what the figures before tell: 材料减少62% is of none of them."""
    words = _PLAIN.sub("", _OF.sub("", _WAY.sub("", noun)))
    return len(words) < 2 or any(words[at : at + 2] in before for at in range(len(words) - 1))


def _explained(
    said: str, counted: Sequence[Quantity], change: Magnitude, pair: tuple[Quantity, Quantity]
) -> bool:
    alike = [each for each in counted if each.unit == pair[0].unit]
    at = sum(each.end <= change.start for each in alike)
    near = alike[max(at - _AROUND, 0) : at]
    near += [each for each in alike[at : at + 1] if each.start - change.end < _CLOSE]
    near += [each for each in pair if each not in near]
    return any(
        change.holds(right, roughly(right + _HUNDRED, one, two))
        for one in near
        for two in near
        if one is not two
        for right in _rights(said, change, one, two)
    )


def _rights(said: str, change: Magnitude, now: Quantity, then: Quantity) -> Iterator[Decimal]:
    """What a figure that was and one that became of it, or by which it changed, may make."""
    share = now.value / then.value * _HUNDRED
    if change.times:
        yield share
        yield share - _HUNDRED
        return
    way = _WAY.search(said, max(change.start - 16, 0), change.start)
    falls = bool(way and way["down"])
    yield _HUNDRED - share if falls else share - _HUNDRED
    if then.value > now.value and _is_by(said, now):
        yield now.value / (then.value + now.value if falls else then.value - now.value) * _HUNDRED


def _asked(said: str, change: Magnitude, now: Quantity, then: Quantity) -> str | Text:
    share = now.value / then.value * _HUNDRED
    if change.times:
        return f"{share / _HUNDRED:.1f}倍"
    way = _WAY.search(said, max(change.start - 16, 0), change.start)
    right = _HUNDRED - share if way and way["down"] else share - _HUNDRED
    return f"{right:.1f}%" if right >= 0 else OPPOSITE
