"""Precision and recall of the paper checker on papers with known faults.

    .venv/bin/python -m benchmarks.paper_rules                   # every part of the corpus
    .venv/bin/python -m benchmarks.paper_rules --part first      # one of them
    .venv/bin/python -m benchmarks.paper_rules --part first --family noise --show 20   # and what went wrong
    .venv/bin/python -m benchmarks.paper_rules --quick           # every kind, a third of the papers

`tests/core/paper/corpus` holds the clean papers and the injectors. Wordings, characters and papers of one
part do not occur in another. The rules were made with the first part; what they reached on each later one when they
first met it stands in docs/check.md. All have been learnt from since, so that papers of strangers will fare between
those figures and these.
Recall is counted a kind of fault; precision a rule, since a rule may find several
kinds; a family has both. Clean papers are among the cases, so what is reported of them lowers precision.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks import measure
from tests.core.paper.corpus import score
from tests.core.paper.corpus.build import Case, cases
from tests.core.paper.corpus.layout import written
from tests.core.paper.corpus.ours import checker, layout_checker
from tests.core.paper.corpus.paper import PARTS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=PARTS, help="only this part of the corpus")
    parser.add_argument("--family", choices=sorted(score.GOALS), help="only this family's figures")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="show N faults missed and N wrong findings"
    )
    parser.add_argument("--quick", action="store_true", help="a third of the papers")
    options = parser.parse_args()
    ratios: dict[str, float] = {}
    for part in PARTS:
        if options.part not in (None, part):
            continue
        chosen = cases(part)[:: 3 if options.quick else 1]
        with tempfile.TemporaryDirectory() as folder:
            told = checker(Path(folder))
            begun = time.perf_counter()
            result = score.score(chosen, told)
            if options.family in (None, "layout"):
                files = written(part, every=3 if options.quick else 1)
                result += score.score_layout(files, layout_checker())
            taken = time.perf_counter() - begun
        print(
            f"\nThe {part} part: {len(chosen)} papers, {sum(len(c.faults) for c in chosen)} faults, {taken:.1f} s\n"
        )
        wanted = [options.family] if options.family else list(score.GOALS)
        starts = tuple(f"{family}: " for family in wanted)
        measure.table(
            [row for row in _plain(score.kinds(result)) if row[0].startswith(starts)],
            ["kind of fault", "planted", "found", "recall"],
        )
        print()
        measure.table(
            [row for row in _plain(score.rules(result)) if row[0].startswith(starts)],
            ["rule", "findings", "right", "precision"],
        )
        print()
        measure.table(
            [row for row in _plain(score.families(result)) if row[0] in wanted],
            ["family", "planted", "findings", "precision", "goal", "recall", "goal"],
        )
        for family in wanted:
            ratios[f"{family}_precision_{part}"] = round(result.precision(family), 3)
            ratios[f"{family}_recall_{part}"] = round(result.recall(family), 3)
        _show(result, wanted, options.show)
    measure.finish(ratios)


def _plain(rows: list[list[object]]) -> list[list[object]]:
    return [[f"{cell:.3f}" if isinstance(cell, float) else cell for cell in row] for row in rows]


def _show(result: score.Score, wanted: list[str], count: int) -> None:
    missed = [(case, fault) for case, fault in result.missed if fault.family in wanted]
    wrong = [(case, told) for case, told in result.wrong if told.family in wanted]
    for case, fault in missed[:count]:
        places = " … ".join(_around(case, *span) for span in fault.spans[:2]) or "the whole paper"
        print(f"missed  {case.name}  {fault.family}: {fault.kind}  {places}")
    for case, told in wrong[:count]:
        print(f"wrong   {case.name}  {told.family}: {told.rule}  {_around(case, told.start, told.end)}")


def _around(case: Case, start: int, end: int) -> str:
    text = case.text
    return f"{text[max(start - 15, 0) : start]}[{text[start:end]}]{text[end : end + 15]}".replace("\n", "⏎")


if __name__ == "__main__":
    main()
