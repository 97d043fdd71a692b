"""What a computed grid says of places: a danger file opened, its cells weighed by the ground they share with each.

Only the cells that some place touches are read, however large the grid is. The heavy libraries are imported by
whoever imports this module, and that is the command that takes a grid in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import xarray as xr
from shapely.geometry import Point

from fenghuo.core.danger import zonal
from fenghuo.core.danger.finding import Text, UnreadableStations
from fenghuo.desk.danger.sky import Place
from fenghuo.desk.places.models import Area

NAMES = {
    "fire_weather_index": "fwi",
    "fine_fuel_moisture_code": "ffmc",
    "duff_moisture_code": "dmc",
    "drought_code": "dc",
    "initial_spread_index": "isi",
    "buildup_index": "bui",
    "daily_severity_rating": "dsr",
    "fire_weather_score": "htz",
}
"""Variables of a danger file, and what a place's day calls them."""
_DAYS_AT_ONCE = 366


@dataclass(frozen=True)
class GridDay:
    """One place's day: its index and codes by name (NaN left out), how it was made, how much of it is covered."""

    place: Place
    date: date
    values: dict[str, float]
    method: str
    cells: int
    covered: float


def days(path: Path, places: Sequence[Place]) -> Iterator[GridDay]:
    """Give every day of every place that has cells of the grid; UnreadableStations where the file is no such grid."""
    with _opened(path) as grid:
        names = [name for name in NAMES if name in grid]
        dates = [date.fromisoformat(str(day)) for day in grid["time"].values.astype("datetime64[D]")]
        weights = zonal.weigh(
            grid["latitude"].values, grid["longitude"].values, [_shape(place) for place in places]
        )
        if not len(weights.rows):
            return
        row, column = int(weights.rows.min()), int(weights.columns.min())
        near = {
            "latitude": slice(row, int(weights.rows.max()) + 1),
            "longitude": slice(column, int(weights.columns.max()) + 1),
        }
        here = replace(weights, rows=weights.rows - row, columns=weights.columns - column)
        cells = np.diff(weights.starts)
        for first in range(0, len(dates), _DAYS_AT_ONCE):
            part = grid[names].isel(near).isel(time=slice(first, first + _DAYS_AT_ONCE))
            found = {
                name: here.means(part[name].transpose("time", "latitude", "longitude").values)
                for name in names
            }
            for number, place in enumerate(places):
                if not cells[number]:
                    continue
                for day in range(part.sizes["time"]):
                    values = {
                        NAMES[name]: float(means[day, number])
                        for name, (means, _covered) in found.items()
                        if not np.isnan(means[day, number])
                    }
                    covered = max(float(share[day, number]) for _means, share in found.values())
                    yield GridDay(
                        place,
                        dates[first + day],
                        values,
                        weights.methods[number],
                        int(cells[number]),
                        covered,
                    )


def _shape(place: Place):
    """The polygon of a village that has one; otherwise where the place lies."""
    if isinstance(place.of, Area) and place.of.boundary:
        return place.of.boundary
    return Point(place.longitude, place.latitude)


def _opened(path: Path) -> xr.Dataset:
    try:
        grid = xr.open_zarr(path) if path.suffix == ".zarr" else xr.open_dataset(path)
    except FileNotFoundError:
        raise
    except Exception as broken:  # each of the readers' libraries has errors of its own
        raise _unreadable(
            Text(f"{path.name} cannot be opened: {broken}", f"无法打开 {path.name}:{broken}")
        ) from broken
    wrong = _wrong(grid)
    if wrong is not None:
        grid.close()
        raise _unreadable(wrong)
    return grid


def _wrong(grid: xr.Dataset) -> Text | None:
    missing = [name for name in ("time", "latitude", "longitude") if name not in grid.dims]
    if missing or not any(name in grid for name in ("fire_weather_index", "fire_weather_score")):
        return Text(
            "The file has no daily fire_weather_index or fire_weather_score over time, latitude and longitude.",
            "文件中没有按 time、latitude、longitude 排列的逐日 fire_weather_index 或 fire_weather_score。",
        )
    times = grid["time"].values.astype("datetime64[D]")
    if len(np.unique(times)) != len(times):
        return Text("The file has more than one value a day.", "文件中一天不止一个值。")
    return None


def _unreadable(message: Text) -> UnreadableStations:
    return UnreadableStations(
        "not-a-danger-grid",
        message,
        Text(
            "Take in what `fenghuo danger compute IN --out OUT.nc` (or .zarr) wrote.",
            "请使用 fenghuo danger compute IN --out OUT.nc(或 .zarr)写出的文件。",
        ),
    )
