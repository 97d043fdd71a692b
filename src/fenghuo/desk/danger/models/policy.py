"""How a desk rates, and when a rating drafts a warning."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.core.danger import classes
from fenghuo.core.danger.interpolate import DEFAULT_RADIUS_KM, STANDARD_LAPSE
from fenghuo.desk.places.models import Area


class Policy(models.Model):
    """How a desk rates and when a rating drafts a warning.

    `scheme` is a key of core.danger.classes, or of the desk's own file of classes (`own_scheme`), or of the
    classes calibrated from its own history (`local_scheme`); both are kept as text in that file's format.
    """

    class System(models.TextChoices):
        FWI1987 = "fwi1987", _("FWI system, 1987")
        LYT1172 = "lyt1172", _("LY/T 1172-1995, national fire-weather classes")

    class Source(models.TextChoices):
        STATIONS = "stations", _("weather stations")
        GRID = "grid", _("grids that are taken in")

    class Noon(models.TextChoices):
        CIVIL = "civil", _("noon of the civil standard time")
        SOLAR = "solar", _("noon of the sun, by each station's longitude")

    class FFMCConstant(models.TextChoices):
        REPORT = "1985", _("147.2, as printed in 1985")
        EXACT = "exact", _("250 · 59.5 / 101, as newer programs use")

    class DMCRain(models.TextChoices):
        PROGRAM = "program", _("as the widespread programs compute it")
        PRINTED = "printed", _("as the reports print it")

    class LatitudeBands(models.TextChoices):
        XCLIM = "xclim", _("changing at 15° and 30°")
        CFFDRS = "cffdrs", _("changing at 10°, 20° and 30°")

    class RainDay(models.TextChoices):
        TWENTY = "20-20", _("from 20:00 of the day before to 20:00")
        EIGHT = "08-08", _("from 08:00 of the day before to 08:00")

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="danger_policy")
    system = models.CharField(
        _("rating system"), max_length=20, choices=System.choices, default=System.FWI1987
    )
    source = models.CharField(
        _("weather from"), max_length=10, choices=Source.choices, default=Source.STATIONS
    )
    scheme = models.CharField(_("classes"), max_length=30, default=classes.DEFAULT_SCHEME)
    own_scheme = models.TextField(_("own classes"), blank=True)
    local_scheme = models.TextField(_("classes from the desk's own history"), blank=True)
    regime = models.CharField(_("warning colours"), max_length=30, default=classes.DEFAULT_REGIME)
    draft_from = models.PositiveSmallIntegerField(
        _("draft a warning from this rating on"),
        default=4,
        help_text=_("The draft waits for the duty officer. Nothing is sent by itself."),
    )
    noon = models.CharField(_("noon"), max_length=10, choices=Noon.choices, default=Noon.CIVIL)
    lapse_rate = models.FloatField(
        _("change of temperature with height, °C per km"),
        default=STANDARD_LAPSE,
        help_text=_("−6.5 is the ICAO standard atmosphere; 0 corrects nothing."),
    )
    radius_km = models.FloatField(
        _("weigh the stations within, km"),
        default=DEFAULT_RADIUS_KM,
        help_text=_("With fewer than two stations within, the nearest one is taken."),
    )
    restart_after = models.PositiveSmallIntegerField(
        _("start again after more missing days than"),
        null=True,
        blank=True,
        default=10,
        help_text=_("Until then the codes of the last full day are held. Empty: they are always held."),
    )
    estimate_up_to = models.PositiveSmallIntegerField(
        _("estimate missing days in a row, at most"),
        default=0,
        help_text=_("0: nothing is estimated. Estimated days are marked."),
    )
    ffmc_constant = models.CharField(
        _("FFMC constant"), max_length=10, choices=FFMCConstant.choices, default=FFMCConstant.REPORT
    )
    dmc_rain = models.CharField(
        _("rain in the DMC"), max_length=10, choices=DMCRain.choices, default=DMCRain.PROGRAM
    )
    latitude_bands = models.CharField(
        _("day length by latitude"), max_length=10, choices=LatitudeBands.choices, default=LatitudeBands.XCLIM
    )
    rain_day = models.CharField(
        _("rain day of LY/T 1172"), max_length=10, choices=RainDay.choices, default=RainDay.TWENTY
    )
    own_table = models.TextField(_("own score tables of LY/T 1172"), blank=True)


class GroundCover(models.Model):
    """How green or snow-covered an area is from a day on: term E of LY/T 1172, told by the desk."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="covers")
    since = models.DateField(_("from this day on"))
    category = models.CharField(_("green or snow cover"), max_length=20)

    class Meta:
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["area", "since"], name="one_cover_a_day_and_area")]
