"""Small images and sites, made by chance that is always the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scene, Scenes
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.sensors import SENTINEL2, Sensor
from qingshan.earth.series import SiteSeries
from qingshan.earth.sites import Site, SiteSet

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")
LEVELS = (600, 900, 1100, 3200, 2500, 1700)
"""numbers of sparse grass, in steps of 1e-4"""
GRID = Grid(crs="EPSG:32650", west=500_000.0, north=4_000_000.0, dx=10.0, dy=10.0, height=160, width=200)
DAYS = (date(2023, 5, 1), date(2023, 6, 10), date(2023, 7, 20), date(2023, 9, 1))
BLOCK = 64
"""Rows of a block in these tests: three block rows."""


def numbers(seed: int, *, grid: Grid = GRID, spread: float = 0.2) -> dict[str, np.ndarray[Any, Any]]:
    """name -> (height, width) uint16 numbers as Sentinel-2 has them."""
    chance = np.random.default_rng(seed)
    return {
        name: np.rint(level * chance.uniform(1 - spread, 1 + spread, grid.shape)).astype(np.uint16)
        for name, level in zip(BANDS, LEVELS, strict=True)
    }


def classes(seed: int, *, grid: Grid = GRID) -> np.ndarray[Any, Any]:
    """(height, width) uint8 scene classification: a fifth clouds, the rest plants and soil."""
    return np.random.default_rng(1000 + seed).choice([4, 4, 5, 5, 9], grid.shape).astype(np.uint8)


def scene(
    day: date,
    *,
    id: str | None = None,
    seed: int | None = None,
    grid: Grid = GRID,
    sensor: Sensor = SENTINEL2,
    **changed: Any,
) -> Scene:
    """One scene in memory; `changed` replaces bands, mask or other arguments."""
    seed = day.toordinal() if seed is None else seed
    told = {"bands": numbers(seed, grid=grid), "mask": classes(seed, grid=grid), **changed}
    return Scene.from_arrays(id=id or f"s{day:%Y%m%d}", day=day, sensor=sensor, grid=grid, **told)


def scenes(days: Sequence[date] = DAYS, *, grid: Grid = GRID) -> Scenes:
    return Scenes.of(scene(day, grid=grid) for day in days)


def folder_of(folder: Path, days: Sequence[date] = DAYS) -> Path:
    """The same scenes as files."""
    return write_scenes(folder, scenes(days))


def site(id: str, col: float, row: float, width: float, height: float, *, grid: Grid = GRID) -> Site:
    """A box in pixels of the grid, which may have fractions."""
    west, north = grid.west + col * grid.dx, grid.north - row * grid.dy
    box = shapely.box(west, north - height * grid.dy, west + width * grid.dx, north)
    return Site(id=id, shape=grid.to_lonlat(box))


SITES = SiteSet.of(
    [
        site("one block row", 20.3, 10.6, 12.5, 9.2),
        site("two block rows", 90.5, 55.25, 20.0, 21.7),
        site("all block rows", 150.0, 5.5, 30.1, 150.0),
        site("over the edge", 190.5, 100.0, 30.0, 12.0),
        site("elsewhere", 5000.0, 100.0, 30.0, 12.0),
    ]
)


def bits(series: Sequence[SiteSeries]) -> list[object]:
    """All that was seen, bit by bit."""
    told: list[object] = []
    for one in series:
        told += [one.site_id, one.days.tobytes(), one.sensors, one.scenes]
        for track in (one.inside, one.ring):
            if track is None:
                told.append(None)
                continue
            told += [track.clear_px.tobytes(), track.total_px]
            told += [
                (name, track.mean[name].tobytes(), track.variance[name].tobytes()) for name in track.mean
            ]
    return told


def apart(first: Sequence[SiteSeries], second: Sequence[SiteSeries]) -> float:
    """The largest difference of any mean or variance; infinite where one is NaN and the other is not."""
    most = 0.0
    for one, other in zip(first, second, strict=True):
        for a, b in ((one.inside, other.inside), (one.ring, other.ring)):
            if a is None or b is None:
                most = max(most, 0.0 if a is b else float("inf"))
                continue
            for name in a.mean:
                for x, y in ((a.mean[name], b.mean[name]), (a.variance[name], b.variance[name])):
                    if not np.array_equal(np.isnan(x), np.isnan(y)):
                        return float("inf")
                    most = max(most, float(np.nanmax(np.abs(x - y), initial=0.0)))
    return most
