"""Copied paragraphs among 10,000 papers beside comparing all with all; the checker's speed in pages; its memory.

    .venv/bin/python -m benchmarks.paper            # 10,000 papers, about four minutes
    .venv/bin/python -m benchmarks.paper --quick    # the same archive, fewer papers asked, under a minute

The papers are made from the clean ones of the corpus by a seeded generator: paragraphs are put together from their
clauses, so that all speak one language and share many a phrase, and one paragraph in eight is copied from an earlier
paper, word for word, with names and figures exchanged, or with a sentence more or less besides.

What is compared:

- ours: `Archive.find_all` for every telling paragraph of the papers asked, as `fenghuo check` does it.
- brute force: the exact likeness (the same Jaccard index of the same pairs of characters) of each of those
  paragraphs with every paragraph of the archive, as one sparse matrix product, which is the fastest way we know.
- brute force in Python: the same by the loop one would write first, `likeness` of every pair; measured on 10,000 pairs.

Recall is the share of the pairs at or above the threshold, by brute force, that the archive finds too; what it finds
is itself compared exactly, so it finds no pair below the threshold. A page is 22 lines of 28 characters.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks import measure
from fenghuo.core.paper.check.archive import FILE, Archive
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import Document, from_text
from fenghuo.core.paper.check.likeness import ALIKE, likeness, pairs, passages, plain, shingles
from tests.core.paper.corpus.injectors import Setting
from tests.core.paper.corpus.injectors.copied import adapted, exchanged
from tests.core.paper.corpus.paper import papers

CROWDED = "沿线小桥一共改建十一座，七座通了车，四座还在施工，每座用工30人，前者较后者多3座，"
"""Nothing but counts: what takes longest to read."""
PAPERS = 10_000
PAGE = 22 * 28


def made(count: int, seed: int = 6) -> list[Document]:
    """Papers of the corpus's words: about a dozen paragraphs each, one in eight copied from an earlier paper."""
    chance = Random(seed)
    clean = papers()
    clauses = [
        clause
        for paper in clean
        for line in paper.body
        for clause in line.said.strip("　。").replace("。", "，").replace("；", "，").split("，")
        if 5 <= len(clause) <= 30
    ]
    setting = Setting(clean[0], chance, False)
    earlier: list[str] = []
    documents = []
    for number in range(count):
        lines = [f"青石镇{chance.randint(2005, 2026)}年第{chance.randint(1, 400)}号工作情况"]
        for _ in range(chance.randint(9, 15)):
            if earlier and chance.random() < 0.125:
                said = chance.choice(earlier)
                said = chance.choice((str, lambda s: exchanged(s, setting), lambda s: adapted(s, setting)))(
                    said
                )
            else:
                sentences = [
                    "，".join(chance.sample(clauses, chance.randint(2, 4)))
                    for _ in range(chance.randint(2, 4))
                ]
                said = "。".join(sentences) + "。"
                earlier.append(said)
            lines.append(said)
        documents.append(from_text("\n".join(lines), f"{number:05}"))
    return documents


def paragraphs(documents: list[Document]) -> tuple[list[str], np.ndarray]:
    """Every telling paragraph, and the number of its paper."""
    said, owner = [], []
    for number, document in enumerate(documents):
        for passage in passages(document):
            said.append(passage.text)
            owner.append(number)
    return said, np.array(owner)


class Everything:
    """The exact likeness of any paragraph with all paragraphs at once: sets of pairs as rows of ones."""

    def __init__(self, said: list[str]) -> None:
        hashes, offsets = pairs([plain(each) for each in said])
        self.known, columns = np.unique(hashes, return_inverse=True)
        self.rows = _ones(columns, offsets, len(self.known))
        self.sizes = np.diff(self.rows.indptr)

    def alike(self, said: list[str]) -> list[tuple[int, int]]:
        """Every pair of one of these paragraphs and one of all whose likeness reaches the threshold."""
        found = []
        for first in range(0, len(said), 64):
            sets = [shingles(plain(each)) for each in said[first : first + 64]]
            sizes = np.array([len(each) for each in sets])
            hashes = np.concatenate(sets)
            columns = np.minimum(np.searchsorted(self.known, hashes), len(self.known) - 1)
            # A pair of characters that no paragraph of the archive has is common to none.
            there = self.known[columns] == hashes
            offsets = np.concatenate([[0], np.cumsum(there)])[np.concatenate([[0], np.cumsum(sizes)])]
            common = (_ones(columns[there], offsets, len(self.known)) @ self.rows.T).tocoo()
            whole = sizes[common.row] + self.sizes[common.col] - common.data
            near = common.data >= ALIKE * whole
            found += [
                (first + int(a), int(b)) for a, b in zip(common.row[near], common.col[near], strict=True)
            ]
        return found


def _ones(columns: np.ndarray, offsets: np.ndarray, width: int) -> sparse.csr_matrix:
    rows = sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.int32), columns.astype(np.int32), offsets),
        shape=(len(offsets) - 1, width),
    )
    rows.sum_duplicates()
    rows.data[:] = 1
    return rows


def search(
    documents: list[Document], folder: Path, asked: int, turns: int
) -> tuple[dict[str, float], dict[str, Any]]:
    """Index, ask, compare with brute force; print what it took."""
    said, owner = paragraphs(documents)
    chosen = sorted(Random(1).sample(range(len(documents)), asked))
    mine = np.flatnonzero(np.isin(owner, chosen))

    begun = time.perf_counter()
    _, memory = measure.extra_memory(lambda: Archive.open(folder).add_all(documents), every=0.02)
    indexing = time.perf_counter() - begun
    size = (folder / FILE).stat().st_size

    opening = measure.median_of(3, lambda: Archive.open(folder))
    more = Archive.open(folder)
    more.add(from_text("增补\n" + "".join(reversed(said[0])), "added"))
    updating = measure.median_of(1, more.save)

    archive = Archive.open(folder)
    texts = [[said[row] for row in mine if owner[row] == number] for number in chosen]
    place = {
        (documents[int(paper)].name, text): row
        for row, (paper, text) in enumerate(zip(owner, said, strict=True))
    }
    everything = Everything(said)
    found: set[tuple[int, int]] = set()
    exact: set[tuple[int, int]] = set()

    def ours() -> None:
        found.clear()
        row = iter(mine.tolist())
        for number, some in zip(chosen, texts, strict=True):
            for matches in archive.find_all(some, documents[number]):
                asking = next(row)
                found.update((asking, place[match.paper, match.text]) for match in matches)

    def theirs() -> None:
        exact.clear()
        for a, b in everything.alike([said[row] for row in mine]):
            if owner[mine[a]] != owner[b]:
                exact.add((int(mine[a]), b))

    _, asking = measure.extra_memory(ours)
    taken = measure.in_turn(turns, {"ours": ours, "brute force": theirs})
    some = [shingles(plain(each)) for each in said[:10_000]]
    begun = time.perf_counter()
    for other in some:
        likeness(some[0], other)
    naive = (time.perf_counter() - begun) * len(said) / len(some)

    # The same words twice in one paper are one place in the table of places.
    known = {(a, place[documents[int(owner[b])].name, said[b]]) for a, b in exact}
    recall = len(known & found) / len(known)
    each = {name: np.median(times) / len(mine) for name, times in taken.items()}
    ratio = measure.ratio(taken["ours"], taken["brute force"])
    print(
        f"\n{len(documents):,} papers, {len(said):,} telling paragraphs; {len(mine):,} asked, {turns} turns\n"
    )
    measure.table(
        [
            ["ours, archive", 1e3 * each["ours"], len(found), f"{recall:.4f}", "1.00"],
            ["brute force, sparse matrix", 1e3 * each["brute force"], len(known), "1.0000", f"{ratio:.2f}"],
            ["brute force, Python loop", 1e3 * naive, "", "1.0000", f"{naive / each['ours']:.0f}"],
        ],
        ["search", "ms a paragraph", "pairs", "recall", "ours faster ×"],
    )
    print()
    measure.table(
        [
            ["indexing all papers [s]", indexing],
            ["adding one paper and saving [s]", updating],
            ["opening [s]", opening],
            ["file [MB]", size / 1e6],
            ["memory while indexing, above the start [MB]", memory / 1e6],
            ["memory while asking, above the start [MB]", asking / 1e6],
        ],
        ["archive", "measured"],
    )
    return (
        {
            "search_over_sparse_matrix": round(ratio, 1),
            "search_over_python_loop": round(naive / each["ours"], 1),
            "pairs_found_of_brute_force": round(recall, 4),
        },
        {
            "pairs": len(known),
            "wrong_pairs": len(found - known),
            "index_s": round(indexing, 2),
            "add_and_save_s": round(updating, 3),
            "open_s": round(opening, 4),
            "file_mb": round(size / 1e6, 1),
            "index_memory_mb": round(memory / 1e6),
            "ask_memory_mb": round(asking / 1e6),
        },
    )


def pages(folder: Path, turns: int) -> tuple[dict[str, float], dict[str, Any]]:
    """How fast the whole checker reads the corpus's clean papers, without and with the archive of 10,000."""
    clean = [from_text(paper.text, paper.name) for paper in papers()]
    count = sum(len(paper.text) for paper in papers()) / PAGE
    archive = Archive.open(folder)
    check(clean[0])  # what is loaded and compiled once is not the speed

    def alone() -> None:
        for document in clean:
            check(document)

    def beside() -> None:
        for document in clean:
            check(document, archive=archive)

    taken = measure.in_turn(turns, {"without an archive": alone, f"with {len(archive):,} papers": beside})
    rates = {name: count / np.median(times) for name, times in taken.items()}
    print(f"\n{len(clean)} clean papers of {count:.0f} pages of 22 × 28 characters, every rule, one thread\n")
    measure.table([[name, float(rate)] for name, rate in rates.items()], ["checking", "pages/s"])
    first, second = (round(float(rate), 1) for rate in rates.values())
    return {"archive_costs": round(first / second, 2), "twice_as_long_costs": _long_line(turns)}, {
        "pages_per_s": first,
        "pages_per_s_with_archive": second,
    }


def _long_line(turns: int) -> float:
    """How many times longer a line full of counts takes when it is twice as long: 2 where it grows with the line."""

    def read(times: int) -> Callable[[], object]:
        document = from_text("情况通报\n" + CROWDED * times)
        return lambda: check(document)

    taken = measure.in_turn(min(turns, 3), {"once": read(50), "twice": read(100)})
    once, twice = (float(np.median(taken[name])) for name in ("once", "twice"))
    print(f"\none line of {len(CROWDED) * 50:,} characters: {once:.2f} s; of twice as many: {twice:.2f} s")
    return round(twice / once, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer papers asked, under a minute")
    options = parser.parse_args()
    documents = made(PAPERS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ratios, more = search(
            documents, folder, asked=20 if options.quick else 200, turns=1 if options.quick else 3
        )
        speed, rates = pages(folder, turns=3 if options.quick else 7)
    print(f"\npeak memory of this process: {measure.peak_memory() / 1e6:,.0f} MB (brute force included)")
    measure.finish(ratios | speed, **more, **rates, peak_memory_mb=round(measure.peak_memory() / 1e6))


if __name__ == "__main__":
    main()
