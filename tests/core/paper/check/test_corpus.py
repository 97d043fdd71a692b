"""The corpus itself is sound: clean papers of several kinds, faults where the list says they are."""

from __future__ import annotations

from collections import Counter

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text
from tests.core.paper.corpus import twins
from tests.core.paper.corpus.build import KINDS, Case, cases
from tests.core.paper.corpus.fault import Edit, Fault, Planted, fits, planted_into
from tests.core.paper.corpus.injectors import KEPT, copied, form, left_open, noise, numbers, personal
from tests.core.paper.corpus.layout import written
from tests.core.paper.corpus.ours import checker, layout_checker
from tests.core.paper.corpus.paper import OPEN, PARTS, papers
from tests.core.paper.corpus.score import GOALS, Score, Told, score, score_layout

LEARNT = {"first": 3, "second": 3, "third": 1, "fourth": 1}
"""The parts that the rules have learnt from, on which the goals are met; of the first two every third paper."""
EACH = pytest.mark.parametrize("part", PARTS)


def test_at_least_thirty_clean_papers_of_many_kinds_and_lengths():
    assert len(papers()) >= 30
    assert len({paper.kind for paper in papers()}) >= 8
    assert all(600 <= len(paper.text) <= 3500 for paper in papers(PARTS))


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


def test_the_parts_share_no_paper_and_the_later_ones_have_enough_of_their_own():
    sources = [{case.source for case in cases(part)} for part in PARTS]
    assert len(set().union(*sources)) == sum(map(len, sources)) == len(papers(PARTS))
    for part, least in (("third", 14), ("fourth", 14), ("fifth", 6)):
        mine = papers((part,))
        assert len(mine) >= least and len({paper.kind for paper in mine}) >= min(least, 8)
    assert sum(len(paper.text) > 2900 for paper in papers(("fourth",))) >= 5


def test_no_sentence_of_a_later_part_stands_in_the_lists_of_another():
    """Signs such as XX and ( ) are common to all; whole sentences are each part's own."""
    lists = {
        left_open: ("OPEN", "TEMPLATE"),
        noise: ("ODD", "JUNK", "FOOTERS", "CONFUSED"),
        numbers: ("OLD", "TOTALS", "OVER", "SHARES", "AGAIN", "UNITLESS"),
        personal: ("GIVEN", "HOMES", "ILL", "CARDS", "CALLS", "ADDRESSES", "ILLNESSES", "POORNESS"),
        copied: ("ADDED",),
        form: ("POINTS",),
        twins: ("TWINS",),
    }
    for module, names in lists.items():
        for name in names:
            said = [each for holder in (module, *KEPT.values()) for each in set(getattr(holder, name))]
            assert [each for each, count in Counter(said).items() if count > 1] == [], name


def test_who_asks_for_papers_without_a_word_gets_the_open_parts_alone():
    assert {paper.part for paper in papers()} == set(OPEN)


def test_no_part_copies_from_a_later_one():
    for number, part in enumerate(KEPT, len(OPEN)):
        later = [line.said for paper in papers((part,)) for line in paper.body if len(line.said) > 40]
        assert not any(said in case.text for one in PARTS[:number] for case in cases(one) for said in later)


def test_the_corpus_is_the_same_each_time():
    from tests.core.paper.corpus import build

    assert build.cases.__wrapped__(PARTS[-1]) == cases(PARTS[-1])


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


@pytest.fixture(scope="module", params=LEARNT)
def examined(request, tmp_path_factory) -> Score:
    """Fenghuo's checker let loose on a part of the corpus."""
    chosen = cases(request.param)[:: LEARNT[request.param]]
    return score(chosen, checker(tmp_path_factory.mktemp("archive")))


@pytest.mark.parametrize("family", list(KINDS))
def test_the_checker_finds_what_is_asked_of_it(examined, family):
    """`python -m benchmarks.paper_rules --family X --show 20` shows the like."""
    precision, recall = GOALS[family]
    reached = examined.precision(family), examined.recall(family)
    assert reached[0] >= precision and reached[1] >= recall


@pytest.mark.parametrize("part", ("third", "fourth"))
def test_the_checker_finds_what_is_asked_of_it_in_layout(part):
    precision, recall = GOALS["layout"]
    result = score_layout(written(part, every=2), layout_checker())
    reached = result.precision("layout"), result.recall("layout")
    assert reached[0] >= precision and reached[1] >= recall
