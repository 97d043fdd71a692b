"""Which year, or which months, the words around a time ask for: 比…的同期 the last, 打算 the next, 截至 this one.

Every word around a time, its heading and the paper's title say a little. What they say together is weighed by one
weight for each word and each time that may stand there, grown like the forests (`scripts/learn_numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .forest import shipped
from .mentions import Mention
from .whole import Whole

BUCKETS = 2**14
"""Weights for each time that may stand there: words share one where their sums do."""
ASKED = {"years": 6, "months": 5}
"""How many times may stand there: three years and more before the paper's own to two after it; months in its period,
before and behind it, and where it has none those up to its own and later ones."""
_EARLIEST, _LATEST = -3, 2
_TELLING = ("去年", "上年", "今年", "明年", "同期", "以来", "计划", "拟")
_PAST, _TO_COME = re.compile("总结|情况|报告|通报"), re.compile("方案|计划|通知|安排")
_ENDS = (1, 2, 3, 4)
_NONE = 9


@dataclass(frozen=True)
class Expected:
    """`weights` of shape (BUCKETS, times) and `bias` of shape (times,)."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def likely(self, words: Sequence[int]) -> NDArray[np.float64]:
        """How likely each time is, of shape (times,): words are numbers of buckets."""
        weight = self.bias + self.weights[list(words)].sum(axis=0, dtype=np.float64)
        grown = np.exp(weight - weight.max())
        return grown / grown.sum()

    def row(self, words: Sequence[int], told: int) -> list[float]:
        """How likely the time that is told is, how likely the likeliest, and how the two differ."""
        likely = self.likely(words)
        best = int(likely.argmax())
        own, most = float(likely[told]), float(likely[best])
        return [own, most, float(np.log(own / most + 1e-6)), float(best - told)]


NOT_ASKED = [-1.0] * 4
"""The row of a time that has no year or month of its own."""


def asked(told: Whole, each: Mention) -> tuple[str, int, list[int]] | None:
    """`years` or `months`, which of them is told, and the words around it by the numbers of their buckets."""
    if each.sort == "year":
        own = _own_year(told)
        by = min(max(each.value - own, _EARLIEST), _LATEST) - _EARLIEST
        return "years", by, _buckets(_of_year(told, each, own))
    if each.sort in ("month", "range", "quarter", "half"):
        return "months", _month(told, each), _buckets(_of_months(told, each))
    return None


def row_of(known: Mapping[str, Expected], asks: tuple[str, int, Sequence[int]] | None) -> list[float]:
    """What `known` weights of years and months say of a time, by what `asked` told of it."""
    return known[asks[0]].row(asks[2], asks[1]) if asks else NOT_ASKED


def _buckets(words: Iterator[str]) -> list[int]:
    return list(dict.fromkeys(crc32(each.encode()) % BUCKETS for each in words))


def _own_year(told: Whole) -> int:
    title = told.frame.title_years
    return told.signed[0] or (title[-1] if title else told.years.most_common(1)[0][0])


def _month(told: Whole, each: Mention) -> int:
    first, last = told.period
    if not first:
        return 3 if each.value <= told.signed[1] else 4
    if first <= each.value and max(each.month, each.value) <= last:
        return 0
    return 1 if each.value < first else 2


def _around(told: Whole, each: Mention, after: str) -> Iterator[str]:
    for size in _ENDS:
        yield f"L{size}{each.lead[-size:]}"
        yield f"A{size}{after[:size]}"
    for kind, said in (("l", each.lead), ("a", after), ("h", each.heading), ("t", told.frame.title)):
        for at in range(len(said) - 1):
            yield kind + said[at : at + 2]


def _of_year(told: Whole, each: Mention, own: int) -> Iterator[str]:
    after = each.after.lstrip("年度")
    yield from _around(told, each, after)
    month = told.signed[1]
    when = "n" if not each.month else "=" if each.month == month else "<" if each.month < month else ">"
    turn = "0" if not month else "1" if month <= 2 else "4" if month >= 11 else "m"
    title = told.frame.title_years
    first, last = (title[0] - own, title[-1] - own) if title else (_NONE, _NONE)
    yield f"m{when}{turn}"
    yield f"i{each.titled}"
    yield f"q{turn}"
    yield f"f{first}"
    yield f"y{last}q{turn}"
    yield f"d{told.heads(each)}"
    yield f"b{each.after[:1]}"
    for beside in (f"{when}{turn}", f"{last}"):
        yield from _crossed(beside, each, after)
    yield "z" + turn + "".join(word for word in _TELLING if word in each.sentence)


def _of_months(told: Whole, each: Mention) -> Iterator[str]:
    yield from _around(told, each, each.after)
    first, last = told.period
    period = f"{first}-{last}" if first else f"n{told.signed[1]}"
    title = told.frame.title
    kind = "P" if _PAST.search(title) else "F" if _TO_COME.search(title) else "?"
    yield f"s{each.sort}"
    yield f"q{period}"
    yield f"q{period}{kind}"
    yield f"d{bool(each.day)}"
    yield f"d{told.heads(each)}"
    yield f"s{each.sort}{kind}"
    yield f"m{told.signed[1]}q{period}"
    for beside in (f"{bool(first)}{kind}", period):
        yield from _crossed(beside, each, each.after)
        yield f"x{beside}h{each.heading[-2:]}"
        yield f"x{beside}h{each.heading[-4:]}"


def _crossed(beside: str, each: Mention, after: str) -> Iterator[str]:
    """Words that say one thing in one paper and another in another."""
    for size in (1, 2):
        yield f"x{beside}a{after[:size]}"
        yield f"x{beside}l{each.lead[-size:]}"


@cache
def expected(name: str) -> Expected:
    """The weights that ship, read once: of `years` or of `months`."""
    told = shipped(name)
    return Expected(told["weights"].astype(np.float32) * told["scale"], told["bias"])
