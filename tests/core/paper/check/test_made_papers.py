"""Our own papers, of every kind and many lengths, are right by our own rules, as .docx and as PDF."""

import pytest

from fenghuo.core.paper import Kind, render_docx, render_pdf
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.read import read
from fenghuo.core.paper.pdf.fitting import fit

from .made import MADE, of_length

RENDERERS = {"docx": render_docx, "pdf": render_pdf}
LENGTHS = range(3, 25)


def told(paper, form: str) -> list[tuple[str, str, str]]:
    document = read(RENDERERS[form](paper), f"paper.{form}")
    return [
        (each.rule, each.message.zh, document.text[each.span.start : each.span.end])
        for each in check(document)
    ]


def test_every_kind_is_among_them():
    assert {paper.kind for paper in MADE.values()} == set(Kind)


@pytest.mark.parametrize("form", RENDERERS)
@pytest.mark.parametrize("name", MADE)
def test_a_paper_of_ours_has_no_finding(name, form):
    assert told(MADE[name], form) == []


@pytest.mark.parametrize("paragraphs", LENGTHS)
def test_however_long_it_is(paragraphs):
    paper = of_length(paragraphs)
    assert {form: told(paper, form) for form in RENDERERS} == {"docx": [], "pdf": []}


def test_the_lengths_put_the_adjusted_pitch_to_use():
    assert len({fit(of_length(paragraphs)).line for paragraphs in LENGTHS}) > 1
