"""Whether a count that differs from an earlier one counts something else: some of them, more of them, what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, islice, pairwise

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic
from ..text.quantities import Quantity, quantities
from ..text.sentences import around, begin_of
from .derived import both_add_up
from .headed import of_an_order
from .places import ABOVE, ALL, BEFORE, BEHIND, ENDS, LEAD, LEFT, RATE, TOGETHER, counted, makes_rate

_SOME_OF = re.compile(
    r"[\u4e00-\u9fff]{0,8}?中的\d|(?:尚未|仍未|还未|未)[\u4e00-\u9fff]{2,3}的|[\u4e00-\u9fff]{0,6}分[为成]?[两三四五六七八九\d]+[类批步项组]"
)
_NOT_YET = re.compile("(?:未|没有?|尚|剩|余|欠)[^，。；\\d]{0,6}$")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_BESIDE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:[（(][^（）()]{1,8}[)）])?[、和及与][\u4e00-\u9fff]{0,6}")
_NAME = 12
"""Characters behind two counts that are compared."""
_SENTENCE = 400
"""Characters of a sentence before a count that are read."""


def of_something_else(document: Document, found: Finding) -> bool:
    """Whether two counts that are told to differ are of different things."""
    return (
        _of_some(document, found)
        or _added(document, found)
        or _together(document, found)
        or of_its_rate(document, found)
        or _is_rest(document, found)
        or _is_left_of(document, found)
        or both_add_up(document, found)
        or of_an_order(document, found)
    )


def _of_some(document: Document, found: Finding) -> bool:
    """甲水库、乙水库2个, 4处管护站房中的2处, 上述两项尚未完成的, 8项分三类: what is counted is told beside it."""
    before, after = around(document, found.span)
    clause = re.split(r"[，：:]", before)[-1]
    named = [each for each in re.split(r"[、和及与]", clause) if len(each) > 1]
    many = counted(document, found.span)
    all_ = quantities(folded(found.elsewhere[0].text)) if found.elsewhere else []
    if len(many) == len(all_) == 1 and 1 < len(named) == many[0].value < all_[0].value:
        return True
    more = len(many) == len(all_) == 1 and many[0].value > all_[0].value
    return not more and bool(_SOME_OF.match(after))


def _added(document: Document, found: Finding) -> bool:
    """23条 and, later, 余下的7条，届时30条: what came to it stands beside one of the two; or a rate that makes it."""
    spans = [found.span, *(each.span for each in found.elsewhere)]
    told = [counted(document, each) for each in spans]
    if len(told) != 2 or any(len(each) != 1 for each in told):
        return False
    one, two = told[0][0], told[1][0]
    apart = abs(one.value - two.value)
    if one.unit != two.unit or apart == min(one.value, two.value):
        return False
    if _told_there(document, spans[0], spans[1], one, two):
        return True
    later = max(spans, key=lambda each: each.start)
    start = begin_of(document.text, later.start)
    before = folded(document.text[start : later.start])
    rates = [from_arabic(each[1]) for each in RATE.finditer(before)]
    if any(_makes(one, two, each) for each in rates):
        return True
    return any(each.value == apart and each.unit == one.unit for each in quantities(before))


def _together(document: Document, found: Finding) -> bool:
    """14个村、2个社区 and, later, 16个村（社区）: what stands side by side, counted together under a wider name."""
    return any(
        _wider(document, one, two)
        and any(_sums_up(document, one, each) for each in _told_again(document, two))
        for one, two in ((found.span, each.span) for each in found.elsewhere)
        for one, two in ((one, two), (two, one))
    )


def _wider(document: Document, span: Span, other: Span) -> bool:
    """Whether what is counted here goes beyond what is counted there, or is called otherwise."""
    here, there = (document.text[each.end : each.end + _NAME] for each in (span, other))
    same = next((at for at in range(min(len(here), len(there))) if here[at] != there[at]), len(here))
    return (
        here[same : same + 1] in tuple("（(、和及与或/／")
        if same
        else bool(_WORD.match(here) and _WORD.match(there))
    )


def _told_again(document: Document, span: Span) -> Iterator[Span]:
    """Where a count stands, a few times."""
    words, at = document.text[span.start : span.end], -1
    for _ in range(TOGETHER):
        at = document.text.find(words, at + 1)
        if at < 0:
            return
        yield Span(at, at + span.end - span.start)


def _sums_up(document: Document, span: Span, other: Span) -> bool:
    """Whether the count here is what the other one and those joined to it come to."""
    many, before = counted(document, span), around(document, other)[0]
    start = other.start - len(before)
    said = folded(document.text[start : other.end + BEHIND])
    told = [each for each in quantities(said) if many and each.unit == many[0].unit]
    at = next((at for at, each in enumerate(told) if each.start == other.start - start), None)
    if at is None or len(many) != 1:
        return False
    low, high = at, at + 1
    while low and _BESIDE.fullmatch(said[told[low - 1].end : told[low].start]):
        low -= 1
    while high < len(told) and _BESIDE.fullmatch(said[told[high - 1].end : told[high].start]):
        high += 1
    values = [each.value for each in told[low:high]]
    return any(many[0].value in islice(accumulate(values[first:]), 1, None) for first in range(len(values)))


def of_its_rate(document: Document, found: Finding) -> bool:
    """41家，占78.8%: the rate told of it, from a whole that is told, shows that it counts a part of its own."""
    many = counted(document, found.span)
    clauses = "".join(re.split("(，)", around(document, found.span)[1])[:3])
    rate = RATE.search(folded(clauses))
    if not rate or len(many) != 1 or many[0].unit == "元" or quantities(folded(clauses[: rate.start()])):
        return False
    start = max(found.span.start - ABOVE, 0)
    return from_arabic(rate[1]) < ALL and any(
        each.unit == many[0].unit
        and each.value > many[0].value
        and makes_rate(many[0].value, each.value, rate[1])
        for each in quantities(folded(document.text[start : found.span.start]))
    )


def _is_rest(document: Document, found: Finding) -> bool:
    """饮片10批, and below 其中1批不合格，其余9批: the rest of what was told above, less what stands before it."""
    many, start = counted(document, found.span), document.text.rfind("\n", 0, found.span.start) + 1
    before = folded(document.text[max(start, found.span.start - BEFORE) : found.span.start])
    if len(many) != 1 or not LEFT.search(before[-LEAD:]):
        return False
    above = quantities(folded(document.text[max(start - ABOVE, 0) : start]))
    told = {each.value for each in above if each.unit == many[0].unit}
    parts = [each.value for each in quantities(before) if each.unit == many[0].unit]
    return any(many[0].value + taken in told for taken in accumulate(reversed(parts)))


def _is_left_of(document: Document, found: Finding) -> bool:
    """计划完成6家、已完成4家, and below 未完成的2家: what two counts of one clause leave."""
    many = counted(document, found.span)
    if len(many) != 1 or not _NOT_YET.search(
        document.text[max(found.span.start - LEAD, 0) : found.span.start]
    ):
        return False
    above = folded(document.text[max(found.span.start - ABOVE, 0) : found.span.start])
    told = [each for each in quantities(above) if each.unit == many[0].unit]
    return any(
        one.value - two.value == many[0].value and not ENDS.search(above, one.end, two.start)
        for one, two in pairwise(told)
    )


def _makes(one: Quantity, two: Quantity, rate: Decimal) -> bool:
    """Whether one of two counts came of the other by a rate of growth, within what their last digits hide."""
    apart = abs(one.value - two.value)
    return any(
        base and abs(apart - base * rate / ALL) < max(one.step, two.step) for base in (one.value, two.value)
    )


def _told_there(document: Document, here: Span, place: Span, count: Quantity, other: Quantity) -> bool:
    """Whether the number stands in the other count's sentence too, or is what that one leaves of another there.

    共性问题4项、个性问题12项，合计16项; 抽检1250批次，占全年计划2400批次的52.1%, and later the 1150 that remain.
    """
    near = max(place.start - _SENTENCE, 0)
    start = max(near - 1, *(document.text.rfind(sign, near, place.start) for sign in "。\n")) + 1
    sentence = re.split(r"[。\n]", folded(document.text[start : place.end + BEFORE]))[0]
    lead = document.text[max(here.start - LEAD, 0) : here.start]
    apart = other.value if LEFT.search(lead) else Decimal(0)
    return any(
        each.unit == count.unit and count.value in (each.value, each.value - apart)
        for each in quantities(sentence)
    )
