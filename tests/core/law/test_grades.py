"""Statutory grades at every boundary of Order 493 Art. 3 and Order 541 Art. 40."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.law import Level, accident_grade, forest_fire_grade

MILLION = 1_000_000
PERSONS = [
    ("deaths", 0, 1),
    ("deaths", 2, 1),
    ("deaths", 3, 2),
    ("deaths", 9, 2),
    ("deaths", 10, 3),
    ("deaths", 29, 3),
    ("deaths", 30, 4),
    ("serious_injuries", 0, 1),
    ("serious_injuries", 9, 1),
    ("serious_injuries", 10, 2),
    ("serious_injuries", 49, 2),
    ("serious_injuries", 50, 3),
    ("serious_injuries", 99, 3),
    ("serious_injuries", 100, 4),
]
LOSS = [
    ("loss_yuan", 0, 1),
    ("loss_yuan", Decimal("9999999.99"), 1),
    ("loss_yuan", 10 * MILLION, 2),
    ("loss_yuan", Decimal("49999999.99"), 2),
    ("loss_yuan", 50 * MILLION, 3),
    ("loss_yuan", Decimal("99999999.99"), 3),
    ("loss_yuan", 100 * MILLION, 4),
]
AREA = [
    ("area_ha", 0, 1),
    ("area_ha", 0.99, 1),
    ("area_ha", 1, 2),
    ("area_ha", 99.99, 2),
    ("area_ha", 100, 3),
    ("area_ha", 999.99, 3),
    ("area_ha", 1000, 4),
]


@pytest.mark.parametrize(("criterion", "value", "level"), PERSONS + LOSS)
def test_one_criterion_of_an_accident_decides_and_a_bound_belongs_to_the_higher_grade(
    criterion, value, level
):
    grade = accident_grade(**{criterion: value})
    assert grade.level == level
    assert grade.decided_by == ((criterion,) if level > 1 else ())


@pytest.mark.parametrize(("criterion", "value", "level"), PERSONS + AREA)
def test_one_criterion_of_a_fire_decides_and_a_bound_belongs_to_the_higher_grade(criterion, value, level):
    assert forest_fire_grade(**{criterion: value}).level == level


def test_a_grade_shows_its_name_and_clause_in_both_languages():
    accident = accident_grade(deaths=3, loss_yuan=12 * MILLION)
    assert accident.name_zh == "较大生产安全事故"
    assert accident.name_en == "fairly serious work-safety accident"
    assert accident.clause.zh == "《生产安全事故报告和调查处理条例》（国务院令第493号）第三条"
    assert accident.clause.en.endswith("(State Council Order 493), Art. 3")
    assert accident.decided_by == ("deaths", "loss_yuan")
    fire = forest_fire_grade(area_ha=1200)
    assert fire.name_zh == "特别重大森林火灾"
    assert fire.clause.zh == "《森林防火条例》（国务院令第541号）第四十条"


def test_an_event_of_which_nothing_is_known_yet_is_ordinary():
    assert accident_grade().level is Level.ORDINARY
    assert forest_fire_grade().level is Level.ORDINARY


@pytest.mark.parametrize(
    ("criterion", "value"), [("deaths", -1), ("deaths", 1.5), ("loss_yuan", float("nan"))]
)
def test_an_impossible_figure_is_refused_by_name(criterion, value):
    with pytest.raises(ValueError, match=criterion):
        accident_grade(**{criterion: value})


_count = st.none() | st.integers(0, 200)


@given(_count, _count, st.none() | st.decimals(0, 2 * 10**8, places=2))
def test_the_highest_grade_of_any_criterion_holds(deaths, injuries, loss):
    together = accident_grade(deaths=deaths, serious_injuries=injuries, loss_yuan=loss)
    each = (
        accident_grade(deaths=deaths),
        accident_grade(serious_injuries=injuries),
        accident_grade(loss_yuan=loss),
    )
    assert together.level == max(grade.level for grade in each)
