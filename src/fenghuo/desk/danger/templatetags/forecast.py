"""How an error of a forecast is written: with its sign."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def signed(value: float | None, places: int = 1) -> str:
    """`+0.7`, `−1.2`, and `0.0` for what rounds to nothing; a dash for None."""
    if value is None:
        return "—"
    rounded = round(value, places)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + number_format(abs(rounded), places)
