"""Warnings, who was warned, what was sent to them, and what was done when they did not answer."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from . import scale


class Warning(models.Model):
    """One CAP message on its way from draft to the end of its force."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a warning", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state of a warning", "Awaiting approval")
        APPROVED = "approved", pgettext_lazy("state of a warning", "Approved, not issued")
        ISSUED = "issued", pgettext_lazy("state of a warning", "Issued")
        UPDATED = "updated", pgettext_lazy("state of a warning", "Replaced by an update")
        CANCELLED = "cancelled", pgettext_lazy("state of a warning", "Cancelled")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a warning", "Withdrawn")

    class Kind(models.TextChoices):
        ALERT = "Alert", pgettext_lazy("kind of message", "Warning")
        UPDATE = "Update", pgettext_lazy("kind of message", "Update")
        CANCEL = "Cancel", pgettext_lazy("kind of message", "Cancellation")

    OPEN = (State.DRAFT, State.SUBMITTED, State.APPROVED)
    OUT = (State.ISSUED, State.UPDATED, State.CANCELLED)

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    msg_type = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ALERT)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="warnings")
    areas = models.ManyToManyField("places.Area", related_name="warned_by")
    event = models.CharField(_("what"), max_length=20)
    level = models.CharField(_("level"), max_length=8)
    cause = models.CharField(_("cause"), max_length=200, blank=True)
    cause_en = models.CharField(_("cause, in English"), max_length=200, blank=True)
    description_zh = models.TextField(_("what is happening"))
    description_en = models.TextField(_("what is happening, in English"), blank=True)
    instruction_zh = models.TextField(_("what to do"))  # a line an instruction
    instruction_en = models.TextField(_("what to do, in English"), blank=True)
    channels = models.JSONField(_("channels"), default=list)
    source = models.CharField(max_length=12, default="officer")  # officer, threshold
    send_back_reason = models.CharField(max_length=200, blank=True)

    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(
        "officers.Officer", null=True, on_delete=models.PROTECT, related_name="warnings_drafted"
    )
    written_by = models.ForeignKey(
        "officers.Officer", null=True, on_delete=models.PROTECT, related_name="warnings_written"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "officers.Officer", null=True, on_delete=models.PROTECT, related_name="warnings_approved"
    )
    issued_at = models.DateTimeField(null=True, db_index=True)
    issued_by = models.ForeignKey(
        "officers.Officer", null=True, on_delete=models.PROTECT, related_name="warnings_issued"
    )
    expires = models.DateTimeField(_("until when"))
    ended_at = models.DateTimeField(null=True)  # when an update or a cancellation took its place

    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    answer_minutes = models.PositiveSmallIntegerField(default=0)  # as it stood when it was issued
    identifier = models.CharField(max_length=80, null=True, unique=True)
    cap_xml = models.TextField(blank=True)  # UTF-8 text of the bytes that were published
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "serial"], name="one_warning_a_number")
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        return self.headline_in("en" if get_language() == "en" else "zh")

    def headline_in(self, language: str) -> str:
        """森林火险橙色预警 / Orange warning: forest fire danger; `language` is zh or en."""
        event, level = scale.events()[self.event], scale.levels()[self.level]
        if language == "en":
            word = {"Alert": "warning", "Update": "warning, updated", "Cancel": "warning lifted"}
            return f"{level.en} {word[self.msg_type]}: {event.en[0].lower()}{event.en[1:]}"
        word_zh = {"Alert": "预警", "Update": "预警（更新）", "Cancel": "预警解除"}
        return f"{event.zh}{level.zh}{word_zh[self.msg_type]}"

    @property
    def event_name(self) -> str:
        return str(scale.events()[self.event])

    @property
    def level_name(self) -> str:
        return str(scale.levels()[self.level])

    @property
    def number_text(self) -> str:
        """云岭〔2026〕7 号 / Yunling [2026] No. 7, "" before it is issued."""
        if not self.number:
            return ""
        if get_language() == "en":
            return f"{self.area} [{self.year}] No. {self.serial}"
        return self.number.replace("号", " 号")

    @property
    def description(self) -> str:
        return (self.description_en if get_language() == "en" else "") or self.description_zh

    @property
    def instructions(self) -> list[str]:
        """What to do, a line each, in the reader's language."""
        text = (self.instruction_en if get_language() == "en" else "") or self.instruction_zh
        return [line.strip() for line in text.splitlines() if line.strip()]

    @property
    def is_out(self) -> bool:
        return self.state in self.OUT

    def in_force(self, now: datetime) -> bool:
        """Whether it holds at `now`: issued, neither replaced nor cancelled nor expired, and no cancellation."""
        return self.state == self.State.ISSUED and self.msg_type != self.Kind.CANCEL and now < self.expires

    def standing(self, now: datetime) -> str:
        """Its state in a word, expiry included."""
        if self.state == self.State.ISSUED and self.msg_type != self.Kind.CANCEL:
            return gettext("In force") if now < self.expires else gettext("Expired")
        return str(self.get_state_display())

    def due(self, step: int) -> datetime:
        """When step 1, 2, … of the escalation falls due, for whoever has not answered."""
        assert self.issued_at is not None
        return self.issued_at + timedelta(minutes=self.answer_minutes) * step


class Recipient(models.Model):
    """A unit that was warned, and its answer. Its first contact stands here; others come in by escalation."""

    class How(models.TextChoices):
        LINK = "link", pgettext_lazy("how it was acknowledged", "link")
        APP = "app", pgettext_lazy("how it was acknowledged", "inbox")
        PHONE = "phone", pgettext_lazy("how it was acknowledged", "telephone")
        LEADER = "leader", pgettext_lazy("how it was acknowledged", "leader took over")

    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="recipients")
    unit = models.ForeignKey("officers.Unit", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("officers.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "officers.Officer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_how = models.CharField(max_length=8, choices=How.choices, blank=True)
    answered_name = models.CharField(max_length=80, blank=True)  # who answered the telephone
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit__area__code", "pk"]
        constraints = [models.UniqueConstraint(fields=["warning", "unit"], name="one_recipient_a_unit")]

    def __str__(self) -> str:
        return f"{self.warning_id}:{self.unit_id}"


class Delivery(models.Model):
    """One message to one person by one channel: the outbox, and the proof of what they received."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a delivery", "waiting")
        CLAIMED = "claimed", pgettext_lazy("state of a delivery", "being sent")
        SENT = "sent", pgettext_lazy("state of a delivery", "sent")
        FAILED = "failed", pgettext_lazy("state of a delivery", "failed")
        DROPPED = "dropped", pgettext_lazy("state of a delivery", "not sent, superseded")

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="deliveries")
    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)
    target = models.CharField(max_length=300, blank=True)
    secret = models.CharField(max_length=120, blank=True)  # emptied once the delivery is settled
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    step = models.PositiveSmallIntegerField(default=0)  # 0 the first message, 1 and 2 an escalation's
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    link = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, db_index=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_try_at"]), models.Index(fields=["officer", "channel"])]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class Escalation(models.Model):
    """A step taken because a recipient did not answer. The constraint makes each happen once."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="escalations")
    step = models.PositiveSmallIntegerField()
    officer = models.ForeignKey("officers.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["recipient_id", "step"]
        constraints = [models.UniqueConstraint(fields=["recipient", "step"], name="one_escalation_a_step")]

    def __str__(self) -> str:
        return f"{self.recipient_id} step {self.step}"
