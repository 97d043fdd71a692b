"""The score tables of LY/T 1172-1995 as data: which row a value stands in, and what it scores."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from fenghuo.core.danger.finding import Text

FACTORS = ("temperature", "humidity", "rain", "wind", "cover")
"""The five factors A to E, in the order of the formula."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A factor that is looked up in rows: `upper` bounds (included, in `unit`) and one score more."""

    key: str
    name: Text
    unit: str
    precision: float
    upper: tuple[float, ...]
    scores: tuple[int, ...]
    provenance: str
    source: Text

    @property
    def cuts(self) -> tuple[float, ...]:
        """Where the next row begins: half a unit of record above each bound, which rounds half up."""
        return _cuts(self.upper, self.precision)

    def row(self, value: float) -> int:
        """Return the row, counted from 0, of a value in the table's unit."""
        return bisect_right(self.cuts, value)

    def score(self, value: float) -> int:
        """Return the score of a value in the table's unit."""
        return self.scores[self.row(value)]


@dataclass(frozen=True, slots=True)
class RainRow:
    """Rain up to `upper` [mm, included]: base + per_day for each day since, after the first `free_days`."""

    upper: float
    base: int
    per_day: int
    free_days: int


@dataclass(frozen=True, slots=True)
class RainTable:
    """The factor of rain and the days since it; `none` where no rain of `least` fell `within_days` days."""

    name: Text
    precision: float
    least: float
    within_days: int
    none: int
    most: int
    rows: tuple[RainRow, ...]
    provenance: str
    source: Text

    @property
    def cuts(self) -> tuple[float, ...]:
        """Where rain begins to count, then where each row after the first begins [mm], rounded half up."""
        return _rain_cuts(self.least, tuple(row.upper for row in self.rows[:-1]), self.precision)

    def row(self, amount: float) -> int | None:
        """Return the row, counted from 0, of a day's rain [mm]; None where it is too little to count."""
        found = bisect_right(self.cuts, amount)
        return None if found == 0 else found - 1

    def score(self, row: int | None, days: int) -> int:
        """Return the score of a rain of a row, `days` days after it."""
        if row is None or days > self.within_days:
            return self.none
        rain = self.rows[row]
        return min(rain.base + rain.per_day * max(days - rain.free_days, 0), self.most)


@dataclass(frozen=True, slots=True)
class Cover:
    """A category of green fuel or snow: least share [%] of either, and what is taken off the sum."""

    key: str
    name: Text
    green: float
    snow: float
    score: int


@dataclass(frozen=True, slots=True)
class CoverTable:
    """The categories of green fuel or snow, from none to full."""

    name: Text
    categories: tuple[Cover, ...]
    provenance: str
    source: Text

    def index(self, key: str) -> int:
        """Return the place of a category; raises KeyError that lists the keys there are."""
        keys = [category.key for category in self.categories]
        if key not in keys:
            raise KeyError(f"no category of cover named {key!r}; there are {', '.join(keys)}")
        return keys.index(key)

    def of_shares(self, green: float = 0.0, snow: float = 0.0) -> str:
        """Return the category of a share of green fuel and of snow cover [%]: the higher of the two.

        The table prints single shares; a share between two of them belongs to the lower one, as its last
        row (90 % of snow *and more*) shows.
        """
        if not (0.0 <= green <= 100.0 and 0.0 <= snow <= 100.0):
            raise ValueError(f"shares of {green!r} and {snow!r} %: use 0 to 100")
        return [c.key for c in self.categories if green >= c.green or snow >= c.snow][-1]


@dataclass(frozen=True, slots=True)
class Table:
    """All the numbers of one rating after LY/T 1172-1995, each factor with its source."""

    key: str
    name: Text
    source: Text
    temperature: Steps
    humidity: Steps
    rain: RainTable
    wind: Steps
    cover: CoverTable
    class_upper: tuple[float, ...]
    class_provenance: str
    class_source: Text

    def rating(self, htz: float) -> int:
        """Return the class 1 to 5 of a sum; a class ends at its bound, itself included."""
        return 1 + sum(htz > upper for upper in self.class_upper)

    @property
    def provenance(self) -> Mapping[str, str]:
        """How sure the numbers of each factor, and of `classes`, are."""
        return {key: getattr(self, key).provenance for key in FACTORS} | {"classes": self.class_provenance}


@cache
def _rain_cuts(least: float, upper: tuple[float, ...], precision: float) -> tuple[float, ...]:
    return (float(Decimal(str(least)) - Decimal(str(precision)) / 2), *_cuts(upper, precision))


@cache
def _cuts(upper: tuple[float, ...], precision: float) -> tuple[float, ...]:
    # In decimals, because 20.1 + 0.05 in binary is not the number that a reader of the table means.
    half = Decimal(str(precision)) / 2
    return tuple(float(Decimal(str(bound)) + half) for bound in upper)
