"""What a reader of gridded weather raises when a file cannot be read as weather at all."""

from __future__ import annotations

from fenghuo.core.danger.finding import Text


class UnreadableGrid(ValueError):
    """Gridded weather that cannot be read; `rule`, `message` and `fix` say why, in both languages."""

    def __init__(self, rule: str, message: Text, fix: Text) -> None:
        super().__init__(f"{message.en} {fix.en}")
        self.rule = rule
        self.message = message
        self.fix = fix

    def __reduce__(self) -> tuple[type[UnreadableGrid], tuple[str, Text, Text]]:
        """Travel between the processes of a cluster with all three parts."""
        return type(self), (self.rule, self.message, self.fix)
