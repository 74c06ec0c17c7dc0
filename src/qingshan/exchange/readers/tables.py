"""What do all readers hand over? Tables with headers and batches of rows, whatever the file was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from qingshan.exchange.cells import Cell

Shapes: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]

BATCH_ROWS = 4000
"""Rows that are read, judged and written at once: bounds memory and the length of each transaction."""
MAX_ROWS = 1_000_000
MAX_CELLS = 12_000_000
"""Of one sheet or text file: all of it is held while its header row is looked for."""


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
