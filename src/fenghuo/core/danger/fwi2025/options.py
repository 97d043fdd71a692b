"""The named choices of FWI2025: grass, its calendar, gaps, and the one place where its programs part ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Between = Literal["rests", "wets"]

# Percent of grass that is cured, every ten days from the day before green-up: `seasonal_curing` of cffdrs-ng,
# the yearly course in Canada's Boreal Plains. The last value holds for the rest of the year.
CURED = (
    *(96.0, 95.0, 93.0, 92.0, 90.5, 88.4, 84.4, 78.1, 68.7, 50.3, 32.9, 23.0, 22.0, 21.0, 20.0),
    *(25.7, 35.0, 43.0, 49.8, 60.0, 68.0, 72.0, 75.0, 78.9, 86.0, 96.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What a region sets.

    - `grass_fuel_load`: dry grass on the ground [kg/m²].
    - `green_up`: month and day when grass starts to green; the default curing curve starts there. It is the
      Boreal Plains' curve: elsewhere pass observed curing, or at least move this day.
    - `standing_from`: month and day from which last year's matted grass no longer counts and standing grass
      does, until `matted_from`; None where snow never presses grass flat, so that it always stands.
    - `between`: what fine fuel does when its moisture lies between the two equilibria. `rests`: it stays, as in
      the 1987 system and in the program's standard outputs (the default); `wets`: it moves towards the lower,
      wetting one at the wetting rate, as the program's version 2025-12-10 computes it.
    """

    grass_fuel_load: float = 0.35
    green_up: tuple[int, int] = (3, 12)
    standing_from: tuple[int, int] | None = (7, 1)
    matted_from: tuple[int, int] = (1, 1)
    between: Between = "rests"

    def __post_init__(self) -> None:
        """Refuse a choice that does not exist, so that a misspelt setting never computes silently."""
        if not self.grass_fuel_load > 0.0:
            raise ValueError(f"grass_fuel_load {self.grass_fuel_load!r}: use more than 0 kg/m2")
        if self.between not in ("rests", "wets"):
            raise ValueError(f"between {self.between!r}: use 'rests' or 'wets'")
        for name in ("green_up", "standing_from", "matted_from"):
            choice = getattr(self, name)
            if choice is not None:
                try:
                    date(2001, *choice)
                except (TypeError, ValueError):
                    raise ValueError(f"{name} {choice!r}: use a month and a day, such as (7, 1)") from None


DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class GapPolicy:
    """How long codes are held over hours without weather; after more the chain restarts. None never restarts.

    An hour that lacks any of temperature, humidity, wind or rain is a gap: every code of it is NaN, the state
    is held unchanged, and nothing is guessed. After more than `restart_after` gap hours in a row [h] the next
    complete hour starts from the start values: codes that nobody has observed for so long say nothing any more.
    """

    restart_after: int | None = 240

    def __post_init__(self) -> None:
        """Refuse a number of hours that cannot be counted."""
        if self.restart_after is not None and self.restart_after < 0:
            raise ValueError(f"restart_after {self.restart_after!r}: use 0 hours or more, or None for never")


HOLD = GapPolicy()


def percent_cured(day: date, green_up: tuple[int, int] = DEFAULT.green_up) -> float:
    """Return how much of the grass is cured [%] by the default yearly curve, linear between its ten-day values."""
    start = date(day.year, *green_up)
    if day < start:
        start = date(day.year - 1, *green_up)
    days = (day - start).days + 1
    period, part = divmod(days, 10)
    if period >= len(CURED) - 1:
        return CURED[-1]
    return CURED[period] + (CURED[period + 1] - CURED[period]) * (part / 10.0)


def stands(day: date, options: Options = DEFAULT) -> bool:
    """True when standing grass is the fuel on a day, False when last year's matted grass is."""
    if options.standing_from is None:
        return True
    today, standing, matted = (day.month, day.day), options.standing_from, options.matted_from
    if standing < matted:
        return standing <= today < matted
    return today >= standing or today < matted
