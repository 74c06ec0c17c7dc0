"""A table that exists only in the tests of this room."""

from __future__ import annotations

from django.db import models

from qingshan.finding.fields import WordsField


class Pit(models.Model):
    """Something with a name, former names, a number and a region."""

    name = models.CharField(max_length=120, default="")
    former_names = models.JSONField(null=True)
    key = models.CharField(max_length=40, null=True)
    region = models.BigIntegerField(default=0)
    words = WordsField(names=("name",), lists=("former_names",), numbers=("key",))

    class Meta:
        app_label = "finding"
        db_table = "finding_test_pit"
        indexes = [models.Index(fields=["region", "-id"], name="finding_test_pit_region")]

    def __str__(self) -> str:
        return self.name
