"""The demo's warnings: drafted by the threshold, signed, sent, answered; some answers late, some never."""

from datetime import date, datetime, timedelta
from random import Random

from fenghuo.core.access import Role
from fenghuo.desk.warning import commands as warning
from fenghuo.desk.warning.escalation import LAST_STEP, escalate
from fenghuo.desk.warning.models import Recipient, Warning
from fenghuo.desk.warning.sender import Carrier, claim, settle

from .timeline import Timeline

REPORTS = (
    "已安排 2 组护林员巡山，未见火源。",
    "进山路口设卡 3 处，登记车辆 11 台。",
    "大喇叭播放 4 遍，路边干草已清理。",
    "已逐户提醒，今日无野外用火。",
)
APART = timedelta(days=3)
"""The threshold's drafts are issued once in so many days; the others are withdrawn."""


def plan(past: Timeline, day: date, random: Random, *, before_today: int) -> None:
    """What the desk does with this day's draft, `before_today` days before now. Today's waits for the visitor."""
    if before_today > 1:
        past.plan(past.at(day, 13, 20), lambda at: _decide(past, random, at))
    elif before_today == 1:
        past.plan(past.at(day, 16), lambda at: _windy_night(past, random, at))
    else:
        # Once today's noon has made its own draft, yesterday's is out of date.
        past.plan(past.at(day, 13, 0), lambda at: _withdraw(past, at))


def _drafts() -> list[Warning]:
    return list(Warning.objects.filter(state=Warning.State.DRAFT, source="threshold").order_by("pk"))


def _decide(past: Timeline, random: Random, at: datetime) -> None:
    last = Warning.objects.filter(state__in=Warning.OUT).order_by("-issued_at").first()
    if last is not None and at - last.issued_at < APART:
        _withdraw(past, at)
        return
    for draft in _drafts():
        _sign(past, draft, at, random, silent=random.randrange(3))


def _withdraw(past: Timeline, at: datetime) -> None:
    for draft in _drafts():
        warning.withdraw(past.caller(past.person(Role.DUTY), at), draft)


def _windy_night(past: Timeline, random: Random, at: datetime) -> None:
    """The evening before: an officer's own yellow warning for every village, in force still."""
    draft = warning.draft(
        past.caller(past.person(Role.DUTY), at),
        areas=past.made.villages,
        level="yellow",
        valid_hours=48,
        cause="县气象台预报：夜间风力 5 到 6 级",
        cause_en="County weather office: force 5 to 6 winds overnight",
    )
    _sign(past, draft, at, random, silent=3)


def _sign(past: Timeline, draft: Warning, at: datetime, random: Random, *, silent: int) -> None:
    duty, leader = past.person(Role.DUTY), past.person(Role.LEADER)
    minutes = timedelta(minutes=1)
    past.plan(at + 2 * minutes, lambda then: warning.submit(past.caller(duty, then), draft))
    past.plan(at + 14 * minutes, lambda then: warning.approve(past.caller(leader, then), draft))

    def issue(then: datetime) -> None:
        issued = warning.issue(past.caller(duty, then), draft)
        _plan_answers(past, issued, random, silent)

    past.plan(at + 20 * minutes, issue)


def _plan_answers(past: Timeline, issued: Warning, random: Random, silent: int) -> None:
    """Plan the worker's rounds and the contacts' answers; the last `silent` of them never answer."""
    start = issued.issued_at
    for minutes in (0.3, *(issued.answer_minutes * step + 0.5 for step in range(1, LAST_STEP + 1))):
        past.plan(start + timedelta(minutes=minutes), lambda at: _round(past, at))
    recipients = list(issued.recipients.select_related("officer__area", "unit__area"))
    random.shuffle(recipients)
    for recipient in recipients[silent:]:
        minutes = 2 + min(random.expovariate(3 / issued.answer_minutes), 170)
        past.plan(start + timedelta(minutes=minutes), lambda at, r=recipient: _answer(past, r, random, at))


def _answer(past: Timeline, recipient: Recipient, random: Random, at: datetime) -> None:
    caller = past.caller(recipient.officer, at)
    warning.note_opening(caller, recipient)
    past.plan(
        at + timedelta(seconds=25),
        lambda then: warning.acknowledge(past.caller(recipient.officer, then), recipient),
    )
    if random.random() < 0.6:
        text = random.choice(REPORTS)
        later = at + timedelta(minutes=random.randrange(20, 90))
        past.plan(
            later, lambda then: warning.report_back(past.caller(recipient.officer, then), recipient, text)
        )


def _round(past: Timeline, at: datetime) -> None:
    """What the worker does at this moment."""
    caller = past.program(at)
    escalate(caller)
    with Carrier() as carrier:
        while claimed := claim(caller):
            settle(caller, claimed, carrier.send(claimed))
