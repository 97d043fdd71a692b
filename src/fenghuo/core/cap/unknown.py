"""Says of an element that CAP does not have which one its writer probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from fenghuo.core.cap.findings import Fault, shown
from fenghuo.core.cap.packs import fault

MOST_GUESSED = 50
"""Unknown elements of one document that a guess is made for, so that a flood of them costs no more than its length."""
_LONGEST = 24
_ALIKE = 0.75
"""Share of letters that two names have in common, in order, to be taken for each other."""


def unknown_element(name: str, known: Iterable[str] = ()) -> Fault:
    """The fault of an element, with the nearest of the names that could stand in its place, if one is near."""
    names = {each.casefold(): each for each in known} if len(name) <= _LONGEST else {}
    near = names and get_close_matches(name.casefold(), names, n=1, cutoff=_ALIKE)
    guess = names[near[0]] if near else ""
    return fault(
        "element-unknown",
        name=shown(name),
        guess=f" Perhaps “{guess}” is meant." if guess else "",
        guess_zh=f"可能是“{guess}”。" if guess else "",
    )
