"""Make the checker's word list from the dictionary of the jieba segmenter (MIT), which is given as a file.

Run: pip download --no-deps --no-binary :all: jieba==0.42.1, unpack it, then
     .venv/bin/python scripts/make_words.py jieba-0.42.1/jieba/dict.txt
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/fenghuo/core/paper/check/words/words.txt.gz"
RARE = 5
"""Occurrences below which a word of everyday characters is left out."""
LONGEST = 4
SELDOM = 3
"""The same for words of two characters that only speak against a character's being misread."""
PERSONS = ("nr", "nrt", "nrfg")
"""The dictionary's marks of personal names: of them only the characters are kept, never a name."""
COMMON = Path(__file__).with_name("make_words_common.txt")
"""Words that the dictionary marks so although nobody is called by them: 文明, 洪水, 养老."""


def main() -> None:
    """Write the list: one word or character a line, its frequency as a power of two from a to z after it."""
    words, named, seldom = [], set(), defaultdict(str)
    common = set(COMMON.read_text(encoding="utf-8").split())
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")
        wanted = int(count) >= RARE or not all(map(_everyday, word))
        if len(word) == 1 and _chinese(word) and int(count) >= RARE:
            words.append(_listed(word, count))
        elif kind in PERSONS and word not in common:
            named.update(word[1:] if len(word) > 1 else "")
        elif 2 <= len(word) <= LONGEST and _chinese(word) and wanted:
            words.append(_listed(word, count))
        elif len(word) == 2 and _chinese(word) and int(count) >= SELDOM:
            seldom[word[0]] += word[1]
    pairs = " ".join(first + "".join(sorted(rest)) for first, rest in sorted(seldom.items()))
    names = "".join(sorted(each for each in named if not _everyday(each)))
    held = "\n".join([*sorted(words), " ".join(sorted(common)), pairs, "=" + names])
    OUT.write_bytes(gzip.compress(held.encode(), 9, mtime=0))
    print(f"{len(words)} words, {len(named)} characters of names, {OUT.stat().st_size:,} bytes")


def _listed(word: str, count: str) -> str:
    return f"{word}{chr(ord('a') + min(int(math.log2(int(count) + 1)), 25))}"


def _chinese(word: str) -> bool:
    return all("\u3400" <= each <= "\u9fff" for each in word)


def _everyday(character: str) -> bool:
    """Whether a character is of the first level of GB 2312, rows 16 to 55."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
