"""What is the average of every quantity over each site? Sums over rows that add up, means and variances from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.errors import GridMismatch
from qingshan.earth.images.pixels import BlockPixels
from qingshan.earth.measures.indices import Recipe
from qingshan.earth.measures.perpixel import Image, Numbers
from qingshan.earth.measures.summing.fused import CHUNK, Cover, sums_of_sites
from qingshan.earth.measures.summing.plain import sums_of_array
from qingshan.earth.measures.weights import Ints, Weights
from qingshan.earth.sensors import BANDS
from qingshan.earth.series import QUANTITIES

Floats = np.ndarray[Any, np.dtype[np.float64]]
OF = {name: place for place, name in enumerate(QUANTITIES)}


@dataclass(frozen=True, kw_only=True, eq=False)
class BlockSums:
    """Sums over the clear pixels of some sites; those of several blocks add up."""

    sites: Ints
    """(m,) number of each site in its SiteSet, rising"""
    clear_px: Floats
    """(m,) coverage of clear pixels, in pixels"""
    weight: Floats
    """(m, 9) coverage of clear pixels where the quantity is known, in pixels; by `series.QUANTITIES`"""
    total: Floats
    """(m, 9) coverage x quantity"""
    squares: Floats
    """(m, 9) coverage x square of the quantity"""

    def __len__(self) -> int:
        return len(self.sites)


@dataclass(frozen=True, kw_only=True, eq=False)
class Moments:
    """Averages over clear pixels of some sites; NaN where nothing was clear or known."""

    sites: Ints
    clear_px: Floats
    mean: Mapping[str, Floats]
    """quantity -> (m,) coverage-weighted mean"""
    variance: Mapping[str, Floats]
    """quantity -> (m,) coverage-weighted variance"""


def sums_of_block(
    pixels: BlockPixels,
    part: Weights,
    recipe_by_site: Recipe | Sequence[Recipe],
    *,
    quantities: Sequence[str] = QUANTITIES,
) -> BlockSums:
    """Sums of quantities over each site of a part of weights, in one pass from stored numbers.

    Args:
        pixels: rows of one scene that hold all of the part's pixels.
        part: of the scene's grid, as from `Weights.rows`; sites that cross the rows' edge bring their part only.
        recipe_by_site: one for all, or one for each site of the SiteSet (by its number there).
        quantities: those wanted; the others stay 0, and cost nothing.

    Returns:
        For each site of the part; the same bits whatever thread or process worked.

    Raises:
        GridMismatch: bands and mask differ in shape or type, or do not hold all pixels of the part.
    """
    _check(pixels, part)
    sums = np.zeros((3, len(part), len(QUANTITIES)))
    clear_px = np.zeros(len(part))
    recipes, recipe_of = _table(recipe_by_site, part.sites)
    if len(part):
        cover = Cover(part.first_run, part.runs, part.first_cell, part.cells, part.shares)
        sums_of_sites(
            _image(pixels),
            pixels.row,
            pixels.col,
            recipes,
            recipe_of,
            cover,
            _chunk(pixels),
            tuple(np.empty(CHUNK, np.float32) if name in quantities else None for name in QUANTITIES),
            clear_px,
            sums,
        )
    return BlockSums(sites=part.sites, clear_px=clear_px, weight=sums[0], total=sums[1], squares=sums[2])


def _check(pixels: BlockPixels, part: Weights) -> None:
    """Kernels look at no bounds."""
    shape = pixels.clear.shape
    kinds = {band.dtype for band in pixels.bands.values()}
    off = [name for name, band in pixels.bands.items() if band.shape != shape]
    if off or len(kinds) > 1:
        told = {name: f"{_told(band.shape)} {band.dtype}" for name, band in pixels.bands.items()}
        raise GridMismatch.because("earth.bands_differ", mask=_told(shape), bands=str(told))
    row, col = pixels.row, pixels.col
    ends = (part.runs[0] + 1, part.cells[0] + 1), (part.runs[1] + part.runs[2], part.cells[1] + 1)
    begins = part.runs[:2].min(axis=1, initial=2**31 - 1), part.cells.min(axis=1, initial=2**31 - 1)
    last = [max((int(each.max()) for each in axis if each.size), default=0) for axis in ends]
    first = np.minimum(*begins)
    if first[0] < row or first[1] < col or last[0] > row + shape[0] or last[1] > col + shape[1]:
        raise GridMismatch.because(
            "earth.pixels_outside", rows=f"{first[0]}–{last[0]}", block=f"{row}–{row + shape[0]}"
        )


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _image(pixels: BlockPixels) -> Image:
    return Image(
        bands=tuple(pixels.bands.get(name) for name in BANDS),
        scales=tuple(np.float32(pixels.scale.get(name, 0.0)) for name in BANDS),
        offsets=tuple(np.float32(pixels.offset.get(name, 0.0)) for name in BANDS),
        clear=pixels.clear,
    )


def _chunk(pixels: BlockPixels) -> Image:
    """Room for a few pixels of each band."""
    image = _image(pixels)
    rooms = tuple(None if band is None else np.empty(CHUNK, band.dtype) for band in image.bands)
    return image._replace(bands=rooms, clear=np.empty(CHUNK, np.uint8))


def _table(
    recipe_by_site: Recipe | Sequence[Recipe], sites: Ints
) -> tuple[np.ndarray[Any, np.dtype[np.float32]], Ints]:
    """Each distinct recipe once, and which of them each site takes."""
    if isinstance(recipe_by_site, Recipe):
        return recipe_by_site.row[None], np.zeros(len(sites), np.int32)
    places: dict[Recipe, int] = {}
    recipe_of = np.array([places.setdefault(recipe_by_site[site], len(places)) for site in sites], np.int32)
    return np.array([recipe.row for recipe in places], np.float32).reshape(
        -1, len(Numbers._fields)
    ), recipe_of


def zonal_blocks(
    blocks: Iterable[BlockPixels],
    weights: Weights,
    recipe_by_site: Recipe | Sequence[Recipe],
    *,
    quantities: Sequence[str] = QUANTITIES,
) -> Moments:
    """Averages over each site from the blocks of one scene, which come in the order of rows.

    Sites that no block touches are left out. Arguments and errors as of `sums_of_block`.
    """
    return means_and_variances(
        merge(
            sums_of_block(
                block, weights.rows(block.row, block.end_row), recipe_by_site, quantities=quantities
            )
            for block in blocks
        )
    )


def merge(sums: Iterable[BlockSums]) -> BlockSums:
    """Sums of several blocks as one, added in the order in which they come: give them in the order of rows."""
    parts = list(sums)
    sites = np.unique(np.concatenate([np.empty(0, np.int32), *(part.sites for part in parts)]))
    merged = BlockSums(
        sites=sites,
        clear_px=np.zeros(len(sites)),
        weight=np.zeros((len(sites), len(QUANTITIES))),
        total=np.zeros((len(sites), len(QUANTITIES))),
        squares=np.zeros((len(sites), len(QUANTITIES))),
    )
    for part in parts:
        there = np.searchsorted(sites, part.sites)
        for name in ("clear_px", "weight", "total", "squares"):
            getattr(merged, name)[there] += getattr(part, name)
    return merged


def means_and_variances(sums: BlockSums) -> Moments:
    """Averages from sums; NaN where there is nothing to average."""
    mean, variance = moments(sums.weight, sums.total, sums.squares)
    return Moments(
        sites=sums.sites,
        clear_px=sums.clear_px,
        mean={name: mean[:, place] for name, place in OF.items()},
        variance={name: variance[:, place] for name, place in OF.items()},
    )


def moments(weight: Floats, total: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of the whole population; NaN where the weight is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(weight > 0, total / weight, np.nan)
        return mean, np.maximum(squares / weight - mean * mean, 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class ArrayStatistics:
    """Of one array over each site of weights."""

    count: Floats
    """(m,) coverage of pixels that have a value, in pixels"""
    mean: Floats
    """(m,) NaN where there is none"""
    variance: Floats
    """(m,) of the whole population; NaN where there is none"""


def zonal_array(values: np.ndarray[Any, Any], weights: Weights) -> ArrayStatistics:
    """Count, mean and variance of an array over each site.

    Args:
        values: float32 or float64 of the grid's shape; NaN is left out.
        weights: of that grid.

    Raises:
        GridMismatch: another shape.
    """
    if values.shape != weights.grid.shape:
        raise GridMismatch.because(
            "earth.array_off_grid", array=_told(values.shape), grid=_told(weights.grid.shape)
        )
    sums, pivots = np.zeros((3, len(weights))), _pivots(values, weights)
    sums_of_array(
        np.ascontiguousarray(values),
        pivots,
        weights.first_run,
        weights.runs,
        weights.first_cell,
        weights.cells,
        weights.shares,
        sums,
    )
    mean, variance = moments(*sums)
    return ArrayStatistics(count=sums[0], mean=pivots + mean, variance=variance)


def _pivots(values: np.ndarray[Any, Any], weights: Weights) -> Floats:
    """The value of each site's first pixel; 0 where there is none."""
    pivots = np.zeros(len(weights))
    for first, places in ((weights.first_cell, weights.cells), (weights.first_run, weights.runs)):
        has = np.flatnonzero(first[1:] > first[:-1])
        row, col = places[0, first[has]], places[1, first[has]]
        pivots[has] = values[row, col]
    return np.where(np.isfinite(pivots), pivots, 0.0)
