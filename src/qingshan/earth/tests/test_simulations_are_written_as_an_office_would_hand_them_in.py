"""Are simulated landscapes files like any others, and does the truth stay apart from them?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import rasterio

import qingshan.earth
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.sensors import LANDSAT
from qingshan.earth.simulation import Scenario, write_simulation
from qingshan.earth.sites import Claims, ClimateZone, SiteSet

TOLD = (Scenario.GRASS, Scenario.BOUNDARY, Scenario.DROUGHT)
ENGINE = Path(qingshan.earth.__file__).parent
MAKERS = ("simulation", "tests")


def written(folder: Path, **more: object) -> Path:
    asked = {"scenarios": TOLD, "zone": ClimateZone.SEMI_ARID, "revisit_days": 120, "years": 5.0, **more}
    return write_simulation(folder, seed=3, **asked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("simulation"))


def truth(folder: Path) -> dict[str, dict[str, object]]:
    sites: dict[str, dict[str, object]] = json.loads((folder / "truth" / "truth.json").read_text())["sites"]
    return sites


def test_the_engine_reads_scenes_sites_and_claims(folder: Path) -> None:
    scenes = Scenes.from_folder(folder / "scenes")
    sites = SiteSet.from_file(folder / "sites.geojson")
    claims = Claims.from_file(folder / "claims.csv")
    assert len(scenes) >= 15
    assert not scenes.left_out
    assert {site.id for site in sites} == {claim.site_id for claim in claims} == set(truth(folder))
    assert {site.zone for site in sites} == {ClimateZone.SEMI_ARID}


def test_claims_come_back_as_they_were_made(folder: Path) -> None:
    told = truth(folder)
    for claim in Claims.from_file(folder / "claims.csv"):
        answers = told[claim.site_id]["answers"]
        assert isinstance(answers, dict)
        assert ("within" in answers) is (claim.permitted is not None)
        assert ("restored" in answers) is (claim.restored_since is not None)


def test_sites_lie_on_the_images(folder: Path) -> None:
    grid = Scenes.from_folder(folder / "scenes").scenes[0].grid
    for site in SiteSet.from_file(folder / "sites.geojson"):
        assert grid.window_around(grid.from_lonlat(site.shape).bounds, margin_px=1) is not None
        assert 20 < grid.from_lonlat(site.shape).area / grid.dx**2 < 500


def test_the_same_seed_writes_the_same_pixels_texts_and_truth(folder: Path, tmp_path: Path) -> None:
    again = written(tmp_path)
    for name in ("sites.geojson", "claims.csv", "truth/truth.json", "scenes/scenes.toml"):
        assert (folder / name).read_bytes() == (again / name).read_bytes()
    for file in sorted((folder / "scenes").glob("*.tif"))[:6]:
        with rasterio.open(file) as one, rasterio.open(again / "scenes" / file.name) as other:
            assert np.array_equal(one.read(), other.read())


def test_landsat_is_written_with_its_own_scale_and_mask(tmp_path: Path) -> None:
    scenes = Scenes.from_folder(written(tmp_path, sensor=LANDSAT, scenarios=(Scenario.GRASS,)) / "scenes")
    assert {scene.sensor.name for scene in scenes} == {LANDSAT.name}
    assert {scene.bands["red"].scale for scene in scenes} == {LANDSAT.scale}


def test_drought_comes_to_the_whole_landscape(folder: Path) -> None:
    days = {
        event["day"]
        for site in truth(folder).values()
        for event in site["events"]  # type: ignore[attr-defined]
        if event["what"] == "drought"
    }
    assert len(days) == 1


def test_truth_stands_in_its_own_folder_only(folder: Path) -> None:
    words = [*(f'"{scenario}"' for scenario in Scenario), "is_true", "dug_outside"]
    for file in [folder / "sites.geojson", folder / "claims.csv", folder / "scenes" / "scenes.toml"]:
        text = file.read_text()
        assert not [word for word in words if word in text]


def test_nothing_in_the_engine_opens_the_truth() -> None:
    knows = re.compile(r"truth\.json|simulation\.truth|import .*\bTruth\b|write_simulation\(.*truth")
    for file in ENGINE.rglob("*.py"):
        if not set(MAKERS) & set(file.relative_to(ENGINE).parts):
            assert not knows.search(file.read_text(encoding="utf-8")), file
