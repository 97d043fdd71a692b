"""Wind measured at some height made into wind at 10 m, which the FWI system and Beaufort's scale take.

The FWI takes the 10-minute mean wind 10 m above open, level ground (Lawson & Armitage 2008). Cups on a lower
mast see less of it; two stated formulas correct that, and none is applied unless a station's height says so:

- **Log profile** (neutral air): u₁₀ = u_z · ln((10 − d)/z₀) / ln((z − d)/z₀), with the roughness length z₀
  and the displacement height d of the ground around the mast. WMO-No. 8, volume I, chapter 5, gives the
  profile and the roughness of kinds of terrain (`ROUGHNESS`).
- **Power law**: u₁₀ = u_z · (10/z)^p, p = 1/7 over open level ground in neutral air.

Turner & Lawson (1978), the earlier guide to the Canadian system, multiply the wind at 20 feet (6.1 m), the
American standard, by 1.15. The log profile gives 1.09 over grass (z₀ = 0.03 m) and 1.15 at z₀ = 0.23 m, high
crops: their factor is for the rougher clearings in which fire weather stations stand.
"""

from __future__ import annotations

import math
from typing import Literal

Method = Literal["log", "power"]

REFERENCE_HEIGHT = 10.0
TWENTY_FEET_FACTOR = 1.15
"""10 m wind over 20 ft wind, Turner & Lawson (1978)."""

# Roughness length [m] by kind of terrain, WMO-No. 8, volume I, chapter 5 (after Davenport).
ROUGHNESS: dict[str, float] = {
    "open-sea": 0.0002,
    "grass": 0.03,
    "low-crops": 0.10,
    "high-crops": 0.25,
    "parkland": 0.5,
}
DEFAULT_ROUGHNESS = ROUGHNESS["grass"]
DEFAULT_EXPONENT = 1.0 / 7.0
# A lower mast stands among what makes the roughness, a higher one above the layer the profile describes.
LOWEST_MAST = 1.0
HIGHEST_MAST = 100.0


def to_ten_metres(
    speed: float,
    height: float = REFERENCE_HEIGHT,
    method: Method = "log",
    *,
    roughness: float = DEFAULT_ROUGHNESS,
    displacement: float = 0.0,
    exponent: float = DEFAULT_EXPONENT,
) -> float:
    """Return the wind at 10 m from the wind at `height` [m], in the unit of `speed`; at 10 m unchanged.

    `roughness` and `displacement` [m] belong to the log profile, `exponent` [1] to the power law. Raises
    ValueError for a negative or missing speed and for heights and parameters that the formula does not take.
    """
    if not (math.isfinite(speed) and speed >= 0.0):
        raise ValueError(f"a wind speed of {speed!r} cannot be corrected")
    return speed * factor(height, method, roughness=roughness, displacement=displacement, exponent=exponent)


def factor(
    height: float,
    method: Method = "log",
    *,
    roughness: float = DEFAULT_ROUGHNESS,
    displacement: float = 0.0,
    exponent: float = DEFAULT_EXPONENT,
) -> float:
    """Return by what the wind at `height` [m] is multiplied to be the wind at 10 m; exactly 1 at 10 m."""
    if not LOWEST_MAST <= height <= HIGHEST_MAST:
        raise ValueError(f"anemometers stand {LOWEST_MAST:g} to {HIGHEST_MAST:g} m high, not {height!r} m")
    if method not in ("log", "power"):
        raise ValueError(f"no method {method!r}: log or power")
    if height == REFERENCE_HEIGHT:
        return 1.0
    if method == "power":
        if not 0.0 <= exponent <= 1.0:
            raise ValueError(f"an exponent lies between 0 and 1, not {exponent!r}")
        return (REFERENCE_HEIGHT / height) ** exponent
    lowest = min(height, REFERENCE_HEIGHT) - displacement
    # From 2 roughness lengths down the logarithm falls to nothing and the factor says nothing.
    if not (roughness > 0.0 and displacement >= 0.0 and lowest > 2.0 * roughness):
        raise ValueError(
            f"the log profile does not hold at {lowest:g} m above the displacement for z0 = {roughness!r} m"
        )
    return math.log((REFERENCE_HEIGHT - displacement) / roughness) / math.log(
        (height - displacement) / roughness
    )
