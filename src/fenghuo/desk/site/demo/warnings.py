"""The demo's warnings: drafted by the threshold, signed, sent, answered; some answers late, some never."""

from datetime import date, datetime, timedelta
from random import Random

from fenghuo.core.access import Role
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.warning import commands as warning
from fenghuo.desk.warning.escalation import escalate
from fenghuo.desk.warning.models import Recipient, Warning
from fenghuo.desk.warning.sender import Carrier, claim, settle

REPORTS = (
    "已安排 2 组护林员巡山，未见火源。",
    "进山路口设卡 3 处，登记车辆 11 台。",
    "大喇叭播放 4 遍，路边干草已清理。",
    "已逐户提醒，今日无野外用火。",
)
PAUSE = timedelta(days=4)
"""At most one of the threshold's drafts in so many days is issued; the others are withdrawn."""


def of_day(past, day: date, random: Random, *, before_today: int) -> None:
    """What the desk does with this day's draft, `before_today` days before now."""
    if before_today == 0:
        return
    draft = Warning.objects.filter(state=Warning.State.DRAFT, source="threshold").order_by("pk").last()
    if before_today == 1:
        if draft is not None and past.at(day + timedelta(days=1), 13, 5) <= past.now:
            _withdraw(past, draft, past.at(day, 14, 0))
        _windy_night(past, day, random)
    elif draft is not None:
        last = Warning.objects.filter(state__in=Warning.OUT).order_by("-issued_at").first()
        if last is None or past.at(day, 13) - last.issued_at > PAUSE:
            _sign_and_issue(past, draft, past.at(day, 13, 20))
            _answer(past, draft, random, silent=random.randrange(3))
        else:
            _withdraw(past, draft, past.at(day, 14, 0))


def _windy_night(past, day: date, random: Random) -> None:
    """The evening before: an officer's own yellow warning for every village, in force still."""
    at = past.at(day, 16, 0)
    draft = warning.draft(
        past.caller(past.person(Role.DUTY), at),
        areas=past.made.villages,
        level="yellow",
        valid_hours=48,
        cause="县气象台预报：夜间风力 5 到 6 级",
        cause_en="County weather office: force 5 to 6 winds overnight",
    )
    _sign_and_issue(past, draft, at + timedelta(minutes=10))
    _answer(past, draft, random, silent=3)


def _withdraw(past, draft: Warning, at: datetime) -> None:
    warning.withdraw(past.caller(past.person(Role.DUTY), at), draft)


def _sign_and_issue(past, draft: Warning, at: datetime) -> None:
    duty, leader = past.person(Role.DUTY), past.person(Role.LEADER)
    warning.submit(past.caller(duty, at), draft)
    warning.approve(past.caller(leader, at + timedelta(minutes=12)), draft)
    warning.issue(past.caller(duty, at + timedelta(minutes=18)), draft)
    draft.refresh_from_db()


def _answer(past, issued: Warning, random: Random, *, silent: int) -> None:
    """Answers in their order, with the worker's rounds between them; the last `silent` never answer."""
    start = issued.issued_at
    _round(past, start + timedelta(minutes=1))
    recipients = list(issued.recipients.select_related("officer", "unit__area"))
    random.shuffle(recipients)
    quiet, answering = recipients[:silent], recipients[silent:]
    minutes = sorted(min(1.5 + random.expovariate(1 / (issued.answer_minutes / 3)), 170) for _ in answering)
    rounds = iter([issued.answer_minutes * step + 1 for step in (1, 2)])
    upcoming = next(rounds, None)
    for recipient, minute in zip(answering, minutes, strict=True):
        while upcoming is not None and upcoming <= minute:
            _round(past, start + timedelta(minutes=upcoming))
            upcoming = next(rounds, None)
        _acknowledge(past, recipient, start + timedelta(minutes=minute), random)
    while upcoming is not None:
        _round(past, start + timedelta(minutes=upcoming))
        upcoming = next(rounds, None)
    assert len(quiet) == silent


def _acknowledge(past, recipient: Recipient, at: datetime, random: Random) -> None:
    officer: Officer = recipient.officer
    caller = past.caller(officer, at)
    warning.note_opening(caller.at(at - timedelta(seconds=40)), recipient)
    warning.acknowledge(caller, recipient)
    if random.random() < 0.6:
        later = caller.at(min(at + timedelta(minutes=random.randrange(20, 90)), past.now))
        warning.report_back(later, recipient, random.choice(REPORTS))


def _round(past, at: datetime) -> None:
    """What the worker does at this moment."""
    caller = past.program(at)
    escalate(caller)
    with Carrier() as carrier:
        while claimed := claim(caller):
            settle(caller, claimed, carrier.send(claimed))
