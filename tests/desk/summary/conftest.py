"""A register with nothing in it but what the test offers, over records that it keeps in a list."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from fenghuo.core.access import Caller
from fenghuo.desk.gather import Fact, Period, Record, register


@dataclass(frozen=True)
class Walk:
    """A record of the tests: somebody walked through a village at a moment."""

    number: int
    area: str
    at: datetime
    in_time: bool = True


class Walks:
    """What the tests' facts count."""

    def __init__(self):
        self.rows: list[Walk] = []

    def add(self, area: str, at: datetime, in_time: bool = True) -> Walk:
        self.rows.append(Walk(len(self.rows) + 1, area, at, in_time))
        return self.rows[-1]

    def records(self, caller: Caller, period: Period, area: str) -> list[Record]:
        return [
            Record(f"walk:{row.number}", f"Walk {row.number}", row.at, f"/walks/{row.number}/", row.area)
            for row in self.rows
            if period.start <= row.at < period.end and row.area.startswith(area) and caller.sees(row.area)
        ]

    def share(self, records: list[Record]) -> str | None:
        if not records:
            return None
        by_key = {f"walk:{row.number}": row for row in self.rows}
        return f"{100 * sum(by_key[record.key].in_time for record in records) // len(records)} %"


@pytest.fixture
def walks(monkeypatch) -> Walks:
    """Two figures, `walks` (a count) and `walks_in_time` (a share), in an otherwise empty register."""
    monkeypatch.setattr(register, "_facts", {})
    kept = Walks()
    register.fact(
        Fact("walks", "Walks", "Walks through a village in the period.", kept.records, unit="walks", order=1)
    )
    register.fact(
        Fact("walks_in_time", "In time", "Of those walks, how many in time.", kept.records, value=kept.share)
    )
    return kept
