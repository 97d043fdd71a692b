"""How one CAP message names another: `sender,identifier,sent` (CAP 1.2, 3.2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from fenghuo.core.cap.findings import Unusable, shown
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.times import Faults, read_time, write_time

_NARROW = str.maketrans("\uff0c\uff1b", ",;")
_PART = r"([^\s,;<>&\"]+)\s*,\s*"
_LOOSE = re.compile(
    _PART + _PART + r"(\d{4}-\d\d-\d\d(?:[Tt]|\s+)\d\d:\d\d:\d\d(?:\.\d+)?\s*(?:[Zz]|[+-]\d\d:?\d\d))"
    r"(?:\s*[,;]\s*|\s+|\Z)",
    re.ASCII,
)


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


def read_reference(text: str, faults: Faults) -> Reference:
    """One `sender,identifier,sent`."""
    parts = text.split(",")
    if len(parts) != 3 or not parts[0] or not parts[1] or text.split() != [text]:
        raise Unusable(fault("references-format", text=shown(text)))
    try:
        return Reference(parts[0], parts[1], read_time(parts[2], faults))
    except Unusable:
        raise Unusable(fault("references-format", text=shown(text))) from None


def read_references(text: str, faults: Faults) -> tuple[Reference, ...]:
    """References set apart by white space.

    Raises Unusable for the first that is none; a list of which only a part can be read is not read, since the
    messages left out would stay in force.
    """
    told = Faults()
    try:
        references = tuple(read_reference(part, told) for part in text.split())
    except Unusable:
        loose = _loosely(text, faults)
        if loose is None:
            raise
        return loose
    if told:
        # A fault of one time in the list is mended in the list as a whole.
        whole = write_references(references) if all(each.mend is not None for each in told) else None
        faults.extend(each.mended(whole) if whole is not None else replace(each, mend=None) for each in told)
    return references


def _loosely(text: str, faults: Faults) -> tuple[Reference, ...] | None:
    """References with blanks inside or other signs between them; None where one could end elsewhere.

    A time shows where each ends, and neither sender nor identifier holds a blank or a comma.
    """
    told, found = Faults(), []
    plain, at = text.translate(_NARROW).strip(), 0
    while at < len(plain):
        parts = _LOOSE.match(plain, at)
        if parts is None:
            return None
        try:
            found.append(Reference(parts[1], parts[2], read_time(parts[3], told)))
        except Unusable:
            return None
        at = parts.end()
    references = tuple(found)
    unmended = [each for each in told if each.mend is None]  # parts of a second that say something
    faults.extend(unmended)
    whole = None if unmended else write_references(references)
    faults.append(fault("references-spelling", whole, text=shown(text)))
    return references


def write_references(references: tuple[Reference, ...]) -> str:
    """References, blank between them; refuses one whose parts would not read back."""
    for reference in references:
        for part in (reference.sender, reference.identifier):
            if "," in part or part.split() != [part]:
                raise Unusable(
                    fault("references-format", text=shown(f"{reference.sender},{reference.identifier}"))
                )
    return " ".join(str(reference) for reference in references)
