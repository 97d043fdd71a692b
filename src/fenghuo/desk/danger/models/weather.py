"""Stations, what they observed, and the codes of each of their days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
    codes are held, the indices are empty and `marks` says why (see core.danger.season). `extremes` are the
    day's highest and lowest values that LY/T 1172 asks for, empty without hourly observations.
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
    extremes = models.JSONField(null=True)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["station", "date"], name="one_chain_day_a_station")]

    @property
    def gap(self) -> bool:
        return self.fwi is None
