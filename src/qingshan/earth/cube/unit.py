"""The unit of work: what comes of one block row of one scene, for all sites that it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qingshan.earth.cube.chipcutting import cut, planes_of
from qingshan.earth.cube.folder import CubeFolder
from qingshan.earth.cube.layout import Layout
from qingshan.earth.cube.unitfiles import Portions, packed
from qingshan.earth.errors import CubeRefused, SceneRefused
from qingshan.earth.images.masks import Mask
from qingshan.earth.images.reading import STEP, Block, Buffers, read_block
from qingshan.earth.images.scenes import Scene
from qingshan.earth.measures.indices import Recipe
from qingshan.earth.measures.zonal import sums_of_block
from qingshan.earth.writing import write_whole
from qingshan.rules.reasons import Reason

BUFFERS = Buffers()
THIN = 8  # every eighth row and column is looked at for what is odd


@dataclass(frozen=True, kw_only=True)
class ImageNumbers:
    """Section [images] of the parameter set: what makes a scene odd, and what makes it useless."""

    zeros_from_px: int
    """pixels with data in other bands from which on a band of zeros is refused"""
    impossible_below: float
    """reflectance"""
    impossible_above: float
    """reflectance"""
    odd_red_above: float
    """reflectance"""
    odd_red_to_nir: float
    """red ÷ near infrared that hardly any ground shows"""
    odd_share: float
    """share of clear pixels from which on a scene is named as odd"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """Everything that a worker needs to make one unit, besides the layout in the cube's folder."""

    folder: Path
    frame: str
    row: int
    scene: Scene
    recipes: tuple[Recipe, ...]
    """for each of `layout.ZONES`, for the month of the scene"""
    numbers: ImageNumbers


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of a task."""

    stamp: str
    refused: Reason | None = None


def make(task: Task) -> Done:
    """Reads, sums and keeps one unit; a scene that cannot be used is said, not raised."""
    layout = _layout(task.folder, task.frame)
    stamp = task.scene.stamp
    try:
        content = unit_of(task.scene, layout=layout, row=task.row, recipes=task.recipes, numbers=task.numbers)
    except SceneRefused as refusal:
        return Done(stamp=stamp, refused=refusal.reasons[0])
    write_whole(CubeFolder(task.folder).unit(task.frame, stamp, task.row), content)
    return Done(stamp=stamp)


def _layout(folder: Path, frame: str) -> Layout:
    layout = Layout.load(CubeFolder(folder).frame(frame))
    if layout is None:
        raise CubeRefused.because("earth.cube_damaged", file=f"{frame}/layout.json")
    return layout


def unit_of(
    scene: Scene, *, layout: Layout, row: int, recipes: Sequence[Recipe], numbers: ImageNumbers
) -> bytes:
    """One unit as bytes.

    Raises:
        SceneRefused: a file is damaged.
    """
    strip = layout.strip(row)
    block = read_block(
        scene,
        frame=layout.grid,
        row=row,
        end_row=strip.end_row,
        runs=strip.runs,
        spans=strip.spans,
        buffers=BUFFERS,
    )
    by_site = [recipes[zone] for zone in layout.zones.tolist()]
    arrays = {
        f"{where}.{name}": values
        for where, part in (("inside", strip.inside), ("ring", strip.ring))
        for name, values in vars(sums_of_block(block.pixels, part, by_site)).items()
    }
    told = {"scene": scene.id, "row": row, **_looked(block, numbers)}
    return packed(told, arrays, _chips(block, layout, row, strip.end_row))


def _looked(block: Block, numbers: ImageNumbers) -> dict[str, object]:
    """Counts by which the scene as a whole is judged once all its units are there."""
    thin = np.s_[::THIN, ::THIN]
    clear = block.pixels.clear[thin] == Mask.CLEAR
    told = {
        name: band[thin][clear].astype(np.float32) * block.pixels.scale[name] + block.pixels.offset[name]
        for name, band in block.pixels.bands.items()
    }
    odd = (told["red"] > numbers.odd_red_above) & (told["red"] > numbers.odd_red_to_nir * told["nir"])
    for values in told.values():
        odd |= (values < numbers.impossible_below) | (values > numbers.impossible_above)
    return {
        "data_px": block.looked.data_px,
        "filled_px": dict(zip(told, block.looked.filled_px, strict=True)),
        "clear_px": int(clear.sum()),
        "odd_px": int(odd.sum()),
    }


def fault_of(told: Sequence[Mapping[str, Any]], *, scene: Scene, numbers: ImageNumbers) -> Reason | None:
    """Why a scene cannot be used after all its units were made: a band that holds nothing but zeros."""
    if sum(each["data_px"] for each in told) < numbers.zeros_from_px:
        return None
    for band, layer in scene.bands.items():
        if not any(each["filled_px"][band] for each in told):
            return Reason("earth.band_of_zeros", {"scene": scene.id, "band": band, "file": layer.name})
    return None


def warning_of(told: Sequence[Mapping[str, Any]], *, scene: Scene, numbers: ImageNumbers) -> Reason | None:
    """What is odd about a scene that is used all the same: bands may be swapped, or the scale wrong."""
    clear, odd = (sum(each[name] for each in told) for name in ("clear_px", "odd_px"))
    if not clear or odd / clear < numbers.odd_share:
        return None
    return Reason("earth.scene_odd", {"scene": scene.id, "share": f"{odd / clear:.0%}"})


def _chips(block: Block, layout: Layout, row: int, end_row: int) -> Portions:
    """The rows of each window that touches them."""
    bands = block.pixels.bands
    sites = layout.touching(row, end_row)
    windows = layout.windows[sites].astype(np.int64)
    end = np.minimum(windows[:, 0] + windows[:, 2], end_row)
    windows[:, 0] = np.maximum(windows[:, 0], row)
    windows[:, 2] = end - windows[:, 0]
    windows[:, 0] -= row
    sizes = windows[:, 2] * windows[:, 3] * planes_of(len(bands))
    first = np.concatenate([[0], np.cumsum(sizes)])
    content = BUFFERS.array("chips", (int(first[-1]),), np.uint8)
    line = np.empty(int(windows[:, 3].max(initial=0)) + 1, np.int32)
    gains = np.array([block.pixels.scale[name] / STEP for name in bands])
    shifts = np.array([block.pixels.offset[name] / STEP for name in bands])
    cut(block.stack, block.pixels.clear, windows, first, gains, shifts, line, content)
    return Portions(sites=sites, first=first, content=content)
