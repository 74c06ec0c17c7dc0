"""What was seen of every site, date by date? Sums of block rows added in the order of rows, then averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qingshan.earth.cube.folder import CubeFolder, KeptScene
from qingshan.earth.cube.layout import Layout
from qingshan.earth.cube.unitfiles import read_unit
from qingshan.earth.measures.zonal import moments
from qingshan.earth.series import QUANTITIES, SiteSeries, Track

Floats = np.ndarray[Any, np.dtype[np.float64]]
SUMS = ("weight", "total", "squares")


def series_of(
    cube: CubeFolder,
    site_ids: Sequence[str],
    layouts: Mapping[str, Layout],
    scenes: Sequence[KeptScene],
) -> tuple[SiteSeries, ...]:
    """The series of all sites, in their order; empty for a site outside of all frames.

    Raises:
        CubeRefused: a damaged file.
    """
    found: list[SiteSeries] = [_empty(id_) for id_ in site_ids]
    for key, layout in layouts.items():
        here = [scene for scene in scenes if scene.frame == key]
        numbers = np.flatnonzero(layout.windows[:, 2] > 0)
        inside, ring = (_Averages(len(here), len(site_ids)) for _ in range(2))
        for at, scene in enumerate(here):
            _add(cube, layout, scene, at, inside=inside, ring=ring)
        days = np.array([scene.day for scene in here], "datetime64[D]").astype(np.int32)
        sensors, ids = tuple(scene.sensor.name for scene in here), tuple(scene.id for scene in here)
        has_ring = np.diff(layout.ring.first_cell) > 0
        for number in numbers.tolist():
            found[number] = SiteSeries(
                site_id=site_ids[number],
                days=days,
                sensors=sensors,
                scenes=ids,
                inside=inside.track(number, total_px=float(layout.inside.total_px[number])),
                ring=ring.track(number, total_px=float(layout.ring.total_px[number]))
                if has_ring[number]
                else None,
            )
    return tuple(found)


class _Averages:
    """Means and variances of all sites and scenes; (sites, scenes, quantities), so that a site's lie together."""

    def __init__(self, scenes: int, sites: int) -> None:
        self.clear_px = np.zeros((sites, scenes))
        self.mean = np.full((sites, len(QUANTITIES), scenes), np.nan)
        self.variance = np.full((sites, len(QUANTITIES), scenes), np.nan)

    def put(self, at: int, clear_px: Floats, sums: Floats) -> None:
        self.clear_px[:, at] = clear_px
        self.mean[:, :, at], self.variance[:, :, at] = moments(*sums)

    def track(self, number: int, *, total_px: float) -> Track:
        return Track(
            clear_px=self.clear_px[number],
            total_px=total_px,
            mean=dict(zip(QUANTITIES, self.mean[number], strict=True)),
            variance=dict(zip(QUANTITIES, self.variance[number], strict=True)),
        )


def _add(
    cube: CubeFolder, layout: Layout, scene: KeptScene, at: int, *, inside: _Averages, ring: _Averages
) -> None:
    """One scene: its units in the order of rows, so that sums have the same bits whoever made them."""
    count = len(layout.windows)
    clear = {"inside": np.zeros(count), "ring": np.zeros(count)}
    sums = {where: np.zeros((len(SUMS), count, len(QUANTITIES))) for where in clear}
    for row in layout.blocks:
        arrays = read_unit(cube.unit(scene.frame, scene.stamp, row)).arrays
        for where in clear:
            sites = arrays[f"{where}.sites"]
            clear[where][sites] += arrays[f"{where}.clear_px"]
            for place, name in enumerate(SUMS):
                sums[where][place][sites] += arrays[f"{where}.{name}"]
    inside.put(at, clear["inside"], sums["inside"])
    ring.put(at, clear["ring"], sums["ring"])


def _empty(site_id: str) -> SiteSeries:
    nothing = np.empty(0)
    track = Track(
        clear_px=nothing,
        total_px=0.0,
        mean=dict.fromkeys(QUANTITIES, nothing),
        variance=dict.fromkeys(QUANTITIES, nothing),
    )
    return SiteSeries(
        site_id=site_id, days=np.empty(0, np.int32), sensors=(), scenes=(), inside=track, ring=None
    )
