"""The physical limits outside which a weather value is refused instead of being computed with."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fenghuo.core.danger.finding import Text


@dataclass(frozen=True, slots=True)
class Bound:
    """Lowest and highest value taken for a quantity, both included, with its unit and its names."""

    rule: str
    low: float
    high: float
    unit: str
    name: Text

    def holds(self, value: float) -> bool:
        """True where the value lies within the limits; NaN and infinities never do."""
        return self.low <= value <= self.high

    def message(self, value: float) -> Text:
        """Return the sentence that says what was found and what is taken."""
        return Text(
            f"{self.name.en} {value:g} {self.unit} is outside {self.low:g} to {self.high:g} {self.unit}.",
            f"{self.name.zh} {value:g} {self.unit}，不在 {self.low:g} 至 {self.high:g} {self.unit} 。",
        )


# Temperature: the coldest air on record is -89.2 °C (World Meteorological Organization, Vostok, 1983).
# Wind: 150 km/h is hurricane force (Beaufort 12 begins at 118 km/h); above it the FWI is meaningless
# (200 km/h gives an FWI of 2,512), so a value that high is a wrong unit or a broken sensor.
# Rain: 1,825 mm is the record for 24 hours (World Meteorological Organization, Foc-Foc, 1966).
BOUNDS: dict[str, Bound] = {
    "temperature": Bound("impossible-temperature", -90.0, 60.0, "°C", Text("Temperature", "气温")),
    "humidity": Bound("impossible-humidity", 0.0, 100.0, "%", Text("Relative humidity", "相对湿度")),
    "dew_point": Bound("impossible-dew-point", -80.0, 40.0, "°C", Text("Dew point", "露点")),
    "wind": Bound("impossible-wind", 0.0, 150.0, "km/h", Text("Wind speed", "风速")),
    "rain": Bound("impossible-rain", 0.0, 1825.0, "mm", Text("Rain", "降水量")),
}


class ImpossibleWeather(ValueError):
    """A value that weather cannot have; `rule`, `quantity` and `value` name it, `message` says so twice."""

    def __init__(self, rule: str, quantity: str, value: float, message: Text) -> None:
        super().__init__(f"{rule}: {message.en}")
        self.rule = rule
        self.quantity = quantity
        self.value = value
        self.message = message


def require(quantity: str, value: float) -> None:
    """Raise `ImpossibleWeather` unless `value` (in the bound's unit) is physically possible."""
    bound = BOUNDS[quantity]
    if not math.isfinite(value) or not bound.holds(value):
        raise ImpossibleWeather(bound.rule, quantity, value, bound.message(value))
