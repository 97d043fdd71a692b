"""Codes that look like what is meant: full-width digits and letters, radicals and compatibility characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import common_form
from ...document import Document
from ...finding import Finding
from ...rulebook import rules

_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+(?:．[\uff10-\uff19]+)*[\uff05]?")
_CROSSES = re.compile("[Ｘｘ]+")
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def check(document: Document) -> Iterator[Finding]:
    """Full-width digits and letters, and look-alike codes."""
    text = document.text
    for found in _WIDE.finditer(text):
        # A full-width X is a placeholder, which is told as one.
        if _CROSSES.fullmatch(found[0]):
            continue
        mend = common_form(found[0])
        yield rules()["full-width-letters"].finding(*found.span(), mend=mend, text=found[0])
    for found in _LOOKALIKE.finditer(text):
        meant = common_form(found[0])
        # Twelve ideographs stand among the compatibility ones and are ordinary characters.
        if meant != found[0]:
            yield rules()["radical-for-character"].finding(
                *found.span(), mend=meant, text=found[0], code=f"{ord(found[0]):04X}"
            )
