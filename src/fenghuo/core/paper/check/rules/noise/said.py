"""What offices' papers say, and what no office would: 小时备勒 for 小时备勤, 由州政府约淡 for 约谈.

A list of words knows how frequent words are, but not which characters follow each other in papers of this kind.
`heard` does. A character that no paper has beside these neighbours, where one that
looks like it or shares a part with it (`scripts/make_halves.py`) stands between them in many, was misread; so much
speaks for it then that few bits are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ...characters import CHINESE, rarity
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...surnames import COMMON_SURNAMES, SURNAMES
from ...words import words
from .heard import heard
from .kinds import listed, mentioned, of_a_kind
from .recognition import of_office_number, pairs
from .rolls import of_person
from .shapes import meant_so, word_at
from .standing import ALONE, COUNTED
from .tables import table
from .tears import is_simplified

_RUN = re.compile(f"[{CHINESE}]{{2,}}")
_NUMBERED = re.compile(r"[，（]?(?:手机|电话|联系|[（\d])")
_BESIDE = 5
_WORD = 5
"""Power of two of the frequency of the word that was meant."""
_HELD = 3
"""The same of a word that it makes as it stands, up to which that was no word of a paper."""
_USUAL = 8
"""The same where no office is known for the word."""
_BITS, _BITS_ALONE = 6, 8
"""Bits that the text must become likelier by; more where the character is often a word of its own."""
_UNHEARD, _SELDOM, _ALIKE = 3, 5, 9
"""Bits more for each neighbour that no paper has beside what was meant, where few have its word, and where the two
are only alike as a whole."""
_NAMED = 2
"""Bits more where a name may begin."""
_TWINS = frozenset("己巳")
"""Characters that no office has before its verbs, where 已 makes no word with them either."""
_ONESELF = frozenset("自利克知异律舍据为贵身")
"""What 己 itself stands behind: 占为己有, 舍己为人."""
_COUNT = frozenset("〇一二三四五六七八九十百千万亿两半曰甲乙丙丁")
"""Numerals follow whatever is counted, what stands for a name or a number before it, and 曰 is told elsewhere."""
_ANYWHERE = frozenset("的地得了着过在到从向往由于和与同及不为")
"""Characters that stand beside any other, so that papers having them there prove nothing: 留茬 is no 留在."""


def check(document: Document) -> Iterator[Finding]:
    """Characters that no paper has where they stand, and whose like every office has there."""
    text = document.text
    if not is_simplified(text):
        return
    for run in _RUN.finditer(text):
        if of_office_number(text, run):
            continue
        for at in range(*run.span()):
            likes = _likes(text[at])
            if not any(likes) or not _unheard(text, run, at):
                continue
            word = _meant(text, run, at, likes)
            if word is not None and not _own(text, at, *word[:2]):
                start, end, meant = word
                yield rules()["recognition-error"].finding(start, end, text=text[start:end], meant=meant)


def _unheard(text: str, run: re.Match[str], at: int) -> bool:
    """Whether no paper has the character beside either neighbour, and no word holds it."""
    known, said = words(), heard()
    for start in (at - 1, at):
        pair = text[start : start + 2]
        if run.start() <= start and start + 2 <= run.end() and (pair in said or known.joins(pair)):
            return False
    first = max(run.start(), at - _BESIDE)
    stretch = text[first : min(run.end(), at + 1 + _BESIDE)]
    return known.holding(stretch, at - first) <= _HELD and not known.meant(stretch, at - first)


def _meant(text: str, run: re.Match[str], at: int, likes: tuple[str, str]) -> tuple[int, int, str] | None:
    """Where the word that was meant begins and ends, and the word."""
    known, said = words(), heard()
    left = text[max(run.start(), at - _BESIDE) : at]
    right = text[at + 1 : min(run.end(), at + 1 + _BESIDE)]
    cost = known.cost(left + text[at] + right)
    best: tuple[int, tuple[int, int, str]] | None = None
    for like in "".join(likes):
        unheard = bool(left and left[-1] + like not in said) + bool(right and like + right[0] not in said)
        # Of what speaks against it, and a rare character may be of a name, one thing is believed and not two.
        if unheard + (like in likes[1]) + (rarity(text[at]) > 0) > 1:
            continue
        if text[at] in _TWINS and like == "已":
            if left[-1:] in _ONESELF:
                continue
            return at, at + 1, like
        frequency, start, end = word_at(left + like + right, len(left))
        word = (left + like + right)[start:end]
        often = _of_offices(word, len(left) - start)
        if frequency < (_WORD if often else _USUAL):
            continue
        bits = cost - known.cost(left + like + right)
        needed = _BITS_ALONE if text[at] in ALONE else _BITS
        needed += _UNHEARD * unheard + _SELDOM * (not often) + _ALIKE * (like in likes[1])
        needed += _NAMED * (text[at] in COMMON_SURNAMES and start == len(left))
        if bits >= needed and (best is None or bits > best[0]):
            best = bits, (at - len(left) + start, at - len(left) + end, word)
    return None if best is None else best[1]


def _of_offices(word: str, at: int) -> bool:
    """Whether many papers have what the character at `at` and its neighbours in the word make."""
    said = heard()
    return all(said.get(word[start : start + 2]) for start in (at - 1, at) if 0 <= start < len(word) - 1)


def _own(text: str, at: int, start: int, end: int) -> bool:
    """Whether the paper speaks of what stands there: a name, a kind of thing, a word that it has again."""
    return (
        meant_so(text, at, start, end)
        or (text[start - 1 : start] == "“" and text[end : end + 1] == "”")  # “三预”工作法
        or (text[at - 1 : at].isdecimal() and text[at] in COUNTED)  # 灭火器72具中有8具
        or of_person(text, at)
        or _ends_name(text, at)
        or of_a_kind(text, at)
        or at in listed(text) | mentioned(text)
    )


def _ends_name(text: str, at: int) -> bool:
    """Whether three characters may be a name, with its number behind: 领队阮成业，手机."""
    return any(
        text[max(first, 0)] in SURNAMES and _NUMBERED.match(text, first + 3) for first in (at - 1, at - 2)
    )


@cache
def _likes(seen: str) -> tuple[str, str]:
    """What a character may have been misread for: what is known or shares a part with it, and what is alike."""
    if seen in _COUNT:
        return "", ""
    known = "".join(meant for meant, _ in pairs().get(seen, ())) + table("halves").get(seen, "")
    alike = table("lookalikes").get(seen, "")
    return _but(known), _but(each for each in alike if each not in known)


def _but(likes: Iterable[str]) -> str:
    return "".join(each for each in likes if each not in _COUNT | _ANYWHERE)
