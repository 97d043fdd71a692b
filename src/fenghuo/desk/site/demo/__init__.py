"""The demo desk: a fictional township with a month of history, made through the program's own commands."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from fenghuo.core.access import Role
from fenghuo.desk.officers import identity


def load(now: datetime, password: str | None, progress: Callable[[int], None]) -> tuple[dict[Role, str], str]:
    """Make the township and live its month up to `now` (aware); role → user name, and the password.

    `progress` is told how many of a hundred parts were just done.
    """
    from . import feed, history, replay, township

    made, password = township.build(identity.program(history.begins(now), via="demo"), password)
    progress(10)
    today = timezone.localtime(now).date()
    weather = replay.prepare(today)
    history.live(made, weather, now, progress)
    feed.remember(weather.shift)
    return made.logins, password
