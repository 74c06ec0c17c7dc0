"""How do pixels of windows get out of a block, and back out of bytes? As differences along rows, bytes by planes.

A window of `bands` bands is kept as `2 x bands + 1` planes of (rows, columns) bytes: of each band the lower, then the
higher bytes of the differences along its rows, their sign in the lowest bit; the codes of the mask come last.
Neighbours are alike, so the planes of higher bytes are nearly empty: they pack in no time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth import prefetching
from qingshan.earth.compiled import compiled, made_of
from qingshan.earth.prefetching import prefetch

Array = np.ndarray[Any, Any]
AHEAD = 4  # rows of a window for whose memory is asked ahead
NODATA, LEAST, MOST = np.uint8(0), np.int32(-32768), np.int32(32767)  # Mask.NODATA, sources.VOID


def planes_of(bands: int) -> int:
    """Bytes for each pixel of a window."""
    return 2 * bands + 1


def uncut(raw: bytes, shape: tuple[int, int, int]) -> np.ndarray[Any, np.dtype[np.int16]]:
    """The pixels of a portion: (bands + 1, rows, columns) int16 steps of 1e-4, the mask's codes last."""
    layers, height, width = shape
    planes = np.frombuffer(raw, np.uint8).reshape(planes_of(layers - 1), height, width)
    pixels = np.empty(shape, np.int16)
    _uncut(planes, pixels)
    return pixels


@compiled
def _uncut(planes: Any, pixels: Any) -> None:
    bands = pixels.shape[0] - 1
    for band in range(bands):
        low, high, out = planes[2 * band], planes[2 * band + 1], pixels[band]
        for i in range(out.shape[0]):
            step = np.int32(0)
            for j in range(out.shape[1]):
                told = np.int32(low[i, j]) | (np.int32(high[i, j]) << np.int32(8))
                step += (told >> np.int32(1)) ^ -(told & np.int32(1))
                out[i, j] = np.int16(step)
    for i in range(pixels.shape[1]):
        for j in range(pixels.shape[2]):
            pixels[bands, i, j] = planes[2 * bands, i, j]


@compiled
def cut(
    stack: Any,
    codes: Any,
    windows: Any,
    first: Any,
    gains: Any,
    shifts: Any,
    line: Any,
    out: Any,
    sources: Any = made_of(prefetching),  # noqa: B008  one number, known on import
) -> None:
    """Writes the portions of windows one after the other.

    Args:
        stack: (bands, rows, columns) numbers as they were read.
        codes: (rows, columns) uint8 codes of `masks.Mask`.
        windows: (n, 4) row and column in the stack, height and width.
        first: (n + 1,) where each portion begins in `out`.
        gains, shifts: (bands,) float64: steps of 1e-4 of reflectance = number x gain + shift.
        line: int32, one longer than the widest window; overwritten.
        out: uint8.
        sources: not to be given.
    """
    bands = stack.shape[0]
    for k in range(windows.shape[0]):
        row, col, height, width = windows[k, 0], windows[k, 1], windows[k, 2], windows[k, 3]
        planes = out[first[k] : first[k + 1]].reshape((2 * bands + 1, height, width))
        for i in range(height):
            if i + AHEAD < height:
                for band in range(bands):
                    prefetch(stack[band], row + i + AHEAD, col)
                    prefetch(stack[band], row + i + AHEAD, col + width - 1)
                prefetch(codes, row + i + AHEAD, col)
            clear = codes[row + i, col : col + width]
            for band in range(bands):
                _steps(stack[band, row + i, col : col + width], clear, gains[band], shifts[band], line)
                _write(line, planes[2 * band, i], planes[2 * band + 1, i])
            planes[2 * bands, i, :] = clear


@compiled
def _steps(numbers: Any, codes: Any, gain: Any, shift: Any, line: Any) -> None:
    """Fills `line` from its second item with steps of 1e-4 of reflectance; LEAST where there is no data."""
    line[0] = 0
    if gain == 1.0:  # whole numbers stay whole
        whole = np.int32(np.rint(shift))
        for j in range(np.uint64(len(numbers))):
            steps = np.int32(numbers[j]) + whole
            steps = MOST if steps > MOST else steps
            steps = -MOST if steps < -MOST else steps
            line[j + np.uint64(1)] = LEAST if codes[j] == NODATA else steps
        return
    for j in range(np.uint64(len(numbers))):
        steps = np.int32(min(max(np.rint(numbers[j] * gain + shift), -32767.0), 32767.0))
        line[j + np.uint64(1)] = LEAST if codes[j] == NODATA else steps


@compiled
def _write(line: Any, low: Any, high: Any) -> None:
    """Differences between neighbours; they wrap round at 16 bits, as the sums do that undo them."""
    for j in range(np.uint64(len(low))):
        more = np.int16(line[j + np.uint64(1)] - line[j])
        told = np.uint16((more << np.int16(1)) ^ (more >> np.int16(15)))
        low[j] = np.uint8(told & np.uint16(255))
        high[j] = np.uint8(told >> np.uint16(8))
