"""Fenghuo's own checker, as the corpus's examination calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from fenghuo.core.paper.check.archive import Archive
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rulebook import rules
from fenghuo.core.paper.check.rules import layout

from .build import Case
from .layout import Written
from .paper import PARTS, papers
from .score import Told


def checker(folder: Path) -> Callable[[Case], Iterable[Told]]:
    """A checker whose archive, in `folder`, holds every clean paper.

    A case goes by the name of its clean paper, as a clerk's draft goes by the name it is filed under.
    """
    archive = Archive.open(folder)
    archive.add_all(from_text(paper.text, paper.name) for paper in papers(PARTS))

    def told(case: Case) -> list[Told]:
        family = {name: rule.family for name, rule in rules().items()}
        return [
            Told(family[each.rule], each.rule, each.span.start, each.span.end)
            for each in check(from_text(case.text, case.source), archive=archive)
        ]

    return told


def layout_checker() -> Callable[[Written], tuple[str, Iterable[Told]]]:
    """A checker of .docx files, by the rules of layout alone."""
    from fenghuo.core.paper.check.read import read

    def told(file: Written) -> tuple[str, list[Told]]:
        document = read(file.data, f"{file.name}.docx")
        return document.text, [
            Told("layout", each.rule, each.span.start, each.span.end) for each in layout.check(document)
        ]

    return told
