"""Which characters follow each other in offices' papers, and in how many (`scripts/make_said.py`)."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def heard() -> dict[str, bool]:
    """Every pair of characters that a paper has, and whether many have it."""
    found: dict[str, bool] = {}
    held = gzip.decompress(files(__package__).joinpath("said.txt.gz").read_bytes()).decode()
    for line in held.split("\n"):
        seldom, often = line[1:].split(" ")
        found |= {line[0] + each: False for each in seldom} | {line[0] + each: True for each in often}
    return found
