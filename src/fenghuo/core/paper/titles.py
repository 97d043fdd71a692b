"""Where a long title is broken: in lines of like length that cut no word, as the standard asks (7.3.1)."""

from __future__ import annotations

from functools import lru_cache

from .description import Language
from .wording import width_in_signs

_SIGNS_A_LINE = 20
"""Signs of the title's size in a line: 156 mm are 442 points, of 22 each."""
_MOST = 120
"""Signs beyond which a title is left to the page: no title is so long."""
_NOT_FIRST = frozenset("的地得了和与及、，。；：”’》〉）」』】")
_NOT_LAST = frozenset("“‘《〈（「『【第")
_TERMS = (
    "森林防灭火",
    "森林草原防灭火",
    "防灭火",
    "清明节期间",
    "春节期间",
    "国庆期间",
    "安全生产",
    "应急预案",
)
"""The field's terms that no dictionary of words has whole."""
_BAD, _WORD = 400.0, 2.0
"""What a line costs that begins or ends with a sign that may not, and a cut word by the power of its frequency."""


def title_lines(title: str, language: Language) -> tuple[str, ...]:
    """A title's lines: those that were written, and longer Chinese ones broken."""
    lines: list[str] = []
    for line in title.split("\n"):
        lines += _broken(line) if language == "zh" else (line,)
    return tuple(lines)


@lru_cache(maxsize=64)
def _broken(line: str) -> tuple[str, ...]:
    width = width_in_signs(line)
    if not _SIGNS_A_LINE < width <= _MOST:
        return (line,)
    count = int(-(-width // _SIGNS_A_LINE))
    # One line more where so few would cut what belongs together.
    tried = [found for lines in (count, count + 1) if (found := _best(line, lines))]
    good = (found for found in tried if found[0] < _BAD)
    return next(good, min(tried, default=(0.0, (line,))))[1]


def _best(line: str, count: int) -> tuple[float, tuple[str, ...]] | None:
    """The cheapest way to break a line in so many, none too wide, with its cost; None without any."""
    wanted = width_in_signs(line) / count
    # best[n][at]: cost and last break of the first `at` signs in n lines.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        found: dict[int, tuple[float, int]] = {}
        for start, (cost, _before) in best[-1].items():
            for end in range(start + 1, len(line) + 1):
                width = width_in_signs(line[start:end])
                if width > _SIGNS_A_LINE:
                    break
                total = cost + (width - wanted) ** 2 / 4 + (_cut(line, end) if end < len(line) else 0.0)
                if end not in found or total < found[end][0]:
                    found[end] = (total, start)
        best.append(found)
    if len(line) not in best[count]:
        return None
    ends, at = [], len(line)
    for lines in range(count, 0, -1):
        start = best[lines][at][1]
        ends.append(line[start:at])
        at = start
    return best[count][len(line)][0], tuple(reversed(ends))


def _cut(line: str, at: int) -> float:
    """What it costs to break before a sign."""
    from .check.words import words

    before, after = line[at - 1], line[at]
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return _BAD
    if (before.isascii() and after.isascii()) or (before.isdigit() and after in "年月日号个项次届"):
        return _BAD
    if any(line.startswith(term, at - back) for term in _TERMS for back in range(1, min(len(term), at + 1))):
        return _BAD
    return _WORD * words().across(line[max(at - 3, 0) : at], line[at : at + 3])
