"""Small real files of gridded weather that the tests write and read back."""

from __future__ import annotations

from pathlib import Path

import eccodes
import numpy as np

# GRIB code: short name → (level type, level, step type)
_MESSAGES = {
    "2t": ("heightAboveGround", 2, "instant"),
    "2d": ("heightAboveGround", 2, "instant"),
    "10u": ("heightAboveGround", 10, "instant"),
    "10v": ("heightAboveGround", 10, "instant"),
    "sd": ("surface", 0, "instant"),
    "tp": ("surface", 0, "accum"),
}


def write_grib(
    path: Path,
    fields: dict[str, np.ndarray],
    times: np.ndarray,
    latitude: np.ndarray,
    longitude: np.ndarray,
    *,
    run: np.datetime64 | None = None,
) -> None:
    """Write fields (time, latitude, longitude), by ECMWF short name, as one GRIB 1 message a field and time.

    With `run`, the messages are the steps of one forecast and `tp` the total since it began; without, each is an
    analysis at its time.
    """
    with path.open("wb") as file:
        for name, values in fields.items():
            for time, plane in zip(times, values, strict=True):
                file.write(_message(name, plane, time, latitude, longitude, run))


def _message(name, plane, time, latitude, longitude, run) -> bytes:
    level_type, level, _ = _MESSAGES[name]
    handle = eccodes.codes_grib_new_from_samples("regular_ll_sfc_grib1")
    try:
        start = time if run is None else run
        keys = {
            "Ni": len(longitude),
            "Nj": len(latitude),
            "latitudeOfFirstGridPointInDegrees": float(latitude[0]),
            "latitudeOfLastGridPointInDegrees": float(latitude[-1]),
            "longitudeOfFirstGridPointInDegrees": float(longitude[0]),
            "longitudeOfLastGridPointInDegrees": float(longitude[-1]),
            "iDirectionIncrementInDegrees": float(longitude[1] - longitude[0]),
            "jDirectionIncrementInDegrees": float(abs(latitude[1] - latitude[0])),
            "dataDate": int(str(start.astype("datetime64[D]")).replace("-", "")),
            "dataTime": int(str(start.astype("datetime64[m]"))[11:].replace(":", "")),
            "shortName": name,
            "bitsPerValue": 24,
        }
        for key, value in keys.items():
            eccodes.codes_set(handle, key, value)
        if level_type == "heightAboveGround":
            eccodes.codes_set(handle, "level", level)
        if run is not None:
            hours = int((time - run) / np.timedelta64(1, "h"))
            if name == "tp":
                eccodes.codes_set(handle, "stepType", "accum")
                eccodes.codes_set(handle, "stepRange", f"0-{hours}")
            else:
                eccodes.codes_set(handle, "stepRange", str(hours))
        eccodes.codes_set_values(handle, np.asarray(plane, dtype=np.float64).ravel())
        return eccodes.codes_get_message(handle)
    finally:
        eccodes.codes_release(handle)
