"""What a reader of weather says about a value it will not take, in both languages of the desk."""

from __future__ import annotations

from dataclasses import dataclass

from fenghuo.core.finding import Text

__all__ = ["Finding", "Text", "UnreadableStations"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rejected value of one row.

    `row` is the line number in the file (the header is line 1), `column` the header as written in the file
    (empty where the whole row is meant), `value` the text as found, `rule` a stable id, `message` what
    happened and why, `fix` what to do next.
    """

    rule: str
    row: int
    column: str
    value: str
    message: Text
    fix: Text
    severity: str = "error"

    def as_dict(self, language: str = "en") -> dict[str, object]:
        """Return the form that every command prints with `--format json`."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "place": {"row": self.row, "column": self.column, "value": self.value},
            "message": self.message.in_language(language),
            "fix": self.fix.in_language(language),
        }


class UnreadableStations(ValueError):
    """A station file that cannot be read at all; `rule`, `message` and `fix` say why, in both languages."""

    def __init__(self, rule: str, message: Text, fix: Text) -> None:
        super().__init__(f"{message.en} {fix.en}")
        self.rule = rule
        self.message = message
        self.fix = fix
