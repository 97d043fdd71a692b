"""What a figure may follow from: others that stand around it, joined by what they could mean together.

No word is looked at here. Every way is told in which a figure comes out, or nearly does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from .figures import Figure

KINDS = (
    "same",
    "sum-behind",
    "sum-before",
    "rest",
    "left",
    "both",
    "share",
    "change",
    "increment",
    "complement",
    "product",
    "mean",
)
_FAR = 40
"""Figures of its unit before one that it may tell again."""
_PARTS, _PARAGRAPHS = 14, 12
"""Parts of a sum at the most, and paragraphs over which they may be told."""
_RATE_REACH, _REACH = 8, 6
"""Figures of a unit before a rate that it may follow from, and before one that two others may make."""
_EPSILON = 1e-9
_index = attrgetter("index")


@dataclass(frozen=True, slots=True)
class Candidate:
    """That `told` follows from `of` in one way, `right` being what it then comes to."""

    kind: str
    told: Figure
    of: tuple[Figure, ...]
    right: float
    slack: float

    @property
    def holds(self) -> bool:
        return abs(self.right - self.told.value) <= self.slack + _EPSILON * abs(self.right)


def candidates(figures: Sequence[Figure]) -> Iterator[Candidate]:
    """Every way in which figures that stand near each other can be reckoned from one another."""
    by_unit: dict[str, list[Figure]] = {}
    for each in figures:
        by_unit.setdefault(each.unit, []).append(each)
    for unit, alike in by_unit.items():
        if unit == "%":
            yield from _complements(alike)
            continue
        if unit == "个百分点":
            continue
        yield from _same(alike)
        yield from _sums(alike)
        yield from _threes(alike)
    yield from _rates(figures, by_unit)
    yield from _products(figures)


def _sum_slack(told: Figure, of: Sequence[Figure]) -> float:
    steps = [each.step for each in (told, *of)]
    if min(steps) == max(steps):
        return 0.0 if min(steps) in (1.0, 1e4, 1e8) else min(steps) * (1 if len(of) > 2 else 0.5)
    return told.step / 2 + sum(each.step / 2 for each in of if each.step > told.step)


def _same(alike: Sequence[Figure]) -> Iterator[Candidate]:
    for at, each in enumerate(alike):
        for other in alike[max(at - _FAR, 0) : at]:
            yield Candidate(
                "same",
                each,
                (other,),
                other.value,
                max(each.step, other.step) / 2 if each.step != other.step else 0,
            )


def _sums(alike: Sequence[Figure]) -> Iterator[Candidate]:
    for at, whole in enumerate(alike):
        for parts, total in _runs(whole, alike[at + 1 : at + 1 + _PARTS]):
            slack = _sum_slack(whole, parts)
            yield Candidate("sum-behind", whole, parts, total, slack)
            for one in parts:
                rest = whole.value - total + one.value
                if rest > 0:
                    others = tuple(each for each in parts if each is not one)
                    yield Candidate("rest", one, (whole, *others), rest, slack)
        for parts, total in _runs(whole, alike[max(at - _PARTS, 0) : at][::-1]):
            parts = parts[::-1]
            yield Candidate("sum-before", whole, parts, total, _sum_slack(whole, parts))


def _runs(whole: Figure, near: Sequence[Figure]) -> Iterator[tuple[tuple[Figure, ...], float]]:
    """The two nearest figures and their sum, then three and so on, as far as they may be parts of one whole."""
    total = 0.0
    for size, each in enumerate(near, 1):
        total += each.value
        if size > 1 and abs(each.paragraph - whole.paragraph) > _PARAGRAPHS:
            return
        if size > 1:
            yield tuple(near[:size]), total


def _threes(alike: Sequence[Figure]) -> Iterator[Candidate]:
    for at, each in enumerate(alike):
        near = alike[max(at - _REACH, 0) : at]
        for one, two in combinations(near, 2):
            if each.paragraph - one.paragraph > 6:
                continue
            high, low = (one, two) if one.value >= two.value else (two, one)
            slack = _sum_slack(each, (one, two))
            if high.value > low.value:
                yield Candidate("left", each, (high, low), high.value - low.value, slack)
            if not (two is near[-1] and one is near[-2]):
                yield Candidate("both", each, (one, two), one.value + two.value, slack)


def _rates(figures: Sequence[Figure], by_unit: dict[str, list[Figure]]) -> Iterator[Candidate]:
    for rate in figures:
        if rate.unit != "%":
            continue
        for unit, alike in by_unit.items():
            if unit in ("%", "个百分点"):
                continue
            at = bisect_left(alike, rate.index, key=_index)
            before, behind = alike[max(at - _RATE_REACH, 0) : at], alike[at : at + 3]
            near = [each for each in (*before, *behind) if abs(each.paragraph - rate.paragraph) <= 4]
            for one in near:
                for two in near:
                    if one is two or not two.value or not one.value:
                        continue
                    rough = _rough(one) + _rough(two)
                    share = one.value / two.value * 100
                    if one.value <= two.value or share < 200:
                        yield Candidate("share", rate, (one, two), share, rate.step * 0.51 + share * rough)
                    grown = abs(one.value - two.value) / two.value * 100
                    if grown:
                        yield Candidate(
                            "change", rate, (one, two), grown, rate.step * 0.51 + (100 + grown) * rough
                        )
                    if one.value < two.value:
                        more = one.value / (two.value - one.value) * 100
                        yield Candidate(
                            "increment", rate, (one, two), more, rate.step * 0.51 + more * rough * 2
                        )


def _rough(each: Figure) -> float:
    return 0.0 if each.step == 1 else each.step / each.value / 2


def _complements(rates: Sequence[Figure]) -> Iterator[Candidate]:
    for at, each in enumerate(rates):
        for size in range(1, 7):
            if at - size < 0:
                break
            of = tuple(rates[at - size : at])
            if each.paragraph - of[0].paragraph > 3:
                break
            right = 100 - sum(one.value for one in of)
            if right <= 0:
                break
            yield Candidate("complement", each, of, right, each.step * (0.6 if size > 1 else 0.1))


def _products(figures: Sequence[Figure]) -> Iterator[Candidate]:
    for at, told in enumerate(figures):
        if told.is_rate:
            continue
        exact = told.step / 2 if told.step != 1 else 0.0
        near = [
            each
            for each in (*figures[max(at - 6, 0) : at], *figures[at + 1 : at + 4])
            if abs(each.paragraph - told.paragraph) <= 1 and each.unit != "个百分点"
        ]
        for one, two in combinations(near, 2):
            first, second = (_factor(one), _factor(two))
            if one.unit == "%" and two.unit == "%":
                continue
            if min(first, second) <= 1 and "%" not in (one.unit, two.unit):
                continue
            of_rate = "%" in (one.unit, two.unit)
            slack = told.step * 0.51 if of_rate else exact
            yield Candidate("product", told, (one, two), first * second, slack)
            if of_rate:
                continue
            high, low = (one, two) if one.value >= two.value else (two, one)
            if low.value > 1 and high.unit == told.unit and low.unit != told.unit:
                yield Candidate("mean", told, (high, low), high.value / low.value, told.step * 0.51)
        if len(near) > 2:
            for three in combinations(near, 3):
                if all(each.value > 1 and each.unit != "%" for each in three):
                    right = three[0].value * three[1].value * three[2].value
                    yield Candidate("product", told, three, right, exact)


def _factor(each: Figure) -> float:
    return each.value / 100 if each.unit == "%" else each.value
