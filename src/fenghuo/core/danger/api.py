"""The one way in for programs: floats give a day, NumPy arrays a season, xarray a Dataset, by one signature."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from fenghuo.core.danger.classes import Scheme
from fenghuo.core.danger.fire_season import YEAR_ROUND, DryStart, SeasonRule
from fenghuo.core.danger.fwi import DEFAULT, START, Codes, Day, Options, Weather, step
from fenghuo.core.danger.overwinter import Overwintering
from fenghuo.core.danger.season import HOLD, GapPolicy

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr

    from fenghuo.core.danger.daily import SeasonCodes


def fire_weather(
    temperature: float | np.ndarray | xr.DataArray | xr.Dataset,
    humidity: float | np.ndarray | xr.DataArray | None = None,
    wind: float | np.ndarray | xr.DataArray | None = None,
    rain: float | np.ndarray | xr.DataArray | None = None,
    dates: date | Sequence[date] | np.ndarray | None = None,
    latitude: float | np.ndarray | xr.DataArray | None = None,
    *,
    options: Options = DEFAULT,
    policy: GapPolicy = HOLD,
    rule: SeasonRule = YEAR_ROUND,
    overwintering: Overwintering | None = None,
    dry_start: DryStart | None = None,
    start: Any = None,
    outputs: Collection[str] | None = None,
    threads: int = 1,
    system: Literal["fwi1987", "fwi2025", "lyt1172"] = "fwi1987",
    scheme: str | Scheme | None = None,
    noon: str | timedelta = "solar",
    with_state: bool = False,
) -> Day | SeasonCodes | xr.Dataset:
    """Compute fire weather in the form that the weather comes in.

    **Floats**: noon temperature [°C], relative humidity [%], wind at 10 m [km/h], rain of 24 h [mm] of one date
    → `fwi.Day`. `start` is a `Codes`, yesterday's.

    >>> from datetime import date
    >>> day = fire_weather(17.0, 42.0, 25.0, 0.0, date(1985, 4, 13), 46.0)
    >>> round(day.fwi, 5)
    10.09637

    **NumPy arrays** of the same quantities and units, time first, any shape of cells → `daily.SeasonCodes`.
    `start` is a `Codes` or the `daily.State` of the day before.

    >>> import numpy as np
    >>> days = np.arange("1985-04-13", "1985-04-16", dtype="datetime64[D]")
    >>> season = fire_weather(np.full((3, 2), 17.0), np.full((3, 2), 42.0), np.full((3, 2), 25.0),
    ...                       np.zeros((3, 2)), days, np.array([46.0, -30.0]))
    >>> season.fwi.shape, season.state.date
    ((3, 2), np.datetime64('1985-04-15'))

    **xarray**: one Dataset of weather with units, or four DataArrays with units → a Dataset by the CF
    conventions, lazy where the weather is. Hourly weather is reduced at `noon`; `scheme` adds classes, `system`
    chooses another system, `with_state` adds the state; `start` may be a Dataset with one.

    >>> import xarray as xr
    >>> weather = xr.Dataset(
    ...     {"air_temperature": ("time", [290.15], {"units": "K"}),
    ...      "relative_humidity": ("time", [0.42], {"units": "1"}),
    ...      "wind_speed": ("time", [25.0], {"units": "km h-1"}),
    ...      "precipitation_amount": ("time", [0.0], {"units": "kg m-2"})},
    ...     coords={"time": days[:1].astype("datetime64[ns]"), "latitude": 46.0, "longitude": -77.0},
    ... )
    >>> danger = fire_weather(weather, scheme="effis")
    >>> round(float(danger.fire_weather_index[0]), 5), int(danger.fire_weather_class[0])
    (10.09637, 2)

    Raises ValueError for what does not fit together, `ImpossibleWeather` for values that weather cannot have,
    `UnreadableGrid` for a Dataset whose variables or units are missing or unknown.
    """
    if hasattr(temperature, "dims"):
        from fenghuo.core.danger import blocks, grid

        settings = blocks.Settings(
            system=system,
            options=options,
            policy=policy,
            rule=rule,
            overwintering=overwintering,
            dry_start=dry_start,
            outputs=None if outputs is None else blocks.full_names(system, outputs),
            scheme=scheme,
            threads=threads,
        )
        weather = (
            temperature if hasattr(temperature, "data_vars") else _named(temperature, humidity, wind, rain)
        )
        return grid.fire_weather(
            weather, settings, start=start, latitude=latitude, noon=noon, with_state=with_state
        )
    if system != "fwi1987":
        raise ValueError(f"{system} has its own arrays: see the modules fwi2025 and lyt1172")
    if humidity is None or wind is None or rain is None or dates is None or latitude is None:
        raise ValueError("give temperature, humidity, wind, rain, dates and latitude")
    before = START if start is None else start
    if isinstance(dates, date):
        if not isinstance(before, Codes):
            raise ValueError("one day starts from yesterday's Codes")
        values = (float(one) for one in (temperature, humidity, wind, rain))
        return step(before, Weather(*values), dates.month, float(latitude), options)
    from fenghuo.core.danger import daily

    return daily.compute(
        temperature, humidity, wind, rain, dates, latitude,
        options=options, policy=policy, rule=rule, overwintering=overwintering, dry_start=dry_start,
        start=before, threads=threads, outputs=daily.ALL if outputs is None else outputs,
    )  # fmt: skip


def _named(temperature: Any, humidity: Any, wind: Any, rain: Any) -> dict[str, Any]:
    names = ("air_temperature", "relative_humidity", "wind_speed", "precipitation_amount")
    given = dict(zip(names, (temperature, humidity, wind, rain), strict=True))
    missing = [name for name, one in given.items() if one is None]
    if missing:
        raise ValueError(f"give {', '.join(missing)} too, or all in one Dataset")
    return given
