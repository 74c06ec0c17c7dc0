"""Where in a region did land newly lose its plants, for good? Square by square, from images to outlines.

What comes out are places to look at. Whether anybody may dig there is a question to permits and plans, not to images.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

from qingshan.earth.cube.folder import KeptScene, usual_sensor
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import Engine, LocalEngine, Watcher, watched
from qingshan.earth.images.scenes import LeftOut, Scene, Scenes
from qingshan.earth.monitor import MonitorParams
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.screening.lasting import Look, Losses, ScreeningNumbers, find, read
from qingshan.earth.screening.outlines import Disturbance, disturbances_of
from qingshan.earth.screening.squares import Part, parts_of
from qingshan.earth.sites import SiteSet
from qingshan.rules.reasons import Reason

__all__ = ["Disturbance", "Outlook", "Screened", "outlook", "screen"]

SCREENED = "screened"
"""folder below the outputs; by it a folder is known as ours"""
BANDS = ("red", "nir")
LEAST_M2 = 2_000.0
"""three mu: unless told otherwise, nothing smaller is spoken of"""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """How much there is to do."""

    squares: int
    scenes: int
    pixels: int
    """land times scenes, in millions at most roughly right"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Screened:
    """What came of a screening."""

    disturbances: tuple[Disturbance, ...]
    """in order of first day and id"""
    squares: int
    land_m2: float
    """that lies on any scene"""
    seen_m2: float
    """of it, seen often enough to say anything"""
    barren_m2: float
    """of that, without plants: nothing can be said of it"""
    scenes: tuple[KeptScene, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Reason, ...]
    parameters: str


def screen(
    areas: SiteSet,
    scenes: Scenes,
    *,
    out: str | Path,
    since: date,
    until: date | None = None,
    least_m2: float = LEAST_M2,
    engine: Engine | None = None,
    parameters: ParameterSet | None = None,
    progress: Watcher | None = None,
    cancel: Event | None = None,
) -> Screened:
    """Looks for new disturbance in all of some areas.

    A kill loses the units at work and nothing else: the same call goes on where it stopped and ends with the same
    bits, whatever the engine. A later call with further scenes reads those only.

    Args:
        areas: where to look; a climate zone makes the thresholds sharper.
        scenes: from at least a year and a half before `since` on, or no course of the year is known.
        out: folder for pixels and what was found; all workers of a cluster must see it.
        since: what began earlier is not new.
        until: later scenes are not looked at; None: all are.
        least_m2: smaller pieces are not spoken of.
        engine: threads of this machine unless told.
        parameters: the released set unless told.
        progress: called as work goes on.
        cancel: set it to stop.

    Raises:
        CubeRefused: `out` was made for other areas.
        Cancelled: `cancel` was set.
    """
    folder, engine, parameters = Path(out) / SCREENED, engine or LocalEngine(), parameters or released()
    numbers = parameters.section("screening", ScreeningNumbers)
    wanted, off = _wanted(scenes, until)
    parts = _parts(areas, wanted, folder, parameters)
    cubes = [
        SiteCube.build(
            folder / part.grid.key,
            sites=part.as_sites(),
            scenes=Scenes.of(part.scenes),
            parameters=parameters,
            engine=engine,
            progress=progress,
            cancel=cancel,
        )
        for part in parts
    ]
    looks = [
        tuple(_looks(part, cube, since, until, parameters, folder))
        for part, cube in zip(parts, cubes, strict=True)
    ]
    open_ = [look for of_part in looks for look in of_part if not look.file.exists()]
    results = engine.run(open_, find, cancel=cancel)
    for _ in watched(results, stage="squares", total=len(open_), progress=progress):
        pass
    found: list[Disturbance] = []
    counts: list[tuple[Part, Losses]] = []
    for part, of_part in zip(parts, looks, strict=True):
        losses = [read(look) for look in of_part]
        counts += [(part, each) for each in losses]
        if of_part:
            found += disturbances_of(
                losses,
                grid=part.grid,
                scenes=of_part[0].scenes,
                sensor=usual_sensor(of_part[0].scenes),
                least_m2=least_m2,
                numbers=numbers,
                parameters=parameters.label,
            )
    return Screened(
        disturbances=tuple(sorted(found, key=lambda one: (one.first_seen, one.id))),
        squares=len(counts),
        land_m2=_area(counts, "land_px"),
        seen_m2=_area(counts, "seen_px"),
        barren_m2=_area(counts, "barren_px"),
        scenes=tuple(scene for of_part in looks if of_part for scene in of_part[0].scenes),
        left_out=(*scenes.left_out, *off, *(out for cube in cubes for out in cube.left_out)),
        warnings=(
            *areas.left_out,
            *(scene.warning for cube in cubes for scene in cube.scenes if scene.warning),
        ),
        parameters=parameters.label,
    )


def outlook(
    areas: SiteSet, scenes: Scenes, *, until: date | None = None, parameters: ParameterSet | None = None
) -> Outlook:
    """How much there is to do, without opening an image."""
    wanted, _ = _wanted(scenes, until)
    parts = _parts(areas, wanted, None, parameters or released())
    pixels = [
        len(part.scenes) * sum(square.window.height * square.window.width for square in part.squares)
        for part in parts
    ]
    return Outlook(
        squares=sum(len(part.squares) for part in parts),
        scenes=sum(len(part.scenes) for part in parts),
        pixels=sum(pixels),
    )


def _parts(
    areas: SiteSet, scenes: Sequence[Scene], folder: Path | None, parameters: ParameterSet
) -> tuple[Part, ...]:
    return parts_of(
        areas,
        scenes,
        folder=folder,
        square_px=parameters.section("screening", ScreeningNumbers).square_px,
        enough=parameters.section("monitor", MonitorParams).min_history,
    )


def _wanted(scenes: Scenes, until: date | None) -> tuple[list[Scene], list[LeftOut]]:
    """Scenes of the period with the bands that are needed, and no others: a region has many pixels."""
    wanted, off = [], []
    for scene in scenes:
        if until is not None and scene.day > until:
            continue
        if missing := [band for band in BANDS if band not in scene.bands]:
            values = {"scene": scene.id, "bands": "、".join(missing)}
            off.append(LeftOut(scene=scene.id, because=Reason("earth.screening_needs_bands", values)))
            continue
        wanted.append(replace(scene, bands={band: scene.bands[band] for band in BANDS}))
    return wanted, off


def _looks(
    part: Part, cube: SiteCube, since: date, until: date | None, parameters: ParameterSet, folder: Path
) -> Iterable[Look]:
    scenes = tuple(scene for scene in cube.scenes if until is None or scene.day <= until)
    (folder / "losses").mkdir(parents=True, exist_ok=True)
    for square in part.squares if scenes else ():
        yield Look(
            square=square,
            cube=cube,
            scenes=scenes,
            since=since,
            parameters=parameters,
            folder=folder / "losses",
        )


def _area(counts: Iterable[tuple[Part, Losses]], name: str) -> float:
    return float(sum(getattr(losses, name) * part.grid.pixel_size_m**2 for part, losses in counts))
