"""What a figure may follow from: others that stand around it, joined by what they could mean together.

No word is looked at here. Every way is told in which a figure comes out, or nearly does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from ..text.quantities import THINGS
from .figures import Figure
from .tallies import DAYS, MINUTES, POINTS, RUN

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
    "decrement",
    "points",
    "skipped-behind",
    "skipped-before",
    "stride-behind",
    "stride-before",
    "mixed-behind",
    "mixed-before",
    "counted",
    "lasting",
    "times",
)
_FAR = 40
"""Figures of its unit before one that it may tell again."""
_PARTS, _PARAGRAPHS = 14, 12
"""Parts of a sum at the most, and paragraphs over which they may be told."""
_RATE_REACH, _REACH = 8, 6
"""Figures of a unit before a rate that it may follow from, and before one that two others may make."""
_SKIPPED, _STRIDES, _FEW = 3, (2, 3), 8
"""Figures between a whole and its parts, steps from one part to the next, and parts of such sums at the most."""
_ASIDE, _BELOW, _COUNTED = 80, 90, 40.0
"""Signs between a list and its number before or behind it, and the most things that a list names."""
_POINTS = "个百分点"
_EPSILON = 1e-9
PERIODS, FAR = frozenset((DAYS, MINUTES)), frozenset((POINTS, RUN))
_LASTS = {"天": (DAYS, 1.0), "小时": (MINUTES, 60.0), "分钟": (MINUTES, 1.0)}
_NOT_COUNTED = frozenset(
    ("元", "%", _POINTS, "亩", "公里", "公顷", "吨", "米", "平方米", "天", "小时", "分钟", "里")
)
"""Units in which what a list names is not counted."""
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


def candidates(figures: Sequence[Figure], tallies: Sequence[Figure] = ()) -> Iterator[Candidate]:
    """Every way in which figures that stand near each other can be reckoned from one another."""
    by_unit: dict[str, list[Figure]] = {}
    for each in figures:
        by_unit.setdefault(each.unit, []).append(each)
    for unit, alike in by_unit.items():
        if unit == "%":
            yield from _complements(alike)
            yield from _points(alike, by_unit.get(_POINTS, ()))
            continue
        if unit == _POINTS:
            continue
        yield from _same(alike)
        yield from _sums(alike)
        yield from _wide_sums(alike)
        yield from _threes(alike)
    yield from _mixed([each for each in figures if each.unit in THINGS])
    yield from _rates(figures, by_unit)
    yield from _products(figures)
    if tallies:
        yield from _counted(figures, tallies)


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


def _wide_sums(alike: Sequence[Figure]) -> Iterator[Candidate]:
    """Sums with other amounts between: 共20处（计划18处），甲8处、乙12处; or 甲8处、改7处，乙12处、改10处."""
    for at, whole in enumerate(alike):
        for skip in range(1, _SKIPPED + 1):
            behind = alike[at + 1 + skip : at + 1 + skip + _FEW]
            yield from _wide("skipped-behind", whole, behind)
            before = alike[max(at - skip - _FEW, 0) : max(at - skip, 0)][::-1]
            yield from _wide("skipped-before", whole, before)
        for stride in _STRIDES:
            for first in range(stride):
                behind = alike[at + 1 + first : at + 1 + first + stride * _FEW : stride]
                yield from _wide("stride-behind", whole, behind)
            before = alike[:at][::-1][stride - 1 : stride * _FEW : stride]
            yield from _wide("stride-before", whole, before)


def _wide(kind: str, whole: Figure, near: Sequence[Figure]) -> Iterator[Candidate]:
    for parts, total in _runs(whole, near):
        if abs(parts[-1].sentence - whole.sentence) > _FEW:
            return
        if total > 2.5 * whole.value:
            return
        ordered = parts if parts[0].index < parts[-1].index else parts[::-1]
        yield Candidate(kind, whole, ordered, total, _sum_slack(whole, parts))


def _mixed(things: Sequence[Figure]) -> Iterator[Candidate]:
    """Things of several units that one sums up: 堤防12处、闸门5座、泵站3个，共20处."""
    for at, whole in enumerate(things):
        for kind, near in (
            ("mixed-behind", things[at + 1 : at + 1 + _FEW]),
            ("mixed-before", things[max(at - _FEW, 0) : at][::-1]),
        ):
            for parts, total in _runs(whole, near):
                if abs(parts[-1].paragraph - whole.paragraph) > 1 or total > 2.5 * whole.value:
                    break
                if any(each.unit != whole.unit for each in parts):
                    ordered = parts if kind == "mixed-behind" else parts[::-1]
                    yield Candidate(kind, whole, ordered, total, _sum_slack(whole, parts))


def _points(rates: Sequence[Figure], points: Sequence[Figure]) -> Iterator[Candidate]:
    """由86%提高到95%，提高9个百分点: from two of them the third."""
    for told in points:
        at = bisect_left(rates, told.index, key=_index)
        near = [each for each in rates[max(at - 3, 0) : at + 2] if abs(each.paragraph - told.paragraph) <= 1]
        for one, two in combinations(near, 2):
            right = abs(one.value - two.value)
            if right:
                yield Candidate("points", told, (one, two), right, _sum_slack(told, (one, two)))


def _counted(figures: Sequence[Figure], tallies: Sequence[Figure]) -> Iterator[Candidate]:
    """The number of a list before or behind it, how long a period lasts, and what each of a list comes to."""
    starts = [each.start for each in tallies]
    for told in figures:
        if told.is_rate or told.about:
            continue
        at = bisect_left(starts, told.start)
        for each in (*tallies[max(at - 8, 0) : at], *tallies[at : at + 3]):
            yield from _tallied(told, each)
    for at, told in enumerate(figures):
        if told.is_rate or told.step != 1:
            continue
        low = bisect_left(starts, told.start)
        beside = [
            each
            for each in tallies[max(low - 3, 0) : low + 1]
            if each.sentence == told.sentence and each.unit not in PERIODS
        ]
        for one in figures[max(at - 2, 0) : at] if beside else ():
            if abs(one.paragraph - told.paragraph) <= 1 and one.step == 1 and not one.is_rate:
                for each in beside:
                    yield Candidate("times", told, (one, each), one.value * each.value, 0.0)


def _tallied(told: Figure, tally: Figure) -> Iterator[Candidate]:
    apart = max(told.start - tally.end, tally.start - told.end)
    if tally.unit in PERIODS:
        worth = _LASTS.get(told.unit)
        if worth is None or worth[0] != tally.unit or abs(told.sentence - tally.sentence) > 6:
            return
        right = tally.value / worth[1]
        if worth[0] == DAYS and told.value == right - 1:
            right -= 1
        yield Candidate("lasting", told, (tally,), right, told.step * 0.51 if told.step != 1 else 0.0)
        return
    if not 1 < told.value <= _COUNTED or told.step != 1 or told.unit in _NOT_COUNTED:
        return
    if apart < 0 or (tally.unit not in FAR and apart > _ASIDE):
        return
    if tally.unit in FAR and tally.start > told.start and apart > _BELOW:
        return
    yield Candidate("counted", told, (tally,), tally.value, 0.0)


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
            if unit in ("%", _POINTS):
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
                        fewer = one.value / (two.value + one.value) * 100
                        yield Candidate(
                            "decrement", rate, (one, two), fewer, rate.step * 0.51 + fewer * rough * 2
                        )
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
            if abs(each.paragraph - told.paragraph) <= 1 and each.unit != _POINTS
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
