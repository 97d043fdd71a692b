"""Where computed blocks are written: Zarr, NetCDF or Parquet, unfinished under a working name, then in one rename.

- `.zarr`: every block is written to its own chunks of one store, by whoever computed it.
- `.nc`: the same, and at the end the store is copied into one file chunk by chunk, since a NetCDF file has one
  writer and does not survive being cut off.
- `.parquet`: a folder with one file a block and one row a cell and day, as data frames and SQL engines read it.
"""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from fenghuo.core.danger.blocks import CLASS
from fenghuo.core.danger.layout import Layout

KINDS = (".zarr", ".nc", ".parquet")
_ZARR, _PARQUET, _NETCDF = "data.zarr", "data.parquet", "data.nc"


def kind_of(out: Path) -> str:
    """Return the kind of an output by its ending; raises ValueError for another."""
    if out.suffix not in KINDS:
        raise ValueError(f"{out}: the output ends in {', '.join(KINDS)}")
    return out.suffix


def create(kind: str, work: Path, template: xr.Dataset, layout: Layout) -> None:
    """Make an empty store for a result whose values are still to come."""
    if kind == ".parquet":
        folder = work / _PARQUET
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        _attributes_file(work).write_text(_json(template), encoding="utf-8")
        return
    from zarr.codecs import BloscCodec

    compressed = {"compressors": (BloscCodec(cname="lz4", clevel=5, shuffle="bitshuffle"),)}
    encoding = {
        name: {**compressed, "chunks": layout.written, "_FillValue": _missing(one.dtype)}
        for name, one in template.data_vars.items()
    }
    template.to_zarr(work / _ZARR, mode="w", compute=False, encoding=encoding, consolidated=False)


def has_begun(kind: str, work: Path) -> bool:
    """Whether there is an unfinished store to go on with; there is none after it was given its name."""
    return (work / (_PARQUET if kind == ".parquet" else _ZARR)).exists()


def write(kind: str, work: Path, result: xr.Dataset, where: dict[str, slice], index: tuple[int, ...]) -> None:
    """Write one block; writing it a second time changes nothing."""
    if kind == ".parquet":
        return _write_rows(work, result, index)
    import zarr

    group = zarr.open_group(work / _ZARR, mode="r+", use_consolidated=False)
    for name, one in result.data_vars.items():
        group[name][tuple(where[dim] for dim in one.dims)] = one.values
    return None


def finish(kind: str, work: Path, target: Path, variables: Sequence[str]) -> None:
    """Give the finished store its name; what stood there before goes at that moment."""
    if kind == ".zarr":
        import zarr

        with warnings.catch_warnings():
            # One file with all metadata is no part of Zarr 3, but what opens it without is none the worse.
            warnings.filterwarnings("ignore", message="Consolidated metadata")
            zarr.consolidate_metadata(str(work / _ZARR))
        put_in_place(work / _ZARR, target)
    elif kind == ".nc":
        _copy_to_netcdf(work, variables)
        put_in_place(work / _NETCDF, target)
    else:
        put_in_place(work / _PARQUET, target)


def _missing(dtype: np.dtype) -> Any:
    return np.array(np.nan, dtype) if dtype.kind == "f" else None


def put_in_place(source: Path, target: Path) -> None:
    """Give a finished file or folder its name; what stood there before goes at that moment."""
    if target.is_dir():  # a folder cannot be replaced by rename: the old one steps aside first
        aside = target.with_name(f".{target.name}.replaced")
        shutil.rmtree(aside, ignore_errors=True)
        os.replace(target, aside)
        os.replace(source, target)
        shutil.rmtree(aside)
    else:
        os.replace(source, target)


def _copy_to_netcdf(work: Path, variables: Sequence[str]) -> None:
    with xr.open_zarr(work / _ZARR, consolidated=False, mask_and_scale=False) as stored:
        dataset = stored[list(variables)]
        encoding = {
            name: {"zlib": True, "complevel": 1, "shuffle": True, "chunksizes": one.encoding["chunks"]}
            for name, one in dataset.data_vars.items()
        }
        for one in dataset.variables.values():
            one.encoding = {}
            for key in ("flag_values", "flag_masks"):  # Zarr keeps no type of an attribute, CF asks for one
                if key in one.attrs:
                    one.attrs[key] = np.asarray(one.attrs[key], one.dtype)
        writing = dataset.to_netcdf(work / _NETCDF, engine="netcdf4", encoding=encoding, compute=False)
        writing.compute(scheduler="synchronous")


def _attributes_file(work: Path) -> Path:
    return work / "attributes.json"


def _json(template: xr.Dataset) -> str:
    def plain(value: Any) -> Any:
        return value.tolist() if isinstance(value, np.ndarray | np.generic) else value

    variables = {
        str(name): {key: plain(value) for key, value in one.attrs.items()} for name, one in template.items()
    }
    return json.dumps({**template.attrs, "variables": variables}, ensure_ascii=False)


def _write_rows(work: Path, result: xr.Dataset, index: tuple[int, ...]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    times = result["time"].values
    daily = bool(np.all(times == times.astype("datetime64[D]")))
    shape = tuple(result.sizes.values())
    dims = tuple(result.sizes)
    columns: dict[str, Any] = {}
    for name in (*(n for n in result.coords if set(result[n].dims) <= set(dims)), *result.data_vars):
        values = result[name].broadcast_like(result[next(iter(result.data_vars))]).transpose(*dims).values
        if name == "time" and daily:
            columns["date"] = pa.array(values.reshape(-1).astype("datetime64[D]"))
        elif name == CLASS:
            columns[name] = pa.array(values.reshape(-1), mask=values.reshape(-1) == 0)
        else:
            columns[str(name)] = pa.array(values.reshape(-1), from_pandas=True)
    assert all(len(column) == np.prod(shape) for column in columns.values())
    about = {"fenghuo": _attributes_file(work).read_text(encoding="utf-8")}
    table = pa.table(columns).replace_schema_metadata(about)
    path = work / _PARQUET / f"part-{'-'.join(f'{n:05d}' for n in index)}.parquet"
    part = path.with_name(f".{path.name}.part")
    pq.write_table(table, part, compression="zstd")
    os.replace(part, path)
