"""What the law fixes: grades of accidents and fires, and the clocks of reports, each with its clause."""

from .clause import ORDER_493, ORDER_541, Clause
from .clocks import (
    Deadline,
    EventKind,
    Punctuality,
    first_report_due,
    follow_up_due,
    pass_on_due,
    punctuality,
)
from .grades import Grade, Level, accident_grade, forest_fire_grade

__all__ = [
    "ORDER_493",
    "ORDER_541",
    "Clause",
    "Deadline",
    "EventKind",
    "Grade",
    "Level",
    "Punctuality",
    "accident_grade",
    "first_report_due",
    "follow_up_due",
    "forest_fire_grade",
    "pass_on_due",
    "punctuality",
]
