"""What does a pixel's colour say about its cover: which formulas, with which end-members and thresholds?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from qingshan.earth.errors import ScenesRefused
from qingshan.earth.measures.perpixel import Image, Numbers, along_all
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sensors import BANDS
from qingshan.earth.series import QUANTITIES
from qingshan.earth.sites import ClimateZone

Singles = np.ndarray[Any, np.dtype[np.float32]]

ANYWHERE = "anywhere"
"""Row of the tables by zone for sites whose zone was not told."""


@dataclass(frozen=True, kw_only=True)
class CoverNumbers:
    """Section [cover] of the parameter set."""

    soil_ndvi: Mapping[str, list[float]]
    """zone -> NDVI of bare soil in each month"""
    full_ndvi: Mapping[str, list[float]]
    """zone -> NDVI of full cover in each month"""
    green_from_fvc: Mapping[str, float]
    """zone -> cover from which a pixel counts as green"""


@dataclass(frozen=True, kw_only=True)
class SurfaceNumbers:
    """Section [surfaces] of the parameter set: reflectances and indices without unit."""

    dark_below: float
    dark_span: float
    water_ndwi_above: float
    water_nir_below: float
    netting_ndvi_above: float
    netting_green_peak_above: float
    netting_swir1_to_nir_above: float
    netting_edge_below: float
    bright_visible_above: float
    bright_blue_to_red_above: float
    bright_ndvi_below: float
    bright_snow_above: float


@dataclass(frozen=True, kw_only=True)
class EndMembers:
    """NDVI of bare soil and of full cover: of an ecoregion and a season, never of a site itself.

    A bare site would otherwise be stretched to full cover.
    """

    soil_ndvi: float
    full_ndvi: float

    @classmethod
    def from_scene(
        cls, ndvi: Singles, *, is_clear: np.ndarray[Any, Any], is_site: np.ndarray[Any, Any]
    ) -> EndMembers:
        """5th and 95th percentile over clear pixels outside of all sites (Gutman & Ignatov 1998 use such fixed ends).

        Args:
            ndvi: any shape; NaN where it is not known.
            is_clear: bool, the same shape.
            is_site: bool, the same shape; True inside of any site.

        Raises:
            ScenesRefused: no clear pixel outside of the sites.
        """
        known = ndvi[is_clear & ~is_site & np.isfinite(ndvi)]
        if not known.size:
            raise ScenesRefused.because("earth.no_land_outside_sites")
        soil, full = np.percentile(known, (5, 95))
        return cls(soil_ndvi=float(soil), full_ndvi=float(full))


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one pixel is read: all numbers that the formulas need, for one zone and month."""

    soil_ndvi: float
    cover_per_ndvi: float
    green_from_fvc: float
    dark_below: float
    dark_span: float
    water_ndwi_above: float
    water_nir_below: float
    netting_ndvi_above: float
    netting_green_peak_above: float
    netting_swir1_to_nir_above: float
    netting_edge_below: float
    bright_visible_above: float
    bright_blue_to_red_above: float
    bright_ndvi_below: float
    bright_snow_above: float

    @classmethod
    def of(
        cls,
        parameters: ParameterSet,
        *,
        zone: ClimateZone | None,
        month: int,
        ends: EndMembers | None = None,
    ) -> Recipe:
        """The recipe of a zone (None: not told) in a month (1 to 12), with end-members of one's own if given.

        Raises:
            ParametersRefused: the set lacks something.
        """
        cover = parameters.section("cover", CoverNumbers)
        surfaces = parameters.section("surfaces", SurfaceNumbers)
        row = zone.value if zone else ANYWHERE
        ends = ends or EndMembers(
            soil_ndvi=cover.soil_ndvi[row][month - 1], full_ndvi=cover.full_ndvi[row][month - 1]
        )
        return cls(
            soil_ndvi=ends.soil_ndvi,
            cover_per_ndvi=1 / (ends.full_ndvi - ends.soil_ndvi),
            green_from_fvc=cover.green_from_fvc[row],
            **{field.name: getattr(surfaces, field.name) for field in fields(surfaces)},
        )

    @property
    def row(self) -> Singles:
        """One float32 for each of `perpixel.Numbers`, as kernels take it."""
        return np.array([getattr(self, name) for name in Numbers._fields], np.float32)


def quantities_of(
    bands: Mapping[str, np.ndarray[Any, Any]], clear: np.ndarray[Any, Any], recipe: Recipe
) -> dict[str, Singles]:
    """All of `series.QUANTITIES` for arrays of reflectance.

    Args:
        bands: name of `sensors.BANDS` -> reflectance 0 to 1 (float), all of one shape; bands may be missing.
        clear: bool, or uint8 codes of `masks.Mask`; the same shape.
        recipe: the numbers.

    Returns:
        quantity -> float32 array of that shape; NaN where a pixel is not clear or bands do not allow to tell.
        Without red or near infrared everything is NaN.
    """
    outs = tuple(np.full(clear.size, np.nan, np.float32) for _ in QUANTITIES)
    image = Image(
        bands=tuple(_flat(bands[name], np.float32) if name in bands else None for name in BANDS),
        scales=(np.float32(1),) * len(BANDS),
        offsets=(np.float32(0),) * len(BANDS),
        clear=_flat(clear, np.uint8),
    )
    along_all(image, recipe.row[None], outs)
    return {name: out.reshape(clear.shape) for name, out in zip(QUANTITIES, outs, strict=True)}


def _flat(values: np.ndarray[Any, Any], kind: type) -> np.ndarray[Any, Any]:
    return np.ascontiguousarray(values, kind).reshape(-1)
