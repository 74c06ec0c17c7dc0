"""Where in the window of a site was land newly and lastingly disturbed? Pixel by pixel, beside the undisturbed ring."""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth import monitor
from qingshan.earth.cube.chips import Stack
from qingshan.earth.cube.folder import usual_sensor
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.errors import CubeRefused
from qingshan.earth.images.masks import Mask
from qingshan.earth.judging.boundary import Changes
from qingshan.earth.judging.changes import changes_of
from qingshan.earth.monitor import MonitorParams
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sensors import Sensor
from qingshan.earth.series import SiteSeries
from qingshan.earth.sites import Claims, Site

Singles = np.ndarray[Any, np.dtype[np.float32]]


def changes_in(cube: SiteCube, site: Site, claims: Claims, *, parameters: ParameterSet) -> Changes | None:
    """New disturbance as the monitor finds it in NDVI above that of the ring, so that a dry year is none.

    Only the sensor that came most often is used: differences between sensors would look like changes.

    Args:
        cube: holds the pixels.
        site: its window is looked at.
        claims: not used; a rule of another kind may need them.
        parameters: section [monitor].

    Returns:
        None for a site outside of all scenes, or without a ring that was ever clear.
    """
    try:
        stack = cube.stack(site.id, bands=("red", "nir"))
    except CubeRefused:
        return None
    series = cube.series(site.id)
    if series.ring is None or not stack.scenes:
        return None
    sensor = usual_sensor(stack.scenes)
    values, days = _above_ring(stack, series, sensor)
    if not len(days):
        return None
    params = parameters.section("monitor", MonitorParams)
    state = monitor.fit(days, values, params=params, zones=site.zone)
    return changes_of(state, grid=stack.grid, window=stack.window, sensor=sensor)


def _above_ring(stack: Stack, series: SiteSeries, sensor: Sensor) -> tuple[Singles, Any]:
    """(dates, pixels) NDVI less that of the ring on the same date, NaN where not clear; and the days."""
    ring_of = {} if series.ring is None else dict(zip(series.scenes, series.ring.mean["ndvi"], strict=True))
    ring = np.array([ring_of.get(scene.id, np.nan) for scene in stack.scenes], np.float32)
    is_kept = np.array([scene.sensor == sensor for scene in stack.scenes]) & np.isfinite(ring)
    red, nir = (stack.reflectance(band)[is_kept] for band in ("red", "nir"))
    with np.errstate(invalid="ignore", divide="ignore"):
        ndvi = (nir - red) / (nir + red)
    above = np.where(stack.mask[is_kept] == Mask.CLEAR, ndvi - ring[is_kept, None, None], np.nan)
    return above.reshape(len(above), stack.mask[0].size).astype(np.float32), stack.days[is_kept]
