"""What falls to each against all of it, a power of ten off: 93万元，平均每个点500元, among 186 of them.

How many there are may be told anywhere in the paragraph, and called otherwise. That a count times or divided by ten, a
hundred or a thousand is just what the two amounts ask for, and none is without it, does not happen by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import reckoned_wrong
from ..text.magnitudes import figures
from ..text.quantities import Quantity
from ..text.sentences import begin_of, passages

_EACH = re.compile(
    r"(?:(?:折合|平均|约合|相当于|合|摊到|折到|算下来|均摊)[^，。；\d]{0,6})?(?:每(?!公|千[克瓦]|吨|克|[毫厘]?[升米]|立方|平方|度|斤|单位|[年月日天周季])[一-鿿]{1,6}?|[人户亩头株村家单店校点车件次]均|平均)[^，。；\d]{0,8}$"
)
_POWERS = (Decimal(10), Decimal(100), Decimal(1000))
_NEAR = Decimal("0.03")
_AROUND = 40
"""Counts before and behind an amount among which that of its things is."""
_LEAST = 4
"""Counts of less are made by anything."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where some count of the paragraph fits as it is."""
    for start, passage in passages(document):
        if not re.search("[每均]", passage):
            continue
        said = folded(passage)
        counted = [each for each in figures(said) if each.value and not each.han]
        for at, each in enumerate(counted):
            near = counted[max(at - _AROUND, 0) : at + _AROUND]
            if at and _EACH.search(said[max(each.start - 18, 0) : each.start]):
                yield from _judged(said, start, near, min(at, _AROUND))


def _judged(said: str, start: int, counted: Sequence[Quantity], at: int) -> Iterator[Finding]:
    each = counted[at]
    low = begin_of(said, each.start)
    totals = [one for one in counted[:at] if one.unit == each.unit and one.start >= low]
    if not totals or each.about or each.unit != "元":
        return
    total = totals[-1]
    many = total.value / each.value
    counts = {one.value for one in counted if one.unit != each.unit and one.value > _LEAST}
    if many <= 1 or any(_is_near(many, one) for one in counts):
        return
    for one in counted:
        if one.unit == each.unit or one.value <= _LEAST:
            continue
        for power in _POWERS:
            if _is_near(many, one.value * power) or _is_near(many * power, one.value):
                yield reckoned_wrong(said, start, each, total.value / one.value, [total, one], " ÷ ")
                return


def _is_near(one: Decimal, two: Decimal) -> bool:
    return abs(one - two) <= two * _NEAR
