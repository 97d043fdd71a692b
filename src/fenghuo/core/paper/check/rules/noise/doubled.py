"""Words that stand twice where once was meant: 如如下, 一年或或两年, 安全用电用电.

What is doubled on purpose is a word of the list (人人, 渐渐), a count (两两), a name, or said so again; where one word
ends as the next begins, 工作作风, both are whole and neither is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import CHINESE
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words

_ONE = re.compile(rf"(?<=[{CHINESE}\d，。；：、])([{CHINESE}])\1(?!\1)")
_TWO = re.compile(rf"([{CHINESE}]{{2}})\1(?!\1)")
_JOINING = frozenset("或和与及在为把被将从由向于以并而的等如")
"""Words of one character that never follow themselves but in a word: 的的确确."""
_COUNTS = frozenset("〇零一二三四五六七八九十百千万两半几")
_TRIED = frozenset(
    "研究 商量 考虑 讨论 了解 学习 介绍 交流 休息 锻炼 体会 试验 打听 检查 收拾 整理 "  # noqa: SIM905
    "比较 感受 活动 照顾 尝试 盘点 晾晒 走动 商议 回顾 反思".split()
)
"""What one does a little, told twice."""
_USUAL = 7
"""Power of two of a word's frequency from which its standing twice is a slip."""
_WORD = 7
"""The same for a word that one character is left over behind."""
_AROUND = 6
_OUT = re.compile(f"[^{CHINESE}]")


def check(document: Document) -> Iterator[Finding]:
    """One of the two, with what would stay."""
    text, rule = document.text, rules()["doubled-word"]
    for found in _ONE.finditer(text):
        if text.count(found[0]) == 1 and _once(text, found):
            yield rule.finding(*found.span(), text=found[0], meant=found[1])
    for found in _TWO.finditer(text):
        word = found[1]
        if words().frequency(word) < _USUAL or word in _TRIED or word[0] in _COUNTS or word[0] == word[1]:
            continue
        if text.count(found[0]) == 1 and not words().frequency(found[0]):
            yield rule.finding(*found.span(), text=found[0], meant=word)


def _once(text: str, found: re.Match[str]) -> bool:
    """Whether one of the two is left over: behind a word that ends with it, before none that begins with it."""
    known, sign = words(), found[1]
    left = _OUT.split(text[max(found.start() - _AROUND, 0) : found.start()])[-1]
    right = _OUT.split(text[found.end() : found.end() + _AROUND])[0]
    if found.start() > 1 and text[found.start() - 1] == text[found.start() - 2]:
        return False  # 前前后后
    if sign in _COUNTS or known.frequency(found[0]):
        return False
    if sign in _JOINING:
        return True
    return known.holding(left + sign, len(left)) >= _WORD and not known.holding(sign + right, 0)
