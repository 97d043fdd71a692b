"""Shifts 班次 of the roster 值班表, the duty log 值班日志, and handovers 交接班."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area

from . import hours


class Shift(models.Model):
    """Who leads and who is on duty for an area, from `start` (included) to `end` (excluded)."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("area"))
    start = models.DateTimeField(_("from"), db_index=True)
    end = models.DateTimeField(_("to"), db_index=True)
    leader = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="shifts_led", verbose_name=_("leader on shift")
    )
    on_duty = models.ManyToManyField(
        Officer, through="Post", related_name="shifts", verbose_name=_("duty officers")
    )

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_shift_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.area} · {hours.dated(self.start, self.end)}"

    @property
    def officers(self) -> list[Officer]:
        """The duty officers, in the order in which they are called."""
        return [post.officer for post in self.posts.all()]

    @property
    def people(self) -> list[Officer]:
        """The duty officers and then the leader."""
        return [*self.officers, self.leader]

    def holds(self, officer_id: int | None) -> bool:
        """Whether the officer leads or works this shift."""
        return any(person.pk == officer_id for person in self.people)

    def runs_at(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


class Post(models.Model):
    """One duty officer of one shift."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="posts")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="posts")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["shift", "officer"], name="one_post_a_shift")]


class LogEntry(models.Model):
    """A line of the duty log. It is never edited: a correction is a new line that strikes the old one."""

    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="log_entries", verbose_name=_("area")
    )
    at = models.DateTimeField(_("at"), db_index=True)
    officer = models.ForeignKey(
        Officer,
        null=True,
        on_delete=models.PROTECT,
        related_name="log_entries",
        verbose_name=_("duty officer"),
    )
    text = models.TextField(_("what happened"), max_length=1000)
    correction_of = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise RuntimeError(f"log entry {self.pk} is kept as it was written")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise RuntimeError(f"log entry {self.pk} is kept")

    @property
    def struck_by(self) -> "LogEntry | None":
        """The entry that corrects this one."""
        return getattr(self, "corrected_by", None)


class Handover(models.Model):
    """What one shift passes to the next: a note and what was open, signed by who gives and by who takes."""

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="handover")
    next_shift = models.ForeignKey(
        Shift, null=True, blank=True, on_delete=models.SET_NULL, related_name="received"
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    open_items = models.JSONField(_("open items"), default=list)  # [{kind, title, url, due, detail, clause}]
    given_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed over by")
    )
    given_at = models.DateTimeField(_("handed over at"))
    taken_by = models.ForeignKey(
        Officer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("taken over by"),
    )
    taken_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]

    @property
    def items(self) -> list[dict]:
        """The open items, with `due` as a moment again."""
        return [
            {**item, "due": datetime.fromisoformat(item["due"]) if item.get("due") else None}
            for item in self.open_items
        ]
