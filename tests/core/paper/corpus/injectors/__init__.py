"""Injectors, one module a family: each `KINDS` names its faults and the functions that make them.

An injector takes a clean paper and a chance and returns the faults it would plant; none where the paper offers no
place. Wordings and characters are divided by `side`: the first part of the corpus uses every other one, the second
part the rest, and the third part its own list, which makers of rules do not look at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from ..fault import Planted
from ..paper import Paper

T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """What an injector may use: the paper, its chance, the part of the corpus, and papers to copy from."""

    paper: Paper
    chance: Random
    part: str
    others: tuple[Paper, ...] = ()

    def side(self, choices: Sequence[T], third: Sequence[T]) -> Sequence[T]:
        """The choices that belong to this part of the corpus."""
        if self.part == "third":
            return third
        return choices[int(self.part == "second") :: 2] if len(choices) > 1 else choices

    def one(self, choices: Sequence[T], third: Sequence[T]) -> T:
        """One of this part's choices."""
        return self.chance.choice(self.side(choices, third))


Injector = Callable[[Setting], list[Planted]]


def appended(setting: Setting, family: str, kind: str, sentence: str) -> list[Planted]:
    """A fault that is a sentence of its own, put at the end of a paragraph of the body."""
    from ..fault import Edit

    ends = [line.end for line in setting.paper.body if line.said.rstrip().endswith("。")]
    if not ends:
        return []
    place = setting.chance.choice(ends)
    return [Planted(family, kind, (Edit(place, place, sentence),))]
