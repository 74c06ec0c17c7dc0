"""Are reference systems read, and doubtful numbers asked about instead of guessed?"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from qingshan.geo.crs import (
    CGCS2000,
    WGS84,
    Order,
    crs_of,
    lonlat,
    outside_china,
    reading_of,
    recognise,
    refuse_outside_china,
    to_cgcs2000,
)
from qingshan.geo.crs.systems import KNOWN
from qingshan.geo.errors import CoordinatesRefused

LUOYANG_EAST, LUOYANG_NORTH = 38_501_234.0, 3_900_000.0


def test_the_table_of_zones_is_that_of_epsg():
    assert set(KNOWN) == {4326, 4490, *range(4491, 4555)}
    for epsg, crs in KNOWN.items():
        if not crs.is_zone:
            continue
        parameters = {p["name"]: p["value"] for p in CRS(epsg).to_json_dict()["conversion"]["parameters"]}
        assert parameters["Longitude of natural origin"] == crs.meridian_deg
        assert parameters["False easting"] == crs.false_easting_m


@pytest.mark.parametrize(
    ("declared", "epsg"),
    [
        (4490, 4490),
        ("EPSG:4526", 4526),
        ("urn:ogc:def:crs:EPSG::4547", 4547),
        ("OGC:CRS84", 4326),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("EPSG:4979", 4326),
        (32650, 32650),
    ],
)
def test_declared_systems_are_read(declared, epsg):
    assert crs_of(declared).epsg == epsg


def test_the_prj_of_a_shapefile_is_read():
    assert crs_of(CRS(4526).to_wkt("WKT1_ESRI")) == KNOWN[4526]
    assert crs_of(CRS(4490).to_wkt("WKT1_ESRI")) == CGCS2000


@pytest.mark.parametrize("declared", ["EPSG:2362", "EPSG:4214", "EPSG:4610", CRS(2362).to_wkt("WKT1_ESRI")])
def test_old_datums_are_refused_since_their_parameters_are_not_public(declared):
    with pytest.raises(CoordinatesRefused, match=r"geo\.datum_unknown"):
        crs_of(declared)


@pytest.mark.parametrize("declared", ["nonsense", "EPSG:999999", "EPSG:4479"])
def test_what_is_no_map_system_is_refused(declared):
    with pytest.raises(CoordinatesRefused, match=r"geo\.crs_unreadable"):
        crs_of(declared)


def test_degrees_as_declared_are_certain():
    reading = recognise([112.0], [35.0], declared=4326).certain
    assert reading is not None
    assert (reading.crs, reading.lon, reading.lat) == (WGS84, 112, 35)


def test_eight_digits_carry_their_zone():
    recognition = recognise([LUOYANG_EAST], [LUOYANG_NORTH])
    assert recognition.certain is not None
    assert recognition.certain.crs.epsg == 4526
    assert recognition.certain.lon == pytest.approx(114.01356, abs=1e-5)
    assert [note.code for note in recognition.notes] == ["geo.note_undeclared"]
    six = recognise([20_500_000], [3_900_000]).certain
    assert six is not None
    assert six.crs.epsg == 4498


def test_six_digits_have_no_zone_so_it_is_asked_with_the_near_ones_first():
    recognition = recognise([501_234.0], [LUOYANG_NORTH], hint_region_lon=113.4)
    assert recognition.certain is None
    assert recognition.question is not None
    assert recognition.question.code == "geo.ask_zone"
    assert len(recognition.candidates) == 21
    assert [one.crs.epsg for one in recognition.candidates[:3]] == [4547, 4546, 4548]
    assert "第 38 带" in recognition.candidates[0].say()
    assert "zone 38" in recognition.candidates[0].say("en")


@pytest.mark.parametrize("declared", [None, 4490, 4326])
def test_swapped_degrees_are_asked_about(declared):
    recognition = recognise([35.0], [112.0], declared=declared)
    assert recognition.certain is None
    (only,) = recognition.candidates
    assert only.swapped
    assert only.north_first
    assert (only.lon, only.lat) == (112, 35)


def test_swapped_metres_are_asked_about():
    recognition = recognise([LUOYANG_NORTH], [LUOYANG_EAST], declared=4526)
    assert [one.key for one in recognition.candidates] == ["EPSG:4526/north_east"]


def test_x_north_y_east_is_no_swap_where_the_table_says_so():
    reading = recognise([LUOYANG_NORTH], [LUOYANG_EAST], order=Order.NORTH_EAST).certain
    assert reading is not None
    assert not reading.swapped
    assert reading.north_first


@pytest.mark.parametrize(
    ("east", "declared", "first"),
    [(501_234, 4526, 4547), (38_501_234, 4547, 4526), (39_501_234, 4547, 4527)],
)
def test_a_prefix_that_contradicts_the_declared_system_is_asked_about(east, declared, first):
    recognition = recognise([east], [LUOYANG_NORTH], declared=declared)
    assert recognition.question is not None
    assert recognition.question.code == "geo.ask_not_as_declared"
    assert recognition.candidates[0].crs.epsg == first


def test_degrees_in_a_file_that_declares_metres_are_asked_about():
    assert [one.crs for one in recognise([112], [35], declared=4526).candidates] == [CGCS2000]


def test_a_few_bad_rows_do_not_hide_what_the_file_is():
    reading = recognise([112.0] * 9 + [0.0], [35.0] * 9 + [0.0], declared=4490).certain
    assert reading is not None
    assert reading.crs == CGCS2000


@pytest.mark.parametrize("numbers", [([0], [0]), ([1e9], [1e9]), ([24_500_000], [3_900_000])])
def test_numbers_without_any_reading_are_refused(numbers):
    with pytest.raises(CoordinatesRefused, match=r"geo\.no_reading"):
        recognise(*numbers)


def test_numbers_that_no_projection_gives_are_refused_in_a_declared_system():
    with pytest.raises(CoordinatesRefused, match=r"geo\.not_of_this_crs"):
        recognise([1e9], [1e9], declared=4526)


def test_no_numbers_at_all_are_refused():
    with pytest.raises(CoordinatesRefused, match=r"geo\.no_coordinates"):
        recognise([float("nan")], [1.0])


def test_abroad_is_certain_as_declared_but_each_shape_needs_leave():
    reading = recognise([-70.0], [-23.0], declared=4326, abroad_allowed=True).certain
    assert reading is not None
    shape = shapely.Point(-70, -23)
    with pytest.raises(CoordinatesRefused, match=r"geo\.outside_china"):
        refuse_outside_china(shape)
    refuse_outside_china(shape, abroad_allowed=True)
    with pytest.raises(CoordinatesRefused, match=r"geo\.outside_earth"):
        refuse_outside_china(shapely.Point(112, 135), abroad_allowed=True)


def test_what_may_be_a_swap_is_asked_even_where_abroad_is_allowed():
    recognition = recognise([40.0], [80.0], declared=4326, abroad_allowed=True)
    assert [one.swapped for one in recognition.candidates] == [True, False]


def test_one_corner_outside_puts_the_shape_outside():
    shapes = [shapely.box(112, 35, 113, 36), shapely.box(135, 35, 137, 36), shapely.Polygon()]
    assert outside_china(shapes).tolist() == [False, True, False]


def test_a_chosen_reading_can_be_sent_through_a_form():
    chosen = recognise([LUOYANG_NORTH], [501_234.0], hint_region_lon=114).candidates[0]
    assert reading_of(chosen.key) == (KNOWN[4547], Order.NORTH_EAST)


def test_shapes_are_brought_to_degrees_whichever_number_comes_first():
    crs = KNOWN[4526]
    square = shapely.box(38_501_000, 3_900_000, 38_502_000, 3_901_000)
    swapped = shapely.transform(square, lambda points: points[:, ::-1])
    moved, again = to_cgcs2000(square, crs), to_cgcs2000(swapped, crs, north_first=True)
    assert shapely.equals_identical(moved, again)
    assert moved.centroid.x == pytest.approx(114.0165, abs=1e-3)


def test_shapes_that_cannot_be_of_the_system_are_refused():
    with pytest.raises(CoordinatesRefused, match=r"geo\.not_of_this_crs"):
        to_cgcs2000(shapely.Point(1e12, 1e12), KNOWN[4526])


def test_many_shapes_keep_their_order_and_lose_their_heights():
    moved = to_cgcs2000(np.array([shapely.Point(112, 35, 9), None, shapely.Point(113, 35)]), CGCS2000)
    assert not shapely.has_z(moved).any()
    assert moved[1] is None


@given(
    epsg=st.sampled_from([epsg for epsg, crs in KNOWN.items() if crs.is_zone]),
    off=st.floats(-1.4, 1.4),
    lat=st.floats(18, 53),
)
def test_every_zone_brings_a_point_back_to_where_it_was(epsg, off, lat):
    crs = KNOWN[epsg]
    lon = crs.meridian_deg + off
    there = Transformer.from_crs(4490, epsg, always_xy=True).transform(lon, lat)
    back = lonlat(*there, crs)
    assert back == (pytest.approx(lon, abs=1e-9), pytest.approx(lat, abs=1e-9))


@given(lon=st.floats(75, 134), lat=st.floats(18, 53), swap=st.booleans(), prefix=st.booleans())
def test_the_truth_is_always_among_the_readings_and_a_doubt_is_never_decided(lon, lat, swap, prefix):
    zone = round(lon / 3)
    crs = KNOWN[4513 + zone - 25] if prefix else KNOWN[4534 + zone - 25]
    there = Transformer.from_crs(4490, crs.epsg, always_xy=True).transform(lon, lat)
    xs, ys = (there[1], there[0]) if swap else there
    recognition = recognise([xs], [ys])
    readings = [recognition.certain] if recognition.certain else recognition.candidates
    assert any(one.crs == crs and one.swapped == swap for one in readings)
    assert (recognition.certain is not None) == (prefix and not swap)
