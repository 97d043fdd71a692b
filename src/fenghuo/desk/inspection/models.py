"""Hazards 隐患, each round of rectification 整改 and verification 复查, and their photographs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.desk.officers.models import Officer, Unit
from fenghuo.desk.places.models import Area, Site

GRADES_MEAN = _(
    "General: the harm is small and it can be put right at once. Major: work must stop wholly or in part and the "
    "fix takes time, or outside causes keep the unit from removing it alone (work-safety administration, "
    "Order 16, Art. 3)."
)

PLAN_PARTS = {
    "goals": _("Goals and tasks"),
    "methods": _("Methods and measures"),
    "funds": _("Funds and materials"),
    "people": _("People and organisations"),
    "time_limit": _("Time limit and requirements"),
    "safety": _("Safety measures and contingency plan"),
}
"""The six parts of a major hazard's plan (Order 16, Art. 15), in the order of the law."""


class Hazard(models.Model):
    """A found condition that breaks a rule, until somebody else than who fixed it closes it."""

    class Grade(models.TextChoices):
        GENERAL = "general", pgettext_lazy("hazard grade", "general")
        MAJOR = "major", pgettext_lazy("hazard grade", "major")

    class State(models.TextChoices):
        FOUND = "found", pgettext_lazy("hazard state", "to be rectified")
        RECTIFIED = "rectified", pgettext_lazy("hazard state", "awaiting verification")
        CLOSED = "closed", pgettext_lazy("hazard state", "closed")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="hazards", verbose_name=_("area"))
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="hazards", verbose_name=_("site"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="hazards", verbose_name=_("responsible unit")
    )
    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices)
    description = models.TextField(_("what is wrong"), max_length=1000)
    rule = models.CharField(_("rule that is broken"), max_length=300, blank=True)
    plan = models.JSONField(_("plan of rectification"), default=dict, blank=True)  # PLAN_PARTS → text
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.FOUND, db_index=True
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    found_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("found by")
    )
    found_at = models.DateTimeField(_("found at"), db_index=True)
    deadline = models.DateTimeField(_("deadline"), db_index=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["deadline", "pk"]

    def __str__(self) -> str:
        return f"{self.site} · {self.title}"

    @property
    def title(self) -> str:
        """The first line of the description, cut to 60 characters."""
        line = self.description.strip().split("\n", 1)[0]
        return line if len(line) <= 60 else line[:59] + "…"

    @property
    def plan_parts(self) -> list[tuple[str, str]]:
        """(heading, text) of the plan, in the order of the law; empty without a plan."""
        return [(str(words), self.plan[key]) for key, words in PLAN_PARTS.items()] if self.plan else []


class Kept(models.Model):
    """A row that is written once: what happened in a round is not edited afterwards."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise RuntimeError(f"{self._meta.label} {self.pk} is kept as it was written")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise RuntimeError(f"{self._meta.label} {self.pk} is kept")


class Rectification(Kept):
    """What somebody of the responsible unit did in one round."""

    hazard = models.ForeignKey(
        Hazard, on_delete=models.PROTECT, related_name="rectifications", verbose_name=_("hazard")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded at"))
    note = models.TextField(_("what was done"), max_length=1000)

    class Meta:
        ordering = ["pk"]


class Verification(Kept):
    """What somebody else found when checking one round."""

    hazard = models.ForeignKey(
        Hazard, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("hazard")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded at"))
    passed = models.BooleanField(_("passed"))
    note = models.TextField(_("what the check showed"), max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hazard", "round"], name="one_verification_a_round"),
        ]


class Photo(Kept):
    """A photograph of the finding, of a rectification or of a verification; the file lies in `photos`."""

    hazard = models.ForeignKey(
        Hazard, on_delete=models.PROTECT, related_name="photos", verbose_name=_("hazard")
    )
    rectification = models.ForeignKey(
        Rectification, null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    verification = models.ForeignKey(
        Verification, null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    width = models.PositiveIntegerField(_("width, pixels"))
    height = models.PositiveIntegerField(_("height, pixels"))

    class Meta:
        ordering = ["pk"]
