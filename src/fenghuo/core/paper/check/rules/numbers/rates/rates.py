"""Rates beside the figures they come from, where no word tells the whole: goals, remarks in brackets, points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, step
from ....rulebook import rules
from ..faults import OPPOSITE, points, rate_wrong
from ..text.quantities import Quantity, amounts_in, plain, quantities
from ..text.sentences import passages

_N = r"\d+(?:\.\d+)?"
_GOAL = re.compile(
    rf"[，,]\s*(?:占|完成|达到?|为|是)(?:[^，。；、\d]{{0,6}}(?:目标|任务|计划|预算|指标|预算数|任务数|目标数)[^，。；、\d]{{0,4}})(?:{_N}万?亿?[^，。；、\d%]{{1,3}})的(?P<rate>{_N})%"
)
_WAY = r"(?P<way>增长|增加|上升|提高|提升|增|升|下降|减少|降低|降|减)"
_HUNDRED = Decimal(100)
_NEARLY = Decimal(84), Decimal(120)
"""What shares that were meant for a hundred come to."""
_LABEL = 24
_OF_EACH = re.compile(r"率|完成|进度|达标|同比|高于|低于|超|覆盖")
"""What each of several has a rate of."""
_DOWN = ("下降", "减少", "降低", "降", "减")
# 418件，环比增长6.2%（4月394件）
_REMARK = re.compile(
    rf"[，,]\s*(?:同比|环比|(?:较|比)[^，。；、\d]{{2,8}}){_WAY}(?:了)?(?P<rate>{_N})%[（(](?:\d{{4}}年|\d{{1,2}}月份?|去年|上年|上月|同期|上季度|[一二三四]季度|上半年)+(?:同期)?(?:为|是)?"
)
# 合格率96.4%，较上年同期的95.1%提高1.3个百分点
_POINTS = re.compile(
    rf"(?P<now>{_N})%[，,（(]?\s*(?:同比|环比)?[较比](?:去年|上年|上一年|上月|上季度|年初|此前|[^，。；、\d%]{{1,10}}|\d{{4}}年[^，。；、\d%]{{0,6}}|\d{{1,2}}月[^，。；、\d%]{{0,4}})(?:同期)?(?:的|为)?"
    rf"(?P<then>{_N})%[，,]?{_WAY}(?:了)?(?P<told>{_N})个百分点"
)
# 优良路率为88.4%（优等占31.2%、良等占40.5%、中等占16.7%）
_MADE_OF = re.compile(
    rf"(?P<whole>{_N})%(?:[（(](?:其中)?|[，,]其中)[：:，]?(?P<parts>[^，。；、%\d（）()]{{1,10}}?占?(?:比)?(?:为)?{_N}%(?:[、，][^，。；、%\d（）()]{{1,10}}?占?(?:比)?(?:为)?{_N}%)+)"
)
_PERCENT = re.compile(rf"(?P<number>{_N})%")
# 按甲60%、乙40%的比例分担
_SPLIT = re.compile(
    rf"按(?:照)?(?P<shares>[^，。；、%\d]{{0,14}}{_N}%(?:[、，和][^，。；、%\d]{{0,14}}{_N}%)+)的(?:比例|比率|标准)[^，。；]{{0,4}}(?:分担|承担|分摊|分配|分成|出资|配套|负担)"
)
# 分担比例可按50%、30%、20%确定
_SPLIT_SO = re.compile(
    rf"按(?:照)?(?P<shares>[^，。；、%\d]{{0,14}}{_N}%(?:[、，和][^，。；、%\d]{{0,14}}{_N}%)+)(?![、，和以至到])"
)
# 贡献依次为38%、26%、24%、12%
_IN_TURN = re.compile(
    rf"(?:依次|分别)(?:为|是|占|达)(?P<shares>{_N}%(?:[、，和]{_N}%){{2,}})(?![、，和以至到]\d)"
)
# 预付30%，验收后付60%，期满付10%
_PAID = re.compile(rf"付(?:款|清|至)?(?:合同)?(?:总)?[价额款]?(?:的)?(?P<number>{_N})%")
_REMAINS = re.compile(r"付至|[余剩]")
_SPLITS = re.compile(r"分[担摊成配]|分别承担|共同[承负]担|各方|配套")
_GROWS = re.compile(r"增|降|升|减|涨|跌|回落|快|慢|同比|环比|涨幅")


def check(document: Document) -> Iterator[Finding]:
    """Silent where the rate follows, rounded or cut off."""
    for start, passage in passages(document):
        said = folded(passage)
        if "%" not in said:
            continue
        yield from _goals(said, start)
        yield from _remarks(said, start)
        yield from _points(said, start)
        yield from _shares(said, start)


def _goals(said: str, start: int) -> Iterator[Finding]:
    """投资1.36亿元，占年度目标2亿元的68%."""
    for match in _GOAL.finditer(said):
        done = [each for each in quantities(said[: match.start()]) if each.end == match.start()]
        goal = amounts_in(match[0], match.start())
        if (
            not done
            or len(goal) != 1
            or not goal[0].value
            or done[0].unit != goal[0].unit
            or done[0].about
            or goal[0].about
        ):
            continue
        # What was done may be what several amounts make.
        alike = [each.value for each in quantities(said[: match.start()]) if each.unit == goal[0].unit]
        rate = from_arabic(match["rate"])
        fits = (sum(alike[-many:], Decimal(0)) / goal[0].value * 100 for many in range(2, len(alike) + 1))
        if not any(abs(each - rate) < step(match["rate"]) for each in fits):
            yield from _rate(said, start, match, done[0], goal[0], done[0].value / goal[0].value * 100)


def _remarks(said: str, start: int) -> Iterator[Finding]:
    """受理418件，环比增长6.1%（4月394件）."""
    for match in _REMARK.finditer(said):
        now = [each for each in quantities(said[: match.start()]) if each.end == match.start()]
        then = quantities(said[match.end() : match.end() + 20], match.end())[:1]
        if not now or not then or then[0].start != match.end() or now[0].unit != then[0].unit:
            continue
        if now[0].about or then[0].about or not then[0].value or not now[0].unit:
            continue
        change = (now[0].value - then[0].value) / then[0].value * 100
        yield from _rate(said, start, match, now[0], then[0], -change if match["way"] in _DOWN else change)


def _rate(
    said: str, start: int, match: re.Match[str], part: Quantity, whole: Quantity, right: Decimal
) -> Iterator[Finding]:
    told, slack = from_arabic(match["rate"]), step(match["rate"])
    # The figures may be rounded themselves.
    slack += (
        right.copy_abs()
        * (part.step / max(part.value, part.step) + whole.step / whole.value)
        * (1 if max(part.step, whole.step) > 1 or min(part.step, whole.step) < 1 else 0)
    )
    if abs(right - told) < slack:
        return
    rate = Span(match.start("rate"), match.end("rate") + 1)
    yield rate_wrong(said, start, rate, part, whole, f"{right:.1f}%" if right >= 0 else OPPOSITE)


def _points(said: str, start: int) -> Iterator[Finding]:
    for match in _POINTS.finditer(said):
        now, then, told = (from_arabic(match[name]) for name in ("now", "then", "told"))
        right = then - now if match["way"] in _DOWN else now - then
        slack = sum((step(match[name]) for name in ("now", "then", "told")), Decimal(0)) / 2
        if abs(right - told) <= slack:
            continue
        span = Span(match.start("told"), match.end())
        asked = points(now - then) if right >= 0 else OPPOSITE
        yield rate_wrong(said, start, span, match["now"] + "%", match["then"] + "%", asked)


def _shares(said: str, start: int) -> Iterator[Finding]:
    """Shares that make another share, and those by which something is split."""
    for match in _MADE_OF.finditer(said):
        parts = [each["number"] for each in _PERCENT.finditer(match["parts"])]
        if _GROWS.search(said[max(match.start() - 8, 0) : match.end()]):
            continue
        if "率" in said[max(match.start() - 8, 0) : match.start("whole")] and any(
            from_arabic(each) > from_arabic(match["whole"]) for each in parts
        ):
            continue  # 统供率80%，其中杂交种100%、常规种60%: the rates of some, which no sum is made of
        summed = sum(map(from_arabic, parts), Decimal(0))
        whole = from_arabic(match["whole"])
        slack = max(step(each) for each in (match["whole"], *parts)) * len(parts) / 2
        if summed == _HUNDRED:
            continue  # 县级20%，其中上半年60%，下半年40%: parts of the amount, not of the share
        over = summed > whole + slack
        if over or (len(parts) > 2 and whole * Decimal("0.8") <= summed < whole - slack):
            yield _uneven(said, start, match.start("whole"), match.end(), summed)
    for match in _IN_TURN.finditer(said):
        parts = [each["number"] for each in _PERCENT.finditer(match["shares"])]
        label = re.split(r"[。；]", said[max(match.start() - _LABEL, 0) : match.start()])[-1]
        summed = sum(map(from_arabic, parts), Decimal(0))
        near = (
            _NEARLY[0] < summed < _NEARLY[1]
            and abs(summed - _HUNDRED) > max(map(step, parts)) * len(parts) / 2
        )
        if near and not _OF_EACH.search(label) and not _GROWS.search(label):
            yield _uneven(said, start, match.start("shares"), match.end("shares"), summed)
    for match in re.finditer(r"[^。；\n]+", said) if "付" in said else ():
        paid = list(_PAID.finditer(said, *match.span()))
        summed = sum((from_arabic(each["number"]) for each in paid), Decimal(0))
        if (
            len(paid) > 2
            and not _REMAINS.search(match[0])
            and summed != _HUNDRED
            and _NEARLY[0] < summed < _NEARLY[1]
        ):
            yield _uneven(said, start, paid[0].start(), paid[-1].end(), summed)
    so = (each for each in _SPLIT_SO.finditer(said) if "按" in said and _SPLITS.search(_clauses(said, each)))
    for match in {each.start("shares"): each for each in (*_SPLIT.finditer(said), *so)}.values():
        parts = [each["number"] for each in _PERCENT.finditer(match["shares"])]
        summed = sum(map(from_arabic, parts), Decimal(0))
        if abs(summed - 100) > max(map(step, parts)) and 70 < summed < 140:
            yield _uneven(said, start, match.start("shares"), match.end("shares"), summed)


def _clauses(said: str, match: re.Match[str]) -> str:
    """What a sentence says around shares."""
    before = re.split(r"[。；]", said[max(match.start() - 40, 0) : match.start()])[-1]
    return before + re.split(r"[。；]", said[match.end() : match.end() + 20])[0]


def _uneven(said: str, start: int, begin: int, end: int, summed: Decimal) -> Finding:
    return rules()["shares-not-whole"].finding(
        start + begin, start + end, found=said[begin:end], sum=f"{plain(summed)}%"
    )
