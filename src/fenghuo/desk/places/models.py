"""The area tree 辖区 and the sites 场所 in it."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """Something with a Chinese name and, where the desk wants one, an English name."""

    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


class Area(Named):
    """A node of the county → township → village tree. A code holds every code it is a prefix of."""

    class Level(models.TextChoices):
        COUNTY = "county", _("county")
        TOWNSHIP = "township", _("township")
        VILLAGE = "village", _("village")

    code = models.CharField(_("area code"), max_length=12, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    boundary = models.JSONField(_("boundary"), null=True, blank=True)  # GeoJSON geometry, WGS 84
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    elevation = models.FloatField(_("elevation, m"), null=True, blank=True)

    class Meta:
        ordering = ["code"]


class Site(Named):
    """A place that can be inspected or warned."""

    class Kind(models.TextChoices):
        FOREST_BLOCK = "forest_block", _("forest block")
        CHECKPOINT = "checkpoint", _("checkpoint")
        SCHOOL = "school", _("school")
        ENTERPRISE = "enterprise", _("enterprise")
        SHOP = "shop", _("shop")
        PETROL_STATION = "petrol_station", _("petrol station")
        LODGING = "lodging", _("lodging")
        WAREHOUSE = "warehouse", _("warehouse")
        VILLAGE_HALL = "village_hall", _("village hall")
        POWER = "power", _("power installation")
        SCENIC = "scenic", _("scenic spot")

    code = models.CharField(_("site code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sites", verbose_name=_("area"))
    unit = models.ForeignKey(
        "officers.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sites",
        verbose_name=_("responsible unit"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    elevation = models.FloatField(_("elevation, m"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
