"""How do thousands of staged rows get into the database at once?

`bulk_create` spends more time on compiling its statement than the database on executing it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, TypeAlias

from django.db import connection

from qingshan.exchange.cells import Cell, storable, text_of
from qingshan.exchange.models import StagedRow

InsertedRow: TypeAlias = tuple[Any, ...]
"""Values in the order of COLUMNS."""

COLUMNS = (
    "source_id",
    "position",
    "sheet",
    "row",
    "outcome",
    "key",
    "values",
    "changes",
    "geom",
    "area_m2",
    "faults",
    "notes",
    "cells",
    "words",
    "target_id",
    "target_version",
)
# times the columns: below the 32,766 values that SQLite takes in one statement
_ROWS_AT_ONCE = 500
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def insert_rows(rows: Sequence[InsertedRow]) -> None:
    """Write the rows; JSON comes as text, which both databases take for it."""
    names = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    table = connection.ops.quote_name(StagedRow._meta.db_table)
    one = f"({', '.join(['%s'] * len(COLUMNS))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = rows[start : start + _ROWS_AT_ONCE]
            marks = ", ".join([one] * len(part))
            values = [value for row in part for value in row]
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES {marks}", values)


def as_json(value: Any) -> str:
    """The value as both databases keep it."""
    if not value:
        return "[]" if isinstance(value, list) else "{}"
    return _ENCODER.encode(value)


def plain_cell(cell: Cell) -> str | int | float | bool | None:
    """A cell as it was written, kept for the workbook of refused rows; dates read back the same as text."""
    if isinstance(cell, str):
        return storable(cell)
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    return cell if cell is None or isinstance(cell, int) else text_of(cell)
