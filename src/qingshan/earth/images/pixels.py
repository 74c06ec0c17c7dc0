"""What is handed from decoding to computing: the numbers of some rows of one scene, as they were stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.images.masks import Codes

Counts = np.ndarray[Any, np.dtype[np.int16]] | np.ndarray[Any, np.dtype[np.uint16]]


@dataclass(frozen=True, kw_only=True, eq=False)
class BlockPixels:
    """Whole rows of one scene on one grid: every column, some rows; or a window of them."""

    row: int
    """grid row of the arrays' first row"""
    bands: Mapping[str, Counts]
    """name of `sensors.BANDS` -> (rows, columns) int16 or uint16, C order, all of one shape and type"""
    clear: Codes
    """(rows, columns) uint8 codes of `masks.Mask`; only `Mask.CLEAR` is averaged"""
    scale: Mapping[str, float]
    """band -> gain: reflectance = number x scale + offset"""
    offset: Mapping[str, float]
    """band -> offset"""
    col: int = 0
    """grid column of the arrays' first column"""

    @property
    def end_row(self) -> int:
        """Grid row after the last."""
        return self.row + len(self.clear)
