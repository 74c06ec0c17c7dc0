"""How are many series computed with several threads? In blocks, each on its own: the same bits however they are cut."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np

from qingshan.earth.compiled import compiled

Result = TypeVar("Result")

BLOCK_SERIES = 2048
"""Series that are turned and computed together: 150 dates of float32 stay in a core's own cache."""


def over_blocks(
    count: int, work: Callable[[int, int], Result], *, threads: int = 1, size: int = BLOCK_SERIES
) -> list[Result]:
    """What `work(first, end)` answers for consecutive blocks of `count` series, in their order.

    Args:
        count: number of series.
        work: computes the series first..end-1; must release the interpreter's lock to gain from threads.
        threads: how many blocks are computed at once.
        size: series in a block.
    """
    cuts = [(first, min(first + size, count)) for first in range(0, count, size)]
    if threads <= 1 or len(cuts) < 2:
        return [work(first, end) for first, end in cuts]
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(lambda cut: work(*cut), cuts))


def side_by_side(values: Any, first: int, end: int) -> Any:
    """Series first..end-1 of (times, series) as contiguous (series, times) float32; NaN for what is not finite."""
    out = np.empty((end - first, len(values)), dtype=np.float32)
    turn(values, first, out)
    return out


TILE = (512, 16)
"""Series and times that are turned together: long runs are read, and what is written stays in the nearest cache."""


@compiled
def turn(values: Any, first: int, out: Any) -> None:
    """Fills out (series, times) with the series of (times, series) from `first` on; NaN for what is not finite."""
    for top in range(0, out.shape[0], TILE[0]):
        for left in range(0, out.shape[1], TILE[1]):
            for time in range(left, min(left + TILE[1], out.shape[1])):
                for series in range(top, min(top + TILE[0], out.shape[0])):
                    value = values[time, first + series]
                    out[series, time] = value if abs(value) < np.inf else np.float32(np.nan)
