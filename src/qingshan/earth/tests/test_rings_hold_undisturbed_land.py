"""The land that a site is compared with: near it, of no site, enough of it, and cheap to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import Point, box

from qingshan.earth.grid import Grid
from qingshan.earth.measures.rings import RingNumbers, ring_weights, widened
from qingshan.earth.parameters import released

GRID = Grid(crs="EPSG:32650", west=500_000.0, north=4_400_000.0, dx=10.0, dy=10.0, height=600, width=600)
NUMBERS = RingNumbers(inner_m=200.0, outer_m=1000.0, least_px=100.0, most_px=400.0)


def at(x: float, y: float, reach: float = 100.0) -> shapely.Polygon:
    """A square, its middle in metres from the grid's upper left corner."""
    return box(GRID.west + x - reach, GRID.north - y - reach, GRID.west + x + reach, GRID.north - y + reach)


def rings(*shapes: shapely.Polygon, numbers: RingNumbers = NUMBERS, **told: Any) -> list[shapely.MultiPoint]:
    """The centres of each ring's pixels."""
    made = ring_weights(GRID, np.array([*shapes, None], object)[:-1], numbers, **told)
    assert (made.shares == 1).all()
    found = []
    for begin, end in zip(made.first_cell[:-1], made.first_cell[1:], strict=True):
        row, col = made.cells[:, begin:end]
        assert (np.diff(row) >= 0).all()
        x, y = GRID.west + (col + 0.5) * 10, GRID.north - (row + 0.5) * 10
        found.append(shapely.MultiPoint(np.column_stack([x, y])))
    return found


def count(ring: shapely.MultiPoint) -> int:
    return len(ring.geoms)


ALL = replace(NUMBERS, most_px=1e9)


def test_a_ring_lies_between_its_distances() -> None:
    site = at(3000, 3000)
    (ring,) = rings(site, numbers=ALL)
    assert shapely.distance(ring, site) == pytest.approx(205, abs=15)
    assert shapely.hausdorff_distance(ring, shapely.Point(site.centroid)) == pytest.approx(
        np.hypot(1000 / np.sqrt(2) + 100, 1000 / np.sqrt(2) + 100), abs=60
    )


def test_no_site_serves_as_anothers_ring() -> None:
    neighbour = at(3500, 3000)
    first, second = rings(at(3000, 3000), neighbour, numbers=ALL)
    assert shapely.distance(first, neighbour) == pytest.approx(205, abs=15)
    assert count(second)


def test_what_is_to_be_avoided_is_left_out() -> None:
    town = at(3000, 2300, reach=300)
    (ring,) = rings(at(3000, 3000), numbers=ALL, avoid=[town])
    assert 0 < shapely.distance(ring, town) < 15


def test_a_site_hemmed_in_has_no_ring() -> None:
    assert not count(*rings(at(3000, 3000), avoid=[at(3000, 3000, reach=2000)]))


@pytest.mark.parametrize(("width_m", "has_ring"), [(15, False), (60, True)])
def test_too_little_land_is_no_ring_and_enough_is_found_however_small(width_m: int, has_ring: bool) -> None:
    """A strip of 2 km in the free, all else around built over."""
    town = at(3000, 3000, reach=2500) - box(
        GRID.west + 2000, GRID.north - 2500, GRID.west + 4000, GRID.north - 2500 + width_m
    )
    (ring,) = rings(at(3000, 3000), avoid=[town])
    assert (count(ring) > 50) is has_ring
    assert not has_ring or not shapely.intersects(ring, town)


def test_a_site_outside_of_the_grid_has_no_ring() -> None:
    assert [count(ring) for ring in rings(at(-9000, 3000), None)] == [0, 0]  # type: ignore[arg-type]


def test_no_sites_have_no_rings() -> None:
    assert rings() == []


def test_who_needs_no_ring_is_still_nobodys_ring() -> None:
    first, second = rings(at(3000, 3000), at(3500, 3000), is_wanted=np.array([True, False]), numbers=ALL)
    assert shapely.distance(first, at(3500, 3000)) > 190
    assert not count(second)


@pytest.mark.parametrize("most", [400.0, 50.0, 1e9])
def test_a_sample_is_bounded_and_lies_in_the_ring(most: float) -> None:
    shapes = at(3000, 3000), at(4000, 3000)
    found = rings(*shapes, numbers=replace(NUMBERS, most_px=most))
    for ring, everything in zip(found, rings(*shapes, numbers=ALL), strict=True):
        assert min(most, count(everything)) * 0.5 < count(ring) <= most
        assert everything.covers(ring)


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
