"""Heights above the sea: which there are, and reading them from a table's cell."""

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _

from fenghuo.core.access import RuleBroken

from .table import number_in

LOWEST, HIGHEST = -430.0, 8850.0
"""Metres above the sea: between the shore of the Dead Sea and the top of Qomolangma."""


def check(value: float | None) -> None:
    """Raise RuleBroken for metres that no place on earth lies at; None, not known, is fine."""
    if value is not None and not (math.isfinite(value) and LOWEST <= value <= HIGHEST):
        raise RuleBroken(
            _("An elevation goes from %(low)g to %(high)g metres.") % {"low": LOWEST, "high": HIGHEST},
            "elevation",
        )


def metres(row: Mapping[str, str], column: str) -> float | None:
    """Return the metres in a row's column, None where it is empty; RuleBroken names the column and the rule."""
    value = number_in(row, column)
    if value is not None and not LOWEST <= value <= HIGHEST:
        raise RuleBroken(
            _("column %(column)s: “%(value)s” is not a height from %(low)g to %(high)g metres.")
            % {"column": column, "value": row[column].strip(), "low": LOWEST, "high": HIGHEST},
            column,
        )
    return value
