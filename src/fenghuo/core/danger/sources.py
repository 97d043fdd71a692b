"""Where a long computation takes its weather from: gridded files, station tables, a Dataset at hand.

Each knows how to open itself, lazily where it is large, and what changes when its content does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from fenghuo.core.danger import blocks, extremes, grid, weather
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.finding import Finding, Text, UnreadableStations
from fenghuo.core.danger.observation import Observation

Row = tuple[float | None, float | None, float | None, float | None]
TABLES = (".csv", ".csv.gz", ".xlsx", ".txt")


@dataclass(frozen=True, slots=True)
class Gridded:
    """NetCDF, Zarr or GRIB files; `noon` as in `noon.daily`, `reading` are options of `grids.open_weather`."""

    paths: tuple[str, ...]
    noon: str | timedelta = "solar"
    reading: tuple[tuple[str, Any], ...] = ()

    def open(self, settings: Settings, values: int | None = None) -> xr.Dataset:
        """Return the prepared weather, lazily."""
        from fenghuo.core.danger.io import grids

        chunks = "sensible" if values is None else values
        weather = grids.open_weather(self.paths, chunks=chunks, **dict(self.reading))
        return grid.reduced(weather, settings, self.noon)

    def fingerprint(self) -> Mapping[str, Any]:
        """Return names, sizes and times of change of the files, and how they are read."""
        return {
            "files": [line for path in self.paths for line in stat_lines(path)],
            "noon": str(self.noon),
            "reading": repr(self.reading),
        }

    def many_readers(self) -> bool:
        """Return whether all files are Zarr: the libraries of NetCDF and GRIB are not made for threads."""
        from fenghuo.core.danger.io import grid_files

        return all(grid_files.kind(path) == "zarr" for path in grid_files.expand(self.paths))


@dataclass(frozen=True, slots=True)
class Tables:
    """CSV or XLSX tables of stations; they lie along one dimension, `station`.

    `offset` is the standard time of the tables and of noon; `latitude` and `longitude` [degrees] are those of
    the stations (FWI2025 alone needs the longitude). Rows that break a rule refuse the table unless `skip_bad`.
    """

    paths: tuple[str, ...]
    offset: timedelta
    latitude: float
    longitude: float | None = None
    skip_bad: bool = False

    def open(self, settings: Settings, values: int | None = None) -> xr.Dataset:
        """Return the weather of the stations, in memory; raises `UnreadableStations` and `RowsRefused`."""
        from fenghuo.core.danger.io import stations

        rows: dict[str, dict[np.datetime64, Row]] = {}
        refused: list[Finding] = []
        engine = blocks.engine(settings.system)
        for path in self.paths:
            reading = stations.read(path, offset=self.offset, station=Path(path).name.split(".")[0])
            refused += reading.rejected
            for station, observations in reading.by_station().items():
                rows.setdefault(station, {}).update(self._rows(observations, engine.reduction))
        if refused and not self.skip_bad:
            raise RowsRefused(refused)
        if not any(rows.values()):
            raise UnreadableStations(
                "no-days",
                Text("The tables hold no weather that this system takes.", "表中没有该系统所需的气象资料。"),
                Text("Check that the file is the right one.", "请检查文件是否正确。"),
            )
        return self._dataset(rows, engine)

    def _rows(self, observations: list[Observation], reduction: str) -> dict[np.datetime64, Row]:
        if reduction == "none":
            return {
                np.datetime64(row.utc.replace(tzinfo=None), "m"): (
                    row.temperature, row.humidity, row.wind, row.rain
                )
                for row in observations
                if not row.daily
            }  # fmt: skip
        reduce = weather.noon_days if reduction == "noon" else extremes.daily_extremes
        return {
            np.datetime64(day.date, "D"): (day.temperature, day.humidity, day.wind, day.rain)
            for day in reduce(observations, self.offset)
        }

    def _dataset(self, rows: Mapping[str, Mapping[np.datetime64, Row]], engine: blocks.Engine) -> xr.Dataset:
        known = [time for station in rows.values() for time in station]
        step = np.timedelta64(60, "m") if engine.reduction == "none" else np.timedelta64(1, "D")
        times = np.arange(min(known), max(known) + step, step)
        values = np.full((len(engine.inputs), times.size, len(rows)), np.nan)
        for column, entries in enumerate(rows.values()):
            for time, row in entries.items():
                at, left = divmod(time - times[0], step)
                if left:
                    raise ValueError(f"{time} does not lie a whole number of hours after {times[0]}")
                values[:, int(at), column] = [np.nan if one is None else one for one in row]
        places = {"latitude": self.latitude, "longitude": self.longitude}
        return xr.Dataset(
            {name: (("time", "station"), values[n]) for n, name in enumerate(engine.inputs)},
            coords={
                "time": times.astype("datetime64[ns]"),
                "station": np.asarray(list(rows), object),
                **{
                    name: ("station", np.full(len(rows), value), {"standard_name": name})
                    for name, value in places.items()
                    if value is not None
                },
                "utc_offset": self.offset.total_seconds() / 3600.0,
            },
        )

    def fingerprint(self) -> Mapping[str, Any]:
        """Return names, sizes and times of change of the tables, and how they are read."""
        return {
            "files": [line for path in self.paths for line in stat_lines(path)],
            "offset": str(self.offset),
            "places": [self.latitude, self.longitude],
            "skip_bad": self.skip_bad,
        }

    def many_readers(self) -> bool:
        """Return True: the tables are in memory."""
        return True


class RowsRefused(ValueError):
    """Rows of a table that break a rule, while the whole table was to be read."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} values break a rule")
        self.findings = findings


def stat_lines(path: str | Path) -> list[str]:
    """Return name, size and time of change of a file, of every file of a folder, or of the files of a glob."""
    here = Path(path)
    if here.is_dir():
        found = sorted(one for one in here.rglob("*") if one.is_file())
    elif here.exists():
        found = [here]
    else:
        found = sorted(Path(here.anchor or ".").glob(str(here.relative_to(here.anchor))))
    return [f"{one} {(seen := one.stat()).st_size} {seen.st_mtime_ns}" for one in found]
