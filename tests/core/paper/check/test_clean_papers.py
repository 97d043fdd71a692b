"""Papers that are hard and right: rare names, chemistry, places, verse, measures, forms, slogans, traditional
characters, English, code. Nothing in them is noise, nothing was left open, and repair leaves every byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.read import read
from fenghuo.core.paper.check.repair import repair
from fenghuo.core.paper.check.rulebook import FAMILIES

CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))
WHOLE = sorted((Path(__file__).parent / "whole").glob("*.txt"))
"""Whole papers of many kinds, as rich as real ones in figures, dates, shares and years that are right."""
OTHERS = [family for family in FAMILIES if family not in ("left_open", "noise")]


def test_there_are_enough_of_them():
    assert len(CLEAN) >= 15 and len(WHOLE) >= 70


@pytest.mark.parametrize("paper", CLEAN, ids=lambda path: path.stem)
def test_a_clean_paper_has_no_findings_and_comes_back_byte_for_byte(paper):
    data = paper.read_bytes()
    told = [(each.rule, each.message.zh) for each in check(read(data, paper.name), without=OTHERS)]
    assert told == []
    repaired = repair(data, paper.name, without=OTHERS)
    assert repaired.data == data
    assert repaired.changes == () and repaired.diff() == ""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_so_it_does_in_other_encodings_and_with_other_line_ends(encoding):
    for paper in CLEAN:
        data = paper.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding)
        assert repair(data, paper.name, without=OTHERS).data == data


@pytest.mark.parametrize("paper", WHOLE, ids=lambda path: path.stem)
def test_a_whole_paper_full_of_figures_that_are_right_has_no_findings(paper):
    assert [(each.rule, each.message.zh) for each in check(read(paper.read_bytes(), paper.name))] == []
