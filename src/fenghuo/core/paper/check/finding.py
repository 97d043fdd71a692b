"""One fault of a paper: its rule, where it stands in the text, why it is one, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fenghuo.core.finding import Level, Text


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in characters from its start; `end` is excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The other place that a finding speaks of: a total's parts, or the paragraph this one was copied from.

    `paper` names the archive's paper; empty where the place is in the same paper. `text` is what stands there.
    """

    span: Span
    text: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    `rule` is a stable name from `rules.toml`. `mend` is the text to write instead of the span where only one
    is right without touching a word or a figure; None where a person has to decide. `look` names the module that
    found it, where several look for one rule.
    """

    rule: str
    severity: Level
    span: Span
    message: Text
    fix: Text
    mend: str | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    look: str = ""


def filled(text: Text, values: Mapping[str, object]) -> Text:
    """A sentence with its gaps `{name}` filled in both languages; a value may be a `Text` where they differ."""
    # Not str.format: what a stranger's paper holds must not be read as a template.
    sides = {"en": text.en, "zh": text.zh}
    for side, sentence in sides.items():
        pieces = sentence.split("{")
        for at, piece in enumerate(pieces[1:], 1):
            name, close, rest = piece.partition("}")
            value = values.get(name, "")
            told = getattr(value, side) if isinstance(value, Text) else str(value)
            pieces[at] = told + rest if close else "{" + piece
        sides[side] = "".join(pieces)
    return Text(**sides)
