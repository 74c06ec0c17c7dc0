"""Which tables do the peers write? The columns of ours, without trail, versions, cells or spatial index."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from qingshan.office.regions.models import Region
from qingshan.rules.register import OrganisationKind, SiteKind


class PlainSite(models.Model):
    """A site as django-import-export writes it: the outline is kept as the text that the file has."""

    key = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT)
    kind = models.CharField(max_length=32, blank=True, choices=SiteKind.choices())
    outline = models.TextField(blank=True)
    reported_area_m2 = models.FloatField(null=True)
    found_on = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.key


class HistoricCase(models.Model):
    """A case whose every save leaves a row in a history table (django-simple-history)."""

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT)
    state = models.CharField(max_length=24, db_index=True)
    due_on = models.DateField(null=True)
    opened_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.number


class HistoricOrganisation(models.Model):
    """An organisation whose every save leaves a row in a history table (django-simple-history)."""

    kind = models.CharField(max_length=16, choices=OrganisationKind.choices())
    name = models.CharField(max_length=120, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT)
    level = models.CharField(max_length=12, blank=True)
    document = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.name
