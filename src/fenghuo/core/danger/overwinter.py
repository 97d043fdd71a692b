"""Carries the drought code through a winter: what the deep layer kept of autumn and took up of winter's rain.

Lawson & Armitage (2008), *Weather Guide for the Canadian Forest Fire Danger Rating System*, Eqs. 2 to 4 and
Table 9, after Van Wagner (1985). The two fractions are a choice for each region and are named here as there:

- carry-over fraction *a*, the share of autumn's moisture still there in spring: 1.0 where the codes ran until
  November, lasting snow or freeze-up; 0.75 where they stopped earlier or warm winter winds bare the ground;
  0.5 where long dry spells of autumn and winter use the moisture up.
- wetting efficiency *b*, the share of the winter's precipitation that reaches the deep layer: 0.9 on poorly
  drained, deep organic ground; 0.75 on moderately drained ground; 0.5 where it freezes early and deep, drains
  fast or runs off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overwintering:
    """The fractions a and b [1] and the lowest drought code [1] that a spring starts from."""

    carry_over: float = 0.75
    wetting: float = 0.75
    minimum: float = 15.0

    def __post_init__(self) -> None:
        """Refuse fractions that are none."""
        for name in ("carry_over", "wetting"):
            value = getattr(self, name)
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"{name} {value!r}: a fraction lies between 0 and 1")
        if self.carry_over == 0.0 and self.wetting == 0.0:
            raise ValueError("carry_over and wetting are both 0: nothing is left to start the spring from")
        if not 0.0 <= self.minimum <= 1000.0:
            raise ValueError(f"minimum {self.minimum!r}: a drought code lies between 0 and 1000")


USUAL = Overwintering()


def spring_dc(autumn_dc: float, winter_rain: float, parameters: Overwintering = USUAL) -> float:
    """Return the drought code [1] to start the spring with.

    `autumn_dc` is the last code of the season before [1], `winter_rain` the precipitation from the day of
    shut-down to the eve of start-up [mm]. Raises ValueError for values that cannot be.
    """
    if not autumn_dc >= 0.0 or not winter_rain >= 0.0:
        raise ValueError(f"autumn DC {autumn_dc!r} and winter rain {winter_rain!r} mm must not be negative")
    autumn_moisture = 800.0 * math.exp(-autumn_dc / 400.0)  # Eq. 3
    winter_moisture = 3.94 * winter_rain
    spring_moisture = parameters.carry_over * autumn_moisture + parameters.wetting * winter_moisture  # Eq. 2
    # Moisture above 800 would be a code below zero; the minimum takes care of it.
    return max(400.0 * math.log(800.0 / max(spring_moisture, 1e-300)), parameters.minimum)  # Eq. 4
