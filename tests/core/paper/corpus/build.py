"""The corpus: from every clean paper a few faulty ones, the same each time for the same seed.

.venv/bin/python -m tests.core.paper.corpus.build FOLDER    # writes the papers and faults.json to look at
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from random import Random

from .fault import Fault, Planted, fits, planted_into
from .injectors import Injector, Setting, copied, form, left_open, noise, numbers, personal
from .paper import OPEN, PARTS, Paper, papers
from .twins import twins

KINDS: dict[str, dict[str, Injector]] = {
    "left_open": left_open.KINDS,
    "noise": noise.KINDS,
    "numbers": numbers.KINDS,
    "copied": copied.KINDS,
    "form": form.KINDS,
    "personal": personal.KINDS,
}
"""Every kind of fault of every family."""

SEEDS = {"first": 20260, "second": 71993, "third": 480617, "fourth": 1129, "fifth": 906614}
"""The seed of each part of the corpus."""

ROUNDS = {"fifth": 9}
"""How many times the whole set of cases is drawn from each paper of a part that has few; 2 elsewhere."""

# Noise of the whole page is drawn with care: two kinds of protection in one paper would be one paper from two sites.
_SWEEPING = tuple(kind for kind in noise.KINDS if kind.startswith("protection"))


@dataclass(frozen=True)
class Case:
    """A paper with its faults; a clean paper has none. `source` is the clean paper it was made from."""

    name: str
    source: str
    text: str
    faults: tuple[Fault, ...]


def _plan(paper: Paper, chance: Random) -> Iterator[list[tuple[str, str]]]:
    """The kinds to try in each case of a paper: one family after another, then everything mixed."""
    for family, kinds in KINDS.items():
        names = list(kinds)
        if family == "noise":
            small = [kind for kind in names if kind not in _SWEEPING]
            for sweeping in chance.sample(_SWEEPING, 2):
                yield [(family, kind) for kind in [*chance.sample(small, 4), sweeping]]
        elif family == "form":
            # One wrong numbering and one missing part a paper: more would hide each other.
            yield [(family, chance.choice(names[:4])), (family, chance.choice(names[4:]))]
            yield [(family, chance.choice(names[:4]))]
        elif family == "copied":
            yield [(family, kind) for kind in chance.sample(names, 2)]
        else:
            yield [(family, kind) for kind in chance.sample(names, min(6, len(names)))]
    if paper.half:
        # Few papers are about half a year, so each carries this fault several times.
        yield from [[("numbers", "other half of the year")]] * 3
    mixed = [(family, kind) for family in KINDS for kind in KINDS[family] if kind not in _SWEEPING]
    yield [("noise", chance.choice(_SWEEPING)), *chance.sample(mixed, 8)]
    yield chance.sample(mixed, 10)


def _case(paper: Paper, kinds: list[tuple[str, str]], name: str, chance: Random) -> Case:
    # No part copies from a later one, so that it is the same whatever is added after it.
    until = max(PARTS.index(paper.part) + 1, len(OPEN))
    setting = Setting(paper, chance, paper.part, papers(PARTS[:until]))
    planted: list[Planted] = []
    # What sweeps over the page comes last, so that it finds its way round the other faults.
    for family, kind in sorted(kinds, key=lambda each: each[1] in _SWEEPING):
        if family == "form" and any(each.family == "form" for each in planted) and kind[:2] != "no":
            continue
        if family == "form" and kind[:2] == "no" and any(each.whole for each in planted):
            continue
        for fault in KINDS[family][kind](setting):
            if fits(fault, planted):
                planted.append(fault)
    for each in twins(paper, chance):
        if fits(each, planted):
            planted.append(each)
    text, faults = planted_into(paper.text, planted)
    return Case(name, paper.name, text, tuple(fault for fault in faults if fault.family))


@cache
def cases(part: str) -> tuple[Case, ...]:
    """Every case of one part of the corpus, the clean papers first."""
    found = []
    mine = papers((part,))
    for paper in mine:
        found.append(Case(paper.name, paper.name, paper.text, ()))
    for paper in mine:
        chance = Random(f"{SEEDS[part]} {paper.name}")
        for turn in range(ROUNDS.get(part, 2)):
            for number, kinds in enumerate(_plan(paper, chance), 1):
                name = f"{paper.name}.{turn + 1}.{number:02}"
                found.append(_case(paper, kinds, name, chance))
    return tuple(found)


def main(folder: Path) -> None:
    """Write the first part, with its list of faults."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {}
    for case in cases("first"):
        (folder / f"{case.name}.txt").write_text(case.text, encoding="utf-8")
        told[case.name] = [asdict(fault) for fault in case.faults]
    (folder / "faults.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(told)} papers with {sum(map(len, told.values()))} faults in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
