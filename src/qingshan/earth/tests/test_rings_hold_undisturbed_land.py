"""The land that a site is compared with: near it, of no site, enough of it, and cheap to read."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import Point, box

from qingshan.earth.grid import Grid
from qingshan.earth.measures.rings import RingNumbers, ring_shapes, ring_weights, widened
from qingshan.earth.parameters import released
from qingshan.earth.sites import Site, SiteSet

GRID = Grid(crs="EPSG:32650", west=500_000.0, north=4_400_000.0, dx=10.0, dy=10.0, height=600, width=600)
NUMBERS = RingNumbers(inner_m=200.0, outer_m=1000.0, least_px=100.0, most_px=400.0)


def at(x: float, y: float, reach: float = 100.0) -> shapely.Polygon:
    """A square, its middle in metres from the grid's upper left corner."""
    return box(GRID.west + x - reach, GRID.north - y - reach, GRID.west + x + reach, GRID.north - y + reach)


def sites(*shapes: shapely.Polygon, grid: Grid = GRID) -> SiteSet:
    return SiteSet.of(Site(id=str(i), shape=grid.to_lonlat(shape)) for i, shape in enumerate(shapes))


def test_a_ring_lies_between_its_distances() -> None:
    site = at(3000, 3000)
    (ring,) = ring_shapes(sites(site), GRID, NUMBERS)
    assert ring is not None
    assert shapely.distance(ring, site) == pytest.approx(200, abs=15)
    assert shapely.hausdorff_distance(ring, site) == pytest.approx(1000, abs=60)


def test_no_site_serves_as_anothers_ring() -> None:
    neighbour = at(3500, 3000)
    first, second = ring_shapes(sites(at(3000, 3000), neighbour), GRID, NUMBERS)
    assert first is not None
    assert second is not None
    assert shapely.distance(first, neighbour) == pytest.approx(200, abs=15)


def test_what_is_to_be_avoided_is_left_out() -> None:
    town = at(3000, 2300, reach=300)
    (ring,) = ring_shapes(sites(at(3000, 3000)), GRID, NUMBERS, avoid=[town])
    assert ring is not None
    assert ring.intersection(town).area == pytest.approx(0, abs=1)


def test_a_site_hemmed_in_has_no_ring() -> None:
    assert ring_shapes(sites(at(3000, 3000)), GRID, NUMBERS, avoid=[at(3000, 3000, reach=2000)]) == (None,)


def test_a_site_outside_of_the_grid_has_no_ring() -> None:
    assert ring_shapes(sites(at(-9000, 3000)), GRID, NUMBERS) == (None,)


def test_no_sites_have_no_rings() -> None:
    assert ring_shapes(SiteSet.of([]), GRID, NUMBERS) == ()


def test_a_ring_is_cut_off_at_the_edge_of_the_grid() -> None:
    (ring,) = ring_shapes(sites(at(0, 3000)), GRID, NUMBERS)
    assert ring is not None
    assert shapely.covers(box(*GRID.bounds), ring)


@pytest.mark.parametrize("most", [400.0, 50.0, 1e9])
def test_a_sample_is_bounded_and_lies_in_the_ring(most: float) -> None:
    rings = ring_shapes(sites(at(3000, 3000), at(4000, 3000)), GRID, NUMBERS)
    made = ring_weights(GRID, (*rings, None), most_px=most)
    assert len(made) == 3
    assert made.total_px[2] == 0
    for place, ring in enumerate(rings):
        assert ring is not None
        row, col = made.cells[:, made.first_cell[place] : made.first_cell[place + 1]]
        centres = shapely.points(GRID.west + (col + 0.5) * 10, GRID.north - (row + 0.5) * 10)
        assert shapely.contains(ring, centres).all()
        assert min(most, ring.area / 100) * 0.5 < len(row) <= most
        assert (np.diff(row) >= 0).all()
    assert (made.shares == 1).all()


def test_distances_are_metres_on_a_grid_of_degrees_too() -> None:
    grid = Grid(crs="EPSG:4490", west=110.0, north=40.0, dx=1e-4, dy=1e-4, height=1000, width=1000)
    (grown,) = widened(grid, np.array([Point(110.05, 39.95)], object), 500.0)
    west, south, east, north = grown.bounds
    assert (north - south) * 111_320 == pytest.approx(1000, rel=0.01)
    assert (east - west) * 111_320 * np.cos(np.radians(39.95)) == pytest.approx(1000, rel=0.01)


def test_the_released_parameters_have_a_ring() -> None:
    numbers = RingNumbers.of(released())
    assert 0 < numbers.inner_m < numbers.outer_m
    assert numbers.least_px <= numbers.most_px
