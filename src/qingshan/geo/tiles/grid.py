"""What does a tile show when it holds more than can be drawn? A grid of points, each with its count and
area.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from django.db import connections
from django.db.models import Count, F, FloatField, Sum, Value

from qingshan.geo.cells import DEPTH, columns_and_rows
from qingshan.geo.mvt import EXTENT, Layer
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.rows import Rows, apart
from qingshan.geo.tiles.walk import counts_by_walking

GRID_ZOOMS = 6
"""A tile is cut 6 times in four: 64 × 64 points, 8 pixels apart."""


@dataclass
class Grid:
    """Counts and sums by grid cell; the number of a cell is Morton order at the grid's zoom."""

    place: Place
    counts: Counter[int] = field(default_factory=Counter)
    sums: Counter[int] = field(default_factory=Counter)

    @property
    def zoom(self) -> int:
        return min(self.place.z + GRID_ZOOMS, DEPTH)

    @property
    def shift(self) -> int:
        return 2 * (DEPTH - self.zoom)

    def count(self, parts: Sequence[Rows], *, cell: str, sum_of: str) -> Grid:
        """Count the rows of all parts, each once, along the index that begins with the cell."""
        for part in apart(parts):
            for grid, count, total in self._counted(part, cell=cell, sum_of=sum_of):
                self.counts[grid] += count
                self.sums[grid] += round(total)
        return self

    def _counted(self, part: Rows, *, cell: str, sum_of: str) -> Iterable[tuple[int, int, float]]:
        cells = self.place.cells()
        if connections[part.db].vendor == "sqlite":
            walked = counts_by_walking(part, cell=cell, cells=cells, shift=self.shift, sum_of=sum_of)
            if walked is not None:
                return walked
        grid = F(cell).bitrightshift(self.shift) if self.shift else F(cell)
        measures = {
            "n": Count("*"),
            "total": Sum(sum_of, output_field=FloatField()) if sum_of else Value(0.0),
        }
        inside = part.filter(**{f"{cell}__range": cells}).annotate(grid=grid)
        found = inside.values("grid").annotate(**measures)
        return ((row["grid"], row["n"], row["total"] or 0.0) for row in found)

    def layer(self, name: str, *, sum_of: str) -> Layer:
        """Points in the middle of their grid cells."""
        numbers = sorted(self.counts)
        columns, rows = columns_and_rows(numbers)
        step = EXTENT >> (self.zoom - self.place.z)
        corner = np.array([self.place.x, self.place.y]) << (self.zoom - self.place.z)
        points = (np.column_stack([columns, rows]) - corner) * step + step / 2
        told: Mapping[str, Sequence[int]] = {
            "count": [self.counts[number] for number in numbers],
            **({sum_of: [self.sums[number] for number in numbers]} if sum_of else {}),
        }
        return Layer(name, shapely.points(points), told)
