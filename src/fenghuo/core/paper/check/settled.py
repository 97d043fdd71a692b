"""Which of several findings that speak of one place are told: the one that knows most of it.

A footer's “某某日报” is no name left out, a site's sign inside a figure makes that figure nobody's, and a sum with
a part still to be filled in is not wrong yet.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from .finding import Finding
from .rulebook import rules

_OF_MARKS = frozenset(
    {"space-in-chinese", "half-width-punctuation", "doubled-punctuation", "full-width-letters"}
)
_TELL_MORE = frozenset(
    {
        *("empty-brackets", "blank", "placeholder", "placeholder-date", "template-words", "fill-in-note"),
        *(
            "number-form",
            "number-skips",
            "number-repeats",
            "paper-number-brackets",
            "attachment-form",
            "title-punctuation",
        ),
    }
)
"""What stands open or is numbered wrong says more of its marks and spaces than the rules for these (`_OF_MARKS`)."""
_PUT_IN, _FOOTER = "copy-protection", "site-footer"
_SIGN_FOR_WORDS = frozenset({"placeholder", "blank"})
_SUMS = frozenset({"total-wrong", "shares-not-whole"})
_DAYS = frozenset({"period-backwards", "other-half", "date-unreal", "deadline-past", "weekday-wrong"})
_OF_DAYS = frozenset({"deadline-past", "other-half"})
"""What is said of a day, and of none that does not exist."""
_CLAUSE = re.compile(r"[。；\n]")
_REST = 400
"""Characters behind a sum in which its clause ends."""
_COUNTED = re.compile(
    r"[ \u3000]?[余多]?(?:[万亿]|平方|立方"
    r"|[个名人户次处起件项条份场辆台套亩里米吨元家间只头棵株把张枚箱桶瓶组所座口眼%％])"
)
"""What a sign that stands for a figure is followed by."""


def settled(found: Iterable[Finding], text: str) -> list[Finding]:
    """The findings of a paper's text in their order, without those that another one at their place makes idle."""
    ordered = sorted(found, key=lambda each: (each.span.start, each.span.end, each.rule))
    of = {name: rule.family for name, rule in rules().items()}
    open_ = [each for each in ordered if of[each.rule] == "left_open"]
    put_in = _Places(each for each in ordered if each.rule == _PUT_IN)
    footers = _Places(each for each in ordered if each.rule == _FOOTER)
    latin = _Places(
        each for each in ordered if each.rule == _PUT_IN and text[each.span.start : each.span.end].isascii()
    )
    days = _Places(each for each in open_ if each.rule == "placeholder-date")
    unreal = _Places(each for each in ordered if each.rule == "date-unreal")
    gaps = [each.span.start for each in open_ if _COUNTED.match(text, each.span.end)]
    idle = {id(each) for each in open_ if _is_noise(each, put_in, footers)}
    idle |= {
        id(each)
        for each in ordered
        if of[each.rule] == "numbers"
        and (
            _is_damaged(each, latin)
            or _is_open(each, text, days, gaps)
            or (each.rule in _OF_DAYS and unreal.reach(each.span.start, each.span.end))
        )
    }
    return list(_without_marks([each for each in ordered if id(each) not in idle]))


class _Places:
    """Stretches of a text by their starts, in which one is sought that meets another, touches it or holds it."""

    def __init__(self, found: Iterable[Finding]) -> None:
        spans = [each.span for each in found]
        self._starts = [each.start for each in spans]
        # The furthest end among those that start before or at each.
        self._ends = list(accumulate((each.end for each in spans), max))

    def reach(self, start: int, end: int) -> bool:
        """Whether one of them shares a sign with the stretch from `start` to `end`."""
        before = bisect_left(self._starts, end)
        return bool(before) and self._ends[before - 1] > start

    def touch(self, start: int, end: int) -> bool:
        """The same, or that one of them ends or begins where the stretch begins or ends."""
        before = bisect_right(self._starts, end)
        return bool(before) and self._ends[before - 1] >= start

    def hold(self, start: int, end: int) -> bool:
        """Whether the stretch lies inside one of them."""
        before = bisect_right(self._starts, start)
        return bool(before) and self._ends[before - 1] >= end


def _is_noise(open_: Finding, put_in: _Places, footers: _Places) -> bool:
    """（文章来源：某某日报）, 国#家: the site's, and nothing that the writer left open."""
    span = open_.span
    alone = open_.rule in _SIGN_FOR_WORDS and span.end - span.start <= 1
    return footers.reach(span.start, span.end) or (alone and put_in.touch(span.start, span.end))


def _is_damaged(wrong: Finding, latin: _Places) -> bool:
    """西点72n8户: whether 2 or 8 was put in with the letter nobody can tell, so that the figure accuses no other."""
    return any(latin.touch(each.start, each.end) for each in (wrong.span, *(e.span for e in wrong.elsewhere)))


def _is_open(wrong: Finding, text: str, days: _Places, gaps: Sequence[int]) -> bool:
    """7月1日至6月 日, 其中甲8处、乙NN处: what is still to be written is not wrong yet."""
    if wrong.rule in _DAYS:
        return days.reach(wrong.span.start, wrong.span.end)
    if wrong.rule not in _SUMS or not gaps:
        return False
    spans = [wrong.span, *(each.span for each in wrong.elsewhere)]
    low, high = min(each.start for each in spans), max(each.end for each in spans)
    close = _CLAUSE.search(text, high, high + _REST)
    first = bisect_left(gaps, low)
    return first < len(gaps) and gaps[first] < (close.start() if close else high + _REST)


def _without_marks(found: list[Finding]) -> Iterator[Finding]:
    """The findings without those of a mark or a space that lies inside a more telling one."""
    telling = _Places(each for each in found if each.rule in _TELL_MORE)
    for each in found:
        if each.rule not in _OF_MARKS or not telling.hold(each.span.start, each.span.end):
            yield each
