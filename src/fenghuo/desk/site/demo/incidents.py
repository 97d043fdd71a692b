"""The demo's incidents: three that were filed, one of them late, and one whose clock is running."""

from datetime import date, datetime, timedelta

from fenghuo.core.access import Role
from fenghuo.desk.incident import commands as incident
from fenghuo.desk.incident.models import Incident

from .timeline import Timeline

FILED = {
    # days before today: (hour, village, kind, place, what, minutes until filed, how it ended)
    24: (
        14,
        2,
        "forest_fire",
        "白云村北坡",
        "北坡冒烟，面积约 0.2 公顷，护林员正在扑打。",
        24,
        "明火已扑灭，过火 0.2 公顷，无人员伤亡。",
    ),
    13: (
        9,
        6,
        "traffic",
        "黄土梁村口弯道",
        "货车侧翻，占用半幅路面，无人员受伤。",
        41,
        "车辆已拖离，道路恢复通行。",
    ),
    5: (
        19,
        0,
        "fire",
        "石门村果品加工厂外",
        "厂外堆放的纸箱起火，正在扑救。",
        83,
        "火已扑灭，直接损失约 6000 元。",
    ),
}
RUNNING = (1, "forest_fire", "青石岭村路边", "路边荒草冒烟，两名护林员已到场，暂未见明火。")


def plan(past: Timeline, day: date, *, before_today: int) -> None:
    """Plan what was reported and filed on this day."""
    if before_today in FILED:
        hour, village, kind, place, what, minutes, ended = FILED[before_today]
        past.plan(
            past.at(day, hour, 6), lambda at: _filed(past, at, village, kind, place, what, minutes, ended)
        )
    elif before_today == 0:
        past.plan(past.now - timedelta(minutes=19), lambda at: _report(past, at, *RUNNING))


def _filed(
    past: Timeline, at: datetime, village: int, kind: str, place: str, what: str, minutes: int, ended: str
) -> None:
    reported = _report(past, at, village, kind, place, what)
    desk = past.person(Role.DUTY)
    past.plan(
        at + timedelta(minutes=minutes),
        lambda then: incident.file(
            past.caller(desk, then), reported.first_report, means="phone", to="县应急值班室"
        ),
    )

    def finish(then: datetime) -> None:
        final = incident.finish(past.caller(desk, then), reported, text=ended)
        past.plan(
            then + timedelta(minutes=50),
            lambda later: incident.file(past.caller(desk, later), final, means="system", to="县应急值班室"),
        )

    past.plan(at + timedelta(hours=5), finish)


def _report(past: Timeline, at: datetime, village: int, kind: str, place: str, what: str) -> Incident:
    area = past.made.villages[village]
    contact = next(o for o in past.made.people[Role.CONTACT] if o.area_id == area.pk and o.rung == 1)
    return incident.report(past.caller(contact, at), area=area, kind=kind, what_happened=what, place=place)
