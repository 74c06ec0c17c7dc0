"""Polygons of every awkward kind on a small grid, and what two independent references say of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.feature import JSONFeatureSource
from exactextract.raster import NumPyRasterSource
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from qingshan.earth.grid import Grid
from qingshan.earth.measures.weights import Weights, weights
from qingshan.earth.sites import Site, SiteSet

GRID = Grid(crs="EPSG:32650", west=500_000.0, north=4_400_000.0, dx=10.0, dy=10.0, height=24, width=20)


def on_grid(shape: BaseGeometry) -> BaseGeometry:
    """From pixels, rows downwards, to units of the grid."""
    return shapely.transform(
        shape, lambda at: np.column_stack([GRID.west + 10 * at[:, 0], GRID.north - 10 * at[:, 1]])
    )


def weighed(*shapes: BaseGeometry | None, grid: Grid = GRID) -> Weights:
    sites = SiteSet.of(Site(id=str(i), shape=Polygon()) for i in range(len(shapes)))
    return weights(grid, sites, shapes=shapes)


def raster_of(made: Weights, place: int) -> np.ndarray:
    """Shares of one site as an image."""
    image = np.zeros(made.grid.shape)
    for row, col, length in made.runs[:, made.first_run[place] : made.first_run[place + 1]].T:
        image[row, col : col + length] += 1
    cells = slice(made.first_cell[place], made.first_cell[place + 1])
    np.add.at(image, tuple(made.cells[:, cells]), made.shares[cells])
    return image


def by_intersection(shape: BaseGeometry, grid: Grid = GRID) -> np.ndarray:
    cols, rows = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    west, north = grid.west + cols * grid.dx, grid.north - rows * grid.dy
    pixels = shapely.box(west, north - grid.dy, west + grid.dx, north)
    return shapely.area(shapely.intersection(pixels, shape)) / (grid.dx * grid.dy)


def by_exactextract(shapes: Sequence[BaseGeometry], image: np.ndarray) -> list[dict[str, float]]:
    west, south, east, north = GRID.bounds
    raster = NumPyRasterSource(image, xmin=west, ymin=south, xmax=east, ymax=north)
    told = [{"type": "Feature", "geometry": shapely.geometry.mapping(shape)} for shape in shapes]
    found = exact_extract(raster, JSONFeatureSource(told), ["mean", "count", "variance"])
    return [each["properties"] for each in found]


def lobed(middle: tuple[float, float], reach: float, lobes: int, corners: int = 40) -> Polygon:
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    far = reach * (1 + 0.4 * np.sin(lobes * turn))
    return Polygon(np.column_stack([middle[0] + far * np.cos(turn), middle[1] + far * np.sin(turn)]))


ROUND = lobed((9.3, 11.7), 5.2, 3)
SHAPES = {
    "lobed": ROUND,
    "with a hole": ROUND.difference(lobed((9.1, 11.2), 2.1, 4)),
    "with a hole that touches the outline": box(2, 2, 9, 9).difference(Polygon([(2, 5), (5, 4), (5, 6)])),
    "of several parts": shapely.union_all(
        [lobed((4, 5), 2, 2), lobed((13.2, 16.1), 3, 5), box(0.2, 20, 1.1, 21)]
    ),
    "far below a pixel": box(7.31, 8.42, 7.36, 8.45),
    "a sliver over many pixels": Polygon([(1, 1), (18, 22.5), (18.001, 22.5)]),
    "on pixel edges": box(3, 4, 8, 15),
    "on one pixel": box(3, 4, 4, 5),
    "over the west edge": lobed((0, 12), 4, 3),
    "over the east edge": lobed((20, 12), 4, 3),
    "over the north edge": lobed((10, 0), 4, 3),
    "over the south edge": lobed((10, 24), 4, 3),
    "over a corner": lobed((20, 24), 6, 5),
    "over all edges": box(-5, -6, 30, 40).difference(ROUND),
    "touching itself in a corner": shapely.union_all([box(2, 2, 5, 5), box(5, 5, 8, 8)]),
    "diamond with corners on pixel corners": Polygon([(10, 5), (15, 10), (10, 15), (5, 10)]),
}
