"""Whether figures that were taken for contradicting each other hold after all, read in another way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice, pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_arabic
from ..text.quantities import Quantity, amounts_in, quantities, with_unit
from ..text.sentences import around
from .derived import comes_of_others, of_one_list
from .headed import misread, with_a_head
from .places import ABOVE, ALL, BEFORE, BEHIND, ENDS, LEAD, RATE, TOGETHER, counted, makes_rate
from .put_off import is_put_off, of_that_year
from .recounted import of_its_rate, of_something_else

_KEPT = re.compile("[留余][^，。；]{0,4}$")
_AFRESH = re.compile("。[^，。；]{0,2}其中")
_PRESENT = re.compile(r"\s*(?:参加|出席|列席|参会|到会)[\u4e00-\u9fff]{0,4}[：:]")
_HEADS = ("人", "户", "口")
"""Of whom there may be one of anything: 档案23760份，建档率90%."""
_BY_CHANCE = 50
"""A whole below this some of its parts make by chance."""
_RATE_OF = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})率(?:达到?|为|是)?$")
_NOTED = re.compile(
    r"四舍五入|尾数|进位|略有(?:出入|差异)|交叉|重[叠复](?!率)|均计|[既兼][^，。；\d]{0,8}[又有任]|去重|不重复|同时(?:存在|具[有备]|符合|涉及|享受|属于|患)|[只仅]计(?:算)?一次|相加[^，。；\d]{0,4}[大多超高]|多选"
)
_SOME_MORE = re.compile(r"[、和及与]部分")
"""240个，可满足固定摊位210个和部分流动摊位: one of the parts is not counted."""
_OF_ITS_OWN = re.compile(r"[，,（(](?:[仅只约]?占(?:比)?|(?P<verb>[\u4e00-\u9fff]{2})率)[为达到约仅]*")
_FAR, _POINTS = 4, 10
"""Times that a rate is another one at the most, and points between them, where it is of the figures beside it."""


def doubtful(document: Document, found: Finding) -> bool:
    """Whether another reading of the figures around a finding leaves nothing wrong."""
    if found.rule == "total-wrong":
        return (
            _is_noted(document, found)
            or _filled(document, found)
            or comes_of_others(document, found)
            or with_a_head(document, found)
        )
    if found.rule == "part-exceeds-total" and found.elsewhere:
        if of_its_rate(document, found):
            return True  # 其中线上销售5.04万吨，占已销量的20.0%: of another whole
        if _is_of_list(document, found):
            return True
        # 河东片4个村、山前片6个村: two parts of one list.
        between = document.text[found.elsewhere[0].span.end : found.span.start]
        return bool(re.fullmatch(r"[\u4e00-\u9fff]{0,4}、[\u4e00-\u9fff]{1,8}", between))
    if found.rule == "shares-not-whole":
        return _is_kept_back(document, found)
    if found.rule == "other-half":
        return is_put_off(document, found)
    if found.rule == "other-year":
        return of_that_year(document, found)
    if found.rule == "counts-differ":
        return of_something_else(document, found)
    return found.rule == "rate-wrong" and (
        _follows(document, found)
        or _is_told(document, found)
        or _of_earlier(document, found)
        or of_one_list(document, found)
        or misread(document, found)
    )


def _rate(document: Document, found: Finding) -> re.Match[str] | None:
    return RATE.search(folded(document.text[found.span.start : found.span.end + 1]))


def _is_noted(document: Document, found: Finding) -> bool:
    """（因四舍五入，略有出入）, 两类均计, 各类人员有交叉: the paper itself says why they do not add up.

    Nor are those counted who are named among 参加：廖国栋，各村负责人9人，….
    """
    parts = [each.span for each in found.elsewhere] or [found.span]
    first, last = min(each.start for each in parts), max(each.end for each in (found.span, *parts))
    between, tail = document.text[first:last], ENDS.split(document.text[last : last + BEFORE])[0]
    return bool(
        _NOTED.search(between + tail)
        or _SOME_MORE.search(between)
        or _PRESENT.match(document.text, document.text.rfind("\n", 0, first) + 1)
    )


def _filled(document: Document, found: Finding) -> bool:
    """860批次，其中480批次、210批次、170批次，不合格4批次: the first of the parts make the whole."""
    whole = counted(document, found.span)
    parts = [counted(document, each.span) for each in found.elsewhere]
    if len(whole) != 1 or len(parts) < 2 or any(len(each) != 1 for each in parts):
        return False
    sums = list(accumulate(part[0].value for part in parts))
    between = folded(
        document.text[found.span.end : max(found.elsewhere[0].span.start, found.span.end)][-BEFORE:]
    )
    told = {each.value for each in quantities(between) if each.unit == whole[0].unit}
    set_off = re.search(
        "[，；。\n]", document.text[found.elsewhere[-2].span.end : found.elsewhere[-1].span.start]
    )
    if set_off and _over_again([part[0].value for part in parts], whole[0].value, told):
        return True
    if whole[0].value - sums[-1] in _beyond(document, found, whole[0].unit):
        return True
    between = document.text[found.span.end : found.elsewhere[0].span.start]
    if not re.search(r"[。\n]", between) and any(
        each.value == sums[-1] for each in quantities(folded(between))
    ):
        return True  # 制止74起，发出通知52份，已整改49起，其余3起
    pauses = [
        bool(re.search("[，；]", document.text[one.span.end : two.span.start]))
        for one, two in pairwise(found.elsewhere)
    ]
    if len(parts) > 2 and whole[0].value >= _BY_CHANCE:
        last = list(accumulate(part[0].value for part in reversed(parts)))
        if whole[0].value in last[1:-1] and pauses[len(parts) - 2 - last.index(whole[0].value)]:
            return True  # 148座，其中大桥6座，利用117座，新建31座: the last of them make it
    if len(parts) <= 2 or whole[0].value not in sums[1:-1]:
        return False
    cut = sums.index(whole[0].value)
    return pauses[cut] and (whole[0].value >= _BY_CHANCE or not any(pauses[:cut]))


def _over_again(parts: Sequence[Decimal], whole: Decimal, told: Collection[Decimal]) -> bool:
    """结案4件、在办2件，已结4件分别罚款; 审结15件，判决7件，调解5件，撤诉3件，非判决方式8件: the last is told again."""
    *before, last = parts
    again = last in islice(accumulate(reversed(before)), 1, None)
    return (last == whole < sum(parts)) or (again and sum(before) in told)


def _is_of_list(document: Document, found: Finding) -> bool:
    """5月45件，6月41件。其中一季度87件，二季度127件: of the list before, and not of its last."""
    whole = found.elsewhere[0].span
    if not _AFRESH.search(document.text[whole.end : found.span.start]):
        return False
    many, before = counted(document, whole), around(document, whole)[0]
    listed = quantities(folded(before[-BEFORE:]))
    return any(each.unit == many[0].unit for each in listed) if many else False


def _is_told(document: Document, found: Finding) -> bool:
    """实际完成2950亩 of 2800亩，完成计划的105.4%，苗木成活率91%: the rate of the two is told, and this is another's."""
    spans = [each.span for each in found.elsewhere]
    figures = [counted(document, each) for each in spans]
    rate = _rate(document, found)
    if not rate or len(spans) != 2 or any(len(each) != 1 for each in figures):
        return False
    one, two = (each[0].value for each in figures)
    start = document.text.rfind("\n", 0, found.span.start) + 1
    before = folded(document.text[max(start, found.span.start - BEFORE) : found.span.start])
    return (
        bool(one and two)
        and all(each.end <= found.span.start for each in spans)
        and any(
            makes_rate(one, two, each[1]) or makes_rate(two, one, each[1]) for each in RATE.finditer(before)
        )
    )


def _is_kept_back(document: Document, found: Finding) -> bool:
    """付30%，再付30%，验收后付35%，留5%: what is kept back makes the whole with the shares."""
    said = folded(document.text[found.span.start : found.span.end + BEHIND])
    shares = list(RATE.finditer(said))
    own = [each for each in shares if each.start() < found.span.end - found.span.start]
    behind = next(iter(shares[len(own) :]), None)
    return (
        behind is not None
        and bool(_KEPT.search(said[: behind.start()]))
        and sum(from_arabic(each[1]) for each in (*own, behind)) == ALL
    )


def _of_earlier(document: Document, found: Finding) -> bool:
    """问题148个 far above, and 累计整治145个，整治率98.0%: the whole of which the count beside the rate is a part."""
    rate = _rate(document, found)
    start = document.text.rfind("\n", 0, found.span.start) + 1
    above = folded(document.text[start : found.span.start])[-BEFORE:]
    beside = [each for each in amounts_in(above) if each.value]
    if not rate or not beside:
        return False
    part = beside[-1]
    return any(
        (each.unit == part.unit or each.unit in _HEADS)
        and each.value > part.value
        and makes_rate(part.value, each.value, rate[1])
        for each in amounts_in(folded(document.text[max(start - ABOVE, 0) : start]))
    )


def _beyond(document: Document, found: Finding, unit: str) -> Iterator[Decimal]:
    """What the counts behind the last part come to, one after the other, up to the end of its sentence."""
    end = max(each.span.end for each in found.elsewhere)
    rest = re.split(r"[。\n]", folded(document.text[end : end + BEFORE]))[0]
    return accumulate(each.value for each in quantities(rest) if each.unit == unit)


def _follows(document: Document, found: Finding) -> bool:
    """同比减少4起，下降30.8% of 13起: two figures beside it make the rate, or two together of a third."""
    rate = _rate(document, found)
    if not rate:
        return False
    told = from_arabic(rate[1])
    if _of_another(document, found, told):
        return True
    if told > ALL:
        return False  # 由11座增至24座，增长218%: what it became is no growth
    start = max(document.text.rfind("\n", 0, found.span.start) + 1, found.span.start - BEFORE)
    stop = document.text.find("\n", found.span.end)
    around = folded(
        document.text[start : min(stop if stop >= 0 else len(document.text), found.span.end + BEHIND)]
    )
    shown = (document.text[each.span.start : each.span.end] for each in found.elsewhere)
    units = {each.unit for told in shown for each in with_unit(folded(told))}
    counted = [each for each in amounts_in(around) if each.value and (each.unit in units or not units)]
    own = _own(around, counted, found.span.start - start)
    return any(
        makes_rate(part, whole.value, rate[1]) for whole in counted for part in _parts(counted, whole, own)
    )


def _own(said: str, counted: Sequence[Quantity], at: int) -> Quantity | None:
    """The figure that a rate is surely told of: 72名，占60%; 已整改396项，整改率96.1%."""
    before = [each for each in counted if each.end <= at]
    link = said[before[-1].end : at] if before else ""
    named = _OF_ITS_OWN.fullmatch(link)
    if not named or (
        named["verb"] and named["verb"] not in said[max(before[-1].start - 6, 0) : before[-1].start]
    ):
        return None
    return before[-1]


def _of_another(document: Document, found: Finding, told: Decimal) -> bool:
    """脱岗5次，在岗率94.8% of 96次: what is left; 压减120万元，压减率15%, far from what other figures make."""
    named = _RATE_OF.search(around(document, found.span)[0])
    shown = [counted(document, each.span) for each in found.elsewhere]
    if not named or any(len(each) != 1 for each in shown) or len(shown) != 2:
        return False
    part, whole = sorted((each[0].value for each in shown), key=lambda value: value)
    right = part / whole * ALL if whole else Decimal(0)
    at = next(each.span.start for each in found.elsewhere if counted(document, each.span)[0].value == part)
    clause = re.split("[，。；]", document.text[max(at - LEAD, 0) : at])[-1]
    if named["what"] not in clause:
        if abs(ALL - right - told) < Decimal("0.1"):
            return True
        right = min(right, ALL - right, key=lambda each: abs(each - told))
    times = max(told, right) / max(min(told, right), Decimal("0.1"))
    return abs(told - right) > _POINTS and times > _FAR and not Decimal("9.5") < times < Decimal("10.5")


def _parts(counted: Sequence[Quantity], whole: Quantity, own: Quantity | None) -> Iterator[Decimal]:
    """What may be a part of a whole: its own figure with some before it, or else any in a row."""
    alike = [each for each in counted if each.unit == whole.unit and each is not whole]
    if own:
        before = [each.value for each in alike if each.start <= own.start]
        yield from islice(accumulate(reversed(before)), TOGETHER) if own in alike else ()
        return
    for at in range(len(alike)):
        yield from islice(accumulate(each.value for each in alike[at:]), TOGETHER)
