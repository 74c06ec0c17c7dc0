"""Does GDAL read what `tiledwriting` writes: absent tiles, shared tiles, several bands, one band?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio

from qingshan.earth.grid import Grid
from qingshan.earth.images.tiledwriting import ABSENT, Tiles, packed, write_tiles

SIDE = 64
GRID = Grid(crs="EPSG:32651", west=400_000.0, north=3_742_720.0, dx=20.0, dy=20.0, height=150, width=128)


def _tiles(bands: int, kind: type) -> tuple[Tiles, np.ndarray]:
    """Three rows of two tiles: one absent, two that share their bytes, others of their own."""
    drawn = np.random.default_rng(3).integers(1, 200, (4, SIDE, SIDE)).astype(kind)
    places = np.stack([np.array([[0, 1], [1, ABSENT], [2, 3]])] * bands)
    image = np.zeros((bands, 3 * SIDE, 2 * SIDE), kind)
    for band, row, col in np.argwhere(places != ABSENT):
        image[band, row * SIDE : (row + 1) * SIDE, col * SIDE : (col + 1) * SIDE] = drawn[
            places[band, row, col]
        ]
    tiles = Tiles(packed=[packed(each) for each in drawn], places=places, side=SIDE, kind=np.dtype(kind))
    return tiles, image[:, : GRID.height]


@pytest.mark.parametrize(("bands", "kind"), [(1, np.uint8), (1, np.int16), (3, np.int16), (4, np.uint16)])
def test_gdal_reads_what_was_written(bands: int, kind: type, tmp_path: Path) -> None:
    tiles, image = _tiles(bands, kind)
    write_tiles(tmp_path / "a.tif", GRID, tiles, nodata=0)
    with rasterio.open(tmp_path / "a.tif") as read:
        assert np.array_equal(read.read(), image)
        assert read.crs.to_epsg() == 32651
        assert read.nodata == 0
        assert read.transform == rasterio.Affine(20, 0, GRID.west, 0, -20, GRID.north)
        assert read.dtypes[0] == np.dtype(kind).name


def test_the_same_tiles_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.tif", "b.tif"):
        write_tiles(tmp_path / name, GRID, _tiles(2, np.int16)[0], nodata=None)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()


def test_an_image_without_any_tile_is_an_image_of_nothing(tmp_path: Path) -> None:
    nothing = Tiles(packed=[], places=np.full((1, 3, 2), ABSENT), side=SIDE, kind=np.dtype(np.int16))
    write_tiles(tmp_path / "a.tif", GRID, nothing, nodata=0)
    with rasterio.open(tmp_path / "a.tif") as read:
        assert not read.read().any()
