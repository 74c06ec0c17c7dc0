"""How is a world drawn that nobody has looked at? All its settings come from stated ranges and from one word.

Thresholds chosen on one world and checked on another grow used to both. A world drawn from a word has not been seen by
anybody before figures are taken from it. The ranges are chosen to look right, not measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.world import CLIMATES, Climate, World
from qingshan.earth.sites import ClimateZone

Range = tuple[float, float]

SETTINGS: Mapping[str, Range] = {
    "shift_days": (-6.0, 8.0),
    "year_shift_days": (5.0, 9.0),
    "noise": (0.002, 0.0035),
    "noise_share": (0.015, 0.03),
    "haze": (0.009, 0.016),
    "gain": (0.025, 0.04),
    "tint": (0.012, 0.022),
    "spectral_spread": (0.08, 0.14),
    "texture": (0.08, 0.15),
    "patchiness": (0.15, 0.25),
    "shading": (0.10, 0.18),
    "psf_px": (0.40, 0.60),
    "jitter": (0.30, 0.45),
    "wet_days": (0.15, 0.35),
    "cloud_patch": (0.25, 0.45),
    "veiled": (0.06, 0.12),
    "cloud_leak": (0.03, 0.06),
    "false_cloud": (0.015, 0.035),
    "shadow_leak": (0.20, 0.35),
    "snow_leak": (0.08, 0.15),
    "missing": (0.01, 0.04),
}
"""lowest and highest of each setting of `World`"""
DAYS: Range = (-6.0, 6.0)
"""green-up and fade of a zone, added"""
SHARES: Mapping[str, Range] = {
    "pace_days": (0.85, 1.20),
    "weather": (0.90, 1.20),
    "cloud": (0.90, 1.15),
    "snow": (0.70, 1.30),
    "evergreen": (0.70, 1.40),
}
"""lowest and highest factor on each setting of `Climate`"""
FIRST_YEARS = (2016, 2019)


def world_of(word: str, *, name: str) -> World:
    """The world of a word: spectra, noise, clouds, seasons and dyes of netting."""
    rng = chance(0, "world", word)
    drawn: dict[str, Any] = {setting: float(rng.uniform(*span)) for setting, span in SETTINGS.items()}
    return replace(
        World(name=name),
        spectra=f"drawn {word}",
        has_dyes=True,
        first_year=int(rng.integers(FIRST_YEARS[0], FIRST_YEARS[1] + 1)),
        climates={zone: _climate(rng, CLIMATES[zone]) for zone in ClimateZone},
        site_px=(7.5, 13.0),
        **drawn,
    )


def _climate(rng: np.random.Generator, usual: Climate) -> Climate:
    return replace(
        usual,
        green_up=usual.green_up + round(rng.uniform(*DAYS)),
        fade=usual.fade + round(rng.uniform(*DAYS)),
        **{name: getattr(usual, name) * float(rng.uniform(*span)) for name, span in SHARES.items()},
    )


UNSEEN = world_of("Shuozhou 1986", name="unseen")
"""For figures only: neither thresholds nor rules may be chosen with a look at it."""
