"""Stations, what they observed, the codes of each day, the ratings of each area, and the desk's policy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.core.danger import classes
from fenghuo.desk.places.models import Area, Named


class Station(Named):
    """A weather station that the desk's danger is computed from."""

    code = models.CharField(_("station code"), max_length=20, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="stations", verbose_name=_("area"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    elevation = models.FloatField(_("elevation, m"), null=True, blank=True)

    class Meta:
        ordering = ["code"]


class Observation(models.Model):
    """One reading: temperature and dew point °C, humidity %, wind km/h, rain mm; empty where missing."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="observations")
    at = models.DateTimeField()
    daily = models.BooleanField(default=False)  # a noon value with its 24-hour rain, not an hour's reading
    temperature = models.FloatField(null=True)
    humidity = models.FloatField(null=True)
    dew_point = models.FloatField(null=True)
    wind = models.FloatField(null=True)
    rain = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "at", "daily"], name="one_observation_a_moment")
        ]


class StationDay(models.Model):
    """A station's day in the chain: the codes that the next day starts from, and the indices where rated.

    `codes` are kept as full doubles, so resuming is the same as never having stopped. On a gap day the
    codes are held, the indices are empty and `marks` says why (see core.danger.season).
    """

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    ffmc = models.FloatField()
    dmc = models.FloatField()
    dc = models.FloatField()
    gap_days = models.PositiveIntegerField(default=0)
    isi = models.FloatField(null=True)
    bui = models.FloatField(null=True)
    fwi = models.FloatField(null=True)
    dsr = models.FloatField(null=True)
    temperature = models.FloatField(null=True)
    humidity = models.FloatField(null=True)
    wind = models.FloatField(null=True)
    rain = models.FloatField(null=True)
    missing = models.JSONField(default=list)
    marks = models.JSONField(default=list)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["station", "date"], name="one_chain_day_a_station")]

    @property
    def gap(self) -> bool:
        return self.fwi is None


class AreaRating(models.Model):
    """A village's FWI and 1–5 rating of a day; both empty on a day on which no station had one.

    `parts` lists the stations it was made of: code, distance in km, weight.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="ratings")
    date = models.DateField(db_index=True)
    fwi = models.FloatField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    method = models.CharField(max_length=20, blank=True)
    parts = models.JSONField(default=list)

    class Meta:
        ordering = ["date", "area__code"]
        constraints = [models.UniqueConstraint(fields=["area", "date"], name="one_rating_a_day_and_area")]


class Policy(models.Model):
    """How a desk rates and when a rating drafts a warning."""

    class Noon(models.TextChoices):
        CIVIL = "civil", _("noon of the civil standard time")
        SOLAR = "solar", _("noon of the sun, by each station's longitude")

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="danger_policy")
    scheme = models.CharField(_("classes"), max_length=30, default=classes.DEFAULT_SCHEME)
    regime = models.CharField(_("warning colours"), max_length=30, default=classes.DEFAULT_REGIME)
    draft_from = models.PositiveSmallIntegerField(
        _("draft a warning from this rating on"),
        default=4,
        help_text=_("The draft waits for the duty officer. Nothing is sent by itself."),
    )
    noon = models.CharField(_("noon"), max_length=10, choices=Noon.choices, default=Noon.CIVIL)
