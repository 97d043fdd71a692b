"""Sealed summaries: figures frozen with the keys of their records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenghuo.desk.gather import Period

from .spans import Span


class Summary(models.Model):
    """The figures of a period and an area as they stood when somebody sealed them."""

    title = models.CharField(_("title"), max_length=120)
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, related_name="summaries", verbose_name=_("area")
    )
    start = models.DateTimeField()
    end = models.DateTimeField()
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sealed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def span(self) -> Span:
        return Span.of(self.period)

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"summary:{self.pk}"


class SealedFigure(models.Model):
    """One frozen number. `records` is a list of `{"key", "title"}` in the order in which they were listed."""

    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    records = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["summary", "key"], name="one_figure_once")]

    def __str__(self) -> str:
        return f"{self.summary_id} {self.key}"


class ArchivedPaper(models.Model):
    """A paper of the archive, by its text alone: what later papers are compared with."""

    name = models.CharField(_("name"), max_length=200)
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, related_name="+", verbose_name=_("area")
    )
    text = models.TextField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["area", "digest"], name="one_paper_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"paper:{self.pk}"

    @property
    def key(self) -> str:
        """What the index calls it: another text has another key, even under a number that was used before."""
        return f"{self.pk}-{self.digest[:16]}"
