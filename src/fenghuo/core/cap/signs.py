"""The plain signs that other signs of a stranger's text stand for, and how a message shows what cannot be seen."""

from __future__ import annotations

import re
import unicodedata

# Marks of direction and joints without width, which say nothing between letters of ASCII.
_UNSEEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD]
)
# Hyphens and minus signs that keyboards and word processors put for "-".
_MINUS = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2212], "-")
# What a terminal or a page obeys instead of showing it: controls, and marks that turn the direction of others.
# Joiners stay, for scripts of India and Persian need them.
_UNSHOWN = re.compile("\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
_PLAIN = {**_UNSEEN, **_MINUS}


def in_ascii(text: str) -> str:
    """A text of numbers or names with full-width signs made narrow, other minus signs `-`, unseen signs gone."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_PLAIN)


def visible(text: str) -> str:
    """A text with the signs in it that have no shape, or change how others look, by their numbers: ‹U+200B›."""
    return _UNSHOWN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)
