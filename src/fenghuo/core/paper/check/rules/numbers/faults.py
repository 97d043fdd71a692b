"""What is said of a whole that its parts do not make, a rate that does not follow, a count told two ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from fenghuo.core.finding import Text

from ...finding import Elsewhere, Finding, Span
from ...rulebook import rules
from .text.quantities import Measured, Placed, Quantity, plain, written_like

_NEAR = 8
_CLAUSES = re.compile(r"[。；：\n]")
OPPOSITE = Text(en="the opposite", zh="相反的变化")
"""What a change comes to that is told the wrong way round."""


def points(apart: Decimal) -> Text:
    """How far two rates are apart."""
    return Text(en=f"{plain(abs(apart))} points", zh=f"{plain(abs(apart))}个百分点")


def counts_differ(
    said: str, start: int, here: Placed, there: Placed | Elsewhere | None, *, other: str = "", thing: str = ""
) -> Finding:
    """That one thing is counted `here` otherwise than `there`, in a text that begins at `start`.

    An `Elsewhere` stands anywhere in the paper. `other` is the count of that place where it is not written
    there as it is (a list has it in its items); `thing` is what is counted, else the words around.
    """
    words = said[here.start : here.end]
    if there and not isinstance(there, Elsewhere):
        there = Elsewhere(Span(start + there.start, start + there.end), said[there.start : there.end])
    return rules()["counts-differ"].finding(
        start + here.start,
        start + here.end,
        elsewhere=(there,) if there else (),
        found=words,
        other=other or (there.text if there else ""),
        thing=thing or _around(said, here),
    )


def rate_wrong(
    said: str,
    start: int,
    rate: Placed,
    part: Placed | str,
    whole: Placed | str,
    asked: str | Text,
    *,
    beside: Sequence[Placed] | None = None,
) -> Finding:
    """That a rate does not follow from its part and its whole, of a text that begins at `start`.

    Part and whole may be words where they stand nowhere alone; `beside` names other places to show.
    """
    shown = beside if beside is not None else [each for each in (part, whole) if not isinstance(each, str)]
    part, whole = (each if isinstance(each, str) else said[each.start : each.end] for each in (part, whole))
    return rules()["rate-wrong"].finding(
        start + rate.start,
        start + rate.end,
        elsewhere=tuple(
            Elsewhere(Span(start + each.start, start + each.end), said[each.start : each.end])
            for each in shown
        ),
        found=said[rate.start : rate.end],
        part=part.strip(),
        whole=whole.strip(),
        asked=asked,
    )


def _around(said: str, here: Placed) -> str:
    before = _CLAUSES.split(said[max(here.start - _NEAR, 0) : here.start])[-1]
    after = _CLAUSES.split(said[here.end : here.end + _NEAR])[0]
    return (before + said[here.start : here.end] + after).strip("，、 ")


def total_wrong(said: str, start: int, whole: Quantity, parts: Sequence[Quantity]) -> Finding:
    """That a whole is not the sum of its parts, all of one passage that begins at `start`."""
    return _fault("total-wrong", said, start, whole, whole, parts)


def part_exceeds(
    said: str, start: int, whole: Quantity, part: Quantity, parts: Sequence[Quantity]
) -> Finding:
    """That one of the parts is more than the whole."""
    return _fault("part-exceeds-total", said, start, part, whole, parts)


def reckoned_wrong(
    said: str,
    start: int,
    total: Measured,
    right: Decimal,
    parts: Sequence[Placed],
    signs: Sequence[str] = " × ",
) -> Finding:
    """That an amount is not what others, joined by a sign or by one each, come to."""
    told = said[total.start : total.end]
    joints = [signs] * len(parts) if isinstance(signs, str) else signs
    words = [said[each.start : each.end] for each in parts]
    return rules()["total-wrong"].finding(
        start + total.start,
        start + total.end,
        elsewhere=tuple(
            Elsewhere(Span(start + each.start, start + each.end), said[each.start : each.end])
            for each in parts
        ),
        found=told,
        sum=written_like(right, told, total.unit),
        parts=words[0] + "".join(map("".join, zip(joints, words[1:], strict=False))),
    )


def _fault(
    rule: str, said: str, start: int, at: Quantity, whole: Quantity, parts: Sequence[Quantity]
) -> Finding:
    summed = sum((each.value for each in parts), Decimal(0))
    told = said[whole.start : whole.end]
    return rules()[rule].finding(
        start + at.start,
        start + at.end,
        elsewhere=tuple(
            Elsewhere(Span(start + each.start, start + each.end), said[each.start : each.end])
            for each in (parts if at is whole else (whole,))
        ),
        found=said[at.start : at.end],
        total=told,
        sum=written_like(summed, told, whole.unit),
        parts=" + ".join(said[each.start : each.end] for each in parts),
    )
