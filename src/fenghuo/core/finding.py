"""What every checker of the core shares: a sentence in both languages, and how grave a finding is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is: an error breaks the rule book, a warning its advice, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in English and in Chinese."""

    en: str
    zh: str

    def in_language(self, code: str) -> str:
        """The sentence for a language code such as `en`, `zh-hans` or `zh_Hans`."""
        return self.zh if code.lower().startswith("zh") else self.en
