"""What is to be drawn in a window of any proportions? Shapes while they are few, else counts on a grid.

The window is covered by a few tiles, so that a picture costs no more than the map does for the same place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import shapely
from django.db import connections
from django.db.models import Q

from qingshan.geo.blobs import Envelope, decode_many
from qingshan.geo.cells import DEPTH, LAST_LATITUDE, columns_and_rows
from qingshan.geo.tiles.grid import Grid
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.rows import Asked, Rows, cell_field, count_to, parts_of
from qingshan.geo.tiles.shapes import Row, read, read_among_many, read_in_box, read_whole

MOST_SHAPES = 2_500
"""More than this in one window are counted instead of drawn."""
TILES_ACROSS = 1.4
"""A window is about so many tiles wide, so that their grids are finer than a thumb."""


@dataclass(frozen=True)
class Drawn:
    """One row of the window with its shape in degrees and what was asked of it."""

    key: int
    shape: Any
    told: dict[str, Any]


@dataclass
class Sample:
    """`counts` holds (longitude, latitude, how many) where there were too many to draw."""

    shapes: list[Drawn] = field(default_factory=list)
    counts: list[tuple[float, float, int]] = field(default_factory=list)


def sample(
    rows: Asked, box: Envelope, *, geom: str = "geom", properties: Sequence[str] = (), most: int = MOST_SHAPES
) -> Sample:
    """The rows in the box (west, south, east, north), each once, by key."""
    asked = _Asked(parts_of(rows), geom, tuple(properties), most)
    told: dict[str, Any] = {"geom": geom, "properties": properties, "limit": most}
    if asked.cell is None:
        return asked.sample(read_in_box(asked.parts, box, **told))
    if count_to(asked.parts, most) <= most:
        return asked.sample(read_whole(asked.parts, **told), inside=box)
    places = list(covering(box))
    if not asked.is_crowded([asked.everybody], places):
        return asked.sample(read_in_box(asked.parts, box, **told))
    if asked.is_crowded(asked.parts, places):
        return Sample(counts=[each for place in places for each in asked.counts(place)])
    found = {row[0]: row for place in places for row in asked.read(place)}
    return asked.sample([found[key] for key in sorted(found)])


@dataclass(frozen=True)
class _Asked:
    """All that was asked, handed on together."""

    parts: tuple[Rows, ...]
    geom: str
    properties: tuple[str, ...]
    most: int

    @property
    def cell(self) -> str | None:
        return cell_field(self.parts[0].model, self.geom)

    @property
    def everybody(self) -> Rows:
        """The rows whoever may see them: where they are few, all are read at once."""
        rows: Rows = self.parts[0].model._base_manager.order_by()
        return rows

    def is_crowded(self, parts: Sequence[Rows], places: Sequence[Place]) -> bool:
        """Whether more lies on these tiles than is drawn one by one; counted by cells, no further than that.

        By boxes, SQLite would gather a million keys before it counts the first.
        """
        inside = reduce(or_, (Q(**{f"{self.cell}__range": place.cells()}) for place in places))
        return count_to([part.filter(inside) for part in parts], self.most) > self.most

    def counts(self, place: Place) -> list[tuple[float, float, int]]:
        return _counts(Grid(place).count(self.parts, cell=str(self.cell), sum_of=""))

    def read(self, place: Place) -> list[Row]:
        told: dict[str, Any] = {"geom": self.geom, "properties": self.properties, "limit": 2 * self.most}
        if self.cell is None or connections[self.parts[0].db].vendor == "postgresql":
            return read(self.parts, place, **told)
        return read_among_many(self.parts, place, cell=self.cell, **told)

    def sample(self, rows: Sequence[Row], *, inside: Envelope | None = None) -> Sample:
        """The rows with their shapes; `inside` leaves out those whose box does not meet it."""
        shapes = decode_many(row[1] for row in rows)
        if inside is not None:
            west, south, east, north = np.asarray(shapely.bounds(shapes)).T
            meets = (west <= inside[2]) & (east >= inside[0]) & (south <= inside[3]) & (north >= inside[1])
            rows, shapes = [rows[int(at)] for at in np.flatnonzero(meets)], shapes[meets]
        told = [dict(zip(self.properties, row[2:], strict=True)) for row in rows]
        drawn = [Drawn(row[0], shape, each) for row, shape, each in zip(rows, shapes, told, strict=True)]
        return Sample(drawn)


def covering(box: Envelope) -> Iterator[Place]:
    """The tiles over a box, some six of them."""
    west, south, east, north = box
    z = max(0, min(DEPTH, round(math.log2(TILES_ACROSS * 360.0 / max(east - west, 1e-6)))))
    side = 1 << z
    columns = [min(side - 1, max(0, math.floor((lon + 180.0) / 360.0 * side))) for lon in (west, east)]
    rows = [min(side - 1, max(0, math.floor(_down(lat) * side))) for lat in (north, south)]
    for x in range(columns[0], columns[1] + 1):
        for y in range(rows[0], rows[1] + 1):
            yield Place(z, x, y)


def _down(lat: float) -> float:
    sine = math.sin(math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, lat))))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _counts(grid: Grid) -> list[tuple[float, float, int]]:
    """The middles of the grid's cells in degrees, with their counts."""
    numbers = sorted(grid.counts)
    columns, rows = columns_and_rows(numbers)
    side = 1 << grid.zoom
    lon = (columns + 0.5) / side * 360.0 - 180.0
    lat = np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * (rows + 0.5) / side))))
    counts = [grid.counts[number] for number in numbers]
    return list(zip(lon.tolist(), lat.tolist(), counts, strict=True))
