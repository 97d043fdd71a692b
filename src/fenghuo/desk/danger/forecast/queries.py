"""What screens and the API read of forecasts and of how good they were, limited to what the caller may see."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from fenghuo.core.access import Caller, NotFound
from fenghuo.core.danger import classes, skill
from fenghuo.desk.danger import rules
from fenghuo.desk.danger.models import (
    AreaRating,
    FetchPolicy,
    FetchTry,
    ForecastError,
    ForecastIssue,
    ForecastRating,
    Station,
)
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import area as area_named
from fenghuo.desk.places.queries import home_area, villages

SHOWN = 7
"""Today and so many days less one are shown."""
INPUTS = ("temperature", "humidity", "wind", "rain")
OLD = timedelta(hours=30)
"""Older than this an issue is called old: a day's newer one should be there."""


@dataclass(frozen=True)
class Cell:
    """One village on one day: observed, or forecast, or neither."""

    area: Area
    date: date
    rating: int | None = None
    fwi: float | None = None
    index: float | None = None
    index_words: str = ""
    forecast: bool = False

    @property
    def word(self) -> str:
        return classes.rating_name(self.rating, get_language() or "zh") if self.rating else ""


@dataclass(frozen=True)
class OutlookDay:
    """One day of the outlook over all villages in sight; `observed` once its noon has been."""

    date: date
    observed: bool
    cells: tuple[Cell, ...]
    draft_from: int

    @property
    def highest(self) -> Cell | None:
        """The village rated highest, by the index among equals."""
        rated = [cell for cell in self.cells if cell.rating]
        return max(rated, key=lambda cell: (cell.rating, cell.index or 0), default=None)

    @property
    def classes(self) -> list[tuple[int, int]]:
        """(class, number of villages), the highest first."""
        counts = Counter(cell.rating for cell in self.cells if cell.rating)
        return sorted(counts.items(), reverse=True)

    @property
    def reaching(self) -> int:
        """How many villages reach the class from which the desk drafts a warning."""
        return sum(1 for cell in self.cells if cell.rating and cell.rating >= self.draft_from)


@dataclass(frozen=True)
class Outlook:
    """Today and the next days, with whose forecast it is and since when."""

    days: tuple[OutlookDay, ...]
    issues: tuple[ForecastIssue, ...]
    today: date
    now: datetime
    draft_from: int

    @property
    def forecast_days(self) -> list[OutlookDay]:
        return [day for day in self.days if not day.observed and day.highest]

    @property
    def issue(self) -> ForecastIssue | None:
        """The oldest issue that is used: what is said of the age is true of all."""
        return min(self.issues, key=lambda issue: issue.issued_at, default=None)

    @property
    def by(self) -> str:
        """Whose forecasts they are, each named once."""
        return " · ".join(dict.fromkeys(issue.by for issue in self.issues))

    @property
    def old(self) -> bool:
        return self.issue is not None and self.now - self.issue.issued_at > OLD

    @property
    def warning_days(self) -> list[OutlookDay]:
        """Days ahead on which some village reaches the class that drafts."""
        return [day for day in self.forecast_days if day.reaching]


def outlook(caller: Caller, days: int = SHOWN) -> Outlook:
    """Today and the next days of every village in sight: observed where it has been, else as forecast."""
    caller.must("danger.read")
    return _outlook(caller, list(villages(caller)), days)


def outlook_of(caller: Caller, code: str, days: int = SHOWN) -> Outlook:
    """The same for one village."""
    caller.must("danger.read")
    return _outlook(caller, [area_named(caller, code)], days)


def _outlook(caller: Caller, areas: Sequence[Area], days: int) -> Outlook:
    today = timezone.localtime(caller.now).date()
    last = today + timedelta(days=days - 1)
    keys = [area.pk for area in areas]
    observed = {
        row.area_id: row for row in AreaRating.objects.filter(date=today, rating__isnull=False, area__in=keys)
    }
    ahead = {
        (row.area_id, row.date): row
        for row in ForecastRating.objects.filter(date__gte=today, date__lte=last, area__in=keys)
    }
    draft_from = draft_threshold(caller)
    found = []
    for number in range(days):
        day = today + timedelta(days=number)
        cells = tuple(_cell(area, day, observed if day == today else {}, ahead) for area in areas)
        if number == 0 or any(cell.rating for cell in cells):
            seen = any(cell.rating and not cell.forecast for cell in cells)
            found.append(OutlookDay(day, seen, cells, draft_from))
    used = {part["issue"] for row in ahead.values() for part in row.parts if (row.area_id, row.date) in ahead}
    issues = ForecastIssue.objects.filter(pk__in=used).select_related("station").order_by("-issued_at")
    return Outlook(tuple(found), tuple(issues), today, caller.now, draft_from)


def _cell(area: Area, day: date, observed: dict, ahead: dict) -> Cell:
    seen = observed.get(area.pk)
    row = seen or ahead.get((area.pk, day))
    if row is None:
        return Cell(area, day)
    return Cell(area, day, row.rating, row.fwi, row.index, row.index_words, forecast=seen is None)


def issues(caller: Caller, limit: int = 30) -> list[ForecastIssue]:
    """The newest forecasts taken in for stations in the caller's area."""
    caller.must("danger.read")
    return list(
        ForecastIssue.objects.filter(station__area__code__startswith=caller.area).select_related("station")[
            :limit
        ]
    )


def issue(caller: Caller, pk: int) -> ForecastIssue:
    """One forecast as it was issued; NotFound out of the caller's area."""
    caller.must("danger.read")
    found = (
        ForecastIssue.objects.filter(pk=pk, station__area__code__startswith=caller.area)
        .select_related("station")
        .first()
    )
    if found is None:
        raise NotFound(f"forecast {pk}")
    return found


@dataclass(frozen=True)
class Fetching:
    """Whether the desk fetches by itself, from where, and how the last tries went."""

    policy: FetchPolicy
    address: str
    tries: tuple[FetchTry, ...]

    @property
    def troubles(self) -> list[tuple[FetchTry, list[str]]]:
        """Each trouble that lasts, once, with the codes of the stations that it is of."""
        groups: dict[tuple, tuple[FetchTry, list[str]]] = {}
        for one in self.tries:
            if one.trouble:
                groups.setdefault((one.tried_at, one.trouble["en"]), (one, []))[1].append(one.station.code)
        return list(groups.values())


def fetching(caller: Caller) -> Fetching | None:
    """How the caller's desk fetches; None where there is no desk yet."""
    caller.must("danger.read")
    home = home_area(caller)
    if home is None:
        return None
    policy = FetchPolicy.objects.filter(area=home).first() or FetchPolicy(area=home)
    tries = FetchTry.objects.filter(station__area__code__startswith=home.code).select_related("station")
    return Fetching(policy, settings.FENGHUO_OPEN_METEO, tuple(tries.order_by("station__code")))


@dataclass(frozen=True)
class Wanted:
    """Which pairs of forecast and observation are looked at: days from `start` to `end`, both included."""

    start: date
    end: date
    station: str = ""
    source: str = ""
    lead: int | None = None


def pairs(caller: Caller, wanted: Wanted) -> QuerySet[ForecastError]:
    """Every forecast day that was observed, the newest first."""
    caller.must("danger.read")
    found = ForecastError.objects.filter(
        forecast__date__gte=wanted.start,
        forecast__date__lte=wanted.end,
        forecast__issue__station__area__code__startswith=caller.area,
    ).select_related("forecast__issue__station", "observed")
    if wanted.station:
        found = found.filter(forecast__issue__station__code=wanted.station)
    if wanted.source:
        found = found.filter(forecast__issue__source=wanted.source)
    if wanted.lead is not None:
        found = found.filter(forecast__lead=wanted.lead)
    return found.order_by("-forecast__date", "forecast__lead", "forecast__issue__station__code", "pk")


def stations_forecast(caller: Caller) -> list[Station]:
    """The stations in sight that have had a forecast."""
    caller.must("danger.read")
    return list(
        Station.objects.filter(area__code__startswith=caller.area, forecasts__isnull=False).distinct()
    )


@dataclass(frozen=True)
class InputError:
    """Mean and mean absolute error of the noon weather of one lead: °C, %, km/h, mm."""

    lead: int
    n: int
    bias: dict[str, float]
    mae: dict[str, float]

    @property
    def columns(self) -> list[tuple[float, float]]:
        """(bias, mean absolute error) of each input, in the order of `INPUTS`."""
        return [(self.bias[name], self.mae[name]) for name in INPUTS]


@dataclass(frozen=True)
class SkillTable:
    """How good the forecasts of a period were: of the FWI and its class by lead, and of each input by lead."""

    wanted: Wanted
    threshold: int
    rows: tuple[skill.Skill, ...]
    inputs: tuple[InputError, ...]


def skill_table(caller: Caller, wanted: Wanted) -> SkillTable:
    """The skill of every lead of the pairs that are wanted; the threshold is the one that drafts a warning."""
    caller.must("danger.read")
    found = list(pairs(caller, wanted))
    threshold = draft_threshold(caller)
    rows = skill.by_lead(
        (
            skill.Pair(
                lead=one.forecast.lead,
                forecast=one.fwi_forecast,
                observed=one.fwi_observed,
                forecast_rating=one.rating_forecast,
                observed_rating=one.rating_observed,
                persistence=one.fwi_persistence,
            )
            for one in found
        ),
        threshold,
    )
    by_lead: dict[int, list[ForecastError]] = {}
    for one in found:
        by_lead.setdefault(one.forecast.lead, []).append(one)
    return SkillTable(
        wanted, threshold, tuple(rows), tuple(_inputs(lead, by_lead[lead]) for lead in sorted(by_lead))
    )


def _inputs(lead: int, errors: Sequence[ForecastError]) -> InputError:
    n = len(errors)
    return InputError(
        lead,
        n,
        {name: sum(getattr(one, name) for one in errors) / n for name in INPUTS},
        {name: sum(abs(getattr(one, name)) for one in errors) / n for name in INPUTS},
    )


def pairs_behind(
    caller: Caller, wanted: Wanted, lead: int | None, counts: Callable[[ForecastError, int], bool] | None
) -> tuple[list[ForecastError], int]:
    """The pairs that one number of the skill table is of, and the threshold class that it was counted with."""
    caller.must("danger.read")
    threshold = draft_threshold(caller)
    found = pairs(caller, replace(wanted, lead=lead))
    return [one for one in found if counts is None or counts(one, threshold)], threshold


def draft_threshold(caller: Caller) -> int:
    """The class from which the desk drafts a warning: what counts as a warning day in the skill table."""
    caller.must("danger.read")
    home = home_area(caller)
    return max(2, rules.policy_of(home).draft_from) if home else 4


SKILL_COLUMNS = (
    "lead_days", "n", "fwi_bias", "fwi_mae", "fwi_rmse", "skill_against_persistence", "same_class", "within_one_class",
    "threshold_class", "hits", "misses", "false_alarms", "pod", "far", "csi",
    *(f"{name}_{kind}" for name in INPUTS for kind in ("bias", "mae")),
)  # fmt: skip
PAIR_COLUMNS = (
    "date", "station", "source", "issued_by", "issued_at", "issue_time_stated", "lead_days",
    "fwi_forecast", "fwi_observed", "class_forecast", "class_observed",
    *(f"{name}_{kind}" for name in INPUTS for kind in ("forecast", "observed")),
)  # fmt: skip


def skill_rows(caller: Caller, wanted: Wanted) -> Iterator[Sequence]:
    """The skill table as rows of a file, the header first. Units: FWI none, °C, %, km/h, mm."""
    caller.must("danger.read")
    table = skill_table(caller, wanted)
    yield SKILL_COLUMNS
    for row, weather in zip(table.rows, table.inputs, strict=True):
        yield [
            row.lead, row.n, row.bias, row.mae, row.rmse, row.skill, row.same_class, row.within_one,
            row.threshold, row.hits, row.misses, row.false_alarms, row.pod, row.far, row.csi,
            *(error[name] for name in INPUTS for error in (weather.bias, weather.mae)),
        ]  # fmt: skip


def pair_rows(caller: Caller, wanted: Wanted) -> Iterator[Sequence]:
    """Every pair behind the skill table as rows of a file, the header first."""
    caller.must("danger.read")
    yield PAIR_COLUMNS
    for one in pairs(caller, wanted):
        day, issued = one.forecast, one.forecast.issue
        yield [
            day.date.isoformat(), issued.station.code, issued.source, issued.maker,
            timezone.localtime(issued.issued_at).isoformat(timespec="minutes"), int(issued.issue_stated), day.lead,
            one.fwi_forecast, one.fwi_observed, one.rating_forecast, one.rating_observed,
            *(value for name in INPUTS for value in (getattr(day, name), getattr(one.observed, name))),
        ]  # fmt: skip
