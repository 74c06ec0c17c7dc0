"""When is the land looked at, through which sky? Dates, misplacement, light, cloud, shadow, snow, faults of masks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from statistics import NormalDist
from typing import Any

import numpy as np

from qingshan.earth.sensors import BANDS, Sensor
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.ground import calendar
from qingshan.earth.simulation.layout import stretched
from qingshan.earth.simulation.world import Climate, World

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Days = np.ndarray[Any, np.dtype[np.int32]]

SPACING_PX = 9.0
"""distance of the points between which cloud and shadow are drawn straight"""
SKY_PX = 60.0
"""the same for what cloud a whole neighbourhood shares"""
_AIR = np.array([1.0, 0.75, 0.5, 0.4, 0.2, 0.05, 0.03])  # how much of the haze each band sees


@dataclass(frozen=True, kw_only=True, eq=False)
class Passes:
    """The scenes of one sensor: the same for all sites of a seed and zone."""

    days: Days
    """(n,) days since 1970-01-01"""
    cover: Floats
    """(n,) mean share of the sky under cloud, 0 to 1"""
    shift_px: Floats
    """(n, 2) misplacement to the south and to the east, in pixels"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Looks:
    """How one site is seen in each scene."""

    shift_px: Floats
    gain: Floats
    """(n, bands) factor on reflectance"""
    haze: Floats
    """(n, bands) reflectance added"""
    wet: Floats
    """(n,) factor on bare ground"""
    snow: Floats
    """(n,) share of the ground under snow"""
    cloud: Floats
    """(n, nodes, nodes) field, cloud where it exceeds `cloud_from`"""
    cloud_from: Floats
    veil: Floats
    """(n,) how much of the ground thin cloud hides all over the square, unknown to the mask"""
    shadow: Floats
    shadow_from: Floats
    leaks: Bools
    """(n,) all but the thickest cloud passes the mask"""
    shadow_leaks: Bools
    snow_leaks: Bools
    false_cloud: Bools
    """(n,) some clear pixels are masked"""
    false_bright: Bools
    """(n,) bright pixels are masked"""
    missing: Bools
    """(n,) no data"""

    def part(self, scenes: slice) -> Looks:
        """The same for some of the scenes."""
        return Looks(**{each.name: getattr(self, each.name)[scenes] for each in fields(self)})


def passes(
    *, seed: int, zone: str, climate: Climate, world: World, sensor: Sensor, years: float,
    revisit_days: int | None, cloud: float | None,
) -> Passes:  # fmt: skip
    """When the sensor comes by, and how much of the sky is covered then."""
    rng = chance(seed, world.name, zone, sensor.name, "passes")
    step = revisit_days or world.revisit_days[sensor.name]
    first = int(np.datetime64(f"{world.first_year}-01-01").astype("datetime64[D]").astype(np.int64))
    days = np.arange(first + int(rng.integers(step)), first + round(years * 365.25), step, dtype=np.int32)
    _, day_of_year = calendar(days)
    wanted = climate.cloud + climate.cloud_summer * np.cos((day_of_year - 200) / 365.25 * 2 * np.pi)
    wanted = np.clip(wanted if cloud is None else np.full(len(days), cloud), 0.01, 0.97)
    drawn = rng.beta(0.8 * wanted / (1 - wanted), 0.8)
    return Passes(
        days=days,
        cover=_meeting(drawn, float(wanted.mean())),
        shift_px=rng.normal(0, misplacement(world, sensor), (len(days), 2)).clip(-2, 2),
    )


def misplacement(world: World, sensor: Sensor) -> float:
    """Standard deviation of a scene's misplacement, in pixels."""
    return world.jitter * sensor.geolocation_error_m / sensor.pixel_m


def _meeting(drawn: Floats, mean: float) -> Floats:
    """The same order of skies, bent so that their mean is as asked."""
    low, high = -6.0, 6.0
    drawn = drawn.clip(1e-6, 1 - 1e-6)
    for _ in range(40):
        middle = (low + high) / 2
        bent = drawn ** np.exp(middle)
        low, high = (middle, high) if bent.mean() > mean else (low, middle)
    return np.asarray(drawn ** np.exp((low + high) / 2))


def looks(
    rng: np.random.Generator, *, when: Passes, climate: Climate, world: World, sensor: Sensor,
    snow: float | None, cloud: float | None,
) -> Looks:  # fmt: skip
    """How a site is seen, scene by scene."""
    n, square = len(when.days), (world.tile_px, world.tile_px)
    cover = when.cover if cloud is None else _meeting(when.cover, cloud)
    own_shift = rng.normal(0, 0.3 * misplacement(world, sensor), (n, 2))
    day_gain = rng.normal(1.0, world.gain, (n, 1))
    return Looks(
        shift_px=(when.shift_px + own_shift).clip(-2, 2),
        gain=day_gain * rng.normal(1.0, world.tint, (n, len(BANDS))),
        haze=rng.normal(0.15, 1.0, (n, 1)) * world.haze * _AIR,
        wet=np.where(rng.random(n) < world.wet_days, rng.uniform(0.65, 0.9, n), 1.0),
        snow=_snow(rng, when.days, climate.snow if snow is None else snow),
        cloud=patches(rng, n, square, world),
        cloud_from=_threshold(cover),
        veil=np.where(rng.random(n) < world.veiled, rng.uniform(0.03, 0.35, n), 0.0),
        shadow=patches(rng, n, square, world),
        shadow_from=_threshold(0.45 * cover * (1.0 - 0.5 * cover)),
        leaks=rng.random(n) < world.cloud_leak,
        shadow_leaks=rng.random(n) < world.shadow_leak,
        snow_leaks=rng.random(n) < world.snow_leak,
        false_cloud=rng.random(n) < world.false_cloud,
        false_bright=rng.random(n) < 8 * world.false_cloud,
        missing=rng.random(n) < world.missing,
    )


def _snow(rng: np.random.Generator, days: Days, in_january: float) -> Floats:
    _, day_of_year = calendar(days)
    from_midwinter = (day_of_year - 15 + 182) % 365 - 182
    probability = in_january * np.exp(-((from_midwinter / 45.0) ** 2))
    lies = rng.random(len(days)) < probability
    return np.where(lies, rng.uniform(0.3, 1.0, len(days)), 0.0)


def patches(rng: np.random.Generator, n: int, shape: tuple[int, int], world: World) -> Floats:
    """(n, nodes down, nodes across) chance that is partly wide, partly changes across a site.

    Nodes of neighbouring squares of `World.tile_px` fall together, so that blocks of one field fit.
    """
    side, within = world.tile_px, world.cloud_patch
    steps = max(1, round(side / SPACING_PX))
    down, across = (steps * length // side + 1 for length in shape)
    wide = rng.standard_normal((n, round(shape[0] / SKY_PX) + 1, round(shape[1] / SKY_PX) + 1))
    shared = wide if wide.shape[1:] == (1, 1) else stretched(wide * 1.5, down, across)
    own = rng.standard_normal((n, down, across)) * 1.5
    return np.asarray(shared * np.sqrt(1.0 - within) + own * np.sqrt(within))


def _threshold(share: Floats) -> Floats:
    normal = NormalDist()
    return np.array([normal.inv_cdf(1.0 - min(max(float(part), 1e-6), 1 - 1e-6)) for part in share])
