"""The state of the cells between one block of days and the next, in files of a working folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from fenghuo.core.danger import grid, store
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.layout import Layout


@dataclass(frozen=True, slots=True)
class States:
    """The states at the ends of blocks; those of index -1 along time are the start of a computation."""

    work: Path
    layout: Layout
    settings: Settings

    def before(self, index: tuple[int, ...], first: np.datetime64) -> xr.Dataset | None:
        """Return the state at the start of a block whose first time is `first`; None for the usual start values."""
        index = (index[0] - 1, *index[1:])
        if not self._path(index).exists():
            if index[0] >= 0:
                raise FileNotFoundError(self._path(index))
            return None
        when = first - grid.step_of(self.settings)
        return grid.state_dataset(self._read(index), when, self.layout.dims[1:])

    def keep(self, index: tuple[int, ...], result: xr.Dataset) -> None:
        """Store the state at the end of a block, in one step."""
        path = self._path(index)
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        with part.open("wb") as file:
            np.savez(file, **grid.state_arrays(result))
        os.replace(part, path)

    def drop_before(self, index: tuple[int, ...]) -> None:
        """Forget the state that a finished block began with."""
        self._path((index[0] - 1, *index[1:])).unlink(missing_ok=True)

    def deal_out(self, start: str | os.PathLike[str], first: np.datetime64, dtype: np.dtype[Any]) -> None:
        """Give each column of blocks its piece of the state in a file, which precedes the time `first`."""
        dims, sizes = self.layout.dims[1:], self.layout.sizes[1:]
        given = grid.as_dataset(grid.load_state(start, self.settings.system), self.settings, dims)
        grid.check_state(given, dict(zip(dims, sizes, strict=True)), first, dtype, self.settings)
        for column in self.layout.columns():
            where = dict(zip(dims, self.layout.slices((0, *column))[1:], strict=True))
            self.keep(
                (-1, *column), given.isel({dim: part for dim, part in where.items() if dim in given.dims})
            )

    def gather(self, weather: xr.Dataset, target: Path) -> None:
        """Put the states at the end of all columns together: a `.zarr` piece by piece, a `.npz` in memory."""
        import dask.array as da
        import zarr

        dims, sizes, block = self.layout.dims[1:], self.layout.sizes[1:], self.layout.block[1:]
        last = self.layout.counts[0] - 1
        in_memory = target.suffix != ".zarr"
        whole: dict[str, Any] = {}
        for name, array in self._read((last, *(0 for _ in dims))).items():
            lead = array.shape[: array.ndim - len(dims)]
            shape, chunks = (*lead, *sizes), (*lead, *block)
            whole[name] = (
                np.empty(shape, array.dtype) if in_memory else da.empty(shape, array.dtype, chunks=chunks)
            )
        dataset = grid.state_dataset(whole, weather["time"].values[-1], dims)
        dataset.attrs["fire_weather_system"] = self.settings.system
        dataset = dataset.assign_coords(
            {n: one for n, one in weather.coords.items() if set(one.dims) <= set(dims)}
        )
        places: Mapping[str, Any] = whole
        part = self.work / "state.zarr"
        if not in_memory:
            lazy = dataset.drop_vars("time", errors="ignore")
            lazy.to_zarr(part, mode="w", compute=False, consolidated=False)
            group = zarr.open_group(part, mode="r+")
            places = {name: group[grid.STATE + name] for name in whole}
        for column in self.layout.columns():
            where = self.layout.slices((last, *column))[1:]
            for name, array in self._read((last, *column)).items():
                places[name][(..., *where)] = array
        if in_memory:
            grid.save_state(dataset, target)
        else:
            store.put_in_place(part, target)

    def _path(self, index: tuple[int, ...]) -> Path:
        return self.work / "states" / f"{'_'.join(map(str, index[1:])) or 'all'}.{index[0]}.npz"

    def _read(self, index: tuple[int, ...]) -> dict[str, np.ndarray]:
        with np.load(self._path(index), allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
