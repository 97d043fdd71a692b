"""Which lines of a checked document are shown: all of a short one, of a long one those near a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

NEAR = 2
"""Lines shown on each side of a finding."""
HEAD = 5
"""Lines shown of a document's beginning, by which it is known."""


@dataclass(frozen=True)
class Gap:
    """Lines left out, because nothing is wrong near them."""

    count: int


def shown(count: int, marked: Collection[int], whole: int) -> Iterator[int | Gap]:
    """The numbers of the lines to show, from 1 to `count`, and gaps for those between.

    `marked` are lines with findings; a document of at most `whole` lines is shown whole.
    """
    if count <= whole:
        yield from range(1, count + 1)
        return
    wanted = {near for line in marked for near in range(line - NEAR, line + NEAR + 1)} | set(
        range(1, HEAD + 1)
    )
    last = 0
    for line in sorted(each for each in wanted if 1 <= each <= count):
        if line > last + 1:
            yield Gap(line - last - 1)
        yield line
        last = line
    if last < count:
        yield Gap(count - last)
