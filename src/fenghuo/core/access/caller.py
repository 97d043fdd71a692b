"""Who is acting, from where, and at what time: the first argument of every command and query."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from .errors import NotAllowed
from .permits import PERMITS, Role


class Pen(Protocol):
    """What writes an act into the journal, inside the act's own transaction."""

    def __call__(
        self, caller: "Caller", act: str, subject: str, area: str, detail: Mapping[str, Any]
    ) -> None: ...


def _no_pen(caller: "Caller", act: str, subject: str, area: str, detail: Mapping[str, Any]) -> None:
    raise RuntimeError(f"{act} by a caller without a pen: nothing may change unrecorded")


@dataclass(frozen=True)
class Caller:
    """One officer (or the program, or the public) at one moment.

    `area` is the code of the officer's area; codes are hierarchical (GB/T 10114: six digits for a
    county, nine for a township, twelve for a village), so an area holds every code it is a prefix of.
    `now` is UTC and aware; commands take the time from here and from nowhere else.
    """

    id: int | None
    name: str
    role: Role
    area: str | None
    now: datetime
    unit: int | None = None
    via: str = "web"
    pen: Pen = _no_pen

    def sees(self, area: str) -> bool:
        """Whether records of the area with this code are the caller's to see."""
        return self.area is not None and area.startswith(self.area)

    def touches(self, area: str) -> bool:
        """Whether the area lies in the caller's, or the caller's in it (a warning for the whole township)."""
        return self.area is not None and (area.startswith(self.area) or self.area.startswith(area))

    def may(self, act: str, area: str | None = None) -> bool:
        """Whether role and area permit `act` (a key of PERMITS; an unknown act is a KeyError)."""
        return self.role in PERMITS[act] and (area is None or self.sees(area))

    def must(self, act: str, area: str | None = None) -> None:
        """Raise NotAllowed unless `may`. The first line of every command and query."""
        if not self.may(act, area):
            raise NotAllowed(act)

    def write(self, act: str, subject: str, area: str = "", **detail: Any) -> None:
        """Record the act in the journal, within the transaction that carries it out."""
        self.pen(self, act, subject, area, detail)

    def at(self, now: datetime) -> "Caller":
        """The same caller at another time."""
        return replace(self, now=now)
