"""Are averages straight from the scenes those of a cube?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import LocalEngine
from qingshan.earth.errors import GridMismatch
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.measures.scanning import zonal
from qingshan.earth.measures.weights import weights
from qingshan.earth.tests import small_images as small


@pytest.mark.parametrize("threads", [1, 3])
def test_a_scan_and_a_cube_agree_to_the_bit(tmp_path: Path, threads: int) -> None:
    scenes = small.scenes()
    cube = SiteCube.build(
        tmp_path, sites=small.SITES, scenes=scenes, engine=LocalEngine(threads=1), block_rows=small.BLOCK
    )
    scan = zonal(
        scenes,
        weights(small.GRID, small.SITES),
        engine=LocalEngine(threads=threads),
        block_rows=small.BLOCK,
    )
    assert list(scan.moments) == [scene.id for scene in scenes]
    for at, moments in enumerate(scan.moments.values()):
        for place, number in enumerate(moments.sites.tolist()):
            inside = cube.series_all()[number].inside
            for name, values in inside.mean.items():
                assert np.array_equal(values[at], moments.mean[name][place], equal_nan=True)


def test_a_bad_scene_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    folder = small.folder_of(tmp_path, small.DAYS[:2])
    scenes = Scenes.from_folder(folder)
    (folder / "s20230501.tif").write_bytes(b"")
    scan = zonal(scenes, weights(small.GRID, small.SITES))
    assert [each.scene for each in scan.left_out] == ["s20230501"]
    assert list(scan.moments) == ["s20230610"]


def test_scenes_of_other_pixels_are_refused() -> None:
    far = Grid(crs="EPSG:32650", west=550_005.0, north=4_000_000.0, dx=10, dy=10, height=160, width=200)
    scenes = Scenes.of([small.scene(date(2023, 5, 1), grid=far)])
    with pytest.raises(GridMismatch) as refusal:
        zonal(scenes, weights(small.GRID, small.SITES))
    assert refusal.value.code == "earth.scene_on_other_grid"
