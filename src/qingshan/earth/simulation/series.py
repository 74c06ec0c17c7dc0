"""What was seen of many simulated sites, as series: what confusion tables are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled
from qingshan.earth.images.masks import Mask
from qingshan.earth.measures.indices import Recipe, quantities_of
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.sensors import BANDS, SENTINEL2, Sensor
from qingshan.earth.series import QUANTITIES, SiteSeries, Track
from qingshan.earth.simulation import sensing
from qingshan.earth.simulation.batch import Order, bands_of, scene_ids, told_claims
from qingshan.earth.simulation.layout import beyond
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.simulation.scenery import record, scenery
from qingshan.earth.simulation.seen import SimulatedSite
from qingshan.earth.simulation.truth import Truth
from qingshan.earth.simulation.world import TUNING, World
from qingshan.earth.sites import Claims, ClimateZone

Array = np.ndarray[Any, np.dtype[Any]]

RING_FROM_PX = 2.5
"""how far the ring stays away from the site"""
RING_PIXELS = 160
"""pixels of the ring that are looked at, at most"""
CODES = np.full(256, Mask.CLOUD, dtype=np.uint8)
"""class of `sensing` -> code of `masks.Mask`"""
CODES[sensing.NO_DATA] = Mask.NODATA
CODES[sensing.SATURATED] = Mask.SATURATED
CODES[sensing.SHADOW] = Mask.SHADOW
CODES[sensing.SNOW] = Mask.SNOW
CODES[[sensing.DARK, sensing.PLANTS, sensing.BARE, sensing.WATER, sensing.UNSURE]] = Mask.CLEAR


@dataclass(frozen=True, kw_only=True, eq=False)
class SeenSite:
    """What an engine is given of one site, and what is true of it."""

    series: SiteSeries
    claims: Claims
    zone: ClimateZone
    truth: Truth


def simulate_series(
    scenario: Scenario, zone: ClimateZone, n_true: int, n_false: int, *, sensor: Sensor = SENTINEL2,
    seed: int = 1, years: float = 6.0, cloud: float | None = None, revisit_days: int | None = None,
    world: World = TUNING, parameters: ParameterSet | None = None,
) -> Iterator[SeenSite]:  # fmt: skip
    """Series of sites of one scenario, one after the other, from the same pixels as `simulate_batch` records.

    Site and ring are averaged with exact shares of pixels. Permitted boundaries are left out: a series knows no
    places. Arguments as of `simulate_batch`; pixels are read by the newest parameter set unless told otherwise.
    """
    order = Order(
        scenario=scenario, zone=zone, n_true=n_true, n_false=n_false, sensor=sensor, seed=seed, years=years,
        cloud=cloud, revisit_days=revisit_days, world=world,
    )  # fmt: skip
    used = parameters or released()
    recipes = {month: Recipe.of(used, zone=zone, month=month) for month in range(1, 13)}
    for site in order.sites():
        yield SeenSite(
            series=series_of(site, recipes), claims=told_claims(site, None), zone=zone, truth=site.truth
        )


def series_of(site: SimulatedSite, recipes: Mapping[int, Recipe]) -> SiteSeries:
    """Averages inside a site and in the ring around it, scene by scene.

    Args:
        recipes: month (1 to 12) -> how its pixels are read.
    """
    side = site.setting.world.tile_px
    inside = site.tile.inside
    ring = beyond(site.tile.outline, side, distance_px=RING_FROM_PX)
    at_inside, at_ring = np.flatnonzero(inside > 0), np.flatnonzero(ring)
    at_ring = at_ring[:: max(1, -(-len(at_ring) // RING_PIXELS))]
    pixels = np.concatenate([at_inside, at_ring])
    out, classes = record(scenery(site), pixels // side, pixels % side)
    clear = CODES[classes]
    values = _quantities(out, clear, site, recipes)
    n = len(at_inside)
    scenes = scene_ids(site.setting)
    return SiteSeries(
        site_id=site.id, days=site.setting.when.days, sensors=(site.setting.sensor.name,) * len(scenes), scenes=scenes,
        inside=_track(values[..., :n], clear[:, :n], inside.ravel()[at_inside]),
        ring=_track(values[..., n:], clear[:, n:], np.ones(len(at_ring))) if len(at_ring) else None,
    )  # fmt: skip


def _quantities(out: Array, clear: Array, site: SimulatedSite, recipes: Mapping[int, Recipe]) -> Array:
    """All of `QUANTITIES` as the engine itself reads them, month by month: (quantities, scenes, pixels)."""
    found = np.empty((len(QUANTITIES), *clear.shape), dtype=np.float32)
    names = bands_of(site.setting.sensor)
    months = site.setting.when.days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    for month in np.unique(months):
        here = np.flatnonzero(months == month)
        scale = np.float32(sensing.SCALE)
        bands = {name: out[here, BANDS.index(name)].astype(np.float32) * scale for name in names}
        read = quantities_of(bands, clear[here], recipes[int(month)])
        for at, name in enumerate(QUANTITIES):
            found[at, here] = read[name]
    return found


def _track(values: Array, clear: Array, weights: Array) -> Track:
    sums = np.zeros((len(values), clear.shape[0], 3))
    _sum(values, weights, sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums[..., 1] / sums[..., 0]
        variance = np.maximum(sums[..., 2] / sums[..., 0] - mean**2, 0.0)
    return Track(
        clear_px=(clear == Mask.CLEAR) @ weights,
        total_px=float(weights.sum()),
        mean=dict(zip(QUANTITIES, mean, strict=True)),
        variance=dict(zip(QUANTITIES, variance, strict=True)),
    )


@compiled
def _sum(values: Any, weights: Any, sums: Any) -> None:
    """Sums of weights, of weighted values and of weighted squares over pixels where a value is known."""
    for quantity in range(values.shape[0]):
        for scene in range(values.shape[1]):
            share, first, second = 0.0, 0.0, 0.0
            for pixel in range(values.shape[2]):
                value = float(values[quantity, scene, pixel])
                if value == value:
                    share += weights[pixel]
                    first += weights[pixel] * value
                    second += weights[pixel] * value * value
            sums[quantity, scene, 0] = share
            sums[quantity, scene, 1] = first
            sums[quantity, scene, 2] = second
