"""How does a site cube come about? Layouts once, then one unit after the other; what is there is not made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np

from qingshan.earth.cube.digests import digest_of_pixel_numbers, digest_of_sites
from qingshan.earth.cube.folder import CubeFolder
from qingshan.earth.cube.layout import ZONES, Layout, layouts_of
from qingshan.earth.cube.summed import keep_averages
from qingshan.earth.cube.unit import ImageNumbers, Task, fault_of, make, warning_of
from qingshan.earth.cube.unitfiles import is_whole, read_unit
from qingshan.earth.engines import Engine, Watcher, watched
from qingshan.earth.errors import CubeRefused
from qingshan.earth.grid import BLOCK_ROWS
from qingshan.earth.images.frames import Frame, frames_of
from qingshan.earth.images.scenes import LeftOut, Scene, Scenes
from qingshan.earth.measures.indices import Recipe
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sites import SiteSet
from qingshan.rules.reasons import Reason

MOST_ROWS = 1024  # a file whose blocks are higher is read in parts: memory does not grow with it


def prepare(
    cube: CubeFolder, sites: SiteSet, scenes: Scenes, *, parameters: ParameterSet, block_rows: int | None
) -> None:
    """Writes a layout for each frame of the scenes, unless the folder has it.

    A site keeps the frame to which it once belonged, whatever comes later.

    Raises:
        CubeRefused: it holds a cube of other sites, or of other numbers for pixels.
    """
    digest = digest_of_sites(sites)
    there = (cube.path / "cube.json").exists()
    kept = cube.read() if there else {}
    rows: int = kept["block_rows"] if there else block_rows or _rows_of(scenes)
    if there:
        if kept["digest"] != digest or block_rows not in (None, rows):
            raise CubeRefused.because("earth.cube_of_other_sites", folder=str(cube.path))
        _refuse_other_numbers(cube, parameters)
    layouts = cube.layouts() if there else {}
    grids = [layout.grid for layout in layouts.values()]
    new = [frame for frame in frames_of(scenes, known=grids) if frame.key not in layouts]
    if there and not new:
        return
    is_free = np.ones(len(sites), bool)
    for layout in layouts.values():
        is_free &= layout.windows[:, 2] == 0
    for layout in layouts_of(sites, new, is_free=is_free, parameters=parameters, block_rows=rows):
        layout.save(cube.frame(layout.grid.key))
    cube.write(
        digest=digest,
        numbers=digest_of_pixel_numbers(parameters),
        block_rows=rows,
        sites=[site.id for site in sites],
        frames=sorted([*layouts, *(frame.key for frame in new)]),
    )


def _refuse_other_numbers(cube: CubeFolder, parameters: ParameterSet) -> None:
    if cube.read()["numbers"] != digest_of_pixel_numbers(parameters):
        raise CubeRefused.because("earth.cube_of_other_numbers", folder=str(cube.path))


def _rows_of(scenes: Scenes) -> int:
    """Whole blocks of all files, so that none is decoded twice: 512 rows, or 1,024 where blocks are higher."""
    layers = (
        layer for scene in scenes for layer in (*scene.bands.values(), *([scene.mask] if scene.mask else []))
    )
    tallest = max((layer.block_rows * layer.factor for layer in layers), default=1)
    return BLOCK_ROWS if tallest <= BLOCK_ROWS else min(-(-tallest // BLOCK_ROWS) * BLOCK_ROWS, MOST_ROWS)


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A scene, its frame, and the block rows that are still to be made."""

    scene: Scene
    frame: str
    rows: Sequence[int]


def extend(
    cube: CubeFolder,
    scenes: Scenes,
    *,
    parameters: ParameterSet,
    engine: Engine,
    progress: Watcher | None,
    cancel: Event | None,
) -> list[LeftOut]:
    """Makes all units of the scenes that are not there yet; which scenes lie on no frame of the cube.

    Raises:
        CubeRefused: the cube was made with other numbers for pixels.
        Cancelled: `cancel` was set.
    """
    _refuse_other_numbers(cube, parameters)
    layouts = cube.layouts()
    frames = frames_of(scenes, known=[layout.grid for layout in layouts.values()])
    plans = [
        plan for frame in frames if frame.key in layouts for plan in _plans(cube, frame, layouts[frame.key])
    ]
    total = sum(len(plan.rows) for plan in plans)
    results = engine.run(_tasks(cube, plans, parameters), make, cancel=cancel)
    refused = {
        done.stamp: done.refused
        for done in watched(results, stage="images", total=total, progress=progress)
        if done.refused
    }
    numbers = parameters.section("images", ImageNumbers)
    for plan in plans:
        _close(cube, plan, layouts[plan.frame], fault=refused.get(plan.scene.stamp), numbers=numbers)
    return [
        LeftOut(scene=scene.id, because=Reason("earth.scene_off_cube", {"scene": scene.id}))
        for frame in frames
        if frame.key not in layouts
        for scene in frame.scenes
    ]


def _close(
    cube: CubeFolder, plan: _Plan, layout: Layout, *, fault: Reason | None, numbers: ImageNumbers
) -> None:
    """The last word on a scene: used, used with a warning, or left out."""
    scene, warning = plan.scene, None
    if fault is None:
        units = [read_unit(cube.unit(plan.frame, scene.stamp, row)) for row in layout.blocks]
        keep_averages(cube, plan.frame, scene.stamp, units)
        told = [unit.told for unit in units]
        fault = fault_of(told, scene=scene, numbers=numbers)
        warning = warning_of(told, scene=scene, numbers=numbers)
    cube.keep(plan.frame, scene, is_closed=True, refused=fault, warning=None if fault else warning)


def _plans(cube: CubeFolder, frame: Frame, layout: Layout) -> Iterator[_Plan]:
    kept = {scene.id: scene for scene in cube.scenes(frame.key)}
    for scene in frame.scenes:
        known = kept.get(scene.id)
        if known and known.stamp != scene.stamp:  # its files were replaced
            cube.drop(frame.key, known.stamp)
        there = {
            row
            for row in cube.rows(frame.key, scene.stamp)
            if is_whole(cube.unit(frame.key, scene.stamp, row))
        }
        rows = [row for row in layout.blocks if row not in there]
        is_closed = known is not None and known.stamp == scene.stamp and known.is_closed
        if rows or not is_closed:
            cube.averages(frame.key, scene.stamp).unlink(missing_ok=True)
            cube.keep(frame.key, scene, is_closed=False)
            yield _Plan(scene=scene, frame=frame.key, rows=rows)


def _tasks(cube: CubeFolder, plans: Sequence[_Plan], parameters: ParameterSet) -> Iterator[Task]:
    """Scene by scene, so that one that is cut short by a kill is short of as few units as can be."""
    numbers = parameters.section("images", ImageNumbers)
    for plan in sorted(plans, key=lambda plan: (plan.scene.day, plan.scene.id)):
        month = plan.scene.day.month
        recipes = tuple(Recipe.of(parameters, zone=zone, month=month) for zone in ZONES)
        for row in plan.rows:
            yield Task(
                folder=cube.path,
                frame=plan.frame,
                row=row,
                scene=plan.scene,
                recipes=recipes,
                numbers=numbers,
            )
