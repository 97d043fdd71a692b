"""Danger classes from a place's own history: breaks at the percentiles of its fire season.

A fixed threshold is wrong for most places: where the FWI rarely passes 20, EFFIS's "very high" (38) never
comes and the desk never warns; where 50 is an ordinary August day, it warns without end and is ignored.
Breaks at percentiles say instead how unusual a day is there: with the default, one season day in ten is rated
3 or more, one in twenty 4 or more, one in fifty 5. They do not say that a day below the lowest break is safe:
in a fire season as dry as Beijing's three days in four lie below an FWI of 30. `Calibration.share` shows what
the ratings would have been; the presets differ in where ratings 2 and 3 begin.

Rules, all stated in the source text of the scheme that comes out:

- Only days of the fire season's months count; which months is the office's choice (all twelve by default).
- Days without a value (None, NaN) are left out and counted.
- Percentiles are interpolated linearly between the ordered days: type 7 of Hyndman & Fan (1996), *Sample
  Quantiles in Statistical Packages*, The American Statistician 50, the default of NumPy and R.
- Breaks are rounded to `decimals` (0.1), the precision in which an FWI is spoken of.
- Less history than two seasons, or so few days that fewer than `LEAST_ABOVE` of them lie above the highest
  percentile, is refused; fewer than `GOOD_SEASONS` seasons are warned about. The numbers are this program's
  choice: a break that rests on less is one hot week. A season counts when it has at least half of its days.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from fenghuo.core.danger.classes import Scheme
from fenghuo.core.danger.finding import Text

LEAST_SEASONS = 2
GOOD_SEASONS = 5
LEAST_ABOVE = 5
ALL_YEAR = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Preset:
    """A named choice of percentiles [%], rising, and the rating of each class between them."""

    key: str
    name: Text
    percentiles: tuple[float, ...]
    ratings: tuple[int, ...]
    collapse: Text | None = None


PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset(
            "75-90-95-98",
            Text(
                "Ratings 2 to 5 from the 75th, 90th, 95th and 98th percentile",
                "第75、90、95、98百分位起为2至5级",
            ),
            (75.0, 90.0, 95.0, 98.0),
            (1, 2, 3, 4, 5),
        ),
        Preset(
            "50-90-95-98",
            Text(
                "Ratings 2 to 5 from the 50th, 90th, 95th and 98th percentile",
                "第50、90、95、98百分位起为2至5级",
            ),
            (50.0, 90.0, 95.0, 98.0),
            (1, 2, 3, 4, 5),
        ),
        Preset(
            "50-75-90-98",
            Text(
                "Ratings 2 to 5 from the 50th, 75th, 90th and 98th percentile",
                "第50、75、90、98百分位起为2至5级",
            ),
            (50.0, 75.0, 90.0, 98.0),
            (1, 2, 3, 4, 5),
        ),
        Preset(
            "50-75-90-95-98",
            Text(
                "Six classes from the 50th, 75th, 90th, 95th and 98th percentile",
                "第50、75、90、95、98百分位分为六级",
            ),
            (50.0, 75.0, 90.0, 95.0, 98.0),
            (1, 2, 3, 4, 5, 5),
            Text(
                "Six classes on five ratings: the two highest (above the 95th and the 98th percentile) are both "
                "rated 5.",
                "六级并为五级：最高两级(第95、98百分位以上)均定为5级。",
            ),
        ),
    )
}
DEFAULT_PRESET = "75-90-95-98"


class TooLittleHistory(ValueError):
    """A history that no break should rest on; `message` and `fix` say why and what to do."""

    def __init__(self, rule: str, message: Text, fix: Text) -> None:
        super().__init__(f"{message.en} {fix.en}")
        self.rule = rule
        self.message = message
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Calibration:
    """A scheme made from history, and what it rests on: days used, days without a value, whole seasons.

    `share` is the share [1] of the used days that each rating 1 to 5 would have had; `warnings` are to be
    shown beside the scheme.
    """

    scheme: Scheme
    first: date
    last: date
    days: int
    missing: int
    seasons: int
    share: dict[int, float]
    warnings: tuple[Text, ...]


def calibrate(
    key: str,
    station: str,
    history: Iterable[tuple[date, float | None]],
    months: Sequence[int] = ALL_YEAR,
    preset: str | Preset = DEFAULT_PRESET,
    decimals: int = 1,
) -> Calibration:
    """Return a scheme whose breaks are percentiles of `history`, pairs of date and FWI [1] of one place.

    `key` names the scheme, `station` the place (both appear in it). `months` are those of the fire season,
    1 to 12 in any order; a season that crosses the new year (11, 12, 1, 2, 3) is counted once. Raises
    `TooLittleHistory`, KeyError for an unknown preset, ValueError for months or values that do not exist.
    """
    chosen = preset if isinstance(preset, Preset) else _preset(preset)
    season = set(months)
    if not season or not season <= set(ALL_YEAR):
        raise ValueError(f"months {list(months)!r}: name at least one, each from 1 to 12")
    within = [(day, value) for day, value in history if day.month in season]
    used = {day: value for day, value in within if value is not None and not math.isnan(value)}
    if len({day for day, _ in within}) != len(within):
        raise ValueError("the history has one date twice: give one value a day")
    if any(not 0.0 <= value < math.inf for value in used.values()):
        raise ValueError("an FWI is never negative and never infinite: check the history")
    seasons = _whole_seasons(used, season)
    _require_enough(len(used), seasons, chosen.percentiles[-1])
    values = np.sort(np.fromiter(used.values(), float, len(used)))
    breaks = tuple(
        round(float(b), decimals) for b in np.percentile(values, chosen.percentiles, method="linear")
    )
    if breaks[0] <= 0.0 or len(set(breaks)) < len(breaks):
        raise TooLittleHistory(
            "breaks-fall-together",
            Text(
                f"The percentiles give the breaks {_list(breaks)}: some classes would be empty.",
                f"各百分位得出的分界值为 {_list(breaks)}，有的等级会是空的。",
            ),
            Text(
                "Choose only the months of the fire season, or a preset with higher percentiles.",
                "请只选防火期的月份，或改用百分位更高的方案。",
            ),
        )
    first, last, missing = min(used), max(used), len(within) - len(used)
    scheme = Scheme(
        key,
        Text(f"Local calibration, {station}", f"本地标定，{station}"),
        breaks,
        chosen.ratings,
        "local",
        Text(
            f"Percentiles {_list(chosen.percentiles)} of the daily FWI at {station}, {first} to {last}, "
            f"months {_list(sorted(season))}, {len(used)} days of {seasons} seasons, {missing} days without a "
            f"value; linear interpolation (Hyndman & Fan 1996, type 7), rounded to {decimals} decimals",
            f"{station}站 {first} 至 {last} 逐日 FWI 的第 {_list(chosen.percentiles)} 百分位："
            f"取 {_list(sorted(season))} 月，{seasons} 个防火期共 {len(used)} 天，另有 {missing} 天无值；"
            f"线性内插（Hyndman & Fan 1996，第 7 型），保留 {decimals} 位小数",
        ),
        chosen.collapse,
    )
    ratings = np.array(chosen.ratings)[np.searchsorted(breaks, values, side="right")]
    share = {rating: float(np.mean(ratings == rating)) for rating in range(1, 6)}
    return Calibration(
        scheme, first, last, len(used), missing, seasons, share, _warnings(seasons, len(used), missing)
    )


def _preset(key: str) -> Preset:
    if key not in PRESETS:
        raise KeyError(f"no preset named {key!r}; there are {', '.join(PRESETS)}")
    return PRESETS[key]


def _whole_seasons(days: Iterable[date], months: set[int]) -> int:
    """Count the seasons that have half of their days; a season is named by the year in which it ends."""
    # A season wraps the new year where both December and January are in it and some other month is not; the
    # months after the last one left out belong to the next year's season.
    wraps = {12, 1} <= months and len(months) < 12
    after = max((m for m in ALL_YEAR if m not in months), default=12) if wraps else 12
    counts = Counter(day.year + (day.month > after) for day in days)
    length = sum(monthrange(2001, month)[1] for month in months)
    return sum(count >= length / 2 for count in counts.values())


def _require_enough(days: int, seasons: int, highest: float) -> None:
    least = math.ceil(LEAST_ABOVE / (1.0 - highest / 100.0) - 1e-9)
    if seasons >= LEAST_SEASONS and days >= least:
        return
    raise TooLittleHistory(
        "too-little-history",
        Text(
            f"The history has {days} days with a value and {seasons} seasons with at least half of their days; "
            f"breaks up to the {highest:g}th percentile need {least} days of {LEAST_SEASONS} seasons.",
            f"历史资料有 {days} 天有值、{seasons} 个防火期天数过半；"
            f"标定到第 {highest:g} 百分位需要 {LEAST_SEASONS} 个防火期、{least} 天。",
        ),
        Text(
            "Import older observations of the station, or take a published scheme until then.",
            "请导入该站更早的观测资料，在此之前使用已发布的方案。",
        ),
    )


def _warnings(seasons: int, days: int, missing: int) -> tuple[Text, ...]:
    found = []
    if seasons < GOOD_SEASONS:
        found.append(
            Text(
                f"The breaks rest on {seasons} seasons; with fewer than {GOOD_SEASONS} a single dry year moves "
                "them. Calibrate again when more is on record.",
                f"分界值只依据 {seasons} 个防火期；少于 {GOOD_SEASONS} 个时，一个干旱年份就会改变结果。"
                "资料增多后请重新标定。",
            )
        )
    if missing > 0.1 * (days + missing):
        found.append(
            Text(
                f"{missing} of {days + missing} days have no value; if they were not like the others, the breaks "
                "are off.",
                f"{days + missing} 天中有 {missing} 天无值；若这些天与其他天不同，分界值会有偏差。",
            )
        )
    return tuple(found)


def _list(numbers: Iterable[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)
