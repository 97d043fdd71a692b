"""Papers and faults by writers who had not read the rules: what the checker meets that it was not made with.

A set is a folder: `clean/*.txt`, and `faults.json` with the faulty copies. A copy names its clean paper and its
faults; a fault is written as `old` (which stands once in the clean paper) and `new`, with `at` where only a stretch of
`new` is wrong, and `also` for the stretches elsewhere that contradict it. `README.md` says who wrote them and when
each was opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ..corpus.build import Case
from ..corpus.fault import Edit, Planted, planted_into

FOLDER = Path(__file__).parent
UNMET = frozenset(("whole-cove", "whole-ferry"))
"""Sets that nothing is learnt from; their misses of form and one false alarm of noise were read, no numbers."""
UNLEARNT = UNMET | frozenset(
    (
        *("whole-steppe", "whole-canal", "whole-ridge", "whole-gorge", "whole-bay", "whole-pass"),
        *("whole-reef", "whole-meadow", "whole-bridge", "whole-market"),
    )
)
"""Sets that no forest of figures or beliefs was grown on; those of times were, on all but the unmet ones."""


class Unsound(ValueError):
    """A set that does not say what it means: which copy, and what is wrong with it."""


def sets() -> list[str]:
    """The names of the sets that are kept here."""
    return sorted(path.parent.name for path in FOLDER.glob("*/faults.json"))


@cache
def cases(name: str, folder: Path = FOLDER) -> tuple[Case, ...]:
    """Every text of a set, the clean ones first."""
    clean = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((folder / name / "clean").glob("*.txt"))
    }
    found = [Case(f"{name}-{stem}", f"{name}-{stem}", text, ()) for stem, text in clean.items()]
    copies = json.loads((folder / name / "faults.json").read_text(encoding="utf-8"))
    for number, copy in enumerate(copies, 1):
        paper = copy["paper"]
        if paper not in clean:
            raise Unsound(f"{name}, copy {number}: there is no clean paper {paper!r}")
        try:
            text, faults = planted_into(clean[paper], list(_planted(clean[paper], copy["faults"])))
        except Unsound as error:
            raise Unsound(f"{name}, copy {number} of paper {paper}: {error}") from None
        found.append(Case(f"{name}-{paper}.{number:03}", f"{name}-{paper}", text, faults))
    return tuple(found)


def _planted(text: str, faults: list[dict[str, Any]]) -> Iterator[Planted]:
    for fault in faults:
        start, end = _only(text, fault["old"])
        new = fault["new"]
        at: tuple[tuple[int, int, int], ...] = ()
        if said := fault.get("at"):
            first, last = _only(new, said)
            at = ((0, first, last),)
        yield Planted(
            fault["family"],
            fault.get("kind", fault["family"]),
            (Edit(start, end, new),),
            at,
            tuple(_only(text, each) for each in fault.get("also", ())),
            bool(fault.get("whole")),
        )


def _only(text: str, said: str) -> tuple[int, int]:
    if not said or text.count(said) != 1:
        raise Unsound(f"{said!r} stands {text.count(said) if said else 0} times where it has to stand once")
    start = text.index(said)
    return start, start + len(said)
