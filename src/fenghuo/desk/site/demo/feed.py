"""The demo's weather keeps coming: the worker takes each hour of the replay in when its time has come.

So do its forecasts, each morning.
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from fenghuo.core.access import Caller
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.models import ForecastIssue, Observation

from . import replay
from .forecasts import HOUR, Forecaster
from .timeline import Timeline

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
    weather = replay.Replay(replay.records(), timedelta(days=json.loads(_marker().read_text())["shift_days"]))
    if reading := weather.between(last, caller.now):
        commands.take_in(caller, reading, name="stations.csv")
    _forecast(caller, weather)
    return False


def _forecast(caller: Caller, weather: replay.Replay) -> None:
    """Issue this morning's demo forecast, once its hour has come."""
    today = timezone.localtime(caller.now).date()
    morning = Timeline.at(today, HOUR)
    issued = ForecastIssue.objects.filter(source=ForecastIssue.Source.DEMO, issued_at=morning)
    if caller.now >= morning and not issued.exists():
        Forecaster(weather, today, today).issue(caller, morning)
