"""Which clouds and shadows lie over a tile? One field for all of it: a site shares its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.grid import Window
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.countryside import SIDE_PX
from qingshan.earth.simulation.layout import stretched
from qingshan.earth.simulation.tiles import BLOCKS

Floats = np.ndarray[Any, np.dtype[np.float64]]

CELL_PX = 16
"""side of the pieces in which clouds are drawn where no site lies"""
CELLS = BLOCKS * SIDE_PX // CELL_PX
WIDE_NODES = 12
"""along one side of a tile: whole fronts"""
SHARE_WIDE = 0.6
"""of the variance that whole fronts have"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Clouds:
    """Two fields over one tile, (scenes, BLOCKS + 1, BLOCKS + 1) nodes of mean 0 and variance about 1."""

    cloud: Floats
    shadow: Floats

    def at(self, window: Window, steps: int) -> tuple[Floats, Floats]:
        """(scenes, steps + 1, steps + 1) nodes of a square, of cloud and of shadow."""
        along = np.arange(steps + 1) / steps
        rows = (window.row + along * window.height) / SIDE_PX
        cols = (window.col + along * window.width) / SIDE_PX
        return _between(self.cloud, rows, cols), _between(self.shadow, rows, cols)


def clouds_of(seed: int, place: str, days: Sequence[int]) -> Clouds:
    """The clouds of some days, each drawn by itself."""
    fields = [
        [_field(rng) for _ in range(2)] for rng in (chance(seed, place, str(day), "clouds") for day in days)
    ]
    cloud, shadow = (np.stack(each) for each in zip(*fields, strict=True))
    return Clouds(cloud=cloud, shadow=shadow)


def cells(field: Floats) -> Floats:
    """(scenes, CELLS, CELLS) values in the middle of each cell."""
    at = (np.arange(CELLS) + 0.5) * CELL_PX / SIDE_PX
    return _between(field, at, at)


def _field(rng: np.random.Generator) -> Floats:
    wide = stretched(rng.standard_normal((WIDE_NODES, WIDE_NODES)) * 1.5, BLOCKS + 1, BLOCKS + 1)
    near = rng.standard_normal((BLOCKS + 1, BLOCKS + 1)) * 1.5
    return np.asarray(wide * np.sqrt(SHARE_WIDE) + near * np.sqrt(1.0 - SHARE_WIDE))


def _between(field: Floats, rows: Floats, cols: Floats) -> Floats:
    last = field.shape[-1] - 2
    upper, left = (np.minimum(at.astype(int), last) for at in (rows, cols))
    a, b = (rows - upper)[:, None], cols - left
    mixed = field[:, upper] * (1 - a) + field[:, upper + 1] * a
    return np.asarray(mixed[:, :, left] * (1 - b) + mixed[:, :, left + 1] * b)
