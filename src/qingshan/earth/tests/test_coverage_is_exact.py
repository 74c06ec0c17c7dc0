"""The share of each pixel is the area of its intersection with the polygon, whatever the polygon's kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from qingshan.earth.grid import Grid
from qingshan.earth.measures import weights as weighing
from qingshan.earth.measures.weights import Weights, weights
from qingshan.earth.sites import Site, SiteSet
from qingshan.earth.tests.polygons import GRID, ROUND, SHAPES, by_intersection, on_grid, raster_of, weighed


@pytest.mark.parametrize("name", SHAPES)
def test_each_pixel_has_the_share_of_its_intersection(name: str) -> None:
    shape = on_grid(SHAPES[name])
    assert raster_of(weighed(shape), 0) == pytest.approx(by_intersection(shape), abs=2e-9)


@pytest.mark.parametrize("name", SHAPES)
def test_the_sum_is_the_area_inside_of_the_grid(name: str) -> None:
    shape = on_grid(SHAPES[name])
    inside = shapely.intersection(shape, box(*GRID.bounds)).area / 100
    assert weighed(shape).total_px[0] == pytest.approx(inside, rel=1e-6)


corner = st.tuples(st.floats(-3, 23), st.floats(-3, 27))


@settings(max_examples=60, deadline=None)
@given(corner, st.lists(st.floats(0.01, 12), min_size=3, max_size=12), st.floats(0, 1))
def test_any_polygon_has_the_shares_of_its_intersections(
    middle: tuple[float, float], reach: list[float], turned: float
) -> None:
    turn = np.linspace(0, 2 * np.pi, len(reach), endpoint=False) + turned
    rays = np.column_stack([np.cos(turn), np.sin(turn)]) * np.array(reach)[:, None]
    hollow = Polygon(middle + rays, [middle + 0.4 * rays])
    assert raster_of(weighed(on_grid(hollow)), 0) == pytest.approx(by_intersection(on_grid(hollow)), abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-2, 22), st.integers(-2, 26)), min_size=3, max_size=10, unique=True))
def test_corners_on_pixel_corners_leave_no_crumbs(corners: list[tuple[int, int]]) -> None:
    shape = on_grid(shapely.convex_hull(shapely.MultiPoint(corners)))
    image = raster_of(weighed(shape), 0)
    assert image == pytest.approx(by_intersection(shape) if shape.area else 0 * image, abs=1e-9)
    assert np.count_nonzero(image) == np.count_nonzero(by_intersection(shape) > 1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(corner, min_size=3, max_size=12))
def test_an_outline_that_crosses_itself_gives_shares_all_the_same(corners: list[tuple[float, float]]) -> None:
    image = raster_of(weighed(on_grid(Polygon(corners))), 0)
    assert ((image >= 0) & (image <= 1)).all()


def test_a_polygon_wholly_outside_has_no_pixel() -> None:
    made = weighed(on_grid(box(-9, 3, -2, 8)), on_grid(box(30, 3, 33, 8)), on_grid(box(3, 30, 4, 40)), None)
    assert made.total_px.tolist() == [0, 0, 0, 0]


def test_lines_and_empty_shapes_have_no_pixel() -> None:
    line = on_grid(shapely.LineString([(1, 1), (5, 8)]))
    made = weighed(Polygon(), line, shapely.GeometryCollection([line, on_grid(box(1, 1, 2, 2))]))
    assert made.total_px.tolist() == [0, 0, 1]


def test_overlapping_sites_have_their_pixels_each() -> None:
    made = weighed(*(on_grid(box(2, 2, 8, 8)) for _ in range(3)))
    assert made.total_px.tolist() == [36, 36, 36]


def test_a_polygon_drawn_in_strips_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = [on_grid(shape) for shape in SHAPES.values()]
    whole = weighed(*shapes)
    monkeypatch.setattr(weighing, "STRIP_PX", 50)
    strips = weighed(*shapes)
    for name in ("first_run", "runs", "first_cell", "cells"):
        assert np.array_equal(getattr(whole, name), getattr(strips, name))
    assert strips.shares == pytest.approx(whole.shares, abs=1e-12)


def test_sites_in_degrees_are_brought_onto_the_grid() -> None:
    shape = on_grid(ROUND)
    site = Site(id="1", shape=GRID.to_lonlat(shape))
    assert weights(GRID, SiteSet.of([site])).total_px[0] == pytest.approx(shape.area / 100, rel=1e-6)


def test_no_sites_have_no_weights() -> None:
    assert len(weights(GRID, SiteSet.of([]))) == 0


def test_the_rows_of_all_parts_are_all_rows() -> None:
    made = weighed(*(on_grid(shape) for shape in SHAPES.values()))
    images = np.zeros((len(SHAPES), *GRID.shape))
    for first in range(0, GRID.height, 7):
        part = made.rows(first, first + 7)
        for place, site in enumerate(part.sites):
            image = raster_of(part, place)
            assert not image[:first].any()
            assert not image[first + 7 :].any()
            images[site] += image
    for site in range(len(SHAPES)):
        assert np.array_equal(images[site], raster_of(made, site))


def test_rows_leave_out_sites_that_lie_elsewhere() -> None:
    made = weighed(on_grid(box(2, 2, 8, 4)), on_grid(box(2, 10.5, 8, 14)))
    assert made.rows(0, 10).sites.tolist() == [0]
    assert made.rows(10, 24).sites.tolist() == [1]
    assert made.rows(5, 9).sites.tolist() == []


def test_weights_are_kept_and_read_again(tmp_path: Path) -> None:
    sites = SiteSet.of([Site(id="1", shape=GRID.to_lonlat(on_grid(ROUND)))])
    first = weights(GRID, sites, folder=tmp_path)
    (file,) = tmp_path.iterdir()
    again = Weights.load(file, grid=GRID, digest=first.digest)
    assert again is not None
    assert np.array_equal(again.shares, first.shares)
    assert np.array_equal(again.runs, first.runs)


def test_kept_weights_of_other_shapes_or_grids_are_not_taken(tmp_path: Path) -> None:
    made = weighed(on_grid(ROUND))
    file = tmp_path / "w.npz"
    made.save(file)
    other = Grid(crs=GRID.crs, west=0.0, north=0.0, dx=10.0, dy=10.0, height=24, width=20)
    assert Weights.load(file, grid=GRID, digest="0" * 16) is None
    assert Weights.load(file, grid=other, digest=made.digest) is None


@pytest.mark.parametrize("keep", [0, 10, 400])
def test_damaged_weights_are_made_anew(tmp_path: Path, keep: int) -> None:
    sites = SiteSet.of([Site(id="1", shape=GRID.to_lonlat(on_grid(ROUND)))])
    first = weights(GRID, sites, folder=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:keep])
    assert np.array_equal(weights(GRID, sites, folder=tmp_path).shares, first.shares)
    assert Weights.load(file, grid=GRID, digest=first.digest) is not None
