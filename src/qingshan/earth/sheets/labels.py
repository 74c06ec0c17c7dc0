"""Where do words go so that none lies over another?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingshan.earth.sheets.drawing import width_of

GAP = 10.0
"""least room between two words of one row"""


@dataclass(frozen=True)
class Placed:
    """A label with its place: left edge and number of its row, counted from above."""

    said: str
    x: float
    left: float
    row: int


def stacked(
    wanted: Sequence[tuple[float, str]], *, size: float, left: float, right: float
) -> tuple[Placed, ...]:
    """Labels near their x in as few rows as it takes; each stays between left and right."""
    ends: list[float] = []
    placed = []
    for x, said in sorted(wanted):
        width = width_of(said, size)
        start = max(left, min(x - width / 2, right - width))
        row = next((at for at, end in enumerate(ends) if end + GAP <= start), len(ends))
        ends[row : row + 1] = [start + width]
        placed.append(Placed(said, x, start, row))
    return tuple(placed)


def wrapped(items: Sequence[str], *, size: float, sign: float, width: float) -> tuple[tuple[float, int], ...]:
    """Where the entries of a legend begin: x and row; each has a sign before it."""
    x, row = 0.0, 0
    places = []
    for said in items:
        wide = sign + width_of(said, size) + 2 * GAP
        if x and x + wide > width + 2 * GAP:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += wide
    return tuple(places)
