"""Why a place is rated as it is on one day: codes and indices, factors of the national standard, and their weather."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Min, QuerySet

from fenghuo.core.danger.fwi import START, Codes, Weather
from fenghuo.desk.danger import chain, national, rules, sky
from fenghuo.desk.danger.models import AreaRating, PlaceDay, Policy, SiteRating, Station, StationDay
from fenghuo.desk.danger.policy.commands import GRID_METHODS
from fenghuo.desk.danger.queries import CHART_DAYS, breaks_of, chart_days
from fenghuo.desk.places.models import Area, Site

from .spark import Spark

if TYPE_CHECKING:
    from fenghuo.core.danger.explain import Attribution, Inputs

COMPONENTS = ("ffmc", "dmc", "dc", "isi", "bui", "fwi")
LEAST_YEARS = 2
"""With fewer other years on record a percentile says nothing, and none is shown."""
NOON = ("temperature", "humidity", "wind", "rain")


@dataclass(frozen=True)
class Standing:
    """Where a value stands among the days near this one in other years: percentile, days, years."""

    percentile: float
    days: int
    years: int


@dataclass(frozen=True)
class Component:
    """One code or index of the day: its value, the day before's, 60 days of it, its place in the year, its reasons."""

    key: str
    value: float | None
    before: float | None
    spark: Spark
    standing: Standing | None
    years: int
    moved: "Attribution | None"

    @property
    def name(self) -> str:
        """The name it goes by: FFMC."""
        return self.key.upper()

    @property
    def change(self) -> float | None:
        """How much it rose or fell since the day before."""
        return None if self.value is None or self.before is None else self.value - self.before


@dataclass(frozen=True)
class Factor:
    """One of the factors A to E of LY/T 1172: value, points, 60 days of its points, and how sure its numbers are."""

    letter: str
    key: str
    name: Any
    value: float | None
    unit: str
    days: int | None
    note: Any
    points: int
    spark: Spark
    provenance: str


@dataclass(frozen=True)
class StationPart:
    """A station's share in the place's noon weather, beside what it observed itself."""

    station: Station | None
    code: str
    km: float
    weight: float
    higher: float | None
    correction: float
    day: StationDay | None
    covered: float | None = None
    cells: int | None = None

    @property
    def lower(self) -> float | None:
        """How much lower the place lies, m."""
        return None if self.higher is None else -self.higher

    @property
    def percent(self) -> float:
        """The weight in percent; of a grid, the share of the area that its cells cover."""
        return 100.0 * (self.weight if self.covered is None else self.covered)


class Reasons:
    """Why one place is rated as it is on one day; what is not asked for is not computed."""

    def __init__(self, of: Area | Site, day: date, place: sky.Place | None):
        self.of, self.date, self.place = of, day, place
        self.is_site = isinstance(of, Site)
        self.area = of.area if isinstance(of, Site) else of
        self.judge = rules.Judge.of(self.area)
        self.policy = self.judge.policy
        self.scheme = self.judge.scheme

    @cached_property
    def past(self) -> list[PlaceDay]:
        """Every day of the place up to this one, oldest first. A site's older days are computed, not stored."""
        if self.place is None:
            return []
        if not self.is_site or self.judge.from_grid:
            return list(self._stored.filter(date__lte=self.date).order_by("date"))
        begin = StationDay.objects.aggregate(first=Min("date"))["first"]
        if begin is None:
            return []
        over = sky.Sky.observed(begin)
        days = chain.days_of(self.place, over, self.judge, None, begin)
        return [row for row in days if row.date <= self.date]

    @property
    def _stored(self) -> QuerySet:
        model = SiteRating if self.is_site else AreaRating
        return model.objects.filter(**{"site" if self.is_site else "area": self.of})

    @cached_property
    def row(self) -> PlaceDay | None:
        """The day itself."""
        return self.past[-1] if self.past and self.past[-1].date == self.date else None

    @property
    def from_grid(self) -> bool:
        """The day came from a grid, which tells codes and no weather."""
        return self.row is not None and self.row.method in GRID_METHODS

    @property
    def elevation_of(self) -> str:
        """Whose elevation temperature is corrected to: `own`, the `village`'s for a site without one, or `unknown`."""
        if self.place is None or self.place.elevation is None or self.from_grid:
            return "unknown"
        return "village" if self.place.stands_in else "own"

    @property
    def rating(self) -> int | None:
        """1 to 5 by the desk's system, None where it has none."""
        return self.row.rating if self.row else None

    @cached_property
    def dry_days(self) -> int:
        """Days in a row with less than 0.5 mm."""
        dry = 0
        for row in reversed(self.past):
            if row.rain is None or row.rain > 0.5:
                break
            dry += 1
        return dry

    @property
    def breaks(self) -> list[float]:
        """The FWI values at which the rating rises."""
        return breaks_of(self.scheme)

    @cached_property
    def chart(self) -> list[dict[str, Any]]:
        """The last 60 days as the chart draws them."""
        return chart_days(self._by_date, self.date, CHART_DAYS)

    @cached_property
    def _by_date(self) -> dict[date, PlaceDay]:
        return {row.date: row for row in self.past}

    def _recent(self) -> list[PlaceDay | None]:
        first = self.date - timedelta(days=CHART_DAYS - 1)
        return [self._by_date.get(first + timedelta(days=n)) for n in range(CHART_DAYS)]

    # The FWI system

    @cached_property
    def components(self) -> list[Component]:
        """FFMC, DMC, DC, ISI, BUI and FWI of the day; none on a day without them."""
        if self.row is None or self.row.gap:
            return []
        before = self._before
        return [
            Component(
                key,
                getattr(self.row, key),
                getattr(before, key) if before else None,
                Spark.of([getattr(row, key) if row and not row.gap else None for row in self._recent()]),
                self._standing(key),
                self.years,
                self._moved(key),
            )
            for key in COMPONENTS
            if getattr(self.row, key) is not None
        ]

    @cached_property
    def _before(self) -> PlaceDay | None:
        """The last day before this one that has indices."""
        return next((row for row in reversed(self.past[:-1]) if not row.gap), None)

    @cached_property
    def years(self) -> int:
        """How many other years have days near this one."""
        return len({self._years_ago(row.date) for row in self._season})

    def _years_ago(self, day: date) -> int:
        return round((self.date - day).days / 365.25)

    @cached_property
    def _season(self) -> list[PlaceDay]:
        """The days with indices near this one in the year, of other years."""
        from fenghuo.core.danger import climatology

        centre, found = climatology.slot(self.date), []
        for row in self.past:
            apart = abs(climatology.slot(row.date) - centre)
            near = min(apart, climatology.SLOTS - apart) <= climatology.WINDOW
            if near and not row.gap and self._years_ago(row.date) > 0:
                found.append(row)
        return found

    def _standing(self, key: str) -> Standing | None:
        from fenghuo.core.danger import climatology

        if self.years < LEAST_YEARS:
            return None
        history = climatology.History.of([(row.date, getattr(row, key)) for row in self._season])
        found = climatology.standing(getattr(self.row, key), self.date, history)
        return Standing(found.percentile, found.days, self.years) if found else None

    def _inputs(self, row: PlaceDay | None) -> "Inputs | None":
        """What a day's indices were computed from; None where something of it stood in for an observation."""
        from fenghuo.core.danger.explain import Inputs

        # Days rated before places had chains have no codes; days from a grid have no weather.
        if row is None or row.gap or None in (row.ffmc, *(getattr(row, name) for name in NOON)):
            return None
        yesterday = self._by_date.get(row.date - timedelta(days=1))
        fresh = yesterday is None or yesterday.ffmc is None or "restart" in row.marks
        codes = START if fresh else Codes(yesterday.ffmc, yesterday.dmc, yesterday.dc)
        return Inputs(codes, Weather(*(getattr(row, name) for name in NOON)), row.date.month)

    def _moved(self, key: str) -> "Attribution | None":
        from fenghuo.core.danger import explain

        today, before = self._inputs(self.row), self._inputs(self._before)
        if today is None or before is None or self.place is None:
            return None
        return explain.attribute(before, today, self.place.latitude, self.judge.options, key)

    @cached_property
    def against_usual(self) -> "Attribution | None":
        """What moves today's FWI away from that of usual inputs for the season."""
        from fenghuo.core.danger import explain

        today = self._inputs(self.row)
        if today is None or self.place is None or self.years < LEAST_YEARS:
            return None
        season = [(row.date, inputs) for row in self._season if (inputs := self._inputs(row))]
        usual = explain.usual_inputs(season, self.date)
        if usual is None:
            return None
        return explain.attribute(
            usual, today, self.place.latitude, self.judge.options, "fwi", reference="usual"
        )

    # LY/T 1172

    @property
    def by_standard(self) -> bool:
        """The desk rates by LY/T 1172."""
        return self.policy.system == Policy.System.LYT1172

    @cached_property
    def lyt(self) -> dict[str, Any] | None:
        """What LY/T 1172 makes of the day; None without hourly observations."""
        return self.row.lyt if self.row else None

    @property
    def standard_rating(self) -> int | None:
        """1 to 5 by LY/T 1172, whichever system the desk rates by."""
        return self.lyt.get("rating") if self.lyt else None

    @cached_property
    def fwi_rating(self) -> int | None:
        """1 to 5 by the classes on the FWI, whichever system the desk rates by."""
        from fenghuo.core.danger import classes

        return None if self.row is None or self.row.fwi is None else classes.rating(self.row.fwi, self.scheme)

    @cached_property
    def factors(self) -> list[Factor]:
        """A to E of the day; none where the sum is not known."""
        if not self.lyt or "points" not in self.lyt:
            return []
        score = national.score_of(self.lyt, self.judge)
        recent = [row.lyt if row and row.lyt and "points" in row.lyt else None for row in self._recent()]
        return [
            Factor(
                letter,
                part.key,
                part.name,
                part.value,
                part.unit,
                part.days,
                part.note,
                part.points,
                Spark.of([abs(lyt["points"][number]) if lyt else None for lyt in recent]),
                part.provenance,
            )
            for number, (letter, part) in enumerate(zip("ABCDE", score.parts, strict=True))
        ]

    @cached_property
    def standard_spark(self) -> Spark:
        """60 days of the sum HTZ."""
        return Spark.of([row.lyt.get("htz") if row and row.lyt else None for row in self._recent()])

    @cached_property
    def standard_moved(self) -> "Attribution | None":
        """Which factors moved HTZ since the day before."""
        from fenghuo.core.danger import explain

        before = self.past[-2].lyt if len(self.past) > 1 else None
        if not self.factors or not before or "points" not in before:
            return None
        return explain.attribute_score(
            national.score_of(before, self.judge), national.score_of(self.lyt, self.judge)
        )

    # Where from

    @cached_property
    def parts(self) -> list[StationPart]:
        """The stations that the noon weather was made of, the nearest first."""
        if self.row is None:
            return []
        codes = [part["station"] for part in self.row.parts]
        stations = {one.code: one for one in Station.objects.filter(code__in=codes)}
        days = {
            day.station_id: day for day in StationDay.objects.filter(station__code__in=codes, date=self.date)
        }
        found = []
        for part in self.row.parts:
            station = stations.get(part["station"])
            found.append(
                StationPart(
                    station,
                    part["station"],
                    part["km"],
                    part["weight"],
                    part.get("higher"),
                    part.get("correction", 0.0),
                    days.get(station.pk) if station else None,
                    part.get("covered"),
                    part.get("cells"),
                )
            )
        return found

    @cached_property
    def village_day(self) -> AreaRating | None:
        """For a site: its village's day, so that both ratings stand side by side."""
        return AreaRating.objects.filter(area=self.area, date=self.date).first() if self.is_site else None
