"""What was seen of a site, date by date: inside it, and in the undisturbed ring around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.sensors import SENSORS

Floats = np.ndarray[Any, np.dtype[np.float64]]
Days = np.ndarray[Any, np.dtype[np.int32]]

QUANTITIES = ("ndvi", "nbr", "bsi", "fvc", "green", "dark", "water", "netting", "bright")
"""What is averaged over clear pixels: indices, cover (0 to 1), and shares of pixels (0 to 1).

green: share with cover above the parameter set's threshold; dark: coal and other dark surfaces (their cover
counts as 0); water: open water; netting: looks green but not as plants do (netting, turf, paint), NaN where the
bands do not allow the check; bright: built, sealed or glass-covered surfaces."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Track:
    """Averages over one set of pixels, one value for each observation."""

    clear_px: Floats
    """(n,) sum of coverage of clear pixels, in pixels"""
    total_px: float
    """coverage of all pixels, clear or not, in pixels"""
    mean: Mapping[str, Floats]
    """quantity -> (n,) coverage-weighted mean over clear pixels; NaN where nothing was clear"""
    variance: Mapping[str, Floats]
    """quantity -> (n,) coverage-weighted variance over clear pixels; NaN where nothing was clear"""


def least_clear(sensors: tuple[str, ...]) -> tuple[Floats, Floats]:
    """(n,) clear pixels and clear share that each observation needs; an unknown sensor's as the strictest one's."""
    known = SENSORS.values()
    strictest = max(each.min_clear_px for each in known), max(each.min_clear_share for each in known)
    least = {name: (each.min_clear_px, each.min_clear_share) for name, each in SENSORS.items()}
    needed = np.array([least.get(name, strictest) for name in sensors], np.float64).reshape(-1, 2)
    return needed[:, 0], needed[:, 1]


@dataclass(frozen=True, kw_only=True, eq=False)
class SiteSeries:
    """All observations of one site, in order of date; several sensors may be mixed, each date names its own."""

    site_id: str
    days: Days
    """(n,) days since 1970-01-01, not falling"""
    sensors: tuple[str, ...]
    """(n,) name of the sensor of each observation"""
    scenes: tuple[str, ...]
    """(n,) id of the scene of each observation"""
    inside: Track
    ring: Track | None
    """the undisturbed ring for comparison; None where no undisturbed land was left"""

    def __len__(self) -> int:
        return len(self.days)
