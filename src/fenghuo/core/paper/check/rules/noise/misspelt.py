"""Words as hands and scans often miswrite them: 奖厉, 强列, 检杳. The list holds what no right word is written with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from .rolls import of_person


def check(document: Document) -> Iterator[Finding]:
    """Each with the word that is meant; names are left alone."""
    either, meant = _listed()
    text = document.text
    for found in either.finditer(text):
        if not of_person(text, found.start()) and not of_person(text, found.end() - 1):
            yield rules()["recognition-error"].finding(*found.span(), text=found[0], meant=meant[found[0]])


@cache
def _listed() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all, and each with what it stands for."""
    forms: list[str] = []
    meant: dict[str, str] = {}
    for line in files(__package__).joinpath("misspelt.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        wrong, right, *rest = line.split()
        meant[wrong] = right
        before = "".join(re.findall(r"-(.)", "".join(rest)))
        behind = "".join(re.findall(r"\+(.)", "".join(rest)))
        forms.append((f"(?<![{before}])" if before else "") + wrong + (f"(?![{behind}])" if behind else ""))
    return re.compile("|".join(sorted(forms, key=len, reverse=True))), meant
