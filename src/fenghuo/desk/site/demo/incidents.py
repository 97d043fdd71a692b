"""The demo's incidents: three that were filed, one of them late, and one whose clock is running."""

from datetime import date, timedelta

from fenghuo.core.access import Role
from fenghuo.desk.incident import commands as incident
from fenghuo.desk.places.models import Area

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


def of_day(past, day: date, before_today: int) -> None:
    """Report and file what happened on this day."""
    if before_today in FILED:
        hour, village, kind, place, what, minutes, ended = FILED[before_today]
        known = past.at(day, hour, 6)
        desk = past.person(Role.DUTY)
        reported = _report(past, known, past.made.villages[village], kind, place, what)
        incident.file(
            past.caller(desk, known + timedelta(minutes=minutes)),
            reported.first_report,
            means="phone",
            to="县应急值班室",
        )
        incident.finish(past.caller(desk, known + timedelta(hours=5)), reported, text=ended)
    elif before_today == 0:
        village, kind, place, what = RUNNING
        _report(past, past.now - timedelta(minutes=19), past.made.villages[village], kind, place, what)


def _report(past, at, area: Area, kind: str, place: str, what: str):
    contact = next(o for o in past.made.people[Role.CONTACT] if o.area_id == area.pk and o.rung == 1)
    return incident.report(past.caller(contact, at), area=area, kind=kind, what_happened=what, place=place)
