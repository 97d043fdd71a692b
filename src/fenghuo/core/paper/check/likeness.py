"""How alike two paragraphs are once figures and names are set aside, and where they differ.

Paragraphs are compared as sets of neighbouring pairs of characters (shingles) of their plain form, by the Jaccard
index: common pairs over all pairs. Sketches of those sets are made by rensa (MinHash in Rust); the exact index is
computed here for the few paragraphs whose sketches are near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from .document import Document

ALIKE = 0.6
"""From this Jaccard index on, a paragraph counts as a copy of another."""

HASHES = 160
"""Numbers of a sketch; the estimate of the index has a standard error of at most 0.04."""

SEED = 9704
SKETCH = f"rensa {RMinHash.ALGORITHM_VERSION}, {HASHES} hashes, seed {SEED}, pairs, form 2"
"""What two sketches must have in common to be compared; it changes with the plain form and with the library."""

_AT_ONCE = 2048  # the library hands its numbers over as Python's, which are large

SHORTEST = 40
"""Characters of plain form below which a paragraph is anybody's."""

_NUMBERING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]是)\s*"
)
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"\d+(?:[.,:：]\d+)*(?:年(?:\d+月)?(?:\d+日)?|月(?:\d+日)?)?")
_NAME = re.compile(r"[一-鿿]{2}(?=[镇乡村县市区屯])")
_CITED = re.compile(
    r"《[^《》]*》(?:（[^（）]*）)?|第[一二三四五六七八九十百零\d]+[条款项](?:第[一二三四五六七八九十\d]+[款项])*"
)
_ENDS = frozenset("。：；！？…”）》.:;!?)")
_QUOTED = re.compile(r"“[^“”]{20,}”")


def plain(said: str) -> str:
    """The plain form: no numbering and no white space, every date, figure and place name the same sign.

    Two paragraphs that differ only in such things have the same form.
    """
    number = _NUMBERING.match(said)
    said = "".join((said[number.end() :] if number else said).split())
    return _NAME.sub("◇", _FIGURE.sub("0", said))


def telling(said: str) -> bool:
    """Whether a paragraph says enough of its own to have been copied.

    Headings, addressees, closing formulas, and quotations and citations of the law are everybody's.
    """
    said = said.strip()
    if len(said) < SHORTEST or said.endswith(("：", ":")) or "\t" in said:
        return False
    own = _QUOTED.sub("", _CITED.sub("", said))
    return sum(map(str.isalpha, own)) >= SHORTEST and any(mark in said for mark in "，。；、")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as its writer meant it: lines that a copy broke in mid-sentence are one again."""

    start: int
    end: int
    text: str


def passages(document: Document) -> list[Passage]:
    """The telling passages of a paper, in order."""
    found: list[Passage] = []
    held: list[tuple[int, int, str]] = []
    for paragraph in document.paragraphs:
        said = document.said(paragraph)
        held.append((paragraph.start, paragraph.end, said))
        if paragraph.cell or not _broken(said):
            found.append(_passage(held))
            held = []
    if held:
        found.append(_passage(held))
    return [passage for passage in found if telling(passage.text)]


def _broken(said: str) -> bool:
    """Whether a line stops in mid-sentence: it has marks inside but none at its end, unlike a heading or title."""
    said = said.strip()
    return len(said) >= 10 and said[-1] not in _ENDS and any(mark in said for mark in "，。；、")


def _passage(lines: Sequence[tuple[int, int, str]]) -> Passage:
    text = lines[0][2] if len(lines) == 1 else "".join(said.strip() for *_, said in lines)
    return Passage(lines[0][0], lines[-1][1], text)


def pairs(forms: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hashed neighbouring pairs of every form, one after another, and where each form's begin and end.

    A pair that a form has twice is there twice.
    """
    lengths = np.array([len(form) for form in forms], dtype=np.int64)
    codes = np.frombuffer("".join(forms).encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    hashes = codes[:-1] << np.uint64(32) | codes[1:]
    # The finalizer of MurmurHash3 spreads neighbouring code points over all bits.
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        hashes ^= hashes >> np.uint64(33)
        hashes *= np.uint64(factor)
    hashes ^= hashes >> np.uint64(33)
    # The last character of a form and the first of the next are no pair.
    within = np.ones(len(hashes), dtype=bool)
    ends = np.cumsum(lengths)[:-1]
    within[ends[(ends > 0) & (ends <= len(hashes))] - 1] = False
    offsets = np.concatenate([[0], np.cumsum(np.maximum(lengths - 1, 0))]).astype(np.int64)
    return hashes[within], offsets


def shingles(form: str) -> NDArray[np.uint64]:
    """The set of a plain form's hashed pairs, sorted."""
    return np.unique(pairs([form])[0])


def sketches(forms: Sequence[str]) -> NDArray[np.uint16]:
    """The MinHash sketch of every plain form, one row of `HASHES` numbers each, of which 16 bits are kept.

    Two unlike numbers have the same 16 bits once in 65,536, which is far less than the error of the estimate.
    """
    made = np.empty((len(forms), HASHES), dtype=np.uint16)
    for first in range(0, len(forms), _AT_ONCE):
        hashes, offsets = pairs(forms[first : first + _AT_ONCE])
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(
            hashes, offsets.astype(np.uint64), HASHES, SEED
        )
        made[first : first + len(offsets) - 1] = np.array(matrix.to_rows(), dtype=np.uint32) & 0xFFFF
    return made


def likeness(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The Jaccard index of two sorted sets of shingles, 0 to 1."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    whole = len(one) + len(other) - common
    return common / whole if whole else 0.0


def same_words(one: str, other: str) -> bool:
    """Whether two paragraphs are the same word for word, their numbering and spaces apart."""
    return _SPACE.sub("", _NUMBERING.sub("", one, count=1)) == _SPACE.sub(
        "", _NUMBERING.sub("", other, count=1)
    )


_WORD = re.compile(r"\d+(?:[.,:：]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts set side by side: `same`, `changed`, `added` (only in `there`) or `left` (only `here`)."""

    op: str
    here: str
    there: str


def difference(here: str, there: str) -> list[Piece]:
    """Two texts set side by side, word for word; figures and Latin words are whole, Chinese goes by characters.

    The pieces' `here` join to the first text, their `there` to the second. A lone character that two names happen
    to share is not shown as common.
    """
    one, other = _WORD.findall(here), _WORD.findall(there)
    pieces: list[list[str]] = []
    for op, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left, right = "".join(one[a:b]), "".join(other[c:d])
        lone = op == "equal" and len(left) == 1 and left.isalpha() and a > 0 and b < len(one)
        kind = "same" if op == "equal" and not lone else "changed"
        if pieces and pieces[-1][0] == kind:
            pieces[-1][1] += left
            pieces[-1][2] += right
        else:
            pieces.append([kind, left, right])
    return [
        Piece(kind if left and right else "left" if left else "added", left, right)
        for kind, left, right in pieces
    ]
