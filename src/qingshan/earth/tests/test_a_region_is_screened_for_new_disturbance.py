"""Is a new pit found wherever in a region it lies, and nothing where years were dry, fields ploughed, snow fell?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import box, mapping

from qingshan.earth import command
from qingshan.earth.engines import LocalEngine, Progress
from qingshan.earth.errors import Cancelled, CubeRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.screening import Screened, outlook, screen
from qingshan.earth.sensors import SENTINEL2, MaskScheme
from qingshan.earth.simulation import Scenario
from qingshan.earth.simulation.batch import Order, batch_of, day_of
from qingshan.earth.simulation.region import make_region
from qingshan.earth.simulation.world import TUNING
from qingshan.earth.sites import ClimateZone, Site, SiteSet
from qingshan.earth.tests.real_patch import Patch, patch

GRID = Grid(crs="EPSG:32649", west=624_000.0, north=4_107_600.0, dx=10.0, dy=10.0, height=128, width=128)
DAYS = [date(2019, 1, 5) + timedelta(days=18 * at) for at in range(101)]
SINCE, DUG_ON = date(2021, 6, 1), date(2022, 4, 1)
PIT = (slice(56, 72), slice(60, 70))
"""rows and columns; squares of 64 pixels meet in it"""


def season(day: date) -> float:
    return float(0.5 - 0.5 * np.cos(2 * np.pi * (day.timetuple().tm_yday - 20) / 365.25))


def land(day: date, chance: np.random.Generator) -> np.ndarray:
    """Woods in the north, fields that are sown each May in the south: NDVI of a day."""
    ndvi = np.full(GRID.shape, 0.25 + 0.55 * season(day))
    ndvi[90:] = 0.15 + 0.6 * (season(day) if 5 <= day.month <= 9 else 0.0)
    return ndvi + chance.normal(0, 0.015, GRID.shape)


def scenes_of(*, with_pit: bool = True, **events: Any) -> Scenes:
    chance = np.random.default_rng(11)
    seen = np.stack([land(day, chance) for day in DAYS])
    clear = np.ones(seen.shape, np.uint8)
    for at, day in enumerate(DAYS):
        if with_pit and day >= DUG_ON:
            seen[at][PIT] = 0.08 + 0.02 * season(day)
        for happens in events.values():
            happens(day, seen[at], clear[at])
    return as_scenes(seen, clear, DAYS, GRID)


def as_scenes(ndvi: np.ndarray, clear: np.ndarray, days: Any, grid: Grid) -> Scenes:
    bands = {"red": 0.2 * (1 - ndvi), "nir": 0.2 * (1 + ndvi)}
    return Scenes.from_arrays(
        days=days, sensor=SENTINEL2, grid=grid, bands=bands, scale=1.0, offset=0.0, mask=clear,
        scheme=MaskScheme.CLEAR_IS_ONE,
    )  # fmt: skip


def region_on(grid: Grid, zone: ClimateZone = ClimateZone.SEMI_HUMID) -> SiteSet:
    return SiteSet.of([Site(id="region", shape=grid.to_lonlat(box(*grid.bounds)), zone=zone)])


REGION = region_on(GRID)


def with_squares(side: int) -> ParameterSet:
    own = released()
    section = dict(own.numbers["screening"])
    section["square_px"] = replace(section["square_px"], value=side)
    return replace(own, numbers={**own.numbers, "screening": section})


def screened(folder: Path, scenes: Scenes, **told: Any) -> Screened:
    told = {"areas": REGION, "engine": LocalEngine(threads=2), "parameters": with_squares(64), **told}
    return screen(told.pop("areas"), scenes, out=folder, since=told.pop("since", SINCE), **told)


@pytest.fixture(scope="module")
def dug() -> Scenes:
    return scenes_of()


@pytest.fixture(scope="module")
def found(dug: Scenes, tmp_path_factory: pytest.TempPathFactory) -> Screened:
    return screened(tmp_path_factory.mktemp("found"), dug)


def told(of: Screened) -> list[tuple[Any, ...]]:
    return [
        (one.id, shapely.to_wkt(one.shape, rounding_precision=-1), one.first_seen, one.last_seen, one.looks,
         one.magnitude, one.is_persistent, one.area_m2, one.scenes)
        for one in of.disturbances
    ]  # fmt: skip


def test_a_pit_is_one_piece_although_four_squares_meet_in_it(found: Screened) -> None:
    assert found.squares == 4
    (pit,) = found.disturbances
    rows, cols = PIT
    truth = GRID.to_lonlat(box(GRID.west + cols.start * 10, GRID.north - rows.stop * 10,
                               GRID.west + cols.stop * 10, GRID.north - rows.start * 10))  # fmt: skip
    assert pit.shape.geom_type == "Polygon"
    assert pit.shape.intersection(truth).area / pit.shape.union(truth).area > 0.95
    assert pit.area_m2 == pytest.approx(16_000, rel=0.05)


def test_it_says_since_when_how_often_and_by_which_images(found: Screened) -> None:
    (pit,) = found.disturbances
    assert abs((pit.first_seen - DUG_ON).days) <= 40
    assert pit.last_seen > date(2022, 9, 1)
    assert pit.is_persistent
    assert not pit.is_provisional
    assert pit.looks >= 6
    assert pit.magnitude < -0.25
    days = {scene.id: scene.day for scene in found.scenes}
    assert days[pit.before] < pit.first_seen <= days[pit.after] == max(days[one] for one in pit.scenes)
    assert pit.parameters == released().label


def test_the_same_land_has_the_same_pieces_however_it_is_cut(
    tmp_path: Path, dug: Scenes, found: Screened
) -> None:
    uncut = screened(tmp_path, dug, parameters=with_squares(128))
    assert uncut.squares == 1
    (one,), (other,) = found.disturbances, uncut.disturbances
    assert one.shape.intersection(other.shape).area / one.shape.union(other.shape).area > 0.95


def dry_years(day: date, ndvi: np.ndarray, clear: np.ndarray) -> None:
    if day.year >= 2022:
        ndvi *= 0.55


def snow(day: date, ndvi: np.ndarray, clear: np.ndarray) -> None:
    if (day.year, day.month) in ((2022, 12), (2023, 1), (2023, 2), (2022, 1)):
        ndvi[:] = 0.01


def clouds(day: date, ndvi: np.ndarray, clear: np.ndarray) -> None:
    """Half of the land is hidden on every second date, and some clouds are not known to the mask."""
    if day.toordinal() % 2:
        clear[:, :64] = 0
    if day.toordinal() % 5 == 0:
        ndvi[20:40, 90:120] = 0.02


def ploughed(day: date, ndvi: np.ndarray, clear: np.ndarray) -> None:
    """A field that lies fallow for one summer and is sown again."""
    if date(2022, 4, 1) <= day < date(2022, 10, 15):
        ndvi[100:120, 20:60] = 0.12


def a_road(day: date, ndvi: np.ndarray, clear: np.ndarray) -> None:
    """One pixel wide: no wider than images may be misplaced."""
    if day >= DUG_ON:
        ndvi[30, 5:120] = 0.1


def a_shed(day: date, ndvi: np.ndarray, clear: np.ndarray) -> None:
    if day >= DUG_ON:
        ndvi[30:33, 30:33] = 0.1


@pytest.mark.parametrize("happens", [dry_years, snow, clouds, ploughed, a_road, a_shed])
def test_what_is_no_new_pit_is_not_found(tmp_path: Path, happens: Any) -> None:
    assert screened(tmp_path, scenes_of(with_pit=False, event=happens)).disturbances == ()


@pytest.mark.parametrize(
    ("happens", "least"), [(dry_years, 0.45), (snow, 0.85), (clouds, 0.85), (ploughed, 0.85)]
)
def test_a_pit_is_found_all_the_same(tmp_path: Path, happens: Any, least: float) -> None:
    """Where all land is half bare, a pit differs less: of that in dry years half is found."""
    (pit,) = screened(tmp_path, scenes_of(event=happens)).disturbances
    assert least <= pit.area_m2 / 16_000 <= 1.15


def test_what_is_seen_for_the_first_weeks_is_provisional(tmp_path: Path, dug: Scenes) -> None:
    early = screened(tmp_path, dug, until=DUG_ON + timedelta(days=75))
    assert [one.is_provisional for one in early.disturbances] == [True]


def test_what_began_before_the_period_is_not_new(tmp_path: Path, dug: Scenes) -> None:
    assert screened(tmp_path, dug, since=date(2022, 6, 15)).disturbances == ()


def test_threads_and_order_change_no_bit(tmp_path: Path, dug: Scenes, found: Screened) -> None:
    backwards = Scenes.of(reversed(dug.scenes))
    other = screened(tmp_path, backwards, engine=LocalEngine(threads=1))
    assert told(other) == told(found)


@pytest.mark.parametrize("stage", ["images", "squares"])
def test_stopped_and_asked_again_it_goes_on_and_ends_the_same(
    tmp_path: Path, dug: Scenes, found: Screened, stage: str
) -> None:
    cancel = Event()

    def stop(progress: Progress) -> None:
        if progress.stage == stage and progress.done == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        screened(tmp_path, dug, progress=stop, cancel=cancel, engine=LocalEngine(threads=1))
    kept = {file: file.stat().st_mtime_ns for file in (*tmp_path.rglob("*.unit"), *tmp_path.rglob("*.npz"))}
    assert kept
    assert told(screened(tmp_path, dug)) == told(found)
    assert {file: file.stat().st_mtime_ns for file in kept} == kept


def test_asked_again_it_computes_nothing(tmp_path: Path, dug: Scenes, found: Screened) -> None:
    screened(tmp_path, dug)
    steps: list[Progress] = []
    assert told(screened(tmp_path, dug, progress=steps.append)) == told(found)
    assert {step.total for step in steps} == {0}


def test_a_new_image_costs_that_image_only(tmp_path: Path, dug: Scenes, found: Screened) -> None:
    screened(tmp_path, Scenes.of(dug.scenes[:-1]))
    units = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.unit")}
    assert told(screened(tmp_path, dug)) == told(found)
    assert {file: file.stat().st_mtime_ns for file in units} == units


def test_a_folder_is_for_one_region(tmp_path: Path, dug: Scenes) -> None:
    screened(tmp_path, dug)
    elsewhere = SiteSet.of([replace(REGION.sites[0], shape=REGION.sites[0].shape.buffer(-1e-4))])
    with pytest.raises(CubeRefused) as refused:
        screened(tmp_path, dug, areas=elsewhere)
    assert refused.value.code == "earth.screened_other_areas"


def test_land_on_two_frames_is_looked_at_once(tmp_path: Path, dug: Scenes, found: Screened) -> None:
    """The eastern half is seen by a second series of images, on pixels of their own, from another zone."""
    far = replace(GRID, west=GRID.west + 605, north=GRID.north - 5)
    further = scenes_of()
    both = Scenes.of([*dug, *(replace(scene, id=f"x{scene.id}", grid=far) for scene in further)])
    one = screened(tmp_path, both)
    assert one.land_m2 == pytest.approx(found.land_m2, rel=0.01)
    assert one.seen_m2 == pytest.approx(found.seen_m2, rel=0.01)


def test_only_land_of_the_areas_is_spoken_of(tmp_path: Path, dug: Scenes) -> None:
    west = GRID.to_lonlat(box(GRID.west, GRID.north - 1280, GRID.west + 650, GRID.north))
    half = SiteSet.of([Site(id="west", shape=west, zone=ClimateZone.SEMI_HUMID)])
    (part,) = screened(tmp_path, dug, areas=half).disturbances
    assert part.area_m2 == pytest.approx(8_000, rel=0.1)
    assert west.buffer(1e-7).contains(part.shape)


def test_a_region_outside_of_all_images_has_nothing(tmp_path: Path, dug: Scenes) -> None:
    far = SiteSet.of([Site(id="far", shape=box(100.0, 30.0, 100.1, 30.1))])
    nothing = screened(tmp_path, dug, areas=far)
    assert (nothing.disturbances, nothing.squares, nothing.land_m2) == ((), 0, 0.0)


def test_a_scene_without_near_infrared_is_left_out_by_name(tmp_path: Path, dug: Scenes) -> None:
    lacking = replace(dug.scenes[0], bands={"red": dug.scenes[0].bands["red"]})
    left = screened(tmp_path, Scenes.of([lacking, *dug.scenes[1:]])).left_out
    assert [(one.scene, one.because.code) for one in left] == [(lacking.id, "earth.screening_needs_bands")]


def test_how_much_there_is_to_do_is_known_before(dug: Scenes) -> None:
    known = outlook(REGION, dug, parameters=with_squares(64))
    assert (known.squares, known.scenes, known.pixels) == (4, 101, 101 * 128 * 128)


def test_the_command_writes_a_map_and_a_table_and_resumes(tmp_path: Path, dug: Scenes, capsys: Any) -> None:
    write_scenes(tmp_path / "scenes", dug)
    feature = {"type": "Feature", "properties": {"id": "1", "zone": "semi_humid"},
               "geometry": mapping(REGION.sites[0].shape)}  # fmt: skip
    areas = tmp_path / "areas.geojson"
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    asked = ["screen", "--areas", str(areas), "--scenes", str(tmp_path / "scenes"), "--since", "2021-06-01",
             "--out", str(tmp_path / "out"), "--json", "--threads", "2"]  # fmt: skip
    assert command.main(asked) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["disturbances"], facts["persistent"]) == (1, 1)
    features, workbook = map(Path, facts["outputs"])
    first = features.read_bytes(), workbook.read_bytes()
    (pit,) = json.loads(first[0])["features"]
    assert pit["properties"]["is_persistent"] is True
    assert command.main(asked) == 1
    assert command.main([*asked, "--resume"]) == 0
    assert (features.read_bytes(), workbook.read_bytes()) == first


@pytest.mark.parametrize(
    ("further", "code"),
    [(("--since", "last year"), "earth.day_wrong"), (("--until", "2020-01-01"), "earth.screened_days_wrong")],
)
def test_the_command_says_which_day_is_wrong(tmp_path: Path, capsys: Any, further: Any, code: str) -> None:
    asked = [
        "screen",
        "--areas",
        "a.geojson",
        "--scenes",
        "s",
        "--since",
        "2021-06-01",
        "--out",
        str(tmp_path / "out"),
    ]
    assert command.main([*asked, *further, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


# ------------------------------------------------------------------ land with known truth
STORIES = (Scenario.NEVER_DISTURBED, Scenario.BOUNDARY, Scenario.DROUGHT, Scenario.CROPLAND, Scenario.WINTER)
DUG = {"mined", "dug_inside", "dug_outside", "mined_again"}


def test_simulated_mines_are_found_and_land_that_nobody_touched_is_left_alone(tmp_path: Path) -> None:
    """One region under one sky: pits, two dry years, fields, snow; six years of images."""
    order = Order(
        scenario=STORIES[0], zone=ClimateZone.SEMI_HUMID, n_true=3, n_false=3, seed=11, years=6.0,
        revisit_days=10, world=replace(TUNING, tile_px=45),
    )  # fmt: skip
    batch = batch_of(make_region(STORIES, each=3, setting=order.setting()))
    first = int(batch.days[0]) + 600
    of = screen(region_on(batch.grid), batch.as_scenes(), out=tmp_path, since=day_of(first))
    sites = shapely.union_all([site.shape.buffer(3e-4) for site in batch.sites])
    wrong = sum(
        one.area_m2 for one in of.disturbances if one.is_persistent and not one.shape.intersects(sites)
    )
    assert wrong / of.land_m2 < 0.0005
    pits = [
        site
        for site, truth in zip(batch.sites, batch.truths, strict=True)
        if any(event.what in DUG and first <= event.day < batch.days[-1] - 200 for event in truth.events)
        and max(event.day for event in truth.events if event.what != "drought")
        == max(event.day for event in truth.events if event.what in DUG)
    ]
    seen = [site for site in pits if any(one.shape.intersects(site.shape) for one in of.disturbances)]
    assert len(pits) >= 6
    assert len(seen) / len(pits) >= 0.8


@pytest.mark.outside_data
def test_land_where_nothing_was_mined_raises_hardly_an_alarm(tmp_path: Path) -> None:
    """A square kilometre of farmland and forest, the second half of its two and a half years."""
    of: Patch = patch()
    height, width = of.ndvi.shape[1:]
    grid = replace(GRID, height=height, width=width)
    days = [date(1970, 1, 1) + timedelta(days=int(day)) for day in of.days]
    images = as_scenes(np.nan_to_num(of.ndvi), np.isfinite(of.ndvi).astype(np.uint8), days, grid)
    found = screen(
        region_on(grid, ClimateZone.HUMID), images, out=tmp_path, since=days[0] + timedelta(days=550)
    )
    wrong = sum(one.area_m2 for one in found.disturbances if one.is_persistent)
    assert found.seen_m2 > 0.9 * found.land_m2
    assert wrong / found.land_m2 < 0.01
