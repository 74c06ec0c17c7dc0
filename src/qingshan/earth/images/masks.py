"""Which pixels of an image say something about the ground?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled
from qingshan.earth.sensors import MaskScheme

Codes = np.ndarray[Any, np.dtype[np.uint8]]


class Mask(IntEnum):
    """What a pixel shows on a date; only CLEAR is averaged. Water is clear: it is told from its colour."""

    NODATA = 0
    """outside of the image, or a number that stands for nothing"""
    CLEAR = 1
    CLOUD = 2
    SHADOW = 3
    SNOW = 4
    SATURATED = 5
    """too bright for the instrument, or a detector's defect"""


SCL = (
    Mask.NODATA,
    Mask.SATURATED,
    Mask.SHADOW,  # dark areas: mostly shadows of hills; open coal can be among them
    Mask.SHADOW,
    Mask.CLEAR,  # vegetation
    Mask.CLEAR,  # not vegetated
    Mask.CLEAR,  # water
    Mask.CLOUD,  # unclassified, unless asked for
    Mask.CLOUD,
    Mask.CLOUD,
    Mask.CLOUD,  # thin cirrus
    Mask.SNOW,
)
"""Scene classification of Sentinel-2 level 2A, by its number."""
SCL_UNCLASSIFIED = 7

QA_FILL, QA_DILATED, QA_CIRRUS, QA_CLOUD, QA_SHADOW, QA_SNOW = (1 << bit for bit in range(6))
"""Bits of QA_PIXEL, Landsat collection 2."""


def codes_of(
    scheme: MaskScheme,
    mask: np.ndarray[Any, Any] | None,
    *,
    bands: Mapping[str, np.ndarray[Any, Any]],
    nodata: float | None = 0,
    saturated_from: float | None = None,
    keeps_unclassified: bool = False,
) -> Codes:
    """What each pixel shows, from a mask band and from the bands' own numbers.

    Args:
        scheme: how the mask band is to be read.
        mask: integers of the bands' shape; not looked at for `MaskScheme.NONE`.
        bands: at least one array of stored numbers, all of one shape; NaN counts as no data.
        nodata: number that stands for nothing in any band; None: there is none.
        saturated_from: number from which any band is saturated; None: the greatest that the type can hold.
        keeps_unclassified: whether Sentinel-2's class 7 counts as clear.

    Returns:
        uint8 codes of `Mask`. No data wins over saturation, saturation over the mask band.
    """
    first = next(iter(bands.values()))
    if mask is None or scheme is MaskScheme.NONE:
        codes = np.full(first.shape, Mask.CLEAR, np.uint8)
    else:
        codes = _read(scheme, np.ascontiguousarray(mask), keeps_unclassified=keeps_unclassified)
    for band in bands.values():
        flat = np.ascontiguousarray(band).reshape(-1)
        _cross_out(flat, *_limits(flat.dtype, nodata, saturated_from), codes.reshape(-1))
    return codes


def _read(scheme: MaskScheme, mask: np.ndarray[Any, Any], *, keeps_unclassified: bool) -> Codes:
    codes = np.empty(mask.shape, np.uint8)
    if scheme is MaskScheme.LANDSAT_QA:
        _looked_up(mask.astype(np.uint16, copy=False).reshape(-1), _landsat_table(), codes.reshape(-1))
    else:
        table = _scl_table(keeps_unclassified=keeps_unclassified)
        if scheme is MaskScheme.CLEAR_IS_ONE:
            table = np.full(256, Mask.CLOUD, np.uint8)
            table[1] = Mask.CLEAR
        _looked_up(_bytes(mask).reshape(-1), table, codes.reshape(-1))
    return codes


def _bytes(mask: np.ndarray[Any, Any]) -> Codes:
    """What no byte can hold becomes 255, which means nothing in any scheme."""
    if mask.dtype == np.uint8:
        return mask
    return np.where((mask >= 0) & (mask <= 255), mask, 255).astype(np.uint8)


def _scl_table(*, keeps_unclassified: bool) -> Codes:
    table = np.zeros(256, np.uint8)
    table[: len(SCL)] = SCL
    table[SCL_UNCLASSIFIED] = Mask.CLEAR if keeps_unclassified else Mask.CLOUD
    return table


def _landsat_table() -> Codes:
    """For every value of the six lowest bits; the others do not matter."""
    table = np.full(64, Mask.CLEAR, np.uint8)
    value = np.arange(64)
    for bits, code in (
        (QA_SNOW, Mask.SNOW),
        (QA_SHADOW, Mask.SHADOW),
        (QA_DILATED | QA_CIRRUS | QA_CLOUD, Mask.CLOUD),
        (QA_FILL, Mask.NODATA),
    ):
        table[(value & bits) != 0] = code
    return table


def _limits(kind: np.dtype[Any], nodata: float | None, saturated_from: float | None) -> tuple[Any, Any, bool]:
    """No-data number and saturation in the band's own type, and whether there is a no-data number in it."""
    if np.issubdtype(kind, np.floating):
        most = np.inf if saturated_from is None else saturated_from
        return kind.type(nodata or 0), kind.type(most), nodata is not None
    held = np.iinfo(kind)
    most = held.max if saturated_from is None else min(max(int(saturated_from), held.min), held.max)
    fits = nodata is not None and held.min <= nodata <= held.max and int(nodata) == nodata
    return kind.type(nodata if fits and nodata is not None else 0), kind.type(most), fits


@compiled
def _looked_up(mask: Any, table: Any, codes: Any) -> None:
    """The table's length is a power of two; bits beyond it are not looked at."""
    last = len(table) - 1
    for i in range(codes.size):
        codes[i] = table[mask[i] & last]


@compiled
def _cross_out(band: Any, nodata: Any, saturated_from: Any, has_nodata: Any, codes: Any) -> None:
    """Pixels whose number is no measurement."""
    for i in range(codes.size):
        value = band[i]
        code = codes[i]
        code = np.uint8(5) if (value >= saturated_from) & (code != 0) else code
        codes[i] = np.uint8(0) if (value != value) | (has_nodata & (value == nodata)) else code
