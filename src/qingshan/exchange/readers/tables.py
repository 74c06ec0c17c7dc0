"""What do all readers hand over? Tables with headers and batches of rows, whatever the file was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from qingshan.exchange.cells import Cell
from qingshan.exchange.columns import Column
from qingshan.geo.crs import Order
from qingshan.rules.reasons import Reason

Shapes: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]

BATCH_ROWS = 4000
"""Rows that are read, judged and written at once: bounds memory and the length of each transaction."""
MAX_ROWS = 1_000_000
MAX_CELLS = 12_000_000
"""Of one sheet or text file: all of it is held while its header row is looked for."""


@dataclass(frozen=True)
class Expected:
    """What is looked for in a file."""

    columns: Sequence[Column]
    identity: tuple[str, ...] = ()
    """Names of columns by which people tell objects apart, the surest first."""
    corners: bool = False
    """Whether the rows of a sheet may be corners of shapes."""
    areas_only: bool = False
    """Whether every shape is an area: a list of coordinates can then only be one of corners."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What a person has answered."""


@dataclass(frozen=True)
class Unread:
    """A cell that holds something without a value: a formula whose result was not saved, or an error."""

    code: str
    text: str = ""


@dataclass
class Batch:
    """Some rows, column by column."""

    rows: list[int]
    """Row numbers as the person sees them; for vector files the number of the feature, from 1."""
    columns: list[list[Cell]]
    """One list for each header of the table."""
    shapes: Shapes | None = None
    """As they stand in the file, not yet brought to longitude and latitude; None where there is none."""
    broken: frozenset[int] = frozenset()
    """Places in this batch whose shape cannot be read."""
    unread: dict[tuple[int, int], Unread] = field(default_factory=dict)
    """(place in this batch, column) of cells without a value."""
    faults: dict[int, list[Reason]] = field(default_factory=dict)
    """By place in this batch: what the reader itself found wrong with a row."""
    notes: dict[int, list[Reason]] = field(default_factory=dict)


Grid: TypeAlias = list[list[Cell]]


@dataclass
class Sheet:
    """One sheet as a grid of cells, with what the file says of it besides."""

    name: str
    grid: Grid
    unread: dict[tuple[int, int], Unread] = field(default_factory=dict)
    """By row and column, both from 0."""
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    """Upper left and lower right cell of each merged range, from 0."""
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    """Both from 0."""


@dataclass
class Table:
    """One sheet or layer."""

    name: str
    headers: list[str]
    """As written, in the order of the file; empty where a column has none."""
    batches: Callable[[], Iterator[Batch]]
    total: int
    """How many rows the batches will hold."""
    has_shapes: bool = False
    crs: str | None = None
    """What the file itself says about its coordinates."""
    crs_by_custom: str | None = None
    """What degrees mean in a file of this format that says nothing; None where it ought to say."""
    header_row: int | None = None
    left_out: list[dict[str, Any]] = field(default_factory=list)
    """Rows that are no data: {"row", "why", "text"}."""
    cut_off: frozenset[int] = frozenset()
    """Places of headers that may have lost their end: a Shapefile keeps ten bytes of a name."""
    order: Order = Order.EAST_NORTH
    """Which of the two coordinates comes first."""
    notes: list[Reason] = field(default_factory=list)
    """What to know about how the table was read."""
    units_said: tuple[str, ...] = ()
    """Units named above the table, which hold where a header names none."""
    corners: tuple[str, ...] = ()
    """Headers of the corner columns, where each object stands on several rows."""
    corners_place: int = 0
    """The column of the sheet in which the first corner's coordinates begin."""
    places: tuple[int, ...] = ()
    """The column of the sheet behind each header, where they do not simply count up; -1 where there is none."""
    sheet: Sheet | None = None
    """The sheet that the table stands in; None for vector files."""
