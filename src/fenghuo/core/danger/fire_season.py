"""When the codes of a place run: the whole year, or from a start-up in spring to a shut-down in autumn.

Rules (thresholds are parameters; the defaults are those of the sources):

- `YEAR_ROUND`: the codes never stop. What a place without a closed winter uses, most of China among them.
- `temperature` (Wotton & Flannigan 1993): runs from the day after `start_days` days in a row with a noon
  temperature above 12 °C to the day after `end_days` days in a row below 5 °C.
- `snow` (Lawson & Armitage 2008): runs from the third day in a row without snow on the ground, that day
  included, until snow lies or `end_days` days in a row, today included, were below 5 °C.
- `given`: the caller says for each day whether the season runs (`active`).

Outside the season there are no codes (NaN). A start-up begins from the start values; from an overwintered
drought code where `Overwintering` is asked for; from values raised by the length of a dry spell where
`DryStart` is asked for. With both, winter decides the DC and the dry spell the DMC: each code then always has a
value to start from, so no season is lost to a missing number. A first season, before which no autumn is known,
starts from the start value. A day without a temperature neither continues nor breaks a row of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["year-round", "temperature", "snow", "given"]
KINDS: tuple[Kind, ...] = ("year-round", "temperature", "snow", "given")


@dataclass(frozen=True, slots=True)
class SeasonRule:
    """Start-up and shut-down: temperatures [°C], numbers of days in a row, depth that counts as snow [m]."""

    kind: Kind = "year-round"
    start_temperature: float = 12.0
    start_days: int = 3
    end_temperature: float = 5.0
    end_days: int = 3
    snow_depth: float = 0.01

    def __post_init__(self) -> None:
        """Refuse a rule that could never start or that starts and ends at once."""
        if self.kind not in KINDS:
            raise ValueError(f"season {self.kind!r}: use one of {', '.join(KINDS)}")
        if self.start_days < 1 or self.end_days < 1:
            raise ValueError("start_days and end_days are at least 1")
        if self.kind == "temperature" and self.end_temperature >= self.start_temperature:
            raise ValueError("the temperature that ends a season must lie below the one that starts it")


YEAR_ROUND = SeasonRule()
TEMPERATURE = SeasonRule("temperature")
SNOW = SeasonRule("snow")
GIVEN = SeasonRule("given")


@dataclass(frozen=True, slots=True)
class DryStart:
    """Raises the start values by a step for every day in a row without real rain before the start-up.

    `dmc_per_day` and `dc_per_day` [1/d] are added to the start values for each day whose rain did not exceed
    `wet_day` [mm]. Practice of the Canadian Forest Service as xclim and GFWED document it.
    """

    dmc_per_day: float = 2.0
    dc_per_day: float = 5.0
    wet_day: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a step that would moisten a dry spring."""
        if self.dmc_per_day < 0.0 or self.dc_per_day < 0.0 or self.wet_day < 0.0:
            raise ValueError("dmc_per_day, dc_per_day and wet_day must not be negative")
