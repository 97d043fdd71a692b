"""Sends what waits: claim under a lease, send at once, settle; nothing is sent on record before it was sent.

1. Claim: one transaction marks up to BATCH deliveries as taken until the lease ends.
2. Send: outside any transaction, all at once, over connections kept open.
3. Settle: one transaction records what the transports answered, with one journal entry a warning.

A process that dies between 1 and 3 leaves deliveries claimed; when their lease ends another claims them and
sends them again under the same key.
"""

import asyncio
import os
import socket
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from types import TracebackType

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from fenghuo.core.access import Caller
from fenghuo.desk.channel.message import Channel, Destination, Message, Outcome
from fenghuo.desk.channel.registry import channels
from fenghuo.desk.officers import identity

from . import wording
from .models import Delivery, Warning

BATCH = 50
ROUND = timedelta(seconds=10)
"""How long one call goes on claiming: the worker's other chores wait no longer than this and one batch."""
BATCHES = 100
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)


def deliver(caller: Caller) -> bool:
    """Send what is due; True when there may be more at once."""
    caller.must("warning.deliver")
    if not _due(caller.now).exists():
        return False
    with Carrier() as carrier:
        for _batch in range(BATCHES):
            now = identity.now()
            if now - caller.now > ROUND:
                return True
            claimed = claim(caller.at(now))
            if not claimed:
                return False
            outcomes = carrier.send(claimed)
            settle(caller.at(identity.now()), claimed, outcomes)
    return True


@transaction.atomic
def claim(caller: Caller, limit: int = BATCH) -> list[Delivery]:
    """Take up to `limit` deliveries that are due, for as long as the lease lasts; those never tried come first.

    PostgreSQL skips rows that another worker holds; SQLite, which has no row locks, gives the writer the
    whole database for the length of this transaction.
    """
    caller.must("warning.deliver")
    taken = list(
        _due(caller.now)
        .select_for_update(skip_locked=True)
        .order_by("attempts", "next_try_at", "pk")
        .values_list("pk", flat=True)[:limit]
    )
    if not taken:
        return []
    name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"[:80]
    _due(caller.now).filter(pk__in=taken).update(
        state=Delivery.State.CLAIMED,
        claimed_by=name,
        lease_until=caller.now + timedelta(seconds=settings.FENGHUO_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    mine = Delivery.objects.filter(pk__in=taken, claimed_by=name)
    return list(mine.select_related("recipient__warning__area"))


def _due(now: datetime):
    return Delivery.objects.filter(
        Q(state=Delivery.State.WAITING, next_try_at__lte=now)
        | Q(state=Delivery.State.CLAIMED, lease_until__lte=now)
    )


@transaction.atomic
def settle(caller: Caller, claimed: Sequence[Delivery], outcomes: Iterable[Outcome]) -> None:
    """Record what became of a batch.

    A yes is recorded whoever holds the lease now, for the message has left. A no counts only while this batch
    still holds it: another attempt may be under way, and its answer is the later one.
    """
    caller.must("warning.deliver")
    by_key = {str(delivery.key): delivery for delivery in claimed}
    sent: list[Delivery] = []
    lost: list[tuple[Delivery, Outcome]] = []
    for outcome in outcomes:
        delivery = by_key[outcome.key]
        if outcome.ok:
            sent.append(delivery)
        else:
            lost.append((delivery, outcome))
    Delivery.objects.filter(pk__in=[d.pk for d in sent]).exclude(state=Delivery.State.SENT).update(
        state=Delivery.State.SENT, sent_at=caller.now, error="", secret="", lease_until=None
    )
    for delivery, outcome in lost:
        _record_failure(caller, delivery, outcome)
    _write(caller, sent, lost)


def _record_failure(caller: Caller, delivery: Delivery, outcome: Outcome) -> None:
    again = caller.now + pause(delivery.attempts)
    warning = Warning.objects.get(pk=delivery.recipient.warning_id)
    ended = warning.state != Warning.State.ISSUED or again >= warning.expires
    mine = Delivery.objects.filter(
        pk=delivery.pk, state=Delivery.State.CLAIMED, claimed_by=delivery.claimed_by
    )
    error = outcome.detail[:300]
    if outcome.permanent or ended:
        mine.update(state=Delivery.State.FAILED, error=error, secret="", lease_until=None)
    else:
        mine.update(state=Delivery.State.WAITING, error=error, next_try_at=again, lease_until=None)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubling, up to a limit."""
    return min(FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 16), LONGEST_PAUSE)


def _write(caller: Caller, sent: list[Delivery], lost: list[tuple[Delivery, Outcome]]) -> None:
    warnings: dict[int, Warning] = {}
    told: dict[int, dict[str, list]] = {}
    for delivery in sent:
        warning = delivery.recipient.warning
        warnings[warning.pk] = warning
        told.setdefault(warning.pk, {}).setdefault("sent", []).append(str(delivery.key))
    for delivery, outcome in lost:
        warning = delivery.recipient.warning
        warnings[warning.pk] = warning
        part = "failed" if outcome.permanent else "to_retry"
        told.setdefault(warning.pk, {}).setdefault(part, []).append([str(delivery.key), outcome.detail])
    for pk, detail in told.items():
        caller.write("warning.delivered", f"warning:{pk}", warnings[pk].area.code, **detail)


class Carrier:
    """The channels of one round in an event loop of their own, so that connections outlive a batch."""

    def __enter__(self) -> "Carrier":
        self._loop = asyncio.new_event_loop()
        self._channels: dict[str, Channel] = channels()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._loop.run_until_complete(self._close())
        finally:
            self._loop.close()

    def send(self, claimed: Sequence[Delivery]) -> list[Outcome]:
        """An outcome for each delivery."""
        by_channel: dict[str, list[Message]] = {}
        for delivery in claimed:
            by_channel.setdefault(delivery.channel, []).append(message(delivery))
        return self._loop.run_until_complete(self._send(by_channel))

    async def _send(self, by_channel: dict[str, list[Message]]) -> list[Outcome]:
        sends = [self._by(kind, messages) for kind, messages in by_channel.items()]
        return [outcome for batch in await asyncio.gather(*sends) for outcome in batch]

    async def _by(self, kind: str, messages: list[Message]) -> list[Outcome]:
        channel = self._channels.get(kind)
        if channel is None:
            return [Outcome.never(message.key, f"no channel {kind}") for message in messages]
        return await channel.send(messages)

    async def _close(self) -> None:
        for channel in self._channels.values():
            await channel.close()


def message(delivery: Delivery) -> Message:
    """The message that a delivery carries: nothing but what it stores."""
    return Message(
        key=str(delivery.key),
        to=Destination(delivery.target, delivery.secret),
        language=delivery.language,
        subject=delivery.subject,
        text=delivery.text,
        html=wording.as_html(delivery.text, delivery.link, delivery.language),
        link=delivery.link,
        level=delivery.recipient.warning.level,
    )
