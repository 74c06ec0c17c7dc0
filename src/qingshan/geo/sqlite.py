"""What does SQLite have to be taught? A few cheap `qs_*` functions over stored blobs, on every connection.

All are deterministic, answer NULL for NULL, and never raise on an empty or foreign blob: a raise inside a
trigger would stop an honest write with a message that helps nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shapely
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.geo.blobs import UNREADABLE, decode, envelope
from qingshan.geo.cells import cell_of_stored


def teach(connection: BaseDatabaseWrapper) -> None:
    """Register the functions on a new SQLite connection."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    for name, arguments, function in (*FUNCTIONS, ("qs_intersects", 2, _intersecter())):
        raw.create_function(name, arguments, function, deterministic=True)
    # some builds distrust functions inside triggers by default; the index triggers call ours
    raw.execute("PRAGMA trusted_schema = ON")


def _corner(position: int) -> Callable[[Any], float | None]:
    def corner(stored: Any) -> float | None:
        box = envelope(stored)
        return None if box is None else box[position]

    return corner


def box_meets(stored: Any, min_x: float, min_y: float, max_x: float, max_y: float) -> bool | None:
    """Do the exact bounding boxes meet? (The R*Tree keeps 32-bit floats and answers a little too often.)"""
    if stored is None:
        return None
    box = envelope(stored)
    return box is not None and box[0] <= max_x and box[2] >= min_x and box[1] <= max_y and box[3] >= min_y


def _intersecter() -> Callable[[Any, Any], bool | None]:
    """A function for one connection: SQLite hands it the same question for every row, so it prepares it once."""
    asked: list[Any] = [None, None]

    def intersects(stored: Any, question: Any) -> bool | None:
        if stored is None or question is None:
            return None
        try:
            if question != asked[0]:
                asked[:] = question, decode(question)
                shapely.prepare(asked[1])
            return bool(shapely.intersects(asked[1], decode(stored)))
        except UNREADABLE:
            return None

    return intersects


FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("qs_minx", 1, _corner(0)),
    ("qs_miny", 1, _corner(1)),
    ("qs_maxx", 1, _corner(2)),
    ("qs_maxy", 1, _corner(3)),
    ("qs_cell", 1, cell_of_stored),
    ("qs_box_meets", 5, box_meets),
)
