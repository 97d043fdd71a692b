"""What an import leaves behind besides readings: how columns were read, files that wait, values to check."""

from django.db import models
from django.utils.translation import get_language

from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area

from .weather import Station


class ColumnMapping(models.Model):
    """What each column of one kind of file holds, as an officer said it: used for every file with this header.

    `columns` maps a role (`time`, `station`, `temperature` …) to its column number and its unit or clock;
    `sample` are the first rows it was chosen on, so that it can be looked at again without the file.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="column_mappings")
    signature = models.CharField(max_length=64)
    headers = models.JSONField()
    columns = models.JSONField()
    sample = models.JSONField(default=list)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(fields=["area", "signature"], name="one_mapping_a_header_and_desk")
        ]


class WaitingFile(models.Model):
    """An uploaded file whose columns somebody has still to name. Gone once it is read, or after a day."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    fields = models.JSONField(default=dict)
    waiting_since = models.DateTimeField()


class DoubtfulValue(models.Model):
    """A value that was taken in and looks wrong: it counts until somebody corrects it or says that it is right.

    Corrected `by_hand`, `corrected_to` (empty: missing) stands in for `value` in every later import too, until a
    file gives something else. With `until` every reading from `at` to it is missing, whatever a file gives.
    """

    class Verdict(models.TextChoices):
        OPEN = "open"
        RIGHT = "right"
        CORRECTED = "corrected"

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="doubts")
    at = models.DateTimeField()
    daily = models.BooleanField(default=False)
    quantity = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=200)
    text = models.CharField(max_length=200)
    file = models.CharField(max_length=200, blank=True)
    message = models.JSONField()
    fix = models.JSONField()
    raised_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    by_hand = models.BooleanField(default=False)
    corrected_to = models.FloatField(null=True)
    until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-at", "quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "at", "daily", "quantity", "rule"], name="one_doubt_a_value_and_rule"
            )
        ]

    @property
    def words(self) -> str:
        return _in_language(self.message)

    @property
    def advice(self) -> str:
        return _in_language(self.fix)


def _in_language(text: dict[str, str]) -> str:
    return text["zh" if (get_language() or "zh").startswith("zh") else "en"]
