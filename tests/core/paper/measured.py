"""A PDF measured in millimetres from the page's upper left corner: its signs, and the ink on its pages."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pdfplumber
from PIL import Image

MM = 72 / 25.4
DPI = 100


@dataclass(frozen=True)
class Sign:
    """One character: where its box begins and ends, its size in points, its face."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    face: str


@dataclass(frozen=True)
class Band:
    """A stretch of ink over neighbouring rows."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    signs: tuple[Sign, ...]
    image: np.ndarray

    @cached_property
    def lines(self) -> list[list[Sign]]:
        """The signs by line, from top to bottom and left to right; signs of one line share their lower edge."""
        found: dict[int, list[Sign]] = defaultdict(list)
        for sign in self.signs:
            if sign.text.strip():
                near = next(
                    (key for key in found if abs(key - sign.bottom * 10) < 12), round(sign.bottom * 10)
                )
                found[near].append(sign)
        return [sorted(found[key], key=lambda sign: sign.left) for key in sorted(found)]

    @property
    def text(self) -> str:
        return "\n".join("".join(sign.text for sign in line) for line in self.lines)

    def line(self, words: str) -> list[Sign]:
        """The first line that holds these words."""
        return next(line for line in self.lines if words in "".join(sign.text for sign in line))

    def run(self, words: str) -> list[Sign]:
        """The signs of these words themselves."""
        line = self.line(words)
        at = "".join(sign.text for sign in line).index(words)
        return line[at : at + len(words)]

    def bands(self, *, red: bool, top: float = 0, bottom: float = 297, gap: float = 0.6) -> list[Band]:
        """The ink of one colour between two heights, row by row; rows nearer than `gap` are one band."""
        picture = self.image.astype(int)
        if red:
            mask = (picture[..., 0] - picture[..., 1] > 90) & (picture[..., 0] - picture[..., 2] > 90)
        else:
            mask = picture.max(axis=2) < 140
        scale = 25.4 / DPI
        mask[: int(top / scale)] = False
        mask[int(bottom / scale) :] = False
        rows = np.flatnonzero(mask.any(axis=1))
        if not len(rows):
            return []
        found = []
        for group in np.split(rows, np.flatnonzero(np.diff(rows) * scale > gap) + 1):
            columns = np.flatnonzero(mask[group[0] : group[-1] + 1].any(axis=0))
            found.append(
                Band(group[0] * scale, (group[-1] + 1) * scale, columns[0] * scale, (columns[-1] + 1) * scale)
            )
        return found

    def rules(self, *, red: bool, width: float) -> list[Band]:
        """The rules of a width, which are bands lower than 2 mm."""
        return [
            band
            for band in self.bands(red=red, gap=0.9)
            if band.bottom - band.top < 2 and abs(band.right - band.left - width) < 1
        ]


def measured(path: Path) -> list[Page]:
    """The pages of a PDF file."""
    drawn = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(DPI), str(path), str(drawn)], check=True, capture_output=True)
    pictures = [
        np.asarray(Image.open(file).convert("RGB"))
        for file in sorted(path.parent.glob(f"{drawn.name}-*.ppm"))
    ]
    pages = []
    with pdfplumber.open(path) as opened:
        for page, picture in zip(opened.pages, pictures, strict=True):
            signs = tuple(
                Sign(
                    char["text"],
                    char["x0"] / MM,
                    char["x1"] / MM,
                    char["top"] / MM,
                    char["bottom"] / MM,
                    char["size"],
                    char["fontname"].partition("+")[2] or char["fontname"],
                )
                for char in page.chars
            )
            pages.append(Page(float(page.width) / MM, float(page.height) / MM, signs, picture))
    return pages
