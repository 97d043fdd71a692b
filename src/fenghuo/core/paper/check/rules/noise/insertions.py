"""The copy protection of document sites: one foreign character every few words, alone or between spaces.

No single sign proves it, since names, places and sciences have rare characters too. What is weighed: how rare the
character is, whether it stands apart between spaces, whether a word joins when it is taken out, whether it has a
reason of its own to stand there, and whether the paper has more of the kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from ...characters import CHINESE, CLOSING, OPENING, SPACES, is_chinese, oddness, rarity, rarity_traditional
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...surnames import COMMON_SURNAMES, SURNAMES
from ...words import words
from .kinds import is_about_rare, listed, mentioned, of_a_kind, of_class
from .rolls import is_roll
from .sciences import DIALECT, ELEMENTS, GROUND, PLACE_ENDS, RADICALS

_APART = re.compile(rf"(?:^|(?<=[{SPACES}]))[^{SPACES}](?=[{SPACES}]|$)")
_CHINESE_END = re.compile(rf"[{CHINESE}]{{1,3}}$")
_CHINESE_START = re.compile(rf"[{CHINESE}]{{1,3}}")
_TOKENS = re.compile(rf"[{SPACES}]+")
_NAME_END = re.compile(rf"(?:^|[：:、，,；;（(\s])([{CHINESE}]{{1,2}})$")
_NEAR = 60
"""Characters around a suspect that are looked at."""
_ROW = 200
_NAMED_AFTER = re.compile(rf"[{CHINESE}]{{1,2}}(?![{CHINESE}])|[{CHINESE}]{{2}}")
_CALLED = re.compile(
    "(?:村民|户主|当事人|同志|队长|组长|镇长|主任|书记|所长|局长|队员|医师|医生|护士|教师|老师|工程师|会计|司机|民警|代表|分别为|分别是|联系人|负责人|由|其中|与|和|、)$"
)
_TITLED = re.compile("(?:镇长|乡长|县长|区长|局长|所长|站长|书记|主任|同志|老师|医生|师傅|先生|女士)")
_STRONG_WORD = 6
"""Power of two of a word's frequency from which its joining counts as no accident."""
_EVERYDAY_WORD = 10
"""The same from which a torn word makes a character of level 2 as strange as one beyond it."""
_WHOLE_WORD = 6
"""The same from which two words around a strange character are taken for whole."""
_SURE = 5
_TIGHT = 2
"""Sure ones that it takes to doubt a character that stands in its sentence without a space."""
_PROVEN, _PROVEN_BY_LIKELY = 3, 4
"""Sure and likely ones from which a paper is known to come from such a site."""
_STRANGE = 3
"""The weight of a character that nobody has at hand: one beyond GB 2312, a sign of another script."""
_STRANGE_ALONE, _STRANGE_BESIDE_SURE = 5, 3
"""Strange ones from which a paper is known to come from such a site, without and with a sure one among them."""
_BONUS = 3
"""What that knowledge adds to the weight of every other suspect."""
_IN_A_ROW, _DISTANCE = 3, (8, 70)
"""Strange ones in a row that prove it, and how many characters lie between two."""
_SIGN_INSIDE = re.compile(
    rf"(?<=[{CHINESE}，。；：）”])[{SPACES}]*([※◆◇★☆◎●○♀♂♠♣♥▲△▼▽┼╬├┤│─αβγδεζηθκλξπρστφχψωΓΔΘΛΞΠΣΦΨΩ])[{SPACES}]*(?=[{CHINESE}）])"
    r"(?![值为是表即型相级系波粒衰射受角轴谱月日年号村镇乡])"
)
_SELDOM = 2
"""How often a paper has a sign that it does not use itself."""
_TRADITIONAL = 0.15
"""Share of characters outside GB 2312 from which a paper is written in traditional ones; they have twice that."""


class _Excuse(IntEnum):
    """Why a suspect may stand where it does."""

    NONE = 0
    WEAK = 1  # the line is laid out wide, or a place may be named; no excuse in a paper known to come from such a site
    STRONG = 2  # a name, a science; no excuse there either where a word is torn


@dataclass(slots=True)
class _Suspect:
    """A character that may be foreign: where it stands with its spaces, and what speaks for it."""

    start: int
    end: int
    character: str
    score: int
    joins: bool
    lexical: bool
    excuse: _Excuse
    foreign: int
    tight: bool = False


def check(document: Document) -> Iterator[Finding]:
    """Foreign characters, each with the spaces around it."""
    look = _Look(document)
    suspects = [
        each
        for paragraph in document.paragraphs
        for offset, text in document.stretches(paragraph)
        for each in look.of(text, offset)
    ]
    sure = sum(each.score >= _SURE and not each.excuse for each in suspects)
    likely = sum(each.lexical and not each.excuse for each in suspects)
    unjoined = sum(not each.joins for each in suspects)
    proven = sure >= _PROVEN or (likely >= _PROVEN_BY_LIKELY and 6 * likely >= unjoined)
    proven = proven or _scattered(suspects, sure) or _strewn(suspects)
    habit = _Habit.of(suspects)
    if proven:
        yield from _loose(document)
    for each in suspects:
        if each.tight and not proven and sure < _TIGHT:
            continue
        if each.excuse is _Excuse.STRONG and not (proven and each.lexical):
            continue
        if each.excuse is _Excuse.WEAK and not proven:
            continue
        if each.score + (_BONUS if proven and habit.fits(each) else 0) >= _SURE:
            yield rules()["copy-protection"].finding(
                each.start, each.end, mend=_instead(document.text, each), text=each.character
            )


@dataclass(frozen=True, slots=True)
class _Habit:
    """How the site of this paper puts its characters in: always between spaces, mostly beyond GB 2312.

    What stands there in another way and tears no word is more likely a name or a place of the paper's own.
    """

    spaced: bool
    strange: bool

    @classmethod
    def of(cls, suspects: list[_Suspect]) -> _Habit:
        sure = [each for each in suspects if each.score >= _SURE and not each.excuse]
        bare = [
            each for each in suspects if is_chinese(each.character) and not each.excuse and each.foreign >= 2
        ]
        return cls(
            len(sure) >= _PROVEN and not any(each.tight for each in sure),
            2 * sum(each.foreign >= _STRANGE for each in bare)
            >= sum(each.foreign < _STRANGE for each in bare),
        )

    def fits(self, each: _Suspect) -> bool:
        if each.lexical or not each.tight or not is_chinese(each.character):
            return True
        return not self.spaced and (not self.strange or each.foreign >= _STRANGE)


def _scattered(suspects: list[_Suspect], sure: int) -> bool:
    """Whether characters beyond GB 2312, without a reason to stand there, are strewn over the paper.

    A writer who needs such a character uses it again or in a word; a site never puts in the same one for long.
    """
    strange = [
        each.character for each in suspects if each.tight and not each.excuse and each.score >= _STRANGE
    ]
    if 4 * len(set(strange)) < 3 * len(strange):
        return False
    return len(strange) >= (_STRANGE_BESIDE_SURE if sure else _STRANGE_ALONE)


def _strewn(suspects: list[_Suspect]) -> bool:
    """Whether different characters beyond GB 2312 follow each other at the distance that sites keep."""
    strange = sorted(
        (each for each in suspects if not each.excuse and each.foreign >= _STRANGE),
        key=lambda each: each.start,
    )
    return any(
        len({each.character for each in row}) == _IN_A_ROW
        and all(low <= two.start - one.end <= high for one, two in pairwise(row))
        for row in (strange[at : at + _IN_A_ROW] for at in range(len(strange) - _IN_A_ROW + 1))
        for low, high in (_DISTANCE,)
    )


def _loose(document: Document) -> Iterator[Finding]:
    """Signs of other uses between two Chinese characters, in a paper known to come from a site that puts such in."""
    text = document.text
    for found in _SIGN_INSIDE.finditer(text):
        if text.count(found[1]) <= _SELDOM:
            start, end = found.span()
            yield rules()["copy-protection"].finding(start, end, mend="", text=found[1])


class _Look:
    """Looks through the paragraphs of one paper."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._words = words()
        chinese = [each for each in document.text if is_chinese(each)]
        outside = sum(rarity(each) > 2 and rarity_traditional(each) < 3 for each in chinese)
        self._traditional = outside > _TRADITIONAL * len(chinese)
        self._rarity = rarity_traditional if self._traditional else rarity
        self._about = is_about_rare(document)
        self._own = listed(document.text) | (mentioned(document.text) if self._about else frozenset())
        self._pairs: Counter[str] = Counter()
        self._close: set[str] = set()
        for at, each in enumerate(self._text):
            if not is_chinese(each) or self._rarity(each) < 2:
                continue
            self._pairs[each] += 1
            pairs = [
                pair for pair in (self._text[at - 1 : at + 1], self._text[at : at + 2]) if len(pair) == 2
            ]
            beside = [pair for pair in pairs if all(map(is_chinese, pair))]
            self._pairs.update(beside)
            if len(beside) == 2:
                self._close.add(each)

    def of(self, text: str, start: int) -> Iterator[_Suspect]:
        """Suspects in a stretch of the text that begins at `start`."""
        if is_roll(text):
            return
        apart = set()
        for found in _APART.finditer(text):
            apart.add(found.start())
            suspect = self._apart(text, found.start())
            if suspect is not None:
                yield _moved(suspect, start)
        for at, character in enumerate(text):
            if at in apart:
                continue
            foreign = self._rarity(character) if is_chinese(character) else oddness(character)
            if character in RADICALS and text[at + 1 : at + 2] not in tuple("字旁部头底框"):
                foreign = _STRANGE + 1
            if foreign >= 2 and not (self._traditional and is_chinese(character)):
                suspect = self._inside(text, at, foreign)
                if suspect is not None and (
                    start + at in self._own or (self._about and suspect.foreign == 2)
                ):
                    suspect.excuse = _Excuse.STRONG
                if suspect is not None:
                    yield _moved(suspect, start)

    def _apart(self, text: str, at: int) -> _Suspect | None:
        """A character between spaces, or between a space and the paragraph's edge."""
        character = text[at]
        chinese = is_chinese(character)
        foreign = self._rarity(character) if chinese else oddness(character)
        if character in RADICALS and text[at + 1 : at + 2] not in tuple("字旁部头底框"):
            foreign = _STRANGE + 1
        if not chinese and not foreign and character.isascii() and not character.isalpha():
            return None
        before, after, start, end = _around(text, at)
        lexical = self._lexical(before, after, numbers=foreign >= 2)
        if not (before or after) or not (foreign or lexical):
            return None
        joins = lexical or bool(before and after and (after[0] in CLOSING or before[-1] in OPENING))
        score = foreign + 2 + (2 if joins else 0)
        if not chinese and foreign < 3:
            # Latin and Greek letters and usual signs are set apart by many writers.
            score -= 2
        elif chinese and not foreign:
            score -= 1
        if not before or not after:
            score -= 2
        excuse = self._excuse_apart(text, at, before, after, joins)
        return _Suspect(start, end, character, score, joins, lexical, excuse, foreign)

    def _inside(self, text: str, at: int, foreign: int) -> _Suspect | None:
        """A character without spaces around it, or with one on one side."""
        before, after, start, end = _around(text, at)
        chinese = is_chinese(text[at])
        if not before and not after:
            return None
        if not chinese and not (_of_sentence(before[-1:]) and _of_sentence(after[:1])):
            return None
        if chinese and self._firmly_stands(text, at):
            return None
        excuse = self._excuse_inside(text, at) if chinese else _Excuse.NONE
        lexical = self._lexical(before, after)
        if (
            lexical
            and chinese
            and foreign == 2
            and self._words.across(before[-3:], after[:3]) >= _EVERYDAY_WORD
        ):
            foreign += 1
        tight = end - start == 1
        whole = lexical or (
            chinese and foreign >= _STRANGE and not self._traditional and self._between_words(before, after)
        )
        score = foreign + (2 if whole else 0) + (0 if tight else 1)
        return _Suspect(start, end, text[at], score, lexical, lexical, excuse, foreign, tight)

    def _lexical(self, before: str, after: str, numbers: bool = True) -> bool:
        """Whether a word, or with `numbers` a number, joins when what stands between is taken out."""
        if not before or not after:
            return False
        if numbers and before[-1].isdigit() and (after[0].isdigit() or after[0] in ".％%年月日时"):
            return True
        left, right = _CHINESE_END.search(before), _CHINESE_START.match(after)
        return bool(left and right) and self._words.across(left[0], right[0]) >= _STRONG_WORD

    def _between_words(self, before: str, after: str) -> bool:
        """Whether it stands behind a whole word, before another or a mark, where no name has begun."""
        left = any(self._words.frequency(before[-size:]) >= _WHOLE_WORD for size in (2, 3, 4))
        right = any(self._words.frequency(after[:size]) >= _WHOLE_WORD for size in (2, 3, 4))
        return left and (right or after[:1] in tuple("，。；：、"))

    def _excuse_apart(self, text: str, at: int, before: str, after: str, joins: bool) -> _Excuse:
        """Names padded to three characters, lists of names, and words set wide."""
        left = _TOKENS.split(before)[-1] if before else ""
        right = _TOKENS.split(after)[0] if after else ""
        # 王 喆, 堃 记 商 行: written wide.
        if len(left) == 1 and is_chinese(left) and (left in SURNAMES or len(right) == 1):
            return _Excuse.STRONG
        name = _NAME_END.search(before)
        if name and name[1] in COMMON_SURNAMES:
            return _Excuse.STRONG
        character = text[at]
        if is_chinese(character) and not joins:
            # It belongs to the word beside it, from which only a space parts it.
            if right and self._words.holding(character + right[:3], 0):
                return _Excuse.STRONG
            if left and self._words.holding(left[-3:] + character, len(left[-3:])):
                return _Excuse.STRONG
            again = self._pairs[character + right[:1]] if right else 0
            if again and again * 2 >= self._pairs[character] and character in self._close:
                return _Excuse.STRONG
        tokens = [each for each in _TOKENS.split(text) if each] if len(text) <= _ROW else []
        if len(tokens) >= 3 and all(len(each) <= 4 for each in tokens):
            # A row of names or of a table; two words with something never seen between them are none.
            row = len(tokens) > 3 or self._rarity(character) < 3 or character in ELEMENTS
            if row or any(each[0] in COMMON_SURNAMES for each in tokens):
                return _Excuse.WEAK
        return _Excuse.NONE

    def _firmly_stands(self, text: str, at: int) -> bool:
        """Whether a rare character is part of a known word, or of one that the paper uses again."""
        character = text[at]
        left, right = text[max(at - 3, 0) : at], text[at + 1 : at + 4]
        if self._words.holding(left + character + right, len(left)):
            return True
        if any(each and is_chinese(each) and self._rarity(each) >= 2 for each in (left[-1:], right[:1])):
            return True
        if of_class(character, right[:1]):
            return True
        # 副主任乜建军, 老芈同志, 钭镇长: a family name behind its bearer's office or before it.
        if character in SURNAMES and (
            (_CALLED.search(left) and is_chinese(right[:1] or " ")) or _TITLED.match(right)
        ):
            return True
        pairs = [pair for pair in (text[max(at - 1, 0) : at + 1], text[at : at + 2]) if len(pair) == 2]
        beside = max((self._pairs[pair] for pair in pairs), default=0)
        return beside > 1 and beside * 2 >= self._pairs[character]

    def _excuse_inside(self, text: str, at: int) -> _Excuse:
        """A rare character's reasons to stand there: a name, a science, a mention, or a place."""
        character, right = text[at], text[at + 1 : at + 2]
        if of_a_kind(text, at):
            return _Excuse.STRONG
        if (
            character in SURNAMES
            and _NAMED_AFTER.match(text, at + 1)
            and not is_chinese(text[at - 1 : at][-1:] or " ")
        ):
            return _Excuse.STRONG
        if character in SURNAMES and _CALLED.search(text[max(at - 3, 0) : at]):
            return _Excuse.STRONG
        named = character in self._words.of_names
        for back in (1, 2) if named else (1,):
            surname = text[at - back] if at >= back else ""
            if surname and surname in (SURNAMES if named else COMMON_SURNAMES):
                # 成立由镇长…: what looks like a family name may be the end of a word.
                head = text[max(at - back - 2, 0) : at]
                if not self._words.holding(head, len(head) - back):
                    return _Excuse.STRONG
        quoted = at > 0 and text[at - 1] in OPENING and right[:1] in tuple(CLOSING)
        spoken = character in DIALECT and (
            text.rfind("“", 0, at) > text.rfind("”", 0, at) or right[:1] in tuple(CLOSING)
        )
        if spoken or character in ELEMENTS or character in GROUND or quoted or right[:1] == "字":
            return _Excuse.STRONG
        if right[:1] not in tuple(PLACE_ENDS):
            return _Excuse.NONE
        # 䲟口村, 㳌峪口: a place's own sign and what places of the kind are called by.
        return _Excuse.STRONG if text[at + 2 : at + 3] in tuple("村镇乡站口") else _Excuse.WEAK


def _moved(suspect: _Suspect, start: int) -> _Suspect:
    suspect.start += start
    suspect.end += start
    return suspect


def _around(text: str, at: int) -> tuple[str, str, int, int]:
    """What stands before and after a character and its spaces, and where these begin and end."""
    begin = max(at - _NEAR, 0)
    before, after = text[begin:at].rstrip(), text[at + 1 : at + _NEAR]
    end = at + 1 + len(after) - len(after.lstrip())
    # The indent of a paragraph is its own.
    return before, after.lstrip(), begin + len(before) if before else at, end


def _of_sentence(character: str) -> bool:
    return bool(character) and (
        is_chinese(character) or character.isdigit() or character in CLOSING + OPENING
    )


def _instead(text: str, suspect: _Suspect) -> str:
    """What stays when it goes: a space where it parted two Latin words, else nothing."""
    before, after = text[suspect.start - 1 : suspect.start], text[suspect.end : suspect.end + 1]
    latin = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return " " if latin and suspect.end - suspect.start > 1 else ""
