"""Growth told in per cent or in numbers beside the two figures it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding, Span
from ....numerals import MYRIADS, from_arabic, step
from ..faults import OPPOSITE, points, rate_wrong
from ..text.quantities import Quantity, amounts_in, written_like
from ..text.sentences import Sentence, sentences

_UP = "增长|增加|上升|上涨|提高|提升|扩大|延长|增幅|多|升"
_DOWN = "下降|减少|降低|缩短|缩小|压缩|压减|回落|降幅|少|降"
_NOW_THEN = re.compile(
    r"^[，,]?\s*(?:同比)?(?:较|比|[与同跟和]|相较于?|对比)(?:去年|上年|上一年|年初|[上去]年[末底]|期初|上期|上月|上季度|此前|原来|[^，。；\d]{0,4}\d{4}年[初末底]?)?(?:同期)?(?:的)?[（(]?$"
    r"|^[，,（(](?:[去上前]年|上一年|上[月季]度?|\d{4}年)(?:同期|同月|同季|全年)?(?:为|是|仅为)?$"
)
_ASIDE = re.compile(r"^[，,（(]占[^，。；、%]{0,12}\d%[)）]?(?=[，,])")
"""A share told in between."""
_PER = re.compile(r"/[\u4e00-\u9fff]{1,3}(?=[，,])")
"""微克/立方米: of what a measure is told."""
_TIMES = re.compile(
    r"[由从][^，。；]{0,12}?(?P<then>\d+(?:\.\d+)?)(?P<unit>[万亿]?[\u4e00-\u9fff]{1,3}?)(?:[^，。；\d]{0,6}?)[到至为]"
    r"(?P<now>\d+(?:\.\d+)?)(?P=unit)[，,][^，。；\d]{0,4}?(?P<told>翻(?:了)?(?P<times>[一两二三四])番)"
)
"""由1200亩扩大到2400亩，翻了一番."""
# 与前年同季的450件相比，增加90件，增长20%: what it became stands elsewhere.
_THEN_BY = re.compile(
    rf"(?:相比较?|比较|相较|对比)?[，,]?\s*(?:[^，。；、较比期\d]{{1,8}}?)?(?P<way>{_UP}|{_DOWN})(?:了)?$"
)
_COMPARED = re.compile(r"(?:较|比|[与同跟和]|相较于?|对比)[^，。；]{0,16}$")
_CHANGES = re.compile(rf"{_UP}|{_DOWN}")
_CHANGED_BY = re.compile(
    rf"^[，,]?\s*(?:同比|环比|(?:较|比)(?:去年|上年)(?:同期)?|(?:较|比)上[月年])(?P<way>{_UP}|{_DOWN})(?:了)?$"
)
_RISE_TO = re.compile(
    r"^(?:，)?(?:(?:增加|增长|上升|提高|提升|扩大|扩充|延长|下降|减少|降低|缩减|缩短|缩小|压缩|压减|回落)(?:至|到|为)|[增涨升扩减降跌缩][至到为])$"
)
_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,10}(?:\d{4}年)?(?:同期|上半年)?的?$")
# 2025年120起，2026年90起
_YEARS = re.compile(
    rf"^[，,、]?\s*(?:(?:19|20)\d{{2}}年|今年|本年|本期)(?![^，。；\d]*(?:比|较|{_UP}|{_DOWN}))[^，。；\d]{{0,8}}$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_YEAR_BEFORE = re.compile(r"(?:(?:19|20)\d{2}年|去年|上年)(?:同期)?[^，。；\d]{0,10}$")
_BY = re.compile(
    rf"^[）)]?(?:相比较?|比较|相较|对比)?[，,]?\s*(?:同比|环比)?(?:了)?(?P<way>{_UP}|{_DOWN})(?:率|幅度)?(?:了|为|达)?\s*"
    r"(?P<number>\d+(?:\.\d+)?)(?P<many>万|亿)?(?P<rest>%|[^\d%，。；、]{0,3})"
)

_NUMBER = r"\d+(?:\.\d+)?"
_POINTS = re.compile(
    rf"[由从][^，。；%]{{0,14}}?(?P<then>{_NUMBER})%[，,]?(?:{_UP}|{_DOWN}|[升增降]|提升)(?:了)?[至到为](?:目前的|现在的|\d{{4}}年的)?(?P<now>{_NUMBER})%[，,（(]?"
    rf"(?:累计|共)?(?:{_UP}|{_DOWN}|提升|上升)(?:了)?(?P<told>{_NUMBER})个百分点"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """增长32.6% or 减少8起, its number at `start` to `end` of the sentence."""

    rises: bool
    told: Decimal
    step: Decimal
    percent: bool
    start: int
    end: int
    after: int


def check(document: Document) -> Iterator[Finding]:
    """57处，较上年同期43处增长32.6%; 由43处增加到57处，增长32.6%; 28起，同比增加8起，增长40%."""
    for sentence in sentences(document):
        text = sentence.plain
        if not sentence.figures or sentence.cell or not (_CHANGES.search(text) or "番" in text):
            continue
        yield from _points(sentence, text)
        yield from _doubled(sentence, text)
        counted = [each for each in amounts_in(text) if not each.about]
        for one, two in pairwise(counted):
            if one.unit == two.unit:
                yield from _pair(sentence, text, counted, one, two)


def _points(sentence: Sentence, text: str) -> Iterator[Finding]:
    """由71%提高到94%，提高23个百分点."""
    for match in _POINTS.finditer(text):
        then, now, told = (from_arabic(match[name]) for name in ("then", "now", "told"))
        slack = sum(step(match[name]) for name in ("then", "now", "told")) / 2
        if abs(abs(now - then) - told) > slack:
            span = Span(match.start("told"), match.end())
            one, two = match["now"] + "%", match["then"] + "%"
            yield rate_wrong(text, sentence.start, span, one, two, points(now - then))


def _doubled(sentence: Sentence, text: str) -> Iterator[Finding]:
    """由1200亩扩大到2400亩，翻了两番: twice as many is once doubled."""
    for match in _TIMES.finditer(text) if "番" in text else ():
        then, now = from_arabic(match["then"]), from_arabic(match["now"])
        times = now / then if then else Decimal(0)
        told = Decimal(2) ** ("一二三四".find(match["times"].replace("两", "二")) + 1)
        if times and not Decimal("0.85") < times / told < Decimal("1.4"):
            span = Span(*match.span("told"))
            one, two = (match[each] + match["unit"] for each in ("now", "then"))
            yield rate_wrong(
                text, sentence.start, span, one, two, Text(en=f"{times:.1f} times", zh=f"{times:.1f}倍")
            )


def _pair(
    sentence: Sentence, text: str, counted: Sequence[Quantity], one: Quantity, two: Quantity
) -> Iterator[Finding]:
    between = _PER.sub("", _ASIDE.sub("", text[one.end : two.start]))
    # In a list of parts the figure compared may be the whole, told before them.
    before = [each for each in counted if each.start <= one.start and each.unit == one.unit][::-1]
    way = _CHANGED_BY.match(between)
    claim = _claim(text, two.end, two.unit)
    if claim is None:
        return
    if way:
        rises = bool(re.fullmatch(_UP, way["way"]))
        sign = -1 if rises else 1
        pairs = [(each, two, each.value + sign * two.value, two.value) for each in before]
        if not claim.percent or claim.rises != rises:
            return
    elif _NOW_THEN.match(between):
        pairs = [(each, two, two.value, each.value - two.value) for each in before]
    elif claim.percent and (by := _THEN_BY.fullmatch(between)) and _COMPARED.search(text[: one.start]):
        if claim.rises == bool(re.fullmatch(_UP, by["way"])):
            yield from _judged(sentence, text, claim, [(two, one, one.value, two.value)])
        return
    elif (_YEARS.match(between) and _YEAR_BEFORE.search(text[: one.start])) or (
        _RISE_TO.match(between) and _FROM.search(text[: one.start])
    ):
        now, then = (one, two) if _YEARS.match(between) and _is_later(text, one, two) else (two, one)
        pairs = [(now, then, then.value, now.value - then.value)]
    else:
        return
    if way is None:
        pairs = [(a, b, then, change if claim.rises else -change) for a, b, then, change in pairs]
    yield from _judged(sentence, text, claim, pairs)
    if claim.percent:
        return
    further = _claim(text, claim.after, two.unit)
    then = pairs[0][2]
    if further and further.percent and further.rises == claim.rises and not way:
        yield from _judged(sentence, text, further, [(two, two, then, claim.told)])


def _is_later(text: str, one: Quantity, two: Quantity) -> bool:
    """2025年日均4.68万人次，2024年日均为4.5万人次: whether what is told first is of the later year."""
    years = _YEAR.findall(text[: one.start])[-1:], _YEAR.findall(text[one.end : two.start])[-1:]
    return all(years) and years[0] > years[1]


def _claim(text: str, at: int, unit: str) -> _Claim | None:
    per = _PER.match(text, at)
    at = per.end() if per else at
    match = _BY.match(text[at:])
    if not match:
        return None
    percent = match["rest"].startswith("%")
    if not percent and (
        match["rest"].startswith(("个百分点", "倍")) or not match["rest"].startswith(unit[:1])
    ):
        return None
    scale = MYRIADS[match["many"]] if match["many"] else Decimal(1)
    end = at + match.end("many" if match["many"] else "number")
    return _Claim(
        bool(re.fullmatch(_UP, match["way"])),
        from_arabic(match["number"]) * scale,
        step(match["number"]) * scale,
        percent,
        at + match.start("number"),
        end + percent,
        end + (1 if percent else len(unit)),
    )


def _slack(claimed: Decimal, now: Quantity, other: Quantity) -> Decimal:
    steps = (claimed, now.step, other.step)
    return Decimal(1) if max(steps) <= 1 == min(steps) else Decimal(sum(steps)) / 2 + min(steps) / 10


def _judged(
    sentence: Sentence,
    text: str,
    claim: _Claim,
    pairs: Sequence[tuple[Quantity, Quantity, Decimal, Decimal]],
) -> Iterator[Finding]:
    """Silent where one of the pairs (figure, other, then, change) gives what is claimed."""
    rights = []
    for now, other, then, change in pairs:
        less, more = sorted((now.value, other.value))
        if then <= 0 or (claim.percent and abs(less / more * 100 - claim.told) < claim.step):
            return  # 同期13起，同比减少4起，下降30.8%: of the figure before it, whatever year it is of
        right = change / then * 100 if claim.percent else change
        # Each of the three may be rounded; whole numbers of things are not.
        slack = claim.step if claim.percent else _slack(claim.step, now, other)
        if abs(right - claim.told) < slack:
            return
        rights.append((now, other, right))
    if not rights:
        return
    now, other, right = rights[0]
    asked: str | Text = (
        f"{right:.1f}%" if claim.percent else written_like(right, text[claim.start : claim.end], now.unit)
    )
    if right < 0:
        asked = OPPOSITE
    yield rate_wrong(text, sentence.start, claim, now, other, asked)
