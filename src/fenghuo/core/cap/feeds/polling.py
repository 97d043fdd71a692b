"""Visits a feed: its index if it changed, then every alert of it that was not seen, each once.

1. Nothing before the time the server asked for.
2. The index is asked for with its tag; further pages (RFC 5005) follow.
3. Alerts carried in entries are taken; of the linked ones those are fetched that are new, whose entry has another
   date than before, or that failed and may be tried again, a few at a time and no more than the limits allow.
4. A message is handed over once by sender, identifier and sent.
5. What to remember is returned; nothing is kept here.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

from fenghuo.core.cap.feeds.address import at_address, displayed
from fenghuo.core.cap.feeds.index import Entry, Index, read_index
from fenghuo.core.cap.feeds.rulebook import fault
from fenghuo.core.cap.feeds.subscription import LONGEST_PAUSE, MOST_KNOWN, Link, Subscription
from fenghuo.core.cap.findings import Finding, Level, shown
from fenghuo.core.cap.model import Alert
from fenghuo.core.cap.read import Message, read

if TYPE_CHECKING:
    from fenghuo.core.cap.feeds.web import Answer


class Client(Protocol):
    """What a visit needs of `web.Web`."""

    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", now: datetime | None = None
    ) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How much one visit does: pages, alerts fetched, bytes of them, requests at once, and rounds for a bad link."""

    pages: int = 10
    alerts: int = 500
    bytes: int = 64 * 1024 * 1024
    at_once: int = 4
    tries: int = 5


@dataclass(frozen=True, slots=True)
class Received:
    """One message of a feed, where it was found, and what was wrong with the document it came in.

    `findings` is empty for an alert inside an entry: those of the index are with the visit.
    """

    message: Message
    url: str
    entry: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def alert(self) -> Alert:
        """The alert itself."""
        return self.message.alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a visit brought: `subscription` is what to store, `received` the messages never handed over before.

    `outcome` is `changed` (an index was read), `unchanged`, `failed`, or `waiting` when nothing was asked.
    """

    outcome: Literal["changed", "unchanged", "failed", "waiting"]
    subscription: Subscription
    received: tuple[Received, ...] = ()
    findings: tuple[Finding, ...] = ()
    index: Index | None = None

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """The new alerts."""
        return tuple(each.alert for each in self.received)


async def poll(subscription: Subscription, web: Client, *, now: datetime, visit: Visit = Visit()) -> Polled:
    """One visit to a feed; content and servers of any kind give findings and no exception."""
    if subscription.not_before is not None and now < subscription.not_before:
        found = fault("poll-waiting", until=subscription.not_before.isoformat(timespec="seconds"))
        return Polled(
            outcome="waiting", subscription=subscription, findings=(at_address(found, subscription.url),)
        )
    answer = await web.get(
        subscription.url, etag=subscription.etag, last_modified=subscription.last_modified, now=now
    )
    round_ = _Round(subscription, web, now, visit)
    round_.findings.extend(answer.findings)
    if answer.unchanged:
        await round_.fetch()
        return round_.result("unchanged", answer, None)
    if answer.data is None:
        return Polled(
            outcome="failed", subscription=_failed(subscription, answer, now), findings=answer.findings
        )
    index = await round_.read(answer)
    if not index.kind:
        return Polled(
            outcome="failed",
            subscription=_failed(subscription, answer, now),
            findings=tuple(round_.findings),
            index=index,
        )
    await round_.fetch()
    return round_.result("changed", answer, index)


def _failed(subscription: Subscription, answer: Answer, now: datetime) -> Subscription:
    wait = min(LONGEST_PAUSE, timedelta(seconds=min(answer.wait or 0.0, 1e6)))
    return replace(
        subscription,
        failures=subscription.failures + 1,
        visited=now,
        not_before=now + wait if wait else None,
    )


@dataclass(slots=True)
class _Due:
    """One address to fetch in this visit, and what came of it."""

    url: str
    link: Link
    entry: Entry | None
    answer: Answer | None = None


@dataclass(slots=True)
class _Round:
    """The work of one visit, step by step."""

    before: Subscription
    web: Client
    now: datetime
    visit: Visit
    findings: list[Finding] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    indexed: bool = False
    whole: bool = True

    def __post_init__(self) -> None:
        self.links = dict(self.before.links)
        self.known = dict(self.before.known)

    async def read(self, answer: Answer) -> Index:
        """The index with its further pages; takes the alerts in it."""
        self.indexed = True
        first = self._page(answer)
        page, been = first, {answer.asked, answer.url}
        for _ in range(self.visit.pages - 1):
            if not page.next or page.next in been:
                break
            been.add(page.next)
            following = await self.web.get(page.next, now=self.now)
            self.findings.extend(following.findings)
            page = self._page(following) if following.data is not None else Index()
            if not page.kind:
                # With a page missing the tag of the first must not hide it next time.
                self.whole = False
                break
        return replace(first, entries=tuple(self.entries)) if self.entries else first

    def _page(self, answer: Answer) -> Index:
        assert answer.data is not None
        index = read_index(answer.data, answer.url, media_type=answer.media_type)
        self.findings.extend(index.findings)
        self.entries.extend(index.entries)
        for entry in index.entries:
            for message in entry.messages:
                self._take(message, answer.url, entry.id, ())
        return index

    def due(self) -> list[_Due]:
        """What to fetch: of the index just read, then what earlier visits left over."""
        found: dict[str, _Due] = {}
        listed = {}
        for entry in self.entries:
            updated = entry.updated.isoformat() if entry.updated else ""
            for url in entry.links:
                old = self.links.get(url)
                if old is None:
                    old = Link(updated)
                elif updated and old.updated != updated:
                    old = replace(old, updated=updated, done=False, tries=0)
                listed[url] = old
                if not old.done:
                    found.setdefault(url, _Due(url, old, entry))
        pending = {url: link for url, link in self.links.items() if not link.done and url not in listed}
        for url, link in pending.items():
            found[url] = _Due(url, link, None)
        if self.indexed:
            # An address that the index no longer names, and that is done with, is forgotten.
            self.links = (listed if self.whole else self.links | listed) | pending
        return list(found.values())

    async def fetch(self) -> None:
        """Fetches what is due, a few at once, until the limits of a visit are reached."""
        due = self.due()
        queue = deque(due[: self.visit.alerts])
        fetched = 0

        async def work() -> None:
            nonlocal fetched
            while queue and fetched < self.visit.bytes:
                each = queue.popleft()
                each.answer = await self.web.get(
                    each.url, etag=each.link.etag, last_modified=each.link.last_modified, now=self.now
                )
                fetched += len(each.answer.data or b"")

        await asyncio.gather(*(work() for _ in range(max(1, min(self.visit.at_once, len(queue))))))
        for each in due:
            if each.answer is not None:
                self.links[each.url] = self._outcome(each, each.answer)
        left = sum(each.answer is None for each in due)
        if left:
            self.findings.append(at_address(fault("poll-many", left=left), self.before.url))

    def _outcome(self, due: _Due, answer: Answer) -> Link:
        link = due.link
        if answer.unchanged:
            return replace(link, done=True, tries=0)
        if answer.data is not None:
            return self._alert(due, answer, answer.data)
        self.findings.extend(answer.findings)
        tries = link.tries + 1
        given_up = tries >= self.visit.tries
        if given_up:
            self.findings.append(
                at_address(fault("poll-given-up", url=displayed(due.url), tries=tries), due.url)
            )
        return replace(link, tries=tries, done=given_up)

    def _alert(self, due: _Due, answer: Answer, data: bytes) -> Link:
        # What was read once is not fetched again before its entry changes, be it an alert or not.
        reading = read(data, media_type=answer.media_type)
        entry = due.entry.id if due.entry else ""
        findings = (*answer.findings, *reading.findings)
        if not reading.messages:
            found = fault("poll-not-alert", url=displayed(due.url))
            self.findings.extend((at_address(found, due.url), *findings))
        for message in reading.messages:
            self._take(message, due.url, entry, findings)
        return replace(due.link, done=True, tries=0, etag=answer.etag, last_modified=answer.last_modified)

    def _take(self, message: Message, url: str, entry: str, findings: tuple[Finding, ...]) -> None:
        alert = message.alert
        name = named(alert)
        digest = hashlib.sha256(repr(alert).encode("utf-8", "backslashreplace")).hexdigest()[:16]
        before = self.known.get(name)
        if before is None:
            self.known[name] = digest
            self.received.append(Received(message, url, entry, findings))
            return
        # Moved to the end of what is remembered, of which the beginning is forgotten first.
        self.known[name] = self.known.pop(name)
        if before != digest:
            self.findings.append(at_address(fault("poll-changed", message=shown(name)), url))

    def result(self, outcome: Literal["changed", "unchanged"], answer: Answer, index: Index | None) -> Polled:
        """What to hand over and what to remember."""
        tagged = self.whole
        known = dict(list(self.known.items())[-MOST_KNOWN:])
        # A 304 need not carry the tags again; a new index without any has none.
        old = self.before if outcome == "unchanged" else Subscription(url=self.before.url)
        after = replace(
            self.before,
            etag=(answer.etag or old.etag) if tagged else "",
            last_modified=(answer.last_modified or old.last_modified) if tagged else "",
            links=self.links,
            known=known,
            failures=0,
            not_before=None,
            visited=self.now,
            changed=self.now if outcome == "changed" else self.before.changed,
            moved=answer.moved,
        )
        return Polled(
            outcome=outcome,
            subscription=after,
            received=tuple(self.received),
            findings=tuple(_gravest_first(self.findings)),
            index=index,
        )


def named(alert: Alert) -> str:
    """A message's name, `sender,identifier,sent`, the same for the same instant however it is spelt."""
    return f"{alert.sender},{alert.identifier},{alert.sent.timestamp():.6f}"


def _gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    order = [Level.ERROR, Level.WARNING, Level.NOTE]
    return sorted(findings, key=lambda each: order.index(each.severity))
