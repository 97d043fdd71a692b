"""What is learnt of the looks: which of them to believe, and where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.finding import Finding
from fenghuo.core.paper.check.rules.numbers import by_words
from fenghuo.core.paper.check.rules.numbers.learned.belief import Asked, rows
from fenghuo.core.paper.check.rules.numbers.learned.belonging import Context
from fenghuo.core.paper.check.rules.numbers.learned.claims import claims, ways
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest
from fenghuo.core.paper.check.rules.numbers.learned.times import likely as likely_wrong
from fenghuo.core.paper.check.rules.numbers.learned.whole import whole
from fenghuo.core.paper.check.rules.numbers.text.frame import frame
from tests.core.paper.corpus.build import Case
from tests.core.paper.strangers import cases

from .grow import SHIPPED, grown
from .papers import UNREAD, fold

_SMOOTH = 8
"""How many findings a look has to have told before its own rights and wrongs outweigh those of all."""
_forests: dict[str, dict] = {}
"""The forests of each part, in every process that asks them."""


class Told(NamedTuple):
    """What the looks found in one text, whether each is right, and what the forests say there."""

    name: str
    found: Sequence[Finding]
    right: Sequence[bool]
    asked: Asked


def _told(case: Case, name: str) -> Told:
    part = fold(name)
    document = from_text(case.text, case.source)
    time = frame(document)
    of = whole(document, time)
    times = likely_wrong(of, _forests["expected"][part], _forests["times"][part]._asdict())
    context = Context.of(document)
    claimed = claims(context, ways(context, _forests["ways"][part]))
    likely = _forests["figures"][part].likely([each.row for each in claimed]) if claimed else []
    found = list(by_words(document, time))
    spans = [
        span for fault in case.faults if fault.family == "numbers" and not fault.whole for span in fault.spans
    ]
    right = [
        any(
            place.start < end and start < place.end
            for place in (each.span, *(one.span for one in each.elsewhere))
            for start, end in spans
        )
        for each in found
    ]
    return Told(name, found, right, Asked(document, of, times, list(zip(claimed, likely, strict=True))))


def _row(case_: tuple[Case, str]) -> tuple[str, list[str], list[bool], list[list[float]]]:
    """The looks that found something in a text, whether they were right, and all of their rows but the first number."""
    told = _told(*case_)
    return (
        told.name,
        [each.look for each in told.found],
        list(told.right),
        rows(told.found, told.asked, {"": 0.0}),
    )


def learn(forests: dict[str, dict]) -> tuple[Forest, dict[str, float]]:
    """The forest of beliefs, and how often each look was right; told on sets by forests that have not seen them."""
    with ProcessPoolExecutor(initializer=_forests.update, initargs=(forests,)) as pool:
        texts = [(case, name) for name in UNREAD for case in cases(name)]
        found = [one for one in pool.map(_row, texts, chunksize=8) if one[1]]
    by_set = {name: _rights([one for one in found if one[0] != name]) for name in UNREAD}
    numbers, right = [], []
    for name, told, rights, given in found:
        for look, row in zip(told, given, strict=True):
            numbers.append([by_set[name].get(look, by_set[name][""]), *row[1:]])
        right += rights
    _report(found, numbers, right)
    return _grown(numbers, right), _rights(found)


def _grown(numbers: list[list[float]], right: list[bool]) -> Forest:
    return grown(
        np.array(numbers, np.float32), np.array(right), trees=60, leaves=8, rate=0.1, depth=4, least=20
    )


def _rights(found: list) -> dict[str, float]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, told, right, _ in found:
        for look, one in zip(told, right, strict=True):
            for name in (look, ""):
                counts[name][0] += one
                counts[name][1] += 1
    all_right = counts[""][0] / counts[""][1]
    return {
        look: round((right + all_right * _SMOOTH) / (many + _SMOOTH), 3)
        for look, (right, many) in sorted(counts.items())
    }


def _report(found: list, numbers: list, right: list) -> None:
    """What is believed of each set by a forest of the others."""
    of = np.array([name for name, told, _, _ in found for _ in told])
    wrong, likely = ~np.array(right), np.zeros(len(right))
    for name in UNREAD:
        apart = of == name
        forest = _grown([row for row, one in zip(numbers, apart, strict=True) if not one],
                        [one for one, each in zip(right, apart, strict=True) if not each])  # fmt: skip
        likely[apart] = forest.likely([row for row, one in zip(numbers, apart, strict=True) if one])
    print(f"looks: {len(right)} findings, {sum(right)} right")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        told = likely >= least
        print(f"  above {least}: {(told & ~wrong).sum()} right, {(told & wrong).sum()} wrong")


def keep_looks(rights: Mapping[str, float]) -> None:
    """Write how often each look was right."""
    SHIPPED.joinpath("looks.json").write_text(
        json.dumps(rights, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
