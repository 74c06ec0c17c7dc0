"""Tables that exist only in the tests of this room."""

from __future__ import annotations

from django.db import models

from qingshan.geo.fields import CellField, GeometryField


class Parcel(models.Model):
    """A plot with a shape."""

    name = models.CharField(max_length=40, default="")
    geom = GeometryField("范围", null=True)

    class Meta:
        app_label = "geo"
        db_table = "geo_test_parcel"

    def __str__(self) -> str:
        return self.name


class Plot(models.Model):
    """A plot of a crowded map."""

    name = models.CharField(max_length=40, default="")
    region = models.BigIntegerField(default=0)
    area_m2 = models.FloatField(default=0)
    geom = GeometryField(null=True)
    cell = CellField(of="geom")

    class Meta:
        app_label = "geo"
        db_table = "geo_test_plot"
        indexes = [
            models.Index(fields=["cell", "region", "area_m2"], name="geo_test_plot_cell"),
            models.Index(fields=["region"], name="geo_test_plot_region"),
        ]

    def __str__(self) -> str:
        return self.name
