"""Lists of what is to come, whose later sentences do not say so themselves."""

from __future__ import annotations

import re

from ...document import Document
from .sentences import Sentence

_PLANNED = re.compile(
    r"(?:^[^，。；：:\d]{0,8}(?:打算|计划|安排|思路)[：:，]|(?:下半年|下一?步|下阶段|接下来)[^。；\d]{0,16}将(?!军|相)[^。；\d]{0,24}[：:])"
)
"""What opens a list of what is to come."""
_OPENING = 12
"""Characters of a sentence among which it does."""


CARRIED = re.compile(
    r"(?:结转|转入|列入|纳入|移[至到]|推迟[至到]|顺延[至到]|留待|留[至到]|放[在到]|安排[在到])[^，。；\d]{0,4}$"
)
"""What a time follows to which something was put off."""


def is_planned(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence belongs to a list of what is to come, which its paragraph opens with or comes to."""
    paragraph = document.paragraphs[sentence.index]
    planned = _PLANNED.search(document.said(paragraph))
    return planned is not None and paragraph.start + planned.start() <= sentence.start + _OPENING
