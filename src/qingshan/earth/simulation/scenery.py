"""What does a sensor record of one simulated site? Its ground in colours, scene by scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.sensors import BANDS
from qingshan.earth.simulation import sensing, spectra
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.ground import calendar, composition
from qingshan.earth.simulation.layout import Tile, field
from qingshan.earth.simulation.seen import SimulatedSite
from qingshan.earth.simulation.world import World

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Scenery:
    """What of a site does not change from scene to scene, and its colours in each."""

    site: SimulatedSite
    maps: Array
    """(maps, side, side) blurred shares of pieces: of their ground, then of their plants"""
    spectra: Array
    """(scenes, maps, bands) reflectance"""
    snow_colour: Array
    snow_map: Array
    noise_key: np.uint64


def scenery(site: SimulatedSite) -> Scenery:
    """All that is drawn once for a site and a sensor."""
    setting, world = site.setting, site.setting.world
    table = own_table(chance(setting.seed, setting.place_of(site.id), "colours"), world)
    rng = chance(setting.seed, site.id, setting.sensor.name, "ground")
    return Scenery(
        site=site,
        maps=_maps(site.tile, world.psf_px),
        spectra=_spectra(site, table),
        snow_colour=table[spectra.INDEX["snow"]],
        snow_map=field(rng, world.tile_px, 4.5),
        noise_key=rng.integers(2**64, dtype=np.uint64),
    )


def record(
    of: Scenery, rows: Array, cols: Array, scenes: slice = slice(None), *, numbers: Array | None = None
) -> tuple[Array, Array]:
    """What the sensor records at some pixels of the site's square in some scenes.

    Args:
        of: the site.
        rows: (pixels,) of its square.
        cols: (pixels,) of its square.
        scenes: which of them.
        numbers: (scenes,) int64 by which noise is drawn; places among the scenes unless told.

    Returns:
        (scenes, bands, pixels) int16 in units of `sensing.SCALE`, all seven bands of `sensors.BANDS`, 0 where
        there is no data; and (scenes, pixels) uint8 classes as of Sentinel-2's scene classification.
    """
    site, setting, world = of.site, of.site.setting, of.site.setting.world
    sky, days = site.looks.part(scenes), setting.when.days[scenes]
    out = np.empty((len(days), len(BANDS), len(rows)), dtype=np.int16)
    classes = np.empty((len(days), len(rows)), dtype=np.uint8)
    if numbers is None:
        numbers = np.arange(len(days), dtype=np.int64) + (scenes.start or 0)
    faults = np.column_stack([sky.leaks, sky.shadow_leaks, sky.snow_leaks, sky.false_cloud, sky.false_bright])
    sensing.record(
        of.maps, np.ascontiguousarray(of.spectra[scenes]), of.snow_colour, of.snow_map, site.tile.slope,
        _low_sun(days) * world.shading, rows, cols, sky.shift_px, sky.gain, sky.haze, sky.snow, sky.cloud,
        sky.cloud_from, sky.veil, sky.shadow, sky.shadow_from, faults, sensing.cloud_colour(),
        sensing.shade_colour(), of.noise_key, world.noise, world.noise_share,
        1.0 if setting.sensor.name.startswith("gaofen") else 1.6,
        numbers, out, classes,
    )  # fmt: skip
    out[sky.missing] = 0
    classes[sky.missing] = sensing.NO_DATA
    return out, classes


def own_table(rng: np.random.Generator, world: World) -> Array:
    """End-members differ from site to site."""
    table = spectra.table(world.spectra)
    spread = world.spectral_spread
    whole = np.clip(rng.normal(1.0, spread, (len(table), 1)), 0.6, 1.5)
    tint = np.clip(rng.normal(1.0, 0.35 * spread, table.shape), 0.7, 1.3)
    own = table * whole * tint
    own[spectra.INDEX["snow"]] = table[spectra.INDEX["snow"]]
    if world.has_dyes:
        own[spectra.INDEX["netting"]] = spectra.dyed(rng)
    return np.asarray(own)


def _maps(tile: Tile, blur_px: float) -> Array:
    """(2 x pieces, side, side): the ground of each piece and its plants, as the optics blur them."""
    bright = tile.weights * tile.brightness
    maps = np.concatenate([bright, bright * tile.density])
    offsets = np.arange(-2, 3)
    kernel = np.exp(-0.5 * (offsets / blur_px) ** 2)
    kernel /= kernel.sum()
    for axis in (1, 2):
        padded = np.pad(maps, [(2, 2) if at == axis else (0, 0) for at in range(3)], mode="edge")
        length = maps.shape[axis]
        maps = sum(
            part * np.take(padded, np.arange(at, at + length), axis=axis) for at, part in enumerate(kernel)
        )
    return np.ascontiguousarray(maps)


def _spectra(site: SimulatedSite, table: Array) -> Array:
    """(scenes, 2 x pieces, bands): reflectance of each piece's ground, and what its plants change."""
    climate, days = site.setting.climate, site.setting.when.days
    grounds, plants = [], []
    for piece in site.tile.pieces:
        ground, change = composition(piece, days, climate=climate, weather=site.weather)
        grounds.append(mixed_colours(ground, table) * site.looks.wet[:, None])
        plants.append(mixed_colours(change, table))
    return np.ascontiguousarray(np.stack([*grounds, *plants], axis=1))


def mixed_colours(shares: Array, table: Array) -> Array:
    """Sum over end-members in a fixed order: the same bits on every machine, which a matrix product is not."""
    mixed = np.zeros((len(shares), table.shape[1]))
    for member in np.flatnonzero(shares.any(axis=0)):
        mixed += shares[:, member, None] * table[member]
    return mixed


def _low_sun(days: Array) -> Array:
    """How low the sun stands, from 0.4 in June to 1 in December."""
    _, day_of_year = calendar(days)
    return np.asarray(0.7 - 0.3 * np.cos((day_of_year - 356 + 182.6) / 365.25 * 2 * np.pi))
