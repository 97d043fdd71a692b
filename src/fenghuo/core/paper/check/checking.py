"""Run the rules over a paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from .cleaned import cleaned
from .document import Document
from .finding import Elsewhere, Finding
from .rulebook import FAMILIES, rules
from .settled import settled

if TYPE_CHECKING:
    from .archive import Archive

_OF_WIDTH = frozenset({"half-width-punctuation", "full-width-letters"})
"""Rules about how a mark is written, of which the rules of form say more where it is part of a number."""
_AS_IT_CAME = frozenset({"left_open", "layout"})
"""Families that look at the paper with its noise: what stands open looks like some, and a layout has no text."""


def check(
    document: Document,
    *,
    without: Collection[str] = (),
    archive: Archive | None = None,
    gathered: bool = True,
) -> list[Finding]:
    """Every fault of a paper, in the order of its text.

    What is pasted is found first, and numbers, form, copies and personal data are sought in the paper without it.
    `without` names rules or whole families to leave out; a ValueError names one that does not exist. With an
    archive, paragraphs that stand in another of its papers are found as well. What a rule tells once a paper
    is one finding with its other places, and a finding each where not `gathered`.
    """
    unknown = sorted(set(without) - set(rules()) - set(FAMILIES))
    if unknown:
        raise ValueError(f"there is no rule called {', '.join(unknown)}")
    if _AS_IT_CAME.issuperset(set(FAMILIES) - set(without)):
        noise = []  # Nobody asks for it.
    else:
        noise = list(_rules_of("noise").check(document))
    clean = cleaned(document, (each for each in noise if each.rule not in _OF_WIDTH))
    found: list[Finding] = []
    for family in FAMILIES:
        if family in without:
            continue
        module = _rules_of(family)
        if family == "noise":
            told = noise
        elif family in _AS_IT_CAME:
            told = module.check(document)
        else:
            given = (clean.document, archive) if family == "copied" else (clean.document,)
            told = [clean.placed(each) for each in module.check(*given)]
        found += [each for each in told if each.rule not in without]
    found = settled(found, document.text)
    return list(_gathered(found, document.text)) if gathered else found


def _rules_of(family: str) -> ModuleType:
    return import_module(f".rules.{family}", __package__)


def _gathered(found: list[Finding], text: str) -> Iterator[Finding]:
    """The findings in their order; of those that are told once a paper, the first with the places of the rest."""
    again: dict[str, list[Elsewhere]] = {}
    kept: list[Finding] = []
    for each in found:
        if each.rule in again:
            again[each.rule].append(Elsewhere(each.span, text[each.span.start : each.span.end]))
            continue
        if rules()[each.rule].once:
            again[each.rule] = []
        kept.append(each)
    for each in kept:
        yield replace(each, elsewhere=(*each.elsewhere, *again.get(each.rule, ())))
