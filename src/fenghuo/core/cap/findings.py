"""What a check says: a finding with its rule, place, message and fix in both languages, and the error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from fenghuo.core.cap.signs import visible
from fenghuo.core.cap.twins import quick_maker
from fenghuo.core.finding import Level, Text

__all__ = ["CapError", "Fault", "Finding", "Level", "Place", "Text", "Unusable", "errors", "later", "shown"]

SHOWN_TEXT = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document: path such as `/alert/info[1]/event`, line and column from 1, and its text.

    Line and column (in characters) are those of the `<` of the element's start tag, or of words that stand
    between elements; None when unknown. Paths leave prefixes out and number what CAP lets repeat, as XPath
    does.
    """

    path: str
    line: int | None = None
    text: str = ""
    column: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"line {self.line}, {self.path}"

    def parent(self) -> str:
        """The path one step up."""
        return self.path.rpartition("/")[0]


class Locator(Protocol):
    """What gives the place of an element in a text by its offset, when it is asked for."""

    def of(self, where: int) -> Place:
        """The place of the element whose start tag is at an offset."""


@dataclass(frozen=True, slots=True, init=False, repr=False, eq=False)
class Finding:
    """One fault of an alert.

    `rule` is a stable name for programs; `message_*` says what is wrong and why, `fix_*` what to do next. Place and
    texts of one that is made by `later` are worked out when they are first asked for: most are only counted. `at` is
    the offset that findings of one text are sorted by, None where only the place tells.
    """

    rule: str
    severity: Level
    at: int | None
    _place: Place | None
    _locator: Locator | None
    _texts: Sequence[str] | None
    _told: Callable[[Mapping[str, object]], Sequence[str]] | None
    _values: Mapping[str, object] | None

    def __init__(
        self,
        rule: str,
        severity: Level,
        place: Place,
        message_en: str,
        message_zh: str,
        fix_en: str,
        fix_zh: str,
        at: int | None = None,
    ) -> None:
        texts = (message_en, message_zh, fix_en, fix_zh)
        held = (rule, severity, at, place, None, texts, None, None)
        for name, value in zip(self.__slots__, held, strict=True):
            object.__setattr__(self, name, value)

    @property
    def place(self) -> Place:
        """Where it is."""
        place = self._place
        if place is None:
            assert self._locator is not None and self.at is not None
            place = self._locator.of(self.at)
            object.__setattr__(self, "_place", place)
        return place

    @property
    def texts(self) -> Sequence[str]:
        """What is wrong and what to do, each in English and in Chinese."""
        texts = self._texts
        if texts is None:
            assert self._told is not None and self._values is not None
            texts = tuple(self._told(self._values))
            object.__setattr__(self, "_texts", texts)
        return texts

    @property
    def message_en(self) -> str:
        """What is wrong and why, in English."""
        return self.texts[0]

    @property
    def message_zh(self) -> str:
        """What is wrong and why, in Chinese."""
        return self.texts[1]

    @property
    def fix_en(self) -> str:
        """What to do next, in English."""
        return self.texts[2]

    @property
    def fix_zh(self) -> str:
        """What to do next, in Chinese."""
        return self.texts[3]

    def moved(self, place: Place) -> Finding:
        """The same finding at another place."""
        return Finding(self.rule, self.severity, place, *self.texts)

    def graded(self, severity: Level) -> Finding:
        """The same finding, as grave as that."""
        return Finding(self.rule, severity, self.place, *self.texts)

    def as_dict(self, language: str = "en") -> dict[str, object]:
        """The finding as every command of the program reports it, in `en` or any tag starting `zh`."""
        chinese = language.lower().startswith("zh")
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "place": {
                "path": self.place.path,
                "line": self.place.line,
                "column": self.place.column,
                "text": self.place.text,
            },
            "message": self.message_zh if chinese else self.message_en,
            "fix": self.fix_zh if chinese else self.fix_en,
        }

    def _whole(self) -> tuple[object, ...]:
        return (self.rule, self.severity, self.place, *self.texts)

    def __eq__(self, other: object) -> bool:
        return self._whole() == other._whole() if isinstance(other, Finding) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return f"Finding({', '.join(map(repr, self._whole()))})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Finding, self._whole()


later = quick_maker(Finding)
"""A finding from all that it holds, in the order of its fields."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that does not know its place yet: what a single value's reader or writer can say.

    `mend` is the text to write instead where only one is right; None where there is none to be sure of.
    """

    rule: str
    message_en: str
    message_zh: str
    fix_en: str
    fix_zh: str
    severity: Level = Level.ERROR
    mend: str | None = field(default=None, compare=False)

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """What is wrong and what to do, each in English and in Chinese."""
        return self.message_en, self.message_zh, self.fix_en, self.fix_zh

    def at(self, place: Place) -> Finding:
        """The finding this fault makes at a place."""
        return Finding(self.rule, self.severity, place, *self.texts)

    def mended(self, text: str) -> Fault:
        """The same fault, with the text that puts it right."""
        return Fault(
            self.rule, self.message_en, self.message_zh, self.fix_en, self.fix_zh, self.severity, text
        )


class Unusable(ValueError):
    """A single value that cannot be read from, or written as, its CAP text; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message_en)
        self.fault = fault


class CapError(ValueError):
    """Something is not usable as CAP 1.2; `findings` lists every reason, each with its line and place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(f"{found.place}: {found.message_en}" for found in self.findings))


def shown(text: str) -> str:
    """A text as a message quotes it: white space collapsed, what cannot be seen named, cut to 80 characters."""
    return _cut(visible(" ".join(text.split())))


def shown_whole(text: str) -> str:
    """The same with the blanks and line breaks before and after it, each run as one sign: ␣ or ⏎."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return _cut(_edge(before) + visible(" ".join(text.split())) + (_edge(after) if text.strip() else ""))


def _edge(blanks: str) -> str:
    return "" if not blanks else "⏎" if "\n" in blanks or "\r" in blanks else "␣"


def _cut(flat: str) -> str:
    return flat if len(flat) <= SHOWN_TEXT else flat[: SHOWN_TEXT - 1] + "…"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that break the standard."""
    return [found for found in findings if found.severity is Level.ERROR]
