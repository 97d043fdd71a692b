"""Whether a total that misses its parts comes of other figures beside it: a list it opens, a product, a longer list.

Parts are taken for those of a total by how they stand; where the arithmetic of the same sentence says otherwise,
that is believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, islice, pairwise

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded
from ..text.quantities import Quantity, is_apiece, quantities
from ..text.sentences import begin_of

_FAR = 200
"""Characters before and behind a total within which another reading is sought."""
_TWO, _LONG = 2, 8
"""Figures of a rate, and parts of a list behind it."""
_MANY = 20
"""A product below this comes about by chance."""
_GRADE, _LEAD = re.compile(r"成灾|绝收"), 8
"""Grades of damage, and how far before their figures they stand."""
_OWN_SUM = re.compile(r"[^。；\n\d]{0,12}(?:合计|共计?|总计|总共|累计|总[^，。；\d]{1,4})[^，。；\n\d]{0,8}")


def comes_of_others(document: Document, found: Finding) -> bool:
    """Whether other figures of the paragraph make the total, or make its parts the parts of something else."""
    spans = sorted((each.span for each in found.elsewhere), key=lambda each: each.start)
    if not spans:
        return False
    start, said, figures = _around(document, [found.span, *spans])
    whole = _at(figures, found.span)
    if whole is None:
        return False
    if _is_product(document, figures, whole):
        return True
    parts = [each for each in (_at(figures, span) for span in spans) if each]
    if len(parts) != len(spans):
        return False
    own = [each for each in figures if each is whole or not is_apiece(said, _within(each, start))]
    return (
        _told_twice(document, figures, whole, parts)
        or _are_grades(said, start, whole, parts)
        or _have_whole(document, own, whole, parts)
        or _close(own, whole, parts)
        or _in_turn(figures, whole, parts)
        or _of_one_before(document, [whole, *parts])
        or _opens(document, figures, whole, parts)
        or _have_own(said, start, figures, parts)
        or _is_one_of(own, whole, parts)
        or _lacks_one_before(own, whole, parts)
    )


def of_one_list(document: Document, found: Finding) -> bool:
    """合格率98.6% behind 甲4380条、乙15720条、丙1360条, 21460条 in all: no part of a list is another's whole."""
    spans = [each.span for each in found.elsewhere]
    if len(spans) != _TWO:
        return False
    start, said, figures = _around(document, [*spans, found.span])
    if "占" in re.split("[，；。]", said[: found.span.start - start])[-1]:
        return False  # what the last of a list is of them all
    one, two = (_at(figures, span) for span in sorted(spans, key=lambda each: each.start))
    if one is None or two is None or one.unit != two.unit:
        return False
    alike = [each for each in figures if each.unit == one.unit]
    return _make_another(alike, alike.index(one), alike.index(two), _TWO + 1)


def both_add_up(document: Document, found: Finding) -> bool:
    """新植蔗1.05万亩 of 3.25 with 2.2, and 桂糖1.5万亩 of 2.6 with 0.7 and 0.4: each is right in a sum of its own."""
    spans = [found.span, *(each.span for each in found.elsewhere)]
    return len(spans) == _TWO and all(_adds_up(document, each) for each in spans)


def _adds_up(document: Document, span: Span) -> bool:
    """Whether figures beside each other, this one among them, make another of their sentence."""
    _, _, figures = _around(document, [span])
    own = _at(figures, span)
    if own is None:
        return False
    alike = [each for each in figures if each.unit == own.unit]
    at = alike.index(own)
    return _make_another(alike, at, at, _TWO)


def _make_another(alike: Sequence[Quantity], first: int, last: int, fewest: int) -> bool:
    """Whether so many figures beside each other, from the first to the last of some among them, make another."""
    sums = list(accumulate((each.value for each in alike), initial=Decimal(0)))
    return any(
        sums[end] - sums[begin] in (each.value for each in (*alike[:begin], *alike[end:]))
        for begin in range(max(first - _LONG, 0), first + 1)
        for end in range(max(last + 1, begin + fewest), min(len(sums), last + _LONG))
    )


def _around(document: Document, spans: Sequence[Span]) -> tuple[int, str, list[Quantity]]:
    """The paragraph around some places, as far as one looks: where it begins, its text and its figures."""
    text = document.text
    first, last = min(each.start for each in spans), max(each.end for each in spans)
    start = max(text.rfind("\n", 0, first) + 1, first - _FAR)
    stop = text.find("\n", last)
    said = folded(text[start : min(stop if stop >= 0 else len(text), last + _FAR)])
    return (
        start,
        said,
        [each for each in quantities(said, start) if each.unit and "%" not in each.unit and not each.han],
    )


def _of_one_before(document: Document, listed: Sequence[Quantity]) -> bool:
    """问题126户, and below it 整改48户，其余38户二季度整改，剩余40户停用: three parts of what was told above."""
    if "其中" in document.text[listed[0].end : listed[1].start]:
        return False  # they are parts of the first of them
    begin = min(each.start for each in listed)
    summed = sum(each.value for each in listed)
    before = quantities(folded(document.text[max(begin - _FAR, 0) : begin]))
    unit = listed[0].unit
    return summed >= _MANY and any(each.unit == unit and each.value == summed for each in before)


def _told_twice(
    document: Document, figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]
) -> bool:
    """问题62个，其中甲18个、乙21个、丙9个, and further down 乙23个: its own list makes it, one part is wrong."""
    end = re.search(r"[。；\n]", document.text[whole.end : max(parts[0].start, whole.end)])
    stop = whole.end + end.start() if end else whole.end
    own = [each.value for each in figures if whole.end <= each.start < stop and each.unit == whole.unit]
    alike = sum(one == two.value for one, two in zip(own, parts, strict=False))
    return sum(own) == whole.value and alike >= len(parts) - 1 > 0 and len(own) == len(parts)


def _within(quantity: Quantity, start: int) -> Quantity:
    return replace(quantity, start=quantity.start - start)


def _are_grades(said: str, start: int, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """受灾3.42万亩，其中成灾2.05万亩、绝收0.38万亩: each grade of damage is a part of the one before."""
    listed = (whole, *parts)
    graded = any(
        _GRADE.search(said[max(each.start - start - _LEAD, 0) : each.start - start]) for each in parts
    )
    return graded and all(one.value >= two.value for one, two in pairwise(listed))


def _have_whole(
    document: Document, figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]
) -> bool:
    """54家次，126家次，合计180家次，其中电话144家次: a sum told between or beside them is that of the parts."""
    summed, listed = sum(each.value for each in parts), {whole.start, *(each.start for each in parts)}
    first, last = min(listed), max(whole.end, parts[-1].end)
    if len(parts) < _TWO or any(mark in document.text[first:last] for mark in "；\n"):
        return False
    return any(
        first < each.start < last
        and each.start not in listed
        and each.unit == whole.unit
        and each.value == summed
        for each in figures
    )


def _close(figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """9600元；3.04万元；饭费0.8万元，油料0.7万元，合计5.5万元: the sum closes a longer list."""
    if parts[-1].start > whole.start:
        return False
    before = [each.value for each in figures if each.unit == whole.unit and each.end <= whole.start]
    return whole.value in islice(accumulate(reversed(before)), len(parts), None)


def _in_turn(figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """甲7个，完成4个；乙4个，完成3个; 小学26840人，减少1520人；初中15190人，增加210人: two things of each in turn."""
    if parts[0].start < whole.start or len(parts) < _TWO or len(parts) % _TWO:
        return False
    told = {each.value for each in figures if each.unit == whole.unit and each.start < parts[0].start}
    rows = [each for each in figures if each.unit == whole.unit and whole.start <= each.start]
    rows = [each.value for each in rows if each.start <= parts[-1].start]
    columns = (parts[at::_TWO] for at in range(_TWO))
    return (
        len(rows) >= _TWO * _TWO
        and not len(rows) % _TWO
        and (
            sum(rows[::_TWO]) in told
            or any(len(each) > 1 and sum(one.value for one in each) == whole.value for each in columns)
        )
    )


def _lacks_one_before(figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """全年投入395万元，…。五年累计1860万元，前四年分别为…: the part that is missing is told before the whole."""
    lacks = whole.value - sum(each.value for each in parts)
    own = {each.start for each in parts}
    return lacks >= _MANY and any(
        each.value == lacks and each.unit == whole.unit and each.end <= whole.start and each.start not in own
        for each in figures
    )


def _at(figures: Sequence[Quantity], span: Span) -> Quantity | None:
    return next((each for each in figures if each.start < span.end and span.start < each.end), None)


def _opens(
    document: Document, figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]
) -> bool:
    """点位176处，其中工地8处、加油站2处、学校5所、商铺161处: all of its list in whatever units."""
    if parts[0].start < whole.start:
        return False
    behind = [each for each in figures if whole.end <= each.start <= parts[-1].start]
    between = document.text[whole.end : parts[-1].start]
    return len(behind) > len(parts) and "。" not in between and sum(e.value for e in behind) == whole.value


def _is_product(document: Document, figures: Sequence[Quantity], whole: Quantity) -> bool:
    """11个村各组建扑火队1支，每支10人，共110人."""
    begin = begin_of(document.text, whole.start)
    before = [each for each in figures if begin <= each.start and each.end <= whole.start]
    return whole.value >= _MANY and any(
        one.value * two.value == whole.value
        for at, one in enumerate(before)
        for two in before[at + 1 :]
        if two.unit == whole.unit != one.unit and min(one.value, two.value) > 1
    )


def _have_own(said: str, start: int, figures: Sequence[Quantity], parts: Sequence[Quantity]) -> bool:
    """其中4月182毫米，5月214毫米，6月273毫米，三个月合计669毫米: the sum told behind them is theirs."""
    after = next((each for each in figures if each.start >= parts[-1].end), None)
    if after is None or after.unit != parts[-1].unit:
        return False
    between = said[parts[-1].end - start : after.start - start]
    return bool(_OWN_SUM.fullmatch(between)) and after.value == sum(each.value for each in parts)


def _is_one_of(figures: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """资金612万元，用途为：建设288万元，储备164万元，培训72万元，平台88万元: one of a list, whose whole it is not."""
    alike = [each for each in figures if each.unit == whole.unit]
    if any(each not in alike for each in (whole, *parts)):
        return False
    at = alike.index(whole)
    last = alike.index(parts[-1])
    if last < at:
        return False
    list_ = sum(each.value for each in alike[at : last + 1])
    sums = accumulate((each.value for each in reversed(alike[:at])), initial=list_)
    wholes = {each.value: at_ for at_, each in enumerate(alike)}
    return any(wholes.get(told, at) < at - many for many, told in enumerate(sums))
