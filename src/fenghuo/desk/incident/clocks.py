"""Which of the law's clocks runs for which report, and which grade the law gives an incident."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from fenghuo.core.law import (
    ORDER_493,
    ORDER_541,
    Clause,
    Deadline,
    EventKind,
    Grade,
    accident_grade,
    first_report_due,
    follow_up_due,
    forest_fire_grade,
    pass_on_due,
)

from .models import Incident, Report

_ACCIDENTS = {
    Incident.Kind.FIRE: EventKind.FIRE,
    Incident.Kind.WORK_ACCIDENT: EventKind.WORK_SAFETY,
    Incident.Kind.TRAFFIC: EventKind.ROAD_TRAFFIC,
}
"""The kinds that Order 493 grades. Floods, landslides and the rest have no grade in these two orders."""


def filing_deadline(report: Report) -> Deadline:
    """By when a report must be with the county: an hour from the moment the event is known for the first
    report (Art. 9), two hours from receipt for every later one (Art. 11)."""
    if report.kind == Report.Kind.FIRST:
        return first_report_due(report.incident.known_at)
    return pass_on_due(report.at)


def changes_deadline(incident: Incident) -> Deadline:
    """Until when changed casualties must be added (Art. 13)."""
    kind = EventKind.FIRE if incident.kind == Incident.Kind.FOREST_FIRE else None
    kind = kind or _ACCIDENTS.get(incident.kind, EventKind.WORK_SAFETY)
    return follow_up_due(incident.happened_at, kind, timezone.get_default_timezone())


def grade_of(kind: str, figures: Mapping[str, Any]) -> Grade | None:
    """The statutory grade of figures (FIGURES → number, text of a decimal, or None); None where no order has one.

    Other forest land burning makes an ordinary fire of one without damaged forest (Order 541, Art. 40).
    """
    people = {"deaths": figures["deaths"], "serious_injuries": figures["serious_injuries"]}
    if kind == Incident.Kind.FOREST_FIRE:
        return forest_fire_grade(area_ha=_decimal(figures["burned_area_ha"]), **people)
    if kind in _ACCIDENTS:
        return accident_grade(loss_yuan=_decimal(figures["direct_loss_yuan"]), **people)
    return None


def clause(found: Clause) -> str:
    """The clause in the reader's language."""
    return found.en if get_language() == "en" else found.zh


def short_clause(found: Clause) -> str:
    """The clause as a running clock names it: `Order 493, Art. 9`, `第493号令第九条`."""
    number = {ORDER_493: 493, ORDER_541: 541}[found.regulation]
    if get_language() == "en":
        return f"Order {number}, Art. {found.article}"
    return f"第{number}号令{found.zh.removeprefix(found.regulation.zh)}"


def words(deadline: Deadline) -> str:
    """What a deadline asks for, in the reader's language."""
    return deadline.text_en if get_language() == "en" else deadline.text_zh


def grade_name(grade: Grade) -> str:
    """The grade's name in the reader's language."""
    return grade.name_en if get_language() == "en" else grade.name_zh


def minutes_late(deadline: Deadline, at: datetime) -> int:
    """Whole minutes past the deadline; zero when in time, and at least one when it is not."""
    late = deadline.late_by(at).total_seconds()
    return -int(-late // 60)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
