"""Parts whose whole stands in another paragraph: sources of funds, items of a bill, kinds of the problems told before.

Silent where any amount of the paper, before the parts or behind, is what they make.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ....outline import Mark
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in, quantities
from ..text.runs import runs
from ..text.sentences import Sentence, sentences
from ..text.slips import mended

_BRACKETED = re.compile(r"[（(][^（）()\n]{0,40}[)）]")
_SOURCE = re.compile(
    r"自筹|补助|补贴|配套|申请|争取|筹措|筹集|捐|贷款|赞助|出资|集资|众筹|承担|负担|安排|整合|(?:财政|专项)资金"
)
_NEEDED = re.compile(
    r"(?:[共所尚]需|总(?:投资|投入|资金|费用|造价|概算|预算|经费|额)|概算|预算|估算|[投资金]资|造价|经费)[^，。；：\d]{0,8}$"
)
_NO_PART = re.compile(
    r"较|比(?!例)|增|减|每|均|其中|约|近|余|已|到位|拨付|下达|结余|剩余|缺口|超|占|共|合计|总|年度?(?:前|以来)|上年|去年"
)
_GOES_ON = re.compile(r"\s*(?:[、和及与]|等(?!级))")
_SUM = re.compile(r"[，,；、]?\s*(?:共计|合计|总计|共|总)")
_BILL = re.compile(
    r"(?:如下|明细|构成|组成|包括|其中|分别为|分别是|清单|测算|安排)[^，。；：\d]{0,6}[：:。]?\s*$|[：:]\s*$"
)
_COMES_TO = re.compile(
    r"(?:小计|合计|共计|[，,、\s]计|共需?|需|金额|费用|投资|经费|资金|约?需)(?:约|为|是)?\s*$"
)
_KINDS = re.compile(
    r"(?P<many>\d{1,2}|[两二三四五六七八九十])(?:个|大)?(?:方面|类|项|领域|环节|片区|部分)(?:的)?(?P<noun>[\u4e00-\u9fff]{0,6}?)(?:分布|构成|组成|数量|情况|分别)?(?:为|是|如下|有)?[：:]"
)
_ITEM = re.compile(r"[、，；]?(?P<label>[^，。；、：:\d（）()]{2,16}?)(?:有|为)?")
_MOST, _AROUND = 12, 120
"""Parts of one whole at the most, and amounts before and behind them that are looked at."""
_LEAST, _UTMOST = Decimal("0.8"), Decimal("1.25")


def check(document: Document) -> Iterator[Finding]:
    """Wholes that the parts told elsewhere do not make."""
    held: dict[str, list[Quantity]] = {}
    text = folded(document.text)
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures:
            continue
        if "元" in sentence.plain and _SOURCE.search(sentence.plain):
            parts = _sources(sentence)
            if parts:
                yield from _judged(text, _amounts(document, "元", held), parts, sentence.start, named=_NEEDED)
        for match in _KINDS.finditer(sentence.plain):
            yield from _kinds(document, text, sentence, match, held)
    for lead, siblings in runs(document):
        yield from _bill(document, text, lead, siblings)


def _amounts(document: Document, unit: str, held: dict[str, list[Quantity]]) -> list[Quantity]:
    """Every amount of a unit that a sentence of the paper tells, read once."""
    if not held:
        for sentence in sentences(document):
            for each in quantities(sentence.plain, sentence.start) if sentence.figures else ():
                held.setdefault(each.unit, []).append(each)
    return held.get(unit, [])


def _sources(sentence: Sentence) -> list[Quantity]:
    """省补助840万元，县财政配套360万元，村自筹120万元: every amount of the sentence, each of a source."""
    said = _BRACKETED.sub(lambda match: "　" * len(match[0]), sentence.plain)
    parts: list[Quantity] = []
    end = 0
    for each in quantities(said):
        if not each.unit or each.unit == "%":
            continue
        label = re.split(r"[，。；、：:]", said[end : each.start])[-1]
        if each.unit != "元" or each.about or not _SOURCE.search(label) or _NO_PART.search(label):
            return []
        parts.append(replace(each, start=each.start + sentence.start, end=each.end + sentence.start))
        end = each.end
    return parts if len(parts) > 1 and not _GOES_ON.match(said, end) and not _SUM.match(said, end) else []


def _bill(document: Document, text: str, lead: int, siblings: Sequence[Mark]) -> Iterator[Finding]:
    """共需经费18.4万元，明细如下：, and under it 1.桌椅40套，每套600元，计2.4万元 and so on."""
    above = document.paragraphs[lead]
    said = folded(document.said(above))
    if above.cell or len(siblings) < 2 or not _BILL.search(said):
        return
    told = [each for each in amounts_in(said, above.start) if not each.han]
    for unit in dict.fromkeys(each.unit for each in told):
        parts = [_row(document, text, mark, unit) for mark in siblings]
        held = [each for each in parts if each is not None]
        if len(held) == len(parts):
            around = [each for each in told if each.unit == unit]
            yield from _judged(text, around, held, above.end)


def _row(document: Document, text: str, mark: Mark, unit: str) -> Quantity | None:
    """The one amount of a unit that an item tells, or the one that it says it comes to."""
    end = document.paragraphs[mark.index].end
    alike = [each for each in quantities(text[mark.end : end], mark.end) if each.unit == unit]
    if len(alike) > 1:
        alike = [each for each in alike if _COMES_TO.search(text, max(each.start - 8, mark.end), each.start)][
            -1:
        ]
    return alike[0] if len(alike) == 1 and not alike[0].about else None


def _kinds(
    document: Document, text: str, sentence: Sentence, match: re.Match[str], held: dict[str, list[Quantity]]
) -> Iterator[Finding]:
    """四个方面的问题分布为：甲4个、乙7个、丙8个、丁3个, of 19个 told at the head of the paper."""
    parts: list[Quantity] = []
    end = match.end()
    said = sentence.plain
    for each in quantities(said[end:], end):
        label = _ITEM.fullmatch(said, end, each.start)
        if not label or not each.unit or each.about or (parts and each.unit != parts[0].unit):
            break
        parts.append(replace(each, start=each.start + sentence.start, end=each.end + sentence.start))
        end = each.end
    if len(parts) != how_many(match["many"]) or len(parts) < 2 or _GOES_ON.match(said, end):
        return
    noun = match["noun"]
    told = [
        each
        for each in _near(_amounts(document, parts[0].unit, held), sentence.start)
        if each.start < sentence.start
        and noun
        and noun[-2:]
        in re.split(r"[。；\n]", text[max(each.start - 30, 0) : each.start])[-1]
        + text[each.end : each.end + 4]
    ]
    yield from _judged(text, told, parts, sentence.start, noun=noun)


def _near(told: Sequence[Quantity], at: int) -> Sequence[Quantity]:
    """The amounts around a place, so that a long paper takes no square."""
    middle = bisect_left(told, at, key=lambda each: each.start)
    return told[max(middle - _AROUND, 0) : middle + _AROUND]


def _judged(
    text: str,
    told: Sequence[Quantity],
    parts: Sequence[Quantity],
    at: int,
    *,
    named: re.Pattern[str] | None = None,
    noun: str = "",
) -> Iterator[Finding]:
    """The amount before the parts that was meant for their sum, where none is it."""
    told = _near(told, at)
    summed = sum((each.value for each in parts), Decimal(0))
    rough = max(each.step for each in (*told, *parts)) if told else Decimal(0)
    if len(parts) > _MOST or any(abs(each.value - summed) <= (rough if rough < 1 else 0) for each in told):
        return
    places = {each.start for each in parts}
    near = [
        each
        for each in told
        if each.start not in places
        and each.end <= at
        and not each.about
        and each.value > max(part.value for part in parts)
        and summed * _LEAST <= each.value <= summed * _UTMOST
        and (named is None or named.search(text, max(each.start - 16, 0), each.start))
        and mended(each, parts)
    ]
    if noun:
        near = [each for each in near if text.startswith(noun, each.end)] or near
    if len({each.value for each in near}) == 1:
        yield total_wrong(text, 0, near[-1], parts)
