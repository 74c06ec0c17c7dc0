"""Which pixels of freshly read rows say something, and how much was filled? Only those that are wanted, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from qingshan.earth import prefetching
from qingshan.earth.compiled import compiled, made_of
from qingshan.earth.images.masks import Codes, codes_of
from qingshan.earth.prefetching import prefetch
from qingshan.earth.sensors import MaskScheme

Array = np.ndarray[Any, Any]
Runs = np.ndarray[Any, np.dtype[np.int32]]
"""(3, n) row, first column and length"""

NODATA, CLEAR, SATURATED = np.uint8(0), np.uint8(1), np.uint8(5)  # of masks.Mask
NOTHING, FILLED, VOID, BLIND = np.uint8(0), np.uint8(1), np.uint8(2), np.uint8(4)  # signs of a pixel
AHEAD = 8  # runs for whose memory is asked ahead
NEVER = -(2**31)
"""stands for a number of no data that does not exist"""
ZERO_IS_NOTHING = (MaskScheme.SENTINEL2_SCL, MaskScheme.LANDSAT_QA)
"""products whose definition keeps 0 for no data; elsewhere only a pixel of zeros in all bands is none"""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """Counts over the pixels that were wanted."""

    data_px: int
    """pixels with a number other than 0 in any band"""
    filled_px: tuple[int, ...]
    """for each band, how many have a number other than 0 in it"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Coarse:
    """Rows of a layer on its own grid, whose pixels may span several of the scene's."""

    values: Array
    """(rows, columns)"""
    factor: int
    row: int
    """row of the strip on which the first of them begins; at most 0"""
    col: int
    """column of the frame on which the first column begins"""


@cache
def table_of(scheme: MaskScheme) -> Codes:
    """(65536,) the code of `masks.Mask` for every number of a mask band; as `masks.codes_of` reads it."""
    numbers = np.arange(65536).astype(np.uint16)
    table = codes_of(scheme, numbers, bands={"any": np.ones(numbers.shape, np.uint8)}, nodata=None)
    table.flags.writeable = False
    return table


def look(
    stack: Array,
    codes: Codes,
    mask: Coarse | None,
    *,
    scheme: MaskScheme,
    nodata: Array,
    runs: Runs,
    row: int,
) -> Looked:
    """Fills in the codes of the wanted pixels; all others become `Mask.NODATA`.

    Args:
        stack: (bands, rows, columns) int16 or uint16.
        codes: (rows, columns) uint8, overwritten with codes of `masks.Mask`.
        mask: the mask band, None without one.
        scheme: how it is read.
        nodata: (bands, 2) int32 numbers that stand for nothing, `NEVER` where there is none.
        runs: wanted pixels, on the frame.
        row: row of the frame on which the stack begins.
    """
    codes[:] = NODATA
    filled = np.zeros(len(stack), np.int64)
    saturated = np.iinfo(stack.dtype).max
    values, factor, top, left = (mask.values, mask.factor, mask.row, mask.col) if mask else (None, 1, 0, 0)
    table = table_of(scheme if mask else MaskScheme.NONE)
    zero_is_nothing = scheme in ZERO_IS_NOTHING
    data = _look(
        stack, values, factor, top, left, table, nodata, saturated, zero_is_nothing, runs, row, codes, filled
    )
    return Looked(data_px=data, filled_px=tuple(map(int, filled)))


@compiled
def _look(
    stack: Any, mask: Any, factor: Any, mask_row: Any, mask_col: Any, table: Any, nodata: Any,
    saturated: Any, zero_is_nothing: Any, runs: Any, top: Any, codes: Any, filled: Any,
    sources: Any = made_of(prefetching),  # noqa: B008  one number, known on import
) -> Any:  # fmt: skip
    """Fills `codes` along runs, adds to `filled`; how many pixels hold data."""
    signs = np.empty(stack.shape[2], np.uint8)
    data = 0
    for run in range(runs.shape[1]):
        if run + AHEAD < runs.shape[1]:
            for band in range(stack.shape[0]):
                prefetch(stack[band], runs[0, run + AHEAD] - top, runs[1, run + AHEAD])
            prefetch(codes, runs[0, run + AHEAD] - top, runs[1, run + AHEAD])
        row, col, count = np.uint64(runs[0, run] - top), np.uint64(runs[1, run]), np.uint64(runs[2, run])
        for i in range(count):
            signs[i] = 0
        for band in range(np.uint64(stack.shape[0])):
            one, other = nodata[band, 0], nodata[band, 1]
            filled[band] += _signs_along(
                stack, band, row, col, count, one, other, saturated, zero_is_nothing, signs
            )
        if mask is None:
            for i in range(count):
                codes[row, col + i] = CLEAR
        else:
            at = np.uint64((np.int64(row) - mask_row) // factor)
            _codes_along(mask, at, np.int64(col) - mask_col, factor, table, count, codes, row, col)
        data += _crossed_out(codes, row, col, count, signs)
    return data


@compiled
def _signs_along(
    stack: Any, band: Any, row: Any, col: Any, count: Any, one: Any, other: Any, saturated: Any,
    zero_is_nothing: Any, signs: Any,
) -> Any:  # fmt: skip
    """Adds the signs of one run of one band; how many of its numbers are not 0."""
    filled = 0
    for i in range(count):
        value = np.int32(stack[band, row, col + i])
        is_filled = value != 0
        is_void = (value == one) | (value == other) | (zero_is_nothing & (not is_filled))
        filled += is_filled
        sign = FILLED if is_filled else NOTHING
        sign |= VOID if is_void else NOTHING
        signs[i] |= sign | (BLIND if value >= saturated else NOTHING)
    return filled


@compiled
def _codes_along(
    mask: Any, at: Any, first: Any, factor: Any, table: Any, count: Any, codes: Any, row: Any, col: Any
) -> None:
    """The mask's codes; counts along instead of dividing for each pixel."""
    place = first // factor
    rest = first - place * factor
    place = np.uint64(place)
    for i in range(count):
        codes[row, col + i] = table[mask[at, place]]
        rest += 1
        if rest == factor:
            rest = 0
            place += np.uint64(1)


@compiled
def _crossed_out(codes: Any, row: Any, col: Any, count: Any, signs: Any) -> Any:
    """Takes away what is no measurement; how many pixels hold a number in any band."""
    data = 0
    for i in range(count):
        code, sign = codes[row, col + i], signs[i]
        code = SATURATED if ((sign & BLIND) != NOTHING) & (code == CLEAR) else code
        codes[row, col + i] = NODATA if (sign & (FILLED | VOID)) != FILLED else code
        data += sign & FILLED
    return data


@compiled
def spread(
    coarse: Any, factor: Any, coarse_row: Any, coarse_col: Any, runs: Any, top: Any, band: Any
) -> None:
    """Nearest neighbour: gives the wanted pixels of a band (rows, columns) the numbers of a coarser layer."""
    for run in range(runs.shape[1]):
        row, col, count = np.uint64(runs[0, run] - top), np.uint64(runs[1, run]), np.uint64(runs[2, run])
        at = np.uint64((np.int64(row) - coarse_row) // factor)
        first = np.int64(col) - coarse_col
        place = first // factor
        rest = first - place * factor
        place = np.uint64(place)
        for i in range(count):
            band[row, col + i] = coarse[at, place]
            rest += 1
            if rest == factor:
                rest = 0
                place += np.uint64(1)
