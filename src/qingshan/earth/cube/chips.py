"""Which pixels does a cube keep of a site's window: in one scene, or in all of them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.cube.chipcutting import uncut
from qingshan.earth.cube.folder import CubeFolder, KeptScene
from qingshan.earth.cube.layout import Layout
from qingshan.earth.cube.unitfiles import read_chip
from qingshan.earth.errors import CubeRefused
from qingshan.earth.grid import Grid, Window
from qingshan.earth.images.masks import Codes
from qingshan.earth.images.reading import STEP, VOID
from qingshan.earth.series import Days

Steps = np.ndarray[Any, np.dtype[np.int16]]
"""reflectance in steps of 1e-4; -32768: no data"""
Singles = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Chip:
    """The pixels of one site's window in one scene."""

    scene: KeptScene
    grid: Grid
    """of the frame; `window` counts on it"""
    window: Window
    bands: Mapping[str, Steps]
    """name -> (height, width) reflectance in steps of 1e-4; -32768: no data"""
    mask: Codes
    """(height, width) codes of `masks.Mask`"""

    def reflectance(self, band: str) -> Singles:
        """(height, width) reflectance of a band; NaN where there is no data."""
        return reflectance_of(self.bands[band])


@dataclass(frozen=True, kw_only=True, eq=False)
class Stack:
    """The pixels of one site's window in all scenes of its frame."""

    scenes: tuple[KeptScene, ...]
    """(n,) in order of day and id"""
    grid: Grid
    """of the frame; `window` counts on it"""
    window: Window
    bands: Mapping[str, Steps]
    """name -> (n, height, width) reflectance in steps of 1e-4; a scene that lacks the band holds -32768"""
    mask: Codes
    """(n, height, width) codes of `masks.Mask`"""

    @property
    def days(self) -> Days:
        """(n,) days since 1970-01-01."""
        return np.array([scene.day for scene in self.scenes], "datetime64[D]").astype(np.int32)

    def reflectance(self, band: str) -> Singles:
        """(n, height, width) reflectance of a band; NaN where there is no data."""
        return reflectance_of(self.bands[band])


def reflectance_of(steps: Steps) -> Singles:
    """Reflectance from steps; NaN where there is no data."""
    return np.where(steps == VOID, np.nan, steps * np.float32(STEP)).astype(np.float32)


def chip_of(cube: CubeFolder, layout: Layout, scene: KeptScene, *, number: int, window: Window) -> Chip:
    """The pixels of a site (by its number) in a scene.

    Raises:
        CubeRefused: a damaged file.
    """
    pixels = _pixels(cube, layout, scene, number=number, window=window)
    return Chip(
        scene=scene,
        grid=layout.grid,
        window=window,
        bands=dict(zip(scene.bands, pixels, strict=False)),
        mask=pixels[-1].astype(np.uint8),
    )


def stack_of(
    cube: CubeFolder,
    layout: Layout,
    scenes: Iterable[KeptScene],
    *,
    number: int,
    window: Window,
    bands: Sequence[str] | None,
) -> Stack:
    """The pixels of a site (by its number) in all scenes of its frame; all bands that any scene has unless told.

    Raises:
        CubeRefused: a damaged file.
    """
    scenes = tuple(scenes)
    wanted = dict.fromkeys(name for scene in scenes for name in scene.bands) if bands is None else bands
    shape = (len(scenes), window.height, window.width)
    found: dict[str, Steps] = {name: np.full(shape, VOID, np.int16) for name in wanted}
    mask = np.zeros(shape, np.uint8)
    for at, scene in enumerate(scenes):
        pixels = _pixels(cube, layout, scene, number=number, window=window)
        mask[at] = pixels[-1]
        for place, name in enumerate(scene.bands):
            if name in found:
                found[name][at] = pixels[place]
    return Stack(scenes=scenes, grid=layout.grid, window=window, bands=found, mask=mask)


def _pixels(cube: CubeFolder, layout: Layout, scene: KeptScene, *, number: int, window: Window) -> Steps:
    """(bands + 1, height, width): the portions of all block rows, one below the other; the mask last."""
    parts = []
    for row in layout.blocks:
        first, end = max(row, window.row), min(row + layout.block_rows, window.row + window.height)
        if first >= end:
            continue
        file = cube.unit(scene.frame, scene.stamp, row)
        raw = read_chip(file, number)
        if raw is None:
            raise CubeRefused.because("earth.cube_damaged", file=file.name)
        parts.append(uncut(raw, (len(scene.bands) + 1, end - first, window.width)))
    return np.concatenate(parts, axis=1)
