"""How do pixels come out of files? Some rows of one scene, only the columns that are wanted, each block once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import local
from typing import Any

import numpy as np
import rasterio

from qingshan.earth.grid import Grid
from qingshan.earth.images.codes import Coarse, Looked, Runs, look, spread
from qingshan.earth.images.pixels import BlockPixels
from qingshan.earth.images.scenes import Layer, Scene
from qingshan.earth.images.sources import GDAL, STEP, VOID, Place, Source, Span

__all__ = ["STEP", "VOID", "Block", "Buffers", "read_block", "runs_of", "spans_of"]

Array = np.ndarray[Any, Any]
COLUMN_BLOCK = 512  # columns that are decoded together


@dataclass(frozen=True, kw_only=True, eq=False)
class Block:
    """Some rows of one scene on its frame, read."""

    pixels: BlockPixels
    stack: Array
    """(bands, rows, columns) the arrays of `pixels.bands`, in their order"""
    looked: Looked


class Buffers(local):
    """Memory that each thread uses again and again: fresh memory costs a tenth of decoding into it."""

    def __init__(self) -> None:
        self._held: dict[str, Array] = {}

    def array(self, name: str, shape: tuple[int, ...], kind: type) -> Array:
        """An array that holds what it held before; one of the same name is overwritten."""
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        if name not in self._held or self._held[name].nbytes < size:
            self._held[name] = np.empty(size, np.uint8)
        return self._held[name][:size].view(kind).reshape(shape)


def runs_of(rows: Array, cols: Array, lengths: Array) -> Runs:
    """Wanted pixels as runs in order of row and column; those that touch or overlap are joined."""
    if not len(rows):
        return np.empty((3, 0), np.int32)
    stride = int((cols + lengths).max()) + 1  # rows never touch
    start = rows.astype(np.int64) * stride + cols
    order = np.argsort(start, kind="stable")
    start = start[order]
    end = np.maximum.accumulate(start + lengths[order])
    is_new = np.concatenate([[True], start[1:] > end[:-1]])
    first = start[is_new]
    last = end[np.concatenate([is_new[1:], [True]])]
    return np.ascontiguousarray(np.stack([first // stride, first % stride, last - first]).astype(np.int32))


def spans_of(runs: Runs, *, width: int) -> list[Span]:
    """The columns that are decoded for some pixels: whole blocks of columns, neighbours joined."""
    wanted = np.zeros(-(-width // COLUMN_BLOCK) + 1, np.int64)
    np.add.at(wanted, runs[1] // COLUMN_BLOCK, 1)
    np.add.at(wanted, (runs[1] + runs[2] - 1) // COLUMN_BLOCK + 1, -1)
    used = np.cumsum(wanted) > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], used, [False]]).astype(np.int8)))
    return [
        (int(begin) * COLUMN_BLOCK, min(width, int(stop) * COLUMN_BLOCK))
        for begin, stop in zip(edges[::2], edges[1::2], strict=True)
    ]


def read_block(
    scene: Scene,
    *,
    frame: Grid,
    row: int,
    end_row: int,
    runs: Runs,
    spans: Sequence[Span],
    buffers: Buffers | None = None,
) -> Block:
    """Rows of a scene, of which only `spans` of columns are decoded and only `runs` of pixels are made ready.

    Bands whose files hold one kind of 16-bit integers are kept as they are; others become int16 steps of 1e-4
    of reflectance. Pixels that are not wanted are no data in the mask, and may be anything in the bands.

    Args:
        scene: lies on the pixels of `frame`.
        frame: the grid on which rows and columns count.
        row: first row.
        end_row: the one after the last.
        runs: wanted pixels, as from `runs_of`.
        spans: columns that hold them all, as from `spans_of`.
        buffers: memory to use again: the next block of the thread overwrites this one.

    Raises:
        SceneRefused: a file is missing, damaged, or no longer what its header said.
    """
    buffers = buffers or Buffers()
    place = Place.of(scene.grid, frame, rows=(row, end_row), spans=spans)
    with rasterio.Env(**GDAL):
        sources = [Source.open(layers, scene) for layers in _by_file(scene)]
        kind = _kind_of([source.kind for source in sources])
        names = [name for source in sources for name, _ in source.layers]
        shape = (end_row - row, frame.width)
        stack = buffers.array("stack", (len(names), *shape), kind or np.int16)
        runs = _on_scene(runs, place, scene.grid, row)
        at = 0
        for source in sources:
            _fill(
                stack[at : at + len(source.layers)],
                source,
                place,
                runs,
                buffers,
                row=row,
                is_stepped=kind is None,
            )
            at += len(source.layers)
        mask = _mask(scene, place, buffers)
    nodata = [numbers for source in sources for numbers in source.nodata(is_stepped=kind is None)]
    codes = buffers.array("codes", shape, np.uint8)
    looked = look(
        stack, codes, mask, scheme=scene.scheme, nodata=np.array(nodata, np.int32), runs=runs, row=row
    )
    layers = scene.bands
    pixels = BlockPixels(
        row=row,
        bands=dict(zip(names, stack, strict=True)),
        clear=codes,
        scale={name: layers[name].scale if kind else STEP for name in names},
        offset={name: layers[name].offset if kind else 0.0 for name in names},
    )
    return Block(pixels=pixels, stack=stack, looked=looked)


def _by_file(scene: Scene) -> Iterator[list[tuple[str, Layer]]]:
    """Bands that share a file are read together, so that no block is decoded twice."""
    files: dict[object, list[tuple[str, Layer]]] = {}
    for name, layer in scene.bands.items():
        files.setdefault((layer.file, None if layer.file else name), []).append((name, layer))
    yield from files.values()


def _kind_of(kinds: Sequence[np.dtype[Any]]) -> type | None:
    """The kind of integers in which all bands fit as they are; None: they have to be stepped."""
    if set(kinds) <= {np.dtype(np.uint8), np.dtype(np.uint16)}:
        return np.uint16
    if set(kinds) <= {np.dtype(np.uint8), np.dtype(np.int16)}:
        return np.int16
    return None


def _on_scene(runs: Runs, place: Place, grid: Grid, row: int) -> Runs:
    """The part of runs that lies on the scene, where it does not cover its frame."""
    first = np.maximum(runs[1], place.right)
    end = np.minimum(runs[1] + runs[2], place.right + grid.width)
    at = runs[0] - row - place.down
    there = (first < end) & (at >= 0) & (at < grid.height)
    if there.all() and np.array_equal(first, runs[1]) and np.array_equal(end - first, runs[2]):
        return runs
    return runs_of(runs[0][there], first[there], (end - first)[there])


def _fill(
    bands: Array, source: Source, place: Place, runs: Runs, buffers: Buffers, *, row: int, is_stepped: bool
) -> None:
    """The bands of one file; coarser ones are spread over the wanted pixels only."""
    if source.factor == 1:
        source.read_into(bands, place, down=place.down, right=place.right, is_stepped=is_stepped)
        return
    layers = _coarse(source, place, bands.dtype, buffers, name="coarse", is_stepped=is_stepped)
    for band, coarse in zip(bands, layers, strict=True):
        spread(coarse.values, coarse.factor, coarse.row, coarse.col, runs, row, band)


def _coarse(
    source: Source, place: Place, kind: np.dtype[Any], buffers: Buffers, *, name: str, is_stepped: bool
) -> list[Coarse]:
    """The layers of a file on their own pixels; columns that nobody wants hold what they held before."""
    first, end = place.coarse_rows(source.factor)
    width = -(-max((stop for _, stop in place.spans), default=0) // source.factor)
    values = buffers.array(name, (len(source.layers), end - first, width), kind.type)
    source.read_into(values, place, down=-first, right=0, is_stepped=is_stepped)
    return [
        Coarse(values=each, factor=source.factor, row=first * source.factor + place.down, col=place.right)
        for each in values
    ]


def _mask(scene: Scene, place: Place, buffers: Buffers) -> Coarse | None:
    if scene.mask is None:
        return None
    source = Source.open([("mask", scene.mask)], scene)
    kind = np.dtype(np.uint8 if source.kind == np.uint8 else np.uint16)
    return _coarse(source, place, kind, buffers, name="mask", is_stepped=False)[0]
