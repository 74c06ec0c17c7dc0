"""Two counties side by side at sea, layers and their features: the ground of the map's tests."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.models import Import
from qingshan.exchange.tests.bringing import brought
from qingshan.geo.area import area_m2
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.places.actions import LayerFacts, import_layer_features
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


def facts(code: str = "STBHHX-2026", **more: Any) -> LayerFacts:
    """What is said of a layer when it is registered."""
    given = {
        "title": "生态保护红线（2026 年）",
        "kind": "ecological_redline",
        "openness": "internal",
        "source": "青山省自然资源厅 三区三线成果",
        "data_on": date(2026, 3, 1),
        **more,
    }
    return LayerFacts(code=code, **given)


def features_file(folder: Path, *features: dict[str, Any], name: str = "features.geojson") -> Path:
    """A GeoJSON file as offices send them."""
    path = folder / name
    named = {"type": "FeatureCollection", "name": "红线", "features": features}
    path.write_text(json.dumps(named, ensure_ascii=False), encoding="utf-8")
    return path


def feature_row(shape: BaseGeometry, **values: Any) -> dict[str, Any]:
    """One feature of such a file, with Chinese headers."""
    return {"type": "Feature", "properties": values, "geometry": shape.__geo_interface__}


def staged(path: Path, actor: Actor, **options: Any) -> Import:
    """A file of features, received and read."""
    return brought(path, actor, kind="layer_features", now=NOW, **options)


def imported(path: Path, actor: Actor, **options: Any) -> Import:
    """A file of features, received, read and applied."""
    import_ = staged(path, actor, **options)
    import_layer_features(import_, actor=actor, now=NOW)
    return import_
