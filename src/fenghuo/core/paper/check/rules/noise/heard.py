"""Which characters follow each other in offices' papers, and in how many (`scripts/make_said.py`)."""

from __future__ import annotations

from functools import cache

from .tables import table


@cache
def heard() -> dict[str, bool]:
    """Every pair of characters that a paper has, and whether many have it."""
    found: dict[str, bool] = {}
    for first, behind in table("said").items():
        seldom, often = behind.split(" ")
        found |= {first + each: False for each in seldom} | {first + each: True for each in often}
    return found
