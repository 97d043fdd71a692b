"""What tears a word: a character, a sign, a code or a site's name that stands inside one.

The sign is always the same: the text on both sides of the piece is much likelier once the piece is taken out
(`Words.gain`). Ordinary text hardly ever shows it. In the People's Daily of January 1998, 1.9 million characters, a
letter or sign between two Chinese characters never gains five bits unless it names a class (日K线), and an everyday
character gains ten once in 40,000 characters, mostly inside four characters of verse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ...characters import CHINESE, SPACES
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words
from .standing import COUNTED
from .strangers import SCRIPTS
from .tears import AROUND, BLANKS, CLOSING, MEASURES, ODD, OPENING, Tear, spelled, tears

_TWICE, _FEWEST = 2, 3
_WINDOW = 500
"""Characters in which so many tears prove each other."""
_SHARE = 12
"""A piece is foreign wherever it stands if it tears a word in one of so many places."""
_KINDS = ("everyday", "apart", "rare", "figure", "code", "site", "sign")
_OFTEN = ("everyday", "rare", "figure")
"""Kinds that ordinary text shows now and then."""
_LOOSE = 5
"""A character is foreign to a paper that has it in no word in all but one of so many places."""
_BETWEEN = re.compile(rf"(?<=[{CHINESE}])[{SPACES}]*[{ODD}][{SPACES}]*(?=[{CHINESE}])")
_MANY = 5
"""Signs between two Chinese characters that prove each other once one has torn a word."""
_OFTEN_FOUND = 400
"""Places of one piece that are looked at."""


def check(document: Document, known: bool) -> Iterator[Finding]:
    """Each piece with its spaces and brackets; `known` says that the paper is known to come from a document site."""
    cells = _cells(document)
    found = sorted(
        (each for each in tears(document.text) if not cells[each.start]),
        key=lambda each: (each.start, -each.end),
    )
    sorts = {kind: [each for each in found if each.kind == kind] for kind in _KINDS}
    known = known or any(_shown(each) for each in sorts.values())
    proven = {kind for kind, each in sorts.items() if _shown(each, known)}
    if sorts["sign"] and len(_BETWEEN.findall(document.text)) >= _MANY:
        proven.add("sign")
    repeated = _repeated(document.text, sorts["everyday"])
    pieces = Counter(each.piece for each in found)
    told = bytearray(len(document.text) + 1)
    for each in found:
        if each.sure or (each.kind in proven and each.weighs) or each.piece in repeated:
            told[each.start : each.end] = bytes([1]) * (each.end - each.start)
            certain = known and (each.sure or each.piece in repeated or pieces[each.piece] > 1)
            yield _finding(each.start, each.end, each.piece, each.kind, certain)
    for start, end, piece, kind in _again(document.text, sorts, proven, repeated):
        if not any(told[start:end]) and not cells[start]:
            yield _finding(start, end, piece, kind, known or piece in repeated)


def _cells(document: Document) -> bytearray:
    """What stands in tables: their cells, and lines of a text that tabs part."""
    cells = bytearray(len(document.text) + 1)
    for each in document.paragraphs:
        if each.cell or document.text.count("\t", each.start, each.end) > 1:
            cells[each.start : each.end] = bytes([1]) * (each.end - each.start)
    return cells


def _repeated(text: str, found: list[Tear]) -> frozenset[str]:
    """Everyday characters that tear words and stand in no word nearly wherever the paper has them."""
    pieces = Counter(each.piece for each in found)
    foreign = set()
    for piece, torn in pieces.items():
        places = [each.start() for each in re.finditer(piece, text)][:_OFTEN_FOUND]
        loose = sum(not words().holding(text[max(at - 3, 0) : at + 4], min(at, 3)) for at in places)
        if torn >= _TWICE and loose > _TWICE and (len(places) - loose) * _LOOSE <= len(places):
            foreign.add(piece)
    return frozenset(foreign)


def _finding(start: int, end: int, piece: str, kind: str, certain: bool) -> Finding:
    """What is not certain to come from a site may be the writer's own slip and stays."""
    everyday = kind in ("everyday", "figure")
    rule = rules()["torn-word" if kind == "everyday" else "copy-protection"]
    return rule.finding(start, end, mend=None if everyday and not certain else "", text=piece.strip())


def _shown(tears: list[Tear], known: bool = False) -> bool:
    """Whether pieces of a kind tear words too often for chance: twice, or several times in a few lines.

    In a paper that is known to come from a document site it takes one less.
    """
    row = sorted((each for each in tears if each.weighs), key=lambda each: each.start)
    if not row or row[0].kind not in _OFTEN:
        again = any(count > _TWICE for count in Counter(each.piece for each in row).values())
        return len(row) >= _TWICE - known or again
    if known and row[0].kind != "everyday":
        return len(row) >= _TWICE
    for at in range(len(row) - _FEWEST + 1):
        some = row[at : at + _FEWEST]
        if some[-1].end - some[0].start <= _WINDOW and all(b.start - a.end >= 2 for a, b in pairwise(some)):
            return True
    return False


def _again(
    text: str, sorts: dict[str, list[Tear]], proven: set[str], repeated: frozenset[str]
) -> Iterator[tuple[int, int, str, str]]:
    """The other places of pieces that tear words again and again."""
    for kind in _KINDS:
        mine = sorts[kind] if kind in proven else [each for each in sorts[kind] if each.piece in repeated]
        if not mine:
            continue
        pieces = sorted({each.piece for each in mine}, key=len, reverse=True)
        either = "|".join(map(re.escape, pieces))
        if kind == "sign":
            either += f"|[{ODD}{SCRIPTS}]{{1,3}}"
        elif kind == "apart":
            either = f"[{CHINESE}]"
        spaced = 2 * sum(each.spaced for each in mine) > len(mine)
        places = list(_places(text, either, kind, spaced))
        if len(mine) * _SHARE >= len(places):
            for start, end, piece in places:
                yield start, end, piece, kind


def _places(text: str, pieces: str, kind: str, spaced: bool) -> Iterator[tuple[int, int, str]]:
    blanks = f"[{SPACES}]+" if kind in ("apart", "figure") and spaced else f"[{SPACES}]*"
    for found in re.finditer(rf"{blanks}[{OPENING}]?(?:{pieces})[{CLOSING}]?{blanks}", text):
        start, end = found.span()
        bare = found[0].strip(AROUND)
        apart = found[0][0] in AROUND and found[0][-1] in AROUND
        before, after = text[max(start - 3, 0) : start], text[end : end + 3]
        if kind in ("everyday", "rare") and not apart and words().holding(before + bare + after, len(before)):
            continue
        if kind == "apart" and (bare in COUNTED or spelled(text, start, end) or not _sentence(before, after)):
            continue
        if kind == "figure" and (before[-1:] == "第" or _counts(before, after, apart=apart)):
            continue
        if kind == "figure" and not apart and re.search(r"[\w.%％-]", _ascii(before[-1:] + after[:1])):
            continue
        if kind == "code" and not apart and (_latin(before[-1:]) or _latin(after[:1])):
            continue
        if kind in ("sign", "site") and (not before.strip() or before[-1:] == "\n") and not after.strip():
            continue
        yield start + (0 if spaced else len(found[0]) - len(found[0].lstrip(BLANKS))), end, bare


def _sentence(before: str, after: str) -> bool:
    return bool(before.strip() and after.strip()) and before[-1] != "\n" and after[0] != "\n"


def _counts(before: str, after: str, *, apart: bool) -> bool:
    """Whether a figure is the writer's own: before a unit, unless one stands before it as well, 3个 7 乡镇."""
    if after.startswith(MEASURES):
        return True
    return after[:1] in COUNTED and not (apart and before[-1:] in COUNTED)


def _ascii(text: str) -> str:
    return "".join(filter(str.isascii, text))


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
