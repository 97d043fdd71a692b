"""Precision and recall of the paper checker on papers of writers who had not read its rules.

    .venv/bin/python -m benchmarks.paper_strangers                        # every set that is kept
    .venv/bin/python -m benchmarks.paper_strangers A C --family numbers   # two of them, one family
    .venv/bin/python -m benchmarks.paper_strangers A --family numbers --show 40
    .venv/bin/python -m benchmarks.paper_strangers NEW --folder FOLDER    # a set kept elsewhere

The sets stand in `tests/core/paper/strangers`; what the rules reached on each when they first met it stands in
docs/check.md. Figures are per family, of all sets together and of each; kinds of fault are those of the issue.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks import measure
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rulebook import rules
from tests.core.paper.corpus import score
from tests.core.paper.corpus.build import Case
from tests.core.paper.strangers import FOLDER, cases, sets

FAMILIES = ("left_open", "noise", "numbers", "form", "personal")


def told(case: Case) -> list[score.Told]:
    """What the checker reports of one paper, without an archive, and the places that it shows beside."""
    family = {name: rule.family for name, rule in rules().items()}
    return [
        score.Told(
            family[each.rule],
            each.rule,
            each.span.start,
            each.span.end,
            tuple((one.span.start, one.span.end) for one in each.elsewhere),
        )
        for each in check(from_text(case.text, case.source))
    ]


def narrowly(case: Case) -> list[score.Told]:
    """The same by the places of the findings alone: a total whose part was changed counts as wrong."""
    return [replace(each, shown=()) for each in told(case)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", help="names of sets; all that are kept where none is given")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the sets lie")
    parser.add_argument("--family", choices=FAMILIES, help="only this family's figures")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="show N faults missed and N wrong findings"
    )
    parser.add_argument(
        "--narrow",
        action="store_true",
        help="count a finding by its own place only, not by those that it shows beside",
    )
    options = parser.parse_args()
    wanted = (options.family,) if options.family else FAMILIES
    whole = score.Score()
    rows = []
    with ProcessPoolExecutor() as pool:
        for name in options.sets or sets():
            chosen = cases(name, options.folder)
            reported = dict(
                zip(
                    (case.name for case in chosen),
                    pool.map(narrowly if options.narrow else told, chosen, chunksize=8),
                    strict=True,
                )
            )
            result = score.score(chosen, lambda case, reported=reported: reported[case.name])
            rows.append(_row(name, chosen, result, wanted))
            whole += result
    rows.append(["all", "", "", *_figures(whole, wanted)])
    measure.table(rows, ["set", "texts", "faults", *wanted])
    print()
    kinds = sorted(each for each in whole.faults if each[0] in wanted)
    measure.table(
        [
            [f"{family}: {kind}", whole.faults[family, kind], whole.found[family, kind]]
            for family, kind in kinds
        ],
        ["kind of fault", "planted", "found"],
    )
    print()
    measure.table(
        [[f"{family}: {rule}", count, whole.right[family, rule]] for (family, rule), count in sorted(whole.told.items())
         if family in wanted],
        ["rule", "findings", "right"],
    )  # fmt: skip
    _show(whole, wanted, options.show)
    measure.finish(
        {f"{family}_precision": round(whole.precision(family), 3) for family in wanted}
        | {f"{family}_recall": round(whole.recall(family), 3) for family in wanted}
    )


def _row(name: str, chosen: Iterable[Case], result: score.Score, wanted: Iterable[str]) -> list[object]:
    chosen = list(chosen)
    return [name, len(chosen), sum(len(case.faults) for case in chosen), *_figures(result, wanted)]


def _figures(result: score.Score, wanted: Iterable[str]) -> list[object]:
    return [f"{result.precision(family):.3f} / {result.recall(family):.3f}" for family in wanted]


def _show(result: score.Score, wanted: Iterable[str], count: int) -> None:
    for case, fault in [each for each in result.missed if each[1].family in wanted][:count]:
        places = "  ||  ".join(_sentence(case.text, *span) for span in fault.spans) or "the whole paper"
        print(f"missed  {case.name}  {fault.family}: {fault.kind}\n    {places}")
    for case, each in [pair for pair in result.wrong if pair[1].family in wanted][:count]:
        print(f"wrong   {case.name}  {each.rule}\n    {_sentence(case.text, each.start, each.end)}")


def _sentence(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in "。\n；") + 1
    last = min((at for mark in "。\n；" if (at := text.find(mark, end)) >= 0), default=len(text))
    return (
        f"{text[max(first, start - 80) : start]}[{text[start:end]}]{text[end : min(last, end + 80)]}".replace(
            "\n", "⏎"
        )
    )


if __name__ == "__main__":
    main()
