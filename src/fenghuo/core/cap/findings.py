"""What a check says: a finding with its rule, place, message and fix in both languages, and the error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fenghuo.core.finding import Level, Text

__all__ = ["CapError", "Fault", "Finding", "Level", "Place", "Text", "Unusable", "errors", "shown"]

SHOWN_TEXT = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document: path such as `/alert/info[1]/event`, line and column from 1, and its text.

    Line and column (in characters) are those of the `<` of the element's start tag, None when unknown. Paths
    leave prefixes out and number what CAP lets repeat, as XPath does.
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


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of an alert.

    `rule` is a stable name for programs; `message_*` says what is wrong and why, `fix_*` what to do next.
    """

    rule: str
    severity: Level
    place: Place
    message_en: str
    message_zh: str
    fix_en: str
    fix_zh: str

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

    def at(self, place: Place) -> Finding:
        """The finding this fault makes at a place."""
        return Finding(
            self.rule,
            self.severity,
            place,
            self.message_en,
            self.message_zh,
            self.fix_en,
            self.fix_zh,
        )

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
    """A text as a message quotes it: white space collapsed, cut to 80 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN_TEXT else flat[: SHOWN_TEXT - 1] + "…"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that break the standard."""
    return [found for found in findings if found.severity is Level.ERROR]
