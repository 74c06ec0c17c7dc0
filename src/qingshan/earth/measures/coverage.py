"""Which share of a pixel does a polygon cover? Signed areas of its edges, as fonts are drawn (Green's theorem).

An edge adds, to every pixel that it crosses, the signed area between itself and the pixel's right side, and to the
pixel's right neighbour the rest of its height; a running sum along a row then gives each pixel's share. Coordinates
are in pixels, counted from the window's upper left corner; rows grow downwards.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled, part

NEGLIGIBLE = 1e-10
"""Share of a pixel below which it counts as not covered, and above 1 less which as whole: rounding stays below."""


@compiled
def add_edges(buffer: Any, xs: Any, ys: Any, first: Any, is_hole: Any, col: Any, row: Any) -> None:
    """Adds all edges of rings to a buffer of (rows, columns + 1) zeros; outlines fill, holes empty.

    Args:
        buffer: float64, changed.
        xs, ys: (n,) float64 corners of all rings in pixels of the grid; each ring ends where it began.
        first: (rings + 1,) where each ring begins.
        is_hole: (rings,) bool.
        col, row: the window's first pixel.
    """
    for ring in range(len(is_hole)):
        begin, end = first[ring], first[ring + 1]
        turn = _turn(xs, ys, begin, end)
        sign = -turn if is_hole[ring] else turn
        for i in range(begin, end - 1):
            _add_edge(buffer, xs[i] - col, ys[i] - row, xs[i + 1] - col, ys[i + 1] - row, sign)


@part
def _turn(xs: Any, ys: Any, begin: Any, end: Any) -> Any:
    """Which way round the ring goes, as the sign with which it fills."""
    doubled = 0.0
    for i in range(begin, end - 1):
        doubled += (xs[i] - xs[begin]) * (ys[i + 1] - ys[begin])
        doubled -= (xs[i + 1] - xs[begin]) * (ys[i] - ys[begin])
    return -1.0 if doubled > 0 else 1.0


@part
def _add_edge(buffer: Any, x0: Any, y0: Any, x1: Any, y1: Any, sign: Any) -> None:
    """One edge, row by row; what lies above or below the window is left out."""
    if y0 == y1:
        return
    if y0 > y1:
        x0, y0, x1, y1, sign = x1, y1, x0, y0, -sign
    height = buffer.shape[0]
    slope = (x1 - x0) / (y1 - y0)
    least, most = min(x0, x1), max(x0, x1)
    for row in range(int(max(y0, 0.0)), int(np.ceil(min(y1, float(height))))):
        above, below = max(y0, float(row)), min(y1, row + 1.0)
        if below > above:
            xa = min(max(x0 + (above - y0) * slope, least), most)
            xb = x1 if below == y1 else min(max(x0 + (below - y0) * slope, least), most)
            _add_piece(buffer, row, min(xa, xb), max(xa, xb), sign * (below - above))


@part
def _add_piece(buffer: Any, row: Any, left: Any, right: Any, drop: Any) -> None:
    """The part of an edge within one row; left of the window it counts as the window's side, right of it not."""
    width = buffer.shape[1] - 1
    if left >= width:
        return
    if right <= 0:
        buffer[row, 0] += drop
        return
    span = right - left
    if left < 0:
        outside = drop * (-left / span)
        buffer[row, 0] += outside
        drop, left, span = drop - outside, 0.0, right
    if right > width:
        drop, right = drop * ((width - left) / span), float(width)
    _spread(buffer, row, left, right, drop)


@part
def _spread(buffer: Any, row: Any, left: Any, right: Any, drop: Any) -> None:
    """The same, wholly inside of the window, pixel by pixel."""
    col = int(left)
    if right <= col + 1:
        rest = drop * (0.5 * (left + right) - col)
        buffer[row, col] += drop - rest
        buffer[row, col + 1] += rest
        return
    per_px = drop / (right - left)
    while left < right:
        until = min(col + 1.0, right)
        part = per_px * (until - left)
        rest = part * (0.5 * (left + until) - col)
        buffer[row, col] += part - rest
        buffer[row, col + 1] += rest
        left = until
        col += 1


@compiled
def summed_along_rows(buffer: Any) -> Any:
    """Turns edges into shares, in place; answers how many runs of whole pixels and how many part pixels there are."""
    height, width = buffer.shape[0], buffer.shape[1] - 1
    runs, cells = 0, 0
    for row in range(height):
        total = 0.0
        was_whole = False
        for col in range(width):
            total += buffer[row, col]
            buffer[row, col] = total
            is_whole = total >= 1.0 - NEGLIGIBLE
            runs += is_whole and not was_whole
            cells += (total > NEGLIGIBLE) and not is_whole
            was_whole = is_whole
    return runs, cells


@compiled
def write_down(buffer: Any, row: Any, col: Any, runs: Any, cells: Any, shares: Any) -> None:
    """Fills runs (row, first column, length) and part pixels (row, column; share), both in order of rows."""
    height, width = buffer.shape[0], buffer.shape[1] - 1
    run, cell = -1, 0
    for i in range(height):
        was_whole = False
        for j in range(width):
            is_whole = buffer[i, j] >= 1.0 - NEGLIGIBLE
            if is_whole and not was_whole:
                run += 1
                runs[0, run], runs[1, run], runs[2, run] = row + i, col + j, 0
            if is_whole:
                runs[2, run] += 1
            elif buffer[i, j] > NEGLIGIBLE:
                cells[0, cell], cells[1, cell], shares[cell] = row + i, col + j, buffer[i, j]
                cell += 1
            was_whole = is_whole
