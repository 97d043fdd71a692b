"""The demo's hazards: found, fixed, checked by another; some still open, one overdue."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fenghuo.core.access import Role
from fenghuo.desk.inspection import commands as inspection
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Site

from .pictures import picture
from .township import Township

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


@dataclass(frozen=True)
class Plan:
    """One hazard's course, in days after it was found; None where it has not come that far."""

    number: int
    site: Site
    grade: str
    term: int
    fixed_after: int | None
    checked_after: int | None
    refused_once: bool = False


def schedule(made: Township, random: Random, days: int) -> dict[int, list[Plan]]:
    """Day of the month → what is found on it. Only at sites whose unit has somebody to fix it."""
    fixers = {officer.unit_id for officer in made.people[Role.RESPONSIBLE]}
    sites = [site for site in made.sites if site.unit_id in fixers]
    found: dict[int, list[Plan]] = {}
    for number in range(18):
        day = 2 + number * (days - 3) // 18
        age = days - day
        site = sites[number % len(sites)]
        fixed = random.randrange(1, 5)
        checked = fixed + random.randrange(1, 3)
        overdue = number == 6
        plan = Plan(
            number,
            site,
            "general",
            7,
            None if overdue or fixed >= age else fixed,
            None if overdue or checked >= age or number == 12 else checked,
            refused_once=number == 4,
        )
        found.setdefault(day, []).append(plan)
    return found


def of_day(past, day: date, plans: list[Plan]) -> None:
    """Carry out what this day's finds lead to, each act at its own moment."""
    for plan in plans:
        at = past.at(day, 9 + plan.number % 7, 15)
        if at >= past.now:
            continue
        inspector = past.person(Role.INSPECTOR, plan.number)
        hazard = inspection.find(
            past.caller(inspector, at),
            site=plan.site,
            description=FOUND[plan.site.kind],
            grade=plan.grade,
            rule=RULES.get(plan.site.kind, ""),
            deadline=at + timedelta(days=plan.term),
            pictures=[picture(plan.number, fixed=False)],
        )
        if plan.fixed_after is None:
            continue
        fixer = _fixer(past, plan.site)
        fixed_at = at + timedelta(days=plan.fixed_after, hours=2)
        inspection.rectify(
            past.caller(fixer, fixed_at),
            hazard,
            note="已清理完毕，现场已拍照。",
            pictures=[picture(plan.number, fixed=True)],
        )
        if plan.checked_after is None:
            continue
        checked_at = at + timedelta(days=plan.checked_after, hours=3)
        other = past.person(Role.INSPECTOR, plan.number + 1)
        if plan.refused_once:
            inspection.verify(
                past.caller(other, fixed_at + timedelta(hours=4)),
                hazard,
                passed=False,
                note="墙角仍有残留，请继续清理。",
            )
            inspection.rectify(
                past.caller(fixer, fixed_at + timedelta(hours=8)),
                hazard,
                note="墙角已清理。",
                pictures=[picture(plan.number + 50, fixed=True)],
            )
        inspection.verify(past.caller(other, checked_at), hazard, passed=True, note="现场复查，已整改到位。")


def _fixer(past, site: Site) -> Officer:
    return next(officer for officer in past.made.people[Role.RESPONSIBLE] if officer.unit_id == site.unit_id)
