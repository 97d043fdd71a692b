"""Whether figures that were taken for contradicting each other hold after all, read in another way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice, pairwise

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, step
from ..text.quantities import Quantity, amounts_in, quantities, with_unit
from ..text.sentences import around, begin_of
from .derived import both_add_up, comes_of_others, of_one_list
from .headed import misread, of_an_order, with_a_head
from .put_off import is_put_off, of_that_year

_BEFORE, _BEHIND = 120, 40
"""Characters around a rate in which its two figures are sought."""
_ALL = 100
_SOME_OF = re.compile(
    r"[\u4e00-\u9fff]{0,8}?中的\d|(?:尚未|仍未|还未|未)[\u4e00-\u9fff]{2,3}的|[\u4e00-\u9fff]{0,6}分[为成]?[两三四五六七八九\d]+[类批步项组]"
)
_ENDS = re.compile(r"[。；\n]")
_LEFT, _LEAD = re.compile("剩|其余|余下|还有|尚"), 8
_NOT_YET = re.compile("(?:未|没有?|尚|剩|余|欠)[^，。；\\d]{0,6}$")
_KEPT = re.compile("[留余][^，。；]{0,4}$")
_AFRESH = re.compile("。[^，。；]{0,2}其中")
_PRESENT = re.compile(r"\s*(?:参加|出席|列席|参会|到会)[\u4e00-\u9fff]{0,4}[：:]")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_BESIDE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:[（(][^（）()]{1,8}[)）])?[、和及与][\u4e00-\u9fff]{0,6}")
_NAME = 12
"""Characters behind two counts that are compared."""
_ABOVE = 6000
"""Characters above a rate in which its whole is sought: a long paper of a few pages."""
_HEADS = ("人", "户", "口")
"""Of whom there may be one of anything: 档案23760份，建档率90%."""
_SENTENCE = 400
"""Characters of a sentence before a count that are read."""
_TOGETHER = 4
"""Counts in a row that a rate may be of at the most: 重旱5个、中旱8个、轻旱3个、适宜2个，受旱点占88.9%."""
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
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


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
        if _of_its_rate(document, found):
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
        return (
            _of_some(document, found)
            or _added(document, found)
            or _together(document, found)
            or _of_its_rate(document, found)
            or _is_rest(document, found)
            or _is_left_of(document, found)
            or both_add_up(document, found)
            or of_an_order(document, found)
        )
    return found.rule == "rate-wrong" and (
        _follows(document, found)
        or _is_told(document, found)
        or _of_earlier(document, found)
        or of_one_list(document, found)
        or misread(document, found)
    )


def _counted(document: Document, span: Span) -> list[Quantity]:
    return quantities(folded(document.text[span.start : span.end]))


def _rate(document: Document, found: Finding) -> re.Match[str] | None:
    return _RATE.search(folded(document.text[found.span.start : found.span.end + 1]))


def _is_noted(document: Document, found: Finding) -> bool:
    """（因四舍五入，略有出入）, 两类均计, 各类人员有交叉: the paper itself says why they do not add up.

    Nor are those counted who are named among 参加：廖国栋，各村负责人9人，….
    """
    parts = [each.span for each in found.elsewhere] or [found.span]
    first, last = min(each.start for each in parts), max(each.end for each in (found.span, *parts))
    between, tail = document.text[first:last], _ENDS.split(document.text[last : last + _BEFORE])[0]
    return bool(
        _NOTED.search(between + tail)
        or _SOME_MORE.search(between)
        or bool(_PRESENT.match(document.text, document.text.rfind("\n", 0, first) + 1))
    )


def _filled(document: Document, found: Finding) -> bool:
    """860批次，其中480批次、210批次、170批次，不合格4批次: the first of the parts make the whole."""
    whole = _counted(document, found.span)
    parts = [_counted(document, each.span) for each in found.elsewhere]
    if len(whole) != 1 or len(parts) < 2 or any(len(each) != 1 for each in parts):
        return False
    sums = list(accumulate(part[0].value for part in parts))
    between = folded(
        document.text[found.span.end : max(found.elsewhere[0].span.start, found.span.end)][-_BEFORE:]
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


def _of_some(document: Document, found: Finding) -> bool:
    """甲水库、乙水库2个, 4处管护站房中的2处, 上述两项尚未完成的, 8项分三类: what is counted is told beside it."""
    before, after = around(document, found.span)
    clause = re.split(r"[，：:]", before)[-1]
    named = [each for each in re.split(r"[、和及与]", clause) if len(each) > 1]
    many = _counted(document, found.span)
    all_ = quantities(folded(found.elsewhere[0].text)) if found.elsewhere else []
    if len(many) == len(all_) == 1 and 1 < len(named) == many[0].value < all_[0].value:
        return True
    more = len(many) == len(all_) == 1 and many[0].value > all_[0].value
    return not more and bool(_SOME_OF.match(after))


def _added(document: Document, found: Finding) -> bool:
    """23条 and, later, 余下的7条，届时30条: what came to it stands beside one of the two; or a rate that makes it."""
    spans = [found.span, *(each.span for each in found.elsewhere)]
    told = [_counted(document, each) for each in spans]
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
    rates = [from_arabic(each[1]) for each in _RATE.finditer(before)]
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
    for _ in range(_TOGETHER):
        at = document.text.find(words, at + 1)
        if at < 0:
            return
        yield Span(at, at + span.end - span.start)


def _sums_up(document: Document, span: Span, other: Span) -> bool:
    """Whether the count here is what the other one and those joined to it come to."""
    many, before = _counted(document, span), around(document, other)[0]
    start = other.start - len(before)
    said = folded(document.text[start : other.end + _BEHIND])
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


def _of_its_rate(document: Document, found: Finding) -> bool:
    """41家，占78.8%: the rate told of it, from a whole that is told, shows that it counts a part of its own."""
    many = _counted(document, found.span)
    clauses = "".join(re.split("(，)", around(document, found.span)[1])[:3])
    rate = _RATE.search(folded(clauses))
    if not rate or len(many) != 1 or many[0].unit == "元" or quantities(folded(clauses[: rate.start()])):
        return False
    told = from_arabic(rate[1])
    exact = step(rate[1]) / 2 + Decimal("0.001")
    start = max(found.span.start - _ABOVE, 0)
    return told < _ALL and any(
        each.unit == many[0].unit
        and each.value > many[0].value
        and abs(many[0].value / each.value * 100 - told) < exact
        for each in quantities(folded(document.text[start : found.span.start]))
    )


def _is_rest(document: Document, found: Finding) -> bool:
    """饮片10批, and below 其中1批不合格，其余9批: the rest of what was told above, less what stands before it."""
    many, start = _counted(document, found.span), document.text.rfind("\n", 0, found.span.start) + 1
    before = folded(document.text[max(start, found.span.start - _BEFORE) : found.span.start])
    if len(many) != 1 or not _LEFT.search(before[-_LEAD:]):
        return False
    above = quantities(folded(document.text[max(start - _ABOVE, 0) : start]))
    told = {each.value for each in above if each.unit == many[0].unit}
    parts = [each.value for each in quantities(before) if each.unit == many[0].unit]
    return any(many[0].value + taken in told for taken in accumulate(reversed(parts)))


def _is_left_of(document: Document, found: Finding) -> bool:
    """计划完成6家、已完成4家, and below 未完成的2家: what two counts of one clause leave."""
    many = _counted(document, found.span)
    if len(many) != 1 or not _NOT_YET.search(
        document.text[max(found.span.start - _LEAD, 0) : found.span.start]
    ):
        return False
    above = folded(document.text[max(found.span.start - _ABOVE, 0) : found.span.start])
    told = [each for each in quantities(above) if each.unit == many[0].unit]
    return any(
        one.value - two.value == many[0].value and not _ENDS.search(above, one.end, two.start)
        for one, two in pairwise(told)
    )


def _is_of_list(document: Document, found: Finding) -> bool:
    """5月45件，6月41件。其中一季度87件，二季度127件: of the list before, and not of its last."""
    whole = found.elsewhere[0].span
    if not _AFRESH.search(document.text[whole.end : found.span.start]):
        return False
    many, before = _counted(document, whole), around(document, whole)[0]
    listed = quantities(folded(before[-_BEFORE:]))
    return bool(many) and sum(each.unit == many[0].unit for each in listed) >= 1


def _is_told(document: Document, found: Finding) -> bool:
    """实际完成2950亩 of 2800亩，完成计划的105.4%，苗木成活率91%: the rate of the two is told, and this is another's."""
    spans = [each.span for each in found.elsewhere]
    counted = [_counted(document, each) for each in spans]
    rate = _rate(document, found)
    if not rate or len(spans) != 2 or any(len(each) != 1 for each in counted):
        return False
    one, two = (each[0].value for each in counted)
    start = document.text.rfind("\n", 0, found.span.start) + 1
    before = folded(document.text[max(start, found.span.start - _BEFORE) : found.span.start])
    last = max((span.end for span in spans), default=0)
    told = list(_RATE.finditer(before))
    return (
        bool(one and two)
        and last <= found.span.start
        and any(
            abs(made * _ALL - from_arabic(each[1])) < step(each[1]) / 2 + Decimal("0.001")
            for each in told
            for made in (one / two, two / one)
        )
    )


def _is_kept_back(document: Document, found: Finding) -> bool:
    """付30%，再付30%，验收后付35%，留5%: what is kept back makes the whole with the shares."""
    said = folded(document.text[found.span.start : found.span.end + _BEHIND])
    shares = list(_RATE.finditer(said))
    own = [each for each in shares if each.start() < found.span.end - found.span.start]
    behind = next((each for each in shares[len(own) :]), None)
    return (
        behind is not None
        and bool(_KEPT.search(said[: behind.start()]))
        and sum(from_arabic(each[1]) for each in (*own, behind)) == _ALL
    )


def _makes(one: Quantity, two: Quantity, rate: Decimal) -> bool:
    """Whether one of two counts came of the other by a rate of growth, within what their last digits hide."""
    apart = abs(one.value - two.value)
    return any(
        base and abs(apart - base * rate / _ALL) < max(one.step, two.step) for base in (one.value, two.value)
    )


def _told_there(document: Document, here: Span, place: Span, count: Quantity, other: Quantity) -> bool:
    """Whether the number stands in the other count's sentence too, or is what that one leaves of another there.

    共性问题4项、个性问题12项，合计16项; 抽检1250批次，占全年计划2400批次的52.1%, and later the 1150 that remain.
    """
    near = max(place.start - _SENTENCE, 0)
    start = max(near - 1, *(document.text.rfind(sign, near, place.start) for sign in "。\n")) + 1
    sentence = re.split(r"[。\n]", folded(document.text[start : place.end + _BEFORE]))[0]
    lead = document.text[max(here.start - _LEAD, 0) : here.start]
    apart = other.value if _LEFT.search(lead) else Decimal(0)
    return any(
        each.unit == count.unit and count.value in (each.value, each.value - apart)
        for each in quantities(sentence)
    )


def _of_earlier(document: Document, found: Finding) -> bool:
    """问题148个 far above, and 累计整治145个，整治率98.0%: the whole of which the count beside the rate is a part."""
    rate = _rate(document, found)
    start = document.text.rfind("\n", 0, found.span.start) + 1
    above = folded(document.text[start : found.span.start])[-_BEFORE:]
    beside = [each for each in amounts_in(above) if each.value]
    if not rate or not beside:
        return False
    part, told = beside[-1], from_arabic(rate[1])
    exact = step(rate[1]) / 2 + Decimal("0.001")
    return any(
        (each.unit == part.unit or each.unit in _HEADS)
        and each.value > part.value
        and abs(part.value / each.value * 100 - told) < exact
        for each in amounts_in(folded(document.text[max(start - _ABOVE, 0) : start]))
    )


def _beyond(document: Document, found: Finding, unit: str) -> Iterator[Decimal]:
    """What the counts behind the last part come to, one after the other, up to the end of its sentence."""
    end = max(each.span.end for each in found.elsewhere)
    rest = re.split(r"[。\n]", folded(document.text[end : end + _BEFORE]))[0]
    return accumulate(each.value for each in quantities(rest) if each.unit == unit)


def _follows(document: Document, found: Finding) -> bool:
    """同比减少4起，下降30.8% of 13起: two figures beside it make the rate, or two together of a third."""
    rate = _rate(document, found)
    if not rate:
        return False
    told, exact = from_arabic(rate[1]), step(rate[1])
    if _of_another(document, found, told):
        return True
    if told > _ALL:
        return False  # 由11座增至24座，增长218%: what it became is no growth
    start = max(document.text.rfind("\n", 0, found.span.start) + 1, found.span.start - _BEFORE)
    stop = document.text.find("\n", found.span.end)
    around = folded(
        document.text[start : min(stop if stop >= 0 else len(document.text), found.span.end + _BEHIND)]
    )
    shown = (document.text[each.span.start : each.span.end] for each in found.elsewhere)
    units = {each.unit for told in shown for each in with_unit(folded(told))}
    counted = [each for each in amounts_in(around) if each.value and (each.unit in units or not units)]
    own = _own(around, counted, found.span.start - start)
    return any(
        abs(part / whole.value * 100 - told) < exact / 2 + Decimal("0.001")
        for whole in counted
        for part in _parts(counted, whole, own)
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
    shown = [_counted(document, each.span) for each in found.elsewhere]
    if not named or any(len(each) != 1 for each in shown) or len(shown) != 2:
        return False
    part, whole = sorted((each[0].value for each in shown), key=lambda value: value)
    right = part / whole * _ALL if whole else Decimal(0)
    at = next(each.span.start for each in found.elsewhere if _counted(document, each.span)[0].value == part)
    clause = re.split("[，。；]", document.text[max(at - _LEAD, 0) : at])[-1]
    if named["what"] not in clause:
        if abs(_ALL - right - told) < Decimal("0.1"):
            return True
        right = min(right, _ALL - right, key=lambda each: abs(each - told))
    times = max(told, right) / max(min(told, right), Decimal("0.1"))
    return abs(told - right) > _POINTS and times > _FAR and not Decimal("9.5") < times < Decimal("10.5")


def _parts(counted: Sequence[Quantity], whole: Quantity, own: Quantity | None) -> Iterator[Decimal]:
    """What may be a part of a whole: its own figure with some before it, or else any in a row."""
    alike = [each for each in counted if each.unit == whole.unit and each is not whole]
    if own:
        before = [each.value for each in alike if each.start <= own.start]
        yield from islice(accumulate(reversed(before)), _TOGETHER) if own in alike else ()
        return
    for at in range(len(alike)):
        yield from islice(accumulate(each.value for each in alike[at:]), _TOGETHER)
