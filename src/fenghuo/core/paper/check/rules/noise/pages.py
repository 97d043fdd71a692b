"""Numbers of pages that were copied with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import CHINESE, SPACES
from ...document import Document
from ...finding import Finding
from ...rulebook import rules

_MARKED = re.compile(
    rf"[{SPACES}]*(?:[-—–－─~·•][{SPACES}]*(?:\d{{1,3}}|[〇一二三四五六七八九十]{{1,3}})[{SPACES}]*[-—–－─~·•]"
    r"|第\s?\d{1,3}\s?页(?:[\s，,/／]*[共总]\s?\d{1,3}\s?页)?|\d{1,3}\s?[/／]\s?\d{1,3}"
    rf"|[Pp](?:age|\.)?\s?\d{{1,3}}(?:\s?(?:of|/)\s?\d{{1,3}})?)[{SPACES}]*"
)
_BARE = re.compile(rf"[{SPACES}]*\d{{1,3}}[{SPACES}]*")
_UNFINISHED = re.compile(rf"[{CHINESE}，、]$")
_GOES_ON = re.compile(rf"[{CHINESE}]")
_SHORTEST, _SHORT = 12, 5
"""Characters of a line that a bare number and a marked one may cut."""


def check(document: Document) -> Iterator[Finding]:
    """Lines that are nothing but a page's number; a bare one only where it cuts a sentence."""
    kept = [each for each in document.paragraphs if not each.cell and document.said(each).strip()]
    for at, each in enumerate(kept[1:], 1):
        said = document.said(each)
        bare = _BARE.fullmatch(said)
        if not (bare or _MARKED.fullmatch(said)):
            continue
        above = document.said(kept[at - 1]).rstrip()
        below = document.said(kept[at + 1]).lstrip() if at + 1 < len(kept) else ""
        cuts = (
            len(above) >= (_SHORTEST if bare else _SHORT)
            and _UNFINISHED.search(above)
            and _GOES_ON.match(below)
        )
        if cuts or (not bare and (re.search("[。；：！、，]$", above) or not below)):
            yield rules()["page-number"].finding(each.start - 1, each.end, mend="", text=said.strip())
