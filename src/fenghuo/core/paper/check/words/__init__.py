"""What words Chinese is made of, for telling a torn word from two words that meet.

`words.txt.gz` holds single characters and words of two to four with their frequency, taken from the dictionary of the
jieba segmenter (Sun Junyi, MIT); `scripts/make_words.py` makes it. Of the dictionary's personal names only the single
characters are kept, to know which rare ones people are called by. Words of two that are seldom written are kept apart:
they weigh nothing, but what makes one was meant.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

_LONGEST = 4
_ALL = 26
"""Power of two of the occurrences of all words together."""
_FREQUENT = 8
"""Power of two of the frequency of words that `joins` knows."""
_BESIDE = 5
"""Characters on either side that a gain is reckoned with."""


class Words:
    """Words with their frequencies as powers of two, seldom ones, and rare characters that names are made of."""

    def __init__(
        self,
        frequencies: dict[str, int],
        seldom: frozenset[str],
        called: frozenset[str],
        of_names: frozenset[str],
    ) -> None:
        self._singles = {word: power for word, power in frequencies.items() if len(word) == 1}
        self._frequencies = {word: power for word, power in frequencies.items() if len(word) > 1}
        self._seldom = seldom
        self._called = called
        self.of_names = of_names
        self._joined = frozenset(
            word[at : at + 2]
            for word, power in self._frequencies.items()
            if power >= _FREQUENT
            for at in range(len(word) - 1)
        )

    def frequency(self, word: str) -> int:
        """The power of two of a word's frequency, from 1 to 20 or so; 0 for what is no word."""
        return self._frequencies.get(word, 0)

    def besides_names(self, word: str) -> int:
        """The same, but 0 for words that people are called by as well: 文明, 向阳."""
        return 0 if word in self._called else self.frequency(word)

    def across(self, left: str, right: str) -> int:
        """The frequency of the most frequent word that begins at the end of `left` and ends in `right`."""
        best = 0
        for before in range(1, min(_LONGEST, len(left) + 1)):
            head = left[-before:]
            for after in range(1, min(_LONGEST - before, len(right)) + 1):
                best = max(best, self._frequencies.get(head + right[:after], 0))
        return best

    def joins(self, pair: str) -> bool:
        """Whether two characters follow each other in any frequent word: the quick look before `across`."""
        return pair in self._joined

    def holding(self, text: str, at: int) -> int:
        """The frequency of the most frequent word in the text that holds the character at `at`."""
        best = 0
        for start in range(max(at - _LONGEST + 1, 0), at + 1):
            for end in range(max(at + 1, start + 2), min(start + _LONGEST, len(text)) + 1):
                best = max(best, self._frequencies.get(text[start:end], 0))
        return best

    def meant(self, text: str, at: int) -> bool:
        """Whether the character at `at` makes a seldom word of two with a neighbour."""
        return text[at : at + 2] in self._seldom or (at > 0 and text[at - 1 : at + 1] in self._seldom)

    def cost(self, text: str) -> int:
        """How many bits it takes to say a stretch of Chinese in the likeliest words, by their frequency alone."""
        return self._likeliest(text)[0][-1]

    def parted(self, text: str) -> list[tuple[int, int]]:
        """Where the likeliest words of a stretch of Chinese begin and end."""
        starts, end, found = self._likeliest(text)[1], len(text), []
        while end:
            found.append((starts[end], end))
            end = starts[end]
        return found[::-1]

    def _likeliest(self, text: str) -> tuple[list[int], list[int]]:
        """What it takes up to each character, and where the last word up to there begins."""
        best, starts = [0], [0]
        for end in range(1, len(text) + 1):
            least, begun = best[end - 1] + _ALL - self._singles.get(text[end - 1], 0), end - 1
            for start in range(max(end - _LONGEST, 0), end - 1):
                power = self._frequencies.get(text[start:end])
                if power is not None and best[start] + _ALL - power < least:
                    least, begun = best[start] + _ALL - power, start
            best.append(least)
            starts.append(begun)
        return best, starts

    def gain(self, left: str, piece: str, right: str) -> int:
        """How many bits less the text takes once a piece between `left` and `right` is told apart from it.

        What was put into a word tears it, and its parts are much less likely than the word; what a writer put there
        leaves words on both sides whole. Only the Chinese characters next to the piece count; a piece of other signs
        parts them as if they stood in two sentences.
        """
        left, right = left[-_BESIDE:], right[:_BESIDE]
        whole = self.cost(left + right)
        if not piece:
            return self.cost(left) + self.cost(right) - whole
        return self.cost(left + piece + right) - whole


@cache
def words() -> Words:
    """The list, read once."""
    held = files(__package__).joinpath("words.txt.gz").read_bytes()
    *lines, called, pairs, names = gzip.decompress(held).decode().split("\n")
    listed = {line[:-1]: ord(line[-1]) - 96 for line in lines}
    # Words of these offices' papers that the dictionary lacks or thinks rare.
    ours = files(__package__).joinpath("ours.txt").read_text("utf-8").split()
    seldom = frozenset(each[0] + second for each in pairs.split(" ") for second in each[1:])
    known = listed | {word: max(listed.get(word, 0), _FREQUENT) for word in ours}
    return Words(known, seldom, frozenset(called.split(" ")), frozenset(names[1:]))
