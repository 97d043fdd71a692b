"""What is remembered of a feed between two visits: plain data that a desk can store as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

MOST_KNOWN = 20_000
"""Messages remembered by name. One that is forgotten and comes again does no harm: the state stays the same."""
LONGEST_PAUSE = timedelta(hours=1)
"""The longest a server's Retry-After or our own failures keep us away: a feed of warnings is not left for days."""


@dataclass(frozen=True, slots=True)
class Link:
    """One alert's address: the date its entry had, whether it is done with, and how often it failed."""

    updated: str = ""
    done: bool = False
    tries: int = 0
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that is visited again and again.

    `etag` and `last_modified` are the index's. `links` holds every alert address of the index and those still to
    be fetched; `known` the messages already handed over, `sender,identifier,sent` to a digest of the content.
    `failures` counts the visits in a row that brought no index. Times are aware.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    links: Mapping[str, Link] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    failures: int = 0
    not_before: datetime | None = None
    visited: datetime | None = None
    changed: datetime | None = None
    moved: str = ""

    def due(self, every: timedelta, *, jitter: float = 0.5) -> datetime | None:
        """When to visit next, None for at once: after `every`, doubled with each failure, but at least hourly.

        `jitter`, from 0 to 1, is drawn by the caller and spreads desks over a tenth of the time.
        """
        if self.visited is None:
            return self.not_before
        pause = max(every, min(LONGEST_PAUSE, every * 2 ** min(self.failures, 12)))
        moment = self.visited + pause * (0.95 + jitter / 10)
        return max(moment, self.not_before) if self.not_before else moment

    def to_json(self) -> str:
        """The whole state as JSON."""
        data = asdict(self)
        for name in _TIMES:
            data[name] = data[name].isoformat() if data[name] else None
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Subscription:
        """The state that `to_json` wrote; fields of other versions are left out. Raises ValueError for less."""
        try:
            data: dict[str, Any] = json.loads(text)
            kept = {each.name: data[each.name] for each in fields(cls) if each.name in data}
            for name in _TIMES:
                if kept.get(name):
                    kept[name] = datetime.fromisoformat(kept[name])
            names = {each.name for each in fields(Link)}
            kept["links"] = {
                url: Link(**{name: value for name, value in link.items() if name in names})
                for url, link in kept.get("links", {}).items()
            }
            return cls(**kept)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"This is no subscription: {error}.") from None


_TIMES = ("not_before", "visited", "changed")
