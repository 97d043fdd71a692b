"""The corpus itself is sound: clean papers of several kinds, faults where the list says they are."""

from __future__ import annotations

from collections import Counter

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text
from tests.core.paper.corpus.build import KINDS, Case, cases
from tests.core.paper.corpus.fault import Edit, Fault, Planted, fits, planted_into
from tests.core.paper.corpus.injectors import copied, form, left_open, noise, numbers, personal
from tests.core.paper.corpus.layout import written
from tests.core.paper.corpus.ours import checker, layout_checker
from tests.core.paper.corpus.paper import OPEN, PARTS, papers
from tests.core.paper.corpus.score import HELD, Score, Told, score, score_layout
from tests.core.paper.corpus.third import wordings
from tests.core.paper.corpus.twins import TWINS

EACH = pytest.mark.parametrize("part", PARTS)


def test_at_least_thirty_clean_papers_of_many_kinds_and_lengths():
    assert len(papers()) >= 30
    assert len({paper.kind for paper in papers()}) >= 8
    assert all(600 <= len(paper.text) <= 2500 for paper in papers(PARTS))


def test_no_clean_paper_has_a_line_that_stands_in_another():
    lines = Counter(
        line.said.strip("　") for paper in papers(PARTS) for line in paper.body if len(line.said) > 40
    )
    assert [said for said, count in lines.items() if count > 1] == []


@EACH
def test_every_kind_of_fault_is_planted_at_least_five_times(part):
    planted = Counter((fault.family, fault.kind) for case in cases(part) for fault in case.faults)
    scarce = [(family, kind) for family in KINDS for kind in KINDS[family] if planted[family, kind] < 5]
    assert scarce == []


@EACH
def test_every_fault_has_its_place_in_the_text_and_the_text_differs_there_from_the_clean_paper(part):
    clean = {paper.name: paper.text for paper in papers(PARTS)}
    for case in cases(part):
        for fault in case.faults:
            assert fault.whole or all(0 <= start <= end <= len(case.text) for start, end in fault.spans)
            start, end = fault.spans[0]
            if not fault.whole and fault.kind not in ("broken line", "levels out of order"):
                wide = case.text[max(start - 8, 0) : end + 8]
                assert wide not in clean[case.source], (case.name, fault)


def test_the_parts_share_no_paper_and_the_third_has_enough_of_its_own():
    sources = [{case.source for case in cases(part)} for part in PARTS]
    assert len(set().union(*sources)) == sum(map(len, sources)) == len(papers(PARTS))
    third = papers(("third",))
    assert len(third) >= 14 and len({paper.kind for paper in third}) >= 8


def test_no_wording_of_the_third_part_stands_in_the_other_lists():
    lists = {
        left_open: ("COUNTS", "DATES", "PLACES", "EMPTY", "OPEN", "TEMPLATE"),
        noise: ("ODD", "JUNK", "FOOTERS", "CONFUSED"),
        numbers: ("OLD", "TOTALS", "OVER", "SHARES", "AGAIN", "UNITLESS"),
        personal: ("GIVEN", "HOMES", "ILL", "CARDS", "CALLS", "ADDRESSES", "ILLNESSES", "POORNESS"),
        copied: ("ADDED",),
        form: ("POINTS",),
    }
    shared = {
        name: both
        for module, names in lists.items()
        for name in names
        if (both := set(getattr(module, name)) & set(getattr(wordings, name)))
    }
    assert shared == {}
    assert not set(TWINS) & set(wordings.TWINS)


def test_who_asks_for_papers_without_a_word_gets_none_of_the_third_part():
    assert {paper.part for paper in papers()} == set(OPEN)


def test_the_other_parts_copy_nothing_from_a_third_paper():
    third = [line.said for paper in papers(("third",)) for line in paper.body if len(line.said) > 40]
    assert not any(said in case.text for part in OPEN for case in cases(part) for said in third)


def test_the_parts_answer_to_what_they_were_called_before():
    assert cases(False) == cases("first") and cases(True) == cases("second")
    with pytest.raises(ValueError):
        cases("fourth")


def test_the_corpus_is_the_same_each_time():
    from tests.core.paper.corpus import build

    assert build._cases.__wrapped__("third", build.ROUNDS) == cases("third")


def test_two_faults_never_want_the_same_characters():
    first = Planted("numbers", "total", (Edit(4, 6, "9"),), also=((0, 4), (6, 12)))
    assert not fits(Planted("noise", "ocr", (Edit(7, 8, "O"),)), [first])
    assert fits(Planted("noise", "ocr", (Edit(12, 13, "O"),)), [first])
    text, (fault, other) = planted_into(
        "共 4 处abcdef末x", [first, Planted("noise", "ocr", (Edit(12, 13, "O"),))]
    )
    assert text[slice(*fault.spans[0])] == "9"
    assert [text[start:end] for start, end in other.spans] == ["O"]


def test_a_checker_that_knows_the_faults_scores_one_and_a_blind_or_crying_one_does_not():
    chosen = cases("first")[::5]

    def knowing(case: Case) -> list[Told]:
        return [Told(f.family, f.kind, *((0, 0) if f.whole else f.spans[0])) for f in case.faults]

    def crying(case: Case) -> list[Told]:
        return [Told(family, "all", n, n + 1) for family in KINDS for n in range(0, len(case.text), 7)]

    told = score(chosen, knowing)
    assert all(told.recall(family) == told.precision(family) == 1 for family in KINDS)
    silent = score(chosen, lambda case: [])
    assert all(silent.recall(family) == 0 and silent.precision(family) == 1 for family in KINDS)
    loud = score(chosen, crying)
    assert all(loud.precision(family) < 0.5 for family in KINDS)


def test_a_missing_part_is_found_by_one_finding_that_no_other_fault_claims():
    case = Case(
        "x", "x", "零一二三四五", (Fault("form", "no title", ((0, 0),), True), Fault("form", "n", ((3, 4),)))
    )
    one = score([case], lambda _: [Told("form", "r", 3, 4)])
    assert one.found["form", "no title"] == 0
    three = score(
        [case], lambda _: [Told("form", "r", 3, 4), Told("form", "t", 0, 1), Told("form", "t", 5, 6)]
    )
    assert three.found["form", "no title"] == 1
    assert [told.start for _, told in three.wrong] == [5]


@EACH
def test_no_finding_leaves_a_gap_in_what_it_says(part):
    for case in cases(part)[::9]:
        for finding in check(from_text(case.text), without=("copied",)):
            said = finding.message.zh + finding.message.en + finding.fix.zh + finding.fix.en
            assert "“”" not in said, (case.name, finding)


@pytest.fixture(scope="module")
def examined(tmp_path_factory) -> Score:
    """Fenghuo's checker let loose on the third part of the corpus."""
    return score(cases("third"), checker(tmp_path_factory.mktemp("archive")))


@pytest.mark.parametrize("family", list(KINDS))
def test_the_checker_finds_what_it_is_held_to(examined, family):
    """`python -m benchmarks.paper_rules --family X --show 20` shows the like."""
    precision, recall = HELD[family]
    reached = examined.precision(family), examined.recall(family)
    assert reached[0] >= precision and reached[1] >= recall


def test_the_checker_finds_what_it_is_held_to_in_layout():
    precision, recall = HELD["layout"]
    result = score_layout(written("third", every=2), layout_checker())
    reached = result.precision("layout"), result.recall("layout")
    assert reached[0] >= precision and reached[1] >= recall
