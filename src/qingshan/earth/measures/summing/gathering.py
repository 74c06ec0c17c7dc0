"""How do the pixels of a site come side by side? Run by run into a chunk that stays in the nearest cache.

Memory is asked some runs ahead, since runs are short and lie far apart, and waiting would be most of the time; the
arithmetic then works on full vectors however short the runs are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth.compiled import part
from qingshan.earth.prefetching import prefetch

AHEAD = 8
"""Runs by which memory is asked before it is needed."""
LINE_PX = 32
"""Pixels of two bytes in a line of cache."""


@part
def ask(image: Any, row: Any, col: Any, runs: Any, run: Any) -> None:
    """Of every band the lines of cache that a run lies in."""
    if run < runs.shape[1]:
        for step in range(0, runs[2, run], LINE_PX):
            at_row, at_col = runs[0, run] - row, runs[1, run] + step - col
            _ask_one(image.bands[0], at_row, at_col)
            _ask_one(image.bands[1], at_row, at_col)
            _ask_one(image.bands[2], at_row, at_col)
            _ask_one(image.bands[3], at_row, at_col)
            _ask_one(image.bands[4], at_row, at_col)
            _ask_one(image.bands[5], at_row, at_col)
            _ask_one(image.bands[6], at_row, at_col)
            _ask_one(image.clear, at_row, at_col)


@part
def _ask_one(band: Any, row: Any, col: Any) -> None:
    if band is not None:
        prefetch(band, row, col)


@part
def gather(image: Any, row: Any, col: Any, count: Any, chunk: Any, filled: Any) -> None:
    """Part of a run, behind the pixels that fill the chunk already."""
    _copy(image.bands[0], row, col, count, chunk.bands[0], filled)
    _copy(image.bands[1], row, col, count, chunk.bands[1], filled)
    _copy(image.bands[2], row, col, count, chunk.bands[2], filled)
    _copy(image.bands[3], row, col, count, chunk.bands[3], filled)
    _copy(image.bands[4], row, col, count, chunk.bands[4], filled)
    _copy(image.bands[5], row, col, count, chunk.bands[5], filled)
    _copy(image.bands[6], row, col, count, chunk.bands[6], filled)
    _copy(image.clear, row, col, count, chunk.clear, filled)


@part
def _copy(band: Any, row: Any, col: Any, count: Any, to: Any, filled: Any) -> None:
    if band is not None:
        r, c, f = np.uint64(row), np.uint64(col), np.uint64(filled)
        for i in range(np.uint64(count)):
            to[f + i] = band[r, c + i]


@part
def pick(image: Any, row: Any, col: Any, cells: Any, chunk: Any) -> None:
    """Single cells, from the chunk's begin."""
    _pick_one(image.bands[0], row, col, cells, chunk.bands[0])
    _pick_one(image.bands[1], row, col, cells, chunk.bands[1])
    _pick_one(image.bands[2], row, col, cells, chunk.bands[2])
    _pick_one(image.bands[3], row, col, cells, chunk.bands[3])
    _pick_one(image.bands[4], row, col, cells, chunk.bands[4])
    _pick_one(image.bands[5], row, col, cells, chunk.bands[5])
    _pick_one(image.bands[6], row, col, cells, chunk.bands[6])
    _pick_one(image.clear, row, col, cells, chunk.clear)


@part
def _pick_one(band: Any, row: Any, col: Any, cells: Any, to: Any) -> None:
    if band is not None:
        for i in range(cells.shape[1]):
            to[i] = band[np.uint64(cells[0, i] - row), np.uint64(cells[1, i] - col)]
