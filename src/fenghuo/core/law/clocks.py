"""The clocks of accident reports (Order 493): first report, passing on, later changes, and what is late.

Times are aware; every `due` is in UTC. Hours run from the moment; days are whole days of the desk's zone, of
which the first is not counted and the last ends at midnight (Civil Code, Arts. 201 and 203; that the last
day may move off a holiday is left aside, so that the clock is never too generous).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from .clause import ORDER_493, Clause

BEIJING = ZoneInfo("Asia/Shanghai")


class EventKind(StrEnum):
    WORK_SAFETY = "work_safety"
    ROAD_TRAFFIC = "road_traffic"
    FIRE = "fire"


class Punctuality(StrEnum):
    RUNNING = "running"  # not reported, still in time
    IN_TIME = "in_time"  # 按时
    OVERDUE = "overdue"  # not reported, too late already
    LATE = "late"  # 迟报


@dataclass(frozen=True)
class Deadline:
    """A moment by which the law wants something done. Done at that very moment is in time."""

    due: datetime
    clause: Clause
    text_zh: str
    text_en: str

    def remaining(self, now: datetime) -> timedelta:
        """Time left; negative when the deadline has passed."""
        return self.due - _moment(now)

    def late_by(self, done_at: datetime) -> timedelta:
        """How much too late something done at that moment is; zero when it is in time."""
        return max(-self.remaining(done_at), timedelta(0))


def first_report_due(known_at: datetime) -> Deadline:
    """Art. 9: the head of the unit, once told, reports to the county or above within one hour."""
    return Deadline(
        _moment(known_at) + timedelta(hours=1),
        ORDER_493.article(9),
        "单位负责人接到报告后1小时内，向县级以上主管部门报出首报",
        "First report to the county or above within 1 hour of the head of the unit being told",
    )


def pass_on_due(received_at: datetime) -> Deadline:
    """Art. 11: each level passes a report on to the next within two hours of receiving it."""
    return Deadline(
        _moment(received_at) + timedelta(hours=2),
        ORDER_493.article(11),
        "收到报告后2小时内向上一级报出",
        "Passed on to the next level within 2 hours of receipt",
    )


def follow_up_due(occurred_at: datetime, kind: EventKind, zone: tzinfo = BEIJING) -> Deadline:
    """Art. 13: changed casualties are added within 30 days of the event, 7 for road traffic and fire."""
    days = 30 if kind is EventKind.WORK_SAFETY else 7
    last_day = _moment(occurred_at).astimezone(zone).date() + timedelta(days=days)
    midnight = datetime.combine(last_day + timedelta(days=1), time(0), tzinfo=zone)
    return Deadline(
        midnight.astimezone(UTC),
        ORDER_493.article(13),
        f"事发之日起{days}日内伤亡人数有变化的，及时续报",
        f"Changes in casualties added within {days} days of the event",
    )


def punctuality(deadline: Deadline, reported_at: datetime | None, now: datetime) -> Punctuality:
    """Where a report stands against its deadline, reported or not."""
    if reported_at is None:
        return Punctuality.OVERDUE if deadline.late_by(now) else Punctuality.RUNNING
    return Punctuality.LATE if deadline.late_by(reported_at) else Punctuality.IN_TIME


def _moment(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone: the law's clocks run on moments, not on wall times")
    return at.astimezone(UTC)
