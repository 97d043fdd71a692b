"""Characters misread for their likes, by shape: 夏粻 for 夏粮, 机枃 for 机构, 火灾凤险 for 火灾风险.

`lookalikes.toml` holds what scans are known to exchange. `lookalikes.txt.gz` holds what looks alike, in whole or in
part, by the pictures of a typeface (`scripts/make_lookalikes.py`): much more, so that more is asked before it is
believed. The character belongs to no word as it stands, its like belongs to a usual one, and the text becomes likelier
by so many bits that chance does not explain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import CHINESE, is_chinese, rarity, rarity_traditional
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...surnames import SURNAMES
from ...words import words
from .heard import heard
from .kinds import is_about_rare, listed, mentioned, of_a_kind
from .recognition import forms, of_office_number, office, often, right_as_they_are
from .rolls import is_called, of_person
from .sciences import DIALECT, ELEMENTS, GROUND
from .standing import STANDING
from .tables import table
from .tears import is_simplified

_RUN = re.compile(f"[{CHINESE}]{{2,}}")
_BESIDE = 5
_LONGEST = 4
_USUAL = 9
"""Power of two of the frequency of words that are taken to be meant."""
_BITS = {True: 16, False: 12}
"""Bits that the text must become likelier by: for a character of every day, and for another."""
_OFFICE_BITS = 9
"""With so many an everyday character is believed to stand for another in a word of every office."""
_OFTEN_BITS = {True: 13, False: 10}
"""The same for a word that most offices say now and then."""
_LESS_USUAL, _MORE_BITS = 7, 15
"""With so many bits a rare character may stand for a less usual word: 堤昉 for 堤防."""
_FORMED = 5
"""The same of the word that an old form must make."""
_CERTAIN = 12
"""The same power for what may be the name of a person or a place."""
_OWN = 3
"""How often a paper has a character beside the same neighbour where it is the paper's own."""
_AROUND_NAMES = "，、：；（）“”《》"
_AT_HOME = ELEMENTS | GROUND | DIALECT | {"暨", "字"}
_OF_PLACES = frozenset("村镇乡县市区旗州路街沟河溪湖山岭坪湾寨庄屯坝港岛桥站林社组")


def check(document: Document) -> Iterator[Finding]:
    """Characters that make no word where one of the same shape makes a usual one."""
    text, known, lookalikes = document.text, words(), table("lookalikes")
    simplified = is_simplified(text)
    for run in _RUN.finditer(text):
        if of_office_number(text, run):
            continue
        for at in range(*run.span()):
            likes = lookalikes.get(text[at])
            if not simplified and rarity(text[at]) >= 3 and not rarity_traditional(text[at]):
                continue
            form = forms().get(text[at]) if simplified else None
            if form and _is_form(document, run, at, form):
                yield rules()["recognition-error"].finding(at, at + 1, text=text[at], meant=form)
                continue
            if likes is None or known.joins(text[at : at + 2]) or known.joins(text[at - 1 : at + 1]):
                continue
            if heard().get(text[at : at + 2]) or heard().get(text[at - 1 : at + 1]):
                continue  # 致害, 终评: words of offices that no list has
            left = text[max(run.start(), at - _BESIDE) : at]
            right = text[at + 1 : min(run.end(), at + 1 + _BESIDE)]
            word = _meant(text[at], likes, left, right)
            stretch = left + text[at] + right
            if word is None or known.holding(stretch, len(left)) or known.meant(stretch, len(left)):
                continue
            begin, stop, meant, frequency = word
            start, end = at - len(left) + begin, at - len(left) + stop
            if meant_so(text, at, start, end) or (
                frequency < _CERTAIN
                and not (rarity(text[at]) and meant in often())
                and _named(text, run, at, end)
            ):
                continue
            if rarity(text[at]) == 0 or not (at in listed(text) | mentioned(text) or is_about_rare(document)):
                yield rules()["recognition-error"].finding(start, end, text=text[start:end], meant=meant)


def _is_form(document: Document, run: re.Match[str], at: int, form: str) -> bool:
    """Whether a character is an old form of one that makes a word here, and no name's or quotation's own."""
    text = document.text
    left = text[max(run.start(), at - _LONGEST) : at]
    right = text[at + 1 : min(run.end(), at + 1 + _LONGEST)]
    made = form in STANDING or words().holding(left + form + right, len(left)) >= _FORMED
    if not made and _named(text, run, at, at + 1):
        return False
    return not (
        of_person(text, at)
        or of_a_kind(text, at)
        or text[at] in _AT_HOME
        or at in listed(text) | mentioned(text)
        or is_about_rare(document)
    )


def meant_so(text: str, at: int, start: int, end: int) -> bool:
    """Whether a character has a home of its own, or what it makes here stands in the paper more than once."""
    seen = text[start:end]
    if text[at] in SURNAMES and (
        (text[at - 1 : at] in ("：", "、") and not is_chinese(text[at + 3 : at + 4])) or is_called(text, at)
    ):
        return True  # 联系人：郑国平
    if text.count(text[at : at + 2]) >= _OWN or (at > start and text.count(text[at - 1 : at + 1]) >= _OWN):
        return True  # 镜月湖 again and again
    if text[at + 1 : at + 2] in tuple("村镇乡") and is_chinese(text[at - 1]):
        return True  # 三里店镇
    if len(seen) == 2 and re.search(f"{seen[0]}[{CHINESE}]{{1,2}}{seen[1]}", text):
        return True  # 池址 beside 水池选址
    return text[at] in _AT_HOME or of_a_kind(text, at) or seen in right_as_they_are() or text.count(seen) > 1


def _named(text: str, run: re.Match[str], at: int, end: int) -> bool:
    """Whether a character may be of a name: people are called by it, a place or an office, or it stands in a list."""
    return (
        of_person(text, at)
        or text[at] in words().of_names
        or text[end : end + 1] in _OF_PLACES
        or (
            rarity(text[at]) > 0
            and at < run.start() + 3
            and text[run.start() - 1 : run.start()] in ("", "\n")
        )
        or (
            run.end() - run.start() == 2
            and text[run.start() - 1 : run.start()] in _AROUND_NAMES
            and (
                text[run.end() : run.end() + 1] in _AROUND_NAMES
                or text[run.end() : run.end() + 1].isdecimal()
            )
        )
    )


def _meant(seen: str, likes: str, left: str, right: str) -> tuple[int, int, str, int] | None:
    """Where the word that was meant begins and ends in the stretch, the word, and how frequent it is."""
    known = words()
    best: tuple[int, tuple[int, int, str, int]] | None = None
    usual = rarity(seen) == 0
    for like in likes:
        if not (known.joins(left[-1:] + like) or known.joins(like + right[:1])):
            continue
        frequency, start, end = word_at(left + like + right, len(left))
        bits = known.cost(left + seen + right) - known.cost(left + like + right)
        word = (left + like + right)[start:end]
        said = word[:2] in office() or word in often()
        if frequency < (_FORMED if said else _USUAL if usual else _LESS_USUAL):
            continue
        needed = _BITS[usual] if frequency >= _USUAL else _MORE_BITS
        if word[:2] in office():
            needed = min(needed, _OFFICE_BITS)
        elif word in often():
            needed = min(needed, _OFTEN_BITS[usual])
        if bits >= needed and (best is None or bits > best[0]):
            best = bits, (start, end, word, frequency)
    return None if best is None else best[1]


def word_at(stretch: str, at: int) -> tuple[int, int, int]:
    """The most frequent word that holds a character: frequency, begin and end."""
    known = words()
    best = (0, 0, 0)
    for start in range(max(at - _LONGEST + 1, 0), at + 1):
        for end in range(max(at + 1, start + 2), min(start + _LONGEST, len(stretch)) + 1):
            frequency = known.frequency(stretch[start:end])
            if frequency > best[0]:
                best = (frequency, start, end)
    return best
