"""Does the monitor say where in a site's window land was dug up, and nothing where only the year was dry?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import box

from qingshan.earth.changes import changes_in
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import LocalEngine
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.judging.boundary import Changes
from qingshan.earth.parameters import released
from qingshan.earth.sensors import SENTINEL2
from qingshan.earth.sites import Claims, ClimateZone, Site, SiteSet

GRID = Grid(crs="EPSG:32649", west=624_000.0, north=4_107_600.0, dx=10.0, dy=10.0, height=72, width=72)
SITE = Site(
    id="1",
    shape=GRID.to_lonlat(box(624_100, 4_107_400, 624_200, 4_107_500)),
    zone=ClimateZone.SEMI_HUMID,
)
DAYS = [date(2019, 1, 5) + timedelta(days=18 * at) for at in range(80)]
DUG_ON = date(2022, 4, 1)


def found(folder: Path, *, is_dug: bool, is_dry: bool, site: Site = SITE) -> Changes | None:
    chance = np.random.default_rng(3)
    covers = []
    for day in DAYS:
        season = 0.5 - 0.5 * np.cos(2 * np.pi * (day.timetuple().tm_yday - 20) / 365.25)
        height = 0.25 if is_dry and day.year >= 2022 else 0.6
        cover = 0.2 + height * season + chance.normal(0, 0.015, GRID.shape)
        if is_dug and day >= DUG_ON:
            cover[10:16, 10:16] = 0.02
        covers.append(np.clip(cover, 0, 1))
    stack = np.stack(covers)
    bands = {"red": 0.23 - 0.2 * stack, "nir": 0.29 + 0.13 * stack}
    scenes = Scenes.from_arrays(days=DAYS, sensor=SENTINEL2, grid=GRID, bands=bands, scale=1.0, offset=0.0)
    cube = SiteCube.build(folder, sites=SiteSet.of([site]), scenes=scenes, engine=LocalEngine(threads=1))
    return changes_in(cube, site, Claims(site_id=site.id), parameters=released())


@pytest.fixture(scope="module")
def dug(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    changes = found(tmp_path_factory.mktemp("dug"), is_dug=True, is_dry=True)
    assert changes is not None
    return changes


def test_what_was_dug_up_is_found_where_it_is_and_when(dug: Changes) -> None:
    row, col = 10 - dug.window.row, 10 - dug.window.col
    pit = dug.changed[row : row + 6, col : col + 6]
    assert pit.all()
    assert dug.changed.sum() <= pit.size + 2
    first = dug.days[row : row + 6, col : col + 6] - (DUG_ON - date(1970, 1, 1)).days
    assert ((first >= 0) & (first <= 36)).all()


def test_every_pixel_was_looked_at(dug: Changes) -> None:
    assert dug.looked_at.all()
    assert dug.sensor == SENTINEL2


def test_a_dry_year_is_no_disturbance(tmp_path: Path) -> None:
    changes = found(tmp_path, is_dug=False, is_dry=True)
    assert changes is not None
    assert changes.changed.mean() < 0.01


def test_a_site_outside_of_all_images_is_not_looked_at(tmp_path: Path) -> None:
    far = Site(id="far", shape=GRID.to_lonlat(box(724_100, 4_107_400, 724_200, 4_107_500)))
    assert found(tmp_path, is_dug=False, is_dry=False, site=far) is None
