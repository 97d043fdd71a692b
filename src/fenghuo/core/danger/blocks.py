"""One block of weather in, one block of ratings out: what each system takes and gives, and how it is computed.

A block is a piece of the whole: some steps of time in a row (first axis) of some cells (the other axes). What
the end of one block hands to the next is the system's own state, here as plain arrays by name (the cells' axes
last), so that pieces put together are the whole, bit for bit. Names and meanings of the variables are CF's and
lie in `cf.toml`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from fenghuo.core.danger import classes, lyt1172_arrays, lyt1172_file, systems
from fenghuo.core.danger.classes import Scheme
from fenghuo.core.danger.fire_season import YEAR_ROUND, DryStart, SeasonRule
from fenghuo.core.danger.fwi import DEFAULT, START, Codes, Options
from fenghuo.core.danger.overwinter import Overwintering
from fenghuo.core.danger.season import HOLD, GapPolicy

CLASS = "fire_weather_class"
SCORE = "fire_weather_score"
MARKS = "chain_marks"

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to compute: the system and its choices, which variables to give (None: all), how to class.

    `scheme` is the key of a scheme of `classes`, a scheme of the caller's own, or None for no classes. `cover`
    is the category of green fuel or snow that LY/T 1172 takes. `threads` changes no number.
    """

    system: str = "fwi1987"
    options: Options = DEFAULT
    policy: GapPolicy = HOLD
    rule: SeasonRule = YEAR_ROUND
    overwintering: Overwintering | None = None
    dry_start: DryStart | None = None
    cover: str = "none"
    outputs: tuple[str, ...] | None = None
    scheme: str | Scheme | None = None
    threads: int = 1

    def __post_init__(self) -> None:
        """Refuse a system, a scheme or a variable that does not exist before any weather is read."""
        known = engine(self.system)
        if self.scheme is not None:
            chosen_scheme(self)
        for choice in _CHOICES - known.choices:
            if getattr(self, choice) != _USUAL[choice]:
                raise ValueError(f"{self.system} has no choice of {choice.replace('_', ' ')}; leave it out")
        if known.key == "fwi2025" and self.policy.estimate_up_to:
            raise ValueError("fwi2025 holds its codes over gaps or restarts them; it estimates no weather")
        unknown = set(self.outputs or ()) - {*known.outputs, MARKS}
        if unknown:
            there = ", ".join((*known.outputs, MARKS))
            raise ValueError(f"{self.system} has no output {', '.join(sorted(unknown))}; it has {there}")

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the result in their order, the class last."""
        asked = engine(self.system).outputs if self.outputs is None else self.outputs
        return (*asked, CLASS) if self.scheme is not None and CLASS not in asked else tuple(asked)

    def described(self) -> dict[str, Any]:
        """Return every choice that decides the numbers as plain values, for attributes and fingerprints."""
        described = asdict(self)
        del described["threads"]
        if isinstance(self.scheme, Scheme):
            described["scheme"] = {"key": self.scheme.key, "breaks": list(self.scheme.breaks)}
        return json.loads(json.dumps(described))


@dataclass(frozen=True, slots=True)
class Engine:
    """How one system is computed.

    `inputs` must be in the weather, `optional` are used where they are. `reduction` names what turns hourly
    weather into the steps that the system takes: `noon`, `extremes`, or `none`. `classed_by` is the variable
    that a scheme classes, empty where the system has classes of its own or none. `choices` are the settings it knows.
    `places` are the coordinates it needs of every cell: latitude and longitude [degrees], utc_offset [h].
    `block` computes one block: arrays by CF name, times, places, the state before, settings → arrays by CF name
    and the state after.
    `blank` is the state before a first step: shape of the cells, first time, type of the weather, settings, the
    start values or None for the usual ones. `pack` and `unpack` turn the system's own state (with its date)
    into plain arrays and back, `load` reads it from a file.
    """

    key: str
    inputs: tuple[str, ...]
    optional: tuple[str, ...]
    reduction: str
    outputs: tuple[str, ...]
    classed_by: str
    choices: frozenset[str]
    places: tuple[str, ...]
    block: Callable[[Arrays, np.ndarray, Arrays, Arrays, Settings], tuple[Arrays, Arrays]]
    blank: Callable[[tuple[int, ...], np.datetime64, np.dtype, Settings, Codes | None], Arrays]
    pack: Callable[[Any], tuple[Arrays, np.datetime64]]
    unpack: Callable[[Arrays, np.datetime64], Any]
    load: Callable[[Path], Any]


@cache
def cf() -> Mapping[str, Any]:
    """Return the names, units and references of every variable, as `cf.toml` has them."""
    return tomllib.loads(files(__package__).joinpath("cf.toml").read_text(encoding="utf-8"))


def engine(key: str) -> Engine:
    """Return one system's engine; raises what `systems.system` raises where there is none."""
    return _ENGINES[systems.system(key).key]


def short_names(key: str) -> Mapping[str, str]:
    """Return the variables of a system by their usual abbreviations, such as `fwi` and `dc`."""
    named = {"fwi1987": _FWI1987_NAMES, "fwi2025": _FWI2025_NAMES, "lyt1172": {"htz": SCORE, "class": CLASS}}
    return named[systems.system(key).key]


def full_names(key: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return CF names for names or abbreviations; what is neither stays, to be refused by `Settings`."""
    short = short_names(key)
    return tuple(short.get(name, name) for name in names)


def chosen_scheme(settings: Settings) -> Scheme:
    """Return the scheme of the settings; raises KeyError for an unknown one, ValueError where none applies."""
    if not engine(settings.system).classed_by:
        raise ValueError(
            f"{settings.system} has classes of its own; a scheme of classes does not apply to it"
        )
    return settings.scheme if isinstance(settings.scheme, Scheme) else classes.scheme(settings.scheme or "")


def compute(
    weather: Arrays, times: np.ndarray, places: Arrays, state: Arrays, settings: Settings
) -> tuple[Arrays, Arrays]:
    """Compute one block and class it; returns the arrays that the settings ask for and the state after."""
    chosen = engine(settings.system)
    arrays, after = chosen.block(weather, times, places, state, settings)
    if settings.scheme is not None:
        arrays[CLASS] = classes.rate(arrays[chosen.classed_by], chosen_scheme(settings))
    return {name: arrays[name] for name in settings.variables}, after


def dtype_of(name: str, codes: np.dtype) -> np.dtype:
    """Return the type of a variable: classes int8, marks uint8, scores float32, `codes` for the others."""
    return np.dtype({CLASS: np.int8, MARKS: np.uint8, SCORE: np.float32}.get(name, codes))


def result_type(inputs: Iterable[np.dtype]) -> np.dtype:
    """Return float32 where all weather is float32, else float64; flags do not count."""
    floats = [dtype for dtype in inputs if dtype.kind == "f"]
    return np.dtype(np.float32 if all(dtype == np.float32 for dtype in floats) else np.float64)


def attributes(name: str, settings: Settings) -> dict[str, Any]:
    """Return the CF attributes of a variable."""
    own = cf()["systems"][settings.system]
    found = {**cf()["variables"][name], **own.get("variables", {}).get(name, {})}
    found["references"] = own["references"]
    if "flag_masks" in found:
        found["flag_masks"] = np.asarray(found["flag_masks"], np.uint8)
    if name != CLASS:
        return found
    words = ["not rated", *(one.name.en for one in classes.rating_words().values())]
    found["flag_values"] = np.arange(len(words), dtype=np.int8)
    found["flag_meanings"] = " ".join(word.lower().replace(" ", "_") for word in words)
    if settings.scheme is not None:
        scheme = chosen_scheme(settings)
        found |= {
            "scheme": scheme.key,
            "scheme_name": scheme.name.en,
            "breaks": list(scheme.breaks),
            "ratings": list(scheme.ratings),
            "provenance": scheme.provenance,
            "references": scheme.source.en,
            "comment": " ".join(
                ["A class begins at its break.", *([scheme.collapse.en] if scheme.collapse else [])]
            ),
        }
    return found


_CHOICES = frozenset({"options", "policy", "rule", "overwintering", "dry_start", "cover"})
_DAY = np.timedelta64(1, "D")
_FWI1987_NAMES: dict[str, str] = {
    "ffmc": "fine_fuel_moisture_code",
    "dmc": "duff_moisture_code",
    "dc": "drought_code",
    "isi": "initial_spread_index",
    "bui": "buildup_index",
    "fwi": "fire_weather_index",
    "dsr": "daily_severity_rating",
}


def _fwi1987(
    weather: Arrays, times: np.ndarray, places: Arrays, state: Arrays, settings: Settings
) -> tuple[Arrays, Arrays]:
    from fenghuo.core.danger import daily

    days = times.astype("datetime64[D]")
    needed = {*settings.variables, *(["fire_weather_index"] if settings.scheme else [])}
    wanted = {short: name for short, name in _FWI1987_NAMES.items() if name in needed}
    season = daily.compute(
        *(weather[name] for name in _FWI1987.inputs),
        days,
        places["latitude"],
        snow_depth=weather.get("snow_depth"),
        active=weather.get("fire_season_active"),
        options=settings.options,
        policy=settings.policy,
        rule=settings.rule,
        overwintering=settings.overwintering,
        dry_start=settings.dry_start,
        start=_unpack_fwi1987(state, days[0] - _DAY),
        threads=settings.threads,
        outputs=tuple(wanted),
        marks=MARKS in needed,
    )
    arrays = {name: getattr(season, short) for short, name in wanted.items()}
    return arrays | ({MARKS: season.marks} if MARKS in needed else {}), season.state.arrays()


def _blank_fwi1987(
    cells: tuple[int, ...], first: np.datetime64, dtype: np.dtype, settings: Settings, codes: Codes | None
) -> Arrays:
    from fenghuo.core.danger import daily

    eve = first.astype("datetime64[D]") - _DAY
    running = settings.rule.kind == "year-round"
    return daily.State.initial(cells, eve, codes or START, dtype, active=running).arrays()


def _unpack_fwi1987(arrays: Arrays, end: np.datetime64) -> Any:
    from fenghuo.core.danger import daily

    return daily.State(date=end.astype("datetime64[D]"), **arrays)


def _load_fwi1987(path: Path) -> Any:
    from fenghuo.core.danger import daily

    return daily.State.load(path)


_FWI1987 = Engine(
    "fwi1987",
    ("air_temperature", "relative_humidity", "wind_speed", "precipitation_amount"),
    ("snow_depth", "fire_season_active"),
    "noon",
    tuple(_FWI1987_NAMES.values()),
    "fire_weather_index",
    _CHOICES - {"cover"},
    ("latitude",),
    _fwi1987,
    _blank_fwi1987,
    lambda state: (state.arrays(), state.date),
    _unpack_fwi1987,
    _load_fwi1987,
)


def _lyt1172(
    weather: Arrays, times: np.ndarray, places: Arrays, state: Arrays, settings: Settings
) -> tuple[Arrays, Arrays]:
    rated = lyt1172_arrays.compute(
        *(weather[name] for name in _LYT1172.inputs),
        cover=settings.cover,
        first_day=times[0].astype("datetime64[D]").item(),
        state=lyt1172_arrays.RainGrid(state["rain"]),
    )
    return {SCORE: rated.htz, CLASS: rated.rating, MARKS: rated.marks}, {"rain": rated.state.rain}


def _blank_lyt1172(
    cells: tuple[int, ...], first: np.datetime64, dtype: np.dtype, settings: Settings, codes: Codes | None
) -> Arrays:
    if codes is not None:
        raise ValueError("LY/T 1172 has no codes to start from; start it with the rain of the days before")
    days = lyt1172_file.national().rain.within_days
    return {"rain": np.full((days, *cells), np.nan, dtype)}


_LYT1172 = Engine(
    "lyt1172",
    ("air_temperature_max", "relative_humidity_min", "wind_speed_max", "precipitation_amount"),
    (),
    "extremes",
    (SCORE, CLASS),
    "",
    frozenset({"cover"}),
    (),
    _lyt1172,
    _blank_lyt1172,
    lambda state: ({"rain": state.rain}, np.datetime64(state.date, "D")),
    lambda arrays, end: lyt1172_arrays.RainGrid(arrays["rain"], end.astype("datetime64[D]").item()),
    lyt1172_arrays.RainGrid.load,
)

_FWI2025_NAMES: dict[str, str] = {
    **_FWI1987_NAMES,
    "gfmc": "grass_fuel_moisture_code",
    "gsi": "grassland_spread_index",
    "gfwi": "grassland_fire_weather_index",
}


def _fwi2025(
    weather: Arrays, times: np.ndarray, places: Arrays, state: Arrays, settings: Settings
) -> tuple[Arrays, Arrays]:
    from fenghuo.core.danger import fwi2025

    shape = next(iter(weather.values())).shape
    wanted = {short: name for short, name in _FWI2025_NAMES.items() if name in settings.variables}
    last = times[0].astype("datetime64[m]") - np.timedelta64(60, "m")
    hours = settings.policy.restart_after
    computed = fwi2025.hourly(
        *(weather[name].reshape(shape[0], -1) for name in _FWI2025.inputs),
        times,
        *(np.asarray(places[name], np.float64).reshape(-1) for name in _FWI2025.places),
        clock="utc",
        policy=fwi2025.GapPolicy(None if hours is None else 24 * hours),
        start=fwi2025.State(**{name: array.reshape(-1) for name, array in state.items()}, time=last),
        threads=settings.threads,
        outputs=tuple(wanted),
    )
    arrays = {name: computed[short].reshape(shape) for short, name in wanted.items()}
    if MARKS in settings.variables:
        arrays[MARKS] = computed.marks.reshape(shape)
    return arrays, {name: getattr(computed.state, name).reshape(shape[1:]) for name in state}


def _blank_fwi2025(
    cells: tuple[int, ...], first: np.datetime64, dtype: np.dtype, settings: Settings, codes: Codes | None
) -> Arrays:
    from fenghuo.core.danger import fwi2025

    start = fwi2025.START if codes is None else fwi2025.State.of_codes(codes.ffmc, codes.dmc, codes.dc)
    return {name: np.full(cells, value) for name, value in _pack_fwi2025(start)[0].items()}


def _pack_fwi2025(state: Any) -> tuple[Arrays, np.datetime64]:
    parts = {one.name: np.asarray(getattr(state, one.name), np.float64)
             for one in fields(state) if one.name != "time"}  # fmt: skip
    return parts, np.datetime64("NaT") if state.time is None else state.time


def _unpack_fwi2025(arrays: Arrays, end: np.datetime64) -> Any:
    from fenghuo.core.danger import fwi2025

    return fwi2025.State(**arrays, time=end.astype("datetime64[m]"))


def _load_fwi2025(path: Path) -> Any:
    from fenghuo.core.danger import fwi2025

    return fwi2025.State.load(path)


_FWI2025 = Engine(
    "fwi2025",
    ("air_temperature", "relative_humidity", "wind_speed", "precipitation_amount"),
    (),
    "none",
    tuple(_FWI2025_NAMES.values()),
    "",
    frozenset({"policy"}),
    ("latitude", "longitude", "utc_offset"),
    _fwi2025,
    _blank_fwi2025,
    _pack_fwi2025,
    _unpack_fwi2025,
    _load_fwi2025,
)

_ENGINES = {one.key: one for one in (_FWI1987, _FWI2025, _LYT1172)}
_USUAL = {field.name: field.default for field in fields(Settings)}
