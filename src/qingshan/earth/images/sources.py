"""How is a file opened and some of its rows decoded, so that no block is decoded twice and every fault has a name?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import local
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import RasterioError
from rasterio.windows import Window as FileWindow

from qingshan.earth.errors import SceneRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.codes import NEVER
from qingshan.earth.images.frames import shift
from qingshan.earth.images.scenes import Layer, Scene

Array = np.ndarray[Any, Any]
Span = tuple[int, int]
"""first row or column and the one after the last"""

STEP = 1e-4
"""Reflectance of one step where pixels are not kept as their file has them."""
VOID = -32768
"""No data where pixels are not kept as their file has them."""
MOST = 65535  # of any 16-bit integer
GDAL = {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "GDAL_NUM_THREADS": "1", "GDAL_CACHEMAX": 256}
"""No look round for side-cars, no threads of its own, and a bounded cache (megabytes)."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which part of a scene is read, and where it lies on the strip of a frame."""

    rows: Span
    """of the scene's grid"""
    spans: tuple[Span, ...]
    """columns of the scene's grid"""
    down: int
    """row of the strip on which the scene's first row lies"""
    right: int
    """column of the frame on which the scene's first column lies"""

    @classmethod
    def of(cls, grid: Grid, frame: Grid, *, rows: Span, spans: Sequence[Span]) -> Place:
        """Where rows and columns of a frame lie on a scene's grid; rows may be none."""
        down, right = map(round, shift(grid, frame))
        inside = [(max(0, first - right), min(grid.width, end - right)) for first, end in spans]
        first_row = min(max(0, rows[0] - down), grid.height)
        return cls(
            rows=(first_row, max(first_row, min(grid.height, rows[1] - down))),
            spans=tuple((first, end) for first, end in inside if first < end),
            down=down - rows[0],
            right=right,
        )

    def coarse_rows(self, factor: int) -> Span:
        return self.rows[0] // factor, -(-self.rows[1] // factor)


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """One file, opened by and for one thread, or one array in memory."""

    scene: str
    layers: Sequence[tuple[str, Layer]]
    image: Any
    """rasterio's dataset; None in memory"""
    kind: np.dtype[Any]
    tagged: float | None
    """number for no data that the file tells"""

    @property
    def factor(self) -> int:
        return self.layers[0][1].factor

    @classmethod
    def open(cls, layers: Sequence[tuple[str, Layer]], scene: Scene) -> Source:
        """Raises SceneRefused where the file is gone or another than its header said."""
        layer = layers[0][1]
        if layer.values is not None:
            _refuse_size(layer.values.shape, layer, scene)
            return cls(scene=scene.id, layers=layers, image=None, kind=layer.values.dtype, tagged=None)
        with _refusing(scene.id, layer):
            image = _KEPT.opened(Path(str(layer.file)))
        _refuse_size(image.shape, layer, scene)
        kind = np.result_type(*(image.dtypes[each.number - 1] for _, each in layers))
        return cls(scene=scene.id, layers=layers, image=image, kind=kind, tagged=image.nodata)

    def nodata(self, *, is_stepped: bool) -> list[tuple[int, int]]:
        """For each layer the two numbers that may stand for nothing."""
        if is_stepped:
            return [(VOID, NEVER)] * len(self.layers)
        return [(_whole(layer.nodata), _whole(self.tagged)) for _, layer in self.layers]

    def read_into(self, target: Array, place: Place, *, down: int, right: int, is_stepped: bool) -> None:
        """Decodes what `place` names, in the layer's own pixels.

        Args:
            target: (layers, rows, columns).
            place: what is wanted.
            down: row of the target on which the layer's first row lies.
            right: column of the target on which its first column lies.
            is_stepped: reflectances in steps instead of the file's numbers.

        Raises:
            SceneRefused: blocks are damaged.
        """
        first_row, end_row = place.coarse_rows(self.factor)
        if first_row == end_row:
            return
        for span in place.spans:
            first, end = span[0] // self.factor, -(-span[1] // self.factor)
            part = target[:, first_row + down : end_row + down, first + right : end + right]
            if self.image is not None and target.dtype == self.kind and not is_stepped:
                self._read((first_row, end_row), (first, end), out=part)
            else:
                numbers = self._read((first_row, end_row), (first, end))
                part[...] = self._stepped(numbers) if is_stepped else numbers

    def _read(self, rows: Span, cols: Span, *, out: Array | None = None) -> Array:
        if self.image is None:
            values = [layer.values for _, layer in self.layers]
            return np.stack([each[slice(*rows), slice(*cols)] for each in values if each is not None])
        window = FileWindow(cols[0], rows[0], cols[1] - cols[0], rows[1] - rows[0])
        with _refusing(self.scene, self.layers[0][1]):
            return np.asarray(
                self.image.read([layer.number for _, layer in self.layers], window=window, out=out)
            )

    def _stepped(self, numbers: Array) -> Array:
        """Reflectance in whole steps; what is no number, or stands for nothing, becomes VOID."""
        stepped = np.empty(numbers.shape, np.int16)
        for at, (_, layer) in enumerate(self.layers):
            told = numbers[at].astype(np.float64)
            void = ~np.isfinite(told)
            for nothing in (layer.nodata, self.tagged):
                if nothing is not None:
                    void |= told == nothing
            steps = np.rint((np.where(void, 0, told) * layer.scale + layer.offset) / STEP)
            stepped[at] = np.where(void, VOID, np.clip(steps, VOID + 1, -VOID - 1))
        return stepped


class _Kept(local):
    """The files that a thread read last stay open: their next rows come next, and a directory of tiles is long."""

    def __init__(self) -> None:
        self._images: dict[tuple[str, int, int, int], Any] = {}

    def opened(self, file: Path) -> Any:
        """rasterio's dataset; opened anew where the file was replaced."""
        told = file.stat()
        key = (str(file), told.st_ino, told.st_size, told.st_mtime_ns)
        image = self._images.pop(key, None) or rasterio.open(file)
        self._images[key] = image
        while len(self._images) > MOST_OPEN:
            self._images.pop(next(iter(self._images))).close()
        return image


_KEPT = _Kept()
MOST_OPEN = 16
"""files that a thread keeps open: as many as a scene may have"""


@contextmanager
def _refusing(scene: str, layer: Layer) -> Iterator[None]:
    """Turns what GDAL says of a damaged file into a refusal that names it."""
    try:
        yield
    except (RasterioError, OSError) as fault:
        raise SceneRefused.because(
            "earth.scene_file_unreadable", scene=scene, file=layer.name, fault=str(fault)
        ) from fault


def _refuse_size(size: tuple[int, ...], layer: Layer, scene: Scene) -> None:
    wanted = tuple(-(-side // layer.factor) for side in scene.grid.shape)
    if size != wanted:
        raise SceneRefused.because(
            "earth.scene_size",
            scene=scene.id,
            file=layer.name,
            size=" × ".join(map(str, size[::-1])),
            wanted=" × ".join(map(str, wanted[::-1])),
        )


def _whole(number: float | None) -> int:
    """A number for no data as an integer; one that no integer band can hold never occurs."""
    is_possible = number is not None and float(number).is_integer() and abs(number) <= MOST
    return int(number) if is_possible and number is not None else NEVER
