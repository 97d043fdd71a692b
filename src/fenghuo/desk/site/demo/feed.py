"""The demo's weather keeps coming: the worker takes each hour of the replay in when its time has come."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from fenghuo.core.access import Caller
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.models import Observation

from . import replay

EVERY = timedelta(hours=1)


def _marker():
    return settings.HOME / "demo.json"


def remember(shift: timedelta) -> None:
    """Note that this desk is the demo, and how far its weather is moved."""
    _marker().write_text(json.dumps({"shift_days": shift.days}))


def step(caller: Caller) -> bool:
    """Take in what the replay has between the last reading and now. Nothing on a desk that is not the demo."""
    if not _marker().exists():
        return False
    last: datetime | None = Observation.objects.filter(station__code=replay.LEADING).aggregate(
        last=Max("at")
    )["last"]
    if last is None or caller.now - last < EVERY:
        return False
    shift = timedelta(days=json.loads(_marker().read_text())["shift_days"])
    for code, reading in replay.Replay(replay.records(), shift).between(last, caller.now):
        commands.take_in(caller, reading, name=f"{code}.csv")
    return False
