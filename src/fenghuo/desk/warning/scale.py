"""The levels and events that the desk warns of, read from levels.toml and events.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Level:
    """One colour: its names, the minutes a contact has to acknowledge, and its three CAP values."""

    key: str
    zh: str
    en: str
    answer_minutes: int
    urgency: str
    severity: str
    certainty: str
    rank: int  # 0 is the gravest

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh


@dataclass(frozen=True)
class Event:
    """What is warned of: its names, CAP category and response, and the words a draft starts with."""

    key: str
    zh: str
    en: str
    categories: tuple[str, ...]
    response: str
    description_zh: str
    description_en: str
    instruction_zh: tuple[str, ...]
    instruction_en: tuple[str, ...]

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh


@cache
def levels() -> dict[str, Level]:
    """Every level by its key, the gravest first."""
    read = tomllib.loads((_HERE / "levels.toml").read_text(encoding="utf-8"))
    return {key: Level(key=key, rank=rank, **values) for rank, (key, values) in enumerate(read.items())}


@cache
def events() -> dict[str, Event]:
    """Every event by its key."""
    read = tomllib.loads((_HERE / "events.toml").read_text(encoding="utf-8"))
    lists = ("categories", "instruction_zh", "instruction_en")
    return {
        key: Event(key=key, **{name: tuple(v) if name in lists else v for name, v in values.items()})
        for key, values in read.items()
    }
