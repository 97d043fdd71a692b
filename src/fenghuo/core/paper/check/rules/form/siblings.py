"""All numbers of a paper read as one tree, so that the one of another sort among its siblings is known for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...outline import Mark

RING = 5
"""The level of ①, which is none of the standard's four."""


_REACH = 400
"""Numbers looked at before and after one: no list is as long, and a file of a million stays quick."""


@dataclass(slots=True)
class _List:
    """An open list: its sort, the last number that it counted, and the sort in which that was written."""

    level: int
    last: int
    written: int

    @property
    def odd(self) -> bool:
        return self.level != self.written


@dataclass(frozen=True, slots=True)
class Odd:
    """A number of another sort than its list, which is of `level` and counts `value` there."""

    mark: Mark
    level: int
    value: int


def odd_ones(marks: Sequence[Mark]) -> Iterator[Odd]:
    """（1）② （3）, （一）1. 二、: what counts on in a list of another sort, or begins it.

    A list inside another begins at its own first number and is no fault; nor is what skips or repeats, for
    which see `numbering`.
    """
    stack: list[_List] = []
    for at, mark in enumerate(marks):
        if mark.level == 0:
            stack.clear()
            continue
        level = _meant(stack, marks, at)
        if level is not None:
            yield Odd(mark, level, mark.value)
        _count(stack, mark.level if level is None else level, mark)


def _next(marks: Sequence[Mark], at: int) -> Sequence[Mark]:
    return marks[at + 1 : at + 1 + _REACH]


def _depth(stack: list[_List], level: int) -> int | None:
    return next((depth for depth in range(len(stack) - 1, -1, -1) if stack[depth].level == level), None)


def _count(stack: list[_List], level: int, mark: Mark) -> None:
    """Note a number in its list, closing those inside it, or open one for it."""
    depth = _depth(stack, level)
    if depth is None:
        stack.append(_List(level, mark.value, mark.level))
        return
    del stack[depth + 1 :]
    stack[depth].last, stack[depth].written = mark.value, mark.level


def _meant(stack: list[_List], marks: Sequence[Mark], at: int) -> int | None:
    """The level of the list that a number belongs to by its value, where that is not its own; else None."""
    mark = marks[at]
    own = _depth(stack, mark.level)
    if own is not None and mark.value == stack[own].last + 1:
        # 一、（一）1. 二、3.: the outer list would count on as well, but the inner one goes on behind it.
        inner = stack[-1]
        expects = inner.level != mark.level and inner.last + 1 == mark.value
        return inner.level if expects and _stays(stack, own, marks, at) else None
    if mark.value == 1:
        return _first_of(stack, marks, at)
    # With a list of its own sort open further in, it skips or repeats there.
    for depth in range(len(stack) - 1, -1 if own is None else own, -1):
        if stack[depth].last + 1 != mark.value:
            continue
        if mark.level == RING or _goes_on(stack, depth, marks, at):
            return stack[depth].level
    return None


def _stays(stack: list[_List], own: int, marks: Sequence[Mark], at: int) -> bool:
    """Whether the innermost list, and not the outer one of a number's own sort, has it and counts on."""
    mark, inner = marks[at], stack[-1]
    after = marks[at + 1] if at + 1 < len(marks) else None
    if after is not None and (after.level, after.value) == (inner.level, mark.value + 1):
        # The outer list then has this number still before it.
        next_ = next((each.value for each in _next(marks, at) if each.level in (0, mark.level)), None)
        return next_ == mark.value
    if inner.written != mark.level:
        return False
    between = {(each.level, each.last + 1) for each in stack[own + 1 : -1]}
    run = mark.value
    for later in _next(marks, at):
        if (later.level, later.value) in between or (later.level, later.value) == (mark.level, mark.value):
            return True
        if (later.level, later.value) != (mark.level, run + 1):
            return False
        run += 1
    return False


def _goes_on(stack: list[_List], depth: int, marks: Sequence[Mark], at: int) -> bool:
    """Whether a list counts on behind a number of another sort, or was long enough to end with it."""
    each, mark = stack[depth], marks[at]
    after = marks[at + 1] if at + 1 < len(marks) else None
    if after is not None and (after.level, after.value) == (each.level, mark.value + 1):
        return True
    if each.odd and each.written == mark.level:
        return True
    if after is not None and (after.level, after.value) == (mark.level, mark.value + 1):
        return False
    outer = {(other.level, other.last + 1) for other in stack[:depth]}
    ends = after is None or after.level == 0 or (after.level, after.value) in outer
    # A sort that stood inside the list before may stand there again, with a number that skips.
    return (
        ends
        and each.last >= 2
        and all(before.level != mark.level for before in marks[max(at - _REACH, 0) : at])
    )


def _first_of(stack: list[_List], marks: Sequence[Mark], at: int) -> int | None:
    """The level of a list whose first number is of another sort: ① （2） （3）, or 一、2.3. below （一）."""
    mark = marks[at]
    after = marks[at + 1] if at + 1 < len(marks) else None
    if after is None or after.level == 0:
        return None
    if mark.level == RING:
        return _of_rings(stack, marks, at)
    if after.value == 2 and after.level not in (mark.level, RING):
        third = marks[at + 2] if at + 2 < len(marks) else None
        goes_on = third is not None and (third.level, third.value) == (after.level, 3)
        depth = _depth(stack, after.level)
        expected = depth is not None and stack[depth].last == 1
        # 一、（二）（三） lacks its （一）; of （1）2.3. the first is of another sort.
        goes_on = goes_on and mark.level > after.level
        if not expected and (goes_on or _depth(stack, mark.level) is not None):
            return after.level
    return _restarted(stack, marks, at)


def _of_rings(stack: list[_List], marks: Sequence[Mark], at: int) -> int | None:
    """The level of the list whose first numbers are ①, ②: what counts on behind them is of it."""
    run = at
    while run < len(marks) and marks[run].level == RING and marks[run].value == run - at + 1:
        run += 1
    after = marks[run] if run < len(marks) else None
    if after is None or after.level == 0 or after.value != run - at + 1 or after.value < 2:
        return None
    depth = _depth(stack, after.level)
    # （1）①②（2）: what counts on with the outer list leaves the rings a list of their own.
    return None if depth is not None and stack[depth].last == after.value - 1 else after.level


def _restarted(stack: list[_List], marks: Sequence[Mark], at: int) -> int | None:
    """一、二、 as points below （一）, after which （二） or the outer 三、 counts on: they are of the level below."""
    mark = marks[at]
    depth = _depth(stack, mark.level)
    if depth is None or depth == len(stack) - 1 or mark.level == RING:
        return None
    inner, outer, run = stack[-1], stack[depth], 1
    if inner.level < mark.level:
        return None
    for after in _next(marks, at):
        if after.level == mark.level and after.value == run + 1:
            run += 1
        elif (after.level, after.value) in ((inner.level, inner.last + 1), (mark.level, outer.last + 1)):
            return inner.level + 1
        elif after.level in (0, inner.level, mark.level):
            return None
    return None
