"""How one CAP message names another: `sender,identifier,sent` (CAP 1.2, 3.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fenghuo.core.cap.findings import Fault, Unusable, shown
from fenghuo.core.cap.times import Faults, read_time, write_time


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier message; two references are equal when they name the same instant, however it is spelt."""

    sender: str
    identifier: str
    sent: datetime

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Reads `sender,identifier,sent`; raises ValueError saying what is wrong."""
        return read_reference(text, [])

    def __str__(self) -> str:
        return f"{self.sender},{self.identifier},{write_time(self.sent)}"


def _reference_fault(text: str) -> Fault:
    return Fault(
        "references-format",
        f"The reference “{shown(text)}” is not sender,identifier,sent.",
        f"引用“{shown(text)}”不是“sender,identifier,sent”的形式。",
        "Copy the three values from the earlier message, with commas between and no blanks.",
        "从原消息中照抄三个值，以英文逗号连接，不留空格。",
    )


def read_reference(text: str, faults: Faults) -> Reference:
    """One `sender,identifier,sent`."""
    parts = text.split(",")
    if len(parts) != 3 or not parts[0] or not parts[1] or text.split() != [text]:
        raise Unusable(_reference_fault(text))
    try:
        return Reference(parts[0], parts[1], read_time(parts[2], faults))
    except Unusable:
        raise Unusable(_reference_fault(text)) from None


def read_references(text: str, faults: Faults) -> tuple[Reference, ...]:
    """References set apart by white space."""
    return tuple(read_reference(part, faults) for part in text.split())


def write_references(references: tuple[Reference, ...]) -> str:
    """References, blank between them; refuses one whose parts would not read back."""
    for reference in references:
        for part in (reference.sender, reference.identifier):
            if "," in part or part.split() != [part]:
                raise Unusable(_reference_fault(f"{reference.sender},{reference.identifier}"))
    return " ".join(str(reference) for reference in references)
