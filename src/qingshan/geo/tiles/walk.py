"""How does SQLite count a grid quickly? By stepping from one occupied grid cell to the next along the index.

GROUP BY sorts a million rows that already lie in order, since SQLite cannot know that a shifted number keeps
the order. One look-up for each occupied cell of the grid and one count between its bounds takes a third of it.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import F, Func, TextField
from django.db.models.expressions import RawSQL

from qingshan.geo.index import column_of
from qingshan.geo.tiles.rows import Rows

_STEPS = """
WITH RECURSIVE qs_grid(cell) AS (
  SELECT (SELECT {cell} >> {shift} FROM {table} WHERE {cell} BETWEEN {low} AND {high} ORDER BY {cell} LIMIT 1)
  UNION ALL
  SELECT (SELECT {cell} >> {shift} FROM {table}
           WHERE {cell} BETWEEN (qs_grid.cell + 1) << {shift} AND {high} ORDER BY {cell} LIMIT 1)
    FROM qs_grid WHERE qs_grid.cell IS NOT NULL)
SELECT cell, ({counted}) FROM qs_grid WHERE cell IS NOT NULL"""


def counts_by_walking(
    part: Rows, *, cell: str, cells: tuple[int, int], shift: int, sum_of: str
) -> list[tuple[int, int, float]] | None:
    """(grid cell, rows, sum) of what this part sees; None where the database would not walk along the cells."""
    connection = connections[part.db]
    counted, params = _counted(part, cell=cell, shift=shift, sum_of=sum_of)
    quote, meta = connection.ops.quote_name, part.model._meta
    column = column_of(meta.get_field(cell))
    sql = _STEPS.format(
        cell=quote(column),
        table=quote(meta.db_table),
        shift=shift,
        low=cells[0],
        high=cells[1],
        counted=counted,
    )
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql, params)
        if not _walks([str(row[3]) for row in cursor.fetchall()], meta.db_table, column):
            return None
        cursor.execute(sql, params)
        # a grid cell that only others' rows occupy must leave no trace
        return [found for found in map(_parsed, cursor.fetchall()) if found[1] > 0]


def _counted(part: Rows, *, cell: str, shift: int, sum_of: str) -> tuple[str, tuple[Any, ...]]:
    """The count and sum of one grid cell as one text, so that the index is walked once."""
    bounds = {
        f"{cell}__gte": RawSQL(f"qs_grid.cell << {shift}", []),
        f"{cell}__lt": RawSQL(f"(qs_grid.cell + 1) << {shift}", []),
    }
    template = "count(*) || ' ' || total(%(expressions)s)" if sum_of else "count(*) || ' 0'"
    both = Func(F(sum_of or "pk"), template=template, output_field=TextField())
    inner = part.filter(**bounds).values_list(both)
    sql, params = inner.query.get_compiler(connection=connections[part.db]).as_sql()
    return sql, params


def _walks(plan: list[str], table: str, cell: str) -> bool:
    """Is the table only ever searched between bounds of the cell? A scope by keys is better served otherwise."""
    touched = [step for step in plan if table in step]
    return len(touched) == 3 and all(f"({cell}>" in step for step in touched)


def _parsed(row: tuple[int, str]) -> tuple[int, int, float]:
    count, _, total = row[1].partition(" ")
    return row[0], int(count), float(total)
