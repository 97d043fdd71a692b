"""Make the table of characters that look like an everyday one, from the shapes of a typeface that ships.

Run: .venv/bin/python scripts/make_lookalikes.py

Each character of GBK is drawn, blurred a little and compared with each everyday character (GB 2312 level 1) by the
correlation of the two pictures; a scan takes for each other what is nearly the same picture.
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
SIZE, ROOM, SIDE, BLUR = 40, 48, 32, 1.2
ALIKE = 0.8
"""The least correlation."""
MOST = 4
"""Everyday characters kept of those that one looks like."""


def main() -> None:
    """Write a line for each character that looks like others: itself, then these, the most alike first."""
    every = [chr(code) for code in range(0x4E00, 0x9FA6)]
    usual = [each for each in every if rarity(each) == 0]
    font = ImageFont.truetype(FACE, SIZE)
    shapes = np.stack([picture(each, font) for each in every])
    shapes -= shapes.mean(axis=1, keepdims=True)
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True)
    of_usual = shapes[[ord(each) - ord(every[0]) for each in usual]].T
    lines = []
    for character, shape in zip(every, shapes, strict=True):
        alike = shape @ of_usual
        likes = [
            usual[at]
            for at in np.argsort(-alike, kind="stable")[: MOST + 1]
            if alike[at] >= ALIKE and usual[at] != character
        ]
        if likes:
            lines.append(character + "".join(likes[:MOST]))
    OUT.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(lines)} characters, {OUT.stat().st_size:,} bytes")


def picture(character: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    """A character as seen by bad eyes, as a row of greys."""
    image = Image.new("L", (ROOM, ROOM))
    ImageDraw.Draw(image).text(((ROOM - SIZE) // 2, -2), character, fill=255, font=font)
    small = image.filter(ImageFilter.GaussianBlur(BLUR)).resize((SIDE, SIDE))
    return np.asarray(small, dtype=np.float32).ravel()


if __name__ == "__main__":
    main()
