"""Make the table of everyday characters that share their right or their lower part: 淡 and 谈, 早 and 旱.

Run: .venv/bin/python scripts/make_halves.py

A scan that loses one part of a character keeps the other, and so does a hand that writes one for another of the same
sound. Such parts are compared as pictures, as `make_lookalikes.py` compares whole characters.
"""

from __future__ import annotations

import gzip

import numpy as np
from make_lookalikes import FACE, HALVES, OUT, SIZE, pictures
from PIL import ImageFont

from fenghuo.core.paper.check.characters import rarity

ALIKE, MOST = 0.9, 12
"""The least correlation of the parts, and how many are kept of those that one shares a part with."""
TOGETHER = ({"right", "more of the right"}, {"bottom", "more of the bottom"})


def main() -> None:
    """Write a line for each character: itself, then what shares a part with it, the most alike first."""
    every = [chr(code) for code in range(0x4E00, 0x9FA6) if rarity(chr(code)) <= 2]
    usual = [each for each in every if rarity(each) == 0]
    font = ImageFont.truetype(FACE, SIZE)
    shapes = np.stack([pictures(each, font) for each in every], axis=1)
    everyday = shapes[:, [every.index(each) for each in usual]]
    names = list(HALVES)
    alike = np.zeros((len(every), len(usual)), dtype=np.float32)
    for parts in TOGETHER:
        for one in parts:
            for other in parts:
                found = shapes[names.index(one) + 1] @ everyday[names.index(other) + 1].T
                np.maximum(alike, found, out=alike)
    lines = []
    for character, row in zip(every, alike, strict=True):
        order = [at for at in np.argsort(-row, kind="stable") if row[at] >= ALIKE and usual[at] != character]
        if order:
            lines.append(character + "".join(usual[at] for at in order[:MOST]))
    out = OUT.with_name("halves.txt.gz")
    out.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(lines)} characters, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
