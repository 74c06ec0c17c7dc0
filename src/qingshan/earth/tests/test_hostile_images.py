"""Does every bad image end in a clear word or in an observation less, and never in a wrong number?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import LocalEngine
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scene, Scenes
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.sites import SiteSet
from qingshan.earth.tests import small_images as small

GOOD = small.DAYS[0]
BAD = date(2023, 8, 8)
SITES = SiteSet.of(small.SITES.sites[:3])


def seen(folder: Path, scenes: Scenes) -> SiteCube:
    return SiteCube.build(
        folder, sites=SITES, scenes=scenes, engine=LocalEngine(threads=1), block_rows=small.BLOCK
    )


def beside_a_good_one(folder: Path, bad: Scene) -> SiteCube:
    return seen(folder, Scenes.of([small.scene(GOOD), bad]))


def changed(**bands: Any) -> Scene:
    return small.scene(BAD, bands={**small.numbers(7), **bands})


def cut_short(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) * 2 // 3])


def in_another_crs(file: Path) -> None:
    with rasterio.open(file, "r+") as image:
        image.crs = "EPSG:32633"


def without_crs(file: Path) -> None:
    with rasterio.open(file) as image:
        told, values = image.profile, image.read()
    told.pop("crs")
    with rasterio.open(file, "w", **told) as image:
        image.write(values)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "when", "code"),
    [
        (cut_short, "before", "earth.scene_file_unreadable"),
        (cut_short, "after", "earth.scene_file_unreadable"),
        (Path.unlink, "before", "earth.scene_file_missing"),
        (Path.unlink, "after", "earth.scene_file_unreadable"),
        (without_crs, "before", "earth.scene_without_crs"),
        (emptied, "before", "earth.scene_file_unreadable"),
        (emptied, "after", "earth.scene_file_unreadable"),
    ],
)
def test_a_spoilt_file_costs_its_own_scene_only(
    tmp_path: Path, spoil: Callable[[Path], object], when: str, code: str
) -> None:
    """Before its header is read, and after it."""
    folder = write_scenes(tmp_path / "scenes", [small.scene(GOOD), small.scene(BAD)])
    file = folder / "s20230808.tif"
    if when == "before":
        spoil(file)
    scenes = Scenes.from_folder(folder)
    if when == "after":
        spoil(file)
    cube = seen(tmp_path / "cube", scenes)
    left_out = [*scenes.left_out, *cube.left_out]
    assert [each.scene for each in left_out] == ["s20230808"]
    assert left_out[0].because.code == code
    assert [series.scenes for series in cube.series_all()] == [("s20230501",)] * 3


def test_a_mask_in_another_reference_system_is_refused(tmp_path: Path) -> None:
    folder = write_scenes(tmp_path / "scenes", [small.scene(GOOD)])
    in_another_crs(folder / "s20230501_mask.tif")
    scenes = Scenes.from_folder(folder)
    assert [each.because.code for each in scenes.left_out] == ["earth.bands_in_two_crs"]


def test_a_scene_that_claims_to_lie_elsewhere_sees_nobody(tmp_path: Path) -> None:
    folder = write_scenes(tmp_path / "scenes", [small.scene(GOOD)])
    for file in folder.glob("*.tif"):
        in_another_crs(file)
    cube = seen(tmp_path / "cube", Scenes.from_folder(folder))
    assert [len(series) for series in cube.series_all()] == [0, 0, 0]


def test_a_band_of_zeros_costs_its_scene(tmp_path: Path) -> None:
    cube = beside_a_good_one(tmp_path, changed(nir=np.zeros(small.GRID.shape, np.uint16)))
    assert [(each.scene, each.because.code) for each in cube.left_out] == [
        ("s20230808", "earth.band_of_zeros")
    ]
    assert "nir" in cube.left_out[0].because.values.values()
    assert len(cube.series("one block row")) == 1


def test_swapped_bands_are_named_and_never_put_right(tmp_path: Path) -> None:
    bands = small.numbers(7)
    cube = beside_a_good_one(tmp_path, changed(red=bands["nir"], nir=bands["red"]))
    assert [scene.warning and scene.warning.code for scene in cube.scenes] == [None, "earth.scene_odd"]
    assert cube.series("one block row").inside.mean["ndvi"][1] < 0


def test_a_wrong_scale_is_named(tmp_path: Path) -> None:
    cube = seen(tmp_path, Scenes.of([small.scene(BAD, scale=1e-2)]))
    assert [scene.warning and scene.warning.code for scene in cube.scenes] == ["earth.scene_odd"]


@pytest.mark.parametrize("code", [0, 1, 3, 8, 9, 11])
def test_a_scene_of_clouds_is_an_observation_of_nothing(tmp_path: Path, code: int) -> None:
    cube = beside_a_good_one(tmp_path, small.scene(BAD, mask=np.full(small.GRID.shape, code, np.uint8)))
    for series in cube.series_all():
        assert series.inside.clear_px[1] == 0
        assert np.isnan(series.inside.mean["ndvi"][1])
        assert np.isfinite(series.inside.mean["ndvi"][0])


def test_saturated_pixels_are_not_averaged(tmp_path: Path) -> None:
    bright = small.numbers(7)["nir"]
    bright[::2] = 65535
    plain = seen(tmp_path / "plain", Scenes.of([changed()]))
    cube = seen(tmp_path / "bright", Scenes.of([changed(nir=bright)]))
    for one, other in zip(plain.series_all(), cube.series_all(), strict=True):
        assert 0.3 < other.inside.clear_px[0] / one.inside.clear_px[0] < 0.7
        assert other.inside.mean["ndvi"][0] == pytest.approx(one.inside.mean["ndvi"][0], abs=0.05)


def test_one_date_is_a_series_of_one(tmp_path: Path) -> None:
    assert [len(series) for series in seen(tmp_path, Scenes.of([small.scene(GOOD)])).series_all()] == [1] * 3


def test_two_scenes_of_a_day_are_two_observations_in_order_of_their_ids(tmp_path: Path) -> None:
    told = [small.scene(GOOD, id="b", seed=1), small.scene(GOOD, id="a", seed=2)]
    cube = seen(tmp_path / "one", Scenes.of(told))
    other = seen(tmp_path / "other", Scenes.of(reversed(told)))
    assert cube.series("one block row").scenes == ("a", "b")
    assert small.bits(cube.series_all()) == small.bits(other.series_all())


def test_a_scene_beside_all_sites_is_no_error(tmp_path: Path) -> None:
    far = Grid(crs="EPSG:32650", west=700_000.0, north=4_000_000.0, dx=10, dy=10, height=160, width=200)
    cube = seen(tmp_path, Scenes.of([small.scene(GOOD, grid=far)]))
    assert [len(series) for series in cube.series_all()] == [0, 0, 0]


def test_a_scene_in_degrees_is_seen_too(tmp_path: Path) -> None:
    lonlat = SITES.sites[1].shape.bounds
    grid = Grid(
        crs="EPSG:4326",
        west=lonlat[0] - 0.01,
        north=lonlat[3] + 0.01,
        dx=1e-4,
        dy=1e-4,
        height=300,
        width=300,
    )
    cube = seen(tmp_path, Scenes.of([small.scene(GOOD, grid=grid)]))
    assert len(cube.series("two block rows")) == 1
    assert cube.series("two block rows").inside.clear_px[0] > 100


def test_a_band_that_one_date_lacks_is_unknown_on_that_date(tmp_path: Path) -> None:
    lacking = {name: band for name, band in small.numbers(7).items() if name in ("red", "nir")}
    cube = beside_a_good_one(tmp_path, small.scene(BAD, bands=lacking))
    series = cube.series("one block row")
    assert np.isfinite(series.inside.mean["ndvi"]).all()
    assert np.isnan(series.inside.mean["nbr"]).tolist() == [False, True]
    stack = cube.stack("one block row")
    assert (stack.bands["swir2"][1] == -32768).all()
