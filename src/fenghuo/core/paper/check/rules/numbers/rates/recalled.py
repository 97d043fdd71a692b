"""The share of a part that is called by its name again, behind its list: 甲类126件、乙类97件，甲类占49.6%.

The part is the one of the list that the share names, and the whole what the list is of. Silent where any other figure
around makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....document import Document
from ....finding import Finding
from ..faults import rate_wrong
from ..text.magnitudes import Magnitude, magnitudes, roughly
from ..text.quantities import Quantity
from ..text.running import Running
from ..text.sentences import label_of
from .fractions import is_called

_NAMED = re.compile(
    r"(?:^|[，。；：、\n\u3000])[ \u3000]*(?:其中)?(?:[仅只光])?(?P<name>[^，。；：、（）()\d\s]{2,10}?)"
    r"(?:[约仅只就共已]|所)?占(?:比|到)?(?:(?P<of>[^，。；、\d]{1,10}?)的?(?:比[例重])?)?(?:[为达约]|达到)*$"
)
_OPENS = re.compile(r"其中|分别|包括|构成|组成|如下|分为|[：:]")
_LISTED = re.compile(r"[^。；\d]{0,24}|[^\d]{0,12}\n[^。；\d]{0,24}")
_WIDER = re.compile(r"[与和及对]|全[省国球]|GDP|生产总值|同类|行业|分别|同期|上年|去年")
_BACK, _BEHIND, _ALIKE = 320, 60, 3
_HUNDRED = 100


def check(document: Document) -> Iterator[Finding]:
    """Told where one part of one list is called so."""
    text = Running(document)
    said = text.said
    if "占" not in said:
        return
    for told in magnitudes(said):
        named = _NAMED.search(said[max(told.start - 36, 0) : told.start])
        if not named or told.times or told.value > _HUNDRED or (named["of"] and _WIDER.search(named["of"])):
            continue
        low = max(told.start - _BACK, 0)
        around = text.between(low, told.end + _BEHIND)
        claim = _claim(said, [each for each in around if each.end <= told.start], named["name"])
        if not claim or _made(around, told, *claim):
            continue
        part, whole = claim
        if not named["of"] or is_called(said, whole, named["of"]):
            right = part.value / whole.value * _HUNDRED
            yield rate_wrong(said, 0, told, part, whole, f"{right:.1f}%")


def _claim(said: str, before: Sequence[Quantity], name: str) -> tuple[Quantity, Quantity] | None:
    """The part that is called so, and what its list is of."""
    called = [each for each in before if not each.han and _calls(label_of(said, each.start), name)]
    if not called or len({each.unit for each in called}) < len(called) or before[-1] in called[-1:]:
        return None
    part = called[-1]
    alike = [each for each in before if each.unit == part.unit]
    at = alike.index(part)
    first = at
    while first and not _OPENS.search(said[alike[first - 1].end : alike[first].start]):
        if not _LISTED.fullmatch(said, alike[first - 1].end, alike[first].start):
            return None
        first -= 1
    whole = alike[first - 1] if first else None
    if whole is None or whole.about or part.about or whole.value < part.value:
        return None
    return part, whole


def _calls(label: str, name: str) -> bool:
    label = label.strip().removeprefix("其中").lstrip("　 ")
    same = next((at for at, (one, two) in enumerate(zip(label, name, strict=False)) if one != two), None)
    same = min(len(label), len(name)) if same is None else same
    return same >= min(_ALIKE, len(label), len(name)) > 1


def _made(around: Sequence[Quantity], told: Magnitude, part: Quantity, whole: Quantity) -> bool:
    """Whether the part makes it of any figure, or another figure makes it of the whole."""
    pairs = [(part, each) for each in around if each.unit == part.unit and each.value]
    pairs += [(each, whole) for each in around if each.unit == whole.unit and each is not whole]
    for one, two in pairs:
        share = one.value / two.value * _HUNDRED
        if told.holds(share, roughly(share, one, two)):
            return True
    return False
