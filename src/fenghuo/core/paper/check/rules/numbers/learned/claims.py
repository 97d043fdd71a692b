"""What a figure ought to be by those around it: the ways in which they may belong together, and how likely each is.

Two forests are asked. The first tells from words and places alone whether figures belong together in one way, as they
do in papers where it comes out. The second tells whether a figure that does not come out was mistyped, or belongs
nowhere: from how likely the ways are, how far it is off, and what else it, and the others, are borne out by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .belonging import Context, Cued, features, sort_of
from .candidates import KINDS, Candidate, candidates
from .figures import Figure
from .forest import Forest
from .slips import is_slip, is_wide_slip, slip

WAYS: dict[str, tuple[str, ...]] = {
    "same": ("same",),
    "sum-behind": ("sum-behind",),
    "rest": ("rest",),
    "sum-before": ("sum-before",),
    "threes": ("left", "both"),
    "share": ("share",),
    "change": ("change", "increment", "decrement"),
    "complement": ("complement",),
    "product": ("product",),
    "mean": ("mean",),
    "points": ("points",),
    "skipped": ("skipped-behind", "skipped-before"),
    "stride": ("stride-behind", "stride-before"),
    "mixed": ("mixed-behind", "mixed-before"),
    "counted": ("counted", "times"),
    "lasting": ("lasting",),
}
"""The forests of the first kind, each with the kinds of candidates it is asked of."""
_WAY = {kind: (way, float(at)) for way, kinds in WAYS.items() for at, kind in enumerate(kinds)}
_NEAR = 0.4, 2.5
_NEAR_PRODUCT = 0.8, 1.25
_SLIPS = frozenset(
    (
        "share",
        "change",
        "increment",
        "decrement",
        "complement",
        "mean",
        "sum-behind",
        "sum-before",
        "rest",
        "lasting",
    )
)
"""Kinds of which what lies far off may have been meant, where the hand slipped."""
_LEAST = 0.08
"""How likely a way has to be at least for what it asks to be looked at."""
_BEST = 3
"""Figures that may stand in one's place, at the most."""


@dataclass(frozen=True, slots=True)
class Way:
    """A candidate with how likely its figures belong together so."""

    candidate: Candidate
    holds: bool
    likely: float


@dataclass(frozen=True, slots=True)
class Claim:
    """That a figure ought to be `right`, by its likeliest way; `row` is what the second forest is asked."""

    figure: Figure
    right: float
    way: Way
    row: tuple[float, ...]


def _is_near(candidate: Candidate) -> bool:
    """Whether what comes out may have been meant: what is far off was reckoned of something else."""
    told, right = candidate.told.value, candidate.right
    if told <= 0 or right <= 0:
        return False
    low, high = _NEAR_PRODUCT if candidate.kind == "product" else _NEAR
    if low <= right / told <= high:
        return True
    if candidate.kind in ("product", "times"):
        return is_slip(candidate)
    return candidate.kind in _SLIPS and is_wide_slip(candidate)


def rows_of(context: Context) -> dict[str, tuple[list[Candidate], list[bool], list[list[float]]]]:
    """For each forest of the first kind its candidates, whether they come out, and a row of numbers each."""
    cued = Cued()
    found: dict[str, tuple[list[Candidate], list[bool], list[list[float]]]] = {}
    for each in candidates(context.figures, context.tallies):
        holds = each.holds
        if not holds and not _is_near(each):
            continue
        way, sort = _WAY[each.kind]
        some, held, rows = found.setdefault(way, ([], [], []))
        some.append(each)
        held.append(holds)
        rows.append([*features(each, context, cued), sort])
    return found


def ways(context: Context, forests: dict[str, Forest]) -> list[Way]:
    """Every way in which the figures of a paper may belong together."""
    found: list[Way] = []
    for way, (some, held, rows) in rows_of(context).items():
        found += map(Way, some, held, forests[way].likely(rows))
    return found


def claims(context: Context, found: Iterable[Way]) -> list[Claim]:
    """What the ways that do not come out ask of the figures, the likeliest first for each."""
    found = list(found)
    borne: dict[int, float] = defaultdict(float)
    used: dict[int, float] = defaultdict(float)
    asked: dict[int, dict[float, list[Way]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        told = each.candidate.told
        if each.holds:
            borne[told.index] = max(borne[told.index], each.likely)
            for one in each.candidate.of:
                if one.is_counted:
                    continue
                used[one.index] = max(used[one.index], each.likely)
            continue
        right = round(each.candidate.right / told.step) * told.step
        if abs(right - told.value) >= told.step / 2:
            asked[told.index][round(right, 6)].append(each)
    claimed = []
    for by_right in asked.values():
        best = sorted(by_right.items(), key=lambda one: -max(way.likely for way in one[1]))[:_BEST]
        for rank, (right, some) in enumerate(best):
            some.sort(key=lambda way: -way.likely)
            if some[0].likely < _LEAST:
                break
            other = best[1 - min(rank, 1)][1] if len(best) > 1 else ()
            row = _row(context, some, right, rank, other, borne, used)
            claimed.append(Claim(some[0].candidate.told, right, some[0], row))
    return claimed


def _row(
    context: Context,
    some: Sequence[Way],
    right: float,
    rank: int,
    other: Sequence[Way],
    borne: dict[int, float],
    used: dict[int, float],
) -> tuple[float, ...]:
    candidate = some[0].candidate
    told, of = candidate.told, candidate.of
    unlikely = 1.0
    for each in some:
        unlikely *= 1 - each.likely
    bears = [1.0 if one.is_counted else borne[one.index] for one in of]
    uses = [0.0 if one.is_counted else used[one.index] for one in of]
    return (
        float(KINDS.index(candidate.kind)),
        some[0].likely,
        1 - unlikely,
        float(len(some)),
        float(len({each.candidate.kind for each in some})),
        some[1].likely if len(some) > 1 else 0.0,
        float(rank),
        max((each.likely for each in other), default=0.0),
        borne[told.index],
        used[told.index],
        max(bears),
        min(bears),
        max(uses),
        min(uses),
        float(context.told[told.unit, told.value]),
        float(context.told[told.unit, right]),
        float(context.told[of[0].unit, of[0].value]),
        float(context.by_unit[told.unit]),
        sort_of(told),
        float(told.about),
        float(any(one.about for one in of)),
        float(told.han),
        float(len(of)),
        float(told.index - of[0].index),
        float(told.sentence - of[0].sentence),
        float(told.paragraph - of[0].paragraph),
        float(len(context.figures)),
        *slip(candidate),
    )
