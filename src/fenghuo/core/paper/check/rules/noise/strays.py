"""Where else a paper that is strewn with codes has them: beside signs and figures, where no sentence shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...characters import CHINESE, SPACES
from .standing import COUNTS

_SHORTEST = 2
_STAR = re.compile(
    rf"(?<=[{CHINESE}，。；：、）])[{SPACES}]*\*[{SPACES}]*(?=[{CHINESE}\d，。；、（])(?![{COUNTS}])"
    rf"|(?<=\d)[{SPACES}]+\*[{SPACES}]+(?=[\d.％%{CHINESE}])|(?<=\d)\*(?=[.％%])"
)
"""A star that stands for no figure and stresses no word."""
_STARRED = re.compile(r"^[ 　]*\*|\*\*|\d\*\d|[（(]\*", re.MULTILINE)
"""Stars that a paper has of its own: at the foot, in pairs, between factors."""


def strays(text: str, told: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The other places of pieces that are `told` already, and stars where the paper has none of its own."""
    taken = bytearray(len(text) + 1)
    pieces = set()
    for start, end, piece in told:
        taken[start:end] = bytes([1]) * (end - start)
        if len(piece) >= _SHORTEST:
            pieces.add(piece)
    if pieces:
        either = "|".join(map(re.escape, sorted(pieces, key=len, reverse=True)))
        for found in re.finditer(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])", text):
            if not any(taken[found.start() : found.end()]):
                yield *found.span(), found[0]
    if not _STARRED.search(text):
        for found in _STAR.finditer(text):
            if not any(taken[found.start() : found.end()]):
                yield *found.span(), "*"
