"""Feeds of alerts: reading their indexes, visiting them, and what is in force of all they brought.

`web` is imported by itself, since it loads a client of HTTP:

    from fenghuo.core.cap.feeds.web import Web

    async with Web() as web:
        visited = await poll(subscription, web, now=now)
    state = current(stored + visited.alerts, now)
"""

from fenghuo.core.cap.feeds.address import Guard
from fenghuo.core.cap.feeds.force import Current, Earlier, InForce, Policy, current, until
from fenghuo.core.cap.feeds.index import Entry, Index, read_index
from fenghuo.core.cap.feeds.polling import Polled, Received, Visit, poll
from fenghuo.core.cap.feeds.rulebook import pack
from fenghuo.core.cap.feeds.subscription import Link, Subscription

__all__ = [
    "Current",
    "Earlier",
    "Entry",
    "Guard",
    "InForce",
    "Index",
    "Link",
    "Policy",
    "Polled",
    "Received",
    "Subscription",
    "Visit",
    "current",
    "pack",
    "poll",
    "read_index",
    "until",
]
