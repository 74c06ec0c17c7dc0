"""What do the quantities of a chunk of pixels add up to?

The quantities of whole pixels lie between -1 and 1. They are rounded to whole numbers of 2^-24 (6e-8, what single
precision holds near 1), because sums of whole numbers are exact in any order and three times as fast; chunk by chunk
they go over into double precision. Cells are weighed in double precision throughout.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth.compiled import part

UNITS = np.float32(1 << 24)
UNIT = 2.0**-24
HALF = np.float32(0.5)
ZERO = np.float32(0)


@part
def add_whole(outs: Any, count: Any, sums: Any, site: Any) -> None:
    _sum_one(outs[0], count, sums, site, 0)
    _sum_one(outs[1], count, sums, site, 1)
    _sum_one(outs[2], count, sums, site, 2)
    _sum_one(outs[3], count, sums, site, 3)
    _sum_one(outs[4], count, sums, site, 4)
    _sum_one(outs[5], count, sums, site, 5)
    _sum_one(outs[6], count, sums, site, 6)
    _sum_one(outs[7], count, sums, site, 7)
    _sum_one(outs[8], count, sums, site, 8)


@part
def _sum_one(out: Any, count: Any, sums: Any, site: Any, which: Any) -> None:
    """Whole pixels of one quantity, in whole numbers."""
    if out is None:
        return
    known, total, squares = np.int64(0), np.int64(0), np.int64(0)
    for i in range(np.uint64(count)):
        value = out[i]
        is_known = value == value
        scaled = (value if is_known else ZERO) * UNITS
        units = np.int64(np.int32(scaled + (HALF if scaled >= ZERO else -HALF)))
        known += is_known
        total += units
        squares += units * units
    sums[0, site, which] += known
    sums[1, site, which] += total * UNIT
    sums[2, site, which] += squares * (UNIT * UNIT)


@part
def weigh_cells(outs: Any, shares: Any, start: Any, count: Any, room: Any, sums: Any, site: Any) -> None:
    _weigh_one(outs[0], shares, start, count, room, sums, site, 0)
    _weigh_one(outs[1], shares, start, count, room, sums, site, 1)
    _weigh_one(outs[2], shares, start, count, room, sums, site, 2)
    _weigh_one(outs[3], shares, start, count, room, sums, site, 3)
    _weigh_one(outs[4], shares, start, count, room, sums, site, 4)
    _weigh_one(outs[5], shares, start, count, room, sums, site, 5)
    _weigh_one(outs[6], shares, start, count, room, sums, site, 6)
    _weigh_one(outs[7], shares, start, count, room, sums, site, 7)
    _weigh_one(outs[8], shares, start, count, room, sums, site, 8)


@part
def _weigh_one(
    out: Any, shares: Any, start: Any, count: Any, room: Any, sums: Any, site: Any, which: Any
) -> None:
    """Cells of one quantity, in double precision; unknown ones are first set to 0, so that no jump is guessed wrong."""
    if out is None:
        return
    for i in range(np.uint64(count)):
        value = np.float64(out[i])
        is_known = value == value
        room[0, i] = shares[np.uint64(start) + i] if is_known else 0.0
        room[1, i] = value if is_known else 0.0
    known, total, squares = 0.0, 0.0, 0.0
    for i in range(count):
        part = room[0, i] * room[1, i]
        known += room[0, i]
        total += part
        squares += part * room[1, i]
    sums[0, site, which] += known
    sums[1, site, which] += total
    sums[2, site, which] += squares
