"""Sums of one array of floats over every site."""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth import prefetching
from qingshan.earth.compiled import compiled, made_of, part
from qingshan.earth.prefetching import prefetch

AHEAD = 8
"""Runs by which memory is asked before it is needed."""
LINE_PX = 16
"""Pixels of four bytes in a line of cache."""


@compiled
def sums_of_array(
    values: Any,
    pivots: Any,
    first_run: Any,
    runs: Any,
    first_cell: Any,
    cells: Any,
    shares: Any,
    sums: Any,
    sources: Any = made_of(prefetching),  # noqa: B008  one number, known on import
) -> None:
    """Adds to (3, m) sums of coverage, coverage x value, and coverage x its square; NaN is left out.

    Values are told from `pivots`, a number near them for each site: squares of great numbers would drown a small
    variance.
    """
    for site in range(len(first_run) - 1):
        pivot = pivots[site]
        for run in range(first_run[site], first_run[site + 1]):
            if run + AHEAD < runs.shape[1]:
                for step in range(0, runs[2, run + AHEAD], LINE_PX):
                    prefetch(values, runs[0, run + AHEAD], runs[1, run + AHEAD] + step)
            _sum_lanes(
                values, np.uint64(runs[0, run]), np.uint64(runs[1, run]), runs[2, run], pivot, sums, site
            )
        for cell in range(first_cell[site], first_cell[site + 1]):
            value = np.float64(values[np.uint64(cells[0, cell]), np.uint64(cells[1, cell])])
            if value == value:
                part = shares[cell] * (value - pivot)
                sums[0, site] += shares[cell]
                sums[1, site] += part
                sums[2, site] += part * (value - pivot)


@part
def _from(pivot: Any, value: Any) -> Any:
    value = np.float64(value) - pivot
    return value if value == value else 0.0


@part
def _sum_lanes(values: Any, row: Any, col: Any, count: Any, pivot: Any, sums: Any, site: Any) -> None:
    """One run of whole pixels in eight sums side by side: the order is fixed, and eight are added at a time."""
    a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = 0.0
    b0 = b1 = b2 = b3 = b4 = b5 = b6 = b7 = 0.0
    known = 0
    for i in range(np.uint64(count)):
        known += values[row, col + i] == values[row, col + i]
    whole = np.uint64(count - count % 8)
    for i in range(np.uint64(0), whole, np.uint64(8)):
        x = values[row, col + i : col + i + np.uint64(8)]
        x0, x1, x2, x3 = _from(pivot, x[0]), _from(pivot, x[1]), _from(pivot, x[2]), _from(pivot, x[3])
        x4, x5, x6, x7 = _from(pivot, x[4]), _from(pivot, x[5]), _from(pivot, x[6]), _from(pivot, x[7])
        a0, a1, a2, a3 = a0 + x0, a1 + x1, a2 + x2, a3 + x3
        a4, a5, a6, a7 = a4 + x4, a5 + x5, a6 + x6, a7 + x7
        b0, b1, b2, b3 = b0 + x0 * x0, b1 + x1 * x1, b2 + x2 * x2, b3 + x3 * x3
        b4, b5, b6, b7 = b4 + x4 * x4, b5 + x5 * x5, b6 + x6 * x6, b7 + x7 * x7
    for i in range(whole, np.uint64(count)):
        x0 = _from(pivot, values[row, col + i])
        a0, b0 = a0 + x0, b0 + x0 * x0
    sums[0, site] += known
    sums[1, site] += ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7))
    sums[2, site] += ((b0 + b1) + (b2 + b3)) + ((b4 + b5) + (b6 + b7))
