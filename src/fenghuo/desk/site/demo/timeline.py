"""The demo's past: acts planned for their moments and carried out in order, each by who did it then."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count

from django.utils import timezone

from fenghuo.core.access import Caller, Role
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer

from .township import Township

Act = Callable[[datetime], None]


class Timeline:
    """What is to happen up to now. An act may plan later ones; what lies after now does not happen."""

    def __init__(self, made: Township, now: datetime):
        self.made = made
        self.now = now
        self.today = timezone.localtime(now).date()
        self._planned: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def plan(self, moment: datetime, act: Act) -> None:
        """Let `act(moment)` happen at its moment."""
        if moment <= self.now:
            heapq.heappush(self._planned, (moment, next(self._order), act))

    def run(self, progress: Callable[[datetime], None]) -> None:
        """Carry everything out in the order of time."""
        while self._planned:
            moment, _order, act = heapq.heappop(self._planned)
            act(moment)
            progress(moment)

    @staticmethod
    def at(day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a local day."""
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def person(self, role: Role, number: int = 0) -> Officer:
        """One of the people of a role, in turn; number 0 has the demo login."""
        people = self.made.people[role]
        return people[number % len(people)]

    def caller(self, officer: Officer, moment: datetime) -> Caller:
        return identity.caller_for(officer, moment, via="demo")

    def program(self, moment: datetime) -> Caller:
        return identity.program(moment, via="demo")
