"""Which of what the looks found is believed: by the look that tells it, and by how its times and figures are doubted.

Some looks are nearly always right, others only where the forests of times and figures doubt the same place. A forest of
its own weighs that; it was grown on papers whose faults no look had been made with.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ....document import Document
from ....finding import Finding
from ..text.quantities import Placed
from .claims import Claim
from .forest import forest
from .mentions import SORTS, Mention
from .whole import Whole

_BELIEVED = 0.7
"""How likely right what a look found has to be, where little is wrong with its times and figures."""
_LEAST = {
    "other-half": 0.2,
    "other-year": 0.15,
    "title-year": 0.05,
    "event-year": 0.05,
    "deadline-past": 0.1,
    "total-wrong": 0.3,
    "counts-differ": 0.4,
    "rate-wrong": 0.1,
    "part-exceeds-total": 0.3,
    "shares-not-whole": 0.02,
}
"""How likely a time or a figure has to be wrong for what a look says of it to be told in any case."""
_CERTAIN = frozenset({("part-exceeds-total", "remainders"), ("other-year", "opening")})
"""What no likelihood takes back: 38个小区中有42个 needs nothing but its numbers, an opening nothing but the title."""
_OF_TIME = frozenset(("other-half", "other-year", "title-year", "event-year", "deadline-past"))
_RULES = (
    "counts-differ",
    "date-unreal",
    "deadline-past",
    "event-year",
    "number-unreal",
    "number-year",
    "other-half",
    "other-year",
    "part-exceeds-total",
    "percent-over",
    "period-backwards",
    "rate-wrong",
    "shares-not-whole",
    "table-total-wrong",
    "title-year",
    "total-wrong",
    "unit-missing",
    "weekday-wrong",
)
_DUE = re.compile(r"[^，。；]{0,3}前")
"""Behind a day by which something is due."""
_OF_CLAIM = 14
"""Numbers that a claim was asked by which are told of a finding as well."""
_NONE = -1.0
_DUE_AT, _TIME_AT, _CLAIM_AT = 6, 7, 10
"""Where in a row it is told that something is due, how likely a time is wrong, and how likely a figure."""


@dataclass(frozen=True)
class Asked:
    """What is likely wrong in a paper: its times, and what its figures ask of each other."""

    document: Document
    whole: Whole
    times: Sequence[float]
    claims: Sequence[tuple[Claim, float]]


def believed(found: Iterable[Finding], asked: Asked) -> list[Finding]:
    """What is likely enough right, and what the forests of times or figures do not doubt."""
    found = list(found)
    asks = rows(found, asked, looks())
    likely = forest("belief").likely(asks) if found else []
    return [
        each
        for each, row, one in zip(found, asks, likely, strict=True)
        if one >= _BELIEVED or not _is_doubted(each, row)
    ]


def _is_doubted(found: Finding, row: Sequence[float]) -> bool:
    """Whether hardly anything is wrong with the time or the figures that a look told of; what is due is not asked."""
    least = _LEAST.get(found.rule)
    if least is None or (found.rule, found.look) in _CERTAIN:
        return False
    if found.rule in _OF_TIME:
        return not row[_DUE_AT] and row[_TIME_AT] != _NONE and row[_TIME_AT] < least
    return row[_CLAIM_AT] < least


def rows(found: Sequence[Finding], asked: Asked, right: Mapping[str, float]) -> list[list[float]]:
    """A row of numbers for each finding; `right` tells how often each look was right."""
    alike = Counter(each.look for each in found)
    return [
        [
            right.get(each.look, right[""]),
            float(alike[each.look]),
            float(len(found)),
            float(_RULES.index(each.rule)) if each.rule in _RULES else _NONE,
            float(len(each.elsewhere)),
            float(each.span.end - each.span.start),
            float(bool(_DUE.match(asked.document.text, each.span.end))),
            *_of_times(each, asked),
            *_of_claims(each, asked),
        ]
        for each in found
    ]


def _of_times(found: Finding, asked: Asked) -> list[float]:
    near: list[tuple[float, Mention]] = [
        (likely, each)
        for each, likely in zip(asked.whole.all, asked.times, strict=False)
        if meet(found.span, each)
    ]
    if not near:
        return [_NONE, _NONE, 0.0]
    likely, best = max(near, key=lambda one: one[0])
    return [likely, float(SORTS.index(best.sort)), float(len(near))]


def _of_claims(found: Finding, asked: Asked) -> list[float]:
    places = [found.span, *(each.span for each in found.elsewhere)]
    near = [
        (likely, each) for each, likely in asked.claims if any(meet(place, each.figure) for place in places)
    ]
    if not near:
        return [_NONE] * (_OF_CLAIM + 2) + [0.0]
    likely, best = max(near, key=lambda one: one[0])
    own = max((one for one, each in near if meet(found.span, each.figure)), default=_NONE)
    return [likely, own, *best.row[:_OF_CLAIM], float(len(near))]


def meet(one: Placed, two: Placed) -> bool:
    """Whether two places share a sign."""
    return one.start < two.end and two.start < one.end


@cache
def looks() -> dict[str, float]:
    """How often each look was right on papers it was not made with, and under no name how often any was."""
    return json.loads(files(__package__).joinpath("forests", "looks.json").read_text(encoding="utf-8"))
