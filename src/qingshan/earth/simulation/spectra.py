"""Which colour does each kind of ground have? End-members in seven bands.

Typical values as spectral libraries and papers show them for the bands of Sentinel-2 (B2, B3, B4, B5, B8, B11,
B12), written down from memory and not checked against a source: they serve to simulate, nothing else.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth.sensors import BANDS
from qingshan.earth.simulation.chance import chance

Floats = np.ndarray[Any, np.dtype[np.float64]]

# reflectance, 0 to 1: blue, green, red, rededge (705 nm), nir (842 nm), swir1 (1610 nm), swir2 (2190 nm)
END_MEMBERS: dict[str, tuple[float, ...]] = {
    "grass": (0.035, 0.075, 0.045, 0.125, 0.42, 0.22, 0.11),
    "shrub": (0.032, 0.058, 0.046, 0.105, 0.32, 0.21, 0.115),
    "broadleaf": (0.025, 0.055, 0.030, 0.100, 0.45, 0.20, 0.090),
    "conifer": (0.020, 0.036, 0.025, 0.062, 0.26, 0.115, 0.052),
    "crop": (0.032, 0.075, 0.036, 0.120, 0.47, 0.20, 0.100),
    "dry": (0.080, 0.120, 0.160, 0.200, 0.27, 0.33, 0.240),  # senescent grass, litter, stubble
    "loess": (0.110, 0.170, 0.230, 0.260, 0.30, 0.37, 0.330),
    "brown_soil": (0.060, 0.090, 0.130, 0.160, 0.20, 0.27, 0.230),
    "red_soil": (0.050, 0.080, 0.160, 0.200, 0.25, 0.32, 0.270),
    "gravel": (0.140, 0.180, 0.220, 0.235, 0.25, 0.30, 0.280),
    "limestone": (0.220, 0.260, 0.290, 0.300, 0.32, 0.35, 0.310),
    "spoil": (0.090, 0.110, 0.130, 0.140, 0.16, 0.20, 0.190),  # shale and mudstone tipped from a pit
    "tailings": (0.250, 0.300, 0.340, 0.360, 0.38, 0.40, 0.360),
    # flat and dark, but red and infrared stand apart enough that an index alone takes it for thin grass
    "coal": (0.032, 0.034, 0.036, 0.040, 0.050, 0.062, 0.062),
    "clear_water": (0.045, 0.040, 0.025, 0.015, 0.010, 0.005, 0.004),
    "turbid_water": (0.065, 0.085, 0.075, 0.060, 0.030, 0.010, 0.008),
    "snow": (0.850, 0.860, 0.850, 0.840, 0.80, 0.12, 0.080),
    "concrete": (0.200, 0.230, 0.260, 0.270, 0.29, 0.32, 0.290),
    "blue_roof": (0.230, 0.210, 0.160, 0.170, 0.22, 0.26, 0.230),
    "panels": (0.080, 0.075, 0.072, 0.078, 0.11, 0.13, 0.105),
    # green polymer: bright in the infrared as plants are, but still absorbing at 705 nm and not wet at 1610 nm
    "netting": (0.060, 0.130, 0.065, 0.072, 0.33, 0.36, 0.270),
    "turf": (0.040, 0.095, 0.050, 0.058, 0.36, 0.31, 0.250),
}
NAMES = tuple(END_MEMBERS)
INDEX = {name: at for at, name in enumerate(NAMES)}
PLANTS = ("grass", "shrub", "broadleaf", "conifer", "crop")

# other leaves, other soils, another instrument: factors by band for the variant that is not tuned on
_VARIANTS: dict[str, dict[str, tuple[float, ...]]] = {
    "typical": {},
    "other": {
        "plants": (1.15, 1.08, 1.18, 1.04, 0.92, 1.06, 1.10),
        "grounds": (0.92, 0.95, 1.03, 1.02, 1.04, 1.06, 1.03),
        "coal": (1.20, 1.20, 1.15, 1.15, 1.20, 1.25, 1.25),
        "netting": (1.10, 0.92, 1.10, 1.12, 0.92, 0.94, 0.95),
        "turf": (1.10, 0.95, 1.10, 1.15, 0.95, 1.05, 1.05),
    },
}
_GROUNDS = ("dry", "loess", "brown_soil", "red_soil", "gravel", "limestone", "spoil", "tailings", "concrete")


def table(variant: str) -> Floats:
    """Reflectances of all end-members.

    Args:
        variant: "typical", "other", or "drawn" and a word that the factors are drawn from.

    Returns:
        (end-member in the order of `NAMES`, band in the order of `sensors.BANDS`), 0 to 1.
    """
    factors = _drawn(variant) if variant.startswith(DRAWN) else _VARIANTS[variant]
    rows = []
    for name, values in END_MEMBERS.items():
        kind = "plants" if name in PLANTS else "grounds" if name in _GROUNDS else name
        rows.append([value * factor for value, factor in zip(values, factors.get(kind, _ONES), strict=True)])
    return np.array(rows, dtype=np.float64)


DRAWN = "drawn "
_RANGES: dict[str, tuple[tuple[float, float], ...]] = {
    "plants": ((0.85, 1.20),) * 4 + ((0.90, 1.08),) + ((0.90, 1.15),) * 2,
    "grounds": ((0.92, 1.08),) * len(BANDS),
    "coal": ((0.90, 1.25),) * len(BANDS),
    "panels": ((0.85, 1.25),) * len(BANDS),
    "blue_roof": ((0.90, 1.10),) * len(BANDS),
    "turf": ((0.85, 1.15),) * len(BANDS),
}
"""lowest and highest factor by band"""
DYES = ((0.04, 0.09), (0.09, 0.16), (0.05, 0.10), (1.0, 1.3), (0.24, 0.38), (0.75, 1.15), (0.60, 0.95))
"""netting: blue, green and red; red edge / red; infrared; both short waves / infrared"""


def _drawn(variant: str) -> dict[str, tuple[float, ...]]:
    rng = chance(0, "spectra", variant)
    return {kind: tuple(float(rng.uniform(*span)) for span in spans) for kind, spans in _RANGES.items()}


def dyed(rng: np.random.Generator) -> Floats:
    """Netting of one site: reflectance in seven bands, of a dye and a weave of its own."""
    blue, green, red, edge, nir, swir1, swir2 = (float(rng.uniform(*span)) for span in DYES)
    return np.array([blue, green, red, edge * red, nir, swir1 * nir, swir2 * nir])


_ONES = (1.0,) * len(BANDS)
