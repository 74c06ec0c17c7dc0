"""Which pieces of land do lost pixels make up? Connected across squares, large and wide enough to be no error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.connected import groups
from qingshan.earth.cube.folder import KeptScene
from qingshan.earth.grid import Grid
from qingshan.earth.judging.looks import date_of, day_of
from qingshan.earth.screening.lasting import Losses, ScreeningNumbers
from qingshan.earth.sensors import Sensor
from qingshan.geo.area import areas_m2

BEGUN_SHARE = 0.1
"""of its pixels: a single one that left its course early by chance does not date a disturbance"""
LASTED_SHARE = 0.5
FIELDS = ("row", "col", "first", "last", "looks", "magnitude", "has_lasted", "clear")


@dataclass(frozen=True, kw_only=True)
class Disturbance:
    """A piece of land that lost its plants and did not get them back. It says nothing of who, why, or by what right."""

    id: str
    """the same for the same land and day"""
    shape: BaseGeometry
    """polygon in CGCS2000 degrees (EPSG:4490)"""
    area_m2: float
    """of the shape, on the ellipsoid"""
    first_seen: date
    """day of the look from which on a tenth of it was off its usual course"""
    last_seen: date
    """day of the newest look that found it so"""
    looks: int
    """looks in growing seasons that found it so; of the pixel in the middle"""
    magnitude: float
    """mean departure of NDVI from the former course, below 0"""
    is_persistent: bool
    """seen often and long enough; False: provisional, the next images may undo it"""
    sensor: str
    pixel_m: float
    margin_m: float
    """how far its outline may lie from where it is: geolocation error of the sensor and half a pixel"""
    scenes: tuple[str, ...]
    """ids of the scenes that show it so, in order of day"""
    before: str
    """scene that shows the land as it was; empty where none was clear"""
    after: str
    """newest clear scene that shows it; empty where none was clear"""
    parameters: str
    """id, version and digest of the parameter set"""

    @property
    def is_provisional(self) -> bool:
        return not self.is_persistent


def disturbances_of(
    losses: Sequence[Losses],
    *,
    grid: Grid,
    scenes: Sequence[KeptScene],
    sensor: Sensor,
    least_m2: float,
    numbers: ScreeningNumbers,
    parameters: str,
) -> list[Disturbance]:
    """Pieces of one frame from the losses of its squares; in order of their first pixel."""
    told: dict[str, Any] = {
        name: np.concatenate([getattr(each, name) for each in losses]) for name in FIELDS
    } if losses else {}  # fmt: skip
    if not told or not len(told["row"]):
        return []
    order = np.lexsort((told["col"], told["row"]))
    told = {name: value[order] for name, value in told.items()}
    found = []
    for pixels in _pieces(grid, told["row"], told["col"], least_m2):
        shape = _outline(grid, told["row"][pixels], told["col"][pixels])
        if shape is None or _is_sliver(grid, shape, sensor):
            continue
        lonlat = grid.to_lonlat(shape)
        area = float(areas_m2([lonlat])[0])
        if area >= least_m2:
            mine = {name: value[pixels] for name, value in told.items()}
            found.append(_disturbance(lonlat, area, mine, scenes, sensor, grid, numbers, parameters))
    return found


def _pieces(grid: Grid, row: Any, col: Any, least_m2: float) -> Iterator[Any]:
    """Numbers of the pixels of each connected piece (eight neighbours) that may be large enough."""
    labels = groups(len(row), *_touching(row, col, grid.width))
    by_label = np.argsort(labels, kind="stable")
    edges = np.flatnonzero(np.diff(labels[by_label])) + 1
    least_px = 0.5 * least_m2 / grid.pixel_size_m**2  # its area is measured later
    for pixels in np.split(by_label, edges):
        if len(pixels) >= least_px:
            yield pixels


def _touching(row: Any, col: Any, width: int) -> tuple[Any, Any]:
    """Pairs of neighbouring pixels by their places; they are in order of row and column."""
    key = row * (width + 2) + col
    ones, others = [], []
    for step in (1, width + 1, width + 2, width + 3):
        at = np.searchsorted(key, key + step)
        there = np.flatnonzero((at < len(key)) & (key[np.minimum(at, len(key) - 1)] == key + step))
        ones.append(there)
        others.append(at[there])
    return np.concatenate(ones), np.concatenate(others)


def _outline(grid: Grid, row: Any, col: Any) -> BaseGeometry | None:
    """The union of pixels in units of the grid, with runs of a row as one box."""
    starts = np.flatnonzero(np.concatenate(([True], (np.diff(row) != 0) | (np.diff(col) != 1))))
    ends = np.concatenate((starts[1:], [len(row)])) - 1
    west, east = grid.west + col[starts] * grid.dx, grid.west + (col[ends] + 1) * grid.dx
    north = grid.north - row[starts] * grid.dy
    shape = shapely.union_all(shapely.box(west, north - grid.dy, east, north))
    return None if shape.is_empty else shapely.normalize(shape)


def _is_sliver(grid: Grid, shape: BaseGeometry, sensor: Sensor) -> bool:
    """Nowhere wider than pixels may be misplaced: an edge of a field or a road that moved between two images."""
    half = sensor.geolocation_error_m / 2 / grid.pixel_size_m * float(np.sqrt(grid.dx * grid.dy))
    return bool(shape.buffer(-half).is_empty)


def _disturbance(
    shape: BaseGeometry,
    area_m2: float,
    pixels: dict[str, Any],
    scenes: Sequence[KeptScene],
    sensor: Sensor,
    grid: Grid,
    numbers: ScreeningNumbers,
    parameters: str,
) -> Disturbance:
    begun = np.sort(pixels["first"])
    first, last = int(begun[int(BEGUN_SHARE * len(begun))]), int(pixels["last"].max())
    clear = np.unpackbits(pixels["clear"], axis=1, count=len(scenes)).mean(axis=0)
    days = np.array([day_of(scene.day) for scene in scenes])
    is_shown = clear >= numbers.clear_share
    shown = np.flatnonzero(is_shown & (days >= first) & (days <= last))
    before = np.flatnonzero(is_shown & (days < first))
    told = f"{shapely.to_wkt(shape, rounding_precision=7)}|{first}"
    return Disturbance(
        id=hashlib.sha256(told.encode()).hexdigest()[:16],
        shape=shape,
        area_m2=area_m2,
        first_seen=date_of(first),
        last_seen=date_of(last),
        looks=int(np.sort(pixels["looks"])[len(begun) // 2]),
        magnitude=round(float(pixels["magnitude"].mean(dtype=np.float64)), 4),
        is_persistent=bool(pixels["has_lasted"].mean() >= LASTED_SHARE),
        sensor=sensor.name,
        pixel_m=grid.pixel_size_m,
        margin_m=sensor.geolocation_error_m + grid.pixel_size_m / 2,
        scenes=tuple(scenes[at].id for at in shown.tolist()),
        before=scenes[before[-1]].id if len(before) else "",
        after=scenes[shown[-1]].id if len(shown) else "",
        parameters=parameters,
    )
