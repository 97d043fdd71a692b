"""The pitch of lines with which text accompanies a paper's signature, as the standard asks (7.3.5.5)."""

from dataclasses import dataclass

from .. import letter, measures, parts
from ..description import Kind, Paper
from .setting import Ending, ending


@dataclass(frozen=True)
class Fit:
    """The pitch of lines in twips; whether the imprint goes to a page of its own, and to an even one; `pages`
    that come before such a page."""

    line: int
    imprint_apart: bool = False
    even: bool = False
    pages: int = 1

    @property
    def blank(self) -> bool:
        """Whether a blank page lies before the imprint's: then neither of them bears a number (7.5)."""
        return self.even and self.pages % 2 == 0


def fit(paper: Paper) -> Fit:
    """The standard's pitch, or the nearest with which text, signature and imprint end on one page.

    Where no pitch brings the three together the imprint goes to a page of its own, which the standard knows
    (7.5); the signature never does while any pitch prevents it.
    """
    pitches = _pitches(paper)
    signed = parts.has_signature(paper)
    together = None
    for line in pitches:
        end = ending(paper, line)
        if not signed or end.text == end.signature:
            if not signed or end.imprint == end.signature or (paper.both_sides and end.last % 2):
                return _fitted(paper, line, end)
            together = together or _fitted(paper, line, end)
    return together or _fitted(paper, pitches[0], ending(paper, pitches[0]))


def _pitches(paper: Paper) -> tuple[int, ...]:
    usual = letter.pitches(paper) if paper.kind is Kind.LETTER else (measures.LINE_TWIPS,)
    return (*usual, *measures.OTHER_LINE_TWIPS)


def _fitted(paper: Paper, line: int, end: Ending) -> Fit:
    # On paper printed on both sides the last page is an even one, the back of the last sheet (7.4.1).
    apart = end.foot > end.last or (paper.both_sides and end.foot % 2 == 1)
    return Fit(line, apart, apart and paper.both_sides, end.last)
