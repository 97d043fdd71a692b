"""Chinese read in the other Chinese encoding: 技师 as 撮呇, each character for one other.

Nothing is broken in such a stretch, so that only sense speaks: rare characters that make no words, and everyday ones
that do when the bytes are read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...characters import CHINESE, is_chinese, rarity
from ...words import words

_FAR = 8
"""Characters on either side of a rare one that are read again."""
_BITS, _BITS_OF_TWO = 20, 22
"""Bits that the text must become likelier by."""
_WORD = 7
"""Power of two of a word's frequency that must come out."""
_BESIDE = 5
_HEAD, _TAIL = re.compile(f"[{CHINESE}]*$"), re.compile(f"[{CHINESE}]*")


def reread(text: str) -> Iterator[tuple[int, int, str]]:
    """Where such stretches begin and end, and what they were."""
    done = 0
    rare = "".join(each for each in set(text) if is_chinese(each) and rarity(each) >= 2 and _other(each))
    for found in re.finditer(f"[{rare}]", text) if rare else ():
        at = found.start()
        if at < done:
            continue
        first, end = at, at + 1
        while first > max(at - _FAR, done) and _other(text[first - 1]):
            first -= 1
        while end < min(at + _FAR, len(text)) and _other(text[end]):
            end += 1
        meant = "".join(_other(sign) for sign in text[first:end])
        if not any(words().frequency(meant[k : k + 2]) >= _WORD for k in range(at - first + 1)):
            continue
        best = max(
            (
                (_gain(text, start, stop, meant[start - first : stop - first]), start, stop)
                for start in range(first, at + 1)
                for stop in range(max(at + 1, start + 2), end + 1)
            ),
            default=(0, 0, 0),
        )
        gain, start, stop = best
        strange = sum(not is_chinese(sign) or rarity(sign) >= 2 for sign in text[start:stop])
        if gain >= (_BITS if stop - start > 2 else _BITS_OF_TWO) and strange * 3 >= stop - start:
            yield start, stop, meant[start - first : stop - first]
            done = stop


def _gain(text: str, start: int, stop: int, meant: str) -> int:
    left = _HEAD.search(text[max(start - _BESIDE, 0) : start])[0]
    right = _TAIL.match(text[stop : stop + _BESIDE])[0]
    return words().cost(left + text[start:stop] + right) - words().cost(left + meant + right)


@cache
def _other(sign: str) -> str:
    """The everyday character whose bytes in the one encoding are this one's in the other; empty without."""
    if sign.isascii():
        return ""
    try:
        meant = sign.encode("cp950").decode("gbk")
    except UnicodeError:
        return ""
    return meant if len(meant) == 1 and is_chinese(meant) and rarity(meant) == 0 else ""
