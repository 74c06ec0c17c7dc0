"""Into which squares is a region cut, so that each can be looked at alone? Whole pixels of the scenes' own grids."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.cube.digests import digest_of_sites
from qingshan.earth.errors import CubeRefused
from qingshan.earth.grid import Grid, Window
from qingshan.earth.images.frames import Frame, frames_of
from qingshan.earth.images.scenes import Scene
from qingshan.earth.judging.looks import Flags
from qingshan.earth.sites import Site, SiteSet
from qingshan.earth.writing import write_whole

PLAN = "plan.json"
EDGE_PARTS = 16  # a straight edge of a grid bends in degrees


@dataclass(frozen=True, kw_only=True)
class Square:
    """Some rows and columns of a frame, with the land in them that is to be looked at."""

    id: str
    grid: Grid
    window: Window
    land: tuple[Site, ...]
    """areas that touch it, in units of the grid"""

    def zones(self) -> np.ndarray:
        """(rows, columns) number of the area to which the middle of each pixel belongs; -1: to none."""
        window, grid = self.window, self.grid
        x = grid.west + (window.col + np.arange(window.width) + 0.5) * grid.dx
        y = grid.north - (window.row + np.arange(window.height) + 0.5) * grid.dy
        columns, rows = np.meshgrid(x, y)
        owner = np.full(columns.shape, -1, np.int32)
        for number, area in reversed(list(enumerate(self.land))):
            shapely.prepare(area.shape)
            inside: Flags = shapely.contains_xy(area.shape, columns, rows)
            owner[inside] = number
        return owner


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One frame and what is looked at on it: land that lies on no frame before it."""

    grid: Grid
    scenes: tuple[Scene, ...]
    land: tuple[Site, ...]
    """in units of the grid"""
    square_px: int

    @cached_property
    def squares(self) -> tuple[Square, ...]:
        """In order of row and column."""
        return tuple(self._squares())

    def _squares(self) -> Iterator[Square]:
        shapes = np.array([area.shape for area in self.land], object)
        tree = shapely.STRtree(shapes)
        for row, height in _pieces(self.grid.height, self.square_px):
            for col, width in _pieces(self.grid.width, self.square_px):
                window = Window(row=row, col=col, height=height, width=width)
                touched = sorted(tree.query(box_of(self.grid, window), predicate="intersects").tolist())
                if touched:
                    yield Square(
                        id=f"{row:06d}-{col:06d}",
                        grid=self.grid,
                        window=window,
                        land=tuple(self.land[at] for at in touched),
                    )

    def as_sites(self) -> SiteSet:
        """The squares as a cube takes them."""
        return SiteSet.of(
            Site(id=square.id, shape=self.grid.to_lonlat(box_of(self.grid, square.window)))
            for square in self.squares
        )


def box_of(grid: Grid, window: Window) -> BaseGeometry:
    """A window in units of its grid."""
    west, north = grid.west + window.col * grid.dx, grid.north - window.row * grid.dy
    box: BaseGeometry = shapely.box(
        west, north - window.height * grid.dy, west + window.width * grid.dx, north
    )
    return box


def _pieces(length: int, wanted: int) -> Iterator[tuple[int, int]]:
    """About `wanted` long each, none much shorter than another."""
    edges = np.linspace(0, length, max(1, round(length / wanted)) + 1).round().astype(int)
    for first, end in pairwise(edges):
        yield int(first), int(end - first)


def parts_of(
    areas: SiteSet, scenes: Sequence[Scene], *, folder: Path | None, square_px: int, enough: int
) -> tuple[Part, ...]:
    """Each piece of land on one frame: on the finest one that was seen often enough, and on that for good.

    Args:
        areas: where; areas that overlap are looked at once.
        scenes: in order of day and id.
        folder: remembers the frames, so that later scenes change nothing about where squares lie; None: nowhere.
        square_px: about the side of a square.
        enough: scenes from which on a frame is preferred.

    Raises:
        CubeRefused: the folder was made for other areas.
    """
    kept = _kept(folder, areas)
    found = frames_of(scenes, known=kept)
    at_first = {grid.key: number for number, grid in enumerate(kept)}

    def order(frame: Frame) -> tuple[int, bool, float, int, str]:
        seen = len(frame.scenes)
        place = at_first.get(frame.key, len(kept))
        return (place, False, 0.0, 0, "") if frame.key in at_first else (
            place, seen < enough, frame.grid.pixel_size_m, -seen, frame.key
        )  # fmt: skip

    frames = sorted(found, key=order)
    if folder is not None and len(frames) > len(kept):
        _keep(folder, areas, [frame.grid for frame in frames])
    return tuple(_parts(areas, frames, square_px))


def _parts(areas: SiteSet, frames: Sequence[Frame], square_px: int) -> Iterator[Part]:
    rest = [(area, area.shape) for area in areas]
    for frame in frames:
        edges = shapely.box(*frame.grid.bounds)
        step = max(edges.bounds[2] - edges.bounds[0], edges.bounds[3] - edges.bounds[1]) / EDGE_PARTS
        covered = frame.grid.to_lonlat(shapely.segmentize(edges, step))
        here = [(area, shape.intersection(covered)) for area, shape in rest if shape.intersects(covered)]
        land = tuple(
            Site(id=area.id, shape=frame.grid.from_lonlat(shape), zone=area.zone)
            for area, shape in here
            if shape.area > 0
        )
        rest = [(area, shape.difference(covered)) for area, shape in rest]
        if land:
            yield Part(grid=frame.grid, scenes=frame.scenes, land=land, square_px=square_px)


def _kept(folder: Path | None, areas: SiteSet) -> list[Grid]:
    if folder is None or not (folder / PLAN).exists():
        return []
    told = json.loads((folder / PLAN).read_bytes())
    if told["areas"] != digest_of_sites(areas):
        raise CubeRefused.because("earth.screened_other_areas", folder=str(folder))
    return [Grid(**grid) for grid in told["grids"]]


def _keep(folder: Path, areas: SiteSet, grids: Sequence[Grid]) -> None:
    told = {"areas": digest_of_sites(areas), "grids": [asdict(grid) for grid in grids]}
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / PLAN, json.dumps(told).encode())
