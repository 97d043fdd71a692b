"""What the tests of warnings share: a warning on its way, the phones it reaches, and the worker's two chores."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from fenghuo.core.access import Role
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.warning import commands, escalation, sender
from fenghuo.desk.warning.models import Delivery, Recipient, Warning
from tests.desk.channel.sinks import Mailboxes


@pytest.fixture
def mailboxes(settings):
    with Mailboxes() as sink:
        settings.FENGHUO_SMTP = sink.url
        yield sink


@pytest.fixture
def work(clock):
    """`work()`: what a worker does in one round, at the clock's time."""

    def once() -> None:
        escalation.escalate(identity.program(clock.now))
        while sender.deliver(identity.program(clock.now)):
            pass

    return once


@dataclass
class Story:
    """A desk whose duty officer drafts, whose leader approves, and who issues."""

    desk: SimpleNamespace
    as_role: object

    def draft(self, level: str = "orange", areas=None, **fields) -> Warning:
        return commands.draft(self.as_role("duty"), areas=areas or self.desk.villages, level=level, **fields)

    def approved(self, level: str = "orange", areas=None, **fields) -> Warning:
        warning = self.draft(level, areas, **fields)
        commands.submit(self.as_role("duty"), warning)
        return commands.approve(self.as_role("leader"), warning)

    def issued(self, level: str = "orange", areas=None, **fields) -> Warning:
        return commands.issue(self.as_role("duty"), self.approved(level, areas, **fields))

    def updated(self, warning: Warning) -> Warning:
        following = commands.update(self.as_role("duty"), warning)
        commands.submit(self.as_role("duty"), following)
        commands.approve(self.as_role("leader"), following)
        return commands.issue(self.as_role("duty"), following)

    def unit(self, warning: Warning, number: int = 0) -> Recipient:
        """The recipient of the desk's unit with this number: 0 石门村委会 (two contacts), 1 双泉村委会 (one)."""
        return Recipient.objects.get(warning=warning, unit=self.desk.units[number])


@pytest.fixture
def story(desk, as_role) -> Story:
    return Story(desk, as_role)


def by_officer(officer: Officer, warning: Warning) -> list[Delivery]:
    return list(Delivery.objects.filter(officer=officer, recipient__warning=warning))


def leader_of(desk) -> Officer:
    return desk.officers[Role.LEADER]
