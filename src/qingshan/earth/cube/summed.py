"""What was seen of every site, date by date? Sums of block rows added in the order of rows, then averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from qingshan.earth.cube.folder import CubeFolder, KeptScene
from qingshan.earth.cube.layout import Layout
from qingshan.earth.cube.unitfiles import Portions, Unit, packed, read_unit
from qingshan.earth.errors import CubeRefused
from qingshan.earth.measures.zonal import BlockSums, merge, moments
from qingshan.earth.series import QUANTITIES, SiteSeries, Track
from qingshan.earth.writing import write_whole

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int32]]
WHERE = ("inside", "ring")


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
        inside, ring = (_Tracks(len(here), len(site_ids)) for _ in WHERE)
        for at, scene in enumerate(here):
            found_there = _kept(cube, layout, scene)
            inside.put(at, found_there["inside"])
            ring.put(at, found_there["ring"])
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


class _Tracks:
    """Means and variances of all sites and scenes; (sites, scenes, quantities), so that a site's lie together."""

    def __init__(self, scenes: int, sites: int) -> None:
        self.clear_px = np.zeros((sites, scenes))
        self.mean = np.full((sites, len(QUANTITIES), scenes), np.nan)
        self.variance = np.full((sites, len(QUANTITIES), scenes), np.nan)

    def put(self, at: int, found: Averages) -> None:
        self.clear_px[found.sites, at] = found.clear_px
        self.mean[found.sites, :, at] = found.mean
        self.variance[found.sites, :, at] = found.variance

    def track(self, number: int, *, total_px: float) -> Track:
        return Track(
            clear_px=self.clear_px[number],
            total_px=total_px,
            mean=dict(zip(QUANTITIES, self.mean[number], strict=True)),
            variance=dict(zip(QUANTITIES, self.variance[number], strict=True)),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Averages:
    """Of some sites in one scene."""

    sites: Ints
    clear_px: Floats
    mean: Floats
    """(m, 9) by `series.QUANTITIES`"""
    variance: Floats


def keep_averages(cube: CubeFolder, frame: str, stamp: str, units: Sequence[Unit]) -> None:
    """Of a scene whose units are all there, in the order of rows: a series need not open them all again."""
    arrays = {
        f"{where}.{name}": values
        for where, found in _averages_of(units).items()
        for name, values in vars(found).items()
    }
    write_whole(cube.averages(frame, stamp), packed({}, arrays, Portions.none()))


def _averages_of(units: Sequence[Unit]) -> dict[str, Averages]:
    """One scene: its units in the order of rows, so that sums have the same bits whoever made them."""
    found = {}
    for where in WHERE:
        parts = [
            BlockSums(**{each.name: unit.arrays[f"{where}.{each.name}"] for each in fields(BlockSums)})
            for unit in units
        ]
        sums = merge(parts)
        mean, variance = moments(sums.weight, sums.total, sums.squares)
        found[where] = Averages(sites=sums.sites, clear_px=sums.clear_px, mean=mean, variance=variance)
    return found


def _kept(cube: CubeFolder, layout: Layout, scene: KeptScene) -> dict[str, Averages]:
    """What `keep_averages` kept; worked out again where that is gone or damaged."""
    try:
        arrays = read_unit(cube.averages(scene.frame, scene.stamp)).arrays
    except (OSError, CubeRefused):
        return _averages_of([read_unit(cube.unit(scene.frame, scene.stamp, row)) for row in layout.blocks])
    return {
        where: Averages(**{each.name: arrays[f"{where}.{each.name}"] for each in fields(Averages)})
        for where in WHERE
    }


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
