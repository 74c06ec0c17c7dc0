"""Does a site cube give back what was seen, the same bits however it came about?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import shapely

from qingshan.earth import engines
from qingshan.earth.cube import making
from qingshan.earth.cube.chipcutting import cut, planes_of, uncut
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.cube.unit import make
from qingshan.earth.engines import LocalEngine, Progress
from qingshan.earth.errors import Cancelled, CubeRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.measures.indices import Recipe, quantities_of
from qingshan.earth.parameters import released
from qingshan.earth.sites import Site, SiteSet
from qingshan.earth.tests import small_images as small

ONE = LocalEngine(threads=1)


def built(
    folder: Path, scenes: Scenes | None = None, *, threads: int = 1, rows: int = small.BLOCK
) -> SiteCube:
    return SiteCube.build(
        folder,
        sites=small.SITES,
        scenes=scenes or small.scenes(),
        engine=LocalEngine(threads=threads),
        block_rows=rows,
    )


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> SiteCube:
    return built(tmp_path_factory.mktemp("cube"))


def units(folder: Path) -> dict[str, int]:
    """Every unit's file with the instant of its making."""
    return {file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in folder.rglob("*.unit")}


def test_means_are_those_of_the_pixels_by_exact_coverage(cube: SiteCube) -> None:
    series = cube.series("two block rows")
    site = small.SITES.sites[1]
    recipe = Recipe.of(released(), zone=None, month=5)
    ndvi = quantities_of(
        {name: band * np.float32(1e-4) for name, band in small.numbers(small.DAYS[0].toordinal()).items()},
        np.isin(small.classes(small.DAYS[0].toordinal()), (4, 5)),
        recipe,
    )["ndvi"]
    shape, grid = small.GRID.from_lonlat(site.shape), small.GRID
    share = np.array(
        [
            [
                shape.intersection(
                    shapely.box(
                        grid.west + 10 * col,
                        grid.north - 10 * row - 10,
                        grid.west + 10 * col + 10,
                        grid.north - 10 * row,
                    )
                ).area
                / 100
                for col in range(grid.width)
            ]
            for row in range(54, 79)
        ]
    )
    seen = np.isfinite(ndvi[54:79])
    assert series.inside.clear_px[0] == pytest.approx(share[seen].sum(), rel=1e-6)
    mean = (share[seen] * ndvi[54:79][seen]).sum() / share[seen].sum()
    assert series.inside.mean["ndvi"][0] == pytest.approx(mean, rel=1e-6)


def test_a_series_is_in_order_of_date_and_names_scenes_and_sensors(cube: SiteCube) -> None:
    series = cube.series("one block row")
    assert series.scenes == ("s20230501", "s20230610", "s20230720", "s20230901")
    assert series.sensors == ("sentinel-2-msi",) * 4
    assert series.days.tolist() == [(day - date(1970, 1, 1)).days for day in small.DAYS]
    assert series.inside.total_px == pytest.approx(12.5 * 9.2, rel=1e-3)
    assert series.ring is not None


def test_a_site_outside_of_all_scenes_has_an_empty_series(cube: SiteCube) -> None:
    series = cube.series("elsewhere")
    assert (len(series), series.ring) == (0, None)
    with pytest.raises(CubeRefused):
        cube.stack("elsewhere")


def test_chips_hold_the_pixels_of_the_window(cube: SiteCube) -> None:
    for id_ in ("one block row", "all block rows", "over the edge"):
        chip = cube.chip(id_, "s20230610")
        bands = small.numbers(small.DAYS[1].toordinal())
        assert set(chip.bands) == set(small.BANDS)
        for name, steps in chip.bands.items():
            assert np.array_equal(steps, bands[name][chip.window.rows, chip.window.cols])
        classes = small.classes(small.DAYS[1].toordinal())[chip.window.rows, chip.window.cols]
        assert np.array_equal(chip.mask == 1, classes != 9)
        assert chip.reflectance("red").max() == pytest.approx(chip.bands["red"].max() * 1e-4)


def test_a_stack_holds_all_dates_of_a_site(cube: SiteCube) -> None:
    stack = cube.stack("two block rows", bands=["red", "nir"])
    assert stack.bands["red"].shape == (4, stack.window.height, stack.window.width)
    for at, scene in enumerate(stack.scenes):
        assert np.array_equal(stack.bands["nir"][at], cube.chip("two block rows", scene.id).bands["nir"])
    assert stack.days.tolist() == cube.series("two block rows").days.tolist()


def test_a_stack_goes_into_xarray_and_back_as_scenes(cube: SiteCube) -> None:
    pytest.importorskip("xarray")
    dataset = cube.to_xarray("two block rows")
    chip = cube.chip("two block rows", "s20230501")
    assert np.array_equal(dataset["red"].values[0], chip.reflectance("red"))
    scene = Scenes.from_xarray(
        dataset, sensor=small.scene(small.DAYS[0]).sensor, scale=1.0, offset=0.0
    ).scenes[0]
    assert scene.grid.west == small.GRID.west + chip.window.col * 10
    assert scene.grid.north == small.GRID.north - chip.window.row * 10


def test_series_go_into_one_dataset(cube: SiteCube) -> None:
    pytest.importorskip("xarray")
    from qingshan.earth.images.xarrays import series_dataset

    dataset = series_dataset(cube.series_all())
    chosen = dataset.isel(observation=dataset["site"].values == "two block rows")
    series = cube.series("two block rows")
    assert np.array_equal(chosen["ndvi"].values, series.inside.mean["ndvi"])
    assert chosen["scene"].values.tolist() == list(series.scenes)


@pytest.mark.parametrize("threads", [2, 4])
def test_the_bits_do_not_depend_on_threads(cube: SiteCube, tmp_path: Path, threads: int) -> None:
    other = built(tmp_path, threads=threads)
    assert small.bits(other.series_all()) == small.bits(cube.series_all())


def test_the_bits_do_not_depend_on_the_order_of_tiles(
    cube: SiteCube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = making._tasks

    def backwards(*arguments: object) -> object:
        return reversed(list(tasks(*arguments)))  # type: ignore[arg-type]

    monkeypatch.setattr(making, "_tasks", backwards)
    assert small.bits(built(tmp_path).series_all()) == small.bits(cube.series_all())


@pytest.mark.parametrize("rows", [32, 160, 512])
def test_other_blocks_change_the_last_digits_only(cube: SiteCube, tmp_path: Path, rows: int) -> None:
    other = built(tmp_path, rows=rows)
    assert small.apart(other.series_all(), cube.series_all()) < 1e-9
    assert np.array_equal(other.stack("all block rows").mask, cube.stack("all block rows").mask)


def test_dates_at_once_or_one_after_the_other_are_the_same(cube: SiteCube, tmp_path: Path) -> None:
    days = list(small.DAYS)
    other = built(tmp_path, small.scenes([days[2]]))
    first = units(tmp_path)
    other = other.update(small.scenes([days[3], days[0]]), engine=ONE)
    other = other.update(small.scenes([days[1]]), engine=ONE)
    assert small.bits(other.series_all()) == small.bits(cube.series_all())
    now = units(tmp_path)
    assert {name: now[name] for name in first} == first
    assert units(tmp_path).keys() == units(cube.folder).keys()


def test_files_and_arrays_give_the_same_bits(cube: SiteCube, tmp_path: Path) -> None:
    scenes = Scenes.from_folder(small.folder_of(tmp_path / "scenes"))
    assert small.bits(built(tmp_path / "cube", scenes).series_all()) == small.bits(cube.series_all())


def test_a_cube_made_once_is_not_made_again(tmp_path: Path) -> None:
    built(tmp_path)
    before, told = units(tmp_path), []
    SiteCube.build(
        tmp_path, sites=small.SITES, scenes=small.scenes(), progress=told.append, block_rows=small.BLOCK
    )
    assert units(tmp_path) == before
    assert [(each.done, each.total) for each in told] == [(0, 0)]


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[Progress] = []
    SiteCube.build(
        tmp_path,
        sites=small.SITES,
        scenes=small.scenes(),
        engine=ONE,
        progress=told.append,
        block_rows=small.BLOCK,
    )
    assert [each.done for each in told] == list(range(13))
    assert {each.total for each in told} == {12}
    assert told[0].left_s is None
    assert told[-1].left_s == 0


@pytest.mark.parametrize("threads", [1, 3])
def test_what_is_stopped_goes_on_later_and_repeats_nothing(
    cube: SiteCube, tmp_path: Path, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "AHEAD", 1)  # otherwise all may be done before the first one is told
    cancel = Event()

    def stop(progress: Progress) -> None:
        if progress.done == 5:
            cancel.set()

    with pytest.raises(Cancelled):
        SiteCube.build(
            tmp_path,
            sites=small.SITES,
            scenes=small.scenes(),
            engine=LocalEngine(threads=threads),
            progress=stop,
            cancel=cancel,
            block_rows=small.BLOCK,
        )
    before = units(tmp_path)
    assert 5 <= len(before) < 12
    other = built(tmp_path)
    now = units(tmp_path)
    assert {name: now[name] for name in before} == before
    assert len(now) == 12
    assert small.bits(other.series_all()) == small.bits(cube.series_all())


KILLED = """
import sys
from pathlib import Path
from qingshan.earth.tests import small_images as small
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import LocalEngine

def wait(progress):
    if progress.done == 5:
        print("now", flush=True)
        sys.stdin.read()

SiteCube.build(Path(sys.argv[1]), sites=small.SITES, scenes=small.scenes(), block_rows=small.BLOCK,
               engine=LocalEngine(threads=1), progress=wait)
"""


@pytest.mark.kill
def test_a_kill_in_the_middle_loses_nothing_and_nothing_is_repeated(cube: SiteCube, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"now\n"
        process.send_signal(signal.SIGKILL)
    before = units(tmp_path)
    assert len(before) == 5
    made: list[tuple[str, int]] = []
    other = counted(tmp_path, made.append)
    assert len(made) == 12 - 5
    now = units(tmp_path)
    assert {name: now[name] for name in before} == before
    assert small.bits(other.series_all()) == small.bits(cube.series_all())


def counted(folder: Path, note: Callable[[tuple[str, int]], object]) -> SiteCube:
    """Builds, and notes each unit that is made."""

    class Counting:
        def run(self, units, work, *, cancel=None):  # type: ignore[no-untyped-def]
            assert work is make
            for unit in units:
                note((unit.scene.id, unit.row))
                yield work(unit)

    return SiteCube.build(
        folder, sites=small.SITES, scenes=small.scenes(), engine=Counting(), block_rows=small.BLOCK
    )


def damage(file: Path, at: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[at] ^= 0xFF
    file.write_bytes(raw)


def a_unit(folder: Path) -> Path:
    return min(folder.rglob("*.unit"))


@pytest.mark.parametrize("where", ["head", "sums", "cut", "empty"])
def test_a_damaged_unit_is_named_and_made_anew(cube: SiteCube, tmp_path: Path, where: str) -> None:
    other = built(tmp_path)
    file = a_unit(tmp_path)
    raw = file.read_bytes()
    if where in ("head", "sums"):
        damage(file, 30 if where == "head" else 1200)
    else:
        file.write_bytes(raw[:-7] if where == "cut" else b"")
    assert small.bits(SiteCube.open(tmp_path).series_all()) == small.bits(cube.series_all())
    (file.parent / "averages").unlink()
    with pytest.raises(CubeRefused) as refusal:
        SiteCube.open(tmp_path).series_all()
    assert file.name in refusal.value.say()
    made: list[tuple[str, int]] = []
    other = counted(tmp_path, made.append)
    assert len(made) == 1
    assert file.read_bytes() == raw
    assert small.bits(other.series_all()) == small.bits(cube.series_all())


@pytest.mark.parametrize("raw", [None, b"", b"QSUNIT2\nQSUNIT2\nQSUNIT2\n"])
def test_averages_that_are_lost_are_worked_out_again(
    cube: SiteCube, tmp_path: Path, raw: bytes | None
) -> None:
    built(tmp_path)
    for file in tmp_path.rglob("averages"):
        file.unlink() if raw is None else file.write_bytes(raw)
    assert small.bits(SiteCube.open(tmp_path).series_all()) == small.bits(cube.series_all())


def test_numbers_of_any_kind_come_back_from_a_portion() -> None:
    chance = np.random.default_rng(1)
    stack = chance.integers(0, 65536, (2, 9, 30)).astype(np.uint16)
    codes = chance.integers(0, 3, (9, 30)).astype(np.uint8)
    windows = np.array([(0, 0, 9, 30), (2, 5, 4, 7), (8, 29, 1, 1)], np.int64)
    first = np.concatenate([[0], np.cumsum(windows[:, 2] * windows[:, 3] * planes_of(2))])
    content = np.empty(first[-1], np.uint8)
    gains, shifts = np.array([1.0, 0.275]), np.array([-1000.0, -2000.0])
    cut(stack, codes, windows, first, gains, shifts, np.empty(31, np.int32), content)
    steps = np.rint(stack * gains[:, None, None] + shifts[:, None, None]).clip(-32767, 32767)
    wanted = np.concatenate([np.where(codes == 0, -32768, steps), codes[None]])
    for (row, col, height, width), begin, end in zip(windows.tolist(), first[:-1], first[1:], strict=True):
        found = uncut(content[begin:end].tobytes(), (3, height, width))
        assert np.array_equal(found, wanted[:, row : row + height, col : col + width])


def test_damaged_pixels_are_found_when_they_are_read_or_looked_for(tmp_path: Path) -> None:
    cube = built(tmp_path)
    file = a_unit(tmp_path)
    damage(file, file.stat().st_size - 5)
    refused = 0
    for site in small.SITES.sites[:4]:
        try:
            cube.stack(site.id)
        except CubeRefused:
            refused += 1
    assert 0 < refused < 4  # those that are packed together
    assert cube.damaged() == (f"{file.parent.name}/{file.name}",)
    assert built(tmp_path).damaged() == ()


def test_a_cube_of_other_sites_is_refused(tmp_path: Path) -> None:
    built(tmp_path)
    with pytest.raises(CubeRefused) as refusal:
        SiteCube.build(tmp_path, sites=SiteSet.of(small.SITES.sites[:2]), scenes=small.scenes())
    assert refusal.value.code == "earth.cube_of_other_sites"
    with pytest.raises(CubeRefused) as refusal:
        SiteCube.open(tmp_path / "nothing")
    assert refusal.value.code == "earth.cube_missing"


def test_scenes_of_another_grid_are_named_by_an_update_and_taken_by_a_build(tmp_path: Path) -> None:
    cube = built(tmp_path)
    far = Grid(crs="EPSG:32650", west=550_000.0, north=4_000_000.0, dx=10, dy=10, height=160, width=200)
    new = Scenes.of([small.scene(date(2023, 8, 1), grid=far)])
    updated = cube.update(new, engine=ONE)
    assert [(each.scene, each.because.code) for each in updated.left_out] == [
        ("s20230801", "earth.scene_off_cube")
    ]
    again = built(tmp_path, Scenes.of([*small.scenes(), *new]))
    assert (len(again.series("elsewhere")), again.left_out) == (1, ())
    assert small.bits(again.series_all()[:4]) == small.bits(cube.series_all()[:4])


def test_a_replaced_scene_is_seen_anew(cube: SiteCube, tmp_path: Path) -> None:
    days = list(small.DAYS)
    changed = small.scene(days[1], seed=77)
    built(tmp_path, Scenes.of([*small.scenes([days[0], *days[2:]]), changed]))
    other = built(tmp_path)
    assert small.bits(other.series_all()) == small.bits(cube.series_all())
    assert units(tmp_path).keys() == units(cube.folder).keys()


def test_sites_in_two_zones_each_take_the_grid_that_covers_most_of_them(tmp_path: Path) -> None:
    west = Grid(crs="EPSG:32649", west=798_000.0, north=4_000_500.0, dx=10, dy=10, height=160, width=200)
    east = Grid(crs="EPSG:32650", west=257_000.0, north=4_000_500.0, dx=10, dy=10, height=160, width=400)
    sites = SiteSet.of(
        [small.site("west", 20, 20, 15, 15, grid=west), small.site("east", 300, 60, 15, 15, grid=east)]
    )
    scenes = Scenes.of(
        [
            small.scene(date(2023, 5, 1), id="w", grid=west),
            small.scene(date(2023, 5, 2), id="e", grid=east),
        ]
    )
    cube = SiteCube.build(tmp_path, sites=sites, scenes=scenes, engine=ONE)
    assert cube.series("west").scenes == ("w",)
    assert cube.series("east").scenes == ("e",)
    assert cube.series("west").inside.total_px == pytest.approx(225, rel=1e-3)


def test_of_two_grids_that_cover_a_site_the_finer_one_is_taken(tmp_path: Path) -> None:
    coarse = Grid(crs="EPSG:32650", west=499_000.0, north=4_001_000.0, dx=30, dy=30, height=160, width=200)
    scenes = Scenes.of([small.scene(date(2023, 5, 1), id="c", grid=coarse), *small.scenes()])
    cube = SiteCube.build(tmp_path, sites=SiteSet.of(small.SITES.sites[:1]), scenes=scenes, engine=ONE)
    assert cube.series("one block row").scenes == tuple(scene.id for scene in small.scenes())


def test_no_sites_and_no_scenes_are_no_error(tmp_path: Path) -> None:
    nothing = SiteCube.build(tmp_path / "a", sites=SiteSet.of([]), scenes=small.scenes(), engine=ONE)
    assert nothing.series_all() == ()
    empty = SiteCube.build(tmp_path / "b", sites=small.SITES, scenes=Scenes.of([]), engine=ONE)
    assert [len(series) for series in empty.series_all()] == [0] * 5


def test_zones_choose_the_end_members(tmp_path: Path) -> None:
    from qingshan.earth.sites import ClimateZone

    shape = small.SITES.sites[0].shape
    sites = SiteSet.of([Site(id="a", shape=shape), Site(id="b", shape=shape, zone=ClimateZone.ARID)])
    cube = SiteCube.build(tmp_path, sites=sites, scenes=small.scenes(), engine=ONE)
    first, second = (series.inside.mean for series in cube.series_all())
    assert np.array_equal(first["ndvi"], second["ndvi"])
    assert (second["fvc"] > first["fvc"]).all()
