"""Turns the unit that a gridded file states into the factor and offset to °C, %, km/h, mm or m (pint, cf-xarray)."""

from __future__ import annotations

from functools import cache
from typing import Any

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io.grid_quantities import Quantity, data
from fenghuo.core.danger.io.unreadable import UnreadableGrid

# What to write for each target unit.
EXAMPLES = {
    "degC": "K, degC, degF",
    "%": "%, 1",
    "km/h": "m s-1, km/h, knots",
    "mm": "mm, m, kg m-2, kg m-2 s-1",
    "m": "m, cm",
    "kg m-3": "kg m-3",
}
WATER = 1000.0  # kg m-3: one kilogram of water on a square metre stands one millimetre deep


@cache
def _registry() -> Any:
    from cf_xarray.units import units

    return units


def conversion(quantity: Quantity, variable: str, text: object, hours: float | None) -> tuple[float, float]:
    """Return (factor, offset) that carry values in unit `text` to `quantity.unit`.

    `hours` is the length of the period that a rate is the mean of; None where it is not known. Raises
    `UnreadableGrid` for a unit that is missing, unknown or of another dimension; nothing is guessed from values.
    """
    if not isinstance(text, str) or not text.strip():
        raise _unit_error("unit-missing", quantity, variable, "")
    unit = _spelling(quantity, text.strip())
    usual = data()["usual"][quantity.unit]
    if unit in usual:
        factor, offset = usual[unit]
        return factor, offset
    if quantity.key == "precipitation_amount" and unit in data()["usual_rates"]:
        return data()["usual_rates"][unit] * _known(hours, variable), 0.0
    try:
        return _looked_up(quantity, variable, unit, hours)
    except _Unfit as wrong:
        raise _unit_error(wrong.args[0], quantity, variable, text) from wrong.__cause__


class _Unfit(ValueError):
    """A unit that is none of the quantity, with the rule it breaks."""


def _spelling(quantity: Quantity, text: str) -> str:
    if quantity.unit == "degC":
        text = data()["spellings_of_temperature"].get(text, text)
    return data()["spellings"].get(text, text)


def _looked_up(quantity: Quantity, variable: str, text: str, hours: float | None) -> tuple[float, float]:
    """As `conversion`, from the unit registry; raises _Unfit."""
    unit = _parse(text)
    if unit is None:
        raise _Unfit("unit-unknown")
    import pint

    units = _registry()
    scale, bare = unit
    try:
        if quantity.key == "precipitation_amount":
            return scale * _rain(bare, units, hours, variable), 0.0
        zero = units.Quantity(0.0, bare).to(quantity.unit).magnitude
        one = units.Quantity(scale, bare).to(quantity.unit).magnitude
    except pint.errors.DimensionalityError as wrong:
        raise _Unfit("unit-unfit") from wrong
    return float(one - zero), float(zero)


def _parse(text: str) -> tuple[float, Any] | None:
    import pint

    units = _registry()
    for spelling in (text, text.lower()):
        # pint tells an unreadable text by whatever its parser stumbles over, assertions included.
        try:
            return 1.0, units.parse_units(spelling)
        except (pint.errors.PintError, ValueError, TypeError, AssertionError, AttributeError, KeyError):
            pass
        try:
            whole = units.parse_expression(spelling)
            return float(whole.magnitude), whole.units
        except (pint.errors.PintError, ValueError, TypeError, AssertionError, AttributeError, KeyError):
            pass
    return None


def _rain(unit: Any, units: Any, hours: float | None, variable: str) -> float:
    import pint

    depth, mass = units.meter, units.kilogram / units.meter**2
    for whole, to_mm in ((depth, 1000.0), (mass, 1000.0 / WATER)):
        if unit.dimensionality == whole.dimensionality:
            return float(units.Quantity(1.0, unit).to(whole).magnitude) * to_mm
        rate = whole / units.hour
        if unit.dimensionality == rate.dimensionality:
            return float(units.Quantity(1.0, unit).to(rate).magnitude) * to_mm * _known(hours, variable)
    raise pint.errors.DimensionalityError(unit, units.millimeter)


def _known(hours: float | None, variable: str) -> float:
    if hours is None:
        raise UnreadableGrid(
            "period-unknown",
            Text(
                f"Variable {variable!r} is a rate and nothing says how long a step lasts.",
                f"变量“{variable}”是降水率，但无法得知时间步长。",
            ),
            Text(
                "Give more than one time, or time bounds.",
                "请提供一个以上时次，或提供时间边界(time bounds)。",
            ),
        )
    return hours


def _unit_error(rule: str, quantity: Quantity, variable: str, text: object) -> UnreadableGrid:
    why = {
        "unit-missing": ("states no unit", "没有写明单位"),
        "unit-unknown": (f"has the unit {text!r}, which is not known", f"的单位“{text}”无法识别"),
        "unit-unfit": (
            f"has the unit {text!r}, which is none of {quantity.name.en}",
            f"的单位“{text}”不是{quantity.name.zh}的单位",
        ),
    }[rule]
    examples = EXAMPLES[quantity.unit]
    return UnreadableGrid(
        rule,
        Text(
            f"Variable {variable!r} ({quantity.name.en}) {why[0]}.",
            f"变量“{variable}”({quantity.name.zh}){why[1]}。",
        ),
        Text(
            f"Write its attribute units ({examples}), or state it when opening, for example "
            f"{variable}={examples.split(', ')[0]}.",
            f"请为该变量写上 units 属性({examples})，或在打开时指明，例如 {variable}={examples.split(', ')[0]}。",
        ),
    )
