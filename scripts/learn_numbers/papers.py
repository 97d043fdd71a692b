"""The papers that are learnt from: sets of strangers' papers, and clean ones into which slips are put."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from fenghuo.core.paper.check.numerals import folded
from fenghuo.core.paper.check.rules.numbers.text.quantities import quantities
from tests.core.paper.corpus.build import Case
from tests.core.paper.strangers import FOLDER, UNLEARNT, UNMET, cases, sets

UNREAD = tuple(
    f"whole-{each}"
    for each in (
        "orchard", "quarry", "marsh", "plateau", "railway", "export",
        "island", "oasis", "mine", "terrace", "park", "forest",
        "basin", "academy", "granary", "tower", "lagoon",
    )
)  # fmt: skip
"""Sets whose faults of numbers no look was made with: by them is learnt which look to believe."""
FOLDS = 5
"""Parts that the sets are in; what a forest reaches on one part it has not seen is what counts."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MYRIADS = ("万", Decimal(10_000)), ("亿", Decimal(100_000_000))


def learnt(*, of_times: bool = False) -> list[str]:
    """The names of the sets that figures and beliefs are learnt from, or times."""
    return [each for each in sets() if each not in (UNMET if of_times else UNLEARNT)]


def fold(name: str) -> int:
    """The part that a set is in."""
    return learnt(of_times=True).index(name) % FOLDS


def clean(name: str) -> list[Case]:
    """A set's papers without a fault."""
    return [each for each in cases(name) if "." not in each.name.removeprefix(name)]


Told = TypeVar("Told")


class Row(NamedTuple):
    """What a forest is asked of one place, whether it is wrong there, and whether a writer planted it."""

    numbers: NDArray[np.float32]
    wrong: bool
    by_writer: bool


def collected(
    pool: ProcessPoolExecutor,
    looks: Callable[[int], tuple[Callable[[Case], list[Told]], Callable[[Case], list[Told]]]],
    *,
    of_times: bool = False,
) -> dict[int, list[Told]]:
    """All rows of each part of the sets: `looks` gives, for a part, what is told of its texts and of its clean ones."""
    found: dict[int, list[Told]] = {part: [] for part in range(FOLDS)}
    for name in learnt(of_times=of_times):
        told, made = looks(fold(name))
        for some in (
            *pool.map(told, cases(name), chunksize=8),
            *pool.map(made, clean(name), chunksize=4),
        ):
            found[fold(name)] += some
    return found


def but(parts: dict[int, list[Row]], without: int | None) -> Sequence[Row]:
    """The rows of all parts but one."""
    return [row for part, rows in parts.items() if part != without for row in rows]


@dataclass(frozen=True)
class Planted:
    """A fault as its writer told it: what stood there, and what stands there now."""

    old: str
    new: str


@cache
def planted(name: str) -> dict[str, tuple[Planted, ...]]:
    """The faults of every copy of a set, in the order of `Case.faults`."""
    told = json.loads((FOLDER / name / "faults.json").read_text(encoding="utf-8"))
    return {
        f"{name}-{copy['paper']}.{number:03}": tuple(
            Planted(each["old"], each["new"]) for each in copy["faults"]
        )
        for number, copy in enumerate(told, 1)
    }


def amounts(said: str) -> set[float]:
    """Every amount that a stretch of text may tell, with its unit or without."""
    text = folded(said)
    found = {float(each.value) for each in quantities(text)}
    for match in _NUMBER.finditer(text):
        value = Decimal(match[0])
        found.add(float(value))
        found |= {float(value * worth) for sign, worth in _MYRIADS if text[match.end() :].startswith(sign)}
    return found


def slipped(written: str, chance: random.Random) -> str | None:
    """A number with a slip of the hand: two digits exchanged, one mistyped, or another that lies near."""
    digits = [at for at, sign in enumerate(written) if sign.isdigit()]
    for _ in range(20):
        signs = list(written)
        lot = chance.random()
        if lot < 0.35 and len(digits) > 1:
            at = chance.randrange(len(digits) - 1)
            one, two = digits[at], digits[at + 1]
            signs[one], signs[two] = signs[two], signs[one]
        elif lot < 0.75:
            signs[chance.choice(digits)] = str(chance.randrange(10))
        elif lot < 0.9 or "." in written:
            at = digits[-1] if len(digits) == 1 or chance.random() < 0.5 else digits[-2]
            signs[at] = str((int(signs[at]) + chance.choice((1, 2, 3, -1, -2, 9))) % 10)
        else:
            signs = list(str(int(int(written) * chance.choice((0.7, 0.8, 1.25, 1.5)))))
        made = "".join(signs)
        leading = len(made) > 1 and made[0] == "0" and made[1] != "."
        if made != written and not leading and made.strip("0."):
            return made
    return None


def replaced(text: str, changes: dict[int, tuple[int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """A text with stretches replaced (start -> end, new), and where the new ones stand."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    last = size = 0
    for start, (end, new) in sorted(changes.items()):
        pieces += [text[last:start], new]
        size += start - last
        spans.append((size, size + len(new)))
        size += len(new)
        last = end
    return "".join((*pieces, text[last:])), spans


def touching(spans: list[tuple[int, int]], start: int, end: int) -> Iterator[int]:
    """Which of some spans a place touches."""
    return (at for at, (low, high) in enumerate(spans) if low < end and start < high)
