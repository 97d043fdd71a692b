"""One accepted row of a station's record: what readers of files give and daily weather is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Observation:
    """One accepted row: temperature and dew point °C, humidity %, wind km/h, rain mm; None where missing.

    `local` and `utc` are the same moment, both aware. `daily` rows hold noon values and 24-hour rain.
    `row` is the line in the file.
    """

    station: str
    local: datetime
    utc: datetime
    daily: bool
    temperature: float | None
    humidity: float | None
    dew_point: float | None
    wind: float | None
    rain: float | None
    row: int
