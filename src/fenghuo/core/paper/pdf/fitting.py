"""The pitch of lines with which text accompanies a paper's signature, as the standard asks (7.3.5.5)."""

from dataclasses import dataclass

from .. import measures, parts
from ..description import Paper
from .setting import ending


@dataclass(frozen=True)
class Fit:
    """The pitch of lines in twips, and whether the imprint found no room on the page of the signature."""

    line: int
    imprint_apart: bool = False


def fit(paper: Paper) -> Fit:
    """The standard's pitch, or the nearest with which text, signature and imprint end on one page.

    Where no pitch brings the three together the imprint goes to a page of its own, which the standard knows
    (7.5); the signature never does while any pitch prevents it.
    """
    if not parts.has_signature(paper):
        return Fit(measures.LINE_TWIPS)
    together = None
    for line in (measures.LINE_TWIPS, *measures.OTHER_LINE_TWIPS):
        end = ending(paper, line)
        if end.text == end.signature:
            if end.imprint == end.signature:
                return Fit(line)
            together = together or Fit(line, imprint_apart=True)
    return together or Fit(measures.LINE_TWIPS)
