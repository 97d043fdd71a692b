"""The chain and the rating of each place on each day."""

from django.db import models

from fenghuo.desk.places.models import Area, Site

from .policy import Policy


class PlaceDay(models.Model):
    """A place's day in its own chain: noon weather brought to the place, codes, indices, the 1–5 rating.

    `ffmc`, `dmc` and `dc` are what the next day starts from, kept as full doubles, so resuming is the same as
    never having stopped; on a gap day they are held and the indices and the rating are empty. `rating` is that
    of the desk's `system`. `parts` lists the stations the weather was made of: code, distance in km, weight,
    how much higher the place lies in m (empty where not known) and the correction of temperature in °C.
    `lyt` holds what LY/T 1172 makes of the day (see national.days); it is empty without hourly observations.
    """

    date = models.DateField(db_index=True)
    rating = models.PositiveSmallIntegerField(null=True)
    system = models.CharField(max_length=20, blank=True)
    ffmc = models.FloatField(null=True)
    dmc = models.FloatField(null=True)
    dc = models.FloatField(null=True)
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
    method = models.CharField(max_length=20, blank=True)
    parts = models.JSONField(default=list)
    lyt = models.JSONField(null=True)

    class Meta:
        abstract = True

    @property
    def gap(self) -> bool:
        """No indices were computed: a day without noon weather."""
        return self.fwi is None

    @property
    def index(self) -> float | None:
        """The number that the rating was read from: the FWI, or the sum HTZ of LY/T 1172."""
        if self.system == Policy.System.LYT1172:
            return self.lyt.get("htz") if self.lyt else None
        return self.fwi

    @property
    def index_words(self) -> str:
        """The index with its name, such as `FWI 31.4`; nothing where there is none."""
        if self.index is None:
            return ""
        return f"HTZ {self.index}" if self.system == Policy.System.LYT1172 else f"FWI {self.index:.1f}"


class AreaRating(PlaceDay):
    """A village's day."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="ratings")

    class Meta:
        ordering = ["date", "area__code"]
        constraints = [models.UniqueConstraint(fields=["area", "date"], name="one_rating_a_day_and_area")]


class SiteRating(PlaceDay):
    """A site's day; kept for some months, because what is older can be computed again at any time."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="ratings")

    class Meta:
        ordering = ["date", "site__code"]
        constraints = [models.UniqueConstraint(fields=["site", "date"], name="one_rating_a_day_and_site")]
