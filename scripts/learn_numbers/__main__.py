"""Grow the forests of `rules/numbers/learned` from the papers that are learnt from, and keep them there.

    OMP_NUM_THREADS=1 PYTHONPATH=src:. .venv/bin/python -m scripts.learn_numbers            # all, some minutes
    OMP_NUM_THREADS=1 PYTHONPATH=src:. .venv/bin/python -m scripts.learn_numbers --parts D  # and one without each part

With `--parts` forests are written as well that have not seen one part of the sets each, and a list of those sets: what
the checker reaches with them on that part is what it may reach on papers it has not met.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sklearn.metrics import average_precision_score

from . import belief, figures, times
from .grow import keep, keep_weights
from .papers import FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parts", type=Path, help="a folder for the forests that have not seen one part")
    parser.add_argument(
        "--only",
        choices=("times", "figures", "belief"),
        help="only these; beliefs by the forests that `--parts` has",
    )
    options = parser.parse_args()
    kept = {}
    if options.only in (None, "times"):
        kept["expected"], kept["times"] = _times()
    if options.only in (None, "figures"):
        kept["ways"], kept["figures"] = _figures()
    if options.only == "belief":
        for name in ("expected", "times", "ways", "figures"):
            kept[name] = pickle.loads((options.parts / f"{name}.pickle").read_bytes())
    if options.only in (None, "belief"):
        forest, rights = belief.learn(kept)
        keep("belief", forest)
        belief.keep_looks(rights)
    if options.parts:
        options.parts.mkdir(parents=True, exist_ok=True)
        for name, forests in kept.items():
            (options.parts / f"{name}.pickle").write_bytes(pickle.dumps(forests))


def _each_part(learn: Callable, parts: dict) -> dict:
    """What is learnt without each part, and of all."""
    with ThreadPoolExecutor(2) as pool:
        found = dict(
            zip(
                (*range(FOLDS), None),
                pool.map(lambda part: learn(parts, part), (*range(FOLDS), None)),
                strict=True,
            )
        )
    return found


def _times() -> tuple[dict, dict]:
    timed = times.collected()
    asked = _each_part(times.learn_expected, timed)
    parts = times.with_expected(timed, asked)
    found = _each_part(times.learn, parts)
    turns = _each_part(times.learn_turns, parts)
    both = {part: times.Both(found[part], turns[part]) for part in found}
    _report("times", parts, both)
    for name, weights in asked[None].items():
        keep_weights(name, weights)
    keep("times", found[None])
    keep("turns", turns[None])
    return asked, both


def _figures() -> tuple[dict, dict]:
    belonging = figures.all_belonging()
    ways = _each_part(figures.learn_ways, belonging)
    parts = figures.collected({part: ways[part] for part in range(FOLDS)})
    found = _each_part(figures.learn, parts)
    _report("figures", parts, found)
    for way, forest in ways[None].items():
        keep(way, forest)
    keep("figures", found[None])
    return ways, found


def _report(name: str, parts: dict, found: dict) -> None:
    likely, right = [], []
    for part, rows in parts.items():
        planted = [row for row in rows if row.by_writer]
        likely += found[part].likely([row.numbers for row in planted])
        right += [row.wrong for row in planted]
    print(
        f"{name}: {len(right)} rows, {sum(right)} wrong, average precision {average_precision_score(right, likely):.3f}"
    )
    for least in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        some = [one for one, p in zip(right, likely, strict=True) if p > least]
        share = sum(some) / max(1, len(some))
        print(f"  above {least}: {len(some)} told, {share:.2f} right, {sum(some) / sum(right):.2f} found")


if __name__ == "__main__":
    main()
