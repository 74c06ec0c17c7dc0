"""What did a piece of land look like on a day? Pixels of one scene around one site, and their colours."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from qingshan.earth.grid import Grid
from qingshan.earth.images.masks import Mask as Shown

if TYPE_CHECKING:
    from qingshan.earth.cube.chips import Chip

Pixels = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

LONGEST_PX = 320
"""a picture on a sheet has at most so many pixels a side; larger windows are thinned"""
GAMMA = 1 / 1.6
"""land is dark: without it forest would print black"""
DARKEST, BRIGHTEST = 1.0, 99.0
"""percentiles between which colours are stretched"""
LEAST_SPAN = 0.08
"""reflectance; a narrower stretch would show noise as colour"""
NO_DATA_GREY = 190


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """What one scene shows around one site, as a sheet needs it."""

    scene: str
    day: date
    sensor: str
    grid: Grid
    """of these pixels alone, not of the whole scene"""
    bands: Mapping[str, Pixels]
    """name of a band -> (rows, columns) reflectance 0 to 1, NaN where there is none"""
    clear: Mask
    """(rows, columns) pixels that were counted"""

    @classmethod
    def of(cls, chip: Chip) -> View:
        """The view of a site cube's chip."""
        whole, window = chip.grid, chip.window
        grid = replace(
            whole,
            west=whole.west + window.col * whole.dx,
            north=whole.north - window.row * whole.dy,
            height=window.height,
            width=window.width,
        )
        return cls(
            scene=chip.scene.id,
            day=chip.scene.day,
            sensor=chip.scene.sensor.name,
            grid=grid,
            bands={name: chip.reflectance(name).astype(np.float64) for name in chip.bands},
            clear=chip.mask == Shown.CLEAR,
        )


@dataclass(frozen=True, kw_only=True)
class Composite:
    """Which bands are shown as red, green and blue."""

    name: str
    """of its words"""
    red: tuple[str, ...]
    green: tuple[str, ...]
    blue: tuple[str, ...]
    """bands that are averaged, one that is named twice counts twice"""

    @property
    def bands(self) -> frozenset[str]:
        return frozenset(self.red + self.green + self.blue)


TRUE_COLOUR = Composite(name="true-colour", red=("red",), green=("green",), blue=("blue",))
COMPOSITES = (
    TRUE_COLOUR,
    Composite(name="near-natural", red=("red",), green=("nir", "green", "green", "green"), blue=("blue",)),
    Composite(name="near-natural", red=("red",), green=("nir", "green", "green", "green"), blue=("red",)),
    Composite(name="near-natural", red=("red",), green=("nir", "red", "red"), blue=("red",)),
)
"""Near infrared, in which plants shine, is mixed into green: plants look green, bare ground as it does."""
ONE_BAND = "one-band"


def composites_of(views: Sequence[View]) -> tuple[Composite, ...]:
    """True colour and the first picture of vegetation that the bands of all views allow; else a single band."""
    shared = frozenset.intersection(*(frozenset(view.bands) for view in views))
    possible = [one for one in COMPOSITES if one.bands <= shared]
    first_of_name = {one.name: one for one in reversed(possible)}
    chosen = tuple(one for one in possible if first_of_name[one.name] is one)
    if chosen or not shared:
        return chosen
    band = (min(shared),)
    return (Composite(name=ONE_BAND, red=band, green=band, blue=band),)


def coloured(views: Sequence[View], composite: Composite) -> tuple[bytes, ...]:
    """PNG files of all views, stretched alike so that they can be compared."""
    stacks = [_stack(view, composite) for view in views]
    clear = np.concatenate([stack[view.clear] for stack, view in zip(stacks, views, strict=True)])
    dark, bright = _stretch(clear, stacks)
    return tuple(_png(_thinned(_shades(stack, dark, bright))) for stack in stacks)


def _stack(view: View, composite: Composite) -> Pixels:
    """(rows, columns, 3) reflectance."""
    layers = [
        np.mean([np.asarray(view.bands[name], dtype=np.float64) for name in names], axis=0)
        for names in (composite.red, composite.green, composite.blue)
    ]
    return np.stack(layers, axis=-1)


def _stretch(clear: Pixels, stacks: Sequence[Pixels]) -> tuple[Pixels, Pixels]:
    """Darkest and brightest reflectance of each of the three colours, over everything clear in all views.

    True colour keeps its hue by one stretch for all three: what is grey stays grey."""
    seen = clear[np.isfinite(clear).all(axis=-1)]
    if not len(seen):
        everything = np.concatenate([stack.reshape(-1, 3) for stack in stacks])
        seen = everything[np.isfinite(everything).all(axis=-1)]
    if not len(seen):
        return np.zeros(3), np.ones(3)
    dark = np.full(3, np.percentile(seen, DARKEST))
    bright = np.full(3, np.percentile(seen, BRIGHTEST))
    return dark, np.maximum(bright, dark + LEAST_SPAN)


def _shades(stack: Pixels, dark: Pixels, bright: Pixels) -> np.ndarray[Any, np.dtype[np.uint8]]:
    known = np.isfinite(stack).all(axis=-1)
    share = np.clip((np.where(np.isfinite(stack), stack, 0.0) - dark) / (bright - dark), 0.0, 1.0)
    shades = np.rint(255.0 * share**GAMMA).astype(np.uint8)
    shades[~known] = NO_DATA_GREY
    return shades


def _thinned(shades: np.ndarray[Any, np.dtype[np.uint8]]) -> Image.Image:
    image = Image.fromarray(shades)
    longest = max(image.size)
    if longest <= LONGEST_PX:
        return image
    size = tuple(max(1, round(side * LONGEST_PX / longest)) for side in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.BOX)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, format="PNG", compress_level=9)
    return file.getvalue()
