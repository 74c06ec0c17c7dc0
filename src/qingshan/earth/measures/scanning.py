"""What are the averages of every site in every scene, straight from the files? One pass, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qingshan.earth.engines import Engine, LocalEngine
from qingshan.earth.errors import GridMismatch, SceneRefused
from qingshan.earth.grid import BLOCK_ROWS
from qingshan.earth.images.codes import Runs
from qingshan.earth.images.frames import frames_of
from qingshan.earth.images.reading import Buffers, read_block, runs_of, spans_of
from qingshan.earth.images.scenes import LeftOut, Scene, Scenes
from qingshan.earth.measures.indices import Recipe
from qingshan.earth.measures.weights import Weights
from qingshan.earth.measures.zonal import BlockSums, Moments, means_and_variances, merge, sums_of_block
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.series import QUANTITIES
from qingshan.earth.sites import ClimateZone
from qingshan.rules.reasons import Reason

BUFFERS = Buffers()


@dataclass(frozen=True, kw_only=True, eq=False)
class Scan:
    """Averages by scene, in order of day and id."""

    moments: Mapping[str, Moments]
    """id of a scene -> averages of the sites that have pixels"""
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Strip:
    scene: Scene
    row: int
    end_row: int
    part: Weights
    runs: Runs
    recipes: Sequence[Recipe]
    quantities: Sequence[str]


def zonal(
    scenes: Scenes,
    weights: Weights,
    *,
    zones: Sequence[ClimateZone | None] | None = None,
    quantities: Sequence[str] = QUANTITIES,
    parameters: ParameterSet | None = None,
    engine: Engine | None = None,
    block_rows: int = BLOCK_ROWS,
) -> Scan:
    """Averages over all sites of a grid in all scenes; for more than one look, make a `SiteCube` instead.

    Args:
        scenes: all on the pixels of the weights' grid.
        weights: coverage by the sites.
        zones: climate zone of each site by its number; not told unless given.
        quantities: of `series.QUANTITIES`; the others cost nothing and are NaN.
        parameters: the released set unless told.
        engine: threads of this machine unless told.
        block_rows: rows that are read together.

    Raises:
        GridMismatch: a scene lies on other pixels.
    """
    parameters, engine = parameters or released(), engine or LocalEngine()
    frames = frames_of(scenes, known=[weights.grid])
    for frame in frames:
        if frame.key != weights.grid.key and frame.scenes:
            raise GridMismatch.because("earth.scene_on_other_grid", scene=frame.scenes[0].id)
    sums: dict[str, dict[int, BlockSums]] = {scene.id: {} for scene in scenes}
    refused: dict[str, Reason] = {}
    count = int(weights.sites.max(initial=-1)) + 1
    strips = _strips(scenes, weights, zones or [None] * count, quantities, parameters, block_rows)
    for id_, row, found in engine.run(strips, _summed):
        if isinstance(found, Reason):
            refused.setdefault(id_, found)
        else:
            sums[id_][row] = found
    return Scan(
        moments={
            id_: means_and_variances(merge(found[row] for row in sorted(found)))
            for id_, found in sums.items()
            if id_ not in refused
        },
        left_out=tuple(LeftOut(scene=id_, because=reason) for id_, reason in sorted(refused.items())),
    )


def _strips(
    scenes: Scenes,
    weights: Weights,
    zones: Sequence[ClimateZone | None],
    quantities: Sequence[str],
    parameters: ParameterSet,
    block_rows: int,
) -> Iterator[_Strip]:
    height = weights.grid.height
    edges = [(row, min(row + block_rows, height)) for row in range(0, height, block_rows)]
    parts = [
        (row, end_row, part, pixels_of(part))
        for row, end_row in edges
        if len(part := weights.rows(row, end_row))
    ]
    for scene in scenes:
        by_zone = {zone: Recipe.of(parameters, zone=zone, month=scene.day.month) for zone in set(zones)}
        recipes = [by_zone[zone] for zone in zones]
        for row, end_row, part, runs in parts:
            yield _Strip(
                scene=scene,
                row=row,
                end_row=end_row,
                part=part,
                runs=runs,
                recipes=recipes,
                quantities=quantities,
            )


def pixels_of(part: Weights) -> Runs:
    """All pixels of a part, the single ones as runs of one."""
    rows, cols = (np.concatenate([part.runs[at], part.cells[at]]) for at in (0, 1))
    return runs_of(rows, cols, np.concatenate([part.runs[2], np.ones(part.cells.shape[1], np.int32)]))


def _summed(strip: _Strip) -> tuple[str, int, BlockSums | Reason]:
    part = strip.part
    try:
        block = read_block(
            strip.scene,
            frame=part.grid,
            row=strip.row,
            end_row=strip.end_row,
            runs=strip.runs,
            spans=spans_of(strip.runs, width=part.grid.width),
            buffers=BUFFERS,
        )
    except SceneRefused as refusal:
        return strip.scene.id, strip.row, refusal.reasons[0]
    found = sums_of_block(block.pixels, part, strip.recipes, quantities=strip.quantities)
    return strip.scene.id, strip.row, found
