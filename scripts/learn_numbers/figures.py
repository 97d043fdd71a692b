"""What is learnt of figures: which belong together, and which of those that do not come out are wrong."""

from __future__ import annotations

import random
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules.numbers.learned.belonging import Context
from fenghuo.core.paper.check.rules.numbers.learned.claims import WAYS, Claim, claims, rows_of, ways
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest
from tests.core.paper.corpus.build import Case

from . import papers
from .grow import grown
from .papers import (
    FOLDS,
    Planted,
    Row,
    amounts,
    but,
    clean,
    fold,
    learnt,
    planted,
    replaced,
    slipped,
    touching,
)

KINDS = frozenset(("total", "percent", "two_ways", "no_unit"))
_BELONGS = 0.12
_COPIES, _CHANGES = 5, 3
_asked: dict[int, dict[str, Forest]] = {}
"""The forests of each part, in every process that asks them."""
_THINNED = {"product": 0.4, "share": 0.5, "change": 0.4}
"""Ways that many candidates are of, and the share of those that do not come out which is kept."""

Rows = dict[str, list[tuple[NDArray[np.float32], bool]]]


def belonging(case: Case) -> Rows:
    """Candidates of a clean paper, and whether they come out."""
    chance = random.Random(case.name)
    found: Rows = {}
    for way, (_, held, rows) in rows_of(Context.of(from_text(case.text, case.source))).items():
        keep = _THINNED.get(way, 1.0)
        found[way] = [
            (np.array(row, np.float32), holds)
            for row, holds in zip(rows, held, strict=True)
            if holds or chance.random() < keep
        ]
    return found


def all_belonging() -> dict[int, Rows]:
    found: dict[int, Rows] = {part: defaultdict(list) for part in range(FOLDS)}
    with ProcessPoolExecutor() as pool:
        for name in learnt():
            for some in pool.map(belonging, clean(name), chunksize=4):
                for way, rows in some.items():
                    found[fold(name)][way] += rows
    return found


def learn_ways(parts: dict[int, Rows], without: int | None = None) -> dict[str, Forest]:
    """The forests that tell whether figures belong together, of all parts but one."""
    found = {}
    for way in WAYS:
        some = [row for part, told in parts.items() if part != without for row in told[way]]
        found[way] = grown(
            np.stack([row for row, _ in some]),
            np.array([holds for _, holds in some], bool),
            trees=50,
            leaves=16,
            rate=0.15,
            depth=5,
            least=10,
        )
    return found


def _claimed(text: str, name: str, part: int) -> list[Claim]:
    context = Context.of(from_text(text, name))
    return claims(context, ways(context, _asked[part]))


def told(case: Case, part: int) -> list[Row]:
    """What the figures of a text ask of each other: 1 where it is right, 0 where nothing is wrong there."""
    name = case.name.rsplit("-", 1)[0]
    faults = planted(name).get(case.name, ())
    found: list[Row] = []
    for each in _claimed(case.text, case.source, part):
        label = _label(case, faults, each)
        if label is not None:
            found.append(Row(np.array(each.row, np.float32), label, True))
    return found


def _label(case: Case, faults: tuple[Planted, ...], claim: Claim) -> bool | None:
    figure = claim.figure
    for fault, raw in zip(case.faults, faults, strict=False):
        if fault.whole:
            continue
        spans = list(touching(list(fault.spans), figure.start, figure.end))
        if not spans:
            continue
        if fault.family != "numbers":
            return None
        if fault.kind not in KINDS:
            return True
        meant = amounts(raw.old if 0 in spans else raw.new)
        return any(_is_meant(claim, value) for value in meant)
    return False


def _is_meant(claim: Claim, value: float) -> bool:
    return abs(value - claim.right) <= 1e-6 * max(1, claim.right)


def made(case: Case, part: int) -> list[Row]:
    """The same of copies of a clean paper, in which figures that belong to others were mistyped."""
    chance = random.Random(case.name)
    document = from_text(case.text, case.source)
    context = Context.of(document)
    strong = {
        each.candidate.told.index
        for each in ways(context, _asked[part])
        if each.holds and each.likely > _BELONGS
    }
    pool = [
        each
        for each in context.figures
        if each.index in strong
        and each.written.replace(".", "", 1).isdigit()
        and not each.about
        and each.value >= 2
    ]
    found: list[Row] = []
    for _ in range(min(_COPIES, max(1, len(pool) // 2))):
        chance.shuffle(pool)
        changes: dict[int, tuple[int, str]] = {}
        meant: list[tuple[int, float]] = []
        sentences: set[int] = set()
        for each in pool:
            new = slipped(each.written, chance) if each.sentence not in sentences else None
            if new:
                sentences.add(each.sentence)
                changes[each.start] = each.start + len(each.written), new
                meant.append((each.start, each.value))
            if len(changes) >= _CHANGES:
                break
        text, spans = replaced(document.text, changes)
        values = [value for _, value in sorted(meant)]
        for each in _claimed(text, case.source, part):
            touched = list(touching(spans, each.figure.start, each.figure.end))
            if not touched:
                found.append(Row(np.array(each.row, np.float32), False, False))
            elif _is_meant(each, values[touched[0]]):
                found.append(Row(np.array(each.row, np.float32), True, False))
    return found


def collected(forests: dict[int, dict[str, Forest]]) -> dict[int, list[Row]]:
    """All rows of each part, by forests that have not seen it."""
    with ProcessPoolExecutor(initializer=_asked.update, initargs=(forests,)) as pool:
        return papers.collected(pool, lambda part: (partial(told, part=part), partial(made, part=part)))


def learn(parts: dict[int, list[Row]], without: int | None = None) -> Forest:
    """The forest that tells whether a figure is wrong, of all parts but one."""
    some = but(parts, without)
    return grown(
        np.stack([row.numbers for row in some]),
        np.array([row.wrong for row in some]),
        np.array([(3.0 if row.wrong else 0.5) if row.by_writer else 1.0 for row in some]),
        trees=120,
        leaves=16,
        rate=0.1,
        depth=6,
        least=15,
    )
