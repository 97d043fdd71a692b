"""Fire weather: station readings in, FWI codes day by day, a 1–5 rating for a point out.

`fenghuo.core.danger.fire_weather` is the one function for programs: floats, NumPy arrays or xarray.
"""

from typing import Any

__all__ = ["fire_weather"]


def __getattr__(name: str) -> Any:
    # The desk imports this package for single days; arrays and compilers come when they are asked for.
    if name == "fire_weather":
        from fenghuo.core.danger.api import fire_weather

        return fire_weather
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
