"""How good the forecasts were: errors, right classes and warnings hit, for each number of days ahead.

Only pairs with both a forecast and an observation count. Warning days are those rated at or above a
threshold: POD = hits / (hits + misses), FAR = false alarms / (hits + false alarms), CSI = hits / (hits +
misses + false alarms), after Wilks, *Statistical Methods in the Atmospheric Sciences*. A number that has
nothing to divide by is None, never 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenghuo.core.danger import classes
from fenghuo.core.danger.classes import Scheme


@dataclass(frozen=True, slots=True)
class Pair:
    """One forecast of one day, made `lead` days ahead, and what came; None where unknown.

    `forecast`, `observed` and `persistence` (the observation on the day of issue, which is what "tomorrow will
    be as today" would have said) are an FWI or another index [1]. The ratings 1 to 5 may be given with them or
    alone; where they are not, `by_lead` makes them from the index by its scheme.
    """

    lead: int
    forecast: float | None = None
    observed: float | None = None
    forecast_rating: int | None = None
    observed_rating: int | None = None
    persistence: float | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """The skill of the forecasts of one lead [days].

    `n` pairs with both indices: mean error `bias` (forecast less observed), `mae`, `rmse`; `skill` is 1 less
    the MAE over that of persistence on the same pairs (1 perfect, 0 no better than "as today", below 0 worse).
    `rated` pairs with both ratings: share [1] in the `same_class` and `within_one` class, and the counts of
    days at or above `threshold` with `pod`, `far`, `csi`.
    """

    lead: int
    threshold: int
    n: int
    bias: float | None
    mae: float | None
    rmse: float | None
    skill: float | None
    rated: int
    same_class: float | None
    within_one: float | None
    hits: int
    misses: int
    false_alarms: int
    quiet: int

    @property
    def pod(self) -> float | None:
        """Probability of detection [1]: of the warning days that came, how many were forecast."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def far(self) -> float | None:
        """False alarm ratio [1]: of the warning days that were forecast, how many did not come."""
        return _share(self.false_alarms, self.hits + self.false_alarms)

    @property
    def csi(self) -> float | None:
        """Critical success index [1]: hits among all days that were forecast or came."""
        return _share(self.hits, self.hits + self.misses + self.false_alarms)


def by_lead(
    pairs: Iterable[Pair], threshold: int = 4, scheme: str | Scheme = classes.DEFAULT_SCHEME
) -> list[Skill]:
    """Return the skill of each lead that has any pair, nearest first; an empty list for no pairs.

    `threshold` is the rating 2 to 5 from which a day counts as a warning day. Raises ValueError for another.
    """
    if threshold not in (2, 3, 4, 5):
        raise ValueError(f"threshold {threshold!r}: use a rating from 2 to 5")
    leads: dict[int, list[Pair]] = {}
    for pair in pairs:
        leads.setdefault(pair.lead, []).append(pair)
    return [_skill(lead, leads[lead], threshold, scheme) for lead in sorted(leads)]


def _skill(lead: int, pairs: Sequence[Pair], threshold: int, scheme: str | Scheme) -> Skill:
    both = [p for p in pairs if _known(p.forecast) and _known(p.observed)]
    errors = [p.forecast - p.observed for p in both]
    n = len(errors)
    compared = [p for p in both if _known(p.persistence)]
    naive = math.fsum(abs(p.persistence - p.observed) for p in compared)
    ours = math.fsum(abs(p.forecast - p.observed) for p in compared)
    ratings = [
        (forecast, observed)
        for p in pairs
        if (forecast := _rating(p.forecast_rating, p.forecast, scheme)) is not None
        and (observed := _rating(p.observed_rating, p.observed, scheme)) is not None
    ]
    apart = [abs(forecast - observed) for forecast, observed in ratings]
    warned = [(forecast >= threshold, observed >= threshold) for forecast, observed in ratings]
    return Skill(
        lead=lead,
        threshold=threshold,
        n=n,
        bias=math.fsum(errors) / n if n else None,
        mae=math.fsum(map(abs, errors)) / n if n else None,
        rmse=math.sqrt(math.fsum(e * e for e in errors) / n) if n else None,
        skill=1.0 - ours / naive if naive > 0.0 else None,
        rated=len(ratings),
        same_class=_share(apart.count(0), len(apart)),
        within_one=_share(sum(a <= 1 for a in apart), len(apart)),
        hits=warned.count((True, True)),
        misses=warned.count((False, True)),
        false_alarms=warned.count((True, False)),
        quiet=warned.count((False, False)),
    )


def _known(value: float | None) -> bool:
    return value is not None and not math.isnan(value)


def _rating(rating: int | None, index: float | None, scheme: str | Scheme) -> int | None:
    if rating is not None:
        return rating
    return classes.rating(index, scheme) if _known(index) else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
