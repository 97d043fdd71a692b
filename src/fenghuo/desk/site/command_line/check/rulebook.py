"""How a rule of the checker is printed: for people in both languages, for programs with all it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..words import say

if TYPE_CHECKING:
    from fenghuo.core.paper.check.rulebook import Rule


def as_text(rule: Rule) -> str:
    """A rule in some lines."""
    mends = say(", --repair mends it", "，--repair 可修补") if rule.mends else ""
    return "\n".join(
        [
            f"{rule.id} [{rule.level}{mends}] {rule.source}",
            f"    {rule.title.en} · {rule.title.zh}",
            f"    {rule.why.en}",
            f"    {rule.why.zh}",
            "",
        ]
    )


def as_dict(rule: Rule) -> dict[str, Any]:
    """A rule as JSON has it."""
    texts = {"title": rule.title, "why": rule.why, "message": rule.message, "fix": rule.fix}
    return {
        "id": rule.id,
        "family": rule.family,
        "level": str(rule.level),
        "source": rule.source,
        "mends": rule.mends,
        **{part: {"en": text.en, "zh": text.zh} for part, text in texts.items()},
    }
