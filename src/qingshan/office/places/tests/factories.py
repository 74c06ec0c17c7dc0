"""Two counties side by side at sea, layers and their features: the ground of the map's tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.regions.models import Region

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
WEST, EAST, PROVINCE = "990101", "990102", "990000"
OUTLINES = {WEST: box(122.0, 33.0, 122.5, 33.5), EAST: box(122.5, 33.0, 123.0, 33.5)}


def grounds() -> People:
    """Everybody, and two counties with outlines that touch."""
    people = nine_people()
    for code, outline in OUTLINES.items():
        Region.objects.filter(code=code).update(geom=outline)
    return people


def a_layer(code: str = "HX-1", *, region: str = PROVINCE, **more: Any) -> MapLayer:
    """A layer straight from the table, internal and in force."""
    given = {
        "title": f"生态保护红线 {code}",
        "kind": "ecological_redline",
        "openness": "internal",
        "source": "青山省自然资源厅",
        "data_on": date(2026, 3, 1),
        **more,
    }
    return MapLayer.objects.create(code=code, region=Region.objects.get(code=region), **given)


def a_feature(layer: MapLayer, code: str, shape: BaseGeometry, **more: Any) -> MapFeature:
    """A feature straight from the table."""
    key, area = f"{layer.code}/{code}", area_m2(shape)
    return MapFeature.objects.create(layer=layer, key=key, code=code, geom=shape, area_m2=area, **more)
