"""What is in force now: alerts with their updates and cancels put together, whatever order they came in.

The rules, after CAP 1.2, 3.2.1 and 3.2.2; where the standard leaves a choice, `Policy` makes it.

- A message is named by sender, identifier and sent. A second copy changes nothing.
- An Update or Cancel ends every earlier message of the same sender and the same status that its references name,
  for good: neither the expiry nor the cancel of an update brings back what it replaced. A reference whose time
  does not fit names the latest earlier message of that sender and identifier.
- Of messages with the same sender and identifier the latest sent replaces the others.
- In force is an Alert or Update that nothing has ended, until the latest `expires` of its infos. Ack and Error
  never are. Exercise, System, Test and Draft are told apart and never touch what is Actual.

The state depends on the set of messages alone: any order and any repetition gives the same.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fenghuo.core.cap.feeds.rulebook import fault, pack
from fenghuo.core.cap.findings import Finding, Level, Place, shown
from fenghuo.core.cap.model import Alert, Info, MsgType, Status
from fenghuo.core.cap.packs import fault as cap12_fault
from fenghuo.core.cap.read import MOST_FINDINGS
from fenghuo.core.cap.references import Reference

MOST_EARLIER = 500
"""Messages named in the chain behind one, the newest ones."""

_MOST_SHOWN = 5
_RANK = {MsgType.ALERT: 0, MsgType.UPDATE: 1, MsgType.CANCEL: 2}
_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the standard leaves to the recipient.

    `without_expires` is how long an info without `expires` holds, counted from its `effective` or else from
    `sent`; None for as long as nothing ends it. `clock_ahead` is how far in the future a message may have been
    sent and still count, for senders whose clock is fast. `foreign` lets one sender's update or cancel end
    another's message; with it, anybody in the feed can end everybody's warnings. The defaults are ours.
    """

    without_expires: timedelta | None = timedelta(hours=24)
    clock_ahead: timedelta = timedelta(minutes=5)
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message that another replaced; `alert` is None when it was never received."""

    reference: Reference
    alert: Alert | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A message in force: the chain it replaced, oldest first, and the end of its validity, None for no end.

    `infos` are those of its infos that have not expired by themselves; empty for an alert without infos.
    """

    alert: Alert
    replaced: tuple[Earlier, ...]
    until: datetime | None
    infos: tuple[Info, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The state at a time: real messages `in_force`, those of other statuses `apart`, newest first."""

    at: datetime
    in_force: tuple[InForce, ...]
    apart: tuple[InForce, ...]
    findings: tuple[Finding, ...]

    def of(self, status: Status) -> tuple[InForce, ...]:
        """What holds of one status."""
        return tuple(each for each in (*self.in_force, *self.apart) if each.alert.status is status)


def current(alerts: Iterable[Alert], at: datetime, policy: Policy = Policy()) -> Current:
    """What is in force at a time, of all messages ever received; those sent later are left out.

    Raises ValueError for a time without zone.
    """
    if at.utcoffset() is None:
        raise ValueError("The time of a state needs a zone.")
    return _State(alerts, at, policy).current()


def until(alert: Alert, policy: Policy = Policy()) -> datetime | None:
    """When a message ends by itself: with the last of its infos; None when never."""
    ends = [_end(alert, info, policy) for info in alert.infos] or [_end(alert, None, policy)]
    last: datetime | None = None
    for end in ends:
        if end is None:
            return None
        last = end if last is None or end > last else last
    return last


def _end(alert: Alert, info: Info | None, policy: Policy) -> datetime | None:
    if info is not None and info.expires is not None:
        return info.expires
    if policy.without_expires is None:
        return None
    begin = (info.effective if info is not None else None) or alert.sent
    try:
        return begin + policy.without_expires
    except OverflowError:
        return _END


class _State:
    """The messages seen by a time and which of them ended which."""

    def __init__(self, alerts: Iterable[Alert], at: datetime, policy: Policy) -> None:
        self.at = at
        self.policy = policy
        self.spelt: dict[Reference, str] = {}
        self.told: set[tuple[str, str, tuple[tuple[str, str], ...]]] = set()
        self.messages = self._messages(alerts)
        self.named: dict[tuple[str, str], list[Alert]] = defaultdict(list)
        for alert in sorted(self.messages.values(), key=_order):
            self.named[alert.sender, alert.identifier].append(alert)
        self.replaces: dict[Reference, dict[Reference, Alert | None]] = defaultdict(dict)
        self.ended_by: dict[Reference, dict[Reference, Alert]] = defaultdict(dict)
        self._link()

    def _messages(self, alerts: Iterable[Alert]) -> dict[Reference, Alert]:
        """Every message once, by name."""
        found: dict[Reference, Alert] = {}
        future: set[Reference] = set()
        conflicts: set[Reference] = set()
        for alert in alerts:
            name = alert.reference
            if alert.sent - self.at > self.policy.clock_ahead:
                future.add(name)
                continue
            other = found.setdefault(name, alert)
            if other != alert:
                conflicts.add(name)
                found[name] = max(other, alert, key=self._standing)
        for name in future:
            self._say("state-future", name)
        for name in conflicts:
            self._say("state-conflict", name)
        return found

    def _standing(self, alert: Alert) -> tuple[datetime, str]:
        # Of two contents of one message the one that warns longer; the text only makes the choice the same always.
        return until(alert, self.policy) or _END, repr(alert)

    def _link(self) -> None:
        for name, alert in self.messages.items():
            if alert.msg_type in (MsgType.UPDATE, MsgType.CANCEL):
                if not alert.references:
                    self._say("state-references", name, kind=str(alert.msg_type))
                for reference in alert.references:
                    self._follow(alert, name, reference)
        for group in self.named.values():
            self._same_identifier([each for each in group if each.msg_type in _RANK])

    def _follow(self, alert: Alert, name: Reference, reference: Reference) -> None:
        other = self.messages.get(reference) or self._nearly(alert, reference)
        if other is None:
            self.replaces[name][reference] = None
            self._say("state-unseen", name, other=self._spelt(reference))
            return
        if other.msg_type not in _RANK:
            return
        if _place_in_time(alert) <= _place_in_time(other):
            self._say("state-order", name, other=self._spelt(other.reference))
        elif other.status is not alert.status:
            statuses = {"status": alert.status, "other_status": other.status}
            self._say("state-status", name, other=self._spelt(other.reference), **statuses)
        elif other.sender != alert.sender and not self.policy.foreign:
            self._say("state-foreign", name, other=self._spelt(other.reference))
        else:
            if other.reference != reference:
                self._say("state-sent", name, other=self._spelt(reference), sent=other.sent.isoformat())
            self._end(alert, other)

    def _nearly(self, alert: Alert, reference: Reference) -> Alert | None:
        """The latest message of a reference's sender and identifier before the one that refers to it."""
        group = self.named.get((reference.sender, reference.identifier), ())
        before = [each for each in group if _place_in_time(each) < _place_in_time(alert)]
        return before[-1] if before else None

    def _same_identifier(self, group: list[Alert]) -> None:
        latest: dict[Status, Alert] = {}
        for alert in group:
            before = latest.get(alert.status)
            latest[alert.status] = alert
            if before is not None and before.reference not in self.replaces.get(alert.reference, ()):
                self._say("state-same-identifier", alert.reference, other=self._spelt(before.reference))
                self._end(alert, before)

    def _end(self, alert: Alert, other: Alert) -> None:
        self.replaces[alert.reference][other.reference] = other
        self.ended_by[other.reference][alert.reference] = alert

    def current(self) -> Current:
        """Everything in force, told apart by status."""
        held = []
        for alert in sorted(self.messages.values(), key=_order, reverse=True):
            if self._holds(alert):
                held.append(self._in_force(alert))
        self._look_at_forks({each.alert.reference for each in held})
        return Current(
            at=self.at,
            in_force=tuple(each for each in held if each.alert.status is Status.ACTUAL),
            apart=tuple(each for each in held if each.alert.status is not Status.ACTUAL),
            findings=tuple(self._findings()),
        )

    def _holds(self, alert: Alert) -> bool:
        if alert.msg_type not in (MsgType.ALERT, MsgType.UPDATE) or alert.reference in self.ended_by:
            return False
        end = until(alert, self.policy)
        return end is None or self.at < end

    def _in_force(self, alert: Alert) -> InForce:
        end = until(alert, self.policy)
        if any(info.expires is None for info in alert.infos) or not alert.infos:
            told = "…" if end is None else end.isoformat()
            self._say("state-no-expires", alert.reference, until=told)
        ends = [(info, _end(alert, info, self.policy)) for info in alert.infos]
        return InForce(
            alert=alert,
            replaced=tuple(self._chain(alert.reference)),
            until=end,
            infos=tuple(info for info, last in ends if last is None or self.at < last),
        )

    def _chain(self, name: Reference) -> Iterator[Earlier]:
        """Everything behind a message, oldest first."""
        seen: set[Reference] = {name}
        waiting: list[tuple[timedelta, str, str, Reference, Alert | None]] = []

        def add(of: Reference) -> None:
            for reference, alert in self.replaces.get(of, {}).items():
                if reference not in seen:
                    seen.add(reference)
                    key = (_END - reference.sent, reference.sender, reference.identifier)
                    heapq.heappush(waiting, (*key, reference, alert))

        found: list[Earlier] = []
        add(name)
        while waiting and len(found) < MOST_EARLIER:
            *_, reference, alert = heapq.heappop(waiting)
            found.append(Earlier(reference, alert))
            add(reference)
        return reversed(found)

    def _look_at_forks(self, held: set[Reference]) -> None:
        for name, enders in self.ended_by.items():
            heads = {each: alert for each, alert in enders.items() if each not in self.ended_by}
            standing = sorted(self._spelt(each) for each in heads if each in held)
            if standing and len(heads) > len(standing):
                others = "; ".join(standing[:_MOST_SHOWN])
                for each, alert in heads.items():
                    if alert.msg_type is MsgType.CANCEL:
                        self._say("state-old-cancel", each, other=self._spelt(name), successor=others)
            if len(standing) > 1:
                self._say("state-split", name, others="; ".join(standing[:_MOST_SHOWN]))

    def _spelt(self, name: Reference) -> str:
        told = self.spelt.get(name)
        if told is None:
            told = f"{shown(name.sender)},{shown(name.identifier)},{name.sent.isoformat()}"
            self.spelt[name] = told
        return told

    def _say(self, rule: str, name: Reference, **values: object) -> None:
        self.told.add((rule, self._spelt(name), tuple((key, str(value)) for key, value in values.items())))

    def _findings(self) -> list[Finding]:
        """What there is to say, gravest first and in an order of its own, no more than anybody can read."""
        levels, rules = [Level.ERROR, Level.WARNING, Level.NOTE], pack().rules
        told = sorted(self.told, key=lambda each: (levels.index(rules[each[0]].level), *each))
        findings = []
        for rule, spelt, values in told[:MOST_FINDINGS]:
            found = fault(rule, message=spelt, **dict(values))
            findings.append(found.at(Place("/alert", None, spelt)))
        if len(told) > MOST_FINDINGS:
            findings.append(cap12_fault("findings-many", more=len(told) - MOST_FINDINGS).at(Place("/")))
        return findings


def _place_in_time(alert: Alert) -> tuple[datetime, int]:
    # Sent within the same second: an alert comes before its update, an update before its cancel.
    return alert.sent, _RANK.get(alert.msg_type, 0)


def _order(alert: Alert) -> tuple[datetime, int, str, str]:
    return *_place_in_time(alert), alert.sender, alert.identifier
