"""The copy protection of document sites in letters and signs of the keyboard: `q`, `Zk`, `x9@`, every few words.

A short Latin piece in a Chinese sentence is mostly a unit, an abbreviation or a name of a class, so none is junk by
itself. What is weighed: whether a word or a number joins when it is taken out, whether its signs go together at all,
and whether the paper has more of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...characters import CLOSING, OPENING, is_chinese
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from .pieces import (
    CLASSES,
    ELEMENTS,
    PLAIN,
    SIGNS,
    UNITS,
    coded,
    is_mark,
    joined,
    lettered,
    loose,
    named,
    pieces,
    senseless,
    unspoken,
)
from .strays import strays

_MISREAD = re.compile("[OoIl]+")
_BARRED = re.compile(r"\s*\|(?:[^|]*\|){2,}\s*")
"""A row of a table whose columns bars set apart."""
_CROSSES = re.compile(r"[Xx]+|N|_+|\W?[Xx]{2,}\W?")
_DESIGNATED = re.compile(r"[A-Z]{1,4}-|-[A-Z]{1,4}")
"""What joins the figures of a model or a standard: 9704SX-100."""
_POWER = re.compile(r"[A-Za-z]\^")
_ASSIGNED = re.compile(
    r"(?<![A-Za-z\s])([A-Za-z]{1,2})(?:\s?[=＝]|(?:分别|均|约|应)?[为取不][^\W\d]{0,3}[＋－+\-±]?\d|[^\W\d_]?(?:角|值|轴)(?![A-Za-z]))"
)
"""A letter that the paper reckons with: K=3, fh为－17毫米, i角."""
_OF_FILES = (
    "压缩",
    "格式",
    "文件",
    "编码",
    "协议",
    "算法",
    "后缀",
    "扩展名",
    "版本",
    "接口",
    "函数",
    "命令",
    "参数",
)
_SURE, _LIKELY = 4, 3
_PROVEN_BY_SURE, _PROVEN_FROM = 2, 3
"""Sure and likely pieces from which a paper is known to come from such a site."""
_BESIDE = 60
"""Characters between two likely pieces that prove it by themselves: sites put one in every few words."""
_FEW_LINES, _TOGETHER = 160, 8
"""Characters within which three pieces prove it together, and what they must weigh."""
_ALONE = 6
"""The score of a piece that is junk without another beside it: senseless, and a word or a number is torn by it."""
_LEAST = 2
_STREWN = 2
"""Different pieces that could have no name from which a paper is strewn with such."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A piece that may be junk, with its spaces.

    `named` where it could be a unit, a class or an abbreviation, `joins` where a word or number is whole without it;
    not `certain` where the last digits may be the sentence's own; `loose` where nothing beside it speaks
    for a letter or code of the paper's own.
    """

    start: int
    end: int
    text: str
    score: int
    named: bool
    joins: bool
    certain: bool
    coded: bool = False
    spaced: bool = False
    classed: bool = False
    loose: bool = False


def check(document: Document) -> Iterator[Finding]:
    """Junk, each piece with the spaces around it; silent in a paper that shows it once or twice."""
    suspects = [each for each in _all(document) if not _DESIGNATED.fullmatch(each.text)]
    unnamed = [each for each in suspects if not each.named]
    # A code that tears a word and names nothing is as good a sign as what could have no name.
    proven = _proven([each for each in suspects if not each.named or (each.coded and each.joins)])
    shown = {each.text for each in unnamed if each.certain and each.score >= _LIKELY}
    strewn = len(shown) >= _STREWN
    told: list[tuple[int, int, str]] = []
    for each in suspects:
        if not _CROSSES.fullmatch(each.text) and _told(each, proven, strewn, shown):
            told.append((each.start, each.end, each.text))
            mend = "" if each.certain else None
            yield rules()["copy-protection"].finding(each.start, each.end, mend=mend, text=each.text)
    if strewn:
        for start, end, piece in strays(document.text, told):
            yield rules()["copy-protection"].finding(start, end, text=piece)


def _told(each: _Suspect, proven: bool, strewn: bool, shown: set[str]) -> bool:
    """Whether a piece is junk; in a paper strewn with codes also what could be a name elsewhere."""
    if not proven:
        return not each.named and each.score >= _ALONE
    if not each.named:
        return each.score >= _LEAST - (strewn and each.text.isalpha()) or each.text in shown
    own = (each.classed and not (each.joins and each.score >= _SURE)) or (
        (each.text in UNITS or each.text in ELEMENTS) and not each.spaced
    )
    return each.coded or (not own and ((strewn and each.loose) or each.joins or each.score >= _SURE))


def _proven(unnamed: list[_Suspect]) -> bool:
    likely = [each for each in unnamed if each.score >= _LIKELY]
    if _dense(unnamed):
        return True
    near = any(second.start - first.end <= _BESIDE for first, second in pairwise(likely))
    return (
        near or len(likely) >= _PROVEN_FROM or sum(each.score >= _SURE for each in likely) >= _PROVEN_BY_SURE
    )


def _dense(unnamed: list[_Suspect]) -> bool:
    """Whether several different pieces without sense stand in a few lines."""
    weak = [each for each in unnamed if each.score >= _LEAST]
    for at in range(len(weak) - _PROVEN_FROM + 1):
        row = weak[at : at + _PROVEN_FROM]
        if (
            row[-1].end - row[0].start <= _FEW_LINES
            and len({each.text for each in row}) == _PROVEN_FROM
            and sum(each.score for each in row) >= _TOGETHER
        ):
            return True
    return False


def _all(document: Document) -> Iterator[_Suspect]:
    said = [(document.said(each), each.start) for each in document.paragraphs]
    known = {
        piece
        for text, _ in said
        for piece, begin, _ in pieces(text, frozenset())
        if any(map(str.isdecimal, piece)) and not text[max(begin - 1, 0) : begin].isdecimal()
    }
    reckoned = frozenset(each[1] for each in _ASSIGNED.finditer(document.text))
    for text, start in said:
        barred = _BARRED.fullmatch(text)
        for each in _suspects(text, start, frozenset(known)):
            if each.text not in reckoned and not (barred and each.text.strip() == "|"):
                yield each


def _suspects(said: str, start: int, known: frozenset[str]) -> Iterator[_Suspect]:
    for piece, begin, end in pieces(said, known):
        before = said[max(begin - _NEAR, 0) : begin].rstrip(_SPACES)
        after = said[end : end + _NEAR].lstrip(_SPACES)
        if not (_of_sentence(before) and (_of_sentence(after[:1]) or not after)):
            continue
        if not any(map(is_chinese, before[-6:] + after[:6])):
            continue
        # 6月1 # 1日: no sign but a pasted one stands apart between two figures of a number.
        apart = (
            said[begin - 1] in _SPACES and said[end : end + 1] in tuple(_SPACES) and piece in ("#", "&", "_")
        )
        if is_mark(piece, before, after) and not (apart and before[-1].isdecimal() and after[:1].isdecimal()):
            continue
        if _MISREAD.fullmatch(piece) and (before[-1].isdecimal() or after[:1].isdecimal()):
            continue
        if before[-1] in OPENING and after[:1] in tuple(CLOSING):
            # What the word before it is called in Latin.
            continue
        if piece.rstrip("/") in UNITS and piece[-1] == "/" and before[-1].isdecimal():
            continue
        if _STRAIN.search(said[max(begin - 4, 0) : end + 4]) and piece[0].isupper():
            continue
        if piece.isalpha() and after[:1] in tuple("取＝"):
            continue
        if piece.isalnum() and after.startswith(_OF_FILES):
            continue
        if before[-1] in "/·" or (piece[-1] == "=" and piece[:-1].isalpha() and after[:1].isdecimal()):
            # The second half of a unit, the name of a quantity.
            continue
        left = max(begin - _NEAR, 0) + len(before)
        right = min(end + _NEAR, len(said)) - len(after)
        spaced = left < begin and right > end
        if _POWER.fullmatch(piece) and after[:1].isdecimal() and before[-1].isascii() and left == begin:
            continue
        if (
            not spaced
            and left == begin
            and piece in UNITS
            and before[-1].isdecimal()
            and not said[end : end + 1].isdecimal()
        ):
            continue
        joins, score = joined(before, after)
        yield _Suspect(
            start + (left if spaced else begin),
            start + (right if spaced and after else end),
            piece,
            score + senseless(piece) + (2 if spaced and joins and unspoken(piece) else 0),
            named(piece, before, after),
            joins,
            spaced
            or not after[:1].isdecimal()
            or piece[-1].isdecimal()
            or before[-1].isdecimal()
            or piece[-1] in SIGNS,
            coded(piece, before, after),
            spaced,
            after[:1] in tuple(CLASSES) or before[-1] in CLASSES + "第" or lettered(piece, before),
            loose(piece, before, said[end : end + 1] if not spaced else after[:1], said),
        )


_STRAIN = re.compile(r"H\d{1,2}N\d{1,2}")
_NEAR = 60
_SPACES = " \u00a0\u3000\t"


def _of_sentence(before: str) -> bool:
    sign = before[-1:]
    return bool(sign) and (is_chinese(sign) or sign.isdecimal() or sign in CLOSING + OPENING + PLAIN)
