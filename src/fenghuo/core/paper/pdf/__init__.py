"""Papers as PDF, set without an office suite."""

from ..description import Paper
from .fitting import fit
from .setting import typeset


def render_pdf(paper: Paper) -> bytes:
    """The paper as the bytes of a tagged PDF (A-2a, UA-1): the same paper gives the same bytes."""
    fitted = fit(paper)
    return typeset(paper, fitted.line, even=fitted.even, numbered=fitted.pages if fitted.blank else 0)


__all__ = ["render_pdf"]
