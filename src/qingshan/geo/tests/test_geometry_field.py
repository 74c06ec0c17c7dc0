"""Does a shape come back as it went in, and is it found by place?"""

from __future__ import annotations

import pytest
import shapely
from django.db import connection

from qingshan.geo.errors import ShapeRefused
from qingshan.geo.fields import StoredGeometry, decode_many
from qingshan.geo.tests.parcels import Parcel

pytestmark = pytest.mark.django_db

SQUARE = shapely.box(122, 33, 122.1, 33.1)
TRIANGLE = shapely.Polygon([(122, 33), (122.1, 33), (122, 33.1)])


def found(**where):
    return set(Parcel.objects.filter(**where).values_list("name", flat=True))


SHAPES = [
    shapely.Point(122.123456789012345, 33.1),
    shapely.LineString([(122, 33), (123, 34)]),
    SQUARE,
    SQUARE.difference(shapely.box(122.02, 33.02, 122.04, 33.04)),
    shapely.MultiPolygon([SQUARE, shapely.box(123, 33, 123.1, 33.1)]),
    shapely.Polygon(),
    None,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_comes_back_as_it_went_in(shape):
    parcel = Parcel.objects.create(geom=shape)
    back = Parcel.objects.get(pk=parcel.pk).geom
    assert back is None if shape is None else shapely.equals_identical(back, shape)


def test_heights_are_left_out():
    parcel = Parcel.objects.create(geom=shapely.Point(122, 33, 5))
    assert not Parcel.objects.get(pk=parcel.pk).geom.has_z


def test_many_shapes_are_stored_as_each_alone():
    field = Parcel._meta.get_field("geom")
    shapes = [*SHAPES, shapely.Point(122, 33, 5)]
    alone = [field.get_db_prep_save(shape, connection) for shape in shapes]
    assert list(field.stored_many(shapes, connection)) == alone
    assert list(field.stored_many([], connection)) == []


def test_one_coordinate_without_end_refuses_all():
    field = Parcel._meta.get_field("geom")
    with pytest.raises(ShapeRefused, match=r"geo\.not_finite"):
        field.stored_many([SQUARE, None, shapely.Point(float("nan"), float("inf"))], connection)


def test_something_else_than_a_shape_is_refused():
    with pytest.raises(ShapeRefused, match=r"geo\.not_a_geometry"):
        Parcel.objects.create(geom=["POINT(122", "33)"])


def test_a_coordinate_without_end_is_refused():
    with pytest.raises(ShapeRefused, match=r"geo\.not_finite"):
        Parcel.objects.create(geom=shapely.Point(float("inf"), 33))


def test_bbox_finds_what_touches_the_box_and_nothing_else():
    Parcel.objects.create(name="square", geom=SQUARE)
    assert found(geom__bbox=(122.1, 33.1, 123, 34)) == {"square"}
    # nearer than a 32-bit float can tell
    assert found(geom__bbox=(122.1 + 1e-9, 33.0, 123, 34)) == set()


def test_intersects_looks_at_the_shape_not_at_its_box():
    Parcel.objects.create(name="triangle", geom=TRIANGLE)
    assert found(geom__intersects=shapely.Point(122.09, 33.09)) == set()
    assert found(geom__intersects=shapely.Point(122.01, 33.01)) == {"triangle"}


def test_nothing_and_empty_are_never_found_by_place():
    Parcel.objects.create(name="none", geom=None)
    Parcel.objects.create(name="empty", geom=shapely.Polygon())
    everywhere = shapely.box(-180, -90, 180, 90)
    assert found(geom__bbox=everywhere.bounds) == found(geom__intersects=everywhere) == set()
    assert found(geom__intersects=shapely.Polygon()) == set()


def test_bulk_created_rows_are_indexed():
    Parcel.objects.bulk_create(Parcel(name=str(i), geom=shapely.Point(120 + i, 30)) for i in range(10))
    assert found(geom__bbox=(121.5, 29, 123.5, 31)) == {"2", "3"}


def test_updated_rows_are_indexed_anew():
    Parcel.objects.create(name="moved", geom=SQUARE)
    Parcel.objects.update(geom=shapely.Point(100, 20))
    assert found(geom__bbox=SQUARE.bounds) == set()
    assert found(geom__bbox=(99, 19, 101, 21)) == {"moved"}
    Parcel.objects.update(geom=None)
    assert found(geom__bbox=(99, 19, 101, 21)) == set()


def test_deleted_rows_leave_the_index():
    Parcel.objects.create(geom=SQUARE)
    Parcel.objects.all().delete()
    assert found(geom__bbox=SQUARE.bounds) == set()


def test_lookups_combine_with_not_and_or():
    Parcel.objects.create(name="square", geom=SQUARE)
    Parcel.objects.create(name="far", geom=shapely.Point(100, 20))
    Parcel.objects.create(name="none")
    outside = Parcel.objects.exclude(geom__bbox=SQUARE.bounds).values_list("name", flat=True)
    assert set(outside) == {"far", "none"}


def test_many_stored_values_are_read_at_once():
    Parcel.objects.create(geom=SQUARE)
    Parcel.objects.create(geom=None)
    stored = Parcel.objects.order_by("pk").values_list(StoredGeometry("geom"), flat=True)
    shapes = decode_many(stored)
    assert shapely.equals_identical(shapes[0], SQUARE)
    assert shapes[1] is None
