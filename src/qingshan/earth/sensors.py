"""What does a sensor see, how exactly, and how many clear pixels does it take to say anything?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BANDS = ("blue", "green", "red", "rededge", "nir", "swir1", "swir2")
"""Names that bands go by, whatever the sensor calls them."""


class MaskScheme(StrEnum):
    """How a mask band says which pixels are clear."""

    SENTINEL2_SCL = "sentinel2-scl"
    """scene classification of Sentinel-2 level 2A"""
    LANDSAT_QA = "landsat-qa-pixel"
    """QA_PIXEL of Landsat collection 2, bit by bit"""
    CLEAR_IS_ONE = "clear-is-one"
    """1 is clear, everything else is not"""
    NONE = "none"
    """no mask: every pixel with data is taken as clear"""


@dataclass(frozen=True, kw_only=True)
class Sensor:
    """A kind of instrument, or several that are treated as one."""

    name: str
    """e.g. sentinel-2-msi, landsat-oli, gaofen-1-wfv"""
    pixel_m: float
    """side of its finest pixels used here, in metres"""
    geolocation_error_m: float
    """how far a pixel may lie from its true place, in metres"""
    mask: MaskScheme
    scale: float
    """reflectance = number x scale + offset, unless a scene says otherwise"""
    offset: float
    min_clear_px: float
    """clear pixels of a site below which nothing is said of a date"""
    min_clear_share: float
    """share of a site's pixels that must be clear on a date, 0 to 1"""


SENTINEL2 = Sensor(
    name="sentinel-2-msi",
    pixel_m=10.0,
    geolocation_error_m=12.5,
    mask=MaskScheme.SENTINEL2_SCL,
    scale=1e-4,
    offset=0.0,
    min_clear_px=9.0,
    min_clear_share=0.6,
)
LANDSAT = Sensor(
    name="landsat-oli",
    pixel_m=30.0,
    geolocation_error_m=12.0,
    mask=MaskScheme.LANDSAT_QA,
    scale=2.75e-5,
    offset=-0.2,
    min_clear_px=9.0,
    min_clear_share=0.6,
)
GAOFEN = Sensor(
    name="gaofen-1-wfv",
    pixel_m=16.0,
    geolocation_error_m=24.0,
    mask=MaskScheme.CLEAR_IS_ONE,
    scale=1e-4,
    offset=0.0,
    min_clear_px=9.0,
    min_clear_share=0.6,
)

SENSORS = {sensor.name: sensor for sensor in (SENTINEL2, LANDSAT, GAOFEN)}
