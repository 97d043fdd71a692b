"""The worker: does every app's chores again and again. It remembers nothing between rounds."""

import logging
import signal
import threading

from django.db import close_old_connections

from fenghuo.desk.gather import register
from fenghuo.desk.officers import identity

log = logging.getLogger("fenghuo.worker")


def one_round() -> bool:
    """Do each chore once; True when one of them has more to do at once.

    A chore that fails is logged and does not keep the others from their turn.
    """
    more = False
    for chore in register.chores():
        try:
            more = bool(chore(identity.program(identity.now()))) or more
        except Exception:
            log.exception("%s failed; it will be tried again", getattr(chore, "__module__", chore))
    return more


def run(pause: float = 1.0) -> None:
    """Rounds until SIGTERM or SIGINT, resting `pause` seconds when there is nothing to do."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("worker started")
    while not stop.is_set():
        close_old_connections()
        if not one_round():
            stop.wait(pause)
    log.info("worker stopped")
