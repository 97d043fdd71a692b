"""Tables of characters, a line for each, that scripts drew from typefaces and papers."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> dict[str, str]:
    """What a line of `NAME.txt.gz` holds behind the character that it begins with."""
    held = gzip.decompress(files(__package__).joinpath(f"{name}.txt.gz").read_bytes()).decode()
    return {line[0]: line[1:] for line in held.split("\n")}
