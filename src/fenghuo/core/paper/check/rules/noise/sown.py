"""One and the same sign, sown over a paper every few words where no sentence has a place for it.

A writer who needs a sign puts it before items, between names, beside figures. What stands again and again in the middle
of sentences, between a word and the next or inside one, and at no line's beginning, was put in by a site.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ...characters import CHINESE, SPACES
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words

_MARKS = "，。；：、！？）”》〉】〕（“《〈【〔"
_USUAL = frozenset(
    "·•．‧∙—–―‒-~～〜…‥℃℉°′″％‰‱№×÷±∓+＋−=＝≈≠≤≥<>＜＞→←↑↓⇒∞√∑∏∫∠⊥∥△㎡㎥㎜㎝㎞㎏㎎㏑℡™®©￥¥$€£¢＄/／\\|｜*＊#＃&＆@＠_＿^`'\"′″"
    "∶○〇□■×✓✔✗✘☑☒√▲▽▼☐Ⅰ" + "".join(map(chr, range(0x2460, 0x2500)))
)
"""Signs that papers have between two words: units, arithmetic, boxes to tick, what is left open, figures in circles."""
_BULLETS = frozenset("●■◆◇★☆▲▶►◎⊙◉◼◻▪▫➢➤✦✧✱✻❖※")
"""Signs that are put before items: sown only where a word or a number is torn."""
_INSIDE = re.compile(
    rf"(?<=[{CHINESE}\d{_MARKS}])[{SPACES}]?([^\w\s{_MARKS}…]|[^\W\d_])[{SPACES}]?(?=[{CHINESE}\d{_MARKS}])"
)
_END, _START = re.compile(rf"[{CHINESE}]{{1,5}}$"), re.compile(rf"[{CHINESE}]{{1,5}}")
_KNOWN = ("LATIN CAPITAL", "LATIN SMALL", "GREEK", "FULLWIDTH", "CJK", "MICRO")
"""How the names of letters begin that papers do have."""
_TORN = 5
"""Bits that a text gains without what tears a word."""
_FEWEST, _ALONE = 3, 4
"""How often it has to stand there, where a word or a number is torn and where none is."""
_NEAREST, _FURTHEST = 6, 120
"""How many characters a site leaves between two."""
_SHOWN = re.compile("[标打带加注用以画为]$")


def check(document: Document) -> Iterator[Finding]:
    """Each with a space on either side of it."""
    text = document.text
    places: dict[str, list[re.Match[str]]] = defaultdict(list)
    for found in _INSIDE.finditer(text):
        sign = found[1]
        if _is_strange(sign) and not _SHOWN.search(text[max(found.start() - 1, 0) : found.start()]):
            places[sign].append(found)
    for sign, found in places.items():
        if len(found) >= _FEWEST and len(found) >= 0.8 * text.count(sign) and _is_sown(text, found):
            for each in found:
                yield rules()["copy-protection"].finding(*each.span(), mend="", text=sign)


def _is_strange(sign: str) -> bool:
    """Whether it is a sign, or a letter of a script that no paper is written in."""
    if sign in _USUAL or re.match(f"[{CHINESE}]", sign) or sign.isdigit():
        return False
    kind = unicodedata.category(sign)
    if kind[0] == "S":
        return True
    name = unicodedata.name(sign, "")
    return kind[0] == "L" and not name.startswith(
        ("LATIN CAPITAL", "LATIN SMALL", "GREEK", "FULLWIDTH", "CJK", "MICRO")
    )


def _is_sown(text: str, found: list[re.Match[str]]) -> bool:
    if any(text[each.start() - 1] == "\n" for each in found):
        return False
    steps = [two.start() - one.end() for one, two in pairwise(found)]
    if sum(_NEAREST <= step <= _FURTHEST for step in steps) < len(steps) * 0.6 or min(steps) < 2:
        return False
    amid = [each for each in found if text[each.start() - 1] not in _MARKS and text[each.end()] not in _MARKS]
    if 2 * len(amid) < len(found):
        return False
    return any(_tears(text, each) for each in amid) or (found[0][1] not in _BULLETS and len(found) >= _ALONE)


def _tears(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    if text[start - 1].isdigit() and text[end].isdigit():
        return True
    left, right = _END.search(text, max(start - 5, 0), start), _START.match(text, end, end + 5)
    return bool(left and right) and words().gain(left[0], "", right[0]) >= _TORN
