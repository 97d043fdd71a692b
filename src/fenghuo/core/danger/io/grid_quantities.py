"""Which variable of a gridded file holds which quantity, from `grid_names.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.io.unreadable import UnreadableGrid

if TYPE_CHECKING:
    import xarray as xr

VOCABULARIES = ("era5", "cmip", "open_meteo")
# What is a statistic over the step cannot stand for the value itself.
_STATISTICS = ("maximum", "minimum", "standard_deviation", "variance", "range")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: its key, words, unit after conversion, bound in `bounds.BOUNDS`, and its names outside."""

    key: str
    name: Text
    unit: str
    limit: str | None
    standard_names: tuple[str, ...]
    names: tuple[str, ...]


@cache
def data() -> dict[str, Any]:
    """Return the whole of `grid_names.toml`."""
    return tomllib.loads(files(__package__).joinpath("grid_names.toml").read_text(encoding="utf-8"))


@cache
def quantities() -> dict[str, Quantity]:
    """Return every quantity that is looked for, by key."""
    return {
        key: Quantity(
            key,
            Text(**entry["name"]),
            entry["unit"],
            entry.get("limit"),
            tuple(entry["standard_names"]),
            tuple(name for source in VOCABULARIES for name in entry.get(source, ())),
        )
        for key, entry in data()["quantities"].items()
    }


def find(dataset: xr.Dataset, names: Mapping[str, str]) -> dict[str, str]:
    """Return quantity → variable for what a dataset holds; `names` states it for a quantity and wins.

    Raises `UnreadableGrid` where two variables could be meant and nothing says which.
    """
    found: dict[str, str] = {}
    for key, quantity in quantities().items():
        if key in names:
            if names[key] in dataset.data_vars:
                found[key] = names[key]
            continue
        spoken_for = set(names.values())
        free = [str(name) for name in dataset.data_vars if name not in spoken_for and _plain(dataset[name])]
        known = (quantity.key, *quantity.names)
        named = [name for name in free if name in known]
        standard = [
            name
            for name in free
            if name in quantity.standard_names
            or dataset[name].attrs.get("standard_name") in quantity.standard_names
        ]
        # A file may hold one standard name at several heights; the customary name tells the one at screen height.
        choice = named or standard
        if len(choice) > 1:
            raise _twice(quantity, choice)
        if choice:
            found[key] = choice[0]
    return found


def _plain(array: xr.DataArray) -> bool:
    """False for extremes and for stacks of levels."""
    methods = str(array.attrs.get("cell_methods", ""))
    return not any(word in methods for word in _STATISTICS) and not any(
        array.sizes[dim] > 1 and _vertical(array, str(dim)) for dim in array.dims
    )


def _vertical(array: xr.DataArray, dim: str) -> bool:
    if dim not in array.coords:
        return False
    attrs = array.coords[dim].attrs
    return (
        attrs.get("axis") == "Z"
        or attrs.get("positive") in ("up", "down")
        or attrs.get("standard_name") in ("air_pressure", "height", "altitude")
    )


def _twice(quantity: Quantity, names: Iterable[str]) -> UnreadableGrid:
    names = list(names)
    listed = ", ".join(names)
    return UnreadableGrid(
        "variable-twice",
        Text(
            f"Several variables could be the {quantity.name.en}: {listed}.",
            f"有多个变量可能是{quantity.name.zh}:{'、'.join(names)}。",
        ),
        Text(
            f"Say which one, for example {quantity.key}={names[0]}.",
            f"请指明其中一个，例如 {quantity.key}={names[0]}。",
        ),
    )


def twice(key: str, names: Iterable[str]) -> UnreadableGrid:
    """Return the error for a quantity that several files hold under these names."""
    return _twice(quantities()[key], names)


def missing(keys: Iterable[str], present: Iterable[str]) -> UnreadableGrid:
    """Return the error that lists what is wanted and what the files hold."""
    wanted = [quantities()[key] for key in keys]
    present = sorted(set(present))
    return UnreadableGrid(
        "variable-missing",
        Text(
            f"No variable was found for: {', '.join(one.name.en for one in wanted)}. "
            f"The files hold: {', '.join(present) or 'nothing'}.",
            f"没有找到这些变量：{'、'.join(one.name.zh for one in wanted)}。"
            f"文件中有：{'、'.join(present) or '无'}。",
        ),
        Text(
            "Give them a CF standard_name or one of these names: "
            + "; ".join(f"{one.key}: {', '.join(_accepted(one))}" for one in wanted)
            + ". Or say which variable is meant.",
            "请写上 CF 标准名(standard_name)或使用下列名称之一："
            + ";".join(f"{one.name.zh}:{'、'.join(_accepted(one))}" for one in wanted)
            + ";也可以指明所用变量。",
        ),
    )


def _accepted(quantity: Quantity) -> list[str]:
    also = {
        "relative_humidity": ("dew_point_temperature", "d2m", "2d"),
        "wind_speed": ("u10 + v10", "uas + vas"),
    }
    return list(dict.fromkeys((quantity.key, *quantity.names, *also.get(quantity.key, ()))))
