"""What if a person types one object instead of bringing a table? It is judged like a row of a table.

So a form has the columns, the readings, the look-ups and the sentences of its kind, and no rule of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from qingshan.exchange.columns import Column
from qingshan.exchange.judging import Judge, Verdict
from qingshan.exchange.kinds import Context, Kind
from qingshan.exchange.models import Outcome
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.readers.tables import Batch, Table
from qingshan.exchange.reading import fields_of, read_batch
from qingshan.exchange.rows import columns_of
from qingshan.exchange.shapes import place_shapes, system_of, taken_from_cells
from qingshan.exchange.staging import Row

# a list of corners copied from a licence begins each line with the number of the corner
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_NUMBERED = re.compile(
    rf"\s*[(（]?[A-Za-z]{{0,3}}\d{{1,3}}[)）]?(?:[.．]?\s+|[,，、：:]\s*)({_NUMBER}[\s,，]+{_NUMBER})\s*[;；]?\s*"
)


def judged_one(kind: Kind, context: Context, written: Mapping[str, str]) -> Verdict:
    """The verdict over one object, by the names of the columns. Raises Question while coordinates are unclear."""
    columns = [column for column in columns_of(kind) if column.name in written]
    batch = Batch(rows=[1], columns=[[_cell(column, written[column.name])] for column in columns])
    headers = [column.header() for column in columns]
    table = Table("", headers, partial(iter, (batch,)), total=1, crs_by_custom="EPSG:4490")
    drafts = read_batch(table, batch, fields_of(table, columns))
    shapes = taken_from_cells(drafts) if kind.geometry else None
    if shapes is not None:
        system = system_of(table, shapes, context.options)
        place_shapes(kind, batch, drafts, shapes, system, abroad=context.allow_abroad)
    return Judge(kind, context).judge(drafts, has_shapes=shapes is not None)[0]


def _cell(column: Column, text: str) -> str | None:
    if column.name == OUTLINE.name:
        text = without_corner_numbers(text)
    return text.strip() or None


def without_corner_numbers(text: str) -> str:
    """`J1  4412345.12  39512345.67` is a corner with its number; every line must have one."""
    lines = [line for line in text.splitlines() if line.strip()]
    numbered = [found[1] for line in lines if (found := _NUMBERED.fullmatch(line))]
    return "\n".join(numbered) if lines and len(numbered) == len(lines) else text


def row_of(kind: Kind, verdict: Verdict) -> Row:
    """The verdict as the row that an app's act writes."""
    draft, target = verdict.draft, verdict.target
    return Row(
        position=0,
        sheet="",
        row=1,
        outcome=Outcome(verdict.outcome),
        key=draft.key,
        values={name: _typed(kind, name, value) for name, value in draft.values.items()},
        geom=draft.geom,
        area_m2=draft.area_m2,
        target_id=target.id if target else None,
        target_version=target.version if target else None,
    )


def _typed(kind: Kind, name: str, value: Any) -> Any:
    """As staging gives it back."""
    column = kind.by_name.get(name)
    return column.type.restored(column.type.stored(value)) if column else value
