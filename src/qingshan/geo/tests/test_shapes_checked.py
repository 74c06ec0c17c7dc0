"""Is a shape kept, mended without a doubt, or refused with the place that is wrong?"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from qingshan.geo.blobs import canonical_wkb
from qingshan.geo.errors import ShapeRefused
from qingshan.geo.repair import MOST_VERTICES, check_shapes, checked, shape_from_wkb
from qingshan.geo.tests.parcels import Parcel
from qingshan.rules.reasons import declared, say

LON, LAT = 122.0, 33.0


def at(*corners):
    """A ring in steps of a hundredth of a degree from one corner."""
    return [(LON + x / 100, LAT + y / 100) for x, y in corners]


def polygon(*corners, holes=()):
    return shapely.Polygon(at(*corners), [at(*hole) for hole in holes])


SQUARE = polygon((0, 0), (10, 0), (10, 10), (0, 10))
EIGHT = polygon((0, 0), (10, 10), (10, 0), (0, 10))

REFUSED = {
    "geo.shape_empty": shapely.Polygon(),
    "geo.not_finite": shapely.LineString([(LON, LAT), (float("inf"), LAT)]),
    "geo.wrong_crossing": EIGHT,
    "geo.wrong_hole_outside": polygon(
        (0, 0), (10, 0), (10, 10), (0, 10), holes=[[(20, 20), (30, 20), (30, 30)]]
    ),
    "geo.wrong_holes_nested": polygon(
        (0, 0), (10, 0), (10, 10), (0, 10), holes=[[(1, 1), (9, 1), (9, 9), (1, 9)], [(3, 3), (6, 3), (6, 6)]]
    ),
    "geo.shape_without_area": polygon((0, 0), (0.000001, 0), (0.000001, 0.000001)),
    "geo.wrong_few_points": shapely.from_wkt("POLYGON ((122 33, 122 33, 122 33, 122 33))"),
    "geo.shape_mixed": shapely.GeometryCollection([SQUARE, shapely.Point(LON, LAT)]),
}


@pytest.mark.parametrize(("code", "shape"), REFUSED.items())
def test_a_doubtful_shape_is_refused(code, shape):
    with pytest.raises(ShapeRefused, match=code):
        checked(shape)


def test_the_refusal_names_the_place_in_both_languages():
    with pytest.raises(ShapeRefused) as refused:
        checked(EIGHT)
    assert "经度 122.05°、纬度 33.05° 处自相交" in refused.value.say()
    assert "longitude 122.05°, latitude 33.05°" in refused.value.say("en")


def test_overlapping_parts_are_refused():
    shape = shapely.MultiPolygon([SQUARE, polygon((5, 5), (15, 5), (15, 15), (5, 15))])
    with pytest.raises(ShapeRefused, match=r"geo\.wrong"):
        checked(shape)


@pytest.mark.parametrize(
    "shape",
    [
        polygon((0, 0), (10, 0), (10, 10), (5, 10), (5, 12), (5, 10), (0, 10)),  # a spike
        polygon((0, 0), (10, 0), (10, 10), (5, 0), (0, 10)),  # touches itself at a point of a side
    ],
)
def test_a_small_flaw_is_mended_and_said(shape):
    result = check_shapes([shape], wanted="polygon")
    assert not result.faults
    assert result.shapes[0].is_valid
    assert result.shapes[0].area == pytest.approx(shape.area, rel=1e-5)
    assert result.notes[0].code == "geo.note_mended"


def test_a_flaw_that_mending_leaves_behind_is_refused():
    knot = [(4.99999, 10), (5, 10.00001), (4.99998, 10.00001), (5, 10)]
    with pytest.raises(ShapeRefused, match=r"geo\.wrong_crossing"):
        checked(polygon((0, 0), (10, 0), (10, 10), *knot, (0, 10)))


def test_what_is_right_stays_untouched():
    shapes = np.array([SQUARE, None, shapely.Point(LON, LAT), shapely.LineString(at((0, 0), (1, 1)))])
    result = check_shapes(shapes)
    assert not result.faults
    assert not result.notes
    assert all(
        ours is theirs or shapely.equals_identical(ours, theirs)
        for ours, theirs in zip(result.shapes, shapes, strict=True)
    )


def test_heights_and_measures_are_left_out():
    assert not checked(shapely.force_3d(SQUARE, 5)).has_z
    assert not checked(shapely.from_wkt("POINT M (122 33 7)")).has_m


def test_a_collection_of_one_kind_becomes_that_kind():
    apart = polygon((20, 0), (30, 0), (30, 10))
    shape = checked(shapely.GeometryCollection([SQUARE, shapely.MultiPolygon([apart])]), wanted="polygon")
    assert shape.geom_type == "MultiPolygon"
    assert shape.equals(shapely.MultiPolygon([SQUARE, apart]))


def test_another_kind_than_the_register_wants_is_refused_with_both_names():
    with pytest.raises(ShapeRefused) as refused:
        checked(shapely.Point(LON, LAT), wanted="polygon")
    assert "需要面，读到的是点" in refused.value.say()


def test_too_many_vertices_are_refused():
    line = shapely.LineString(np.linspace((LON, LAT), (LON + 1, LAT), MOST_VERTICES + 1))
    with pytest.raises(ShapeRefused, match="too_many_vertices"):
        checked(line)


CURVED = "010800000003000000" + np.array([0, 0, 1, 1, 2, 0], "<f8").tobytes().hex()


@pytest.mark.parametrize(
    ("wkb", "code"),
    [(bytes.fromhex(CURVED), "geo.shape_curved"), (b"\x01\x03\x00", "geo.shape_unreadable")],
)
def test_curves_and_damaged_bytes_are_refused(wkb, code):
    with pytest.raises(ShapeRefused, match=code):
        shape_from_wkb(wkb)
    assert shape_from_wkb(SQUARE.wkb).equals(SQUARE)


def test_only_the_bad_rows_of_many_are_refused():
    result = check_shapes([SQUARE, EIGHT, None, SQUARE, shapely.Polygon()])
    assert list(result.faults) == [4, 1] or list(result.faults) == [1, 4]
    assert [shape is None for shape in result.shapes] == [False, True, True, False, True]


def test_every_sentence_of_the_room_can_be_said():
    ours = [code for code in declared() if code.startswith("geo.")]
    assert len(ours) > 30
    for code in ours:
        sentence = declared()[code]
        assert sentence.zh.strip()
        assert sentence.en.strip()
    assert all("—" not in say(fault) for fault in check_shapes([*REFUSED.values()]).faults.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shape", [SQUARE, shapely.Point(LON, LAT), shapely.MultiPolygon([SQUARE]), shapely.Polygon()]
)
def test_the_bytes_under_a_digest_are_the_same_after_the_database(shape):
    parcel = Parcel.objects.create(geom=shapely.force_3d(shape))
    assert canonical_wkb(Parcel.objects.get(pk=parcel.pk).geom) == canonical_wkb(shape)
