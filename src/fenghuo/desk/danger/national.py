"""The national classes of LY/T 1172-1995 on the days of stations and places, in the form they are stored in.

A station's day keeps the extremes that the standard takes: highest temperature °C, lowest humidity %, highest
wind m/s, rain of the rain day mm. Brought to a place they are corrected for height as noon weather is: the
lowest humidity is taken to stand with the highest temperature. A place's day keeps the sum and its parts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fenghuo.core.danger.observation import Observation as Reading

from .rules import Judge
from .sky import Field, Place

LOOKS_BACK = timedelta(days=8)
"""How far back the standard asks for rain."""
NAMES = ("temperature", "humidity", "wind", "rain")


def extremes(readings: Sequence[Reading], offset: timedelta, judge: Judge) -> dict[date, dict[str, Any]]:
    """Each day's extremes, as stored with the station's day; a day without hourly observations has none."""
    if all(reading.daily for reading in readings):
        return {}
    from fenghuo.core.danger.extremes import daily_extremes

    return {
        day.date: {name: getattr(day, name) for name in NAMES} | {"marks": list(day.marks)}
        for day in daily_extremes(readings, offset, judge.policy.rain_day)
        if not day.noon_only
    }


def days(place: Place, field: Field, judge: Judge, first: date, last: date) -> list[dict[str, Any] | None]:
    """What the standard makes of the place's days from `first` to `last`; None without hourly observations.

    A day has `rating`, `htz`, `points` of the factors A to E, and the values they were looked up with; or
    `missing`, what could not be known of it.
    """
    # Years of daily records come before the first day that has extremes.
    known = min(field.values, default=last + timedelta(days=1))
    before = max(0, min((known - first).days, (last - first).days + 1))
    first += timedelta(days=before)
    count = (last - first).days + 1
    unknown: list[dict[str, Any] | None] = [None] * before
    if count == 0:
        return unknown
    from fenghuo.core.danger import lyt1172
    from fenghuo.core.danger.extremes import DailyExtremes

    begin = first - LOOKS_BACK
    made = field.over(place, judge.policy, begin, last)
    dated = [
        DailyExtremes(begin + timedelta(days=number), *(getattr(one.values, name) for name in NAMES))
        for number, one in enumerate(made)
    ]
    looked_back = lyt1172.RainState(first - timedelta(days=1), tuple(day.rain for day in dated[:-count]))
    found = unknown
    for rated, one in zip(
        lyt1172.run(dated[-count:], looked_back, judge.cover, judge.table), made[-count:], strict=True
    ):
        found.append(_stored(rated, judge) if one.parts else None)
    return found


def _stored(rated, judge: Judge) -> dict[str, Any]:
    if rated.score is None:
        return {"missing": list(rated.missing)}
    score = rated.score
    return {
        "rating": score.rating,
        "htz": score.htz,
        "points": [part.points for part in score.parts],
        "values": [part.value for part in score.parts],
        "days": score.part("rain").days,
        "cover": judge.cover(rated.date),
        "rain_unknown": score.rain_unknown,
    }


def score_of(stored: dict[str, Any], judge: Judge):
    """The core's Score of a stored day that has one, for explaining it."""
    from fenghuo.core.danger.lyt1172 import FACTORS, Part, Score

    table = judge.table
    cover = table.cover.categories[table.cover.index(stored["cover"])]
    parts = tuple(
        Part(
            key,
            (factor := getattr(table, key)).name,
            value,
            {"rain": "mm", "cover": ""}.get(key) or getattr(factor, "unit", ""),
            points,
            factor.provenance,
            factor.source,
            days=stored["days"] if key == "rain" else None,
            note=cover.name if key == "cover" else None,
        )
        for key, value, points in zip(FACTORS, stored["values"], stored["points"], strict=True)
    )
    return Score(
        parts, stored["htz"], stored["rating"], table.key, table.class_provenance, stored["rain_unknown"]
    )
