"""Make the list of what offices' papers say: which characters follow each other in the clean papers of strangers.

Run: PYTHONPATH=src:. .venv/bin/python scripts/make_said.py

The corpus, and the sets of strangers' papers that nothing was read in, are held back: the rules are tried on papers
that the list has not seen.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from pathlib import Path

from tests.core.paper.strangers import FOLDER, UNMET

ROOT = Path(__file__).parents[1]
OUT = ROOT / "src/fenghuo/core/paper/check/rules/noise/said.txt.gz"
OFTEN, SETS = 3, 2
"""In how many papers of how many sets a pair stands from which it is an office's own word."""
_PAIR = re.compile("(?=([\u4e00-\u9fff]{2}))")


def main() -> None:
    """Write a line for each character: itself, what seldom follows it, and after a space what often does."""
    papers, sets = Counter[str](), defaultdict[str, set[str]](set)
    for name, path in sorted(_clean()):
        for pair in set(_PAIR.findall(path.read_text(encoding="utf-8"))):
            papers[pair] += 1
            sets[pair].add(name)
    lines: dict[str, tuple[list[str], list[str]]] = {}
    for pair in sorted(papers):
        often = papers[pair] >= OFTEN and len(sets[pair]) >= SETS
        lines.setdefault(pair[0], ([], []))[often].append(pair[1])
    held = "\n".join(f"{first}{''.join(seldom)} {''.join(often)}" for first, (seldom, often) in lines.items())
    OUT.write_bytes(gzip.compress(held.encode(), 9, mtime=0))
    print(f"{len(papers)} pairs of {len(set(_clean()))} papers, {OUT.stat().st_size:,} bytes")


def _clean() -> list[tuple[str, Path]]:
    """The papers without faults, each with the set it is of."""
    papers = [(path.parts[-3], path) for path in FOLDER.glob("*/clean/*.txt")]
    return [each for each in papers if each[0] not in UNMET]


if __name__ == "__main__":
    main()
