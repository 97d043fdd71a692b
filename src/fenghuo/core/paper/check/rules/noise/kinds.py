"""Rare characters that name a kind of animal or plant where others of the kind or the word for them stand by."""

from __future__ import annotations

import re

_LISTED = re.compile(r"[、，。；：（）和与及为的等\s]")
_KINDS = re.compile("[\u9b5a-\u9e7f\u4c33-\u4d2e]")
"""Characters whose radical is the fish or the bird; a paper about them names many that no list knows."""
_CLASS_NAMES = {
    "鱼": "[\u9875-\u98a7\u9b5a-\u9ce4\u4c33-\u4cb0]",
    "菜": "[\u8279-\u864d]",
    "草": "[\u8279-\u864d]",
}


def of_class(character: str, right: str) -> bool:
    """Whether it stands before the word for its class: 黄颡鱼, 薤菜."""
    return right in _CLASS_NAMES and bool(re.match(_CLASS_NAMES[right], character))


def of_a_kind(text: str, at: int) -> bool:
    """Whether the character names a kind of animal or plant: one of a list of such, or before the word for them."""
    character, left, right = text[at], text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if of_class(character, right):
        return True
    if not _KINDS.match(character):
        return False
    beside = [bool(not each or _LISTED.match(each)) for each in (left, right)]
    others = set(_KINDS.findall(text)) - {character}
    return all(beside) or (any(beside) and bool(others))
