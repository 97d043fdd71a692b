"""Forecasts: who issued them when, the chain's days on them, the ratings ahead, and how wrong each day proved.

Nothing here is ever written into observed codes: a forecast starts from a copy of the last observed day's
codes and keeps its own rows.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.desk.places.models import Area

from .rating import PlaceDay
from .weather import Station, StationDay


class ForecastIssue(models.Model):
    """One station's forecast as it was issued: by whom, when, and which observed day it starts from.

    `issue_stated` is False where the source names no time of issue; then `issued_at` is when it was fetched.
    """

    class Source(models.TextChoices):
        OPEN_METEO = "open-meteo", "Open-Meteo"
        FILE = "file", _("forecast file")
        DEMO = "demo", _("demo forecast")

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="forecasts")
    source = models.CharField(max_length=20, choices=Source.choices)
    maker = models.CharField(_("issued by"), max_length=80, blank=True)
    issued_at = models.DateTimeField()
    issue_stated = models.BooleanField(default=True)
    fetched_at = models.DateTimeField()
    based_on = models.DateField(null=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "source", "maker", "issued_at"], name="one_forecast_an_issue"
            )
        ]

    @property
    def by(self) -> str:
        """Whose forecast it is, in words."""
        return self.maker or str(self.get_source_display())


class ForecastDay(models.Model):
    """A day of a forecast as issued: its noon weather and the codes that the chain makes of it.

    `lead` is the number of days from the day of issue. Kept as issued for verification; what the desk sees
    ahead is run again from each newly observed day (see ForecastRating).
    """

    issue = models.ForeignKey(ForecastIssue, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(db_index=True)
    lead = models.PositiveSmallIntegerField()
    temperature = models.FloatField(null=True)
    humidity = models.FloatField(null=True)
    wind = models.FloatField(null=True)
    rain = models.FloatField(null=True)
    ffmc = models.FloatField()
    dmc = models.FloatField()
    dc = models.FloatField()
    isi = models.FloatField(null=True)
    bui = models.FloatField(null=True)
    fwi = models.FloatField(null=True)
    dsr = models.FloatField(null=True)
    missing = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    extremes = models.JSONField(null=True)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["issue", "date"], name="one_day_a_forecast")]


class ForecastRating(PlaceDay):
    """A village's day ahead, from each station's newest issue, run on from the village's last observed day.

    As an observed day, and apart from them; each of its `parts` names the key of the station's issue too.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="forecast_ratings")

    class Meta:
        ordering = ["date", "area__code"]
        constraints = [
            models.UniqueConstraint(fields=["area", "date"], name="one_forecast_rating_a_day_and_area")
        ]


class ForecastError(models.Model):
    """How far a forecast day lay from what was observed: forecast minus observed, recorded when that arrived.

    Recorded anew when the observation or the classes change. `fwi_persistence` is the FWI of the last day that was
    observed when the forecast was issued: what "as it is now" would have forecast.
    """

    forecast = models.OneToOneField(ForecastDay, on_delete=models.CASCADE, related_name="error")
    observed = models.ForeignKey(StationDay, on_delete=models.CASCADE, related_name="forecast_errors")
    fwi_forecast = models.FloatField()
    fwi_observed = models.FloatField()
    fwi = models.FloatField()
    fwi_persistence = models.FloatField(null=True)
    rating_forecast = models.PositiveSmallIntegerField()
    rating_observed = models.PositiveSmallIntegerField()
    temperature = models.FloatField()
    humidity = models.FloatField()
    wind = models.FloatField()
    rain = models.FloatField()
    recorded_at = models.DateTimeField()


class FetchPolicy(models.Model):
    """Whether a desk's worker fetches forecasts by itself. Off until somebody switches it on."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="fetch_policy")
    on = models.BooleanField(
        _("fetch forecasts from Open-Meteo"),
        default=False,
        help_text=_(
            "The worker then sends each station's coordinates to the address below and reads the answer. "
            "Nothing else leaves the desk. Off by default."
        ),
    )
    every_hours = models.PositiveSmallIntegerField(
        _("every so many hours"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
        help_text=_(
            "Weather models are run four times a day; more often than every 3 hours brings nothing new."
        ),
    )


class FetchTry(models.Model):
    """The last time a station's forecast was fetched, and what went wrong where it did: `trouble` is en and zh."""

    station = models.OneToOneField(Station, on_delete=models.CASCADE, related_name="fetch_try")
    tried_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    trouble = models.JSONField(default=dict)

    @property
    def words(self) -> str:
        """What went wrong, in the reader's language."""
        return self.trouble.get("zh" if (get_language() or "zh").startswith("zh") else "en", "")
