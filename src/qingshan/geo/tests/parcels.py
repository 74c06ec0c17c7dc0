"""A table that exists only in the tests of this room."""

from __future__ import annotations

from django.db import models

from qingshan.geo.fields import GeometryField


class Parcel(models.Model):
    """A plot with a shape."""

    name = models.CharField(max_length=40, default="")
    geom = GeometryField("范围", null=True)

    class Meta:
        app_label = "geo"
        db_table = "geo_test_parcel"

    def __str__(self) -> str:
        return self.name
