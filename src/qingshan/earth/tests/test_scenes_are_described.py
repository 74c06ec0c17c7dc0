"""Is every scene of a description found, or named with what is wrong with it?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from qingshan.earth.errors import ScenesRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scene, Scenes
from qingshan.earth.sensors import LANDSAT, SENTINEL2, MaskScheme, Sensor
from qingshan.earth.tests import small_images as small

MAY = date(2023, 5, 1)


def tif(path: Path, *, grid: Grid = small.GRID, count: int = 1, crs: str | None = "", **options: Any) -> Path:
    """A file of ones; `crs` None leaves it out."""
    shape = (count, grid.height, grid.width)
    told = {
        "transform": rasterio.Affine(grid.dx, 0, grid.west, 0, -grid.dy, grid.north),
        "crs": grid.crs if crs == "" else crs,
        **options,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="uint16",
        count=count,
        height=grid.height,
        width=grid.width,
        **told,
    ) as image:
        image.write(np.ones(shape, np.uint16))
    return path


COARSE = Grid(crs="EPSG:32650", west=500_000.0, north=4_000_000.0, dx=20.0, dy=20.0, height=80, width=100)


def described(folder: Path, text: str) -> Scenes:
    (folder / "scenes.toml").write_text(text, encoding="utf-8")
    return Scenes.from_folder(folder)


ONE = """
[[scene]]
id = "a"
day = 2023-05-01
sensor = "sentinel-2-msi"
file = "a.tif"
bands = { red = 1, nir = 2 }
"""


def test_scenes_stand_one_by_one_with_bands_by_number_or_by_file(tmp_path: Path) -> None:
    tif(tmp_path / "a.tif", count=2)
    tif(tmp_path / "a_swir.tif", grid=COARSE)
    tif(tmp_path / "a_scl.tif", grid=COARSE)
    (scene,) = described(
        tmp_path,
        ONE.replace("nir = 2", 'nir = 2, swir1 = { file = "a_swir.tif", scale = 0.5, offset = 1.0 }')
        + 'mask = { file = "a_scl.tif" }\n',
    )
    assert (scene.id, scene.day, scene.grid, scene.sensor) == ("a", MAY, small.GRID, SENTINEL2)
    assert scene.scheme is MaskScheme.SENTINEL2_SCL
    assert [(layer.number, layer.factor, layer.scale) for layer in scene.bands.values()] == [
        (1, 1, 1e-4),
        (2, 1, 1e-4),
        (1, 2, 0.5),
    ]


def test_scenes_are_told_by_the_names_of_their_files(tmp_path: Path) -> None:
    for id_ in ("T50_20230501", "T50_20230610"):
        for band in ("B04", "B08", "SCL"):
            tif(tmp_path / "images" / f"{id_}_{band}.tif")
    scenes = described(
        tmp_path,
        """
        [[pattern]]
        files = "images/{id}_{band}.tif"
        sensor = "sentinel-2-msi"
        bands = { red = "B04", nir = "B08" }
        mask = { band = "SCL" }
        """,
    )
    assert [(scene.id, scene.day) for scene in scenes] == [
        ("T50_20230501", MAY),
        ("T50_20230610", date(2023, 6, 10)),
    ]
    assert [layer.name for layer in scenes.scenes[0].bands.values()] == [
        "T50_20230501_B04.tif",
        "T50_20230501_B08.tif",
    ]


def test_a_pattern_may_tell_the_day_and_number_bands_of_one_file(tmp_path: Path) -> None:
    tif(tmp_path / "gf_2023-05-01.tif", count=4)
    (scene,) = described(
        tmp_path,
        """
        [[pattern]]
        files = "gf_{day}.tif"
        sensor = "our-own"
        bands = { blue = 1, green = 2, red = 3, nir = 4 }

        [sensors.our-own]
        pixel_m = 8.0
        geolocation_error_m = 10.0
        mask = "none"
        scale = 1e-4
        offset = 0.0
        min_clear_px = 9.0
        min_clear_share = 0.6
        """,
    )
    assert (scene.day, scene.sensor.name, scene.scheme) == (MAY, "our-own", MaskScheme.NONE)
    assert [layer.number for layer in scene.bands.values()] == [1, 2, 3, 4]


def test_a_scene_that_cannot_be_used_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    tif(tmp_path / "a.tif", count=2)
    bad = {
        "gone": ("gone.tif", "earth.scene_file_missing"),
        "no crs": ("nocrs.tif", "earth.scene_without_crs"),
        "south up": ("south.tif", "earth.grid_rotated"),
        "one band": ("one.tif", "earth.band_not_in_file"),
        "no image": ("text.tif", "earth.scene_file_unreadable"),
    }
    tif(tmp_path / "nocrs.tif", count=2, crs=None)
    tif(tmp_path / "south.tif", count=2, transform=rasterio.Affine(10, 0, 5e5, 0, 10, 4e6))
    tif(tmp_path / "one.tif", count=1)
    (tmp_path / "text.tif").write_text("no image")
    parts = [ONE, *(ONE.replace('"a"', f'"{id_}"').replace("a.tif", file) for id_, (file, _) in bad.items())]
    scenes = described(tmp_path, "".join(parts))
    assert [scene.id for scene in scenes] == ["a"]
    assert {each.scene: each.because.code for each in scenes.left_out} == {
        id_: code for id_, (_, code) in bad.items()
    }


@pytest.mark.parametrize(
    ("grid", "options", "code"),
    [
        (COARSE, {"crs": "EPSG:32649"}, "earth.bands_in_two_crs"),
        (COARSE, {"transform": rasterio.Affine(20, 0, 500_005, 0, -20, 4e6)}, "earth.bands_do_not_fit"),
        (COARSE, {"transform": rasterio.Affine(15, 0, 5e5, 0, -15, 4e6)}, "earth.bands_do_not_fit"),
        (Grid(crs="EPSG:32650", west=5e5, north=4e6, dx=10, dy=10, height=99, width=200), {},
         "earth.bands_do_not_fit"),
    ],
)  # fmt: skip
def test_bands_that_do_not_fit_together_are_refused(
    tmp_path: Path, grid: Grid, options: dict[str, Any], code: str
) -> None:
    tif(tmp_path / "a.tif", count=1)
    tif(tmp_path / "b.tif", grid=grid, **options)
    scenes = described(tmp_path, ONE.replace("nir = 2", 'nir = "b.tif"'))
    assert [each.because.code for each in scenes.left_out] == [code]


def test_a_scene_without_red_or_near_infrared_is_left_out(tmp_path: Path) -> None:
    tif(tmp_path / "a.tif", count=2)
    scenes = described(tmp_path, ONE.replace("nir = 2", "blue = 2"))
    assert [each.because.code for each in scenes.left_out] == ["earth.band_missing"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[scene]\n", "earth.description_unreadable"),
        ("", "earth.no_scenes"),
        (ONE + ONE, "earth.scene_doubled"),
        (ONE.replace("sentinel-2-msi", "spot"), "earth.sensor_unknown"),
        (ONE.replace("red = 1", "pink = 1, red = 1"), "earth.band_unknown"),
        (ONE.replace("day = 2023-05-01", 'day = "soon"'), "earth.scene_day"),
        (ONE.replace('id = "a"', ""), "earth.scene_incomplete"),
        (ONE + '[[pattern]]\nfiles = "x.tif"\n', "earth.pattern_incomplete"),
        (ONE + "[sensors.x]\npixel_m = 1.0\n", "earth.sensor_incomplete"),
        (ONE + 'mask = { file = "a.tif", scheme = "guess" }\n', "earth.mask_unknown"),
    ],
)
def test_a_description_that_is_wrong_is_refused(tmp_path: Path, text: str, code: str) -> None:
    tif(tmp_path / "a.tif", count=2)
    with pytest.raises(ScenesRefused) as refusal:
        described(tmp_path, text)
    assert refusal.value.code == code
    assert "{" not in refusal.value.say().replace("{id}", "").replace("{day}", "")


def test_a_folder_without_a_description_says_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(ScenesRefused) as refusal:
        Scenes.from_folder(tmp_path)
    assert refusal.value.code == "earth.description_missing"
    assert "scenes.toml" in refusal.value.say()


def test_scenes_are_in_order_of_day_and_id_however_they_are_told() -> None:
    days = [date(2023, 9, 1), MAY, date(2023, 7, 1)]
    told = [small.scene(day, id=id_) for day, id_ in zip([*days, MAY], "dbca", strict=True)]
    scenes = Scenes.of(told)
    assert [scene.id for scene in scenes] == ["a", "b", "c", "d"]
    assert [scene.stamp for scene in Scenes.of(reversed(told))] == [scene.stamp for scene in scenes]


def test_two_scenes_of_a_day_are_two_observations_but_one_id_is_refused() -> None:
    assert len(Scenes.of([small.scene(MAY, id="a"), small.scene(MAY, id="b")])) == 2
    with pytest.raises(ScenesRefused) as refusal:
        Scenes.of([small.scene(MAY, id="a"), small.scene(MAY, id="a")])
    assert refusal.value.code == "earth.scene_doubled"


def test_a_stack_in_memory_names_its_scenes_by_sensor_and_day() -> None:
    bands = {name: np.ones((3, *small.GRID.shape), np.uint16) for name in ("red", "nir")}
    days = [date(2023, 6, 1), MAY, MAY]
    scenes = Scenes.from_arrays(days=days, sensor=SENTINEL2, grid=small.GRID, bands=bands)
    assert [scene.id for scene in scenes] == [
        "sentinel-2-msi-20230501",
        "sentinel-2-msi-20230501-2",
        "sentinel-2-msi-20230601",
    ]


def test_scenes_that_are_written_are_read_the_same(tmp_path: Path) -> None:
    own = Sensor(
        name="our-own", pixel_m=10.0, geolocation_error_m=5.0, mask=MaskScheme.CLEAR_IS_ONE,
        scale=1.0, offset=0.0, min_clear_px=4.0, min_clear_share=0.5,
    )  # fmt: skip
    reflectance = {name: band * np.float32(1e-4) for name, band in small.numbers(1).items()}
    told = Scenes.of([small.scene(MAY), small.scene(MAY, id="own", sensor=own, bands=reflectance)])
    from qingshan.earth.images.scenewriting import write_scenes

    read = Scenes.from_folder(write_scenes(tmp_path / "out", told))
    assert [(scene.id, scene.day, scene.sensor, scene.grid, scene.scheme) for scene in read] == [
        (scene.id, scene.day, scene.sensor, scene.grid, scene.scheme) for scene in told
    ]


# ── STAC ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def item(id: str, assets: dict[str, Any], *, collection: str = "sentinel-2-l2a", **properties: Any) -> dict:
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": id,
        "collection": collection,
        "geometry": None,
        "properties": {"datetime": "2023-05-01T03:10:00Z", **properties},
        "links": [],
        "assets": assets,
    }


def asset(href: str, common: str = "", **fields: Any) -> dict[str, Any]:
    bands = {"eo:bands": [{"name": "x", "common_name": common}]} if common else {}
    return {"href": href, "type": "image/tiff; application=geotiff", **bands, **fields}


def collection(path: Path, *items: dict[str, Any]) -> Scenes:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}))
    return Scenes.from_stac(path)


def sentinel(tmp_path: Path, **properties: Any) -> Scene:
    for name in ("B04", "B08", "B8A", "SCL", "TCI"):
        tif(tmp_path / "s2" / f"{name}.tif", grid=COARSE if name == "SCL" else small.GRID)
    scaled = [{"scale": 0.0001, "offset": -0.1, "nodata": 0}]
    told = item(
        "S2A_1",
        {
            "nir08": asset("./s2/B8A.tif", "nir08"),
            "red": asset("./s2/B04.tif", "red", **{"raster:bands": scaled}),
            "nir": asset("./s2/B08.tif", "nir", **{"raster:bands": scaled}),
            "red-jp2": asset("./s2/B04.jp2", "red"),
            "visual": asset("./s2/TCI.tif", "red", roles=["visual"]),
            "scl": asset("./s2/SCL.tif"),
        },
        platform="sentinel-2a",
        **properties,
    )
    (scene,) = collection(tmp_path / "items.json", told)
    return scene


def test_bands_of_an_item_are_found_by_their_common_names(tmp_path: Path) -> None:
    scene = sentinel(tmp_path)
    assert {name: layer.name for name, layer in scene.bands.items()} == {"red": "B04.tif", "nir": "B08.tif"}
    assert (scene.sensor, scene.day, scene.grid) == (SENTINEL2, MAY, small.GRID)
    assert (scene.scheme, scene.mask and scene.mask.factor) == (MaskScheme.SENTINEL2_SCL, 2)
    assert {layer.nodata for layer in scene.bands.values()} == {0.0}


@pytest.mark.parametrize(
    ("properties", "offset"), [({}, -0.1), ({"earthsearch:boa_offset_applied": True}, 0.0)]
)
def test_an_offset_that_was_applied_is_not_applied_again(
    tmp_path: Path, properties: dict[str, Any], offset: float
) -> None:
    assert {layer.offset for layer in sentinel(tmp_path, **properties).bands.values()} == {offset}


@pytest.mark.parametrize(("baseline", "offset"), [("03.01", 0.0), ("05.09", -0.1)])
def test_a_new_baseline_without_a_told_offset_has_one(tmp_path: Path, baseline: str, offset: float) -> None:
    tif(tmp_path / "r.tif")
    tif(tmp_path / "n.tif")
    assets = {"B04": asset("r.tif", "red"), "B08": asset("n.tif", "nir")}
    (scene,) = collection(tmp_path / "i.json", item("a", assets, **{"s2:processing_baseline": baseline}))
    assert scene.bands["red"].offset == offset


def test_landsat_is_read_by_its_own_numbers_and_mask(tmp_path: Path) -> None:
    for name in ("r", "n", "qa"):
        tif(tmp_path / f"{name}.tif")
    assets = {"red": asset("r.tif", "red"), "nir08": asset("n.tif", "nir08"), "qa_pixel": asset("qa.tif")}
    (scene,) = collection(tmp_path / "i.json", item("a", assets, collection="landsat-c2-l2"))
    assert (scene.sensor, scene.scheme) == (LANDSAT, MaskScheme.LANDSAT_QA)
    assert (scene.bands["nir"].scale, scene.bands["nir"].offset) == (2.75e-5, -0.2)


def test_a_grid_that_the_item_tells_need_not_be_read(tmp_path: Path) -> None:
    for name in ("r", "n"):
        (tmp_path / f"{name}.tif").write_text("opened by nobody")
    grid = {"proj:transform": [10, 0, 5e5, 0, -10, 4e6, 0, 0, 1], "proj:shape": [160, 200]}
    assets = {"red": asset("r.tif", "red", **grid), "nir": asset("n.tif", "nir", **grid)}
    (scene,) = collection(tmp_path / "i.json", item("a", assets, **{"proj:code": "EPSG:32650"}))
    assert scene.grid == small.GRID


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"collection": "spot"}, "earth.sensor_not_told"),
        ({"assets": {"red": asset("https://example.org/r.tif", "red")}}, "earth.scene_not_on_disk"),
        ({"assets": {"blue": asset("r.tif", "blue")}}, "earth.band_missing"),
        (
            {"assets": {"red": asset("r.tif", "red"), "nir": asset("x.tif", "nir")}},
            "earth.scene_file_missing",
        ),
    ],
)
def test_an_item_that_cannot_be_used_is_named(tmp_path: Path, changed: dict[str, Any], code: str) -> None:
    tif(tmp_path / "r.tif")
    scenes = collection(tmp_path / "i.json", {**item("a", {"red": asset("r.tif", "red")}), **changed})
    assert [(each.scene, each.because.code) for each in scenes.left_out] == [("a", code)]


def test_a_sensor_of_one_s_own_may_be_told(tmp_path: Path) -> None:
    tif(tmp_path / "r.tif", count=2)
    told = asset("r.tif")
    told["eo:bands"] = [{"common_name": "nir"}, {"common_name": "red"}]
    (tmp_path / "i.json").write_text(
        json.dumps({"type": "FeatureCollection", "features": [item("a", {"data": told}, collection="own")]})
    )
    (scene,) = Scenes.from_stac(tmp_path / "i.json", sensors={"own": LANDSAT})
    assert (scene.sensor, scene.bands["nir"].number, scene.bands["red"].number) == (LANDSAT, 1, 2)


def test_what_is_no_collection_is_refused(tmp_path: Path) -> None:
    for text in ("", "[]", '{"type": "Catalog"}', '{"type": "FeatureCollection", "features": []}'):
        (tmp_path / "i.json").write_text(text)
        with pytest.raises(ScenesRefused):
            Scenes.from_stac(tmp_path / "i.json")


# ── xarray ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_scenes_come_from_a_dataset_with_its_grid() -> None:
    xarray = pytest.importorskip("xarray")
    grid = small.GRID
    values = np.ones((2, *grid.shape), np.uint16)
    dataset = xarray.Dataset(
        dict.fromkeys(("red", "nir"), (("time", "y", "x"), values)),
        coords={
            "time": np.array(["2023-05-01", "2023-06-10"], "datetime64[ns]"),
            "y": grid.north - (np.arange(grid.height) + 0.5) * grid.dy,
            "x": grid.west + (np.arange(grid.width) + 0.5) * grid.dx,
        },
    )
    scenes = Scenes.from_xarray(dataset, sensor=SENTINEL2, crs="EPSG:32650")
    assert [scene.grid for scene in scenes] == [grid, grid]
    assert [scene.day for scene in scenes] == [MAY, date(2023, 6, 10)]
    with pytest.raises(ScenesRefused) as refusal:
        Scenes.from_xarray(dataset, sensor=SENTINEL2)
    assert refusal.value.code == "earth.dataset_without_grid"
