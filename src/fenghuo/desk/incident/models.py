"""Incidents 突发事件, their reports 首报、续报、终报, and when each was filed with the county."""

import re
from datetime import timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area, Site

_BREAK = re.compile(r"[，。；！\n]|[,.;!](?:\s|$)")


class Figures(models.Model):
    """What an incident has cost so far. None is not known yet."""

    deaths = models.PositiveIntegerField(_("deaths"), default=0)
    serious_injuries = models.PositiveIntegerField(_("seriously injured"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    burned_area_ha = models.DecimalField(
        _("burned forest, hectares"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    other_land_burning = models.BooleanField(_("other forest land is burning"), default=False)
    direct_loss_yuan = models.DecimalField(
        _("direct loss, yuan"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        abstract = True


FIGURES = tuple(field.name for field in Figures._meta.fields)


class Incident(Figures):
    """Something that happened, as the latest report tells it."""

    class Kind(models.TextChoices):
        FOREST_FIRE = "forest_fire", pgettext_lazy("incident", "forest fire")
        FIRE = "fire", pgettext_lazy("incident", "fire")
        WORK_ACCIDENT = "work_accident", pgettext_lazy("incident", "work accident")
        TRAFFIC = "traffic", pgettext_lazy("incident", "road traffic")
        FLOOD_GEOLOGY = "flood_geology", pgettext_lazy("incident", "flood or landslide")
        OTHER = "other", pgettext_lazy("incident", "other")

    class State(models.TextChoices):
        FIRST = "first", pgettext_lazy("incident state", "first report")
        FOLLOWED = "followed", pgettext_lazy("incident state", "followed up")
        FINAL = "final", pgettext_lazy("incident state", "final report made")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("area"))
    site = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="incidents",
        verbose_name=_("site"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    what_happened = models.TextField(_("what happened"), max_length=1000)
    place = models.CharField(_("exact place"), max_length=200, blank=True)
    happened_at = models.DateTimeField(_("happened at"))
    known_at = models.DateTimeField(_("known at"), db_index=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.FIRST, db_index=True
    )
    reported_by = models.ForeignKey(
        Officer,
        null=True,
        on_delete=models.PROTECT,
        related_name="incidents_reported",
        verbose_name=_("reported by"),
    )

    class Meta:
        ordering = ["-known_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.area} · {self.title}"

    @property
    def title(self) -> str:
        """The first clause of what happened, cut to 40 characters."""
        clause = _BREAK.split(self.what_happened.strip(), maxsplit=1)[0]
        return clause if len(clause) <= 40 else clause[:39] + "…"

    @property
    def first_report(self) -> "Report":
        return next(report for report in self.reports.all() if report.kind == Report.Kind.FIRST)


class Kept(models.Model):
    """A row that is written once: a report or a filing is never edited; a newer report says what changed."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise RuntimeError(f"{self._meta.label} {self.pk} is kept as it was written")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise RuntimeError(f"{self._meta.label} {self.pk} is kept")


class Report(Kept):
    """One report: what was known at that moment."""

    class Kind(models.TextChoices):
        FIRST = "first", pgettext_lazy("report", "first report")
        FOLLOW_UP = "follow_up", pgettext_lazy("report", "follow-up report")
        FINAL = "final", pgettext_lazy("report", "final report")

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="reports", verbose_name=_("incident")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("at"), db_index=True)
    by = models.ForeignKey(
        Officer, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    text = models.TextField(_("text"), max_length=1000)
    figures = models.JSONField(_("figures"), default=dict)  # FIGURES → number, text of a decimal, or None

    class Meta:
        ordering = ["at", "pk"]


class Filing(Kept):
    """That a report went up to the county: when, by whom, how, to whom, and by when the law wanted it."""

    class Means(models.TextChoices):
        PHONE = "phone", pgettext_lazy("means of filing", "telephone")
        SYSTEM = "system", pgettext_lazy("means of filing", "reporting system")
        PAPER = "paper", pgettext_lazy("means of filing", "paper or fax")

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="filing", verbose_name=_("report")
    )
    at = models.DateTimeField(_("at"), db_index=True)
    by = models.ForeignKey(
        Officer, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    means = models.CharField(_("by what means"), max_length=10, choices=Means.choices)
    to = models.CharField(_("to whom"), max_length=100)
    due = models.DateTimeField(_("due"))

    class Meta:
        ordering = ["at", "pk"]

    @property
    def late_by(self) -> timedelta:
        """How much too late it was; zero when in time."""
        return max(self.at - self.due, timedelta(0))
