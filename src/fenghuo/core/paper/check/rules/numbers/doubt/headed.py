"""Readings of a figure that stands behind a list of parts: it may be of what heads the list.

31起，其中超员9起、超速12起、改道10起，同比下降26.2%（上年同期42起）: the rate is of 31. 组长由镇长担任，副组长2名，
成员9名，共12人: the head counts, though no number tells it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..rates.fractions import shares_in
from ..text.magnitudes import Magnitude, figures, magnitudes
from ..text.quantities import Quantity, amounts_in

_BEFORE, _ABOVE, _BEHIND = 200, 3000, 40
"""Characters before a rate in which its list stands, and above and behind in which what heads it is measured by."""
_ENDS = re.compile(r"[。；\n]")
_AMONG = re.compile(r"其中|包括|分别")
_CHANGED = re.compile(r"(?:增|升|减|降|多|少|下滑|回落)[^，。；\d]{0,6}$")
_BOUND = re.compile(r"(?:大于|小于|高于|低于|[≥≤＞＜><])$")
_HEADS = re.compile(
    r"(?<!副)(?:组长|队长|主任|总指挥|指挥长|会长|理事长|团长|站长|负责人)(?:由[^，。；\d]{2,24}担任|1[名人])"
)
_NAMED = re.compile(r"占(?P<of>[\u4e00-\u9fff]{3,12})的(?:约|近)?$")
_COUNTS = re.compile(
    r"(?:(?P<unit>[户人件宗起批处家项次辆台])数|(?P<money>金额|资金|价款|货值)|(?:面积|里程))[\u4e00-\u9fff]{0,6}(?:率|占比?)(?:为|达到?)?$"
)
_WELL = re.compile(r"(?<![不未])(?:合格|完好|成功|正常|[成存]活|通过|健在|在用)")
_LABEL, _PARAGRAPH = 16, 600
_CLAUSES = re.compile(r"[，。；、：\n]")
_ORDINAL = re.compile("第[一二三四五六七八九十]")
_HUNDRED, _NEAR, _TWO = 100, 40, 2


def misread(document: Document, found: Finding) -> bool:
    """Whether what was taken for part or whole of a rate is none, so that even a sure look says nothing."""
    return found.rule == "rate-wrong" and (
        _of_bounds(document, found)
        or _counts_otherwise(document, found)
        or _of_both(document, found)
        or _of_one_base(document, found)
        or _of_the_head(document, found)
        or _of_the_named(document, found)
    )


def _of_the_head(document: Document, found: Finding) -> bool:
    """Whether a rate fits the amount that heads the list before it, against any amount of the unit around."""
    text = document.text
    at = max(found.span.start - _BEFORE, 0)
    said = _ENDS.split(folded(text[at : found.span.start]))[-1]
    among = _AMONG.search(said)
    told = magnitudes(folded(text[found.span.start : found.span.end + 1]))
    heads = amounts_in(said[: among.start()])[-1:] if among else []
    if not told or not among or not heads or len(amounts_in(said[among.end() :])) < _TWO:
        return False
    above = amounts_in(folded(text[max(found.span.start - _ABOVE, 0) : found.span.end + _BEHIND]))
    wholes = {each.value for each in above if each.unit == heads[0].unit and each.value != heads[0].value}
    changed = bool(_CHANGED.search(said))
    return any(rate.holds(_rate(heads[0], whole, changed)) for rate, whole in product(told, wholes))


def _counts_otherwise(document: Document, found: Finding) -> bool:
    """应收1286户、386万元，已收1142户、351万元，户数收缴率88.8%: a rate that says what it counts, of other amounts."""
    rate = _COUNTS.search(folded(document.text[max(found.span.start - _NEAR, 0) : found.span.start]))
    if not rate:
        return False
    units = rate["unit"] or ("元" if rate["money"] else "亩公顷里米")
    shown = [amounts_in(folded(document.text[each.span.start : each.span.end])) for each in found.elsewhere]
    return any(len(each) == 1 and each[0].unit[-1:] not in units for each in shown)


def _of_both(document: Document, found: Finding) -> bool:
    """检验合格8640只，报废312只，报废率3.5%: what is well and what is not are the whole between them."""
    shown = [
        (each.span, amounts_in(folded(document.text[each.span.start : each.span.end])))
        for each in found.elsewhere
    ]
    told = magnitudes(folded(document.text[found.span.start : found.span.end + 1]))
    if len(shown) != 2 or len(told) != 1 or told[0].soft or any(len(each) != 1 for _, each in shown):
        return False
    (one, (part,)), (two, (whole,)) = sorted(shown, key=lambda each: each[1][0].value)
    labels = [
        _CLAUSES.split(document.text[max(each.start - _LABEL, 0) : each.start])[-1].partition("其中")[0]
        for each in (one, two)
    ]
    if (
        not _WELL.search(labels[1])
        or _WELL.search(labels[0])
        or _ENDS.search(document.text[min(one.end, two.end) : max(one.start, two.start)])
    ):
        return False
    both = part.value + whole.value
    return any(told[0].nearly(each.value / both * _HUNDRED) for each in (part, whole))


def _of_one_base(document: Document, found: Finding) -> bool:
    """委员257人，占11.71%；妇女341人，占15.54%: two shares of one whole, which is told nowhere."""
    at = document.text.rfind("\n", 0, found.span.start) + 1
    end = document.text.find("\n", found.span.end)
    last = found.span.end + _PARAGRAPH
    said = folded(
        document.text[max(at, found.span.start - _PARAGRAPH) : min(end, last) if end >= 0 else last]
    )
    begin = found.span.start - max(at, found.span.start - _PARAGRAPH)
    told = magnitudes(said[: begin + _PARAGRAPH])
    shares = list(shares_in(said, figures(said[: begin + _PARAGRAPH]), told).values())
    own = [(part, rate) for part, rate in shares if rate.start == begin and not rate.soft]
    wholes = [amounts_in(folded(document.text[each.span.start : each.span.end])) for each in found.elsewhere]
    known = {each[0].value for each in wholes if len(each) == 1}
    return any(
        one.unit == other.unit and other is not one and _overlap(_base(one, rate), _base(other, share), known)
        for one, rate in own
        for other, share in shares
        if not share.soft and not share.times
    )


def _base(part: Quantity, rate: Magnitude) -> tuple[Decimal, Decimal]:
    """Between what a part and its share have their whole."""
    middle, half = (rate.low + rate.high) / 2, (rate.high - rate.low) / 4
    low, high = part.value - part.step / 2, part.value + part.step / 2
    return low / (middle + half) * _HUNDRED, high / max(middle - half, half) * _HUNDRED


def _overlap(one: tuple[Decimal, Decimal], two: tuple[Decimal, Decimal], known: set[Decimal]) -> bool:
    """Whether two stretches meet, each known within a hundredth, and not about what is known."""
    low, high = max(one[0], two[0]), min(one[1], two[1])
    fine = all((each[1] - each[0]) * _HUNDRED <= each[1] for each in (one, two))
    return fine and low <= high and not any(low <= each <= high for each in known)


def _of_the_named(document: Document, found: Finding) -> bool:
    """二期投资5.7亿元 far above, and 二期完成3.8亿元，占二期投资的66.7%: the whole that the rate names makes it."""
    text = document.text
    named = _NAMED.search(folded(text[max(found.span.start - _NEAR, 0) : found.span.start]))
    told = magnitudes(folded(text[found.span.start : found.span.end + 1]))
    if not named or not told:
        return False
    at = max(found.span.start - _NEAR, 0) + named.start()
    above = folded(text[max(at - _ABOVE, 0) : at])
    counted = [each for each in amounts_in(above) if each.value]
    if not counted:
        return False
    part = counted[-1]
    wholes = [
        each
        for each in counted
        if each.unit == part.unit
        and each.value > part.value
        and set(named["of"]) <= set(_CLAUSES.split(above[max(each.start - _NEAR, 0) : each.start])[-1])
    ]
    return any(rate.holds(part.value / each.value * _HUNDRED) for rate in told for each in wholes)


def _rate(part: Quantity, whole: Decimal, changed: bool) -> Decimal:
    return abs(part.value - whole) / whole * _HUNDRED if changed else part.value / whole * _HUNDRED


def _of_bounds(document: Document, found: Finding) -> bool:
    """大于0.25毫米的占6.7%: how large the things are, and no count of them."""
    return any(
        _BOUND.search(document.text[max(each.span.start - 2, 0) : each.span.start])
        for each in found.elsewhere
    )


def with_a_head(document: Document, found: Finding) -> bool:
    """Whether a sum of persons misses as many as are named as heads without a number."""
    whole, *parts = (
        amounts_in(folded(document.text[span.start : span.end]))
        for span in (found.span, *(each.span for each in found.elsewhere))
    )
    if len(whole) != 1 or whole[0].unit not in ("人", "名") or any(len(each) != 1 for each in parts):
        return False
    said = _ENDS.split(folded(document.text[max(found.span.start - _BEFORE, 0) : found.span.start]))[-1]
    missed = whole[0].value - sum(each[0].value for each in parts)
    return missed > 0 and len(_HEADS.findall(said)) == missed


def of_an_order(document: Document, found: Finding) -> bool:
    """第一组负责5个乡镇, 第二组负责4个乡镇: two counts, each of its own in a row."""
    which = [
        _ORDINAL.findall(_ENDS.split(document.text[max(at - _NEAR, 0) : at])[-1])[-1:]
        for at in (found.span.start, *(each.span.start for each in found.elsewhere))
    ]
    return len(which) == 2 and all(which) and which[0] != which[1]
