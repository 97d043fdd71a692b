"""Entries of the journal, and its head."""

from django.db import models


class Entry(models.Model):
    """One act, exactly as it was hashed: every column is part of the digest, so none is reformatted.

    Times are text for that reason: `2026-11-23T05:00:00.000000Z`, which also sorts as time does.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=27, db_index=True)
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    via = models.CharField(max_length=20)
    act = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    area = models.CharField(max_length=12, db_index=True)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.subject}"


class Head(models.Model):
    """Where the chain ends. Its seal is made with the desk's own key, so a shortened chain shows."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")
