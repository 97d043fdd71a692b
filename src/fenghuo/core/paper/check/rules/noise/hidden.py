"""Characters that nobody sees or that no font of another machine has: zero-width, control, private."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from ...rulebook import rules

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\ue000-\uf8ff\U000e0000-\U000e007f"
    "\U000f0000-\U000ffffd\U00100000-\U0010fffd]+"
)
_OF_GB18030 = re.compile("[\ue5e5\ue766-\ue864]")
"""Where GB 18030-2000 keeps characters that names and places are written with; taking them out would lose one."""
_JOINED = re.compile("[\u200c\u200d]")
_LATIN_OR_CHINESE = re.compile(r"[\x20-\x7e\u2e80-\u9fff\uff00-\uffef]|^$")


def check(document: Document) -> Iterator[Finding]:
    """Runs of such characters."""
    text = document.text
    for found in _HIDDEN.finditer(text):
        if _OF_GB18030.search(found[0]):
            continue
        around = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
        # Emoji and the scripts of India and Arabia are joined by such characters.
        if _JOINED.fullmatch(found[0]) and not all(map(_LATIN_OR_CHINESE.match, around)):
            continue
        codes = " ".join(f"U+{ord(each):04X}" for each in found[0][:4])
        yield rules()["invisible-character"].finding(*found.span(), mend="", text=codes)
