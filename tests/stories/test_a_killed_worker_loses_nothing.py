"""A worker is killed again and again in the middle of a large warning; real sinks count what arrived.

For each seed 500 deliveries wait (mail, webhook, inbox). Worker processes are started one after another and each
is killed with SIGKILL at a random point, then one may finish. What the sinks took and what the desk has on record
must fit, after every kill and at the end.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.desk.channel.sinks import Hooks, Mailboxes
from tests.stories.crash_world import Process, World

SEEDS = range(10, 20) if os.environ.get("DATABASE_URL") else range(10)
"""Ten runs of luck on each database."""
CONTACTS = 167
DELIVERIES = 500  # 167 in the inbox, 167 by mail, 166 by webhook
ARRIVALS = 333
KILLS = (2, 3)
LEASE_SECONDS = "1"
SINK_SECONDS = 0.002
PATIENCE_SECONDS = 420
"""Longer than the longest pause before a delivery is tried again, which a slow machine may bring about."""


@dataclass
class Arrivals:
    """What the two sinks took since the seed began, and a trigger that goes off at the n-th arrival."""

    keys: Counter[str] = field(default_factory=Counter)
    addresses: dict[str, set[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _at: int = 0
    _reached: threading.Event = field(default_factory=threading.Event)

    def take(self, key: str, address: str) -> None:
        with self._lock:
            self.keys[key] += 1
            self.addresses.setdefault(key, set()).add(address)
            if self.keys.total() >= self._at:
                self._reached.set()

    def wait_for(self, more: int) -> bool:
        """Whether so many more arrived before patience ended."""
        with self._lock:
            self._at = self.keys.total() + more
            self._reached.clear()
        return self._reached.wait(PATIENCE_SECONDS)


@dataclass(frozen=True)
class Count:
    """What one seed came to."""

    seed: int
    kills: int
    mid_way: int  # kills that left a delivery taken and not settled
    delivered: int
    lost: int
    without_a_send: int
    repeated: int
    strange: int  # keys at a sink that no delivery has, or one key at two addresses


@pytest.fixture
def sinks() -> Iterator[tuple[Mailboxes, Hooks]]:
    with Mailboxes(SINK_SECONDS) as mail, Hooks(SINK_SECONDS) as hooks:
        yield mail, hooks


@pytest.fixture
def world(tmp_path, sinks) -> Iterator[World]:
    mail, hooks = sinks
    with World(tmp_path, FENGHUO_LEASE_SECONDS=LEASE_SECONDS, FENGHUO_SMTP=mail.url) as made:
        made.ask("build", contacts=CONTACTS, hooks=hooks.url)
        yield made


def test_a_killed_worker_loses_nothing(world, sinks):
    counts = [one_seed(seed, world, *sinks) for seed in SEEDS]
    print("\nseed  kills  mid-way  delivered  lost  without a send  repeated, same key  strange")
    for c in counts:
        print(
            f"{c.seed:>4}  {c.kills:>5}  {c.mid_way:>7}  {c.delivered:>9}  {c.lost:>4}"
            f"  {c.without_a_send:>14}  {c.repeated:>18}  {c.strange:>7}"
        )
    for c in counts:
        assert (c.delivered, c.lost, c.without_a_send, c.strange) == (DELIVERIES, 0, 0, 0), c
    # The kills must have hurt, or the story proves nothing.
    assert sum(c.mid_way for c in counts) >= len(counts)
    assert sum(c.repeated for c in counts) > 0
    assert world.ask("faults") == {"faults": []}


def one_seed(seed: int, world: World, mail: Mailboxes, hooks: Hooks) -> Count:
    chance = random.Random(seed)
    arrivals = Arrivals()
    mail.on_letter = lambda letter: arrivals.take(
        letter["Message-ID"].strip("<>").partition("@")[0], letter["To"]
    )
    hooks.on_post = lambda post: arrivals.take(post.headers["webhook-id"], post.path)
    warning = world.ask("issue", **world.ask("approve"))["warning"]
    mid_way = unproven = 0
    kills = chance.randint(*KILLS)
    for _kill in range(kills):
        worker = world.worker()
        kill_somewhere(worker, arrivals, chance)
        deliveries = world.ask("record", warning=warning)["deliveries"]
        mid_way += any(d["state"] == "claimed" for d in deliveries)
        unproven += without_a_send(deliveries, arrivals)
    deliveries = finish(world, warning)
    for delivery in deliveries:
        if delivery["state"] != "sent":
            print(f"seed {seed}: {delivery}")
    known = {d["key"] for d in deliveries}
    carried = [d for d in deliveries if d["channel"] != "inbox"]
    assert (len(deliveries), len(carried)) == (DELIVERIES, ARRIVALS)
    return Count(
        seed=seed,
        kills=kills,
        mid_way=mid_way,
        delivered=sum(
            d["state"] == "sent" and (d["channel"] == "inbox" or arrivals.keys[d["key"]] > 0)
            for d in deliveries
        ),
        lost=sum(arrivals.keys[d["key"]] == 0 for d in carried),
        without_a_send=unproven + without_a_send(deliveries, arrivals),
        repeated=arrivals.keys.total() - len(arrivals.keys),
        strange=len(set(arrivals.keys) - known)
        + sum(len(found) > 1 for found in arrivals.addresses.values()),
    )


def kill_somewhere(worker: Process, arrivals: Arrivals, chance: random.Random) -> None:
    """SIGKILL the worker: mostly after a random arrival and a random instant, so that it hits sending,
    answering and settling alike; at times just after a random while, wherever it then is."""
    left = ARRIVALS - len(arrivals.keys)
    if left == 0 or chance.random() < 0.15:
        time.sleep(chance.uniform(0.0, 1.2))
    else:
        assert arrivals.wait_for(chance.randint(1, min(75, left)))
        time.sleep(chance.uniform(0.0, 0.03))
    worker.kill()


def without_a_send(deliveries: list[dict], arrivals: Arrivals) -> int:
    """How many are on record as sent that no sink has seen."""
    return sum(
        d["state"] == "sent" and d["channel"] != "inbox" and arrivals.keys[d["key"]] == 0 for d in deliveries
    )


def finish(world: World, warning: int) -> list[dict]:
    """Let a worker settle what is left; the deliveries at the end."""
    worker = world.worker()
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while world.ask("waiting", warning=warning)["waiting"] and time.monotonic() < until:
            time.sleep(0.05)
        return world.ask("record", warning=warning)["deliveries"]
    finally:
        worker.kill()
