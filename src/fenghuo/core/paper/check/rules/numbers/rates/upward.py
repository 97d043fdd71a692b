"""Shares whose whole stands in a paragraph above, and shares of two figures together.

29所，占比超过七成, of the only 67所 told before; 22件，占百分之八, of what makes the share beside it right;
自筹58万元，补助100万元，补助占63%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import rate_wrong
from ..text.magnitudes import Magnitude, figures, magnitudes, roughly
from ..text.quantities import Quantity
from ..text.sentences import begin_of, passages
from .fractions import BARE, NO_PART, is_apiece, of_it, shares_in

_WHO = re.compile(
    r"[^，。；、\d]{0,4}[，,](?P<who>[^，。；、\d]{2,8}?)(?:约|仅|只|就|共)?占(?:比)?(?:为|达|约)?"
)
_SENTENCE = re.compile(r"[。；\n]")
_ABOVE = 60
"""Figures of a unit above a paragraph that are looked at."""
_LEAST = 20
_HUNDRED = Decimal(100)


def check(document: Document) -> Iterator[Finding]:
    """Silent where any figure above makes the share."""
    above: dict[str, list[tuple[Quantity, str]]] = {}
    for start, passage in passages(document):
        said = folded(passage)
        counted = [each for each in figures(said) if not each.han]
        told = (
            [each for each in magnitudes(said) if not each.times and each.value < _HUNDRED] if counted else []
        )
        shared = shares_in(said, counted, told) if told else {}
        for part, share in shared.values():
            if not BARE.fullmatch(said, part.end, share.start) or part.unit in NO_PART or part.about:
                continue
            whole = _whole(part, shared, counted, above.get(part.unit, ()))
            if whole and not share.holds(
                part.value / whole[0].value * _HUNDRED, roughly(_HUNDRED, part, whole[0])
            ):
                right = f"{part.value / whole[0].value * _HUNDRED:.1f}%"
                yield rate_wrong(said, start, share, part, whole[1], right)
        for share in told:
            yield from _of_both(said, start, counted, share)
        for each in counted:
            if not each.about and not is_apiece(said, each):
                above.setdefault(each.unit, []).append((each, said[each.start : each.end]))


def _whole(
    part: Quantity,
    shared: dict[int, tuple[Quantity, Magnitude]],
    counted: Sequence[Quantity],
    above: Sequence[tuple[Quantity, str]],
) -> tuple[Quantity, str] | None:
    """The only figure above that the part can be of, or the one that makes another share of the paragraph right."""
    share = shared[part.start][1]
    here = [each for each in counted if each.unit == part.unit and each is not part]
    if any(each.value >= part.value and each.start not in shared and each.end <= part.start for each in here):
        return None
    near = [each for each, _ in above[-_ABOVE:]]
    fits = (each.value for each in (*near, *here) if each.value >= part.value)
    if any(share.nearly(part.value / each * _HUNDRED) for each in fits):
        return None
    larger = [each for each in above[-_ABOVE:] if each[0].value > part.value and each[0].value >= _LEAST]
    if len(near) == 1 and larger and not here:
        return larger[-1]
    right = [each for each in larger if of_it(each[0], part, shared)]
    return right[-1] if right else None


def _of_both(said: str, start: int, counted: Sequence[Quantity], share: Magnitude) -> Iterator[Finding]:
    """县财政自筹58万元，申请补助100万元，补助占63.3%."""
    before = [each for each in counted if each.end <= share.start][-2:]
    if len(before) < 2 or before[0].unit != before[1].unit or before[0].about or before[1].about:
        return
    named = _WHO.fullmatch(said, before[1].end, share.start)
    if not named or _SENTENCE.search(said, before[0].end, share.start):
        return
    low = begin_of(said, before[0].start)
    if any(low <= each.start < before[0].start and each.unit == before[0].unit for each in counted):
        return
    labels = [
        re.split(r"[，。；、：\n]", said[max(each.start - 14, low) : each.start])[-1] for each in before
    ]
    called = [each for each, label in zip(before, labels, strict=True) if named["who"] in label]
    total = before[0].value + before[1].value
    if len(called) != 1 or said.find(f"{named['who']}", share.end) >= 0:
        return
    part = called[0]
    alike = [each.value for each in counted if each.unit == part.unit and each is not part]
    if any(share.nearly(part.value / each * _HUNDRED) for each in (total, *alike)):
        return
    whole = said[before[0].start : before[0].end] + " + " + said[before[1].start : before[1].end]
    yield rate_wrong(said, start, share, part, whole, f"{part.value / total * _HUNDRED:.1f}%", beside=before)
