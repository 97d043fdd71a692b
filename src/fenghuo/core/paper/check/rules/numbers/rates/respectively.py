"""Changes told one after the other beside two rows of figures: 14起、9人, 上年20起、12人, 分别下降30%、25%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, step
from ..faults import rate_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import begin_of, passages

_CHANGES = re.compile(
    r"分别(?P<way>下降|减少|降低|增长|增加|上升|提高)(?:了)?(?P<list>\d+(?:\.\d+)?%(?:[、，和]+\d+(?:\.\d+)?%)+)"
)
_RATE = re.compile(r"(?P<number>\d+(?:\.\d+)?)%")
_APART = re.compile(r"[。；\n]")
_HUNDRED = Decimal(100)
_BEHIND = 40


def check(document: Document) -> Iterator[Finding]:
    """Silent unless as many figures of the same units stand there twice, in the same order."""
    for start, passage in passages(document):
        if "分别" not in passage:
            continue
        said = folded(passage)
        for match in _CHANGES.finditer(said):
            rates = list(_RATE.finditer(said, *match.span("list")))
            low = begin_of(said, match.start())
            before = amounts_in(said[low : match.start()], low)
            end = _APART.search(said, match.end())
            stop = min(end.start() if end else len(said), match.end() + _BEHIND)
            behind = amounts_in(said[match.end() : stop], match.end())
            many = len(rates)
            now, then = before[-2 * many : -many], before[-many:]
            if len(behind) >= many and said[match.end() : match.end() + 1] in ("（", "("):
                now, then = before[-many:], behind[:many]
            if len(now) == len(then) == many and [each.unit for each in now] == [each.unit for each in then]:
                yield from _judged(said, start, match["way"][0] in "下减降", rates, now, then)


def _judged(
    said: str,
    start: int,
    falls: bool,
    rates: Sequence[re.Match[str]],
    now: Sequence[Quantity],
    then: Sequence[Quantity],
) -> Iterator[Finding]:
    """The one change of several that does not follow."""
    rights = [
        (one.value - two.value) / two.value * _HUNDRED * (-1 if falls else 1) if two.value else None
        for one, two in zip(now, then, strict=True)
    ]
    wrong = [
        at
        for at, (rate, right) in enumerate(zip(rates, rights, strict=True))
        if right is not None and abs(right - from_arabic(rate["number"])) >= step(rate["number"])
    ]
    if len(wrong) == 1:
        (at,) = wrong
        yield rate_wrong(said, start, Span(*rates[at].span()), now[at], then[at], f"{rights[at]:.1f}%")
