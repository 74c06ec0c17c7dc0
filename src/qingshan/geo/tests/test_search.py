"""Is exactly what meets a shape found, on both databases, by look-up and in bulk?"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from django.db import connection, connections

from qingshan.geo.errors import GeoError
from qingshan.geo.search import intersecting
from qingshan.geo.tests.parcels import Parcel

pytestmark = pytest.mark.django_db


def stars(count, seed):
    """Shapes of all sizes, some with a hole, some of two parts."""
    rng = np.random.default_rng(seed)
    shapes = []
    for i in range(count):
        middle = rng.uniform(0, 1, 2) + np.array([122, 33])
        star = shapely.Point(middle).buffer(rng.lognormal(-3.5, 1), quad_segs=int(rng.integers(1, 6)))
        hole = shapely.affinity.scale(star, 0.5, 0.5)
        apart = shapely.affinity.translate(star, 1.2, 0)
        shapes.append((star, star.difference(hole), star.union(apart))[i % 3])
    return shapes


@pytest.fixture
def parcels():
    Parcel.objects.bulk_create([Parcel(geom=shape) for shape in [*stars(300, 1), None, shapely.Polygon()]])
    return list(Parcel.objects.order_by("pk"))


@pytest.mark.parametrize("seed", range(5))
def test_lookup_and_bulk_search_find_what_shapely_finds(parcels, seed):
    for question in stars(6, 100 + seed):
        expected = [p.pk for p in parcels if p.geom is not None and shapely.intersects(p.geom, question)]
        assert intersecting(Parcel.objects.all(), question) == expected
        looked_up = Parcel.objects.filter(geom__intersects=question).order_by("pk")
        assert list(looked_up.values_list("pk", flat=True)) == expected


def test_boxes_find_what_their_corners_say(parcels):
    rng = np.random.default_rng(9)
    for _ in range(20):
        west, south = rng.uniform(0, 1, 2) + np.array([122, 33])
        box = (west, south, west + rng.uniform(0, 0.3), south + rng.uniform(0, 0.3))
        expected = {
            p.pk
            for p in parcels
            if p.geom and not p.geom.is_empty and shapely.box(*p.geom.bounds).intersects(shapely.box(*box))
        }
        assert set(Parcel.objects.filter(geom__bbox=box).values_list("pk", flat=True)) == expected


def test_nothing_meets_an_empty_shape(parcels):
    assert intersecting(Parcel.objects.all(), shapely.Polygon()) == []
    assert intersecting(Parcel.objects.none(), shapely.box(0, 0, 180, 90)) == []


def test_only_rows_of_the_queryset_are_found(parcels):
    some = Parcel.objects.filter(pk__lte=parcels[10].pk)
    assert intersecting(some, shapely.box(0, 0, 180, 90)) == [p.pk for p in parcels[:11]]


def test_a_box_inside_out_is_refused():
    with pytest.raises(GeoError, match=r"geo\.box_inside_out"):
        list(Parcel.objects.filter(geom__bbox=(10, 0, 5, 5)))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the functions are taught to SQLite only")
@pytest.mark.parametrize("blob", [None, b"", b"GP", b"nonsense", b"GP\x00\x03", bytes(100)])
def test_the_functions_answer_null_or_no_for_bytes_that_are_no_shape(blob):
    question = shapely.Point(1, 1).wkb
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT qs_minx(%s), qs_cell(%s), qs_box_meets(%s, 0, 0, 1, 1), qs_intersects(%s, %s)",
            [blob, blob, blob, blob, question],
        )
        corner, cell, meets, intersects = cursor.fetchone()
    assert corner is None
    assert cell is None
    assert not meets
    assert intersects is None
