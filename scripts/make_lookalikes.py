"""Make the table of characters that look like an everyday one, from the shapes of a typeface that ships.

Run: .venv/bin/python scripts/make_lookalikes.py

Each character of GBK is drawn, blurred a little and compared with each everyday character (GB 2312 level 1) by the
correlation of the two pictures; a scan takes for each other what is nearly the same picture. So it does with what is
the same but for a part, 云 and 运, 恃 and 持: each is compared with the halves of the other as well, stretched to its
size, and, where they are nearly the same, half with half.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from fenghuo.core.paper.check.characters import rarity

ROOT = Path(__file__).parents[1] / "src/fenghuo/core/paper"
FACE = ROOT / "faces/hei.otf"
OUT = ROOT / "check/rules/noise/lookalikes.txt.gz"
SIZE, ROOM, SIDE, BLUR = 64, 80, 20, 1.2
ALIKE, FRAME, PART = 0.77, 0.08, 0.12
"""The least correlation, and how much more it must be in the characters' own frames and where only halves are
compared."""
MOST = 16
"""Everyday characters kept of those that one looks like."""
HALVES = {
    "left": (0, 0, 0.5, 1),
    "more of the left": (0, 0, 0.62, 1),
    "right": (0.4, 0, 1, 1),
    "more of the right": (0.3, 0, 1, 1),
    "top": (0, 0, 1, 0.5),
    "bottom": (0, 0.4, 1, 1),
    "more of the bottom": (0, 0.3, 1, 1),
    "upper right": (0.3, 0, 1, 0.75),
}
ALONG = [{"left"}, {"more of the left"}, {"right", "more of the right"}, {"top"}]
ALONG += [{"bottom", "more of the bottom"}, {"upper right"}]
"""Halves that are compared with each other."""


def main() -> None:
    """Write a line for each character that looks like others: itself, then these, the most alike first."""
    every = [chr(code) for code in range(0x4E00, 0x9FA6)]
    usual = [each for each in every if rarity(each) == 0]
    font = ImageFont.truetype(FACE, SIZE)
    shapes = np.stack([pictures(each, font) for each in every], axis=1)
    alike = _alike(shapes, shapes[:, [ord(each) - ord(every[0]) for each in usual]])
    lines = []
    for character, row in zip(every, alike, strict=True):
        order = np.argsort(-row, kind="stable")[: MOST + 1]
        likes = [usual[at] for at in order if row[at] >= ALIKE and usual[at] != character]
        if likes:
            lines.append(character + "".join(likes[:MOST]))
    OUT.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(lines)} characters, {OUT.stat().st_size:,} bytes")


def _alike(every: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """How alike each character is to each everyday one, in whole or in part."""
    best = np.maximum(every[0] @ usual[0].T, every[-1] @ usual[-1].T - FRAME)
    for half in range(1, len(every) - 1):
        np.maximum(best, every[half] @ usual[0].T, out=best)
        np.maximum(best, every[0] @ usual[half].T, out=best)
    names = list(HALVES)
    for together in ALONG:
        for one in together:
            for other in together:
                parts = every[names.index(one) + 1] @ usual[names.index(other) + 1].T
                np.maximum(best, parts - PART, out=best)
    return best


def pictures(character: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    """A character as seen by bad eyes, its halves, and itself in its frame, each as a row of greys."""
    image = Image.new("L", (ROOM, ROOM))
    ImageDraw.Draw(image).text(((ROOM - SIZE) // 2, 0), character, fill=255, font=font)
    whole = image.crop(image.getbbox())
    wide, high = whole.size
    parts = []
    for left, top, right, bottom in ((0, 0, 1, 1), *HALVES.values()):
        box = int(left * wide), int(top * high), int(right * wide), int(bottom * high)
        part = whole.crop((*box[:2], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))
        parts.append(part.crop(part.getbbox()))
    small = [each.resize((SIDE, SIDE)).filter(ImageFilter.GaussianBlur(BLUR)) for each in parts]
    small.append(image.filter(ImageFilter.GaussianBlur(2 * BLUR)).resize((SIDE, SIDE)))
    greys = np.stack([np.asarray(each, dtype=np.float32).ravel() for each in small])
    greys -= greys.mean(axis=1, keepdims=True)
    return greys / np.maximum(np.linalg.norm(greys, axis=1, keepdims=True), 1e-6)


if __name__ == "__main__":
    main()
