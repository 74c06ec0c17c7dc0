"""Which squares of land are looked at as one image, and what lies on each? Tiles as a satellite's product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from qingshan.earth.grid import Grid, Window
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.countryside import DRAWINGS, SIDE_PX, Countryside

Array = np.ndarray[Any, np.dtype[Any]]

PIXEL_M = 10.0
BLOCKS = 80
"""drawings along one side of a tile: 102.4 km"""
WEST, NORTH = 400_000.0, 3_742_720.0
"""corner of one of the tiles, in metres of its UTM zone: the others lie beside it"""
AROUND_M = 2_100.0
"""land around sites that is drawn: as far as anything is compared with"""
MARGIN_PX = 10
"""land around a site that is recorded pixel by pixel: more than anybody's picture shows"""


@dataclass(frozen=True, kw_only=True)
class TilePlace:
    """One tile, and the sites most of whose ground lies on it."""

    name: str
    grid: Grid
    sites: tuple[int, ...]
    """their numbers"""
    shapes: tuple[Any, ...]
    """in metres of the grid"""

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """A square for each site, on even pixels, inside the tile."""
        return tuple(self._window(shape) for shape in self.shapes)

    def _window(self, shape: Any) -> Window:
        west, south, east, north = shape.bounds
        grid = self.grid
        across, down = (east - west) / grid.dx, (north - south) / grid.dy
        side = min(2 * int(np.ceil(max(across, down) / 2 + MARGIN_PX + 1)), grid.width)
        row, col = (
            2 * round((at - side / 2) / 2)
            for at in ((grid.north - (north + south) / 2) / grid.dy, ((west + east) / 2 - grid.west) / grid.dx)
        )  # fmt: skip
        row, col = (min(max(0, at), most - side) for at, most in ((row, grid.height), (col, grid.width)))
        return Window(row=row, col=col, height=side, width=side)

    @cached_property
    def wanted(self) -> Array:
        """(BLOCKS, BLOCKS) bool: which blocks are drawn."""
        wanted = np.zeros((BLOCKS, BLOCKS), bool)
        corner = np.arange(BLOCKS) * SIDE_PX * PIXEL_M
        west, north = self.grid.west + corner[None, :], self.grid.north - corner[:, None]
        side = SIDE_PX * PIXEL_M
        boxes = shapely.box(west, north - side, west + side, north)
        near = shapely.STRtree(boxes.ravel()).query(self.shapes, predicate="dwithin", distance=AROUND_M)
        wanted.reshape(-1)[near[1]] = True
        return wanted

    def drawing_of(self, seed: int) -> Array:
        """(BLOCKS, BLOCKS) which of the drawings lies where."""
        return chance(seed, self.name, "drawings").integers(0, DRAWINGS, (BLOCKS, BLOCKS)).astype(np.int64)

    def owned(self, inside: Sequence[Array]) -> list[Array]:
        """For each site the pixels of its square that it is recorded at: where squares overlap, one of them each.

        What belongs to a site is recorded with that site; of two that lie on the same ground, with the first.

        Args:
            inside: for each site (side, side) share of each pixel inside it.
        """
        owned = [np.ones(each.shape, bool) for each in inside]
        for first, second in self._meeting():
            here, there = (self._part(at, first, second) for at in (first, second))
            wins = inside[second][there] > inside[first][here]
            owned[first][here] &= ~wins
            owned[second][there] &= wins
        return owned

    def _meeting(self) -> Iterator[tuple[int, int]]:
        boxes = shapely.box(
            *np.array(
                [(w.col, w.row, w.col + w.width, w.row + w.height) for w in self.windows], float
            ).reshape(-1, 4).T
        )  # fmt: skip
        one, other = shapely.STRtree(boxes).query(boxes, predicate="intersects")
        yield from sorted((int(a), int(b)) for a, b in zip(one, other, strict=True) if a < b)

    def _part(self, of: int, first: int, second: int) -> tuple[slice, slice]:
        """Where the squares of two sites overlap, in rows and columns of one of them."""
        own = self.windows[of]
        both = [self.windows[at] for at in (first, second)]
        top, left = max(w.row for w in both), max(w.col for w in both)
        bottom, right = min(w.row + w.height for w in both), min(w.col + w.width for w in both)
        return (
            slice(top - own.row, max(top, bottom) - own.row),
            slice(left - own.col, max(left, right) - own.col),
        )


def tiles_of(shapes: Sequence[Any]) -> list[TilePlace]:
    """The tiles on which sites lie, in order of their names.

    Args:
        shapes: of all sites, in CGCS2000 degrees.
    """
    if not len(shapes):
        return []
    zone = int((np.mean([shape.centroid.x for shape in shapes]) + 180) // 6) + 1
    world = Grid(crs=f"EPSG:{32600 + zone}", west=0, north=0, dx=PIXEL_M, dy=PIXEL_M, height=1, width=1)
    placed = world.from_lonlat(np.array([*shapes, None], dtype=object)[:-1])
    members: Mapping[tuple[int, int], list[int]] = defaultdict(list)
    for number, shape in enumerate(placed):
        members[_cell_of(shape)].append(number)
    return [
        TilePlace(
            name=f"{zone}{_letter(col)}{_letter(row)}",
            grid=_grid(world.crs, col, row),
            sites=tuple(numbers),
            shapes=tuple(placed[at] for at in numbers),
        )
        for (col, row), numbers in sorted(members.items())
    ]


SPAN_M = BLOCKS * SIDE_PX * PIXEL_M


def _cell_of(shape: Any) -> tuple[int, int]:
    """Column and row of the tile that covers most of a shape; of equals the first."""
    west, south, east, north = shape.bounds
    cols = {int((x - WEST) // SPAN_M) for x in (west, east)}
    rows = {int((NORTH - y) // SPAN_M) for y in (south, north)}
    cells = sorted((col, row) for col in cols for row in rows)
    return max(cells, key=lambda cell: float(shapely.clip_by_rect(shape, *_grid("", *cell).bounds).area))


def _grid(crs: str, col: int, row: int) -> Grid:
    side = BLOCKS * SIDE_PX
    return Grid(
        crs=crs, west=WEST + col * SPAN_M, north=NORTH - row * SPAN_M, dx=PIXEL_M, dy=PIXEL_M, height=side, width=side
    )  # fmt: skip


def _letter(number: int) -> str:
    return "ABCDEFGHJKLMNPQRSTUVWXYZ"[number % 24]


def land_in(window: Window, drawing: Array, country: Countryside) -> Array:
    """(height, width) number of the kind of land at each pixel of a window."""
    rows = np.arange(window.row, window.row + window.height)[:, None]
    cols = np.arange(window.col, window.col + window.width)[None, :]
    kinds: Array = country.drawings[drawing[rows // SIDE_PX, cols // SIDE_PX], rows % SIDE_PX, cols % SIDE_PX]
    return kinds
