"""Does a layer of very many features tile as the sites do: counted along one index, shapes unread?"""

from __future__ import annotations

import mapbox_vector_tile
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import box

from qingshan.exchange import writing
from qingshan.geo.tiles import sample, tile
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.places.tests.factories import a_layer, grounds

pytestmark = pytest.mark.django_db
MANY = 5_000
"""More than a tile draws one by one."""
WORLD = {"z": 4, "x": 13, "y": 6}


@pytest.fixture
def layers() -> list[MapLayer]:
    """Two layers over the same ground, of which one is asked for."""
    grounds()
    made = [a_layer("HX-1"), a_layer("JB-1", kind="basic_farmland")]
    for layer in made:
        writing.insert(
            [
                MapFeature(layer=layer, key=f"{layer.code}/{n}", code=str(n), area_m2=1.0, geom=_square(n))
                for n in range(MANY)
            ]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _square(n: int):
    west, south = 122 + (n % 100) / 100, 33 + n // 100 / 100
    return box(west, south, west + 0.005, south + 0.005)


def test_a_tile_of_one_layer_counts_its_own_features_only(layers: list[MapLayer]) -> None:
    with CaptureQueriesContext(connection) as caught:
        body = tile(MapFeature.objects.filter(layer=layers[0]), layer="hx", properties=("name",), **WORLD)
    counted = [
        feature["properties"]["count"] for feature in mapbox_vector_tile.decode(body)["hx"]["features"]
    ]
    assert sum(counted) == MANY
    assert not [one for one in caught if '"geom"' in one["sql"]]
    assert len(caught) <= 3


def test_a_picture_counts_them_alike(layers: list[MapLayer]) -> None:
    found = sample(MapFeature.objects.filter(layer=layers[1]), (121.9, 32.9, 123.1, 33.6))
    assert sum(count for _lon, _lat, count in found.counts) == MANY
    assert found.shapes == []


def test_cells_and_layer_are_read_from_one_index(layers: list[MapLayer]) -> None:
    few = MapFeature.objects.filter(layer=layers[0], cell__range=(0, 1)).values("pk")
    assert "feature_cell" in few.explain()
