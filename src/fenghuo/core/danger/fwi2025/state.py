"""What one hour of FWI2025 hands to the next, for one station or for many, kept bit for bit."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

FFMC_CONSTANT = 250.0 * 59.5 / 101.0
"""Scale constant between fine fuel moisture and code, chosen so that a moisture of 250 % is exactly code 0."""


def moisture_of(code: Any) -> Any:
    """Return the moisture [%] that a fine fuel or grass code stands for (FF scale)."""
    return FFMC_CONSTANT * (101.0 - code) / (59.5 + code)


def code_of(moisture: Any) -> Any:
    """Return the fine fuel or grass code of a moisture [%] (FF scale)."""
    return 59.5 * (250.0 - moisture) / (FFMC_CONSTANT + moisture)


@dataclass(frozen=True, slots=True)
class State:
    """The end of an hour: plain floats for one station, arrays of shape (station,) for many.

    Fine fuel and grass are moistures [%]; `dmc` and `dc` are codes [1]; `rain` is what has fallen since the
    canopy was last dry [mm], `dry_hours` the hours without rain since then [h], `gap_hours` the hours in a row
    without complete weather that end here [h]. `time` is the last hour computed, or None at a start.
    """

    fine_fuel: Any
    dmc: Any
    dc: Any
    grass_matted: Any
    grass_standing: Any
    rain: Any = 0.0
    dry_hours: Any = 0.0
    gap_hours: Any = 0.0
    time: np.datetime64 | None = None

    @staticmethod
    def of_codes(
        ffmc: Any = 85.0, dmc: Any = 6.0, dc: Any = 15.0, gfmc_matted: Any = 85.0, gfmc_standing: Any = 85.0
    ) -> State:
        """Return the state that these codes stand for, under a dry canopy; the defaults start a season.

        The grass codes are those of fully cured grass without wind, the FF scale of its moisture. Raises
        ValueError for a code outside its range.
        """
        for name, code, top in (
            ("ffmc", ffmc, 101.0),
            ("dmc", dmc, np.inf),
            ("dc", dc, np.inf),
            ("gfmc_matted", gfmc_matted, 101.0),
            ("gfmc_standing", gfmc_standing, 101.0),
        ):
            if not np.all((np.asarray(code) >= 0.0) & (np.asarray(code) <= top)):
                raise ValueError(f"{name} must lie within 0 to {top:g}")
        return State(moisture_of(ffmc), dmc, dc, moisture_of(gfmc_matted), moisture_of(gfmc_standing))

    def spread(self, stations: int) -> State:
        """Return the state with an array of its own for each part, one value a station."""
        parts = {}
        for name in PARTS:
            value = np.asarray(getattr(self, name), dtype=np.float64)
            if value.shape not in ((), (stations,)):
                raise ValueError(f"state: {name} is of shape {value.shape}, not of {stations} stations")
            parts[name] = np.ascontiguousarray(np.broadcast_to(value, (stations,))).copy()
        return State(**parts, time=self.time)

    def save(self, path: str | Path) -> None:
        """Write the state to a .npz file, every bit of it, whole or not at all."""
        path = Path(path)
        time = None if self.time is None else str(self.time)
        about = json.dumps({"state": "fwi2025", "version": 1, "time": time})
        part = path.with_name(f".{path.name}.part")
        with part.open("wb") as file:
            np.savez(file, about=np.array(about), **{name: np.asarray(getattr(self, name)) for name in PARTS})
        os.replace(part, path)

    @staticmethod
    def load(path: str | Path) -> State:
        """Read a state that `save` wrote; raises ValueError when the file is of another kind."""
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"])) if "about" in file.files else {}
            if about.get("state") != "fwi2025" or about.get("version") != 1:
                raise ValueError(f"{path} is not a state of FWI2025 that this version reads")
            parts = {name: file[name] if file[name].ndim else float(file[name]) for name in PARTS}
        time = about["time"]
        return State(**parts, time=None if time is None else np.datetime64(time, "m"))


PARTS = tuple(field.name for field in fields(State) if field.name != "time")
START = State.of_codes()
"""Start of a season: FFMC 85, DMC 6, DC 15, both grasses at a code of 85, the canopy dry."""
