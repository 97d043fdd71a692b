"""What a repair may do: the letters and digits of a paper stay, whatever a rule proposes."""

from __future__ import annotations

import re

from ..characters import common_form
from ..document import Document
from ..finding import Finding
from ..rulebook import rules

_NUMBERING = re.compile(
    r"\s*(?:[（(]?[〇零一二三四五六七八九十百]{1,6}[）)]?|[（(]?\d{1,3}[）)]?|[①-⑳])[、.．，]?\s*"
    r"|第[〇零一二三四五六七八九十百\d]{1,6}[章节条款部分]{1,2}"
)


def harmless(document: Document, finding: Finding) -> bool:
    """Whether a finding's mend keeps every word and figure.

    What a rule that `removes` marks is foreign to the paper and may go; numbering may be counted anew; all else
    must leave letters and digits as they are, but for their form (full width, Kangxi radicals).
    """
    rule = rules()[finding.rule]
    before = document.text[finding.span.start : finding.span.end]
    after = finding.mend or ""
    if rule.removes or said(before) == said(after):
        return True
    return rule.family == "form" and all(map(_NUMBERING.fullmatch, (before, after)))


def said(text: str) -> str:
    """The letters and digits of a text, in their common form and nothing else."""
    return "".join(each for each in common_form(text) if each.isalnum())
