"""Humidity, wind and snow as the systems take them, made of what a gridded file holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from fenghuo.core.danger.io import grid_limits, grid_quantities
from fenghuo.core.danger.io.grid_limits import Choice
from fenghuo.core.danger.io.grid_units import WATER


@dataclass(frozen=True, slots=True)
class Limits:
    """What becomes of impossible values, and the humidity [%] up to which air counts as saturated."""

    impossible: Choice
    humidity_up_to: float

    def held(self, key: str, arrays: Mapping[str, xr.DataArray]) -> xr.DataArray:
        """Return a quantity with its impossible values refused, missing or kept."""
        return grid_limits.hold(arrays[key], key, self.impossible, self.humidity_up_to)


def humidity(arrays: Mapping[str, xr.DataArray], air: xr.DataArray, limits: Limits) -> xr.DataArray:
    """Return the relative humidity [%]: the file's, else from the dew point and the temperature `air` [°C]."""
    if "relative_humidity" in arrays:
        return limits.held("relative_humidity", arrays)
    dew = grid_limits.hold_dew_point(limits.held("dew_point_temperature", arrays), air, limits.impossible)
    percent = 100.0 * np.exp(17.62 * dew / (243.12 + dew) - 17.62 * air / (243.12 + air))
    percent.attrs = {
        key: dew.attrs[key] for key in ("source_variable", "source_units", "cell_methods") if key in dew.attrs
    }
    percent.attrs["comment"] = (
        "from dew point and air temperature: Magnus formula over water, WMO-No. 8, annex 4.B"
    )
    return percent


def wind(arrays: Mapping[str, xr.DataArray], limits: Limits, measured_at: float | None) -> xr.DataArray:
    """Return the wind [km/h] at 10 m; `measured_at` [m] wins over the height that the file states."""
    if "wind_speed" in arrays:
        speed = arrays["wind_speed"]
        name, stated = speed.attrs["source_variable"], speed.attrs.get("height")
    else:
        east, north = arrays["eastward_wind"], arrays["northward_wind"]
        speed = np.hypot(east, north)
        speed.attrs = {
            **east.attrs,
            "source_variable": f"{east.attrs['source_variable']}, {north.attrs['source_variable']}",
        }
        name, stated = east.attrs["source_variable"], east.attrs.get("height")
    if stated is None and name in grid_quantities.data()["heights"]["ten_metres"]:
        stated = 10.0
    height = measured_at if measured_at is not None else stated
    attrs = dict(speed.attrs)
    attrs["comment"] = (
        "height not stated in the file, taken as 10 m" if height is None else f"measured at {height:g} m"
    )
    if height is not None and height != 10.0:
        from fenghuo.core.danger.wind import to_ten_metres

        factor = to_ten_metres(1.0, height)
        speed = speed * factor
        attrs["comment"] = (
            f"at {height:g} m in the file, times {factor:.4f} for 10 m (logarithmic profile, wind.py)"
        )
    speed.attrs = {key: value for key, value in attrs.items() if key != "height"} | {"height": "10 m"}
    return grid_limits.hold(speed, "wind_speed", limits.impossible)


def snow(arrays: Mapping[str, xr.DataArray], density: float | None) -> xr.DataArray | None:
    """Return the snow depth [m], from water equivalent and density [kg m-3] where need be; None where neither is."""
    if "snow_depth" in arrays:
        return arrays["snow_depth"].clip(min=0.0, keep_attrs=True)
    if "snow_water_equivalent" not in arrays:
        return None
    water = arrays["snow_water_equivalent"].clip(min=0.0, keep_attrs=True)
    per_volume = arrays.get("snow_density", density)
    if per_volume is None:
        return None
    depth = water * (WATER / per_volume)
    depth.attrs = {**water.attrs, "comment": "from water equivalent and snow density"}
    return depth
