"""A rate told first, and the figures that it comes from behind it.

整改率92.5%：40个问题中37个办结; 合格率98.6%（抽查700个，合格690个）; 近八成群众在线上办理。受理办件25600件.

What it is of shares words with it, or stands in brackets behind it. Silent where any two figures around make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import rate_wrong
from ..text.magnitudes import Magnitude, figures, magnitudes, roughly
from ..text.quantities import Quantity, is_apiece
from ..text.sentences import begin_of, passages
from ..text.slips import slipped

_SENTENCE = re.compile(r"[。；\n]")
_BRACKET = re.compile(r"[^。；\d（(]{0,14}(?:\d+(?:\.\d+)?个百分点)?[（(](?P<inside>[^（）()\n]{6,60})[)）]")
_NOT = re.compile(
    r"增|降|减|涨|同比|环比|较|高于|低于|目标|力争|要求|计划|不[低高少]于|以[上下内]|上年|去年|同期|预计|确保|任务|下浮|跌|翻|利率|概率|系数"
)
_MONEY = re.compile(r"资金|投资|金额|支出|款|经费|费|收入|产值|预算")
_DUE, _DID = re.compile(r"应|须|任务"), re.compile(r"实|已|完成")
_GOAL = re.compile(r"以[上下内]|左右|[，,][较比]|的[^，。；]{0,6}(?:目标|要求|标准|任务)")
_STOP = frozenset("的了在是有和与及为已达到全个上中大年月日本我各其率县镇乡市区村共均")
_NO_PART = frozenset(("岁", "年", "月", "日", "天", "小时", "分钟", "分", "页", "元"))
_REACH = 90
"""Signs behind a rate in which its figures stand."""
_OWN_RATE = re.compile(r"[^，。；、\d]{0,4}[，,（(](?:[^，。；、\d]{0,6}率|占)[^，。；、\d增降升]{0,4}")
_TOGETHER = 2
"""Signs in common that are not enough by themselves."""
_LEAST = Decimal(20)
_HUNDRED = Decimal(100)


def check(document: Document) -> Iterator[Finding]:
    """Rates before which nothing of their sentence is counted."""
    held = [(start, folded(passage)) for start, passage in passages(document)]
    for at, (start, said) in enumerate(held):
        told = [each for each in magnitudes(said) if not each.times]
        if not told or "\t" in said:
            continue
        counted = [each for each in figures(said) if not each.han]
        below = held[at + 1][1] if at + 1 < len(held) and not counted else ""
        if below and held[at + 1][0] != start + len(said) + 1:
            below = ""
        both = f"{said}\n{below}"
        if below:
            counted = [each for each in figures(both) if not each.han]
        for rate in told:
            pair = _pair(both, counted, rate, told) if rate.value < _HUNDRED else None
            if pair and not _explained(counted, rate, pair) and not _makes_another(both, rate, told, pair):
                part, whole = pair
                yield rate_wrong(
                    both, start, rate, part, whole, f"{part.value / whole.value * _HUNDRED:.1f}%"
                )


def _pair(
    said: str, counted: Sequence[Quantity], rate: Magnitude, told: Sequence[Magnitude]
) -> tuple[Quantity, Quantity] | None:
    """The part and the whole behind a rate."""
    low = begin_of(said, rate.start)
    clause = re.split(r"[，：]", said[low : rate.start])[-1]
    if (
        _NOT.search(clause)
        or _GOAL.match(said, rate.end)
        or said[rate.end - 2 : rate.end] in ("以上", "以下")
    ):
        return None
    bracket = _BRACKET.match(said, rate.end)
    if bracket and "率" in clause:
        inside = _within(counted, bracket.start("inside"), bracket.end())
        return _whole_and_part(said, inside) if len(inside) == 2 else None
    if any(low <= each.end <= rate.start for each in counted):
        return None
    end = _SENTENCE.search(said, rate.end)
    behind = said[rate.end : end.start() if end else len(said)]
    words = clause + re.split(r"[，：]", behind)[0]
    stop = said.find("；", rate.end, rate.end + _REACH)
    next_ = _within(counted, rate.end, stop if stop >= 0 else rate.end + _REACH)
    if not next_ or re.match(r"[^，：。；]{0,4}[至到—~～-]", behind):
        return None
    for one, two in pairwise(next_):
        lead = re.split(r"[，。；：\n]", said[max(one.start - 14, rate.end) : one.start])[-1]
        if one.unit != two.unit or _NOT.search(lead + said[one.end : two.start]):
            continue
        if any(low <= each.start < two.start and each is not rate for each in told):
            return None  # 预付30%，验收合格后付65%: one of several
        if one.unit == "元" and not _MONEY.search(words):
            continue
        if pair := _whole_and_part(said, [one, two]):
            around = said[max(one.start - 20, rate.end) : two.end + 10]
            due = (
                _DUE.search(lead)
                and _DID.search(said[one.end : two.start])
                and set(clause) & set(around) - _STOP
            )
            return pair if due or _alike(words, around) or _slipped(rate, *pair) else None
    return None


def _within(counted: Sequence[Quantity], low: int, high: int) -> list[Quantity]:
    return [each for each in counted if low <= each.start and each.end <= high]


def _whole_and_part(said: str, two: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    whole, part = two
    if whole.unit != part.unit or whole.unit in _NO_PART - {"元"} or part.about or whole.about:
        return None
    if whole.value < part.value or whole.value < _LEAST or is_apiece(said, whole) or is_apiece(said, part):
        return None
    return None if "、" in said[whole.end : part.start] else (part, whole)


def _slipped(rate: Magnitude, part: Quantity, whole: Quantity) -> bool:
    """Whether one slip of the hand makes the rate of the right one: 95.8 of 98.5."""
    places = (rate.high - rate.low) / 2
    return not rate.soft and slipped(round(part.value / whole.value * _HUNDRED / places), rate.value / places)


def _alike(words: str, around: str) -> bool:
    """Whether a rate and figures tell of one thing: two words in common, or one and a sign besides."""
    pairs = {one + two for one, two in pairwise(words) if one not in _STOP or two not in _STOP}
    shared = sum(each in around for each in pairs)
    signs = len((set(words) & set(around)) - _STOP)
    return (shared > 0 and signs > 1) or signs > _TOGETHER


def _makes_another(
    said: str, rate: Magnitude, told: Sequence[Magnitude], pair: tuple[Quantity, Quantity]
) -> bool:
    """12%。举报64件，查实48件，查实率75%: whether a rate of the two stands behind them."""
    part, _ = pair
    return any(
        each is not rate and _OWN_RATE.fullmatch(said, part.end, each.start)
        for each in told
        if part.end <= each.start
    )


def _explained(counted: Sequence[Quantity], rate: Magnitude, pair: tuple[Quantity, Quantity]) -> bool:
    part, whole = pair
    alike = [each for each in counted if each.unit == part.unit]
    for one in alike:
        for two in alike:
            if one is two or not two.value:
                continue
            share = one.value / two.value * _HUNDRED
            rough = roughly(share, one, two)
            if any(rate.holds(each, rough) for each in (share, _HUNDRED - share)):
                return True
    return rate.holds(part.value / (part.value + whole.value) * _HUNDRED)
