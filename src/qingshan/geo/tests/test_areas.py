"""Are ellipsoidal areas right, against a closed form that was derived by somebody else?"""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import translate

from qingshan.geo.area import INVERSE_FLATTENING, SEMI_MAJOR_M, area_m2, areas_m2


def zone_cell_m2(south, north, width_deg):
    """Area between two parallels and two meridians, from the authalic latitude (Snyder 1987, 3-12)."""
    f = 1 / INVERSE_FLATTENING
    e2 = f * (2 - f)
    e = math.sqrt(e2)

    def q(lat):
        s = math.sin(math.radians(lat))
        return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)

    return SEMI_MAJOR_M**2 * math.radians(width_deg) / 2 * (q(north) - q(south))


def cell(south, north, west, width_deg, steps=2000):
    """A graticule cell whose parallels are followed closely (a geodesic bulges towards the pole)."""
    xs = [west + width_deg * i / steps for i in range(steps + 1)]
    return shapely.Polygon([(x, south) for x in xs] + [(x, north) for x in reversed(xs)])


@pytest.mark.parametrize(("south", "width"), [(3, 0.5), (24.5, 1), (39.9, 0.1), (53, 2)])
def test_a_graticule_cell_has_its_authalic_area(south, width):
    expected = zone_cell_m2(south, south + 0.5, width)
    assert area_m2(cell(south, south + 0.5, 111, width)) == pytest.approx(expected, rel=1e-9)


def test_the_whole_ellipsoid_has_the_area_of_the_tables():
    assert zone_cell_m2(-90, 90, 360) == pytest.approx(510_065_621.7e6, rel=1e-9)


def test_holes_are_taken_off_and_parts_added_up():
    square, hole = shapely.box(122, 33, 122.1, 33.1), shapely.box(122.02, 33.02, 122.05, 33.05)
    apart = translate(hole, 1)
    assert area_m2(square.difference(hole)) == pytest.approx(area_m2(square) - area_m2(hole), rel=1e-12)
    both = shapely.MultiPolygon([square.difference(hole), apart])
    assert area_m2(both) == pytest.approx(area_m2(square), rel=1e-12)
    nested = shapely.GeometryCollection([shapely.GeometryCollection([both]), shapely.Point(1, 1)])
    assert area_m2(nested) == area_m2(both)


def test_direction_of_the_ring_does_not_matter():
    square = shapely.box(122, 33, 122.1, 33.1)
    assert area_m2(shapely.reverse(square)) == area_m2(square) > 0


def test_nothing_empty_points_and_lines_have_no_area():
    shapes = [None, shapely.Polygon(), shapely.Point(122, 33), shapely.LineString([(1, 1), (2, 2)])]
    assert areas_m2(shapes).tolist() == [0, 0, 0, 0]
    assert areas_m2([]).tolist() == []


def test_many_areas_come_in_order():
    squares = [shapely.box(122, 33, 122 + i / 100, 33.01) for i in range(1, 50)]
    assert areas_m2(squares).tolist() == [area_m2(square) for square in squares]


@given(lon=st.floats(74, 134), lat=st.floats(4, 53), size=st.floats(1e-4, 0.3), share=st.floats(0.05, 0.95))
def test_the_areas_of_two_halves_add_up(lon, lat, size, share):
    whole = shapely.box(lon, lat, lon + size, lat + size)
    middle = lon + size * share
    halves = [
        shapely.Polygon([(lon, lat), (middle, lat), (middle, lat + size), (lon, lat + size)]),
        shapely.Polygon([(middle, lat), (lon + size, lat), (lon + size, lat + size), (middle, lat + size)]),
    ]
    bent = shapely.Polygon(
        [
            (lon, lat),
            (middle, lat),
            (lon + size, lat),
            (lon + size, lat + size),
            (middle, lat + size),
            (lon, lat + size),
        ]
    )
    assert sum(areas_m2(halves)) == pytest.approx(area_m2(bent), rel=1e-9)
    assert area_m2(whole) == pytest.approx(area_m2(bent), rel=1e-3)
