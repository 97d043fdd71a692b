"""How a rule is printed: for people with an example line by line, for programs with all it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..words import say

if TYPE_CHECKING:
    from fenghuo.core.cap.packs import Rule

EXAMPLE = 2000
"""Characters of an example that are given; some are made to be huge."""
LINE = 100


def as_text(rule: Rule) -> str:
    """A rule in some lines, title and reason in both languages."""
    mends = say(", --fix mends it", "，--fix 可修补") if rule.mends else ""
    lines = [
        f"{rule.number} {rule.id} [{rule.level}{mends}] {rule.clause}",
        f"    {rule.title.en} · {rule.title.zh}",
        f"    {rule.why.en}",
        f"    {rule.why.zh}",
    ]
    for right, wrong in zip(*_example(rule), strict=True):
        lines += [f"    ✓ {_line(right)}", f"    ✗ {_line(wrong)}"]
    return "\n".join([*lines, ""])


def as_dict(rule: Rule) -> dict[str, Any]:
    """A rule as JSON has it."""
    texts = {"title": rule.title, "why": rule.why, "message": rule.message, "fix": rule.fix}
    right, wrong = _example(rule)
    return {
        "id": rule.id,
        "number": rule.number,
        "pack": rule.pack,
        "level": str(rule.level),
        "clause": rule.clause,
        "provenance": rule.provenance,
        "mends": rule.mends,
        **{part: {"en": text.en, "zh": text.zh} for part, text in texts.items()},
        "example": {"right": right, "wrong": wrong},
    }


def _example(rule: Rule) -> tuple[list[str], list[str]]:
    """Pieces of a right document, and the same broken."""
    wrong = [piece[:EXAMPLE].decode(errors="backslashreplace") for piece in rule.wrong]
    return [piece[:EXAMPLE] for piece in rule.right], wrong


def _line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LINE else flat[: LINE - 1] + "…"
