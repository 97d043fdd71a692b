"""What words Chinese is made of, for telling a torn word from two words that meet.

`words.txt.gz` holds words of two to four characters with their frequency, taken from the dictionary of the jieba
segmenter (Sun Junyi, MIT); `scripts/make_words.py` makes it. Of the dictionary's personal names only the single
characters are kept, to know which rare ones people are called by.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

_LONGEST = 4


class Words:
    """Words with their frequencies as powers of two, and rare characters that names are made of."""

    def __init__(self, frequencies: dict[str, int], of_names: frozenset[str]) -> None:
        self._frequencies = frequencies
        self.of_names = of_names

    def frequency(self, word: str) -> int:
        """The power of two of a word's frequency, from 1 to 20 or so; 0 for what is no word."""
        return self._frequencies.get(word, 0)

    def across(self, left: str, right: str) -> int:
        """The frequency of the most frequent word that begins at the end of `left` and ends in `right`."""
        best = 0
        for before in range(1, min(_LONGEST, len(left) + 1)):
            head = left[-before:]
            for after in range(1, min(_LONGEST - before, len(right)) + 1):
                best = max(best, self._frequencies.get(head + right[:after], 0))
        return best

    def holding(self, text: str, at: int) -> int:
        """The frequency of the most frequent word in the text that holds the character at `at`."""
        best = 0
        for start in range(max(at - _LONGEST + 1, 0), at + 1):
            for end in range(max(at + 1, start + 2), min(start + _LONGEST, len(text)) + 1):
                best = max(best, self._frequencies.get(text[start:end], 0))
        return best


@cache
def words() -> Words:
    """The list, read once."""
    held = files(__package__).joinpath("words.txt.gz").read_bytes()
    *lines, names = gzip.decompress(held).decode().split("\n")
    return Words({line[:-1]: ord(line[-1]) - 96 for line in lines}, frozenset(names[1:]))
