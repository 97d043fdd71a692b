"""Precipitation that a file gives as a total since its forecast began, taken apart into each step's own amount."""

from __future__ import annotations

import numpy as np
import xarray as xr

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io.unreadable import UnreadableGrid


def own_amounts(totals: xr.DataArray, step: float, begins: tuple[int, ...] | None) -> xr.DataArray:
    """Take totals since the start of a run apart into each step's own amount [mm].

    `step` is in hours, `begins` the hours of day [UTC] at which the total begins anew: None where the file's
    forecast reference time says it, empty for a single run. An amount whose step began before the first total at
    hand, or before a gap, is missing.
    """
    times = totals["time"].values.astype("datetime64[s]")
    starts = _starts(totals, times, begins)
    length = np.timedelta64(round(step * 3600), "s")
    follows = np.diff(times, prepend=times[:1] - 2 * length) == length
    if starts is None:
        first, known = np.zeros(len(times), bool), follows
    else:
        first = times - starts == length
        # The first step of a run may be found before that run's reference among the previous run's times.
        same = np.concatenate([[False], starts[1:] == starts[:-1]])
        known = first | (follows & same)
    axis = {"time": totals["time"]}
    first_step = xr.DataArray(first, axis, dims="time")
    differences = totals - totals.shift(time=1)
    return xr.where(first_step, totals, differences).where(xr.DataArray(known, axis, dims="time"))


def _starts(totals: xr.DataArray, times: np.ndarray, begins: tuple[int, ...] | None) -> np.ndarray | None:
    if begins is not None:
        if not begins:
            return None
        days = times.astype("datetime64[D]").astype("datetime64[s]")
        candidates = [
            days + np.timedelta64(3600 * (hour - 24 * back), "s") for back in (0, 1) for hour in begins
        ]
        before = [np.where(start < times, start, np.datetime64("0001-01-01", "s")) for start in candidates]
        return np.max(np.stack(before), axis=0)
    if "forecast_reference_time" in totals.coords:
        stated = totals["forecast_reference_time"].values.astype("datetime64[s]")
        return np.broadcast_to(stated, times.shape)
    raise UnreadableGrid(
        "accumulation-start-unknown",
        Text(
            "Precipitation is said to be a total since the forecast began, and the file does not say when that was.",
            "降水量按起报以来的累计值处理，但文件没有写明起报时间。",
        ),
        Text(
            "State the hours of day [UTC] at which it begins anew: 0 for ERA5-Land, none for a single run.",
            "请指明每天重新累计的时刻(世界时):ERA5-Land 为 0 时，单次预报则为空。",
        ),
    )
