"""Are the numbers of a block those of the files, and is every pixel without a number known as such?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qingshan.earth.errors import SceneRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.frames import frames_of
from qingshan.earth.images.masks import Mask
from qingshan.earth.images.reading import Block, read_block, runs_of, spans_of
from qingshan.earth.images.scenes import Layer, Scene, Scenes
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.sensors import GAOFEN, SENTINEL2, MaskScheme
from qingshan.earth.tests import small_images as small

MAY = date(2023, 5, 1)
EVERYTHING = [(0, small.GRID.width)]


def wanted(row: int, end_row: int, spans: Any) -> Any:
    """Whole stretches of some rows."""
    told = [(at, first, end - first) for at in range(row, end_row) for first, end in spans]
    return runs_of(*np.array(told).T)


def read(
    scene: Scene, *, frame: Grid = small.GRID, row: int = 0, end_row: int = 64, spans: Any = EVERYTHING
) -> Block:
    runs = wanted(row, end_row, spans)
    return read_block(
        scene, frame=frame, row=row, end_row=end_row, runs=runs, spans=spans_of(runs, width=frame.width)
    )


def from_disk(folder: Path, scene: Scene) -> Scene:
    (found,) = Scenes.from_folder(write_scenes(folder, [scene]))
    return found


def test_numbers_are_those_of_the_file_wherever_they_are_wanted(tmp_path: Path) -> None:
    scene = small.scene(MAY)
    block = read(from_disk(tmp_path, scene), row=64, end_row=128, spans=[(0, 30), (120, 200)])
    for name, band in block.pixels.bands.items():
        values = scene.bands[name].values
        assert values is not None
        assert band.dtype == np.uint16
        assert np.array_equal(band[:, :30], values[64:128, :30])
        assert np.array_equal(band[:, 120:], values[64:128, 120:])
    assert not block.pixels.clear[:, 30:120].any()
    assert (block.pixels.row, block.pixels.end_row) == (64, 128)
    assert block.pixels.scale["red"] == 1e-4


def test_memory_and_disk_give_the_same(tmp_path: Path) -> None:
    scene = small.scene(MAY)
    one, other = read(scene), read(from_disk(tmp_path, scene))
    assert np.array_equal(one.stack, other.stack)
    assert np.array_equal(one.pixels.clear, other.pixels.clear)


def test_coarser_bands_are_repeated() -> None:
    coarse = np.arange(80 * 100, dtype=np.uint16).reshape(80, 100) + 1
    plain = small.scene(MAY)
    bands = {**plain.bands, "swir1": Layer(values=coarse, factor=2)}
    scene = Scene(id="a", day=MAY, sensor=SENTINEL2, grid=small.GRID, bands=bands)
    block = read(scene, row=7, end_row=20, spans=[(3, 50)])
    whole = np.repeat(np.repeat(coarse, 2, 0), 2, 1)
    assert np.array_equal(block.pixels.bands["swir1"][:, 3:50], whole[7:20, 3:50])


def test_what_is_no_measurement_is_known_as_such() -> None:
    bands = small.numbers(1)
    bands["red"][0, 0] = 0
    bands["nir"][0, 1] = 65535
    mask = np.full(small.GRID.shape, 4, np.uint8)
    mask[0, 2:5] = (3, 9, 11)
    codes = read(small.scene(MAY, bands=bands, mask=mask)).pixels.clear
    assert codes[0, :6].tolist() == [
        Mask.NODATA,
        Mask.SATURATED,
        Mask.SHADOW,
        Mask.CLOUD,
        Mask.SNOW,
        Mask.CLEAR,
    ]


def test_a_number_for_no_data_is_told_by_file_or_description() -> None:
    bands = small.numbers(1)
    bands["red"][0, 0] = 9999
    scene = small.scene(MAY, bands=bands, mask=None, sensor=GAOFEN, nodata=9999)
    assert scene.scheme is MaskScheme.NONE
    codes = read(scene).pixels.clear
    assert codes[0, 0] == Mask.NODATA
    assert (codes.ravel()[1:] == Mask.CLEAR).all()


def test_zero_in_all_bands_is_no_data_and_zero_in_one_is_a_number_of_other_sensors() -> None:
    bands = small.numbers(1)
    for band in bands.values():
        band[0, 0] = 0
    bands["red"][0, 1] = 0
    codes = read(small.scene(MAY, bands=bands, mask=None, sensor=GAOFEN)).pixels.clear
    assert codes[0, :3].tolist() == [Mask.NODATA, Mask.CLEAR, Mask.CLEAR]


def test_reflectances_become_steps_and_nan_is_no_data() -> None:
    bands = {name: (band * 1e-4).astype(np.float32) for name, band in small.numbers(1).items()}
    bands["nir"][0, 0] = np.nan
    bands["nir"][0, 1] = np.inf
    block = read(small.scene(MAY, bands=bands, mask=None, scale=1.0, offset=0.0))
    assert block.stack.dtype == np.int16
    assert np.array_equal(block.pixels.bands["red"], small.numbers(1)["red"][:64])
    assert block.pixels.clear[0, :3].tolist() == [Mask.NODATA, Mask.NODATA, Mask.CLEAR]


def test_bands_of_different_kinds_come_to_one_kind() -> None:
    bands: dict[str, Any] = small.numbers(1)
    bands["blue"] = bands["blue"].astype(np.int16)
    block = read(small.scene(MAY, bands=bands))
    assert block.stack.dtype == np.int16
    assert np.array_equal(block.pixels.bands["blue"], bands["blue"][:64])


def test_a_scene_that_lies_askew_by_whole_pixels_is_read_in_its_place() -> None:
    moved = Grid(crs="EPSG:32650", west=500_100.0, north=3_999_950.0, dx=10, dy=10, height=160, width=200)
    scene = small.scene(MAY, grid=moved)
    (frame,) = frames_of([small.scene(date(2023, 4, 1)), scene])
    assert frame.grid.shape == (165, 210)
    block = read(scene, frame=frame.grid, row=0, end_row=20, spans=[(0, 210)])
    values = scene.bands["red"].values
    assert values is not None
    assert not block.pixels.clear[:5].any()
    assert not block.pixels.clear[:, :10].any()
    assert np.array_equal(block.pixels.bands["red"][5:, 10:], values[:15])


def test_scenes_of_other_pixels_or_places_lie_in_frames_of_their_own() -> None:
    half = Grid(crs="EPSG:32650", west=500_005.0, north=4_000_000.0, dx=10, dy=10, height=160, width=200)
    far = Grid(crs="EPSG:32650", west=600_000.0, north=4_000_000.0, dx=10, dy=10, height=160, width=200)
    grids = [small.GRID, half, far]
    frames = frames_of([small.scene(MAY, id=str(at), grid=grid) for at, grid in enumerate(grids)])
    assert {frame.grid for frame in frames} == set(grids)
    assert [frame.key for frame in frames] == sorted(grid.key for grid in grids)


def cut_short(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) // 2])


def test_a_truncated_file_is_refused_by_scene_and_file(tmp_path: Path) -> None:
    scene = from_disk(tmp_path, small.scene(MAY))
    cut_short(tmp_path / "s20230501.tif")
    with pytest.raises(SceneRefused) as refusal:
        read(scene)
    assert refusal.value.code == "earth.scene_file_unreadable"
    assert "s20230501.tif" in refusal.value.say()


def test_a_file_that_was_replaced_by_a_smaller_one_is_refused(tmp_path: Path) -> None:
    scene = from_disk(tmp_path, small.scene(MAY))
    other = Grid(crs="EPSG:32650", west=5e5, north=4e6, dx=10, dy=10, height=80, width=80)
    from_disk(tmp_path, small.scene(MAY, grid=other))
    with pytest.raises(SceneRefused) as refusal:
        read(scene)
    assert refusal.value.code == "earth.scene_size"


def test_arrays_of_another_size_than_their_grid_are_refused() -> None:
    bands = {**small.numbers(1), "nir": np.ones((160, 199), np.uint16)}
    with pytest.raises(SceneRefused) as refusal:
        read(small.scene(MAY, bands=bands))
    assert refusal.value.code == "earth.scene_size"
