"""Figures: a fact over a period and an area, with the records that make its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from fenghuo.core.access import Caller, NotAllowed, NotFound
from fenghuo.desk.gather import Fact, Period, Record, register

Value = float | int | str | None


@dataclass(frozen=True)
class Figure:
    """One number of a summary. `value` is made of `records` and of nothing else."""

    key: str
    title: str
    sentence: str
    unit: str
    value: Value
    records: Sequence[Record]

    @property
    def number(self) -> str:
        """The value as it is read, a dash where there is nothing to make one of."""
        if self.value is None:
            return "—"
        if isinstance(self.value, float):
            return f"{self.value:.1f}".removesuffix(".0")
        return str(self.value)

    @property
    def counts(self) -> bool:
        """Whether the number is how many records there are."""
        return self.value == len(self.records)

    @property
    def measure(self) -> str:
        """The unit to stand beside the number. None beside a dash, nor an English plural beside 1."""
        return "" if self.value is None or (self.value == 1 and get_language() == "en") else self.unit

    @property
    def text(self) -> str:
        """The number with its unit: `12天`, `12 days`."""
        space = " " if self.measure and get_language() == "en" else ""
        return f"{self.number}{space}{self.measure}"


def plain(value: object) -> Value:
    """A value that JSON keeps as it is."""
    return value if value is None or isinstance(value, int | float) else str(value)


def figure_of(fact: Fact, caller: Caller, period: Period, area: str) -> Figure:
    """The fact drawn now, as the caller sees it."""
    records = fact.records(caller, period, area)
    return Figure(
        fact.key, str(fact.title), str(fact.sentence), str(fact.unit), plain(fact.value(records)), records
    )


def figures(caller: Caller, period: Period, area: str) -> list[Figure]:
    """Every registered figure for the period and the area coded `area`, in order.

    A figure that the caller's role may not read is left out. NotAllowed for an area out of sight.
    """
    caller.must("summary.read", area)
    drawn = []
    for fact in register.facts():
        try:
            drawn.append(figure_of(fact, caller, period, area))
        except NotAllowed:
            continue
    return drawn


def figure(caller: Caller, key: str, period: Period, area: str) -> Figure:
    """One figure by its key; NotFound where no app offers it."""
    caller.must("summary.read", area)
    fact = register.fact_named(key)
    if fact is None:
        raise NotFound(f"fact {key}")
    return figure_of(fact, caller, period, area)
