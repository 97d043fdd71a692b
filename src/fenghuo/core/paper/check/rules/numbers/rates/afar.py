"""Rates whose whole stands further off than their sentence: 到月底已兑付57万元，兑付率38%, of what was told before.

Silent where any amount of the unit, anywhere around, makes the rate, or where several rates come from a whole of their
own. Else one was meant that stands before it and would make it but for one slip of the hand, or that the rate names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import rate_wrong
from ..text.quantities import Quantity, with_unit
from ..text.sentences import passages
from .ratios import slip
from .shares import names_a_paper

_REACH, _NEAR, _RATES = 60, 14, 12
"""Amounts of a unit around a rate that are looked at, those before it that it may be of, and rates beside it."""
_LINK = re.compile(
    r"[，,（(]?(?:(?:仅|只|约|就|还)?占(?P<of>[^，。；、\d]{0,12}?)的?(?:比[例重]?)?|(?P<verb>[\u4e00-\u9fff]{1,8}?)率"
    r"|(?:为|是|完成)(?P<goal>[^，。；、\d]{0,8}(?:预算|任务|计划|目标))[数量额]?的)(?:仅|只|达到?|为|是)*"
)
# 1.渠道漏损占损失水量的43.8%
_NAMED = re.compile(
    r"(?:^|[，,。；：:\s、.）)])(?P<who>[\u4e00-\u9fff]{2,10}?)(?:仅|只|约|就)?占(?P<of>[^，。；、\d]{1,12}?)的(?:仅|只|达到?|为|是)*$"
)
# 39个偏远村通信信号弱，预警难以到户，占行政村总数的23.2%
_LATER = re.compile(
    r"[^。；\d%]{0,60}[，,](?:仅|只|约|就)?占(?P<of>[^，。；、\d]{2,12}?)的(?:比[例重])?(?:仅|只|达到?|为|是)*"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}$")
_BEHIND = re.compile(r"[\u4e00-\u9fff]{2,10}")
_ALL_OF = re.compile(
    r"^(?:全[县镇乡村市区年]|[本今]?年度?(?=[计任目预总])|年初|该)|(?:全部|总[数量额]?|数|的)$"
)
_MEASURES = frozenset(("岁", "年", "月", "日", "天", "小时", "分钟", "分"))
_MEASURE = re.compile(r"(?:总?(?:面积|资金|金额|投资|数|人数|户数|任务|量|额|长度?|里程))$")
"""What a whole is measured in, which its own clause may leave out."""
_CLAUSE = re.compile(r"[，。；：\n（）()]")
_APART = re.compile(r"[。；\n]")
_IN_BULK = re.compile(r"米|亩|里|顷|吨|元|克|斤")
_NOT_DONE = re.compile(r"[不未无没非]|应|需|待|限期|正在|计划")
_LEAD, _SHORTEST = 24, 2
"""Characters of a clause that are looked at, and of a word that names a whole."""
_HUNDRED, _HALF, _MOST = Decimal(100), Decimal("0.5"), Decimal(300)


@dataclass(frozen=True, slots=True)
class _Rate:
    part: Quantity
    rate: Quantity
    of: str
    verb: str
    paragraph: int
    later: bool = False

    def whole(self) -> Decimal:
        """What it is of, by itself."""
        return self.part.value / self.rate.value * _HUNDRED

    def beside(self, other: _Rate) -> bool:
        """Whether two rates come from one whole."""
        mine, yours = self.whole(), other.whole()
        rough = self.rate.step / self.rate.value + other.rate.step / other.rate.value
        return self.part.unit == other.part.unit and abs(mine - yours) <= rough * max(mine, yours)


def check(document: Document) -> Iterator[Finding]:
    """Rates right behind the amount they are told of, or of one that they name."""
    if "%" not in document.text and "％" not in document.text:
        return
    text = folded(document.text)
    told: list[Quantity] = []
    rates: list[_Rate] = []
    for start, passage in passages(document):
        last = None
        for each in with_unit(folded(passage), start):
            if each.unit == "%":
                rate = _read(text, start, told, last, each)
                rates += [rate] if rate else []
                last = None
            elif each.unit:
                last = None if each.about else each
                told += [each] if last and each.value else []
    alike: dict[str, list[Quantity]] = {}
    for one in told:
        alike.setdefault(one.unit, []).append(one)
    for at, rate in enumerate(rates):
        others = [each for each in rates[max(at - _RATES, 0) : at + _RATES] if each is not rate]
        if not any(map(rate.beside, others)):
            yield from _judged(text, alike, rate, rates[max(at - 1, 0) : at + 2])


def _read(
    text: str, start: int, told: Sequence[Quantity], last: Quantity | None, rate: Quantity
) -> _Rate | None:
    if "、" in (text[rate.start - 1 : rate.start], text[rate.end : rate.end + 1]):
        return None  # 占比为30%、25%、15%: of what is told before, one by one
    link = _LINK.fullmatch(text, last.end, rate.start) if last else None
    most = _MOST if link and link["goal"] else _HUNDRED
    if rate.about or not 0 < rate.value <= most or (last and not last.value):
        return None
    if last and link:
        return _Rate(last, rate, link["of"] or link["goal"] or "", link["verb"] or "", start)
    if last and (later := _LATER.fullmatch(text, last.end, rate.start)):
        return _Rate(last, rate, later["of"], "", start, later=True)
    named = _NAMED.search(text, max(rate.start - 30, start), rate.start)
    if not named:
        return None
    parts = [each for each in told[-_REACH:] if _called(text, each, named["who"])]
    if len({(each.value, each.unit) for each in parts}) != 1:
        return None
    return _Rate(parts[0], rate, named["of"], "", start)


def _called(text: str, each: Quantity, who: str) -> bool:
    label = _LABEL.search(text, max(each.start - 12, 0), each.start)
    told = label[0].removeprefix("其中") if label else ""
    return len(told) > 1 and (who.startswith(told) or told.endswith(who))


def _judged(
    text: str, told: dict[str, list[Quantity]], rate: _Rate, near: Sequence[_Rate]
) -> Iterator[Finding]:
    part = rate.part
    if part.unit in _MEASURES:
        return
    if rate.verb and not set(rate.verb) & set(text[max(part.start - _LEAD, 0) : part.start]):
        return  # 黄牛冷配1.6万头，受胎率85%: how many of them is not told
    alike = told[part.unit]
    at = bisect_left(alike, part.start, key=lambda each: each.start)
    upto = bisect_left(alike, rate.rate.start, key=lambda each: each.start)
    before = [each for each in alike[max(upto - _REACH, 0) : upto] if each is not part]
    named = _named(text, before, rate)
    if rate.later and not named:
        return
    before = [each for each in before if each.value >= part.value][-_NEAR:]
    shared = _of_one(text, before, rate, near) or _done(text, before, rate)
    around = [*named, *shared] if named else alike[max(at - _REACH, 0) : at + _REACH]
    if any(each is not part and _makes(part, each, rate.rate) for each in around):
        return
    if any(
        _makes(part, replace(one, value=one.value + two.value), rate.rate)
        for one, two in pairwise(alike[max(at - _REACH, 0) : at])
    ):
        return  # 40卷 and 60卷, of which both together are the whole
    behind = [each for each in alike[upto : upto + 1] if not _APART.search(text, rate.rate.end, each.start)]
    sure = max(named or shared, key=lambda each: each.value, default=None)
    goal = bool(rate.of) and "占" not in text[part.end : rate.rate.start]
    if goal and (not sure or _APART.search(text, sure.end, part.start)):
        return  # 收入2.1亿元，为预算的87%: what was planned is told nowhere
    for whole in [sure] if sure else (*reversed(before), *behind):
        right = part.value / whole.value * _HUNDRED
        likely = shared or (not goal and text.endswith(rate.of.removesuffix("的"), 0, whole.start))
        likely = likely or _HALF <= right / rate.rate.value <= 2
        if (sure and likely) or slip(part, whole, rate.rate, grows=False):
            yield rate_wrong(text, 0, rate.rate, part, whole, f"{right:.1f}%")
            return


def _makes(part: Quantity, whole: Quantity, rate: Quantity) -> bool:
    if not whole.value or (part.value > whole.value and rate.value <= _HUNDRED):
        return False
    share = part.value / whole.value * _HUNDRED
    rough = share * (part.step / part.value + whole.step / whole.value) / 2
    return abs(share - rate.value) <= rate.step + (rough if part.step != 1 or whole.step != 1 else 0)


def _named(text: str, before: Sequence[Quantity], rate: _Rate) -> list[Quantity]:
    """The wholes that the rate names: 占任务的 of 任务2.6万亩, 占受灾面积的 of 农作物受灾7350亩."""
    named = _ALL_OF.sub("", _ALL_OF.sub("", rate.of))
    core = _MEASURE.sub("", named) or named
    if len(core) < _SHORTEST or (rate.of.rstrip("的").endswith("数") and _IN_BULK.search(rate.part.unit)):
        return []  # 35万平方米，占小区总数的63%: of what was counted before
    return [
        each
        for each in before
        if core in _CLAUSE.split(text[max(each.start - _LEAD, 0) : each.start])[-1]
        or ((noun := _BEHIND.match(text, each.end)) and noun[0].startswith(named))
    ]


def _done(text: str, before: Sequence[Quantity], rate: _Rate) -> list[Quantity]:
    """办理85件，办结62件，办结率72.9%: what was done shares a word with its rate and has one whole beside it."""
    if not rate.verb:
        return []
    label = _CLAUSE.split(text[max(rate.part.start - _LEAD, 0) : rate.part.start])[-1]
    if set(rate.verb[-2:]).isdisjoint(label) or (_NOT_DONE.search(label) and not _NOT_DONE.search(rate.verb)):
        return []
    if names_a_paper(label, rate.verb[-2:]):
        return []
    beside = [each for each in before if not _APART.search(text, each.end, rate.part.start)]
    if not beside:
        beside = [each for each in before if each.start >= rate.paragraph] if rate.verb[-2:] in label else []
    if not beside and rate.verb[-2:] in label and rate.rate.value < _HUNDRED:
        # 已查明9起，查明率80%: of the only number of such things that the paper tells
        beside = [each for each in before if each.value / rate.part.value <= 2]
    return beside if len({each.value for each in beside}) == 1 else []


def _of_one(text: str, before: Sequence[Quantity], rate: _Rate, near: Sequence[_Rate]) -> list[Quantity]:
    """Of shares one after the other the whole that the one beside is of: 86家，占43%；54家，占27%."""
    if rate.of or rate.verb or text[rate.part.start - 1] in "至到—~～-":
        return []
    beside = [
        each
        for each in near
        if each is not rate
        and not each.of
        and not each.verb
        and each.paragraph == rate.paragraph
        and each.part.unit == rate.part.unit
    ]
    return [whole for whole in before if any(_makes(each.part, whole, each.rate) for each in beside)][-1:]
