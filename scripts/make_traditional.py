"""Make the table of traditional characters whose simplified form is an everyday one: 縫 for 缝.

Run: pip install opencc-python-reimplemented==0.1.7, then PYTHONPATH=src python scripts/make_traditional.py

The pairs are those of OpenCC's dictionary of characters (BYVoid and others, Apache-2.0). Left out are characters of
several simplified forms, and those that simplified papers write as well.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import opencc

from fenghuo.core.paper.check.characters import rarity

OUT = Path(__file__).parents[1] / "src/fenghuo/core/paper/check/rules/noise/traditional.txt.gz"
NAMES = frozenset("昇甯於")
"""What people are still called by."""
UNUSUAL = 3
"""How rare a character is that GB 2312, and so a simplified paper, does not have."""


def main() -> None:
    """Write a line for each character: itself, then what simplified papers write for it."""
    held = Path(opencc.__file__).with_name("dictionary") / "TSCharacters.txt"
    pairs = [line.split() for line in held.read_text(encoding="utf-8").splitlines()]
    lines = [
        each[0] + each[1]
        for each in pairs
        if len(each) == 2
        and len(each[0]) == 1
        and each[0] not in NAMES
        and rarity(each[0]) >= UNUSUAL
        and rarity(each[1]) == 0
    ]
    OUT.write_bytes(gzip.compress("\n".join(sorted(lines)).encode(), 9, mtime=0))
    print(f"{len(lines)} characters, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
