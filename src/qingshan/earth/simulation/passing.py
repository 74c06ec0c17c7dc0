"""On which days is a tile looked at? The least clouded pass of each fortnight or month.

Every year is drawn by itself: images of later years change nothing about earlier ones.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np

from qingshan.earth.sensors import Sensor
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.sky import Looks, Passes, misplacement
from qingshan.earth.simulation.world import Climate, World

GROWING = (4, 10)
"""first and last month in which images are taken often"""
OFTEN_DAYS, SELDOM_DAYS = 16, 46
CANDIDATES = 2
"""passes in each span, of which the least clouded one is kept"""
MOST_CLOUD = 0.75
"""share of the sky above which an image is not worth its price"""
EPOCH = date(1970, 1, 1)


def passes_of(year: int, *, seed: int, place: str, climate: Climate, world: World, sensor: Sensor) -> Passes:
    """The images of one tile in one year."""
    rng = chance(seed, place, sensor.name, str(year), "passes")
    days, covers = [], []
    for begin, end in _spans(year):
        offered = rng.integers(begin, end, CANDIDATES)
        covered = rng.beta(*_beta(float(_wanted(int(offered[0]), climate))), CANDIDATES)
        best = int(np.argmin(covered))
        if covered[best] <= MOST_CLOUD:
            days.append(int(offered[best]))
            covers.append(float(covered[best]))
    shift = rng.normal(0, misplacement(world, sensor), (len(days), 2)).clip(-2, 2)
    return Passes(days=np.array(days, np.int32), cover=np.array(covers), shift_px=shift)


def _spans(year: int) -> list[tuple[int, int]]:
    """First day and the one after the last, of each span within which one image is taken."""
    begin, end = ((date(each, 1, 1) - EPOCH).days for each in (year, year + 1))
    spans = []
    while begin < end:
        month = int(np.datetime64(begin, "D").astype("datetime64[M]").astype(np.int64)) % 12 + 1
        step = OFTEN_DAYS if GROWING[0] <= month <= GROWING[1] else SELDOM_DAYS
        spans.append((begin, min(begin + step, end)))
        begin += step
    return spans


def _wanted(day: int, climate: Climate) -> float:
    first = int(np.datetime64(day, "D").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64))
    season = np.cos((day - first + 1 - 200) / 365.25 * 2 * np.pi)
    return float(np.clip(climate.cloud + climate.cloud_summer * season, 0.01, 0.97))


def _beta(mean: float) -> tuple[float, float]:
    return 0.8 * mean / (1 - mean), 0.8


def some(of: Any, chosen: Any) -> Any:
    """Passes or looks of some scenes."""
    return type(of)(**{each.name: getattr(of, each.name)[chosen] for each in fields(of)})


def seen_together(common: Looks, own: Looks, cloud: Any, shadow: Any, *, within: float) -> Looks:
    """How a site is seen in the light, air and snow of the whole tile, under its part of the tile's clouds.

    Args:
        common: of the tile.
        own: of the site alone: faults of masks, and clouds that change across it.
        cloud: (n, nodes, nodes) the tile's cloud at the site.
        shadow: the same of shadow.
        within: share of the variance that changes across a site.
    """
    taken = {
        name: getattr(common, name) for name in ("shift_px", "gain", "haze", "wet", "snow", "veil", "missing")
    }
    a, b = float(np.sqrt(1.0 - within)), float(np.sqrt(within))
    told = {each.name: getattr(own, each.name) for each in fields(own)}
    return Looks(
        **{**told, **taken, "cloud": a * cloud + b * own.cloud, "shadow": a * shadow + b * own.shadow}
    )
