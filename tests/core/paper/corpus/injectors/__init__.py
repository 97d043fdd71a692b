"""Injectors, one module a family: each `KINDS` names its faults and the functions that make them.

An injector takes a clean paper and a chance and returns the faults it would plant; none where the paper offers no
place. Wordings and characters are divided by `side`: the first part of the corpus uses every other one, the second
part the rest, and each later part the list of that name in its own module of `KEPT`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from types import ModuleType
from typing import TypeVar

from ..fault import Edit, Planted
from ..fifth import wordings as fifth
from ..fourth import wordings as fourth
from ..paper import Paper
from ..third import wordings as third

T = TypeVar("T")

KEPT: dict[str, ModuleType] = {"third": third, "fourth": fourth, "fifth": fifth}
"""The wordings of the parts that have their own."""


@dataclass(frozen=True)
class Setting:
    """What an injector may use: the paper, its chance, the part of the corpus, and papers to copy from."""

    paper: Paper
    chance: Random
    part: str
    others: tuple[Paper, ...] = ()

    @property
    def kept(self) -> ModuleType | None:
        """The wordings of this part's own; None in the first and second."""
        return KEPT.get(self.part)

    def side(self, choices: Sequence[T], name: str) -> Sequence[T]:
        """The choices that belong to this part of the corpus; `name` is their list in a module of wordings."""
        if self.kept:
            return getattr(self.kept, name)
        return choices[int(self.part == "second") :: 2] if len(choices) > 1 else choices

    def one(self, choices: Sequence[T], name: str) -> T:
        """One of this part's choices."""
        return self.chance.choice(self.side(choices, name))


Injector = Callable[[Setting], list[Planted]]


def appended(setting: Setting, family: str, kind: str, sentence: str) -> list[Planted]:
    """A fault that is a sentence of its own, put at the end of a paragraph of the body."""
    ends = [line.end for line in setting.paper.body if line.said.rstrip().endswith("。")]
    if not ends:
        return []
    place = setting.chance.choice(ends)
    return [Planted(family, kind, (Edit(place, place, sentence),))]
