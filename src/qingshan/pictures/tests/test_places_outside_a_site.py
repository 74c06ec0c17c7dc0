from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from qingshan.geo.area import GEOD
from qingshan.pictures import gcj02_of_wgs84, outside, wgs84_of_gcj02
from qingshan.pictures.place import distance_m
from qingshan.rules.evidence import Datum

PUBLISHED = [
    # WGS 84 and GCJ-02 (longitude, latitude), from the test values of public converters
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]
SITE = box(112.50, 37.80, 112.51, 37.81)


def apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(GEOD.inv(*one, *other)[2])


@pytest.mark.parametrize(("wgs84", "gcj02"), PUBLISHED)
def test_published_places_are_met_within_a_metre_both_ways(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    assert apart_m(gcj02_of_wgs84(*wgs84), gcj02) < 1
    assert apart_m(wgs84_of_gcj02(*gcj02), wgs84) < 1


@given(st.floats(74, 135), st.floats(4, 53))
def test_there_and_back_is_the_same_place(longitude_deg: float, latitude_deg: float) -> None:
    back = wgs84_of_gcj02(*gcj02_of_wgs84(longitude_deg, latitude_deg))
    assert apart_m(back, (longitude_deg, latitude_deg)) < 0.001


def test_abroad_nothing_is_moved() -> None:
    assert gcj02_of_wgs84(2.3522, 48.8566) == (2.3522, 48.8566)
    assert wgs84_of_gcj02(2.3522, 48.8566) == (2.3522, 48.8566)


def test_inside_is_no_distance_at_all() -> None:
    found = outside(112.505, 37.805, SITE)
    assert (found.distance_m, found.reading) == (0, Datum.WGS84)


def test_a_phone_that_writes_gcj02_is_not_taken_for_one_outside() -> None:
    written = gcj02_of_wgs84(112.5095, 37.8095)
    assert distance_m(*written, SITE) > 300
    found = outside(*written, SITE)
    assert (found.distance_m, found.reading) == (0, Datum.GCJ02)


@pytest.mark.parametrize(("east_deg", "reading"), [(0.05, Datum.GCJ02), (-0.05, Datum.WGS84)])
def test_outside_the_smaller_distance_counts(east_deg: float, reading: Datum) -> None:
    """In Shanxi, GCJ-02 lies to the east: read so, a place in the east is nearer and one in the west farther."""
    place = (112.505 + east_deg, 37.805)
    found = outside(*place, SITE)
    assert found.reading is reading
    both = distance_m(*place, SITE), distance_m(*wgs84_of_gcj02(*place), SITE)
    assert found.distance_m == min(both)


@pytest.mark.parametrize("metres", [1, 50, 2_000, 300_000])
@pytest.mark.parametrize("azimuth_deg", [0, 90, 180, 270])
def test_a_distance_is_metres_on_the_ellipsoid(metres: int, azimuth_deg: int) -> None:
    edge = {0: (112.505, 37.81), 90: (112.51, 37.805), 180: (112.505, 37.80), 270: (112.50, 37.805)}[
        azimuth_deg
    ]
    longitude, latitude, _ = GEOD.fwd(*edge, azimuth_deg, metres)
    assert distance_m(longitude, latitude, SITE) == pytest.approx(metres, rel=0.002)


def test_a_site_of_several_parts_and_a_hole_is_as_near_as_its_nearest_edge() -> None:
    holed = Polygon(SITE.exterior.coords, [box(112.502, 37.802, 112.508, 37.808).exterior.coords])
    both = MultiPolygon([holed, box(112.60, 37.80, 112.61, 37.81)])
    assert distance_m(112.505, 37.805, both) == pytest.approx(264, abs=2)
    assert distance_m(112.605, 37.805, both) == 0
    assert distance_m(112.505, 37.805, Point(112.505, 37.806)) == pytest.approx(111, abs=1)


def test_a_site_without_a_shape_has_no_distance() -> None:
    with pytest.raises(ValueError, match="without a shape"):
        distance_m(112.5, 37.8, Polygon())
