"""What is learnt of the looks: which of them to believe, and where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.finding import Span
from fenghuo.core.paper.check.rules.numbers import by_words
from fenghuo.core.paper.check.rules.numbers.learned.asked import asked
from fenghuo.core.paper.check.rules.numbers.learned.belief import meet, rows
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest
from fenghuo.core.paper.check.rules.numbers.text.frame import frame
from tests.core.paper.corpus.build import Case
from tests.core.paper.strangers import cases

from .grow import SHIPPED, grown
from .papers import UNREAD, fold

_SMOOTH = 8
"""How many findings a look has to have told before its own rights and wrongs outweigh those of all."""
_forests: dict[str, dict] = {}
"""The forests of each part, in every process that asks them."""


def _row(case_: tuple[Case, str]) -> tuple[str, list[str], list[bool], list[list[float]]]:
    """The looks that found something in a text, whether they were right, and all of their rows but the first number."""
    case, name = case_
    part = fold(name)
    document = from_text(case.text, case.source)
    time = frame(document)
    forests = {
        **_forests["ways"][part],
        **_forests["times"][part]._asdict(),
        "figures": _forests["figures"][part],
    }
    told = asked(document, time, forests.__getitem__, _forests["expected"][part].__getitem__)
    found = list(by_words(document, time))
    spans = [
        Span(*span)
        for fault in case.faults
        if fault.family == "numbers" and not fault.whole
        for span in fault.spans
    ]
    right = [
        any(
            meet(place, span)
            for place in (each.span, *(one.span for one in each.elsewhere))
            for span in spans
        )
        for each in found
    ]
    return name, [each.look for each in found], right, rows(found, told, {"": 0.0})


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
