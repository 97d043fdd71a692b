"""Whether a total that misses its parts comes of other figures beside it: a list it opens, a product, a longer list.

Parts are taken for those of a total by how they stand; where the arithmetic of the same sentence says otherwise,
that is believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ...document import Document
from ...finding import Finding, Span
from ...numerals import folded
from .quantities import Quantity, is_apiece, quantities

_FAR = 200
"""Characters before and behind a total within which another reading is sought."""
_MANY = 20
"""A product below this comes about by chance."""
_OWN_SUM = re.compile(r"[^。；\n\d]{0,12}(?:合计|共计?|总计|总共|累计|总[^，。；\d]{1,4})[^，。；\n\d]{0,8}")


def comes_of_others(document: Document, found: Finding) -> bool:
    """Whether other figures of the paragraph make the total, or make its parts the parts of something else."""
    text = document.text
    spans = sorted((each.span for each in found.elsewhere), key=lambda each: each.start)
    if not spans:
        return False
    first, last = min(found.span.start, spans[0].start), max(found.span.end, spans[-1].end)
    start = max(text.rfind("\n", 0, first) + 1, first - _FAR)
    stop = text.find("\n", last)
    stop = min(stop if stop >= 0 else len(text), last + _FAR)
    said = folded(text[start:stop])
    figures = [
        each for each in quantities(said, start) if each.unit and "%" not in each.unit and not each.han
    ]
    whole = _at(figures, found.span)
    if whole is None:
        return False
    if _is_product(document, figures, whole):
        return True
    parts = [each for each in (_at(figures, span) for span in spans) if each]
    if len(parts) != len(spans):
        return False
    return (
        _opens(document, figures, whole, parts)
        or _have_own(said, start, figures, parts)
        or _is_one_of(
            [
                each
                for each in figures
                if each is whole or not is_apiece(said, replace(each, start=each.start - start))
            ],
            whole,
            parts,
        )
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
    begin = max(document.text.rfind(sign, 0, whole.start) for sign in "。；\n") + 1
    before = [each for each in figures if begin <= each.start and each.end <= whole.start]
    return whole.value >= _MANY and any(
        one.value * two.value == whole.value
        for at, one in enumerate(before)
        for two in before[at + 1 :]
        if two.unit == whole.unit and min(one.value, two.value) > 1
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
    if any(each not in alike for each in parts):
        return False
    at = alike.index(whole)
    last = alike.index(parts[-1])
    if last < at:
        return False
    list_ = sum(each.value for each in alike[at : last + 1])
    sums = accumulate((each.value for each in reversed(alike[:at])), initial=list_)
    wholes = {each.value: at_ for at_, each in enumerate(alike)}
    return any(wholes.get(told, at) < at - many for many, told in enumerate(sums))
