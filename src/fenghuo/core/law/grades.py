"""The grade of an accident (Order 493, Art. 3) or of a forest fire (Order 541, Art. 40).

Both articles say of themselves that 以上 includes its number and 以下 excludes it, so each threshold below
belongs to the higher grade. One criterion suffices, and the highest grade reached holds.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from .clause import ORDER_493, ORDER_541, Clause

Quantity = int | float | Decimal


class Level(IntEnum):
    ORDINARY = 1
    FAIRLY_SERIOUS = 2
    MAJOR = 3
    EXTRAORDINARILY_SERIOUS = 4


_NAMES_ZH = ("一般", "较大", "重大", "特别重大")
_NAMES_EN = ("ordinary", "fairly serious", "major", "extraordinarily serious")

# Where fairly serious, major and extraordinarily serious begin.
_DEATHS = (3, 10, 30)
_SERIOUS_INJURIES = (10, 50, 100)
_LOSS_YUAN = (10_000_000, 50_000_000, 100_000_000)
# A fire of exactly one hectare is already fairly serious: the article's last sentence excludes the number
# from "1公顷以下" and includes it in "1公顷以上".
_AREA_HA = (1, 100, 1000)


@dataclass(frozen=True)
class Grade:
    """A statutory grade; `decided_by` names the criteria that reached it, none for an ordinary one."""

    level: Level
    name_zh: str
    name_en: str
    clause: Clause
    decided_by: tuple[str, ...]


def accident_grade(
    *, deaths: int | None = None, serious_injuries: int | None = None, loss_yuan: Quantity | None = None
) -> Grade:
    """Grade of a work-safety accident; serious injuries include acute industrial poisoning.

    Deaths and injuries are persons, the direct loss is in yuan; None is not known yet and decides nothing.
    A negative or fractional count of persons is a ValueError.
    """
    return _grade(
        ORDER_493.article(3),
        "生产安全事故",
        "work-safety accident",
        deaths=(_persons("deaths", deaths), _DEATHS),
        serious_injuries=(_persons("serious_injuries", serious_injuries), _SERIOUS_INJURIES),
        loss_yuan=(loss_yuan, _LOSS_YUAN),
    )


def forest_fire_grade(
    *, area_ha: Quantity | None = None, deaths: int | None = None, serious_injuries: int | None = None
) -> Grade:
    """Grade of a forest fire from its damaged forest area in hectares, its deaths and serious injuries.

    Other forest land burning without damaged forest is an ordinary fire (area 0). None is not known yet and
    decides nothing; a negative or fractional count of persons is a ValueError.
    """
    return _grade(
        ORDER_541.article(40),
        "森林火灾",
        "forest fire",
        area_ha=(area_ha, _AREA_HA),
        deaths=(_persons("deaths", deaths), _DEATHS),
        serious_injuries=(_persons("serious_injuries", serious_injuries), _SERIOUS_INJURIES),
    )


def _persons(criterion: str, count: int | None) -> int | None:
    if count is not None and count != int(count):
        raise ValueError(f"{criterion} counts persons, so {count} is not possible")
    return count


def _grade(
    clause: Clause, event_zh: str, event_en: str, **criteria: tuple[Quantity | None, tuple[int, ...]]
) -> Grade:
    reached = {}
    for criterion, (value, thresholds) in criteria.items():
        if value is None:
            continue
        if not value >= 0:  # "value < 0" would let NaN through
            raise ValueError(f"{criterion} cannot be {value}: it is a number from 0 up")
        reached[criterion] = 1 + sum(value >= threshold for threshold in thresholds)
    level = Level(max(reached.values(), default=1))
    decided_by = tuple(name for name, at in reached.items() if at == level) if level > 1 else ()
    return Grade(
        level,
        _NAMES_ZH[level - 1] + event_zh,
        f"{_NAMES_EN[level - 1]} {event_en}",
        clause,
        decided_by,
    )
