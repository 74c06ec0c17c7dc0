"""Sums of every quantity over every site of some rows, in one pass from stored numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from qingshan.earth import prefetching
from qingshan.earth.compiled import compiled, made_of, part
from qingshan.earth.measures import perpixel
from qingshan.earth.measures.perpixel import CLEAR, along, numbers_of
from qingshan.earth.measures.summing import adding, gathering
from qingshan.earth.measures.summing.adding import add_whole, weigh_cells
from qingshan.earth.measures.summing.gathering import AHEAD, ask, gather, pick

CHUNK = 512
"""Pixels at once."""


class Cover(NamedTuple):
    """The arrays of `Weights`."""

    first_run: Any
    runs: Any
    first_cell: Any
    cells: Any
    shares: Any


@compiled
def sums_of_sites(
    image: Any,
    row: Any,
    col: Any,
    recipes: Any,
    recipe_of: Any,
    cover: Any,
    chunk: Any,
    outs: Any,
    clear_px: Any,
    sums: Any,
    sources: Any = made_of(perpixel, prefetching, adding, gathering),  # noqa: B008  one number, known on import
) -> None:
    """Adds up all sites of a part of weights.

    Args:
        image: a `perpixel.Image` of arrays of two dimensions.
        row, col: grid row and column of the arrays' first pixel.
        recipes: (k, 15) float32; recipe_of: (m,) row of `recipes` for each site.
        cover: `Cover` of the m sites.
        chunk: an `Image` of `CHUNK` pixels in one dimension, otherwise as `image`; overwritten.
        outs: nine float32 arrays of `CHUNK`, None for a quantity that is not wanted; overwritten.
        clear_px: (m,) float64, added to.
        sums: (3, m, 9) float64, added to: coverage where the quantity is known, coverage x quantity, and x its square.
        sources: not to be given.
    """
    for site in range(len(recipe_of)):
        n = numbers_of(recipes, recipe_of[site])
        clear_px[site] += _add_runs(image, row, col, n, cover, site, chunk, outs, sums)
        clear_px[site] += _add_cells(image, row, col, n, cover, site, chunk, outs, sums)


@part
def _add_runs(
    image: Any, row: Any, col: Any, n: Any, cover: Any, site: Any, chunk: Any, outs: Any, sums: Any
) -> Any:
    seen, filled = 0, 0
    for run in range(cover.first_run[site], cover.first_run[site + 1]):
        ask(image, row, col, cover.runs, run + AHEAD)
        at_row, at_col = cover.runs[0, run] - row, cover.runs[1, run] - col
        left = cover.runs[2, run]
        while left > 0:
            count = min(left, CHUNK - filled)
            gather(image, at_row, at_col, count, chunk, filled)
            filled, left, at_col = filled + count, left - count, at_col + count
            if filled == CHUNK:
                seen += _flush_whole(chunk, filled, n, outs, sums, site)
                filled = 0
    return float(seen + _flush_whole(chunk, filled, n, outs, sums, site))


@part
def _flush_whole(chunk: Any, filled: Any, n: Any, outs: Any, sums: Any, site: Any) -> Any:
    along(chunk, filled, n, outs)
    add_whole(outs, filled, sums, site)
    seen = 0
    for i in range(np.uint64(filled)):
        seen += chunk.clear[i] == CLEAR
    return seen


@part
def _add_cells(
    image: Any, row: Any, col: Any, n: Any, cover: Any, site: Any, chunk: Any, outs: Any, sums: Any
) -> Any:
    seen = 0.0
    room = np.empty((2, CHUNK))
    end = cover.first_cell[site + 1]
    for start in range(cover.first_cell[site], end, CHUNK):
        count = min(end - start, CHUNK)
        pick(image, row, col, cover.cells[:, start : start + count], chunk)
        along(chunk, count, n, outs)
        weigh_cells(outs, cover.shares, start, count, room, sums, site)
        for i in range(np.uint64(count)):
            room[0, i] = cover.shares[np.uint64(start) + i] if chunk.clear[i] == CLEAR else 0.0
        for i in range(count):
            seen += room[0, i]
    return seen
