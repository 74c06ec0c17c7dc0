"""How are all kernels compiled before anybody waits for them? By a tiny survey, once for each kind of number."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import box

from qingshan.earth.engines import LocalEngine
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.sensors import GAOFEN, LANDSAT, SENTINEL2, Sensor
from qingshan.earth.simulation.batch import bands_of
from qingshan.earth.sites import Claims, ClimateZone, Site, SiteSet, TargetUse
from qingshan.earth.surveys import survey

SIDE = 72
FIRST, EVERY_DAYS, COUNT = date(2019, 1, 10), 30, 60
KINDS: tuple[tuple[Sensor, type], ...] = (
    (SENTINEL2, np.int16),
    (SENTINEL2, np.uint16),
    (LANDSAT, np.uint16),
    (GAOFEN, np.uint16),
)
"""Sensors with the numbers in which their files come; each set of bands has a kernel of its own."""


def warm() -> int:
    """Compiles what a survey runs and keeps it in the cache; how many kernels are ready.

    What an earlier version left in the cache goes first: it may name modules that are no more.
    """
    _clear_old()
    for sensor, kind in KINDS:
        warm_for(sensor, kind)
    return sum(len(kernel.signatures) for kernel in _kernels())


def warm_for(sensor: Sensor, kind: type = np.int16) -> None:
    """Compiles what a survey with one sensor runs, where the cache lacks it."""
    with tempfile.TemporaryDirectory(prefix="earth-warm-") as folder:
        _survey(folder, sensor, kind)


def _clear_old() -> None:
    here = Path(__file__).parent
    newest = max(source.stat().st_mtime for source in here.rglob("*.py"))
    for kept in here.rglob("__pycache__/*.nb[ic]"):
        if kept.stat().st_mtime < newest:
            kept.unlink(missing_ok=True)


def _survey(folder: str, sensor: Sensor, kind: type) -> None:
    grid = Grid(
        crs="EPSG:32649", west=600_000.0, north=4_000_000.0, dx=sensor.pixel_m, dy=sensor.pixel_m,
        height=SIDE, width=SIDE,
    )  # fmt: skip
    low, middle, high = (grid.west + part * SIDE * grid.dx for part in (0.05, 0.1, 0.15))
    top = grid.north - 0.1 * SIDE * grid.dy
    shape = grid.to_lonlat(box(low, top - 0.1 * SIDE * grid.dy, high, top))
    permitted = grid.to_lonlat(box(low, top - 0.1 * SIDE * grid.dy, middle, top))
    days = [FIRST + timedelta(days=EVERY_DAYS * at) for at in range(COUNT)]
    number: np.ndarray[Any, Any] = np.full(
        (COUNT, SIDE, SIDE), round((0.2 - sensor.offset) / sensor.scale), kind
    )
    mask_code = {"sentinel2-scl": 4, "landsat-qa-pixel": 21824}.get(sensor.mask.value, 1)
    scenes = Scenes.from_arrays(
        days=days,
        sensor=sensor,
        grid=grid,
        bands=dict.fromkeys(bands_of(sensor), number),
        mask=np.full(number.shape, mask_code, np.uint16 if mask_code > 255 else np.uint8),
    )
    survey(
        SiteSet.of([Site(id="1", shape=shape, zone=ClimateZone.SEMI_ARID)]),
        Scenes.from_folder(write_scenes(f"{folder}/scenes", scenes)),
        [Claims(site_id="1", target=TargetUse.VEGETATION, disturbed_since=days[20], permitted=permitted)],
        out=f"{folder}/out",
        engine=LocalEngine(threads=1),
    )


def _kernels() -> Iterator[Any]:
    """Every compiled function of this package that was loaded."""
    from numba.core.dispatcher import Dispatcher

    seen: set[int] = set()
    for name in sorted(name for name in sys.modules if name.startswith("qingshan.earth")):
        for value in vars(sys.modules[name]).values():
            if isinstance(value, Dispatcher) and id(value) not in seen:
                seen.add(id(value))
                yield value
