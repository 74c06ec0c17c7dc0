"""Does a tile show the rows that it may show, on both databases, and never too much of them?"""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
import shapely.affinity
from django.db import connection
from mapbox_vector_tile import decode
from shapely.geometry import shape

from qingshan.geo.errors import GeoError
from qingshan.geo.tests.parcels import Parcel, Plot
from qingshan.geo.tiles import etag, making, tile
from qingshan.geo.tiles.grid import Grid
from qingshan.geo.tiles.making import MAX_BYTES
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.shapes import encode_rows, read, read_among_many
from qingshan.geo.tiles.walk import counts_by_walking

pytestmark = pytest.mark.django_db

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans this well by itself")

LON, LAT = 122.0, 33.0


def tile_at(zoom, lon=LON, lat=LAT):
    n = 1 << zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return {"z": zoom, "x": int((lon + 180) / 360 * n), "y": int(y * n)}


def features(body):
    layers = decode(body, default_options={"y_coord_down": True})
    return layers["plots"]["features"] if layers else []


def in_degrees(feature, place):
    """A drawn shape as it lies on the earth."""
    n = 1 << place["z"]

    def back(points):
        column, row = (points / 4096 + np.array([place["x"], place["y"]])).T
        return np.column_stack(
            [column / n * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * row / n))))]
        )

    return shapely.transform(shape(feature["geometry"]), back)


def plots(count, *, spread=0.5, size=0.0005, region=0, seed=1):
    at = np.random.default_rng(seed).uniform(0, spread, (count, 2)) + np.array([LON, LAT])
    boxes = shapely.box(at[:, 0], at[:, 1], at[:, 0] + size, at[:, 1] + size)
    Plot.objects.bulk_create(
        (Plot(name=f"点位{i}", region=region, area_m2=10.0, geom=box) for i, box in enumerate(boxes)),
        batch_size=1000,
    )


@pytest.fixture
def crowded(monkeypatch):
    """Ten shapes are already a crowd."""
    monkeypatch.setattr(making, "MOST_SHAPES", 10)


def test_a_shape_is_drawn_where_it_lies_with_its_key_and_properties():
    square = shapely.box(LON + 0.001, LAT + 0.001, LON + 0.003, LAT + 0.002)
    plot = Plot.objects.create(name="采坑", region=5, area_m2=1.5, geom=square)
    place = tile_at(12)
    (feature,) = features(tile(Plot.objects.all(), **place, layer="plots", properties=["name", "region"]))
    assert feature["id"] == plot.pk
    assert feature["properties"] == {"name": "采坑", "region": 5}
    assert in_degrees(feature, place).symmetric_difference(square).area < square.area / 50


def test_both_ways_of_drawing_agree():
    rng = np.random.default_rng(3)
    for _ in range(30):
        at = rng.uniform(0, 0.05, 2) + np.array([LON, LAT])
        Plot.objects.create(geom=shapely.Point(at).buffer(rng.uniform(0.0002, 0.02)).simplify(0.0001))
    place = Place(**tile_at(11))
    rows = read([Plot.objects.all()], place, geom="geom", properties=[], limit=100)
    here = encode_rows(rows, place, layer="plots", properties=[], max_bytes=MAX_BYTES)
    there = tile(Plot.objects.all(), **tile_at(11), layer="plots")
    ours, theirs = ({f["id"]: shape(f["geometry"]) for f in features(body)} for body in (here, there))
    assert ours.keys() == theirs.keys()
    for key, drawn in ours.items():
        assert drawn.hausdorff_distance(theirs[key]) < 8


def test_a_strip_thinner_than_the_grid_is_still_shown():
    """A haul road, a dam: long, and at this zoom far thinner than one unit of the tile."""
    place = tile_at(12)
    unit = Place(**place).degrees_per_unit()
    for turn in (0.0, 0.3, math.pi / 2):
        strip = shapely.box(LON + 0.01, LAT + 0.01, LON + 0.01 + 200 * unit, LAT + 0.01 + unit / 50)
        Plot.objects.create(geom=shapely.affinity.rotate(strip, turn, use_radians=True))
    drawn = features(tile(Plot.objects.all(), **place, layer="plots"))
    assert sorted(feature["id"] for feature in drawn) == sorted(Plot.objects.values_list("pk", flat=True))


def test_rows_outside_the_tile_and_rows_without_shape_are_not_drawn():
    Plot.objects.create(geom=shapely.Point(LON + 5, LAT))
    Plot.objects.create(geom=None)
    Plot.objects.create(geom=shapely.Polygon())
    assert tile(Plot.objects.all(), **tile_at(10), layer="plots") == b""


def test_only_rows_of_the_queryset_are_drawn():
    plots(5, region=1)
    plots(3, region=2, seed=2)
    seen = features(tile(Plot.objects.filter(region=2), **tile_at(7), layer="plots", properties=["region"]))
    assert [feature["properties"]["region"] for feature in seen] == [2, 2, 2]


def test_a_row_of_two_branches_is_drawn_once():
    plots(6, region=1)
    branches = [
        Plot.objects.filter(region=1),
        Plot.objects.filter(name="点位1"),
        Plot.objects.filter(region=9),
    ]
    assert len(features(tile(branches, **tile_at(7), layer="plots"))) == 6


def test_small_shapes_become_points_when_the_map_is_far():
    plots(20)
    far = features(tile(Plot.objects.all(), **tile_at(6), layer="plots"))
    near = features(tile(Plot.objects.filter(name="点位0"), **tile_at(8), layer="plots"))
    assert {feature["geometry"]["type"] for feature in [*far, *near]} == {"Point"}


def test_a_shape_that_fills_the_tile_is_cut_to_it():
    Plot.objects.create(geom=shapely.box(LON - 20, LAT - 20, LON + 20, LAT + 20))
    (feature,) = features(tile(Plot.objects.all(), **tile_at(9), layer="plots"))
    assert shape(feature["geometry"]).bounds == (-64, -64, 4096 + 64, 4096 + 64)


def test_lines_and_many_parted_shapes_are_drawn():
    Plot.objects.create(geom=shapely.LineString([(LON, LAT), (LON + 0.05, LAT + 0.05)]))
    two = [
        shapely.box(LON, LAT, LON + 0.01, LAT + 0.01),
        shapely.box(LON + 0.02, LAT, LON + 0.03, LAT + 0.01),
    ]
    Plot.objects.create(geom=shapely.MultiPolygon(two))
    kinds = [
        feature["geometry"]["type"]
        for feature in features(tile(Plot.objects.all(), **tile_at(9), layer="plots"))
    ]
    assert kinds == ["LineString", "MultiPolygon"]


def test_the_same_rows_give_the_same_bytes():
    plots(50)
    bodies = {tile(Plot.objects.all(), **tile_at(7), layer="plots", properties=["name"]) for _ in range(3)}
    assert len(bodies) == 1
    assert etag(bodies.pop()) != etag(b"")


@pytest.mark.parametrize("place", [(3, 8, 0), (3, 0, -1), (-1, 0, 0), (23, 0, 0)])
def test_a_tile_that_does_not_exist_is_refused(place):
    z, x, y = place
    with pytest.raises(GeoError, match=r"geo\.no_such_tile"):
        tile(Plot.objects.all(), z=z, x=x, y=y, layer="plots")


def counted(body, key="count"):
    return sum(feature["properties"].get(key, 0) for feature in features(body))


def test_a_crowd_is_counted_on_a_grid(crowded):
    plots(300)
    place = tile_at(7, LON + 0.25, LAT + 0.25)
    body = tile(Plot.objects.all(), **place, layer="plots", properties=["name"], sum_of="area_m2")
    west, south, east, north = Place(**place).lonlat_box(buffer=0)
    inside = [
        plot
        for plot in Plot.objects.all()
        if west <= plot.geom.centroid.x < east and south < plot.geom.centroid.y <= north
    ]
    assert 10 < len(inside) == counted(body)
    assert counted(body, "area_m2") == 10 * len(inside)
    assert {feature["geometry"]["type"] for feature in features(body)} == {"Point"}


def test_the_grid_point_of_a_shape_lies_near_it(crowded):
    Plot.objects.bulk_create(Plot(geom=shapely.Point(LON + 0.01, LAT + 0.01)) for _ in range(11))
    place = tile_at(9)
    (feature,) = features(tile(Plot.objects.all(), **place, layer="plots"))
    assert feature["properties"] == {"count": 11}
    assert in_degrees(feature, place).distance(shapely.Point(LON + 0.01, LAT + 0.01)) < 360 / 2**9 / 64


def test_a_crowd_counts_only_what_may_be_seen_and_nothing_twice(crowded):
    plots(30, region=1, spread=0.3)
    plots(20, region=2, spread=0.3, seed=2)
    seen = [Plot.objects.filter(region=2), Plot.objects.filter(name__in=["点位1", "点位2"])]
    body = tile(seen, **tile_at(4), layer="plots")
    assert counted(body) == 20 + 2
    assert all(feature["properties"]["count"] > 0 for feature in features(body))


def test_a_crowd_at_the_deepest_zoom_is_one_point(crowded):
    Plot.objects.bulk_create(Plot(geom=shapely.Point(LON, LAT)) for _ in range(25))
    (feature,) = features(tile(Plot.objects.all(), **tile_at(22), layer="plots"))
    assert feature["properties"] == {"count": 25}


def test_a_crowded_layer_without_cells_draws_the_large_and_counts_the_small(crowded):
    small = [Parcel(geom=shapely.Point(LON + i / 100, LAT).buffer(0.0001)) for i in range(20)]
    large = [
        Parcel(name=str(i), geom=shapely.box(LON, LAT, LON + 0.1 + i / 100, LAT + 0.1)) for i in range(3)
    ]
    Parcel.objects.bulk_create([*small, *large])
    drawn = features(tile(Parcel.objects.all(), **tile_at(7), layer="plots", properties=["name"]))
    polygons = [feature for feature in drawn if feature["geometry"]["type"] == "Polygon"]
    assert [feature["properties"]["name"] for feature in polygons] == ["0", "1", "2"]
    assert sum(feature["properties"].get("count", 0) for feature in drawn) == 20


def test_no_tile_passes_the_limit_however_detailed_its_shapes():
    rng = np.random.default_rng(5)
    turns = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    shapes = []
    for _ in range(1500):
        radius = 0.002 * rng.uniform(0.5, 1.5, 300)
        middle = rng.uniform(0, 0.04, 2) + np.array([LON + 0.02, LAT + 0.02])
        shapes.append(
            shapely.Polygon(np.column_stack([np.cos(turns), np.sin(turns)]) * radius[:, None] + middle)
        )
    Plot.objects.bulk_create(Plot(name="名" * 30 + str(i), geom=one) for i, one in enumerate(shapes))
    body = tile(Plot.objects.all(), **tile_at(11, LON + 0.04, LAT + 0.04), layer="plots", properties=["name"])
    assert 100_000 < len(body) <= MAX_BYTES


def test_a_limit_that_leaves_room_for_nothing_gives_an_empty_tile():
    plots(3)
    assert tile(Plot.objects.all(), **tile_at(7), layer="plots", max_bytes=10) == b""


@sqlite_only
@pytest.mark.parametrize("sum_of", ["area_m2", ""])
def test_walking_along_the_cells_counts_what_grouping_counts(sum_of, monkeypatch):
    plots(500, region=1)
    plots(300, region=2, seed=2)
    place = Place(**tile_at(5))
    for part in (
        Plot.objects.all(),
        Plot.objects.filter(region__range=(2, 4)),
        Plot.objects.filter(region__range=(5, 9)),
    ):
        asked = {"cell": "cell", "cells": place.cells(), "shift": Grid(place).shift, "sum_of": sum_of}
        walked = counts_by_walking(part, **asked)
        assert walked is not None
        with monkeypatch.context() as without:
            without.setattr("qingshan.geo.tiles.grid.counts_by_walking", lambda part, **asked: None)
            grouped = Grid(place)._counted(part, cell="cell", sum_of=sum_of)
        assert sorted(walked) == sorted(grouped)


@sqlite_only
def test_a_scope_by_keys_is_not_walked():
    plots(50)
    place = Place(**tile_at(5))
    part = Plot.objects.filter(pk__in=Plot.objects.filter(name__contains="1").values("pk"))
    asked = {"cell": "cell", "cells": place.cells(), "shift": Grid(place).shift, "sum_of": ""}
    assert counts_by_walking(part, **asked) is None
    assert sum(n for _, n, _ in Grid(place)._counted(part, cell="cell", sum_of="")) == part.count()


def test_few_among_many_are_found_as_among_few(monkeypatch):
    plots(200, region=1, size=0.02)
    plots(30, region=2, size=0.02, seed=2)
    wide = shapely.box(LON - 5, LAT + 0.1, LON + 5, LAT + 0.11)
    Plot.objects.create(region=2, geom=wide)
    for place in (Place(**tile_at(9, LON + 0.2, LAT + 0.2)), Place(**tile_at(11, LON + 0.2, LAT + 0.2))):
        asked = {"geom": "geom", "properties": ["name"], "limit": 1000}
        parts = [Plot.objects.filter(region=2), Plot.objects.filter(name="点位3")]
        among = read_among_many(parts, place, cell="cell", **asked)
        assert [row[0] for row in among] == [row[0] for row in read(parts, place, **asked)]


@sqlite_only
def test_a_tile_with_many_others_does_not_ask_for_all_their_boxes(
    crowded, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(making, "FEW", 2)
    plots(100, region=1)
    plots(3, region=2, seed=2)
    with django_assert_num_queries(1 + 1 + 1 + 1 + 4 + 1):
        seen = features(tile(Plot.objects.filter(region=2), **tile_at(7), layer="plots"))
    assert len(seen) == 3


@sqlite_only
def test_few_rows_among_many_others_are_read_without_a_search(crowded, django_assert_num_queries):
    plots(100, region=1)
    plots(3, region=2, seed=2)
    with django_assert_num_queries(1 + 1 + 1 + 1):
        seen = features(tile(Plot.objects.filter(region=2), **tile_at(7), layer="plots"))
    assert len(seen) == 3
