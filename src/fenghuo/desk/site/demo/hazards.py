"""The demo's hazards: found, fixed, checked by another; some still open, one overdue."""

from datetime import date, datetime, timedelta
from random import Random

from fenghuo.core.access import Role
from fenghuo.desk.inspection import commands as inspection
from fenghuo.desk.inspection.models import Hazard
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Site

from .pictures import picture
from .timeline import Timeline

FOUND = {
    "school": "教学楼后墙根堆放枯枝和纸箱，未清理。",
    "enterprise": "厂房外 10 米内堆放秸秆，灭火器压力不足。",
    "petrol_station": "消防通道被货物占用。",
    "scenic": "步道两侧干草未割，无禁火标志。",
    "power": "配电箱周围杂草高过 50 厘米。",
    "lodging": "厨房排烟管直通柴草棚，无隔热。",
    "warehouse": "仓库门口堆放纸箱，通道不足 1 米。",
    "shop": "店内灭火器过期。",
    "checkpoint": "检查站无人登记进山车辆。",
    "forest_block": "林缘防火隔离带内有枯草和垃圾。",
    "village_hall": "档案室电线老化裸露。",
}
RULES = {"school": "《森林防火条例》第二十六条", "forest_block": "《森林防火条例》第二十七条"}


COUNT, DAYS = 18, 27
NEVER_FIXED, NEVER_CHECKED, REFUSED_ONCE = 6, 12, 4


def plan(past: Timeline, first: date, random: Random) -> None:
    """Plan the month's finds, at sites whose unit has somebody to fix them; the last ones are still open."""
    fixers = {officer.unit_id: officer for officer in past.made.people[Role.RESPONSIBLE]}
    sites = [site for site in past.made.sites if site.unit_id in fixers]
    for number in range(COUNT):
        day = first + timedelta(days=2 + number * DAYS // COUNT)
        site = sites[number % len(sites)]
        fixed = timedelta(days=random.randrange(1, 5), hours=2)
        checked = fixed + timedelta(days=random.randrange(1, 3), hours=1)
        course = _Course(past, number, site, fixers[site.unit_id], fixed, checked)
        past.plan(past.at(day, 9 + number % 7, 15), course.find)


class _Course:
    """One hazard from its find to its closure, each act planning the next."""

    def __init__(
        self, past: Timeline, number: int, site: Site, fixer: Officer, fixed: timedelta, checked: timedelta
    ):
        self.past, self.number, self.site, self.fixer = past, number, site, fixer
        self.fixed, self.checked = fixed, checked
        self.hazard: Hazard | None = None

    def find(self, at: datetime) -> None:
        self.hazard = inspection.find(
            self.past.caller(self.past.person(Role.INSPECTOR, self.number), at),
            site=self.site,
            description=FOUND[self.site.kind],
            grade="general",
            rule=RULES.get(self.site.kind, ""),
            deadline=at + timedelta(days=7),
            pictures=[picture(self.number, fixed=False)],
        )
        if self.number == NEVER_FIXED:
            return
        self.past.plan(at + self.fixed, self.fix)
        if self.number == REFUSED_ONCE:
            self.past.plan(at + self.fixed + timedelta(hours=2), self.refuse)
            self.past.plan(at + self.fixed + timedelta(hours=6), self.fix)
        if self.number != NEVER_CHECKED:
            self.past.plan(at + self.checked, self.close)

    def fix(self, at: datetime) -> None:
        inspection.rectify(
            self.past.caller(self.fixer, at),
            self.hazard,
            note="已清理完毕，现场已拍照。",
            pictures=[picture(self.number, fixed=True)],
        )

    def refuse(self, at: datetime) -> None:
        inspection.verify(self._checker(at), self.hazard, passed=False, note="墙角仍有残留，请继续清理。")

    def close(self, at: datetime) -> None:
        inspection.verify(self._checker(at), self.hazard, passed=True, note="现场复查，已整改到位。")

    def _checker(self, at: datetime):
        return self.past.caller(self.past.person(Role.INSPECTOR, self.number + 1), at)
