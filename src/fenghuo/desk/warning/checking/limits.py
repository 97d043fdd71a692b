"""Who may have documents checked, and how much of that work the desk does at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings

from fenghuo.core.access import Caller, Role

LARGEST = 1024 * 1024
"""Bytes of a document; the command line takes more."""
AT_ONCE = 2
"""Documents under check at the same time in one process; whoever comes then waits a little."""
PATIENCE = 5.0
"""Seconds that a request waits for its turn."""
A_MINUTE = 60
"""Documents a minute that one process checks for people who are not signed in, all of them together."""


class Busy(Exception):
    """There is more to check than the desk does at once; to be tried again later."""


_turns = threading.BoundedSemaphore(AT_ONCE)
_lock = threading.Lock()
_lately: deque[datetime] = deque()


def may_use(caller: Caller) -> None:
    """Refuse whoever may not: without a login the page is open only where the desk says so."""
    if not settings.FENGHUO_CAP_CHECK_PUBLIC:
        caller.must("warning.read")


@contextmanager
def turn(caller: Caller) -> Iterator[None]:
    """One document's work; raises Busy. No address is kept: what is counted is the work, not the people."""
    if caller.role is Role.PUBLIC:
        _count(caller.now)
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


def _count(now: datetime) -> None:
    with _lock:
        while _lately and not timedelta() <= now - _lately[0] < timedelta(minutes=1):
            _lately.popleft()
        if len(_lately) >= A_MINUTE:
            raise Busy
        _lately.append(now)
