"""FWI2025's summary of a day: the hour of peak burning, how long fire spreads actively, the codes at the peak.

Follows `generate_daily_summaries` of cffdrs-ng. A day runs from `reset_hour` (05:00) of the station's clock to
the next, because the worst hours of a night belong to the day before. Wind is smoothed over five hours; the
ISI of smoothed wind finds the peak and the active window. What the program leaves open is decided here: an
hour without codes counts as missing and not as calm, a day with fewer than thirteen computed hours has no
summary, and wind beside a missing hour stays as it was observed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from fenghuo.core.danger.fwi2025.arrays import CODES, HourlyCodes
from fenghuo.core.danger.fwi2025.options import percent_cured, stands
from fenghuo.core.danger.fwi2025.scalar import BREEZE, GSI_PER_SPREAD
from fenghuo.core.danger.fwi2025.state import moisture_of
from fenghuo.core.danger.fwi2025.sun import ZENITH_AT_RISE, declination_and_equation_of_time

NEEDED = (*CODES, "mcgfmc_matted", "mcgfmc_standing")
"""The outputs of `hourly` that a summary is made from."""
SUMMARY = ("sunrise", "sunset", "peak_hr", "duration", *CODES, "ws_smooth", "isi_smooth", "gsi_smooth")
"""The names of a summary, as the reference program's; see `DailySummaries`."""
ACTIVE_ISI = 5.0
"""ISI of smoothed wind from which fire spreads actively."""
FLAMMABLE_FFMC = 85.0
"""Where no hour of the day reaches this FFMC the peak is taken at the thirteenth hour of the day."""
CALM_PEAK = 12
MORE_THAN = 12
"""A day is summarised with more hours than this."""


@dataclass(frozen=True, eq=False)
class DailySummaries:
    """One summary a day and station, arrays of shape (day, station) by the names in `SUMMARY`; NaN without one.

    `dates` are the days on which the periods begin. `sunrise`, `sunset` and `peak_hr` are hours of the
    station's clock, `duration` hours, `ws_smooth` km/h, everything else [1] at the hour of the peak.
    """

    dates: np.ndarray
    values: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a quantity by name."""
        return self.values[name]


def clock_text(hours: float) -> str:
    """Return an hour of the clock as the program prints it, such as 05:44 for 5.7464: cut, not rounded."""
    whole = int(hours)
    return f"{whole:02d}:{int(60.0 * (hours - whole)):02d}"


def summaries(result: HourlyCodes, reset_hour: int = 5, decimals: int | None = None) -> DailySummaries:
    """Return the daily summaries of hourly codes that were computed with at least the outputs in `NEEDED`.

    `decimals` rounds the hourly codes first, as the reference program does between its two steps (4); None
    keeps every digit. Raises ValueError when an output is missing or `reset_hour` is not 0 to 23.
    """
    lacking = [name for name in NEEDED if name not in result.codes]
    if lacking:
        raise ValueError(f"a summary needs these outputs of `hourly` too: {', '.join(lacking)}")
    if reset_hour not in range(24):
        raise ValueError(f"reset_hour {reset_hour!r} is not 0 to 23")
    minutes = result.times.astype("datetime64[m]").astype(np.int64)
    stations = result.local_minutes.size
    if not minutes.size or not stations:
        return DailySummaries(
            np.zeros(0, "datetime64[D]"), {name: np.zeros((0, stations)) for name in SUMMARY}
        )
    offset = 60 * reset_hour
    shifts = np.unique(result.local_minutes)
    first = (int(minutes[0]) + int(shifts[0]) - offset) // 1440
    last = (int(minutes[-1]) + int(shifts[-1]) - offset) // 1440
    values = {name: np.full((last - first + 1, stations), np.nan) for name in SUMMARY}
    for shift in shifts.tolist():
        columns = np.flatnonzero(result.local_minutes == shift)
        local = minutes + shift
        days = (local - offset) // 1440
        for day in range(int(days[0]), int(days[-1]) + 1):
            rows = slice(*np.searchsorted(days, [day, day + 1]).tolist())
            if rows.stop - rows.start > MORE_THAN:
                for name, value in _summary(result, local[rows], rows, columns, day, decimals).items():
                    values[name][day - first, columns] = value
    some = np.isfinite(values["peak_hr"]).any(axis=1)
    dates = np.arange(first, last + 1).astype("datetime64[D]")
    return DailySummaries(dates[some], {name: value[some] for name, value in values.items()})


def _summary(
    result: HourlyCodes, local: np.ndarray, rows: slice, columns: np.ndarray, day: int, decimals: int | None
) -> dict[str, np.ndarray]:
    def given(name: str) -> np.ndarray:
        field = result.codes[name][rows][:, columns].astype(np.float64)
        return field if decimals is None else np.round(field, decimals)

    wind = result.wind[rows][:, columns].astype(np.float64)
    ffmc = given("ffmc")
    smooth = smooth_wind(np.where(np.isnan(ffmc), np.nan, wind))
    isi = _initial_spread_index(moisture_of(ffmc), smooth)
    computed = np.isfinite(isi)
    known = np.where(computed, isi, -1.0)
    enough = computed.sum(axis=0) > MORE_THAN
    flammable = np.where(computed, ffmc, -1.0).max(axis=0) >= FLAMMABLE_FFMC
    peak = np.where(flammable, known.argmax(axis=0), CALM_PEAK)
    active = known >= ACTIVE_ISI
    begins, ends = active.argmax(axis=0), len(active) - 1 - active[::-1].argmax(axis=0)
    column = np.arange(columns.size)
    after_midnight = local[peak] // 1440 > local[0] // 1440
    today = date(1970, 1, 1) + timedelta(days=int(local[0]) // 1440)
    rise, fall, cured = (np.empty(columns.size) for _ in range(3))
    for chosen, when in ((~after_midnight, today), (after_midnight, today + timedelta(days=1))):
        if chosen.any():
            places = (place[columns[chosen]] for place in result.places)
            rise[chosen], fall[chosen] = _rise_and_set(when, *places)
            cured[chosen] = percent_cured(when, result.options.green_up)
    if result.cured is not None:
        observed = np.broadcast_to(result.cured, (result.times.size, result.local_minutes.size))
        cured = observed[rows][:, columns][peak, column]
    standing = stands(today, result.options)
    moisture = given("mcgfmc_standing" if standing else "mcgfmc_matted")[peak, column]
    if decimals is not None:
        rise, fall, cured = (np.round(value, decimals) for value in (rise, fall, cured))
    values = {
        "sunrise": rise,
        "sunset": fall,
        "peak_hr": (local[peak] % 1440) / 60.0,
        "duration": np.where(active.any(axis=0), ends - begins + 1.0, 0.0),
        **{name: given(name)[peak, column] for name in CODES},
        "ws_smooth": smooth[peak, column],
        "isi_smooth": isi[peak, column],
        "gsi_smooth": _grass_spread_index(moisture, smooth[peak, column], cured, standing),
    }
    return {name: np.where(enough, value, np.nan) for name, value in values.items()}


def smooth_wind(wind: np.ndarray) -> np.ndarray:
    """Return wind smoothed along the first axis by binomial weights 1 4 6 4 1, near the ends 1 2 1.

    The first and last hour, and hours with a missing one among their neighbours, stay as observed.
    """
    smooth = wind.copy()
    if len(wind) >= 3:
        for middle in (1, len(wind) - 2):
            smooth[middle] = 0.25 * wind[middle - 1] + 0.5 * wind[middle] + 0.25 * wind[middle + 1]
    if len(wind) >= 5:
        smooth[2:-2] = (wind[:-4] + 4.0 * wind[1:-3] + 6.0 * wind[2:-2] + 4.0 * wind[3:-1] + wind[4:]) / 16.0
    return np.where(np.isnan(smooth), wind, smooth)


def _initial_spread_index(moisture: np.ndarray, wind: np.ndarray) -> np.ndarray:
    """As `scalar.initial_spread_index`."""
    effect = np.where(
        wind >= 40.0,
        12.0 * (1.0 - np.exp(-0.0818 * (wind - 28.0))),
        np.exp(0.05039 * np.minimum(wind, 40.0)),
    )
    m = np.maximum(moisture, 0.0)
    return 0.208 * effect * 91.9 * np.exp(-0.1386 * m) * (1.0 + m**5.31 / 4.93e7)


def _grass_spread_index(m: np.ndarray, wind: np.ndarray, cured: np.ndarray, standing: bool) -> np.ndarray:
    """As `scalar.grass_spread_index`."""
    slow, fast, far = (0.269, 1.4, 0.838) if standing else (0.209, 1.1, 0.715)
    strong = fast + far * np.maximum(wind - 5.0, 0.0) ** 0.844
    speed = np.where(wind < 5.0, 0.054 + slow * wind, strong)
    low = np.where(m < 20.0, 0.6838 - 0.0342 * m, 0.0)
    high = np.where(m < 23.9, 0.547 - 0.0228 * m, 0.0)
    dryness = np.where(m < 12.0, np.exp(-0.108 * m), np.maximum(np.where(wind < BREEZE, low, high), 0.0))
    curing = np.where(cured >= 20.0, 1.036 / (1.0 + 103.989 * np.exp(-0.0996 * (cured - 20.0))), 0.0)
    return GSI_PER_SPREAD * 16.67 * speed * dryness * curing


def _rise_and_set(
    day: date, latitude: np.ndarray, longitude: np.ndarray, utc_offset: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """As `sun.solar_day`, for many places."""
    declination, equation = declination_and_equation_of_time(day)
    latitude = np.radians(latitude)
    cosine = np.cos(ZENITH_AT_RISE) / (np.cos(latitude) * np.cos(declination))
    cosine -= np.tan(latitude) * np.tan(declination)
    half = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))) / 15.0
    noon = (720.0 - 4.0 * longitude - equation) / 60.0 + utc_offset
    return noon - half, noon + half
